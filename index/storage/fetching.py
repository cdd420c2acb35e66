"""Reports read from the tables of the ledger, whole or in part, on a caller's connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from index.across.abstract import Abstract, abstract_of
from index.report import Check, Figure, Outcome, Report
from index.storage.exact_json import load, load_all
from index.storage.packing import unpack
from index.storage.schema import ABSTRACTS, CHECKS, FIGURES, PASSAGES, REPORTS

LAST = "\U0010ffff"
"""Sorts behind every character of an address."""
AT_ONCE = 500
"""Reports asked for in one statement."""
PARTS = {
    "figures": (FIGURES, FIGURES.c.position),
    "checks": (CHECKS, CHECKS.c.position),
    "passages": (PASSAGES, PASSAGES.c.number),
}
"""Fields of a report that have a table of their own, each with its order."""


def whole(db: sa.Connection, report_id: str) -> Report:
    """A whole report.

    Raises:
        KeyError: no such report is indexed.
    """
    data = db.execute(
        sa.select(REPORTS.c.data).where(REPORTS.c.id == report_id)
    ).scalar_one_or_none()
    if data is None:
        raise KeyError(report_id)
    parts = {
        name: load_all(
            db.execute(
                sa.select(table.c.data).where(table.c.report == report_id).order_by(order)
            ).scalars()
        )
        for name, (table, order) in PARTS.items()
    }
    return Report.model_validate({**load(data), **parts})


def texts(db: sa.Connection, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(id, text) of reports, the text as it was read; ids that are not indexed are left out."""
    text = sa.func.json_extract(REPORTS.c.data, "$.text").label("text")
    for part in _batches(ids):
        found = db.execute(sa.select(REPORTS.c.id, text).where(REPORTS.c.id.in_(part)))
        yield from ((row.id, row.text) for row in found)


def of_rows(
    db: sa.Connection, ids: Iterable[str], rows: Iterable[tuple[str, str]]
) -> dict[str, tuple[tuple[Figure, ...], tuple[Check, ...]]]:
    """By report, the figures of some (table, row) and the checks that cover them."""
    addressed = sa.or_(
        sa.false(),
        *(FIGURES.c.address.between(f"{t}.{r}.", f"{t}.{r}.{LAST}") for t, r in rows),
    )
    figures: dict[str, list[Figure]] = {}
    checks: dict[str, list[Check]] = {}
    for part in _batches(ids):
        wanted = FIGURES.c.report.in_(part) & addressed
        for row in db.execute(_in_order(FIGURES, wanted)):
            figure = Figure.model_validate(load(row.data))
            figures.setdefault(row.report, []).append(figure)
        covering = {(r, c) for r in part for f in figures.get(r, ()) for c in f.checks}
        named = CHECKS.c.id.in_({check for _, check in covering})
        for row in db.execute(_in_order(CHECKS, CHECKS.c.report.in_(part) & named)):
            check = Check.model_validate(load(row.data))
            if (row.report, check.id) in covering:
                checks.setdefault(row.report, []).append(check)
    return {r: (tuple(own), tuple(checks.get(r, ()))) for r, own in figures.items()}


def failing(db: sa.Connection) -> dict[str, tuple[Check, ...]]:
    """Checks of every strength that fail, by report; reports without any are left out."""
    found: dict[str, list[Check]] = {}
    for row in db.execute(_in_order(CHECKS, CHECKS.c.outcome == Outcome.FAILS.value)):
        found.setdefault(row.report, []).append(Check.model_validate(load(row.data)))
    return {report: tuple(checks) for report, checks in found.items()}


def abstracts(db: sa.Connection) -> Iterator[Abstract]:
    """The abstracts of all reports; those of a ledger that has none are made now."""
    rows = sa.select(REPORTS.c.id, ABSTRACTS.c.data).outerjoin(ABSTRACTS)
    for row in db.execute(rows.order_by(REPORTS.c.body, REPORTS.c.year, REPORTS.c.id)):
        yield unpack(row.data) if row.data is not None else abstract_of(whole(db, row.id))


def _in_order(table: sa.Table, wanted: sa.ColumnElement[bool]) -> sa.Select[tuple[str, str]]:
    """(report, data) of figures or checks, report by report as they stand in the form."""
    return (
        sa.select(table.c.report, table.c.data)
        .where(wanted)
        .order_by(table.c.report, table.c.position)
    )


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    """Ids in parts that fit into one statement."""
    every = list(ids)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
