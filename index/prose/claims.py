"""What sentences claim about their own numbers, one function a kind of claim.

A function yields what it found: the operands, both values, and whether they agree. A claim is as
strong as its wording (``words/checks.yaml``) unless a finding says less: parts that need not be all
there are only worth a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from index.context import COUNTED, EARLIER, SHARE
from index.equations import equation, sum_of
from index.prose.ranges import (
    HUNDRED,
    Range,
    agrees,
    base_of,
    context_of,
    is_exact,
    shown,
    spread,
    together,
)
from index.prose.spelt_out import NEAR
from index.report import Figure, Number, Strength, Term, new_term
from index.status import FAILS, HARD, HOLDS

PAIR = 2
PARTS_OF_A_SLIP, LEAST_OF_A_SLIP, LEAST_IF_SHORT = 3, 1000, 10000
"""Parts, and the least whole, with which a sum that is one misprinted digit off is no chance; the
same where the sum is less, which it may be if some parts are left out."""
LONG_LABEL = 6
"""Characters that make a label one thing's own."""


@dataclass(frozen=True)
class Finding:
    """One claim in one place: the number it is about, its operands, both values, the outcome.

    ``strength`` None: that of the claim. ``verifies``: holding proves the operands.
    """

    about: Figure
    left: Sequence[Figure]
    right: Sequence[Figure]
    values: tuple[Number | None, Number | None]
    said: str
    holds: bool
    strength: Strength | None = None
    verifies: bool = True


class Text:
    """The numbers of a report's running text, by address and by enumeration."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        """Keep them in reading order."""
        self.figures = figures
        self.at = {f.address: f for f in figures}
        self.linked: list[Figure] = []
        """Parts, shares and changes of a number that the text names."""
        self.parts: dict[tuple[str, str], list[Figure]] = {}
        self.shares: dict[str, list[Figure]] = {}
        for figure in figures:
            context = context_of(figure)
            if context.of is not None:
                self.linked.append(figure)
            if context.of and context.group and context.kind in COUNTED:
                self.parts.setdefault((context.of, context.group), []).append(figure)
            if context.group and context.exhaustive and context.kind is SHARE:
                self.shares.setdefault(context.group, []).append(figure)

    def get(self, address: str | None) -> Figure | None:
        """A number by address, None where there is none."""
        return self.at.get(address) if address is not None else None


# -- parts -----------------------------------------------------------------------------------


def parts_add_up(text: Text) -> Iterator[Finding]:
    """其中, brackets and colons: where nothing is left out, the parts are together the whole."""
    for (address, _), parts in text.parts.items():
        whole = text.at[address]
        if len(parts) < PAIR or any(context_of(p).each for p in parts):
            continue
        total = sum_of(p.value for p in parts if p.value is not None)
        holds = together([Range.of(p) for p in parts]).meets(Range.of(whole))
        strength = None if holds else _strength(whole, parts, total)
        if (holds and total != whole.value) or (not holds and strength is None):
            continue  # ranges that prove nothing, or parts of which some may be left out
        outcome = HOLDS if holds else FAILS
        said = equation([term(whole)], [term(p) for p in parts], outcome)
        yield Finding(
            whole, [whole], parts, (whole.value, total), said, holds=holds, strength=strength
        )


def _strength(whole: Figure, parts: list[Figure], total: Number) -> Strength | None:
    """How sure it is that parts which do not add up should; None: they need not."""
    value = whole.value or 0
    told = any(context_of(p).exhaustive for p in parts)
    if told and all(p.unit == whole.unit for p in parts):
        return HARD
    least = LEAST_OF_A_SLIP if total > value else LEAST_IF_SHORT
    if len(parts) >= PARTS_OF_A_SLIP and value >= least and one_slip(value, total):
        return HARD
    if total <= value:
        return None
    return Strength.WARNING if total - value <= value * NEAR else None


def one_slip(one: Number, other: Number) -> bool:
    """Whether two whole numbers differ by one misprinted digit, or by two neighbours swapped."""
    a, b = str(one), str(other)
    if len(a) != len(b) or not (a + b).isdigit():
        return False
    differing = [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differing) != PAIR or differing[1] - differing[0] != 1:
        return len(differing) == 1
    first, second = differing
    return a[first] == b[second] and a[second] == b[first]


# -- shares ----------------------------------------------------------------------------------


def shares_agree(text: Text) -> Iterator[Finding]:
    """A件,占B的c%: c is A in B.

    Where the sentence names no whole and the shares beside agree on one, that number is not
    tested by the share that differs.
    """
    for share in text.linked:
        context = context_of(share)
        part, whole = text.get(context.part), text.get(context.of)
        if context.kind is not SHARE or part is None or whole is None:
            continue
        if not whole.value or part.value is None or not is_exact(part, whole):
            continue
        exact = Decimal(part.value) * base_of(share.unit) / Decimal(whole.value)
        holds = agrees(share, exact, spread(exact, part, whole))
        if holds is None:
            continue
        quotient = shown(exact, share)
        said = f"{part.value} ÷ {whole.value} = {quotient}{share.unit}"
        operands = [part, share] if context.implied else [part, whole, share]
        yield computed(share, operands, quotient, said, holds=holds)


def shares_make_a_hundred(text: Text) -> Iterator[Finding]:
    """A占a%、B占b%、其他占c%: together 100%."""
    for shares in text.shares.values():
        total = sum_of(s.value for s in shares if s.value is not None)
        all_of_it = Range(HUNDRED, HUNDRED)
        holds = together([Range.of(s, rounded=True) for s in shares]).meets(all_of_it)
        said = f"{' + '.join(str(s.value) for s in shares)} = {total} {'≈' if holds else '≠'} 100"
        yield Finding(shares[0], shares, [], (total, 100), said, holds=holds, verifies=False)


# -- repetitions -----------------------------------------------------------------------------


def repeated_numbers_agree(text: Text) -> Iterator[Finding]:
    """The same label with the same unit, scope and time, in two places of the report."""
    said: dict[tuple[str, ...], Figure] = {}
    for figure in text.figures:
        context = context_of(figure)
        plain = context.kind in COUNTED and not (context.plan or context.each or context.of)
        if not plain or len(figure.row_label) < LONG_LABEL or context.when is EARLIER:
            continue
        key = (figure.row_label, figure.unit, context.scope or "", str(context.when or ""))
        first = said.setdefault(key, figure)
        if first is not figure:
            holds = Range.of(first).meets(Range.of(figure))
            sign = "≠" if not holds else "=" if is_exact(first, figure) else "≈"
            yield Finding(
                figure,
                [first],
                [figure],
                (first.value, figure.value),
                f"{first.value} {sign} {figure.value}",
                holds=holds,
                verifies=False,
            )


def said_again(text: Text, address: str) -> Iterator[str]:
    """Where else a number stands: the same value and unit, under a label with the same ending.

    What contradicts the one contradicts the other.
    """
    figure = text.at[address]
    for other in text.figures:
        if (other.value, other.unit) != (figure.value, figure.unit) or other is figure:
            continue
        if _same_ending(figure.row_label, other.row_label) >= LONG_LABEL:
            yield other.address


def _same_ending(one: str, other: str) -> int:
    """Characters at the end that two labels have in common."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def term(figure: Figure) -> Term:
    """A number as an operand."""
    return new_term(address=figure.address, label=figure.row_label, value=figure.value)


def computed(
    printed: Figure, operands: list[Figure], exact: Decimal, said: str, *, holds: bool
) -> Finding:
    """A computed number beside the printed one."""
    hedge = context_of(printed).hedge
    said = f"{said} {'≈' if holds else '≠'} {hedge or ''}{printed.value}{printed.unit}"
    values = (exact, printed.value)
    return Finding(printed, operands, [], values, said, holds=holds, verifies=hedge is None)
