"""Running text to passages: paragraphs, long ones cut between sentences, with their place."""

from __future__ import annotations

import re
from itertools import pairwise

from index.report import Block, Heading, Passage, Span
from index.rows import RawTables

LONGEST = 320
"""Characters of a passage; a longer paragraph is cut between sentences."""
SHORTEST = 15
"""A shorter line is kept only if it ends like a sentence."""
SENTENCE_END = re.compile(r"(?<=[。！？!?])(?=[^”’」』）)])|(?<=[。！？!?][”’」』）)])")
CLAUSE_END = re.compile(r"(?<=[；;])")
NOTE = re.compile(r"\s*(?:注|註|备注|備註|说明|說明)\s*[:：]")


def find_passages(
    blocks: tuple[Block, ...], headings: tuple[Heading, ...], raw: RawTables | None
) -> tuple[Passage, ...]:
    """Passages of a report in reading order; table cells and headings make none."""
    regions = raw.region if raw is not None else []
    passages: list[Passage] = []
    for block in blocks:
        if _in_table(block, regions):
            continue
        for section, title, start, end in _by_section(block, headings):
            for span in split_sentences(block.text[start:end], block.span[0] + start):
                text = block.text[span[0] - block.span[0] : span[1] - block.span[0]]
                ends = text.endswith(("。", "；", ";", "！"))
                if len(text) < SHORTEST and not ends and not NOTE.match(text):
                    continue
                passages.append(
                    Passage(
                        number=len(passages) + 1,
                        section=section,
                        section_title=title,
                        text=text,
                        span=span,
                    )
                )
    return tuple(passages)


def _in_table(block: Block, regions: list[Span]) -> bool:
    if NOTE.match(block.text):
        return False
    return any(start <= block.span[0] and block.span[1] <= end for start, end in regions)


def _by_section(block: Block, headings: tuple[Heading, ...]) -> list[tuple[int, str, int, int]]:
    """Parts of a block between headings: (section, its title, start, end) within the block."""
    section, title = 0, ""
    for heading in headings:
        if heading.span[0] < block.span[0]:
            section, title = heading.section, heading.title
    parts, at = [], 0
    for heading in headings:
        start, end = heading.span[0] - block.span[0], heading.span[1] - block.span[0]
        if start < 0 or end > len(block.text):
            continue
        parts.append((section, title, at, start))
        section, title, at = heading.section, heading.title, end
    parts.append((section, title, at, len(block.text)))
    return parts


def split_sentences(text: str, offset: int = 0, longest: int = LONGEST) -> list[Span]:
    """Spans of runs of whole sentences, each at most ``longest`` characters where possible.

    A sentence that is longer by itself is cut between clauses, never within one.
    """
    spans: list[Span] = []
    for start, end in _trimmed(text, _cuts(text, SENTENCE_END)):
        pieces = [(start, end)]
        if end - start > longest:
            inner = _cuts(text[start:end], CLAUSE_END)
            pieces = [(start + a, start + b) for a, b in _trimmed(text[start:end], inner)]
        for piece in pieces:
            if spans and piece[1] - spans[-1][0] <= longest:
                spans[-1] = (spans[-1][0], piece[1])
            else:
                spans.append(piece)
    return [(offset + a, offset + b) for a, b in spans]


def sentences(text: str, offset: int = 0) -> list[Span]:
    """Spans of the single sentences of a text."""
    return [(offset + a, offset + b) for a, b in _trimmed(text, _cuts(text, SENTENCE_END))]


def _cuts(text: str, pattern: re.Pattern[str]) -> list[Span]:
    edges = [0, *(m.start() for m in pattern.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(edges) if a < b]


def _trimmed(text: str, spans: list[Span]) -> list[Span]:
    result = []
    for span in spans:
        start, end = span
        while start < end and (text[start].isspace() or text[start] == "|"):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] == "|"):
            end -= 1
        if start < end:
            result.append((start, end))
    return result
