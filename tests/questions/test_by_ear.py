"""Rows and columns as people say them: each is heard, and none as its neighbour."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import yaml

from assistant.ask import Desk
from assistant.lexicon import load_lexicon
from assistant.query import PROSE, Dialogue, Measure
from assistant.understanding.context import Context
from assistant.understanding.question import understand

SAID: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "by_ear.yaml").read_text(encoding="utf-8")
)
USUAL = {"t3": "total", "t4": "total"}
USUAL_OF_ROW = {"rules": "in_force", "normative_docs": "in_force", "fees": "amount"}
SAMPLE = 5
"""Every so many of the sayings of a row are asked in the quick tests."""


LONG = 240
"""Characters of a text that says one word again and again …"""
SECONDS = 3
"""… and processor time within which every pattern must be through with it."""


def question(address: str, said: str, language: str) -> str:
    """A question for one cell of the sample report of Yunxiu, 2021."""
    table, row = address.split(".")[:2]
    if language == "en":
        asked = f"What was the {said}" if row == "fees" else f"How many {said}"
        return f"{asked} in Yunxiu in 2021?"
    noun = table == "t3" and not said.endswith(("的", "了"))
    asked = "多少钱" if row == "fees" else "是多少" if noun else "有几件"
    return f"云岫市2021年{said}{asked}"


def address_of(measure: Measure) -> str:
    """A cell that is asked for, the usual column of its row written out."""
    usual = USUAL.get(measure.table) or USUAL_OF_ROW.get(measure.row, "decisions")
    return f"{measure.table}.{measure.row}.{measure.column or usual}"


def heard(desk: Desk, asked: str) -> list[str]:
    """The cells that a question is understood to ask for; none where it is left to the text."""
    context = Context(desk.shelf.directory(), load_lexicon())
    measures = understand(asked, Dialogue(), context).measures
    return [address_of(m) for m in measures if m.table != PROSE]


def misheard(desk: Desk, address: str, step: int) -> dict[str, list[str]]:
    """Sayings of a row that are not heard as it, and what they are heard as."""
    whole = address if address.count(".") > 1 else f"{address}.total"
    found = {}
    for language, sayings in SAID[address].items():
        for said in sayings[::step]:
            cells = heard(desk, question(address, said, language))
            if cells != [whole]:
                found[said] = cells
    return found


@pytest.mark.parametrize("address", SAID)
def test_some_sayings_are_heard(examples_desk: Desk, address: str) -> None:
    assert misheard(examples_desk, address, SAMPLE) == {}


@pytest.mark.slow
@pytest.mark.parametrize("address", SAID)
def test_every_saying_is_heard(examples_desk: Desk, address: str) -> None:
    assert misheard(examples_desk, address, 1) == {}


@pytest.mark.parametrize(
    "said",
    [
        "难以提供的申请有几件",
        "老是来申请同一样东西的人有几个",
        "申请人又不想要了、把申请取消的有几件",
        "补发过一遍的申请有几件",
    ],
)
def test_what_became_of_requests_is_not_said_of_all_of_them(examples_desk: Desk, said: str) -> None:
    assert "t3.new.total" not in heard(examples_desk, f"云岫市2021年{said}")


@pytest.mark.parametrize(
    "said", ["requests sunk by the applicants", "requests looked at twice", "requests never filed"]
)
def test_what_became_of_requests_is_not_said_of_all_in_english(
    examples_desk: Desk, said: str
) -> None:
    assert "t3.new.total" not in heard(examples_desk, f"How many {said} in Yunxiu in 2021?")


def test_no_word_of_the_lexicon_takes_long() -> None:
    patterns = (*load_lexicon().rows, *load_lexicon().columns)
    assert not [p.key for p in patterns if re.search(r"\)[*+]\)[*+]", p.regex.pattern)]
    for word in ("因为", "没有", "申请", "公开", "一直", "说是", "期限内的", "request ", "not "):
        begun = time.process_time()
        for pattern in patterns:
            pattern.regex.findall(word * (LONG // len(word)))
        assert time.process_time() - begun < SECONDS, word
