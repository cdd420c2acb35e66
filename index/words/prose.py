"""``prose.yaml``: what the words round a number of running text say, compiled when first used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError

from index.context import When
from index.errors import LexiconError
from index.record import Record
from index.words.numerals import any_of

FILE = Path(__file__).parent / "prose.yaml"


class Period(Record):
    """A time word: its pattern, what it means, and how far it reaches."""

    pattern: str
    when: When
    reach: Literal["sentence", "clause"]


class ProseWords(Record):
    """The lists of ``prose.yaml``; each is described there."""

    scopes: tuple[str, ...]
    periods: tuple[Period, ...]
    year: str
    year_not_after: tuple[str, ...]
    year_not_before: tuple[str, ...]
    plans: tuple[str, ...]
    plan_opens: tuple[str, ...]
    plan_ends: tuple[str, ...]
    each_before: tuple[str, ...]
    each_within: tuple[str, ...]
    ups: tuple[str, ...]
    downs: tuple[str, ...]
    change_links: tuple[str, ...]
    level_links: tuple[str, ...]
    compared: tuple[str, ...]
    compared_before: str
    earlier_before: str
    comparing: str
    from_before: str
    to_before: str
    parts: str
    parts_word: str
    among: str
    reductions: str
    closing: tuple[str, ...]
    not_part: tuple[str, ...]
    share_of: str
    share_named: str
    total_words: tuple[str, ...]
    respective: str
    name_joins: str
    name_heads: str
    head_words: tuple[str, ...]
    tail_words: tuple[str, ...]
    predicates: tuple[str, ...]
    adverbial: tuple[str, ...]
    pointing: tuple[str, ...]
    possessed: str


Pattern = re.Pattern[str]
ENDING = 12
"""Characters at the end of a text that a pattern for its end may take."""


@dataclass(frozen=True)
class ProseGrammar:
    """The patterns of the lists; names as in ``prose.yaml``.

    ``periods`` are tried in their order, so that a longer one goes first; ``change`` matches the
    end of the words before a number and has the groups ``up`` and ``down``; ``aside`` matches
    any word of scope or time.
    """

    scope: Pattern
    aside: Pattern
    periods: tuple[tuple[Pattern, Period], ...]
    year: Pattern
    plan: Pattern
    plan_opens: Pattern
    plan_ends: Pattern
    each_before: Pattern
    each_within: Pattern
    change: Pattern
    compared: Pattern
    compared_before: Pattern
    earlier_before: Pattern
    comparing: Pattern
    from_before: Pattern
    to_before: Pattern
    parts: Pattern
    parts_word: Pattern
    among: Pattern
    reductions: Pattern
    closing: Pattern
    not_part: Pattern
    share_of: Pattern
    share_named: Pattern
    total_words: frozenset[str]
    respective: Pattern
    name_joins: Pattern
    name_heads: Pattern
    head: Pattern
    tail: Pattern
    predicate: Pattern
    adverbial: Pattern
    pointing: Pattern
    possessed: Pattern


@cache
def load_prose(path: Path = FILE) -> ProseGrammar:
    """Load, check and compile.

    Raises:
        LexiconError: the file is missing or malformed, or has a pattern that does not compile.
    """
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return _compiled(ProseWords.model_validate(data))
    except (OSError, yaml.YAMLError, ValidationError, re.error) as error:
        raise LexiconError(f"词表有误 (malformed): {error}", place=path.name) from error


def _compiled(words: ProseWords) -> ProseGrammar:
    year = (
        rf"(?<!{')(?<!'.join(words.year_not_after)}){words.year}"
        rf"(?!{any_of(words.year_not_before)})"
    )
    return ProseGrammar(
        scope=_either(words.scopes),
        aside=_either((*words.scopes, *(p.pattern for p in words.periods), year)),
        periods=tuple((re.compile(p.pattern), p) for p in words.periods),
        year=re.compile(year),
        plan=_either(words.plans),
        plan_opens=_either(words.plan_opens),
        plan_ends=re.compile(any_of(words.plan_ends)),
        each_before=re.compile(rf"{any_of(words.each_before)}\Z"),
        each_within=re.compile(any_of(words.each_within)),
        change=re.compile(
            rf"(?:(?P<up>{any_of(words.ups)})|(?P<down>{any_of(words.downs)}))"
            rf"{any_of(words.change_links)}{{0,2}}\Z"
        ),
        compared=re.compile(any_of(words.compared)),
        compared_before=re.compile(words.compared_before),
        earlier_before=re.compile(words.earlier_before),
        comparing=re.compile(words.comparing),
        from_before=re.compile(words.from_before),
        to_before=re.compile(words.to_before),
        parts=re.compile(words.parts),
        parts_word=re.compile(words.parts_word),
        among=re.compile(words.among),
        reductions=re.compile(words.reductions),
        closing=_either(words.closing),
        not_part=_either(words.not_part),
        share_of=re.compile(words.share_of),
        share_named=re.compile(words.share_named),
        total_words=frozenset(words.total_words),
        respective=re.compile(words.respective),
        name_joins=re.compile(words.name_joins),
        name_heads=re.compile(words.name_heads),
        head=re.compile(rf"\A(?:{'|'.join(words.head_words)})"),
        tail=re.compile(rf"(?:{'|'.join(words.tail_words)})\Z"),
        predicate=re.compile(rf"(?:未|不|没有)?{any_of(words.predicates)}"),
        adverbial=re.compile(rf"\A{any_of(words.adverbial)}"),
        pointing=re.compile(any_of(words.pointing)),
        possessed=re.compile(words.possessed),
    )


def ends(pattern: Pattern, text: str) -> re.Match[str] | None:
    """A pattern for the end of a text, looked for only there."""
    return pattern.search(text, max(len(text) - ENDING, 0))


def _either(patterns: tuple[str, ...]) -> Pattern:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
