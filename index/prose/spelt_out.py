"""Numbers that are spelt out in their parts, to the last: 信件62封,分别为建议40封、投诉22封."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from index.equations import sum_of
from index.prose.clauses import Item
from index.words.prose import ProseGrammar

SPELT_OUT = "spelt out"
"""How such parts begin."""
LEAST = 2
"""Numbers that make a list."""
HALF = Decimal(2)
"""What a whole is divided by of which parts are the most."""
NEAR = Decimal("0.05")
"""Share of the whole by which parts may exceed it and still be worth a question."""


def spells_out(item: Item, grammar: ProseGrammar) -> bool:
    """Whether a number begins the parts of the one before it: 具体为, 分别是, 分为, 按栏目分."""
    if grammar.spelt_out.match(item.gap.removesuffix(item.own)):
        return True
    return item.edge in {"stop", "bracket"} and grammar.spelling.match(item.own) is not None


def is_spelt_out(whole: Item, parts: list[Item], items: list[Item]) -> bool:
    """Whether a list leaves nothing out: straight after its whole, to the end of its sentence.

    It may end with its bracket too. Parts that are far more than the whole overlap: what is told
    in two places is counted twice. Those that are not half of it are examples.
    """
    at, last = items.index(parts[0]), parts[-1]
    if len(parts) < LEAST or last.after or whole not in items[at - 1 : at]:
        return False
    total = sum_of(part.mention.value for part in parts)
    if not whole.mention.value / HALF < total <= whole.mention.value * (1 + NEAR):
        return False
    following = items[items.index(last) + 1 :]
    if following:
        return following[0].bracket < last.bracket
    return last.bracket >= 0 or last.clause[1] >= last.sentence[1] - 1


def leave_nothing_out(parts: Iterable[Item]) -> None:
    """Mark parts as all there are."""
    for part in parts:
        part.exhaustive = True
