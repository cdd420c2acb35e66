"""Tables of HTML within markdown, as converters write those with merged cells.

Only where their cells stand is told, so that every span still indexes the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.read.html_layout import OpenTable, Table
from index.read.refusals import too_large
from index.report import Span

TABLE = re.compile(r"<(?P<end>/?)table\b[^<>]*>", re.I)
TAG = re.compile(r"<(?P<end>/?)(?P<name>t[drh]|tbody|thead|tfoot)\b(?P<attributes>[^<>]*)>", re.I)
SPANNED = re.compile(r"\b(?P<which>col|row)span\s*=\s*[\"']?\s*(?P<size>\d+)", re.I)
MOST_STEPS = 1_000_000
"""Cells held down by merged cells above, over all rows; a report has some hundred."""

Place = tuple[int, int]


def html_tables(text: str) -> list[Span]:
    """Spans of the tables that hold no others; a last one that never ends goes on to the end."""
    tables: list[Span] = []
    start: int | None = None
    for tag in TABLE.finditer(text):
        if not tag["end"]:
            start = tag.start()
        elif start is not None:
            tables.append((start, tag.end()))
            start = None
    if start is not None:
        tables.append((start, len(text)))
    return tables


def cells_of(text: str, span: Span, place: str) -> list[tuple[Place, Span]]:
    """Row, column and content of each cell of a table, laid out as a browser would.

    Raises:
        UnreadableFile: far more merged cells than any report has.
    """
    table = OpenTable(Table(0, chrome=False), [])
    cells: list[tuple[Place, int]] = []
    found: list[tuple[Place, Span]] = []
    steps = 0
    for tag in TAG.finditer(text, *span):
        name = tag["name"].lower()
        if cells:
            where, start = cells.pop()
            found.append((where, (start, tag.start())))
        if name in ("td", "th"):
            if not tag["end"]:
                if not table.in_row:
                    steps += table.next_row()
                sizes = {m["which"].lower(): m["size"] for m in SPANNED.finditer(tag["attributes"])}
                cell = table.add(sizes.get("col"), sizes.get("row"))
                cells.append(((cell.row, cell.column), tag.end()))
        elif name == "tr":
            steps += 0 if tag["end"] else table.next_row()
            table.in_row = not tag["end"]
        else:
            table.end_group()
        if steps > MOST_STEPS:
            raise too_large(place, "表格的合并单元格过多")
    ends = TABLE.search(text, cells[0][1], span[1]) if cells else None
    found.extend((where, (start, ends.start() if ends else span[1])) for where, start in cells)
    return found


def between(spans: list[Span], length: int) -> Iterator[tuple[Span, Span | None]]:
    """What is before each span, and that span; at last what is after them all, and None."""
    at = 0
    for span in spans:
        yield (at, span[0]), span
        at = span[1]
    yield (at, length), None
