"""Running text to paragraphs: no cells, no headings, lines broken within a sentence joined."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from index.report import Block, Heading, Span
from index.tables.rows import RawTables

NOTE = re.compile(r"\s*(?:注|註|备注|備註|说明|說明)\s*[:：]")
SENTENCE_STOPS = ("。", "！", "？", "!", "?")
WIDEST, NARROWEST = 120, 38
"""Columns of the widest line of a text with broken lines, and of its full lines at least."""
FULL, LEAST_FULL = 0.8, 8
"""The share of the usual width that makes a line full; unfinished full lines that make a text
one with broken lines."""
OPENS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．是]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十\d]+[条章节部]|附件?[:：]|[#|*•●■◆-])"
)
"""How a line begins that continues none: a heading, an item of a list, a row."""


class Paragraph(NamedTuple):
    """A paragraph with its section (0 before the first heading) and its place in the source."""

    section: int
    title: str
    span: Span


def find_paragraphs(
    text: str, blocks: tuple[Block, ...], headings: tuple[Heading, ...], raw: RawTables | None
) -> list[Paragraph]:
    """Paragraphs of a report in reading order; ``text`` is that of the document."""
    regions = raw.region if raw is not None else []
    running = list(_outside(blocks, regions))
    width = _line_width(running)
    result: list[Paragraph] = []
    last: Block | None = None
    for block in running:
        parts = list(_by_section(block, headings))
        if last is not None and width and len(parts) == 1 and _continues(text, last, block, width):
            before = result[-1]
            result[-1] = Paragraph(before.section, before.title, (before.span[0], block.span[1]))
        else:
            result.extend(parts)
        last = block
    return result


def _outside(blocks: tuple[Block, ...], regions: list[Span]) -> Iterator[Block]:
    """Blocks that stand in no table, and notes below a table that count as part of it."""
    regions = sorted(regions)
    starts = [start for start, _ in regions]
    reach = list(accumulate((end for _, end in regions), max))
    for block in blocks:
        before = bisect_right(starts, block.span[0])
        if not before or reach[before - 1] < block.span[1] or NOTE.match(block.text):
            yield block


def _by_section(block: Block, headings: tuple[Heading, ...]) -> list[Paragraph]:
    """Parts of a block between headings; empty ones too, where a heading fills it."""
    section, title = 0, ""
    for heading in headings:
        if heading.span[0] < block.span[0]:
            section, title = heading.section, heading.title
    parts, at = [], block.span[0]
    for heading in headings:
        start, end = heading.span
        if start < block.span[0] or end > block.span[0] + len(block.text):
            continue
        parts.append(Paragraph(section, title, (at, start)))
        section, title, at = heading.section, heading.title, end
    parts.append(Paragraph(section, title, (at, block.span[0] + len(block.text))))
    return parts


def _line_width(blocks: list[Block]) -> int:
    """Columns of a full line where the text has broken lines, 0 where it has none.

    A text that is copied page by page breaks its lines at one width. A text with a line a
    paragraph has longer lines, and its unfinished lines are headings.
    """
    lines = [b for b in blocks if b.table is None]
    if any(len(b.text) > WIDEST for b in lines):
        return 0
    widths = [_columns(b.text) for b in lines]
    if not widths or max(widths) > WIDEST:
        return 0
    open_ends = sorted(
        width
        for block, width in zip(lines, widths, strict=True)
        if not block.text.rstrip().endswith(SENTENCE_STOPS)
    )
    if len(open_ends) < LEAST_FULL:
        return 0
    usual = open_ends[-LEAST_FULL // 2]
    full = [width for width in open_ends if width >= usual * FULL]
    return usual if len(full) >= LEAST_FULL and usual >= NARROWEST else 0


def _columns(text: str) -> int:
    """Width in columns: a Chinese character takes two."""
    return sum(1 if char.isascii() else 2 for char in text)


def _continues(text: str, last: Block, block: Block, width: int) -> bool:
    """Whether a block goes on with the sentence of the block before it."""
    if last.table is not None or block.table is not None or OPENS.match(block.text):
        return False
    between = text[last.span[1] : block.span[0]]
    return (
        between.count("\n") == 1
        and not between.strip()
        and not last.text.rstrip().endswith(SENTENCE_STOPS)
        and _columns(last.text) >= width * FULL
    )
