"""Table two: captions or column heads open a sub-table, row labels open rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from index.amounts import parse_amount
from index.formats import Form, T2Group
from index.report import Block
from index.script import label_key
from index.tables.labels import LabelIndex, money_unit, split_unit, unit_alone
from index.tables.rows import LONGEST_LABEL, Collector, RawGroup, RawRow, RawTables


@dataclass(frozen=True)
class _Words:
    """The captions, the first head and the labels of table two, ready for matching."""

    captions: dict[str, T2Group]
    header: str
    rows: dict[str, LabelIndex]
    columns: dict[str, LabelIndex]
    homes: dict[str, T2Group]
    """Sub-table by the row labels that stand in one sub-table only."""


@cache
def _words(form: Form) -> _Words:
    t2 = form.tables.t2
    homes: dict[str, list[T2Group]] = {}
    for group in t2.groups:
        for key in {label_key(x) for row in group.rows for x in (row.label, *row.aliases)}:
            homes.setdefault(key, []).append(group)
    return _Words(
        captions={label_key(g.caption): g for g in t2.groups},
        header=label_key(t2.header),
        rows={g.caption: LabelIndex(g.rows) for g in t2.groups},
        columns={g.caption: LabelIndex(g.columns) for g in t2.groups},
        homes={key: groups[0] for key, groups in homes.items() if len(groups) == 1},
    )


@dataclass
class _Reader:
    """The state of reading: the open sub-table, and the heads since a head without caption."""

    words: _Words
    raw: RawTables
    current: RawGroup | None = None
    heads: list[str] | None = None
    collector: Collector = field(default_factory=Collector)
    first: Block | None = None

    def read(self, block: Block) -> None:
        """One block: a caption, a head, a row label, a cell, or no part of the table."""
        key = label_key(block.text)
        if key in self.words.captions:
            self._begin(self.words.captions[key], block)
        elif key == self.words.header:
            self._begin_heads(block)
        else:
            if self.current is None and self.heads is not None:
                self._read_uncaptioned(self.heads, key, block)
            if self.current is not None and self._read_inside(self.current, block):
                self._cover(block)

    def _begin_heads(self, block: Block) -> None:
        """The first head; where rows came before it, of a sub-table without a caption."""
        if self.current is None or self.current.rows:
            self.current, self.heads = None, []
            self.collector.open(None, block)
        else:
            self.current.columns, self.current.torn = [], ""
        self._cover(block)

    def _begin(self, group: T2Group, block: Block) -> RawGroup:
        self.current, self.heads = RawGroup(group), None
        self.raw.t2.append(self.current)
        self.first = self.first or block
        self.collector.open(None, block)
        return self.current

    def _read_uncaptioned(self, heads: list[str], key: str, block: Block) -> None:
        """Heads without a caption: the first row label tells whose they are, if they fit it."""
        group = self.words.homes.get(key)
        if group is None:
            if heads and unit_alone(block.text) is not None:
                heads[-1] += block.text
            else:
                heads.append(block.text)
            return
        columns = [_column(self.words.columns[group.caption], head) for head in heads]
        self.heads = None
        if columns and None not in columns:
            opened = self._begin(group, block)
            for column, head in zip(columns, heads, strict=True):
                _add_column(opened, column or "", head)

    def _read_inside(self, current: RawGroup, block: Block) -> bool:
        """Read a block of a sub-table; False where it is no part of it."""
        caption = current.group.caption
        columns = self.words.columns[caption]
        column = _column(columns, block.text)
        if column is not None:
            current.late |= len(current.rows) > 1 and not any(r.slots for r in current.rows)
            _add_column(current, column, block.text)
            return True
        row = _row(self.words.rows[caption], block.text)
        if row is not None:
            opened = RawRow(row, block.text, block.span)
            current.rows.append(opened)
            self.collector.open(opened, block)
            return True
        amount = parse_amount(block.text)
        if amount is not None:
            outside = block.table is None and amount.value is not None
            current.late |= outside and not current.rows  # values may stand before their labels
            self.collector.take(block, amount)
            return True
        self.collector.meet(block)
        if current.rows:
            return self.collector.row is not None
        unit = unit_alone(block.text)
        if unit is not None and current.columns and not current.torn and not current.rows:
            own = money_unit(unit)
            current.units |= {current.columns[-1]: own} if own is not None else {}
            return True
        current.torn += block.text  # a head broken over lines, or one the form does not know
        joined = _column(columns, current.torn)
        if joined is not None:
            _add_column(current, joined, current.torn)
            current.torn = ""
        return True

    def _cover(self, block: Block) -> None:
        if self.first is not None:
            self.raw.covers(self.first.span, block.span)


def read_t2(blocks: tuple[Block, ...], form: Form, raw: RawTables) -> None:
    """Find the sub-tables of table two among the blocks before table three."""
    reader = _Reader(_words(form), raw)
    for block in blocks:
        if len(block.text) > LONGEST_LABEL:
            reader.current = reader.heads = None
        else:
            reader.read(block)
    reader.collector.settle()


def _column(index: LabelIndex, head: str) -> str | None:
    """The column with a head; the unit behind it is not compared."""
    return index.exact(head) or index.match(split_unit(head)[0])


def _add_column(group: RawGroup, column: str, head: str) -> None:
    unit = split_unit(head)[1]
    if column not in group.columns:
        group.columns.append(column)
        group.units |= {column: unit} if unit is not None else {}
    elif not group.rows:
        group.doubled = True


def _row(index: LabelIndex, text: str) -> str | None:
    keys = index.by_label.get(label_key(text))  # of two characters too, within their group
    return keys[0] if keys else index.match(text)
