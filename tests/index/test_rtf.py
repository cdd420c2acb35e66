"""Rich text: what Word prints of it, in its grid, whatever program wrote it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.read import read_bytes
from index.read import rtf as reader
from index.read.rtf import read_rtf
from index.reading import report_from_document
from index.report import Document, Status
from index.sidecar import Given
from tests.index.helpers import balanced, table_three

HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\froman Times;}}"
HEAD += r"{\colortbl;\red0\green0\blue0;}{\*\generator Word;}{\info{\author x}}\uc1 "
CELLS = tuple[int | None, int | None]


def gbk(text: str) -> str:
    """Text as Word writes it: what is not ASCII by its bytes."""
    return "".join(
        c if c.isascii() else "".join(f"\\'{b:02x}" for b in c.encode("gbk")) for c in text
    )


def coded(text: str) -> str:
    """Text by its code points, each with a stand-in for old readers."""
    units = text.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    return "".join(
        chr(code) if code < 128 else f"\\u{code - 65536 if code > 32767 else code}?"
        for code in codes
    )


def read(body: str, head: str = HEAD) -> Document:
    document = read_rtf((head + body + "}").encode("latin-1"), Path("in/年报.rtf"))
    for block in document.blocks:
        assert document.text[slice(*block.span)] == block.text
    return document


def lines(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.table is None]


def grid(document: Document, table: int = 0) -> dict[CELLS, str]:
    return {(b.row, b.column): b.text for b in document.blocks if b.table == table}


def row(*cells: tuple[str, int, str] | tuple[str, int], again: bool = False) -> str:
    """A row of cells: text, right edge and perhaps a word before the edge."""
    edges = "".join(f"{cell[2] if len(cell) > 2 else ''}\\cellx{cell[1]}" for cell in cells)
    begun = rf"\trowd\trgaph108\trleft0{edges}"
    texts = "".join(rf"\pard\intbl {gbk(cell[0])}\cell " for cell in cells)
    return f"{begun}{texts}{begun if again else ''}\\row\n"


@pytest.mark.parametrize("write", [gbk, coded])
def test_paragraphs_in_any_way_of_writing_chinese(write) -> None:
    text = "云岫市2023年“公开”𠮷件"
    text = text.replace("𠮷", "") if write is gbk else text
    assert lines(read(rf"\pard {write('一、总体情况')}\par {write(text)}\line 2\par")) == [
        "一、总体情况", text, "2"
    ]  # fmt: skip


def test_encodings_by_page_and_by_font() -> None:
    big5 = "".join(f"\\'{b:02x}" for b in "總體情況".encode("big5"))
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset136 MingLiU;}}"
    assert lines(read(rf"\f0 caf\'e9 {{\f1 {big5}}} x", head)) == ["café 總體情況 x"]
    assert lines(read(big5, r"{\rtf1\ansi\ansicpg950 ")) == ["總體情況"]
    assert lines(read("一".encode("gbk").decode("latin-1") + "1", r"{\rtf1\ansi\ansicpg936 ")) == [
        "一1"
    ]


def test_stand_ins_are_left_out_and_nothing_more() -> None:
    assert lines(read(r"\uc2\u20214\'bc\'fe 5")) == ["件 5"]
    assert lines(read(r"\uc0\u20214 5")) == ["件5"]
    assert lines(read(r"\uc1\u20214\par 5")) == ["件", "5"]
    assert lines(read(r"{\uc0 {\u20214}}\u20214?5")) == ["件件5"]


def test_what_is_not_printed_is_left_out() -> None:
    body = (
        r"{\header x}{\pict\pngblip 8950}{\*\shppict{\pict 89}}{\field{\*\fldinst PAGE}"
        r"{\fldrslt 3}}{\v hidden}{\deleted gone}{\*\unknown x}{\object{\*\objdata 01}}"
        r"\bin4 \{}\ab {\listtext 1.\tab}a\~b\_c\{\}\\\emdash{\footer y}"
    )
    assert lines(read(body)) == ["3ab 1.\ta\xa0b-c{}\\—"]


def test_a_raised_number_is_a_note_and_no_digit() -> None:
    assert lines(read(r"22{\super 1} m{\super 2} 3\super 4\nosupersub 5")) == ["22[1] m2 3[4]5"]


@pytest.mark.parametrize("again", [False, True])
def test_cells_stand_where_their_edges_are(again: bool) -> None:
    body = (
        row(("甲", 1000, r"\clvmgf"), ("乙", 3000), again=again)
        + row(("", 1000, r"\clvmrg"), ("丙", 2000), ("", 2990), again=again)
        + row(("丁", 2010), ("1", 3000), again=again)
        + rf"\pard {gbk('段')}\par "
        + row(("戊", 1000), ("2", 2000))
    )
    document = read(body)
    assert grid(document) == {
        (0, 0): "甲", (0, 1): "乙", (1, 1): "丙", (1, 2): "", (2, 0): "丁", (2, 2): "1"
    }  # fmt: skip
    assert lines(document) == ["段"]
    assert grid(document, 1) == {(0, 0): "戊", (0, 1): "2"}
    assert "丁 | 1\n段\n戊 | 2" in document.text


def test_cells_without_edges_and_frames() -> None:
    assert grid(read(r"\trowd\cellx900\intbl a\cell b\cell c\cell\row")) == {
        (0, 0): "a", (0, 3): "b", (0, 4): "c"
    }  # fmt: skip
    document = read(r"\trowd\cellx900\intbl a\par b\cell\row\pard c\par")
    assert [(b.text, b.table) for b in document.blocks] == [("a", None), ("b", None), ("c", None)]


def test_paragraphs_in_a_cell_are_its_lines() -> None:
    assert grid(read(row(("甲", 900), ("@", 1800)).replace("@", r"1\par 2{\line}3"))) == {
        (0, 0): "甲", (0, 1): "1\n2\n3"
    }  # fmt: skip


def test_a_word_file_of_old_gives_the_figures_of_its_table() -> None:
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    wide = [3000 + 600 * k for k in range(8)]
    body = row(("", wide[0]), *zip(heads, wide[1:], strict=True))
    expected = []
    for label, *cells in table_three(balanced()):
        if cells:
            body += row((label, wide[0]), *zip(cells, wide[1:], strict=True))
            expected += [int(cell) for cell in cells]
        else:
            body += row((label, wide[-1]))
    document = read_bytes((HEAD + body + "}").encode(), Path("年报.doc"))
    report = report_from_document(document, Given(body="雾川市民政局", year=2023))
    found = [f for f in report.figures if f.table == "t3"]
    assert [f.value for f in found] == expected
    assert {f.status for f in found} == {Status.VERIFIED}


def test_bad_files_are_refused_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.process_time()
    for body, message in (
        ("{" * 100_000, "too large"),
        (r"\par ", "no visible text"),
        (r"{\pict " + "00" * 5_000_000, "no visible text"),
        (r"\bin999999999 x", "no visible text"),
    ):
        with pytest.raises(UnreadableFile, match=message) as caught:
            read(body)
        assert caught.value.place == "in/年报.rtf"
    assert time.process_time() - started < 3
    monkeypatch.setattr(reader, "MOST_TOKENS", 100)
    with pytest.raises(UnreadableFile, match="too large"):
        read("a\\par " * 60)


def test_what_breaks_off_or_closes_too_often_is_read_as_far_as_it_goes() -> None:
    assert lines(read_rtf(b"{\\rtf1 a\\par b\\", Path("x"))) == ["a", "b"]
    assert lines(read("a}}}} b")) == ["a b"]
