"""A desk over the sample reports, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Desk
from index.build import build
from index.embed import load_embedder

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all sample reports."""
    folder = tmp_path_factory.mktemp("examples") / "store"
    steps = list(build(sorted(EXAMPLES.glob("*.txt")), folder, load_embedder(None)))
    assert {s.outcome for s in steps} == {"added"}
    return folder


@pytest.fixture
def desk(example_store: Path) -> Desk:
    """A desk over the sample reports."""
    return Desk(example_store)
