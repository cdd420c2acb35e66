"""Answers from cells: figures by address, computed from, compared, ranked, or refused."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.answering.cell import Cell
from assistant.answering.choosing import choose_reports
from assistant.answering.forms import form_of
from assistant.answering.from_cells import TOGETHER, from_cells
from assistant.answering.listing import MOST_CANDIDATES, clarify
from assistant.answering.look_up import cells, rows_of
from assistant.answering.ranking import rank_reports, rank_reports_by_share
from assistant.answering.shares import ranks_shares
from assistant.answering.since_year_before import change_since, points_since
from assistant.answering.table_shares import share_of_stated, share_or_shares, shares_of
from assistant.answering.wording import say
from assistant.library.shelf import Shelf
from assistant.query import PAIR, Measure, Operand, Operation, Query
from assistant.understanding.annex import counterpart
from index.formats import load_forms
from index.report import Report, ReportCard

CARRIED = ("carried_out", "carried_in")
"""Rows of table three of which one continues the other in the year after."""


def tables_answer(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Figures by address; a question back where several reports fit."""
    if query.operation in (Operation.COUNT, Operation.WHICH):
        return choose_reports(query, cards, shelf)
    if ranks_shares(query) and len(query.reports) > 1:
        return rank_reports_by_share(query, cards, shelf)
    if query.operation is Operation.RANK and query.over == "reports" and _ranks_reports(query):
        return rank_reports(query, cards, shelf)
    ids = list(query.reports)
    if query.points and len(ids) == 1 and query.wholes:
        return points_since(query, cards, shelf)
    if query.operation is Operation.GROWTH and len(ids) == 1:
        return change_since(query, cards, shelf)
    if len(ids) > 1 and not query.several:
        meant = set(ids)
        fitting = [c for c in cards if c.id in meant]
        if not (query.operation in TOGETHER and len(query.measures) == 1 and query.named):
            having = _having(fitting, query.measures, shelf)
            if len(having) != 1:
                return clarify(query, having or fitting)
            ids = [having[0].id]
    if query.operation is Operation.SHARE and query.wholes:
        return share_or_shares(query, [s for i in ids for s in shares_of(query, shelf.report(i))])
    found = _carried_over(query, [shelf.report(i) for i in ids]) or [
        cell for i in ids for m in query.measures for cell in _of(query, shelf.report(i), m)
    ]
    return _of_every(query, found)


def _ranks_reports(query: Query) -> bool:
    """Whether a ranking goes over reports: one that names a single report cannot."""
    return len(query.measures) == 1 and len(query.reports) > 1


def _having(
    cards: Sequence[ReportCard], measures: Sequence[Measure], shelf: Shelf
) -> list[ReportCard]:
    """The first reports that have one of some cells, enough to know if too many to list do."""
    rows = [row for measure in measures for row in rows_of(measure)]
    having: list[ReportCard] = []
    for start in range(0, len(cards), MOST_CANDIDATES):
        part = cards[start : start + MOST_CANDIDATES]
        for card, report in zip(part, shelf.outlines(part, rows), strict=True):
            if any(cell.figures for m in measures for cell in cells(report, m)):
                having.append(card)
        if len(having) > MOST_CANDIDATES:
            break
    return having


def _carried_over(query: Query, reports: Sequence[Report]) -> list[Cell]:
    """What one year carries out and the next has carried in, where both are asked for.

    Empty for other cells, and for reports that are not of one body in years that follow.
    """
    by_row = {m.row: m for m in query.measures}
    years = sorted(int(r.year.value or 0) for r in reports)
    if set(by_row) != set(CARRIED) or len({r.body.value for r in reports}) > 1:
        return []
    if len(years) != PAIR or years[1] - years[0] != 1:
        return []
    ordered = sorted(reports, key=lambda r: int(r.year.value or 0))
    return [
        cell
        for report, row in zip(ordered, CARRIED, strict=True)
        for cell in cells(report, by_row[row])
    ]


def _of(query: Query, report: Report, measure: Measure) -> list[Cell]:
    """The cells of a measure, spread where a ranking goes over rows or columns."""
    if query.operation is not Operation.RANK or query.over == "reports":
        return cells(report, measure)
    form = form_of(report)
    if query.over == "columns" and form.annex is not None:  # no such columns, which is then said
        form = load_forms()[-1]
        measure = counterpart(form, measure)
    if query.over == "columns":
        names = [c.key for c in form.tables.t3.columns if c.key != "total"]
        spread = [measure.model_copy(update={"column": name}) for name in names]
    else:
        rows = form.t3_children.get(measure.row, (measure.row,))
        spread = [measure.model_copy(update={"row": row}) for row in rows]
    return [cell for m in spread for cell in cells(report, m)]


def _of_every(query: Query, found: Sequence[Cell]) -> Answer:
    """One answer from the cells; over every report, those that have none are named, not counted."""
    if not query.every or len(query.measures) > 1:
        return from_cells(query, found)
    having = [cell for cell in found if cell.figures]
    answer = from_cells(query, having or found)
    without = "、".join(cell.report.title for cell in found if not cell.figures)
    if not having or not without or answer.refusal is not None:
        return answer
    remark = say("every_without", query.language, reports=without)
    return answer.model_copy(update={"text": f"{answer.text}\n{remark}"})


def recalled_answer(query: Query, operands: Sequence[Operand], shelf: Shelf) -> Answer:
    """An answer from cells that earlier answers stated: 两个加起来."""
    found = [cells(shelf.report(o.report), o.measure)[0] for o in operands]
    if query.recalled == 1 and query.operation is Operation.SHARE:
        return share_of_stated(query, *found)
    return from_cells(query, found)
