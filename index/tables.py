"""Blocks to raw tables: values anchored on the labels of the form.

A value belongs to the row whose LABEL it follows, never to a position in the file. What the
values mean (which column each belongs to) is decided later, by `index.placing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from index.amounts import Amount, parse_amount
from index.formats import Form, T2Group
from index.labels import LEAST_NEAR, LabelIndex
from index.report import Block, Span
from index.runon import cut_run_ons
from index.script import label_key

LONGEST_LABEL = 80
"""Characters; a longer block is running text and ends a table."""
JOINED_LINES = 4
"""A label broken over more lines than this has not been seen."""


@dataclass(frozen=True)
class Slot:
    """A printed cell: its text, number and place.

    ``grid`` is (table, row, column), None without one; ``run`` as in `index.report.Block`.
    """

    text: str
    amount: Amount
    span: Span
    page: int | None
    grid: tuple[int, int, int] | None
    run: bool = False


@dataclass
class RawRow:
    """A row label as printed and the cells that follow it, in reading order."""

    key: str
    label: str
    span: Span
    slots: list[Slot] = field(default_factory=list)

    @property
    def whole(self) -> Span:
        """From the label to the last cell."""
        return self.span[0], max([self.span[1], *(s.span[1] for s in self.slots)])


@dataclass
class RawGroup:
    """A sub-table of table two: the columns printed in its head, and its rows."""

    group: T2Group
    columns: list[str] = field(default_factory=list)
    rows: list[RawRow] = field(default_factory=list)


@dataclass
class RawTables:
    """What was found of the three tables in one form, before any value is placed.

    ``blocks`` are those of the document, flattened tables cut; ``t4`` is None where no table
    four is printed. ``region`` covers the blocks that belong to
    tables, so that they make no passages; ``t3_columns`` are, for a grid, the grid columns
    that the printed heads of table three stand in, in the order of the form; ``score`` counts
    the labels of the form that were found, which is how the form is recognised.
    """

    form: Form
    t2: list[RawGroup] = field(default_factory=list)
    t3: dict[str, RawRow] = field(default_factory=dict)
    t3_columns: dict[int, tuple[int, ...]] = field(default_factory=dict)
    heads: dict[str, Span] = field(default_factory=dict)
    t4: list[Slot] | None = None
    t4_in_order: bool = True
    blocks: tuple[Block, ...] = ()
    region: list[Span] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    score: int = 0


def read_tables(blocks: tuple[Block, ...], form: Form) -> RawTables:
    """Find the three tables of ``form`` among the blocks."""
    blocks = cut_run_ons(blocks, form)
    raw = RawTables(form, blocks=blocks)
    start = _find_new_row(blocks, form)
    end_of_t2 = start if start is not None else len(blocks)
    _read_t2(blocks[:end_of_t2], form, raw)
    end_of_t3 = _read_t3(blocks, start, form, raw) if start is not None else 0
    _read_t4(blocks, end_of_t3, form, raw)
    raw.score = sum(len(g.columns) + len(g.rows) for g in raw.t2) + len(raw.t3) + len(raw.heads)
    return raw


def _slot(block: Block, amount: Amount) -> Slot:
    grid = None
    if block.table is not None and block.row is not None and block.column is not None:
        grid = (block.table, block.row, block.column)
    return Slot(block.text, amount, block.span, block.page, grid, block.run)


def _grid_row(block: Block) -> tuple[int, int] | None:
    return None if block.table is None or block.row is None else (block.table, block.row)


class _Collector:
    """Puts numbers under the row whose label came last; one grid row never feeds another."""

    def __init__(self) -> None:
        self.row: RawRow | None = None
        self._grid: tuple[int, int] | None = None

    def open(self, row: RawRow | None, block: Block) -> None:
        self.row, self._grid = row, _grid_row(block)

    def take(self, block: Block, amount: Amount) -> None:
        grid = _grid_row(block)
        if grid != self._grid and (grid is not None or self._grid is not None):
            self.row = None
        if self.row is None or (amount.blank and block.text == "" and grid is None):
            return
        self.row.slots.append(_slot(block, amount))


def _read_t2(blocks: tuple[Block, ...], form: Form, raw: RawTables) -> None:
    """Table two: captions or column heads open a sub-table, row labels open rows."""
    t2 = form.tables.t2
    captions = {label_key(g.caption): g for g in t2.groups}
    header = label_key(t2.header)
    rows = {g.caption: LabelIndex(g.rows) for g in t2.groups}
    columns = {g.caption: LabelIndex(g.columns) for g in t2.groups}
    collector, current, first = _Collector(), None, None
    for block in blocks:
        if len(block.text) > LONGEST_LABEL:
            current = None
            continue
        key = label_key(block.text)
        if key in captions:
            current = RawGroup(captions[key])
            raw.t2.append(current)
            first = block if first is None else first
            collector.open(None, block)
        elif current is not None and key != header:
            _read_t2_block(block, current, rows, columns, collector)
        if current is not None and first is not None:
            _extend_region(raw, first.span, block.span)


def _read_t2_block(
    block: Block,
    current: RawGroup,
    rows: dict[str, LabelIndex],
    columns: dict[str, LabelIndex],
    collector: _Collector,
) -> None:
    caption = current.group.caption
    column = columns[caption].match(block.text)
    if column is not None:
        if column not in current.columns:
            current.columns.append(column)
        return
    row = _t2_row(rows[caption], block.text)
    if row is not None:
        opened = RawRow(row, block.text, block.span)
        if row in {r.key for r in current.rows}:
            opened.key = ""  # printed twice: neither is taken for the other
        current.rows.append(opened)
        collector.open(opened, block)
        return
    amount = parse_amount(block.text)
    if amount is None:
        collector.open(None, block)
    else:
        collector.take(block, amount)


def _t2_row(index: LabelIndex, text: str) -> str | None:
    for term in index.terms:  # labels of two characters (规章) stand alone within their group
        if label_key(text) in {label_key(x) for x in (term.label, *term.aliases)}:
            return term.key
    return index.match(text)


def _find_new_row(blocks: tuple[Block, ...], form: Form) -> int | None:
    """Index of the block with the first row label of table three."""
    index = LabelIndex(form.tables.t3.rows[:1])
    for number, block in enumerate(blocks):
        if len(block.text) > LONGEST_LABEL:
            continue
        if index.match(block.text) is not None:
            return number
        if index.is_beginning(block.text) and len(label_key(block.text)) >= LEAST_NEAR:
            joined, _ = _join(blocks, number, index, after=None)
            if joined is not None:
                return number
    return None


def _join(
    blocks: tuple[Block, ...], at: int, index: LabelIndex, *, after: str | None
) -> tuple[str | None, int]:
    """The label that starts at a block and may go on in the next ones, and its last block."""
    text = blocks[at].text
    best = index.exact(text, after=after), at
    for last in range(at + 1, min(at + JOINED_LINES, len(blocks))):
        following = blocks[last].text
        if parse_amount(following) is not None or index.exact(following) is not None:
            break
        if not index.is_beginning(text):
            break
        text += following
        found = index.exact(text, after=after)
        if found is not None:
            best = found, last
    if best[0] is None:
        best = index.near(blocks[at].text), at
    return best


def _read_t3(blocks: tuple[Block, ...], start: int, form: Form, raw: RawTables) -> int:
    """Table three from its first row label on; returns the index after its last block."""
    _read_t3_heads(blocks[:start], blocks[start], form, raw)
    index = LabelIndex(form.tables.t3.rows)
    collector, previous, at, end = _Collector(), None, start, start
    while at < len(blocks):
        block = blocks[at]
        amount = parse_amount(block.text)
        if amount is not None:
            collector.take(block, amount)
            end = at + 1 if collector.row is not None else end
            at += 1
            continue
        if len(block.text) > LONGEST_LABEL or (previous == "carried_out" and not _grid_row(block)):
            break
        key, last = _join(blocks, at, index, after=previous)
        if key is None:
            if _begins_t4(blocks, at, form):
                break
            collector.open(None, block)
            at += 1
            continue
        span = (block.span[0], blocks[last].span[1])
        opened = RawRow(key, "".join(b.text for b in blocks[at : last + 1]), span)
        _register(opened, form, raw)
        collector.open(opened, block)
        previous, at, end = key, last + 1, last + 1
    _extend_region(raw, blocks[start].span, blocks[max(start, end - 1)].span)
    return end


def _read_t3_heads(before: tuple[Block, ...], first: Block, form: Form, raw: RawTables) -> None:
    """Grid columns of the heads (自然人 … 总计) above the first row of table three.

    Believed only if every head is there and they stand in the order of the form: where merged
    cells lost their span, they do not.
    """
    if first.table is None or first.row is None:
        return
    found: dict[str, int] = {}
    for block in before:
        if block.table != first.table or block.row is None or block.column is None:
            continue
        key = label_key(block.text)
        for column in form.tables.t3.columns:
            if key in {label_key(label) for label in (column.label, *column.aliases)}:
                found[column.key] = block.column
    columns = tuple(found.get(c.key, -1) for c in form.tables.t3.columns)
    if -1 not in columns and all(a < b for a, b in pairwise(columns)):
        raw.t3_columns[first.table] = columns


def _register(row: RawRow, form: Form, raw: RawTables) -> None:
    """File a row under its key; a label printed twice with values makes the row unsure."""
    if form.t3_rows[row.key].cells is False:
        raw.heads[row.key] = row.span
        return
    earlier = raw.t3.get(row.key)
    if earlier is not None and earlier.slots:
        raw.repeated.append(row.key)
    raw.t3[row.key] = row


def _begins_t4(blocks: tuple[Block, ...], at: int, form: Form) -> bool:
    """Whether the head of table four starts here: its first block label, another one close by."""
    labels = [label_key(b.label) for b in form.tables.t4.blocks]
    groups = {label_key(b.group) for b in form.tables.t4.blocks if b.group}
    if label_key(blocks[at].text) != labels[0]:
        return False
    following = {label_key(b.text) for b in blocks[at + 1 : at + 8]}
    return bool(following & (groups | set(labels[1:])))


def _read_t4(blocks: tuple[Block, ...], start: int, form: Form, raw: RawTables) -> None:
    """Table four: its head, then one row of cells up to the next text."""
    for at in range(start, len(blocks)):
        if len(blocks[at].text) <= LONGEST_LABEL and _begins_t4(blocks, at, form):
            break
    else:
        return
    first, seen = at, []
    slots: list[Slot] = []
    for block in blocks[first:]:
        amount = parse_amount(block.text)
        if amount is None:
            if slots and any(not s.amount.blank for s in slots):
                break
            slots = []
            seen.append(label_key(block.text))
            if len(block.text) > LONGEST_LABEL:
                break
            continue
        if not (amount.blank and block.text == "" and _grid_row(block) is None):
            slots.append(_slot(block, amount))
    if not slots:
        return
    order = [seen.index(k) for b in form.tables.t4.blocks if (k := label_key(b.label)) in seen]
    raw.t4_in_order = order == sorted(order) and len(order) == len(form.tables.t4.blocks)
    raw.t4 = slots
    _extend_region(raw, blocks[first].span, slots[-1].span)


def _extend_region(raw: RawTables, first: Span, last: Span) -> None:
    span = (first[0], last[1])
    if raw.region and raw.region[-1][0] == span[0]:
        raw.region[-1] = span
    elif span not in raw.region:
        raw.region.append(span)
