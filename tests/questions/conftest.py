"""Desks over the sample reports and the real ones, built once, and what they answered."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assistant.ask import Desk
from assistant.evaluation import Graded, grade_each, read_bank
from index.build import build
from index.storage.embed import load_embedder

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def grader(shared: Path) -> ModuleType:
    """The grader beside the real reports, which the project's own is held against."""
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def examples_desk(example_store: Path) -> Desk:
    """A desk over the sample reports."""
    return Desk(example_store)


@pytest.fixture(scope="session")
def real_desk(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk over the real reports."""
    folder = tmp_path_factory.mktemp("banks") / "seeds"
    reports = sorted((shared / "seeds").glob("*.txt"))
    assert {s.outcome for s in build(reports, folder, load_embedder(None))} == {"added"}
    return Desk(folder)


@pytest.fixture(scope="session")
def series_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk over seven years of one invented district, in three forms and four surfaces."""
    folder = tmp_path_factory.mktemp("series") / "store"
    steps = list(build(sorted((HERE / "series").iterdir()), folder, load_embedder(None)))
    assert [s.outcome for s in steps] == ["added"] * 7
    return Desk(folder)


@pytest.fixture(scope="session")
def run_bank(request: pytest.FixtureRequest) -> Callable[[str], list[Graded]]:
    """Answers and grades a bank by its name; each bank once."""

    @cache
    def run(name: str) -> list[Graded]:
        if (HERE / name).exists():
            desk = "series_desk" if name.startswith("series") else "examples_desk"
            path = HERE / name
        else:
            path, desk = request.getfixturevalue("shared") / "eval" / name, "real_desk"
        return list(grade_each(read_bank(path), request.getfixturevalue(desk)))

    return run


def as_items(graded: Sequence[Graded]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Questions and answers as the other grader takes them."""
    return [
        ({"question": g.question, "expect": g.expect}, json.loads(g.answer.model_dump_json()))
        for g in graded
    ]
