"""Shares that a question asks of the tables: of all parts together, or each its own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.answering.cell import Cell, together
from assistant.answering.look_up import cells
from assistant.answering.quotients import share_answer
from assistant.answering.refusing import refuse_unclear
from assistant.answering.shares import Share, share_of_itself, shares_answer
from assistant.query import Measure, Query
from assistant.understanding.asked import counted_alike
from index.report import Report


def shares_of(query: Query, report: Report) -> list[Share]:
    """The shares asked for of one report: of all parts together, or each its own."""

    def summed(measures: Sequence[Measure]) -> Cell:
        return together([cell for m in measures for cell in cells(report, m)])

    whole = summed(query.wholes)
    parts = [[m] for m in query.measures] if query.each else [query.measures]
    return [Share(summed(part), whole) for part in parts]


def share_or_shares(query: Query, shares: Sequence[Share]) -> Answer:
    """One share or several; none of a whole that is not the number the question states."""
    if any(s.nested or s.askew for s in shares):
        return refuse_unclear(query)
    if len(shares) > 1:
        return shares_answer(query, shares)
    part, whole = shares[0]
    if part.figures and part.figures == whole.figures:
        return share_of_itself(query, part)
    if query.whole_said not in (None, whole.value) and whole.value is not None:
        return refuse_unclear(query)
    return share_answer(query, part, whole)


def share_of_stated(query: Query, part: Cell, whole: Cell) -> Answer:
    """The share of a cell stated before in one that is named now; none of what cannot hold it."""
    known = part.value is not None and whole.value is not None
    holds = counted_alike((part.unit, whole.unit)) and (part.value or 0) <= (whole.value or 0)
    if known and not holds:
        return refuse_unclear(query)
    return share_answer(query, part, whole)
