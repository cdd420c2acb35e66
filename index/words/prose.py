"""``prose.yaml``: what the words round a number of running text say, compiled when first used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from index.context import When
from index.record import Record
from index.words.load import compile_words
from index.words.patterns import (
    Beginning,
    Ending,
    Pattern,
    any_of,
    beginning,
    ending,
    found_fast,
    guarded,
)

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
    rule_hedges: tuple[str, ...]
    plan_opens: tuple[str, ...]
    plan_ends: tuple[str, ...]
    each_before: tuple[str, ...]
    each_within: tuple[str, ...]
    ups: tuple[str, ...]
    downs: tuple[str, ...]
    change_links: tuple[str, ...]
    compared: tuple[str, ...]
    compared_before: str
    earlier_before: str
    comparing: str
    doublings: str
    times_of: str
    year_on_year: str
    last_year: str
    from_before: str
    to_before: str
    parts: str
    parts_word: str
    spelt_out: str
    spelling: str
    among: str
    reductions: str
    closing: tuple[str, ...]
    closing_within: str
    made_of: str
    makes_up: str
    complete: tuple[tuple[str, ...], ...]
    total_after: str
    counted_after: str
    not_part: tuple[str, ...]
    share_of: str
    share_named: str
    total_words: tuple[str, ...]
    respective: str
    name_joins: str
    respective_year: str
    joiners: tuple[str, ...]
    shared_tail: str
    name_heads: str
    head_words: tuple[str, ...]
    tail_words: tuple[str, ...]
    predicates: tuple[str, ...]
    adverbial: tuple[str, ...]
    places: tuple[str, ...]
    numbered: str
    bracketed_noun: str
    list_mark: str
    possessed: str
    share_word: str
    share_name: str
    comparers: str
    negations: tuple[str, ...]


@dataclass(frozen=True)
class ProseGrammar:
    """The patterns of the lists; names as in ``prose.yaml``.

    ``period`` has a group for each of ``periods``, the first that fits at a place; ``change``
    matches the end of the words before a number and has the groups ``up`` and ``down``;
    ``aside`` matches any word of scope or time; ``tail`` ends with one of ``tail_ends``.
    """

    scope: Pattern
    aside: Pattern
    period: Pattern
    periods: dict[str, Period]
    year: Pattern
    plan: Pattern
    rule_hedges: tuple[str, ...]
    plan_opens: Pattern
    plan_ends: Pattern
    each_before: Ending
    each_within: Pattern
    change: Ending
    compared: Pattern
    compared_before: Ending
    earlier_before: Ending
    comparing: Pattern
    doublings: str
    times_of: Pattern
    year_on_year: Pattern
    last_year: Pattern
    from_before: Ending
    to_before: Ending
    parts: Pattern
    parts_word: Pattern
    spelt_out: Pattern
    spelling: Pattern
    among: Pattern
    reductions: Pattern
    closing: Pattern
    closing_within: Pattern
    made_of: Pattern
    makes_up: Pattern
    complete: tuple[tuple[Pattern, ...], ...]
    total_after: Pattern
    counted_after: Pattern
    not_part: Pattern
    share_of: Pattern
    share_named: Pattern
    total_words: frozenset[str]
    respective: Ending
    name_joins: Pattern
    respective_year: Pattern
    joiners: tuple[str, ...]
    shared_tail: Pattern
    name_heads: Pattern
    head: Beginning
    tail: Ending
    predicate: Pattern
    adverbial: Beginning
    places: tuple[str, ...]
    numbered: Pattern
    bracketed_noun: Pattern
    list_mark: Beginning
    possessed: Ending
    share_word: str
    share_name: str
    comparers: str


@cache
def load_prose(path: Path = FILE) -> ProseGrammar:
    """Load, check and compile.

    Raises:
        LexiconError: the file is missing or malformed, or has a pattern that does not compile.
    """
    return compile_words(path, ProseWords, _compiled)


def _compiled(words: ProseWords) -> ProseGrammar:
    year = guarded(
        rf"(?<!{')(?<!'.join(words.year_not_after)}){words.year}"
        rf"(?!{any_of(words.year_not_before)})"
    )
    return ProseGrammar(
        scope=found_fast(_any(words.scopes)),
        aside=found_fast(_any((*words.scopes, *(p.pattern for p in words.periods), year))),
        period=found_fast(_which(p.pattern for p in words.periods)),
        periods={f"p{n}": period for n, period in enumerate(words.periods)},
        year=re.compile(year),
        plan=found_fast(_any(words.plans)),
        rule_hedges=words.rule_hedges,
        plan_opens=_either(words.plan_opens),
        plan_ends=re.compile(any_of(words.plan_ends)),
        each_before=ending("|".join(words.each_before)),
        each_within=_either(words.each_within),
        change=ending(
            rf"(?:(?P<up>{any_of(words.ups)})|(?P<down>{any_of(words.downs)}))"
            rf"{any_of(words.change_links)}{{0,2}}"
        ),
        compared=re.compile(any_of(words.compared)),
        compared_before=ending(words.compared_before),
        earlier_before=ending(words.earlier_before),
        comparing=found_fast(words.comparing),
        doublings=words.doublings,
        times_of=re.compile(words.times_of),
        year_on_year=re.compile(words.year_on_year),
        last_year=re.compile(words.last_year),
        from_before=ending(words.from_before),
        to_before=ending(words.to_before),
        parts=re.compile(words.parts),
        parts_word=re.compile(words.parts_word),
        spelt_out=re.compile(words.spelt_out),
        spelling=re.compile(words.spelling),
        among=re.compile(words.among),
        reductions=re.compile(words.reductions),
        closing=_either(words.closing),
        closing_within=re.compile(words.closing_within),
        made_of=re.compile(words.made_of),
        makes_up=re.compile(words.makes_up),
        complete=tuple(tuple(map(re.compile, names)) for names in words.complete),
        total_after=re.compile(words.total_after),
        counted_after=re.compile(words.counted_after),
        not_part=_either(words.not_part),
        share_of=re.compile(words.share_of),
        share_named=re.compile(words.share_named),
        total_words=frozenset(words.total_words),
        respective=ending(words.respective),
        name_joins=re.compile(words.name_joins),
        respective_year=re.compile(words.respective_year),
        joiners=words.joiners,
        shared_tail=re.compile(words.shared_tail),
        name_heads=re.compile(words.name_heads),
        head=beginning("|".join(words.head_words)),
        tail=ending("|".join(words.tail_words)),
        predicate=found_fast(rf"{any_of(words.negations)}?{any_of(words.predicates)}"),
        adverbial=beginning(any_of(words.adverbial)),
        places=words.places,
        numbered=re.compile(words.numbered),
        bracketed_noun=re.compile(words.bracketed_noun),
        list_mark=beginning(words.list_mark),
        possessed=ending(words.possessed),
        share_word=words.share_word,
        share_name=words.share_name,
        comparers=words.comparers,
    )


def unmarked(text: str, grammar: ProseGrammar) -> str:
    """An item of a list without the mark at its head."""
    mark = grammar.list_mark.of(text)
    return text[mark.end() :] if mark is not None else text


def _which(patterns: Iterable[str]) -> str:
    """Patterns as one, which tells the one that fitted by an empty group at its end.

    A group round it would hide from the engine what it begins with.
    """
    return "|".join(f"(?:{pattern})(?P<p{number}>)" for number, pattern in enumerate(patterns))


def _any(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _either(patterns: tuple[str, ...]) -> Pattern:
    return re.compile(_any(patterns))
