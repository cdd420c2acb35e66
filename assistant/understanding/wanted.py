"""Which number a question wants from running text: its measure word, kind, time and scope."""

from __future__ import annotations

from assistant.lexicon import hint
from index.report import FigureKind, When
from index.words import load_glossary
from index.words.numerals import load_numerals

ANY, PERSONS = "个", "人"
"""The measure word of anything, and that of people where none is said: 多少群众, 几个人."""
LONGEST_UNIT = 4
"""Characters of the longest measure word."""


def of_own(said: str) -> bool | None:
    """Whether words speak of the body alone (本级, 自己) or of all below it (全市)."""
    if hint("own_scope").search(said):
        return True
    return False if hint("all_scope").search(said) else None


def unit_asked(question: str) -> str | None:
    """The measure word after 多少 or 几, None where none follows."""
    known = load_numerals().kinds
    for asked in hint("unit_after").finditer(question):
        for size in range(LONGEST_UNIT, 0, -1):
            unit = question[asked.end() : asked.end() + size]
            if len(unit) == size and unit in known:
                people = unit == ANY and question[asked.end() + size :].startswith(PERSONS)
                return PERSONS if people else unit
    named = hint("unit_named").search(question)
    if named is not None:
        return named["unit"] or PERSONS
    return PERSONS if hint("people_counted").search(question) else None


def units_in_english(question: str) -> tuple[str, ...]:
    """The measure words for what is counted in English: how many training sessions."""
    counted = hint("counted_en").search(question)
    found = load_glossary().units_in(counted["what"]) if counted is not None else []
    return found[-1][2] if found else ()


def time_asked(question: str) -> When | None:
    """The time that is asked for, if it is not that of the report."""
    if hint("cumulative").search(question):
        return When.CUMULATIVE
    if hint("earlier").search(question):
        return When.EARLIER
    if hint("later").search(question):
        return When.LATER
    return When.YEAR if hint("this_year").search(question) else None


def kinds_asked(question: str, unit: str | None) -> frozenset[FigureKind]:
    """Kinds of number that the words ask for; empty where they do not say.

    A measure word after 多少 says it best: 占一半的那些是多少个.
    """
    kind = load_numerals().kinds.get(unit or "", FigureKind.OTHER)
    if kind is FigureKind.COUNT and not hint("change").search(question):
        return frozenset()
    if hint("change").search(question):
        return frozenset({FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE})
    if hint("share").search(question):
        return frozenset({FigureKind.SHARE})
    if hint("money").search(question):
        return frozenset({FigureKind.MONEY})
    if hint("duration").search(question):
        return frozenset({FigureKind.DURATION})
    if hint("counts_en").search(question):
        return frozenset({FigureKind.COUNT})
    return frozenset()
