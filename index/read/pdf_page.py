"""A PDF page as pdfium gives it: characters with their boxes, and the lines ruled on it.

Coordinates are points from the lower left corner of the page as it is seen: the rotation of
the page is undone here, once. A *rule* is a straight line along the page's edges, however it
was drawn: stroked, as a thin filled rectangle, as the frame of a box or as a thin picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import byref, c_double, c_float, c_int
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as c  # type: ignore[import-untyped]

from index.errors import UnreadableFile

MAX_OBJECTS = 60_000
"""Drawn objects of a page; a report's page has under two thousand."""
MAX_PATHS = 20_000
MAX_SEGMENTS = 200_000
MAX_CHARS = 60_000
MAX_DEPTH = 6
"""Levels of drawings within drawings (form XObjects)."""

THIN = 3.0
"""Points; a filled shape that is no thicker is a rule."""
SHORTEST = 2.0
"""Points; what is shorter in both directions is a dot, not a rule."""
PICTURE = 0.5
"""Share of the page that pictures cover where the page is a scan."""
FEW = 10
"""Characters that may stand on a scan, such as a page number."""
TINY = 0.1
UNSCALED = 0.02
UNMAPPED = "\ufffd"
LINE_ENDS = (10, 13)

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


class Char(NamedTuple):
    """A printed character: box, baseline, and whether a blank was printed before it."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    spaced: bool


class Rule(NamedTuple):
    """A ruled line: where it lies across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass
class Page:
    """A page: its characters in the order of the file, and its rules both ways.

    ``covered`` is the share of the page under pictures, ``unmapped`` counts characters whose
    font does not say which character they are.
    """

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    covered: float = 0.0
    unmapped: int = 0

    @property
    def scanned(self) -> bool:
        """Whether the page is a picture without text."""
        return self.covered > PICTURE and len(self.chars) - self.unmapped < FEW


def read_page(page: Any, number: int, place: str) -> Page:
    """Read an open pdfium page.

    Raises:
        UnreadableFile: more is drawn or written on it than on a page of any report.
    """
    left, bottom, right, top = page.get_bbox()
    turn = _turn(page.get_rotation(), (left, bottom, right, top))
    size = (right - left, top - bottom)
    width, height = size if page.get_rotation() in (0, 180) else size[::-1]
    result = Page(number, width, height)
    _Drawing(result, turn, place).read(page.raw)
    textpage = page.get_textpage()
    try:
        _read_chars(textpage.raw, result, turn, place)
    finally:
        textpage.close()
    return result


def _turn(rotation: int, bbox: Box) -> Callable[[float, float], Point]:
    left, bottom, right, top = bbox
    return {
        0: lambda x, y: (x - left, y - bottom),
        90: lambda x, y: (y - bottom, right - x),
        180: lambda x, y: (right - x, top - y),
        270: lambda x, y: (top - y, x - left),
    }[rotation]


def too_complex(place: str, page: int, what: str) -> UnreadableFile:
    """The error for a page that no report has."""
    return UnreadableFile(
        f"第 {page} 页{what}过多，不是报告的页面 (page {page} is too complex to be read).",
        place=place,
        advice="请删去该页，或另存为文本 (remove that page, or save the report as text).",
    )


def _read_chars(text: Any, page: Page, turn: Callable[[float, float], Point], place: str) -> None:
    """Fill in the characters; blanks become ``spaced``, and what is outside the page is left."""
    count = c.FPDFText_CountChars(text)
    if count > MAX_CHARS:
        raise too_complex(place, page.number, "文字")
    x, y, loose = c_double(), c_double(), c.FS_RECTF()
    at_x, at_y = byref(x), byref(y)
    spaced = False
    for i in range(count):
        code = c.FPDFText_GetUnicode(text, i)
        char = _character(code)
        if not char:
            spaced = spaced or (code not in LINE_ENDS and not c.FPDFText_IsGenerated(text, i))
            continue
        page.unmapped += char == UNMAPPED
        c.FPDFText_GetCharOrigin(text, i, at_x, at_y)
        base = turn(x.value, y.value)[1]
        left, bottom, right, top = _char_box(text, i, loose)
        (xa, ya), (xb, yb) = turn(left, bottom), turn(right, top)
        x0, x1, y0, y1 = min(xa, xb), max(xa, xb), min(ya, yb), max(ya, yb)
        if x1 > 0 and y1 > 0 and x0 < page.width and y0 < page.height:
            page.chars.append(Char(char, x0, x1, y0, y1, base, spaced))
        spaced = False


def _char_box(text: Any, index: int, loose: Any) -> Box:
    """The box of a character's font and width.

    Pdfium has none for turned text, and for vertical text one that leaves the scale out; its
    ink is then widened to the size of the font.
    """
    c.FPDFText_GetLooseCharBox(text, index, byref(loose))
    wide, high = abs(loose.right - loose.left), abs(loose.top - loose.bottom)
    size = c.FPDFText_GetFontSize(text, index)
    if wide > TINY and high > TINY and abs(high - size) > size * UNSCALED:
        return loose.left, loose.bottom, loose.right, loose.top
    m = c.FS_MATRIX()
    c.FPDFText_GetMatrix(text, index, byref(m))
    scale = hypot(m.c, m.d)
    if wide > TINY and high > TINY and abs(scale - 1) < UNSCALED:
        return loose.left, loose.bottom, loose.right, loose.top
    ink = [c_double() for _ in range(4)]
    c.FPDFText_GetCharBox(text, index, *(byref(edge) for edge in ink))
    left, right, bottom, top = (edge.value for edge in ink)
    x, y, half = (left + right) / 2, (bottom + top) / 2, size * scale / 2
    if abs(m.b) > abs(m.a):  # along the page: its height is that of the font in x
        reach = max(half / 2, (top - bottom) / 2)
        return x - half, y - reach, x + half, y + reach
    reach = max(half / 2, (right - left) / 2)
    return x - reach, y - half, x + reach, y + half


@lru_cache(maxsize=4096)
def _character(code: int) -> str:
    """The character of a code, "" for blanks and controls, U+FFFD where the font does not say."""
    if code in (0x2, 0xFFFE):  # pdfium's marks for a hyphen at the end of a line
        return "-"
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:  # noqa: PLR2004
        return UNMAPPED
    char = chr(code)
    return char if char.isprintable() and not char.isspace() and char != "\ufeff" else ""


class _Drawing:
    """Reads what is drawn on a page, within the limits."""

    def __init__(self, page: Page, turn: Callable[[float, float], Point], place: str) -> None:
        self.page, self.turn, self.place = page, turn, place
        self.objects = self.paths = self.segments = 0
        self._bounds = [c_float() for _ in range(4)]
        self._at_bounds = [byref(edge) for edge in self._bounds]

    def read(self, raw: Any) -> None:
        """Read the objects of a page and those of the forms on it."""
        count = c.FPDFPage_CountObjects(raw)
        self._count(count)
        for i in range(count):
            self._read_object(c.FPDFPage_GetObject(raw, i), (), 0)

    def _count(self, more: int) -> None:
        self.objects += more
        if self.objects > MAX_OBJECTS:
            raise too_complex(self.place, self.page.number, "图形")

    def _read_object(self, item: Any, outer: tuple[Matrix, ...], depth: int) -> None:
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_PATH:
            self.paths += 1
            if self.paths > MAX_PATHS:
                raise too_complex(self.place, self.page.number, "线条")
            self._read_path(item, outer)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = self._box(item, outer)
            self._add_box((x0, y0), (x1, y1))
            seen = min(x1, self.page.width) - max(x0, 0), min(y1, self.page.height) - max(y0, 0)
            if min(seen) > 0:
                self.page.covered += seen[0] * seen[1] / (self.page.width * self.page.height)
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            count = c.FPDFFormObj_CountObjects(item)
            self._count(count)
            inner = (_matrix(item), *outer)
            for i in range(count):
                self._read_object(c.FPDFFormObj_GetObject(item, i), inner, depth + 1)

    def _place(self, x: float, y: float, matrices: tuple[Matrix, ...]) -> Point:
        for m in matrices:
            x, y = m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
        return self.turn(x, y)

    def _box(self, item: Any, outer: tuple[Matrix, ...]) -> Box:
        c.FPDFPageObj_GetBounds(item, *self._at_bounds)
        left, bottom, right, top = (edge.value for edge in self._bounds)
        xa, ya = self._place(left, bottom, outer)
        xb, yb = self._place(right, top, outer)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def _read_path(self, item: Any, outer: tuple[Matrix, ...]) -> None:
        fill, stroke = c_int(), c_int()
        c.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke))
        if not fill.value and not stroke.value:
            return
        x0, y0, x1, y1 = self._box(item, outer)
        if min(x1 - x0, y1 - y0) <= THIN:
            self._add_box((x0, y0), (x1, y1))
            return
        count = c.FPDFPath_CountSegments(item)
        if count <= 5 and not stroke.value:  # noqa: PLR2004 - one filled box: shading
            return
        self.segments += count
        if self.segments > MAX_SEGMENTS:
            raise too_complex(self.place, self.page.number, "线条")
        shapes = list(self._shapes(item, count, (_matrix(item), *outer)))
        for shape in shapes:
            if stroke.value:
                for a, b in pairwise(shape):
                    self._add_box(a, b)
            else:
                self._add_box(*_corners(shape))
        if not stroke.value:
            self._add_rings([_corners(s) for s in shapes])

    def _shapes(self, item: Any, count: int, matrices: tuple[Matrix, ...]) -> Iterator[list[Point]]:
        """The parts of a path, each as its points; a curve is a straight line to its end."""
        x, y = c_float(), c_float()
        shape: list[Point] = []
        for i in range(count):
            segment = c.FPDFPath_GetPathSegment(item, i)
            c.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            point = self._place(x.value, y.value, matrices)
            if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO and shape:
                yield shape
                shape = []
            shape.append(point)
            if c.FPDFPathSegment_GetClose(segment):
                shape.append(shape[0])
        if shape:
            yield shape

    def _add_rings(self, boxes: list[tuple[Point, Point]]) -> None:
        """Frames drawn as a filled box with a slightly smaller one cut out (browsers do)."""
        for (a, b), (inner_a, inner_b) in pairwise(boxes):
            gaps = [abs(p[i] - q[i]) for p, q in ((a, inner_a), (b, inner_b)) for i in (0, 1)]
            if max(gaps) <= THIN:
                for p, q in (((a[0], a[1]), (b[0], a[1])), ((a[0], b[1]), (b[0], b[1]))):
                    self._add_box(p, q)
                for p, q in (((a[0], a[1]), (a[0], b[1])), ((b[0], a[1]), (b[0], b[1]))):
                    self._add_box(p, q)

    def _add_box(self, a: Point, b: Point) -> None:
        wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
        if high <= THIN and wide > max(high, SHORTEST):
            self.page.across.append(Rule((a[1] + b[1]) / 2, *sorted((a[0], b[0]))))
        elif wide <= THIN and high > max(wide, SHORTEST):
            self.page.down.append(Rule((a[0] + b[0]) / 2, *sorted((a[1], b[1]))))


def _corners(shape: list[Point]) -> tuple[Point, Point]:
    xs, ys = [p[0] for p in shape], [p[1] for p in shape]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _matrix(item: Any) -> Matrix:
    m = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(item, byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f
