"""What is drawn on a PDF page, as far as it rules lines.

A *rule* is a straight line along the page's edges, however it was drawn: stroked, as a thin
filled rectangle, as the frame of a box or as a thin picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import CFUNCTYPE, byref, c_float, c_int, c_ulong, c_void_p, cast
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as c  # type: ignore[import-untyped]

from index.errors import UnreadableFile

MAX_OBJECTS = 60_000
"""Drawn objects of a page; a report's page has under two thousand."""
MAX_PATHS = 40_000
MAX_SEGMENTS = 200_000
MAX_DEPTH = 6
"""Levels of drawings within drawings (form XObjects)."""

THIN = 3.0
"""Points; a filled shape that is no thicker is a rule."""

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


def by_address(function: Any, *kinds: Any) -> Any:
    """A function of pdfium that takes and gives addresses as they are: half the time of a call."""
    return CFUNCTYPE(*kinds)(cast(function, c_void_p).value or 0)


OF_PAGE = by_address(c.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
OF_FORM = by_address(c.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
KIND_OF = by_address(c.FPDFPageObj_GetType, c_int, c_void_p)
MODE_OF = by_address(c.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)


class Rule(NamedTuple):
    """A ruled line: where it lies across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass
class Rules:
    """Rules across the page and down it."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)

    def add(self, a: Point, b: Point) -> None:
        """Keep the box between two corners if it is a line along the page's edges.

        A dot may be part of a dotted line either way, so it is kept for both.
        """
        if abs(a[1] - b[1]) <= THIN:
            self.across.append(Rule((a[1] + b[1]) / 2, *sorted((a[0], b[0]))))
        if abs(a[0] - b[0]) <= THIN:
            self.down.append(Rule((a[0] + b[0]) / 2, *sorted((a[1], b[1]))))

    def turned(self, turn: Callable[[float, float], Point]) -> Rules:
        """The same rules on a page that is turned."""
        rules = Rules()
        for rule in self.across:
            rules.add(turn(rule.start, rule.at), turn(rule.end, rule.at))
        for rule in self.down:
            rules.add(turn(rule.at, rule.start), turn(rule.at, rule.end))
        return rules


def too_complex(place: str, page: int, what: str) -> UnreadableFile:
    """The error for a page that no report has."""
    return UnreadableFile(
        f"第 {page} 页{what}过多，不是报告的页面 (page {page} is too complex to be read).",
        place=place,
        advice="请删去该页，或另存为文本 (remove that page, or save the report as text).",
    )


class Drawing:
    """The rules among what is drawn on a page, read within limits.

    ``covered`` is the share of the page under pictures, ``unseen`` counts texts that do not print.
    """

    def __init__(self, bbox: Box, page: int, place: str, *, hides: bool = True) -> None:
        """Nothing is read yet; ``bbox`` is the box of the page, ``place`` names the file.

        ``hides``: there may be text that does not print.
        """
        self.bbox, self.page, self.place, self.hides = bbox, page, place, hides
        self.rules, self.covered, self.unseen = Rules(), 0.0, 0
        self.objects = self.paths = self.segments = 0
        self._bounds = [c_float() for _ in range(4)]
        self._at_bounds = [byref(edge) for edge in self._bounds]
        self._fill, self._stroke = c_int(), c_int()
        self._at_mode = byref(self._fill), byref(self._stroke)

    def read(self, raw: Any) -> None:
        """Read the objects of a page and those of the forms on it.

        Raises:
            UnreadableFile: there are more than on a page of any report.
        """
        self._read_objects(raw, c.FPDFPage_CountObjects(raw), OF_PAGE, (), 0)

    def _read_objects(
        self, raw: Any, count: int, get: Any, outer: tuple[Matrix, ...], depth: int
    ) -> None:
        self._count(count)
        kind_of, text, holder = KIND_OF, c.FPDF_PAGEOBJ_TEXT, cast(raw, c_void_p)
        for i in range(count):
            item = get(holder, i)
            if (kind := kind_of(item)) != text:
                self._read_object(cast(item, c.FPDF_PAGEOBJECT), kind, outer, depth)
            elif self.hides and MODE_OF(item) == c.FPDF_TEXTRENDERMODE_INVISIBLE:
                self.unseen += 1

    def _count(self, more: int) -> None:
        self.objects += more
        if self.objects > MAX_OBJECTS:
            raise too_complex(self.place, self.page, "图形")

    def _read_object(self, item: Any, kind: int, outer: tuple[Matrix, ...], depth: int) -> None:
        if kind == c.FPDF_PAGEOBJ_PATH:
            self.paths += 1
            if self.paths > MAX_PATHS:
                raise too_complex(self.place, self.page, "线条")
            self._read_path(item, outer)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = self._box(item, outer)
            self.rules.add((x0, y0), (x1, y1))
            left, bottom, right, top = self.bbox
            seen = min(x1, right) - max(x0, left), min(y1, top) - max(y0, bottom)
            if min(seen) > 0:
                self.covered += seen[0] * seen[1] / ((right - left) * (top - bottom))
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            count = c.FPDFFormObj_CountObjects(item)
            inner = (_matrix(item), *outer)
            self._read_objects(item, count, OF_FORM, inner, depth + 1)

    def _box(self, item: Any, outer: tuple[Matrix, ...]) -> Box:
        c.FPDFPageObj_GetBounds(item, *self._at_bounds)
        left, bottom, right, top = (edge.value for edge in self._bounds)
        xa, ya = _place(left, bottom, outer)
        xb, yb = _place(right, top, outer)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def _read_path(self, item: Any, outer: tuple[Matrix, ...]) -> None:
        c.FPDFPath_GetDrawMode(item, *self._at_mode)
        filled, stroked = self._fill.value, self._stroke.value
        if not filled and not stroked:
            return
        x0, y0, x1, y1 = self._box(item, outer)
        if min(x1 - x0, y1 - y0) <= THIN:
            self.rules.add((x0, y0), (x1, y1))
            return
        count = c.FPDFPath_CountSegments(item)
        if count <= 5 and not stroked:  # noqa: PLR2004 - one filled box: shading
            return
        self.segments += count
        if self.segments > MAX_SEGMENTS:
            raise too_complex(self.place, self.page, "线条")
        shapes = list(self._shapes(item, count, (_matrix(item), *outer)))
        for shape in shapes:
            if stroked:
                for a, b in pairwise(shape):
                    self.rules.add(a, b)
            else:
                self.rules.add(*_corners(shape))
        if not stroked:
            self._add_rings([_corners(s) for s in shapes])

    def _shapes(self, item: Any, count: int, matrices: tuple[Matrix, ...]) -> Iterator[list[Point]]:
        """The parts of a path, each as its points; a curve is a straight line to its end."""
        x, y = c_float(), c_float()
        shape: list[Point] = []
        for i in range(count):
            segment = c.FPDFPath_GetPathSegment(item, i)
            c.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            point = _place(x.value, y.value, matrices)
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
                    self.rules.add(p, q)
                for p, q in (((a[0], a[1]), (a[0], b[1])), ((b[0], a[1]), (b[0], b[1]))):
                    self.rules.add(p, q)


def _place(x: float, y: float, matrices: tuple[Matrix, ...]) -> Point:
    for m in matrices:
        x, y = m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
    return x, y


def _corners(shape: list[Point]) -> tuple[Point, Point]:
    xs, ys = [p[0] for p in shape], [p[1] for p in shape]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _matrix(item: Any) -> Matrix:
    m = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(item, byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f
