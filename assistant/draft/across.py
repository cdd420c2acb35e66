"""The draft beside last year's report: what a form demands of two years, run as for any reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.draft.layout import form_for
from assistant.draft.model import DraftCell
from index.across.abstract import AbstractCell, abstract_of
from index.across.checks import check_across
from index.across.narrative import narrative_of
from index.checks import Cover
from index.report import Check, Report, Status, Term

DRAFT = "draft"
"""Stands for the draft where a report's id would stand."""


def check_beside(
    cells: Sequence[DraftCell], own: Sequence[Check], last: Report, *, body: str, year: int
) -> tuple[Check, ...]:
    """Checks between the draft and last year's report; its own cells go by their plain address.

    Args:
        cells: the draft's cells.
        own: the checks that were run on them alone; what fails there is not compared.
        last: last year's report.
        body: the body, however last year's report writes it.
        year: the year that is drafted.
    """
    form = form_for(year)
    cover = Cover((check, check.addresses) for check in own)
    before = replace(abstract_of(last), body=body, year=year - 1)
    draft = replace(
        before,
        report=DRAFT,
        year=year,
        form=form.id,
        cells={cell.address: _abstract(cell, cover) for cell in cells},
        narrative=narrative_of((), form, body),
    )
    found = check_across([draft, before])
    return tuple(
        check.model_copy(
            update={
                "left": tuple(map(_plain, check.left)),
                "right": tuple(map(_plain, check.right)),
            }
        )
        for check in found
    )


def _abstract(cell: DraftCell, cover: Cover) -> AbstractCell:
    status = Status.BLANK if cell.value is None else cover.status(cell.address) or Status.PRINTED
    return AbstractCell(cell.value, status, cell.label)


def _plain(term: Term) -> Term:
    """An operand of the draft by its address alone."""
    return term.model_copy(update={"address": term.address.removeprefix(f"{DRAFT}/")})
