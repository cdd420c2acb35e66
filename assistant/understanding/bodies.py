"""Which reports a question means: by body, region, year, or anything a report says.

A place that no indexed report belongs to is *missing*, and its question is refused rather
than answered from a report that merely mentions the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.lexicon import Lexicon
from assistant.library.directory import Directory
from assistant.library.latin import spellings
from assistant.library.naming import match_bodies
from assistant.library.parts import parts_of
from assistant.library.units import LEAST_CORE, LEVELS, cores
from assistant.understanding.by_content import add_by_content
from assistant.understanding.context import Context
from assistant.understanding.english_names import add_english
from assistant.understanding.governments import called, without_others
from assistant.understanding.pinyin import spelt_again, spelt_whole
from assistant.understanding.selection import Selection
from assistant.understanding.strangers import missing_place
from assistant.words.mentions import MASK, mask
from assistant.words.slips import sounds
from index.report import ReportCard, Span
from index.script import fold
from index.words import load_names

LEVELED = re.compile(
    r"(?<=..)[省市区县州旗盟镇乡]$|[ '-](?:city|district|county|province|prefecture)$"
)
"""The level of a place behind its name."""
BESIDE = re.compile(r"\([^()]*\n[^()]*\)|(?<=[a-z]), ?\n(?!\s*(?:and|or|,))")
"""Where a name (the line break) only tells in what place the one before it lies."""
JOINING = ("和", "与", "跟", "同", "比", "、")
LEAST_PLACE = 3
"""Characters of a place's name with its level."""


def select(text: str, context: Context) -> Selection:
    """Reports that the words of a folded question point to, the year left aside.

    Args:
        text: the folded question, years masked.
        context: all indexed reports, and the words.
    """
    chosen = Selection()
    brands = _brands(text, context.directory)
    in_pinyin = spelt_whole(text, brands)
    text = mask(text, in_pinyin)
    _add_bodies(text, brands, context, chosen)
    foreign = add_english(mask(text, chosen.covered), context, chosen)
    rest = mask(text, chosen.covered)
    other = foreign or missing_place(rest, context, several=bool(chosen.groups))
    if not chosen.groups or not other:
        add_by_content(rest, context, chosen)
    if other is not None and not chosen.by_content:
        chosen.missing = other
    bodies = {card.body for group in chosen.groups for card in group if card.body}
    chosen.covered.extend([*in_pinyin, *spelt_again(text, chosen.covered, bodies)])
    _settle(chosen)
    return chosen


def _add_bodies(text: str, brands: Sequence[Span], context: Context, chosen: Selection) -> None:
    """Bodies named in Chinese or in pinyin, brands left aside that only hold a body's name."""
    directory, lexicon = context.directory, context.lexicon
    matches = [
        (body, m)
        for body, m in match_bodies(text, directory.candidates(text), lexicon)
        if not any(a <= m.span[0] and m.span[1] < b for a, b in brands)
    ]
    spans = sorted({m.span for _, m in matches})
    absent: list[Span] = []
    for span in spans:
        group = directory.of_bodies(body for body, m in matches if m.span == span)
        own = without_others(text, span, group, alone=len(spans) == 1)
        if group and not own:
            absent.append(span)
        else:
            chosen.add(own, span)
        chosen.covered.append(span)
    _leave_upper_places(text, chosen)
    missing = (span for span in absent if not _tells_where(text, span, chosen.groups))
    chosen.missing = next((called(text, span) for span in missing), None)
    home = directory.of_level(text) if chosen.missing is None else None
    if home is not None and (not chosen.groups or _is_joined(text, home[1])):
        chosen.add(*home)
        chosen.covered.append(home[1])
    elif len(chosen.groups) == 1:
        name = text[slice(*chosen.named_at[0])]
        chosen.of_place = name if _has_no_government(name, chosen.groups[0], lexicon) else None


def _is_joined(text: str, span: Span) -> bool:
    """Whether a name stands beside another: 民族乡和某局."""
    before, after = text[: span[0]].rstrip(MASK), text[span[1] :].lstrip(MASK)
    return before.endswith(JOINING) or after.startswith(JOINING)


def _leave_upper_places(text: str, chosen: Selection) -> None:
    """Take a place that another named body lies in for that alone: 某街道（某区）."""
    kept = [
        number
        for number, span in enumerate(chosen.named_at)
        if not _tells_where(text, span, [g for n, g in enumerate(chosen.groups) if n != number])
    ]
    chosen.groups = [chosen.groups[number] for number in kept]
    chosen.named_at = [chosen.named_at[number] for number in kept]


def _tells_where(text: str, span: Span, groups: Sequence[Sequence[ReportCard]]) -> bool:
    """Whether a name in brackets, or behind a comma, is the place that other bodies lie in."""
    around = f"{text[max(0, span[0] - 3) : span[0]]}\n{text[span[1] : span[1] + 6]}"
    name = LEVELED.sub("", text[slice(*span)].strip())
    return BESIDE.search(around) is not None and any(_lies_in(name, group) for group in groups)


def _lies_in(name: str, group: Sequence[ReportCard]) -> bool:
    """Whether bodies lie in a place of that name, in Chinese or in pinyin."""
    bodies = [parts_of(fold(card.body).text) for card in group if card.body]
    upper = [{place.name for place in parts.places[:-1]} for parts in bodies]
    return bool(upper) and all(
        name in {*places, *(one for place in places for one in spellings(place))}
        for places in upper
    )


def _has_no_government(name: str, group: Sequence[ReportCard], lexicon: Lexicon) -> bool:
    """Whether a name is that of a place with its level (某区), whose own report is not there."""
    if len(name) < LEAST_PLACE or name[-1] not in LEVELS:
        return False
    bodies = {fold(card.body).text for card in group if card.body}
    own = [b for b in bodies if sounds(cores(b)[-1][:LEAST_CORE]) in sounds(name)]
    governments = (*lexicon.bodies.government_names, *load_names().place_endings)
    return bool(bodies) and not any(b.endswith(governments) for b in own)


def _settle(chosen: Selection) -> None:
    """Keep the groups that no other narrows: 水务局 … 临溪的 means one body, not two."""
    ids = [frozenset(c.id for c in group) for group in chosen.groups]
    kept = [
        number
        for number, own in enumerate(ids)
        if own not in ids[:number] and not any(other < own for other in ids)
    ]
    chosen.groups = [chosen.groups[number] for number in kept]
    chosen.named_at = [chosen.named_at[number] for number in kept]
    chosen.cards = [c for group in chosen.groups for c in group]
    chosen.named = bool(chosen.groups)


def _brands(text: str, directory: Directory) -> list[Span]:
    """Places of the question that hold a name some report uses for itself (青棠一码办)."""
    starts = [(text.index(name), name) for name in directory.sayings_in(text)]
    return [(start, start + len(name)) for start, name in starts]
