"""Answers from cells: figures by address, computed from, compared, ranked, or refused."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, CitedPassage, Reason
from assistant.answering.cell import Cell, together
from assistant.answering.changes import changes_answer
from assistant.answering.choosing import choose_reports
from assistant.answering.combining import combine
from assistant.answering.comparing import rank_answer
from assistant.answering.compose import figure_answer, list_answer
from assistant.answering.explain import verify_answer
from assistant.answering.forms import form_of
from assistant.answering.growth import growth_answer
from assistant.answering.listing import MOST_CANDIDATES, clarify, year_before
from assistant.answering.look_up import cells, rows_of
from assistant.answering.quotients import monthly_answer, share_answer
from assistant.answering.refusing import refuse, refuse_cell
from assistant.answering.shares import (
    Share,
    rank_shares,
    ranks_shares,
    share_of_itself,
    shares_answer,
)
from assistant.answering.wording import say
from assistant.lexicon import hint
from assistant.library.shelf import Shelf
from assistant.query import Measure, Operand, Operation, Query
from assistant.understanding.annex import counterpart
from assistant.understanding.asked import counted_alike
from index.formats import load_forms
from index.report import Report, ReportCard

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
PAIR = 2
CARRIED = ("carried_out", "carried_in")
"""Rows of table three of which one continues the other in the year after."""


def tables_answer(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Figures by address; a question back where several reports fit."""
    if query.operation in (Operation.COUNT, Operation.WHICH):
        return choose_reports(query, cards, shelf)
    if ranks_shares(query) and len(query.reports) > 1:
        return _rank_shares(query, cards, shelf)
    if query.operation is Operation.RANK and query.over == "reports" and _ranks_reports(query):
        return _rank(query, cards, shelf)
    ids = list(query.reports)
    if query.points and len(ids) == 1 and query.wholes:
        return _points(query, ids[0], cards, shelf)
    if query.operation is Operation.GROWTH and len(ids) == 1:
        return _growth(query, ids[0], cards, shelf)
    if len(ids) > 1 and not query.several:
        meant = set(ids)
        fitting = [c for c in cards if c.id in meant]
        if not (query.operation in TOGETHER and len(query.measures) == 1 and query.named):
            having = _having(fitting, query.measures, shelf)
            if len(having) != 1 or query.named:
                return clarify(query, having or fitting)
            ids = [having[0].id]
    if query.operation is Operation.SHARE and query.wholes:
        return _of_shares(query, [s for i in ids for s in _shares(query, shelf.report(i))])
    found = _carried_over(query, [shelf.report(i) for i in ids]) or [
        cell for i in ids for m in query.measures for cell in _of(query, shelf.report(i), m)
    ]
    return _of_every(query, found)


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


def _shares(query: Query, report: Report) -> list[Share]:
    """The shares asked for of one report: of all parts together, or each its own."""

    def summed(measures: Sequence[Measure]) -> Cell:
        return together([cell for m in measures for cell in cells(report, m)])

    whole = summed(query.wholes)
    parts = [[m] for m in query.measures] if query.each else [query.measures]
    return [Share(summed(part), whole) for part in parts]


def _of_shares(query: Query, shares: Sequence[Share]) -> Answer:
    """One share or several; none of a whole that is not the number the question states."""
    if any(s.nested or s.askew for s in shares):
        return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")
    if len(shares) > 1:
        return shares_answer(query, shares)
    part, whole = shares[0]
    if part.figures and part.figures == whole.figures:
        return share_of_itself(query, part)
    if query.whole_said not in (None, whole.value) and whole.value is not None:
        return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")
    return share_answer(query, part, whole)


def _points(query: Query, report_id: str, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """How a share changed from the year before, where that report is indexed."""
    card = next(c for c in cards if c.id == report_id)
    earlier = year_before(card, cards)
    if earlier is None:
        year = (card.year or 0) - 1
        return refuse(
            query, Reason.NO_REPORT, "refused_no_year_before", title=card.title, year=year
        )
    both = (shelf.report(earlier.id), shelf.report(report_id))
    return shares_answer(query, [share for report in both for share in _shares(query, report)])


def _rank_shares(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Reports by a share; those of which it is not known are named as left out."""
    known = {card.id: card for card in cards}
    asked = [known[i] for i in query.reports]
    rows = [row for m in (*query.measures, *query.wholes) for row in rows_of(m)]
    found = [s for report in shelf.outlines(asked, rows) for s in _shares(query, report)]
    good = [share for share in found if share.known]
    if not good:
        return shares_answer(query, found[:1])
    without = [share.part.report.title for share in found if not share.known]
    return rank_shares(query, good, without)


def from_cells(query: Query, found: Sequence[Cell], sentence: CitedPassage | None = None) -> Answer:
    """One answer from the cells that a question came to; ``sentence`` is quoted beside it."""
    answer = _from_cells(query, found)
    if sentence is None:
        return answer
    return answer.model_copy(update={"passages": (sentence, *answer.passages)})


def _from_cells(query: Query, found: Sequence[Cell]) -> Answer:
    absent = next((c for c in found if not c.figures), None)
    if query.operation is Operation.VERIFY and len(found) == 1:
        return verify_answer(query, found[0])
    of_text = all(f.prose is not None for c in found for f in c.figures)
    if len(found) == 1 and query.operation is Operation.AVERAGE and not of_text:
        if hint("per_month").search(query.said) and found[0].value is not None:
            return monthly_answer(query, found[0])
        return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")
    of_two = query.operation is Operation.SUM and hint("two_reports").search(query.said)
    if len(found) == 1 and of_two:
        return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")
    alone = {*TOGETHER, Operation.SHARE} - {Operation.SUM, Operation.AVERAGE}
    if len(found) == 1 and query.operation in alone:
        if found[0].value is None or of_text:
            return figure_answer(query, found[0])
        return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")
    if len(found) == 1:
        return figure_answer(query, found[0])
    if query.operation in TOGETHER - {Operation.TREND} or query.operation is Operation.SHARE:
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


def recalled_answer(query: Query, operands: Sequence[Operand], shelf: Shelf) -> Answer:
    """An answer from cells that earlier answers stated: 两个加起来."""
    found = [cells(shelf.report(o.report), o.measure)[0] for o in operands]
    if query.recalled == 1 and query.operation is Operation.SHARE:
        return _share_of_stated(query, *found)
    return from_cells(query, found)


def _share_of_stated(query: Query, part: Cell, whole: Cell) -> Answer:
    """The share of a cell stated before in one that is named now; none of what cannot hold it."""
    known = part.value is not None and whole.value is not None
    holds = counted_alike((part.unit, whole.unit)) and (part.value or 0) <= (whole.value or 0)
    if known and not holds:
        return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")
    return share_answer(query, part, whole)


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


def _ranks_reports(query: Query) -> bool:
    """Whether a ranking goes over reports: one that names a single report cannot."""
    return len(query.measures) == 1 and len(query.reports) > 1


def _rank(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
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
            left_out.append((cell.report.title, query_reason(query, refused.reason)))
    return rank_answer(query, good, left_out)


def query_reason(query: Query, reason: Reason) -> str:
    """A reason for leaving a report out, in the asker's language."""
    return say(f"reason_{reason.value}", query.language)


def _growth(query: Query, report_id: str, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """The change from the year before, where that report is indexed."""
    card = next(c for c in cards if c.id == report_id)
    earlier = year_before(card, cards)
    report = shelf.report(report_id)
    since = query.each or hint("grown").search(query.said) is not None
    if len(query.measures) == PAIR and not since:  # a change within one report is a difference
        return from_cells(
            query.model_copy(update={"operation": Operation.DIFFERENCE}),
            [cell for m in query.measures for cell in cells(report, m)],
        )
    after = cells(report, query.measures[0])[0]
    if earlier is None:
        year = (card.year or 0) - 1
        return refuse(
            query, Reason.NO_REPORT, "refused_no_year_before", title=card.title, year=year
        )
    if len(query.measures) > 1:
        both = (shelf.report(earlier.id), report)
        found = [[cell for m in query.measures for cell in cells(one, m)] for one in both]
        return changes_answer(query, list(zip(*found, strict=True)))
    before = cells(shelf.report(earlier.id), query.measures[0])[0]
    for cell in (after, before):
        if cell.value is None:
            return refuse_cell(query, cell, context=[before, after])
    return growth_answer(query, before, after)


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
