"""Word lists for recognising reports, kept as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from index.errors import LexiconError
from index.report import Record

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
    try:
        return Names.model_validate(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise LexiconError(f"词表有误 (malformed): {error}", place=path.name) from error


PHRASES = Path(__file__).parent / "phrases.yaml"


@cache
def load_phrases(path: Path = PHRASES) -> tuple[tuple[str, str], ...]:
    """Pairs of a Taiwan-style phrase and its mainland wording, longest first.

    Raises:
        LexiconError: the file is missing or no mapping of text to text.
    """
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"词表有误 (malformed): {error}", place=path.name) from error
    if not isinstance(data, dict) or not all(
        isinstance(k, str) and isinstance(v, str) for k, v in data.items()
    ):
        raise LexiconError("词表应为 词: 词 (a mapping of text to text).", place=path.name)
    return tuple(sorted(data.items(), key=lambda pair: -len(pair[0])))


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
        try:
            data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        except (OSError, yaml.YAMLError) as error:
            raise LexiconError(f"词表有误 (malformed): {error}", place=path.name) from error
        lines = data if isinstance(data, list) else [x for group in data.values() for x in group]
        if not all(isinstance(line, str) for line in lines):
            raise LexiconError("每行应为 词 | 词 (lines of words).", place=path.name)
        for line in lines:
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
