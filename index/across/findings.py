"""A check across reports from its two sides; a value that may not be stated makes it open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.across.abstract import Abstract
from index.equations import equation, sum_of
from index.report import Check, Outcome, Strength, Term


class Demand(Protocol):
    """What a check asks for: an identity of a form, or a claim of ``words/checks.yaml``."""

    @property
    def code(self) -> str:
        """The code."""

    @property
    def strength(self) -> Strength:
        """What a breach means."""

    @property
    def zh(self) -> str:
        """The demand in Chinese."""

    @property
    def en(self) -> str:
        """The demand in English."""


@dataclass(frozen=True)
class Place:
    """Where a demand is applied: a scope, how a person calls it, and the other report."""

    scope: str
    label: str
    other: str

    def id_of(self, code: str) -> str:
        """``X-T3-CARRY@total/r-0123456789ab``, unique among the checks of a report."""
        return f"{code}@{self.scope}/{self.other}"


def term_of(abstract: Abstract, address: str, name: str) -> Term:
    """A cell as an operand: its address begins with the report, its name with the year.

    ``name`` is what it is called where the report has no such cell. The value is None where it
    may not be stated.
    """
    cell = abstract.cells.get(address)
    label = cell.label if cell is not None else name
    value = cell.trusted if cell is not None else None
    return Term(
        address=f"{abstract.report}/{address}", label=f"{abstract.year}年·{label}", value=value
    )


def report_of(check: Check) -> str:
    """The report that a check across reports belongs to: that of its first left operand."""
    return check.left[0].address.partition("/")[0]


def compare(
    demand: Demand,
    place: Place,
    left: Sequence[Term],
    right: Sequence[Term],
    *,
    bound: bool = False,
    strength: Strength | None = None,
) -> Check:
    """Both sides added up and compared; not evaluable where a value is not known.

    Args:
        demand: what is asked.
        place: where.
        left: operands of the left side; the finding belongs to the report of the first.
        right: operands of the right side.
        bound: the left side is at least the right one, else they are equal.
        strength: that of a breach, None takes the demand's.
    """
    known = [[t.value for t in side if t.value is not None] for side in (left, right)]
    first, second = map(sum_of, known)
    outcome = Outcome.FAILS
    if sum(map(len, known)) < len(left) + len(right):
        outcome = Outcome.NOT_EVALUABLE
    elif first == second or (bound and first > second):
        outcome = Outcome.HOLDS
    open_ = outcome is Outcome.NOT_EVALUABLE
    return Check(
        id=place.id_of(demand.code),
        code=demand.code,
        scope=place.scope,
        scope_label=place.label,
        strength=strength or demand.strength,
        sentence=demand.zh,
        sentence_en=demand.en,
        left=tuple(left),
        right=tuple(right),
        left_value=None if open_ else first,
        right_value=None if open_ else second,
        difference=None if open_ else first - second,
        outcome=outcome,
        equation=equation(list(left), list(right), outcome, bound=bound),
        verifies=False,
    )
