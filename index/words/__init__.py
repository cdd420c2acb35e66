"""Word lists kept as data: names in reports, phrases, words that mean the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from pydantic import RootModel

from index.report import Record
from index.words.load import read_words

FILE = Path(__file__).parent / "names.yaml"


class Names(Record):
    """The lists of ``names.yaml``; each is described there."""

    body_endings: tuple[str, ...]
    place_endings: tuple[str, ...]
    opening_verbs: tuple[str, ...]
    spam: tuple[str, ...]
    generic_names: tuple[str, ...]


@cache
def load_names(path: Path = FILE) -> Names:
    """Load and check the word lists.

    Raises:
        LexiconError: the file is missing, malformed, or has an unknown or missing list.
    """
    return read_words(path, Names)


PHRASES = Path(__file__).parent / "phrases.yaml"


@cache
def load_phrases(path: Path = PHRASES) -> tuple[tuple[str, str], ...]:
    """Pairs of a Taiwan-style phrase and its mainland wording, longest first.

    Raises:
        LexiconError: the file is missing or no mapping of text to text.
    """
    return tuple(sorted(read_words(path, dict[str, str]).items(), key=lambda pair: -len(pair[0])))


class Lines(RootModel[list[str] | dict[str, list[str]]]):
    """Lines of words that mean much the same, perhaps in groups with a name."""

    def lines(self) -> Iterator[str]:
        """All lines, whatever their group."""
        groups = [self.root] if isinstance(self.root, list) else self.root.values()
        return chain.from_iterable(groups)


SYNONYMS = tuple(Path(__file__).parent / name for name in ("synonyms.yaml", "english.yaml"))


@cache
def load_synonyms(paths: tuple[Path, ...] = SYNONYMS) -> dict[str, tuple[str, ...]]:
    """What else a word may be called in a report, in simplified Chinese; keys are lower case.

    A word is in all groups that hold it, Chinese or English; of a group only the Chinese members
    are given, because reports are in Chinese.

    Raises:
        LexiconError: a file is missing, or not made of lines of words parted by ``|``.
    """
    found: dict[str, dict[str, None]] = {}
    for path in paths:
        for line in read_words(path, Lines).lines():
            members = [part.strip().lower() for part in line.split("|")]
            chinese = [m for m in members if not m.isascii()]
            for member in members:
                found.setdefault(member, {}).update(dict.fromkeys(chinese))
    return {word: tuple(m for m in mates if m != word) for word, mates in found.items()}


def fold_phrases(text: str) -> str:
    """Folded text with Taiwan-style phrases in mainland wording; lengths may change."""
    for phrase, wording in load_phrases():
        if phrase in text:
            text = text.replace(phrase, wording)
    return text
