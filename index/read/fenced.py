"""Values parted by commas or tabs within a code block of markdown: rows and columns as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.read.csv import separated_rows, sign_of, stripped
from index.read.ruled_text import Ruled
from index.report import Span

FENCE = re.compile(r"\s*(?P<marks>`{3,}|~{3,})\s*(?P<kind>[\w-]*)\s*")
KINDS = frozenset({"csv", "tsv"})
LEAST_ROWS, LEAST_COLUMNS = 2, 3
"""Lines of a table, and its columns where the block does not say what it holds."""


def fenced_tables(text: str, lines: Sequence[Span], place: str) -> list[Ruled]:
    """The code blocks among the lines of a text all of whose rows have as many values."""
    tables = []
    for first, after, kind in _blocks(text, lines):
        inside = lines[first + 1 : after - 1]
        if len(inside) < LEAST_ROWS:
            continue
        start, end = inside[0][0], inside[-1][1]
        rows = separated_rows(text[start:end], sign_of(text[start:end]), place)
        widths = {len(cells) for cells in rows}
        if len(widths) != 1 or max(widths) < (LEAST_COLUMNS if kind not in KINDS else 2):
            continue
        pieces = tuple(
            ((row, column), stripped(text, (a + start, b + start)))
            for row, cells in enumerate(rows)
            for column, (a, b) in enumerate(cells)
        )
        tables.append(Ruled(first, after, pieces))
    return tables


def _blocks(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
    """Code blocks: their first line, the line after them, and what they are said to hold."""
    opened: tuple[int, str, str] | None = None
    for number, line in enumerate(lines):
        fence = FENCE.fullmatch(text, *line)
        if fence is None:
            continue
        if opened is None:
            opened = number, fence["marks"], fence["kind"].lower()
        elif fence["marks"].startswith(opened[1]) and not fence["kind"]:
            yield opened[0], number + 1, opened[2]
            opened = None
