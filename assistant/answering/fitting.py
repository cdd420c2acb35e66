"""Whether a number of running text is of the kind, unit, time and scope that are asked for."""

from __future__ import annotations

from collections.abc import Collection

from assistant.lexicon import hint
from assistant.understanding.asked import Asked, alike
from assistant.understanding.wanted import of_own
from index.report import Figure, FigureKind, ProseContext, When
from index.words.numerals import load_numerals

UNIT, OTHER_UNIT, STRANGE_UNIT, NO_UNIT = 0.08, -0.1, -0.35, -0.8
"""What a measure word speaks for or against a number: the same, one that people use for anything,
another, one that counts another thing altogether (people where times are asked for)."""
PERSON, NO_PERSON = "人", -0.6
"""The measure word of people, and what it costs a number that counts something else."""
VAGUE = frozenset("个件项条次份")
"""Measure words that people use for anything."""
ANYTHING = "个"
SAME_TIME = 0.05
OTHER_KIND, OTHER_TIME, OTHER_SCOPE, NOT_EACH, NOT_REST = -0.35, -0.3, -0.3, -0.12, -1.0
ONLY_PLANNED = -0.6
"""What it costs a number that was only meant to be, where what came to be is asked for."""
NO_FOLLOWERS = -0.3
"""What it costs a number of followers where those who did something are asked for."""
NO_MONEY = -0.8
"""What it costs a number that counts things where money is asked for."""
EXTREME, NOT_EXTREME = 0.12, -1.0
DERIVED = frozenset({FigureKind.SHARE, FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE})
"""Kinds that are only meant where the question says so."""


def fitting(figure: Figure, clause: str, asked: Asked) -> float:
    """What unit, kind, time, scope and extremes speak for or against a number.

    Args:
        figure: a number of running text.
        clause: its clause, folded.
        asked: what is asked for.
    """
    context = figure.prose
    assert context is not None  # noqa: S101 - only numbers of running text are scored
    other = context.kind not in asked.kinds if asked.kinds else context.kind in DERIVED
    result = OTHER_KIND if other else 0.0
    if asked.kinds == {FigureKind.MONEY} and figure.unit and context.kind is FigureKind.COUNT:
        result = NO_MONEY
    result += _unit_fit(figure, context, asked) + _time_fit(figure, context, asked)
    result += _extreme(figure, clause, asked)
    if asked.remainder and not hint("negative").search(figure.row_label):
        result += NOT_REST
    if hint("followers").search(figure.row_label) and not _asks_followers(asked):
        result += NO_FOLLOWERS
    scope = of_own(context.scope or "")
    if asked.own is not None and scope is not None and asked.own != scope:
        result += OTHER_SCOPE
    if asked.own and hint("own_label").search(figure.row_label):
        result += SAME_TIME
    if context.each != asked.each:
        result += NOT_EACH
    return result


def _asks_followers(asked: Asked) -> bool:
    """Whether the words ask for those who follow or are registered."""
    terms = (*asked.words, *asked.context)
    return any(hint("followers").search(name) for term in terms for name in term)


def _time_fit(figure: Figure, context: ProseContext, asked: Asked) -> float:
    """What the time that is asked for speaks for or against a number."""
    result = 0.0
    if asked.when is When.CUMULATIVE and context.when is When.CUMULATIVE:
        result += SAME_TIME
    if asked.when is When.CUMULATIVE and hint("newly").search(figure.row_label):
        result += OTHER_TIME
    if asked.year is not None:
        before = context.when is When.EARLIER and context.year is None
        same = context.year == asked.year or (before and asked.when is When.EARLIER)
        return result + (SAME_TIME if same else OTHER_TIME)
    if asked.when is not When.EARLIER and context.when is When.EARLIER:
        result += OTHER_TIME
    if asked.when is not When.LATER and (context.plan or context.when is When.LATER):
        result += OTHER_TIME
    if asked.when is When.YEAR and context.when is When.CUMULATIVE:
        result += OTHER_TIME
    return result + _came_true(figure.row_label, asked)


def _came_true(label: str, asked: Asked) -> float:
    """What speaks for a number that came to be, and against one that was only meant to be."""
    said = asked.question
    if hint("planned_label").search(label):
        return 0.0 if hint("planned_asked").search(said) else ONLY_PLANNED
    return SAME_TIME if hint("actual").search(label) and hint("actual").search(said) else 0.0


def _extreme(figure: Figure, clause: str, asked: Asked) -> float:
    """What an extreme or a mean that is asked for speaks for or against a number."""
    result = 0.0
    for end in asked.ends:
        said = hint(end).search(f"{figure.row_label} {clause}")
        result += EXTREME if said else NOT_EXTREME
    if asked.average and figure.prose is not None:
        mean = figure.prose.each or hint("average").search(figure.row_label)
        result += EXTREME if mean else NOT_EXTREME
    return result


def _unit_fit(figure: Figure, context: ProseContext, asked: Asked) -> float:
    """What the measure word of the question speaks for or against a number."""
    if not figure.unit:
        return 0.0
    if asked.unit is None:
        return _english_unit_fit(figure.unit, asked.units)
    if _other_things(figure, asked.unit):
        return NO_UNIT
    if asked.unit in figure.unit:
        return UNIT
    people = alike(PERSON)
    if asked.unit in people and figure.unit not in people:
        return STRANGE_UNIT
    kind = load_numerals().kinds.get(asked.unit)
    same = kind is context.kind and kind is not FigureKind.COUNT
    if same or (figure.unit in alike(asked.unit) and not asked.average):
        return 0.0
    counts = kind is not FigureKind.COUNT or context.kind is FigureKind.COUNT
    return OTHER_UNIT if asked.unit in VAGUE and counts else STRANGE_UNIT


def but_for_unit(figure: Figure, fit: float, asked: Asked) -> float:
    """What speaks for a number once it counts other things than are asked for.

    The words that are its own stay its own: 培训干部211人次 is the training that 几次培训 asks for.
    """
    strange = asked.unit is not None and figure.unit and _other_things(figure, asked.unit)
    return fit - NO_UNIT + UNIT if strange else fit


def _other_things(figure: Figure, unit: str) -> bool:
    """Whether a number counts what no measure word like the one asked with counts.

    People are counted in words of their own, but visits in either; papers (份, 篇) are not counted
    as levels or bodies are.
    """
    own = figure.unit
    if unit in (ANYTHING, own):
        return False
    if hint("people_unit").fullmatch(own):
        people = hint("people_unit").fullmatch(unit)
        return not people and not hint("visits").search(figure.row_label)
    if not hint("paper_unit").fullmatch(unit):
        return False
    counted = load_numerals().kinds.get(own) is FigureKind.COUNT
    return counted and not hint("thing_unit").fullmatch(own)


def _english_unit_fit(unit: str, wanted: Collection[str]) -> float:
    """What the measure words that an English word stands for speak for or against a number."""
    if not wanted:
        return 0.0
    if unit in wanted:
        return UNIT
    people = hint("people_unit").fullmatch(unit)
    if not people and any(unit in alike(other) for other in wanted):  # pieces are 篇次 too
        return 0.0
    if PERSON in wanted:
        return NO_PERSON
    return OTHER_UNIT if unit in VAGUE else STRANGE_UNIT
