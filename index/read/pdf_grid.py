"""Ruled lines and characters of a page to grids of cells.

Rules that touch each other are the frame of a table. Between two neighbouring places of the
grid there is a border where a rule covers it; places without a border between them are one
cell. Nothing is concluded from where text stands, except that several numbers in one cell,
each between the edges of another column or row, are cells whose border was not drawn.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product

from index.read.pdf_lines import joined, lines_of
from index.read.pdf_overflow import OUTSIDE, TORN, Number, home_of, over_borders
from index.read.pdf_page import Char, Page
from index.read.pdf_rules import Rule, too_complex

SAME = 3.0
"""Points; rules and edges that are closer are one (double lines, cells drawn one by one)."""
OPEN = 6.0
"""Points by which rules run on beyond the last crossing one where a table is open there."""
SHORTEST = 6.0
"""Points; a shorter rule is a part of a drawing."""
PADDING = 12.0
"""Points that a cell keeps free left and right of its text, at most."""
MAX_RULES, MAX_FRAMES, MAX_PLACES = 1_500, 200, 40_000

NUMBER = re.compile(r"[-+\u2212\u2013\u2014]*\d[\d.,%/]*|[-/\u2014\u2013]+")
NUMBERED = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]|\d{1,2}[.、](?!\d)")


@dataclass
class Cell:
    """A cell: its place in the grid, how many rows and columns it spans, and its text.

    ``full``: its last line leaves no room, so that another one may follow. ``above`` and
    ``below``: whether a rule is drawn there.
    """

    row: int
    column: int
    rows: int
    columns: int
    page: int
    text: str = ""
    full: bool = False
    above: bool = True
    below: bool = True

    @property
    def number(self) -> bool:
        """Whether a number, or a mark for none, is printed in it."""
        return NUMBER.fullmatch(self.text.replace(" ", "")) is not None

    @property
    def numbered(self) -> bool:
        """Whether its text begins with a number, as row labels do."""
        return NUMBERED.match(unicodedata.normalize("NFKC", self.text)) is not None


@dataclass
class Grid:
    """A table, or the part of it that is on one page. ``edges`` are its columns' edges."""

    page: int
    top: float
    edges: list[float]
    rows: int
    cells: list[Cell] = field(default_factory=list)
    table: int = 0


def grids_of(page: Page, place: str) -> tuple[list[Grid], list[Char]]:
    """The tables of a page, top down, and the characters outside them.

    Raises:
        UnreadableFile: the page has more rules than a page of tables can have.
    """
    across, down = _merged(page.rules.across), _merged(page.rules.down)
    if max(len(across), len(down)) > MAX_RULES:
        raise too_complex(place, page.number, "线条")
    frames = [_Frame(page.number, *group) for group in _touching(across, down)]
    frames = sorted((f for f in frames if f.columns > 1), key=lambda f: f.area)
    if len(frames) > MAX_FRAMES or any(f.columns * f.rows > MAX_PLACES for f in frames):
        raise too_complex(place, page.number, "表格")
    outside = page.chars
    for frame in frames:
        outside = frame.take(outside)
    grids = [frame.grid() for frame in frames if frame.chars]
    return sorted(grids, key=lambda g: -g.top), outside


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules that lie on one line and touch, as one; what then is short belongs to a drawing."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if not lines or rule.at - lines[-1][0].at > SAME:
            lines.append([])
        lines[-1].append(rule)
    merged: list[Rule] = []
    for line in lines:
        at = sum(r.at for r in line) / len(line)
        pieces: list[Rule] = []
        for rule in sorted(line, key=lambda r: r.start):
            if pieces and rule.start <= pieces[-1].end + SAME:
                pieces[-1] = Rule(at, pieces[-1].start, max(rule.end, pieces[-1].end))
            else:
                pieces.append(Rule(at, rule.start, rule.end))
        merged += [p for p in pieces if p.end - p.start >= SHORTEST]
    return merged


def _touching(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch each other, each with rules of both directions."""
    groups = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while groups[i] != i:
            groups[i] = groups[groups[i]]
            i = groups[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if h.start - SAME <= v.at <= h.end + SAME and v.start - SAME <= h.at <= v.end + SAME:
                groups[root(i)] = root(j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate([*across, *down]):
        found[root(i)][i >= len(across)].append(rule)
    return [group for group in found.values() if all(group)]


def _edges(rules: list[Rule], crossing: list[Rule]) -> list[float]:
    """Edges of the columns (or rows), and the ends of the crossing rules of an open table."""
    edges: list[float] = []
    for at in sorted(r.at for r in rules):
        if not edges or at - edges[-1] > SAME:
            edges.append(at)
    low, high = min(r.start for r in crossing), max(r.end for r in crossing)
    if low < edges[0] - OPEN:
        edges.insert(0, low)
    if high > edges[-1] + OPEN:
        edges.append(high)
    return edges


def _borders(rules: list[Rule], edges: list[float], steps: list[float]) -> list[list[bool]]:
    """For each edge and each step along it, whether rules cover more than half of the step."""
    near: list[list[Rule]] = [[] for _ in edges]
    for rule in rules:
        at = min(range(len(edges)), key=lambda i: abs(edges[i] - rule.at))
        near[at].append(rule)
    return [
        [
            sum(max(0.0, min(r.end, b) - max(r.start, a)) for r in on_edge) * 2 > b - a
            for a, b in pairwise(steps)
        ]
        for on_edge in near
    ]


class _Frame:
    """The rules of one table, and the characters found between them.

    Rows are counted upwards from the bottom while characters are taken, as coordinates are.
    """

    def __init__(self, page: int, across: list[Rule], down: list[Rule]) -> None:
        self.page, self.across, self.down = page, across, down
        self.xs, self.ys = _edges(down, across), _edges(across, down)
        self.columns, self.rows = len(self.xs) - 1, len(self.ys) - 1
        self.area = (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])
        self.chars: dict[tuple[int, int], list[Char]] = defaultdict(list)
        self.over: list[Number] = []

    def take(self, chars: list[Char]) -> list[Char]:
        """Keep the characters whose middle is inside; the others are returned.

        A number that runs out of the table is kept whole.
        """
        left, right, low, high = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        inside, outside = [], []
        for char in chars:
            _, x0, x1, y0, y1, _, _ = char
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            if left < x < right and low < y < high:
                self.chars[self._spot(x, y)].append(char)
                inside.append(char)
            else:
                outside.append(char)
        self.over = list(over_borders(chars, inside, self._spot_of))
        gone = {char for number in self.over for char in number}
        return [char for char in outside if char not in gone] if gone else outside

    def _spot(self, x: float, y: float) -> tuple[int, int]:
        """Row (from the top) and column of a point."""
        return self.rows - bisect_right(self.ys, y), bisect_right(self.xs, x) - 1

    def grid(self) -> Grid:
        """The cells, numbered by the rows and columns in which a cell begins."""
        drawn = list(self._cells())
        torn = self._keep_numbers_whole(drawn)
        cells = [part for at, cell in enumerate(drawn) for part in self._filled(cell, at in torn)]
        rows = sorted({cell.row for cell in cells})
        columns = sorted({cell.column for cell in cells})
        down = [bisect_left(rows, at) for at in range(self.rows + 1)]
        right = [bisect_left(columns, at) for at in range(self.columns + 1)]
        for cell in cells:
            below, beyond = down[cell.row + cell.rows], right[cell.column + cell.columns]
            cell.row, cell.column = down[cell.row], right[cell.column]
            cell.rows, cell.columns = below - cell.row, beyond - cell.column
        cells.sort(key=lambda cell: (cell.row, cell.column))
        edges = [*(self.xs[k] for k in columns), self.xs[-1]]
        return Grid(self.page, self.ys[-1], edges, len(rows), cells)

    def _cells(self) -> Iterator[Cell]:
        """Cells from the top left: as far right, and then down, as there is no border."""
        beside = [steps[::-1] for steps in _borders(self.down, self.xs, self.ys)]
        over = _borders(self.across, self.ys, self.xs)[::-1]
        taken: set[tuple[int, int]] = set()
        for row, column in product(range(self.rows), range(self.columns)):
            if (row, column) in taken:
                continue
            right, below = column + 1, row + 1
            while right < self.columns and not beside[right][row] and (row, right) not in taken:
                right += 1
            while below < self.rows and not (
                any(over[below][column:right])
                or any(beside[k][below] for k in range(column + 1, right))
                or any((below, k) in taken for k in range(column, right))
            ):
                below += 1
            if below - row > 1 or right - column > 1:
                taken.update(product(range(row, below), range(column, right)))
            yield Cell(
                *(row, column, below - row, right - column, self.page),
                above=any(over[row][column:right]),
                below=any(over[below][column:right]),
            )

    def _keep_numbers_whole(self, cells: list[Cell]) -> set[int]:
        """Put the numbers that run over a border into one cell each; returns the torn cells."""
        owner = {
            (row, column): at
            for at, cell in enumerate(cells)
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        rooms = [self.xs[cell.column + cell.columns] - self.xs[cell.column] for cell in cells]
        torn: set[int] = set()
        homes: list[tuple[int, Number]] = []
        for number in self.over:
            spots = [self._spot_of(char) for char in number]
            touched = [owner.get(spot, OUTSIDE) for spot in spots]
            if len(set(touched)) == 1:
                continue
            for spot, char in zip(spots, number, strict=True):
                if spot in owner:
                    self.chars[spot].remove(char)
            home = home_of(number, touched, rooms)
            torn.update(set(touched) - {home} if home is not None else touched)
            homes += [(home, number)] if home is not None else []
        printed = {at for spot, at in owner.items() if self.chars.get(spot)}
        torn = {at for at in torn if at != OUTSIDE and at not in printed}
        for home, number in homes:
            torn |= {home} if home in printed else set()
            self.chars[cells[home].row, cells[home].column].extend(number)
            printed.add(home)
        return torn

    def _spot_of(self, char: Char) -> tuple[int, int]:
        return self._spot((char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2)

    def _filled(self, cell: Cell, torn: bool) -> list[Cell]:
        """The cell with its text, or its parts if several numbers stand in several places."""
        if torn:
            cell.text = TORN
            return [cell]
        places = [(cell.row, cell.column)]
        if cell.rows > 1 or cell.columns > 1:
            down = range(cell.row, cell.row + cell.rows)
            places = list(product(down, range(cell.column, cell.column + cell.columns)))
        found = [self.chars[place] for place in places if place in self.chars]
        if not found:
            return [cell]
        chars = found[0] if len(found) == 1 else [char for chars in found for char in chars]
        width = self.xs[cell.column + cell.columns] - self.xs[cell.column] - PADDING
        if len(chars) == 1:
            cell.text, cell.full = chars[0].text, (chars[0].x1 - chars[0].x0) * 2 > width
            return [cell]
        lines = lines_of(chars)
        if len(places) > 1:
            pieces = [piece for line in lines for piece in line.pieces()]
            spots = [self._spot((p.x0 + p.x1) / 2, p.middle) for p in pieces]
            numbers = all(NUMBER.fullmatch(p.text) for p in pieces)
            if numbers and len(pieces) > 1 and len(set(spots)) == len(spots):
                text = {spot: p.text for spot, p in zip(spots, pieces, strict=True)}
                return [Cell(*place, 1, 1, self.page, text.get(place, "")) for place in places]
        for line in lines:
            cell.text = joined(cell.text, line.text, wrapped=cell.full)
            cell.full = line.x1 - line.x0 + line.chars[-1].x1 - line.chars[-1].x0 > width
        return [cell]
