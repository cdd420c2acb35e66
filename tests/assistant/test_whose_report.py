"""The report of a bureau or of a lower place never stands for a government that is named."""

from __future__ import annotations

import pytest

from assistant.answer import Kind, Reason
from assistant.ask import Desk


@pytest.mark.parametrize(
    ("question", "called"),
    [
        ("青棠区政府2023年收了多少件申请", "青棠区政府"),
        ("青棠区人民政府2019年收了多少件申请", "青棠区人民政府"),
        ("临溪县人民政府2023年一共收到几件申请", "临溪县人民政府"),
        ("临溪县政府2020年罚了几起", "临溪县政府"),
        ("How many requests came in to the Qingtang district government in 2023?", "Qingtang"),
        ("What did the Linxi county government receive in requests in 2020?", "Linxi"),
    ],
)
def test_a_government_without_a_report_is_refused(desk: Desk, question: str, called: str) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.REFUSAL
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.NO_REPORT
    assert called in answer.text
    assert not answer.figures


def test_a_lower_place_does_not_stand_for_a_bare_name(desk: Desk) -> None:
    answer = desk.ask("临溪2023年收到几件申请")
    assert answer.kind is Kind.REFUSAL
    assert desk.ask("临溪雁汀镇2023年收到几件申请").value == 5


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("云岫市政府2021年收了多少件申请", 690),
        ("云岫市2021年政府信息公开申请收了多少件", 690),
        ("澜屿市政府2022年新收申请几件", 44),
        ("How many requests did Yunxiu's city government receive in 2021?", 690),
        ("云岫市110年新收申请幾件", 690),
        ("云岫市民国110年新收申请几件", 690),
    ],
)
def test_a_government_with_a_report_is_answered(desk: Desk, question: str, value: int) -> None:
    assert desk.ask(question).value == value


@pytest.mark.parametrize(
    "question",
    [
        "云岫2021年除自然人外其他申请人提了几件",
        "云岫2021年除了个人，一共几件申请",
        "云岫2021年除了个人以外，单位组织提的申请总共多少件",
    ],
)
def test_all_but_people_are_the_organisations(desk: Desk, question: str) -> None:
    assert desk.ask(question).value == 78


@pytest.mark.parametrize(
    ("question", "address", "year"),
    [
        ("云岫2022年算下来，应该还剩几件压到2023", "t3.carried_out.total", 2022),
        ("云岫2021年有没有上一年没办完转过来的，几件", "t3.carried_in.total", 2021),
        ("How many requests did Yunxiu inherit from 2021?", "t3.carried_in.total", 2022),
        (
            "How many requests were carried over into 2022 from the year before in Yunxiu?",
            "t3.carried_in.total",
            2022,
        ),
        ("云岫2022年属于行政执法按卷的几件", "t3.denied_enforcement_file.total", 2022),
        ("青棠财政局2023年收到收费通知没交钱、后来不办了的几件", "t3.other_no_payment.total", 2023),
    ],
)
def test_the_cell_is_of_the_year_and_the_row_said(
    desk: Desk, question: str, address: str, year: int
) -> None:
    answer = desk.ask(question)
    (figure,) = answer.figures
    assert figure.address == address
    assert str(year) in answer.text
