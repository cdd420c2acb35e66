"""The title of a report: its lines put together, and body and year read off them.

A title is what a report is called (政府信息公开工作年度报告) with a year, a body, or both around
it; whatever else stands there must be such as titles have: 关于, 《》, 的公告.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.bodies.names import EDGES, HAN, LONGEST_NAME, any_of, is_name, may_name
from index.report import Block, Confidence, Recognised, Span
from index.script import Folded, fold_running
from index.words import load_names

LONGEST_TITLE = 90
MOST_LINES = 4
MOST_TITLE_BLOCKS = 120
DIGITS = str.maketrans("零○〇Oo一二三四五六七八九", "00000123456789")
ONE_YEAR = r"(?:20\d\d|二[零○〇Oo][零○〇Oo一二三四五六七八九]{2})"
YEAR = re.compile(
    rf"[(\[]?(?:{ONE_YEAR}年?[-—–―~至到/]+)?(?P<year>{ONE_YEAR})(?:学?年度?)?"
    r"(?:[上下]半年|第?[一二三四1-4]季度)?(?!\d)[)\]]?"
)
"""A year, or a school year by the one in which it ends."""
ANY_YEAR = YEAR.pattern.replace("?P<year>", "")
REPORT = re.compile(
    r"(?:(?:(?<!人民)政府|政务|校务|院务|学校|企业)?信息公开|(?:政|校|院|检|审|警|村|厂)务公开|司法公开)"
    rf"(?:工作)?(?:情况)?的?(?P<within>{ANY_YEAR})?的?(?:年?度)?(?:工作)?(?:情况)?的?"
    r"(?:年?度)?(?:报告|年报|总结)"
)
AROUND = EDGES.translate({ord(c): None for c in "()"})
SENTENCE = re.compile(r"[,.;。]")
"""What stands in a sentence, and in no title."""
BODY = re.compile(rf"(?:[{HAN}·]|\([^()]*\))+$")
OTHER_NAMES = re.compile(r"\([^()]*\)$")
"""Behind a body's name, other names of it."""
LINE = re.compile(rf"[{HAN}0-9Oo○〇()《》<>\[\]·—–―~/-]+")


@dataclass(frozen=True)
class Title:
    """What a title says; ``end`` is the number of the block behind its last line."""

    body: Recognised
    year: Recognised
    end: int


def find_title(blocks: Sequence[Block]) -> Title | None:
    """The first title with a body among the blocks before section one, else the first with a year.

    Its lines may be several short ones that belong together; a body below it is its subtitle.
    """
    early = list(blocks[:MOST_TITLE_BLOCKS])
    bare: Title | None = None
    for lines in range(1, MOST_LINES + 1):
        for start in range(len(early) - lines + 1):
            found = _title_in(early, start, start + lines)
            if found is None:
                continue
            if found.body.value and found.year.value:
                return found
            if bare is None and found.year.value:
                bare = found
    return bare and (_with_subtitle(bare, early) or bare)


def yearless_body(blocks: Sequence[Block]) -> Recognised:
    """The body of a title that has no year, which may be the name of a column of the site."""
    early = list(blocks[:MOST_TITLE_BLOCKS])
    found = (
        _title_in(early, at, at + lines) for lines in (1, 2) for at in range(len(early) - lines + 1)
    )
    named = (title.body for title in found if title and is_name(title.body.value or ""))
    body = next(named, Recognised())
    return body.model_copy(update={"confidence": Confidence.INFERRED}) if body.value else body


def _title_in(early: Sequence[Block], start: int, end: int) -> Title | None:
    """Body and year where these blocks are a title."""
    blocks = early[start:end]
    joined = "".join(b.text for b in blocks)
    if len(joined) > LONGEST_TITLE or not _joinable(blocks):
        return None
    folded = fold_running(joined)
    match = REPORT.search(folded.text)
    if match is None or not _after().fullmatch(folded.text, match.end()):
        return None
    inner = match.start("within") if match["within"] else match.end()
    years = [
        year
        for year in YEAR.finditer(folded.text)
        if year.end() <= match.start() or year.start() >= inner
    ]
    year = years[-1] if years else None
    body = _body_before(folded, match.start(), blocks)
    if body.value:
        body = _of_branch(body, early[start - 1] if start else None)
    return Title(body, _year(folded, year, blocks), end)


@cache
def _after() -> re.Pattern[str]:
    """What may follow the name of a report in its title: its year, and what titles end in."""
    return re.compile(
        rf"[》)—-]*(?:{ANY_YEAR})?[》)\s]*(?:{any_of(load_names().after_title)})?[》)|\s]*"
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(load_names().before_report)})$")


def _joinable(blocks: Sequence[Block]) -> bool:
    """Whether lines may be one title: short, of words only, the first with a body or a year."""
    if len(blocks) == 1:
        return True
    texts = [fold_running(b.text).text.strip() for b in blocks]
    names = load_names()
    endings = (*names.body_endings, *names.line_endings, *names.place_endings)
    plain = all(t and len(t) <= LONGEST_NAME and LINE.fullmatch(t) for t in texts)
    first = texts[0]
    begins = first.endswith(endings) or YEAR.search(first) or REPORT.search(first)
    return plain and bool(begins)


def _body_before(folded: Folded, end: int, blocks: Sequence[Block]) -> Recognised:
    """The body in what stands before the name of the report, its year taken off."""
    start, text = 0, folded.text[:end]
    while True:
        shorter = text.rstrip(AROUND)
        for pattern in (re.compile(rf"(?:{ANY_YEAR})$"), _before()):
            found = pattern.search(shorter)
            shorter = shorter[: found.start()] if found else shorter
        if shorter == text:
            break
        text = shorter
    leading = YEAR.search(text)
    if leading and not text[: leading.start()].strip(EDGES):
        start = leading.end()
    tail = BODY.search(text, start)
    if tail is None:
        return Recognised()
    name = tail[0].strip(AROUND)
    if SENTENCE.search(text[: tail.start()]):
        return Recognised()
    at = tail.start() + tail[0].index(name) if name else 0
    cut = name.removeprefix("关于")
    at += len(name) - len(cut)
    cut = OTHER_NAMES.sub("", cut)
    if not may_name(cut) or len(cut) > LONGEST_NAME:
        return Recognised()
    return Recognised(
        value=cut,
        span=span_in(blocks, folded.span(at, at + len(cut))),
        confidence=Confidence.CERTAIN,
        basis="标题",
    )


def _of_branch(body: Recognised, before: Block | None) -> Recognised:
    """A body with the line above that belongs to its name: 国家税务总局 over 某市税务局."""
    above = fold_running(before.text).text.strip() if before else ""
    if before is None or body.span is None or above not in load_names().with_branches:
        return body
    shift = len(before.text) - len(before.text.lstrip())
    span = (before.span[0] + shift, body.span[1])
    return body.model_copy(update={"value": f"{above}{body.value}", "span": span})


def _with_subtitle(title: Title, early: Sequence[Block]) -> Title | None:
    """A title with the body that stands in the line below it."""
    if title.end >= len(early):
        return None
    block = early[title.end]
    body = whole_line(block, Confidence.LIKELY, "标题下一行")
    return Title(body, title.year, title.end + 1) if body.value else None


def whole_line(block: Block, confidence: Confidence, basis: str) -> Recognised:
    """The body that a line consists of, brackets and dashes around it left out."""
    folded = fold_running(block.text)
    name = folded.text.strip(EDGES)
    if not is_name(name):
        return Recognised()
    at = folded.text.index(name)
    span = span_in([block], folded.span(at, at + len(name)))
    return Recognised(value=name, span=span, confidence=confidence, basis=basis)


def is_short_of(short: str, full: str) -> bool:
    """Whether the body of a title is the end of a fuller name: 市教育局 of 某市教育局."""
    return full != short and full.endswith(short)


def _year(folded: Folded, match: re.Match[str] | None, blocks: Sequence[Block]) -> Recognised:
    if match is None:
        return Recognised()
    return Recognised(
        value=match["year"].translate(DIGITS),
        span=span_in(blocks, folded.span(*match.span("year"))),
        confidence=Confidence.CERTAIN,
        basis="标题",
    )


def span_in(blocks: Sequence[Block], span: Span) -> Span:
    """A span of joined lines as one of the source; over a break it covers the break."""
    places = [b.span[0] + i for b in blocks for i in range(len(b.text))]
    return places[span[0]], places[span[1] - 1] + 1
