"""Question banks, graded: the sample reports' own, and the public one over the real reports.

The grader is the one beside the real reports; it decides by value and place, not by wording.
The floors are what was measured; a change that loses a question fails here.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assistant.ask import Desk
from assistant.query import Dialogue
from index.build import build
from index.embed import load_embedder

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"


@pytest.fixture(scope="session")
def grader(shared: Path) -> ModuleType:
    """The grader of answers, loaded from the folder of real reports."""
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def desk_over(reports: list[Path], folder: Path) -> Desk:
    """A desk over some reports."""
    assert {s.outcome for s in build(reports, folder, load_embedder(None))} == {"added"}
    return Desk(folder)


def grade_bank(path: Path, desk: Desk, grader: ModuleType) -> tuple[int, list[str], list[str]]:
    """Number of correct answers, questions answered with a wrong figure, needless refusals."""
    correct, wrong, refused = 0, [], []
    dialogues: dict[Any, Dialogue] = {}
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        talk = None
        if item.get("dialogue") is not None:
            talk = dialogues.setdefault(item["dialogue"], desk.new_dialogue())
        answer = desk.ask(item["question"], talk).to_json()
        right, wrong_figure, over_refusal = grader.grade(item, answer)
        correct += right
        if wrong_figure:
            wrong.append(item["question"])
        if over_refusal:
            refused.append(item["question"])
    return correct, wrong, refused


@pytest.mark.parametrize(
    ("name", "floor", "most_refused"), [("examples-1.jsonl", 112, 5), ("examples-2.jsonl", 71, 8)]
)
def test_questions_over_the_sample_reports(
    name: str, floor: int, most_refused: int, grader: ModuleType, tmp_path: Path
) -> None:
    desk = desk_over(sorted(EXAMPLES.glob("*.txt")), tmp_path / "bank")
    correct, wrong, refused = grade_bank(HERE / name, desk, grader)
    assert wrong == []
    assert correct >= floor
    assert len(refused) <= most_refused, refused


def test_public_questions_over_the_real_reports(
    grader: ModuleType, shared: Path, tmp_path: Path
) -> None:
    desk = desk_over(sorted((shared / "seeds").glob("*.txt")), tmp_path / "bank")
    path = shared / "eval" / "questions_public.jsonl"
    correct, wrong, _ = grade_bank(path, desk, grader)
    assert wrong == []
    assert correct >= 51
