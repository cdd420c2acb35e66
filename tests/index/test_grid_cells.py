"""Grids: a cell that is no number keeps its column, and the heads say which column it is."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook

from index.read.xlsx import read_xlsx
from index.reading import report_from_document
from index.report import TRUSTED, Status
from index.sidecar import Given
from tests.index.helpers import balanced, table_three

HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def test_an_unreadable_total_moves_no_value_to_another_column() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["申请人情况", "", "", *HEADS])
    printed = {}
    for label, *cells in table_three(balanced()):
        values = [int(cell) for cell in cells]
        sheet.append([label, "", "", *values])
        printed[label] = values
    carried = next(label for label in printed if label.startswith("二、"))
    row = list(printed).index(carried) + 2
    sheet.cell(row, 10).value = "=SUM(D:I)"
    data = io.BytesIO()
    book.save(data)
    report = report_from_document(
        read_xlsx(data.getvalue(), Path("x.xlsx")), Given(body="雾川市民政局", year=2023)
    )
    found = [f for f in report.figures if f.row == "carried_in"]
    assert [f.value for f in found[:-1]] == printed[carried][:-1]
    assert found[-1].status is Status.AMBIGUOUS
    others = [f for f in report.figures if f.table == "t3" and f.row == "new"]
    assert [f.value for f in others if f.status in TRUSTED] == next(iter(printed.values()))
