"""Rows of a grid without their padding, only where it is sure what is padding."""

from __future__ import annotations

from collections.abc import Sequence

from index.amounts import parse_amount
from index.tables.grids import align_rows
from index.tables.rows import Slot


def cells(texts: Sequence[str], first: int = 1, table: int = 0, row: int = 0) -> list[Slot]:
    """Cells of a grid row from a column on; ``.`` is an empty one."""
    slots = []
    for number, text in enumerate("" if t == "." else t for t in texts):
        amount = parse_amount(text)
        assert amount is not None
        slots.append(Slot(text, amount, (0, 0), None, (table, row, first + number)))
    return slots


def texts(slots: Sequence[Slot]) -> str:
    return " ".join(s.text or "." for s in slots)


def aligned(*rows: str, width: int = 3, **named) -> list[str]:
    given = {n: cells(row.split(), row=n) for n, row in enumerate(rows)}
    return [texts(slots) for slots in align_rows(given, width, **named).values()]


def test_empty_cells_before_or_after_the_values_are_padding() -> None:
    assert aligned("1 2 3", "1 2 3 .", ". 4 5 6", ". . 7 8 9 .") == [
        "1 2 3", "1 2 3", "4 5 6", "7 8 9"
    ]  # fmt: skip


def test_an_empty_cell_among_the_values_is_none() -> None:
    assert aligned("1 . 3 .", ". 4 . 6") == ["1 . 3", "4 . 6"]


def test_a_row_that_may_begin_in_two_columns_is_left_as_it_is() -> None:
    assert aligned(". 1 2 .") == [". 1 2 ."]


def test_the_other_rows_of_its_table_tell_where_it_begins() -> None:
    assert aligned(". 1 2 .", ". 7 8 9") == ["1 2 .", "7 8 9"]
    assert aligned(". 1 2 .", "7 8 9 .") == [". 1 2", "7 8 9"]
    assert aligned(". 1 2 .", "7 8 9 .", ". 7 8 9") == [". 1 2 .", "7 8 9", "7 8 9"]


def test_rows_of_another_table_tell_nothing() -> None:
    rows = {"a": cells(("", "1", "2", "")), "b": cells(("7", "8", "9", ""), table=1)}
    assert texts(align_rows(rows, 3)["a"]) == ". 1 2 ."


def test_a_row_with_too_many_values_is_left_as_it_is() -> None:
    assert aligned("1 2 3 4", "1 2") == ["1 2 3 4", "1 2"]


def test_heads_go_before_padding() -> None:
    assert aligned(". 1 2 .", heads={0: (1, 2, 3)}) == [". 1 2"]
    assert aligned(". 1 2 .", heads={0: (2, 3, 4)}) == ["1 2 ."]
    assert aligned("1 2 9 3", heads={0: (1, 2, 4)}, subtotals={0: (3,)}) == ["1 2 3"]


def test_a_row_beside_heads_in_another_order_is_left_out() -> None:
    assert aligned("1 2 3", heads={0: (2, 1, 3)}) == ["2 1 3"]
    assert aligned("1 2 3 4", heads={0: (2, 1, 3)}) == []
    assert aligned("1 2 3 4", heads={0: (1, 2, 3)}) == ["1 2 3 4"]
