"""English questions that were refused, or answered by a neighbour, for want of a word or two."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Kind
from assistant.answering.prose import _full_names
from assistant.answering.quoting import _of_words
from assistant.ask import Desk
from assistant.lexicon import compile_pattern


@pytest.mark.parametrize(
    ("question", "where", "value"),
    [
        (
            "How many 2021 requests to Yunxiu were still open and moved to the following year?",
            "yunxiu-2021/t3.carried_out.total",
            22,
        ),
        (
            'Yunxiu 2021: requests that fall under "Other" in the other-handling block?',
            "yunxiu-2021/t3.other_other.total",
            17,
        ),
        (
            "How many requests did Yunxiu refuse in 2022 because the information was not held?",
            "yunxiu-2022/t3.unable_not_held.total",
            139,
        ),
    ],
)
def test_the_row_is_heard(desk: Desk, question: str, where: str, value: int) -> None:
    answer = desk.ask(question)
    (figure,) = answer.figures
    assert f"{Path(figure.source_file).stem}/{figure.address}" == where
    assert answer.value == value


def test_a_generic_row_gives_way_in_a_comparison(desk: Desk) -> None:
    answer = desk.ask(
        'How far apart are Yunxiu 2021 and Yunxiu 2022 in requests answered "information not held"?'
    )
    assert answer.value == 25, answer.text
    assert {f.address for f in answer.figures} == {"t3.unable_not_held.total"}


def test_a_rate_of_another_name_is_not_compared(desk: Desk) -> None:
    answer = desk.ask(
        "Hotline connection rate: is Yunxiu 2021 or Yunxiu 2022 higher, and by how many points?"
    )
    assert answer.value is None, answer.text


def test_higher_or_compares_two_reports(desk: Desk) -> None:
    answer = desk.ask("Are new requests higher in Yunxiu 2021 or Yunxiu 2022?")
    assert answer.kind is Kind.COMPARE, answer.text
    assert {f.address for f in answer.figures} == {"t3.new.total"}


def test_what_is_left_of_a_whole(desk: Desk) -> None:
    answer = desk.ask("How many problems reported to Yanting in 2023 were not rectified?")
    assert answer.value == 1, answer.text
    assert sorted(int(f.value or 0) for f in answer.figures) == [10, 11]


@pytest.mark.parametrize(
    "question",
    [
        "How many research reports did Yunxiu complete in 2021?",
        "How many of the problems were not photographed in Yanting in 2023?",
    ],
)
def test_no_neighbour_is_stated(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is None, answer.text


def test_a_quotation_is_asked_by_the_words_of_a_row(desk: Desk) -> None:
    answer = desk.ask("Where does the Yanting 2023 report say it received requests? Quote it.")
    assert answer.kind is Kind.PASSAGE, answer.text
    assert "申请" in answer.passages[0].quote


def test_a_hyphen_stands_for_a_space() -> None:
    pattern = compile_pattern("other (handling|means)[ab ]?", "test")
    assert pattern.search("the other-handling block")
    assert pattern.search("the other handling block")
    assert not pattern.search("the otherhandling block")


def test_an_address_is_no_sentence() -> None:
    assert not _of_words("原文链接: https://www.example.invalid/zwgk/20240101.htm")
    assert _of_words("专栏设在门户网站首页下方 (https://a.invalid), 全年更新三十次, 访问方便")


def test_full_names_hold_shorter_ones() -> None:
    assert _full_names(("motions", "委员提案", "提案")) == ["委员提案"]
    assert _full_names(("rivers", "河流")) == []
    assert _full_names(None) == []


def test_a_commission_of_something_is_followed_past_of(desk: Desk) -> None:
    answer = desk.ask("Lanyu Municipal Bureau of Culture and Tourism: new requests in 2024")
    assert {f.source_file for f in answer.figures} == {"lanyu-wenlv-2024.txt"}, answer.text
