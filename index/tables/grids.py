"""Rows of a grid: which of their cells stand in the columns of the form.

A grid pads its rows: empty cells stand before the values where labels were merged, and after
them where another row is longer. What is left out must be empty, and it must be sure which.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from index.tables.rows import Slot

Key = TypeVar("Key", bound=Hashable)
Places = Mapping[int, Sequence[int]]
"""Grid columns by the table of the document."""


def align_rows(
    rows: Mapping[Key, Sequence[Slot]],
    width: int,
    heads: Places | None = None,
    subtotals: Places | None = None,
) -> dict[Key, list[Slot]]:
    """The cells of each row without padding, as they are where that is not sure.

    ``heads`` are the grid columns of the printed heads, ``subtotals`` those of columns that the
    form does not have. A row that does not stand under heads in another order is left out.
    """
    aligned = {key: _under_heads(s, heads or {}, subtotals or {}) for key, s in rows.items()}
    waiting = [k for k, cells in aligned.items() if cells is None and _in_order(rows[k], heads)]
    windows = {key: _windows(rows[key], width) for key in waiting}
    common = _common_windows(rows, windows, width)
    result = {key: cells for key, cells in aligned.items() if cells is not None}
    for key in waiting:
        found = windows[key]
        if len(found) > 1:
            table = _table(rows[key])
            shared = [w for w in found if _columns(w) in common.get(table, set())]
            found = shared if len(shared) == 1 or _all_blank(rows[key]) else []
        result[key] = list(found[0]) if found else list(rows[key])
    return {key: result[key] for key in rows if key in result}


def _in_order(slots: Sequence[Slot], heads: Places | None) -> bool:
    """Whether no head of a row's table stands in another order than in the form."""
    table = _table(slots)
    places = (heads or {}).get(table, ()) if table is not None else ()
    return all(a < b for a, b in pairwise(places))


def _under_heads(slots: Sequence[Slot], heads: Places, subtotals: Places) -> list[Slot] | None:
    """A row's cells under the printed heads of its grid, None where they do not line up."""
    table = _table(slots)
    places = {s.grid[2]: s for s in slots if s.grid is not None}
    if table is None or len(places) != len(slots):
        return None
    wanted = heads.get(table, ())
    printed = {column for column, slot in places.items() if not slot.amount.blank}
    known = {*wanted, *subtotals.get(table, ())}
    if not wanted or not printed <= known or any(c not in places for c in wanted):
        return None
    return [places[column] for column in wanted]


def _windows(slots: Sequence[Slot], width: int) -> list[Sequence[Slot]]:
    """Runs of ``width`` neighbouring cells of a grid row beside which nothing is printed."""
    if len(slots) <= width or any(s.grid is None for s in slots):
        return [slots]
    last = len(slots) - width
    return [
        slots[start : start + width]
        for start in range(last + 1)
        if all(s.text == "" for s in (*slots[:start], *slots[start + width :]))
    ]


def _common_windows(
    rows: Mapping[Key, Sequence[Slot]], windows: Mapping[Key, list[Sequence[Slot]]], width: int
) -> dict[int | None, set[tuple[int, ...]]]:
    """By table, the grid columns that are the only window of some row and fit all others."""
    common: dict[int | None, set[tuple[int, ...]]] = {}
    for key, found in windows.items():
        places = {_columns(w) for w in found}
        table = _table(rows[key])
        if len(found) == 1 and len(found[0]) == width:
            common.setdefault(table, set()).update(places)
    return {table: places for table, places in common.items() if len(places) == 1}


def _table(slots: Sequence[Slot]) -> int | None:
    """The table of the document that all cells stand in, None where there is none."""
    tables = {s.grid[0] for s in slots if s.grid is not None}
    return tables.pop() if len(tables) == 1 else None


def _columns(slots: Sequence[Slot]) -> tuple[int, ...]:
    return tuple(s.grid[2] for s in slots if s.grid is not None)


def _all_blank(slots: Sequence[Slot]) -> bool:
    return all(s.amount.blank for s in slots)
