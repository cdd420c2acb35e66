"""A writer of annexed tables: figures drawn to satisfy the form, on every surface."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import docx
from openpyxl import Workbook
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from index.formats import Form
from index.read import read_bytes
from index.reading import report_from_document
from index.report import TRUSTED, Document, Number, Report
from index.sidecar import Given
from tests.index.helpers import FORMS, seeded

FONT = "STSong-Light"
HEADS = ("指标名称", "单位", "统计数")
GIVEN = Given(body="雾川县人民政府", year=2016)
TITLE = "雾川县人民政府2016年政府信息公开工作年度报告"
PROSE = "本年度公开工作平稳有序，依法答复申请，没有发生需要追究责任的情形，群众评价总体较好。"


@dataclass(frozen=True)
class Line:
    """One row as it is printed: key, label with its number, unit, one text for each column."""

    key: str
    label: str
    unit: str
    cells: tuple[str, ...]


Rows = Sequence[Line]


def drawn(seed: int, form: Form = FORMS["2014"], *, small: bool = False) -> dict[str, Number]:
    """Values by row, one a row: every hard sum of the form holds; ``small``: mostly 0."""
    rng = seeded(seed)
    values: dict[str, Number] = {}
    for row in form.annex_rows.values():
        if not row.cells:
            continue
        if row.kind == "money":
            values[row.key] = Decimal(rng.randrange(0, 9000)) / 100
        else:
            values[row.key] = rng.choice([0, 0, 0, 1, 2]) if small else rng.randrange(0, 4000)
    for identity in form.identities:
        if identity.over == "columns" and identity.strength == "hard":
            (total,) = identity.left
            values[total] = sum(values[key] for key in identity.right)
    return values


def rows_of(
    values: dict[str, Number], form: Form = FORMS["2014"], texts: dict[str, str] | None = None
) -> list[Line]:
    """The rows of the table, heads too; ``texts`` are printed in place of some values."""
    lines = []
    for row in form.annex_rows.values():
        first = row.part and form.annex_rows[row.parent or ""].key not in {
            form.annex_rows[line.key].parent for line in lines
        }
        label = f"{'其中：' if first else ''}{row.number}{row.label}"
        text = str(values.get(row.key, "——")) if row.cells else "——"
        lines.append(Line(row.key, label, row.unit or "——", ((texts or {}).get(row.key, text),)))
    return lines


def without_unit(rows: Rows) -> list[Line]:
    """The table without its column of units."""
    return [replace(row, unit="") for row in rows]


def _cells(row: Line, unit: bool) -> list[str]:
    return [row.label, *([row.unit] if unit else []), *row.cells]


def table(rows: Rows, heads: Sequence[str] = HEADS) -> list[list[str]]:
    """The whole grid: its head, then a list of cells for each row."""
    unit = any(row.unit for row in rows)
    head = [h for h in heads if unit or h != "单位"]
    return [list(head), *(_cells(row, unit) for row in rows)]


# -- surfaces ------------------------------------------------------------------------------


def _text(body: str) -> Document:
    whole = f"{TITLE}\n一、概述\n{PROSE}\n政府信息公开情况统计表\n{body}"
    return read_bytes(whole.encode(), Path("annex.txt"))


def one_cell_a_line(grid: Sequence[Sequence[str]]) -> Document:
    return _text("".join(f"{cell}\n" for row in grid for cell in row if cell))


def one_row_a_line(grid: Sequence[Sequence[str]]) -> Document:
    return _text("".join("  ".join(filter(None, row)) + "\n" for row in grid))


def pipes(grid: Sequence[Sequence[str]]) -> Document:
    return _text("".join(f"| {' | '.join(row)} |\n" for row in grid))


def tabs(grid: Sequence[Sequence[str]]) -> Document:
    return _text("".join("\t".join(row) + "\n" for row in grid))


def flattened(grid: Sequence[Sequence[str]]) -> Document:
    """Everything in one line, as by a crawl that keeps no cells."""
    body = "".join("".join(row) for row in grid)
    whole = f"{TITLE} 一、概述{PROSE}二、政府信息公开情况统计表{body}"
    return read_bytes(whole.encode(), Path("annex.txt"))


def html(grid: Sequence[Sequence[str]]) -> Document:
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in grid)
    page = f"<html><body><h1>{TITLE}</h1><p>{PROSE}</p><table>{body}</table></body></html>"
    return read_bytes(page.encode(), Path("annex.html"))


def markdown(grid: Sequence[Sequence[str]]) -> Document:
    head, *rest = [f"| {' | '.join(row)} |\n" for row in grid]
    text = f"# {TITLE}\n\n{PROSE}\n\n{head}|{'---|' * len(grid[0])}\n{''.join(rest)}"
    return read_bytes(text.encode(), Path("annex.md"))


def word(grid: Sequence[Sequence[str]]) -> Document:
    file = docx.Document()
    file.add_paragraph(TITLE)
    file.add_paragraph(PROSE)
    made = file.add_table(rows=0, cols=len(grid[0]))
    for row in grid:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    data = io.BytesIO()
    file.save(data)
    return read_bytes(data.getvalue(), Path("annex.docx"))


def excel(grid: Sequence[Sequence[str]]) -> Document:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([TITLE])
    for row in grid:
        sheet.append([int(c) if c.isdigit() else c for c in row])
    data = io.BytesIO()
    book.save(data)
    return read_bytes(data.getvalue(), Path("annex.xlsx"))


def pdf(grid: Sequence[Sequence[str]]) -> Document:
    """Ruled tables over several pages, the head repeated on each."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("annex", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
    body = [[Paragraph(cell, style) for cell in row] for row in grid]
    widths = [300, *([70] * (len(grid[0]) - 1))]
    made = Table(body, colWidths=widths, repeatRows=1)
    made.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    data = io.BytesIO()
    SimpleDocTemplate(data).build([Paragraph(TITLE, style), Paragraph(PROSE, style), made])
    return read_bytes(data.getvalue(), Path("annex.pdf"))


Surface = Callable[[Sequence[Sequence[str]]], Document]
TEXTS: tuple[Surface, ...] = (one_cell_a_line, one_row_a_line, flattened)
GRIDS: tuple[Surface, ...] = (pipes, tabs, html, markdown, word, excel, pdf)
SURFACES = (*TEXTS, *GRIDS)


def read(grid: Sequence[Sequence[str]], surface: Surface) -> Report:
    """A table on a surface as a report."""
    return report_from_document(surface(grid), GIVEN)


def trusted(report: Report) -> dict[str, Number]:
    """Values that are stated, by row (and column where it is not ``value``)."""
    return {
        f.row if f.column == "value" else f"{f.row}.{f.column}": f.value
        for f in report.table_figures
        if f.status in TRUSTED and f.value is not None
    }


def wrong(report: Report, values: dict[str, Number]) -> dict[str, Number]:
    """Values that are stated and are not what was written."""
    return {row: v for row, v in trusted(report).items() if values.get(row) != v}


def statuses(got: Report) -> dict[str, str]:
    """Statuses of an annexed table by row."""
    return {f.row: f.status.value for f in got.table_figures}


def name(surface: Surface) -> str:
    """What a surface is called in a test's id."""
    return surface.__name__
