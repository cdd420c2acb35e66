"""A PDF page as pdfium gives it: characters with their boxes, and the lines ruled on it.

Coordinates are points from the lower left corner of the page as it is seen: the rotation of
the page is undone here, once. What is drawn is read by `pdf_rules`.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from ctypes import byref, c_double, c_int, c_ushort, c_void_p, cast
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as c  # type: ignore[import-untyped]

from index.read.pdf_rules import Box, Drawing, Point, Rules, by_address, too_complex

MAX_CHARS = 60_000
PICTURE = 0.5
"""Share of the page that pictures cover where the page is a scan."""
FEW = 10
"""Characters that may stand on a scan, such as a page number."""
TINY = 0.1
UNSCALED = 0.02
UNMAPPED = "\ufffd"
LINE_ENDS, BLANK, NO_CODE = (10, 13), 32, 0xE000
TOLD = frozenset((*range(10), *range(14, BLANK), *map(ord, "0123456789")))
SAMPLED = 8
"""Characters that are always looked up whether their font says which they are; every how many."""
LOOSE_BOX_OF = by_address(c.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
ORIGIN_OF = by_address(c.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
UNKNOWN = by_address(c.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
HIGH, LOW, ASTRAL = range(0xD800, 0xDC00), range(0xDC00, 0xE000), 0x10000
"""Halves of the code of a character beyond U+FFFF, and the first such code."""


class Char(NamedTuple):
    """A printed character: box, baseline, and whether a blank was printed before it."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    spaced: bool


@dataclass
class Page:
    """A page: its characters in the order of the file, and its rules both ways.

    ``covered`` is the share of the page under pictures, ``unmapped`` counts characters whose
    font does not say which character they are. ``recognised``: its text does not print, and lies
    over a picture, as programs put it that recognise text.
    """

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    covered: float = 0.0
    unmapped: int = 0
    recognised: bool = False

    @property
    def scanned(self) -> bool:
        """Whether the page is a picture without text."""
        return self.covered > PICTURE and len(self.chars) - self.unmapped < FEW

    @property
    def load(self) -> int:
        """How many characters and rules the page holds."""
        return len(self.chars) + len(self.rules.across) + len(self.rules.down)


def read_page(page: Any, number: int, place: str, *, hides: bool = True) -> Page:
    """Read an open pdfium page; ``hides``: there may be text on it that does not print.

    Raises:
        UnreadableFile: more is drawn or written on it than on a page of any report.
    """
    left, bottom, right, top = bbox = page.get_bbox()
    drawing = Drawing(bbox, number, place, hides=hides)
    drawing.read(page.raw)
    result = Page(number, right - left, top - bottom)
    result.rules, result.covered = drawing.rules, drawing.covered
    textpage = page.get_textpage()
    rotation = page.get_rotation()
    result.recognised = drawing.unseen > 0 and drawing.covered > PICTURE
    unseen = drawing.unseen > 0 and not result.recognised
    try:
        _read_chars(textpage.raw, result, place, along_x=rotation in (0, 180), unseen=unseen)
    finally:
        textpage.close()
    _turn(result, rotation, bbox)
    return result


def _turn(page: Page, rotation: int, bbox: Box) -> None:
    """Turn a page to how it is seen, its lower left corner at (0, 0)."""
    left, bottom, right, top = bbox
    turned: dict[int, Callable[[float, float], Point]] = {
        0: lambda x, y: (x - left, y - bottom),
        90: lambda x, y: (y - bottom, right - x),
        180: lambda x, y: (right - x, top - y),
        270: lambda x, y: (top - y, x - left),
    }
    turn = turned[rotation]
    if rotation in (90, 270):
        page.width, page.height = page.height, page.width
    if rotation or left or bottom:
        page.chars = [_turned_char(char, turn) for char in page.chars]
        page.rules = page.rules.turned(turn)
    page.chars = [
        char
        for char in page.chars
        if char.x1 > 0 and char.y1 > 0 and char.x0 < page.width and char.y0 < page.height
    ]


def _turned_char(char: Char, turn: Callable[[float, float], Point]) -> Char:
    a, b = turn(char.x0, char.y0), turn(char.x1, char.y1)
    (x0, x1), (y0, y1) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    base = turn(char.base, char.base)[1]  # its x where the page is turned to its side
    return Char(char.text, x0, x1, y0, y1, base, char.spaced)


def _read_chars(text: Any, page: Page, place: str, *, along_x: bool, unseen: bool) -> None:
    """Fill in the characters; blanks are left out and make the next one ``spaced``.

    The baseline is the y of a character's origin, or its x where lines run along the page.
    ``unseen``: there are characters that do not print, which are left out.
    """
    count = c.FPDFText_CountChars(text)
    if count > MAX_CHARS:
        raise too_complex(place, page.number, "文字")
    x, y, loose = c_double(), c_double(), c.FS_RECTF()
    at_x, at_y, at_loose = byref(x), byref(y), byref(loose)
    holder, keep, base = cast(text, c_void_p), page.chars.append, y if along_x else x
    line: tuple[float, ...] = ()
    sound: set[float] = set()
    spaced = False
    codes = _codes(text, count)
    for i, code in enumerate(_printed(text, codes) if unseen else codes):
        char = _character(code)
        if not char:
            spaced = spaced or (code not in LINE_ENDS and not c.FPDFText_IsGenerated(text, i))
            continue
        LOOSE_BOX_OF(holder, i, at_loose)
        x0, y0, x1, y1 = loose.left, loose.bottom, loose.right, loose.top
        if line != (line := (y0, y1) if along_x else (x0, x1)):  # of one line and font
            ORIGIN_OF(holder, i, at_x, at_y)
        if (high := y1 - y0) not in sound:
            if x1 - x0 > TINY and high > TINY and _scaled(text, i, high):
                sound.add(high)
            else:
                x0, y0, x1, y1 = _box_of_ink(text, i)
        keep(Char(char, x0, x1, y0, y1, base.value, spaced))
        spaced = False
    page.unmapped = sum(char.text == UNMAPPED for char in page.chars)


def _codes(text: Any, count: int) -> list[int]:
    """Codes of the characters, read at once where the text has one for each of them.

    Of the two halves of one beyond U+FFFF the first gets its code, the second that of a line
    end. Where the font does not say what it shows, pdfium gives the font's own number for it:
    this is looked up for digits, and for all other characters where a sample has one.
    """
    units = (c_ushort * (count + 1))()
    if c.FPDFText_GetText(text, 0, count, units) == count + 1:
        codes = units[:count]
    else:  # some have no code and are left out there
        codes = [c.FPDFText_GetUnicode(text, i) for i in range(count)]
    for i, (a, b) in enumerate(pairwise(codes)):
        if a in HIGH and b in LOW:
            codes[i : i + 2] = ASTRAL + (a - HIGH.start << 10) + b - LOW.start, LINE_ENDS[0]
    unknown, holder = UNKNOWN, cast(text, c_void_p)
    every = any(unknown(holder, i) > 0 for i in range(0, count, SAMPLED))
    for i, code in enumerate(codes):
        if (code in TOLD or (every and code != BLANK)) and unknown(holder, i) > 0:
            codes[i] = NO_CODE
    return codes


def _printed(text: Any, codes: list[int]) -> list[int]:
    """Codes of the characters, those that do not print as line ends."""
    hidden = c.FPDF_TEXTRENDERMODE_INVISIBLE
    modes = (
        c.FPDFTextObj_GetTextRenderMode(c.FPDFText_GetTextObject(text, i))
        for i in range(len(codes))
    )
    return [LINE_ENDS[0] if m == hidden else code for m, code in zip(modes, codes, strict=True)]


def _scaled(text: Any, index: int, high: float) -> bool:
    """Whether the box of a character's font is to scale; that of vertical text may not be."""
    size = c.FPDFText_GetFontSize(text, index)
    m = _text_matrix(text, index)
    return abs(high - size) > size * UNSCALED or abs(hypot(m.c, m.d) - 1) < UNSCALED


def _text_matrix(text: Any, index: int) -> Any:
    matrix = c.FS_MATRIX()
    c.FPDFText_GetMatrix(text, index, byref(matrix))
    return matrix


def _box_of_ink(text: Any, index: int) -> Box:
    """The box of a character's ink, widened to the size of the font: for turned text."""
    ink = [c_double() for _ in range(4)]
    c.FPDFText_GetCharBox(text, index, *(byref(edge) for edge in ink))
    left, right, bottom, top = (edge.value for edge in ink)
    m = _text_matrix(text, index)
    half = c.FPDFText_GetFontSize(text, index) * hypot(m.c, m.d) / 2
    x, y = (left + right) / 2, (bottom + top) / 2
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
    kind = unicodedata.category(chr(code)) if 0 < code <= sys.maxunicode else "Cn"
    if kind in ("Co", "Cn", "Cs"):
        return UNMAPPED
    return "" if kind in ("Cc", "Cf", "Zl", "Zp", "Zs") else chr(code)
