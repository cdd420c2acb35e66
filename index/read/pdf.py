"""PDF: pages to running text and tables, in reading order, each block with its page.

A page is read by `pdf_page` (pdfium), its tables are found by `pdf_grid` from the lines that
are ruled, its text by `pdf_lines`; `pdf_join` continues a table over pages. Here a file is
opened within limits, and the text of the document is put together: a paragraph is a line of
it, and so is a row of a table, with a tab between cells.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from itertools import groupby
from pathlib import Path
from threading import Lock
from time import monotonic

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as c  # type: ignore[import-untyped]

from index.errors import UnreadableFile
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
from index.read.pdf_page import Page, read_page
from index.report import Block, Document

MAX_PAGES = 300
"""A report has five to thirty pages."""
MAX_SECONDS = 60.0
MAX_DRAWN, MAX_UNPACKED = 8 * 1024 * 1024, 128 * 1024 * 1024
"""Bytes that one stream of drawing, and all streams but pictures, may unpack to."""
MAX_UNMAPPED = 0.2
"""Share of characters whose font does not say which they are."""
HEAD, TAIL = 1_024, re.compile(rb"\d\s+\d+\s+obj\b")
DICTIONARY = 2_048
"""Bytes before a stream in which its dictionary is looked for."""
PICTURE = re.compile(rb"/Subtype\s*/Image\b")
FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:CIDFontType0C|Type1C|OpenType)\b")
TWICE = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW)\s*/(?:FlateDecode|Fl|LZWDecode|LZW)\b")
CONTINUED = re.compile(r"[（(]?(?:上表)?[续續](?:表|上表)?[一二三四五\d]*[)）]?")
"""What stands over a table that goes on: （续表）."""

OCR = "请先做文字识别，如 ocrmypdf --force-ocr -l chi_sim (run OCR first)"

PDFIUM = Lock()
"""Pdfium may be entered by one thread at a time."""

Item = list[Line] | Grid


def read_pdf(data: bytes, path: Path) -> Document:
    """Read a PDF.

    Raises:
        UnreadableFile: not a PDF, damaged, locked with a password, without pages, with more
            pages or more drawn on a page than a report has, or pictures of pages (a scan).
    """
    place = str(path)
    _refuse_damaged(data, place)
    _refuse_packed(data, place)
    with PDFIUM:
        pages = _pages(data, place)
    _refuse_pictures(pages, place)
    writer = _Writer()
    for item in _items(pages, place):
        writer.add(item)
    return Document(
        source_file=path.name,
        path=place,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding="pdf",
        text="".join(writer.texts),
        blocks=tuple(writer.blocks),
    )


def _damaged(place: str) -> UnreadableFile:
    return UnreadableFile(
        "PDF 不完整、已损坏或没有页面 (the PDF is incomplete, damaged or without pages).",
        place=place,
        advice="请重新下载 (fetch it again).",
    )


def _refuse_damaged(data: bytes, place: str) -> None:
    """Refuse what is no PDF, and a PDF that was cut off: pdfium would read what is left of it."""
    if b"%PDF-" not in data[:HEAD]:
        raise UnreadableFile(
            "这不是 PDF 文件 (not a PDF).",
            place=place,
            advice="请核对文件，或重新下载 (check the file, or fetch it again).",
        )
    end = data.rfind(b"startxref")
    if end < 0 or TAIL.search(data, end):
        raise _damaged(place)


def _refuse_packed(data: bytes, place: str) -> None:
    """Refuse a file whose streams unpack to more than a report holds, before pdfium does it."""
    left, at = MAX_UNPACKED, 0
    while (at := data.find(b"stream", at)) >= 0:
        start = at + 6
        at = max(data.find(b"endstream", start), start)
        if data[start - 9 : start - 6] == b"end":
            at = start
            continue
        about = data[max(0, start - DICTIONARY) : start].rpartition(b" obj")[2]
        if PICTURE.search(about):
            continue
        most = min(left, MAX_UNPACKED if FONT.search(about) else MAX_DRAWN)
        size = _unpacked(data[start : at + 2].lstrip(b"\r\n"), most)
        left -= size
        if size > most or TWICE.search(about):
            raise UnreadableFile(
                "PDF 展开后过大，不是正常的报告 (the PDF unpacks to more than a report holds).",
                place=place,
                advice="请另存为 PDF 后重试 (print it to a new PDF and try again).",
            )


def _unpacked(packed: bytes, most: int) -> int:
    """Bytes that a deflated stream unpacks to, counted to just over ``most``; else 0."""
    unpacker, size = zlib.decompressobj(), 0
    try:
        while packed and size <= most and not unpacker.eof:
            size += len(unpacker.decompress(packed, 1 << 20))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return size
    return size


def _pages(data: bytes, place: str) -> list[Page]:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY):
            raise UnreadableFile(
                "PDF 已加密，需要密码 (the PDF is locked with a password).",
                place=place,
                advice="请先解除密码再交来 (remove the password first).",
            ) from None
        raise _damaged(place) from None
    try:
        return _read_pages(pdf, place)
    except pypdfium2.PdfiumError:
        raise _damaged(place) from None
    finally:
        pdf.close()


def _read_pages(pdf: pypdfium2.PdfDocument, place: str) -> list[Page]:
    if len(pdf) == 0:
        raise _damaged(place)
    if len(pdf) > MAX_PAGES:
        raise UnreadableFile(
            f"PDF 有 {len(pdf)} 页，不是一份报告 ({len(pdf)} pages: not one report).",
            place=place,
            advice=f"请拆分为每份报告一个文件，不超过 {MAX_PAGES} 页 (split it).",
        )
    pages, started = [], monotonic()
    for number in range(1, len(pdf) + 1):
        if monotonic() - started > MAX_SECONDS:
            raise UnreadableFile(
                f"读到第 {number} 页已超过 {MAX_SECONDS:.0f} 秒 (too slow to be read).",
                place=place,
                advice="请另存为 PDF 或文本后重试 (print it to a new PDF, or save it as text).",
            )
        page = pdf[number - 1]
        try:
            pages.append(read_page(page, number, place))
        finally:
            page.close()
    return pages


def _refuse_pictures(pages: list[Page], place: str) -> None:
    """Refuse a scan, and a report some of whose pages are scans: its figures would be missing.

    A first page that is a picture is a cover.
    """
    chars = sum(len(page.chars) for page in pages)
    unmapped = sum(page.unmapped for page in pages)
    scans = [str(page.number) for page in pages if page.scanned]
    if scans and (chars == unmapped or scans != ["1"]):
        which = f"第 {'、'.join(scans[:5])} 页" if chars else "各页"
        raise UnreadableFile(
            f"{which}是扫描图像，没有文字 (scanned: pictures of pages, without text).",
            place=place,
            advice=f"{OCR}，并核对数字 (then check its numbers).",
        )
    if chars == 0:
        raise UnreadableFile(
            "PDF 里没有文字，页面空白或文字已转为图形 (no text, or text drawn as shapes).",
            place=place,
            advice=f"请核对文件；{OCR}。",
        )
    if unmapped > chars * MAX_UNMAPPED:
        raise UnreadableFile(
            "字体没有注明文字编码，文字无法读出 (its fonts do not say which characters they show).",
            place=place,
            advice=f"{OCR}。",
        )


def _items(pages: list[Page], place: str) -> list[Item]:
    """Paragraphs and grids in reading order; parts of a table have its number."""
    grids: list[list[Grid]] = []
    texts: list[tuple[Page, list[Line]]] = []
    for page in pages:
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

    def _block(self, text: str, page: int, grid: tuple[int, int, int] | tuple[None, ...]) -> None:
        span = self._length, self._length + len(text)
        table, row, column = grid
        self._write(text)
        self.blocks.append(
            Block(text=text, span=span, table=table, row=row, column=column, page=page)
        )
