"""Numbers that are wider than their cell and run over its border.

Each of their digits would be taken for the cell in which it lies, so that 1234 in a narrow cell
became 123 there and a 4 before the number of the next one. A number is a run of digits that touch
each other, in the order of the file. It belongs to the cell that holds most of it, if that is
narrower than the number; else it is not known whose it is, and all cells that it touches are torn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from index.read.pdf_page import Char

TORN = "\ufffd"
"""Stands in the text of a cell that cannot be read."""
TOUCHING = 0.1
"""Gap between the digits of one number at most, in sizes of them."""
LEAST_WITHIN = 0.6
"""Share of a number's digits that lie in the cell it belongs to."""
EDGES = 4.0
"""Points of a cell's width at most that its text keeps free on both sides together."""
OUTSIDE = -1
"""In place of a cell: outside of the table."""
SIGNS = frozenset(".,%．，％")

Number: TypeAlias = list[Char]


def numbers_of(chars: Sequence[Char]) -> Iterator[Number]:
    """Runs of two or more digits that touch each other on one baseline."""
    run: Number = []
    for char in chars:
        digit = char.text.isdecimal() or char.text in SIGNS
        if run and not (digit and _touch(run[-1], char)):
            yield from [run] if len(run) > 1 else []
            run = []
        if digit:
            run.append(char)
    yield from [run] if len(run) > 1 else []


def _touch(a: Char, b: Char) -> bool:
    size = max(a.y1 - a.y0, b.y1 - b.y0)
    return not b.spaced and abs(a.base - b.base) < 1 and abs(b.x0 - a.x1) <= TOUCHING * size


def over_borders(
    chars: Sequence[Char], inside: Sequence[Char], spot: Callable[[Char], tuple[int, int]]
) -> Iterator[Number]:
    """The numbers whose digits lie in several places of a table, or partly outside of it."""
    held = set(inside)
    for number in numbers_of(chars):
        within = [char in held for char in number]
        if any(within) and (not all(within) or spot(number[0]) != spot(number[-1])):
            yield number


def home_of(number: Number, cells: Sequence[int], rooms: Sequence[float]) -> int | None:
    """The cell whose number it is, None where that is not sure.

    Args:
        number: its digits.
        cells: which cell each of them lies in.
        rooms: how wide each cell is.
    """
    home, inside = Counter(cells).most_common(1)[0]
    sure = home != OUTSIDE and inside >= LEAST_WITHIN * len(cells)
    return home if sure and number[-1].x1 - number[0].x0 > rooms[home] - EDGES else None
