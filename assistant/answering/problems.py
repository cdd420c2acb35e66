"""What sentences list, item by item: in the section of problems, what is amiss and what is planned.

Reports tell their problems and then, often in the same order, what they will do about each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.lexicon import hint
from assistant.understanding.asked import Asked
from assistant.words.likeness import Lines
from index.passages import items
from index.report import Passage, When

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ORDINAL = re.compile(r"\s*[(（]?(?P<number>[一二三四五六七八九]|\d)(?:是|[)）]|[、.．](?!\d))")
"""The number of an item: 一是, （2）, 3."""
FIRST = frozenset("一1")
SECTION_OF_PROBLEMS = 5
PLAN = "plan"
KINDS = (PLAN, "problem")
"""What sentences may be asked for by: that they tell of a plan, or of what is amiss."""
TOLD, UNTOLD = 0.3, -0.1
"""What it adds that an item tells of a plan where one is asked for, or of what is amiss, and what
it costs that it tells only of the other."""
LISTED, MOST_LISTED = 0.02, 5
"""What it adds for each such item of its sentence, and how many count."""


class Listed:
    """The items of a report's sentences; of a sentence that lists nothing that is the whole.

    ``sentence_of`` has the place of each item's sentence, ``answers`` pairs of items: a measure
    and the problem that it answers to; ``section`` is that of problems (None: there is none).
    """

    def __init__(self, sentences: Sequence[str], passages: Sequence[Passage]) -> None:
        """Cut the sentences; ``passages`` has the one that each stands in."""
        cut = [
            (at, text[slice(*span)]) for at, text in enumerate(sentences) for span in items(text)
        ]
        self.sentence_of = [at for at, _ in cut]
        self.lines = Lines([text for _, text in cut])
        self.section = _section_of_problems(passages)
        self._of_problems = [passages[at].section == self.section for at in self.sentence_of]
        self._ordinals = [ORDINAL.match(text) for _, text in cut]
        self._tells = self._what_is_told()
        self.answers = self._measures()

    def told(self, asked: Asked) -> npt.NDArray[np.float64]:
        """What speaks for items of the section of problems that tell what is asked for.

        Against those that tell only of the other; 0 for all where neither is asked for.
        """
        import numpy as np

        kinds = kinds_asked(asked)
        result = np.zeros(len(self.sentence_of))
        if not kinds:
            return result
        for number, told in self._tells.items():
            result[number] = TOLD if told & kinds else UNTOLD * bool(told)
        if asked.when is When.LATER:
            texts = self.lines.texts
            result[[n for n in self._tells if hint("later").search(texts[n])]] += TOLD
        listed = np.bincount(self.sentence_of, result > 0)[self.sentence_of]
        return result + LISTED * np.minimum(listed, MOST_LISTED)

    def _what_is_told(self) -> dict[int, frozenset[str]]:
        """Which of the kinds each item of the section of problems tells of."""
        led, texts = self._leads(), self.lines.texts
        return {
            at: led.get(sentence) or _kinds_told(texts[at])
            for at, sentence in enumerate(self.sentence_of)
            if self._of_problems[at]
        }

    def _leads(self) -> dict[int, frozenset[str]]:
        """What the words before the first item of a sentence say that all of them tell."""
        texts, of = self.lines.texts, self.sentence_of
        return {
            of[at]: _kinds_told(texts[at - 1])
            for at in range(1, len(of))
            if of[at] == of[at - 1] and self._ordinals[at] and not self._ordinals[at - 1]
        }

    def _measures(self) -> list[tuple[int, int]]:
        """The third measure with the third problem: where two lists of one length stand there.

        Items without numbers are a list if one sentence has several of them.
        """
        lists: list[list[int]] = []
        last = -1
        for number, (sentence, ordinal) in enumerate(
            zip(self.sentence_of, self._ordinals, strict=True)
        ):
            if not self._of_problems[number]:
                continue
            if ordinal["number"] in FIRST if ordinal else sentence != last:
                lists.append([])
            if lists:
                lists[-1].append(number)
                last = sentence
        found = [one for one in lists if len(one) > 1]
        if len(found) != len(KINDS) or len(found[0]) != len(found[1]):
            return []
        return list(zip(found[1], found[0], strict=True))


def _section_of_problems(passages: Sequence[Passage]) -> int | None:
    """The section of problems and measures; where its heading was lost, the one before it."""
    sections = {passage.section for passage in passages}
    if SECTION_OF_PROBLEMS in sections:
        return SECTION_OF_PROBLEMS
    return max((one for one in sections if 1 < one < SECTION_OF_PROBLEMS), default=None)


def kinds_asked(asked: Asked) -> frozenset[str]:
    """Which of the kinds a question asks for: a plan, what is amiss."""
    return frozenset(kind for kind in KINDS if hint(f"{kind}_asked").search(asked.said))


def _kinds_told(text: str) -> frozenset[str]:
    """Which of the kinds a folded text tells of."""
    return frozenset(kind for kind in KINDS if hint(f"{kind}_told").search(text))


def only_asks(word: str) -> bool:
    """Whether a word only says that something is told, amiss or planned."""
    return any(hint(name).fullmatch(word) for name in ("telling", "plan_asked", "problem_asked"))
