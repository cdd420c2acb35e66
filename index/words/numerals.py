"""``numerals.yaml``: measure words, hedges, and what looks like a number and is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from index.report import Bound, FigureKind, Record
from index.words.load import compile_words
from index.words.patterns import CHINESE, any_of

FILE = Path(__file__).parent / "numerals.yaml"
SCALES = ("万亿", "千万", "百万", "十万", "亿", "万", "千(?![米克瓦])", "百(?!分)")
HAN = "零〇一二两三四五六七八九十百千万亿"
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"


class Mask(Record):
    """Something that looks like a number: it begins with ``right``, after what ends in ``left``.

    ``left`` spells out each Chinese character it may end with, so that others are told at once.
    """

    name: str
    right: str = Field(min_length=1)
    left: str = Field(default="", pattern=r"^(?:[^.\[\\]|\\[^SDWw]|\[[^^])*$")
    like: tuple[str, ...] = Field(min_length=1)


class Mixed(Record):
    """A time in two units: ``factor`` of the minor make one of the major."""

    major: tuple[str, ...]
    minor: tuple[str, ...]
    factor: int
    unit: str


class Numerals(Record):
    """The lists of ``numerals.yaml``; each is described there."""

    units: dict[FigureKind, tuple[str, ...]]
    keep_scale: tuple[str, ...]
    unit_not_before: dict[str, tuple[str, ...]]
    single_before: tuple[str, ...]
    single_year_after: tuple[str, ...]
    one_after: tuple[str, ...]
    one_before: tuple[str, ...]
    han_not_after: tuple[str, ...]
    needs_after: tuple[str, ...]
    mixed: tuple[Mixed, ...]
    halves: dict[str, str]
    zero_nouns: tuple[str, ...]
    more_inside: tuple[str, ...]
    hedges_before: dict[str, Bound]
    hedges_after: dict[str, Bound]
    after_only: dict[str, tuple[FigureKind, ...]]
    masks: tuple[Mask, ...]
    phrases: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    longest_name: int
    not_statements: tuple[str, ...]
    quantity_endings: tuple[str, ...]
    quantity_links: tuple[str, ...]


@dataclass(frozen=True)
class NumberGrammar:
    """The lists, and the patterns made of them.

    ``start`` finds where a numeral may begin, ``number`` matches it with scale, unit and hedge;
    ``right`` are masks
    that begin at a numeral, ``after`` those that need something before it too, which is one of
    ``before``; ``before``, ``hedge`` and ``quantity`` are matched up to where a numeral starts.
    ``before_ends`` are the Chinese characters that ``before`` may end with. ``not_statement`` is
    looked for in small letters.
    """

    words: Numerals
    kinds: dict[str, FigureKind]
    start: re.Pattern[str]
    number: re.Pattern[str]
    name: re.Pattern[str]
    right: re.Pattern[str]
    before: re.Pattern[str]
    before_ends: frozenset[str]
    after: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    hedge: re.Pattern[str]
    quantity: re.Pattern[str]
    one: re.Pattern[str]
    year_span: re.Pattern[str]
    not_after: re.Pattern[str]
    not_statement: re.Pattern[str]


@cache
def load_numerals(path: Path = FILE) -> NumberGrammar:
    """Load, check and compile.

    Raises:
        LexiconError: the file is missing or malformed, or has a pattern that does not compile.
    """
    return compile_words(path, Numerals, _compiled)


def _compiled(words: Numerals) -> NumberGrammar:
    right = [m.right for m in words.masks if not m.left] + [any_of(words.phrases)]
    left = [m.left for m in words.masks if m.left]
    return NumberGrammar(
        words=words,
        kinds={unit: kind for kind, units in words.units.items() for unit in units},
        start=_start(words),
        number=_number(words),
        name=_name(words),
        right=re.compile("|".join(f"(?:{pattern})" for pattern in right)),
        before=_ending("|".join(f"(?:{pattern})" for pattern in left)),
        before_ends=frozenset(CHINESE.findall("".join(left))),
        after=tuple((_ending(m.left), re.compile(m.right)) for m in words.masks if m.left),
        hedge=_ending(any_of(words.hedges_before)),
        quantity=_ending(
            f"{any_of(words.quantity_endings)}(?:{any_of(words.quantity_links)}){{0,2}}"
        ),
        one=_ending(any_of(words.one_after)),
        year_span=_ending(any_of(words.single_year_after)),
        not_after=_ending(any_of(words.han_not_after)),
        not_statement=re.compile(any_of(map(str.lower, words.not_statements))),
    )


def _start(words: Numerals) -> re.Pattern[str]:
    """A digit, or Chinese numerals before what may be counted, so that few are looked at."""
    units = [unit for units in words.units.values() for unit in units]
    after = {word[0] for word in (*units, *words.halves, *words.more_inside, *words.zero_nouns)}
    return re.compile(rf"[0-9]|[{HAN}]+(?=[成分点{re.escape(''.join(sorted(after)))}])")


def _number(words: Numerals) -> re.Pattern[str]:
    units = [unit for units in words.units.values() for unit in units]
    units = sorted([*units, *words.halves], key=len, reverse=True)
    scale = "|".join(SCALES)
    more = any_of(words.more_inside)
    return re.compile(
        rf"(?:(?P<part>[百千])分之(?P<share>{DIGITS}|[{HAN}点]+)"
        rf"|(?P<digits>{DIGITS}(?:(?:{scale}){DIGITS})*|[{HAN}]+(?:点[{HAN}]+)?)"
        rf"(?P<more>{more})?(?P<scale>{scale})?(?P<more2>{more})?"
        rf"(?:(?P<tenths>成)(?P<rest>[半一二三四五六七八九]?)(?![为立功员果效长品就都绩])(?P<more3>多)?"
        rf"|(?P<unit>%+|‰|{'|'.join(units)}))?)"
        rf"(?P<after>{any_of(words.hedges_after)})?"
    )


def _name(words: Numerals) -> re.Pattern[str]:
    pairs = ((re.escape(a), re.escape(b)) for a, b in words.names)
    return re.compile("|".join(f"{a}[^{a}{b}]{{1,{words.longest_name}}}{b}" for a, b in pairs))


def _ending(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})\Z")
