"""Numbers broken within their cell: joined where the sums of the table leave nothing else."""

from __future__ import annotations

import pytest

from index.report import TRUSTED
from tests.index.helpers import T3_COLUMNS, balanced, table_three
from tests.index.surfaces import GRIDS, Rows, head, read_on, row

CELLS = balanced(
    new="1245 38 0 1 0 0 1284",
    carried_in="27 0 0 0 0 0 27",
    granted="640 21 0 1 0 0 662",
    denied_query="103 4 0 0 0 0 107",
    unable_not_held="518 12 0 0 0 0 530",
    result_total="1261 37 0 1 0 0 1299",
    carried_out="11 1 0 0 0 0 12",
)


def broken(at: int = 2, least: int = 3) -> Rows:
    """All numbers of so many digits, broken after some of them."""
    return [
        [line[0], *(f"{c[:at]} {c[at:]}" if len(c) >= least else c for c in line[1:])]
        for line in table_three(CELLS)
    ]


@pytest.mark.parametrize("surface", GRIDS)
@pytest.mark.parametrize("at", [1, 2])
def test_broken_numbers_that_all_sums_settle(surface: str, at: int) -> None:
    got = read_on(surface, [*head(), *broken(at)])
    for key, cells in CELLS.items():
        assert row(got, key) == [int(cell) for cell in cells]
    assert got["t3.new.total"].status in TRUSTED
    assert got["t3.new.total"].printed == f"{'1284'[:at]} {'1284'[at:]}"


def test_a_broken_number_that_a_sum_contradicts_is_open() -> None:
    rows = [list(line) for line in broken()]
    rows[0][2] = "39"
    got = read_on("web", [*head(), *rows])
    assert row(got, "new")[0] == row(got, "new")[-1] == "?"
    assert not {f.address for f in got.values() if f.value == 1245}


def test_a_broken_number_of_which_a_part_fits_as_well_is_open() -> None:
    cells = balanced(
        new="12 0 0 0 0 0 12", carried_in="0 0 0 0 0 0 0", granted="12 0 0 0 0 0 12",
        denied_query="0 0 0 0 0 0 0", result_total="12 0 0 0 0 0 12", carried_out="0 0 0 0 0 0 0",
    )  # fmt: skip
    rows = [
        [line[0], *(c if c != "12" else "1 2" for c in line[1:])] for line in table_three(cells)
    ]
    got = read_on("web", [*head(), *rows])
    assert row(got, "new") == ["?", 0, 0, 0, 0, 0, "?"]


def test_a_stray_digit_beside_a_number_is_not_joined_to_it() -> None:
    rows = [list(line) for line in table_three(CELLS)]
    rows[0][1] = "1245 3"
    assert row(read_on("web", [*head(), *rows]), "new")[0] == "?"


def test_without_a_row_of_the_sums_broken_numbers_stay_open() -> None:
    rows = [line for line in broken() if "总计" not in line[0]]
    got = read_on("web", [*head(), *rows])
    assert {f.value for f in got.values() if " " in f.printed} == {None}
    assert len(T3_COLUMNS) == len(row(got, "new"))
