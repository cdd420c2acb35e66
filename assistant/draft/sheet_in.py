"""The filled-in figures sheet, read by its hidden marks and held against the labels of the form."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.draft.entries import NAMES, Entry, Filled, Raw
from assistant.draft.layout import Layout, Spot, layouts
from assistant.draft.model import Problem
from assistant.draft.sheet_out import LEFT, MEANT, SHEETS, ZEROS, mark_of
from assistant.draft.tables import total_addresses
from index.errors import UnreadableFile
from index.formats import Form
from index.read.office import Office
from index.read.refusals import damaged, too_large

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

OWN_SUM = re.compile(r"=\s*SUM\([A-Z0-9$:,\s]+\)", re.IGNORECASE)
"""A sum of cells: what stands in it is computed here, from the same cells."""
MOST_BYTES = 10_000_000
"""Of a workbook when unpacked; a sheet of figures has a hundredth of it."""
MOST_ROWS = 500
"""Rows of a sheet that are looked at."""
RENEW = "请用 gouji draft 的 --sheet 选项重新生成填报表，再把数抄入 (make the sheet anew)。"


@dataclass(frozen=True)
class _Row:
    """A row of the workbook, with its formulas and with the results saved with them."""

    sheet: Worksheet
    results: Worksheet
    number: int

    def text(self, spot: Spot) -> str:
        """What stands at a spot of this row, without spaces."""
        return _plain(self.sheet.cell(self.number, spot.column + LEFT + 1).value)

    def entry(self, spot: Spot, totals: frozenset[str]) -> Entry | Problem:
        """What the clerk wrote at a spot; a sum of a total's parts counts as left empty."""
        cell = self.sheet.cell(self.number, spot.column + LEFT + 1)
        place = f"{self.sheet.title}!{cell.coordinate}"
        if cell.data_type != "f":
            return Entry(spot.address, _raw(cell.value), place)
        result = self.results.cell(cell.row, cell.column).value
        if spot.address in totals and (result is None or OWN_SUM.fullmatch(str(cell.value))):
            return Entry(spot.address, None, place)
        if result is None:
            what = f"公式“{cell.value}”没有保存计算结果。"
            return Problem(
                place=place, what=what, next="请改填数字 (type the number)。", address=spot.address
            )
        return Entry(spot.address, _raw(result), place)


def read_sheet(data: bytes, path: Path, form: Form) -> Filled:
    """What a filled-in sheet holds.

    Raises:
        UnreadableFile: damaged, locked, or no figures sheet at all.
    """
    _check_parts(data, path)
    formulas, results = _open(data, path, formulas=True), _open(data, path, formulas=False)
    rows: dict[str, list[_Row]] = {}
    for sheet, saved in zip(formulas.worksheets, results.worksheets, strict=True):
        for (cell,) in sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS), max_col=1):
            rows.setdefault(str(cell.value), []).append(_Row(sheet, saved, cell.row))
    if not any("@" in mark for mark in rows):
        raise UnreadableFile(
            "不是填报表：没有可辨认的行 (not a figures sheet).", place=str(path), advice=RENEW
        )
    filled = Filled(_meant(formulas))
    totals = total_addresses(form)
    for layout in layouts(form):
        for item in _read_table(layout, rows, totals):
            if isinstance(item, Problem):
                filled.problems.append(item)
            else:
                filled.entries.append(item)
    return filled


def _read_table(
    layout: Layout, rows: Mapping[str, list[_Row]], totals: frozenset[str]
) -> Iterator[Entry | Problem]:
    """The cells of one table, and what is wrong with its rows."""
    name = SHEETS[layout.table]
    grid = [(rows.get(mark_of(layout, n), []), spots) for n, spots in enumerate(layout.rows())]
    moved = [s.text for found, spots in grid for row in found for s in spots
             if s.role == "head" and row.text(s) != _plain(s.text)]  # fmt: skip
    if moved:
        what = f"表头“{moved[0]}”不在原处，列可能被增删；本表的数一律不采用。"
        yield Problem(place=name, what=what, next=RENEW)
        return
    for found, spots in grid:
        values = [spot for spot in spots if spot.role == "value"]
        label = next((spot for spot in reversed(spots) if spot.role == "label"), None)
        called = label.text if label is not None else "数据"
        if values and not found:
            yield Problem(place=name, what=f"缺少“{called}”一行，该行留空。", next=RENEW)
        for row in found:
            if label is not None and row.text(label) != _plain(label.text):
                place = f"{name} 第{row.number}行"
                what = f"行名应为“{called}”，该行的数不采用。"
                yield Problem(place=place, what=what, next=RENEW)
            else:
                yield from (row.entry(spot, totals) for spot in values)


def _plain(value: object) -> str:
    return "".join(str(value or "").split())


def _raw(value: object) -> Raw:
    """A cell's value; what is neither number nor text (a date) as its text."""
    return value if value is None or isinstance(value, int | float | str) else str(value)


def _check_parts(data: bytes, path: Path) -> None:
    """Look at the parts of a workbook before all of them are opened at once.

    Raises:
        UnreadableFile: damaged, locked, with entities, or far larger than a sheet of figures.
    """
    office = Office(data, path)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise too_large(str(path), f"{path.name} 不会是填报表")
    for part in parts:
        if part.filename.endswith(".xml"):
            office.part(part.filename)


def _open(data: bytes, path: Path, *, formulas: bool) -> Workbook:
    """The workbook with its formulas, or with the results that were saved with them."""
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(data), data_only=not formulas)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise damaged(str(path)) from error


def _meant(book: Workbook) -> dict[str, str]:
    """Which report the sheet says that it is for."""
    first = book.worksheets[0]
    pairs = (
        (cells[0].value, cells[1].value) for cells in first.iter_rows(max_row=MOST_ROWS, max_col=2)
    )
    return {
        NAMES[str(name)]: str(value)
        for name, value in pairs
        if str(name) in (*MEANT, ZEROS) and value is not None
    }
