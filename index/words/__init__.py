"""Word lists kept as data: names in reports, phrases, words that mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

from pydantic import RootModel

from index.report import Record
from index.words.load import read_words

FILE = Path(__file__).parent / "names.yaml"


class Names(Record):
    """The lists of ``names.yaml``; each is described there."""

    body_endings: tuple[str, ...]
    place_endings: tuple[str, ...]
    line_endings: tuple[str, ...]
    relative: str
    nobody: str
    no_bodies: tuple[str, ...]
    never_within: tuple[str, ...]
    with_branches: tuple[str, ...]
    before_report: tuple[str, ...]
    after_title: tuple[str, ...]
    publisher_labels: tuple[str, ...]
    author_labels: tuple[str, ...]
    source_labels: tuple[str, ...]
    reporting_before: tuple[str, ...]
    reporting_after: tuple[str, ...]
    clause_leads: tuple[str, ...]
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


GLOSSARY = Path(__file__).parent / "glossary.yaml"
LATIN_TOKEN = re.compile(r"[a-z0-9]+")
JOINT = re.compile(r"[ '’/-]*")
"""What may stand between the words of an English phrase."""
LEAST_PLURAL = 4
"""Letters of a word below which a final s is its own."""


class GlossaryLines(Record):
    """``glossary.yaml``: lines of English and Chinese words, parted by ``|``."""

    terms: dict[str, list[str]]
    units: list[str]


@dataclass(frozen=True)
class Glossary:
    """What reports print for English words.

    ``terms`` have phrases, each word in the singular, and their Chinese names; ``units`` English
    words that count something, in the singular, and the measure words for them.
    """

    terms: Mapping[tuple[str, ...], tuple[str, ...]]
    units: Mapping[tuple[str, ...], tuple[str, ...]]

    def find(self, text: str) -> list[tuple[str, tuple[int, int], tuple[str, ...]]]:
        """Phrases of a lower-case text, the longest at each place: their words, span and names."""
        return _phrases(text, self.terms)

    def units_in(self, text: str) -> list[tuple[str, tuple[int, int], tuple[str, ...]]]:
        """The same for words that count something."""
        return _phrases(text, self.units)


@cache
def load_glossary(path: Path = GLOSSARY) -> Glossary:
    """English words and what a report prints for them.

    Raises:
        LexiconError: the file is missing or not made of such lines.
    """
    lines = read_words(path, GlossaryLines)
    return Glossary(
        terms=_translations(chain.from_iterable(lines.terms.values())),
        units=_translations(lines.units),
    )


def _translations(lines: Iterable[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for line in lines:
        members = [part.strip().lower() for part in line.split("|")]
        chinese = [m for m in members if not m.isascii()]
        for member in members:
            if member.isascii():
                found.setdefault(tuple(word for word, _ in _tokens(member)), {}).update(
                    dict.fromkeys(chinese)
                )
    return {phrase: tuple(names) for phrase, names in found.items()}


def _tokens(text: str) -> list[tuple[str, tuple[int, int]]]:
    return [(singular(match[0]), match.span()) for match in LATIN_TOKEN.finditer(text)]


def singular(word: str) -> str:
    """An English word without the ending of its plural; not always a word, always the same."""
    if len(word) < LEAST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _phrases(
    text: str, known: Mapping[tuple[str, ...], tuple[str, ...]]
) -> list[tuple[str, tuple[int, int], tuple[str, ...]]]:
    """Phrases of a text that are known, the longest at each place."""
    tokens, longest = _tokens(text), max(map(len, known), default=0)
    found, at = [], 0
    while at < len(tokens):
        for size in range(min(longest, len(tokens) - at), 0, -1):
            part = tokens[at : at + size]
            names = known.get(tuple(word for word, _ in part))
            if names is not None and _joined(text, part):
                span = part[0][1][0], part[-1][1][1]
                found.append((text[slice(*span)], span, names))
                at += size
                break
        else:
            at += 1
    return found


def _joined(text: str, tokens: Sequence[tuple[str, tuple[int, int]]]) -> bool:
    """Whether nothing but spaces and the like stands between words."""
    between = [text[a[1][1] : b[1][0]] for a, b in pairwise(tokens)]
    return all(JOINT.fullmatch(gap) for gap in between)


def fold_phrases(text: str) -> str:
    """Folded text with Taiwan-style phrases in mainland wording; lengths may change."""
    for phrase, wording in load_phrases():
        if phrase in text:
            text = text.replace(phrase, wording)
    return text
