"""Words of a question that name something: where they stand, and the notations of years in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.lexicon import Pattern
from index.report import Span

MASK = "\x00"
CENTURY = 100
QUOTED = re.compile(r"[“\"「『‘]([^“”\"「」『』‘’]{2,16})[”\"」』’]")
NUMBER = re.compile(r"(?<![\d.a-z-])(?!123\d\d(?!\d))\d+(?:,\d{3})*(?:\.\d+)?(?![\d年])")
"""A number that a question states; 12345 and its like are names of hotlines."""
COUNTED = re.compile(
    "[百千万亿][件项条个次份]|第?[一二两三四五六七八九十几多某][万亿千百]?[个项条件家种类次份年天日月周小大样笔起宗行列者方位处册名场期台]?"
)
VERBAL = re.compile("[a-z]+(?:ed|ing)")
"""English words that say what was done, and name nothing that is counted."""


@dataclass(frozen=True)
class Mention:
    """Words of the question (``span`` in the folded question) that name a key.

    ``year`` is a year named inside the words (留到2022年办), already turned into the report's
    own; ``gaps`` are places inside that belong to something else (谁 … 多).
    """

    kind: str
    key: str
    span: Span
    strong: bool
    year: int | None = None
    gaps: tuple[Span, ...] = ()

    @property
    def words(self) -> list[Span]:
        """The words themselves: the span without the gaps it encloses."""
        parts, start = [], self.span[0]
        for gap in self.gaps:
            parts.append((start, gap[0]))
            start = gap[1]
        parts.append((start, self.span[1]))
        return [part for part in parts if part[0] < part[1]]

    @property
    def size(self) -> int:
        """Characters of the words."""
        return sum(end - start for start, end in self.words)


def find(pattern: Pattern, text: str) -> list[Mention]:
    """Matches of one pattern, a year named inside turned into the report's year."""
    return [
        Mention(pattern.kind, pattern.key, match.span(), pattern.strong, _year(match), _gaps(match))
        for match in pattern.regex.finditer(text)
        if match.end() > match.start()
    ]


def _gaps(match: re.Match[str]) -> tuple[Span, ...]:
    gaps = [match.span(name) for name in match.re.groupindex if name.startswith("gap_")]
    return tuple(sorted(gap for gap in gaps if 0 <= gap[0] < gap[1]))


def _year(match: re.Match[str]) -> int | None:
    for name, year in match.groupdict().items():
        if year and name.startswith("next_year"):
            return full_year(int(year)) - 1
        if year and name.startswith("previous_year"):
            return full_year(int(year)) + 1
    return None


def full_year(year: int) -> int:
    """A year in full: 21 is 2021."""
    return year if year >= CENTURY else 2000 + year


def longest(mentions: list[Mention]) -> list[Mention]:
    """Mentions whose words do not overlap, those with most words first; in order of the text."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (-m.size, m.span[1] - m.span[0], m.span[0])):
        if not any(_meet(mention, other) for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span)


def _meet(one: Mention, other: Mention) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in one.words for b in other.words)


def holds(outer: Span, inner: Span) -> bool:
    """Whether a span lies within another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def mask(text: str, spans: Iterable[Span]) -> str:
    """The text with some spans blotted out, so that nothing matches across them."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = MASK * (end - start)
    return "".join(characters)
