"""Named cells to tables: only where the usual reader found none, or one with fewer rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from index.amounts import Amount
from index.report import Block
from index.tables.named.bare import bare_rows
from index.tables.named.columns import named_by_columns
from index.tables.named.grid import named_in_grids
from index.tables.named.text import named_in_lines
from index.tables.named.words import Named, RowName
from index.tables.rows import RawGroup, RawRow, RawTables, Slot, filled_rows, whole_rows

Cells = dict[str, Slot]
"""Cells of a row by the key of their column."""
LEAST_ROWS, LEAST_COLUMNS = 8, 3
"""Rows and columns of table three that make named cells one; fewer are a summary of it."""


def add_named(blocks: Sequence[Block], raw: RawTables, lines: Sequence[Block]) -> None:
    """Put tables whose cells are named into ``raw``, in the place of those that it lacks.

    ``blocks`` are those that it was read from, ``lines`` those of the document, not yet cut.

    Where a cell is printed twice with different values, its whole table is left: two years may
    stand side by side, and nothing says whose figures are asked for.
    """
    form = raw.form
    found = [*named_in_grids(blocks, form)]
    seen = {(n.row, n.column) for n in found}
    found += [
        named
        for named in named_in_lines(lines, form)
        if named.row.table == "t4"  # of which both must say the same
        or (named.slot.grid is None and (named.row, named.column) not in seen)
    ]
    found += named_by_columns(lines, form)
    tables = {named.row.table for named in found}
    found += [named for named in bare_rows(blocks, form) if named.row.table not in tables]
    rows = _rows(found)
    labels = {named.row: named.label for named in found}
    units = {(named.row, named.column): named.unit for named in found}
    _add_t2(rows, labels, units, raw)
    _add_t3(rows, labels, raw)
    _add_t4(rows, raw)


def _rows(found: Iterable[Named]) -> dict[RowName, Cells]:
    """Cells by row, those of tables left out in which a cell is printed with two values."""
    rows: dict[RowName, Cells] = defaultdict(dict)
    disputed: set[str] = set()
    for named in found:
        earlier = rows[named.row].setdefault(named.column, named.slot)
        if earlier.amount != named.slot.amount:
            disputed.add(named.row.table)
    return {row: cells for row, cells in rows.items() if row.table not in disputed}


def _add_t2(
    rows: Mapping[RowName, Cells],
    labels: Mapping[RowName, str],
    units: Mapping[tuple[RowName, str], str | None],
    raw: RawTables,
) -> None:
    """Rows of table two whose cells were not read."""
    filled = filled_rows(raw)
    added: list[RawGroup] = []
    for group in raw.form.tables.t2.groups:
        for term in group.rows:
            name = RowName("t2", term.key)
            cells = rows.get(name, {})
            columns = [column.key for column in group.columns if column.key in cells]
            if columns and term.key not in filled:
                row = _raw_row(name, [cells[key] for key in columns], labels, raw)
                named = {key: unit for key in columns if (unit := units[name, key]) is not None}
                opened = RawGroup(group, columns, units=named)
                if not added or not added[-1].alike(opened):
                    added.append(opened)
                added[-1].rows.append(row)
    done = {row.key for group in added for row in group.rows}
    for old in raw.t2:
        old.rows = [row for row in old.rows if row.key not in done]
    raw.t2 += added


def _add_t3(rows: Mapping[RowName, Cells], labels: Mapping[RowName, str], raw: RawTables) -> None:
    """Table three, where it is named in more rows than were read.

    A column that is not printed at all is left open in every row: what the sums leave for it is
    not what the report says.
    """
    form = raw.form
    columns = [column.key for column in form.tables.t3.columns]
    inside = {
        row: cells
        for row, cells in rows.items()
        if row.table == "t3" and form.t3_rows[row.key].cells is not False
    }
    printed = [key for key in columns if any(key in cells for cells in inside.values())]
    placed = {row: _in_columns(cells, columns, printed) for row, cells in inside.items()}
    sure = sum(sum(s is not None for s in slots) == len(printed) for slots in placed.values())
    read = whole_rows(raw) if raw.t3_in_order else 0
    if sure < LEAST_ROWS or sure <= read or len(printed) < LEAST_COLUMNS:
        return
    if columns[-1] not in printed:
        return
    raw.t3 = {}
    for term in form.tables.t3.rows:
        name = RowName("t3", term.key)
        if name in placed:
            slots = [slot or _beside(inside[name], Amount(None)) for slot in placed[name]]
            raw.t3[term.key] = _raw_row(name, slots, labels, raw)
    raw.t3_columns, raw.t3_subtotals = {}, {}
    raw.t3_subtotal, raw.t3_in_order, raw.repeated = False, True, []


def _in_columns(cells: Cells, columns: Sequence[str], printed: Sequence[str]) -> list[Slot | None]:
    """The cells of a row in the form's columns, None for what cannot be read.

    A row may leave out applicants that it has none of: then what it prints makes up its total, and
    the others are blank. Else only its total is sure.
    """
    last = columns[-1]
    if len(cells) < len(printed):
        parts = [slot.amount.value for key, slot in cells.items() if key != last]
        numbers = [value for value in parts if value is not None]
        total = cells[last].amount.value if last in cells else None
        if len(numbers) < len(parts) or total is None or sum(numbers) != total:
            return [cells.get(key) if key == last else None for key in columns]
        blank = _beside(cells, Amount(None, blank=True))
        return [cells.get(key, blank) if key in printed else None for key in columns]
    return [cells.get(key) for key in columns]


def _beside(cells: Cells, amount: Amount) -> Slot:
    """A cell that is not printed, in the row of others."""
    first = next(iter(cells.values()))
    return Slot("", amount, (first.span[0], first.span[0]), first.page, None)


def _add_t4(rows: Mapping[RowName, Cells], raw: RawTables) -> None:
    t4 = raw.form.tables.t4
    width = len(t4.blocks) * len(t4.outcomes)
    printed = raw.t4 is not None and any(slot.text for slot in raw.t4)
    if raw.t4 is not None and printed and raw.t4_in_order and len(raw.t4) >= width:
        return
    cells = [
        rows.get(RowName("t4", block.key), {}).get(outcome.key)
        for block in t4.blocks
        for outcome in t4.outcomes
    ]
    slots = [slot for slot in cells if slot is not None]
    if len(slots) == len(cells):
        raw.t4, raw.t4_in_order = slots, True
        _cover(slots, raw)


def _raw_row(
    name: RowName, slots: list[Slot], labels: Mapping[RowName, str], raw: RawTables
) -> RawRow:
    _cover(slots, raw)
    return RawRow(name.key, labels[name], slots[0].span, slots)


def _cover(slots: Sequence[Slot], raw: RawTables) -> None:
    """The lines of cells belong to a table."""
    for slot in slots:
        line = next((b for b in raw.blocks if b.span[0] <= slot.span[0] < b.span[1]), None)
        if line is not None:
            raw.covers(line.span, line.span)
