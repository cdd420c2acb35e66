"""``bodies.yaml``: which names of bodies are one name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.record import Record
from index.words.load import read_words

FILE = Path(__file__).parent / "bodies.yaml"


class BodyNames(Record):
    """The lists of ``bodies.yaml``; each is described there."""

    spellings: tuple[tuple[str, ...], ...]
    places_with_government: tuple[str, ...]
    places_without_government: tuple[str, ...]

    @property
    def government(self) -> str:
        """How the name of a government ends, in full."""
        return self.spellings[0][0]

    @property
    def full(self) -> tuple[tuple[str, str], ...]:
        """(spelling, full one), the longest spelling first, the full ones too."""
        pairs = [(short, group[0]) for group in self.spellings for short in group]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def load_body_names(path: Path = FILE) -> BodyNames:
    """The lists of the file.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return read_words(path, BodyNames)
