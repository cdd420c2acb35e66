"""A figure of this year beside last year's: which case it is, the change, and its percentage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from index.record import Number

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Compared:
    """This year's figure and last year's; ``before`` is None where last year's is not proven."""

    now: Number
    before: Number | None

    @property
    def case(self) -> str:
        """The case, as the forms of ``prompts/draft/forms.yaml`` are named."""
        if self.before is None:
            return "alone" if self.now else "alone_zero"
        if not self.before:
            return "from_zero" if self.now else "none"
        if not self.now:
            return "to_zero"
        if self.now == self.before:
            return "same"
        return "rise" if self.now > self.before else "fall"

    @property
    def change(self) -> Number:
        """By how much it rose or fell; 0 where there is nothing to compare with."""
        change = 0 if self.before is None else self.now - self.before
        return max(change, -change)

    def percent(self, least: int) -> Decimal | None:
        """The change in per cent of last year's figure, to one place.

        None where that figure is less than ``least``, of which a percentage says little, and
        where it would be printed as 0.
        """
        if self.before is None or self.before < max(least, 1):
            return None
        percent = Decimal(self.change) * 100 / Decimal(self.before)
        rounded = percent.quantize(TENTH, ROUND_HALF_UP)
        return rounded if rounded else None
