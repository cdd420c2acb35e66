"""Digits that ran together: every cut that adds up is found, and no other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from index.cells.cutting import count_cuts, cut_sums


def every_cut(digits: str, count: int, breaks: set[int]) -> Iterator[tuple[tuple[int, int], ...]]:
    """All ways to cut digits into numbers without leading zeros, one by one."""
    inner = range(1, len(digits))
    for chosen in itertools.combinations(inner, count - 1):
        edges = (0, *chosen, len(digits))
        spans = tuple(itertools.pairwise(edges))
        plain = all(digits[a] != "0" or b - a == 1 for a, b in spans)
        if plain and not any(a < x < b for a, b in spans for x in breaks):
            yield spans


def adds_up(digits: str, cut: Sequence[tuple[int, int]], sizes: Sequence[int]) -> bool:
    values = [int(digits[a:b]) for a, b in cut]
    for size in sizes:
        *parts, total = values[:size]
        values = values[size:]
        if sum(parts) != total:
            return False
    return True


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, set[int], list[int]]:
    """Digits of one to three blocks, mostly ones that add up, with some of their breaks."""
    sizes = draw(st.sampled_from([[3], [4], [5], [2, 2], [3, 3], [2, 2, 2]]))
    numbers: list[int] = []
    for size in sizes:
        parts = draw(st.lists(st.sampled_from([0, 0, 1, 2, 9, 10, 13, 101]), min_size=size - 1,
                              max_size=size - 1))  # fmt: skip
        numbers += [*parts, sum(parts) + draw(st.sampled_from([0, 0, 0, 1]))]
    texts = [str(number) for number in numbers]
    ends = list(itertools.accumulate(map(len, texts)))
    apart = draw(st.sets(st.sampled_from(ends)))
    if draw(st.integers(0, 5)) == 0:  # a space within a number: no cut passes over it
        apart.add(draw(st.integers(0, ends[-1])))
    return "".join(texts), apart, sizes


@given(rows())
def test_every_cut_that_adds_up_is_found(row: tuple[str, set[int], list[int]]) -> None:
    digits, breaks, sizes = row
    possible = list(every_cut(digits, sum(sizes), breaks))
    possible = possible or list(every_cut(digits, sum(sizes), set()))
    expected = {cut for cut in possible if adds_up(digits, cut, sizes)}
    found = list(cut_sums(digits, breaks, sizes))
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_a_long_row_is_cut_by_its_sum() -> None:
    row = [1656, 1364, 1242, 470, 1442, 1677, 7851]
    found = list(cut_sums("".join(map(str, row)), set(), [7]))
    digits = "".join(map(str, row))
    assert row in [[int(digits[a:b]) for a, b in cut] for cut in found]


@given(rows())
def test_cuts_are_counted_without_making_them(row: tuple[str, set[int], list[int]]) -> None:
    digits, breaks, sizes = row
    expected = len(list(every_cut(digits, sum(sizes), breaks)))
    assert count_cuts(digits, {*breaks, 0, len(digits)}, sum(sizes)) == expected
