"""Quotations: the sentence that is meant, whole, and without the marks before it."""

from __future__ import annotations

import pytest

from assistant.answer import Kind
from assistant.answering.quoting import Sentences, quote
from assistant.ask import Desk
from assistant.lexicon import load_lexicon
from assistant.understanding.asked import ask_text
from tests.index.helpers import report

TEXT = """某县某局2023年政府信息公开工作年度报告
一、总体情况
4.平台建设。
县局建立“主办+复核”双人经办制度，网站栏目减为31个。
** 惠企政策出台后，当日上网，全年公布政策72条。
部门之间口径不一，同一事项在两处栏目写法不同，自查发现16处。
二、主动公开
无。
"""


def first(question: str) -> str:
    """The sentence that fits a question best, as it is quoted."""
    asked = ask_text(question, question, load_lexicon())
    return quote(Sentences(report(TEXT)).score(asked)[0], []).quote


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("双人经办制度那句", "双人经办制度"),
        ("同一事项在两处栏目写法不同的那一句", "自查发现16处"),
        ("平台建设和双人制度", "双人经办制度"),
    ],
)
def test_a_sentence_is_quoted_and_no_heading(question: str, held: str) -> None:
    assert held in first(question)


def test_a_quotation_begins_with_its_words() -> None:
    assert first("惠企政策出台后多久上网").startswith("惠企政策")


def test_words_that_are_quoted_are_sought_as_they_stand(desk: Desk) -> None:
    answer = desk.ask("澜屿市文化广电和旅游局2024年报告里“双人办理制度”整改的那句话，给出原句")
    assert answer.kind is Kind.PASSAGE
    assert "双人办理制度" in answer.passages[0].quote
