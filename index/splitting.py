"""Cells whose digits ran together: ``15130000154`` is 151, 3, 0, 0, 0, 0, 154.

Every way to cut the digits into the form's columns is considered: no number begins with a zero
except 0 itself, the last is the sum of the others (T3-ROW, T4-SUM), the columns add up (T3-SUM)
and balance (T3-BAL). A value is forced only where all ways agree; the rest stays open. Table two
has no sums: see `index.signs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.amounts import Amount
from index.cells import Cell, open_cell, read_cell
from index.report import Span
from index.rows import Slot
from index.sums import Vector, solve_balance, solve_sums

LONGEST_RUN = 30
"""Digits of a row; a longer run is no row of counts."""
MOST_CUTS = 20_000
"""Ways to cut one row that are looked at before it is left open."""


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
    """Cells of table three where rows ran together; arguments as in `index.placing`."""
    cuts = {key: _cut_row(cells, columns) for key, cells in slots.items()}
    known = {key: [c.values[:-1] for c in found] for key, found in cuts.items() if found}
    printed = [k for k in summands if k in slots]
    kept, broken = _narrowed(known, printed, summands, results, balance)
    placed = {
        key: _cells(slots[key], [c for c in found if c.values[:-1] in kept[key]], columns)
        if (found := cuts[key])
        else [open_cell() for _ in range(columns)]
        for key in slots
    }
    for rows in broken:
        _doubt(placed, rows, columns)
    return placed


def _narrowed(
    known: dict[str, list[Vector]],
    printed: Sequence[str],
    summands: Sequence[str],
    results: str,
    balance: tuple[Sequence[str], Sequence[str]],
) -> tuple[dict[str, list[Vector]], list[tuple[str, ...]]]:
    """Readings that satisfy the sums, and the rows of each sum that no reading satisfies."""
    complete = (
        len(printed) == len(summands) and results in known and all(k in known for k in printed)
    )
    kept, broken = known, []
    if complete:
        sums = solve_sums(known, printed, results)
        kept = known | (sums or {})
        broken += [] if sums else [(*printed, results)]
    balanced = solve_balance(kept, balance)
    if balanced is None:
        return kept, [*broken, (*balance[0], *balance[1])]
    if complete and len(balanced[results]) < len(kept[results]):
        balanced = balanced | (solve_sums(balanced, printed, results) or {})
    return balanced, broken


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
                value = [] if cell.value is None else [cell.value]
                placed[key][column] = cell if cell.state == "open" else open_cell(value)


def _cut_row(slots: Sequence[Slot], columns: int) -> list[Cut]:
    """Ways to cut a row whose last value is the sum of the others; empty: none, or too many."""
    found = [cut for cut in cut_digits(slots, columns) if sum(cut.values[:-1]) == cut.values[-1]]
    return found if len(found) < MOST_CUTS else []


def cut_digits(slots: Sequence[Slot], count: int) -> Iterator[Cut]:
    """Every way to cut the printed digits into ``count`` numbers, in order.

    A space ends a number where the row can be cut so; else digits on both sides of it may
    belong together. Nothing is cut where anything but digits is printed.
    """
    texts = [s.text for s in slots]
    if not all(t.isdigit() and t.isascii() for t in texts) or len("".join(texts)) > LONGEST_RUN:
        return
    places = [s.span[0] + i for s in slots for i in range(len(s.text))]
    breaks = {0}
    for text in texts:
        breaks.add(max(breaks) + len(text))
    digits = "".join(texts)
    for strict in (True, False):
        produced = False
        for edges in _edges(digits, count, breaks if strict else {0, len(digits)}):
            produced = True
            values = tuple(int(digits[a:b]) for a, b in edges)
            yield Cut(values, tuple((places[a], places[b - 1] + 1) for a, b in edges))
        if produced:
            return


def _edges(digits: str, count: int, breaks: set[int], start: int = 0) -> Iterator[tuple[Span, ...]]:
    """Ways to cut ``digits[start:]`` into ``count`` numbers that pass over no break."""
    if count == 0:
        if start == len(digits):
            yield ()
        return
    if len(digits) - start < count:
        return
    limit = min(b for b in [*breaks, len(digits)] if b > start)
    last = start + 1 if digits[start] == "0" else limit
    for end in range(start + 1, min(last, limit) + 1):
        for rest in _edges(digits, count - 1, breaks, end):
            yield ((start, end), *rest)


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


def place_run_disputes(slots: Sequence[Slot], blocks: int, outcomes: int) -> list[Cell]:
    """Cells of table four where its row ran together, cut by the sums of its blocks."""
    width = blocks * outcomes
    if len(slots) == width and all(len(s.text) == 1 or s.text[0] != "0" for s in slots):
        return [read_cell(s) for s in slots]
    cuts = []
    for number, cut in enumerate(cut_digits(slots, width)):
        if number > MOST_CUTS:
            return [open_cell() for _ in range(width)]
        parts = [cut.values[i : i + outcomes] for i in range(0, width, outcomes)]
        if all(sum(part[:-1]) == part[-1] for part in parts):
            cuts.append(cut)
    if not cuts:
        return [open_cell() for _ in range(width)]
    return [_agreed(slots, cuts, column, ("T4-SUM",)) for column in range(width)]
