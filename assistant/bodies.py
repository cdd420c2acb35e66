"""Which reports a question means: by body, region, year, or anything a report says.

A place that no indexed report belongs to is *missing*, and its question is refused rather
than answered from a report that merely mentions the place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.directory import LEAST_SAYING, Directory
from assistant.lexicon import Lexicon
from assistant.mentions import full_year, mask
from assistant.naming import english_unit, match_bodies, overlap
from assistant.slips import sounds
from index.report import ReportCard, Span

YEAR = re.compile(
    r"(?<![\d.〔])(?P<year>20\d\d|\d\d(?=年|(?:、|和|与|跟|到|至|-|,)\d\d(?:[两三四五]?年|、))"
    r"|(?<=[和与跟到至、])\d\d(?=[两三四五]年))\s*(?:年度?)?"
    r"(?!\s*(?:[件条次万%]|个(?!人)|项(?!目)|号))"
)
BODY_ENDING = re.compile(r"(?:局|委员会|办公室|街道|中心)$")
UNKNOWN_PLACE = re.compile(
    r"(?:^|[\x00,，。?？和与跟同、\s])(?:请问|查|问)?"
    r"(?P<name>(?![全本我该各哪这那])[\u3400-\u9fff]{2,5}?(?:市|县|区|镇|乡|州|旗)"
    r"(?:[\u3400-\u9fff]{0,8}?(?:局|委员会|办公室|人民政府|政府|街道|中心))?)"
    r"(?=[\x00的\d在,，。?？\s]|$|去年|今年|一共|共|收|新|公开|有)"
)
ASKED_ABOUT = re.compile('[“"「『‘]\n[”"」』’](?!\x00|[这那]份|报告|年报)')
"""What stands between quotation marks (the line break), and is called no report."""
CALLED = r"(?=的?(?:[这那]一?份|报告|年报))"
"""What follows a name by which a report is called."""


@dataclass
class Selection:
    """Reports a question means, and which words said so.

    ``named`` is False where the question says nothing about the report; ``missing`` is a
    place or body that it names and that is not indexed; ``years`` are the years it names.
    """

    cards: list[ReportCard] = field(default_factory=list)
    named: bool = False
    missing: str | None = None
    years: list[int] = field(default_factory=list)
    covered: list[Span] = field(default_factory=list)
    by_content: bool = False
    groups: list[list[ReportCard]] = field(default_factory=list)


def find_years(text: str) -> list[tuple[int, Span]]:
    """Years in a folded question, two-digit ones (21年) included."""
    found = []
    for match in YEAR.finditer(text):
        year = int(match["year"])
        found.append((full_year(year), match.span()))
    return found


def select(
    text: str,
    directory: Directory,
    lexicon: Lexicon,
) -> Selection:
    """Reports that the words of a folded question point to, the year left aside.

    Args:
        text: the folded question, years masked.
        directory: all indexed reports.
        lexicon: the words.
    """
    chosen = Selection()
    brands = _brands(text, directory)
    matches = [
        (body, m)
        for body, m in match_bodies(text, directory.candidates(text), lexicon)
        if not any(a <= m.span[0] and m.span[1] < b for a, b in brands)
    ]
    for span in sorted({m.span for _, m in matches}):
        group = [body for body, m in matches if m.span == span]
        chosen.groups.append(directory.of_bodies(group))
        chosen.covered.append(span)
    rest = mask(text, chosen.covered)
    other = _missing_place(rest, directory, lexicon, several=bool(chosen.groups))
    if not chosen.groups or not other:
        _add_by_content(rest, directory, lexicon, chosen)
    if other is not None and not chosen.by_content:
        chosen.missing = other
    chosen.groups = _narrowed(chosen.groups)
    chosen.cards = [c for group in chosen.groups for c in group]
    chosen.named = bool(chosen.groups)
    return chosen


def _narrowed(groups: list[list[ReportCard]]) -> list[list[ReportCard]]:
    """Groups without those that another narrows: 水务局 … 临溪的 means one body, not two."""
    ids = [frozenset(c.id for c in group) for group in groups]
    kept: list[list[ReportCard]] = []
    for number, group in enumerate(groups):
        narrower = any(other < ids[number] for other in ids)
        again = ids[number] in ids[:number]
        if not narrower and not again:
            kept.append(group)
    return kept


def _brands(text: str, directory: Directory) -> list[Span]:
    """Places of the question that hold a name some report uses for itself (青棠一码办)."""
    starts = [(text.index(name), name) for name in directory.sayings_in(text)]
    return [(start, start + len(name)) for start, name in starts]


def _missing_place(
    rest: str, directory: Directory, lexicon: Lexicon, *, several: bool
) -> str | None:
    """A place or body that is named and not indexed."""
    unknown = UNKNOWN_PLACE.search(rest)
    if unknown is not None:
        name, before = unknown["name"], rest[: unknown.start("name")]
        foreign = BODY_ENDING.search(name) or not directory.knows_place_of(name)
        if foreign and (not several or before.endswith(tuple("和与跟同、"))):
            return name
    for place in sorted(lexicon.places, key=len, reverse=True):
        position = rest.find(place)
        if position < 0:
            continue
        joined = rest[position - 1 : position] in "和与跟同、比" and position > 0
        if joined or not several:
            tail = re.match(
                r"[市省]?(?:[\u3400-\u9fff]{1,8}?(?:局|委|厅|办公室|政府))?",
                rest[position + len(place) :],
            )
            return place + (tail[0] if tail else "")
    if not several and re.search("[a-z]{4,}", rest):
        return _missing_latin(rest, lexicon)
    return None


def _missing_latin(rest: str, lexicon: Lexicon) -> str | None:
    spelled = {"".join(sounds(c) for c in place): place for place in lexicon.places}
    for word in re.finditer(r"[a-z]{5,}", rest):
        name = word[0]
        if name in spelled:
            return f"{name.capitalize()} ({spelled[name]})"
    return None


def _add_by_content(
    rest: str,
    directory: Directory,
    lexicon: Lexicon,
    chosen: Selection,
) -> None:
    """Reports named by what they say: a brand or app of their own, or a place in their text."""
    already = {c.id for group in chosen.groups for c in group}
    spans: dict[Span, list[ReportCard]] = {}
    for card in directory.saying(rest):
        if chosen.groups and card.body is not None:
            continue
        if card.id in already:
            continue
        for span in _sayings_in(rest, card, lexicon, directory):
            spans.setdefault(span, []).append(card)
    for span in sorted(spans, key=lambda s: s[0] - s[1])[:2]:
        group = spans[span]
        if any(overlap(span, other) for other in chosen.covered):
            continue
        if {c.id for c in group} <= {c.id for known in chosen.groups for c in known}:
            continue  # the report is named already: this is something it is asked about
        if chosen.groups and ASKED_ABOUT.search(f"{rest[: span[0]]}\n{rest[span[1] :]}"):
            continue  # so is what stands in quotation marks
        if len(group) <= max(1, len(directory.cards) // 2):
            chosen.groups.append(group)
            chosen.covered.append(span)
            chosen.by_content = True


def _opening_of(name: str, rest: str) -> Span | None:
    """Where a report is called by the beginning of its name: 一码那份."""
    for size in range(len(name) - 1, LEAST_SAYING - 1, -1):
        found = re.search(re.escape(name[:size]) + CALLED, rest)
        if found is not None:
            return found.start(), found.start() + size
    return None


def _sayings_in(rest: str, card: ReportCard, lexicon: Lexicon, directory: Directory) -> list[Span]:
    spans = []
    for name in card.says:
        for start in range(max(1, len(name) - LEAST_SAYING + 1) if card.body is None else 1):
            part = name[start:].lower()  # a report without a body goes by the end of its name too
            position = rest.find(part)
            if len(part) >= LEAST_SAYING and position >= 0:
                spans.append((position, position + len(part)))
                break
    if card.body is None:
        spans += [span for name in card.says if (span := _opening_of(name.lower(), rest))]
        written = directory.places_of(card)
        for place in lexicon.places:
            position = rest.find(place)
            if position >= 0 and place in written:
                end = position + len(place)
                tail = re.match(r"(?:市|区|县)?(?:区级|市级|县级|那边|那个区)?", rest[end:])
                spans.append((position, end + (tail.end() if tail else 0)))
        for word in re.finditer(r"[a-z]{5,}", rest):
            for place in lexicon.places:
                if place in written and "".join(sounds(c) for c in place) == word[0]:
                    end, _ = english_unit(rest, word.end(), "政府", lexicon)
                    spans.append((word.start(), end))
    return spans
