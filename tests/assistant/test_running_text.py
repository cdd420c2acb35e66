"""Numbers and quotations of running text: the one that is meant, and none beside it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.answer import Kind, Language, Reason
from assistant.answering.picking import best_number
from assistant.answering.prose import Numbers
from assistant.answering.prose_cells import parts_of
from assistant.answering.text_pairs import changed, part_of_whole
from assistant.answering.ties import lumped
from assistant.ask import Desk
from assistant.lexicon import FOLDER, load_lexicon
from assistant.query import Operation, Query
from assistant.understanding.asked import Asked, alike, ask_text
from index.report import FigureKind
from index.words import load_synonyms
from tests.index.helpers import report

MEANT = [
    ("雁汀镇2023年热线转办件里办结的有几件", 271, "the head of the question"),
    ("青棠区财政局2023年惠民补贴惠及多少群众", 68517, "people are counted in 人"),
    ("云岫市2022年热线诉求里疫情防控类的有多少件", 187000, "a part, not its whole"),
    ("澜屿市文化广电和旅游局2024年关注文物修缮的申请有几件", 17, "one name of a list"),
    ("云岫市2021年通过信函渠道提交的有几件", 251, "one name of a list"),
    ("澜屿市文化广电和旅游局2024年公示的行政处罚决定有几件", 143, "a verb of a whole list"),
    ("一码办2023年日均扫码多少次", 9600, "a mean, not a mean of something else"),
    ("一码办2023年单日最高扫码多少次", 24700, "a peak, not a mean"),
    ("青棠区财政局2023年办一件申请平均几天", Decimal("12.3"), "days and working days"),
    ("云岫市2022年云岫发布的粉丝有多少人", 780000, "people say 粉丝, the report 关注人数"),
    ("雁汀镇2023年专题会议开了9次对吗", 3, "the number that is claimed is no word"),
    (
        "雁汀镇2023年公众号关注人数占户籍人口多少",
        Decimal("27.3"),
        "a printed share is not computed",
    ),
    ("云岫市2022年政务新媒体压减之后还有几个", 174, "the state after a change"),
    ("云岫市2021年现有政务公开专区多少个？别把原有的67个给我", 59, "what is not meant"),
]


@pytest.mark.parametrize(("question", "value"), [m[:2] for m in MEANT], ids=[m[2] for m in MEANT])
def test_the_number_that_is_meant_is_stated(desk: Desk, question: str, value: object) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.FIGURE, answer.text
    assert answer.value == value, answer.text


NOT_THERE = [
    ("青棠区财政局2023年最快几天办结申请", "only a mean is printed"),
    ("雁汀镇2023年微博有多少粉丝", "only another account is printed"),
    ("云岫市2021年秋粮收购的新闻发布会办了几场", "counted together with others"),
    ("临溪县水务局2020年洪水预警的满意率是多少", "a rate of something else"),
    ("云岫市2021年热线播放量有多少", "another quantity"),
    ("云岫市2022年“局长讲政策”直播收到多少个赞", "the head of the question is not counted"),
]


@pytest.mark.parametrize("question", [q for q, _ in NOT_THERE], ids=[why for _, why in NOT_THERE])
def test_a_number_that_is_not_there_is_refused_with_passages(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is None, answer.text
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.NOT_REPORTED
    assert answer.passages


PAIRS = [
    ("临溪县水务局2020年河长随手拍的线索还有几条没办结", 8, {389, 381}, "what is left"),
    ("云岫市2022年新闻发布会不是疫情防控专题的几场", 19, {33, 14}, "what is left"),
    ("青棠区行政审批局2019年审批开放日意见建议的采纳率", Decimal("74.14"), {58, 43}, "a share"),
    ("雁汀镇2023年村级信息员培训平均每次多少人次", 28, {2, 56}, "how many to one"),
    ("雁汀镇2023年乡村夜话场均多少人次", Decimal("82.98"), {47, 3900}, "how many to one"),
    ("澜屿市文化广电和旅游局2024年新收申请比上年多了几件", 31, {83, 52}, "both levels printed"),
    ("云岫市2021和云岫市2022的新闻发布会相差几场", 5, {28, 33}, "two reports"),
]


@pytest.mark.parametrize(
    ("question", "value", "used"), [p[:3] for p in PAIRS], ids=[p[3] for p in PAIRS]
)
def test_two_numbers_that_belong_together_are_computed_with(
    desk: Desk, question: str, value: object, used: set[int]
) -> None:
    answer = desk.ask(question)
    assert answer.value == value, answer.text
    assert {figure.value for figure in answer.figures} == used


def test_bodies_with_a_year_each_are_compared(desk: Desk) -> None:
    answer = desk.ask("热线办结率，云岫2021和澜屿2022哪个高")
    assert answer.kind is Kind.COMPARE, answer.text
    assert {f.value for f in answer.figures} == {Decimal("99.1"), Decimal("98.7")}


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("云岫市2022年“重发布、轻检索”那句原文", "重发布、轻检索"),
        ("一码办报告里“有码无料”那句话怎么说的", "有码无料"),
        ("临溪县水务局2020年报告怎么讲信息员的，把列数字的那句引出来", "92"),
    ],
)
def test_the_sentence_that_is_quoted_comes_first(desk: Desk, question: str, held: str) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.PASSAGE, answer.text
    assert held in answer.passages[0].quote
    assert len(answer.passages[0].quote) <= 400


def test_a_word_of_a_later_number_keeps_an_earlier_one_back(desk: Desk) -> None:
    """One number before another may go on for it; one after it cannot."""
    card = next(c for c in desk.reports() if c.body == "青棠区财政局")
    numbers = Numbers(desk.report(card.id))
    words = (("审核",), ("发布",), ("政务微博",))
    by_label = {s.figure.row_label: s for s in numbers.score(Asked(words=words))}
    first = by_label["区政府网站"]
    assert first.contested
    assert best_number([replace(first, score=0.9)]) is None
    assert best_number([replace(first, score=0.9, contested=False)]) is not None


@pytest.mark.parametrize(
    ("label", "words", "together"),
    [
        ("微信、微博、网站等网络渠道", ("微博",), True),
        ("微信、微博、网站等网络渠道", ("网络渠道",), False),
        ("公示县、乡、村三级河长", ("公示", "河长"), False),
        ("微信公众号", ("微信",), False),
    ],
)
def test_things_counted_together_are_told_by_the_label(
    label: str, words: tuple[str, ...], together: bool
) -> None:
    assert lumped(label, [(word,) for word in words]) is together


def test_items_of_information_are_not_the_things_that_table_two_counts(desk: Desk) -> None:
    answer = desk.ask("青棠区财政局2023年政府采购信息公开了多少条")
    assert answer.value == 1925, answer.text


def test_sayings_are_groups_of_words_and_of_measure_words() -> None:
    known = load_synonyms((FOLDER / "sayings.yaml",))
    assert all(others for others in known.values()), "a word alone in its group says nothing"
    assert "来电" in known["打电话"]
    assert alike("人") >= {"人", "名", "人次"}
    assert "人" not in known  # measure words stand in brackets, so that no word is taken for one


@pytest.mark.parametrize(
    ("asked", "together"), [(("巡河", "清淤", "护坡"), False), (("清淤",), True)]
)
def test_a_list_that_is_asked_for_whole_is_no_lump(asked: tuple[str, ...], together: bool) -> None:
    assert lumped("巡河、清淤、护坡等", [(word,) for word in asked]) is together


def test_members_of_a_list_that_are_words_of_any_report_are_asked_for_too() -> None:
    words = [("清淤",), ("通知",)]
    assert not lumped("清淤、通知等", words)
    assert lumped("清淤、通知等", words[:1])


def test_a_label_with_a_number_that_was_not_read_is_that_of_another_thing_too() -> None:
    assert lumped("巡河2 044件、清淤", [("巡河",), ("清淤",)])
    assert not lumped("巡河2044 里、清淤", [("巡河",), ("清淤",)])


@pytest.mark.parametrize("question", ["发了多少助学的钱", "一共拨了多少救灾钱", "多少补贴的钱"])
def test_money_is_asked_for_by_name(question: str) -> None:
    assert ask_text(question, question, load_lexicon()).kinds == {FigureKind.MONEY}


def test_what_a_clause_says_at_its_end_is_said_of_all_in_it() -> None:
    counted = "县级台账12个、乡镇台账37个均已归档。"
    text = f"某县某局2023年政府信息公开工作年度报告\n一、总体情况\n{counted}\n二、主动公开\n无。\n"
    asked = Asked(words=(("县级",), ("台账",), ("归档",)), unit="个")
    best = best_number(Numbers(report(text)).score(asked))
    assert best is not None
    assert best.figure.value == 12


def test_measure_words_that_stand_for_each_other_are_compared(desk: Desk) -> None:
    answer = desk.ask("微信公众号推文，临溪县水务局2020年和雁汀镇2023年相差几篇")
    assert answer.value == 163, answer.text
    assert {figure.unit for figure in answer.figures} == {"篇", "条"}


def test_the_sum_of_a_list_is_of_numbers_of_one_sentence(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年网络、信函、当面提交的合计多少件")
    assert answer.kind is Kind.COMPUTED, answer.text
    assert {figure.value for figure in answer.figures} == {402, 251, 37}


def test_one_sentence_is_quoted_alone(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年“重发布、轻检索”那一句原文")
    assert answer.passages[0].quote.count("。") <= 1


def test_a_rate_that_the_sentence_prints_is_not_computed_of_others() -> None:
    counted = "热线接单40件，其中派出30件，省里转来的满意率另计。"
    text = f"某县某局2023年政府信息公开工作年度报告\n一、总体情况\n{counted}\n二、主动公开\n无。\n"
    share = frozenset({FigureKind.SHARE})
    rate = Asked(words=(("派出",), ("满意率", "派出")), kinds=share)
    assert part_of_whole(Numbers(report(text)), rate) is None
    part = part_of_whole(Numbers(report(text)), Asked(words=(("派出",),), kinds=share))
    assert part is not None
    assert [scored.figure.value for scored in part] == [30, 40]


def asked_of(counted: str, asked: Asked) -> object:
    """The value of the number that is asked of an invented report."""
    text = f"某县某局2023年政府信息公开工作年度报告\n一、总体情况\n{counted}\n二、主动公开\n无。\n"
    best = best_number(Numbers(report(text)).score(asked))
    return best.figure.value if best is not None else None


def test_people_are_not_counted_in_times() -> None:
    counted = "组织开展业务培训7次，参加培训的干部众多，培训共计686人次。"
    query = ask_text("培训", "哪家培训的人次多", load_lexicon())
    assert query.unit == "人次"
    assert asked_of(counted, query) == 686


def test_no_number_of_things_answers_for_money() -> None:
    counted = "发出复制费通知9件。复制费实收420元。"
    money = frozenset({FigureKind.MONEY})
    assert asked_of(counted, Asked(words=(("复制费",), ("通知",)), kinds=money)) == 420


def test_words_that_are_quoted_tell_numbers_apart() -> None:
    counted = "举办直播带货活动19场。开展“看河日”活动23场。"
    asked = Asked(words=(("活动",),), unit="场")
    assert asked_of(counted, asked) is None
    assert asked_of(counted, replace(asked, quoted=("看河日",))) == 23


@pytest.mark.parametrize(("window", "whole"), [(29, 74), (28, None)])
def test_what_adds_up_to_a_number_before_is_told_apart(window: int, whole: int | None) -> None:
    counted = f"收到的74件中，窗口递交{window}件，邮寄38件，网上提交7件。"
    text = f"某县某局2023年政府信息公开工作年度报告\n一、总体情况\n{counted}\n二、主动公开\n无。\n"
    asked = Asked(words=(("邮寄",),), kinds=frozenset({FigureKind.SHARE}))
    pair = part_of_whole(Numbers(report(text)), asked)
    assert (pair and pair[1].figure.value) == whole


def test_what_is_said_after_the_last_is_said_of_each() -> None:
    query = Query(
        text="", language=Language.HANS, operation=Operation.LOOK_UP, each=True,
        said="人大建议、政协提案主办的各几件",
    )  # fmt: skip
    first, last = parts_of(query, load_lexicon())
    assert (first, last) == ("人大建议 主办", "政协提案主办的各几件")
    query = query.model_copy(update={"said": "主办和协办里人大建议、政协提案各几件"})
    assert parts_of(query, load_lexicon()) == [
        "主办 人大建议", "主办 政协提案", "协办 人大建议", "协办 政协提案"
    ]  # fmt: skip


def test_a_level_of_another_name_is_no_earlier_level() -> None:
    """What was carried over from the year before is no number of the year before."""
    counted = "全年受理申请859件，含上年度结转申请18件。"
    text = f"某局2023年政府信息公开工作年度报告\n一、总体情况\n{counted}\n"
    numbers = Numbers(report(text))
    asked = Asked(words=(("受理",), ("申请",)))
    best = best_number(numbers.score(asked))
    assert best is not None
    assert best.figure.value == 859
    assert changed(numbers, asked) is None
