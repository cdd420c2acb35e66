"""Cells whose digits ran together: ``15130000154`` is 151, 3, 0, 0, 0, 0, 154.

Every way to cut the digits into the form's columns is considered: no number begins with a zero
except 0 itself, the last is the sum of the others (T3-ROW, T4-SUM), the columns add up (T3-SUM)
and balance (T3-BAL). A value is forced only where all ways agree; the rest stays open. Table two
has no sums: see `index.cells.signs`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from index.amounts import Amount
from index.cells.cell import Cell, open_cell, read_cell
from index.cells.cutting import count_cuts, cut_sums
from index.cells.sums import Vector, solve_balance, solve_sums
from index.report import Span
from index.tables.rows import Slot

LONGEST_RUN, LONGEST_ROW = 30, 60
"""Digits of a row of table two, and of tables three and four; a longer run is no row of counts."""
MOST_CUTS = 20_000
"""Ways to cut one row so that it adds up that are looked at before it is left open."""
FEW_WAYS = 10
"""Ways to cut a row at all up to which its own sum is enough to know it by. Of more, every 25th
misprinted row could be cut so that it adds up, and no other sum would tell."""
MOST_WAYS = 20_000
"""Ways to cut the row of table four at all. Of more, one may add up by chance where the right one
does not, because the report breaks a sum; table three has sums across its rows that tell."""


@dataclass(frozen=True)
class Cut:
    """One way to cut a row: its values and their places in the source."""

    values: Vector
    spans: tuple[Span, ...]


def place_runs(
    slots: Mapping[str, Sequence[Slot]],
    columns: int,
    summands: Sequence[str],
    results: str,
    balance: tuple[Sequence[str], Sequence[str]],
) -> dict[str, list[Cell]]:
    """Cells of table three where rows ran together; arguments as in `index.cells.placing`."""
    cuts = {key: _cut_row(cells, columns) for key, cells in slots.items()}
    known = {key: [c.values[:-1] for c in found] for key, found in cuts.items() if found}
    printed = [k for k in summands if k in slots]
    kept, tested, broken = _narrowed(known, printed, summands, results, balance)
    placed = {
        key: _cells(slots[key], [c for c in found if c.values[:-1] in kept[key]], columns)
        if (found := cuts[key])
        else [open_cell() for _ in range(columns)]
        for key in slots
    }
    for rows in broken:
        _doubt(placed, rows, columns)
    for key in placed.keys() - {row for rows in (*tested, *broken) for row in rows}:
        if _ways(slots[key], columns) > FEW_WAYS:
            placed[key] = [_opened(cell) for cell in placed[key]]
    return placed


def _narrowed(
    known: dict[str, list[Vector]],
    printed: Sequence[str],
    summands: Sequence[str],
    results: str,
    balance: tuple[Sequence[str], Sequence[str]],
) -> tuple[dict[str, list[Vector]], list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Readings that satisfy the sums, and the rows of sums that some readings satisfy, or none."""
    complete = (
        len(printed) == len(summands) and results in known and all(k in known for k in printed)
    )
    kept = known
    tested: list[tuple[str, ...]] = []
    broken: list[tuple[str, ...]] = []
    if complete:
        sums = solve_sums(known, printed, results)
        kept = known | (sums or {})
        (tested if sums else broken).append((*printed, results))
    rows = (*balance[0], *balance[1])
    balanced = solve_balance(kept, balance)
    if balanced is None:
        return kept, tested, [*broken, rows]
    if all(row in known for row in rows):
        tested.append(rows)
    if complete and len(balanced[results]) < len(kept[results]):
        balanced = balanced | (solve_sums(balanced, printed, results) or {})
    return balanced, tested, broken


def _doubt(placed: dict[str, list[Cell]], rows: Sequence[str], columns: int) -> None:
    """Open what a sum that no reading satisfies cannot be tested on.

    One of its rows is misprinted, so that it may have been cut where only its misprint adds up.
    In a column that is read in all these rows the check fails and says so; in another one
    nothing would.
    """
    for column in range(columns):
        cells = [placed[key][column] for key in rows]
        if any(cell.state == "open" for cell in cells):
            for key, cell in zip(rows, cells, strict=True):
                placed[key][column] = _opened(cell)


def _opened(cell: Cell) -> Cell:
    """A cell whose value is only what it may be."""
    return open_cell([cell.value]) if cell.value is not None else cell


def _cut_row(slots: Sequence[Slot], columns: int) -> list[Cut]:
    """Ways to cut a row whose last value is the sum of the others; empty: none, or too many."""
    return _cuts(slots, (columns,))


def _cuts(slots: Sequence[Slot], sizes: Sequence[int]) -> list[Cut]:
    """Ways to cut a row into blocks that end in their sums; empty: none, or too many."""
    texts = [s.text for s in slots]
    digits = "".join(texts)
    if not all(t.isdigit() and t.isascii() for t in texts) or len(digits) > LONGEST_ROW:
        return []
    places = [s.span[0] + i for s in slots for i in range(len(s.text))]
    breaks = set(accumulate(map(len, texts), initial=0))
    found = list(islice(cut_sums(digits, breaks, sizes), MOST_CUTS))
    return [_cut(digits, places, edges) for edges in found] if len(found) < MOST_CUTS else []


def _cut(digits: str, places: Sequence[int], edges: Sequence[Span]) -> Cut:
    values = tuple(int(digits[a:b]) for a, b in edges)
    return Cut(values, tuple((places[a], places[b - 1] + 1) for a, b in edges))


def _cells(slots: Sequence[Slot], cuts: Sequence[Cut], columns: int) -> list[Cell]:
    """Cells on which all remaining cuts agree, the others open."""
    if not cuts:
        return [open_cell() for _ in range(columns)]
    forced = ("T3-ROW", "T3-SUM")
    return [_agreed(slots, cuts, column, forced) for column in range(columns)]


def _agreed(
    slots: Sequence[Slot], cuts: Sequence[Cut], column: int, forced: tuple[str, ...]
) -> Cell:
    values = {cut.values[column] for cut in cuts}
    if len(values) > 1:
        return open_cell(sorted(values))
    value = values.pop()
    spans = {cut.spans[column] for cut in cuts}
    if len(spans) > 1:  # the same value from different digits: the whole run is its place
        return open_cell([value])
    span = spans.pop()
    return Cell("read", value, part_of(slots, value, span), forced=forced)


def part_of(slots: Sequence[Slot], value: int, span: Span) -> Slot:
    """The printed digits of one value as a cell of their own."""
    home = next(s for s in slots if s.span[0] <= span[0] < s.span[1])
    text = home.text[span[0] - home.span[0] : span[1] - home.span[0]]
    return Slot(text, Amount(value), span, home.page, None, run=True)


def _ways(slots: Sequence[Slot], count: int) -> int:
    """Ways to cut a row of digits, sums aside."""
    texts = [s.text for s in slots]
    return count_cuts("".join(texts), set(accumulate(map(len, texts))), count)


def place_run_disputes(slots: Sequence[Slot], blocks: int, outcomes: int) -> list[Cell]:
    """Cells of table four where its row ran together, cut by the sums of its blocks."""
    width = blocks * outcomes
    if len(slots) == width and all(len(s.text) == 1 or s.text[0] != "0" for s in slots):
        return [read_cell(s) for s in slots]
    cuts = _cuts(slots, (outcomes,) * blocks)
    if not cuts or _ways(slots, width) > MOST_WAYS:
        return [open_cell() for _ in range(width)]
    return [_agreed(slots, cuts, column, ("T4-SUM",)) for column in range(width)]
