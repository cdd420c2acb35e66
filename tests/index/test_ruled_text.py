"""Tables drawn with characters: rows by their rules, columns by their corners."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.read import read_bytes
from index.read.markdown import read_markdown
from index.read.text import read_text
from index.reading import report_from_document
from index.report import Document, Status
from index.sidecar import Given
from tests.index.helpers import balanced, table_three
from tests.index.surfaces import head

Cells = list[tuple[str, int | None, int | None, int | None]]
BOXES = str.maketrans({"+": "┼", "-": "─", "=": "═", "|": "│"})


def cells(document: Document) -> Cells:
    for block in document.blocks:
        assert document.text[slice(*block.span)] == block.text
    return [(b.text, b.table, b.row, b.column) for b in document.blocks]


def both(text: str) -> Cells:
    """The same blocks as text and as markdown."""
    found = cells(read_text(text.encode(), Path("x.txt")))
    assert cells(read_markdown(text.encode(), Path("x.md"))) == found
    return found


DRAWN = """前文
+----------+------+
| 信息内容 | 本年 |
|          | 件数 |
+==========+======+
| 规章     | 5    |
+----------+------+
|          |      |
+----------+------+
后文
"""


@pytest.mark.parametrize("boxes", [False, True])
def test_cells_over_lines_are_pieces_of_one_cell(boxes: bool) -> None:
    text = DRAWN.translate(BOXES) if boxes else DRAWN
    assert both(text) == [
        ("前文", None, None, None),
        ("信息内容", 0, 0, 0), ("本年", 0, 0, 1), ("件数", 0, 0, 1),
        ("规章", 0, 1, 0), ("5", 0, 1, 1),
        ("", 0, 2, 0), ("", 0, 2, 1),
        ("后文", None, None, None),
    ]  # fmt: skip


def test_without_rules_between_them_lines_with_numbers_are_rows() -> None:
    text = "+----+---+\n| a  | n |\n+----+---+\n| 甲 | 1 |\n| 乙 | 2 |\n| 丙 |   |\n+----+---+\n"
    assert both(text) == [
        ("a", 0, 0, 0), ("n", 0, 0, 1), ("甲", 0, 1, 0), ("1", 0, 1, 1),
        ("乙", 0, 2, 0), ("2", 0, 2, 1), ("丙", 0, 3, 0), ("", 0, 3, 1),
    ]  # fmt: skip


def test_merged_cells_stand_in_their_first_column() -> None:
    text = (
        "+------+----+----+\n| 表三 | 申请人  |\n+      +----+----+\n|      | 甲 | 乙 |\n"
        "+------+----+----+\n| 新收 | 1  | 2  |\n+------+----+----+\n"
    )
    assert [c for c in both(text) if c[0]] == [
        ("表三", 0, 0, 0), ("申请人", 0, 0, 1), ("甲", 0, 1, 1), ("乙", 0, 1, 2),
        ("新收", 0, 2, 0), ("1", 0, 2, 1), ("2", 0, 2, 2),
    ]  # fmt: skip


def test_two_tables_and_a_lone_rule() -> None:
    text = f"+----+\n文\n{DRAWN}{DRAWN}"
    found = both(text)
    assert {table for _, table, _, _ in found} == {None, 0, 1}
    assert found[0] == ("+----+", None, None, None)


def drawn(rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    rule = "+" + "+".join("-" * 50 for _ in range(width)) + "+\n"
    return rule + "".join(f"|{'|'.join(f' {cell} ' for cell in row)}|\n{rule}" for row in rows)


@pytest.mark.parametrize("name", ["x.txt", "x.md"])
def test_a_drawn_table_gives_its_figures(name: str) -> None:
    text = drawn([*head(), *table_three(balanced())])
    report = report_from_document(read_bytes(text.encode(), Path(name)), Given(body="某局"))
    found = [f for f in report.figures if f.table == "t3"]
    expected = [int(cell) for _, *cells_ in table_three(balanced()) for cell in cells_]
    assert [f.value for f in found] == expected
    assert {f.status for f in found} == {Status.VERIFIED}


def test_nothing_takes_long() -> None:
    started = time.process_time()
    read_text(b"+--+\n" * 25_000, Path("x.txt"))
    read_text(("+" + "--+" * 5_000 + "\n" + "|" * 5_000 + "\n|x|\n").encode(), Path("x.txt"))
    read_text(("+-+" + "|1" * 22_500 + "\n").encode() * 3, Path("x.txt"))
    read_text(b"+--" * 50_000, Path("x.txt"))
    assert time.process_time() - started < 5
