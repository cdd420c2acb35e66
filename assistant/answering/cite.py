"""Citation lookup: where a sentence or a number stands in the indexed reports."""

from __future__ import annotations

import re
from functools import cache

from assistant.answer import CitedFigure, CitedPassage, Role
from assistant.answering.evidence import bind, cite_passage
from assistant.answering.search import coverage, marked
from index.passages import sentences
from index.report import Passage, Record, Report, Span
from index.script import fold, label_key
from index.storage.ledger import Ledger

NUMBER_ONLY = re.compile(
    r"\s*([\d,，]+(?:\.\d+)?)\s*(?:万元|亿元|元|万|亿|%|[\u3400-\u9fff]{0,2})\s*"
)
LEAST = 0.5
"""Share of the asked terms that a paragraph must hold where it does not hold the text itself."""


class Citations(Record):
    """What was found: paragraphs, best first, and table cells that carry the number.

    ``exact`` tells how many of the paragraphs hold the text itself (script, width, spaces and
    punctuation aside); they come first.
    """

    text: str
    exact: int
    passages: tuple[CitedPassage, ...]
    figures: tuple[CitedFigure, ...]


def cite_text(text: str, ledger: Ledger, *, limit: int = 5) -> Citations:
    """Source paragraphs (and table cells, for a number) of a text."""
    number = NUMBER_ONLY.fullmatch(fold(text).text)
    digits = number[1].replace(",", "").replace("，", "") if number else None
    found = ledger.search(text, limit=80)
    key = label_key(text)
    exact = [f for f in found if key and key in label_key(f.passage.text)]
    near = [f for f in found if f not in exact and coverage(text, f.passage.text) >= LEAST]
    if digits is not None:
        exact = [f for f in found if _holds_number(digits, f.passage)]
        near = []
    report = cache(ledger.report)  # each is read once for all that is found in it
    passages = [_cite(f.passage, report(f.report), text, key) for f in [*exact, *near][:limit]]
    figures: list[CitedFigure] = []
    if digits is not None:
        for report_id, figure in ledger.figures_of_value(digits):
            figures.extend(bind(report(report_id), [figure], Role.CONTEXT))
    return Citations(
        text=text,
        exact=min(len(exact), limit),
        passages=tuple(passages),
        figures=tuple(figures),
    )


def _holds_number(digits: str, passage: Passage) -> bool:
    folded = fold(passage.text).text.replace(",", "")
    return re.search(rf"(?<![\d.]){re.escape(digits)}(?![\d]|\.\d)", folded) is not None


def _cite(passage: Passage, report: Report, asked: str, key: str) -> CitedPassage:
    """The sentence that holds the text, else the whole passage."""
    span = _sentence_with(key, report.text, passage.span)
    return cite_passage(report, passage, span, marked(asked, report.text, span))


def _sentence_with(key: str, text: str, span: Span) -> Span:
    for part in sentences(text[slice(*span)], span[0]):
        if key and key in label_key(text[slice(*part)]):
            return part
    return span
