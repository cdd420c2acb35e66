"""Annexed tables with up to three random damages: fewer values are read, never a wrong one."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.index.annexed import (
    Surface,
    drawn,
    flattened,
    html,
    one_cell_a_line,
    one_row_a_line,
    pipes,
    read,
    rows_of,
    table,
    tabs,
    trusted,
    without_unit,
    wrong,
)
from tests.index.helpers import seeded

Grid = list[list[str]]


def lose_cell(grid: Grid, row: int, rng: random.Random) -> None:
    del grid[row][rng.randrange(len(grid[row]))]


def lose_row(grid: Grid, row: int, rng: random.Random) -> None:
    del grid[row]


def lose_value(grid: Grid, row: int, rng: random.Random) -> None:
    grid[row][-1] = ""


def cut_label(grid: Grid, row: int, rng: random.Random) -> None:
    grid[row][0] = grid[row][0][: rng.randrange(3, 3 + len(grid[row][0]))]


def print_twice(grid: Grid, row: int, rng: random.Random) -> None:
    grid.insert(row, list(grid[row]))


def join_cells(grid: Grid, row: int, rng: random.Random) -> None:
    grid[row][:2] = ["".join(grid[row][:2])]


def stray_number(grid: Grid, row: int, rng: random.Random) -> None:
    grid.insert(row, [str(rng.randrange(1, 9))])


Damage = Callable[[Grid, int, random.Random], None]
DAMAGES: tuple[Damage, ...] = (
    lose_cell, lose_row, lose_value, cut_label, print_twice, join_cells, stray_number,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "surface",
    [one_cell_a_line, one_row_a_line, flattened, pipes, tabs, html],
    ids=lambda s: s.__name__,
)
def test_no_damage_makes_a_wrong_value(surface: Surface) -> None:
    stated = known = 0
    for seed in range(60):
        rng = seeded(seed)
        values = drawn(seed, small=seed % 2 == 0)
        rows = rows_of(values)
        grid = table(without_unit(rows) if seed % 5 == 0 else rows)
        done = []
        for _ in range(rng.randrange(1, 4)):
            damage = rng.choice(DAMAGES)
            if damage is stray_number and (surface is flattened or lose_value in done):
                continue  # then nothing in the text tells it from a value
            if damage is lose_value and stray_number in done:
                continue
            row = rng.randrange(1, len(grid) - 1)
            if grid[row]:
                damage(grid, row, rng)
                done.append(damage)
        got = read(grid, surface)
        assert wrong(got, values) == {}, (seed, [d.__name__ for d in done])
        stated, known = stated + len(trusted(got)), known + len(values)
    assert stated / known > 0.9
