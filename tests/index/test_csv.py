"""Separated values: rows and columns of the file, each cell a slice of it."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.read import csv as reader
from index.read import read_bytes
from index.read.csv import read_csv
from index.reading import report_from_document
from index.report import Document, Status
from index.sidecar import Given
from tests.index.helpers import balanced, table_three
from tests.index.surfaces import head


def read(text: str) -> Document:
    document = read_csv(text.encode(), Path("in/年报.csv"))
    assert [document.text[slice(*b.span)] for b in document.blocks] == [
        b.text for b in document.blocks
    ]
    return document


def grid(text: str) -> dict[tuple[int | None, int | None], str]:
    return {(b.row, b.column): b.text for b in read(text).blocks}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_gives_its_figures_however_it_was_exported(
    sign: str, end: str, encoding: str
) -> None:
    rows = [["三、收到和处理政府信息公开申请情况"], [], *head(), *table_three(balanced())]
    data = end.join(sign.join(row) for row in rows).encode(encoding)
    report = report_from_document(
        read_bytes(data, Path("年报.csv")), Given(body="雾川市民政局", year=2023)
    )
    found = [f for f in report.figures if f.table == "t3"]
    expected = [int(cell) for _, *cells in table_three(balanced()) for cell in cells]
    assert [f.value for f in found] == expected
    assert {f.status for f in found} == {Status.VERIFIED}


def test_quoted_cells_hold_signs_line_ends_and_quotes() -> None:
    assert grid('a,"1,163" ,"x\ny","say ""so"""\n , \n"",b,"') == {
        (0, 0): "a", (0, 1): "1,163", (0, 2): "x\ny", (0, 3): 'say ""so""',
        (1, 0): "", (1, 1): "b", (1, 2): '"',
    }  # fmt: skip


VALUES = st.text(st.sampled_from('ab 1,;"\n年'), max_size=6)


@given(st.lists(st.lists(VALUES, min_size=2, max_size=4), min_size=1, max_size=4))
def test_what_was_written_is_read_back(rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    text = buffer.getvalue() + '"x","y"\n' * 9  # the sign is told by the whole file
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    found: dict[int, list[str]] = {}
    for block in read(text).blocks:
        found.setdefault(block.row or 0, []).append(block.text.replace('""', '"'))
    expected = [[cell.strip(" ") for cell in row] for row in kept]
    assert list(found.values())[: len(kept)] == expected


def test_bad_files_are_refused_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.process_time()
    for data, message in (
        (b"", "empty"),
        (b"\0\1\2" * 9, "binary"),
        (b"," * 3_000_000, "too large"),
        (b'"' * 999_999 + b"," * 300_000, "too large"),
    ):
        with pytest.raises(UnreadableFile, match=message):
            read_csv(data, Path("x.csv"))
    read('"a,\n' * 100_000)
    assert time.process_time() - started < 5
    monkeypatch.setattr(reader, "MOST_CELLS", 3)
    with pytest.raises(UnreadableFile, match="too large"):
        read("a,b\nc,d\n")
