"""Raw tables to figures with their status: place the values, run the checks, settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.annex import place_annex
from index.cells.cell import Cell, open_cell, place_aligned
from index.cells.disputes import place_disputes
from index.cells.gaps import rows_before_gaps
from index.cells.placing import place_requests
from index.cells.signs import place_run_row
from index.cells.subtotals import without_subtotals
from index.checks import Cover, run_checks
from index.formats import Form, Term
from index.report import Check, Figure, Number, Span, Status, new_figure
from index.status import PRINTED, VERIFIED
from index.tables.grids import align_rows
from index.tables.labels import unit_under
from index.tables.rows import RawGroup, RawRow, RawTables, Slot
from index.zeros import proven_zeros


class _Draft(NamedTuple):
    """A figure before the checks: its address, its cell and the row it stands in."""

    table: str
    row: str
    column: str
    cell: Cell
    unit: str
    row_span: Span | None

    @property
    def address(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"


def settle_figures(raw: RawTables) -> tuple[tuple[Figure, ...], tuple[Check, ...]]:
    """Figures and checks of one report, statuses settled."""
    form = raw.form
    drafts = {d.address: d for d in _drafts(raw)}
    values = {address: _value(draft.cell) for address, draft in drafts.items()}
    blanks = {a for a, d in drafts.items() if d.cell.state == "blank" and d.cell.value is None}
    zeros = proven_zeros(form, values, blanks)
    values |= dict.fromkeys(zeros, 0)
    for address in zeros:
        cell = drafts[address].cell._replace(value=0, forced=(zeros[address],))
        drafts[address] = drafts[address]._replace(cell=cell)
    checks = run_checks(form, values)
    cover = Cover((check, check.addresses) for check in checks)
    figures = [
        _figure(draft, form, address, values[address], cover) for address, draft in drafts.items()
    ]
    return tuple(figures), checks


def _value(cell: Cell) -> Number | None:
    return None if cell.state == "open" else cell.value


def _drafts(raw: RawTables) -> Iterator[_Draft]:
    counts = Counter(row.key for group in raw.t2 for row in group.rows)
    repeated = frozenset(key for key, times in counts.items() if times > 1)
    for group in raw.t2:
        yield from _t2_drafts(group, repeated)
    yield from _t3_drafts(raw)
    yield from _t4_drafts(raw)
    yield from _annex_drafts(raw)


def _t2_drafts(group: RawGroup, repeated: frozenset[str]) -> Iterator[_Draft]:
    """Table two. No identity covers it, so a short row cannot be placed and stays open.

    So does a row that is printed twice, or whose heads cannot be told.
    """
    columns = {c.key: c for c in group.group.columns}
    printed = group.columns or list(columns)
    for row in group.rows:
        slots = list(row.slots)
        while len(slots) > len(printed) and slots[-1].grid is not None and slots[-1].text == "":
            slots.pop()
        for_all = [s.amount.value for s in slots if s.amount.value is not None]
        if group.doubtful or row.broken or row.key in repeated:
            cells = [open_cell() for _ in printed]
        elif not slots:
            cells = [Cell("blank") for _ in printed]
        elif any(s.run for s in slots):
            cells = place_run_row(slots, [columns[key].kind for key in printed])
        elif len(slots) == len(printed):
            cells = place_aligned(slots)
        else:
            cells = [open_cell(for_all) for _ in printed]
        for key, cell in zip(printed, cells, strict=True):
            unit = _unit(cell, columns[key], "件", group.units.get(key))
            yield _Draft("t2", row.key, key, cell, unit, row.whole)


def _unit(cell: Cell, column: Term, default: str, head: str | None = None) -> str:
    """The unit printed in the cell, else over it, else the column's; "" where the form has none."""
    unit = unit_under(head, column.unit if column.unit is not None else default)
    if cell.slot is None:
        return unit
    amount = cell.slot.amount
    if amount.unit is not None:
        return amount.unit
    return unit.lstrip("万亿") if amount.scaled else unit  # 3万 under 万元 is 30000 元


def _t3_drafts(raw: RawTables) -> Iterator[_Draft]:
    form = raw.form
    rows = _data_rows(raw)
    columns, usual = form.tables.t3.columns, form.tables.t3.unit
    sums, balance = form.identity("T3-SUM"), form.identity("T3-BAL")
    summands: tuple[str, ...] = ()
    if sums is not None:
        summands = tuple(dict.fromkeys(form.carrier(key, rows) for key in sums.right))
    slots = _t3_slots(raw, rows)
    cells = place_requests(
        {key: rows[key].of(printed) for key, printed in slots.items()},
        len(columns),
        summands,
        sums.left[0] if sums is not None else "",
        (balance.left, balance.right) if balance is not None else ((), ()),
    )
    for key in rows_before_gaps(raw, rows, cells):
        cells[key] = [open_cell([c.value] if c.value is not None else ()) for c in cells[key]]
    for term in form.tables.t3.rows:
        if term.key not in rows:
            continue
        placed, whole = cells.get(term.key), rows[term.key].whole
        for column, printed in zip(columns, placed or [open_cell()] * len(columns), strict=True):
            cell = _quoted(printed, raw.source)
            yield _Draft("t3", term.key, column.key, cell, _unit(cell, column, usual), whole)


def _quoted(cell: Cell, source: str) -> Cell:
    """The cell with its text as printed, where it was joined from two."""
    slot = cell.slot
    if slot is None or slot.text or cell.state != "read":
        return cell
    return cell._replace(slot=slot._replace(text=source[slice(*slot.span)]))


def _t3_slots(raw: RawTables, rows: dict[str, RawRow]) -> dict[str, list[Slot]]:
    """The cells of the rows that surely have them, in the columns of the form where those show.

    Left out are rows that are torn, printed twice or interrupted, and rows in no column of a
    head where the heads do not stand as in the form.
    """
    columns = raw.form.tables.t3.columns
    sure = {
        key: row.slots
        for key, row in rows.items()
        if not (row.broken or row.torn or key in raw.repeated)
        and (raw.t3_in_order or _has_heads(row.slots, raw))
    }
    aligned = align_rows(sure, len(columns), raw.t3_columns, raw.t3_subtotals)
    if not raw.t3_subtotal:
        return aligned
    group = [number for number, column in enumerate(columns) if column.group is not None]
    elsewhere = {key: slots for key, slots in aligned.items() if not _has_heads(slots, raw)}
    left = without_subtotals(elsewhere, len(columns), group)
    placed = {key: left.get(key, slots) for key, slots in aligned.items()}
    return {key: slots for key, slots in placed.items() if slots is not None}


def _has_heads(slots: Sequence[Slot], raw: RawTables) -> bool:
    """Whether a row stands in a grid whose heads say which column is which."""
    return any(s.grid is not None and s.grid[0] in raw.t3_columns for s in slots)


def _data_rows(raw: RawTables) -> dict[str, RawRow]:
    """Rows of table three that carry figures in this report."""
    return {key: row for key, row in raw.t3.items() if raw.form.has_cells(key, raw.t3)}


def _t4_drafts(raw: RawTables) -> Iterator[_Draft]:
    if raw.t4 is None:
        return
    t4 = raw.form.tables.t4
    cells = place_disputes(raw.t4, len(t4.blocks), len(t4.outcomes))
    if not raw.t4_in_order:
        cells = [Cell("open") for _ in cells]
    whole = (raw.t4[0].span[0], raw.t4[-1].span[1])
    pairs = [(block, outcome) for block in t4.blocks for outcome in t4.outcomes]
    for (block, outcome), cell in zip(pairs, cells, strict=True):
        yield _Draft("t4", block.key, outcome.key, cell, _unit(cell, outcome, t4.unit), whole)


def _annex_drafts(raw: RawTables) -> Iterator[_Draft]:
    """An annexed table: the unit printed beside a label goes before the form's."""
    columns = raw.form.annex.columns if raw.form.annex is not None else ()
    for key, cells in place_annex(raw).items():
        row, term = raw.annex[key], raw.form.annex_rows[key]
        for column, cell in zip(columns, cells, strict=True):
            unit = _unit(cell, column, row.unit or term.unit or "")
            yield _Draft("annex", key, column.key, cell, unit, row.whole)


def _figure(draft: _Draft, form: Form, address: str, value: Number | None, cover: Cover) -> Figure:
    table, row, column, cell, unit, row_span = draft
    rows, columns = form.names[table]
    slot = cell.slot
    note = slot.amount.note if slot is not None else None
    stated = cell.state == "blank" and cell.value is not None
    return new_figure(
        table=table,
        row=row,
        column=column,
        row_label=rows[row],
        column_label=columns[column],
        unit=unit,
        value=value,
        printed=slot.text if slot is not None else "",
        status=_status(cell, address, cover),
        mark="blank" if stated else note,
        span=slot.span if slot is not None else None,
        row_span=row_span,
        page=slot.page if slot is not None else None,
        candidates=cell.candidates,
        checks=tuple(cover.ids.get(address, ())),
    )


def _status(cell: Cell, address: str, cover: Cover) -> Status:
    if cell.state == "open":
        return Status.AMBIGUOUS
    if cell.value is None:
        return Status.BLANK
    proven = VERIFIED if cell.forced else PRINTED
    return cover.status(address) or proven
