"""Blocks to raw tables: values anchored on the labels of the form.

A value belongs to the row whose LABEL it follows, never to a position in the file. What the
values mean (which column each belongs to) is decided later, by `index.cells.placing`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from index.formats import Form
from index.report import Block
from index.script import NOT_LABEL, fold_same_length, label_key
from index.tables.four import read_t4
from index.tables.labels import split_label
from index.tables.named import add_named, unstack
from index.tables.rowlines import cut_lines
from index.tables.rows import LONGEST_LABEL, RawGroup, RawRow, RawTables, filled_rows, whole_rows
from index.tables.runon import cut_run_ons
from index.tables.three import find_t3, read_t3
from index.tables.two import read_t2

LEAST_ROWS = 8
"""Whole rows of table three below which the others are looked for elsewhere."""
MARGIN = 5
"""Labels that a form may have fewer than another one and still be read."""
PAGE = re.compile(
    r"\s*(?:[-_\u2010-\u2015\uff0d]+\s*[0-9\uff10-\uff19]{1,3}\s*[-_\u2010-\u2015\uff0d]+"
    r"|第\s*\d{1,3}\s*[页頁]\s*(?:[,，/]?\s*共\s*\d{1,3}\s*[页頁])?)\s*"
)
"""A page number by its dashes or its words; it stands among cells, but is none."""
SHORTEST_PAGE = len("-1-")


def read_tables(blocks: tuple[Block, ...], form: Form, source: str = "") -> RawTables:
    """Find the three tables of ``form`` among the blocks of a document with this text.

    A file may hold tables more than once: another year's, a subordinate unit's, a second report.
    Nothing says whose figures are asked for, so what differs between them is left open.
    """
    printed = blocks
    blocks = cut_lines(cut_run_ons(blocks, form, source), form)
    raw = _read(blocks, form, source)
    if _lacks(raw):
        unstacked = unstack(blocks, form)
        if unstacked is not blocks:
            blocks, raw = unstacked, _read(unstacked, form, source)
        if _lacks(raw):
            add_named(blocks, raw, printed)
    raw.score = sum(len(g.columns) + len(g.rows) for g in raw.t2) + len(raw.t3) + len(raw.heads)
    return raw


def _read(blocks: tuple[Block, ...], form: Form, source: str) -> RawTables:
    """The tables as most surfaces have them."""
    printed = tuple(
        [
            b for b in blocks
            if b.table is not None or len(b.text) < SHORTEST_PAGE or not PAGE.fullmatch(b.text)
        ]
    )  # fmt: skip
    starts = find_t3(printed, form)
    sets, end = [], 0
    for start, following in pairwise([*starts, len(printed)] if starts else [None, len(printed)]):
        found = RawTables(form, blocks=blocks, source=source)
        read_t2(printed[end:start], form, found)
        end = read_t3(printed[:following], start, form, found) if start is not None else 0
        read_t4(printed[end:following], form, found)
        sets.append(found)
    raw, *others = [s for s in sets if _is_table(s)] or sets[:1]
    _take_t4(raw, others, sets)
    own = _in_own_section(printed, [raw, *others], form) if others else None
    if own is not None:
        for other in (raw, *others):
            own.region.extend(span for span in other.region if span not in own.region)
        return own
    for other in others:
        _dispute(raw, other)
    return raw


def _take_t4(raw: RawTables, others: Sequence[RawTables], sets: Sequence[RawTables]) -> None:
    """The only table four, where it stands behind a list that is no table three itself."""
    found = [s for s in sets if s.t4 is not None]
    if len(found) == 1 and not others and found[0] is not raw:
        raw.t4, raw.t4_in_order = found[0].t4, found[0].t4_in_order
        raw.region.extend(span for span in found[0].region if span not in raw.region)


def _in_own_section(
    blocks: Sequence[Block], sets: Sequence[RawTables], form: Form
) -> RawTables | None:
    """The only table three in the section that the form has it in, the others being in others.

    Those are quoted: a county's in the report of its office, last year's in an outlook.
    """
    titles = {label_key(t): s.number for s in form.sections for t in (s.title, *s.aliases)}
    places = [
        (block.span[0], titles[key])
        for block in blocks
        if block.table is None and (key := split_label(block.text).key) in titles
    ]
    sections = []
    for found in sets:
        first = min(row.span[0] for row in found.t3.values())
        sections.append(next((n for at, n in reversed(places) if at < first), None))
    own = [s for s, number in zip(sets, sections, strict=True) if number == form.tables.t3.section]
    if len(own) != 1 or None in sections:
        return None
    alone = all(s.t4 is None and not any(g.rows for g in s.t2) for s in sets if s is not own[0])
    return own[0] if alone else None  # else it is a second report


def _lacks(raw: RawTables) -> bool:
    """Whether a table was not found, or not as the form has it, so that rarer layouts are tried."""
    form = raw.form
    whole = whole_rows(raw)
    disputes = len(form.tables.t4.blocks) * len(form.tables.t4.outcomes)
    filled = filled_rows(raw)
    return (
        any(row.key not in filled for group in form.tables.t2.groups for row in group.rows)
        or not raw.t3_in_order
        or raw.t4 is None
        or not raw.t4_in_order
        or len(raw.t4) < disputes
        or 2 * whole <= len(raw.t3)
        or whole < LEAST_ROWS
        or any(" " in slot.text for row in raw.t3.values() for slot in row.slots)
    )


def likely_forms(blocks: tuple[Block, ...], forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """The forms that the labels printed whole may be of; a quick look before they are read.

    Left out are those with so many fewer of their labels that damaged ones cannot make up for it.
    """
    printed = {label_key(b.text) for b in blocks if len(b.text) <= LONGEST_LABEL}
    seen = [len(printed & _labels(form)) for form in forms]
    if max(seen) < MARGIN:  # flattened into running text, or no tables at all
        text = NOT_LABEL.sub("", fold_same_length("\n".join(b.text for b in blocks)))
        seen = [sum(label in text for label in _labels(form)) for form in forms]
    return tuple(f for f, count in zip(forms, seen, strict=True) if count + MARGIN >= max(seen))


@cache
def _labels(form: Form) -> frozenset[str]:
    """Keys of all labels of tables two and three, with and without their numbers."""
    groups, rows = form.tables.t2.groups, form.tables.t3.rows
    terms = [*rows, *(term for group in groups for term in (*group.rows, *group.columns))]
    names = [name for term in terms for name in (term.label, *term.aliases)]
    numbered = [f"{row.number}{name}" for row in rows for name in (row.label, *row.aliases)]
    return frozenset(map(label_key, (*names, *numbered)))


def _is_table(found: RawTables) -> bool:
    """Whether rows have several cells: a list of labels with a number each is no table three."""
    return any(len(row.slots) > 1 for row in found.t3.values())


def _dispute(raw: RawTables, other: RawTables) -> None:
    """Open what another set of tables in the same file says differently, or says alone."""
    raw.region.extend(span for span in other.region if span not in raw.region)
    shared = {
        key: _texts(row) == _texts(raw.t3[key]) for key, row in other.t3.items() if key in raw.t3
    }
    raw.repeated += [key for key, same in shared.items() if not same and key not in raw.repeated]
    if shared and all(shared.values()):  # the first rows stand again on the next page
        raw.t3 |= {key: row for key, row in other.t3.items() if key not in raw.t3}
    known = {row.key: _texts(row) for group in raw.t2 for row in group.rows}
    for group in other.t2:
        differing = [row for row in group.rows if known.get(row.key) != _texts(row)]
        if differing:
            raw.t2.append(RawGroup(group.group, group.columns, differing, doubled=True))
    if raw.t4 is None and shared and all(shared.values()):  # the table printed twice, once with it
        raw.t4, raw.t4_in_order = other.t4, other.t4_in_order
    elif other.t4 is not None:
        same = raw.t4 is not None and [s.text for s in raw.t4] == [s.text for s in other.t4]
        raw.t4_in_order = raw.t4_in_order and same
        raw.t4 = raw.t4 or other.t4


def _texts(row: RawRow) -> list[str]:
    return [slot.text for slot in row.slots]
