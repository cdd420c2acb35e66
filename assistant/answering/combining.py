"""Several cells to one answer: the computation that the question asks for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.answering.cell import Cell
from assistant.answering.changes import changes_answer, same_cells
from assistant.answering.comparing import compare_answer, rank_answer
from assistant.answering.compose import sum_answer
from assistant.answering.growth import growth_answer
from assistant.answering.quotients import average_answer, per_answer, ratio_answer, share_answer
from assistant.answering.refusing import refuse_flawed
from assistant.query import PAIR, Operation, Query

APART = frozenset({Operation.GROWTH, Operation.DIFFERENCE, Operation.COMPARE})
"""Operations that set each of several cells beside the same cell of another report."""


def combine(query: Query, cells: Sequence[Cell]) -> Answer:
    """One answer from several cells, as the operation asks for."""
    flawed = refuse_flawed(query, cells)
    if flawed is not None:
        return flawed
    operation = query.operation
    pairs = same_cells(cells) if operation in APART else []
    if len(pairs) > 1:
        return changes_answer(query, pairs)
    if operation is Operation.SHARE and len(cells) == PAIR:
        return share_answer(query, *_part_first(cells))
    if operation is Operation.RATIO and len(cells) == PAIR:
        return ratio_answer(query, cells[0], cells[1])
    if operation is Operation.GROWTH and len(cells) == PAIR:
        return growth_answer(query, cells[0], cells[1])
    one_unit = len({c.unit for c in cells}) == 1
    if operation is Operation.SUM and one_unit:
        return sum_answer(query, cells)
    if operation is Operation.AVERAGE and not one_unit:
        return per_answer(query, cells)
    if operation is Operation.AVERAGE:
        return average_answer(query, cells)
    if operation is Operation.RANK:
        return rank_answer(query, cells)
    return compare_answer(query, cells)


def _part_first(cells: Sequence[Cell]) -> tuple[Cell, Cell]:
    """Of two cells named one after the other, the smaller is the part of the larger."""
    first, second = cells
    return (first, second) if (first.value or 0) <= (second.value or 0) else (second, first)
