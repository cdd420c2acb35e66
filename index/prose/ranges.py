"""What a printed number may stand for: exact, rounded to its last digit, or hedged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from index.context import ABOUT, FROM_IT, TO_IT, ProseContext
from index.report import Figure

HUNDRED, HALF = Decimal(100), Decimal("0.5")


def context_of(figure: Figure) -> ProseContext:
    """What its sentence says of a number of running text.

    Raises:
        TypeError: the figure is a cell of a table.
    """
    if figure.prose is None:
        raise TypeError(figure.address)
    return figure.prose


@dataclass(frozen=True)
class Range:
    """The values a printed number may stand for; None: no limit on that side."""

    low: Decimal | None
    high: Decimal | None

    @classmethod
    def of(cls, figure: Figure, *, rounded: bool = False) -> Range:
        """Of a figure: its value where it is exact, to its last digit where it is rounded.

        ``rounded``: a whole number is rounded too, as a percentage is. A number may also have
        been cut off at its last digit.
        """
        value, context = Decimal(figure.value or 0), context_of(figure)
        if context.bound in FROM_IT:
            return cls(value, None)
        if context.bound in TO_IT:
            return cls(None, value)
        if context.bound is ABOUT:
            return cls(None, None)
        if is_count(figure) and not rounded:
            return cls(value, value)
        step = Decimal(context.step)
        return cls(value - step * HALF, value + step)

    def meets(self, other: Range) -> bool:
        """Whether the two have a value in common."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)


def is_count(figure: Figure) -> bool:
    """Whether a number is printed to the unit, without 万 and without decimals."""
    return isinstance(figure.value, int) and context_of(figure).step == 1


def together(ranges: Sequence[Range]) -> Range:
    """The range of a sum."""
    lows = [r.low for r in ranges if r.low is not None]
    highs = [r.high for r in ranges if r.high is not None]
    return Range(
        sum(lows, Decimal(0)) if len(lows) == len(ranges) else None,
        sum(highs, Decimal(0)) if len(highs) == len(ranges) else None,
    )


def is_exact(*figures: Figure) -> bool:
    """Whether numbers have no hedge and are not of each of several."""
    return all(f.prose is not None and f.prose.bound is None and not f.prose.each for f in figures)


def spread(exact: Decimal, *operands: Figure) -> Decimal:
    """How far a quotient may be off because its operands are printed rounded (27.6万)."""
    rounded = [f for f in operands if not is_count(f) and f.value]
    parts = [exact * Decimal(context_of(f).step) / Decimal(f.value or 1) for f in rounded]
    return abs(sum(parts, Decimal(0)))


def base_of(unit: str) -> Decimal:
    """What a whole is in the unit of a share: 100 in %, 1000 in ‰."""
    return HUNDRED if unit == "%" else HUNDRED * 10


def fits(value: Decimal, exact: Decimal, step: Decimal, off: Decimal = Decimal(0)) -> bool:
    """Whether a printed value is the exact one, rounded or cut off at its last digit.

    ``step`` is one unit of that digit, ``off`` how far the exact value may itself be off.
    """
    return -step * HALF - off <= exact - value < step + off


def agrees(printed: Figure, exact: Decimal, off: Decimal = Decimal(0)) -> bool | None:
    """Whether a printed number is an exact one, rounded or cut off; None: it is too vague.

    ``off`` is how far the exact one may itself be off.
    """
    bound, value = context_of(printed).bound, Decimal(printed.value or 0)
    if bound is ABOUT:
        return None
    if bound in FROM_IT:
        return exact + off >= value
    if bound in TO_IT:
        return exact - off <= value
    return fits(value, exact, Decimal(context_of(printed).step), off)


def shown(exact: Decimal, printed: Figure) -> Decimal:
    """A quotient with two digits more than the printed one, no zeros at its end."""
    step = Decimal(context_of(printed).step) / HUNDRED
    return exact.quantize(step, ROUND_HALF_UP).normalize() + 0
