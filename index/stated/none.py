"""Where running text says that there were none, and the cells that must then be 0.

未收到政府信息公开申请 has no number, so that no figure stands for it: the left side is 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from index.equations import side_of, sum_of
from index.report import Check, Figure, Outcome, Passage, Span, Strength, new_check
from index.script import fold_same_length, without_spaces
from index.stated.cells import Cells, operand
from index.stated.meanings import filled
from index.stated.reach import Reach
from index.words.checks import load_claims
from index.words.prose import load_prose
from index.words.stated import Denial, load_stated

SENTENCE = re.compile("[。!?]")


@dataclass(frozen=True)
class _Said:
    """A denial, its words and its sentence as spans of the folded passage."""

    denial: Denial
    words: Span
    sentence: Span


@dataclass(frozen=True)
class _Place:
    """Where a denial stands: passage, its place among those of it, its words, its sentence."""

    passage: int
    number: int
    words: str
    sentence: Span


def none_said(
    text: str, passages: Sequence[Passage], cells: Cells, reach: Reach
) -> Iterator[Check]:
    """A check for each place that says so of cells whose values are known."""
    whole, hint = fold_same_length(text), re.compile(reach.words.denial_hint)
    for passage in passages:
        part = whole[slice(*passage.span)]
        if hint.search(part) is None:
            continue
        folded = without_spaces(part, passage.span[0])
        for number, said in enumerate(_found(folded.text), 1):
            sentence = folded.span(*said.sentence)
            before = folded.text[said.sentence[0] : said.words[1]]
            place = _Place(passage.number, number, folded.text[slice(*said.words)], sentence)
            found = cells.named(said.denial.cells, ())
            if found is not None and _is_of_the_year(before, reach):
                yield _check(said.denial, place, found, _part(before, reach))


@cache
def _patterns() -> tuple[tuple[Denial, re.Pattern[str], re.Pattern[str]], ...]:
    words = load_stated()
    return tuple(
        (d, re.compile(filled(d.words, words) + words.denied_end), re.compile(d.near))
        for d in words.denials
    )


def _found(text: str) -> Iterator[_Said]:
    """The denials of a passage; of those that overlap, the first of the file."""
    taken: list[Span] = []
    edges = [0, *(m.end() for m in SENTENCE.finditer(text)), len(text)]
    for denial, pattern, near in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            free = all(end <= a or b <= start for a, b in taken)
            if free and near.search(text, 0, end) is not None:
                taken.append((start, end))
                sentence = next((a, b) for a, b in pairwise(edges) if a <= start < b)
                yield _Said(denial, (start, end), sentence)


def _part(before: str, reach: Reach) -> str | None:
    """The words of scope that say it is of a part only, or of more than the report."""
    scopes = (found[0] for found in load_prose().scope.finditer(before))
    return next((scope for scope in scopes if not reach.is_own(scope)), None)


def _check(denial: Denial, place: _Place, cells: Sequence[Figure], part: str | None) -> Check:
    claim, counted = load_claims("stated")[denial.code], sum_of(c.value or 0 for c in cells)
    scope, right = f"p{place.passage}.d{place.number}", [operand(c) for c in cells]
    return new_check(
        id=f"{denial.code}@{scope}",
        code=denial.code,
        scope=scope,
        scope_label=f"¶{place.passage} {place.words}" + (f"（{part}）" if part is not None else ""),
        strength=claim.strength if part is None else Strength.INFO,
        sentence=claim.zh,
        sentence_en=claim.en,
        left=(),
        right=tuple(right),
        left_value=0,
        right_value=counted,
        difference=-counted,
        outcome=Outcome.FAILS if counted else Outcome.HOLDS,
        equation=f"0 {'≠' if counted else '='} {side_of(right)}",
        verifies=False,
        spans=(place.sentence,),
    )


def _is_of_the_year(before: str, reach: Reach) -> bool:
    """Whether a sentence speaks of the report's year, as it was, and of all of it."""
    words = reach.words
    if re.search(words.not_said, before) or re.search(words.narrowing, before):
        return False
    years = {int(year[0][:4]) for year in load_prose().year.finditer(before)}
    return not years or years == {reach.year}
