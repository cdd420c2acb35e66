"""Numbers of one paragraph: what names the one beside is no word for the number itself."""

from __future__ import annotations

import pytest

from assistant.answer import Kind
from assistant.ask import Desk

OF_ANOTHER = [
    ("云岫市2021年信函申请里予以公开的几件", "letters are one way in, the granted are of all"),
    ("云岫市2021年寄信申请的，最后无法提供的有几件", "the same, said of those not held"),
    (
        "Of the requests Yunxiu received by letter in 2021, how many were granted in full?",
        "the number of letters is not that of the granted",
    ),
    ("澜屿市文化广电和旅游局2024年演出审批类申请部分公开几件", "a topic is not an outcome"),
]


@pytest.mark.parametrize("question", [q for q, _ in OF_ANOTHER], ids=[w for _, w in OF_ANOTHER])
def test_what_came_of_all_is_not_told_of_a_part(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is None, answer.text
    assert answer.kind in (Kind.REFUSAL, Kind.PASSAGE)


def test_the_part_itself_is_stated(desk: Desk) -> None:
    assert desk.ask("云岫市2021年网络申请有几件").value == 402
