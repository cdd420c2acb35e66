"""``drafting.yaml``: whether a question asks for a part of a report to be drafted, and which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from assistant.lexicon import FOLDER
from index.record import Record
from index.script import fold
from index.words.load import compile_words


class Words(Record):
    """The entries of ``drafting.yaml``; each is described there."""

    asks: tuple[str, ...]
    but: str = Field(alias="not")
    topics: dict[str, str]
    sections: dict[int, str]
    report: str


@dataclass(frozen=True)
class Patterns:
    """The same, compiled."""

    asks: re.Pattern[str]
    but: re.Pattern[str]
    topics: dict[str, re.Pattern[str]]
    sections: dict[int, re.Pattern[str]]
    report: re.Pattern[str]


@dataclass(frozen=True)
class Wanted:
    """The part of a report that is to be drafted.

    ``section`` None: all of it; ``topic`` "": the whole section.
    """

    section: int | None
    topic: str = ""


@cache
def load_drafting(path: Path = FOLDER / "drafting.yaml") -> Patterns:
    """The patterns of the file.

    Raises:
        LexiconError: the file is missing or malformed, or a pattern does not compile.
    """
    return compile_words(path, Words, _compiled)


def _compiled(words: Words) -> Patterns:
    return Patterns(
        asks=re.compile("|".join(words.asks)),
        but=re.compile(words.but),
        topics={name: re.compile(pattern) for name, pattern in words.topics.items()},
        sections={number: re.compile(pattern) for number, pattern in words.sections.items()},
        report=re.compile(words.report),
    )


def wanted_draft(question: str) -> Wanted | None:
    """What a question asks to be drafted; None where it asks for something else."""
    words, folded = load_drafting(), fold(question).text.lower().strip()
    if not words.asks.search(folded) or words.but.search(folded):
        return None
    for number, pattern in words.sections.items():
        if pattern.search(folded):
            return Wanted(number)
    for topic, pattern in words.topics.items():
        if pattern.search(folded):
            return Wanted(1, topic)
    return Wanted(None) if words.report.search(folded) else None
