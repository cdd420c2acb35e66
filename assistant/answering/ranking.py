"""Reports in the order of a cell, or of a share; those that cannot be ranked are named."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Reason
from assistant.answering.comparing import rank_answer
from assistant.answering.look_up import cells, rows_of
from assistant.answering.refusing import refuse_cell
from assistant.answering.shares import rank_shares, shares_answer
from assistant.answering.table_shares import shares_of
from assistant.answering.wording import say
from assistant.library.shelf import Shelf
from assistant.query import Query
from index.report import ReportCard


def rank_reports(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Reports by a cell; those whose cell may not be stated are named with the reason."""
    measure = query.measures[0]
    known = {card.id: card for card in cards}
    asked = [known[i] for i in query.reports]
    found = [cells(report, measure)[0] for report in shelf.outlines(asked, rows_of(measure))]
    good = [c for c in found if c.value is not None]
    if not good:
        return refuse_cell(query, cells(shelf.report(asked[0].id), measure)[0])
    left_out = []
    for cell in found:
        if cell.value is None:
            refused = refuse_cell(query, cell).refusal
            assert refused is not None  # noqa: S101 - a cell without a value is refused
            left_out.append((cell.report.title, _reason(query, refused.reason)))
    return rank_answer(query, good, left_out)


def _reason(query: Query, reason: Reason) -> str:
    """A reason for leaving a report out, in the asker's language."""
    return say(f"reason_{reason.value}", query.language)


def rank_reports_by_share(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Reports by a share; those of which it is not known are named as left out."""
    known = {card.id: card for card in cards}
    asked = [known[i] for i in query.reports]
    rows = [row for m in (*query.measures, *query.wholes) for row in rows_of(m)]
    found = [s for report in shelf.outlines(asked, rows) for s in shares_of(query, report)]
    good = [share for share in found if share.known]
    if not good:
        return shares_answer(query, found[:1])
    without = [share.part.report.title for share in found if not share.known]
    return rank_shares(query, good, without)
