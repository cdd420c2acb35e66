"""Rows of a grid whose cells hold several lines each: one row for each line.

Editors put a head's rows into one row of cells with line breaks: eight labels in one cell, eight
numbers in each of the others. Such a row is cut only if every cell of it has as many pieces, all of
them labels and numbers of the form; a single piece may stand beside them as a head does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.amounts import UNITS, parse_amount
from index.formats import Form
from index.report import Block, Span
from index.script import fold
from index.tables.named.words import names_of
from index.tables.rows import grid_row
from index.tables.runon import all_labels, row_labels

LONGEST_CELL = 600
"""Characters: all sub-rows of a head in one cell have some 150."""

BLANK = re.compile(r"(?:\s|<br\s*/?>)+", re.IGNORECASE)
VALUE = re.compile(rf"[^\s<]*?\d(?:{UNITS})(?=\d)|[^\s<]+")
"""A value with its unit, which the next one may follow directly, or up to a blank."""
HEAD_AND_VALUE = [False, True]

Pieces = list[tuple[Span, bool]]
"""Places in a cell's text, and whether each is a value."""


def unstack(blocks: tuple[Block, ...], form: Form) -> tuple[Block, ...]:
    """The blocks, stacked rows of grids as rows of their own and group labels apart."""
    rows: dict[tuple[int, int], list[Block]] = defaultdict(list)
    for block in blocks:
        place = grid_row(block)
        if place is not None:
            rows[place].append(block)
    cut = {place: cells for place, row in rows.items() if (cells := _cut(row, form)) is not None}
    if not cut:
        return blocks
    return tuple(_renumbered(blocks, cut))


def _cut(row: Sequence[Block], form: Form) -> list[list[Block]] | None:
    """The lines of a stacked row, None where it is none."""
    pieces = [_pieces(block.text, form) if block.text else [] for block in row]
    if None in pieces:
        return None
    known = [p for p in pieces if p is not None]
    height = max(map(len, known), default=0)
    if height <= 1 or not any(value for p in known for _, value in p):
        return None
    kinds = [[value for _, value in p] for p in known if p]
    if any(len(k) not in (1, height) or k == [True] for k in kinds):
        return None
    names = names_of(form)
    if any(len(p) == 1 and names.is_column(b.text) for b, p in zip(row, known, strict=True)):
        return None  # a head whose value is lost
    if [False] * height not in kinds and any(k != HEAD_AND_VALUE for k in kinds):
        return None  # 4 9 beside a single label may be one number
    lines: list[list[Block]] = [[] for _ in range(height)]
    for block, parts in zip(row, known, strict=True):
        for number, line in enumerate(lines):
            if number < len(parts):
                line.append(_part(block, parts[number][0]))
            elif not parts:
                line.append(block)
    return lines


def _part(block: Block, place: Span) -> Block:
    start, end = block.span[0] + place[0], block.span[0] + place[1]
    text = block.text[slice(*place)]
    return Block(
        text=text,
        span=(start, end),
        table=block.table,
        row=block.row,
        column=block.column,
        page=block.page,
    )


def _pieces(text: str, form: Form) -> Pieces | None:
    """Labels and values that a cell is made of, None where it holds anything else."""
    if len(text) > LONGEST_CELL:
        return None
    whole = fold(text)
    folded = whole.text
    pieces: Pieces = []
    at = 0
    while at < len(folded):
        if (blank := BLANK.match(folded, at)) is not None:
            at = blank.end()
            continue
        label = row_labels(form).match(folded, at) or all_labels(form).match(folded, at)
        end = label.end() if label is not None else at
        value = end == at
        if value:
            found = VALUE.match(folded, at)
            if found is None or parse_amount(found[0]) is None:
                return None
            end = found.end()
        pieces.append((whole.span(at, end), value))
        at = end
    return pieces


def _renumbered(
    blocks: Sequence[Block], cut: dict[tuple[int, int], list[list[Block]]]
) -> Iterator[Block]:
    """The blocks with the rows of their grids counted anew."""
    added: dict[int, int] = defaultdict(int)
    done: set[tuple[int, int]] = set()
    for block in blocks:
        place = grid_row(block)
        if place is None:
            yield block
        elif place not in cut:
            yield _moved(block, added[place[0]])
        elif place not in done:
            done.add(place)
            for number, line in enumerate(cut[place]):
                for part in line:
                    yield _moved(part, added[place[0]] + number)
            added[place[0]] += len(cut[place]) - 1


def _moved(block: Block, rows: int) -> Block:
    if not rows or block.row is None:
        return block
    return block._replace(row=block.row + rows)
