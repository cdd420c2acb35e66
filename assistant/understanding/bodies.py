"""Which reports a question means: by body, region, year, or anything a report says.

A place that no indexed report belongs to is *missing*, and its question is refused rather
than answered from a report that merely mentions the place.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lexicon import Lexicon
from assistant.library.directory import Directory
from assistant.library.naming import match_bodies
from assistant.library.units import LEAST_CORE, LEVELS, cores
from assistant.understanding.by_content import add_by_content
from assistant.understanding.context import Context
from assistant.understanding.english_names import add_english
from assistant.understanding.governments import called, without_others
from assistant.understanding.pinyin import spelt_again, spelt_whole
from assistant.understanding.selection import Selection
from assistant.understanding.strangers import missing_place
from assistant.words.mentions import mask
from assistant.words.slips import sounds
from index.report import ReportCard, Span
from index.script import fold
from index.words import load_names

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
    chosen.covered.extend([*in_pinyin, *spelt_again(text, chosen.covered)])
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
    for span in spans:
        group = directory.of_bodies(body for body, m in matches if m.span == span)
        own = without_others(text, span, group, alone=len(spans) == 1)
        if group and not own:
            chosen.missing = chosen.missing or called(text, span)
        else:
            chosen.add(own, span)
        chosen.covered.append(span)
    chosen.of_place = len(chosen.groups) == 1 and _has_no_government(
        text[slice(*chosen.named_at[0])], chosen.groups[0], lexicon
    )


def _has_no_government(name: str, group: Sequence[ReportCard], lexicon: Lexicon) -> bool:
    """Whether a name is that of a place with its level (某区), whose own report is not there."""
    if len(name) < LEAST_PLACE or name[-1] not in LEVELS:
        return False
    bodies = {fold(card.body).text for card in group if card.body}
    own = [b for b in bodies if sounds(cores(b)[-1][:LEAST_CORE]) == sounds(name[:LEAST_CORE])]
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
