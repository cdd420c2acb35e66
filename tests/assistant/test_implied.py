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
