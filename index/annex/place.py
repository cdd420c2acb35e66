"""Which of the form's columns a value of an annexed table belongs to, or that it is not known.

A grid tells by its printed heads; one without heads only if its values stand in a single column.
Outside a grid a row must carry one value for each column. Nothing else is assumed: a row that
says more or less stays open, with its candidates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.cells.cell import Cell, open_cell, place_aligned, read_cell
from index.cells.signs import place_run_row
from index.report import Number
from index.tables.rows import RawRow, RawTables, Slot

STRAY = 2
"""Rows that a stray number (of a page) may stand in."""
STRAY_SHARE = 0.1


def place_annex(raw: RawTables) -> dict[str, list[Cell]]:
    """Cells of each printed row, in the form's order of rows and columns."""
    if raw.form.annex is None:
        return {}
    columns = [c.key for c in raw.form.annex.columns]
    kinds = [c.kind for c in raw.form.annex.columns]
    grids = _grids(raw, columns)
    in_order = _heads_in_order(raw.annex_heads.get(None, []), columns) and not _crowded(raw)
    placed: dict[str, list[Cell]] = {}
    for key in raw.form.annex_rows:
        row = raw.annex.get(key)
        if row is None:
            continue
        if key in raw.repeated or row.broken:
            placed[key] = [open_cell() for _ in columns]
        elif not row.slots:
            placed[key] = [Cell("blank") for _ in columns]
        elif row.grid is not None:
            placed[key] = _in_grid(row, grids, len(columns))
        elif in_order:
            placed[key] = _in_text(row.slots, kinds)
        else:
            placed[key] = [open_cell(_values(row.slots)) for _ in columns]
    return placed


def _values(slots: Sequence[Slot]) -> list[Number]:
    return [s.amount.value for s in slots if s.amount.value is not None]


# -- outside a grid ------------------------------------------------------------------------


def _heads_in_order(heads: Sequence[tuple[int, int, str]], columns: Sequence[str]) -> bool:
    """Whether the printed heads are the form's, in its order; a single column needs none."""
    named = [column for _, _, column in heads]
    return len(columns) == 1 or named == list(columns) * (len(named) // len(columns) or 1)


def _crowded(raw: RawTables) -> bool:
    """Whether so many rows outside a grid have more values than the form has columns.

    Then the table has more columns, and a row with one value does not say which it is.
    """
    width = len(raw.form.annex.columns) if raw.form.annex is not None else 0
    rows = [row.slots for row in raw.annex.values() if row.grid is None and row.slots]
    more = [s for s in rows if len(s) > width or (width == 1 and _starts_with_zero(s[0]))]
    return len(more) > max(STRAY, len(rows) * STRAY_SHARE)


def _starts_with_zero(slot: Slot) -> bool:
    """Whether digits that ran together begin with a 0 that is a value of its own."""
    return slot.run and len(slot.text) > 1 and slot.text[0] == "0" and slot.text[1].isdigit()


def _in_text(slots: Sequence[Slot], kinds: Sequence[str]) -> list[Cell]:
    """Cells of a row whose values follow its label, under columns of these kinds."""
    if any(s.run for s in slots):
        return place_run_row(slots, kinds) if len(kinds) > 1 else [_of_run(slots, kinds)]
    if len(slots) == len(kinds):
        return place_aligned(slots)
    return [open_cell(_values(slots)) for _ in kinds]


def _of_run(slots: Sequence[Slot], kinds: Sequence[str]) -> Cell:
    """The only value of a row cut out of running text; a leading zero says there are two."""
    if len(slots) == 1 and not _starts_with_zero(slots[0]):
        return read_cell(slots[0])
    together = place_run_row(slots, kinds)[0].value
    return open_cell(_values(slots) if together is None else [together])


# -- in a grid -----------------------------------------------------------------------------


@dataclass
class _Grid:
    """One table of the document: columns of labels, of printed values, and what its head says."""

    keys: Sequence[str]
    labels: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    heads: Sequence[tuple[int, int, str]] = ()

    @property
    def named(self) -> dict[str, list[int]]:
        """Grid columns under the heads that name each of the form's columns.

        The last row of the head decides: a year may stand above it (2017年度).
        """
        last = max((row for row, _, key in self.heads if key), default=None)
        found = {
            key: sorted({c for row, c, k in self.heads if k == key and row == last})
            for key in self.keys
        }
        return {key: places for key, places in found.items() if places}

    @property
    def doubtful(self) -> bool:
        """Whether the head leaves open which values are meant.

        There is a head below the one that names the column, values stand in a column without
        any head, one head stands over two columns that no label parts, or no head names a column
        and there are several with values.
        """
        if not self.named:
            return any(
                self.columns(n) is None and max(self.used, default=n) > n for n in self.labels
            )
        last = max(row for row, _, key in self.heads if key)
        places = {column for row, column, key in self.heads if key and row == last}
        below = any(row > last and column in places for row, column, key in self.heads if not key)
        headed = {column for row, column, _ in self.heads if row >= last}
        twice = any(
            not any(a < label < b for label in self.labels)
            for same in self.named.values()
            for a, b in pairwise(same)
        )
        return below or bool(self.used - headed) or twice

    def columns(self, label: int) -> list[int] | None:
        """Grid columns of a row's values, by the column of its label; None where not known."""
        if self.named:
            right = {k: [c for c in places if c > label] for k, places in self.named.items()}
            known = len(right) == len(self.keys) and all(right.values())
            return [right[key][0] for key in self.keys] if known else None
        ahead = sorted(c for c in self.used if c > label)
        if len(self.keys) > 1 or not ahead:
            return None
        end = min((c for c in self.labels if c > ahead[0]), default=ahead[-1] + 1)
        return ahead[:1] if len([c for c in ahead if c < end]) == 1 else None


def _grids(raw: RawTables, keys: Sequence[str]) -> Mapping[int, _Grid]:
    """The tables that rows stand in and whose columns are known.

    One without heads is the next page of another, and is as doubtful as that.
    """
    grids: dict[int, _Grid] = {}
    for row in raw.annex.values():
        if row.grid is None:
            continue
        table, label = row.grid
        grid = grids.setdefault(table, _Grid(keys, heads=raw.annex_heads.get(table, [])))
        grid.labels.add(label)
        grid.used |= {s.grid[2] for s in row.slots if s.grid and s.amount.value is not None}
    sure = all(not g.doubtful for g in grids.values())
    return {n: g for n, g in grids.items() if sure or (g.named and not g.doubtful)}


def _in_grid(row: RawRow, grids: Mapping[int, _Grid], width: int) -> list[Cell]:
    """Cells of a row in the columns that its table gives to the form's."""
    places = {s.grid[2]: s for s in row.slots if s.grid is not None}
    wanted = None
    if row.grid is not None and row.grid[0] in grids:
        wanted = grids[row.grid[0]].columns(row.grid[1])
    if wanted is not None and all(c in places for c in wanted):
        return [read_cell(places[c]) for c in wanted]
    printed = [s for s in row.slots if not s.amount.blank]
    if not printed:
        return [Cell("blank", slot=row.slots[-1]) for _ in range(width)]
    return [open_cell(_values(printed)) for _ in range(width)]
