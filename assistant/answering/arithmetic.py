"""Exact numbers, and how they are shown.

Counts are whole numbers, money is decimal; a quotient is rounded once, to two decimals, for
showing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.answer import plain_number
from assistant.answering.cell import Cell
from index.report import Number

SIZES = {"亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4}
HUNDREDTH = Decimal("0.01")


def rounded(value: Decimal) -> Decimal:
    """A quotient as it is shown: to two decimals, a half upwards."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def size(value: Number) -> Number:
    """How large a change is, whichever way it goes."""
    return value if value >= 0 else -value


def in_short(value: Number, cells: Sequence[Cell]) -> str:
    """A number as people say it where the text prints its operands so: 34.6万; else ""."""
    printed = [c.report.text[slice(*f.prose.whole)] for c in cells for f in c.figures if f.prose]
    sizes = [next((size for size in SIZES if size in text), None) for text in printed]
    if len(printed) < len(cells) or len(set(sizes)) != 1 or sizes[0] is None:
        return ""
    return f"{plain_number(Decimal(value) / SIZES[sizes[0]])}{sizes[0]}"
