"""★ Next year's report in steps: last year's figures, the clerk's, totals, checks, sections."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from assistant.draft.across import check_beside
from assistant.draft.carry import Carried, carry_over
from assistant.draft.entries import Figures
from assistant.draft.figures_in import read_figures
from assistant.draft.layout import form_for
from assistant.draft.model import Draft, Found, Origin, Problem
from assistant.draft.narrative import Choices, narrate
from assistant.draft.tables import fill_cells, light
from assistant.draft.zeros import zeros_in
from index.checks import run_checks
from index.report import Report


def draft_report(
    body: str,
    year: int,
    last: Sequence[Report] = (),
    figures: Path | Figures | None = None,
    choices: Choices | None = None,
    *,
    zeros: bool = False,
    override: str | None = None,
) -> Draft:
    """The report of a body for a year, as far as it can be told.

    Args:
        body: its full name.
        year: the year reported on.
        last: the body's reports for the year before; copies that agree count as one.
        figures: the clerk's figures: a file (the filled-in sheet, or CSV or JSON by address),
            or what was read already.
        choices: what the clerk decided about the text; None: nothing.
        zeros: whether empty cells of what the clerk has begun are 0; the figures may say so too.
        override: why the clerk's 上年结转 goes before last year's report; None: it does not.

    Raises:
        InputError: no form with tables is prescribed for the year, the figures cannot be read, or
            a problem is to be kept that last year's report does not have.
    """
    form = form_for(year)
    carried = carry_over(body, year, form, last)
    report = last[0] if carried.last is not None else None
    given = figures or Figures()
    if isinstance(given, Path):
        given = read_figures(given, body, year, form)
    if zeros:
        given = given.model_copy(update={"zeros": True})
    overriding = _overriding(carried, given, override) if override else {}
    problems = _problems(carried, given, overriding)
    reasons = {p.address: f"{p.what}{p.next}" for p in problems if p.address}
    empty, unplaced = zeros_in(form, given, reasons)
    cells = fill_cells(form, _origins(carried, given, overriding, empty).items(), reasons)
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
        sections=(),
        problems=(*problems, *unplaced),
    )
    sections = narrate(draft, report, choices or Choices())
    return draft.model_copy(update={"sections": sections})


def _origins(
    carried: Carried, given: Figures, overriding: Mapping[str, Found], empty: Mapping[str, Found]
) -> Mapping[Origin, Mapping[str, Found]]:
    """All values by where they come from; what stands later goes before what stands earlier."""
    return {
        Origin.ZERO: empty,
        Origin.GIVEN: given.values,
        Origin.CARRIED: carried.values,
        Origin.OVERRIDING: overriding,
    }


def _problems(carried: Carried, given: Figures, overriding: Collection[str]) -> tuple[Problem, ...]:
    """What is wrong with last year's figures and the clerk's, but for what these settle."""
    return (
        *(p for p in carried.problems if p.address not in given.values),  # the clerk gives it
        *given.problems,
        *(p for p in _contradictions(carried, given) if p.address not in overriding),
    )


def _overriding(carried: Carried, given: Figures, reason: str) -> dict[str, Found]:
    """The clerk's 上年结转 where it is not what last year's report carried out, with the reason."""
    return {
        address: Found(
            value=own.value,
            source=f"{own.source}；上年报告结转下年度为 {found.value}；理由：{reason}",
        )
        for address, found in carried.values.items()
        if (own := given.values.get(address)) is not None and own.value != found.value
    }


def _contradictions(carried: Carried, given: Figures) -> Iterator[Problem]:
    """Where the clerk's 上年结转 is not what last year's report carried out."""
    for address, found in carried.values.items():
        own = given.values.get(address)
        if own is not None and own.value != found.value:
            yield Problem(
                place=own.source,
                what=f"上年结转填了 {own.value}，上年报告结转下年度为 {found.value}，按后者填写。",
                next="请核对；上年报告如已更正，请重新收入再起草；"
                "机构改革等确有原因的，写明理由改用填报数：起草页“上年结转与上年报告不同”，"
                "或 --override-carried 理由 (last year's report differs)。",
                address=address,
            )
