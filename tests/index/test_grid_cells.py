"""Grids: a cell that is no number keeps its column, and the heads say which column it is."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook

from index.read.xlsx import read_xlsx
from index.reading import report_from_document
from index.report import TRUSTED, Status
from index.sidecar import Given
from tests.index.helpers import (
    T3_COLUMNS,
    balanced,
    figures,
    pipes,
    table_four,
    table_three,
    tables,
)

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


def test_a_count_that_begins_with_zero_is_two_cells_that_ran_together() -> None:
    """``0 | 1`` printed as ``01`` beside an empty cell: the sum holds, one column too far left."""
    cells = balanced(new="5 2 1 0 1 0 9", result_total="5 1 1 0 1 0 8")
    cells["denied_query"] = ["2", "01", "", "0", "0", "0", "3"]
    found = figures(tables(pipes(table_three(cells))))
    row = [found[f"t3.denied_query.{column}"] for column in T3_COLUMNS]
    assert (row[1].status, row[1].value, row[1].printed) == (Status.AMBIGUOUS, None, "01")
    assert (row[2].status, row[2].value) == (Status.BLANK, None)
    disputes = ["0", "0", "01", "", "1", *["0"] * 10]
    found = figures(tables(pipes(table_three(balanced())) + "\n" + pipes(table_four(disputes))))
    assert {a: found[a].value for a in ("t4.review.other", "t4.review.pending")} == {
        "t4.review.other": None,
        "t4.review.pending": None,
    }


def test_a_blank_total_is_not_taken_from_the_column_before() -> None:
    """``… 2 2 _`` ends in its sum only if a cell is lost; here the total is blank, and was 4."""
    cells = balanced(new="4 1 0 0 3 2 10", carried_out="0 0 0 0 2 2 4")
    for row in ("new", "carried_out"):
        cells[row][-1] = ""
    head = f"| 申请人情况 |{' | '.join(HEADS)} |\n"
    found = figures(tables(head + pipes(table_three(cells))))
    assert found["t3.carried_out.total"].status not in TRUSTED
    assert found["t3.carried_out.total"].value is None
