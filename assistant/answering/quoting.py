"""Which sentences of the reports a question asks for: ranked, and cut to what is quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import DIGITS, CitedPassage
from assistant.answering.evidence import cite_passage
from assistant.answering.search import marked
from assistant.understanding.asked import Asked
from assistant.words.likeness import Lines, plain, rarity
from index.passages import sentences
from index.report import Passage, Report, Span

HAN = re.compile("[\u3400-\u9fff]")
ADDRESS = re.compile(r"://|\w/\w+/\w")
LONGEST = 380
"""Characters of a quotation, unless one sentence is longer."""
LEAST = 0.01
"""Score of a sentence that is asked for by its kind alone."""
WORD_FOR_WORD, WITH_NUMBERS = 1.0, 0.3
"""What it adds that a sentence holds all that the question quotes, and numbers if they are asked
for."""
SINGLE = 0.4
"""What a single character counts, compared with a word."""
SEVERAL = 3
"""Numbers of a sentence that is full of them."""
OF_PASSAGE = 0.25
"""What a word counts that only stands elsewhere in the paragraph."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a report's running text: its passage, its place, and how well it fits."""

    report: Report
    passage: Passage
    span: Span
    score: float


class Sentences:
    """The sentences of one report, prepared for being asked about."""

    def __init__(self, report: Report) -> None:
        """Cut the passages into sentences."""
        self.report = report
        self.places = [
            (passage, span)
            for passage in report.passages
            for span in sentences(passage.text, passage.span[0])
            if _of_words(report.text[slice(*span)])
        ]
        self._lines = Lines([report.text[slice(*span)] for _, span in self.places])
        self._around = Lines([passage.text for passage, _ in self.places])

    @property
    def words(self) -> frozenset[str]:
        """The words of the report's running text."""
        return self._lines.words

    def score(self, asked: Asked) -> list[Sentence]:
        """All sentences with the share of the question they hold, the best first."""
        import numpy as np

        if not (asked.words or asked.quoted) or not self.places:
            return []
        certain = [self._certain(text, asked) for text in self._lines.texts]
        if not asked.words:
            return self._scored(certain)
        own = self._lines.likeness(asked.words)
        around = self._around.likeness(asked.words) * OF_PASSAGE
        weights = rarity(own)
        weights[[len(word[0]) == 1 for word in asked.words]] *= SINGLE
        scores = np.maximum(own, around) @ weights / weights.sum() + certain
        return self._scored(scores.tolist())

    def _scored(self, scores: Sequence[float]) -> list[Sentence]:
        scored = [
            Sentence(self.report, passage, span, score)
            for (passage, span), score in zip(self.places, scores, strict=True)
        ]
        return sorted(scored, key=lambda s: -s.score)

    @staticmethod
    def _certain(text: str, asked: Asked) -> float:
        """What speaks for a sentence besides its words: words quoted from it, numbers."""
        held = sum(plain(name) in text for name in asked.quoted)
        result = WORD_FOR_WORD * held / len(asked.quoted) if held else 0.0
        if asked.numbers:
            result += WITH_NUMBERS * min(len(DIGITS.findall(text)) / SEVERAL, 1)
        return result

    def of(self, asked: Asked, fits: Callable[[Passage], bool]) -> list[Sentence]:
        """The sentences of some passages, the best first, else in reading order."""
        scored = {s.span: s for s in self.score(asked)}
        found = [
            scored.get(span) or Sentence(self.report, passage, span, 0.0)
            for passage, span in self.places
            if fits(passage)
        ]
        return [replace(s, score=max(s.score, LEAST)) for s in _by_score(found)]


def _of_words(text: str) -> bool:
    """Whether a sentence is one, and no address of a page or a file."""
    return ADDRESS.search(text) is None or len(HAN.findall(text)) * 3 > len(text)


def _by_score(found: Sequence[Sentence]) -> list[Sentence]:
    return sorted(found, key=lambda s: -s.score)


def widen(best: Sentence, same: Sequence[Sentence]) -> Sentence:
    """A sentence with its neighbours in the passage, as far as a quotation may be long.

    ``same`` are the sentences of its passage. The neighbour that fits better is taken first.
    """
    ordered = sorted(same, key=lambda s: s.span)
    first = last = next(i for i, s in enumerate(ordered) if s.span == best.span)
    while True:
        options = [
            (ordered[i].score, i)
            for i in (first - 1, last + 1)
            if 0 <= i < len(ordered)
            and max(ordered[last].span[1], ordered[i].span[1])
            - min(ordered[first].span[0], ordered[i].span[0])
            <= LONGEST
        ]
        if not options:
            return replace(best, span=(ordered[first].span[0], ordered[last].span[1]))
        _, chosen = max(options)
        first, last = min(first, chosen), max(last, chosen)


def quote(sentence: Sentence, words: Sequence[str]) -> CitedPassage:
    """A sentence as a quotation, with the asked words marked."""
    report, span = sentence.report, sentence.span
    return cite_passage(report, sentence.passage, span, marked(" ".join(words), report.text, span))
