"""Cells to exact numbers: every way of printing one, and what is no number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.amounts import Amount, parse_amount

READ = {
    "0": Amount(0),
    "7": Amount(7),
    " 7\u3000": Amount(7),
    "６": Amount(6),
    "1,163": Amount(1163),
    "１，１６３": Amount(1163),
    "1,234,567": Amount(1234567),
    "+5": Amount(5),
    "-14": Amount(-14),
    "－14": Amount(-14),
    "\u221214": Amount(-14),
    "--253": Amount(-253),
    "減3": Amount(-3),
    "减少3": Amount(-3),
    "负3": Amount(-3),
    "18,652.37": Amount(Decimal("18652.37")),
    "５.５０": Amount(Decimal("5.50")),
    "0.5": Amount(Decimal("0.5")),
    "5件": Amount(5, unit="件"),
    "10人次": Amount(10, unit="人次"),
    "251000元": Amount(251000, unit="元"),
    "160.5964万元": Amount(Decimal("160.5964"), unit="万元"),
    "2.36億元": Amount(Decimal("2.36"), unit="亿元"),
    "3万": Amount(30000, scaled=True),
    "1.5万": Amount(15000, scaled=True),
    "1.23456万": Amount(Decimal("12345.6"), scaled=True),
    "６撤": Amount(6, note="撤"),
    "22（其中修订 16 件）": Amount(22, note="其中修订 16 件"),
    "5（1）": Amount(5, note="1"),
    "5[注]": Amount(5, note="注"),
    "5*": Amount(5, note="*"),
    "5※": Amount(5, note="※"),
    "5余": Amount(5, note="余"),
}
BLANK = [
    "",
    " ",
    "\u3000",
    "\xa0",
    "/",
    "／",
    "//",
    "\\",
    "-",
    "－",
    "--",
    "—",
    "——",
    "–",
    "―",
    "─",
]
UNCLEAR = [
    "1 63",
    "03",
    "00",
    "０1",
    "0,123",
    "01.5",
    "1 163",
    "1,16",
    "1,1630",
    "12/3",
    "3~5",
    "100%",
    "12.5.",
    "1_000",
    "12:30",
]
NO_CELL = [
    "总计",
    "一",
    "1、",
    "2.重复申请",
    "（1）",
    "—4—",
    "-4-",
    "约5",
    "12 34件",
    "1e5",
    "A4",
    "½",
]


@pytest.mark.parametrize(("text", "amount"), READ.items(), ids=READ)
def test_a_printed_number_is_read_exactly(text: str, amount: Amount) -> None:
    got = parse_amount(text)
    assert got == amount
    assert got is not None
    assert type(got.value) is type(amount.value)


@pytest.mark.parametrize("text", BLANK, ids=repr)
def test_a_blank_is_no_zero(text: str) -> None:
    assert parse_amount(text) == Amount(None, blank=True)


@pytest.mark.parametrize("text", UNCLEAR)
def test_two_possible_readings_are_none(text: str) -> None:
    assert parse_amount(text) == Amount(None, blank=False)


@pytest.mark.parametrize("text", NO_CELL)
def test_labels_and_page_numbers_are_no_cells(text: str) -> None:
    assert parse_amount(text) is None


def test_decimals_keep_their_printed_places() -> None:
    got = parse_amount("1,234.50")
    assert got is not None
    assert str(got.value) == "1234.50"


WHOLE = st.integers(min_value=0, max_value=10**12)
WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


@st.composite
def printed_numbers(draw: st.DrawFn) -> tuple[str, int | Decimal]:
    """A number and a way in which reports print it."""
    value: int | Decimal = draw(WHOLE)
    if draw(st.booleans()):
        places = draw(st.integers(min_value=1, max_value=4))
        value = Decimal(draw(WHOLE)).scaleb(-places)
    text = f"{value:,f}" if draw(st.booleans()) else f"{value:f}"
    if isinstance(value, int):
        text = f"{value:,}" if draw(st.booleans()) else str(value)
    sign = draw(st.sampled_from(["", "", "-", "減", "减", "--", "负", "+"]))
    if sign and sign != "+":
        value = -value
    text = sign + text
    return (text.translate(WIDE) if draw(st.booleans()) else text), value


@given(printed_numbers(), st.sampled_from(["", "件", "元", "万元", "项", "件次"]))
def test_any_number_comes_back_as_it_was_written(
    printed: tuple[str, int | Decimal], unit: str
) -> None:
    text, value = printed
    got = parse_amount(f" {text}{unit} ")
    assert got == Amount(value, unit=unit or None)
    assert isinstance(value, Decimal) == isinstance(got.value, Decimal)


@given(WHOLE, st.sampled_from(["撤", "（含上年）", "[2]", "*", "（其中修订 16 件）"]))
def test_a_note_never_changes_the_number(value: int, note: str) -> None:
    got = parse_amount(f"{value}{note}")
    assert got is not None
    assert got.value == value
    assert got.note == note.strip("（）[]")


@given(WHOLE, WHOLE)
def test_two_numbers_in_one_cell_are_never_joined(first: int, second: int) -> None:
    assert parse_amount(f"{first} {second}") == Amount(None)
