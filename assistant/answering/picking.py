"""Which of the ranked numbers of running text is the one that is asked for, if any is.

One of which alone every word of the question is said is it. Else the best is, if it explains
enough, and clearly more than the next; what is lumped together with other things, or lacks a word
of the question that is another's, is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.contests import same_value
from assistant.answering.fitting import DERIVED
from assistant.answering.scored import Scored
from index.report import Status

FITTING = -0.2
"""How ill by unit, kind and time a number may fit of which every word of the question is said."""
ENOUGH, APART = 0.5, 0.045
LEAST, FAR = 0.3, 0.4
"""Score that is enough where the next other value is so far off, and all words are near it."""
SURE, APART_IF_SURE = 0.85, 0.01
"""Score that a number needs, and its distance from the next other value: less if it is high."""
OWN_OF_DERIVED = 0.3
"""What the clause of a rate or a change must explain by itself: its sentence names others too."""
NAMED, HALF_NAMED = 0.9, 0.6
"""What the own words of a number explain that is named by them, and of one that hardly is."""
OWN_NAME = frozenset("“《「")
"""Marks round the name of one thing among others that are called alike: “看河日”活动."""
AGAIN = 0.2
"""Distance of scores within which the same value is taken for the same number, printed again."""


def best_number(ranked: Sequence[Scored]) -> Scored | None:
    """The number asked for, None where none explains enough or another fits as well."""
    named = _only_one_named(ranked)
    if named is not None:
        return named
    if not ranked or ranked[0].score < LEAST:
        return None
    plainest = _said_plainly(ranked)
    best = _doubted(ranked) or plainest or ranked[0]
    rival = next((s for s in ranked if s is not best and _is_rival(s, best)), None)
    alone = rival is None or best.score - rival.score >= FAR
    if best.score < ENOUGH and not (best.of_kind and alone):
        return None
    if best.lumped or best.contested:
        return None
    close = rival is not None and best.score - rival.score < APART
    if rival is not None and close and best is not plainest and not _plainer(best, rival):
        return None
    context = best.figure.prose
    told = best.own >= OWN_OF_DERIVED or (best.score >= SURE and best.unasked == 0)
    if context is not None and context.kind in DERIVED and not told:
        return None
    return best


def _only_one_named(ranked: Sequence[Scored]) -> Scored | None:
    """The one number of which every word of the question is said; None: of none, or of several."""
    named = [s for s in ranked if not s.untold and s.fit >= FITTING]
    if not named or not all(same_value(s.figure, named[0].figure) for s in named):
        return None
    if named[0].score < ENOUGH:
        return None
    best = next((s for s in named if s.figure.status is Status.FAILED), named[0])
    return None if best.contested or best.lumped else best


def _said_plainly(ranked: Sequence[Scored]) -> Scored | None:
    """The one number beside the best whose label says no more than was asked; None: not one."""
    near = [s for s in ranked if s.score > ranked[0].score - APART and s.score >= SURE]
    named = [s for s in near if s.own >= ranked[0].own - APART_IF_SURE and not s.contested]
    plain_ones = [
        s for s in named if s.unasked == 0 and not OWN_NAME.intersection(s.figure.row_label)
    ]
    whole = [s for s in plain_ones if s.figure.prose is None or s.figure.prose.of is None]
    return whole[0] if len(near) > 1 and len(plain_ones) == len(whole) == 1 else None


def _is_rival(other: Scored, best: Scored) -> bool:
    """Whether another number might be meant: another value, none that the best one corrects.

    A number that lacks a word of the question which the best one of its sentence has is not meant,
    nor is that from which the best one grew or fell.
    """
    if same_value(other.figure, best.figure):
        return False
    one, two = other.figure.prose, best.figure.prose
    if two is not None and two.base == other.figure.address:
        return False  # 由14天缩短至9天: what it was before is not meant
    together = one is not None and two is not None and one.sentence == two.sentence
    return not (together and other.contested and not best.contested)


def _plainer(best: Scored, rival: Scored) -> bool:
    """Whether a number that is hardly ahead is what was asked for, and the next is a case of it.

    Both explain the question; then the one is meant whose label says less that was not asked.
    """
    ahead = best.score - rival.score
    if best.score < SURE or ahead < APART_IF_SURE:
        return False
    named = best.own >= NAMED and rival.own <= HALF_NAMED
    return named or best.unasked == 0 or best.unasked < rival.unasked


def _doubted(ranked: Sequence[Scored]) -> Scored | None:
    """The same number where a check fails it, if the report prints it twice."""
    best = ranked[0]
    for scored in ranked[1:]:
        near = scored.score > best.score - AGAIN and scored.report.id == best.report.id
        again = near and same_value(scored.figure, best.figure)
        if again and scored.figure.status is Status.FAILED:
            return scored
    return None
