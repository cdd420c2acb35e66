"""Tables that a crawl flattened into running text: cut at the labels of the form.

Crawlers that keep no cell boundaries leave a whole report in one line, labels and digits run
together: ``（一）予以公开220000022（二）部分公开``. Where enough row labels of table three stand in
one block, it is cut into labels and the digits between them. Which digits belong to which
column is decided later, by `index.cells.splitting`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from index.amounts import HEAD_UNITS
from index.formats import Form
from index.report import Block, Span
from index.script import NOT_LABEL, fold_same_length

LEAST_LABELS = 8
"""Row labels of table three in one block that make it a flattened table."""
LEAST_SEEN = 4
"""Rows whose labels must be seen at a quick look: one may stand there twice, or be numbered."""
LONG = 80
"""Characters; a longer block is a flattened table or running text, a shorter one may be a row."""
CELLS = re.compile(r"[0-9]+(?:[,.][0-9]+)*(?:-[0-9]+)*(?:万元|亿元|元)?|[/\u2014\u2013-]+")
YEAR = re.compile(r"(?:19|20)\d\d\s*年")
ONLY_CELLS = re.compile(rf"(?:\s|{CELLS.pattern})*")


def cut_run_ons(blocks: tuple[Block, ...], form: Form, source: str = "") -> tuple[Block, ...]:
    """The blocks, flattened tables among them cut into labels, runs of digits and prose.

    ``source`` is the text that they are of, which is folded anyway.
    """
    whole = fold_same_length(source)
    result: list[Block] = []
    for block in blocks:
        if len(block.text) <= LONG or block.table is not None:
            result.append(block)
            continue
        place = slice(*block.span)
        printed = source[place] == block.text
        folded = whole[place] if printed else fold_same_length(block.text)
        result.extend(_cut(block, folded, form))
    return tuple(result)


def _cut(block: Block, folded: str, form: Form) -> Iterator[Block]:
    rows = {}
    if _may_be_flattened(folded, form):
        rows = {m.start(): m for m in row_labels(form).finditer(folded)}
    if len({m[0] for m in rows.values()}) < LEAST_LABELS:
        yield block
        return
    labels = sorted(
        {m.span() for m in all_labels(form).finditer(folded)} | {m.span() for m in rows.values()}
    )
    labels = _apart(labels)
    start = _table_start(folded, rows)
    labels = [span for span in labels if span[0] >= start]
    if start:
        yield from piece(block, (0, start))
    for number, (begin, end) in enumerate(labels):
        yield from piece(block, (begin, end))
        following = labels[number + 1][0] if number + 1 < len(labels) else len(folded)
        yield from _between(block, folded, (end, following))


def _may_be_flattened(folded: str, form: Form) -> bool:
    """Whether several row labels stand in a text: a quick look before the thorough one."""
    plain = NOT_LABEL.sub("", folded)
    return len({row for name, row in _names(form) if name in plain}) >= LEAST_SEEN


@cache
def _names(form: Form) -> tuple[tuple[str, str], ...]:
    """Keys of the labels of the rows, each with its row."""
    return tuple(
        (NOT_LABEL.sub("", fold_same_length(label)), row.key)
        for row in form.tables.t3.rows
        for label in (row.label, *row.aliases)
    )


def _table_start(folded: str, rows: dict[int, re.Match[str]]) -> int:
    """Where the tables begin: the first caption of table two, else the first row of three."""
    caption = re.search(r"第二十条\s*第\s*[(（]\s*一\s*[)）]\s*项\s*信息内容", folded)
    return caption.start() if caption else min(rows)


def _apart(spans: list[Span]) -> list[Span]:
    """Spans that do not overlap, the longer ones kept."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: s[0] - s[1]):
        at = bisect_left(kept, span)
        if (at == 0 or kept[at - 1][1] <= span[0]) and (at == len(kept) or span[1] <= kept[at][0]):
            kept.insert(at, span)
    return kept


def _between(block: Block, folded: str, span: Span) -> Iterator[Block]:
    """What stands between two labels: cells first, then prose, if any, which a year may begin."""
    cells = ONLY_CELLS.match(folded, *span)
    end = cells.end() if cells else span[0]
    for match in CELLS.finditer(folded, span[0], end):
        if YEAR.match(folded, match.start()):
            end = match.start()
            break
        yield from piece(block, match.span(), run=True)
    if folded[end : span[1]].strip():
        yield from piece(block, (end, span[1]))


def piece(block: Block, span: Span, *, run: bool = False) -> Iterator[Block]:
    """What stands at a span of a block as a block, without the spaces round it; no empty one."""
    text = block.text[slice(*span)]
    start = span[0] + len(text) - len(text.lstrip())
    text = text.strip()
    if text:
        begin = block.span[0] + start
        yield Block(text=text, span=(begin, begin + len(text)), page=block.page, run=run)


def spaced(label: str) -> str:
    """A label as a pattern that allows spaces between its characters."""
    characters = [re.escape(c) for c in fold_same_length(label) if not c.isspace()]
    return r"\s*".join("[“”\"'‘’「」『』]?" if c in "“”" else c for c in characters)


@cache
def row_labels(form: Form) -> re.Pattern[str]:
    """Row labels of table three with their printed numbers.

    By number, which tells at once that most places of a text begin no label.
    """
    labels: dict[str, set[str]] = {}
    for row in form.tables.t3.rows:
        labels.setdefault(row.number.strip("、.（）()"), set()).update((row.label, *row.aliases))
    numbered = [
        rf"{number}\s*[)）]?\s*[、.．]?\s*(?:{alternatives(map(spaced, names))})"
        for number, names in labels.items()
    ]
    return re.compile(rf"(?:[(（]\s*)?(?:{'|'.join(numbered)})")


@cache
def all_labels(form: Form) -> re.Pattern[str]:
    """Captions, heads and row labels of all tables, and the numbered section titles."""
    tables = form.tables
    words = [tables.t2.header, tables.t3.column_head, tables.t3.group_head]
    for group in tables.t2.groups:
        words.append(group.caption)
        words.extend(
            label for t in (*group.columns, *group.rows) for label in (t.label, *t.aliases)
        )
    words.extend(label for c in tables.t3.columns for label in (c.label, *c.aliases))
    words.extend(tables.t3.subtotals)
    words.extend(
        label
        for term in (*tables.t4.blocks, *tables.t4.outcomes)
        for label in (term.label, *term.aliases)
    )
    words.extend(b.group for b in tables.t4.blocks if b.group)
    titles = [
        rf"[一二三四五六七]、\s*{spaced(t)}" for s in form.sections for t in (s.title, *s.aliases)
    ]
    note = r"[(（]本列数据的勾稽关系为[^)）]*[)）]"
    labels = alternatives([note, *titles, *map(spaced, set(words))])
    return re.compile(rf"(?:{labels})(?:[(（]\s*(?:单位\s*[:：,，]?\s*)?{HEAD_UNITS}\s*[)）])?")


def alternatives(patterns: Iterable[str]) -> str:
    """Patterns to choose from, the longest first."""
    return "|".join(sorted(patterns, key=lambda p: (-len(p), p)))
