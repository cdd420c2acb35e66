"""Quotations: passages that answer, offered or cited, always as printed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, CitedPassage, Kind, Reason, Refusal
from assistant.query import Query
from assistant.search import Hit, marked, window
from assistant.wording import say
from index.report import Report

PREVIEW = 120


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
