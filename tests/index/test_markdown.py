"""Markdown: blocks are slices of the file, tables keep their columns."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example as with_example
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.read import markdown
from index.read.markdown import read_markdown
from index.reading import report_from_document
from index.report import Document, Status
from index.sidecar import Given
from tests.index.helpers import FORMS, balanced, table_three

NEW = "一、本年新收政府信息公开申请数量"


def checked(text: str) -> Document:
    """The document read, its spans tested: in order, and each the text of its block."""
    got = read_markdown(text.encode(), Path("in/年报.md"))
    assert got.text == text
    assert [text[slice(*b.span)] for b in got.blocks] == [b.text for b in got.blocks]
    ends = [0, *(b.span[1] for b in got.blocks)]
    assert all(b.span[0] >= end for b, end in zip(got.blocks, ends, strict=False))
    return got


def texts(text: str) -> list[str]:
    return [b.text for b in checked(text).blocks]


def grid(text: str) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(b.text, b.table, b.row, b.column) for b in checked(text).blocks]


def test_table_three_gives_its_figures() -> None:
    cells = balanced()
    rows = [["", *(c.label for c in FORMS["2021"].tables.t3.columns)], ["---"] * 8]
    rows += [row + [""] * (8 - len(row)) for row in table_three(cells)]
    text = (
        "# 青塘县财政局2023年政府信息公开工作年度报告\n\n## 三、收到和处理政府信息公开申请情况\n\n"
    )
    got = checked(text + "".join(f"| {' | '.join(row)} |\n" for row in rows))
    figures = {f.address: f for f in report_from_document(got, Given()).table_figures}
    for key, values in cells.items():
        columns = [c.key for c in FORMS["2021"].tables.t3.columns]
        read = [figures[f"t3.{key}.{column}"] for column in columns]
        assert [str(f.value) for f in read] == values
        assert {f.status for f in read} == {Status.VERIFIED}


def test_a_document_knows_its_file() -> None:
    got = read_markdown("年报".encode("gb18030"), Path("in/年报.md"))
    assert (got.source_file, got.path, got.encoding) == ("年报.md", "in/年报.md", "gb18030")


# -- tables of HTML --------------------------------------------------------------------------


def test_a_table_of_html_keeps_its_grid_and_its_place_in_the_file() -> None:
    text = (
        '# 年报\n\n正文\n<table border=1><thead><tr><td rowspan="2">甲</td>'
        "<th colspan='2'> **乙**<br></th></tr>\n<TR><TD>&nbsp;</TD><td><p>1,163</p></td></tr>"
        "</thead>"
        "<tr><td colspan=2>戊</td><td>3</td></tr><tr><td>丙<td><span class=x>2</span><tr><td>丁"
        "</table>尾注\n| a | b |\n|---|---|\n"
    )
    assert grid(text) == [
        ("年报", None, None, None), ("正文", None, None, None),
        ("甲", 0, 0, 0), ("乙", 0, 0, 1), ("", 0, 1, 1), ("1,163", 0, 1, 2),
        ("戊", 0, 2, 0), ("3", 0, 2, 2), ("丙", 0, 3, 0), ("2", 0, 3, 1), ("丁", 0, 4, 0),
        ("尾注", None, None, None), ("a", 1, 0, 0), ("b", 1, 0, 1),
    ]  # fmt: skip


def test_of_tables_within_tables_the_inner_ones_are_read() -> None:
    found = grid("<table><tr><td><table><tr><td>1<td>2</table></td><td>3</td></tr></table>")
    assert [cell for cell in found if cell[1] is not None] == [("1", 0, 0, 0), ("2", 0, 0, 1)]


def test_a_table_of_html_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    assert grid("<table><tr><td>1</td><td>2") == [("1", 0, 0, 0), ("2", 0, 0, 1)]
    assert texts("<table>\n</table>\n正文 </td> <td>") == ["正文 </td> <td>"]


def test_tables_of_html_cost_no_more_than_others() -> None:
    started = time.process_time()
    wide = grid("<table><tr>" + "<td>1" * 10_000 + "</table>")
    assert wide[-1] == ("1", 0, 0, 9_999)
    assert len(grid("<table>" + "<tr><td colspan=1000000 rowspan=1000000>1" * 900)) == 900
    grid("<table" * 100_000)
    grid("<table>" * 100_000)
    grid("<td " * 100_000)
    with pytest.raises(UnreadableFile, match="too large"):
        grid("<table><tr>" + "<td rowspan=65000>1" * 4_000 + "<tr><td>2" * 4_000)
    assert time.process_time() - started < 10


# -- lines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("# 年度报告", "年度报告"),
        ("## 一、总体情况 ##", "一、总体情况"),
        ("##一、总体情况", "一、总体情况"),
        ("### **一、总体情况**", "一、总体情况"),
        ("**一、**本年新收", "一、**本年新收"),
        ("全年共 **34** 件", "全年共 **34** 件"),
        ("全年共**34**", "全年共**34"),
        ("***总计***", "总计"),
        ("__总计__", "总计"),
        ("`5`", "5"),
        ('[年度报告](https://example.org/a.pdf "下载")', "年度报告"),
        ("见[年度报告](a.pdf)。", "见[年度报告](a.pdf)。"),
        ("- 全年办结", "全年办结"),
        ("* 全年办结", "全年办结"),
        ("1. 属于国家秘密", "1. 属于国家秘密"),
        ("1\\. 属于国家秘密", "1\\. 属于国家秘密"),
        ("- 4 -", "- 4 -"),
        ("-4-", "-4-"),
        ("— 4 —", "— 4 —"),
        ("--", "--"),
        ("/", "/"),
        ("22*", "22*"),
        ("~~5~~", "~~5~~"),
        ("> > 引文", "引文"),
        ("　　正文。 ", "正文。"),
        ('<p align="center"><strong>总体情况</strong></p>', "总体情况"),
        ("&nbsp;&emsp;正文<br/>", "正文"),
        ("<td>5</td>", "<td>5</td>"),
        ("2021 年 | 2022 年", "2021 年 | 2022 年"),
        ("规章 |", "规章"),
    ],
)
def test_markup_at_the_ends_of_a_line_is_left_out(line: str, text: str) -> None:
    assert texts(f"前文\n\n{line}\r\n\n后文") == ["前文", text, "后文"]


@pytest.mark.parametrize(
    "line",
    ["---", "***", "_ _ _", "===", "```", "```markdown", "~~~", "<!-- 第 4 页 -->", "![](a.png)",
     "[1]: https://example.org", "|", "||||", "**  **", "#", "&nbsp;", "<br>", ">"],
)  # fmt: skip
def test_lines_that_print_nothing_make_no_block(line: str) -> None:
    assert texts(f"前文\n{line}\n后文\n") == ["前文", "后文"]


# -- tables --------------------------------------------------------------------------------


def test_blank_cells_keep_their_column_and_rules_are_no_rows() -> None:
    text = (
        "说明\n\n| 信息内容 | 本年制发件数 | |\n|:---|:---:|---:|\n"
        "| **规章** | &nbsp; | `0` |\n| 行政规范性文件 |  |\n后文\n"
    )
    assert grid(text) == [
        ("说明", None, None, None),
        ("信息内容", 0, 0, 0), ("本年制发件数", 0, 0, 1), ("", 0, 0, 2),
        ("规章", 0, 1, 0), ("", 0, 1, 1), ("0", 0, 1, 2),
        ("行政规范性文件", 0, 2, 0), ("", 0, 2, 1),
        ("后文", None, None, None),
    ]  # fmt: skip


def test_escaped_pipes_part_no_cells_and_breaks_stay_within() -> None:
    text = "| a\\|b | 结果<br>维持<br> |\n|---|---|\n| \\\\| 1 |"
    assert grid(text) == [
        ("a\\|b", 0, 0, 0), ("结果<br>维持", 0, 0, 1), ("\\\\", 0, 1, 0), ("1", 0, 1, 1)
    ]  # fmt: skip


def test_tables_need_no_pipes_at_the_ends_of_their_lines() -> None:
    assert grid("规章 | 0\n--- | ---\n文件 | ") == [
        ("规章", 0, 0, 0), ("0", 0, 0, 1), ("文件", 0, 1, 0)
    ]  # fmt: skip
    assert grid("> | 规章 | 0 |\n> |---|---|\n> | 文件 | / |")[2:] == [
        ("文件", 0, 1, 0), ("/", 0, 1, 1)
    ]  # fmt: skip


def test_rows_with_pipes_at_both_ends_need_no_rule() -> None:
    assert grid("| 规章 | 0 |\n| 文件 | 1 |\n") == [
        ("规章", 0, 0, 0), ("0", 0, 0, 1), ("文件", 0, 1, 0), ("1", 0, 1, 1)
    ]  # fmt: skip


def test_lone_pipes_are_residue() -> None:
    assert grid("规章 |\n||||\n| 0 |\n") == [("规章", None, None, None), ("0", None, None, None)]


def test_dashes_for_blanks_are_cells_except_below_the_head_of_a_table() -> None:
    text = "| 维持 | 纠正 |\n|---|---|\n| - | - |\n| -- | 1 |\n"
    assert [t for t, *_ in grid(text)] == ["维持", "纠正", "-", "-", "--", "1"]
    assert [t for t, *_ in grid("| 维持 | 纠正 |\n| - | :-: |\n| - | - |\n")] == [
        "维持", "纠正", "-", "-"
    ]  # fmt: skip
    assert [t for t, *_ in grid("| 维持 | 纠正 |\n| - |\n| 1 | 2 |\n")] == [
        "维持", "纠正", "-", "1", "2"
    ]  # fmt: skip


def test_a_rule_begins_a_table_with_the_line_before_it() -> None:
    """Conversions of PDFs print a row without its label as the head of a new table."""
    torn = "| 7 | 0 | 7 |\n|---|---|---|\n"
    text = (
        f"| （一）予以公开 | 9 | 0 | 9 |\n{torn}（二）部分公\n开\n{torn}"
        "| 1.属于国家秘密 | 1 | 0 | 1 |\n"
        "|---|---|---|---|\n| 2.重复申请 | 0 | 0 | 0 |\n"
    )
    rows = [(b.text, b.table, b.row) for b in checked(text).blocks if b.column in (0, None)]
    assert rows == [
        ("（一）予以公开", 0, 0),
        ("7", 1, 0),
        ("（二）部分公", None, None),
        ("开", None, None),
        ("7", 2, 0),
        ("1.属于国家秘密", 3, 0),
        ("2.重复申请", 3, 1),
    ]


# -- bad input and all other input ---------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\x89PNG\r\n\x1a\n\0\0\0", b"\xff\x80" * 9])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_markdown(data, Path("in/年报.md"))
    assert caught.value.place == "in/年报.md"


@pytest.mark.parametrize(
    "text", ["|" * 10_001, "\n" * 10_001 + "x", "| 1 " * 2_500, "规章\n" * 2_500]
)
def test_too_many_lines_or_columns_are_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MOST_CUTS", 10_000)
    monkeypatch.setattr(markdown, "MOST_BLOCKS", 2_000)
    with pytest.raises(UnreadableFile, match="too large"):
        read_markdown(text.encode(), Path("x.md"))


@pytest.mark.parametrize(
    "text",
    ["*" * 100_000, " " * 100_000 + "x", "x" + " " * 100_000 + "x", "<b>" * 50_000, "[" * 100_000,
     "<br" + " " * 100_000, ">" * 100_000, "\\" * 100_000 + "|", "- " * 50_000, "&nbsp;" * 50_000,
     "<!--" * 30_000, "![" * 50_000, "`" * 100_000, "[1]:" * 30_000, ("*a" * 50_000)],
)  # fmt: skip
def test_nothing_takes_long(text: str) -> None:
    started = time.process_time()
    checked(f"规章\n{text}\n| {text} |\n|---|\n")
    assert time.process_time() - started < 5


def test_ten_thousand_columns_are_read() -> None:
    got = checked("| 1 " * 10_000 + "|\n" + "|---" * 10_000 + "|\n" + "|" * 10_001)
    assert len(got.blocks) == 20_000


def test_blocks_are_counted_over_all_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MOST_BLOCKS", 4)
    assert len(checked("a\n| 1 | 2 |\nb").blocks) == 4
    with pytest.raises(UnreadableFile, match="too large"):
        checked("a\n| 1 | 2 |\nb\nc")


PIECES = st.lists(
    st.sampled_from(
        ["|", "\\", "\n", "\r\n", " ", "\u3000", "**", "*", "_", "`", "#", "- ", "> ", "---", ":-",
         "[", "](x)", "<br>", "<b>", "</b>", "&nbsp;", "\x0c", "\x85", "规章", "1,163", "/"]
    ),
    max_size=40,
)  # fmt: skip


@given(PIECES.map("".join))
@with_example("| **规章** |\n|-|\n| |")
def test_blocks_are_their_spans_and_lose_nothing_printed(text: str) -> None:
    blocks = checked(f"报{text}").blocks
    for mark in ("规章", "1,163"):
        assert sum(b.text.count(mark) for b in blocks) == text.count(mark)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
def test_the_span_of_any_block_of_any_text(text: str) -> None:
    checked(f"报{text}")
