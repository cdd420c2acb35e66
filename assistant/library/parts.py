"""What the name of a body is made of: places, each with its level, and what the body does there.

霁原市公安局栖禾分局 is 栖禾's 公安局分局 within 霁原市; 霁原海事局 has a place without a level, and
国家种质资源管理局 none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.lexicon import load_lexicon
from index.words import load_names

HAN = "\u3400-\u9fff"
LEAST_NAME, LONGEST_HEAD = 2, 5
"""Characters of a place that has no level, before what its body does."""
LEAST_TOPIC = 2
LEAST_SEGMENT = 3
"""Characters of a body within another, behind the name of that."""
GOVERNMENT_OF = re.compile("^人民政府(?!办公)(?=.{4,})")
"""What stands before the unit of a government: 人民政府国有资产监督管理委员会."""
BY_GOVERNMENT = re.compile(f"人民政府(?=[{HAN}]{{2,6}}(?:街道|镇|乡|社区))")
"""What stands before a lower place that a government has put there: 人民政府某街道办事处."""
BRACKETS = re.compile("[()]")


@dataclass(frozen=True)
class Place:
    """A place of a body's name, its level and peoples left out, and what the name goes on with."""

    name: str
    after: str


@dataclass(frozen=True)
class Parts:
    """A body's name taken apart.

    ``unit`` is what the body is called without its places, "" for a government that is called by
    its place alone; ``level`` is that of the last place, "" where the name gives none. ``within``
    is the part of the name that is the body's own where it is one within another (某分局), else "".
    """

    places: tuple[Place, ...]
    level: str
    unit: str
    within: str = ""


@cache
def parts_of(body: str) -> Parts:
    """A folded name taken apart.

    Of a body within another (分局), the places of both are given; what the other does stands
    before its own unit where that does not say it again.
    """
    superior, rest = _superior(BY_GOVERNMENT.sub("", BRACKETS.sub("", body)))
    places: list[Place] = []
    level, above, unit, done = "", superior, "", 0
    for segment in _segments(rest):
        spans, here = _places(segment)
        behind = spans[-1][2] if spans else 0
        own = segment[behind:]
        unit = own if own[:LEAST_TOPIC] in above else above + own
        level = here if spans else level
        for start, end, _ in spans:
            after = rest[done + end :]
            places.append(Place(segment[start:end], after))
        if spans:
            start, end, _ = spans[-1]
            places[-1] = Place(
                segment[start:end], segment[end:behind] + unit + rest[done + len(segment) :]
            )
        above, done = unit, done + len(segment)
    unit = _without(unit, load_lexicon().bodies.whole_nation)
    unit = GOVERNMENT_OF.sub("", unit)
    return Parts(tuple(places), level, unit, segment if done > len(segment) else "")


def _superior(name: str) -> tuple[str, str]:
    """What the body above a branch does, and the name of the branch; a nation's name is dropped."""
    words = load_lexicon().bodies
    for above in sorted(load_names().with_branches, key=len, reverse=True):
        if name.startswith(above) and len(name) - len(above) >= LEAST_SEGMENT:
            return _without(above, (*words.nations, *words.whole_nation)), name[len(above) :]
    return "", _without(name, words.nations)


def _without(name: str, nations: tuple[str, ...]) -> str:
    for nation in nations:
        if name.startswith(nation):
            return name[len(nation) :]
    return name


def _segments(name: str) -> list[str]:
    """A name cut behind each body within which the next one is: 某市公安局|某分局."""
    return [part for part in _cut().split(name) if part]


@cache
def _cut() -> re.Pattern[str]:
    behind = "|".join(rf"(?<={end})" for end in ("局", "院", "银行", "分行", "委员会", "总公司"))
    return re.compile(rf"(?:{behind})(?=[{HAN}]{{{LEAST_SEGMENT},}}$)")


def _places(segment: str) -> tuple[list[tuple[int, int, int]], str]:
    """(start of a name, its end, end of its level) of the places that a segment begins with.

    A place without a level ends where what the body does begins: 霁原|海事局.
    """
    masked = _no_level().sub(lambda m: "\0" * len(m[0]), segment)
    spans: list[tuple[int, int, int]] = []
    level, at = "", 0
    while (found := _place().match(masked, at)) and not _says_more(found["name"]):
        spans.append((found.start(), found.end("name"), found.end()))
        level, at = found["level"], found.end()
    whole = segment.startswith(load_lexicon().bodies.whole_nation)
    if spans or whole or begins_unit(segment, 0):
        return spans, level
    longest = min(LONGEST_HEAD, len(segment) - 1)
    head = next((end for end in range(LEAST_NAME, longest + 1) if begins_unit(segment, end)), 0)
    return ([(0, head, head)] if head else []), ""


def begins_unit(name: str, at: int) -> bool:
    """Whether what a body does begins at a place of its name."""
    return name.startswith((*load_lexicon().bodies.unit_begins, *_topics()), at)


def _says_more(name: str) -> bool:
    """Whether the name of a place holds what bodies do: it is none, but the beginning of a unit."""
    return any(topic in name for topic in _topics())


@cache
def _topics() -> tuple[str, ...]:
    """What bodies do, as their Chinese names say it."""
    words = load_lexicon().bodies.body_words.values()
    return tuple({part for parts in words for part in parts if len(part) >= LEAST_TOPIC})


@cache
def _place() -> re.Pattern[str]:
    words = load_lexicon().bodies
    levels = "|".join(sorted(load_names().place_endings, key=len, reverse=True))
    peoples = "|".join(words.peoples)
    return re.compile(
        rf"(?P<name>[{HAN}]{{2,10}}?)(?:(?:{peoples})族?)*(?:各族)?(?P<level>{levels}|村(?=村民|村委|$)|社区(?=居民|居委|$))"
    )


@cache
def level_pattern() -> str:
    """A pattern for a level as it stands without its place: 县, 苗族自治县, 民族乡."""
    levels = "|".join(sorted(load_names().place_endings, key=len, reverse=True))
    return rf"(?:(?:(?:{'|'.join(load_lexicon().bodies.peoples)})族?)+|各族|民族)?(?:{levels})"


@cache
def _no_level() -> re.Pattern[str]:
    return re.compile(load_lexicon().bodies.no_level)
