"""What is the name of a body: how it ends, what cannot be one, and what is only a part of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from index.words import load_names

HAN = "\u3400-\u9fff"
LONGEST_NAME = 30
EDGES = " \t\u3000|:;,.。、()<>[]【】《》“”\"'·—–-―*#"
"""What may stand around a name in a line of its own."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def is_spam(name: str) -> bool:
    """Whether a name carries words that hijacked copies put in place of the body."""
    return any(word in name for word in load_names().spam)


def is_relative(name: str) -> bool:
    """Whether a name tells whose it is only beside another: 我局, 全市, 市教育局."""
    return _relative().match(name) is not None


def may_name(name: str) -> bool:
    """Whether words where the title has its body may be the name of one."""
    return bool(name) and not (
        is_spam(name)
        or _nobody().fullmatch(name)
        or name in load_names().body_endings
        or name in load_names().no_bodies
    )


def is_name(text: str) -> bool:
    """Whether a line, or what is printed behind a label, is the full name of a body."""
    return _whole().fullmatch(text) is not None and may_name(text) and not is_relative(text)


def within(before: str, after: str) -> re.Pattern[str]:
    """The name of a body in running text, as ``body``, between two patterns.

    There it has a place or is long enough, since a short one may be any words (主管局).
    """
    names = load_names()
    kinds, places = any_of(names.body_endings), any_of(names.place_endings)
    char = f"(?:(?!{any_of(names.never_within)})[{HAN}])"
    placed = rf"{char}{{2,8}}?(?:{places}){char}{{0,16}}?(?:{kinds})"
    return re.compile(rf"(?:{before})(?P<body>{placed}|{char}{{2,16}}?(?:{kinds}))(?={after})")


@cache
def _whole() -> re.Pattern[str]:
    names = load_names()
    kinds = any_of((*names.body_endings, *names.line_endings, *names.place_endings))
    char = f"(?:(?!{any_of(names.never_within)})[{HAN}·()])"
    return re.compile(rf"{char}{{1,{LONGEST_NAME}}}?(?:{kinds})")


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(load_names().relative)


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(load_names().nobody)
