"""Word files and workbooks."""

from __future__ import annotations

import io
import random
from html import escape

from tests.writer.paper import Grid, Line, Paper, Spot

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(paper: Paper, _rng: random.Random) -> bytes:
    """A Word file: paragraphs, and tables with their cells merged."""
    from docx import Document
    from docx.oxml import parse_xml

    file = Document()
    body = file.element.body
    for part in paper.parts:
        if isinstance(part, Line):
            pieces = [_paragraph(part.text)]
        else:
            pieces = [
                xml for grid, below in part.grids()
                for xml in (_table(grid), *map(_paragraph, below or [""]))
            ]  # fmt: skip
        for xml in pieces:
            body.insert(len(body) - 1, parse_xml(xml.replace(">", f" {W}>", 1)))
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r>{_text(text)}</w:r></w:p>"


def _text(text: str) -> str:
    """A text with its line breaks."""
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")]
    return "<w:br/>".join(lines)


def _table(grid: Grid) -> str:
    """Cells over several rows go on below as ``vMerge`` cells."""
    height = max(s.row + s.rows for s in grid)
    width = max(s.column + s.columns for s in grid)
    at = {(s.row + down, s.column): (s, down) for s in grid for down in range(s.rows)}
    rows = []
    for row in range(height):
        column, cells = 0, []
        while column < width:
            spot, down = at.get((row, column), (Spot(row, column, 1, 1, ""), 0))
            cells.append(_cell(spot, down))
            column += spot.columns
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _cell(spot: Spot, down: int) -> str:
    merged = f'<w:gridSpan w:val="{spot.columns}"/>' if spot.columns > 1 else ""
    if spot.rows > 1:
        merged += "<w:vMerge/>" if down else '<w:vMerge w:val="restart"/>'
    text = "" if down else spot.text
    return f"<w:tc><w:tcPr>{merged}</w:tcPr>{_paragraph(text)}</w:tc>"


def xlsx(paper: Paper, rng: random.Random) -> bytes:
    """A workbook: everything on one sheet, or each table on its own."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    numbers, apart, at = rng.random() < 0.5, rng.random() < 0.3, 1
    for part in paper.parts:
        if isinstance(part, Line):
            sheet.cell(at, 1, part.text)
            at += 1
            continue
        for grid, below in part.grids():
            if apart:
                sheet, at = book.create_sheet(), 1
            for spot in grid:
                _write(sheet, at, spot, numbers=numbers)
            at += max(s.row + s.rows for s in grid)
            for text in below:
                sheet.cell(at, 1, text)
                at += 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(sheet: object, top: int, spot: Spot, *, numbers: bool) -> None:
    row, column = top + spot.row, 1 + spot.column
    text = spot.text
    value = (
        int(text)
        if numbers and text.isascii() and text.isdigit() and text == str(int(text))
        else text
    )
    cell = sheet.cell(row, column)  # type: ignore[attr-defined]
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    if spot.rows > 1 or spot.columns > 1:
        sheet.merge_cells(  # type: ignore[attr-defined]
            start_row=row, start_column=column,
            end_row=row + spot.rows - 1, end_column=column + spot.columns - 1,
        )  # fmt: skip
