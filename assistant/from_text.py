"""Answers from the text: quotations that answer or are offered, always as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, CitedPassage, Kind, Reason, Refusal
from assistant.listing import clarify
from assistant.query import Operation, Query
from assistant.search import Hit, coverage, marked, search, window
from assistant.shelf import Shelf
from assistant.wording import say
from index.paragraphs import NOTE
from index.report import Report, ReportCard
from index.script import fold

ENOUGH = 0.5
"""Share of the asked words that a passage must hold to be offered as the answer."""
SOME = 0.34
"""The same where a quotation was asked for: its words need not be those of the text."""
MOST_QUOTES = 3
SECTION_OF_PROBLEMS = 5
PROBLEMS = re.compile("问题|不足|短板|差距|改进|整改|shortcoming|problem|weakness|improve")
NOTES = re.compile(r"脚注|注释|附注|备注|表注|footnote|(?<!key)note\b")


def text_answer(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Quotations, or a refusal that offers the nearest passages."""
    asked = query.search
    scope = None if len(query.reports) == len(cards) else query.reports
    hits = search(asked, shelf.ledger, shelf.vectors, reports=scope, limit=12)
    hits.sort(key=lambda h: -h.coverage * h.score)
    of_section = _asked_by_kind(query, shelf)
    first = {h.passage.number for h in of_section}
    hits = [*of_section, *(h for h in hits if not first or h.passage.number not in first)]
    titles = {c.id: c.title for c in cards}
    if not query.named and hits:
        back = _which_text(query, hits, cards)
        if back is not None:
            return back
    quotes = [cite_hit(hit, shelf.report(hit.report), asked) for hit in hits[:MOST_QUOTES]]
    if (
        query.operation is Operation.PASSAGE
        and quotes
        and (of_section or _close(query, hits[0], SOME))
    ):
        return passage_answer(query, quotes, titles, "passage_quote")
    if query.operation is Operation.PROSE and quotes and _close(query, hits[0], ENOUGH):
        return passage_answer(query, quotes, titles, "passage_for_number")
    message = say(
        "refused_prose", query.language, residual=" ".join(query.residual) or asked.strip()
    )
    return refuse_with_passages(query, Reason.NOT_REPORTED, message, quotes)


def _asked_by_kind(query: Query, shelf: Shelf) -> list[Hit]:
    """Passages that a quotation asks for by their kind: notes of the tables, or problems.

    Only where one report is meant; problems and improvements are those of section five.
    """
    if query.operation is not Operation.PASSAGE or len(query.reports) != 1:
        return []
    asked = fold(query.text).text.lower()
    report = shelf.report(query.reports[0])
    if NOTES.search(asked):
        fitting = [p for p in report.passages if NOTE.match(p.text)]
    elif PROBLEMS.search(asked):
        fitting = [p for p in report.passages if p.section == SECTION_OF_PROBLEMS]
    else:
        return []
    hits = [
        Hit(report=report.id, passage=p, score=1, coverage=coverage(query.search, p.text))
        for p in fitting
    ]
    return sorted(hits, key=lambda h: -h.coverage)


def _which_text(query: Query, hits: Sequence[Hit], cards: Sequence[ReportCard]) -> Answer | None:
    """A question back where the text of several reports fits equally well."""
    fitting = [h for h in hits if _close(query, h, ENOUGH)]
    ids = list(dict.fromkeys(h.report for h in fitting))
    if len(ids) < 2:  # noqa: PLR2004
        return None
    return clarify(query, [c for c in cards if c.id in ids])


def _close(query: Query, hit: Hit, least: float) -> bool:
    """Whether a passage holds enough of the words that nothing else explained.

    English words are not in a Chinese text; there only a quotation that was asked for can be
    taken as close, on the strength of its meaning.
    """
    if not re.search("[\u3400-\u9fff]", query.search):
        return query.operation is Operation.PASSAGE
    return hit.coverage >= least


def cite_hit(hit: Hit, report: Report, asked: str) -> CitedPassage:
    """A hit as a quotation: the sentences that answer, with the asked words marked."""
    span = window(asked, report.text, hit.passage.span)
    return CitedPassage(
        citation=f"[{report.title} ¶{hit.passage.number}]",
        report=report.id,
        source_file=report.source_file,
        section=hit.passage.section,
        section_title=hit.passage.section_title,
        span=span,
        quote=report.text[slice(*span)],
        marks=marked(asked, report.text, span),
    )


def passage_answer(
    query: Query, quotes: Sequence[CitedPassage], titles: dict[str, str], name: str
) -> Answer:
    """The best quotation in a sentence, the others beside it."""
    first = quotes[0]
    frame = say(
        name,
        query.language,
        title=titles[first.report],
        section=first.section_title or "—",
        quote="\x00",
        citation="\x01",
    )
    return Answer(
        kind=Kind.PASSAGE,
        text=frame.replace("\x00", first.quote).replace("\x01", first.citation),
        language=query.language,
        passages=tuple(quotes),
    )


def refuse_with_passages(
    query: Query, reason: Reason, message: str, quotes: Sequence[CitedPassage]
) -> Answer:
    """A refusal that offers the nearest passages."""
    return Answer(
        kind=Kind.REFUSAL,
        text=message,
        language=query.language,
        passages=tuple(quotes),
        refusal=Refusal(reason=reason, message=message),
    )
