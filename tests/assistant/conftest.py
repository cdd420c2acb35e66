"""A desk over the sample reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Desk


@pytest.fixture
def desk(example_store: Path) -> Desk:
    """A desk over the sample reports."""
    return Desk(example_store)
