"""Numbers of running text as cells to state and to compute with."""

from __future__ import annotations

import re

from assistant.answer import CitedPassage
from assistant.answering.cell import Cell
from assistant.answering.evidence import cite_passage
from assistant.answering.look_up import prose_cell
from assistant.answering.scored import Scored
from assistant.lexicon import Lexicon, hint
from assistant.query import Operation, Query
from assistant.understanding.asked import content_words

APART = {
    Operation.SUM: re.compile(r"、|和|与|及|跟|加上?|\+|＋|\band\b|\bplus\b|,|，"),
    Operation.DIFFERENCE: re.compile(r"、|和|与|及|跟|比|较|\band\b|\bthan\b|,|，"),
    Operation.COMPARE: re.compile(r"、|和|与|及|跟|比|较|\band\b|\bthan\b|,|，"),
    Operation.RATIO: re.compile(r"是|除以|和|与|\bas\b|\bof\b"),
    Operation.LOOK_UP: re.compile(r"、|和|与|及|跟|\band\b|,|，"),
    Operation.SHARE: re.compile(
        r"占|里面?|中|当中|除以|是(?=[^是,，。]{2,24}的(?:百分|[几多]成|几分之|多大比))"
        r"|\bof\b|\bout of\b|\bin\b"
    ),
}
"""Where a question that computes is cut into the numbers it computes with."""
BESIDE = frozenset({Operation.DIFFERENCE, Operation.COMPARE})
"""Operations that set two numbers side by side."""


def cell_of(scored: Scored) -> Cell:
    """A number of running text as a cell, named by its label."""
    return prose_cell(scored.report, scored.figure)


def quoted(scored: Scored) -> CitedPassage:
    """The sentence that a number stands in, the number marked."""
    report, figure = scored.report, scored.figure
    assert figure.prose is not None  # noqa: S101 - only numbers of running text are scored
    number = int(figure.row.removeprefix("p"))
    passage = next(p for p in report.passages if p.number == number)
    return cite_passage(report, passage, figure.prose.sentence, (figure.prose.whole,))


def parts_of(query: Query, lexicon: Lexicon) -> list[str]:
    """What a question that computes names apart: 公众号和微博加起来 → 公众号, 微博.

    A part without a word of its own is none; then the question is not cut.
    """
    pattern = APART.get(query.operation)
    if pattern is None or (query.operation is Operation.LOOK_UP and not query.each):
        return [query.search]
    crossed = _crossed(query.said) if query.operation is Operation.LOOK_UP else []
    parts = crossed or _named(pattern, query, lexicon)
    done = hint("done_with_each").search(query.said)
    if done is not None and query.operation is Operation.LOOK_UP and not crossed:
        parts = [part if done["done"] in part else f"{part} {done['done']}" for part in parts]
    if len(parts) == 2 or (query.each and len(parts) > 1):  # noqa: PLR2004 - a pair
        return parts
    return [query.search]


def listed_parts(query: Query, lexicon: Lexicon) -> list[str]:
    """What a question lists whose sum is asked for, however many they are."""
    return _named(APART[Operation.SUM], query, lexicon)


def _named(pattern: re.Pattern[str], query: Query, lexicon: Lexicon) -> list[str]:
    """The parts of a question that name something."""
    said = hint("asks_apart").sub(" ", query.said) if query.operation in BESIDE else query.said
    parts = [hint("share_words").sub(" ", part) for part in pattern.split(said)]
    return [part for part in parts if content_words(part, lexicon)]


def _crossed(said: str) -> list[str]:
    """What is asked of each of several things within each of several others: 甲和乙里丙、丁各几件.

    Empty where a question does not ask so.
    """
    asked = hint("within_each").search(said)
    if asked is None:
        return []
    apart = APART[Operation.LOOK_UP]
    outer, inner = apart.split(asked["outer"]), apart.split(asked["inner"])
    return [f"{one} {other}" for one in outer for other in inner if one and other]
