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
def desk_over(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Desk]:
    """A desk over a folder of invented reports that stands beside the banks; each built once.

    ``series`` has seven years of one district, in three forms and four surfaces; ``bodies-N`` ten
    reports of bodies of many kinds, as many offices would write them.
    """

    @cache
    def desk(name: str) -> Desk:
        reports = sorted((HERE / name).iterdir())
        folder = tmp_path_factory.mktemp(name) / "store"
        steps = list(build(reports, folder, load_embedder(None)))
        assert [s.outcome for s in steps] == ["added"] * len(reports)
        return Desk(folder)

    return desk


@pytest.fixture(scope="session")
def run_bank(
    request: pytest.FixtureRequest, desk_over: Callable[[str], Desk]
) -> Callable[[str], list[Graded]]:
    """Answers and grades a bank by its name; each bank once."""

    @cache
    def run(name: str) -> list[Graded]:
        stem = name.removesuffix(".jsonl")
        folders = [f for f in (stem, stem.rpartition("-")[0]) if f and (HERE / f).is_dir()]
        path = HERE / name
        if folders:
            desk = desk_over(folders[0])
        elif path.exists():
            desk = request.getfixturevalue("examples_desk")
        else:
            path = request.getfixturevalue("shared") / "eval" / name
            desk = request.getfixturevalue("real_desk")
        return list(grade_each(read_bank(path), desk))

    return run


def as_items(graded: Sequence[Graded]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Questions and answers as the other grader takes them."""
    return [
        ({"question": g.question, "expect": g.expect}, json.loads(g.answer.model_dump_json()))
        for g in graded
    ]
