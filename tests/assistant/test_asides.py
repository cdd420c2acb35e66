"""What is said of the asker asks for nothing; what narrows the question never passes for it."""

from __future__ import annotations

import pytest

from assistant.lexicon import load_lexicon
from assistant.understanding.asides import asides
from assistant.words.folding import fold_question


def _asides(question: str) -> list[str]:
    folded = fold_question(question)
    return [folded[slice(*span)] for span in asides(folded, load_lexicon())]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("我女儿写作业要用：云岫2021年结转下年度几件", ["我女儿写作业要用"]),
        ("云岫2021年新收多少件，巡察组催着要", ["巡察组催着要"]),
        ("主编让我核实云岫2021年行政处罚多少件", ["主编让我核实"]),
        ("特急：云岫2021年规章废止几件，给个准数就行", ["特急", "给个准数就行"]),
        ("群里有人说是五千件，云岫2021年新收到底几件", ["群里有人说是五千件"]),
        ("My editor is waiting: how many requests did Yunxiu refuse?", ["my editor is waiting"]),
    ],
)
def test_clauses_about_the_asker_are_found(question: str, said: list[str]) -> None:
    assert _asides(question) == said


@pytest.mark.parametrize(
    "question",
    [
        "我们寄来的，云岫2021年新收几件",
        "网上提交的，云岫2021年新收几件",
        "热线，云岫2021年收到多少件",
        "用于治水的，云岫2021年收了多少费",
        "上半年，云岫2021年新收几件",
        "老师提的，云岫2021年新收几件",
        "平均办理用时，云岫2021年和2022年各是多少",
        "我要的是全市口径，云岫2021年公开了几条",
        "我们申请被拒，云岫2021年一共多少件",
    ],
)
def test_what_narrows_a_question_is_none(question: str) -> None:
    assert _asides(question) == []


def test_a_question_is_never_all_aside() -> None:
    assert _asides("领导急着要") == []
