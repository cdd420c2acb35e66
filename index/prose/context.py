"""Whose number it is and of what time: scope, period, plan, direction, each.

What the words mean is data (``words/prose.yaml``); here is how far they reach. Time and scope
reach over their sentence until another word of the same kind stands nearer; a scope in the
middle of a sentence reaches only up to a semicolon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from index.context import (
    CHANGE,
    COUNTED,
    CUMULATIVE,
    DURATION,
    EARLIER,
    LATER,
    MULTIPLE,
    SHARE,
    When,
)
from index.prose.clauses import Item
from index.record import Span
from index.words.numerals import load_numerals
from index.words.prose import Period, ProseGrammar, load_prose

OPENING = 14
"""Characters from the start of a sentence within which a scope is that of the whole sentence."""


class Found(NamedTuple):
    """A time or scope word and its place in the folded paragraph."""

    word: str
    span: Span
    when: When | None = None
    year: int | None = None
    sentence: bool = False


def read_context(text: str, sentences: list[list[Item]], year: int | None) -> None:
    """Fill in scope, time, plan, direction and kind; ``year`` is the report's, None if unknown."""
    grammar = load_prose()
    planning = False
    for items in sentences:
        start, end = items[0].sentence
        sentence = text[start:end]
        planning = _planning(sentence, planning, grammar)
        scopes = [Found(m[0], _moved(m.span(), start)) for m in grammar.scope.finditer(sentence)]
        periods = sorted(
            [*_periods(sentence, start, grammar), *_years(sentence, start, year, grammar)],
            key=lambda found: found.span,
        )
        plans = [m.end() + start for m in grammar.plan.finditer(_unnamed(sentence))]
        compared = [_moved(m.span(), start) for m in grammar.comparing.finditer(sentence)]
        later = min([p.span[1] for p in periods if p.sentence and p.when is LATER], default=end)
        for item in items:
            _scope(item, scopes, text)
            _period(item, periods, compared, grammar)
            _manner(item, text, grammar)
            to_come = later <= item.mention.whole[0]
            item.plan = planning or to_come or _planned(item, plans, text, grammar)
        for before, after in pairwise(items):
            _share_list(before, after)
        for before, after in pairwise(items):
            _from_to(before, after, grammar)


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _planning(sentence: str, before: bool, grammar: ProseGrammar) -> bool:
    """Whether a sentence is about what is to be done: it says so, or goes on with it."""
    if grammar.plan_opens.search(sentence):
        return True
    return before and grammar.plan_ends.search(sentence) is None


def _unnamed(sentence: str) -> str:
    """A sentence with its names blanked, of the same length."""
    return load_numerals().name.sub(lambda m: " " * len(m[0]), sentence)


def _planned(item: Item, plans: list[int], text: str, grammar: ProseGrammar) -> bool:
    """Whether a word of planning stands before a number, and none of doing after that word."""
    if (item.mention.hedge or "").startswith(grammar.rule_hedges):
        return True
    at = item.mention.span[0]
    before = bisect_right(plans, at)
    return before > 0 and grammar.plan_ends.search(text, plans[before - 1], at) is None


def _share_list(before: Item, after: Item) -> None:
    """The members of a list are of one time and scope, where only the first says so."""
    if after.edge != "list":
        return
    alike = before.mention.unit == after.mention.unit and before.mention.kind is after.mention.kind
    if not after.own and alike and before.direction is not None:  # 分别增长10%、20%
        after.kind, after.direction = before.kind, before.direction
    if after.when is None:
        after.period, after.when, after.year = before.period, before.when, before.year
    if after.scope is None:
        after.scope = before.scope


# -- scope -----------------------------------------------------------------------------------


def _scope(item: Item, scopes: list[Found], text: str) -> None:
    at = item.mention.whole[0]
    before = [s for s in scopes if s.span[1] <= at and _reaches(s, item, text)] if scopes else []
    if not before:
        return
    item.scope, start = before[-1].word, before[-1].span[0]
    for scope in reversed(before[:-1]):
        if scope.span[1] == start:  # 全市各级行政机关
            item.scope, start = scope.word + item.scope, scope.span[0]


def _reaches(scope: Found, item: Item, text: str) -> bool:
    if scope.span[0] - item.sentence[0] <= OPENING:
        return True
    return ";" not in text[scope.span[1] : item.mention.whole[0]]


# -- time ------------------------------------------------------------------------------------


def _periods(sentence: str, start: int, grammar: ProseGrammar) -> list[Found]:
    """Time words other than bare years; none within another."""
    return [
        _found(match, _moved(match.span(), start), grammar.periods[match.lastgroup or ""], sentence)
        for match in grammar.period.finditer(sentence)
    ]


def _found(match: re.Match[str], span: Span, period: Period, sentence: str) -> Found:
    """A time word with its reach; one that is a clause by itself (上半年,) reaches on."""
    alone = sentence[match.end() : match.end() + 1] == ","
    return Found(match[0], span, period.when, None, alone or period.reach == "sentence")


def _years(sentence: str, start: int, year: int | None, grammar: ProseGrammar) -> list[Found]:
    """Printed years; one at the head of a clause is that of what follows in the sentence."""
    found = []
    for match in grammar.year.finditer(sentence):
        printed = int(match[0][:4])
        when = when_of(printed, year)
        head = match.start() == 0 or sentence[match.start() - 1] in ",;:。.)、是"
        span = _moved(match.span(), start)
        found.append(Found(match[0], span, when, printed, head))
    return found


def when_of(printed: int, year: int | None) -> When:
    """What a printed year means in a report of a year; that year itself where it is unknown."""
    if year is None or printed == year:
        return When.YEAR
    return EARLIER if printed < year else LATER


def _period(item: Item, periods: list[Found], compared: list[Span], grammar: ProseGrammar) -> None:
    """The time words that reach a number: those of its clause, else the sentence's."""
    found = grammar.earlier_before.of(item.own or item.outer)
    if found is None and not periods:
        return
    at = item.mention.whole[0]
    if found is not None:
        item.period, item.when = found[0].strip("的"), EARLIER
        printed = [p.year for p in periods if p.span[1] <= at and p.year and p.word in item.own]
        item.year = printed[-1] if printed else None
        return
    before = [p for p in periods if p.span[1] <= at and not _within(p.span, compared)]
    share = grammar.share_of.search(item.own) if item.kind is SHARE else None
    if share is not None:  # 占全年的68% says of what, not when
        before = [p for p in before if p.span[1] <= at - len(item.own) + share.start()]
    own = [p for p in before if p.span[0] >= item.own_start]
    if item.kind is MULTIPLE and item.own.endswith("的"):
        own = []  # 2022年的3倍 is no number of 2022
    over = [p for p in before if p.sentence and p.span[0] < item.own_start]
    reached = own if own else over[-1:]
    if own and all(p.when is CUMULATIVE for p in own):
        since = [p for p in over[-1:] if p.when is CUMULATIVE or p.span[0] >= item.clause[0]]
        reached = [*since, *own]
    if not reached:
        return
    if not any(p.when is CUMULATIVE for p in reached):
        reached = reached[-1:]
    item.period = "".join(p.word for p in reached)
    item.year = next((p.year for p in reversed(reached) if p.year is not None), None)
    item.when = _meaning([p.when for p in reached])


def _within(span: Span, outer: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in outer)


def _meaning(whens: list[When | None]) -> When | None:
    """2019年累计 is of that year; otherwise the nearest word says it."""
    dated = [when for when in whens if when is not CUMULATIVE]
    return dated[-1] if dated else whens[-1]


# -- manner ----------------------------------------------------------------------------------


def _manner(item: Item, text: str, grammar: ProseGrammar) -> None:
    """Each, change and direction, by the words straight before the number."""
    left = load_numerals().name.sub("", item.own)
    item.each = bool(grammar.each_before.of(left) or grammar.each_within.search(left))
    percent = item.mention.unit == "%"
    change = grammar.change.of(left)
    if percent and grammar.reductions.search(left):
        item.kind, item.direction = CHANGE, "down"
    if change is None:
        return
    clause = text[item.clause[0] : item.mention.whole[0]]
    before = text[item.sentence[0] : item.clause[0]]
    compared = grammar.compared.search(clause) or grammar.compared_before.of(before)
    if item.kind in (*COUNTED, DURATION) and not compared:
        return
    item.direction = "up" if change["up"] else "down"
    if percent or item.kind in COUNTED or item.kind is DURATION:
        item.kind = CHANGE


def _from_to(before: Item, after: Item, grammar: ProseGrammar) -> None:
    """由A减到B: A was before, B is now, whatever time is said of both."""
    if not grammar.to_before.of(after.own) or before.mention.kind is not after.mention.kind:
        return
    if not grammar.from_before.of(before.own) or len(after.own) > OPENING:
        return
    before.when = EARLIER
    after.base = before
