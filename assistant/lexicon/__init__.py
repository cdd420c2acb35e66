"""How people ask: words for rows, columns, operations and places, as checked data files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import Field, ValidationError

from index.errors import LexiconError
from index.report import Record

FOLDER = Path(__file__).parent
T = TypeVar("T", bound=Record)
GAP = re.compile(r"\( \\w\+\)\{0,\d\}")
HAN = re.compile("[\u3400-\u9fff]")


class Phrases(Record):
    """Patterns for one key: ``strong`` ones name it by themselves, ``weak`` ones by default."""

    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()


class TermWords(Record):
    """``rows.yaml`` or ``columns.yaml``: table, then key, then patterns."""

    t2: dict[str, Phrases]
    t3: dict[str, Phrases]
    t4: dict[str, Phrases]


class Words(Record):
    """``words.yaml``: operations, small talk, words without content, names of bodies."""

    operations: dict[str, tuple[str, ...]]
    chat: dict[str, tuple[str, ...]]
    ignore: tuple[str, ...]
    particles: str
    singles: str
    vocabulary: tuple[str, ...]
    body_words: dict[str, tuple[str, ...]]
    body_fillers: tuple[str, ...]
    government_names: tuple[str, ...]


class Places(Record):
    """``places.yaml``: names of provinces and cities, without their ending."""

    provinces: tuple[str, ...] = Field(min_length=1)
    cities: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern and what it stands for: ``kind`` is a table or the list's name."""

    kind: str
    key: str
    strong: bool
    regex: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """All patterns, compiled, and the plain lists."""

    rows: tuple[Pattern, ...]
    columns: tuple[Pattern, ...]
    operations: tuple[Pattern, ...]
    chat: tuple[Pattern, ...]
    ignore: tuple[Pattern, ...]
    words: Words
    places: frozenset[str]


@cache
def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Load, check and compile the lexicon.

    Raises:
        LexiconError: a file is missing or malformed, or a pattern does not compile; the error
            names the file and the key.
    """
    rows = _read(folder, "rows.yaml", TermWords)
    columns = _read(folder, "columns.yaml", TermWords)
    words = _read(folder, "words.yaml", Words)
    places = _read(folder, "places.yaml", Places)
    return Lexicon(
        rows=_terms("rows.yaml", rows),
        columns=_terms("columns.yaml", columns),
        operations=_lists("operations", words.operations),
        chat=_lists("chat", words.chat),
        ignore=_lists("ignore", {"ignore": words.ignore}),
        words=words,
        places=frozenset((*places.provinces, *places.cities)),
    )


def _read(folder: Path, name: str, model: type[T]) -> T:
    try:
        data: Any = yaml.load((folder / name).read_text("utf-8"), Loader=yaml.CSafeLoader)
        return model.model_validate(data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise LexiconError(f"词表有误 (malformed): {error}", place=name) from error


def _terms(name: str, words: TermWords) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(table, key, strong, compile_pattern(pattern, f"{name}: {table}.{key}"))
        for table in ("t3", "t2", "t4")
        for key, phrases in getattr(words, table).items()
        for strong, patterns in ((True, phrases.strong), (False, phrases.weak))
        for pattern in patterns
    )


def _lists(name: str, lists: dict[str, tuple[str, ...]]) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(name, key, True, compile_pattern(pattern, f"words.yaml: {name}.{key}"))
        for key, patterns in lists.items()
        for pattern in patterns
    )


def compile_pattern(pattern: str, place: str) -> re.Pattern[str]:
    """Compile a pattern; one without Chinese characters matches whole words only.

    Words that it passes over belong to its gap.
    """
    if HAN.search(pattern) is None:
        if len(GAP.findall(pattern)) == 1:
            pattern = GAP.sub(r"(?P<gap>\g<0>)", pattern)
        pattern = pattern.replace(r"\w+", r"[\w\x00'-]+")  # a masked name counts as a word
        pattern = rf"(?<![a-z])(?:{pattern})(?![a-z])"
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconError(
            f"无效的表达式 (bad pattern) {pattern!r}: {error}", place=place
        ) from error
