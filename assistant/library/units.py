"""Units of places (水务局) as questions name them: in full, by their end, or shortened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.lexicon import Lexicon
from index.report import Span
from index.words import load_names

LEAST_CORE = 2
LEAST_UNIT = 3
OFFICE = re.compile(r"(?<![\u3400-\u9fff])[省市区县]?(?:人民)?(?:政府|府)?(?:办公[厅室]|(?<=府)办)")
"""The office of a government, its place left out."""
ASKING = "的那换成这问查看说在和与跟比"
"""Characters that may stand before the name of a unit without belonging to it."""
LEVELS = "省市区县"
SHORTENED = re.compile(
    rf"(?:(?<![\u3400-\u9fff])|(?<=[{ASKING}]))(?=(?P<name>[\u3400-\u9fff]{{2,6}}?[局委厅办]))"
)
"""A unit's name as people shorten it, the level of its place perhaps before it: 市文旅局."""


@dataclass(frozen=True)
class Match:
    """A body named at a place of the question; ``score`` counts the characters that agree."""

    score: int
    span: Span
    government: bool


@cache
def cores(body: str) -> tuple[str, ...]:
    """Names of the places in a body's name without their ending: 临溪县雁汀镇 → 临溪, 雁汀."""
    endings = "|".join(map(re.escape, load_names().place_endings))
    return tuple(re.findall(rf"([\u3400-\u9fff]{{2,8}}?)(?:{endings})", body)) or (body,)


def unit_of(body: str) -> str:
    """A body's name without its place: 临溪县水务局 → 水务局; "" for a place's government."""
    last = cores(body)[-1]
    return body[body.rindex(last) + len(last) + 1 :]


def level_of(body: str) -> str:
    """The level of a body's place as its name gives it: 市 of 云岫市水务局; "" for none."""
    last = cores(body)[-1]
    return body[body.rindex(last) + len(last) :][:1]


def is_office(unit: str) -> bool:
    """Whether a unit is the office of a government, which has names of its own."""
    return unit.endswith(("办公厅", "办公室")) and "政府" in unit


def unit_matches(text: str, unit: str, lexicon: Lexicon, levels: str = LEVELS) -> list[Match]:
    """Units named without their place: 行政审批局, its end (审批局), or shortened (文旅局).

    One of ``levels``, those that the place may have, may stand before the name: 市审批局.
    """
    if is_office(unit):
        return [
            Match(len(m[0]), m.span(), False)
            for m in OFFICE.finditer(text)
            if m[0][-1] == unit[-1] or m[0].endswith("府办")
        ]
    for start in range(max(len(unit) > 1, len(unit) - LEAST_UNIT + 1)):
        name = unit[start:]
        if name in lexicon.bodies.government_names:
            break
        position = text.find(name)
        if position >= 0:
            begin = _begin(text, position, levels)
            if begin is not None:
                return [Match(len(name), (begin, position + len(name)), False)]
    if len(unit) > LEAST_UNIT and not unit.endswith(lexicon.bodies.government_names):
        for name, span in shortened(text, levels):
            if name[0] == unit[0] and name[-1] == unit[-1] and _within(name, unit):
                return [Match(len(name), span, False)]
    return []


def shortened(text: str, levels: str = LEVELS) -> list[tuple[str, Span]]:
    """Names of units as people shorten them, each with its place, the level before it included."""
    found = [(m["name"], m.span("name")) for m in SHORTENED.finditer(text)]
    bare = [(name[1:], span) for name, span in found if name[0] in levels]
    return [(name, span) for name, span in (*found, *bare) if len(name) > LEAST_CORE]


def _begin(text: str, at: int, levels: str) -> int | None:
    """Where a unit's name begins, its level included; None where it is the end of another's."""
    for begin in (at, at - 1):
        leads = begin == at or (begin >= 0 and text[begin] in levels)
        if leads and not _goes_before(text[:begin]):
            return begin
    return None


def _goes_before(before: str) -> bool:
    """Whether a word goes before a unit's name that may belong to the name of another."""
    return bool(re.search(r"[\u3400-\u9fff]$", before.rstrip(ASKING)))


def _within(short: str, whole: str) -> bool:
    """Whether the characters of a text occur in another in their order."""
    remaining = iter(whole)
    return all(char in remaining for char in short)
