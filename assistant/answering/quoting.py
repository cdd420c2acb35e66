"""Which sentences of the reports a question asks for: ranked, and cut to what is quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from assistant.answer import DIGITS, CitedPassage
from assistant.answering.evidence import cite_passage
from assistant.answering.problems import PLAN, Listed, kinds_asked, only_asks
from assistant.answering.search import marked
from assistant.understanding.asked import Asked, Term
from assistant.words.likeness import Lines, plain, rarity
from index.formats import load_forms
from index.passages import sentences
from index.report import Passage, Report, Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

HAN = re.compile("[\u3400-\u9fff]")
ADDRESS = re.compile(r"://|\w/\w+/\w")
QUOTES = re.compile('[“”"「」『』‘’]')
MARKS = re.compile(r"[\s*#>•·●■◆▪–-]+(?=\S)")
"""Marks at the beginning of a line that are no part of what it says."""
HEADING = re.compile(
    r"\s*[(（]?[一二三四五六七八九十\d]+[)）.、．]\s*[\u3400-\u9fff、和与及]{2,14}[。:：]?\s*$"
)
"""A heading that stands as a sentence: 4.平台建设。"""
REPORT_TITLE = re.compile(r"[^，。；：,;:]{2,60}报告")
LONGEST = 380
"""Characters of a quotation, unless one sentence is longer."""
LEAST = 0.01
"""Score of a sentence that is asked for by its kind alone."""
WORD_FOR_WORD, WITH_NUMBERS = 1.0, 0.3
"""What it adds that a sentence holds all that the question quotes, and numbers if they are asked
for."""
IN_A_ROW, ROW = 0.6, 4
"""What it adds that a sentence holds all characters of the question, as many in a row as this."""
PREAMBLE = 0.05
"""What it costs a sentence that it stands before the first section."""
ONLY_A_HEADING, ANNOUNCED = 0.3, 1.0
"""What it costs a sentence that is only a heading, and one that only says what the report holds."""
ANSWERED = 0.8
"""What a word counts for a measure that stands in the problem it answers to."""
SINGLE = 0.4
"""What a single character counts, compared with a word."""
SEVERAL = 3
"""Numbers of a sentence that is full of them."""
OF_SENTENCE, OF_PASSAGE = 0.6, 0.25
"""What a word counts that only stands elsewhere in the sentence, or in the paragraph."""


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
        """Cut the passages into sentences, and these into what they list."""
        self.report = report
        self.places = [
            (passage, span)
            for passage in report.passages
            for whole in sentences(passage.text, passage.span[0])
            if _of_words(report.text[slice(*(span := _without_marks(report.text, whole)))])
        ]
        texts = [report.text[slice(*span)] for _, span in self.places]
        self._lines = Lines(texts)
        self._around = Lines([passage.text for passage, _ in self.places])
        self._listed = Listed(texts, [passage for passage, _ in self.places])
        self._costs = [
            _cost(text, passage)
            for text, (passage, _) in zip(self._lines.texts, self.places, strict=True)
        ]

    @property
    def words(self) -> frozenset[str]:
        """The words of the report's running text."""
        return self._lines.words

    @property
    def section_of_problems(self) -> int | None:
        """The number of the section of problems; None where there is none."""
        return self._listed.section

    def score(self, asked: Asked) -> list[Sentence]:
        """All sentences with the share of the question they hold, the best first.

        Of a sentence that is a list, the item counts that fits best.
        """
        import numpy as np

        words = [word for word in asked.words if not only_asks(word[0])]
        if not self.places or not (words or asked.words or asked.quoted or kinds_asked(asked)):
            return []
        certain = np.array([self._certain(text, asked) for text in self._lines.texts])
        told = self._listed.told(asked)
        best = np.full(len(self.places), -np.inf)
        if words:
            told = told + self._held(words, asked)
        np.maximum.at(best, self._listed.sentence_of, told)
        return self._scored((best + certain - self._costs).tolist())

    def _held(self, words: Sequence[Term], asked: Asked) -> npt.NDArray[np.float64]:
        """The share of the asked words that each item holds, with what stands round it."""
        import numpy as np

        whole = self._lines.likeness(words)
        weights = rarity(whole)
        weights[[len(word[0]) == 1 for word in words]] *= SINGLE
        around = np.maximum(whole * OF_SENTENCE, self._around.likeness(words) * OF_PASSAGE)
        own = self._listed.lines.likeness(words)
        if PLAN in kinds_asked(asked):
            for measure, problem in self._listed.answers:
                own[measure] = np.maximum(own[measure], own[problem] * ANSWERED)
        held = np.maximum(own, around[self._listed.sentence_of])
        return np.asarray(held @ weights / weights.sum(), dtype=np.float64)

    def _scored(self, scores: Sequence[float]) -> list[Sentence]:
        scored = [
            Sentence(self.report, passage, span, score)
            for (passage, span), score in zip(self.places, scores, strict=True)
        ]
        return sorted(scored, key=lambda s: -s.score)

    @staticmethod
    def _certain(text: str, asked: Asked) -> float:
        """What speaks for a sentence besides its words: words quoted from it, numbers."""
        bare = QUOTES.sub("", text)
        held = sum(plain(name) in bare for name in asked.quoted)
        result = WORD_FOR_WORD * held / len(asked.quoted) if held else 0.0
        result += IN_A_ROW * _in_common(asked.said, text)
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


def _cost(text: str, passage: Passage) -> float:
    """What it costs a sentence that it is a heading, an announcement, or in the preamble."""
    heading = ONLY_A_HEADING * bool(HEADING.match(text))
    return heading + ANNOUNCED * _announces(text) + PREAMBLE * (passage.section == 0)


def _announces(text: str) -> bool:
    """Whether a sentence only says what the report is or holds: titles, its own or of sections."""
    titles = sum(title in text for title in _titles())
    return titles >= SEVERAL or REPORT_TITLE.fullmatch(text) is not None


@cache
def _titles() -> frozenset[str]:
    """The titles of sections, folded."""
    return frozenset(
        plain(title)
        for form in load_forms()
        for section in form.sections
        for title in (section.title, *section.aliases)
    )


def _without_marks(text: str, span: Span) -> Span:
    """A sentence without the marks of a list or of bold type that it begins with."""
    marks = MARKS.match(text[slice(*span)])
    return (span[0] + marks.end(), span[1]) if marks is not None else span


def _of_words(text: str) -> bool:
    """Whether a sentence is one, and no address of a page or a file."""
    return ADDRESS.search(text) is None or len(HAN.findall(text)) * 3 > len(text)


def _in_common(said: str, text: str) -> float:
    """The share of a question that stands in a sentence, in runs of `ROW` characters."""
    runs = [said[at : at + ROW] for at in range(len(said) - ROW + 1)]
    of_words = [run for run in runs if len(HAN.findall(run)) == ROW]
    return sum(run in text for run in of_words) / len(of_words) if of_words else 0.0


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
