"""Words that count, date or name, by which the guard reads a text of a chat model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from assistant.lexicon import FOLDER
from assistant.words.mentions import mask
from index.report import Record, Span
from index.script import half_width, to_simplified
from index.words.load import read_words

MARKS, SHARES = frozenset(".,"), frozenset("%‰")
"""What belongs to a number between its digits, and after them."""
MORE = frozenset("两兩皕")
"""Numerals that Unicode does not call so."""


class _Words(Record):
    """``guard.yaml``; each list is described there."""

    harmless: tuple[str, ...]
    quantities_zh: tuple[str, ...]
    quantities_en: tuple[str, ...]
    dates_zh: tuple[str, ...]
    dates_en: tuple[str, ...]
    endings: tuple[str, ...]
    generic: str
    no_names: tuple[str, ...]


@dataclass(frozen=True)
class GuardWords:
    """The lists as patterns over folded text; ``ending`` takes the character before with it."""

    harmless: re.Pattern[str]
    quantity: re.Pattern[str]
    date: re.Pattern[str]
    ending: re.Pattern[str]
    no_names: frozenset[str]
    generic: frozenset[str]


@cache
def load_guard_words(path: Path = FOLDER / "guard.yaml") -> GuardWords:
    """Load the words.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    words = read_words(path, _Words)
    return GuardWords(
        harmless=_any(words.harmless),
        quantity=_any(words.quantities_zh, words.quantities_en),
        date=_any(words.dates_zh, words.dates_en),
        ending=re.compile(rf"[\u3400-\u9fff](?:{_longest_first(words.endings)})"),
        no_names=frozenset(words.no_names),
        generic=frozenset(words.generic),
    )


def _any(chinese: tuple[str, ...], english: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Any of some words; English ones whole, whatever their case."""
    patterns = [_longest_first(chinese)]
    if english:
        patterns.append(rf"(?<![a-z])(?:{_longest_first(english)})+s?(?![a-z])")
    return re.compile("|".join(patterns), re.IGNORECASE)


def _longest_first(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def numerals(folded: str) -> list[Span]:
    """Where numbers and words of quantities stand in a folded text, in the order of the text.

    Numbers are digits of any script and Chinese numerals. Set phrases that hold a numeral and
    count nothing are none.
    """
    known = load_guard_words()
    phrases = [m.span() for m in known.harmless.finditer(folded)]
    words = [m.span() for m in known.quantity.finditer(folded)]
    told = [w for w in words if not any(a <= w[0] and w[1] <= b for a, b in phrases)]
    return sorted([*_runs(mask(folded, phrases)), *told])


def _runs(text: str) -> Iterator[Span]:
    start = None
    for at, char in enumerate(f"{text}\n"):
        if is_numeral(char):
            start = at if start is None else start
        elif start is not None and not _goes_on(text, at):
            yield start, at
            start = None


def _goes_on(text: str, at: int) -> bool:
    """Whether a sign belongs to the digits before it: 1,163 and 12.5%."""
    if not text[at - 1].isdigit():
        return False
    return text[at : at + 1] in SHARES or (
        text[at : at + 1] in MARKS and text[at + 1 : at + 2].isdigit()
    )


def is_numeral(char: str) -> bool:
    """Whether a character has the value of a number, in whatever script."""
    return char in MORE or unicodedata.numeric(char, None) is not None


@lru_cache(maxsize=256)
def simple(text: str) -> str:
    """A text in simplified characters and half-width forms, character for character."""
    return to_simplified(half_width(text))


def without_numbers(text: str, instead: str) -> str:
    """A text with ``instead`` for every number, every word of a quantity and every date."""
    folded = simple(text)
    dates = (m.span() for m in load_guard_words().date.finditer(folded))
    result, end = "", 0
    for start, stop in sorted([*numerals(folded), *dates]):
        if start >= end:
            result += text[end:start] + instead
        end = max(end, stop)
    return result + text[end:]
