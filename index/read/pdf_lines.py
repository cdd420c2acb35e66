"""Characters to lines of text, and lines to the running text of a document.

Within a line characters stand by their x; lines by their baselines. A character's height
never decides: that made 773028 of 7730.28 elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from index.read.pdf_page import Char, Page

BASE, LEFT = attrgetter("base"), attrgetter("x0")
WORDS = "\u0250"
"""Characters before this one make words that blanks part; Chinese ones are not parted."""
ENDS = re.compile(r"[。！？!?][”’』」）)]*$")
LONG_NUMBER = re.compile(r"\d[\d,]\d[.,]?$|\d{2}[.,]$")
MARKED = re.compile(
    r"([-\u2014\u2013\u2500·~]{1,3})\d{1,4}\1|第[\d一二三四五六七八九十]+页(.?共.+页)?"
)
"""A page number that says so, without blanks."""
BARE = re.compile(r"(\d{1,4})(?:/\d{1,4})?")
CLOSE, BETWEEN_WORDS, BETWEEN_SIGNS = 0.1, 0.2, 1.2
"""Gaps that are a blank where one is printed, between words, and between Chinese characters."""
WIDE = (1.5, 1.0, 0.6)
"""Gaps that part a line, in sizes of its characters, where none, one or both are digits."""
EDGE = 0.12
"""Share of a page's height at its top and bottom where running heads stand."""
LEAST_HEAD = 6
"""Characters of a running head; shorter repeated lines may be cells."""
LONG = 15
"""Characters of a line of running text."""
APART = 2.5
"""Sizes of its characters by which a page number stands below the text of the only page."""


@dataclass
class Line:
    """Characters on one baseline, from left to right, and the page they stand on."""

    chars: list[Char]
    page: int = 0
    _text: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.chars[-1].x1

    @property
    def base(self) -> float:
        """Baseline."""
        return self.chars[0].base

    @property
    def middle(self) -> float:
        """Halfway up its first character."""
        return (self.chars[0].y0 + self.chars[0].y1) / 2

    @cached_property
    def size(self) -> float:
        """Height of its characters, which is about the size of the font."""
        heights = sorted(c.y1 - c.y0 for c in self.chars)
        return heights[len(heights) // 2]

    @property
    def text(self) -> str:
        """As printed; blanks stay beside words and numbers, and where a gap is wide.

        A raised small number after a digit marks a note and is put in brackets: ``22[1]``.
        """
        if self._text is None:
            self._text = _printed(self.chars) if self.chars[1:] else self.chars[0].text
        return self._text

    def pieces(self) -> list[Line]:
        """The line cut at its wide gaps; beside numbers less is wide than between words."""
        cuts = [0]
        for at, (a, b) in enumerate(pairwise(self.chars), 1):
            if (gap := b.x0 - a.x1) <= 0:
                continue
            size = max(a.y1 - a.y0, b.y1 - b.y0)
            if gap > size * WIDE[a.text.isdigit() + b.text.isdigit()]:
                cuts.append(at)
        if not cuts[1:]:
            return [self]
        ends = pairwise([*cuts, len(self.chars)])
        return [Line(self.chars[i:j], self.page) for i, j in ends]


def _printed(chars: list[Char]) -> str:
    parts, raised = [chars[0].text], False
    for a, b in pairwise(chars):
        gap, size = b.x0 - a.x1, b.y1 - b.y0
        digit = b.text.isdigit()
        if gap > size * CLOSE and gap > size * _blank(a, b):
            parts.append(" ")
        if digit or raised:
            lifted = digit and (_lifted(a, b) or (raised and abs(a.base - b.base) < 1))
            if lifted != raised and (raised or a.text.isdigit()):
                parts.append("[" if lifted else "]")
                raised = lifted
        parts.append(b.text)
    return "".join(parts) + "]" * raised


def _blank(a: Char, b: Char) -> float:
    """The gap that makes a blank between two characters, in sizes of them."""
    words = (a.text < WORDS) + (b.text < WORDS)
    if b.spaced and (words or (a.text.isdigit() and b.text.isdigit())):  # full width ones too
        return CLOSE
    return BETWEEN_WORDS if words == 2 else BETWEEN_SIGNS  # noqa: PLR2004


def _lifted(a: Char, b: Char) -> bool:
    """Whether ``b`` is a small character that stands higher than ``a`` before it."""
    size = a.y1 - a.y0
    return b.base - a.base > 0.15 * size and b.y1 - b.y0 < 0.8 * size


def lines_of(chars: Iterable[Char], page: int = 0) -> list[Line]:
    """Characters to lines, top down, by their baselines; bold printed twice counts once."""
    rows: list[list[Char]] = []
    size = top = 0.0
    for char in sorted(chars, key=BASE, reverse=True):
        high = char.y1 - char.y0
        tallest = size if size > high else high
        if not rows or top - char.base > 0.45 * tallest:
            rows.append([char])
            size, top = high, char.base
        else:
            rows[-1].append(char)
            size = tallest
    return [Line(_once(sorted(row, key=LEFT)) if row[1:] else row, page) for row in rows]


def _once(row: list[Char]) -> list[Char]:
    last: dict[str, Char] = {}
    kept = []
    for char in row:
        before = last.get(char.text)
        if before is None or char.x0 - before.x0 > 0.3 * (before.x1 - before.x0):
            last[char.text] = char
            kept.append(char)
    return kept


def joined(before: str, after: str, *, wrapped: bool) -> str:
    """Two lines of one text as one; ``wrapped``: the first leaves no room for more.

    Words are parted by a blank, and so are numbers: only one that fills its line goes on in
    the next.
    """
    if not before or not after or not before[-1] < WORDS > after[0]:
        return before + after
    if wrapped and after[0].isdigit() and LONG_NUMBER.search(before):
        return before + after
    if not after[0].isalnum() or not (before[-1].isalnum() or before[-1] in ",;:)"):
        return before + after
    return f"{before} {after}"


def without_page_number(page: Page) -> list[Char]:
    """The characters of a page without a page number such as ``— 4 —`` or 第4页 in its margin.

    Such a number may stand within the frame of a table, so it goes before tables are read.
    """
    low, high = page.height * EDGE, page.height * (1 - EDGE)
    margins = [char for char in page.chars if not low < char.base < high]
    gone = set()
    for line in lines_of(margins):
        if len(line.chars) <= LONG and MARKED.fullmatch(_key(line)):
            gone.update(line.chars)
    return [char for char in page.chars if char not in gone] if gone else page.chars


def without_heads(pages: list[tuple[Page, list[Line]]]) -> list[list[Line]]:
    """The lines of each page without running heads and feet and without bare page numbers.

    A bare number is taken for a page number only where it counts with the pages, as a last
    line may be a cell of a table without rules; a head is repeated on half of the pages.
    """
    found = [{**_numbers(page, lines), **_heads(page, lines)} for page, lines in pages]
    times = Counter(key for keys in found for key in set(keys.values()))
    least = max(2.0, len(pages) / 2)
    kept = []
    for (_, lines), keys in zip(pages, found, strict=True):
        gone = {at for at, key in keys.items() if times[key] >= least}
        if len(pages) == 1 and _stands_apart(lines):
            gone |= {at for at, key in keys.items() if key[0] == 0}
        kept.append([line for at, line in enumerate(lines) if at not in gone])
    return kept


def _key(line: Line) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", line.text))


def _in_margin(base: float, page: Page) -> bool:
    return not page.height * EDGE < base < page.height * (1 - EDGE)


def _numbers(page: Page, lines: list[Line]) -> dict[int, tuple[int | str, int]]:
    """First and last lines that may be page numbers: how far ahead they count, and where."""
    found: dict[int, tuple[int | str, int]] = {}
    for at in {0, len(lines) - 1} if lines else ():
        number = BARE.fullmatch(_key(lines[at]))
        if number is not None and _in_margin(lines[at].base, page):
            found[at] = int(number[1]) - page.number, round(lines[at].base)
    return found


def _stands_apart(lines: list[Line]) -> bool:
    """Whether the last line is far below the one before."""
    return len(lines) > 1 and lines[-2].base - lines[-1].base > APART * lines[-1].size


def _heads(page: Page, lines: list[Line]) -> dict[int, tuple[int | str, int]]:
    """Lines in the margins that may be running heads: their words, and where they are."""
    found: dict[int, tuple[int | str, int]] = {}
    for at, line in enumerate(lines):
        words = re.sub(r"\d+", "#", line.text)
        said = len(line.chars) >= LEAST_HEAD and any(char.isalpha() for char in words)
        if said and _in_margin(line.base, page):
            found[at] = words, round(line.base)
    return found


@dataclass(frozen=True)
class Column:
    """Where running text begins and ends on the page, and whether paragraphs are indented."""

    left: float
    right: float
    indented: bool


def column_of(lines: list[Line]) -> Column | None:
    """The column of the running text, None where no two long lines stand together."""
    long = [line for line in lines if len(line.chars) >= LONG]
    if len(long) < 2:  # noqa: PLR2004
        return None
    size = sorted(line.size for line in long)[len(long) // 2]
    left = _common([line.x0 for line in long], size)
    right = -_common([-line.x1 for line in long], size)
    starts = [line.x0 - left for line in lines]
    return Column(left, right, sum(1.2 * size < x < 2.8 * size for x in starts) > 1)


def _common(places: list[float], size: float) -> float:
    """The outermost place at which a tenth of the lines, but at least two, are."""
    least = max(2.0, len(places) / 10)
    for place in sorted(places):
        if sum(place <= other <= place + size / 2 for other in places) >= least:
            return place
    return min(places)


def goes_on(line: Line, following: Line, column: Column) -> bool:
    """Whether a line fills the column and the following one is of the same paragraph."""
    size = min(line.size, following.size)
    if size < 0.7 * max(line.size, following.size):
        return False
    if line.x1 < column.right - 2 * size or line.x0 > column.left + 3 * size:
        return False
    if following.x0 > column.left + size:
        return False
    if line.page == following.page and not 0 < line.base - following.base < 3 * size:
        return False
    return column.indented or ENDS.search(line.text) is None
