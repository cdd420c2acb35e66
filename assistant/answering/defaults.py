"""What is taken as asked where a question does not say it: the columns of ``defaults.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.lexicon import FOLDER
from index.report import Record
from index.words.load import read_words


class _Columns(Record):
    t2: dict[str, tuple[str, ...]]
    annex: tuple[str, ...]


class _Nearby(Record):
    columns: dict[str, dict[str, tuple[str, ...]]]
    rows: dict[str, dict[str, tuple[str, ...]]]


class Defaults(Record):
    """``defaults.yaml``: columns asked for silently, columns alike, and what else may be meant."""

    columns: _Columns
    alike: dict[str, tuple[str, ...]]
    nearby: _Nearby


@cache
def load_defaults(path: Path = FOLDER / "defaults.yaml") -> Defaults:
    """Load the default columns.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return read_words(path, Defaults)
