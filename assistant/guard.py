"""Every number in an answer must be in its evidence; nothing else may be said.

The guard does not know how a sentence came about, and does not care: sentences built here
and sentences a model wrote pass the same door.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer import Answer, plain_number
from index.report import Number
from index.script import half_width

DIGITS = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")


def numbers_in(text: str) -> set[str]:
    """Numbers written in a text, without thousands separators and leading zeros."""
    return {_bare(m[0]) for m in DIGITS.finditer(half_width(text))}


def _bare(digits: str) -> str:
    text = digits.replace(",", "").replace("，", "").lstrip("0")
    return text if text and not text.startswith(".") else f"0{text}"


def unsupported(answer: Answer, also: Iterable[str] = ()) -> set[str]:
    """Numbers in the answer's text that its evidence does not hold; empty is good.

    Evidence is what the answer carries: the figures (value, printed text, report, labels),
    the checks, the quotations, the computed value and its formula; ``also`` are texts that
    belong to the question itself (its own words, names of reports).
    """
    allowed: set[str] = set()
    for text in _evidence(answer):
        allowed |= numbers_in(text)
    for text in also:
        allowed |= numbers_in(text)
    return numbers_in(answer.text) - allowed


def _evidence(answer: Answer) -> Iterable[str]:
    if answer.value is not None:
        yield plain_number(answer.value)
    yield answer.formula or ""
    for figure in answer.figures:
        yield from _shown((figure.value, *figure.candidates))
        yield from (figure.printed, figure.citation, figure.row_label, figure.column_label)
        yield str(figure.year or "")
    for passage in answer.passages:
        yield from (passage.quote, passage.citation, passage.section_title)
    for check in (*answer.checks, *(answer.refusal.checks if answer.refusal else ())):
        yield from (check.code, check.equation, check.sentence)
    if answer.clarify is not None:
        yield str(len(answer.clarify.candidates))
        for candidate in answer.clarify.candidates:
            yield candidate.title


def _shown(values: Iterable[Number | None]) -> Iterable[str]:
    for value in values:
        if value is not None:
            yield plain_number(max(value, -value))
