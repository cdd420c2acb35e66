"""Several cells that change, shares that are compared, lists with a total, sums of parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import Answer, Kind
from assistant.ask import Desk


def formulas(answer: Answer) -> list[str]:
    """What an answer works out, one expression each."""
    return (answer.formula or "").split("; ")


@pytest.mark.parametrize(
    "question",
    [
        "云岫市2021年到2022年个人和企业的申请各增加了多少",
        "云岫市2022年比2021年，个人、企业的申请分别多了几件",
        "云岫市2022年个人和企业申请同比各增长多少",
        "How did requests from individuals and from enterprises change in Yunxiu, 2021 to 2022?",
    ],
)
def test_each_of_several_cells_changed_by_its_own(desk: Desk, question: str) -> None:
    """No difference is taken between two different cells, and none between the two of one year."""
    answer = desk.ask(question)
    assert formulas(answer)[::2] == ["574 - 612 = -38", "63 - 48 = 15"], answer.text


def test_a_change_within_one_report_is_a_difference(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年予以公开的比不予公开的增加多少件")
    assert answer.value == 322 - 67


@pytest.mark.parametrize(
    "question",
    [
        "云岫市2022年予以公开和不予公开哪个占比更高",
        "云岫市2022年予以公开与不予公开谁占办结总数的比例大",
    ],
)
def test_shares_that_are_compared_are_not_added(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.COMPARE
    assert formulas(answer) == ["322 / 677 * 100 = 47.56", "67 / 677 * 100 = 9.9"]


@pytest.mark.parametrize(
    ("question", "addresses"),
    [
        (
            "云岫市2022年复议后起诉的维持、纠正、其他、没审完和合计各几件",
            "upheld corrected other pending total",
        ),
        ("云岫市2022年复议后起诉里，纠正、其他分别几件", "corrected other"),
        (
            "Yunxiu 2022, suits after reconsideration: upheld, corrected, other and the total",
            "upheld corrected other total",
        ),
    ],
)
def test_a_list_of_outcomes_is_all_that_it_names(desk: Desk, question: str, addresses: str) -> None:
    """The bare 其他 among outcomes is one of them, and so is the total."""
    answer = desk.ask(question)
    assert [f.address.removeprefix("t4.lit_after_review.") for f in answer.figures] == (
        addresses.split()
    )


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("云岫市2021年不予公开，各小项加总一共多少件", 75),
        ("云岫市2022年新收加结转一共多少件", 673 + 22),
        ("云岫市2022年新收与结转下年的合计多少件", 673 + 18),
        ("云岫市2021年复议里已结案的（总数减未审结的）几件", 26),
        (
            "How many reconsiderations of Yunxiu 2021 were concluded, excluding those pending?",
            26,
        ),
        ("云岫市2021年除个人之外，各类单位和组织提了几件申请", 690 - 612),
        ("临溪县水务局2020年集中采购平均每个项目花多少", Decimal("418933.33")),
        ("以新收为分母，云岫市2022年企业申请占几个百分点", Decimal("9.36")),
        ("云岫市2021年有几家律所来申请，按件数算", 17),
    ],
)
def test_what_is_asked_for_is_worked_out(desk: Desk, question: str, value: int | Decimal) -> None:
    answer = desk.ask(question)
    assert answer.value == value, answer.text


@pytest.mark.parametrize(
    ("question", "distance", "sides"),
    [
        ("云岫市2022年建议和提案哪个多？差多少", 2, (5, 3)),
        ("雲岫市2022年人大代表建議和政協提案哪個多，多幾件", 2, (5, 3)),
        ("云岫市2022年政协提案比人大代表建议少几件", 2, (3, 5)),
        ("云岫市2022年归集的政策和拆解的条目谁多，相差几条", 4666, (1164, 5830)),
        ("云岫市2021年到2022年培训多办了几期", 2, (6, 8)),
        ("云岫市2022年比2021年多培训了多少人次", 345, (1120, 1465)),
        ("云岫市2022年门户网站发布的信息比2021年多发了多少条", 656, (12846, 13502)),
    ],
)
def test_two_numbers_of_the_text_are_set_apart(
    desk: Desk, question: str, distance: int, sides: tuple[int, int]
) -> None:
    """Words that only ask which is more belong to neither of them."""
    answer = desk.ask(question)
    assert answer.value == distance, answer.text
    assert tuple(f.value for f in answer.figures) == sides
