"""``document.yaml``: words for the checks on a report as a document, compiled when first used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import field_validator

from index.record import Record
from index.report import Confidence
from index.words.load import compile_words
from index.words.patterns import any_of

FILE = Path(__file__).parent / "document.yaml"
Kind = Literal["township", "office", "other", "government", "department"]


class FeeWords(Record):
    """How a report speaks of the fee for processing information."""

    about: tuple[str, ...]
    other: tuple[str, ...]
    no_notice: tuple[str, ...]
    nothing: str


class PublishedWords(Record):
    """What stands before the day of publication; ``labels`` surest first."""

    labels: tuple[tuple[str, ...], tuple[str, ...]]
    beside: tuple[str, ...]
    bare: tuple[str, ...]


class BodyEndings(Record):
    """A kind of bodies and how their names end."""

    kind: Kind
    ends: tuple[str, ...]


class SignWords(Record):
    """What tells a report that was not recognised from other text; ``names`` in lower case."""

    words: tuple[str, ...]
    names: tuple[str, ...]


class DocumentWords(Record):
    """The lists of ``document.yaml``; each is described there."""

    sections: dict[int, tuple[str, ...]]
    topics: dict[str, tuple[str, ...]]
    fee: FeeWords
    phrases: dict[str, tuple[str, ...]]
    date: str
    number: str
    mark: str
    published: PublishedWords
    bodies: tuple[BodyEndings, ...]
    deadlines: dict[Kind, tuple[int, int]]
    signs: SignWords

    @field_validator("deadlines")
    @classmethod
    def _are_days(cls, days: dict[Kind, tuple[int, int]]) -> dict[Kind, tuple[int, int]]:
        for month, day in days.values():
            date(2001, month, day)
        return days


Pattern = re.Pattern[str]


@dataclass(frozen=True)
class DocumentGrammar:
    """The lists, and the patterns made of them.

    ``matter``: by section, what a heading of it has in it. ``dated``: what stands before a
    day of publication, and how sure that makes it.
    """

    words: DocumentWords
    matter: dict[int, Pattern]
    topics: dict[str, Pattern]
    fee: Pattern
    other_fee: Pattern
    no_notice: Pattern
    nothing: Pattern
    set_phrase: Pattern
    date: Pattern
    number: Pattern
    mark: Pattern
    dated: tuple[tuple[Pattern, Confidence], ...]
    speaks_of_reports: Pattern
    other_names: frozenset[str]


@cache
def load_document_words(path: Path = FILE) -> DocumentGrammar:
    """Load, check and compile.

    Raises:
        LexiconError: the file is missing or malformed, or has a pattern that does not compile.
    """
    return compile_words(path, DocumentWords, _compiled)


def _compiled(words: DocumentWords) -> DocumentGrammar:
    return DocumentGrammar(
        words=words,
        matter={n: re.compile(any_of(found)) for n, found in words.sections.items()},
        topics={name: _either(found) for name, found in words.topics.items()},
        fee=_either(words.fee.about),
        other_fee=re.compile(any_of(words.fee.other)),
        no_notice=_either(words.fee.no_notice),
        nothing=re.compile(words.fee.nothing),
        set_phrase=re.compile(any_of(p for group in words.phrases.values() for p in group)),
        date=re.compile(words.date),
        number=re.compile(words.number),
        mark=re.compile(words.mark),
        dated=_dated(words.published),
        speaks_of_reports=re.compile(any_of(words.signs.words)),
        other_names=frozenset(words.signs.names),
    )


def _either(patterns: tuple[str, ...]) -> Pattern:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _dated(words: PublishedWords) -> tuple[tuple[Pattern, Confidence], ...]:
    """Patterns of what stands before a date in its line, surest first."""
    published, made = (rf"(?P<label>{any_of(labels)})\s*[:：]?\s*$" for labels in words.labels)
    bare = rf"^(?=.*{any_of(words.beside)}).*?(?P<label>{any_of(words.bare)})\s*[:：]\s*$"
    return (
        (re.compile(published), Confidence.CERTAIN),
        (re.compile(bare), Confidence.CERTAIN),
        (re.compile(made), Confidence.LIKELY),
    )
