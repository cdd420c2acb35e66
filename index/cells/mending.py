"""Rows of table three with a cell too many or too few, where all other rows are whole.

A number split into two cells, two numbers in one cell, a page number among the cells, a lost
zero: every such fault of a row is considered, and the sums of the whole table decide (T3-ROW,
T3-SUM, T3-BAL). What more than one fault explains stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.amounts import Amount
from index.cells.cell import Cell, open_cell
from index.cells.sums import LARGEST, Vector, balanced, solve_sums
from index.report import Span
from index.tables.rows import Slot

MOST_ODD = 3
"""Rows with a cell too many or too few; a table with more has lost its blanks."""
FORCED = ("T3-ROW", "T3-SUM")


@dataclass(frozen=True)
class _Fault:
    """A row with a fault undone: its values and their places; None: a 0 that was lost."""

    values: Vector
    places: tuple[Span | None, ...]


def place_odd_rows(
    slots: Mapping[str, Sequence[Slot]],
    columns: int,
    summands: Sequence[str],
    results: str,
    balance: tuple[Sequence[str], Sequence[str]],
) -> dict[str, list[Cell]]:
    """Cells of the odd rows that the sums settle; arguments as in `index.cells.placing`.

    Empty where a sum does not hold, or cannot be told: then nothing is proven.
    """
    odd = {key: list(_undone(s, columns)) for key, s in slots.items() if len(s) != columns}
    whole = {key: _counts(s) for key, s in slots.items() if key not in odd}
    if not 0 < len(odd) <= MOST_ODD or None in whole.values() or not all(odd.values()):
        return {}
    if results not in slots or any(key not in slots for key in summands):
        return {}
    known = {key: [f.values[:-1] for f in faults] for key, faults in odd.items()}
    known |= {key: [v[:-1]] for key, v in whole.items() if v is not None}
    kept = _proven(known, summands, results, balance, set(odd))
    if kept is None:
        return {}
    return {
        key: _agreed(slots[key], [f for f in faults if f.values[:-1] in kept[key]])
        for key, faults in odd.items()
    }


def _proven(
    known: dict[str, list[Vector]],
    summands: Sequence[str],
    results: str,
    balance: tuple[Sequence[str], Sequence[str]],
    odd: set[str],
) -> dict[str, list[Vector]] | None:
    """Readings that satisfy the sums that cover the odd rows; None where none do."""
    summed = solve_sums(known, summands, results)
    if summed is None:
        return None
    kept = known | summed
    even = balanced(kept, balance)
    if even is None:
        return kept if odd <= {*summands, results} else None
    again = solve_sums(even, summands, results)
    return None if again is None else even | again


def _counts(slots: Sequence[Slot]) -> Vector | None:
    """The values of a whole row, None where one is blank, unreadable or no count."""
    values = [s.amount.value for s in slots]
    if all(isinstance(v, int) and 0 <= v < LARGEST for v in values):
        return tuple(v for v in values if isinstance(v, int))
    return None


def _undone(slots: Sequence[Slot], columns: int) -> Iterator[_Fault]:
    """The rows that this one may have been before one fault, if they end in their sum."""
    texts = [s.text for s in slots]
    if not all(t.isascii() and t.isdigit() for t in texts):
        return
    cells: list[tuple[str, Span | None]] = [(s.text, s.span) for s in slots]
    seen = set()
    found = _too_many(cells) if len(cells) == columns + 1 else _too_few(cells)
    if abs(len(cells) - columns) != 1:
        return
    for row in found:
        values = tuple(int(text) for text, _ in row)
        if values in seen or sum(values[:-1]) != values[-1] or values[-1] >= LARGEST:
            continue
        seen.add(values)
        yield _Fault(values, tuple(place for _, place in row))


Row = list[tuple[str, Span | None]]


def _too_many(cells: Row) -> Iterator[Row]:
    """A number that is none of the row left out, or two neighbours joined."""
    for number in range(len(cells)):
        yield [*cells[:number], *cells[number + 1 :]]
    for number in range(len(cells) - 1):
        (left, first), (right, last) = cells[number : number + 2]
        if first is not None and last is not None:
            joined = (left + right, (first[0], last[1]))
            yield [*cells[:number], joined, *cells[number + 2 :]]


def _too_few(cells: Row) -> Iterator[Row]:
    """A lost 0 put in, or a number cut in two."""
    for number in range(len(cells)):
        yield [*cells[:number], ("0", None), *cells[number:]]
    for number, (text, place) in enumerate(cells):
        for cut in range(1, len(text)):
            if place is None or (text[cut] == "0" and cut + 1 < len(text)):
                continue
            parts: Row = [
                (text[:cut], (place[0], place[0] + cut)),
                (text[cut:], (place[0] + cut, place[1])),
            ]
            yield [*cells[:number], *parts, *cells[number + 1 :]]


def _agreed(slots: Sequence[Slot], faults: Sequence[_Fault]) -> list[Cell]:
    """Cells on which all remaining readings agree, the others open.

    Readings may find one value in neighbouring cells that print the same: the first one's is given.
    """
    cells = []
    for column, values in enumerate(zip(*(f.values for f in faults), strict=True)):
        place = faults[0].places[column]
        if len(set(values)) > 1:
            cells.append(open_cell(values))
        elif place is None:
            cells.append(Cell("blank", values[0], None, forced=FORCED))
        else:
            cells.append(Cell("read", values[0], _part(slots, values[0], place), forced=FORCED))
    return cells


def _part(slots: Sequence[Slot], value: int, place: Span) -> Slot:
    """The printed characters of a value as a cell of their own."""
    home = next(s for s in slots if s.span[0] <= place[0] < s.span[1])
    if place == home.span:
        return home
    text = home.text[place[0] - home.span[0] : place[1] - home.span[0]]
    over = place[1] > home.span[1]  # two cells joined: what stands between them is not known here
    return Slot("" if over else text, Amount(value), place, home.page, home.grid)
