"""Annexed tables that lost their cells: cut at the labels of the form.

Two kinds of text: a whole table run together in one line, and lines that hold one row each
(``1.当面申请数 件 3``). A label is believed only where nothing but a unit and cells stands between
it and the next one, so that running text which uses the same words is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from index.annex.labels import AnnexLabels
from index.formats import AnnexRow
from index.report import Block, Span
from index.script import fold_same_length
from index.tables.runon import CELLS, LONG, alternatives, piece

LEAST_TOGETHER = 6
"""Rows, one after the other, that make part of a long block a flattened table."""
MOST_HEAD = 60
"""Characters before the first row in which its heads are looked for."""
HAN_NUMBER = r"[(]?\s*[一二三四五六七八九十]{1,3}\s*[)]?\s*[、.]?\s*"
GOES_ON = re.compile(r"\s*[年月日号时点分.:/、-]")
"""What makes of the digits before it a date, a time, a number with a point or that of a row."""


@dataclass(frozen=True)
class Cuts:
    """The blocks of a document, tables cut; and the cells whose last digits are in doubt.

    They may be the number of the next row, or begin a date.
    """

    blocks: tuple[Block, ...]
    doubtful: frozenset[Span]


@dataclass(frozen=True)
class _Grammar:
    """What labels, units, heads and the text between two labels look like in folded text."""

    rows: re.Pattern[str]
    between: re.Pattern[str]
    heads: re.Pattern[str]
    head: re.Pattern[str]


def cut_annex(blocks: Sequence[Block], labels: AnnexLabels) -> Cuts:
    """Cut flattened tables and rows in one line; grids and all other blocks stay as they are."""
    grammar = _grammar(labels)
    result: list[Block] = []
    doubtful: set[Span] = set()
    for block in blocks:
        tables = _tables_in(block, grammar) if block.table is None else []
        result.extend(_pieces(block, tables, grammar, doubtful) if tables else [block])
    return Cuts(tuple(result), frozenset(doubtful))


def _tables_in(block: Block, grammar: _Grammar) -> list[list[re.Match[str]]]:
    """Runs of labels in the block between which only cells stand; none where it is no table."""
    folded = fold_same_length(block.text)
    runs: list[list[re.Match[str]]] = [[]]
    for match in grammar.rows.finditer(folded):
        last = runs[-1][-1] if runs[-1] else None
        if last is not None and not grammar.between.fullmatch(folded, last.end(), match.start()):
            runs.append([])
        runs[-1].append(match)
    if len(block.text) > LONG:
        return [run for run in runs if len(run) >= LEAST_TOGETHER]
    (run, *others) = runs
    if not run or others or folded[: run[0].start()].strip():
        return []
    cells = grammar.between.fullmatch(folded, run[-1].end())
    return [run] if cells is not None and cells["cells"].strip() else []


def _pieces(
    block: Block,
    tables: Sequence[Sequence[re.Match[str]]],
    grammar: _Grammar,
    doubtful: set[Span],
) -> Iterator[Block]:
    """The block in pieces: what stands before each table, its labels and cells, and the rest."""
    folded = fold_same_length(block.text)
    at = 0
    for number, rows in enumerate(tables):
        end = tables[number + 1][0].start() if number + 1 < len(tables) else len(folded)
        yield from _before(block, folded, (at, rows[0].start()), grammar)
        for row, following in zip(rows, (*rows[1:], None), strict=True):
            yield from piece(block, row.span())
            last = following.start() if following is not None else end
            match = grammar.between.match(folded, row.end(), last)
            at = match.end("cells") if match is not None else row.end()
            if match is not None:
                yield from _row_pieces(block, folded, match, following, doubtful)
                at = match.end("after")
                if following is not None:
                    yield from _before(block, folded, (at, last), grammar)
    yield from piece(block, (at, len(folded)))


def _row_pieces(
    block: Block,
    folded: str,
    match: re.Match[str],
    following: re.Match[str] | None,
    doubtful: set[Span],
) -> Iterator[Block]:
    """Unit and cells of one row."""
    yield from piece(block, match.span("unit"))
    cells = [m.span() for m in CELLS.finditer(match.string, *match.span("cells"))]
    pieces = [p for span in cells for p in piece(block, span, run=True)]
    if pieces and _unsure(folded, match, following):
        doubtful.add(pieces[-1].span)
    yield from pieces
    yield from piece(block, match.span("after"))


def _unsure(folded: str, cells: re.Match[str], following: re.Match[str] | None) -> bool:
    """Whether the last digits of a row may belong to what follows it."""
    if cells["rest"]:  # the mark of a number that is not the next row's
        return True
    if following is None:
        return GOES_ON.match(folded, cells.end("cells")) is not None
    numbered = following["arabic"] is not None
    return not numbered and bool(following["bare"]) and folded[following.start() - 1].isdigit()


def _before(block: Block, folded: str, span: Span, grammar: _Grammar) -> Iterator[Block]:
    """What stands before a row: prose, and the words of the table's head one by one."""
    start = max(span[0], span[1] - MOST_HEAD)
    match = grammar.heads.search(folded, start, span[1])
    begin = match.start() if match is not None else span[1]
    yield from piece(block, (span[0], begin))
    for word in grammar.head.finditer(folded, begin, span[1]):
        yield from piece(block, word.span())


@cache
def _grammar(labels: AnnexLabels) -> _Grammar:
    units = "|".join(sorted(map(re.escape, labels.units), key=len, reverse=True))
    words = "|".join(sorted(filter(None, map(_spaced, labels.words)), key=len, reverse=True))
    head = rf"(?:20\d\d\s*)?(?:{words})\s*"
    leads = "|".join(map(_spaced, labels.annex.lead_ins))
    lead = rf"(?:(?:{leads})[:,]?\s*)?" if leads else ""
    cells = rf"(?:{CELLS.pattern}|\s)*"
    return _Grammar(
        rows=re.compile(lead + rf"(?:{_any(labels.annex.rows)})"),
        between=re.compile(
            rf"\s*[(]?(?P<unit>(?:{units})?)[)]?\s*(?P<cells>{cells})"
            rf"(?P<after>(?:{units})?)\s*(?P<rest>[.]?)\s*(?:{head})*"
        ),
        heads=re.compile(rf"(?:{head})+\d{{0,2}}\s*$"),
        head=re.compile(head),
    )


def _any(rows: Sequence[AnnexRow]) -> str:
    """Any label with its number, the longest first.

    Of Arabic numbers only the row's own counts, and only where it is set off by a stop or a
    bracket: ``件121.当面申请数`` is 12, then 1. Without it (``bare``) the digits stay unsure.
    """
    han: list[str] = []
    patterns: dict[str, list[str]] = {}
    for row in rows:
        number = row.number.strip("、.（）()")
        for label in (row.label, *row.aliases):
            (patterns.setdefault(number, []) if number.isdigit() else han).append(_spaced(label))
    numbered = [
        rf"(?:[(]\s*{number}\s*[)]\s*[、.]?|{number}\s*[)、.]|(?<!\d){number})\s*(?:{_longest(found)})"
        for number, found in patterns.items()
    ]
    bare = _longest([p for found in patterns.values() for p in found])
    arabic = "|".join(numbered) or r"(?!)"
    return rf"(?P<arabic>{arabic})|(?:{HAN_NUMBER})?(?:{_longest(han)})|(?P<bare>{bare or '(?!)'})"


def _longest(patterns: Sequence[str]) -> str:
    return alternatives(set(patterns)) or r"(?!)"


def _spaced(label: str) -> str:
    """A label as a pattern that allows spaces, and other punctuation or none."""
    return r"\s*".join(
        re.escape(c) if c.isalnum() else r"[^\w\s]?"
        for c in fold_same_length(label)
        if not c.isspace()
    )
