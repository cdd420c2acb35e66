"""Reports named by what they say: a brand or an app of their own, or a place in their text."""

from __future__ import annotations

import re

from assistant.lexicon import Lexicon, hint
from assistant.library.directory import LEAST_SAYING, Directory
from assistant.library.english_bodies import english_unit
from assistant.library.naming import overlap
from assistant.understanding.context import Context
from assistant.understanding.selection import Selection
from assistant.words.slips import by_spelling
from index.report import ReportCard, Span

ASKED_ABOUT = re.compile('[“"「『‘]\n[”"」』’](?!\x00|[这那]份|报告|年报)')
"""What stands between quotation marks (the line break), and is called no report."""
MOST_SAID = 3
"""Things that reports say of themselves by which a question may name one."""
CALLED = r"(?=的?(?:[这那]一?份|报告|年报))"
"""What follows a name by which a report is called."""


def add_by_content(
    rest: str,
    context: Context,
    chosen: Selection,
) -> None:
    """Take in reports that words name by what they say."""
    directory, lexicon = context.directory, context.lexicon
    already = {c.id for group in chosen.groups for c in group}
    spans: dict[Span, list[ReportCard]] = {}
    said: set[Span] = set()
    for card in directory.saying(rest):
        if (chosen.groups and card.body is not None) or card.id in already:
            continue
        for span in _sayings_in(rest, card, context):
            spans.setdefault(_described(rest, span, lexicon), []).append(card)
            said.add(span)
    placed = {span for span in spans if rest[slice(*span)].startswith(lexicon.places)}
    first = sorted(spans, key=lambda s: (s not in placed, _in_quotes(rest, s), s[0] - s[1]))
    for span in first[:MOST_SAID]:
        group = spans[span]
        if any(overlap(span, other) for other in chosen.covered):
            continue
        if {c.id for c in group} <= {c.id for known in chosen.groups for c in known}:
            if span in placed:  # else it is something that the report is asked about
                chosen.covered.append(span)
        elif not (chosen.groups and _in_quotes(rest, span)) and len(group) <= _half(directory):
            chosen.add(group, span)
            chosen.by_content = True
            if len(group) == 1 or any(c.body is None for c in group) or span not in said:
                chosen.covered.append(span)  # else it tells no report apart, and is asked about


def _half(directory: Directory) -> int:
    """Half of the reports, one at least: what more of them say tells none apart."""
    return max(1, len(directory.cards) // 2)


def _in_quotes(rest: str, span: Span) -> bool:
    """Whether words stand between quotation marks and are called no report."""
    return ASKED_ABOUT.search(f"{rest[: span[0]]}\n{rest[span[1] :]}") is not None


def _described(rest: str, span: Span, lexicon: Lexicon) -> Span:
    """The whole of what a body is called by: 推广某码的那个单位, not 某码 alone."""
    after = re.match(lexicon.bodies.described_after, rest[span[1] :])
    if after is None:
        return span
    before = re.search(
        f"(?<![\u3400-\u9fff])(?:{lexicon.bodies.described_before})$", rest[: span[0]]
    )
    return (before.start() if before else span[0], span[1] + after.end())


def _names_a_row(saying: str, lexicon: Lexicon) -> bool:
    """Whether what a report puts in quotation marks is a row of its tables: “不予公开”."""
    return any(p.strong and p.regex.fullmatch(saying) for p in lexicon.rows)


def _opening_of(name: str, rest: str) -> Span | None:
    """Where a report is called by the beginning of its name: 一码那份."""
    for size in range(len(name) - 1, LEAST_SAYING - 1, -1):
        found = re.search(re.escape(name[:size]) + CALLED, rest)
        if found is not None:
            return found.start(), found.start() + size
    return None


def _sayings_in(rest: str, card: ReportCard, context: Context) -> list[Span]:
    """Where words name a report by what it says.

    A report without a body goes by the end of its name too; that of any but its first must be
    called a report (某某网那份), else it is what is asked about.
    """
    spans = []
    for number, name in enumerate(card.says):
        by_end = len(name) - LEAST_SAYING + 1 if card.body is None else 1
        for start in range(max(1, by_end)):
            part = name[start:].lower()
            if start and number and not re.search(re.escape(part) + CALLED, rest):
                continue
            position = rest.find(part)
            found = position >= 0 and len(part) >= LEAST_SAYING
            if found and not _names_a_row(part, context.lexicon):
                spans.append((position, position + len(part)))
                break
    return spans + (_nameless(rest, card, context) if card.body is None else [])


def _nameless(rest: str, card: ReportCard, context: Context) -> list[Span]:
    """Where words name a report without a body by the opening of a name, or a place in its text."""
    lexicon = context.lexicon
    spans = [span for name in card.says if (span := _opening_of(name.lower(), rest))]
    written, service = context.directory.places_of(card), hint("service_of_place")
    for place in lexicon.places:
        position = rest.find(place)
        end = position + len(place)
        if position >= 0 and place in written and not service.match(rest, end):
            tail = re.match(r"(?:市|区|县)?(?:区级|市级|县级|那边|那个区)?", rest[end:])
            spans.append((position, end + (tail.end() if tail else 0)))
    for word in re.finditer(r"[a-z]{5,}", rest):
        for place in by_spelling(lexicon.places).get(word[0], ()):
            if place in written:
                unit = english_unit(rest, word.end(), "政府", lexicon)
                spans.append((word.start(), unit[0] if unit is not None else word.end()))
    return spans
