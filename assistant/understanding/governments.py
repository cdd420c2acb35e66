"""Whether a name means the government of a place, and which reports are that government's own.

The report of a bureau, or of a lower place, is not that of the place: where a government is named
that has no report of its own (某市政府), none of theirs may stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.lexicon import load_lexicon
from assistant.library.parts import level_pattern
from assistant.library.units import LEAST_CORE, LEVELS, cores
from assistant.words.slips import spelt
from index.report import ReportCard, Span
from index.script import fold
from index.words import load_names

LATIN = re.compile("[a-z]+")
GOVERNMENT = re.compile(
    "[\u3400-\u9fff]{2,12}?[省市县区镇乡]{0,2}(?:人民)?政府"
    "(?!信息|资讯|采购|规章|网|门户|公报|集中|购买|数据|服务|文件|开放|工作报告)"
)
"""A place whose government is meant, and not what is called after governments (政府采购)."""
IN_ENGLISH = re.compile(
    r"[a-z' -]{2,40}?(?:['’]s?)?[ -](?:[a-z']+[ -]+){0,2}?government\b(?P<next> [a-z]+)?"
)
LONGEST_AFTER = 30
"""Characters after a name within which it may go on as that of a government."""


def without_others(
    text: str, span: Span, cards: Sequence[ReportCard], *, alone: bool
) -> list[ReportCard]:
    """Of the reports that a name was matched with, those that may be meant by it.

    Args:
        text: the folded question.
        span: where the name of a body stands in it.
        cards: the reports of the bodies that the name fits.
        alone: the question names nothing else by which a lower place may be meant.
    """
    name = text[slice(*span)]
    government = _government_at(text, span)
    rests = {card.id: _rest(card, government or name) for card in cards}
    if government is not None:
        return [c for c in cards if (rest := rests[c.id]) is None or _own().fullmatch(rest)]
    below = {card for card, rest in rests.items() if rest is not None and _lower().fullmatch(rest)}
    if len(below) == len(rests):
        return []
    leveled = name[-1] in LEVELS  # asked back about: 某县2023年
    return list(cards) if leveled or not alone else [c for c in cards if c.id not in below]


def called(text: str, span: Span) -> str:
    """How a body without a report of its own is called where its name stands in a question."""
    name = _government_at(text, span) or text[slice(*span)]
    return name.title() if name.isascii() else name


def _government_at(text: str, span: Span) -> str | None:
    """The name of a government that begins where a name does and goes at least as far."""
    told = text[span[0] : span[1] + LONGEST_AFTER]
    found = GOVERNMENT.match(told) or IN_ENGLISH.match(told)
    if found is None or found.end() < span[1] - span[0]:
        return None
    compound = (found.groupdict().get("next") or "").strip()
    return None if compound in load_lexicon().bodies.compounds else found[0]


def _rest(card: ReportCard, name: str) -> str | None:
    """What a report's body is called after a place and its level; None if not after it."""
    body = fold(card.body).text if card.body else ""
    latin = "".join(LATIN.findall(name))
    places = [c for c in cores(body) if latin.startswith(spelt(c))] if latin else [_place_of(name)]
    found = body.find(places[0]) if body and places and places[0] else -1
    return _level().sub("", body[found + len(places[0]) :], count=1) if found >= 0 else None


def _place_of(name: str) -> str:
    """A name without its government and its level: 某市政府 → 某."""
    bare = re.sub("[省市县区镇乡]?(?:人民)?政府.*$", "", name)
    return bare[:-1] if len(bare) > LEAST_CORE and bare[-1] in LEVELS else bare


@cache
def _level() -> re.Pattern[str]:
    return re.compile(f"^[\u3400-\u9fff]{{0,2}}?{level_pattern()}")


@cache
def _own() -> re.Pattern[str]:
    return re.compile("(?:人民政府|政府|管理委员会|管委会|行政公署|行署)?(?:办公厅|办公室)?")


@cache
def _lower() -> re.Pattern[str]:
    endings = sorted(load_names().place_endings, key=len, reverse=True)
    places = "|".join(endings)
    return re.compile(f"[\u3400-\u9fff]{{1,6}}?(?:{places})(?:人民政府|政府|办事处)?(?:办公室)?")
