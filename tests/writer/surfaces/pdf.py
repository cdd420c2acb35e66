"""PDF files with a text layer, drawn by reportlab with a Chinese font that every reader has."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator

from tests.writer.paper import WIDTH_OF_T2, Grid, Line, Paper, Spot

FONT = "STSong-Light"
WIDE, HIGH, EDGE = 595, 842, 45
TITLE, TEXT, SMALL = 16, 11, 7
ROW = 19
"""Points that a row of a table is high; two lines of small print."""
LABEL = 66
"""Points that a column of labels is wide, where there are more than two rows of heads."""


NARROW = 16
"""Points of a narrow column of values: three digits of small print."""
ANY, NUMBERS = r"[a-z\u00e0-\u01dc]+|.", r"[\d.,]+|"
"""What a line is never broken in, and in some pages neither in numbers."""


def pdf(paper: Paper, _rng: random.Random) -> bytes:
    """Pages of running text and ruled tables; a table that does not fit begins on a new page."""
    return _drawn(paper, _Sheet())


def narrow(paper: Paper, rng: random.Random) -> bytes:
    """Tables three and four too narrow for large numbers: broken, or running over the border."""
    return _drawn(paper, _Sheet(NARROW, broken=rng.random() < 0.5))


def _drawn(paper: Paper, sheet: _Sheet) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    for part in paper.parts:
        if isinstance(part, Line):
            sheet.title(part.text) if part.kind == "title" else sheet.paragraph(part.text)
            continue
        grids = part.grids()
        for number, (grid, below) in enumerate(grids):
            sheet.table(grid)
            for text in below:
                sheet.paragraph(text)
            if number + 1 < len(grids):
                sheet.turn()
    return sheet.data()


class _Sheet:
    """A PDF in the making; ``y`` is where the next thing is drawn, in points from the bottom.

    ``wide`` are the points of a column of values, None: what the page leaves; ``broken``: numbers
    go on in the next line.
    """

    def __init__(self, wide: float | None = None, *, broken: bool = False) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(WIDE, HIGH))
        self.y = HIGH - EDGE
        self.wide, self.pieces = wide, ANY if broken else NUMBERS + ANY

    def turn(self) -> None:
        self.canvas.showPage()
        self.y = HIGH - EDGE

    def room(self, points: float) -> None:
        if self.y - points < EDGE:
            self.turn()

    def title(self, text: str) -> None:
        for line in _wrapped(text, WIDE - 2 * EDGE, TITLE):
            self.line(line, (WIDE - _width(line, TITLE)) / 2, TITLE)

    def paragraph(self, text: str) -> None:
        """Running text, its first line indented by two characters."""
        for number, line in enumerate(_wrapped("\u3000\u3000" + text, WIDE - 2 * EDGE, TEXT)):
            shown = line.lstrip("\u3000")
            self.line(shown, EDGE + (0 if number else 2 * TEXT), TEXT)

    def line(self, text: str, x: float, size: int) -> None:
        self.room(size * 1.6)
        self.y -= size * 1.6
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.y, text)

    def table(self, grid: Grid) -> None:
        height = max(s.row + s.rows for s in grid) * ROW
        self.room(min(height + 8, HIGH - 2 * EDGE))
        self.y -= 8
        xs = _edges(grid, self.wide)
        for spot in grid:
            self._cell(spot, xs)
        self.y -= height + 4

    def _cell(self, spot: Spot, xs: list[float]) -> None:
        left, right = xs[spot.column], xs[spot.column + spot.columns]
        top, bottom = self.y - spot.row * ROW, self.y - (spot.row + spot.rows) * ROW
        self.canvas.rect(left, bottom, right - left, top - bottom)
        room = right - left - 4
        lines = [
            piece
            for text in spot.text.split("\n")
            for piece in _wrapped(text, room, SMALL, self.pieces)
        ]
        step = min(SMALL + 1.5, (top - bottom - 2) / max(1, len(lines)))
        size = min(SMALL, step)
        self.canvas.setFont(FONT, size)
        middle = (top + bottom) / 2
        for number, line in enumerate(lines):
            y = middle + step * (len(lines) / 2 - number - 0.5) - size * 0.35
            self.canvas.drawString(left + 2, y, line)

    def data(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


def _edges(grid: Grid, narrow: float | None) -> list[float]:
    """Where columns begin and end: labels of table three are wider than what they name."""
    columns = max(s.column + s.columns for s in grid)
    nested = any(s.row == 0 and s.column == 0 and s.rows > 1 for s in grid)
    labels = [LABEL - 20, LABEL - 10, LABEL + 70] if nested else [0.0]
    rest = WIDE - 2 * EDGE - sum(labels)
    first = labels if nested else []
    if columns <= WIDTH_OF_T2:
        narrow = None
    wide = [narrow or rest / (columns - len(first))] * (columns - len(first))
    xs: list[float] = [EDGE]
    for width in [*first, *wide]:
        xs.append(xs[-1] + width)
    return xs


def _wrapped(text: str, room: float, size: int, pieces: str = NUMBERS + ANY) -> Iterator[str]:
    """A text in lines that are no wider than the room, but for what is never broken."""
    line = ""
    for piece in re.findall(pieces, text):
        if line and _width(line + piece, size) > room:
            yield line
            line = ""
        line += piece
    if line:
        yield line


def _width(text: str, size: int) -> float:
    """Points; Chinese characters are square, others are taken for half of that."""
    return sum(size if ord(char) > 255 else size / 2 for char in text)
