"""Question banks, graded: the sample reports' own, and the public one over the real reports.

floors.yaml has what was measured; a change that loses a question or states a wrong figure more
fails here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assistant.ask import Desk
from assistant.evaluation import Graded, grade_each, tally
from tests.questions.paraphrases import sample

HERE = Path(__file__).parent
FLOORS = yaml.safe_load((HERE / "floors.yaml").read_text("utf-8"))
BANKS = [name for name in FLOORS if name.endswith(".jsonl")]
PATH = re.compile(r"(?<![\w.])/(?:[\w.-]+/)+|https?:|[A-Z]:\\")


def holds(name: str, graded: list[Graded]) -> None:
    """Whether what was answered reaches the floors of a bank."""
    floor, (*_, total) = FLOORS[name], tally(graded)
    wrong = [f"{g.id} {g.question}" for g in graded if g.verdict.wrong_figure]
    refused = [f"{g.id} {g.question}" for g in graded if g.verdict.needless_refusal]
    assert total.n == floor["n"]
    assert len(wrong) <= floor["wrong_figures"], wrong
    assert total.correct >= floor["correct"], refused


@pytest.mark.slow
@pytest.mark.parametrize("name", BANKS)
def test_a_bank_reaches_its_floors(name: str, run_bank: Callable[[str], list[Graded]]) -> None:
    holds(name, run_bank(name))


@pytest.mark.slow
def test_a_sample_of_the_paraphrases_reaches_its_floors(examples_desk: Desk) -> None:
    questions = sample(FLOORS["paraphrases"]["n"])
    holds("paraphrases", list(grade_each(questions, examples_desk)))


def test_every_bank_has_floors_and_holds_no_path() -> None:
    banks = sorted(HERE.glob("*.jsonl"))
    assert {path.name for path in banks} <= set(FLOORS)
    assert [path.name for path in banks if PATH.search(path.read_text("utf-8"))] == []
