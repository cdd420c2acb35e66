"""PDF: pages to running text and tables, in reading order, each block with its page.

`pdf_open` opens a file within limits, `pdf_page` reads a page (pdfium), its tables are found by
`pdf_grid` from the lines that are ruled, its text by `pdf_lines`; `pdf_join` continues a table
over pages. Here the text of the document is put together: a paragraph is a line of it, and so
is a row of a table, with a tab between cells.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from time import monotonic

from index.read.made import make_document
from index.read.pdf_grid import Grid, grids_of
from index.read.pdf_join import continues, join
from index.read.pdf_lines import (
    Column,
    Line,
    column_of,
    goes_on,
    joined,
    lines_of,
    without_heads,
    without_page_number,
)
from index.read.pdf_open import MAX_SECONDS, open_pages, too_much
from index.read.pdf_page import Page
from index.report import Block, Document

CONTINUED = re.compile(r"[（(]?(?:上表)?[续續](?:表|上表)?[一二三四五\d]*[)）]?")
"""What stands over a table that goes on: （续表）."""

PICTURE = 0.1
"""Share of a page that pictures cover where one may hold a table."""

Item = list[Line] | Grid


def read_pdf(data: bytes, path: Path) -> Document:
    """Read a PDF.

    Raises:
        UnreadableFile: not a PDF, damaged, locked with a password, without pages, with more
            pages or more drawn on a page than a report has, or pictures of pages (a scan).
    """
    place = str(path)
    writer = _Writer()
    pages = open_pages(data, place)
    for item in _items(pages, place):
        writer.add(item)
    return make_document(
        data,
        path,
        encoding="pdf",
        text="".join(writer.texts),
        blocks=writer.blocks,
        recognised=any(page.recognised for page in pages),
        pictures=sum(page.covered > PICTURE for page in pages),
    )


def _items(pages: list[Page], place: str) -> list[Item]:
    """Paragraphs and grids in reading order; parts of a table have its number."""
    grids: list[list[Grid]] = []
    texts: list[tuple[Page, list[Line]]] = []
    until = monotonic() + MAX_SECONDS
    for page in pages:
        if monotonic() > until:
            raise too_much(page.number, place)
        page.chars = without_page_number(page)
        found, outside = grids_of(page, place)
        grids.append(found)
        texts.append((page, lines_of(outside, page.number)))
    lines = without_heads(texts)
    columns = {
        width: column_of(
            [x for p, ls in zip(pages, lines, strict=True) if p.width == width for x in ls]
        )
        for width in {page.width for page in pages}
    }
    items: list[Item] = []
    tables: list[list[Grid]] = []
    for page, own_grids, own_lines in zip(pages, grids, lines, strict=True):
        flow: list[tuple[float, Grid | Line]] = [(grid.top, grid) for grid in own_grids]
        flow += [(line.base, piece) for line in own_lines for piece in line.pieces()]
        for _, item in sorted(flow, key=lambda placed: -placed[0]):
            if isinstance(item, Grid):
                _add_grid(item, items, tables)
            else:
                _add_line(item, items, columns[page.width])
    for parts in tables:
        join(parts)
    return items


def _add_grid(grid: Grid, items: list[Item], tables: list[list[Grid]]) -> None:
    """Add a grid, as the next part of the table before it if nothing else is between."""
    before = items[-1] if items else None
    if isinstance(before, list) and len(items) > 1 and CONTINUED.fullmatch(before[0].text):
        before = items[-2]
    if isinstance(before, Grid) and before.page == grid.page - 1 and continues(before, grid):
        tables[-1].append(grid)
    else:
        tables.append([grid])
    grid.table = len(tables) - 1
    items.append(grid)


def _add_line(line: Line, items: list[Item], column: Column | None) -> None:
    before = items[-1] if items else None
    if isinstance(before, list) and column is not None and goes_on(before[-1], line, column):
        before.append(line)
    else:
        items.append([line])


class _Writer:
    """Puts the text together and keeps the place of every block in it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.blocks: list[Block] = []
        self._length = 0

    def add(self, item: Item) -> None:
        """Add a paragraph or a grid."""
        if isinstance(item, Grid):
            for row, cells in groupby(item.cells, key=lambda cell: cell.row):
                for number, cell in enumerate(cells):
                    self._write("\t" if number else "")
                    self._block(cell.text, cell.page, (item.table, row, cell.column))
                self._write("\n")
            return
        text = ""
        for line in item:
            text = joined(text, line.text, wrapped=True)
        self._block(text, item[0].page, (None, None, None))
        self._write("\n")

    def _write(self, text: str) -> None:
        self.texts.append(text)
        self._length += len(text)

    def _block(
        self, text: str, page: int, grid: tuple[int, int, int] | tuple[None, None, None]
    ) -> None:
        span = self._length, self._length + len(text)
        table, row, column = grid
        self._write(text)
        self.blocks.append(
            Block(text=text, span=span, table=table, row=row, column=column, page=page)
        )
