"""Words that a row implies are harmless beside it; words that narrow a row never are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import Kind
from assistant.ask import Desk

IMPLIED = [
    ("云岫市2021年绕过复议打到法庭、判决机关赢的几件", Decimal(3)),
    ("青棠区财政局2023年催缴处理费，到期不交的申请几件", Decimal(1)),
    ("云岫市2021年要政府卖书、索取正式出版的书籍的申请几件", Decimal(2)),
    ("云岫市2022年个人的申请最后还有几件要拖到明年", Decimal(14)),
    ("青棠区财政局2023年开了多少张罚单", Decimal(5)),
]
NARROWED = [
    "云岫市2021年中院判决维持的案件几件",
    "云岫市2022年第二季度新收申请几件",
    "云岫市2021年半个月以上没办完的申请几件",
    "青棠区财政局2023年答错的申请几件",
    "云岫市2021年复议案里还没送达的几件",
    "我们用信函交的，云岫市2021年予以公开几件",
]


@pytest.mark.parametrize(("question", "value"), IMPLIED)
def test_what_a_row_implies_asks_for_nothing_more(
    desk: Desk, question: str, value: Decimal
) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.FIGURE, answer.text
    assert answer.value == value


@pytest.mark.parametrize("question", NARROWED)
def test_what_narrows_a_row_keeps_its_figure_away(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is None, answer.text


@pytest.mark.parametrize(
    "saying",
    [
        "把重复申请列为不予处理的有几件",
        "划分到重复申请里的有几件",
        "归并到重复申请的几件",
        "按重复申请对待的几件",
        "按重复申请看待、不予处理的几件",
        "以重复申请为由不予处理的几件",
        "分类为重复申请的几件",
        "被标记为重复申请的几件",
        "算在重复申请名目下的几件",
        "打上重复申请标签的几件",
    ],
)
def test_words_that_say_only_that_it_was_counted_there_ask_for_nothing(
    desk: Desk, saying: str
) -> None:
    answer = desk.ask(f"云岫市2021年{saying}")
    assert [f.address for f in answer.figures] == ["t3.notproc_repeat.total"], answer.text


@pytest.mark.parametrize(
    "said",
    ["classed as", "put down as", "booked under", "categorised under", "logged as", "deemed"],
)
def test_so_do_those_of_english(desk: Desk, said: str) -> None:
    answer = desk.ask(f"How many requests in Yunxiu in 2021 were {said} repeat requests?")
    assert [f.address for f in answer.figures] == ["t3.notproc_repeat.total"], answer.text


@pytest.mark.parametrize("saying", ["列入考核的重复申请几件", "编入汇编的规章几件"])
def test_what_it_was_counted_for_still_narrows_it(desk: Desk, saying: str) -> None:
    assert desk.ask(f"云岫市2021年{saying}").value is None
