"""Characters to lines of text, and lines to the running text of a document.

Within a line characters stand by their x; lines by their baselines. A character's height
never decides: that made 773028 of 7730.28 elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.read.pdf_page import Char

WORD = re.compile(r"[!-~\u00a0-\u024f]")
"""Characters of words that blanks part; Chinese ones are not parted."""
ENDS = re.compile(r"[。！？!?][”’』」）)]*$")
PAGE_NUMBER = re.compile(
    r"[-\u2014\u2013\u2500·~\uff0d]+(\d{1,4})[-\u2014\u2013\u2500·~\uff0d]+"
    r"|第(\d{1,4}|[一二三四五六七八九十百]+)页([/,，共]{0,2}(\d+|[一二三四五六七八九十百]+)页)?"
    r"|(\d{1,4})/\d{1,4}|(?:page)?(\d{1,4})(?:of\d{1,4})?",
    re.IGNORECASE,
)
EDGE = 0.12
"""Share of a page's height at its top and bottom where running heads stand."""


@dataclass
class Line:
    """Characters on one baseline, from left to right, and the page they stand on."""

    chars: list[Char]
    page: int = 0

    @property
    def x0(self) -> float:
        """Left end."""
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return max(c.x1 for c in self.chars)

    @property
    def base(self) -> float:
        """Baseline."""
        return self.chars[0].base

    @property
    def middle(self) -> float:
        """Halfway up its first character."""
        return (self.chars[0].y0 + self.chars[0].y1) / 2

    @property
    def size(self) -> float:
        """Height of its characters, which is about the size of the font."""
        heights = sorted(c.y1 - c.y0 for c in self.chars)
        return heights[len(heights) // 2]

    @property
    def text(self) -> str:
        """As printed; blanks stay beside words and numbers, and where a gap is wide."""
        parts = [self.chars[0].text]
        for a, b in pairwise(self.chars):
            gap, size = b.x0 - a.x1, max(a.y1 - a.y0, b.y1 - b.y0)
            words = bool(WORD.match(a.text)) + bool(WORD.match(b.text))
            least = (1.2 if not b.spaced or not words else 0.1, 0.1 if b.spaced else 0.25)
            parts.append(" " + b.text if gap > size * least[words == 2] else b.text)  # noqa: PLR2004
        return "".join(parts)

    def pieces(self, gap: float = 1.5, between_numbers: float = 0.6) -> list[Line]:
        """The line cut at its wide gaps, given as shares of the size of its characters."""
        cuts = [0]
        for at, (a, b) in enumerate(pairwise(self.chars), 1):
            size = max(a.y1 - a.y0, b.y1 - b.y0)
            least = between_numbers if a.text.isdigit() and b.text.isdigit() else gap
            if b.x0 - a.x1 > size * least:
                cuts.append(at)
        ends = pairwise([*cuts, len(self.chars)])
        return [Line(self.chars[i:j], self.page) for i, j in ends]


def lines_of(chars: Iterable[Char], page: int = 0) -> list[Line]:
    """Characters to lines, top down, by their baselines; bold printed twice counts once."""
    rows: list[list[Char]] = []
    size = 0.0
    for char in sorted(chars, key=lambda c: -c.base):
        height = char.y1 - char.y0
        if not rows or rows[-1][0].base - char.base > 0.45 * max(size, height):
            rows.append([])
            size = 0.0
        rows[-1].append(char)
        size = max(size, height)
    return [Line(list(_once(sorted(row, key=lambda c: c.x0))), page) for row in rows]


def _once(row: list[Char]) -> Iterator[Char]:
    last: dict[str, Char] = {}
    for char in row:
        before = last.get(char.text)
        if before is None or char.x0 - before.x0 > 0.3 * (before.x1 - before.x0):
            last[char.text] = char
            yield char


def joined(before: str, after: str, *, wrapped: bool) -> str:
    """Two lines of one text as one; ``wrapped``: the first leaves no room for more.

    Words are parted by a blank, and so are digits: only where a long number fills its line
    does it go on in the next one.
    """
    if not before or not after or not (WORD.match(before[-1]) and WORD.match(after[0])):
        return before + after
    digits = before[-1].isdigit() or before[-1] in ".,"
    if digits and after[0].isdigit() and wrapped and len(before) > 2:  # noqa: PLR2004
        return before + after
    if before[-1] == "-" or not (before[-1].isalnum() and after[0].isalnum()):
        return before + after
    return f"{before} {after}"
