"""The body as the rest of a report names it.

That is its preamble, its first sentence, its signature, and the lines that its page has about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial

from index.bodies.names import EDGES, any_of, is_name, is_spam, may_name, within
from index.bodies.titles import span_in, whole_line
from index.report import Block, Confidence, Document, Heading, Recognised
from index.script import fold
from index.words import load_names

HEAD = 2_000
"""Characters before section one in which the body is looked for."""
OPENING = 260
"""Characters of section one in which its subject is looked for."""
MOST_LINES_BELOW = 12
"""Lines at the end of a report among which its signature stands."""
DAY = re.compile(
    r"(?:20\d\d|二[零○〇Oo][零○〇Oo一二三四五六七八九]{2})\s*[-/.年]\s*[\d一二三四五六七八九十]{1,3}\s*[-/.月]"
    r"\s*[\d一二三四五六七八九十]{1,3}\s*日?"
)
CLAUSE = r"(?:^|(?<=[|,，。;；\s]))"
"""Where a clause begins."""
SEAL = re.compile(r"\(?(?:盖章|公章|章)\)?$")
SAID = Confidence.LIKELY


def body_of_text(document: Document, headings: Sequence[Heading]) -> Recognised:
    """The body that the text names, where its title names none; unknown where it does not.

    What the report says of itself goes before what its page says of it.
    """
    first = min(headings[0].span[0], HEAD) if headings else HEAD
    head = [b for b in document.blocks if b.span[0] < first]
    names = load_names()
    found = (
        partial(_in_head, document, first),
        partial(_in_opening, document, headings),
        partial(_signed, document, headings),
        partial(_labelled, head, names.publisher_labels, SAID),
        partial(_labelled, document.blocks, names.author_labels, SAID),
        partial(_labelled, head, names.source_labels, Confidence.INFERRED),
    )
    return next((body for look in found if (body := look()).value), Recognised())


def _in_head(document: Document, end: int) -> Recognised:
    """The body that the preamble names as the one that reports."""
    return _subject(document, 0, end, _reporting(), "前言")


def _in_opening(document: Document, headings: Sequence[Heading]) -> Recognised:
    """The subject of a clause of the first sentence of section one (or of the text)."""
    start = next((h.span[1] for h in headings if h.section == 1), 0)
    stop = document.text.find("。", start, start + OPENING)
    end = stop if stop >= 0 else start + OPENING
    return _subject(document, start, end, _opening(), "第一部分首句")


def _subject(
    document: Document, start: int, end: int, pattern: re.Pattern[str], basis: str
) -> Recognised:
    local = fold(document.text[start:end])
    for match in pattern.finditer(local.text):
        if is_spam(match["body"]) or not may_name(match["body"]):
            continue
        span = local.span(*match.span("body"))
        return Recognised(
            value=match["body"],
            span=(start + span[0], start + span[1]),
            confidence=SAID,
            basis=basis,
        )
    return Recognised()


@cache
def _opening() -> re.Pattern[str]:
    names = load_names()
    leads = any_of(names.clause_leads)
    begins = rf"{CLAUSE}(?:(?:{leads})\s*+)?(?:20\d\d\s*+年度?(?:[,，、]\s*+)?)?"
    return within(begins, rf"\s*(?:20\d\d\s*年度?)?[,，]?(?:{any_of(names.opening_verbs)})")


@cache
def _reporting() -> re.Pattern[str]:
    names = load_names()
    before = any_of(names.reporting_before)
    begins = rf"(?:{CLAUSE}|(?:{before})\s*+)"
    after = any_of((*names.reporting_after, *names.opening_verbs))
    return within(begins, rf"\s*(?:20\d\d|\(以下|{after})")


def _signed(document: Document, headings: Sequence[Heading]) -> Recognised:
    """The body whose name stands, beside a day, in a line of its own at the end."""
    last = headings[-1].span[1] if headings else 0
    below = [b for b in document.blocks if b.span[0] >= last and b.text.strip()]
    lines = below[-MOST_LINES_BELOW:]
    days = [DAY.search(fold(line.text).text) is not None for line in lines]
    for at in range(len(lines) - 1, -1, -1):
        if not any(days[max(0, at - 1) : at + 2]):
            continue
        body = _signature(lines[at])
        if body.value:
            return body
    return Recognised()


def _signature(block: Block) -> Recognised:
    folded = fold(block.text)
    name = SEAL.sub("", DAY.sub("", folded.text).strip(EDGES)).strip(EDGES)
    if not is_name(name) or name not in folded.text:
        return Recognised()
    at = folded.text.index(name)
    span = span_in([block], folded.span(at, at + len(name)))
    return Recognised(value=name, span=span, confidence=SAID, basis="落款")


def _labelled(blocks: Sequence[Block], labels: Sequence[str], confidence: Confidence) -> Recognised:
    """The body behind a label, in its line or in the next cell."""
    pattern = _label(tuple(labels))
    for at, block in enumerate(blocks):
        folded = fold(block.text)
        for match in pattern.finditer(folded.text):
            basis = f"标注“{match['label']}”"
            name = match["name"].strip(EDGES)
            if is_name(name):
                start = match.start("name") + match["name"].index(name)
                span = span_in([block], folded.span(start, start + len(name)))
                return Recognised(value=name, span=span, confidence=confidence, basis=basis)
            if not name and not folded.text[match.end() :].strip() and at + 1 < len(blocks):
                body = whole_line(blocks[at + 1], confidence, basis)
                if body.value:
                    return body
    return Recognised()


@cache
def _label(labels: tuple[str, ...]) -> re.Pattern[str]:
    spaced = "|".join(r"\s*".join(map(re.escape, label)) for label in labels)
    return re.compile(
        rf"(?<![\u3400-\u9fff])(?P<label>{spaced})(?:\(盖章\))?[\]】)]?\s*[:|]?\s*(?P<name>[^\s|,;:]*)"
    )
