"""Patterns of the word files, tried only where a character stands that they may match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from index.words.edges import Chars, first_of, last_of

Pattern = re.Pattern[str]
CHINESE = re.compile("[\u3400-\u9fff]")
ENDING = 12
"""Characters at the end of a text that a pattern for its end may take."""


class Ending(NamedTuple):
    """A pattern for the end of a text; ``last`` are characters it may end with, None: any."""

    pattern: Pattern
    last: Chars | None

    def of(self, text: str) -> re.Match[str] | None:
        """The end of a text, looked for only there."""
        if self.last is not None and text[-1:] not in self.last:
            return None
        return self.pattern.search(text, len(text) - ENDING)


class Beginning(NamedTuple):
    """A pattern for the beginning of a text; ``first`` are characters it may begin with."""

    pattern: Pattern
    first: Chars | None

    def of(self, text: str) -> re.Match[str] | None:
        """The beginning of a text."""
        if self.first is not None and text[:1] not in self.first:
            return None
        return self.pattern.match(text)


def ending(pattern: str) -> Ending:
    """Compile a pattern for the end of a text; it never matches nothing at all."""
    return Ending(re.compile(rf"(?:{pattern})\Z"), last_of(pattern))


def beginning(pattern: str) -> Beginning:
    """Compile a pattern for the beginning of a text; it never matches nothing at all."""
    return Beginning(re.compile(pattern), first_of(pattern))


def found_fast(pattern: str) -> Pattern:
    """A pattern that is tried only where a character stands that it may begin with."""
    return re.compile(guarded(pattern))


def guarded(pattern: str) -> str:
    """A pattern that looks first whether a character stands there that it may begin with."""
    first = first_of(pattern)
    if first is None:
        return pattern
    return f"(?=[{re.escape(''.join(sorted(first)))}])(?:{pattern})"


def any_of(words: Iterable[str]) -> str:
    """Words as one alternation, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
