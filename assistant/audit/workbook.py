"""The findings as a workbook: summary, findings, matrix, notes, unread files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.audit.audit import Audit
from assistant.audit.findings import STRENGTH_WORDS, Finding
from assistant.audit.matrix import MARK_WORDS, Mark, Matrix, Square, matrix_of
from assistant.audit.names import load_check_names
from assistant.audit.notes import notes_of, places_told
from assistant.audit.outputs import MADE_BY
from assistant.audit.summary import BODIES_FIRST, Summary, summary_of
from assistant.outputs import plain_text, whole
from index.report import Number

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle

Value = str | Number | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text may begin with that a spreadsheet would take for a formula."""
MOST_PLACES = 10
"""Cells and sentences of a finding that are listed; the page has all of them."""
LONGEST = 32_000
"""Characters of a cell; the format has 32,767."""
LINE, TALLEST = 17, 408
"""Points of a line, and of the highest row that the format allows."""
COLOURS = {
    Mark.HOLDS: "E2F0D9",
    Mark.BROKEN: "F8CBAD",
    Mark.ASKS: "FFF2CC",
    Mark.TOLD: "FFFFFF",
    Mark.OPEN: "DDEBF7",
    Mark.NONE: "F2F2F2",
}
HEAD_COLOUR, EDGE = "D9E1F2", "BFBFBF"


@dataclass(frozen=True)
class Look:
    """How a cell looks: its ``colour`` (None: none), whether it is a heading, how it is aligned.

    ``number_format`` is that of a number, None for the usual one.
    """

    colour: str | None = None
    bold: bool = False
    centred: bool = False
    number_format: str | None = None


HEAD = Look(HEAD_COLOUR, bold=True)
PLAIN = Look()


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written: its name, its columns with their widths, its rows.

    ``still`` columns stay on the screen, beside the head.
    """

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[tuple[Value, Look] | Value]]
    still: int = 0


def save_workbook(audit: Audit, path: Path) -> None:
    """Write the workbook, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = MADE_BY
    styles = _Styles(book)
    for sheet in _sheets(audit):
        _write(book, styles, sheet)
    with whole(path) as temporary:
        book.save(temporary)


def _sheets(audit: Audit) -> Iterator[Sheet]:
    matrix = matrix_of(audit)
    yield Sheet(
        "概览 Summary", [("项目 Item", 44), ("数量 Count", 14)], _summary(summary_of(audit))
    )
    yield Sheet("问题清单 Findings", FINDING_COLUMNS, _findings(audit.findings), still=3)
    yield Sheet("单位×检查 Matrix", _matrix_columns(matrix), _matrix(matrix), still=3)
    yield Sheet("整改通知 Notes", NOTE_COLUMNS, _notes(audit), still=1)
    unread = [[item.path, item.message, item.advice] for item in audit.unread]
    unread += [[item.path, "不是年度报告 (no report)", ""] for item in audit.others]
    yield Sheet("未读文件 Unread", UNREAD_COLUMNS, unread)


FINDING_COLUMNS = [
    ("序号 No.", 7), ("单位 Body", 26), ("年度 Year", 8), ("检查 Check", 16), ("代码 Code", 15),
    ("强度 Strength", 20), ("应当成立 Must hold", 34), ("范围 Scope", 24),
    ("核对结果 Equation", 38), ("左边 Left", 10), ("右边 Right", 10), ("差 Difference", 10),
    ("单元格或原句 Cells or sentence", 60), ("位置 Place", 24), ("文件 File", 30),
    ("依据 Basis", 40),
]  # fmt: skip
NOTE_COLUMNS = [
    ("单位 Body", 26), ("部分 Part", 26), ("序号 No.", 8), ("内容 Found", 50),
    ("核对结果 Equation", 38), ("原文位置 Place", 50), ("依据 Basis", 40), ("要求 Asked", 44),
]  # fmt: skip
UNREAD_COLUMNS = [("文件 File", 60), ("原因 Reason", 60), ("下一步 Next", 60)]


def _summary(summary: Summary) -> Iterator[Sequence[tuple[Value, Look] | Value]]:
    names = load_check_names()
    yield ["读出的报告 Reports read", summary.read]
    yield ["未读的文件 Files not read", summary.unread]
    yield ["没有问题的报告 Reports without findings", summary.clean]
    yield [("问题（按强度）Findings by strength", HEAD), ("", HEAD)]
    for strength, count in summary.strengths.items():
        zh, en = STRENGTH_WORDS[strength]
        yield [f"{zh} {strength.value}: {en}", count]
    yield [("问题（按检查）Findings by code", HEAD), ("", HEAD)]
    for code in summary.codes:
        yield [f"{names.name(code.code)}  {code.code}  {code.sentence}", code.count]
    yield [("问题最多的单位 Bodies with most findings", HEAD), ("", HEAD)]
    for body in summary.bodies[:BODIES_FIRST]:
        yield [body.body, body.count]
    yield [("图例 Legend", HEAD), ("", HEAD)]
    for mark, (zh, en) in MARK_WORDS.items():
        yield [f"{zh} {en}", (mark.value, Look(COLOURS[mark], centred=True))]


def _findings(findings: Sequence[Finding]) -> Iterator[Sequence[Value]]:
    names = load_check_names()
    for number, found in enumerate(findings, 1):
        place = found.place
        yield [
            number,
            found.body or found.title,
            found.year,
            names.name(found.code),
            found.code,
            f"{STRENGTH_WORDS[found.strength][0]} {found.strength.value}",
            f"{found.sentence} {found.sentence_en}",
            found.about,
            found.equation,
            found.left,
            found.right,
            found.difference,
            "\n".join(places_told(found, MOST_PLACES)),
            place.where if place is not None else None,
            found.path,
            found.basis,
        ]


def _matrix_columns(matrix: Matrix) -> list[tuple[str, int]]:
    own = [("单位 Body", 30), ("年度 Year", 8), ("文件 File", 26)]
    return own + [(f"{name}\n{code}", 12) for code, name in matrix.columns]


def _matrix(matrix: Matrix) -> Iterator[Sequence[tuple[Value, Look] | Value]]:
    for row in matrix.rows:
        squares = [_square(square) for square in row.squares]
        yield [row.body or row.title, row.year, row.source_file, *squares]


def _square(square: Square) -> tuple[Value, Look]:
    """A square; a count stays a number, with its mark before it."""
    shown = f'"{square.mark.value} "0' if square.count else None
    look = Look(COLOURS[square.mark], centred=True, number_format=shown)
    return (square.count or square.mark.value), look


def _notes(audit: Audit) -> Iterator[Sequence[Value]]:
    for note in notes_of(audit):
        for part in note.parts:
            for number, item in enumerate(part.items, 1):
                where = "\n".join(item.where)
                told = [item.found, item.equation, where, item.basis, item.ask]
                yield [note.body, part.heading, number, *told]


def _write(book: Workbook, styles: _Styles, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.name)
    for number, (_, width) in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0  # as many pages as there are rows for
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.freeze_panes = f"{get_column_letter(sheet.still + 1)}2"
    count = 0
    for row in chain([[(title, HEAD) for title, _ in sheet.columns]], sheet.rows):
        count += 1
        cells = [value if isinstance(value, tuple) else (value, PLAIN) for value in row]
        page.row_dimensions[count].height = _height([v for v, _ in cells], sheet.columns)
        page.append([_cell(page, value, styles.name(look)) for value, look in cells])
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"


def _height(values: Sequence[Value], columns: Sequence[tuple[str, int]]) -> int:
    """Points that a row needs; not every program finds that out by itself."""
    from rich.cells import cell_len

    most = 1
    for value, (_, width) in zip(values, columns, strict=True):
        if isinstance(value, str):
            lines = (-(-cell_len(line) // (width - 1)) for line in value.split("\n"))
            most = max(most, sum(max(1, count) for count in lines))
    return min(most * LINE, TALLEST)


def _cell(page: Any, value: Value, style: str) -> Any:
    """A cell in a named style; what a report wrote is text, never a formula."""
    from openpyxl.cell import WriteOnlyCell

    text = plain_text(value)[:LONGEST] if isinstance(value, str) else None
    cell = WriteOnlyCell(page, value if text is None else text)
    cell.style = style
    if text is not None and text.startswith(FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


class _Styles:
    """The named styles of a workbook, one for each look, made when first needed."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._names: dict[Look, str] = {}

    def name(self, look: Look) -> str:
        """What a look is called in the workbook."""
        if look not in self._names:
            self._names[look] = f"gouji {len(self._names) + 1}"
            self.book.add_named_style(_named_style(self._names[look], look))
        return self._names[look]


def _named_style(name: str, look: Look) -> NamedStyle:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    across = "center" if look.centred else None
    edge = Side("thin", color=EDGE)
    return NamedStyle(
        name=name,
        alignment=Alignment(wrap_text=True, vertical="top", horizontal=across),
        border=Border(edge, edge, edge, edge),
        font=Font(bold=look.bold),
        fill=PatternFill("solid", fgColor=look.colour) if look.colour else PatternFill(),
        number_format=look.number_format or "General",
    )
