"""The running text of a report as fingerprints, by which what it shares with another is found.

A sentence keeps a *mark*, the same for the same sentence in whatever script, width and
punctuation, and in whatever year. A sentence that is there for its numbers is another one with
other numbers; a number in the midst of many words makes them no new ones. The *clauses* are marked
without numbers. The body's own name counts for nothing, and neither do the set phrases of
``words/narrative.yaml``.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, islice
from typing import NamedTuple

from index.formats import Form
from index.passages import sentences
from index.report import Passage, Span
from index.script import fold, fold_same_length, without_spaces
from index.words import load_names
from index.words.narrative import load_narrative

NARRATIVE = frozenset({1, 5, 6})
"""Sections of running text where no form says which they are."""
SHORTEST = 12
"""Characters, without set phrases, of a sentence that is the report's own."""
SHORTEST_CLAUSE = 6
"""The same of a clause, without its numbers."""
WORDS_A_NUMBER = 20
"""Characters of words beside each number that make a sentence one of words, not of numbers."""
MARK_BYTES = 8
SHORT_MARK = 0xFFFFFFFF
"""Bits of a clause's mark."""
COLUMNS = ("passages", "numbers", "starts", "ends", "marks", "counts")
"""What a narrative has of each sentence, in the order of its columns."""
NOT_WORDS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff%]+")
DIGITS = re.compile(r"[0-9]+")
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
STOPS = re.compile(r"[,;:。!?]")


class Sentence(NamedTuple):
    """A sentence of the narrative: its passage, its place in that from 1, its span, its marks."""

    passage: int
    number: int
    span: Span
    mark: int
    clauses: tuple[int, ...]

    @property
    def address(self) -> str:
        """``prose.p12.s3``, the sentence's name within its report."""
        return f"prose.p{self.passage}.s{self.number}"


@dataclass(frozen=True, slots=True)
class Narrative:
    """Sentences of a report that are its own, one in each place of the columns.

    Held in columns of machine numbers, so that those of thousands of reports fit into memory.
    ``counts`` says how many of the ``clauses``, in their order, are a sentence's.
    """

    passages: array[int]
    numbers: array[int]
    starts: array[int]
    ends: array[int]
    marks: array[int]
    counts: array[int]
    clauses: array[int]

    def __len__(self) -> int:
        return len(self.marks)

    def __iter__(self) -> Iterator[Sentence]:
        columns = (getattr(self, name) for name in COLUMNS)
        clauses = iter(self.clauses)
        for passage, number, start, end, mark, count in zip(*columns, strict=True):
            own = tuple(islice(clauses, count))
            yield Sentence(passage, number, (start, end), mark, own)


def narrative_of(passages: Iterable[Passage], form: Form | None, body: str | None) -> Narrative:
    """The narrative of a report from its passages, those of sections that are no tables.

    ``body`` is the name that is taken out; None takes none out.
    """
    kept = {s.number for s in form.sections if s.kind == "text"} if form else NARRATIVE
    names, found = _names_of(body), []
    for passage in passages:
        if passage.section not in kept:
            continue
        folded, first = fold_same_length(passage.text), passage.span[0]
        for number, (start, end) in enumerate(sentences(passage.text), 1):
            own = _own(folded[start:end], names)
            words = _words(own)
            if len(words) < SHORTEST:
                continue
            span, clauses = (first + start, first + end), tuple(_clauses(own))
            found.append(Sentence(passage.number, number, span, mark_of(words), clauses))
    return Narrative(
        passages=array("H", (s.passage for s in found)),
        numbers=array("H", (s.number for s in found)),
        starts=array("I", (s.span[0] for s in found)),
        ends=array("I", (s.span[1] for s in found)),
        marks=array("Q", (s.mark for s in found)),
        counts=array("H", (len(s.clauses) for s in found)),
        clauses=array("I", chain.from_iterable(s.clauses for s in found)),
    )


def mark_of(text: str) -> int:
    """A fingerprint of 64 bits, the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=MARK_BYTES).digest())


def _own(folded: str, names: re.Pattern[str] | None) -> str:
    """A folded sentence without what is nobody's own: set phrases, list marks, years, the body."""
    patterns = load_narrative()
    text = patterns.set_phrases.sub("", without_spaces(folded).text)
    text = patterns.year.sub("年", patterns.list_marks.sub("", text))
    return names.sub("", text) if names else text


def _words(own: str) -> str:
    """What makes a sentence the same one: its words, and its numbers if it is of numbers."""
    words, numbers = NOT_WORDS.sub("", own), len(NUMBER.findall(own))
    bare = DIGITS.sub("", words)
    return bare if len(bare) >= WORDS_A_NUMBER * numbers else words


def _clauses(own: str) -> Iterator[int]:
    for clause in STOPS.split(own):
        text = DIGITS.sub("", NOT_WORDS.sub("", load_narrative().list_marks.sub("", clause)))
        if len(text) >= SHORTEST_CLAUSE:
            yield mark_of(text) & SHORT_MARK


def _names_of(body: str | None) -> re.Pattern[str] | None:
    """What finds the body's name, or the place that it begins with."""
    if not body:
        return None
    name = fold(body).text
    endings = "|".join(map(re.escape, load_names().place_endings))
    place = re.match(rf"([\u3400-\u9fff]{{2,6}}?)(?:{endings})", name)
    names = [name, *((place[0], place[1]) if place else ())]
    return re.compile("|".join(map(re.escape, names)))
