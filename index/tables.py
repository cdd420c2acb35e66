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
NOTE = "本列数据的勾稽关系为"
"""How the note that the form prints above table three begins."""
MOST_HEADS = 20
"""Blocks before the first row of table three in which its heads are looked for."""
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
    """A row label as printed and the cells that follow it, in reading order.

    ``broken``: something that is neither a cell nor a label stands among its cells. ``unit`` is
    the unit printed beside the label, ``grid`` the label's table and column; only an annexed
    table has the one and needs the other.
    """

    key: str
    label: str
    span: Span
    slots: list[Slot] = field(default_factory=list)
    broken: bool = False
    unit: str | None = None
    grid: tuple[int, int] | None = None

    @property
    def whole(self) -> Span:
        """From the label to the last cell."""
        return self.span[0], max([self.span[1], *(s.span[1] for s in self.slots)])


@dataclass
class RawGroup:
    """A sub-table of table two: the columns printed in its head, and its rows.

    ``torn`` is text among the heads that names no column.
    """

    group: T2Group
    columns: list[str] = field(default_factory=list)
    rows: list[RawRow] = field(default_factory=list)
    torn: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether the heads cannot be told: one is torn or unknown, and not all are there."""
        return bool(self.torn) and len(self.columns) < len(self.group.columns)


@dataclass
class RawTables:
    """What was found of the tables of one form, before any value is placed.

    ``blocks`` are those of the document, flattened tables cut; ``t4`` is None where no table
    four is printed. ``region`` covers the blocks that belong to
    tables, so that they make no passages; ``t3_columns`` are, for a grid, the grid columns
    that the printed heads of table three stand in, in the order of the form; ``score`` counts
    the labels of the form that were found, which is how the form is recognised. ``annex`` are
    the rows of an annexed table, ``annex_heads`` the words above them as (row, column, key of the
    column they name or "") by table of the document; None is for heads outside a grid.
    """

    form: Form
    t2: list[RawGroup] = field(default_factory=list)
    t3: dict[str, RawRow] = field(default_factory=dict)
    t3_columns: dict[int, tuple[int, ...]] = field(default_factory=dict)
    heads: dict[str, Span] = field(default_factory=dict)
    t4: list[Slot] | None = None
    t3_in_order: bool = True
    t4_in_order: bool = True
    blocks: tuple[Block, ...] = ()
    region: list[Span] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    annex: dict[str, RawRow] = field(default_factory=dict)
    annex_heads: dict[int | None, list[tuple[int, int, str]]] = field(default_factory=dict)
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


def slot_of(block: Block, amount: Amount) -> Slot:
    """A block that holds a cell."""
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
        self._left: RawRow | None = None
        self._grid: tuple[int, int] | None = None

    def open(self, row: RawRow | None, block: Block) -> None:
        self._left = self.row if row is None and self.row is not None else None
        self.row, self._grid = row, _grid_row(block)

    def meet(self, block: Block) -> None:
        """Text that is no label: an unreadable cell within a grid row, else the row's end."""
        grid = _grid_row(block)
        if self.row is not None and grid is not None and grid == self._grid:
            self.row.slots.append(slot_of(block, Amount(None)))
        else:
            self.open(None, block)

    def take(self, block: Block, amount: Amount) -> None:
        grid = _grid_row(block)
        if grid != self._grid and (grid is not None or self._grid is not None):
            self.row = None
        if self.row is None and self._left is not None and grid == _row_grid(self._left):
            self._left.broken = True
        if self.row is None or (amount.blank and block.text == "" and grid is None):
            return
        self.row.slots.append(slot_of(block, amount))


def _row_grid(row: RawRow) -> tuple[int, int] | None:
    """The grid row that a row's cells stand in, None where there is no grid."""
    return next((s.grid[:2] for s in row.slots if s.grid is not None), None)


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
        elif (
            current is not None
            and (key == header or _read_t2_block(block, current, rows, columns, collector))
            and first is not None
        ):
            _extend_region(raw, first.span, block.span)


def _read_t2_block(
    block: Block,
    current: RawGroup,
    rows: dict[str, LabelIndex],
    columns: dict[str, LabelIndex],
    collector: _Collector,
) -> bool:
    """Read a block of table two; False where it is no part of the table."""
    caption = current.group.caption
    column = columns[caption].match(block.text)
    if column is not None:
        _add_column(current, column)
        return True
    row = _t2_row(rows[caption], block.text)
    if row is not None:
        opened = RawRow(row, block.text, block.span)
        current.rows.append(opened)
        collector.open(opened, block)
        return True
    amount = parse_amount(block.text)
    if amount is not None:
        collector.take(block, amount)
        return True
    collector.meet(block)
    if current.rows:
        return collector.row is not None
    current.torn += block.text  # a head broken over lines, or one the form does not know
    joined = columns[caption].match(current.torn)
    if joined is not None:
        _add_column(current, joined)
        current.torn = ""
    return True


def _add_column(group: RawGroup, column: str) -> None:
    if column not in group.columns:
        group.columns.append(column)


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
    raw.t3_in_order = _t3_heads_in_order(blocks[max(0, start - MOST_HEADS) : start], form)
    index = LabelIndex(form.tables.t3.rows)
    collector, previous, at, end = _Collector(), None, start, start
    while at < len(blocks):
        block = blocks[at]
        amount = parse_amount(block.text)
        is_label = amount is not None and amount.note is not None and index.match(block.text)
        if amount is not None and not is_label:
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
            collector.meet(block)
            at += 1
            continue
        span = (block.span[0], blocks[last].span[1])
        opened = RawRow(key, "".join(b.text for b in blocks[at : last + 1]), span)
        _register(opened, form, raw)
        collector.open(opened, block)
        previous, at, end = key, last + 1, last + 1
    top = _top_of_t3(blocks, start, form)
    _extend_region(raw, blocks[top].span, blocks[max(start, end - 1)].span)
    return end


def _top_of_t3(blocks: tuple[Block, ...], start: int, form: Form) -> int:
    """Index of the block where the head of table three begins: its heads and printed note."""
    t3 = form.tables.t3
    heads = [t3.column_head, t3.group_head, *(c.label for c in t3.columns)]
    keys = "".join(label_key(head) for head in heads)
    top = start
    while (
        top and (key := label_key(blocks[top - 1].text)) and (key in keys or key.startswith(NOTE))
    ):
        top -= 1
    return top


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


def _t3_heads_in_order(before: tuple[Block, ...], form: Form) -> bool:
    """Whether the heads of the applicants that are printed stand in the order of the form.

    总计 is left out: it stands in the upper of two head rows.
    """
    columns = form.tables.t3.columns[:-1]
    keys = {
        label_key(label): number
        for number, column in enumerate(columns)
        for label in (column.label, *column.aliases)
    }
    heads = [keys[k] for b in before if (k := label_key(b.text)) in keys]
    return heads == sorted(heads)


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
    width = len(form.tables.t4.blocks) * len(form.tables.t4.outcomes)
    first, seen = at, []
    slots: list[Slot] = []
    for block in blocks[first:]:
        amount = parse_amount(block.text)
        if amount is None:
            printed = any(not s.amount.blank for s in slots)
            if printed and slots[-1].grid is not None and slots[-1].grid[:2] == _grid_row(block):
                slots.append(slot_of(block, Amount(None)))  # an unreadable cell of the row
                continue
            if printed or len(slots) >= width:
                break
            slots = []
            seen.append(label_key(block.text))
            if len(block.text) > LONGEST_LABEL:
                break
            continue
        if not (amount.blank and block.text == "" and _grid_row(block) is None):
            slots.append(slot_of(block, amount))
    if not slots:
        return
    order = [seen.index(k) for b in form.tables.t4.blocks if (k := label_key(b.label)) in seen]
    raw.t4_in_order = (
        order == sorted(order)
        and len(order) == len(form.tables.t4.blocks)
        and _outcomes_in_order(seen, form)
    )
    raw.t4 = slots
    _extend_region(raw, blocks[first].span, slots[-1].span)


def _outcomes_in_order(seen: list[str], form: Form) -> bool:
    """Whether the outcomes that are printed whole stand in the order of the form."""
    labels = [label_key(o.label) for o in form.tables.t4.outcomes]
    following = [*seen[1:], "."]  # a label may be broken over two lines
    printed = [
        label
        for text, after in zip(seen, following, strict=True)
        for label in (text, text + after)
        if label in labels
    ]
    expected = iter(labels * len(form.tables.t4.blocks))
    return all(label in expected for label in printed)


def _extend_region(raw: RawTables, first: Span, last: Span) -> None:
    span = (first[0], last[1])
    if raw.region and raw.region[-1][0] == span[0]:
        raw.region[-1] = span
    elif span not in raw.region:
        raw.region.append(span)
