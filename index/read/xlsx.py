"""Workbooks (``.xlsx``): every printed sheet a table, its title before it.

A number is given as the cell holds it, to the 15 digits that Excel keeps, never rounded to the
places its format shows and never computed. Of the format only what changes the meaning is
added: percent, date, units and other words. Where a format shows another magnitude (thousands
as ``7.7万``) the number is followed by ``?``, so that it counts as unreadable. Hidden sheets,
rows and columns, comments and drawings are not printed, hence left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Context, Decimal
from functools import lru_cache
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

from index.read.docx import MOST_CELLS, SPACE, Writer, as_note
from index.read.office import Office
from index.read.refusals import damaged, refuse, too_large
from index.report import Document

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_COLUMNS, MOST_TAGS, CHUNK = 16_384, 3_000_000, 1024 * 1024
"""Angle brackets of a sheet; it is read as a stream, for rows may be formatted to the last."""
FAR = 1_000
"""Hidden rows above the first visible one of a merged cell."""
EXCEL, LARGEST = Context(prec=15), 30
"""The digits Excel keeps, and the digits that a number is written out with at most."""
DATES = (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
BUILT_IN = {"9": "0%", "10": "0.00%"} | {str(number): "yyyy-mm-dd" for number in DATES}
"""Formats known by number that change the meaning of a value."""
MOST_DAYS = 2_958_466
"""Day numbers from here on are beyond the year 9999."""
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")

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
    book, writer = _Book(data, path), Writer(str(path))
    for table, (title, sheet) in enumerate(book.sheets()):
        writer.write(title)
        for (row, column), text in sheet.cells(MOST_CELLS - len(writer.blocks)):
            writer.write(text, (table, row, column))
    return writer.document(data, path)


class _Book:
    """What the sheets of a workbook share: strings, formats, the first day of its calendar."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.office = Office(data, path)
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

    def text(self, cell: ET.Element) -> str:
        """Text of a cell, "" for a blank one."""
        kind, value = cell.get("t", "n"), cell.findtext(f"{S}v")
        if kind == "inlineStr":
            return _rich(cell.find(f"{S}is"))
        if not value:
            formula = cell.find(f"{S}f")
            blank = formula is None or (kind == "str" and value is not None)
            return "" if blank or formula is None else f"={_plain(formula.text or '…')}"
        if kind == "s":
            return self.strings[int(value)]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind != "n":
            return _plain(value)
        style = int(cell.get("s", "0"))
        code = self.formats[style] if style < len(self.formats) else ""
        return _number(value.strip(), code, self.first_day)


class _Sheet:
    """The cells of a sheet that hold something, by row and column, and what covers what."""

    def __init__(self, book: _Book, title: str, part: str) -> None:
        self.place = f"{book.office.place}（{title}）"
        self.texts: dict[Place, str] = {}
        self._book, self._row = book, -1
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merged: list[Range] = []
        data = book.office.part(part) or b""
        if data.count(b"<") > MOST_TAGS:
            raise too_large(self.place, f"{len(data) / CHUNK:.0f} MB")
        try:
            self._read(data)
        except (ET.ParseError, ValueError, LookupError) as error:
            raise damaged(self.place) from error
        self._merged = [self._in_sight(*area) for area in self._merged]
        self.texts = {place: t for place, t in self.texts.items() if not self._is_hidden(place)}

    def _read(self, data: bytes) -> None:
        parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(["end"])
        for start in range(0, len(data), CHUNK):
            parser.feed(data[start : start + CHUNK])
            for _, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
                self._take(element)
        parser.close()

    def _take(self, element: ET.Element) -> None:
        if element.tag == f"{S}row":
            self._read_row(element)
            element.clear()
        elif element.tag == f"{S}col" and _is_shut(element, "width"):
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            self._hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))
        elif element.tag == f"{S}mergeCell":
            corners = element.get("ref", "").split(":")
            self._merged.append((*_place(corners[0]), *_place(corners[-1])))

    def _read_row(self, row: ET.Element) -> None:
        self._row = int(row.get("r", self._row + 2)) - 1
        if _is_shut(row, "ht"):
            self._hidden_rows.add(self._row)
        if not any(map(len, row)):
            return  # formatted, and blank
        column = -1
        for cell in row.iterfind(f"{S}c"):
            column = _place(cell.get("r", ""))[1] if cell.get("r") else column + 1
            if text := self._book.text(cell).strip(SPACE):
                self.texts[self._row, column] = text
        if len(self.texts) > MOST_CELLS:
            raise too_large(self.place, f"单元格超过 {MOST_CELLS:,} 个")

    def _is_hidden(self, place: Place) -> bool:
        return place[0] in self._hidden_rows or place[1] in self._hidden_columns

    def _in_sight(self, top: int, left: int, bottom: int, right: int) -> Range:
        """A merged range from its first visible cell on, where its text then stands."""
        if self._is_hidden((top, left)):
            rows = range(top, min(bottom, top + FAR) + 1)
            row = next((r for r in rows if r not in self._hidden_rows), top)
            columns = range(left, right + 1)
            column = next((c for c in columns if c not in self._hidden_columns), left)
            self.texts[row, column] = self.texts.pop((top, left), "")
            return row, column, bottom, right
        return top, left, bottom, right

    def cells(self, most: int) -> Iterator[tuple[Place, str]]:
        """Cells in reading order, blank ones too, at most so many."""
        rows = sorted({row for row, _ in self.texts})
        used = {column for _, column in self.texts}
        columns = [c for c in range(min(used), max(used) + 1) if c not in self._hidden_columns]
        if len(rows) * len(columns) > most:
            raise too_large(self.place, f"内容散布在 {len(rows):,} 行、{len(columns):,} 列")
        covered = self._covered(rows, min(used), max(used))
        for row in rows:
            for column in columns:
                if (row, column) not in covered:
                    yield (row, column), self.texts.get((row, column), "")

    def _covered(self, rows: list[int], first: int, last: int) -> set[Place]:
        """Places under merged cells, their first ones left out."""
        covered: set[Place] = set()
        steps = 0
        for top, left, bottom, right in self._merged:
            inside = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
            columns = range(max(left, first), min(right, last) + 1)
            steps += len(inside) * len(columns)
            if steps > MOST_CELLS:  # only where merged ranges overlap, which Excel never does
                raise damaged(self.place)
            covered.update((r, c) for r in inside for c in columns if (r, c) != (top, left))
        return covered


def _is_shut(element: ET.Element, size: str) -> bool:
    return element.get("hidden") in ("1", "true") or element.get(size) == "0"


def _place(reference: str) -> Place:
    """Row and column from 0 of a reference such as ``B5``."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _plain(text: str) -> str:
    """Text without the escapes of control characters (``_x000D_``)."""
    return ESCAPE.sub(lambda m: c if (c := chr(int(m[1], 16))).isprintable() else "", text)


def _rich(item: ET.Element | None) -> str:
    """Text of a string's runs, without reading aids; raised digits ``22[1]``, struck ones apart."""
    out = ""
    for child in item if item is not None else ():
        if child.tag in (f"{S}t", f"{S}r"):
            text = (child.text if child.tag == f"{S}t" else child.findtext(f"{S}t")) or ""
            text = f" {text} " if child.find(f"{S}rPr/{S}strike") is not None else text
            raised = child.find(f"{S}rPr/{S}vertAlign[@val='superscript']")
            out += text if raised is None else as_note(out, text)
    return _plain(out)


def _formats(styles: ET.Element | None) -> list[str]:
    """Format codes by style number."""
    root = styles if styles is not None else ET.Element("none")
    codes = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iter(f"{S}numFmt")}
    ids = [x.get("numFmtId", "0") for x in root.iterfind(f"{S}cellXfs/{S}xf")]
    return [codes.get(i) or BUILT_IN.get(i, "") for i in ids]


def _number(value: str, code: str, first_day: datetime) -> str:
    """A number as the cell holds it, with what its format adds to the meaning."""
    try:
        number = EXCEL.create_decimal(value)
    except ArithmeticError:
        return value
    if not number.is_finite() or abs(number.adjusted()) > LARGEST:
        return value
    before, codes, after = _parse(code)
    if re.search("[ymdhs]", codes) and 0 <= number < MOST_DAYS:
        return _date(number, codes, first_day)
    shown = number.scaleb(2 * codes.count("%")).normalize()
    text = format(shown if shown else Decimal(0), "f") + "%" * codes.count("%")
    return f"{text}?" if "?" in codes else f"{before}{text}{after}"


@lru_cache(maxsize=256)
def _parse(code: str) -> tuple[str, str, str]:
    """Of a format: words before the number, what changes it, words after it.

    What changes it: ``%``, letters of a date, and ``?`` where it shows another magnitude, as
    by a comma at the end (thousands), a point of its own making (``0!.0``), or no digit at all.
    """
    first = re.sub("General|G/通用格式|@", "0", code or "0").split(";")[0]
    first = re.sub(r"\[\$([^-\]]*)[^\]]*\]", r'"\1"', first)  # a currency; other brackets go
    words: list[str] = []

    def keep(match: re.Match[str]) -> str:
        words.append(match[1] or match[2] or "")
        return "\0"

    masked = re.sub(r'"([^"]*)"|[\\!](.)', keep, re.sub(r"\[[^\]]*\]|[_*].", "", first))
    if re.search("[ymdhs]", masked, re.IGNORECASE):
        return "", masked.lower() + "".join(words), ""
    match = re.fullmatch(r"([^0#?]*)([0#?](?:.*[0#?])?)([^0#?]*)", masked, re.DOTALL)
    before, body, after = match.groups() if match else ("", "/", "")
    unclear = re.search(r"[\0/]|,\.", body) or after.startswith(",")
    text = re.sub("\0", lambda _: words.pop(0), f"{before.strip(' +-(')}\n{after.strip(' )')}")
    before, _, after = text.replace("%", "").partition("\n")
    return before, "%" * masked.count("%") + ("?" if unclear else ""), after


def _date(number: Decimal, codes: str, first_day: datetime) -> str:
    """A day number as a date or time, in Chinese where its format is."""
    seconds = int((number % 1 * 86_400).to_integral_value())
    moment = first_day + timedelta(days=int(number), seconds=seconds)
    if number < 1:
        return moment.strftime("%H:%M:%S")
    if "年" in codes:
        pairs = zip("年月日", (moment.year, moment.month, moment.day), strict=True)
        return "".join(f"{part}{word}" for word, part in pairs if word in codes)
    return moment.strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d")
