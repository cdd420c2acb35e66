"""Numbers of one paragraph: what names the one beside is no word for the number itself."""

from __future__ import annotations

import pytest

from assistant.answer import Kind
from assistant.answering.covering import failing_checks
from assistant.answering.look_up import prose_cell
from assistant.answering.picking import best_number
from assistant.answering.prose import Numbers
from assistant.answering.text_pairs import part_of_whole
from assistant.answering.ties import without_aside
from assistant.ask import Desk
from assistant.lexicon import load_lexicon
from assistant.understanding.asked import ask_text, without_sum_test
from index.context import When
from index.report import Report, Status
from tests.index.helpers import report

OF_ANOTHER = [
    ("云岫市2021年信函申请里予以公开的几件", "letters are one way in, the granted are of all"),
    ("云岫市2021年寄信申请的，最后无法提供的有几件", "the same, said of those not held"),
    (
        "Of the requests Yunxiu received by letter in 2021, how many were granted in full?",
        "the number of letters is not that of the granted",
    ),
    ("澜屿市文化广电和旅游局2024年演出审批类申请部分公开几件", "a topic is not an outcome"),
]


@pytest.mark.parametrize("question", [q for q, _ in OF_ANOTHER], ids=[w for _, w in OF_ANOTHER])
def test_what_came_of_all_is_not_told_of_a_part(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is None, answer.text
    assert answer.kind in (Kind.REFUSAL, Kind.PASSAGE)


def test_the_part_itself_is_stated(desk: Desk) -> None:
    assert desk.ask("云岫市2021年网络申请有几件").value == 402


def body_of(counted: str) -> Report:
    """An invented report of one sentence."""
    return report(
        f"某县某局2023年政府信息公开工作年度报告\n一、总体情况\n{counted}\n二、主动公开\n无。\n"
    )


def value_of(counted: str, content: str, question: str = "") -> object:
    """The value of the number that a question asks of an invented report, None if none fits."""
    asked = ask_text(content, question or content, load_lexicon())
    best = best_number(Numbers(body_of(counted)).score(asked))
    return best.figure.value if best is not None else None


VIEWERS = "公众号关注人数48210人；举办直播24场，累计观看量90300次，点赞量5120次。"


def test_followers_are_not_those_who_watch() -> None:
    assert value_of(VIEWERS, "直播有多少人看") != 48210
    assert value_of(VIEWERS, "公众号有多少人关注") == 48210


@pytest.mark.parametrize("got", ["收到", "拿了", "获得", "得到"])
def test_getting_likes_is_no_word_of_the_text(got: str) -> None:
    assert value_of(VIEWERS, f"直播{got}多少点赞") == 5120


def test_a_long_title_names_no_other_number() -> None:
    label = "组织《某县政务服务中心大厅服务质量满意度调查问卷》民意调查"
    assert "大厅" not in without_aside(label)
    assert "民意调查" in without_aside(label)
    assert without_aside("在《某县日报》发布信息") == "在《某县日报》发布信息"


def test_how_many_there_are_by_now_is_of_what_was_built_before() -> None:
    counted = "新建社区阅览驿站14个，累计达到63个，服务群众2.1万人次。"
    assert value_of(counted, "社区阅览驿站累计有多少个") == 63
    assert value_of(counted, "新建了几个社区阅览驿站") == 14
    english = "how many reading stations had been built up to by the end of the year"
    assert ask_text(english, english, load_lexicon()).when is When.CUMULATIVE


def test_the_whole_is_meant_where_its_part_is_named_no_better() -> None:
    counted = "全年发布解读材料130篇，其中图表解读71篇、音频解读59篇。"
    assert value_of(counted, "解读多少篇") == 130
    assert value_of(counted, "音频解读多少篇") == 59


def test_what_is_counted_stands_behind_its_modifiers() -> None:
    content = "关掉了几个没人管的政务新媒体"
    head = ask_text(content, content, load_lexicon()).head
    assert head is not None
    assert head[0] == "政务新媒体"


def test_a_clause_that_only_doubts_asks_for_no_remainder() -> None:
    counted = "发现问题38个，目前已解决21个，其余17个限期解决。"
    question = "发现问题38个，解决了多少，是不是还剩一半"
    assert not ask_text(question, question, load_lexicon()).remainder
    assert value_of(counted, "解决了多少个,是不是还剩一半") == 21


def test_the_name_of_a_rate_names_its_part() -> None:
    counted = "开展网上征集7次，收到意见建议480条，采纳132条。"
    numbers = Numbers(body_of(counted))
    content = "网上征集来的意见,采纳"
    asked = ask_text(content, "网上征集来的意见,采纳率是多少", load_lexicon())
    pair = part_of_whole(numbers, asked, "网上征集来的意见,采纳率是多少")
    assert pair is not None
    assert [scored.figure.value for scored in pair] == [132, 480]


def test_sums_of_money_are_asked_in_any_word() -> None:
    counted = "全年收取信息处理费140元。新收申请21件。"
    for words in ("几块钱", "多少块钱", "多少元", "几个钱"):
        assert value_of(counted, f"信息处理费收了{words}") == 140


EXCEEDED = (
    "县广电中心网站全年发布信息2139条，其中动态类1744条，政务类393条，解读类21条，回应类2条。"
)


def test_a_number_that_its_parts_exceed_is_not_stated() -> None:
    own = body_of(EXCEEDED)
    whole = next(f for f in own.figures if f.value == 2139)
    part = next(f for f in own.figures if f.value == 393)
    assert whole.status is Status.PRINTED
    cell = prose_cell(own, whole)
    assert cell.value is None
    assert [c.code for c in failing_checks(own, cell.figures)] == ["P-PARTS"]
    assert prose_cell(own, part).value == 393


@pytest.mark.parametrize(
    "doubt", ["各项加起来对得上吗", "这个数经得起加总吗", "分项加起来是不是等于总数", "合得上不"]
)
def test_whether_parts_add_up_is_not_what_is_counted(doubt: str) -> None:
    assert without_sum_test(f"发布信息多少条,{doubt}") == "发布信息多少条,"
    assert without_sum_test(doubt) is None


def test_a_stated_decimal_is_no_word_that_is_left(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年的行政处罚是2.75万件，统计表里是这个数吗")
    assert answer.kind is Kind.FIGURE, answer.text
    assert answer.figures[0].address.startswith("t2.penalty")


FIRES = (
    "支队网站发布信息1286条，其中执法公示类574条、火灾统计类48条。举报热线受理举报2144件，核查属实1390件。"
    "制度修订5项、废止3项。在网站公布政策文件23份、办事指南61项。"
    "派发抢修工单1,276张，其中两小时内到场的1,203张。本科计划招收540人，实际录取531人。"
    "公布名录143项，其中国家级7项、省级36项。发布解读187篇，按形式分，文字解读90篇，图解51篇，视频46篇。"
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("网站执法公示的信息发了多少条", 574),
        ("举报查实了几件", 1390),
        ("制度废了几项", 3),
        ("办事指南公布了多少项", 61),
        ("两小时内赶到抢修的工单几张", 1203),
        ("本科实际录取多少人", 531),
        ("省级非遗名录几项", 36),
        ("图解的解读几篇", 51),
    ],
)
def test_the_number_of_which_alone_every_word_is_said_is_meant(
    question: str, value: object
) -> None:
    assert value_of(FIRES, question) == value


def test_a_whole_is_not_stated_for_a_part_that_is_named() -> None:
    assert value_of("举报热线受理举报2144件，其中噪声类310件。", "噪声举报几件") != 2144


def test_a_plan_is_not_stated_for_what_came_of_it() -> None:
    assert value_of("计划招聘260名，实际录用251名。", "录用多少人") == 251


def test_several_people_are_asked_for_as_people() -> None:
    assert ask_text("约谈了", "有几个人被约谈", load_lexicon()).unit == "人"


def test_a_mean_that_fell_is_meant_as_it_is_now() -> None:
    counted = "平均答复时间由上年的14个工作日缩短至9个工作日。"
    assert value_of(counted, "平均答复时间", "平均答复时间几个工作日") == 9
