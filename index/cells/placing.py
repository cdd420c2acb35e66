"""Which column a value belongs to, where the source dropped blank cells.

A row with all its cells needs no thought. A short row ``153 5 3 161`` says the order of its
values but not their columns. The printed identities decide: every way of placing the values
that satisfies them is considered, and a cell is *forced* only if all these ways agree. What
they leave open stays open, with its candidates. Nothing is assumed about which applicants a
body had: the natural-person column may be empty like any other.

That the last value of a short row is its 总计 is accepted for the table as a whole, not for a
row on its own: every row that carries values must end in the sum of the others, and enough of
them must do so by more than repeating a single value (`_totals_are_printed`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from index.cells.cell import Cell, open_cell, place_aligned
from index.cells.mending import place_odd_rows
from index.cells.splitting import place_runs
from index.cells.sums import LARGEST, Vector, solve_balance, solve_sums
from index.cells.wrapped import join_wrapped
from index.report import Number
from index.tables.rows import RawRow, Slot

DISTINCT_PAIRS = 3
"""Different values that rows of only two equal cells must show to count as value and total."""


def place_requests(
    rows: Mapping[str, RawRow],
    columns: int,
    summands: Sequence[str],
    results: str,
    balance: tuple[Sequence[str], Sequence[str]],
) -> dict[str, list[Cell]]:
    """Cells of table three by row key, ``columns`` of them each, the total last.

    ``summands`` are the rows that add up to ``results`` (T3-SUM); ``balance`` are the two
    sides of T3-BAL. Rows that are not printed are not in the result.
    """
    slots = {key: row.slots for key, row in rows.items()}
    if any(slot.run for cells in slots.values() for slot in cells):
        return place_runs(slots, columns, summands, results, balance)
    slots |= join_wrapped(slots, columns, summands, results, balance)
    padded = _padded(slots, columns)
    placed = {k: place_aligned(s) for k, s in slots.items() if len(s) == columns}
    if len(placed) == len(slots) and not padded:
        return placed
    mended = place_odd_rows(slots | padded, columns, summands, results, balance) if padded else {}
    if mended:
        return placed | mended
    filled = {key: cells for key, cells in padded.items() if _ends_in_sum(cells)}
    slots |= filled
    solver = _RequestSolver(slots, columns, summands, results, balance)
    cells = {
        key: placed[key] if len(s) == columns else solver.cells(key) for key, s in slots.items()
    }
    # The last value of a row that a grid filled up may be its total, or stand before a blank one.
    cells |= {key: [open_cell() for _ in range(columns)] for key in filled}
    if not solver.witnessed:
        cells |= place_odd_rows(slots, columns, summands, results, balance)
    return cells


def _padded(rows: Mapping[str, list[Slot]], columns: int) -> dict[str, list[Slot]]:
    """Rows up to their last printed cell, where a grid may have filled up what lost cells.

    Only in a table in which most rows print their total.
    """
    whole = {key: slots for key, slots in rows.items() if len(slots) == columns}
    if 2 * sum(not slots[-1].amount.blank for slots in whole.values()) <= len(whole):
        return {}
    result = {}
    for key, slots in whole.items():
        last = columns
        while last and slots[last - 1].grid is not None and slots[last - 1].text == "":
            last -= 1
        if last < columns and any(s.amount.value for s in slots):
            result[key] = slots[:last]
    return result


def _ends_in_sum(slots: Sequence[Slot]) -> bool:
    """Whether the last cell is the sum of the others, so that it is the row's total."""
    values = whole_values(slots, len(slots) + 1)
    return values is not None and len(values) > 1 and sum(values[:-1]) == values[-1]


class _RequestSolver:
    """All placements of the short rows of table three that the identities allow."""

    def __init__(
        self,
        slots: dict[str, list[Slot]],
        columns: int,
        summands: Sequence[str],
        results: str,
        balance: tuple[Sequence[str], Sequence[str]],
    ) -> None:
        self.slots, self.columns = slots, columns
        self.results, self.balance = results, balance
        self.summands = [key for key in summands if key in slots]
        self.complete = len(self.summands) == len(summands) and results in slots
        self.values = {key: whole_values(cells, columns) for key, cells in slots.items()}
        self.options: dict[str, list[Vector]] = {}
        self.witnessed = _totals_are_printed(list(self.values.values()), columns)
        self.solved = self.witnessed and all(v is not None for v in self.values.values())
        if self.solved:
            self.solved = self._solve()

    def cells(self, key: str) -> list[Cell]:
        """Cells of one short row, forced where all placements agree."""
        slots, values = self.slots[key], self.values[key]
        if len(slots) > self.columns or values is None or not self.witnessed:
            return [open_cell(self._loose(key)) for _ in range(self.columns)]
        if not values and key not in self.summands:
            return [Cell("blank") for _ in range(self.columns)]
        if not self.solved:
            return [
                *(open_cell((0, *values[:-1])) for _ in range(self.columns - 1)),
                self._total(key),
            ]
        options = self.options[key]
        forced = ("T3-ROW", "T3-SUM") if key in (*self.summands, self.results) else ("T3-ROW",)
        cells = [self._cell(key, [o[c] for o in options], forced) for c in range(self.columns - 1)]
        return [*_own_slots(cells, slots), self._total(key)]

    def _loose(self, key: str) -> list[Number]:
        values = [s.amount.value for s in self.slots[key] if s.amount.value is not None]
        return [0, *values] if values else []

    def _cell(self, key: str, possible: list[int], forced: tuple[str, ...]) -> Cell:
        if len(set(possible)) > 1:
            return open_cell(possible)
        printed = [s for s in self.slots[key] if s.amount.value == possible[0]]
        if possible[0] == 0 and not printed:
            return Cell("blank", 0, None, forced=forced)
        return Cell("read", possible[0], printed[0], forced=forced)

    def _total(self, key: str) -> Cell:
        values = self.values[key]
        if values:
            printed = [s for s in self.slots[key] if not s.amount.blank]
            return Cell("read", values[-1], printed[-1])
        proven = self.solved and key in self.summands
        return Cell("blank", 0, None, forced=("T3-SUM",)) if proven else Cell("blank")

    def _solve(self) -> bool:
        """Fill ``options`` with the parts (total left out) of every allowed placement."""
        width = self.columns - 1
        loose = {
            k: [tuple(v[:-1])]
            if v and len(v) == self.columns
            else list(_placements(v or [], width))
            for k, v in self.values.items()
        }
        if not self._blank_rows_are_zero():
            return False
        if self.complete:
            allowed = solve_sums(loose, self.summands, self.results)
            if allowed is None:
                return False
            loose |= allowed
        unknown = any(not self.values.get(key) for side in self.balance for key in side)
        self.options = (None if unknown else solve_balance(loose, self.balance)) or loose
        if self.complete and len(self.options[self.results]) < len(loose[self.results]):
            narrowed = solve_sums(
                {**loose, self.results: self.options[self.results]}, self.summands, self.results
            )
            if narrowed is None:
                return False
            self.options |= {k: v for k, v in narrowed.items() if k in self.summands}
        return True

    def _blank_rows_are_zero(self) -> bool:
        """Whether printed totals leave nothing for the rows without any value (T3-SUM)."""
        if not self.complete or not self.values[self.results]:
            return False
        totals = [v[-1] for k in self.summands if (v := self.values[k])]
        return sum(totals) == (self.values[self.results] or [0])[-1]


def _own_slots(cells: list[Cell], slots: Sequence[Slot]) -> list[Cell]:
    """Give equal values of one row each its own printed cell, in reading order."""
    taken: dict[Number, int] = {}
    wanted = Counter(c.value for c in cells if c.state == "read")
    result = []
    for cell in cells:
        same = [s for s in slots if s.amount.value == cell.value and cell.value is not None]
        if cell.state != "read" or cell.value is None:
            result.append(cell)
        elif wanted[cell.value] > len(same):  # more zeros than are printed: whose they are is open
            result.append(Cell("blank", cell.value, None, forced=cell.forced))
        else:
            number = taken.get(cell.value, 0)
            taken[cell.value] = number + 1
            result.append(cell._replace(slot=same[number]))
    return result


def whole_values(slots: Sequence[Slot], columns: int) -> list[int] | None:
    """Values of a row as whole numbers, None where a cell is unreadable, signed or decimal.

    Blanks count 0 in a row that prints all its cells and are left out of a short one.
    """
    amounts = [s.amount for s in slots]
    if len(slots) == columns:
        values = [0 if a.blank else a.value for a in amounts]
    else:
        values = [a.value for a in amounts if not a.blank]
    if all(isinstance(v, int) and 0 <= v < LARGEST for v in values):
        return [v for v in values if isinstance(v, int)]
    return None


def _totals_are_printed(rows: Sequence[list[int] | None], columns: int) -> bool:
    """Whether the table prints its totals, so that the last value of a short row is one.

    Every short row with values must end in the sum of the others. Any row that ends so with
    two or more parts witnesses it; rows of one value twice do so only together, by
    `DISTINCT_PAIRS`.
    """
    filled = [row for row in rows if row]
    if any(len(row) > columns for row in filled):
        return False
    adding = [row for row in filled if row[-1] == sum(row[:-1])]
    if any(len(row) < columns for row in filled if row not in adding):
        return False
    witnesses = sum(sum(value > 0 for value in row[:-1]) > 1 for row in adding)
    pairs = {row[-1] for row in adding if row[-1] > 0}
    return witnesses > 0 or len(pairs) >= DISTINCT_PAIRS


def _placements(values: list[int], width: int) -> Iterator[Vector]:
    """Every way to put the parts of a row (its last value is the total) into ``width`` columns."""
    parts = values[:-1]
    seen = set()
    for chosen in combinations(range(width), len(parts)):
        vector = [0] * width
        for column, value in zip(chosen, parts, strict=True):
            vector[column] = value
        if (option := tuple(vector)) not in seen:
            seen.add(option)
            yield option
