"""How a cell, or a share, changed from the year before, where that report is indexed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.answering.changes import changes_answer
from assistant.answering.from_cells import from_cells
from assistant.answering.growth import growth_answer
from assistant.answering.listing import no_year_before, year_before
from assistant.answering.look_up import cells
from assistant.answering.printed_change import printed_change
from assistant.answering.refusing import refuse_flawed
from assistant.answering.shares import shares_answer
from assistant.answering.table_shares import shares_of
from assistant.lexicon import hint
from assistant.library.shelf import Shelf
from assistant.query import PAIR, Operation, Query
from index.report import ReportCard


def change_since(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """The change from the year before, where that report is indexed."""
    card = next(c for c in cards if c.id == query.reports[0])
    earlier = year_before(card, cards)
    report = shelf.report(card.id)
    since = query.each or hint("grown").search(query.said) is not None
    if len(query.measures) == PAIR and not since:  # a change within one report is a difference
        return from_cells(
            query.model_copy(update={"operation": Operation.DIFFERENCE}),
            [cell for m in query.measures for cell in cells(report, m)],
        )
    after = cells(report, query.measures[0])[0]
    if earlier is None:
        return printed_change(query, report, after) or no_year_before(query, card)
    if len(query.measures) > 1:
        both = (shelf.report(earlier.id), report)
        found = [[cell for m in query.measures for cell in cells(one, m)] for one in both]
        return changes_answer(query, list(zip(*found, strict=True)))
    before = cells(shelf.report(earlier.id), query.measures[0])[0]
    return refuse_flawed(query, [after, before]) or growth_answer(query, before, after)


def points_since(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """How a share changed from the year before, where that report is indexed."""
    card = next(c for c in cards if c.id == query.reports[0])
    earlier = year_before(card, cards)
    if earlier is None:
        return no_year_before(query, card)
    both = (shelf.report(earlier.id), shelf.report(card.id))
    return shares_answer(query, [share for report in both for share in shares_of(query, report)])
