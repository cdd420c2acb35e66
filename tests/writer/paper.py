"""The report before it lies on any surface: lines of text, and tables as their form lays them out.

Damages change a paper; a surface writes it down. A cell knows its figure's address, so that
whoever changes it can say whose value is no longer to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from tests.writer.figures import Figures, Number
from tests.writer.prose import Prose

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
"""What the official form prints above table three."""
WIDTH_OF_T2 = 4
"""Columns of table two as a grid: its rows' names and three columns of values."""
LABELS = 3
"""Grid columns that the nested row labels of table three take."""


@dataclass
class Cell:
    """What is printed in a cell, and the figure's address (empty: none, a stray cell)."""

    text: str
    address: str = ""


@dataclass
class Row:
    """A row of a table: the labels of its heads and its own, outermost first, and its cells."""

    key: str
    labels: list[str]
    cells: list[Cell]


@dataclass
class Turn:
    """The end of a page within a table: what is printed there, and whether heads come again."""

    lines: list[str]
    heads: bool


@dataclass(frozen=True)
class Spot:
    """A cell in the grid of a table: place, how many rows and columns it covers, and text."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    address: str = ""


Grid = list[Spot]
"""Cells in reading order; what they do not cover is empty."""


@dataclass
class Group:
    """A sub-table of table two: caption, heads, and a row for each kind of decision."""

    caption: str
    heads: list[str]
    rows: list[Row]


@dataclass
class Table:
    """One of the three tables. ``columns`` are the heads of table three with their group."""

    name: Literal["t2", "t3", "t4"]
    groups: list[Group] = field(default_factory=list)
    rows: list[Row | Turn] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    note: str = ""
    column_head: str = ""
    heads: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def body(self) -> list[Row]:
        """Rows with values, in order."""
        groups = [row for group in self.groups for row in group.rows]
        return [*groups, *(row for row in self.rows if isinstance(row, Row))]

    def cells(self) -> list[Cell]:
        """Cells with values, in order; stray ones too."""
        return [cell for row in self.body() for cell in row.cells]

    def grids(self) -> list[tuple[Grid, list[str]]]:
        """The table as it stands on its pages, each grid with the lines printed below it."""
        if self.name == "t2":
            return [(_grid_of_t2(self), [])]
        if self.name == "t4":
            return [(_grid_of_t4(self), [])]
        return list(_grids_of_t3(self))


@dataclass
class Line:
    """A line of text outside of the tables."""

    text: str
    kind: Literal["title", "heading", "text", "stray"] = "text"


@dataclass
class Paper:
    """A whole report in reading order."""

    parts: list[Line | Table]

    def table(self, name: str) -> Table | None:
        """One of the tables, None where it is not printed."""
        tables = (part for part in self.parts if isinstance(part, Table))
        return next((table for table in tables if table.name == name), None)

    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [part for part in self.parts if isinstance(part, Table)]

    def rows(self) -> list[Row]:
        """All rows with values."""
        return [row for table in self.tables() for row in table.body()]

    def cells(self) -> list[Cell]:
        """All cells with values."""
        return [cell for table in self.tables() for cell in table.cells()]


def print_number(value: Number) -> str:
    """A value as these reports print it."""
    return format(value, "f") if not isinstance(value, int) else str(value)


def lay_out(figures: Figures, prose: Prose) -> Paper:
    """Figures and prose in the order of the form, nothing damaged."""
    tables = {2: _table_two(figures), 3: _table_three(figures), 4: _table_four(figures)}
    parts: list[Line | Table] = [Line(prose.title, "title")] if prose.title else []
    parts.extend(Line(text) for text in prose.preamble)
    for number, (heading, paragraphs) in enumerate(prose.sections, 1):
        parts.append(Line(heading, "heading"))
        parts.extend(Line(text) for text in paragraphs)
        if number in tables:
            parts.append(tables[number])
    return Paper(parts)


def _table_two(figures: Figures) -> Table:
    t2 = figures.form.tables.t2
    groups = []
    for group in t2.groups:
        heads = [t2.header, *(column.label for column in group.columns)]
        rows = [
            Row(row.key, [row.label], [
                _cell(figures, f"t2.{row.key}.{column.key}") for column in group.columns
            ])
            for row in group.rows
        ]  # fmt: skip
        groups.append(Group(group.caption, heads, rows))
    return Table("t2", groups=groups)


def _cell(figures: Figures, address: str) -> Cell:
    return Cell(print_number(figures.values[address]), address)


def _table_three(figures: Figures) -> Table:
    form = figures.form
    rows: list[Row | Turn] = []
    for row in form.tables.t3.rows:
        if row.key not in figures.rows:
            continue
        chain = [row]
        while chain[0].parent is not None:
            chain.insert(0, form.t3_rows[chain[0].parent])
        labels = [f"{r.number}{r.label}" for r in chain]
        cells = [_cell(figures, f"t3.{row.key}.{c.key}") for c in form.tables.t3.columns]
        rows.append(Row(row.key, labels, cells))
    columns = [(c.label, c.group or "") for c in form.tables.t3.columns]
    return Table(
        "t3", rows=rows, columns=columns, note=NOTE, column_head=form.tables.t3.column_head
    )


def _table_four(figures: Figures) -> Table:
    t4 = figures.form.tables.t4
    outcomes = [o.label for o in t4.outcomes]
    heads = [(block.group or "", block.label, outcomes) for block in t4.blocks]
    cells = [_cell(figures, f"t4.{b.key}.{o.key}") for b in t4.blocks for o in t4.outcomes]
    return Table("t4", rows=[Row("", [], cells)], heads=heads)


# -- grids -----------------------------------------------------------------------------------


def _grid_of_t2(table: Table) -> Grid:
    """Captions over the whole width; columns share what the widest group has."""
    grid: Grid = []
    at = 0
    for group in table.groups:
        grid.append(Spot(at, 0, 1, WIDTH_OF_T2, group.caption))
        lines = [(group.heads[0], [Cell(head) for head in group.heads[1:]])]
        lines.extend(("".join(row.labels), row.cells) for row in group.rows)
        for number, (label, cells) in enumerate(lines, 1):
            grid.append(Spot(at + number, 0, 1, 1, label))
            grid.extend(_shared(at + number, cells, len(group.heads) - 1))
        at += len(lines) + 1
    return grid


def _shared(row: int, cells: list[Cell], columns: int) -> Iterator[Spot]:
    """Cells of a row of table two; the last one takes what the others leave of the width."""
    for number, cell in enumerate(cells):
        last = number == columns - 1
        wide = max(1, WIDTH_OF_T2 - 1 - number) if last else 1
        yield Spot(row, 1 + number, 1, wide, cell.text, cell.address)


def _grids_of_t3(table: Table) -> Iterator[tuple[Grid, list[str]]]:
    page: list[Row] = []
    heads = True
    for row in [*table.rows, Turn([], heads=False)]:
        if isinstance(row, Row):
            page.append(row)
            continue
        top = _head_of_t3(table) if heads else []
        start = max((spot.row + spot.rows for spot in top), default=0)
        yield [*top, *_body_of_t3(page, start)], row.lines
        page, heads = [], row.heads


def _head_of_t3(table: Table) -> Grid:
    """The three rows of heads; groups and single columns as the official form merges them."""
    width = len(table.columns)
    second: Grid = []
    third: Grid = []
    for number, (label, group) in enumerate(table.columns):
        if not group:
            second.append(Spot(1, LABELS + number, 2, 1, label))
            continue
        if number == 0 or table.columns[number - 1][1] != group:
            wide = sum(g == group for _, g in table.columns)
            second.append(Spot(1, LABELS + number, 1, wide, group))
        third.append(Spot(2, LABELS + number, 1, 1, label))
    return [
        Spot(0, 0, 3, LABELS, table.note),
        Spot(0, LABELS, 1, width, table.column_head),
        *second,
        *third,
    ]


def _body_of_t3(rows: list[Row], start: int) -> Grid:
    grid: Grid = []
    shown: list[str] = []
    for number, row in enumerate(rows):
        at = start + number
        same = 0
        while same < min(len(shown), len(row.labels) - 1) and shown[same] == row.labels[same]:
            same += 1
        for level in range(same, len(row.labels)):
            last = level == len(row.labels) - 1
            wide = LABELS - level if last else 1
            tall = 1 if last else _height(rows[number:], row.labels[: level + 1])
            if row.labels[level] or not last:
                grid.append(Spot(at, level, tall, wide, row.labels[level]))
        shown = row.labels
        grid.extend(Spot(at, LABELS + n, 1, 1, c.text, c.address) for n, c in enumerate(row.cells))
    return grid


def _height(rows: list[Row], heads: list[str]) -> int:
    """How many rows on this page stand under the same heads."""
    count = 0
    while count < len(rows) and rows[count].labels[: len(heads)] == heads:
        count += 1
    return count


def _grid_of_t4(table: Table) -> Grid:
    """Blocks over their outcomes; a block without a group stands in the first row of heads."""
    top: Grid = []
    second: Grid = []
    third: Grid = []
    at = 0
    for number, (group, label, outcomes) in enumerate(table.heads):
        wide = len(outcomes)
        if not group:
            top.append(Spot(0, at, 1, wide, label))
            second.extend(Spot(1, at + n, 2, 1, o) for n, o in enumerate(outcomes))
        else:
            if number == 0 or table.heads[number - 1][0] != group:
                under = sum(len(o) for g, _, o in table.heads if g == group)
                top.append(Spot(0, at, 1, under, group))
            second.append(Spot(1, at, 1, wide, label))
            third.extend(Spot(2, at + n, 1, 1, o) for n, o in enumerate(outcomes))
        at += wide
    cells = table.body()[0].cells if table.body() else []
    values = [Spot(3, n, 1, 1, cell.text, cell.address) for n, cell in enumerate(cells)]
    return [*top, *second, *third, *values]
