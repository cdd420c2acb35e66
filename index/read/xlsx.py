"""Workbooks (``.xlsx``): every printed sheet a table, its title before it.

A number is given as the cell holds it, to the 15 digits that Excel keeps, never rounded to the
places its format shows and never computed. Of the format only what changes the meaning is
added: percent, date, units and other words. Where a format shows another magnitude (thousands
as ``7.7万``) the number is followed by ``?``, so that it counts as unreadable. Hidden sheets,
rows and columns, comments and drawings are not printed, hence left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Context, Decimal, InvalidOperation
from pathlib import Path
from xml.etree import ElementTree as ET

from index.read.archive import Office, damaged, refuse, too_large
from index.report import Block, Document

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SPACE = " \t\r\n\f\v\u3000\xa0\ufeff\u200b"
MOST_CELLS = 200_000
"""Cells of a workbook, blank ones in its tables among them; a report has some 500."""
MOST_TAGS = 4_000_000
"""Angle brackets of a sheet, which is read as a stream: rows may be formatted to the last."""
CHUNK = 1024 * 1024
EXCEL = Context(prec=15)
LARGEST = 30
"""Digits before or after the point beyond which a number is left as it is written."""
BUILT_IN = {9: "0%", 10: "0.00%", 11: "0.00E+00", 48: "0.0E+0"} | dict.fromkeys(
    (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-mm-dd"
)  # formats known by number alone: no words, no scaling
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
# A format code, token by token: words, escaped characters, brackets, blanks of a width.
TOKEN = re.compile(r'"(?P<word>[^"]*)"|[\\!](?P<char>.)|\[(?P<mark>[^\]]*)\]|[_*].|(?P<code>.)')
DATE = re.compile("[ymdhs]")
MOST_DAYS = 2_958_466
"""Day numbers from here on are beyond the year 9999."""

Place = tuple[int, int]
Range = tuple[int, int, int, int]


def read_xlsx(data: bytes, path: Path) -> Document:
    """Read a workbook.

    Rows and columns are those of the sheet, from 0 (``B5`` is row 4, column 1). A row without
    any value is left out; all others have a cell for every column between the first and the
    last that the sheet uses, but for the covered part of merged cells. A formula whose value
    was not saved is given as the formula (``=SUM(B2:G2)``), an error as Excel shows it.

    Raises:
        UnreadableFile: damaged, locked, too large, of another kind (``.xls``), or empty.
    """
    book = _Book(data, path)
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0

    def write(text: str, separator: str, cell: tuple[int, int, int] | None = None) -> None:
        nonlocal length
        parts.extend((separator if blocks else "", text))
        start = length + len(parts[-2])
        length = start + len(text)
        table, row, column = cell or (None, None, None)
        span = (start, length)
        blocks.append(Block(text=text, span=span, table=table, row=row, column=column))

    for table, (title, sheet) in enumerate(book.sheets()):
        write(title, "\n")
        row = None
        for (at, column), text in sheet.cells(MOST_CELLS - len(blocks)):
            write(text, " | " if at == row else "\n", (table, at, column))
            row = at
    if not blocks:
        reason = "工作簿里没有可见的内容 (nothing visible in it)."
        raise refuse(str(path), reason, "请检查隐藏的工作表 (look for hidden sheets).")
    return Document(
        source_file=path.name,
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding="utf-8",
        text="".join(parts),
        blocks=tuple(blocks),
    )


class _Book:
    """What the sheets of a workbook share: strings, formats, the first day of its calendar."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.office = Office(data, path, ".xlsx")
        root = self.office.tree(self.office.main) if not self.office.main.endswith("bin") else None
        if root is None or root.tag != f"{S}workbook":
            reason = "不是 Excel 工作簿 (not a workbook of the .xlsx kind)."
            raise refuse(str(path), reason, "请改正后缀，或另存为 .xlsx (save it as .xlsx).")
        self.root = root
        self.related = self.office.related(self.office.main)
        parts = dict(self.related.values())
        strings = self.office.tree(parts.get("sharedStrings", ""))
        self.strings = [_rich(item) for item in strings or ()]
        self.formats = _formats(self.office.tree(parts.get("styles", "")))
        properties = root.find(f"{S}workbookPr")
        old = properties is not None and properties.get("date1904") in ("1", "true")
        self.first_day = datetime(1904, 1, 1) if old else datetime(1899, 12, 30)

    def sheets(self) -> Iterator[tuple[str, _Sheet]]:
        """Title and cells of the visible sheets that hold anything."""
        for entry in self.root.iterfind(f"{S}sheets/{S}sheet"):
            kind, name = self.related.get(entry.get(RELATION, ""), ("", ""))
            if entry.get("state", "visible") != "visible" or kind != "worksheet":
                continue
            title = entry.get("name", "").strip(SPACE)
            sheet = _Sheet(self, title, name)
            if sheet.texts:
                yield title, sheet
