"""★ Next year's report in steps: last year's figures, the clerk's, totals, checks, sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.draft.across import check_beside
from assistant.draft.carry import Carried, carry_over
from assistant.draft.entries import Figures
from assistant.draft.figures_in import read_figures
from assistant.draft.layout import form_for
from assistant.draft.model import (
    Draft,
    DraftParagraph,
    DraftSection,
    DraftSentence,
    Problem,
    SentenceKind,
)
from assistant.draft.style import load_style
from assistant.draft.tables import fill_cells, light
from index.checks import run_checks
from index.formats import Form
from index.report import Report

Narrative = Callable[[Draft, Report | None], Sequence[DraftSection]]
"""What writes the text of a draft: from its figures and last year's report, if there is one."""


def draft_report(
    body: str,
    year: int,
    last: Sequence[Report] = (),
    figures: Path | Figures | None = None,
    narrative: Narrative | None = None,
) -> Draft:
    """The report of a body for a year, as far as it can be told.

    Args:
        body: its full name.
        year: the year reported on.
        last: the body's reports for the year before; copies that agree count as one.
        figures: the clerk's figures: a file (the filled-in sheet, or CSV or JSON by address),
            or what was read already.
        narrative: writes the sections of text; None leaves them open.

    Raises:
        InputError: no form with tables is prescribed for the year, or the figures cannot be read.
    """
    form = form_for(year)
    carried = carry_over(body, year, form, last)
    report = last[0] if carried.last is not None else None
    given = (
        read_figures(figures, body, year, form)
        if isinstance(figures, Path)
        else figures or Figures()
    )
    problems = (
        *(p for p in carried.problems if p.address not in given.values),  # the clerk gives it
        *given.problems,
        *_contradictions(carried, given),
    )
    reasons = {p.address: f"{p.what}{p.next}" for p in problems if p.address}
    cells = fill_cells(form, carried.values, given.values, reasons)
    checks = run_checks(form, {cell.address: cell.value for cell in cells})
    if report is not None:
        checks += check_beside(cells, checks, report, body=body, year=year)
    draft = Draft(
        body=body,
        year=year,
        form=form.id,
        last=carried.last,
        cells=light(cells, checks, reasons),
        checks=checks,
        sections=open_sections(form),
        problems=problems,
    )
    if narrative is None:
        return draft
    return draft.model_copy(update={"sections": tuple(narrative(draft, report))})


def open_sections(form: Form) -> tuple[DraftSection, ...]:
    """The six sections under their official titles, their text still to be written."""
    gaps = load_style().gaps
    return tuple(
        DraftSection(
            number=section.number,
            title=section.title,
            paragraphs=tuple(_gap(what) for what in gaps.get(section.number, ())),
        )
        for section in form.sections
    )


def _gap(what: str) -> DraftParagraph:
    sentence = DraftSentence(text=f"【待填：{what}】", kind=SentenceKind.GAP)
    return DraftParagraph(sentences=(sentence,))


def _contradictions(carried: Carried, given: Figures) -> Iterator[Problem]:
    """Where the clerk's 上年结转 is not what last year's report carried out."""
    for address, found in carried.values.items():
        own = given.values.get(address)
        if own is not None and own.value != found.value:
            yield Problem(
                place=own.source,
                what=f"上年结转填了 {own.value}，上年报告结转下年度为 {found.value}，按后者填写。",
                next="请核对；上年报告如已更正，请重新收入再起草 (last year's report differs)。",
                address=address,
            )
