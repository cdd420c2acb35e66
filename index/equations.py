"""Both sides of a check: their values, their sums, and how a person writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from index.report import Number, Outcome, Term
from index.status import FAILS, HOLDS, NOT_EVALUABLE

Values = Mapping[str, Number | None]
"""Address to value; None where a figure is open or blank. Absent: no such cell is printed."""
LONG_SUM = 6
"""Operands beyond which an equation leaves out those that are 0."""
EQUAL = {HOLDS: "=", FAILS: "≠", NOT_EVALUABLE: "?="}
AT_LEAST = {HOLDS: "≥", FAILS: "<", NOT_EVALUABLE: "?≥"}


def values_of(terms: Iterable[Term]) -> list[Number | None]:
    """The values of operands; None where one is not known."""
    return [t.value for t in terms]


def known_of(values: Iterable[Number | None]) -> list[Number]:
    """Those values that are known."""
    return [value for value in values if value is not None]


def sum_of(values: Iterable[Number]) -> Number:
    """Sum of counts (int) or of money (Decimal, exact)."""
    return sum(values)


def total_of(values: list[Number | None]) -> Number | None:
    """Sum of values, None where one of them is not known."""
    return None if None in values else sum(values)  # type: ignore[arg-type] # as just seen


def is_exceeded(left: list[Number | None], right: list[Number | None]) -> bool:
    """Whether the printed operands beside unknown ones are more than the other side.

    Then the two sides differ whatever is unknown: counts are not negative.
    """
    if (None in left) == (None in right):
        return False
    known_left, known_right = known_of(left), known_of(right)
    if min((*known_left, *known_right), default=0) < 0:
        return False
    less, more = (known_left, known_right) if None in right else (known_right, known_left)
    return sum_of(more) > sum_of(less)


def equation(left: list[Term], right: list[Term], outcome: Outcome, *, bound: bool = False) -> str:
    """``161 + 2 = 163 ≠ 159 + 2 = 161``; ``?`` stands for an open operand.

    ``bound``: the left side is at least the right one.
    """
    return equation_of(values_of(left), values_of(right), outcome, bound=bound)


def side_of(terms: Sequence[Term]) -> str:
    """One side of an equation: ``161 + 2 = 163``; of a long sum without the operands that are 0."""
    return _side(values_of(terms))


def equation_of(
    left: list[Number | None], right: list[Number | None], outcome: Outcome, *, bound: bool
) -> str:
    """The same of values."""
    sign = (AT_LEAST if bound else EQUAL)[outcome]
    return f"{_side(left)} {sign} {_side(right)}"


def _side(values: list[Number | None]) -> str:
    shown = [v for v in values if v != 0] if len(values) > LONG_SUM else values
    if None in shown:
        return " + ".join(["?" if v is None else str(v) for v in shown])
    text = " + ".join(map(str, shown)) or "0"
    return f"{text} = {total_of(values)}" if len(shown) > 1 else text
