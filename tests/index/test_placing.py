"""Dropped blanks: what is placed is the same in every placement that the identities allow.

The placements are enumerated here one by one, without the solver's reachable sums.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping

import pytest

from index.cells.disputes import place_disputes
from index.cells.placing import Cell, place_requests
from tests.index.helpers import (
    T3_COLUMNS,
    balanced,
    checks,
    figures,
    padded,
    row_of,
    seeded,
    table_four,
    table_three,
    tables,
)

WIDTH = 3
"""Applicant columns of the small tables; the total is one more."""
SUMMANDS = ("granted", "partial", "denied")
BALANCE = (("new", "carried_in"), ("results", "carried_out"))
KEYS = (*SUMMANDS, "results", "new", "carried_in", "carried_out")
Table = dict[str, list[int]]


def true_table(rng: random.Random, *, without_persons: bool) -> Table:
    """Random parts of the seven rows (no totals) in which all identities hold."""
    while True:
        table = {
            key: [rng.choice([0, 0, 0, 1, 1, 2, 3, 5]) for _ in range(WIDTH)] for key in SUMMANDS
        }
        for key in ("carried_in", "carried_out"):
            table[key] = [rng.choice([0, 0, 1, 2]) for _ in range(WIDTH)]
        if without_persons:
            for row in table.values():
                row[0] = 0
        table["results"] = [sum(table[k][c] for k in SUMMANDS) for c in range(WIDTH)]
        table["new"] = [
            table["results"][c] + table["carried_out"][c] - table["carried_in"][c]
            for c in range(WIDTH)
        ]
        carried = [table[key] for key in ("new", "carried_in", "carried_out")]
        if min(table["new"]) >= 0 and all(any(row) for row in carried):
            return table


def printed(table: Table, rng: random.Random, share_full: float = 0.15) -> Table:
    """The rows as printed: zeros dropped, some rows in full, the total last."""
    rows = {}
    for key, parts in table.items():
        full = rng.random() < share_full
        kept = parts if full else [v for v in parts if v]
        rows[key] = [*kept, sum(parts)] if kept else []
    return rows


def place(rows: Mapping[str, list[int]]) -> dict[str, list[Cell]]:
    raw = {key: row_of(" ".join(map(str, values)), key) for key, values in rows.items()}
    return place_requests(raw, WIDTH + 1, SUMMANDS, "results", BALANCE)


def row_placements(values: list[int]) -> set[tuple[int, ...]]:
    if len(values) == WIDTH + 1:
        return {tuple(values[:-1])}
    parts = values[:-1]
    found = set()
    for chosen in itertools.combinations(range(WIDTH), len(parts)):
        spots = dict(zip(chosen, parts, strict=True))
        found.add(tuple(spots.get(c, 0) for c in range(WIDTH)))
    return found


def all_placements(rows: Mapping[str, list[int]]) -> list[dict[str, tuple[int, ...]]]:
    """Every placement that adds up; of these, those that balance if any does."""
    options = {key: row_placements(values) for key, values in rows.items()}

    def adds_up(*choice: tuple[int, ...]) -> bool:
        *parts, total = choice
        return all(sum(p[c] for p in parts) == total[c] for c in range(WIDTH))

    def balances(found: Mapping[str, tuple[int, ...]]) -> bool:
        left, right = ([sum(found[k][c] for k in side) for c in range(WIDTH)] for side in BALANCE)
        return left == right

    def every() -> Iterator[dict[str, tuple[int, ...]]]:
        outcomes = (*SUMMANDS, "results")
        rest = ("new", "carried_in", "carried_out")
        for choice in itertools.product(*(options[k] for k in outcomes)):
            if adds_up(*choice):
                for other in itertools.product(*(options[k] for k in rest)):
                    yield dict(zip((*outcomes, *rest), (*choice, *other), strict=True))

    found = list(every())
    return [f for f in found if balances(f)] or found


def possible_values(rows: Mapping[str, list[int]]) -> dict[str, list[list[int]]]:
    found = all_placements(rows)
    return {key: [sorted({f[key][c] for f in found}) for c in range(WIDTH)] for key in KEYS}


def agree(cells: Mapping[str, list[Cell]], possible: Mapping[str, list[list[int]]]) -> int:
    """Forced cells are those with one possible value, open ones list theirs; counts the forced."""
    forced = 0
    for key in KEYS:
        for cell, values in zip(cells[key], possible[key], strict=False):
            if cell.state == "open":
                assert list(cell.candidates) == values
                assert len(values) > 1
            else:
                assert values == [cell.value]
                forced += bool(cell.forced)
    return forced


@pytest.mark.parametrize("without_persons", [False, True])
def test_forced_is_what_all_placements_share(without_persons: bool) -> None:
    forced = 0
    for seed in range(400):
        rng = seeded(seed)
        table = true_table(rng, without_persons=without_persons)
        if max(sum(value > 0 for value in row) for row in table.values()) < 2:
            continue  # no row shows that totals are printed
        rows = printed(table, rng)
        forced += agree(place(rows), possible_values(rows))
    assert forced > 3_000


def test_nothing_that_is_placed_is_wrong_in_any_table() -> None:
    placed = 0
    for seed in range(1_500):
        rng = seeded(seed)
        table = true_table(rng, without_persons=seed % 3 == 0)
        cells = place(printed(table, rng))
        for key in KEYS:
            for cell, truth in zip(cells[key], [*table[key], sum(table[key])], strict=True):
                if cell.state != "open":
                    placed += 1
                    assert cell.value == truth, (seed, key)
    assert placed > 25_000


@pytest.mark.parametrize("dropped", ["every total", "one total"])
def test_a_total_that_was_dropped_too_is_never_guessed(dropped: str) -> None:
    for seed in range(800):
        rng = seeded(seed)
        table = true_table(rng, without_persons=seed % 3 == 0)
        rows = printed(table, rng, 0)
        lost = KEYS if dropped == "every total" else [rng.choice(KEYS)]
        rows |= {key: rows[key][:-1] for key in lost}
        cells = place(rows)
        totals = {}
        for key in KEYS:
            *parts, total = cells[key]
            totals[key] = total.value
            for cell, truth in zip(parts, table[key], strict=True):
                if cell.state != "open":
                    assert cell.value == truth, (seed, key, lost)
        wrong = [k for k, v in totals.items() if v is not None and v != sum(table[k])]
        # "2 2" without its 4 reads as a value and its total: then the sums must tell.
        assert not wrong or breaks(totals), (seed, lost)


def breaks(totals: Mapping[str, object]) -> bool:
    known = {key: value or 0 for key, value in totals.items()}
    left, right = ([known[k] for k in side] for side in BALANCE)
    return sum(left) != sum(right) or known["results"] != sum(known[k] for k in SUMMANDS)


def rows_of(**rows: str) -> Table:
    base = {"granted": "3 2 5", "partial": "2 2", "denied": "", "results": "5 2 7"}
    base |= {"new": "4 2 6", "carried_in": "2 2", "carried_out": "1 1"}
    return {key: [int(v) for v in values.split()] for key, values in (base | rows).items()}


def values_of(cells: list[Cell]) -> list[object]:
    return ["?" if c.state == "open" else c.value for c in cells]


def test_a_row_without_values_is_zero_where_the_totals_leave_nothing_for_it() -> None:
    cells = place(rows_of())
    assert values_of(cells["denied"]) == [0, 0, 0, 0]
    assert {(c.state, c.forced[-1]) for c in cells["denied"]} == {("blank", "T3-SUM")}
    assert all(c.slot is None for c in cells["denied"])


def test_a_row_without_values_is_open_where_something_is_left() -> None:
    cells = place(rows_of(results="5 3 8"))
    assert [c.state for c in cells["denied"]] == ["open", "open", "open", "blank"]
    assert cells["denied"][-1].value is None


def test_a_broken_balance_decides_nothing() -> None:
    rows = rows_of(new="9 2 11")
    cells = place(rows)
    agree(cells, possible_values(rows))
    assert values_of(cells["new"]) == ["?", "?", "?", 11]
    assert values_of(cells["carried_out"]) == ["?", "?", "?", 1]
    healthy = place(rows_of(new="4 2 6"))
    agree(healthy, possible_values(rows_of(new="4 2 6")))


def test_sums_that_no_placement_meets_decide_nothing() -> None:
    cells = place(rows_of(results="6 1 7"))
    for key in ("granted", "partial", "denied", "results"):
        assert [c.state for c in cells[key][:-1]] == ["open"] * WIDTH
    assert cells["granted"][-1].value == 5


PAIRS = {"granted": "3 3", "partial": "2 2", "denied": "", "results": "5 5"}


def test_rows_of_a_value_and_its_double_prove_totals_only_together() -> None:
    few = {"new": "5 5", "carried_in": "2 2", "carried_out": "2 2"}
    witnessed = place(rows_of(**PAIRS, **few))
    assert [c.state for c in witnessed["granted"]][-1] == "read"
    two = {"granted": "5 5", "partial": "", "denied": "", "results": "5 5"}
    unsure = place(rows_of(**two, **few))
    assert {c.state for row in unsure.values() for c in row} == {"open"}
    assert unsure["granted"][0].candidates == (0, 5)


def test_a_row_that_does_not_end_in_its_sum_opens_all_short_rows() -> None:
    cells = place(rows_of(carried_in="2 3"))
    assert {c.state for row in cells.values() for c in row} == {"open"}


def test_a_row_with_a_cell_too_many_opens_all_short_rows() -> None:
    cells = place(rows_of(carried_in="1 0 1 2 2"))
    assert {c.state for row in cells.values() for c in row} == {"open"}


def test_full_rows_stand_whatever_the_short_ones_say() -> None:
    cells = place(rows_of(carried_in="2 3", granted="3 2 0 5"))
    assert values_of(cells["granted"]) == [3, 2, 0, 5]
    assert [c.forced for c in cells["granted"]] == [()] * 4


def test_equal_values_get_their_own_printed_cells() -> None:
    row = place(rows_of(granted="1 1 2", partial="3 3", results="3 1 1 5", new="2 1 1 4"))
    assert values_of(row["granted"]) == [0, 1, 1, 2]
    spans = [c.slot.span for c in row["granted"][1:] if c.slot is not None]
    assert spans == [(0, 1), (10, 11), (20, 21)]


@pytest.mark.parametrize("printed_cells", ["1 1", "2 1 3 1 1", "5", "1 2 3", "0 0", "3 4 5 6"])
def test_a_short_table_four_is_open_with_what_may_stand_there(printed_cells: str) -> None:
    values = [int(v) for v in printed_cells.split()]
    possible: list[set[int]] = [set() for _ in range(9)]
    for chosen in itertools.combinations(range(9), len(values)):
        spots = dict(zip(chosen, values, strict=True))
        blocks = [[spots.get(c + i, 0) for i in range(3)] for c in (0, 3, 6)]
        if all(t not in spots or blocks[t // 3][2] == sum(blocks[t // 3][:2]) for t in (2, 5, 8)):
            for column in range(9):
                possible[column].add(spots.get(column, 0))
    cells = place_disputes(row_of(printed_cells).slots, 3, 3)
    assert {c.state for c in cells} == {"open"}
    assert [list(c.candidates) for c in cells] == [sorted(p) for p in possible]


def test_table_four_with_all_its_cells_is_read_in_place() -> None:
    cells = place_disputes(row_of("1 2 0 0 3 / / / / / 1 0 0 0 1").slots, 3, 5)
    assert [c.value for c in cells] == [1, 2, 0, 0, 3, *[None] * 5, 1, 0, 0, 0, 1]
    assert [c.state for c in cells[5:10]] == ["blank"] * 5


def test_forced_figures_are_verified_and_open_ones_keep_their_candidates() -> None:
    short = {key: " ".join(v for v in row if v != "0").split() for key, row in balanced().items()}
    short |= {key: balanced()[key] for key in ("new", "result_total")}
    raw = tables(padded(table_three(short)) + "四、复议诉讼\n" + padded(table_four(["1", "1"])))
    read = figures(raw)
    zero = read["t3.partial.natural_person"]
    assert (zero.value, zero.status.value, zero.mark, zero.span) == (0, "verified", "blank", None)
    placed = [read[f"t3.denied_query.{column}"].value for column in T3_COLUMNS]
    assert placed == [2, 0, 0, 0, 0, 0, 2]
    assert read["t3.denied_query.natural_person"].printed == "2"
    assert read["t3.carried_in.commercial_enterprise"].value == 0
    opened = read["t3.carried_in.natural_person"]
    assert (opened.status.value, opened.value, opened.candidates) == ("ambiguous", None, (0, 1))
    assert checks(raw)["T3-BAL@total"].outcome == "holds"
    assert checks(raw)["T3-BAL@natural_person"].outcome == "not_evaluable"
    assert {f.status.value for f in read.values() if f.table == "t4"} == {"ambiguous"}


def test_what_no_sum_proves_is_open_in_a_list_of_which_a_block_fails() -> None:
    """``4 0 5 0 0 9`` lost a zero, ``1 3`` was 13: as many cells as there should be, each moved."""
    listed = ["2", "0", "2", "4", "5", "0", "9", "/", "0"]
    cells = place_disputes(row_of(" ".join(listed)).slots, 3, 3)
    assert [c.value for c in cells] == [2, 0, 2, 4, 5, 0, None, None, None]
    assert [c.state for c in cells[6:]] == ["open", "blank", "open"]
    whole = place_disputes(row_of("2 0 2 4 5 9 9 / 0").slots, 3, 3)
    assert [c.value for c in whole] == [2, 0, 2, 4, 5, 9, 9, None, 0]
