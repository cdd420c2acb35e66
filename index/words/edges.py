"""The characters that a match of a pattern may begin or end with, read from the pattern itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

# Python's own parser of patterns is private, but older than most of what is public; a second one
# beside it could only disagree.

Chars = frozenset[str]
WIDEST = 256
"""Characters of a range beyond which a pattern may as well begin with any."""
NO_WIDTH = (codes.AT, codes.ASSERT, codes.ASSERT_NOT)
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
KINDS = {
    codes.CATEGORY_DIGIT: frozenset("0123456789"),
    codes.CATEGORY_SPACE: frozenset(char for char in map(chr, range(0x3001)) if char.isspace()),
}


class _Any(Exception):
    """A pattern may begin with any character, or with more than are worth telling."""


def first_of(pattern: str) -> Chars | None:
    """The characters that a match may begin with; None: any, or it may be empty."""
    return _edge(pattern, 1)


def last_of(pattern: str) -> Chars | None:
    """The characters that a match may end with; None: any, or it may be empty."""
    return _edge(pattern, -1)


def _edge(pattern: str, step: int) -> Chars | None:
    try:
        chars, empty = _of_parts(_parser.parse(pattern), step)
    except _Any:
        return None
    return None if empty else chars


def _of_parts(parts: Sequence[Any], step: int) -> tuple[Chars, bool]:
    """The characters of a sequence from one side, and whether it may be empty."""
    found: Chars = frozenset()
    for code, value in list(parts)[::step]:
        chars, empty = _of_part(code, value, step)
        found |= chars
        if not empty:
            return found, False
    return found, True


def _of_part(code: Any, value: Any, step: int) -> tuple[Chars, bool]:
    if code in NO_WIDTH:
        return frozenset(), True
    if code is codes.LITERAL:
        return frozenset(chr(value)), False
    if code is codes.IN:
        return frozenset(char for kind, of in value for char in _of_class(kind, of)), False
    if code is codes.BRANCH:
        sides = [_of_parts(part, step) for part in value[1]]
        return frozenset().union(*(c for c, _ in sides)), any(empty for _, empty in sides)
    if code is codes.SUBPATTERN:
        return _of_parts(value[-1], step)
    if code in REPEATS:
        least, _, part = value
        chars, empty = _of_parts(part, step)
        return chars, empty or not least
    raise _Any


def _of_class(kind: Any, of: Any) -> Iterator[str]:
    """The characters of one entry of ``[…]``."""
    if kind is codes.LITERAL:
        yield chr(of)
    elif kind is codes.RANGE and of[1] - of[0] < WIDEST:
        yield from map(chr, range(of[0], of[1] + 1))
    elif kind is codes.CATEGORY and of in KINDS:
        yield from KINDS[of]
    else:
        raise _Any
