"""The same table on every surface, and reading it back: what the tests of odd tables share."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook

from index.read import read_bytes
from index.report import Figure
from index.tables.finding import read_tables
from tests.index.helpers import FORMS, T3_COLUMNS, figures, lines, padded, pipes, tabs

Rows = Sequence[Sequence[str]]
HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def web(rows: Rows) -> str:
    """A table of a web page; cells are HTML as they are."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><div><p>正文</p><table>{body}</table></div></body></html>"


def markdown(rows: Rows) -> str:
    """A markdown table; its first row is the head."""
    width = max(len(row) for row in rows)
    first, *others = [[*row, *[""] * (width - len(row))] for row in rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in [first, ["---"] * width, *others])


def spaced(rows: Rows) -> str:
    """A row a line, cells separated by spaces, as text laid out on a page."""
    return "".join(" ".join(row) + "\n" for row in rows)


def sheet(rows: Rows) -> bytes:
    """An Excel sheet; whole numbers are numbers in it, and empty cells are not there."""
    book = Workbook()
    first = book.active
    assert first is not None
    for cells in rows:
        first.append([_number(cell) for cell in cells])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _number(cell: str) -> str | int | None:
    plain = cell.isascii() and cell.isdigit() and (cell == "0" or cell[0] != "0")
    return int(cell) if plain else cell or None


SURFACES: dict[str, tuple[Callable[[Rows], str | bytes], str]] = {
    "lines": (lines, "x.txt"),
    "padded": (padded, "x.txt"),
    "spaced": (spaced, "x.txt"),
    "pipes": (pipes, "x.txt"),
    "tabs": (tabs, "x.txt"),
    "web": (web, "x.html"),
    "markdown": (markdown, "x.md"),
    "sheet": (sheet, "x.xlsx"),
}
GRIDS = ["pipes", "tabs", "web", "markdown", "sheet"]
LINES = ["lines", "padded", "spaced"]


def read(text: str | bytes, name: str = "x.txt", form: str = "2021") -> dict[str, Figure]:
    """Figures by address of a file with this text."""
    data = text.encode() if isinstance(text, str) else text
    document = read_bytes(data, Path(name))
    return figures(read_tables(document.blocks, FORMS[form], document.text))


def read_on(surface: str, rows: Rows, form: str = "2021") -> dict[str, Figure]:
    """Figures by address of a table on a surface."""
    write, name = SURFACES[surface]
    return read(write(rows), name, form)


def row(got: dict[str, Figure], key: str) -> list[object]:
    """Values of a row of table three, "?" where one is open and None where it is blank."""
    cells = [got[f"t3.{key}.{column}"] for column in T3_COLUMNS]
    return ["?" if f.status == "ambiguous" else f.value for f in cells]


def statuses(got: dict[str, Figure], key: str | None = None) -> set[str]:
    """Statuses of a row, or of all figures."""
    return {f.status.value for f in got.values() if key in (None, f.row)}


def head(*extra: str) -> list[list[str]]:
    """A head of table three in one row, with an empty cell over the labels."""
    return [["申请人情况", *HEADS[:6], *extra, HEADS[6]]]
