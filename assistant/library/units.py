"""Units of places (水务局) as questions name them: in full, by their end, or shortened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.lexicon import Lexicon, load_lexicon
from assistant.library.parts import begins_unit, level_pattern, parts_of
from index.report import Span

LEAST_CORE = 2
LEAST_UNIT = 3
LONGEST_LEVEL = 16
"""Characters of a level with the peoples before it."""
HAN = re.compile("[\u3400-\u9fff]")
OFFICE = re.compile(r"[省市区县州]?(?:(?:人民)?(?:政府|府)办公[厅室]|办公[厅室]|(?:政府|府)办)")
"""The office of a government, its place left out."""
LEVELS = "省市区县州旗盟"
SHORTENED = re.compile(
    r"[\u3400-\u9fff]+(?:[局委厅办处院馆所队司署部会校关联社站]|中心|大学|公司|集团|银行)"
)
"""What may be a unit as people shorten it."""
LONGEST_SHORT = 7
STEM = re.compile("(?P<does>.{2,6}?)(?:管理|监督管理)?(?:局|处|厅|委员会|办公室|部|中心)$")
"""What a unit does, and the kind of body that it is."""
CALLED = r"(?=[那这]一?份|的?(?:年度?)?报告(?!送|给|期)|的?年报)"
"""What follows a name by which a report is called."""
SHORTEST = ("委", "联", "院")
"""Ends of a unit's name that may have one character before it: 教委, 残联, 高院."""


@dataclass(frozen=True)
class Match:
    """A body named at a place of the question; ``score`` counts the characters that agree."""

    score: int
    span: Span
    government: bool


def cores(body: str) -> tuple[str, ...]:
    """Names of the places in a body's name (临溪县雁汀镇 → 临溪, 雁汀), else that of its unit."""
    parts = parts_of(body)
    return tuple(place.name for place in parts.places) or (parts.unit or body,)


def unit_of(body: str) -> str:
    """A body's name without its place: 临溪县水务局 → 水务局; "" for a place's government."""
    return parts_of(body).unit


def level_of(body: str) -> str:
    """The level of a body's place as its name gives it: 市 of 云岫市水务局; "" for none."""
    return parts_of(body).level[-1:]


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
            if (m[0][-1] == unit[-1] or m[0].endswith("府办")) and led(text, m.start())
        ]
    return next((m for name in called(unit) if (m := _match(text, name, lexicon, levels))), [])


def called(unit: str) -> Iterator[str]:
    """A unit's name, and with its end shortened: 教育委员会, 教育委."""
    yield unit
    if unit in load_lexicon().bodies.government_names:
        return
    for end, short in load_lexicon().bodies.unit_shorts.items():
        if unit.endswith(end) and unit != end:
            yield unit.removesuffix(end) + short


def _match(text: str, unit: str, lexicon: Lexicon, levels: str) -> list[Match]:
    for start in range(max(len(unit) > 1, len(unit) - LEAST_UNIT + 1)):
        name = unit[start:]
        if name in lexicon.bodies.government_names:
            break
        for found in re.finditer(re.escape(name), text):
            begin = _begin(text, found.start(), levels)
            if begin is not None and not _goes_on().match(text, found.end()):
                return [Match(len(name), (begin, found.end()), False)]
    if len(unit) >= LEAST_UNIT and unit not in lexicon.bodies.government_names:
        for name, span in shortened(text, levels):
            if (name[0], name[-1]) in ends_of(unit) and _within(name, unit):
                return [Match(len(name), span, False)]
    return _by_stem(text, unit)


def stem_of(unit: str) -> str:
    """What a unit does, without the kind of body that it is: 铁路公安 of 铁路公安处."""
    stem = STEM.match(unit)
    return stem["does"] if stem is not None else unit


def _by_stem(text: str, unit: str) -> list[Match]:
    """Where a unit is called by what it does, and that is called a report: 铁路公安那份."""
    name = stem_of(unit)
    for found in re.finditer(re.escape(name) + CALLED, text if name else ""):
        if led(text, found.start()):
            return [Match(len(name), (found.start(), found.start() + len(name)), False)]
    return []


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(load_lexicon().bodies.unit_goes_on)


@lru_cache(maxsize=64)
def shortened(text: str, levels: str = LEVELS) -> tuple[tuple[str, Span], ...]:
    """Names of units as people shorten them, each with its place, the level before it included."""
    found: list[tuple[str, Span]] = []
    for start in range(len(text)):
        if not HAN.match(text, start) or not led(text, start):
            continue
        level = _level_at().match(text, start)
        behind = level is not None and level[0][-1] in levels
        for begin in (start, level.end()) if level is not None and behind else (start,):
            found.extend((name, (start, begin + len(name))) for name in _short_at(text, begin))
    return tuple(found)


def _short_at(text: str, begin: int) -> Iterator[str]:
    """What begins at a place and ends as the name of a unit."""
    for end in range(begin + LEAST_CORE, min(begin + LONGEST_SHORT, len(text)) + 1):
        name = text[begin:end]
        if SHORTENED.fullmatch(name) and (len(name) > LEAST_CORE or name.endswith(SHORTEST)):
            yield name


@cache
def _level_at() -> re.Pattern[str]:
    return re.compile(level_pattern())


@cache
def ends_of(unit: str) -> frozenset[tuple[str, str]]:
    """First and last characters that a shortened name of a unit may have."""
    return frozenset((unit[at], unit[-1]) for at in _beginnings(unit))


def _beginnings(unit: str) -> Iterator[int]:
    """Where a unit's name begins, and the things that it does: 住房|公积金|管理|中心."""
    return (at for at in range(len(unit) - 1) if at == 0 or begins_unit(unit, at))


def _begin(text: str, at: int, levels: str) -> int | None:
    """Where a unit's name begins, its level included; None where it is the end of another's."""
    if led(text, at):
        return at
    level = _level_before().search(text, max(0, at - LONGEST_LEVEL), at)
    leads = level is not None and level[0][-1] in levels and led(text, level.start())
    return level.start() if level is not None and leads else None


@cache
def _level_before() -> re.Pattern[str]:
    return re.compile(rf"{level_pattern()}$")


def led(text: str, at: int) -> bool:
    """Whether nothing goes before a unit's name that may belong to the name of another."""
    return _apart().search(text, max(0, at - 8), at) is not None


@cache
def _apart() -> re.Pattern[str]:
    words = "|".join(load_lexicon().bodies.before_units)
    return re.compile(rf"(?:^|[^\u3400-\u9fff]|{words})$")


def _within(short: str, whole: str) -> bool:
    """Whether the characters of a text occur in another in their order."""
    remaining = iter(whole)
    return all(char in remaining for char in short)
