"""Cells of running lines that are named, such as 予以公开：自然人6件，商业企业1件.

A line is read only if all of it is labels, heads and numbers of the form; any other word ends what
came before it. Heads stand each before its value, or all of them before as many values: those of
the row itself, or one line of heads for the rows that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from index.amounts import MINUS, UNITS, parse_amount
from index.formats import Form
from index.report import Block, Span
from index.script import Folded, fold
from index.tables.labels import PREFIX, row_index, split_unit
from index.tables.named.words import Named, Names, RowName, names_of
from index.tables.rows import LONGEST_LABEL, Slot, slot_of
from index.tables.runon import all_labels, piece, row_labels

LONGEST_LINE = 600
"""Characters: a row of table three in a sentence has some 150, a line of table two more."""
JOINED, LONGEST_HEAD = 3, 10
"""Blocks that one head may be broken over, and characters of such a head."""
DASHES = "\u2014\u2013-"
POINTS = re.compile(
    rf"(?:[\s:,;。、()\u201c\u201d·|：，；（）为=_…\"'{{}}\[\]]|\.{{3,}}|\.(?!\d)"
    rf"|\u2014\u2014|[{DASHES}](?!\s*[\d{DASHES}]))+"
)
"""Between labels and values; a dash or a point before a digit is the number's."""
VALUE = re.compile(
    rf"(?:[+{MINUS}]|--|增加?|[减负]少?)?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?"
    rf"(?:{UNITS})?(?!\d)|(?<!\d)[/无](?!\d)"
)
SENTENCE = re.compile(r"[^。；;]+[。；;]?")
BULLET = re.compile(r"\s*[-*+\u2022\u25cf\u25a0]\s+(?!\d+\s*$)")
CORNER = re.compile(r"\s*[\u3400-\u9fff]{2,6}[\s:,，;|]+")
LEAST_HEADS = 3
"""A word before the heads of a table, and heads that make a line such a line."""
BEGINNING = re.compile(r"\s*([^:]{4,80}):")
"""A line's label, as it is printed."""
NOTE = re.compile(r"[(][^()]*[)]|[*\u203b\u2460-\u2473]+|[\u3400-\u9fff]{1,6}(?=[,;。、\s]|$)")


class Token(NamedTuple):
    """A label or a value of a line and its place in it."""

    kind: Literal["label", "value"]
    span: Span


@lru_cache(maxsize=4096)
def tokens_of(text: str, form: Form) -> tuple[Token, ...] | None:
    """The labels and values that a line is made of, None where it holds anything else.

    A word in the corner over the labels (类型 结果维持 结果纠正 …) counts for nothing.
    """
    whole = fold(text)
    found = _tokens_from(whole, _after_bullet(whole.text), form)
    if found is None and (corner := CORNER.match(whole.text)) is not None:
        heads = _tokens_from(whole, corner.end(), form) or ()
        columns = [names_of(form).is_column(text[slice(*t.span)]) for t in heads]
        found = heads if len(heads) >= LEAST_HEADS and all(columns) else None
    return _whole_label(whole, form) if found is None else found


def _after_bullet(folded: str) -> int:
    bullet = BULLET.match(folded)
    return bullet.end() if bullet is not None else 0


def _tokens_from(whole: Folded, at: int, form: Form) -> tuple[Token, ...] | None:
    folded = whole.text
    found: list[Token] = []
    while at < len(folded):
        points = POINTS.match(folded, at)
        label = _label_end(folded, at, form)
        value = VALUE.match(folded, at)
        if label > at:
            found.append(Token("label", whole.span(at, label)))
            at = label
        elif value is not None:
            end = _after_note(folded, value.end(), form)
            found.append(Token("value", whole.span(at, end)))
            at = end
        elif points is not None:
            at = points.end()
        else:
            return None
    return tuple(found)


def _whole_label(line: Folded, form: Form) -> tuple[Token, ...] | None:
    """A line that is a row's label with characters lost or added, and has no number but its own."""
    bare = PREFIX.sub("", line.text, count=1)
    if len(line.text) > LONGEST_LABEL or re.search(r"\d", bare):
        return None
    known = row_index(form).match(line.text) is not None
    return (Token("label", line.span(0, len(line.text))),) if known else None


def _label_end(folded: str, at: int, form: Form) -> int:
    """Where a label that begins here ends; one before a colon may have lost characters."""
    label = row_labels(form).match(folded, at) or all_labels(form).match(folded, at)
    if label is not None or at > 0:
        return label.end() if label is not None else at
    begun = BEGINNING.match(folded)
    near = begun is not None and row_index(form).match(begun[1]) is not None
    return begun.end(1) if begun is not None and near else at


def _after_note(folded: str, at: int, form: Form) -> int:
    """Where a value with its note (5撤, 22(其中修订3件)) ends; a label is no note."""
    note = NOTE.match(folded, at)
    start = at + (folded[at : at + 1] == "(")
    label = row_labels(form).match(folded, start) or all_labels(form).match(folded, start)
    return note.end() if note is not None and (label is None or label.end() == start) else at


@dataclass
class _Reader:
    """The row that is open, the heads printed last, and the values since then.

    ``closed``: the next head begins a new list of heads. ``own``: the heads are those that the row
    itself prints. ``bare``: the row's label stands in this line, and nothing after it yet.
    ``spread``: the values stand in several lines. ``stacked``: another row's label stands right
    before that of the row, and nothing that follows in the same line. ``behind``: a value stands
    before the first label, so that values may stand before what they are of.
    ``labelled``, ``named`` and ``line`` are the lines of the row's label, of the last label and of
    the last value.
    """

    names: Names
    row: RowName | None = None
    label: str = ""
    heads: list[str] = field(default_factory=list)
    values: list[Slot] = field(default_factory=list)
    closed: bool = False
    own: bool = False
    bare: bool = False
    spread: bool = False
    stacked: bool = False
    fresh: bool = False
    behind: bool = False
    labelled: Span | None = None
    named: Span | None = None
    line: Span | None = None

    def close(self) -> Iterator[Named]:
        """Name the values since the last label: as many as there are heads.

        Heads of several rows must stand in the order of the form: where a head had two lines, they
        are printed in another one than their columns. In table three the values must then stand in
        one line: those of two rows, one of which lost its label, may be as many as there are heads.
        """
        slots, self.values = self.values, []
        line, self.line = self.line, None
        spread, self.spread = self.spread, False
        if self.row is None or not slots or len(slots) != len(self.heads) or self.stacked:
            return
        if self.behind and line != self.named:
            return
        columns = [self.names.column(self.row, head) for head in self.heads]
        units = [split_unit(head)[1] for head in self.heads]
        if not self.own and (
            (self.row.table == "t3" and spread) or columns != self.names.in_order(self.row, columns)
        ):
            return
        if None not in columns and len(set(columns)) == len(columns):
            for column, slot, unit in zip(columns, slots, units, strict=True):
                yield Named(self.row, column or "", slot, self.label, unit)

    def add(self, slot: Slot, line: Span) -> None:
        """A value that stands in a line."""
        self._follow(line)
        self.behind |= self.row is None and self.labelled is None
        self.spread |= self.line not in (None, line)
        self.line, self.bare = line, False
        self.values.append(slot)

    def _follow(self, line: Span) -> None:
        """A head or a value; in the line of the row's label it is that row's."""
        self.stacked &= self.labelled != line
        self.fresh = False

    def take(self, text: str, line: Span) -> Iterator[Named]:
        """A label: of a row, of a column, or one that ends the row."""
        fresh = bool(self.values) or self.closed
        row = self.names.row(text)
        pending = self.row is not None and not self.own and len(self.values) != len(self.heads)
        self.behind |= pending and bool(self.values) and self.names.is_column(text)
        yield from self.close()
        self.named = line
        if row is not None:
            twice = self.bare and self.row is not None and self.names.has_cells(self.row)
            self.row, self.label = (None if twice else row), text
            self.heads = [] if self.own else self.heads
            self.closed = self.bare = True
            self.own = False
            self.stacked, self.fresh = self.fresh, self.names.has_cells(row)
            self.labelled = line
            return
        if self.names.is_column(text):
            self._follow(line)
            self.heads = [text] if fresh else [*self.heads, text]
            self.own = self.row is not None and (fresh or self.own)
            self.closed = False
        else:
            self.row, self.closed = None, fresh
        self.bare = False

    def end(self) -> Iterator[Named]:
        """A line with its row's label and its values ends the row."""
        yield from self.close()
        self.row, self.closed, self.fresh = None, True, False

    def forget(self) -> Iterator[Named]:
        """Other words end the row and the heads."""
        yield from self.close()
        self.row, self.labelled, self.heads = None, None, []
        self.fresh = self.behind = False


def named_in_lines(blocks: Sequence[Block], form: Form) -> Iterator[Named]:
    """The named cells of the blocks in their reading order, whatever grid they stand in."""
    reader = _Reader(names_of(form))
    for block in joined_heads(blocks, form):
        reader.bare = False
        tokens = tokens_of(block.text, form) if len(block.text) <= LONGEST_LINE else None
        if tokens is None:
            yield from reader.forget()
            continue
        for kind, (start, end) in tokens:
            text = block.text[start:end]
            amount = parse_amount(text) if kind == "value" else None
            if amount is None:
                yield from reader.take(text, block.span)
                continue
            span = (block.span[0] + start, block.span[0] + end)
            part = block._replace(text=text, span=span, run=False)
            reader.add(slot_of(part, amount), block.span)
        if _is_row(block, tokens, reader.names):
            yield from reader.end()
    yield from reader.close()


def _is_row(block: Block, tokens: Sequence[Token], names: Names) -> bool:
    """Whether a line has a row's label and values."""
    labels = [block.text[slice(*t.span)] for t in tokens if t.kind == "label"]
    return 0 < len(labels) < len(tokens) and any(names.row(text) for text in labels)


def joined_heads(blocks: Sequence[Block], form: Form) -> Iterator[Block]:
    """The lines and sentences that hold something; a head cut into neighbours is one."""
    names = names_of(form)
    held = [part for block in blocks if block.text for part in _sentences(block, form)]
    at = 0
    while at < len(held):
        sizes = range(min(JOINED, len(held) - at), 1, -1)
        size = next((n for n in sizes if _is_head(held[at : at + n], names)), 1)
        if size == 1:
            yield held[at]
        else:
            span = (held[at].span[0], held[at + size - 1].span[1])
            text = "".join(b.text for b in held[at : at + size])
            yield Block(text=text, span=span, page=held[at].page)
        at += size


def _sentences(block: Block, form: Form) -> Iterator[Block]:
    """A line that can be read as it is, or its sentences."""
    short = len(block.text) <= LONGEST_LABEL or block.table is not None
    if short or (len(block.text) <= LONGEST_LINE and tokens_of(block.text, form) is not None):
        yield block
        return
    for match in SENTENCE.finditer(block.text):
        yield from piece(block, match.span())


def _is_head(blocks: Sequence[Block], names: Names) -> bool:
    """Whether short pieces are the head of a column together, and not each its own."""
    if any(parse_amount(b.text) is not None for b in blocks):
        return False
    text = "".join(b.text for b in blocks)
    return len(text) <= LONGEST_HEAD and names.is_column(text)
