"""Blocks to the rows of an annexed table: a value belongs to the label that it follows.

Only what is printed is gathered here. Which column a value belongs to, and whether it is known at
all, is decided by `index.annex.place`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.amounts import Amount, parse_amount
from index.annex.cut import cut_annex
from index.annex.labels import AnnexLabels, labels_of
from index.formats import Form
from index.report import Block, Number, Span
from index.script import NOT_LABEL, fold_same_length, label_key
from index.tables.rows import LONGEST_LABEL, RawRow, RawTables, grid_row, slot_of

LEAST_LABELS = 6
"""Rows with a unit or a cell that make a text an annexed table."""
LEAST_HEADS = 3
"""Heads without a value of their own that rising numbers follow, where they are serial numbers."""
JOINED_LINES = 4
"""Lines that a label may be broken over."""
GLOSS = re.compile(r"\s*[(（].*[)）]\s*")
"""A line in brackets below a label: an explanation of it."""
DATES = ("年", "月", "日", "号", "时", "点")
"""What follows the digits of a date, which are no cell."""

Path = tuple[str, ...]


def read_annex(blocks: tuple[Block, ...], form: Form, source: str = "") -> RawTables:
    """Find the annexed table of ``form`` among the blocks of a document with this text.

    The form must have one.
    """
    labels = labels_of(form)
    raw = RawTables(form, blocks=blocks, source=source)
    if not _may_hold(blocks, labels):
        return raw
    cuts = cut_annex(blocks, labels)
    reader = _Reader(labels, cuts.blocks, cuts.doubtful)
    reader.read()
    found = [r for r in reader.rows.values() if r.slots or r.unit is not None]
    if len(found) < LEAST_LABELS:
        return raw
    raw.blocks, raw.annex, raw.annex_heads = cuts.blocks, reader.rows, reader.heads
    raw.repeated, raw.region = reader.repeated, reader.regions
    raw.score = len(found)
    return raw


def _may_hold(blocks: Sequence[Block], labels: AnnexLabels) -> bool:
    """Whether enough labels occur in the text at all, which is quickly seen."""
    text = NOT_LABEL.sub("", fold_same_length("\n".join(b.text for b in blocks)))
    seen = 0
    for row in labels.annex.rows:
        seen += any(label_key(label) in text for label in (row.label, *row.aliases))
        if seen >= LEAST_LABELS:
            return True
    return False


class _Reader:
    """Goes through the blocks once: labels open rows, units and cells go to the open one."""

    def __init__(
        self, labels: AnnexLabels, blocks: Sequence[Block], doubtful: frozenset[Span]
    ) -> None:
        self.rows: dict[str, RawRow] = {}
        self.heads: dict[int | None, list[tuple[int, int, str]]] = {}
        self.repeated: list[str] = []
        self.regions: list[Span] = []
        self._labels, self._blocks, self._doubtful = labels, blocks, doubtful
        self._serials = _serial_numbers(blocks, labels)
        self._row: RawRow | None = None
        self._path: Path = ()
        self._replaced: RawRow | None = None
        self._grid: tuple[int, int] | None = None
        self._top: Span | None = None
        self._inside = False
        self._begun: set[int | None] = set()
        self._numbered = False  # outside a grid, a head names a column of serial numbers
        self._head: str | None = None
        self._below_heads: dict[str, Number] = {}

    def read(self) -> None:
        """Fill ``rows``, ``heads``, ``repeated`` and ``regions``."""
        at = 0
        while at < len(self._blocks):
            at = self._read(at)
        below = list(self._below_heads.values())
        rising = len(below) >= LEAST_HEADS and all(a < b for a, b in pairwise(below))
        if (self._numbered or rising) and not self._serials:
            for row in self.rows.values():
                row.broken = row.broken or row.grid is None

    def _read(self, at: int) -> int:
        """Read one block, or the several that a label is broken over; returns the next index."""
        block = self._blocks[at]
        if grid_row(block) != self._grid:
            self._close()
        self._grid = grid_row(block)
        if len(block.text) > LONGEST_LABEL and block.table is None:
            self._interrupt()
            return at + 1
        amount = None if at in self._serials else parse_amount(block.text)
        if amount is not None and not self._is_text(block, amount):
            self._take(block, amount)
            return at + 1
        if at in self._serials or self._is_unit(block):
            return at + 1
        key, last = self._label(at)
        if key is not None:
            self._open(key, block, self._blocks[at : last + 1])
            return last + 1
        self._meet(block)
        return at + 1

    def _is_text(self, block: Block, amount: Amount) -> bool:
        """Whether a text that begins with digits is a label or a date: 1当面申请数, 2018年."""
        if amount.note is None:
            return False
        if amount.note.startswith(DATES):
            return True
        return self._labels.find(block.text, self._path) is not None

    def _is_unit(self, block: Block) -> bool:
        """Take a unit to the open row; two units are the units of two rows."""
        unit = self._labels.unit(block.text)
        if unit is None:
            return False
        if self._row is not None:
            self._row.broken = self._row.broken or self._row.unit is not None
            self._row.unit = unit
            self._extend(block)
        return True

    def _label(self, at: int) -> tuple[str | None, int]:
        """The row whose label starts at a block and may go on in the next lines."""
        text = self._blocks[at].text
        best = self._labels.exact(text, self._path), at
        if self._blocks[at].table is None:
            for last in range(at + 1, min(at + JOINED_LINES, len(self._blocks))):
                following = self._blocks[last]
                if following.table is not None or not self._labels.is_beginning(text):
                    break
                if parse_amount(following.text) or self._labels.unit(following.text):
                    break
                text += following.text
                found = self._labels.exact(text, self._path)
                best = (found, last) if found is not None else best
        if best[0] is None:
            best = self._labels.find(self._blocks[at].text, self._path), at
        return best

    def _open(self, key: str, block: Block, lines: Sequence[Block]) -> None:
        """A label was found: its row is open now, unless it is a head."""
        self._drop_category(key, block)
        self._begun.add(block.table)
        self._path = self._labels.path(key)
        span = (block.span[0], lines[-1].span[1])
        self._row, self._head = None, None if block.table is not None else key
        if self._labels.rows[key].cells:
            grid = (
                None if block.table is None or block.column is None else (block.table, block.column)
            )
            self._row = RawRow(key, "".join(b.text for b in lines), span, grid=grid)
            self._replaced = self.rows.get(key)
            if self._replaced is not None:
                self.repeated.append(key)
            self.rows[key] = self._row
        self._extend(lines[-1], begin=span[0])

    def _drop_category(self, key: str, block: Block) -> None:
        """A label before another in one line of a grid names only what the other belongs to.

        Or it is the same one again, where a merged cell was written out.
        """
        row = self._row
        if row is None or block.table is None or row.unit is not None:
            return
        if any(s.text for s in row.slots) or row.key not in self._labels.path(key):
            return
        del self.rows[row.key]
        if self._replaced is not None:
            self.rows[row.key] = self._replaced
            self.repeated.remove(row.key)

    def _take(self, block: Block, amount: Amount) -> None:
        if self._row is None:
            if self._head is not None and amount.value is not None:
                self._below_heads.setdefault(self._head, amount.value)
            return
        self._row.slots.append(slot_of(block, amount))
        self._row.broken = self._row.broken or block.span in self._doubtful
        self._extend(block)

    def _meet(self, block: Block) -> None:
        """Text that is no label: a head of the table, an unreadable cell, or something else."""
        is_head, column = self._labels.head(block.text)
        self._note_head(block, column)
        if is_head:
            self._close()
            if self._top is None:
                self._top = block.span
        elif self._row is None:
            self._top = None
        elif block.table is not None:
            self._row.slots.append(slot_of(block, Amount(None)))
        elif self._row.slots or self._row.unit is not None or not GLOSS.fullmatch(block.text):
            self._row.broken = self._row.broken or not self._row.slots
            self._close()

    def _note_head(self, block: Block, column: str | None) -> None:
        """Keep what stands above the rows of a grid; outside one, only words that name a column."""
        if block.table is None and label_key(block.text) in self._labels.serials:
            self._numbered = True
        heads = self.heads.setdefault(block.table, [])
        if block.table is not None and block.table not in self._begun:
            heads.append((block.row or 0, block.column or 0, column or ""))
        elif block.table is None and column is not None:
            heads.append((0, len(heads), column))

    def _close(self) -> None:
        self._row = None

    def _interrupt(self) -> None:
        """Running text ends the table; what comes after it is another one, or none."""
        self._close()
        self._path, self._top, self._inside = (), None, False
        if not self.rows:
            self.heads.pop(None, None)

    def _extend(self, block: Block, begin: int | None = None) -> None:
        """The table reaches to this block."""
        if self._inside:
            self.regions[-1] = (self.regions[-1][0], block.span[1])
        else:
            start = self._top[0] if self._top is not None else begin
            self.regions.append((block.span[0] if start is None else start, block.span[1]))
            self._inside = True


def _serial_numbers(blocks: Sequence[Block], labels: AnnexLabels) -> frozenset[int]:
    """Places of a column of serial numbers outside a grid: 1, 2, 3 … before every label.

    Every label must have its number, so that a value is never taken for one.
    """
    before = [
        at - 1
        for at, block in enumerate(blocks)
        if block.table is None and at and labels.knows(block.text)
    ]
    texts = [fold_same_length(blocks[at].text).strip() for at in before]
    numbered = texts == [str(n) for n in range(1, len(texts) + 1)]
    return frozenset(before) if numbered and len(texts) >= LEAST_LABELS else frozenset()
