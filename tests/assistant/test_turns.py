"""What a turn takes from those before it: the right two cells, in the right reports, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, Kind
from assistant.ask import Desk


def said(desk: Desk, *turns: str) -> Answer:
    """The answer to the last turn of a conversation."""
    talk = desk.new_dialogue()
    answers = [desk.ask(turn, talk) for turn in turns]
    return answers[-1]


def sources(answer: Answer) -> list[str]:
    """The cells of an answer: report/address."""
    return [f"{Path(f.source_file).stem}/{f.address}" for f in answer.figures]


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("云岫市2021年部分公开的申请里个人几件", "企业的呢", "2022年所有申请人合在一起呢"), 78),
        (
            (
                "How many requests did Yunxiu receive in 2022?",
                "How many from citizens?",
                "And in 2021, all applicants taken together?",
            ),
            690,
        ),
    ],
)
def test_all_applicants_of_another_year_are_its_total(
    desk: Desk, turns: tuple[str, ...], value: int
) -> None:
    """No sum of the cells that were stated of the year before."""
    answer = said(desk, *turns)
    assert (answer.kind, answer.value) == (Kind.FIGURE, value), answer.text


def test_the_same_year_is_that_of_the_turns_before(desk: Desk) -> None:
    """Though the turn just before names none; a report of another year does not do."""
    before = "云岫市2022年行政许可办了多少件", "行政强制呢"
    answer = said(desk, *before, "澜屿市政府办同一年的强制决定几件")
    assert {f.year for f in answer.figures} == {2022}
    other = said(desk, *before, "青棠财政局同年的强制是几件")
    assert other.value is None and other.refusal is not None
    elliptic = said(desk, "云岫市2022年新收多少件", "个人呢", "澜屿市政府办呢")
    assert sources(elliptic) == ["lanyu-2022/t3.new.natural_person"]


def test_two_bodies_are_no_two_cells_of_one(desk: Desk) -> None:
    """两家 and 两年 compare two reports; where only one was spoken of, nothing is computed."""
    before = "云岫市2021年行政许可多少件", "行政处罚呢"
    for turn in ("两家差多少", "这两年加起来多少", "哪年多"):
        answer = said(desk, *before, turn)
        assert answer.value is None and answer.formula is None, answer.text
    apart = said(desk, *before, "2022年的处罚呢", "两年差多少件")
    assert sources(apart) == [f"yunxiu-{year}/t2.penalty.decisions" for year in (2021, 2022)]


def test_what_was_asked_back_or_refused_is_not_jumped_over(desk: Desk) -> None:
    """The last two cells are the last two that were asked for, whether they were stated or not."""
    open_ = said(desk, "云岫市2021年新收几件", "澜屿的呢", "两家差几件")
    assert open_.kind is Kind.CLARIFY
    refused = said(
        desk, "云岫市2021年新收几件", "云岫市2022年呢", "临溪县水务局2020年呢", "加起来一共几件"
    )
    assert refused.value is None and refused.refusal is not None


@pytest.mark.parametrize(
    ("turn", "addresses"),
    [
        ("2022年这两项加起来多少件", ["yunxiu-2022/t2.licensing", "yunxiu-2022/t2.penalty"]),
        ("这两项加起来是多少件", ["yunxiu-2021/t2.licensing", "yunxiu-2021/t2.penalty"]),
    ],
)
def test_the_same_cells_are_added_in_the_year_named(
    desk: Desk, turn: str, addresses: list[str]
) -> None:
    answer = said(desk, "云岫市2021年行政许可多少件", "处罚呢", turn)
    assert sources(answer) == [f"{address}.decisions" for address in addresses]


@pytest.mark.parametrize(
    "turn", ["比去年多多少", "跟上一年比差多少", "和2021年差几件", "how many more than in 2021?"]
)
def test_another_year_is_set_beside_the_one_at_hand(desk: Desk, turn: str) -> None:
    """And not the year before that, nor another row of the same report."""
    answer = said(desk, "云岫市2022年行政处罚多少件", "行政许可呢", turn)
    assert answer.value == 134092 - 128460, answer.text
    assert {f.address for f in answer.figures} == {"t2.licensing.decisions"}


def test_the_two_reports_of_before_are_asked_for_another_row(desk: Desk) -> None:
    before = "云岫市2021年行政处罚多少件", "2022年呢"
    both = [f"yunxiu-{year}/t2.coercion.decisions" for year in (2021, 2022)]
    listed = said(desk, *before, "强制的那两年呢")
    assert sources(listed) == both
    apart = said(desk, *before, "行政强制呢，两年差额多少")
    assert sources(apart) == both and apart.value == 2184 - 1957


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("云岫市2021年当面提交的申请几件", "占全年新收的百分之几"), "5.36"),
        (("云岫市2022年门户网站发布了多少条信息", "占全市主动公开信息总数的多少"), "14.78"),
        (
            ("云岫市2022年12345受理疫情防控类诉求多少件", "那在受理的全部诉求里占多少"),
            "35.22",
        ),
        (
            (
                "How many press conferences on the epidemic did Yunxiu hold in 2022?",
                "what share of all press conferences was that?",
            ),
            "42.42",
        ),
        (("云岫市2022年召开多少场新闻发布会", "疫情防控专题的呢", "占多少比例"), "42.42"),
        (("一码办2023年累计扫码多少次", "平均每个接入事项几次"), "2323.92"),
    ],
)
def test_what_was_stated_is_set_against_what_is_named(
    desk: Desk, turns: tuple[str, ...], value: str
) -> None:
    """A turn that names only the whole asks for the share of the number stated before."""
    answer = said(desk, *turns)
    assert answer.kind is Kind.COMPUTED and str(answer.value) == value, answer.text


def test_no_share_is_stated_of_a_number_that_cannot_hold_it(desk: Desk) -> None:
    answer = said(desk, "云岫市2021年主动公开政府信息多少条", "占门户网站发布的百分之几")
    assert answer.value is None, answer.text


def test_numbers_stated_before_are_named_again(desk: Desk) -> None:
    """By a word of their labels, whatever else in the text has that word."""
    before = "云岫市2022年归集惠企政策多少件", "拆解成政策条目多少条"
    for turn, value in (("条目是归集的几倍", "5.01"), ("归集是条目的百分之几", "19.97")):
        answer = said(desk, *before, turn)
        assert str(answer.value) == value, answer.text


def test_each_of_two_cells_has_a_share_of_its_own(desk: Desk) -> None:
    """And 各 beside the name of a whole spreads no cells over its columns."""
    both = said(desk, "云岫市2021年个人提了几件申请", "企业呢", "这两类各占多少")
    assert both.formula is not None and both.formula.split("; ") == [
        "612 / 690 * 100 = 88.7",
        "48 / 690 * 100 = 6.96",
    ]
    one = said(desk, "云岫市2022年复议纠正几件", "各自占复议总数的比例是多少")
    assert (one.value, one.formula) == (one.value, "7 / 33 * 100") and str(one.value) == "21.21"


def test_a_share_of_two_together_is_not_said_again_of_another_row(desk: Desk) -> None:
    """Nor is any share stated of two kinds of applicant."""
    before = "云岫市2021年新收几件", "个人呢", "企业呢", "两者合计占多少", "予以公开呢"
    answer = said(desk, *before)
    assert sources(answer) == [
        f"yunxiu-2021/t3.granted.{column}" for column in ("natural_person", "commercial_enterprise")
    ]
    askew = said(desk, *before, "占办结总数几成")
    assert askew.value is None, askew.text


@pytest.mark.parametrize(
    ("turns", "values"),
    [
        (("云岫市2021年培训了多少人次", "22年呢", "再看2021"), (1120, 1465, 1120)),
        (("云岫市2022年培训多少人次", "上一年呢", "下一年呢"), (1465, 1120, 1465)),
        (("云岫市2021年门户网站访问量多少", "换成2022年"), (31_760_000, 34_080_000)),
        (("雲岫市2021年培訓幾期", "那2022年又是多少"), (6, 8)),
        (("云岫市2021年培训了多少人次", "2022年呢，总的"), (1120, 1465)),
        (("云岫市2021年培训了多少人次", "澜屿市政府办2022年的呢"), (1120, 386)),
        (("How many training sessions did Yunxiu hold in 2022?", "And 2021?"), (8, 6)),
    ],
)
def test_the_same_number_of_the_text_is_found_in_another_report(
    desk: Desk, turns: tuple[str, ...], values: tuple[int, ...]
) -> None:
    """A turn that names nothing but a year or a body leaves all else to the one before."""
    talk = desk.new_dialogue()
    assert tuple(desk.ask(turn, talk).value for turn in turns) == values


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("云岫市2021年举办业务培训几期", "参加的人呢"), 1120),
        (("云岫市2022年全年培训几期", "一共有多少人参加"), 1465),
        (("澜屿市政府办2022年举办培训几期", "人数呢"), 386),
        (("How many training sessions did Yunxiu hold in 2022?", "And participants?"), 1465),
        (("云岫市2021年开展评估几次", "人数呢"), None),
        (("云岫市2021年开展评估几次", "参加的人呢"), None),
        (("How many training sessions did Yunxiu hold in 2022?", "And people killed?"), None),
    ],
)
def test_those_who_came_stand_straight_behind_what_was_held(
    desk: Desk, turns: tuple[str, ...], value: int | None
) -> None:
    """Or nowhere: no other number says how many they were."""
    assert said(desk, *turns).value == value


def test_the_number_stated_last_is_not_stated_again_for_another_word(desk: Desk) -> None:
    """An elliptic turn of which its label does not hold all the words."""
    before = "云岫市2022年12345受理疫情防控类诉求多少件"
    answer = said(desk, before, "教育类诉求呢")
    assert answer.value is None, answer.text


def test_a_kind_of_applicant_is_a_part_of_what_was_not_found(desk: Desk) -> None:
    """And no other number that speaks of 个人."""
    answer = said(desk, "云岫市2022年网上提交的申请几件", "个人呢")
    assert answer.value is None, answer.text


def test_a_difference_is_told_as_its_numbers_are_printed(desk: Desk) -> None:
    answer = said(desk, "云岫市2021年12345受理诉求多少件", "2022年呢", "增加了多少")
    assert answer.value == 55000 and "5.5万" in answer.text


def test_a_mean_is_of_all_that_was_added(desk: Desk) -> None:
    before = "云岫市2021年行政许可多少件", "行政处罚呢", "行政强制呢", "三项一共多少"
    answer = said(desk, *before, "平均每项多少")
    assert len(sources(answer)) == 3 and answer.formula is not None
    assert answer.formula.endswith("/ 3")


@pytest.mark.parametrize(
    ("turns", "formula"),
    [
        (("云岫市2022年新收几件", "是2021年的几倍"), "673 / 690"),
        (("云岫市2021年新收几件", "是2022年的几倍"), "690 / 673"),
        (("云岫市2022年新收几件", "比2021年少几件", "是2021年的几倍"), "673 / 690"),
    ],
)
def test_a_multiple_is_of_the_year_that_is_named(
    desk: Desk, turns: tuple[str, ...], formula: str
) -> None:
    assert said(desk, *turns).formula == formula


def test_the_year_before_is_the_one_just_asked_for(desk: Desk) -> None:
    """比前一年 after 前一年呢 compares the two that were stated."""
    answer = said(desk, "云岫市2022年行政处罚几件", "前一年呢", "比前一年多了几件")
    assert answer.value == 41806 - 39217, answer.text


def test_the_rest_is_not_what_was_stated_last(desk: Desk) -> None:
    outcome = said(desk, "云岫市2022年复议纠正几件", "其他呢")
    assert sources(outcome) == ["yunxiu-2022/t4.review.other"]
    rest = said(desk, "云岫市2022年行政处罚多少件", "其余的呢")
    assert rest.value is None


def test_an_applicant_within_the_row_before_is_no_new_request(desk: Desk) -> None:
    talk = desk.new_dialogue()
    desk.ask("云岫市2021年部分公开了几件", talk)
    inside = desk.ask("其中个人申请的呢", talk)
    assert [f.address for f in inside.figures] == ["t3.partial.natural_person"], inside.text
    share = desk.ask("企业的占部分公开总数百分之几", talk)
    inputs = {f.address for f in share.figures}
    assert inputs == {"t3.partial.commercial_enterprise", "t3.partial.total"}, share.text


def test_who_applied_for_disclosure_was_not_granted_it(desk: Desk) -> None:
    answer = desk.ask("律所2021年向云岫市申请公开了几回")
    assert [f.address for f in answer.figures] == ["t3.new.legal_service_org"], answer.text
