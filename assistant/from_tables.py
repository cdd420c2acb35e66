"""Answers from the tables: figures by address, computed from, compared, or refused."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Reason
from assistant.compose import (
    compare_answer,
    figure_answer,
    list_answer,
    refuse,
    refuse_cell,
    share_answer,
    sum_answer,
)
from assistant.evidence import Cell, cells
from assistant.listing import clarify
from assistant.query import Measure, Operation, Query
from assistant.shelf import Shelf
from index.report import ReportCard

SEVERAL = frozenset({Operation.COMPARE, Operation.DIFFERENCE})


def tables_answer(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Figures by address; a question back where several reports fit."""
    ids = list(query.reports)
    if query.operation not in SEVERAL and len(ids) > 1:
        having = [i for i in ids if _has(shelf, i, query.measures)]
        if len(having) != 1 or query.named:
            return clarify(query, [c for c in cards if c.id in (having or ids)])
        ids = having
    rows = [[c for m in query.measures for c in cells(shelf.report(i), m)] for i in ids]
    if len(rows) > 1:
        return _compare(query, [row[0] for row in rows])
    return _of_one_report(query, rows[0])


def _of_one_report(query: Query, row: list[Cell]) -> Answer:
    if query.operation is Operation.SHARE and query.denominator is not None:
        return share_answer(query, row[0], cells(row[0].report, query.denominator)[0])
    if len(row) == 1 and query.operation in SEVERAL:
        return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")
    if len(row) == 1:
        return figure_answer(query, row[0])
    if query.operation in SEVERAL:
        return _compare(query, row)
    return sum_answer(query, row) if query.operation is Operation.SUM else list_answer(query, row)


def _compare(query: Query, row: Sequence[Cell]) -> Answer:
    """Cells of several reports, or of one; a report without the cell is told by name."""
    absent = next((c for c in row if not c.figures), None)
    if absent is not None:
        return refuse_cell(query, absent, context=row)
    return compare_answer(query, row)


def _has(shelf: Shelf, report_id: str, measures: Sequence[Measure]) -> bool:
    report = shelf.report(report_id)
    return any(cell.figures for m in measures for cell in cells(report, m))
