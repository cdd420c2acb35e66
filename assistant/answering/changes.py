"""Several cells that each changed between two reports: 个人和企业各增加多少."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Kind
from assistant.answering.cell import Cell
from assistant.answering.cell_names import understood
from assistant.answering.growth import growth_answer
from assistant.answering.refusing import refuse_flawed
from assistant.query import PAIR, Query

Pair = tuple[Cell, Cell]
"""The same cell of two reports, the one compared with first."""


def same_cells(cells: Sequence[Cell]) -> list[Pair]:
    """Cells of two reports in pairs of the same cell, in the order given; empty for any others."""
    reports = list(dict.fromkeys(c.report.id for c in cells))
    if len(reports) != PAIR:
        return []
    sides = [{_place(c): c for c in cells if c.report.id == report} for report in reports]
    if sides[0].keys() != sides[1].keys() or len(cells) != PAIR * len(sides[0]):
        return []
    return [(cell, sides[1][place]) for place, cell in sides[0].items()]


def changes_answer(query: Query, pairs: Sequence[Pair]) -> Answer:
    """How each cell changed, a line each; refused where one of them may not be stated."""
    cells = [cell for pair in pairs for cell in pair]
    flawed = refuse_flawed(query, cells)
    if flawed is not None:
        return flawed
    told = [growth_answer(query, before, after) for before, after in pairs]
    return Answer(
        kind=Kind.COMPARE,
        text="\n".join(answer.text for answer in told),
        language=query.language,
        formula="; ".join(answer.formula or "" for answer in told),
        figures=tuple(figure for answer in told for figure in answer.figures),
        checks=tuple(check for answer in told for check in answer.checks),
        understood=understood(query, cells),
    )


def _place(cell: Cell) -> tuple[str, str, str]:
    return cell.table, cell.row, cell.column
