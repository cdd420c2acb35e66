"""Empty cells that a clerk declares to be 0, and a 上年结转 of his own: only where he says so."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.draft.docx_out import write_docx
from assistant.draft.draft import draft_report
from assistant.draft.figures_in import read_figures
from assistant.draft.layout import form_for, layouts, value_spots
from assistant.draft.markdown_out import write_markdown
from assistant.draft.model import Draft, Origin
from assistant.draft.sheet_out import SHEETS, YES, ZEROS, mark_of, write_sheet
from assistant.draft.tables import total_addresses
from index.report import Number, Report
from tests.assistant.draft.pairs import open_cells, save_figures, written_pair

FORM = form_for(2024)
BODY = "甲县人民政府"
BEGUN = {
    "t3.new.natural_person": 3,
    "t3.granted.natural_person": 2,
    "t3.carried_out.natural_person": 1,
}
"""Three parts of table three that were begun; 上年结转 and the other tables were not."""


def drafted(folder: Path, values: Mapping[str, Number], *, zeros: bool = True) -> Draft:
    """A draft without a report for last year."""
    return draft_report(BODY, 2024, (), save_figures(folder, values), zeros=zeros)


def zeros_of(draft: Draft) -> set[str]:
    """Cells that are 0 because the clerk said so."""
    return {cell.address for cell in draft.cells if cell.origin is Origin.ZERO}


def test_empty_cells_are_open_unless_it_is_said(tmp_path: Path) -> None:
    draft = drafted(tmp_path, BEGUN, zeros=False)
    assert not zeros_of(draft)
    assert draft.cell("t3.granted.commercial_enterprise").value is None


def test_empty_cells_of_what_was_begun_are_zero(tmp_path: Path) -> None:
    draft = drafted(tmp_path, BEGUN)
    parts = {a for a in value_spots(FORM) if a.startswith("t3.") and ".carried_in." not in a}
    assert zeros_of(draft) == parts - total_addresses(FORM) - BEGUN.keys()
    assert all(draft.cell(a).value == 0 for a in zeros_of(draft))
    assert draft.cell("t3.granted.total").value == 2
    assert draft.cell("t3.granted.total").origin is Origin.COMPUTED  # never a 0 by the switch
    still = {c.address.rpartition(".")[0] for c in open_cells(draft)}
    assert "t3.carried_in" in still
    assert {a for a in still if not a.startswith("t3.")} >= {
        "t2.rules",
        "t2.licensing",
        "t4.review",
    }


def test_table_two_by_its_small_tables_and_table_four_as_one(tmp_path: Path) -> None:
    draft = drafted(tmp_path, {"t2.rules.in_force": 2, "t4.review.upheld": 1})
    small = {f"t2.{row}.{c}" for row in ("rules", "normative_docs") for c in
             ("issued", "repealed", "in_force")} - {"t2.rules.in_force"}  # fmt: skip
    assert {a for a in zeros_of(draft) if a.startswith("t2.")} == small
    assert draft.cell("t4.lit_direct.total").value == 0
    assert draft.cell("t4.review.total").value == 1


def test_a_cell_with_a_fault_is_no_zero(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "t3.new.natural_person,3\nt3.new.commercial_enterprise,约5\nt3.new.research_institution,\n",
        "utf-8",
    )
    draft = draft_report(BODY, 2024, figures=path, zeros=True)
    assert draft.cell("t3.new.commercial_enterprise").value is None
    assert draft.cell("t3.new.total").value is None
    assert draft.cell("t3.new.research_institution").value == 0


def test_a_figure_without_its_place_might_belong_to_an_empty_cell(tmp_path: Path) -> None:
    draft = drafted(tmp_path, {**BEGUN, "t3.new.comercial": 4})
    assert not zeros_of(draft)
    assert "一律不按 0 填写" in draft.problems[-1].what


@pytest.mark.parametrize(("said", "count"), [("是", 5), ("否", 0), ("", 0)])
def test_the_figures_may_say_so_themselves(said: str, count: int, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"空白格按 0 填报,{said}\nt3.new.natural_person,3\n", "utf-8")
    draft = draft_report(BODY, 2024, figures=path)
    assert len(zeros_of(draft)) == count
    assert [p.place for p in draft.problems] == [f"{BODY}2023年报告"]


def test_neither_yes_nor_no_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("空白格按0填报,也许\nt3.new.natural_person,3\n", "utf-8")
    figures = read_figures(path, BODY, 2024, FORM)
    assert not figures.zeros
    assert "也许" in figures.problems[0].what


def filled(book: Any, values: Mapping[str, Number]) -> None:
    """Type values into a sheet."""
    for layout in layouts(FORM):
        sheet = book[SHEETS[layout.table]]
        rows = {cell.value: cell.row for cell in sheet["A"]}
        for spot in layout.values:
            if spot.address in values:
                row = rows[mark_of(layout, spot.row)]
                sheet.cell(row, spot.column + 2).value = values[spot.address]


def choice(book: Any) -> Any:
    """The cell of the sheet in which empty cells are said to be 0."""
    about = book.worksheets[0]
    row = next(row for row in range(1, 20) if about.cell(row, 1).value == ZEROS)
    return about.cell(row, 2)


def test_the_sheet_has_a_cell_for_it(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(write_sheet(draft_report(BODY, 2024))))
    assert (choice(book).value, choice(book).protection.locked) == ("否", False)
    choice(book).value = YES
    filled(book, BEGUN)
    path = tmp_path / "sheet.xlsx"
    book.save(path)
    draft = draft_report(BODY, 2024, figures=path)
    assert zeros_of(draft) == zeros_of(drafted(tmp_path, BEGUN))
    again = load_workbook(io.BytesIO(write_sheet(draft)))
    assert choice(again).value == YES
    assert again[SHEETS["t3"]]["F6"].value is None  # an empty cell stays one


def test_a_row_that_was_lost_from_the_sheet_is_not_zero(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(write_sheet(draft_report(BODY, 2024))))
    choice(book).value = YES
    filled(book, BEGUN)
    sheet = book[SHEETS["t3"]]
    row = next(cell.row for cell in sheet["A"] if cell.value == "t3@6")
    sheet.cell(row, 1).value = None
    path = tmp_path / "sheet.xlsx"
    book.save(path)
    assert not zeros_of(draft_report(BODY, 2024, figures=path))


def test_the_documents_and_the_figures_tell_of_zeros(tmp_path: Path) -> None:
    draft = drafted(tmp_path, BEGUN)
    count = len(zeros_of(draft))
    assert f"按 0 填 {count} 格" in write_markdown(draft).decode()


# -- a 上年结转 of the clerk's own -----------------------------------------------------------------

ADDRESSES = ("t3.carried_in.natural_person", "t3.carried_in.total")
REASON = "机构改革，承接原某局在办申请"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Report, Path, dict[str, Number]]:
    """Last year's report, this year's figures with two of 上年结转 greater by 3, and these two."""
    last, this = written_pair(3, tmp_path)
    values = dict(this.figures.values)
    own = {address: values[address] + 3 for address in ADDRESSES}
    return last, save_figures(tmp_path, {**values, **own}), own


def test_last_year_s_figure_stands_unless_a_reason_is_given(
    pair: tuple[Report, Path, dict[str, Number]],
) -> None:
    last, path, own = pair
    draft = draft_report(last.body.value or "", 2024, [last], path)
    assert {p.address for p in draft.problems} == set(ADDRESSES)
    assert all(draft.cell(a).origin is Origin.CARRIED for a in ADDRESSES)
    assert all(draft.cell(a).value == value - 3 for a, value in own.items())


def test_a_reason_goes_before_it_and_is_told_everywhere(
    pair: tuple[Report, Path, dict[str, Number]],
) -> None:
    last, path, own = pair
    draft = draft_report(last.body.value or "", 2024, [last], path, override=REASON)
    assert not draft.problems
    changed = [cell for cell in draft.cells if cell.origin is Origin.OVERRIDING]
    assert {cell.address: cell.value for cell in changed} == own
    for cell in changed:
        assert REASON in cell.source
        assert f"上年报告结转下年度为 {own[cell.address] - 3}" in cell.source
    assert changed[0].state != "carried"
    assert write_markdown(draft).decode().count(REASON) == len(own)
    comments = [c.text for c in Document(io.BytesIO(write_docx(draft))).comments]
    assert sum(text.count(REASON) for text in comments) == len(own)
