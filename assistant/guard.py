"""Every number in an answer must be in its evidence; nothing else may be said.

The guard does not know how a sentence came about, and does not care: sentences built here
and sentences a model wrote pass the same door.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.answer import Answer, numbers_in, plain_number
from index.report import Number


def unsupported(
    answer: Answer, also: Iterable[str] = (), numbers: Collection[str] = frozenset()
) -> set[str]:
    """Numbers in the answer's text that its evidence does not hold; empty is good.

    Evidence is what the answer carries: the figures (value, printed text, report, labels),
    the checks, the quotations, the computed value and its formula; ``also`` are texts that
    belong to the question itself (its own words, names of reports), ``numbers`` those of such
    texts that were read before.
    """
    allowed: set[str] = set(numbers)
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
        yield from (check.code, check.equation, check.sentence, check.scope_label)
    if answer.clarify is not None:
        yield str(len(answer.clarify.candidates))
        for candidate in answer.clarify.candidates:
            yield candidate.title


def _shown(values: Iterable[Number | None]) -> Iterable[str]:
    for value in values:
        if value is not None:
            yield plain_number(max(value, -value))
