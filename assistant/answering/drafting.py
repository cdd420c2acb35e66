"""A part of next year's report, drafted in the chat from last year's and what else is indexed.

The figures of the year that is drafted are not known here, unless its report is indexed: they are
gaps. What is stated is carried from last year's proven figures, or read from that report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import Answer, CitedFigure, CitedPassage, Kind, Reason, Role
from assistant.answering.covering import failing_checks
from assistant.answering.evidence import bind, cite_passage
from assistant.answering.listing import clarify
from assistant.answering.refusing import refuse
from assistant.answering.wording import say
from assistant.draft.carry import FROM
from assistant.draft.draft import draft_report
from assistant.draft.entries import Figures
from assistant.draft.finding import Reports, reports_of
from assistant.draft.model import Cited, Draft, DraftSection, Found, Origin
from assistant.draft.style import numbered
from assistant.draft.wordings import load_wordings
from assistant.lexicon.drafting import Wanted, wanted_draft
from assistant.library.directory import Directory
from assistant.query import Dialogue, Query
from assistant.understanding.years import find_years
from index.across.series import body_key
from index.report import TRUSTED, Figure, Report, ReportCard
from index.script import fold

MOST_PASSAGES = 4
"""Paragraphs of last year's that are shown."""
TABLE_THREE = 3
"""The section whose table carries figures from year to year."""


def place_draft(query: Query, directory: Directory, talk: Dialogue) -> Query:
    """The request with the bodies that it may mean and the year that is to be drafted.

    The body is the one that is named, else the one talked about, else all there are. The year is
    the one that is named, else the year after the newest report.
    """
    named = _named(fold(query.text).text, directory)
    if not named and talk.last is not None:
        named = [card for card in directory.cards if card.id in talk.last.reports]
    cards = sorted((c for c in named or directory.cards if c.body), key=lambda c: c.year or 0)
    newest = {body_key(card.body or ""): card for card in cards}
    years = [year for year, _ in find_years(fold(query.text).text)]
    if not years and len(newest) == 1:
        years = [(card.year or 0) + 1 for card in newest.values()]
    reports = tuple(card.id for card in newest.values())
    return query.model_copy(update={"reports": reports, "years": tuple(years[:1])})


def _named(text: str, directory: Directory) -> list[ReportCard]:
    """Reports of the body whose whole name a folded text holds, else of those of its place."""
    mentioned = [(fold(card.body or "").text, card) for card in directory.mentioned(text)]
    whole = [(body, card) for body, card in mentioned if body and body in text]
    longest = max((len(body) for body, _ in whole), default=0)
    return [card for body, card in whole or mentioned if len(body) == longest or not whole]


def draft_answer(query: Query, cards: Sequence[ReportCard], shelf: Reports) -> Answer:
    """The part that is asked for, with what it rests on; or whose it is to be, or why it cannot be.

    Args:
        query: as `place_draft` placed it.
        cards: of all indexed reports.
        shelf: where they are.
    """
    meant = [card for card in cards if card.id in query.reports]
    if not meant:
        return refuse(query, Reason.NO_REPORT, "refused_no_report_any")
    if len(meant) > 1:
        return _which_body(query, meant)
    (card,), (year,) = meant, query.years
    body = card.body or card.title
    last, this = reports_of(shelf, body, year - 1), reports_of(shelf, body, year)
    if not last and not this:
        return refuse(query, Reason.NO_REPORT, "refused_draft", body=body, year=year - 1)
    draft = draft_report(body, year, last, _figures(this))
    return _told(query, draft, last[0] if last else None, this[0] if this else None)


def _which_body(query: Query, meant: Sequence[ReportCard]) -> Answer:
    """A question back, for which body; the request is made definite by its name."""
    answer = clarify(query, meant)
    if answer.clarify is None:
        return answer
    candidates = tuple(
        candidate.model_copy(update={"question": f"{candidate.org}：{query.text}"})
        for candidate in answer.clarify.candidates
    )
    asked = answer.clarify.model_copy(update={"candidates": candidates})
    return answer.model_copy(update={"clarify": asked})


def _figures(this: Sequence[Report]) -> Figures:
    """What the report of the year itself states, where it is indexed."""
    found = {
        figure.address: Found(value=figure.value, source=f"{report.id}/{figure.address}")
        for report in this[:1]
        for figure in report.table_figures
        if figure.status in TRUSTED and figure.value is not None
    }
    return Figures(values=found)


def _told(query: Query, draft: Draft, last: Report | None, this: Report | None) -> Answer:
    """The draft as reports are written, and what is said around it as the asker writes."""
    wanted = wanted_draft(query.text) or Wanted(None)
    sections = [s for s in draft.sections if wanted.section in (None, s.number)]
    lines = [say("drafted", query.language, title=draft.title)]
    cited: list[Cited] = []
    for section in sections:
        lines.append(numbered(section.number, section.title))
        for text, rests in _paragraphs(draft, section, wanted):
            marks = "".join(
                dict.fromkeys(c.citation for c in _figures_of(rests, draft, last, this))
            )
            lines += [text, *([say("drafted_rests", query.language, marks=marks)] if marks else [])]
            cited += rests
        if not section.paragraphs:
            lines.append(say("drafted_table", query.language))
    flawed = [f for f in _carried_out(last) if f.status not in TRUSTED]
    lines += [say("drafted_open", query.language, why=str(problem)) for problem in draft.problems]
    lines.append(say("drafted_hint", query.language))
    figures = list(_figures_of(cited, draft, last, this))
    if last is not None:
        figures += bind(last, flawed, Role.CONTEXT)
    return Answer(
        kind=Kind.PASSAGE,
        text="\n".join(lines),
        language=query.language,
        figures=tuple({(f.report, f.address): f for f in reversed(figures)}.values())[::-1],
        formula="；".join(c.key for c in cited if not c.address) or None,
        passages=tuple(_passages(cited, [s.number for s in sections], last)),
        checks=tuple(failing_checks(last, tuple(flawed))) if last is not None else (),
    )


def _paragraphs(
    draft: Draft, section: DraftSection, wanted: Wanted
) -> Iterator[tuple[str, list[Cited]]]:
    """Paragraphs of a section, of one topic if one is wanted; of table three what is carried."""
    if section.number == TABLE_THREE:
        for cell in draft.cells:
            if cell.origin is Origin.CARRIED:
                yield f"{cell.label}：{cell.printed}", [Cited(key=cell.label, address=cell.address)]
    topics = {t.heading: t.topic for t in load_wordings().overview.topics}
    heading = ""
    for paragraph in section.paragraphs:
        if paragraph.heading:
            heading = next((h for h in topics if paragraph.text.endswith(h)), "")
        if not wanted.topic or topics.get(heading) == wanted.topic:
            yield paragraph.text, [c for s in paragraph.sentences for c in s.cited]


def _figures_of(
    cited: Iterable[Cited], draft: Draft, last: Report | None, this: Report | None
) -> Iterator[CitedFigure]:
    """The cells that are cited, as the indexed reports have them.

    A cell of the draft is what it was carried from, or that of the report of its year. Those are
    stated; other cells of last year's are shown beside them.
    """
    for one in cited:
        own = one.own and draft.cell(one.address).source
        report_id, _, address = (own or one.address).partition("/")
        report = next((r for r in (last, this) if r is not None and r.id == report_id), None)
        figure = report.figure(address) if report is not None else None
        if report is not None and figure is not None:
            yield from bind(report, [figure], Role.ANSWER if own else Role.CONTEXT)


def _carried_out(last: Report | None) -> list[Figure]:
    """What last year's report leaves to the next."""
    return [f for f in last.table_figures if f.row == FROM] if last is not None else []


def _passages(
    cited: Iterable[Cited], sections: Sequence[int], last: Report | None
) -> Iterator[CitedPassage]:
    """Last year's paragraphs that are cited, or else the first of the same section."""
    if last is None:
        return
    named = {c.address for c in cited if c.quote}
    found = [p for p in last.passages if f"{last.id}/¶{p.number}" in named]
    found = found or [p for p in last.passages if p.section in sections]
    yield from (cite_passage(last, p, p.span, ()) for p in found[:MOST_PASSAGES])
