"""Tables drawn with characters (``+---+---+``, ``├───┼───┤``): which cell each piece of text is in.

A line of a table holds a piece of several cells, and a cell may go on over lines; rules part the
rows. A piece is a slice of the file, so a cell of several lines is several pieces.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.report import Span

CORNERS = "+┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╒╤╕╞╪╡╘╧╛"
BARS, DASHES = "|│║┃", r"\-=─━═:"
RULE = re.compile(rf"[{CORNERS}][{DASHES}]{{2}}")
FIRST = re.compile(rf"\s*[{CORNERS}][{DASHES}]{{2,}}[{CORNERS}{DASHES}]*\s*")
LINE = re.compile(rf"\s*[{CORNERS}{BARS}].*[{CORNERS}{BARS}]\s*", re.DOTALL)
CUT = re.compile(rf"[{CORNERS}{BARS}]")
RULED = re.compile(rf"[{DASHES}]{{2,}}")
NUMBER = re.compile(r"[-+\d０-９][\d０-９,，.．]*")
LEAST_LINES = 3

Place = tuple[int, int]
Pieces = list[tuple[int, Span]]
"""Pieces of a line with their columns."""


@dataclass(frozen=True)
class Ruled:
    """A table: its first line, the line after it, and its pieces with row and column, in order.

    A cell without text has one empty piece.
    """

    first: int
    after: int
    pieces: tuple[tuple[Place, Span], ...]


def ruled_tables(text: str, lines: Sequence[Span]) -> list[Ruled]:
    """The tables among the lines of a text."""
    tables: list[Ruled] = []
    number = 0 if RULE.search(text) else len(lines)
    while number < len(lines):
        if FIRST.fullmatch(text, *lines[number]) is None:
            number += 1
            continue
        after = number + 1
        while after < len(lines) and LINE.fullmatch(text, *lines[after]):
            after += 1
        if after - number >= LEAST_LINES:
            tables.append(Ruled(number, after, tuple(_pieces(text, lines[number:after]))))
        number = after
    return tables


def _pieces(text: str, lines: Sequence[Span]) -> Iterator[tuple[Place, Span]]:
    """Pieces by row and column; rows are what rules part, columns begin at their corners."""
    cut = [[match.start() for match in CUT.finditer(text, *line)] for line in lines]
    at = max(range(len(cut)), key=lambda number: len(cut[number]))
    edges = _offsets(text, lines[at][0], cut[at])
    row = 0
    block: list[Pieces] = []
    for line, cuts in zip(lines, cut, strict=True):
        columns: Sequence[int] = range(len(cuts))
        if len(cuts) != len(edges):  # merged cells leave some out
            columns = [_nearest(edges, offset) for offset in _offsets(text, line[0], cuts)]
        ruled = [RULED.fullmatch(text, a + 1, b) is not None for a, b in pairwise(cuts)]
        inside = zip(columns, pairwise(cuts), ruled, strict=False)
        pieces = [(column, (a + 1, b)) for column, (a, b), is_rule in inside if not is_rule]
        if pieces:
            block.append(pieces)
        if any(ruled) and block:
            yield from _rows(text, block, row)
            row += _height(text, block)
            block = []
    yield from _rows(text, block, row)


def _offsets(text: str, start: int, places: Sequence[int]) -> list[int]:
    """Columns of a terminal before each place of a line; a Chinese character takes two."""
    found, offset = [], 0
    for place in places:
        between = text[start:place]
        offset += len(between) + sum(unicodedata.east_asian_width(c) in "WF" for c in between)
        found.append(offset)
        start = place
    return found


def _nearest(edges: Sequence[int], offset: int) -> int:
    """The column that begins nearest to an offset."""
    after = bisect_left(edges, offset)
    around = range(max(0, after - 1), min(after + 1, len(edges)))
    return min(around, key=lambda number: abs(edges[number] - offset))


def _height(text: str, block: list[Pieces]) -> int:
    """How many rows the lines between two rules are: one, unless a column has two numbers."""
    numbers: dict[int, int] = defaultdict(int)
    for pieces in block:
        for column, span in pieces:
            numbers[column] += NUMBER.fullmatch(text[slice(*span)].strip()) is not None
    return len(block) if max(numbers.values(), default=0) > 1 else 1


def _rows(text: str, block: list[Pieces], row: int) -> Iterator[tuple[Place, Span]]:
    """The lines between two rules as rows: each its own, or all together one."""
    if _height(text, block) > 1:
        for number, pieces in enumerate(block):
            yield from (((row + number, column), span) for column, span in pieces)
        return
    found: dict[int, list[Span]] = defaultdict(list)
    for pieces in block:
        for column, span in pieces:
            found[column].append(span)
    for column in sorted(found):
        printed = [span for span in found[column] if text[slice(*span)].strip()]
        yield from (((row, column), span) for span in printed or found[column][:1])
