"""The figures sheet: what stands in it, and what comes back filled in, well or badly."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assistant.draft.draft import draft_report
from assistant.draft.model import Draft, Origin
from assistant.draft.sheet_in import MOST_BYTES
from assistant.draft.sheet_out import SHEETS, write_sheet
from index.errors import UnreadableFile
from index.report import Number, Report
from tests.assistant.draft.pairs import open_cells, without_totals, written_pair
from tests.writer import Written

BODY_ROW, YEAR_ROW = 2, 3


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Report, Written]:
    return written_pair(7, tmp_path)


@pytest.fixture
def empty(pair: tuple[Report, Written]) -> Draft:
    """The draft of which the sheet is made."""
    return draft_report(pair[1].prose.body, 2024, [pair[0]])


@pytest.fixture
def book(empty: Draft) -> Any:
    return load_workbook(io.BytesIO(write_sheet(empty)))


def places(book: Any) -> dict[str, Any]:
    """Cells of the sheet by address, found by the marks of rows and the layout."""
    from assistant.draft.layout import form_for, layouts

    found = {}
    for layout in layouts(form_for(2024)):
        sheet = book[SHEETS[layout.table]]
        rows = {cell.value: cell.row for cell in sheet["A"]}
        for spot in layout.values:
            mark = f"{layout.table}@{spot.row}"
            if mark in rows:
                found[spot.address] = sheet.cell(rows[mark], spot.column + 2)
    return found


def fill(book: Any, values: dict[str, Number]) -> None:
    for address, cell in places(book).items():
        if address in values:
            cell.value = values[address]


def unmerge(sheet: Any) -> Any:
    """A sheet without merged cells, which openpyxl does not move with rows and columns."""
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    return sheet


def draft_from(book: Any, pair: tuple[Report, Written], folder: Path) -> Draft:
    path = folder / "filled.xlsx"
    book.save(path)
    return draft_report(pair[1].prose.body, 2024, [pair[0]], path)


def test_what_is_carried_is_locked_and_what_is_open_is_not(book: Any, empty: Draft) -> None:
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    for address, cell in places(book).items():
        drafted = empty.cell(address)
        assert cell.protection.locked == (drafted.origin is Origin.CARRIED), address
        if drafted.origin is Origin.CARRIED:
            assert cell.value == drafted.value


def test_totals_are_sums_and_differences_are_shown(book: Any) -> None:
    cells = places(book)
    assert cells["t3.new.total"].value == "=SUM(E6:J6)"
    assert cells["t3.result_total.natural_person"].value == "=SUM(E8:E28)"
    assert cells["t4.review.total"].value == "=SUM(B6:E6)"
    requests, disputes = book[SHEETS["t3"]], book[SHEETS["t4"]]
    assert requests["L6"].value == "=SUM(K6)-SUM(E6:J6)"
    assert requests["L3"].value == "差额（应为0）"
    assert requests["E31"].value == "=SUM(E6:E7)-SUM(E29:E30)"
    assert disputes["F7"].value == "=SUM(F6)-SUM(B6:E6)"
    assert any("L6" in str(area.sqref) for area in requests.conditional_formatting)


def test_only_fitting_numbers_may_be_typed(book: Any) -> None:
    cells = places(book)
    rules = {
        name: {v.type: v for v in book[sheet].data_validations.dataValidation}
        for name, sheet in SHEETS.items()
    }
    assert cells["t2.fees.amount"].coordinate in rules["t2"]["decimal"].sqref
    assert cells["t2.fees.amount"].coordinate not in rules["t2"]["whole"].sqref
    assert cells["t3.new.total"].coordinate in rules["t3"]["whole"].sqref
    whole = rules["t3"]["whole"]
    assert (whole.operator, whole.formula1, whole.showErrorMessage) == (
        "greaterThanOrEqual",
        "0",
        True,
    )


def test_it_says_what_it_is_for(book: Any, empty: Draft) -> None:
    about = book.worksheets[0]
    told = {row[0].value: row[1].value for row in about.iter_rows(max_col=2)}
    assert told["单位名称"] == empty.body
    assert (told["报告年度"], told["表式"]) == (2024, "2021")


def test_filled_in_it_comes_back(book: Any, pair: tuple[Report, Written], tmp_path: Path) -> None:
    fill(book, without_totals(pair[1].figures.values))
    draft = draft_from(book, pair, tmp_path)
    assert not draft.problems
    assert draft.values == dict(pair[1].figures.values)
    assert draft.cell("t3.new.total").origin is Origin.COMPUTED  # a formula without a result
    assert draft.cell("t3.new.natural_person").origin is Origin.GIVEN


def with_results(path: Path, results: dict[str, str]) -> None:
    """Save results with formulas, as a spreadsheet program does and openpyxl does not."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    for formula, result in results.items():
        empty = re.compile(f"(<f>{re.escape(formula)}</f>)(?:<v ?/>|<v></v>)")
        for name, part in parts.items():
            parts[name] = empty.sub(rf"\g<1><v>{result}</v>", part)
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)


def test_saved_results_count_only_of_the_clerk_s_own_formulas(
    book: Any, pair: tuple[Report, Written], tmp_path: Path
) -> None:
    values = without_totals(pair[1].figures.values)
    fill(book, values)
    cells = places(book)
    cells["t3.new.natural_person"].value = "=3+4"
    cells["t4.review.total"].value = "=100+1"
    path = tmp_path / "filled.xlsx"
    book.save(path)
    with_results(path, {"3+4": "7", "100+1": "101", "SUM(E6:J6)": "99999"})
    draft = draft_report(pair[1].prose.body, 2024, [pair[0]], path)
    assert draft.cell("t3.new.natural_person").value == 7
    assert draft.cell("t4.review.total").value == 101
    total = draft.cell("t3.new.total")  # of a sum, in which an empty cell counts as 0
    assert total.origin is Origin.COMPUTED
    assert total.value == 7 + sum(
        int(v)
        for a, v in values.items()
        if a.startswith("t3.new.") and not a.endswith("natural_person")
    )


def test_own_totals_come_back_as_given(
    book: Any, pair: tuple[Report, Written], tmp_path: Path
) -> None:
    fill(book, {**pair[1].figures.values, "t3.new.total": 99_999})
    draft = draft_from(book, pair, tmp_path)
    assert draft.cell("t3.new.total").value == 99_999
    assert {check.id for check in draft.failing} == {"T3-ROW@new", "T3-BAL@total"}


def test_a_sheet_of_a_draft_keeps_what_was_given(
    book: Any, pair: tuple[Report, Written], tmp_path: Path
) -> None:
    fill(book, without_totals(pair[1].figures.values))
    draft = draft_from(book, pair, tmp_path)
    again = load_workbook(io.BytesIO(write_sheet(draft)))
    assert draft_from(again, pair, tmp_path).values == draft.values
    assert places(again)["t3.new.total"].value == "=SUM(E6:J6)"


def spoil_text(book: Any) -> None:
    places(book)["t3.new.natural_person"].value = "十来件"


def spoil_negative(book: Any) -> None:
    places(book)["t3.new.natural_person"].value = -4


def spoil_fraction(book: Any) -> None:
    places(book)["t3.new.natural_person"].value = 4.5


def spoil_truth(book: Any) -> None:
    places(book)["t3.new.natural_person"].value = True


def spoil_formula(book: Any) -> None:
    places(book)["t3.new.natural_person"].value = "=3+4"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (spoil_text, "不是一个明确的数"),
        (spoil_negative, "是负数"),
        (spoil_fraction, "有小数"),
        (spoil_truth, "不是数"),
        (spoil_formula, "没有保存计算结果"),
    ],
)
def test_a_bad_cell_is_named(
    spoil: Callable[[Any], None],
    told: str,
    book: Any,
    pair: tuple[Report, Written],
    tmp_path: Path,
) -> None:
    fill(book, without_totals(pair[1].figures.values))
    spoil(book)
    draft = draft_from(book, pair, tmp_path)
    (problem,) = draft.problems
    assert problem.place == "表三 依申请公开!E6"
    assert told in problem.what
    opened = {"t3.new.natural_person", "t3.new.total"}
    assert {cell.address for cell in open_cells(draft)} == opened


def test_a_row_too_few_is_named(book: Any, pair: tuple[Report, Written], tmp_path: Path) -> None:
    fill(book, pair[1].figures.values)
    unmerge(book[SHEETS["t3"]]).delete_rows(8)
    draft = draft_from(book, pair, tmp_path)
    (problem,) = draft.problems
    assert "缺少“（一）予以公开”一行" in problem.what
    assert {c.address.rsplit(".", 1)[0] for c in open_cells(draft)} == {"t3.granted"}
    kept = {a: v for a, v in pair[1].figures.values.items() if not a.startswith("t3.granted.")}
    assert {a: v for a, v in draft.values.items() if v is not None} == kept


def test_values_under_another_label_are_not_taken(
    book: Any, pair: tuple[Report, Written], tmp_path: Path
) -> None:
    fill(book, pair[1].figures.values)
    book[SHEETS["t3"]]["D11"].value = "3.重复申请"
    draft = draft_from(book, pair, tmp_path)
    (problem,) = draft.problems
    assert problem.place == "表三 依申请公开 第11行"
    assert "行名应为" in problem.what


def test_moved_columns_are_not_taken(
    book: Any, pair: tuple[Report, Written], tmp_path: Path
) -> None:
    fill(book, pair[1].figures.values)
    unmerge(book[SHEETS["t4"]]).insert_cols(3)
    draft = draft_from(book, pair, tmp_path)
    (problem,) = draft.problems
    assert "列可能被增删" in problem.what
    assert all(cell.address.startswith("t4.") for cell in open_cells(draft))


def test_a_copied_row_is_taken_from_neither_place(
    book: Any, pair: tuple[Report, Written], tmp_path: Path
) -> None:
    fill(book, pair[1].figures.values)
    sheet = book[SHEETS["t3"]]
    for cell in list(sheet[8]):
        sheet.cell(40, cell.column, None if cell.column < 5 and cell.column > 1 else cell.value)
    sheet["C40"] = "（一）予以公开"
    draft = draft_from(book, pair, tmp_path)
    assert len(draft.problems) == 7
    assert "两处都不采用" in draft.problems[0].what


@pytest.mark.parametrize(("row", "value"), [(BODY_ROW, "乙县人民政府"), (YEAR_ROW, 2023)])
def test_another_report_s_sheet_is_not_used(
    row: int, value: object, book: Any, pair: tuple[Report, Written], tmp_path: Path
) -> None:
    fill(book, pair[1].figures.values)
    book.worksheets[0].cell(row, 2).value = value
    draft = draft_from(book, pair, tmp_path)
    (problem,) = draft.problems
    assert f"“{value}”" in problem.what
    assert not any(cell.origin is Origin.GIVEN for cell in draft.cells)


def test_a_sheet_that_does_not_say_what_it_is_for_is_not_used(
    book: Any, pair: tuple[Report, Written], tmp_path: Path
) -> None:
    fill(book, pair[1].figures.values)
    book.worksheets[0].cell(YEAR_ROW, 2).value = None
    draft = draft_from(book, pair, tmp_path)
    (problem,) = draft.problems
    assert "没有写明年度" in problem.what
    assert not any(cell.origin is Origin.GIVEN for cell in draft.cells)


def test_a_workbook_that_is_no_sheet(pair: tuple[Report, Written], tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["甲", 1])
    with pytest.raises(UnreadableFile, match="不是填报表"):
        draft_from(book, pair, tmp_path)


def test_a_workbook_far_too_large_is_refused_before_it_is_opened(
    pair: tuple[Report, Written], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr("openpyxl.load_workbook", opened.append)
    path = tmp_path / "huge.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (MOST_BYTES + 1))
    with pytest.raises(UnreadableFile, match="内容过大"):
        draft_report("甲县", 2024, figures=path)
    assert not opened


def test_a_name_that_looks_like_a_formula_is_none() -> None:
    book = load_workbook(io.BytesIO(write_sheet(draft_report("=1+1局", 2024))))
    assert book.worksheets[0]["B2"].value == "=1+1局"
    cells = [cell for sheet in book for row in sheet for cell in row]
    named = [cell for cell in cells if str(cell.value).startswith("=1+1局")]
    assert {cell.data_type for cell in named} == {"s"}
    assert len(named) == 6
