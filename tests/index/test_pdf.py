"""PDFs drawn here with invented figures under official labels, and what is read from them."""

from __future__ import annotations

import json
import zlib
from io import BytesIO
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index.amounts import parse_amount
from index.errors import UnreadableFile
from index.read.pdf import read_pdf
from index.read.pdf_overflow import TORN
from index.reading import report_from_document
from index.report import Document
from index.sidecar import Given
from tests.index.helpers import balanced, table_three
from tests.index.helpers import document as as_document
from tests.index.helpers import lines as written

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

XS = [50, 80, 150, 290, 325, 360, 395, 430, 465, 500, 540]
HEAD = {
    (0, 0): ("（本列数据的勾稽关系为：第一项加第二项之和，\n等于第三项加第四项之和）", 3, 3),
    (0, 3): ("申请人情况", 1, 7),
    (1, 3): ("自然人", 2, 1),
    (1, 4): ("法人或其他组织", 1, 5),
    (1, 9): ("总计", 2, 1),
    (2, 4): ("商业\n企业", 1, 1),
    (2, 5): ("科研\n机构", 1, 1),
    (2, 6): ("社会\n公益\n组织", 1, 1),
    (2, 7): ("法律\n服务\n机构", 1, 1),
    (2, 8): ("其他", 1, 1),
}
Cells = dict[tuple[int, int], tuple[str, int, int]]


class Sheet:
    """A PDF in the making; heights are points from the bottom of an A4 page."""

    def __init__(self, **options: Any) -> None:
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(595, 842), **options)

    def text(self, x: float, y: float, text: str, size: float = 12) -> Sheet:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)
        return self

    def turn_page(self) -> Sheet:
        self.canvas.showPage()
        return self

    def table(self, top: float, xs: list[int], cells: Cells, style: str = "boxes") -> Sheet:
        """Draw cells ``(row, column): (text, rows, columns)``; every row is 40 points high."""
        for (row, column), (text, rows, columns) in cells.items():
            x0, x1 = xs[column], xs[column + columns]
            y1, y0 = top - 40 * row, top - 40 * (row + rows)
            self.rule(x0, y0, x1, y1, style)
            lines = text.split("\n")
            for number, line in enumerate(lines):
                y = (y0 + y1) / 2 - 4 + 11 * (len(lines) / 2 - number - 0.5)
                self.text(x0 + 3, y, line, 10)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float, style: str) -> None:
        if style == "boxes":
            self.canvas.rect(x0, y0, x1 - x0, y1 - y0)
            return
        for a, b in pairwise([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]):
            left, low = min(a[0], b[0]), min(a[1], b[1])
            wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
            if style == "fills":
                self.canvas.rect(left, low, wide or 0.7, high or 0.7, stroke=0, fill=1)
            elif style == "dots":
                for at in range(0, int(wide + high), 3):
                    x, y = (left + at, low) if wide else (left, low + at)
                    self.canvas.rect(x, y, 1, 1, stroke=0, fill=1)
            else:
                for off in (0, 2) if style == "double" else (0,):
                    self.canvas.line(a[0] + off, a[1] + off, b[0] + off, b[1] + off)

    def data(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()

    def read(self) -> Document:
        return read(self.data())


def read(data: bytes) -> Document:
    document = read_pdf(data, Path("报告/某局2024.pdf"))
    for block in document.blocks:
        assert document.text[slice(*block.span)] == block.text
        assert block.page is not None
    assert [b.span for b in document.blocks] == sorted(b.span for b in document.blocks)
    return document


def lines(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.table is None]


def table(document: Document, number: int = 0) -> dict[tuple[int | None, int | None], str]:
    return {(b.row, b.column): b.text for b in document.blocks if b.table == number}


def row(at: int, label: str, values: str, column: int = 0, columns: int = 3) -> Cells:
    cells = {(at, column): (label, 1, columns)}
    cells |= {(at, 3 + i): (v.strip("_"), 1, 1) for i, v in enumerate(values.split())}
    return cells


def texts(cells: Cells) -> dict[tuple[int | None, int | None], str]:
    return {place: text.replace("\n", "") for place, (text, _, _) in cells.items()}


NEW = row(3, "一、本年新收政府信息公开申请数量", "153 5 3 _ / 0 161")
PAGE_ONE = {
    **HEAD,
    **NEW,
    **row(4, "二、上年结转政府信息公开申请数量", "1 0 0 0 0 1 2"),
    (5, 0): ("三\n、\n本\n年\n度\n办\n理\n结\n果", 4, 1),
    **row(5, "（一）予以公开", "7 0 0 0 0 0 7", 1, 2),
    (6, 1): ("（三）不予公开", 3, 1),
    **row(6, "1.属于国家秘密", "0 0 1 0 0 0 1", 2, 1),
    **row(7, "2.其他法律行政法规禁止公开", "2 0 0 0 0 0 2", 2, 1),
    **row(8, "3.危及“三安全一稳定”", "1,163 24 0 0 0 0 1,187", 2, 1),
}


@pytest.mark.parametrize("style", ["boxes", "lines", "fills", "dots", "double"])
def test_merged_cells_blanks_and_vertical_heads_keep_their_place(style: str) -> None:
    document = Sheet().table(800, XS, PAGE_ONE, style).read()
    assert table(document) == texts(PAGE_ONE)
    blank = next(b for b in document.blocks if (b.row, b.column) == (3, 6))
    assert blank.text == "" and blank.span[0] == blank.span[1]
    assert "一、本年新收政府信息公开申请数量\t153\t5\t3\t\t/\t0\t161\n" in document.text


@settings(max_examples=60)
@given(st.data())
def test_any_grid_with_merged_cells_is_read_as_it_was_drawn(data: st.DataObject) -> None:
    rows, columns = data.draw(st.integers(1, 12)), data.draw(st.integers(2, 9))
    cells: Cells = {}
    taken: set[tuple[int, int]] = set()
    for place in product(range(rows), range(columns)):
        if place in taken:
            continue
        wide = data.draw(st.integers(1, 3))
        free = [k for k in range(place[1], columns) if (place[0], k) not in taken][:wide]
        wide = sum(k - place[1] == at for at, k in enumerate(free))
        high = min(data.draw(st.sampled_from([1, 1, 1, 2, 3])), rows - place[0])
        taken |= set(product(range(place[0], place[0] + high), range(place[1], place[1] + wide)))
        text = data.draw(st.sampled_from(["", "0", "21", "6撤", "160.5", "其他", "总\n计"]))
        cells[place] = text, high, wide
    used_rows, used_columns = ({p[i] for p in cells} for i in (0, 1))
    if len(used_columns) < 2 or not any(text for text, _, _ in cells.values()):
        return
    style = data.draw(st.sampled_from(["boxes", "lines", "fills", "double"]))
    document = Sheet().table(800, [50 + 50 * k for k in range(columns + 1)], cells, style).read()
    ranks = {"row": sorted(used_rows).index, "column": sorted(used_columns).index}
    expected = {(ranks["row"](r), ranks["column"](k)): t for (r, k), t in texts(cells).items()}
    assert table(document) == expected


def continued(first: Cells, second: Cells, style: str = "boxes", **between: str) -> Document:
    """A table on two pages, with a page number under each and perhaps a line in between."""
    sheet = Sheet().table(800 - 40, XS, first, style).text(280, 30, "— 1 —").turn_page()
    if between:
        sheet.text(100, 790, between["line"])
    return sheet.table(780, XS, second, style).text(280, 30, "— 2 —").read()


def moved(cells: Cells, rows: int) -> Cells:
    return {(row + rows, column): cell for (row, column), cell in cells.items()}


MORE = {
    (0, 0): ("", 3, 1),
    (0, 1): ("", 1, 1),
    **row(0, "8.属于行政查询事项", "0 0 0 0 0 0 0", 2, 1),
    **row(1, "（七）总计", "9 0 1 0 0 0 10", 1, 2),
    **row(2, "（八）其他", "9 0 1 0 0 0 10", 1, 2),
    **row(3, "四、结转下年度继续办理", "4 0 0 0 0 0 4"),
}


def test_a_table_goes_on_over_the_page_with_its_numbers() -> None:
    document = continued(PAGE_ONE, MORE)
    assert table(document) == texts(PAGE_ONE | moved(MORE, 9))
    assert {b.page for b in document.blocks if (b.row or 0) > 8} == {2}
    assert lines(document) == []


def test_heads_printed_again_are_left_out() -> None:
    document = continued(PAGE_ONE, HEAD | moved(MORE, 3))
    assert table(document) == texts(PAGE_ONE | moved(MORE, 9))


def test_a_note_that_the_table_goes_on_stays_text() -> None:
    document = continued(PAGE_ONE, MORE, line="（续表）")
    assert table(document) == texts(PAGE_ONE | moved(MORE, 9))
    assert lines(document) == ["（续表）"]


def test_a_heading_between_makes_two_tables() -> None:
    document = continued(PAGE_ONE, MORE, line="四、政府信息公开行政复议、行政诉讼情况")
    assert table(document, 0) == texts(PAGE_ONE)
    assert table(document, 1) == texts(MORE)


def test_a_table_with_other_columns_is_another_table() -> None:
    other: Cells = {(0, k): (text, 1, 1) for k, text in enumerate(("规章", "2", "3"))}
    sheet = Sheet().table(780, XS, PAGE_ONE).turn_page()
    assert table(sheet.table(780, [50, 200, 300, 540], other).read(), 1) == texts(other)


@pytest.mark.parametrize("style", ["boxes", "lines"])
def test_labels_cut_by_the_page_are_joined(style: str) -> None:
    first: Cells = {
        **NEW,
        (4, 0): ("三、\n本年\n度办", 2, 1),
        (4, 1): ("（三）不予\n公开", 1, 1),
        **row(4, "8.属于行政查询事项", "0 0 1 0 0 0 1", 2, 1),
        (5, 1): ("（四）无法", 1, 1),
        **row(5, "1.本机关不掌握相关政府信息", "6 0 0 0 0 0 6", 2, 1),
    }
    second: Cells = {
        (0, 0): ("理结\n果", 3, 1),
        (0, 1): ("提供", 2, 1),
        **row(0, "2.没有现成信息需要另行制作", "0 1 0 0 0 0 1", 2, 1),
        **row(1, "3.补正后申请内容仍不明确", "1 1 0 0 0 0 2", 2, 1),
        (2, 1): ("（五）不予处理", 1, 1),
        **row(2, "1.信访举报投诉类申请", "8 1 0 0 0 0 9", 2, 1),
    }
    found = table(continued(HEAD | first, second, style))
    assert found[4, 0] == "三、本年度办理结果"
    assert found[5, 1] == "（四）无法提供"
    assert (6, 0) not in found and (6, 1) not in found
    assert [found[7, k] for k in range(2, 5)] == ["3.补正后申请内容仍不明确", "1", "1"]
    assert found[8, 1] == "（五）不予处理"


def test_a_group_label_printed_again_is_one_label() -> None:
    again = {**MORE, (0, 0): ("三、\n本年\n度办\n理结\n果", 3, 1)}
    expected = texts(PAGE_ONE | moved(MORE, 9))
    del expected[9, 0]
    assert table(continued(PAGE_ONE, again)) == expected


@pytest.mark.parametrize("values_on", [1, 2])
def test_a_row_cut_by_the_page_is_one_row(values_on: int) -> None:
    here, there = ("0 0 3 0 0 0 3", "_ _ _ _ _ _ _")[:: 1 if values_on == 1 else -1]
    first = PAGE_ONE | row(8, "5.要求行政机关确认或重新出具", here, 2, 1)
    second = {**MORE, **row(0, "已获取信息", there, 2, 1)}
    document = continued(first, second)
    found = table(document)
    assert [found[8, k] for k in range(2, 10)] == [
        "5.要求行政机关确认或重新出具已获取信息",
        *["0", "0", "3", "0", "0", "0", "3"],
    ]
    assert found[9, 1] == "（七）总计"
    pages = {b.page for b in document.blocks if b.row == 8 and b.column in (3, 9)}
    assert pages == {values_on}


def test_rows_without_numbers_before_their_labels_are_not_joined() -> None:
    head: Cells = {(0, 0): ("信息内容", 1, 1), (0, 1): ("本年处理决定数量", 1, 1)}
    first = head | {(1, 0): ("行政许可", 1, 1), (1, 1): ("", 1, 1)}
    second: Cells = {(0, 0): ("行政处罚", 1, 1), (0, 1): ("4", 1, 1)}
    sheet = Sheet().table(160, [50, 300, 540], first).turn_page()
    assert table(sheet.table(780, [50, 300, 540], second).read()) == {
        (0, 0): "信息内容",
        (0, 1): "本年处理决定数量",
        (1, 0): "行政许可",
        (1, 1): "",
        (2, 0): "行政处罚",
        (2, 1): "4",
    }


@pytest.mark.parametrize(
    "number", ["{}", "- {} -", "-{}-", "—{}—", "第{}页", "第 {} 页 共 3 页", "{} / 3"]
)
@pytest.mark.parametrize("y", [30, 815])
def test_page_numbers_are_left_out(number: str, y: int) -> None:
    sheet = Sheet()
    for page in (1, 2, 3):
        sheet.text(290, y, number.format(page)).text(60, 700, f"第{page}段在这里结束。")
        sheet.text(60, 680, str(page)).turn_page()
    assert lines(sheet.read()) == [
        "第1段在这里结束。",
        "1",
        "第2段在这里结束。",
        "2",
        "第3段在这里结束。",
        "3",
    ]


def test_a_page_number_between_the_rules_of_a_table_is_no_part_of_a_cell() -> None:
    cells: Cells = {(0, 0): ("规章", 1, 1), (0, 1): ("4", 1, 1)}
    sheet = Sheet().table(60, [50, 300, 540], cells).text(400, 25, "— 1 —", 8)
    assert table(sheet.read()) == {(0, 0): "规章", (0, 1): "4"}


def test_a_number_at_the_end_of_a_page_without_rules_is_kept() -> None:
    sheet = Sheet().text(60, 60, "行政强制").text(60, 40, "1").turn_page()
    sheet.text(60, 60, "行政许可").text(60, 40, "1")
    assert lines(sheet.read()) == ["行政强制", "1", "行政许可", "1"]


def test_running_heads_are_left_out() -> None:
    sheet = Sheet()
    for page in (1, 2, 3):
        sheet.text(200, 810, "某某局政府信息公开年报").text(60, 700, f"正文之{page}").turn_page()
    assert lines(sheet.read()) == ["正文之1", "正文之2", "正文之3"]


def test_lines_of_a_paragraph_are_joined_over_pages_and_headings_stay_alone() -> None:
    first, full = (
        "二零二四年，本局" + "认真做好公开工作" * 3 + "，全",
        "年" + "公开政府信息工作" * 4 + "，",
    )
    sheet = Sheet().text(200, 750, "某某局政府信息公开年报", 20).text(84, 700, "一、总体情况")
    sheet.text(84, 680, first).text(60, 660, full).text(60, 640, "共1136条。").text(84, 620, first)
    sheet.text(60, 600, full).turn_page().text(60, 700, full).text(60, 680, "完。")
    assert lines(sheet.read()) == [
        "某某局政府信息公开年报",
        "一、总体情况",
        first + full + "共1136条。",
        first + full + full + "完。",
    ]


def test_a_number_is_read_along_its_baseline_whatever_its_heights() -> None:
    sheet = Sheet().table(700, [50, 300, 540], {(0, 0): ("收费", 1, 1), (0, 1): ("", 1, 1)})
    x = 350.0
    for char, size in (("7", 12), ("7", 14), ("3", 12), ("0", 9), (".", 6), ("2", 14), ("8", 12)):
        sheet.text(x, 676, char, size)
        x += pdfmetrics.stringWidth(char, FONT, size)
    assert table(sheet.read())[0, 1] == "7730.28"


def test_a_raised_note_number_is_no_digit_of_the_number() -> None:
    sheet = Sheet().table(700, [50, 300, 540], {(0, 0): ("规章", 1, 1), (0, 1): ("22", 1, 1)})
    sheet.text(303 + pdfmetrics.stringWidth("22", FONT, 10), 680, "1", 5)
    assert table(sheet.read())[0, 1] == "22[1]"


def test_bold_printed_twice_is_read_once_and_two_numbers_stay_two() -> None:
    sheet = Sheet().table(700, [50, 300, 540], {(0, 0): ("总计", 1, 1), (0, 1): ("1 63", 1, 1)})
    sheet.text(53.3, 676, "总计", 10)
    found = table(sheet.read())
    assert found == {(0, 0): "总计", (0, 1): "1 63"}
    assert parse_amount(found[0, 1]) is not None and parse_amount(found[0, 1]).value is None  # type: ignore[union-attr]


def test_numbers_whose_border_was_not_drawn_are_two_cells() -> None:
    cells: Cells = {
        **{(0, k): (text, 1, 1) for k, text in enumerate(("规章", "5", "6"))},
        (1, 0): ("文件", 1, 1),
        (1, 1): ("", 1, 2),
    }
    sheet = Sheet().table(700, [50, 300, 400, 500], cells).text(345, 636, "7").text(445, 636, "8")
    found = table(sheet.read())
    assert (found[1, 1], found[1, 2]) == ("7", "8")


@pytest.mark.parametrize("number", ["1234", "1,23"])
def test_a_number_that_runs_over_the_border_of_its_cell_is_kept_whole(number: str) -> None:
    cells: Cells = {
        **{(0, k): (text, 1, 1) for k, text in enumerate(("规章", number, "7", number))},
        **{(1, k): (text, 1, 1) for k, text in enumerate(("文件", "10", "0", "12"))},
    }
    found = table(Sheet().table(700, [50, 300, 318, 336, 354], cells).read())
    assert [found[0, k] for k in range(4)] == ["规章", number, "7", number]
    assert [found[1, k] for k in range(4)] == ["文件", "10", "0", "12"]


def test_a_number_over_several_cells_is_none_of_theirs() -> None:
    cells: Cells = {(0, k): (text, 1, 1) for k, text in enumerate(("规章", "12345678", "", "3"))}
    found = table(Sheet().table(700, [50, 300, 318, 336, 354], cells).read())
    assert (found[0, 1], found[0, 2], found[0, 3]) == (TORN, TORN, "3")
    full: Cells = {(0, k): (text, 1, 1) for k, text in enumerate(("规章", "１２", "7"))}
    found = table(Sheet().table(700, [50, 300, 318, 336], full).read())
    assert (found[0, 1], found[0, 2]) == (TORN, "7")  # half of it lies in either cell
    wide: Cells = {(0, k): (text, 1, 1) for k, text in enumerate(("规章", "123", ""))}
    found = table(Sheet().table(700, [50, 300, 309, 360], wide).read())
    assert (found[0, 1], found[0, 2]) == (TORN, TORN)  # the wider cell had room for it


def test_a_number_over_a_column_of_other_rows_is_in_its_merged_cell() -> None:
    cells: Cells = {
        **{(0, k): (text, 1, 1) for k, text in enumerate(("规章", "5", "6"))},
        (1, 0): ("文件", 1, 1),
        (1, 1): ("12345", 1, 2),
    }
    found = table(Sheet().table(700, [50, 300, 314, 400], cells).read())
    assert found[1, 1] == "12345"


def test_kangxi_radicals_are_left_as_they_are_printed() -> None:
    assert lines(Sheet().text(60, 700, "⼀、总体情况").read())[0] in (
        "⼀、总体情况",
        "一、总体情况",
    )


def test_a_turned_page_is_read_as_it_is_seen() -> None:
    sheet = Sheet()
    sheet.canvas.setPageRotation(90)
    sheet.canvas.translate(595, 0)
    sheet.canvas.rotate(90)
    sheet.table(560, XS, PAGE_ONE)
    assert table(sheet.read()) == texts(PAGE_ONE)


def test_without_rules_a_label_comes_before_its_numbers() -> None:
    sheet = Sheet()
    for y, label in ((700, "（一）予以公开"), (680, "（七）总计")):
        sheet.text(60, y, label)
        for k, value in enumerate(("7", "0", "12")):
            sheet.text(250 + 25 * k, y + 1, value, 13)
    assert lines(sheet.read()) == ["（一）予以公开", "7", "0", "12", "（七）总计", "7", "0", "12"]


def test_a_frame_round_text_is_no_table() -> None:
    sheet = Sheet()
    sheet.canvas.rect(50, 600, 400, 150)
    document = sheet.text(60, 700, "本报告由某局编制。").read()
    assert [(b.text, b.table) for b in document.blocks] == [("本报告由某局编制。", None)]


def picture() -> ImageReader:
    return ImageReader(Image.new("RGB", (60, 84), "white"))


def scanned(*pages: int) -> bytes:
    sheet = Sheet()
    for page in (1, 2, 3):
        if page in pages:
            sheet.canvas.drawImage(picture(), 0, 0, 595, 842)
        else:
            sheet.text(60, 700, "本报告由某局编制，数据截至十二月三十一日。")
        sheet.turn_page()
    return sheet.data()


def raw_pdf(pages: int, content: bytes = b"", extra: bytes = b"") -> bytes:
    """A PDF of ``pages`` times the same page, written by hand."""
    kids = b"3 0 R " * pages
    packed = zlib.compress(content, 9)
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[",
            kids,
            b"]/Count %d>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]" % pages,
            b"/Contents 4 0 R>>endobj\n4 0 obj<</Length %d/Filter/FlateDecode>>" % len(packed),
            b"stream\n" + packed + b"\nendstream endobj\n" + extra,
            b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n",
        )
    )


def encoded(codes: bytes, letters: dict[int, str]) -> bytes:
    """A PDF with one line in a font that says of some of its codes which letters they are."""
    pairs = "".join(f"<{c:02x}> <{t.encode('utf-16-be').hex()}>\n" for c, t in letters.items())
    cmap = f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <00> <ff> endcodespacerange
{len(letters)} beginbfchar
{pairs}endbfchar endcmap end end""".encode()
    line = b"BT /F 12 Tf 60 700 Td <" + codes.hex().encode() + b"> Tj ET"
    fonts = (
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Own/FirstChar 0/LastChar 255/Widths["
        + b"600 " * 256
        + b"]/ToUnicode 6 0 R/Encoding<</Type/Encoding/Differences[0"
        + b"".join(b"/g%d" % code for code in range(256))
        + b"]>>>>endobj\n6 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(cmap), cmap)
    )
    page = b"/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R"
    return raw_pdf(1, line, fonts).replace(b"/Contents 4 0 R", page).replace(b"/Size 5", b"/Size 7")


def test_characters_beyond_the_basic_plane_and_those_without_a_code() -> None:
    letters = {code: chr(code) for code in range(33, 127)} | {1: "𠮷", 2: "乡"}
    assert lines(read(encoded(b"12\x01\x02 3", letters))) == ["12𠮷乡 3"]
    assert lines(read(encoded(b"12\x01\x02\x03 456", letters))) == ["12𠮷乡\ufffd 456"]


def test_a_digit_whose_font_does_not_say_so_is_none() -> None:
    letters = {code: chr(code) for code in (*range(33, 127), 1, 2, 3) if code != ord("5")}
    letters |= {1: "规", 2: "章", 3: "件"}
    assert lines(read(encoded(b"\x01\x02\x03\x02\x03\x01\x01\x02 153", letters))) == [
        "规章件章件规规章 1\ufffd3"
    ]
    with pytest.raises(UnreadableFile, match="fonts do not say"):
        read(encoded(b"31415926", {}))


def unseen(sheet: Sheet, x: float, y: float, text: str) -> Sheet:
    """Text that does not print, as programs that recognise text put it over a scan."""
    line = sheet.canvas.beginText(x, y)
    line.setFont(FONT, 12)
    line.setTextRenderMode(3)
    line.textOut(text)
    line.setTextRenderMode(0)
    sheet.canvas.drawText(line)
    return sheet


def test_what_does_not_print_is_not_read() -> None:
    sheet = Sheet().text(60, 700, "规章 153 件")
    document = unseen(sheet, 60 + pdfmetrics.stringWidth("规章 153", FONT, 12), 700, "9").read()
    assert lines(document) == ["规章 153 件"]
    assert not document.recognised


def test_text_recognised_on_a_scan_is_read_and_told() -> None:
    sheet = Sheet()
    sheet.canvas.drawImage(picture(), 0, 0, 595, 842)
    document = unseen(sheet, 60, 700, "本报告由某局编制，共二十页。").read()
    assert lines(document) == ["本报告由某局编制，共二十页。"]
    assert document.recognised


def test_of_recognised_text_only_what_sums_prove_is_stated() -> None:
    text = "雾川市民政局2023年政府信息公开工作年度报告\n第二十条第（五）项\n信息内容\n"
    text += "本年处理决定数量\n行政许可\n97\n三、收到和处理政府信息公开申请情况\n"
    text += written(table_three(balanced()))
    seen = as_document(text)
    plain, scan = (
        report_from_document(seen.model_copy(update={"recognised": told}), Given())
        for told in (False, True)
    )
    figure = scan.figure("t2.licensing.decisions")
    assert figure is not None
    assert (figure.status, figure.value, figure.candidates) == ("ambiguous", None, (97,))
    assert plain.figure("t2.licensing.decisions").value == 97  # type: ignore[union-attr]
    of_t3 = [f for f in scan.figures if f.table == "t3"]
    assert of_t3 == [f for f in plain.figures if f.table == "t3"]
    assert {f.status for f in of_t3} == {"verified"}
    assert any("识别" in note for note in scan.notes) and not any("识别" in n for n in plain.notes)


def locked() -> bytes:
    return Sheet(encrypt=StandardEncryption("secret", "owner")).text(60, 700, "本报告").data()


WHOLE = Sheet().table(800, XS, PAGE_ONE).data()
LINES = b"".join(
    b"%d %d m %d %d l S\n" % (i % 595, i % 842, i % 590, i % 97) for i in range(200_000)
)
WHOLE_PAGE = raw_pdf(1, LINES[:3000])
FONTS = b"".join(
    b"%d 0 obj<</Length1 90000000/Filter/FlateDecode>>stream\n%b\nendstream endobj\n" % (n, font)
    for font in [zlib.compress(bytes(90_000_000), 9)]
    for n in range(5, 9)
)
CUT = zlib.compress(LINES[:3000], 9)
BAD = {
    "a stream that breaks off": (WHOLE_PAGE.replace(CUT, CUT[:-200] + b" " * 200), "不完整"),
    "not a PDF": (b"<html>404</html>", "不是 PDF"),
    "empty": (b"", "不是 PDF"),
    "head only": (b"%PDF-1.4\n", "不完整"),
    "half": (WHOLE[: len(WHOLE) // 2], "不完整"),
    "without its end": (WHOLE[:-200], "不完整"),
    "damaged": (WHOLE[:900] + b"startxref\n9\n%%EOF", "损坏"),
    "no pages": (raw_pdf(0), "没有页面"),
    "5,000 pages": (raw_pdf(5000), "5000 页"),
    "locked": (locked(), "密码"),
    "scan": (scanned(1, 2, 3), "扫描"),
    "scanned page": (scanned(2), "第 2 页是扫描"),
    "empty pages": (raw_pdf(2), "没有文字"),
    "200,000 lines": (raw_pdf(1, LINES), "过多"),
    "fonts that unpack to 360 MB": (raw_pdf(1, b"BT ET", FONTS), "展开"),
    "unpacks to 100 MB": (raw_pdf(1, b" " * 100_000_000), "展开"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_with_a_next_step(case: str) -> None:
    data, reason = BAD[case]
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert reason in caught.value.message
    assert caught.value.place == "报告/某局2024.pdf"
    assert caught.value.advice


def test_an_owner_password_and_a_cover_picture_do_not_hinder_reading() -> None:
    sheet = Sheet(encrypt=StandardEncryption("", "owner"))
    assert lines(sheet.text(60, 700, "本报告由某局编制。").read()) == ["本报告由某局编制。"]
    assert len(lines(read(scanned(1)))) == 2


def test_the_figures_of_a_real_report_are_in_their_rows_and_columns(shared: Path) -> None:
    path = shared / "corpus/reports/hongze-2023.pdf"
    truth = json.loads((shared / "corpus/truth/hongze-2023.json").read_text())["figures"]
    document = read(path.read_bytes())
    for key, number, columns in (("t3", 1, range(3, 10)), ("t4", 2, range(15))):
        expected = [value for address, value in truth.items() if address.startswith(key)]
        found = table(document, number)
        amounts = [
            [parse_amount(found.get((row, column), "?")) for column in columns]
            for row in range(1 + max(row or 0 for row, _ in found))
        ]
        values = [a.value for cells in amounts if all(cells) for a in cells if a is not None]
        assert values == expected
    assert "7730.28" in table(document).values()


@pytest.mark.parametrize("printed", ["1 4", "１ ４", "１４"])
def test_a_blank_between_digits_of_any_width_is_kept(printed: str) -> None:
    document = Sheet().text(50, 700, f"规章 {printed} 件").read()
    assert [b.text.removeprefix("规章").removesuffix("件").strip() for b in document.blocks] == [
        printed
    ]
