"""The guard lets no number through that the evidence does not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Kind, Language, numbers_in
from assistant.ask import Desk
from assistant.helping.guard import unsupported


def test_numbers_are_compared_without_separators_and_leading_zeros() -> None:
    assert numbers_in("共 1,163 件，０7 与 98.5%") == {"1163", "7", "98.5"}


@given(st.integers(min_value=0, max_value=10**9))
def test_a_number_is_found_however_it_is_written(value: int) -> None:
    assert numbers_in(f"共{value:,}件") == {str(value)}


def test_an_answer_of_our_own_passes(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年新收多少件")
    assert unsupported(answer, [c.title for c in desk.reports()]) == set()


@pytest.mark.parametrize("lie", ["实为 12345 件", "占 12.345%", "１２３４５ 件"])
def test_a_number_slipped_into_the_words_is_caught(desk: Desk, lie: str) -> None:
    answer = desk.ask("云岫市2021年新收多少件")
    forged = answer.model_copy(update={"text": f"{answer.text}{lie}"})
    assert unsupported(forged, [c.title for c in desk.reports()])


def test_an_answer_without_evidence_may_say_no_number() -> None:
    answer = Answer(kind=Kind.FIGURE, text="6 件", language=Language.HANS)
    assert unsupported(answer) == {"6"}
