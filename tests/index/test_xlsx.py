"""Workbooks: every printed sheet a table, numbers as the cells hold them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from index.amounts import parse_amount
from index.errors import UnreadableFile
from index.read import docx, xlsx
from index.read.xlsx import read_xlsx
from index.reading import report_from_document
from index.report import Document, Status
from index.sidecar import Given
from tests.index import packages
from tests.index.helpers import FORMS, balanced
from tests.index.packages import saved
from tests.index.test_docx import ORGS, lay_out

NEW = "一、本年新收政府信息公开申请数量"
SHEET, RELATIONS = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"


def checked(data: bytes) -> Document:
    """The document read, its spans tested: in order, and each the text of its block."""
    got = read_xlsx(data, Path("in/年报.xlsx"))
    assert [got.text[slice(*b.span)] for b in got.blocks] == [b.text for b in got.blocks]
    ends = [0, *(b.span[1] for b in got.blocks)]
    assert all(b.span[0] >= end for b, end in zip(got.blocks, ends, strict=False))
    return got


def sheet(*rows: list[Any]) -> Workbook:
    book = Workbook()
    book.active.title = "表三"
    for row in rows:
        book.active.append(row)
    return book


def grid(book: Workbook) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(b.text, b.table, b.row, b.column) for b in checked(saved(book)).blocks]


def rewritten(book: Workbook, change: Callable[[str], str], name: str = SHEET) -> bytes:
    """A workbook with one part changed, which openpyxl would not write so."""
    return packages.rewritten(saved(book), {name: lambda part: change(part.decode()).encode()})


def cells_of(xml: str) -> list[str]:
    """Texts of a sheet whose cells are this XML."""
    data = rewritten(
        sheet([1]),
        lambda old: re.sub("<sheetData>.*</sheetData>", f"<sheetData>{xml}</sheetData>", old),
    )
    return [b.text for b in checked(data).blocks[1:]]


def test_table_three_as_officially_laid_out_gives_its_figures() -> None:
    cells = balanced()
    book = sheet()
    for row, column, rows, columns, text in lay_out(cells):
        number = int(text) if text.isdigit() else text
        book.active.cell(row + 1, column + 1, number)
        last = {"end_row": row + rows, "end_column": column + columns}
        if rows * columns > 1:
            book.active.merge_cells(start_row=row + 1, start_column=column + 1, **last)
    got = checked(saved(book))
    places = {(b.row, b.column): b.text for b in got.blocks if b.table == 0}
    assert places == {(row, column): text for row, column, _, _, text in lay_out(cells)}
    figures = {f.address: f for f in report_from_document(got, Given(year=2023)).table_figures}
    columns = [c.key for c in FORMS["2021"].tables.t3.columns]
    for key, values in cells.items():
        read = [figures[f"t3.{key}.{column}"] for column in columns]
        assert [str(f.value) for f in read] == values
        assert {f.status for f in read} == {Status.VERIFIED}


# -- sheets and their grid -----------------------------------------------------------------


def test_every_sheet_is_a_table_after_its_title() -> None:
    book = sheet([None, "规章", 0, None], [None], [None, "行政规范性文件", None, 3])
    book.create_sheet("空表")
    other = book.create_sheet("表四")
    other["C2"] = "总计"
    assert grid(book) == [
        ("表三", None, None, None),
        ("规章", 0, 0, 1),
        ("0", 0, 0, 2),
        ("", 0, 0, 3),
        ("行政规范性文件", 0, 2, 1),
        ("", 0, 2, 2),
        ("3", 0, 2, 3),
        ("表四", None, None, None),
        ("总计", 1, 1, 2),
    ]
    got = checked(saved(book))
    assert got.text == "表三\n规章 | 0 | \n行政规范性文件 |  | 3\n表四\n总计"
    assert (got.source_file, got.path, got.encoding) == ("年报.xlsx", "in/年报.xlsx", "utf-8")


def test_merged_cells_stand_once_at_their_first_place() -> None:
    book = sheet(
        ["申请人情况", "自然人", "法人或其他组织", None, None, None, None, "总计"],
        [None, None, *ORGS, None],
        [NEW, 1, 0, 0, 0, 0, 0, 1],
    )
    for area in ("A1:A2", "B1:B2", "C1:G1", "H1:H2", "A9:H9"):
        book.active.merge_cells(area)
    texts = [(text, row, column) for text, _, row, column in grid(book)[1:]]
    assert texts[:4] == [
        ("申请人情况", 0, 0), ("自然人", 0, 1), ("法人或其他组织", 0, 2), ("总计", 0, 7)
    ]  # fmt: skip
    assert texts[4:9] == [(name, 1, number) for number, name in enumerate(ORGS, 2)]
    assert texts[9:] == [(text, 2, n) for n, text in enumerate([NEW, *"1000001"])]


def test_hidden_sheets_rows_and_columns_are_left_out() -> None:
    book = sheet(["a", "1", "x", "9"], ["b", "2", "x", "9"], ["c", "3", "x", "9"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.create_sheet("草稿").append(["5"])
    book["草稿"].sheet_state = "veryHidden"
    book.create_chartsheet("图")
    assert [(t, row, column) for t, _, row, column in grid(book)[1:]] == [
        ("a", 0, 0), ("1", 0, 1), ("9", 0, 3), ("c", 2, 0), ("3", 2, 1), ("9", 2, 3)
    ]  # fmt: skip


def test_a_merged_cell_whose_first_place_is_hidden_shows_in_the_next() -> None:
    book = sheet(["标题", None, None], ["隐", "a", 1], ["隐", "b", 2])
    book.active.merge_cells("A1:C1")
    book.active.column_dimensions["A"].hidden = True
    assert grid(book)[1:] == [
        ("标题", 0, 0, 1), ("a", 0, 1, 1), ("1", 0, 1, 2), ("b", 0, 2, 1), ("2", 0, 2, 2)
    ]  # fmt: skip


def test_nothing_visible_is_refused() -> None:
    book = sheet(["a"])
    book.active.row_dimensions[1].hidden = True
    assert "no visible text" in refused(saved(book))


# -- values --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (5, "General", "5"),
        (5.0, "General", "5"),
        (0, "General", "0"),
        (-3, "General", "-3"),
        (1163, "#,##0", "1163"),
        (160.5964, "General", "160.5964"),
        (7730.284, "0.00", "7730.284"),
        (0.1 + 0.2, "General", "0.3"),
        (160.59639999999999, "0.00", "160.5964"),
        (12345678901234, "0", "12345678901234"),
        (1e21, "General", "1000000000000000000000"),
        (Decimal("0.05"), "0.00", "0.05"),
        (0.256, "0%", "25.6%"),
        (0.25, "0.00%", "25%"),
        (1.2e-5, "0.00E+00", "0.000012"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        (5, '[Red]0"件"', "5件"),
        (5, "0件", "5件"),
        (5, '"约"0', "约5"),
        (5, "G/通用格式\\件", "5件"),
        (-5, '+0;-0"x"', "-5"),
        (5, "[$¥-804]#,##0.00", "¥5"),
        (5, "@", "5"),
        (5, '@"项"', "5项"),
        (5, '0.00_ "万元"', "5万元"),
        (1163, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', "1163"),
        (5, "#,##0_);[Red]\\(#,##0\\)", "5"),
        (161, "[DBNum1][$-804]G/通用格式", "161"),
        (5, '[>=10000]0!.0,"万";0', "5?"),
        (0.5, "# ?/?", "0.5"),
        (0.5, "# ??/100", "0.5?"),
        (7730280, "0.0,", "7730280?"),
        (7730280, "#,##0,.00", "7730280?"),
        (7730280, '0!.0,"万元"', "7730280?"),
        (7730280, '0"."0000', "7730280?"),
        (5, ";;;", "5?"),
        (date(2024, 1, 31), "yyyy-mm-dd", "2024-01-31"),
        (datetime(2024, 1, 31, 12, 30), "yyyy/m/d h:mm", "2024-01-31 12:30:00"),
        (date(2024, 1, 31), 'yyyy"年"m"月"d"日"', "2024年1月31日"),
        (date(2023, 12, 1), 'yyyy"年"m"月"', "2023年12月"),
        (clock(9, 30), "h:mm:ss", "09:30:00"),
        (date(2024, 1, 31), "mm-dd-yy", "2024-01-31"),
        (True, "General", "TRUE"),
        ("  0 ", "General", "0"),
        ("１，１６３", "General", "１，１６３"),
        ("#REF!", "General", "#REF!"),
        ("a_x000D_\nb_x005F_", "General", "a\nb_"),
    ],
)
def test_values_are_exact_and_keep_what_their_format_means(
    value: Any, code: str, text: str
) -> None:
    book = sheet(["标签", value])
    book.active["B1"].number_format = code
    assert grid(book)[2][0] == text


def test_another_magnitude_and_a_missing_value_are_unreadable_amounts() -> None:
    amount = parse_amount("7730280?")
    assert amount is not None
    assert amount.value is None
    assert not amount.blank


def test_dates_of_the_other_calendar() -> None:
    book = sheet([date(2024, 1, 31)])
    book.epoch = datetime(1904, 1, 1)
    assert grid(book)[1][0] == "2024-01-31"


def test_a_formula_gives_its_saved_value_or_itself() -> None:
    xml = (
        '<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>161</v></c><c r="B1"><f>SUM(C1)</f></c>'
        '<c r="C1"><f>X</f><v></v></c><c r="D1"><f t="shared" si="0"/></c>'
        '<c r="E1" t="str"><f>T("")</f><v></v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="G1" t="str"><f>T("a")</f><v>甲</v></c><c r="H1" t="b"><v>0</v></c></row>'
    )
    assert cells_of(xml) == ["161", "=SUM(C1)", "=X", "=…", "", "#DIV/0!", "甲", "FALSE"]
    assert grid(sheet(["合计", "=SUM(C1:D1)"]))[2][0] == "=SUM(C1:D1)"


def test_cells_and_rows_without_a_reference_follow_each_other() -> None:
    xml = (
        "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
        '<row r="5"><c r="B5" t="inlineStr"><is><t>甲</t></is></c></row>'
    )
    assert cells_of(xml) == ["1", "", "2", "", "甲", ""]


def with_strings(number: int) -> bytes:
    """A workbook as Excel writes it: the texts apart, the cell naming one by its number."""
    relation = (
        '<Relationship Id="rX" Target="/xl/sharedStrings.xml" Type="http://schemas.openxmlformats'
        '.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    strings = (
        f'<sst xmlns="{xlsx.S[1:-1]}"><si><t>规章</t></si><si><r><rPr/><t> 规'
        "</t></r><r><t>范性文件</t></r><rPh sb='0' eb='1'><t>gui</t></rPh></si></sst>"
    )
    book = sheet([5])
    named = rewritten(book, lambda xml: xml.replace("</Relationships>", relation), RELATIONS)
    cell = f'<c r="A1" t="s"><v>{number}</v></c>'
    changes = {SHEET: lambda part: re.sub("<c .*</c>", cell, part.decode()).encode()}
    return packages.rewritten(named, changes, {"xl/sharedStrings.xml": strings.encode()})


def test_shared_strings_are_put_together_without_their_reading_aids() -> None:
    assert [b.text for b in checked(with_strings(0)).blocks] == ["表三", "规章"]
    assert [b.text for b in checked(with_strings(1)).blocks] == ["表三", "规范性文件"]
    assert "cut off" in refused(with_strings(2))


def test_a_number_that_cannot_be_written_out_stays_as_it_is() -> None:
    xml = '<row><c><v>1E+999999999</v></c><c><v>many</v></c><c t="d"><v>2024-01-31</v></c></row>'
    assert cells_of(xml) == ["1E+999999999", "many", "2024-01-31"]


def test_a_raised_number_is_a_note_and_no_digit() -> None:
    raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
    book = sheet(["规章"])
    book.active["B1"] = CellRichText("22", raised)
    book.active["C1"] = CellRichText("面积", raised)
    assert [text for text, *_ in grid(book)[1:]] == ["规章", "22[1]", "面积1"]


def test_a_struck_number_is_no_digit_of_its_neighbour() -> None:
    struck = TextBlock(InlineFont(strike=True), "9")
    book = sheet(["规章"])
    book.active["B1"] = CellRichText(struck, "21")
    assert [" ".join(text.split()) for text, *_ in grid(book)[1:]] == ["规章", "9 21"]


# -- bad input -----------------------------------------------------------------------------


def refused(data: bytes, seconds: float = 3) -> str:
    started = time.process_time()
    with pytest.raises(UnreadableFile) as caught:
        read_xlsx(data, Path("in/年报.xlsx"))
    assert time.process_time() - started < seconds
    assert caught.value.place.startswith("in/年报.xlsx")
    assert caught.value.advice
    return str(caught.value)


def test_declared_dimensions_cost_nothing() -> None:
    data = rewritten(
        sheet([NEW, 1]),
        lambda xml: re.sub('<dimension ref="[^"]*"', '<dimension ref="A1:NTP1000000"', xml),
    )
    started = time.process_time()
    assert [b.text for b in checked(data).blocks] == ["表三", NEW, "1"]
    assert time.process_time() - started < 1


def test_rows_formatted_to_the_last_cost_little() -> None:
    rows = "".join(f'<row r="{n}" ht="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 50_000))
    data = rewritten(
        sheet([NEW, 1]), lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>")
    )
    assert len(checked(data).blocks) == 3


def test_a_wide_or_scattered_sheet_is_refused_by_name() -> None:
    book = sheet(*[["a"]] * 100)
    book.active["XFD1048576"] = 1
    message = refused(saved(book))
    assert "年报.xlsx（表三）" in message
    assert "101 行、16,384 列" in message


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_CELLS", 99)
    monkeypatch.setattr(docx, "MOST_CELLS", 99)
    assert "单元格超过" in refused(saved(sheet(*[[1] * 10] * 10)))
    monkeypatch.setattr(xlsx, "MOST_TAGS", 50)
    assert "too large" in refused(saved(sheet(*[[1] * 5] * 10)))


@pytest.mark.parametrize(
    "old_new",
    [
        ('t="n"><v>1', 't="n" s="x"><v>1'),
        ('r="A1"', 'r="1A"'),
        ('<row r="1"', '<row r="x"'),
        ("</sheetData>", ""),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A:B"/></mergeCells>'),
    ],
)
def test_inconsistent_sheets_are_refused(old_new: tuple[str, str]) -> None:
    data = rewritten(sheet([NEW, 1], [1, 1]), lambda xml: xml.replace(*old_new, 1))
    assert "cut off" in refused(data)


def test_merged_cells_over_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_CELLS", 1_000)
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 300 + "</mergeCells>"
    data = rewritten(
        sheet([NEW, 1], [1, 1]), lambda xml: xml.replace("</sheetData>", f"</sheetData>{merged}")
    )
    assert "cut off" in refused(data)


def test_a_file_that_is_cut_off_or_of_another_kind_is_refused() -> None:
    whole = saved(sheet([NEW]))
    assert "cut off" in refused(whole[: len(whole) // 2])
    other = rewritten(Workbook(), lambda _: "<x/>", "xl/workbook.xml")
    assert "not a workbook" in refused(other)
    binary = rewritten(
        Workbook(), lambda xml: xml.replace("xl/workbook.xml", "xl/workbook.bin"), "_rels/.rels"
    )
    assert "not a workbook" in refused(binary)
    bomb = rewritten(Workbook(), lambda _: "0" * 30_000_000, SHEET)
    assert "zip bomb" in refused(bomb)
    entities = rewritten(Workbook(), lambda xml: f'<!DOCTYPE a [<!ENTITY b "c">]>{xml}', SHEET)
    assert "declares entities" in refused(entities)
