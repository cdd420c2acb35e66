"""Questions in words of other varieties of Chinese, and answers in the script of their askers."""

from __future__ import annotations

import pytest

from assistant.answer import Kind, Language
from assistant.ask import Desk
from assistant.lexicon.dialects import in_standard_words


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("唔公开嘅有几多宗", "不公开的有多少宗"),
        ("有冇转咗去下年", "有没有转了去下年"),
        ("边个单位唔给", "哪个单位不给"),
        ("好多件是予以公开的", "多少件是予以公开的"),
        ("政府好多年没有公开", "政府好多年没有公开"),
        ("信息系统呢份报告", "信息系统呢份报告"),
        ("莫得这个信息", "没有这个信息"),
        ("提案建议哪个办得多", "提案建议哪个办得多"),
    ],
)
def test_words_of_dialects_are_read_as_those_of_the_standard_language(said: str, read: str) -> None:
    assert in_standard_words(said) == read


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("雲岫市2021年涉及國家秘密唔公開嘅有幾多宗", "t3.denied_state_secret.total"),
        ("云岫市2021年好多件是部分公开的", "t3.partial.total"),
        ("雲岫市2021年有冇轉咗去下年嘅申請，幾多件", "t3.carried_out.total"),
    ],
)
def test_a_cell_is_found_by_words_of_a_dialect(desk: Desk, question: str, address: str) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.FIGURE, answer.text
    assert [f.address for f in answer.figures] == [address]


def test_an_answer_in_traditional_script_has_the_characters_in_use(desk: Desk) -> None:
    answer = desk.ask("雲岫市2021年予以公開的有幾件")
    assert answer.language is Language.HANT
    assert "核驗" in answer.text
    assert not set(answer.text) & set("覈爲祕羣")
