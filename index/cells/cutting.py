"""Ways to cut digits that ran together into numbers whose last one is the sum of the others.

Cutting first and adding up afterwards would try hundreds of thousands of ways for a city's row.
Here the total is taken first: no part is larger than what is left of it, so many parts cannot
have more digits than it allows, and over a multiple of nine it leaves the same as all their digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from index.report import Span

NINE = 9
Edges = tuple[Span, ...]
"""Where each number begins and ends."""


def cut_sums(digits: str, breaks: set[int], sizes: Sequence[int]) -> Iterator[Edges]:
    """Every way to cut digits into blocks of numbers, each ending in the sum of its others.

    No number begins with 0 except 0 itself, and none passes over a break where the digits can be
    cut so at all; else breaks are disregarded.

    Args:
        digits: of a row, what stood between them left out.
        breaks: offsets at which something stood between them.
        sizes: numbers of each block, its total counted.
    """
    edges = {*breaks, 0, len(digits)}
    if count_cuts(digits, edges, sum(sizes)) == 0:
        edges = {0, len(digits)}
    yield from _Cutter(digits, edges).blocks(0, tuple(sizes))


def count_cuts(digits: str, breaks: set[int], count: int) -> int:
    """How many ways there are to cut digits into numbers, sums aside."""
    edges = {*breaks, len(digits)}
    ends = [  # of the longest number that begins here
        at + 1 if digit == "0" else min(edge for edge in edges if edge > at)
        for at, digit in enumerate(digits)
    ]
    ways = [1] + [0] * len(digits)  # ways to cut the digits up to here into none, one, … numbers
    for _ in range(count):
        more = [0] * (len(ways) + 1)  # than at the place before
        for start, before in enumerate(ways[:-1]):
            more[start + 1] += before
            more[ends[start] + 1] -= before
        ways = list(accumulate(more[:-1]))
    return ways[-1]


class _Cutter:
    """The cuts of one row; what has been cut is kept."""

    def __init__(self, digits: str, edges: set[int]) -> None:
        self.digits = digits
        self.limit = [min(e for e in edges if e > at) for at in range(len(digits))]
        self.sums = list(accumulate(map(int, digits), initial=0))
        """Of the digits before each place."""
        self.known: dict[tuple[int, int, int], list[Edges]] = {}

    def blocks(self, start: int, sizes: tuple[int, ...]) -> Iterator[Edges]:
        """Ways to cut all that follows into blocks of these sizes."""
        if not sizes:
            if start == len(self.digits):
                yield ()
            return
        last = len(self.digits) - sum(sizes[1:])
        first = last if len(sizes) == 1 else start + sizes[0]
        for end in range(first, last + 1):
            for own in self.block(start, end, sizes[0]):
                yield from (own + rest for rest in self.blocks(end, sizes[1:]))

    def block(self, start: int, end: int, count: int) -> list[Edges]:
        """Ways to cut these digits into numbers of which the last is the sum of the others."""
        found = self.known.get((start, end, count))
        if found is None:
            found = [
                (*parts, (at, end))
                for at in range(start + count - 1, end)
                if self.limit[at] >= end and (self.digits[at] != "0" or end - at == 1)
                if self.may_add_up(start, at, end)
                for parts in self.parts(start, at, count - 1, int(self.digits[at:end]))
            ]
            self.known[start, end, count] = found
        return found

    def may_add_up(self, start: int, at: int, end: int) -> bool:
        """Whether numbers cut from the digits before a place may add up to the number after it.

        However they are cut, they leave the same over a multiple of nine as their digits do.
        """
        return (2 * self.sums[at] - self.sums[start] - self.sums[end]) % NINE == 0

    def parts(self, start: int, end: int, count: int, total: int) -> Iterator[Edges]:
        """Ways to cut these digits into numbers that add up to a total."""
        if count == 0:
            if start == end and total == 0:
                yield ()
            return
        if count == 1:
            if self.digits[start:end] == str(total) and self.limit[start] >= end:
                yield ((start, end),)
            return
        widest = len(str(total))
        spare = end - start - count  # digits beyond one for each number
        if not 0 <= spare <= count * (widest - 1) or total > 10 ** (spare + 1) + 9 * count:
            return  # fewer digits than numbers, or a sum that so many of them cannot have
        longest = 1 if self.digits[start] == "0" else min(widest, spare + 1)
        for stop in range(start + 1, min(start + longest, self.limit[start]) + 1):
            value = int(self.digits[start:stop])
            if value > total:
                return
            for rest in self.parts(stop, end, count - 1, total - value):
                yield ((start, stop), *rest)
