"""Placements that add up: the very ones that trying all of them finds, and no other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cells import sums
from index.cells.sums import LARGEST, Vector, solve_sums

RESULTS = "results"
COUNTS = [0, 0, 1, 2, 3, 10, LARGEST - 1]


def every_sum(loose: Mapping[str, list[Vector]]) -> dict[str, list[Vector]] | None:
    """What all placements of all rows leave of each row, one by one."""
    kept: dict[str, set[Vector]] = {key: set() for key in loose}
    rows = [loose[key] for key in loose if key != RESULTS]
    for chosen in itertools.product(*rows):
        total = tuple(map(sum, zip(*chosen, strict=True)))
        if total in loose[RESULTS]:
            for key, option in zip(kept, (*chosen, total), strict=True):
                kept[key].add(option)
    return {k: sorted(v) for k, v in kept.items()} if kept[RESULTS] else None


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[Vector]]:
    """A few rows with a few placements each; most add up to a placement of the results."""
    width = draw(st.integers(1, 3))
    vector = st.tuples(*[st.sampled_from(COUNTS)] * width)
    count = draw(st.integers(1, 5))
    rows = [draw(st.lists(vector, min_size=1, max_size=4, unique=True)) for _ in range(count)]
    true = tuple(map(sum, zip(*map(draw, map(st.sampled_from, rows)), strict=True)))
    results = draw(st.lists(vector, max_size=2, unique=True))
    if draw(st.integers(0, 4)) or not results:
        results = [*{*results, true}]
    return {f"r{number}": row for number, row in enumerate(rows)} | {RESULTS: results}


@given(tables())
def test_the_placements_that_add_up_are_kept(loose: dict[str, list[Vector]]) -> None:
    keys = [key for key in loose if key != RESULTS]
    assert solve_sums(loose, keys, RESULTS) == every_sum(loose)


@given(tables())
def test_columns_too_large_to_be_looked_at_alone_change_nothing(
    loose: dict[str, list[Vector]],
) -> None:
    keys = [key for key in loose if key != RESULTS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "MOST_BITS", 2)
        assert solve_sums(loose, keys, RESULTS) == every_sum(loose)


def test_a_table_with_too_many_sums_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Vector] = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    loose: dict[str, list[Vector]] = {f"r{number}": rows for number in range(6)}
    loose[RESULTS] = [(2, 2, 2)]
    keys = [key for key in loose if key != RESULTS]
    assert solve_sums(loose, keys, RESULTS) is not None
    monkeypatch.setattr(sums, "MOST_STATES", 3)
    assert solve_sums(loose, keys, RESULTS) is None
