"""Table three from its first row label on: labels open rows, what follows are their cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from index.amounts import parse_amount
from index.formats import Form
from index.report import Block
from index.script import label_key
from index.tables.four import begins_t4
from index.tables.heads import head_keys, read_heads, read_heads_again
from index.tables.labels import LEAST_NEAR, LabelIndex, row_index
from index.tables.rows import LONGEST_LABEL, Collector, RawRow, RawTables, grid_row
from index.tables.torn import give_rows

JOINED_LINES = 4
"""A label broken over more lines than this has not been seen."""
NEAR_ROWS = 60
"""Blocks after the first row label in which other rows must follow; prose names it too."""
LEAST_ROWS = 2
AFTER_TEXT = 12
"""Blocks after running text in which a row must follow for the table to go on."""


@cache
def _first_row(form: Form) -> LabelIndex:
    return LabelIndex(form.tables.t3.rows[:1])


def find_t3(blocks: tuple[Block, ...], form: Form) -> list[int]:
    """Indexes of the blocks with the first row label of a table three, in reading order.

    Those that other rows follow; a table of a single row is believed where none has more.
    """
    found, last, index = [], -1, _first_row(form)
    for at, block in enumerate(blocks):
        fits = LEAST_NEAR <= len(block.text) <= LONGEST_LABEL and at > last
        if fits and index.may_match(block.text) and _is_first_row(blocks, at, form):
            found.append(at)
            last = _join(blocks, at, index, after=None)[1]  # the label may go on
    return [at for at in found if _has_rows(blocks, at, form)] or found[:1]


def _has_rows(blocks: tuple[Block, ...], at: int, form: Form) -> bool:
    index = row_index(form)
    following = [b.text for b in blocks[at + 1 : at + NEAR_ROWS] if len(b.text) <= LONGEST_LABEL]
    return len({key for text in following if (key := index.exact(text))}) >= LEAST_ROWS


def _is_first_row(blocks: tuple[Block, ...], at: int, form: Form) -> bool:
    text, index = blocks[at].text, _first_row(form)
    if row_index(form).match(text) == form.tables.t3.rows[0].key:  # and no other row's remains
        return True
    if len(label_key(text)) < LEAST_NEAR or not index.is_beginning(text):
        return False
    return _join(blocks, at, index, after=None)[0] is not None


def _join(
    blocks: tuple[Block, ...], at: int, index: LabelIndex, *, after: str | None
) -> tuple[str | None, int]:
    """The label that starts at a block and may go on in the next ones, and its last block."""
    text = blocks[at].text
    best = index.exact(text, after=after), at
    for last in range(at + 1, min(at + JOINED_LINES, len(blocks))):
        following = blocks[last].text
        if not index.is_beginning(text):
            break
        if parse_amount(following) is not None or index.exact(following) is not None:
            break
        text += following
        found = index.exact(text, after=after)
        if found is not None:
            best = found, last
    if best[0] is None:
        best = index.near(blocks[at].text), at
    return best


@dataclass
class _Reader:
    """The state of reading: rows and heads in reading order, and where the table ends."""

    blocks: tuple[Block, ...]
    form: Form
    at: int
    end: int
    previous: str | None = None
    index: LabelIndex = field(init=False)
    rows: list[RawRow] = field(default_factory=list)
    collector: Collector = field(default_factory=Collector)

    def __post_init__(self) -> None:
        self.index = row_index(self.form)

    def run(self) -> None:
        """Read blocks up to the end of the table."""
        while self.at < len(self.blocks) and self.step():
            pass
        self.collector.settle(len(self.form.tables.t3.columns))

    def step(self) -> bool:
        """Read a cell, a label or a text; False where the table ends."""
        block = self.blocks[self.at]
        amount, index = parse_amount(block.text), self.index
        is_label = amount is not None and amount.note is not None and index.match(block.text)
        if amount is not None and not is_label:
            self.collector.take(block, amount)
            self.at += 1
            self.end = self.at if self.collector.row is not None else self.end
            return True
        if self._is_over(block):
            return False
        key, last = _join(self.blocks, self.at, index, after=self.previous)
        if key is None or self._is_head(block):
            if begins_t4(self.blocks, self.at, self.form):
                return False
            self.collector.meet(block)
            self.at += 1
            return True
        span = (block.span[0], self.blocks[last].span[1])
        text = "".join(b.text for b in self.blocks[self.at : last + 1])
        self.rows.append(RawRow(key, text, span))
        self.collector.open(self.rows[-1], block)
        self.previous = key
        self.at = self.end = last + 1
        return True

    def _is_head(self, block: Block) -> bool:
        """Whether a label of two characters (其他, 总计) goes on a line of heads printed again."""
        heads = head_keys(self.form)
        if label_key(block.text) not in heads:
            return False
        before = self.at - 1
        while before > 0 and not self.blocks[before].text:
            before -= 1
        return label_key(self.blocks[before].text) in heads

    def _is_over(self, block: Block) -> bool:
        """Whether text ends the table: after its last row, or a long one that no row follows."""
        if self.previous == self.form.tables.t3.rows[-1].key and (
            not grid_row(block) or _first_row(self.form).exact(block.text) is not None
        ):
            return True
        if len(block.text) <= LONGEST_LABEL:
            return False
        following = self.blocks[self.at + 1 : self.at + AFTER_TEXT]
        short = (b.text for b in following if len(b.text) <= LONGEST_LABEL)
        return not any(self.index.exact(text) for text in short)


def read_t3(blocks: tuple[Block, ...], start: int, form: Form, raw: RawTables) -> int:
    """Table three from its first row label on; returns the index after its last block."""
    heads = read_heads(blocks, start, form)
    heads.sure = heads.sure and not _is_behind(blocks, start, len(form.tables.t3.columns))
    raw.t3_columns, raw.t3_subtotals = heads.columns, heads.subtotals
    raw.t3_subtotal, raw.t3_in_order = heads.subtotal, heads.sure
    reader = _Reader(blocks, form, start, start)
    reader.run()
    read_heads_again(blocks[start : reader.end], form, heads)
    given = give_rows(reader.rows, reader.collector.strays, reader.collector.texts, form)
    for row in given:
        _register(row, form, raw)
    if heads.repeated:  # on the next page, if the rows have no more cells than the form
        width = len(form.tables.t3.columns)
        raw.t3_in_order &= all(len(row.slots) in (0, width) for row in raw.t3.values())
    top = blocks[heads.top].span
    raw.covers(top, blocks[max(start, reader.end - 1)].span)
    return reader.end


def _is_behind(blocks: tuple[Block, ...], start: int, width: int) -> bool:
    """Whether a row of values stands right before the first label: each may belong to the next."""
    before = blocks[max(0, start - width) : start]
    return len(before) == width and all(
        b.table is None and (amount := parse_amount(b.text)) is not None and not amount.blank
        for b in before
    )


def _register(row: RawRow, form: Form, raw: RawTables) -> None:
    """File a row under its key; a label printed twice with values makes the row unsure."""
    if form.t3_rows[row.key].cells is False:
        raw.heads[row.key] = row.span
        return
    earlier = raw.t3.get(row.key)
    if earlier is not None and earlier.slots:
        raw.repeated.append(row.key)
    raw.t3[row.key] = row
