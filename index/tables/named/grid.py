"""Cells of a grid that are named by the label of their row and the head of their column.

It does not matter which of the two stands beside the cell and which above it: a table turned on
its side names its cells as well. The nearest text on either side must be a label; past one that the
form does not know (a year, a unit, a subtotal) nothing is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.amounts import parse_amount
from index.report import Block
from index.tables.named.words import Named, Names, RowName
from index.tables.rows import LONGEST_LABEL, slot_of


def named_in_grids(blocks: Sequence[Block], names: Names) -> Iterator[Named]:
    """The named cells of all grids among the blocks."""
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.table is not None and block.row is not None and block.column is not None:
            tables[block.table].append(block)
    for cells in tables.values():
        places = {(b.row, b.column) for b in cells}
        if len(places) == len(cells):  # else a cell is in pieces
            yield from _named(cells, names)


def _named(cells: Sequence[Block], names: Names) -> Iterator[Named]:
    above: dict[int | None, list[str]] = defaultdict(list)
    row, left = -1, ""
    for block in sorted(cells, key=lambda b: (b.row or 0, b.column or 0)):
        if block.row != row:
            row, left = block.row or 0, ""
        text = block.text
        amount = parse_amount(text)
        if amount is None or (amount.note is not None and names.row(text) is not None):
            left = text if len(text) <= LONGEST_LABEL else ""
            above[block.column].append(left)
            continue
        found = _name(left, above[block.column], names)
        if found is not None:
            (name, label), column = found
            yield Named(name, column, slot_of(block, amount), label)


def _name(left: str, above: Sequence[str], names: Names) -> tuple[tuple[RowName, str], str] | None:
    """The row, its label and the key of the column of a cell with these texts around it."""
    head = above[-1] if above else ""
    for label, other in ((left, head), (head, left)):
        row = names.row(label) if label and other else None
        column = names.column(row, other) if row is not None else None
        if row is not None and column is not None:
            return (row, label), column
    return _by_stack(above, names) if not left or names.row(left) is None else None


def _by_stack(above: Sequence[str], names: Names) -> tuple[tuple[RowName, str], str] | None:
    """As `_name`, where both stand over the cell: a head that is printed again counts once."""
    if not above or not names.is_column(above[-1]):
        return None
    head = above[-1]
    label = next((text for text in reversed(above) if text != head), "")
    row = names.row(label) if label else None
    column = names.column(row, head) if row is not None else None
    return ((row, label), column) if row is not None and column is not None else None
