"""Paragraphs, cells and tables of a web page, and where a cell stands in its table's grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from index.read.html_text import SPACE, join_lines

LONG_CELL = 200
"""Characters; a cell with more is running text."""
CELLS_OF_DATA = 4
"""A table with more filled cells than this for each cell of running text is no layout."""
LONGEST_TITLE = 80
WIDEST, TALLEST = 1_000, 65_534
"""Columns and rows that one cell can span: the limits of the HTML standard."""

REPORT = re.compile(r"政[府务務](?:信息|[资資][讯訊])公[开開](?:工作|年度)*(?:[报報]告|年[报報])")
NOT_TITLE = re.compile(r"[。，；《]")
SPAN = re.compile(r"\s*\+?(\d{1,9})")


@dataclass(slots=True)
class Paragraph:
    """A run of text outside data tables, and the element (by number) that it stands in.

    ``links`` counts the links where they are all there is to read, and is 0 elsewhere;
    ``chrome`` says that it stands in the page's own header, footer or sidebar.
    """

    text: str
    node: int
    links: int
    chrome: bool


@dataclass(slots=True)
class Cell:
    """A cell at its place in the grid, and what it holds.

    ``chars`` are characters of text in it; ``nested`` says that it holds a data table.
    """

    row: int
    column: int
    content: list[Item] = field(default_factory=list)
    chars: int = 0
    nested: bool = False
    picture: bool = False

    @property
    def text(self) -> str:
        """What is printed in the cell; a table or a picture in its place is named as such."""
        if self.nested:
            return "[表]"
        if len(self.content) == 1 and isinstance(self.content[0], Paragraph):
            text = self.content[0].text
        else:
            lines = [item.text for item in flat(self.content) if isinstance(item, Paragraph)]
            if not lines:
                return "[图]" if self.picture else ""
            text = lines[0] if len(lines) == 1 else join_lines(lines)
        return SPACE.sub("", text) if " " in text else text

    @property
    def running(self) -> bool:
        """Whether it holds paragraphs that are better read on their own."""
        return self.nested or (self.chars > LONG_CELL and len(self.content) > 1)


@dataclass(slots=True)
class Table:
    """A data table: its rows, each with the cells that begin in it."""

    node: int
    chrome: bool
    rows: list[list[Cell]] = field(default_factory=list)


Piece: TypeAlias = Paragraph | Table
Item: TypeAlias = "Piece | list[Item]"


def flat(items: Sequence[Item]) -> Iterator[Piece]:
    """Paragraphs and tables in reading order, without recursion."""
    if not items:
        return
    stack = [iter(items)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, list):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()


def title_score(text: str) -> int:
    """2: reads like the title of a report with its year; 1: without a year; 0: it does not."""
    if len(text) > LONGEST_TITLE or NOT_TITLE.search(text) or not REPORT.search(text):
        return 0
    return 2 if re.search(r"\d{4}|二[〇○零]", text) else 1


class OpenTable:
    """A table being read: where the next cell stands, past cells that hang down from above."""

    def __init__(self, table: Table, flow: list[Item]) -> None:
        """``flow`` is what the table, and text beside its cells, stands in."""
        self.table, self.flow = table, flow
        self.cell: Cell | None = None
        self.in_row = False
        self._row: list[Cell] = []
        self._number = -1
        self._column = self._passed = 0
        self._held: list[tuple[int, int, int]] = []  # first column, column after, row after
        self._new: list[tuple[int, int, int]] = []

    def next_row(self) -> int:
        """Begin a row; the number of cells that hang down into it."""
        self._number, self._row = len(self.table.rows), []
        self.table.rows.append(self._row)
        if self._held or self._new:
            self._held = sorted(h for h in (*self._held, *self._new) if h[2] > self._number)
        self._new, self._column, self._passed, self.in_row = [], 0, 0, True
        return len(self._held)

    def end_group(self) -> None:
        """Cells do not hang out of their row group."""
        self.cell, self.in_row, self._held, self._new = None, False, [], []

    def add(self, colspan: str | None, rowspan: str | None) -> Cell:
        """Open the next cell of the row; ``rowspan=0`` reaches to the end of the row group."""
        columns = min(_span(colspan) or 1, WIDEST) if colspan else 1
        rows = min(_span(rowspan) or TALLEST, TALLEST) if rowspan else 1
        held, column = self._held, self._column
        while self._passed < len(held) and held[self._passed][0] <= column:
            column = max(column, held[self._passed][1])
            self._passed += 1
        self.cell = cell = Cell(self._number, column, [])
        self._column = column + columns
        if rows > 1:
            self._new.append((column, self._column, self._number + rows))
        self._row.append(cell)
        return cell

    def is_data(self) -> bool:
        """Whether the table holds data, not the layout of the page."""
        cells = [cell for row in self.table.rows for cell in row]
        heavy = len([cell for cell in cells if cell.nested or cell.chars > LONG_CELL])
        filled = len([cell for cell in cells if cell.content])
        wide = any(len(row) > 1 for row in self.table.rows)
        return wide and (heavy == 0 or filled > CELLS_OF_DATA * heavy)


def _span(value: str) -> int:
    """A colspan or rowspan as written; 1 where it is no number."""
    if len(value) == 1 and value in "123456789":
        return int(value)
    match = SPAN.match(value)
    return int(match[1]) if match else 1
