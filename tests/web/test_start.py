"""What the pages say and offer before the first question, and how they are started."""

from __future__ import annotations

import dataclasses
import socket
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from assistant.web import catalogue
from assistant.web.conversation import steps
from assistant.web.desk import fetch
from assistant.web.examples import examples
from assistant.web.languages import words
from assistant.web.server import start
from assistant.web.words_en import EN
from assistant.web.words_zh import ZH
from index.errors import GoujiError
from index.report import Report, Status, card_of

if TYPE_CHECKING:
    from assistant.web.desk import Desk


def test_text_grows_to_the_whole_and_in_few_steps() -> None:
    for text in ("", "短", "一二三四五" * 100):
        grown = list(steps(text))
        assert all(b.startswith(a) for a, b in pairwise(grown))
        assert (grown[-1] if grown else "") == text
        assert len(grown) <= 24


def test_examples_are_made_of_the_reports_that_are_there(good: Report, bad: Report) -> None:
    asked = examples([card_of(bad), card_of(good)], ZH)
    assert asked[0] == "青溪市2021年结转下年度继续办理多少件？"
    assert asked[1] == "临川县2022年结转下年度继续办理多少件？"
    assert len(asked) == 4 and ZH.ask_vague in asked
    assert examples([], ZH) == []


def test_an_empty_store_says_how_to_build_one() -> None:
    assert "gouji build" in catalogue.empty_store(ZH)


def test_both_languages_say_everything() -> None:
    for field in dataclasses.fields(ZH):
        for w in (ZH, EN):
            assert getattr(w, field.name), f"{field.name} is empty in {w.lang}"
    assert set(ZH.statuses) == set(EN.statuses) == set(Status)
    assert ZH.reasons.keys() == EN.reasons.keys()
    assert words("en") is EN and words(None) is ZH


def test_a_port_in_use_is_one_sentence_with_another_port(desk: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(GoujiError, match=str(port)) as caught:
            start(desk, port=port)
    assert f"--port {port + 1}" in caught.value.advice


def test_importing_the_package_imports_no_gradio() -> None:
    code = "import sys, assistant.web; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_report_that_is_not_indexed_is_told_in_a_sentence(desk: Desk) -> None:
    with pytest.raises(GoujiError, match="no longer indexed"):
        fetch(desk, "other")


def test_a_comparison_is_offered_between_reports_of_one_year(good: Report) -> None:
    first = card_of(good)
    other = first.model_copy(update={"body": "乙县", "year": 2020})
    same = first.model_copy(update={"body": "丙县"})
    asked = examples([first, other, same], ZH)
    assert "青溪市2021年和丙县2021年，谁新收的申请多？" in asked
