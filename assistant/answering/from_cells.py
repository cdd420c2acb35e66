"""One answer from the cells that a question came to, in the order that it sets them in."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, CitedPassage
from assistant.answering.cell import Cell
from assistant.answering.combining import combine
from assistant.answering.compose import figure_answer, list_answer
from assistant.answering.explain import verify_answer
from assistant.answering.quotients import monthly_answer
from assistant.answering.refusing import refuse_cell, refuse_unclear
from assistant.lexicon import hint
from assistant.query import PAIR, Operation, Query

TOGETHER = frozenset(
    {
        Operation.SUM,
        Operation.AVERAGE,
        Operation.COMPARE,
        Operation.DIFFERENCE,
        Operation.RATIO,
        Operation.RANK,
        Operation.TREND,
        Operation.GROWTH,
    }
)
"""Operations that may take cells of several reports together."""
OF_SEVERAL = (TOGETHER | {Operation.SHARE}) - {Operation.SUM, Operation.AVERAGE}
"""Operations that say nothing of a single cell."""


def from_cells(query: Query, found: Sequence[Cell], sentence: CitedPassage | None = None) -> Answer:
    """One answer from the cells that a question came to; ``sentence`` is quoted beside it."""
    answer = _of_one(query, found[0]) if len(found) == 1 else _of_several(query, found)
    if sentence is None:
        return answer
    return answer.model_copy(update={"passages": (sentence, *answer.passages)})


def _of_one(query: Query, cell: Cell) -> Answer:
    """The cell itself, or what an operation makes of a single cell."""
    operation, of_text = query.operation, all(f.prose is not None for f in cell.figures)
    if operation is Operation.VERIFY:
        return verify_answer(query, cell)
    if operation is Operation.AVERAGE and not of_text:
        monthly = hint("per_month").search(query.said) and cell.value is not None
        return monthly_answer(query, cell) if monthly else refuse_unclear(query)
    if operation is Operation.SUM and hint("two_reports").search(query.said):
        return refuse_unclear(query)
    if operation in OF_SEVERAL and cell.value is not None and not of_text:
        return refuse_unclear(query)
    return figure_answer(query, cell)


def _of_several(query: Query, found: Sequence[Cell]) -> Answer:
    """What the operation makes of several cells, or each of them."""
    if query.operation in TOGETHER - {Operation.TREND} or query.operation is Operation.SHARE:
        absent = next((c for c in found if not c.figures), None)
        if absent is not None:
            return refuse_cell(query, absent, context=found)
        return combine(query, _by_year(query, found))
    return list_answer(query, _by_year(query, found))


def _by_year(query: Query, found: Sequence[Cell]) -> list[Cell]:
    """Cells of one body over years in the order of the years.

    A multiple is of what is named last where the question says so (2024年是2023年的几倍), else of
    the year before. Of two cells of one report the one that it fell from, or rose from, is first.
    """
    one_report = len({c.report.id for c in found}) == 1
    if one_report and query.operation is Operation.GROWTH and len(found) == PAIR:
        return sorted(found, key=lambda c: c.value or 0, reverse=query.fell)
    if len({c.report.body.value for c in found}) > 1 or one_report:
        return _from_the_other(query, found)
    ordered = sorted(found, key=lambda c: int(c.report.year.value or 0))
    if query.operation in (Operation.GROWTH, Operation.TREND):
        return ordered
    if query.operation is not Operation.RATIO or len(found) > PAIR:
        return list(found)
    forward = hint("multiple_of").search(query.said) and list(query.years) == sorted(query.years)
    return ordered if forward else ordered[::-1]


def _from_the_other(query: Query, found: Sequence[Cell]) -> list[Cell]:
    """Cells as named; of a change between two bodies (甲比乙多几倍) the one compared with first."""
    bodies = {c.report.body.value for c in found}
    named_last = len(bodies) == PAIR == len(found) and not hint("relative").search(
        query.said.strip()
    )
    if query.operation is Operation.GROWTH and named_last:
        return list(found)[::-1]
    return list(found)
