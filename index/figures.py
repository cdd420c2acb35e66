"""Raw tables to figures with their status: place the values, run the checks, settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.annex import place_annex
from index.cells import Cell, open_cell, place_aligned
from index.checks import proven_zeros, run_checks
from index.formats import Form, Term
from index.placing import place_disputes, place_requests
from index.report import Check, Figure, Number, Outcome, Span, Status, Strength
from index.splitting import place_run_row
from index.tables import RawGroup, RawRow, RawTables


@dataclass(frozen=True)
class _Draft:
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
        drafts[address] = replace(
            drafts[address], cell=replace(drafts[address].cell, value=0, forced=(zeros[address],))
        )
    checks = run_checks(form, values)
    covering: dict[str, list[Check]] = {}
    for check in checks:
        for address in check.addresses:
            covering.setdefault(address, []).append(check)
    figures = tuple(_figure(d, form, covering.get(a, [])) for a, d in drafts.items())
    return figures, checks


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
            cells = place_run_row(slots, len(printed))
        elif len(slots) == len(printed):
            cells = place_aligned(slots)
        else:
            cells = [open_cell(for_all) for _ in printed]
        for key, cell in zip(printed, cells, strict=True):
            yield _Draft("t2", row.key, key, cell, _unit(cell, columns[key], "件"), row.whole)


def _unit(cell: Cell, column: Term, default: str) -> str:
    """The unit printed in the cell, else the column's; "" where the form prints none."""
    unit = column.unit if column.unit is not None else default
    if cell.slot is not None and cell.slot.amount.unit is not None:
        return cell.slot.amount.unit
    if cell.slot is not None and cell.slot.amount.scaled:
        return unit.removeprefix("万")  # 3万 under 万元 is 30000 元
    return unit


def _t3_drafts(raw: RawTables) -> Iterator[_Draft]:
    form = raw.form
    rows = _data_rows(raw)
    columns = form.tables.t3.columns
    sums, balance = form.identity("T3-SUM"), form.identity("T3-BAL")
    summands: tuple[str, ...] = ()
    if sums is not None:
        summands = tuple(dict.fromkeys(_printed(form, rows, key) for key in sums.right))
    cells = place_requests(
        rows,
        len(columns),
        summands,
        sums.left[0] if sums is not None else "",
        (balance.left, balance.right) if balance is not None else ((), ()),
        heads=raw.t3_columns,
    )
    in_order = raw.t3_in_order or bool(raw.t3_columns)
    for term in form.tables.t3.rows:
        if term.key not in rows:
            continue
        for column, cell in zip(columns, cells[term.key], strict=True):
            unsure = term.key in raw.repeated or rows[term.key].broken
            placed = Cell("open") if unsure or not in_order else cell
            unit = _unit(placed, column, form.tables.t3.unit)
            yield _Draft("t3", term.key, column.key, placed, unit, rows[term.key].whole)


def _data_rows(raw: RawTables) -> dict[str, RawRow]:
    """Rows of table three that carry figures in this report.

    A head with ``cells: when_children_absent`` counts only where its sub-rows are missing.
    """
    kept = {}
    for key, row in raw.t3.items():
        term = raw.form.t3_rows[key]
        children = raw.form.t3_children.get(key, ())
        if term.cells == "when_children_absent" and any(child in raw.t3 for child in children):
            continue
        kept[key] = row
    return kept


def _printed(form: Form, rows: dict[str, RawRow], key: str) -> str:
    """A row of a sum, or its head where the report prints only that."""
    parent = form.t3_rows[key].parent
    if key not in rows and parent in rows and parent is not None:
        return parent
    return key


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


def _figure(draft: _Draft, form: Form, covering: list[Check]) -> Figure:
    rows, columns = form.names[draft.table]
    cell, slot = draft.cell, draft.cell.slot
    status = _status(cell, covering)
    note = slot.amount.note if slot is not None else None
    stated = cell.state == "blank" and cell.value is not None
    return Figure(
        table=draft.table,
        row=draft.row,
        column=draft.column,
        row_label=rows[draft.row],
        column_label=columns[draft.column],
        unit=draft.unit,
        value=_value(cell),
        printed=slot.text if slot is not None else "",
        status=status,
        mark="blank" if stated else note,
        span=slot.span if slot is not None else None,
        row_span=draft.row_span,
        page=slot.page if slot is not None else None,
        candidates=cell.candidates,
        checks=tuple(c.id for c in covering),
    )


def _status(cell: Cell, covering: list[Check]) -> Status:
    hard = [c for c in covering if c.strength is Strength.HARD]
    if cell.state == "open":
        return Status.AMBIGUOUS
    if cell.value is None:
        return Status.BLANK
    if any(c.outcome is Outcome.FAILS for c in hard):
        return Status.FAILED
    if cell.forced or any(c.outcome is Outcome.HOLDS and c.verifies for c in hard):
        return Status.VERIFIED
    return Status.PRINTED
