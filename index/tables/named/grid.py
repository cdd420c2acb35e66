"""Cells of a grid that are named by the label of their row and the head of their column.

It does not matter which of the two stands beside the cell and which above it: a table turned on
its side names its cells as well, and so does one with a row for each cell, which has both beside
it. The nearest text on either side must be a label; past one that the form does not know (a year,
a subtotal) nothing is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.amounts import HEAD_UNITS, parse_amount
from index.formats import Form
from index.report import Block
from index.tables.labels import money_unit, split_unit
from index.tables.named.text import tokens_of
from index.tables.named.words import Named, Names, RowName, names_of
from index.tables.rows import LONGEST_LABEL, slot_of

ONLY_UNIT = re.compile(rf"\s*{HEAD_UNITS}\s*")
"""A cell between a label and its value that says what is counted."""
NOT_THIS_YEAR = re.compile("上一?年|去年|同期|同比|占比|比重|增减|累计|计划|目标|平均")
"""Over a cell that is none of the form."""


class _Place(NamedTuple):
    """A row and the key of its column, the row's label, and the unit that the head names."""

    row: RowName
    column: str
    label: str
    unit: str | None


def named_in_grids(blocks: Sequence[Block], form: Form) -> Iterator[Named]:
    """The named cells of all grids among the blocks."""
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.table is not None and block.row is not None and block.column is not None:
            tables[block.table].append(block)
    for cells in tables.values():
        places = {(b.row, b.column) for b in cells}
        if len(places) == len(cells):  # else a cell is in pieces
            yield from _named(cells, form)


def _named(cells: Sequence[Block], form: Form) -> Iterator[Named]:
    names = names_of(form)
    above: dict[int, list[str]] = defaultdict(list)
    row, left, beside, unit, valued = -1, "", 0, None, False
    captions = _captions(cells, names)
    rows, columns = _behind(cells, captions)
    for block in sorted(cells, key=lambda b: (b.row or 0, b.column or 0)):
        if block.row != row:
            row, left, unit, valued = block.row or 0, "", None, False
            if row in captions:
                above.clear()
        text, column = block.text, block.column or 0
        amount = parse_amount(text)
        if amount is None or (amount.note is not None and names.row(text) is not None):
            above[column].append(text if len(text) <= LONGEST_LABEL else "")
            if left and ONLY_UNIT.fullmatch(text):
                unit = text
            else:
                left, beside, valued = above[column][-1], column, False
            continue
        label_lost = not text and _is_row("".join(above[column][-1:]), names)
        if label_lost and (valued or _is_group(left, form)):
            left = ""
        valued = valued or text != ""
        slot = slot_of(block, amount)
        found = _name(left, above[column], names)
        beyond = "".join(above[column][-1:]) if column not in columns else ""
        before = left if row not in rows else ""
        if found is None and before and text:  # an empty cell may stand for a unit
            found = _by_path(before, above[column], _owner(above, beside), names)
        if found is None and column not in columns and not _is_row(left, names):
            found = _by_stack(above[column], names)
        found = found or _by_both(before, beyond, form)
        if found is not None:
            yield Named(found.row, found.column, slot, found.label, found.unit or money_unit(unit))


def _captions(cells: Sequence[Block], names: Names) -> set[int | None]:
    """Rows with one text and no label: what stands above them is of another table."""
    texts: dict[int | None, list[str]] = defaultdict(list)
    for block in cells:
        if block.text:
            texts[block.row].append(block.text)
    return {
        row
        for row, (text, *others) in texts.items()
        if not others
        and parse_amount(text) is None
        and not names.is_column(text)
        and names.row(text) is None
    }


def _behind(cells: Sequence[Block], captions: Container[int | None]) -> tuple[set[int], set[int]]:
    """Rows and columns that begin with a value and end in a text: labels may stand behind theirs.

    A text before a value is then no sure name of it; in a row with its head above the two are.
    """
    rows: dict[int, list[bool]] = defaultdict(list)
    columns: dict[int, list[bool]] = defaultdict(list)
    for block in sorted(cells, key=lambda b: (b.row or 0, b.column or 0)):
        if block.text and block.row not in captions:
            value = parse_amount(block.text) is not None
            rows[block.row or 0].append(value)
            columns[block.column or 0].append(value)
    torn = [{at for at, kinds in line.items() if kinds[0] > kinds[-1]} for line in (rows, columns)]
    return torn[0], torn[1]


def _is_group(text: str, form: Form) -> bool:
    """Whether a text is the label of a row that may have others beneath it, and no cells itself."""
    row = names_of(form).row(text) if text else None
    return row is not None and not (row.table == "t3" and form.t3_rows[row.key].cells is True)


def _is_row(text: str, names: Names) -> bool:
    return text != "" and names.row(text) is not None


def _name(left: str, above: Sequence[str], names: Names) -> _Place | None:
    """The row and the column of a cell with these texts around it."""
    head = above[-1] if above else ""
    return _place(left, head, names) or _place(head, left, names)


def _by_stack(above: Sequence[str], names: Names) -> _Place | None:
    """As `_name`, where both stand over the cell: a head that is printed again counts once."""
    if not above or not names.is_column(above[-1]):
        return None
    head = above[-1]
    return _place(next((text for text in reversed(above) if text != head), ""), head, names)


def _by_path(head: str, above: Sequence[str], owner: str, names: Names) -> _Place | None:
    """As `_name`, where both stand beside the cell: a row for each cell of the form.

    Over the cell there is no label then, but a word such as 数量, or nothing.
    """
    over = above[-1] if above else ""
    if names.is_column(over) or _is_row(over, names) or NOT_THIS_YEAR.search(over):
        return None
    return _place(owner, head, names)


def _owner(above: Mapping[int, Sequence[str]], column: int) -> str:
    """What was printed last in the nearest column left of this one that holds any text.

    A label that spans several rows stands in the first of them only.
    """
    left = max((c for c, texts in above.items() if c < column and texts), default=None)
    return above[left][-1] if left is not None else ""


def _by_both(left: str, head: str, form: Form) -> _Place | None:
    """As `_name`, where one text beside or over the cell names both: 规章（本年制发件数）."""
    names = names_of(form)
    for text, other in ((left, head), (head, left)):
        found = _both(text, form) if text else None
        if NOT_THIS_YEAR.search(other) and found is not None:
            return None
        if found is not None and not names.is_column(other) and not _is_row(other, names):
            return found if not other or _both(other, form) is None else None
    return None


@lru_cache(maxsize=4096)
def _both(text: str, form: Form) -> _Place | None:
    """The row and the column that are all of a text; heads over them count for nothing."""
    names = names_of(form)
    tokens = tokens_of(text, form) or ()
    labels = [text[slice(*token.span)] for token in tokens]
    known = [label for label in labels if names.is_column(label) or names.row(label) is not None]
    if len(known) != 2 or any(token.kind == "value" for token in tokens):  # noqa: PLR2004
        return None
    return _place(known[0], known[1], names) or _place(known[1], known[0], names)


def _place(label: str, head: str, names: Names) -> _Place | None:
    row = names.row(label) if label and head else None
    column = names.column(row, head) if row is not None else None
    if row is None or column is None:
        return None
    return _Place(row, column, label, split_unit(head)[1])
