"""Whose a word of a sentence is: a number is not asked for by what names the one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.lexicon import hint, load_lexicon
from assistant.understanding.asked import alike
from assistant.words.likeness import SYNONYM, plain
from index.report import Figure

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

HARDLY = 0.25
"""What a word counts at most that a text does not hold."""
LACKING = 0.5
"""The same for a word that is only half there: 信函申请 beside 申请."""
ALIKE = 0.1
"""How much worse by unit, kind and time another number may fit that has a word of the question."""


@dataclass(frozen=True)
class Contest:
    """How the numbers of a report fit a question, to see which of them has a word of it.

    ``mates`` are for each number the others of its sentence, ``around`` those before it in its
    paragraph, ``wholes`` what it is a part of.
    ``said`` is how far label, clause, subject and whole of each number hold each of the ``words``,
    ``own`` how far label and clause alone do. ``scores`` are those of the numbers, ``claims`` what
    they were if all counted what is asked for.
    """

    figures: Sequence[Figure]
    mates: Sequence[tuple[int, ...]]
    around: Sequence[tuple[int, ...]]
    wholes: Sequence[tuple[int, ...]]
    words: Sequence[str]
    said: npt.NDArray[np.float32]
    own: npt.NDArray[np.float32]
    scores: npt.NDArray[np.float32]
    claims: npt.NDArray[np.float32]

    def lost(self) -> list[bool]:
        """Whether another number of the sentence has a word as its own that one lacks.

        What came of something may go on for the number before it (接到诉求九件，办结八件), unless
        that is less than itself, or one name of a list: 网络4件、信函3件，予以公开5件. For a number
        after it that is no part of it, or far behind, none goes on.
        """
        common = load_lexicon().common
        telling = [word not in common for word in self.words]
        return [
            any(self._has(mate, number) for mate in self.mates[number] if mate > number)
            or any(self._keeps(mate, number, telling) for mate in self.around[number])
            for number in range(len(self.figures))
        ]

    def _has(self, mate: int, number: int) -> bool:
        """Whether a number that stands after another has a word that the other lacks."""
        if not self._near(mate, number):
            return False
        taken = (self.own[mate] >= SYNONYM) & (self.said[number] < LACKING)
        shared = _shared_tail(self.figures[mate], self.figures[number])
        return any(
            bool(held) and word not in shared and not hint("of_any_report").fullmatch(word)
            for held, word in zip(taken, self.words, strict=True)
        )

    def _keeps(self, mate: int, number: int, telling: Sequence[bool]) -> bool:
        """Whether a number has a word that what came of something after it lacks, and not of it."""
        if mate in self.wholes[number] or _goes_on(self.figures[mate], self.figures[number]):
            return False
        taken = (self.own[mate] >= SYNONYM) & (self.said[number] < LACKING)
        return self._near(mate, number) and bool(taken[telling].any())

    def _near(self, mate: int, number: int) -> bool:
        """Whether a number is another one, and not far behind."""
        if same_value(self.figures[mate], self.figures[number]):
            return False
        return bool(self.claims[mate] >= self.scores[number] - ALIKE)


def _goes_on(first: Figure, second: Figure) -> bool:
    """Whether a number may be of what the number before it counts: 接到诉求九件，办结八件.

    Only what came of something is held against it: neighbours that count alike may share a word.
    """
    if first.prose is None or second.prose is None or first.unit != second.unit:
        return True
    if not hint("came_of_it").search(plain(second.row_label)):
        return True
    if first.value is None or second.value is None or first.value < second.value:
        return False
    return first.prose.group is None or first.prose.group == second.prose.group


def _shared_tail(last: Figure, first: Figure) -> str:
    """What is said behind the last number of a list, and so of all: 8个景区、3条航线的客流."""
    if last.prose is None or first.prose is None or last.prose.group is None:
        return ""
    alike_grouped = last.prose.group == first.prose.group
    return plain(last.prose.after) if alike_grouped else ""


def same_value(one: Figure, other: Figure) -> bool:
    """Whether two numbers say the same: 约1.2万 and 12000 do not; 3件 and 3篇 do."""
    if one.value != other.value:
        return False
    return one.unit == other.unit or bool(one.unit and other.unit in alike(one.unit))
