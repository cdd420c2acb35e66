"""Patterns of the word files, tried only where a character stands that they may match."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

Pattern = re.Pattern[str]
CHINESE = re.compile("[\u3400-\u9fff]")
AROUND = re.compile(r"\(\?(?:=|!|<=|<!)[^()]*\)")
"""What a pattern demands of the text before or after what it matches."""
OPEN = re.compile(r"(?<![\\\[])\.|\[\^|.-.|\\[^dsAZ.+*?()]")
"""What makes a pattern match characters that are not written in it."""
SPACES = frozenset(char for char in map(chr, range(0x3001)) if char.isspace())
ENDING = 12
"""Characters at the end of a text that a pattern for its end may take."""


class Ending(NamedTuple):
    """A pattern for the end of a text; ``last`` are characters it may end with, None: any."""

    pattern: Pattern
    last: frozenset[str] | None

    def of(self, text: str) -> re.Match[str] | None:
        """The end of a text, looked for only there."""
        if self.last is not None and text[-1:] not in self.last:
            return None
        return self.pattern.search(text, len(text) - ENDING)


class Beginning(NamedTuple):
    """A pattern for the beginning of a text; ``first`` are characters it may begin with."""

    pattern: Pattern
    first: frozenset[str] | None

    def of(self, text: str) -> re.Match[str] | None:
        """The beginning of a text."""
        if self.first is not None and text[:1] not in self.first:
            return None
        return self.pattern.match(text)


def ending(pattern: str) -> Ending:
    """Compile a pattern for the end of a text; it never matches nothing at all."""
    return Ending(re.compile(rf"(?:{pattern})\Z"), written(pattern))


def beginning(pattern: str) -> Beginning:
    """Compile a pattern for the beginning of a text; it never matches nothing at all."""
    return Beginning(re.compile(pattern), written(pattern))


def written(pattern: str) -> frozenset[str] | None:
    """The characters that a pattern may match, more rather than less; None: it may match others."""
    plain = AROUND.sub("", pattern)
    if OPEN.search(plain) is not None:
        return None
    digits = "0123456789" if r"\d" in plain else ""
    return frozenset({*plain, *digits, *(SPACES if r"\s" in plain else ())})


def found_fast(pattern: str, first: Collection[str] = ()) -> Pattern:
    """A pattern that is tried only where a character stands that it may begin with.

    ``first`` are these; none given: any Chinese one that it spells out, or a digit.
    """
    first = first or {*CHINESE.findall(AROUND.sub("", pattern)), *"0123456789("}
    return re.compile(f"(?=[{''.join(sorted(first))}])(?:{pattern})")


def any_of(words: Iterable[str]) -> str:
    """Words as one alternation, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
