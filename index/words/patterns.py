"""Patterns of the word files, tried only where a character stands that they may match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from index.words.edges import first_of, last_of

Pattern = re.Pattern[str]
CHINESE = re.compile("[\u3400-\u9fff]")
ENDING = 12
"""Characters at the end of a text that a pattern for its end may take."""


Found = Callable[[str], re.Match[str] | None]


class Ending(NamedTuple):
    """A pattern for the end of a text; ``of`` looks for it only there."""

    pattern: Pattern
    of: Found


class Beginning(NamedTuple):
    """A pattern for the beginning of a text; ``of`` looks for it only there."""

    pattern: Pattern
    of: Found


def ending(pattern: str) -> Ending:
    """Compile a pattern for the end of a text; it never matches nothing at all."""
    compiled, last = re.compile(rf"(?:{pattern})\Z"), last_of(pattern)

    def of(text: str) -> re.Match[str] | None:
        if last is not None and text[-1:] not in last:
            return None
        return compiled.search(text, len(text) - ENDING)

    return Ending(compiled, of)


def beginning(pattern: str) -> Beginning:
    """Compile a pattern for the beginning of a text; it never matches nothing at all."""
    compiled, first = re.compile(pattern), first_of(pattern)

    def of(text: str) -> re.Match[str] | None:
        if first is not None and text[:1] not in first:
            return None
        return compiled.match(text)

    return Beginning(compiled, of)


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
