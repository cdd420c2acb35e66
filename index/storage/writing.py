"""Reports written into the tables of the ledger, and taken out, within a caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from index.across.abstract import abstract_of
from index.report import Report, card_of
from index.segment import terms
from index.storage.exact_json import dump
from index.storage.packing import pack
from index.storage.schema import ABSTRACTS, CHECKS, FIGURES, PASSAGES, REMOVALS, REPORTS

REVISED = """
INSERT INTO settings VALUES ('revision', '1')
ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1
"""


def put(db: sa.Connection, report: Report, *, place: str, reading: str) -> list[str]:
    """Write a report in place of what is there; returns ids of other reports it replaces.

    Replaced are the earlier reading of the same file and an earlier copy of the same id.
    """
    db.execute(sa.text(REVISED))
    same = (REPORTS.c.place == place) | (REPORTS.c.id == report.id)
    replaced = list(db.execute(sa.select(REPORTS.c.id).where(same)).scalars())
    _delete(db, replaced)
    gone = [r for r in replaced if r != report.id]
    db.execute(REMOVALS.delete().where(REMOVALS.c.report.in_([*gone, report.id])))
    _insert(db, REMOVALS, [{"report": r} for r in gone])
    _insert_report(db, report, place=place, reading=reading)
    return gone


def remove(db: sa.Connection, ids: Sequence[str]) -> None:
    """Remove reports and all that belongs to them."""
    db.execute(sa.text(REVISED))
    _delete(db, ids)


def _insert_report(db: sa.Connection, report: Report, *, place: str, reading: str) -> None:
    kept = report.model_dump(exclude={"figures", "checks", "passages"})
    db.execute(
        REPORTS.insert().values(
            id=report.id,
            place=place,
            sha256=report.sha256,
            reading=reading,
            body=report.body.value,
            year=int(report.year.value) if report.year.value else None,
            card=dump(card_of(report).model_dump()),
            data=dump(kept),
            vectors=False,
        )
    )
    _insert(db, FIGURES, [
        {"report": report.id, "address": f.address, "position": i,
         "status": f.status.value, "data": dump(f.model_dump()),
         "value": None if f.value is None else str(f.value)}
        for i, f in enumerate(report.figures)
    ])  # fmt: skip
    _insert(db, CHECKS, [
        {"report": report.id, "id": c.id, "position": i,
         "outcome": c.outcome.value, "data": dump(c.model_dump())}
        for i, c in enumerate(report.checks)
    ])  # fmt: skip
    _insert(db, ABSTRACTS, [{"report": report.id, "data": pack(abstract_of(report))}])
    _insert(db, PASSAGES, [
        {"report": report.id, "number": p.number, "data": dump(p.model_dump())}
        for p in report.passages
    ])  # fmt: skip
    if report.passages:
        db.execute(
            sa.text("INSERT INTO full_text VALUES (:report, :number, :terms)"),
            [
                {"report": report.id, "number": p.number, "terms": " ".join(terms(p.text))}
                for p in report.passages
            ],
        )


def _insert(db: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.execute(table.insert(), rows)


def _delete(db: sa.Connection, ids: Sequence[str]) -> None:
    for report_id in ids:
        db.execute(sa.text("DELETE FROM full_text WHERE report = :r"), {"r": report_id})
        db.execute(REPORTS.delete().where(REPORTS.c.id == report_id))
