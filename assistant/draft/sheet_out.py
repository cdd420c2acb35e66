"""The figures sheet: a workbook for the clerk, with the official tables and live sums.

Last year's figures stand in it and are locked; totals are formulas; beside and below the tables
the differences that have to be 0. The first column, hidden, says which row of the form each is.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.draft.layout import Layout, Spot, form_for, layouts
from assistant.draft.model import Draft, DraftCell, Origin
from assistant.draft.style import load_style, numbered
from assistant.draft.tables import is_total
from assistant.outputs import plain_text
from index.checks import run_checks
from index.formats import Form
from index.report import Check, Term

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ABOUT = "填表说明"
MEANT = ("单位名称", "报告年度", "表式")
ZEROS, YES, NO = "空白格按 0 填报", "是", "否"
"""What the clerk says of cells that are left empty."""
SHEETS = {"t2": "表二 主动公开", "t3": "表三 依申请公开", "t4": "表四 复议诉讼"}
DIFFERENCE = "差额（应为0）"
LEFT, TOP = 1, 2
"""Columns before a table (the hidden marks) and rows above it (title, heading)."""
WIDE, NARROWEST, LINE = 110, 9.0, 16
"""Letters over the width of a table and of its narrowest column; height of a line in points."""
NOTES = (
    "黄色格由填表人填写：件数填不小于零的整数，没有的填 0；金额单位见表头，可带小数。",
    f"“{ZEROS}”选“{YES}”的，已动手填写的部分中的空白格算 0，整个没有动的部分仍然待填；选“{NO}”的，"
    "空白格一律待填。一个部分是：表二的一个小表，表三的一、二、三、四之一，或表四。",
    "绿色格是上年报告经勾稽验证的“结转下年度继续办理”，已填好并锁定；如上年报告已更正，请重新收入后再生成本表。",
    "总计格是公式，随填随算；也可以改填本单位自己的合计数，右侧和下方的差额应为 0，不为 0 时变红。",
    "请勿增删行列，不要改动单位、年度和表式；填好后用 gouji draft 的 --figures 选项交回。",
)


def write_sheet(draft: Draft) -> bytes:
    """The workbook of a draft, with the values that it has so far."""
    from openpyxl import Workbook

    book = Workbook()
    _about(book.active, draft)
    form = form_for(draft.year)
    cells = {cell.address: cell for cell in draft.cells}
    for layout in layouts(form):
        sheet = book.create_sheet(SHEETS[layout.table])
        _Table(sheet, layout, form, cells).write(draft.title)
    book.active = 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _about(sheet: Any, draft: Draft) -> None:
    """What the workbook is for, and how it is filled in."""
    from openpyxl.styles import Alignment, Font

    sheet.title = ABOUT
    last = draft.last
    told: list[tuple[str, str | int]] = [
        (MEANT[0], draft.body),
        (MEANT[1], draft.year),
        (MEANT[2], draft.form),
        (ZEROS, YES if any(c.origin is Origin.ZERO for c in draft.cells) else NO),
        ("上年报告", f"{last.title}（{last.source_file}）" if last else "没有可结转的报告"),
        ("", ""),
        *((f"{number}.", note) for number, note in enumerate(NOTES, 1)),
        *(("注意", str(problem)) for problem in draft.problems),
    ]
    _write(sheet, 1, 1, f"{draft.title} 数据填报表").font = Font(bold=True, size=14)
    for row, (name, value) in enumerate(told, 2):
        _write(sheet, row, 1, name)
        cell = _write(sheet, row, 2, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        if name == ZEROS:
            _to_choose(sheet, cell)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, 90
    _on_one_page(sheet)


def _to_choose(sheet: Any, cell: Any) -> None:
    """A cell in which the clerk says yes or no."""
    from openpyxl.styles import PatternFill, Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=f'"{YES},{NO}"', showErrorMessage=True)
    choice.error = f"请选“{YES}”或“{NO}”。"
    sheet.add_data_validation(choice)
    choice.add(cell.coordinate)
    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", load_style().shades.open)


def _write(sheet: Any, row: int, column: int, value: str | int) -> Any:
    """A cell with a number, or with a text that is none of the program's own formulas."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = plain_text(value)
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _on_one_page(sheet: Any) -> None:
    """Lock what is not to be filled in, and print the width of a sheet on one page."""
    sheet.protection.sheet = True
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


@dataclass
class _Table:
    """One table on its worksheet."""

    sheet: Worksheet
    layout: Layout
    form: Form
    cells: Mapping[str, DraftCell]

    def __post_init__(self) -> None:
        self.at = {
            spot.address: (spot.row + TOP + 1, spot.column + LEFT + 1)
            for spot in self.layout.values
        }

    def write(self, title: str) -> None:
        """Headings, heads, labels, values, sums and differences."""
        section = next(s for s in self.form.sections if s.number == self.layout.section)
        _write(self.sheet, 1, LEFT + 1, title)
        self.sheet.cell(2, LEFT + 1, numbered(section.number, section.title))
        checks = [c for c in run_checks(self.form, dict.fromkeys(self.at)) if c.right]
        for spot in self.layout.spots:
            self._print(spot)
        self._sums(checks)
        self._differences(checks)
        self._marks()
        self._measures()
        _on_one_page(self.sheet)
        self.sheet.protection.formatColumns = False

    def _print(self, spot: Spot) -> None:
        from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side

        row, column = spot.row + TOP + 1, spot.column + LEFT + 1
        last_row, last_column = row + spot.rows - 1, column + spot.columns - 1
        line = Side(style="thin")
        for cells in self.sheet.iter_rows(row, last_row, column, last_column):
            for cell in cells:
                cell.border = Border(line, line, line, line)
        if (last_row, last_column) != (row, column):
            self.sheet.merge_cells(None, row, column, last_row, last_column)
        cell = self.sheet.cell(row, column)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if spot.role != "value":
            cell.value = spot.text
            cell.fill = PatternFill("solid", load_style().shades.head)
            return
        drafted = self.cells[spot.address]
        if drafted.origin not in (Origin.COMPUTED, Origin.ZERO):  # a total is a formula
            cell.value = drafted.value
        carried = drafted.origin is Origin.CARRIED
        shades = load_style().shades
        cell.fill = PatternFill("solid", shades.carried if carried else shades.open)
        cell.protection = Protection(locked=carried)
        self._rule(spot, cell.coordinate)

    def _rule(self, spot: Spot, coordinate: str) -> None:
        """Which numbers may be typed into a cell."""
        from openpyxl.worksheet.datavalidation import DataValidation

        kind = "decimal" if spot.kind == "money" else "whole"
        least: Any = {"operator": "greaterThanOrEqual", "formula1": "0"}
        if spot.kind == "signed":
            least = {"operator": "between", "formula1": "-999999999", "formula2": "999999999"}
        known = next(
            (v for v in self.sheet.data_validations.dataValidation if v.type == kind), None
        )
        if known is None:
            known = DataValidation(type=kind, allow_blank=True, showErrorMessage=True, **least)
            known.errorTitle = "请重填"
            known.error = "金额应为不小于零的数。" if kind == "decimal" else "请填不小于零的整数。"
            self.sheet.add_data_validation(known)
        known.add(coordinate)

    def _sums(self, checks: list[Check]) -> None:
        """A formula in every total that is not given."""
        for check in checks:
            (row, column) = self.at[check.left[0].address]
            cell = self.sheet.cell(row, column)
            if is_total(self.form.identity(check.code)) and cell.value is None:
                cell.value = f"={self._sum(check.right)}"

    def _sum(self, terms: tuple[Term, ...]) -> str:
        """``SUM(F7:K7)``; cells that do not follow each other are listed."""
        from openpyxl.utils import get_column_letter

        places = [self.at[term.address] for term in terms]
        names = [f"{get_column_letter(column)}{row}" for row, column in places]
        (top, left), (bottom, right) = min(places), max(places)
        full = (bottom - top + 1) * (right - left + 1) == len(places)
        return f"SUM({f'{names[0]}:{names[-1]}' if full and len(names) > 1 else ','.join(names)})"

    def _differences(self, checks: list[Check]) -> None:
        """What has to be 0: of columns below the table, of rows at its right or below."""
        from openpyxl.formatting.rule import CellIsRule
        from openpyxl.styles import Alignment, PatternFill

        rule = CellIsRule(
            operator="notEqual",
            formula=["0"],
            fill=PatternFill(bgColor=load_style().shades.failing),
        )
        rows: dict[str, int] = {}
        for check in checks:
            identity = self.form.identity(check.code)
            if identity is None or identity.relation != "equal":
                continue
            row, column = self.at[check.left[0].address]
            if identity.over == "rows" and self.layout.labels:
                column = self.layout.width + LEFT + 1
                self._name(TOP + 1, column, DIFFERENCE)
            else:
                name = f"{DIFFERENCE} {identity.zh}" if self.layout.labels else DIFFERENCE
                row = rows.setdefault(name, self.layout.height + TOP + 1 + len(rows))
                self._name(row, LEFT + 1, name)
            cell = self.sheet.cell(
                row, column, f"={self._sum(check.left)}-{self._sum(check.right)}"
            )
            cell.alignment = Alignment(horizontal="center", vertical="center")
            self.sheet.conditional_formatting.add(cell.coordinate, rule)

    def _name(self, row: int, column: int, text: str) -> None:
        """Say once what a row or a column of differences is."""
        from openpyxl.styles import Alignment

        if self.sheet.cell(row, column).value is not None:
            return
        below = column == LEFT + 1
        wide = self.layout.labels if below else 1
        self.sheet.cell(row, column, text).alignment = Alignment(wrap_text=wide > 0)
        if wide > 1:
            self.sheet.merge_cells(None, row, column, row, LEFT + wide)

    def _marks(self) -> None:
        """The hidden marks of rows."""
        for row in range(self.layout.height):
            self.sheet.cell(row + TOP + 1, 1, mark_of(self.layout, row))
        self.sheet.column_dimensions["A"].hidden = True

    def _measures(self) -> None:
        """Widths of columns, heights of rows, and what stays in sight when scrolling."""
        from openpyxl.utils import get_column_letter

        widths = [max(NARROWEST, share * WIDE / 100) for share in self.layout.shares()]
        for number, width in enumerate([*widths, NARROWEST], LEFT + 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        for spot in (spot for spot in self.layout.spots if spot.rows == 1):
            lines = -(-2 * len(spot.text) // sum(widths[spot.column :][: spot.columns]))
            row = self.sheet.row_dimensions[spot.row + TOP + 1]
            row.height = max(row.height or 0, LINE * max(1, lines))
        if self.layout.labels > 1:
            self.sheet.row_dimensions[TOP + 1].height = 2 * LINE  # for what is named at the right
        first = get_column_letter(LEFT + self.layout.labels + 1)
        self.sheet.freeze_panes = f"{first}{TOP + self.layout.heads + 1}"


def mark_of(layout: Layout, row: int) -> str:
    """What says in the hidden first column which row of a table this is: ``t3@5``."""
    return f"{layout.table}@{row}"
