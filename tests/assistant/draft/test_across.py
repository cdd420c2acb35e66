"""The draft beside last year's report: what asks for an explanation, and never stops a draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.draft.draft import draft_report
from assistant.draft.html_out import write_html
from assistant.draft.model import Draft
from index.report import Outcome, Strength
from tests.assistant.draft.pairs import draft_of, save_figures, written_pair


def outcomes(draft: Draft) -> dict[str, Outcome]:
    """How the checks beside last year's report came out, by code and scope."""
    return {c.id.partition("/")[0]: c.outcome for c in draft.checks if c.code.startswith("X-")}


def test_a_draft_that_carries_on_from_last_year_holds(tmp_path: Path) -> None:
    last, this = written_pair(9, tmp_path)
    draft = draft_of(last, this.figures.values, this.prose.body, 2024, tmp_path)
    found = outcomes(draft)
    assert found["X-T3-CARRY@total"] is Outcome.HOLDS
    assert {"X-T4-PENDING@review", "X-T2-VALID@rules"} <= found.keys()


@pytest.mark.parametrize(
    ("address", "last_address", "check"),
    [
        ("t2.normative_docs.in_force", None, "X-T2-VALID@normative_docs"),
        ("t4.review.total", "t4.review.pending", "X-T4-PENDING@review"),
    ],
)
def test_what_does_not_fit_last_year_is_told_and_lit(
    address: str, last_address: str | None, check: str, tmp_path: Path
) -> None:
    last, this = written_pair(9, tmp_path)
    values = dict(this.figures.values)
    if last_address is None:
        values[address] = int(values[address]) + 5
    else:  # nothing pending of last year comes back
        block = address.rpartition(".")[0]
        values |= {a: 0 for a in values if a.startswith(f"{block}.")}
        figures = tuple(
            f.model_copy(update={"value": 4}) if f.address == last_address else f
            for f in last.figures
        )
        last = last.model_copy(update={"figures": figures})
    draft = draft_of(last, values, this.prose.body, 2024, tmp_path)
    assert outcomes(draft)[check] is Outcome.FAILS
    cell = draft.cell(address)
    assert cell.breach is Strength.WARNING
    assert cell.state == "asked"
    assert cell.problem is not None
    assert check.partition("@")[0] in cell.problem
    assert not draft.failing
    assert f'<td class="asked" title="{cell.label}' in write_html(draft).decode()


def test_last_year_s_report_may_call_the_body_otherwise(tmp_path: Path) -> None:
    last, this = written_pair(9, tmp_path)
    other = last.body.model_copy(update={"value": None})
    draft = draft_of(
        last.model_copy(update={"body": other}),
        this.figures.values,
        this.prose.body,
        2024,
        tmp_path,
    )
    assert outcomes(draft)["X-T3-CARRY@total"] is Outcome.HOLDS


def test_without_last_year_nothing_is_compared(tmp_path: Path) -> None:
    _, this = written_pair(9, tmp_path)
    path = save_figures(tmp_path, this.figures.values)
    assert not outcomes(draft_report(this.prose.body, 2024, [], path))


def test_a_failing_cell_is_not_compared(tmp_path: Path) -> None:
    last, this = written_pair(9, tmp_path)
    values = {**this.figures.values, "t4.review.total": 99_999}
    draft = draft_of(last, values, this.prose.body, 2024, tmp_path)
    assert outcomes(draft)["X-T4-PENDING@review"] is Outcome.NOT_EVALUABLE
