"""Layouts of an annexed table in a grid: more columns than label, unit and value, or fewer."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.formats import Form
from index.read import read_bytes
from index.reading import report_from_document
from tests.index.annexed import (
    GIVEN,
    GRIDS,
    Surface,
    drawn,
    name,
    one_cell_a_line,
    read,
    rows_of,
    statuses,
    table,
    trusted,
    wrong,
)
from tests.index.helpers import FORMS

FORM: Form = FORMS["2014"]


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_serial_numbers_before_the_labels(surface: Surface) -> None:
    values = drawn(8)
    head, *rest = table(rows_of(values))
    grid = [["序号", *head], *([str(n), *row] for n, row in enumerate(rest, 1))]
    assert trusted(read(grid, surface)) == values


def test_serial_numbers_before_the_labels_one_cell_a_line() -> None:
    values = drawn(8)
    head, *rest = table(rows_of(values))
    grid = [["序号", *head], *([str(n), *row] for n, row in enumerate(rest, 1))]
    assert trusted(read(grid, one_cell_a_line)) == values
    del grid[20][0]  # one is missing: then they may be values as well
    assert wrong(read(grid, one_cell_a_line), values) == {}


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_two_halves_side_by_side(surface: Surface) -> None:
    values = drawn(11)
    head, *rest = table(rows_of(values))
    half = 33
    right = [*rest[half:], *([[""] * 3] * (2 * half - len(rest)))]
    grid = [[*head, *head], *([*a, *b] for a, b in zip(rest[:half], right, strict=True))]
    got = read(grid, surface)
    assert wrong(got, values) == {}
    assert len(trusted(got)) > len(values) / 2


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_a_column_of_remarks_is_left_aside(surface: Surface) -> None:
    values = drawn(12)
    head, *rest = table(rows_of(values, texts={"trained": ""}))
    grid = [[*head, "备注"], *([*row, "含下级2家" if n % 5 else "3"] for n, row in enumerate(rest))]
    got = read(grid, surface)
    assert trusted(got) == {k: v for k, v in values.items() if k != "trained"}
    assert statuses(got)["trained"] == "blank"


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_a_year_above_the_head_and_parts_of_a_total_beside_it(surface: Surface) -> None:
    values = drawn(18)
    head, *rest = table(rows_of(values))
    for above in (["（2016年度）", "", ""], ["填报单位：", "（2016年度）", "单位：件"]):
        assert trusted(read([above, head, *rest], surface)) == values
    grid = [[*head[:2], "合计", "本级", "下级"], *([*row, "3", "5"] for row in rest)]
    assert trusted(read(grid, surface)) == values


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_a_merged_cell_of_labels_that_was_written_out(surface: Surface) -> None:
    values = drawn(19)
    head, *rest = table(rows_of(values))
    grid = [[head[0], *head], *([row[0], *row] for row in rest)]
    assert trusted(read(grid, surface)) == values


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_two_rows_in_one_cell_give_no_value(surface: Surface) -> None:
    values = drawn(20)
    grid = table(rows_of(values))
    (at,) = [n for n, row in enumerate(grid) if row[0].startswith("其中：主动公开规范性文件数")]
    (first, second) = grid[at : at + 2]
    grid[at : at + 2] = [[first[0] + second[0], "条件", first[2] + second[2]]]
    got = trusted(read(grid, surface))
    assert got == {k: v for k, v in values.items() if not k.endswith("normative")}


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_heads_over_two_columns_leave_all_open(surface: Surface) -> None:
    values = drawn(13)
    head, *rest = table(rows_of(values))
    for heads in (["统计数", "统计数"], ["2015年", "2016年"], ["区政府统计数", "镇街统计数"]):
        grid = [[*head[:2], *heads], *([*row, "8"] for row in rest)]
        assert trusted(read(grid, surface)) == {}
    wide = [[*head, ""], *([*row, "8"] for row in rest)]  # one head over two columns
    assert trusted(read(wide, surface)) == {}
    under = [[*head, ""], ["", "", "本级", "下级"], *([*row, "8"] for row in rest)]
    assert trusted(read(under, surface)) == {}
    bare = [[*row, "8"] for row in rest]
    assert trusted(read(bare, surface)) == {}


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_without_heads_a_single_column_of_values_is_enough(surface: Surface) -> None:
    values = drawn(14)
    assert trusted(read(table(rows_of(values))[1:], surface)) == values


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_categories_repeated_in_columns_of_their_own(surface: Surface) -> None:
    values = drawn(15)
    grid = [["一级", "二级", "指标", "单位", "统计数"]]
    for row in rows_of(values):
        path = [r for r in rows_of(values) if r.key in _above(row.key)]
        labels = [r.label for r in path[:2]]
        if FORM.annex_rows[row.key].cells:
            spare = [""] * (2 - len(labels))
            grid.append([*labels, *spare, row.label, row.unit, *row.cells])
    got = read(grid, surface)
    assert wrong(got, values) == {}
    assert len(trusted(got)) > len(values) * 0.9


def _above(key: str) -> list[str]:
    parent = FORM.annex_rows[key].parent
    return [*_above(parent), parent] if parent is not None else []


def test_merged_cells_of_a_page() -> None:
    values = drawn(16)
    body = "<tr><th colspan=2>指标名称</th><th>单位</th><th>统计数</th></tr>"
    for row in rows_of(values):
        top = FORM.annex_rows[row.key].parent is None
        label = f"<td colspan=2>{row.label}</td>" if top else f"<td></td><td>{row.label}</td>"
        body += f"<tr>{label}<td>{row.unit}</td><td>{row.cells[0]}&nbsp;</td></tr>"
    page = read_bytes(f"<html><body><table>{body}</table></body></html>".encode(), Path("a.html"))
    assert trusted(report_from_document(page, GIVEN)) == values


def test_a_next_page_without_heads_is_as_doubtful_as_the_page_before() -> None:
    values = drawn(17)
    head, *rest = table(rows_of(values))
    first = [[*head[:2], "区政府统计数", "镇街统计数"], *([*row, "8"] for row in rest[:30])]
    second = [[*row, ""] for row in rest[30:]]
    parts = [
        "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in r)}</tr>" for r in p)
        for p in (first, second)
    ]
    body = "".join(f"<table>{part}</table>" for part in parts)
    page = read_bytes(f"<html><body>{body}</body></html>".encode(), Path("a.html"))
    got = report_from_document(page, GIVEN)
    assert len(got.table_figures) == len(values)
    assert trusted(got) == {}


def test_one_column_of_values_does_not_say_which_of_two_it_is() -> None:
    rows = [[r.label, r.unit or "", "7", ""] for r in FORMS["2014-fujian"].annex_rows.values()]
    for surface in GRIDS:
        got = read(rows, surface)
        assert len(got.table_figures) == 30
        assert trusted(got) == {}
