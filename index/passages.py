"""Running text to passages: paragraphs, long ones cut between sentences, with their place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from index.paragraphs import NOTE, Paragraph
from index.report import Passage, Span, new_passage

LONGEST = 320
"""Characters of a passage; a longer paragraph is cut between sentences."""
SHORTEST = 15
"""A shorter line is kept only if it ends like a sentence."""
SENTENCE_END = re.compile(r"[。！？!?](?:[”’」』）)]|(?=[^”’」』）)]))")
CLAUSE_END = re.compile(r"[；;]")
ITEM = re.compile(
    r"[；;]|[:：,，](?=\s*[（(]?[一二三四五六七八九十\d]{1,2}(?:是|[)）]|[、.．](?!\d)))"
)
"""Where an item of a list ends within a sentence, or the list begins: 一是…；二是…"""


def find_passages(text: str, paragraphs: Iterable[Paragraph]) -> tuple[Passage, ...]:
    """Passages of a report in reading order; ``text`` is that of the document."""
    passages: list[Passage] = []
    for paragraph in paragraphs:
        for start, end in split_sentences(text[slice(*paragraph.span)], paragraph.span[0]):
            part = text[start:end]
            ends = part.endswith(("。", "；", ";", "！"))
            if len(part) < SHORTEST and not ends and not NOTE.match(part):
                continue
            passages.append(
                new_passage(
                    number=len(passages) + 1,
                    section=paragraph.section,
                    section_title=paragraph.title,
                    text=part,
                    span=(start, end),
                )
            )
    return tuple(passages)


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


def items(text: str, offset: int = 0) -> list[Span]:
    """Spans of what a sentence lists, each by itself; of one without a list that of the whole."""
    return [(offset + a, offset + b) for a, b in _trimmed(text, _cuts(text, ITEM))]


def _cuts(text: str, pattern: re.Pattern[str]) -> list[Span]:
    edges = [0, *(m.end() for m in pattern.finditer(text)), len(text)]
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
