"""Lines that hold several cells: cut into labels, heads and values.

Text that was laid out on a page has a row in one line (``（一）予以公开 9 0 0 0 0 0 9``), a
label and its value (``行政许可 97``), or heads that ran together
(``信息内容本年处理决定数量``). A line is cut only if all of it is labels, heads and numbers of the
form, or if it ends in the numbers of a row: no running text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from index.amounts import parse_amount
from index.formats import Form
from index.report import Block, Span
from index.script import fold_same_length
from index.tables.labels import row_index
from index.tables.runon import CELLS, all_labels, row_labels

LONGEST_LINE = 160
"""Characters of a line that may be a row: the longest label and its cells."""
LEAST_CELLS = 5
"""Numbers that make a line a row whatever its label; fewer may be a number with a space in it."""
TOKEN = re.compile(r"\S+")

Pieces = list[tuple[Span, bool]]
"""Spans of a line's pieces, and whether each is digits that may have run together."""


def cut_lines(blocks: tuple[Block, ...], form: Form) -> tuple[Block, ...]:
    """The blocks, those cut that are lines of several cells."""
    result: list[Block] = []
    cut = _cutter(form)
    for block in blocks:
        fits = 1 < len(block.text) <= LONGEST_LINE and block.table is None and not block.run
        if fits and (pieces := cut(block.text)) is not None:
            result.extend(_parts(block, pieces))
        else:
            result.append(block)
    return tuple(result)


@cache
def _cutter(form: Form) -> Callable[[str], Pieces | None]:
    """How to cut a line, None where it is to stay whole; the same lines stand in every report."""

    @lru_cache(maxsize=8192)
    def pieces(text: str) -> Pieces | None:
        return _of_labels(text, form) or _row_line(text, form)

    return pieces


def _parts(block: Block, pieces: Pieces) -> Iterator[Block]:
    for (start, end), run in pieces:
        text = block.text[start:end]
        span = (block.span[0] + start, block.span[0] + end)
        yield Block(text=text, span=span, page=block.page, run=run)


def _of_labels(text: str, form: Form) -> Pieces | None:
    """Pieces of a line that is made of two or more labels, heads and numbers, with a label first.

    Digits that follow a label without a space between them may be those of several cells.
    """
    folded = fold_same_length(text)
    at = _after_space(folded, 0)
    pieces: Pieces = []
    while at < len(folded):
        label = row_labels(form).match(folded, at) or all_labels(form).match(folded, at)
        token = TOKEN.match(folded, at)
        if label is not None and label.end() > at:
            end, run = label.end(), False
        elif not pieces or token is None:
            return None
        elif pieces[-1][0][1] < at and parse_amount(token[0]) is not None:
            end, run = token.end(), False
        elif (cells := CELLS.match(folded, at)) is not None:
            end, run = cells.end(), True
        else:
            return None
        pieces.append(((at, end), run))
        at = _after_space(folded, end)
    return pieces if len(pieces) > 1 else None


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _row_line(text: str, form: Form) -> Pieces | None:
    """A label, whole or not, and the numbers of a row after it; or the numbers alone."""
    if parse_amount(text[-1]) is None:
        return None
    tokens = [match.span() for match in TOKEN.finditer(text)]
    first = len(tokens)
    while first and _is_cell(text[slice(*tokens[first - 1])], form):
        first -= 1
    cells: Pieces = [(span, False) for span in tokens[first:]]
    if len(cells) < LEAST_CELLS and not (
        cells and first and row_index(form).match(text[: tokens[first - 1][1]]) is not None
    ):
        return None
    return [*_label_pieces(text, tokens[:first], form), *cells]


def _is_cell(token: str, form: Form) -> bool:
    amount = parse_amount(token)
    return amount is not None and (amount.note is None or row_index(form).match(token) is None)


def _label_pieces(text: str, tokens: list[Span], form: Form) -> Pieces:
    """The text before the cells: a label with what stands before it, such as part of a head."""
    if not tokens:
        return []
    end = tokens[-1][1]
    starts = [start for start, _ in tokens]
    for number, start in enumerate(starts):
        if row_index(form).match(text[start:end]) is not None:
            before: Pieces = [((starts[0], tokens[number - 1][1]), False)] if number else []
            return [*before, ((start, end), False)]
    return [((starts[0], end), False)]
