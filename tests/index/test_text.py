"""Decoding scraped text, and cutting it into blocks that keep their place."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import example as with_example
from hypothesis import given
from hypothesis import strategies as st

from index import read
from index.errors import UnreadableFile
from index.read import read_document
from index.read.text import decode, read_text
from index.report import Block
from index.script import to_traditional
from tests.index.helpers import EXAMPLES, document, example

TEXTS = {
    p.stem: p.read_bytes().decode("gb18030" if p.stem == "yimaban-2023" else "utf-8")
    for p in EXAMPLES
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(name: str, written: str, found: str) -> None:
    assert decode(TEXTS[name].encode(written), name) == (found, TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("written", ["big5", "big5hkscs", "cp950"])
def test_traditional_reports_in_big5_are_told_from_gb18030(name: str, written: str) -> None:
    text = to_traditional(TEXTS[name]).encode(written, "ignore").decode(written)
    assert len(text) > len(TEXTS[name]) * 0.98
    assert decode(text.encode(written), name) == ("big5hkscs", text)


def test_the_traditional_example_survives_big5_whole() -> None:
    data = TEXTS["lanyu-2022"].encode("big5")
    assert decode(data, "x")[1] == TEXTS["lanyu-2022"]


def test_big_endian_and_the_mark_itself() -> None:
    data = codecs.BOM_UTF16_BE + "年度报告".encode("utf-16-be")
    assert decode(data, "x") == ("utf-16", "年度报告")
    assert decode(codecs.BOM_UTF8 + "年度报告".encode(), "x") == ("utf-8-sig", "年度报告")


EMPTY = "文件是空的 (the file is empty)."
BINARY = "这不是文本文件 (a binary file, not text)."
UNKNOWN = "无法判断文字编码 (in no known encoding)."


@pytest.mark.parametrize(
    ("data", "message", "advice"),
    [
        (b"", EMPTY, "fetch it again"),
        (b" \r\n\t\n", EMPTY, "fetch it again"),
        (b"%PDF-1.7\n1 0 obj", BINARY, "give the report as text"),
        (b"PK\x03\x04word/document.xml", BINARY, "give the report as text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BINARY, "give the report as text"),
        (b"\xd0\xcf\x11\xe0" + bytes(200), BINARY, "give the report as text"),
        ("年度\0报告".encode(), BINARY, "give the report as text"),
        ("Données publiées à l'été".encode("latin-1"), UNKNOWN, "save it as UTF-8"),
        ("정보공개 연차보고서".encode("euc-kr"), UNKNOWN, "save it as UTF-8"),
        (b"\xff\x80" * 50, UNKNOWN, "save it as UTF-8"),
        ("年度报告".encode() + b"\xff", UNKNOWN, "save it as UTF-8"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(
    data: bytes, message: str, advice: str
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_text(data, Path("folder/某报告.txt"))
    assert caught.value.place == "folder/某报告.txt"
    assert caught.value.message == message
    assert advice in caught.value.advice
    assert str(caught.value) == f"folder/某报告.txt: {message} {caught.value.advice}"
    assert "\n" not in str(caught.value)


def test_a_broken_utf_16_file_names_the_byte() -> None:
    with pytest.raises(UnreadableFile, match="broken utf-16 at byte 2"):
        read_text(codecs.BOM_UTF16_LE + b"\x41", Path("x.txt"))


def test_files_that_are_not_there_or_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_document(tmp_path)
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 2_000)
    monkeypatch.setattr(read, "MAX_BYTES", 1_999)
    with pytest.raises(UnreadableFile, match="too large"):
        read_document(large)


def test_a_document_knows_its_file_and_content() -> None:
    path = example("yanting-2023")
    got = read_document(path)
    assert (got.source_file, got.path) == (path.name, str(path))
    assert got.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert got.text == TEXTS["yanting-2023"]


def grid(text: str) -> list[tuple[str, int | None, int | None, int | None]]:
    """Text and place in the grid of every block."""
    return [(b.text, b.table, b.row, b.column) for b in document(text).blocks]


def test_one_cell_a_line() -> None:
    assert grid("规章\n0\n\n 1 \n　2\u200b\n") == [
        (t, None, None, None) for t in ("规章", "0", "1", "2")
    ]


def test_lone_pipes_between_the_cells_are_residue() -> None:
    assert grid("规章\n|\n0\n|\n｜\n1\n") == [(t, None, None, None) for t in ("规章", "0", "1")]


def test_padded_rows_carry_no_position() -> None:
    text = "规章 |\n||||\n规范性文件 |\n1 |\n6 |\n|\n"
    assert grid(text) == [(t, None, None, None) for t in ("规章", "规范性文件", "1", "6")]


def test_pipe_rows_keep_the_column_of_a_blank_cell() -> None:
    text = "说明\n| 标签 |  | 3 |\n| --- | :---: | ---: |\n| 规章 | / |  |\n后文\n"
    assert grid(text) == [
        ("说明", None, None, None),
        ("标签", 0, 0, 0),
        ("", 0, 0, 1),
        ("3", 0, 0, 2),
        ("规章", 0, 1, 0),
        ("/", 0, 1, 1),
        ("", 0, 1, 2),
        ("后文", None, None, None),
    ]


def test_pipe_rows_need_no_frame_and_may_be_full_width() -> None:
    assert grid("规章｜0｜5\n") == [("规章", 0, 0, 0), ("0", 0, 0, 1), ("5", 0, 0, 2)]
    assert grid("a | b\n| c | d |\n")[2:] == [("c", 0, 1, 0), ("d", 0, 1, 1)]


def test_tab_rows_keep_the_column_of_a_blank_cell() -> None:
    assert grid("规章\t0\t\t5\n\t1\t2\t\n") == [
        ("规章", 0, 0, 0),
        ("0", 0, 0, 1),
        ("", 0, 0, 2),
        ("5", 0, 0, 3),
        ("", 0, 1, 0),
        ("1", 0, 1, 1),
        ("2", 0, 1, 2),
        ("", 0, 1, 3),
    ]


def test_text_between_two_grids_parts_them() -> None:
    blocks = document("| a | 1 |\n| b | 2 |\n注\n| c | 3 |\n").blocks
    assert [(b.table, b.row) for b in blocks] == [
        (0, 0), (0, 0), (0, 1), (0, 1), (None, None), (1, 0), (1, 0)
    ]  # fmt: skip


def spans_hold(text: str, blocks: tuple[Block, ...]) -> None:
    assert [text[slice(*b.span)] for b in blocks] == [b.text for b in blocks]
    ends = [0, *(b.span[1] for b in blocks)]
    assert all(b.span[0] >= end for b, end in zip(blocks, ends, strict=False))


@pytest.mark.parametrize("name", TEXTS)
def test_every_block_of_an_example_is_its_span(name: str) -> None:
    got = read_document(example(name))
    assert len(got.blocks) > 15
    spans_hold(got.text, got.blocks)


PIECES = st.lists(
    st.sampled_from(
        [
            "|",
            "｜",
            "│",
            "\t",
            "\n",
            "\r\n",
            " ",
            "\u3000",
            "\u200b",
            "---",
            "规章",
            "1,163",
            "/",
            ":",
        ]
    ),
    max_size=40,
)


@given(PIECES.map("".join))
@with_example("| a |  |\n|---|---|\n|  | 1 |")
def test_blocks_are_their_spans_and_lose_nothing_printed(text: str) -> None:
    blocks = read_text(f"报{text}".encode(), Path("x.txt")).blocks
    spans_hold(f"报{text}", blocks)
    for mark in ("规章", "1,163", "/"):
        assert sum(b.text.count(mark) for b in blocks) == text.count(mark)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
def test_the_span_of_any_block_of_any_text(text: str) -> None:
    spans_hold(f"报{text}", read_text(f"报{text}".encode(), Path("x.txt")).blocks)
