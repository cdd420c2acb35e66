"""How well each number of the running text fits a question.

It is scored by how much of the question its label, its clause, its sentence and its paragraph
explain, rare words more; a number of another kind, unit, time or scope is held back. Which one is
taken, if any, is `assistant.answering.picking`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answering.contests import HARDLY, Contest
from assistant.answering.fitting import but_for_unit, fitting
from assistant.answering.scored import Scored
from assistant.answering.ties import (
    TITLE,
    ancestors,
    before_in_paragraph,
    carried_on,
    listed,
    lumped,
    mates_of,
    unasked,
    verb_after_list,
    verb_at_end,
    verb_of_list,
    without,
    without_aside,
)
from assistant.lexicon import hint
from assistant.understanding.asked import Asked, Term
from assistant.words.likeness import SYNONYM, Lines, plain, rarity
from index.report import FigureKind, Report

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LABEL, SUBJECT, WHOLE, CLAUSE, SENTENCE, PASSAGE = 1.0, 0.9, 0.9, 0.85, 0.6, 0.35
"""What a word counts by where it stands, seen from the number; ``WHOLE``: in the words of what it
is a part or a share of."""
OF_ONE_BEFORE, OF_ONE_AFTER = 0.7, 0.4
"""What a word of its sentence counts that belongs to another number which would fit as well: one
before it may go on for it."""
CLAIMED, AS_GOOD = 0.75, 0.02
"""How far another number must hold a word for it to be that one's, and how much worse by unit,
kind and time it may fit."""
TOLD = 0.7
"""How far label, subject, whole or clause must hold a word for it to be said of a number."""
BUT_LIKE = 0.6
"""What likeness to a word counts beside a number that is called by that very word."""
DONE = "了"
"""What makes a single character a word that tells numbers apart: 废了几项."""
SINGLE = 0.6
"""What a single character counts, compared with a word."""
EXPLAINED = 0.4
"""What a word that names a row of the tables counts, compared with one that does not."""
THING = 1.5
"""What the word that an English question counts weighs, compared with what was done with it:
any report publishes, releases and handles."""
CONTEXT = 0.25
"""What a word of the turn before counts, compared with one of the question."""
PRECISE = 0.1
UNEXPLAINED = -0.2
"""What it costs if all words of the question are held less than so far."""
NOT_HEAD, HEAD_ELSEWHERE, HEAD_LOST = -0.25, -0.45, -0.15
"""What it costs a number that does not count what the question counts."""
UNMEASURED, MEASURED = -0.3, 0.5
"""What it costs a number that is no such quantity as the words name, and how far its own words
must hold the name of it."""
ONLY_A_PART, OWN = -0.12, 0.15
"""What it costs a part that the words name no better than its whole, and how much better they
must name it."""
RIVALS = 6
"""Numbers at the head of a ranking that are looked at more closely."""
QUOTED = 0.1
"""What it adds that the own words of a number hold all that the question quotes."""
NOT_COUNTED = -0.3
"""What it costs a number if its label does not hold what an English question counts."""


class Numbers:
    """The numbers of one report's running text, prepared for being asked about."""

    def __init__(self, report: Report) -> None:
        """Prepare labels, clauses, sentences and passages."""
        self.report = report
        self.figures = [f for f in report.figures if f.prose is not None]
        text = report.text
        passages = {p.number: p.text for p in report.passages}
        contexts = [f.prose for f in self.figures if f.prose is not None]
        places_of = sorted(context.whole[0] for context in contexts)
        label, subject, clause = [], [], []
        self._names = Lines([figure.row_label for figure in self.figures])
        lists = listed(self.figures, contexts)
        for number, (figure, context) in enumerate(zip(self.figures, contexts, strict=True)):
            names = lists.get((context.sentence, context.before), frozenset())
            others = names - {figure.row_label}
            done = verb_of_list(context, contexts) + (verb_at_end(context.before) if others else "")
            done += verb_after_list(context, contexts) + carried_on(self.figures, number)
            own = without_aside(f"{context.before} {context.after} {figure.row_label} {done}")
            label.append(without(others, own))
            subject.append(without(others, context.subject))
            within = bisect_left(places_of, context.clause[1]) - bisect_left(
                places_of, context.clause[0]
            )
            alone = text[slice(*context.clause)] if within == 1 else ""
            clause.append(TITLE.sub(" ", alone))
        places = {f"{f.row}.{f.column}": number for number, f in enumerate(self.figures)}
        self._wholes = [ancestors(context, places, self.figures) for context in contexts]
        whole = [" ".join(label[number] for number in above) for above in self._wholes]
        sentence = [text[slice(*context.sentence)] for context in contexts]
        passage = [passages.get(int(f.row.removeprefix("p")), "") for f in self.figures]
        texts = (label, subject, whole, clause, sentence, passage)
        self._lines = [Lines(lines) for lines in texts]
        self._mates = mates_of(contexts)
        self._around = before_in_paragraph(self.figures)

    def score(self, asked: Asked) -> list[Scored]:
        """All numbers with their score, the best first."""
        import numpy as np

        wanted = [*asked.words, *asked.context]
        if not wanted or not self.figures:
            return []
        likeness = _as_printed([lines.likeness(wanted) for lines in self._lines])
        fits = [
            fitting(figure, clause, asked)
            for figure, clause in zip(self.figures, self._lines[3].texts, strict=True)
        ]
        weights = rarity(likeness[4])
        near = np.maximum(likeness[0], likeness[3])
        in_sentence = likeness[4]
        claims = [
            but_for_unit(figure, fit, asked) for figure, fit in zip(self.figures, fits, strict=True)
        ]
        likeness[4] = self._sentences(in_sentence, near, claims)
        levels = (LABEL, SUBJECT, WHOLE, CLAUSE, SENTENCE, PASSAGE)
        best = np.max([held * level for held, level in zip(likeness, levels, strict=True)], axis=0)
        weights[len(asked.words) :] *= CONTEXT
        weights[[len(word[0]) == 1 for word in wanted]] *= SINGLE
        weights[[word in asked.explained for word in wanted]] *= EXPLAINED
        weights[[word == asked.thing for word in wanted]] *= THING
        scores = best @ weights / weights.sum()
        scores += PRECISE * self._precision(asked, self._names.likeness(wanted))
        thing = wanted.index(asked.thing) if asked.thing is not None else None
        if thing is not None:
            scores += NOT_COUNTED * ~self._counts(likeness, thing)
        scores += NOT_HEAD * self._without_head(asked, np.maximum(near, likeness[2]), fits)
        counted = np.array(claims) > np.array(fits)
        scores += HEAD_ELSEWHERE * self._head_elsewhere(asked, near, counted)
        scores += QUOTED * self._quoted(asked)
        scores += UNMEASURED * self._unmeasured(wanted, np.maximum(near, likeness[1]))
        scores += ONLY_A_PART * self._only_parts(likeness[0], best, asked.thing)
        scores += UNEXPLAINED * ((best < HARDLY) @ weights) / weights.sum()
        lost = (best < HARDLY) @ [len(word[0]) > 1 for word in wanted]
        if asked.head is not None:  # what is counted stands nowhere near
            scores += HEAD_LOST * (best[:, asked.words.index(asked.head)] < HARDLY)
        of_kind = (lost == 0) & bool(
            asked.kinds - {FigureKind.COUNT} or asked.average or asked.ends
        )
        own_words = len(asked.words)
        whole_words = [at < own_words and _tells(word, asked) for at, word in enumerate(wanted)]
        said = np.max([near, likeness[1], likeness[2]], axis=0)[:, whole_words]
        beyond = np.maximum(said, in_sentence[:, whole_words]) < HARDLY
        names = [w[0] for w, whole in zip(wanted, whole_words, strict=True) if whole]
        contest = Contest(
            self.figures,
            self._mates,
            self._around,
            self._wholes,
            names,
            said,
            near[:, whole_words],
            np.array(fits),
            np.array(claims),
        )
        scored = [
            Scored(
                self.report,
                figure,
                float(score) + fit,
                float(own),
                int(away),
                bool(kind),
                contested=taken,
                beyond=frozenset(name for name, far in zip(names, away_from, strict=True) if far),
                untold=frozenset(n for n, far in zip(names, unt, strict=True) if far),
                fit=fit,
            )
            for figure, score, fit, own, away, kind, taken, away_from, unt in zip(
                self.figures,
                scores,
                fits,
                near @ weights / weights.sum(),
                lost,
                of_kind,
                contest.lost(),
                beyond,
                said < TOLD,
                strict=True,
            )
        ]
        return _looked_at(sorted(scored, key=lambda s: -s.score), wanted, asked.said)

    def _sentences(
        self,
        held: npt.NDArray[np.float32],
        near: npt.NDArray[np.float32],
        fits: Sequence[float],
    ) -> npt.NDArray[np.float32]:
        """How far sentences hold the words, those less that are another number's own.

        Args:
            held: how far the sentence of each number holds each word.
            near: the same of its label and clause.
            fits: what unit, kind and time say of each number.
        """
        import numpy as np

        result = held.copy()
        for number, mates in enumerate(self._mates):
            for mate in mates:
                if mate in self._wholes[number] or fits[mate] < fits[number] - AS_GOOD:
                    continue
                share = OF_ONE_BEFORE if mate < number else OF_ONE_AFTER
                taken = near[mate] >= CLAIMED * held[number]
                result[number] = np.where(
                    taken, np.minimum(result[number], held[number] * share), result[number]
                )
        return result

    def _quoted(self, asked: Asked) -> npt.NDArray[np.float32]:
        """1 for a number whose label or clause holds what the question quotes, else 0."""
        import numpy as np

        held = [plain(name) for name in asked.quoted]
        if not held:
            return np.zeros(len(self.figures), dtype=np.float32)
        texts = zip(self._lines[0].texts, self._lines[3].texts, strict=True)
        return np.array(
            [all(name in label or name in clause for name in held) for label, clause in texts],
            dtype=np.float32,
        )

    def _without_head(
        self, asked: Asked, near: npt.NDArray[np.float32], fits: Sequence[float]
    ) -> npt.NDArray[np.float32]:
        """1 for a number whose own words lack the head of the question, if another's hold it."""
        import numpy as np

        if asked.head is None:
            return np.zeros(len(self.figures), dtype=np.float32)
        held = near[:, asked.words.index(asked.head)]
        fit = np.array(fits)
        best = fit[held >= CLAIMED].max(initial=-np.inf)  # of the numbers that it names
        return np.asarray((held < MEASURED) & (best >= fit - AS_GOOD), dtype=np.float32)

    def _head_elsewhere(
        self, asked: Asked, near: npt.NDArray[np.float32], counted: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.float32]:
        """1 for a number without the head of the question, if one that counts other things has it.

        What was held is told in people, so that no other number tells how often it was.

        Args:
            asked: what is asked for.
            near: how far label and clause of each number hold each word.
            counted: whether a number counts other things than are asked for.
        """
        import numpy as np

        if asked.head is None:
            return np.zeros(len(self.figures), dtype=np.float32)
        held = near[:, asked.words.index(asked.head)]
        elsewhere = bool((held[counted] > SYNONYM).any())
        return np.asarray((held < MEASURED) & elsewhere, dtype=np.float32)

    def _unmeasured(
        self, wanted: Sequence[Term], near: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        """1 for a number that is not of the quantity that the words name (播放量, 满意率)."""
        import numpy as np

        result = np.zeros(len(self.figures), dtype=np.float32)
        for place, term in enumerate(wanted):
            if any(hint("quantity").search(name) for name in term[:2]):  # connection rate, 接通率
                result = np.maximum(result, near[:, place] < MEASURED)
        return result

    def _only_parts(
        self,
        label: npt.NDArray[np.float32],
        best: npt.NDArray[np.float32],
        thing: Term | None,
    ) -> npt.NDArray[np.float32]:
        """1 for a part that the asked words name no better than its whole, else 0.

        A part whose own label holds every word is named, unless that of its whole does so too; so
        is one that alone has the full name of the ``thing`` that an English question counts
        (政协提案, where the whole are 提案).
        """
        import numpy as np

        names = _full_names(thing)
        texts = self._lines[0].texts if names else []
        result = np.zeros(len(self.figures), dtype=np.float32)
        for number, above in enumerate(self._wholes):
            as_well = any(label[whole].min() >= CLAIMED for whole in above)
            if above and (as_well or label[number].min() < CLAIMED):
                own = [name for name in names if name in texts[number]]
                if any(not any(name in texts[whole] for whole in above) for name in own):
                    continue
                result[number] = (label[number] - best[list(above)].max(axis=0)).max() < OWN
        return result

    def _counts(
        self, likeness: Sequence[npt.NDArray[np.float32]], column: int
    ) -> npt.NDArray[np.bool_]:
        """Whether each number, or the whole that it is a part of, is called what is counted.

        The name may stand behind the number where its clause has no other: 对3个…的栏目予以关停.
        """
        import numpy as np

        named = np.max([likeness[place][:, column] for place in (0, 1, 3)], axis=0) >= HARDLY
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


def _as_printed(likeness: Sequence[npt.NDArray[np.float32]]) -> list[npt.NDArray[np.float32]]:
    """Likeness of words less where some label has the word itself: 支出 is not 收入 beside it."""
    import numpy as np

    printed = (likeness[0] >= SYNONYM).any(axis=0)
    return [np.where(printed & (held < SYNONYM), held * BUT_LIKE, held) for held in likeness]


def _tells(word: Term, asked: Asked) -> bool:
    """Whether a word tells numbers apart; a single character only if it is what is asked for."""
    if len(word[0]) > 1:
        return True
    said = word == asked.head or f"{word[0]}{DONE}" in asked.said
    return said and hint("light_verb").fullmatch(word[0]) is None


def _full_names(thing: Term | None) -> list[str]:
    """Names of a thing that hold another, shorter name of it."""
    names = thing[1:] if thing is not None else ()
    return [name for name in names if any(other in name for other in names if other != name)]


def _looked_at(ranked: Sequence[Scored], wanted: Sequence[Term], said: str) -> list[Scored]:
    """Ranked numbers, with what the labels of the first say that was not asked for."""
    together = hint("and_the_like").search(said) is not None
    first = [
        replace(
            s,
            unasked=unasked(s.figure, wanted),
            lumped=not together and lumped(s.figure.row_label, wanted),
        )
        for s in ranked[:RIVALS]
    ]
    return [*first, *ranked[RIVALS:]]


def _length(word: Sequence[str]) -> int:
    """Characters of a word as a report prints it."""
    return min(map(len, word[1:]), default=1) if word[0].isascii() else len(word[0])


def rank_numbers(numbers: Sequence[Numbers], asked: Asked) -> list[Scored]:
    """The numbers of some reports, the best first."""
    scored = [s for one in numbers for s in one.score(asked)]
    return sorted(scored, key=lambda s: -s.score)
