"""Sections drafted in the chat: what is asked for, what is stated and cited, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, Kind, Reason, Role, numbers_in
from assistant.answering.drafting import draft_answer
from assistant.ask import Desk
from assistant.helping.guard import unsupported
from assistant.helping.helped import Helper
from assistant.lexicon.drafting import Wanted, wanted_draft
from assistant.query import Operation, Query
from index.report import TRUSTED, Report, ReportCard, Status
from tests.assistant.draft.test_narrative import with_last
from tests.assistant.model_helpers import always, scripted

BODY = "云岫市人民政府"


@pytest.fixture(scope="module")
def desk(example_store: Path) -> Desk:
    return Desk(example_store)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("起草明年报告的总体情况", Wanted(1)),
        ("请帮我起草第六部分", Wanted(6)),
        ("写一段2025年的依申请公开情况", Wanted(1, "依申请公开")),
        ("幫我擬一份明年的年報", Wanted(None)),
        ("把存在的问题和改进情况起草一下", Wanted(5)),
        ("临溪县水务局：起草监督保障", Wanted(1, "监督保障")),
        ("draft section three for 2025", Wanted(3)),
        ("Please write the overview for next year", Wanted(1)),
        ("写一段诗", None),
        ("起草部门答了多少个问题？", None),
        ("让起草部门当场回答提问的直播办了几次？", None),
        ("报告里怎么写政策解读的？", None),
        ("第六部分写了什么？", None),
    ],
)
def test_what_is_to_be_drafted(question: str, wanted: Wanted | None) -> None:
    assert wanted_draft(question) == wanted


def assert_cited(answer: Answer, *said: str) -> None:
    assert answer.kind is Kind.PASSAGE
    assert answer.value is None
    assert not unsupported(answer, said)
    for figure in answer.figures:
        assert figure.status in TRUSTED or figure.role is Role.CONTEXT
    for passage in answer.passages:
        assert passage.quote


def test_next_years_overview(desk: Desk) -> None:
    answer = desk.ask("起草云岫市明年报告的总体情况", offer=True)
    assert_cited(answer, "2023")
    assert answer.text.startswith(f"《{BODY}2023年政府信息公开工作年度报告》草稿")
    assert "上年结转18件。" in answer.text
    assert "【待填：新收政府信息公开申请件数（上年673件）】" in answer.text
    stated = {f.address for f in answer.figures if f.role is Role.ANSWER}
    assert stated == {"t3.carried_out.total"}
    assert all(f.citation in answer.text for f in answer.figures)
    assert answer.passages[0].section == 1


def test_a_year_that_is_indexed_is_told_with_its_figures(desk: Desk) -> None:
    answer = desk.ask("写一段云岫市2022年的依申请公开情况")
    assert_cited(answer, "2022")
    assert "新收政府信息公开申请673件，比上年减少17件，下降2.5%。" in answer.text
    roles = {(f.year, f.address): f.role for f in answer.figures}
    assert roles[2022, "t3.new.total"] is Role.ANSWER
    assert roles[2021, "t3.new.total"] is Role.CONTEXT
    assert "主动公开" not in answer.text.partition("依据")[0]


def test_a_table_has_what_is_carried(desk: Desk) -> None:
    answer = desk.ask("draft section three of the report of 云岫 for 2023")
    assert_cited(answer, "2023")
    assert "Draft of" in answer.text
    assert "上年结转政府信息公开申请数量·自然人：14" in answer.text
    assert len([f for f in answer.figures if f.role is Role.ANSWER]) == 7


def test_last_years_problems_are_quoted(desk: Desk) -> None:
    answer = desk.ask("起草云岫市2023年第五部分")
    assert_cited(answer, "2023")
    assert answer.text.count("上年提出的问题") == 3
    assert any("189件" in passage.quote for passage in answer.passages)


def test_the_body_is_asked_for_and_remembered(desk: Desk) -> None:
    answer = desk.ask("起草明年报告的第六部分")
    assert answer.clarify is not None
    named = next(c.question for c in answer.clarify.candidates if c.org == BODY)
    assert f"《{BODY}2023年" in desk.ask(named).text
    talk = desk.new_dialogue()
    desk.ask("云岫市2022年新收多少件申请？", talk)
    assert f"《{BODY}2023年" in desk.ask("起草明年报告的第六部分", talk).text
    whole = desk.ask("起草澜屿市文化广电和旅游局2025年第六部分")
    assert "《澜屿市文化广电和旅游局2025年" in whole.text


def test_nothing_is_drafted_from_nothing(desk: Desk) -> None:
    answer = desk.ask("起草云岫市2030年的总体情况")
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.NO_REPORT
    assert "2029年" in answer.text
    assert not answer.figures


def test_a_model_writes_nothing_into_a_draft(desk: Desk, example_store: Path) -> None:
    model = scripted(always("去年的报告写得很好。"))
    question = "起草云岫市明年报告的总体情况"
    answer = Desk(example_store, helper=Helper(model)).ask(question)
    assert answer == desk.ask(question)
    assert model.chat.heard == []  # type: ignore[attr-defined]


class OneReport:
    """A shelf with last year's report alone."""

    def __init__(self, report: Report, desk: Desk) -> None:
        self.report_, self.cards = report, [c for c in desk.reports() if c.id == report.id]

    def reports(self) -> list[ReportCard]:
        return self.cards

    def report(self, report_id: str) -> Report:
        return self.report_


@pytest.mark.parametrize("status", [Status.FAILED, Status.AMBIGUOUS])
def test_what_is_not_proven_is_not_carried_and_it_is_said_why(desk: Desk, status: Status) -> None:
    (card,) = [c for c in desk.reports() if (c.body, c.year) == (BODY, 2022)]
    update = {"status": status}
    if status is Status.AMBIGUOUS:
        update |= {"value": None, "candidates": (17, 19)}  # type: ignore[dict-item]
    last = with_last(desk.report(card.id), "t3.carried_out.total", **update)
    query = Query(
        text="起草明年报告的第三部分",
        language=desk.ask("你好").language,
        operation=Operation.DRAFT,
        reports=(card.id,),
        years=(2023,),
    )
    answer = draft_answer(query, [card], OneReport(last, desk))
    assert_cited(answer, "2023", "2022")
    assert "上年结转政府信息公开申请数量·总计：" not in answer.text
    assert "未带入：" in answer.text
    (figure,) = [f for f in answer.figures if f.address == "t3.carried_out.total"]
    assert figure.role is Role.CONTEXT
    if status is Status.AMBIGUOUS:
        assert {"17", "19"} <= numbers_in(answer.text)
