"""``lookalikes.yaml``: names that slips are looked for within, and characters of like shape."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.lexicon import FOLDER
from index.record import Record
from index.words.load import compile_words


class Words(Record):
    """The lists of ``lookalikes.yaml``."""

    names: tuple[str, ...]
    shapes: tuple[str, ...]


@dataclass(frozen=True)
class Lookalikes:
    """Names, the longest first, and for each character those that it is taken for."""

    names: tuple[str, ...]
    shapes: dict[str, frozenset[str]]


@cache
def load_lookalikes(path: Path = FOLDER / "lookalikes.yaml") -> Lookalikes:
    """The names and the characters.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return compile_words(path, Words, _compiled)


def _compiled(words: Words) -> Lookalikes:
    shapes: dict[str, frozenset[str]] = {}
    for group in words.shapes:
        for character in group:
            shapes[character] = shapes.get(character, frozenset()) | frozenset(group)
    return Lookalikes(tuple(sorted(words.names, key=len, reverse=True)), shapes)
