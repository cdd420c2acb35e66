"""Which number of the running text a question asks for, or that none fits well enough.

Each number is scored by how much of the question its label, its clause, its sentence and its
paragraph explain, rare words more; a number of another kind, unit, time or scope is held back.
The best is only taken if it explains enough, and clearly more than the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.asked import Asked
from assistant.lexicon import hint
from assistant.likeness import Lines, rarity
from index.report import Figure, FigureKind, Report, Status, When

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LABEL, SUBJECT, CLAUSE, SENTENCE, PASSAGE = 1.0, 0.9, 0.85, 0.6, 0.35
"""What a word counts by where it stands, seen from the number."""
SINGLE = 0.6
"""What a single character counts, compared with a word."""
CONTEXT = 0.25
"""What a word of the turn before counts, compared with one of the question."""
PRECISE = 0.1
UNIT, OTHER_UNIT, STRANGE_UNIT = 0.08, -0.1, -0.35
PERSON, NO_PERSON = "人", -0.6
"""The measure word of people, and what it costs a number that counts something else."""
VAGUE = frozenset("个件项条次份")
"""Measure words that people use for anything."""
UNEXPLAINED, HARDLY = -0.2, 0.25
"""What it costs if all words of the question are held less than so far."""
SAME_TIME = 0.05
OTHER_KIND, OTHER_TIME, OTHER_SCOPE, NOT_EACH, NOT_REST = -0.35, -0.3, -0.3, -0.12, -1.0
ENOUGH, APART = 0.5, 0.045
SURE, APART_IF_SURE = 0.85, 0.01
"""Score that a number needs, and its distance from the next other value: less if it is high."""
OWN_OF_DERIVED = 0.3
"""What the clause of a rate or a change must explain by itself: its sentence names others too."""
NOT_COUNTED = -0.3
"""What it costs a number if its label does not hold what an English question counts."""
AGAIN = 0.2
"""Distance of scores within which the same value is taken for the same number, printed again."""
DERIVED = frozenset({FigureKind.SHARE, FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE})
"""Kinds that are only meant where the question says so."""


@dataclass(frozen=True)
class Scored:
    """A number of running text and how well it fits; ``own``: what label and clause explain."""

    report: Report
    figure: Figure
    score: float
    own: float = 0.0


class Numbers:
    """The numbers of one report's running text, prepared for being asked about."""

    def __init__(self, report: Report) -> None:
        """Prepare labels, clauses, sentences and passages."""
        self.report = report
        self.figures = [f for f in report.figures if f.prose is not None]
        text = report.text
        passages = {p.number: p.text for p in report.passages}
        label, subject, clause, sentence, passage = [], [], [], [], []
        self._names = Lines([figure.row_label for figure in self.figures])
        for figure in self.figures:
            context = figure.prose
            assert context is not None  # noqa: S101 - those without were left out
            label.append(f"{context.before} {context.after} {figure.row_label}")
            subject.append(context.subject)
            clause.append(text[slice(*context.clause)])
            sentence.append(text[slice(*context.sentence)])
            passage.append(passages.get(int(figure.row.removeprefix("p")), ""))
        self._lines = [Lines(texts) for texts in (label, subject, clause, sentence, passage)]

    def score(self, asked: Asked) -> list[Scored]:
        """All numbers with their score, the best first."""
        import numpy as np

        wanted = [*asked.words, *asked.context]
        if not wanted or not self.figures:
            return []
        likeness = [lines.likeness(wanted) for lines in self._lines]
        levels = (LABEL, SUBJECT, CLAUSE, SENTENCE, PASSAGE)
        best = np.max([held * level for held, level in zip(likeness, levels, strict=True)], axis=0)
        weights = rarity(likeness[3])
        weights[len(asked.words) :] *= CONTEXT
        weights[[len(word[0]) == 1 for word in wanted]] *= SINGLE
        scores = best @ weights / weights.sum()
        scores += PRECISE * self._precision(asked, self._names.likeness(wanted))
        scores += UNEXPLAINED * ((best < HARDLY) @ weights) / weights.sum()
        if asked.counted is not None:
            scores += NOT_COUNTED * ~self._counts(likeness, wanted.index(asked.counted))
        near = np.maximum(likeness[0], likeness[2]) @ weights / weights.sum()
        scored = [
            Scored(self.report, figure, float(score) + _fitting(figure, asked), float(own))
            for figure, score, own in zip(self.figures, scores, near, strict=True)
        ]
        return sorted(scored, key=lambda s: -s.score)

    def _counts(
        self, likeness: Sequence[npt.NDArray[np.float32]], column: int
    ) -> npt.NDArray[np.bool_]:
        """Whether each number, or the whole that it is a part of, is called what is counted."""
        import numpy as np

        named = np.maximum(likeness[0], likeness[1])[:, column] >= HARDLY
        at = {
            figure.address.removeprefix("prose."): number
            for number, figure in enumerate(self.figures)
        }
        wholes = [
            at.get((f.prose.of or "").removeprefix("prose.")) if f.prose else None
            for f in self.figures
        ]
        return np.array(
            [own or (w is not None and named[w]) for own, w in zip(named, wholes, strict=True)],
            dtype=np.bool_,
        )

    def _precision(self, asked: Asked, held: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """How little a label says beyond what was asked: asked words over its length.

        ``held`` is how far each label holds each word. An English word counts as long as the
        Chinese ones it stands for are at least.
        """
        import numpy as np

        sizes = np.array([max(len(f.row_label), 1) for f in self.figures], dtype=np.float32)
        words = (*asked.words, *asked.context)
        said = held @ np.array([_length(word) for word in words], dtype=np.float32)
        return np.asarray(np.minimum(said / sizes, 1), dtype=np.float32)


def _length(word: Sequence[str]) -> int:
    """Characters of a word as a report prints it."""
    return min(map(len, word[1:]), default=1) if word[0].isascii() else len(word[0])


def _fitting(figure: Figure, asked: Asked) -> float:
    """What unit, kind, time and scope speak for or against a number."""
    context = figure.prose
    assert context is not None  # noqa: S101 - only numbers of running text are scored
    result = 0.0
    if asked.kinds:
        result += 0 if context.kind in asked.kinds else OTHER_KIND
    elif context.kind in DERIVED:
        result += OTHER_KIND
    result += _fitting_unit(figure.unit, asked)
    if asked.remainder and not hint("negative").search(figure.row_label):
        result += NOT_REST
    if asked.when is When.CUMULATIVE and context.when is When.CUMULATIVE:
        result += SAME_TIME
    if asked.when is not When.EARLIER and context.when is When.EARLIER:
        result += OTHER_TIME
    if asked.when is not When.LATER and (context.plan or context.when is When.LATER):
        result += OTHER_TIME
    if asked.scope and context.scope and asked.scope not in context.scope:
        result += OTHER_SCOPE
    if context.each != asked.each:
        result += NOT_EACH
    return result


def _fitting_unit(unit: str | None, asked: Asked) -> float:
    """What a number's measure word speaks for or against it."""
    if not unit:
        return 0.0
    if asked.unit is not None:
        other = OTHER_UNIT if asked.unit in VAGUE else STRANGE_UNIT
        return UNIT if asked.unit in unit else other
    if asked.units:
        vague = OTHER_UNIT if unit in VAGUE else STRANGE_UNIT
        other = NO_PERSON if PERSON in asked.units else vague
        return UNIT if unit in asked.units else other
    return 0.0


def rank_numbers(numbers: Sequence[Numbers], asked: Asked) -> list[Scored]:
    """The numbers of some reports, the best first."""
    scored = [s for one in numbers for s in one.score(asked)]
    return sorted(scored, key=lambda s: -s.score)


def best_number(ranked: Sequence[Scored]) -> Scored | None:
    """The number asked for, None where none explains enough or another fits as well."""
    if not ranked or ranked[0].score < ENOUGH:
        return None
    best = _doubted(ranked) or ranked[0]
    rival = next((s for s in ranked[1:] if not _same(s.figure, best.figure)), None)
    apart = APART_IF_SURE if best.score >= SURE else APART
    if rival is not None and best.score - rival.score < apart:
        return None
    context = best.figure.prose
    if context is not None and context.kind in DERIVED and best.own < OWN_OF_DERIVED:
        return None
    return best


def _doubted(ranked: Sequence[Scored]) -> Scored | None:
    """The same number where a check fails it, if the report prints it twice."""
    best = ranked[0]
    for scored in ranked[1:]:
        near = scored.score > best.score - AGAIN and scored.report.id == best.report.id
        if near and _same(scored.figure, best.figure) and scored.figure.status is Status.FAILED:
            return scored
    return None


def _same(one: Figure, other: Figure) -> bool:
    """Whether two numbers say the same: 约1.2万 and 12000 do not."""
    return (one.value, one.unit) == (other.value, other.unit)
