"""The heads of table three: which printed column is which applicant, and whether that is sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from index.formats import Form
from index.report import Block
from index.script import label_key

NOTE = "本列数据的勾稽关系为"
"""How the note that the form prints above table three begins."""
MOST_HEADS = 20
"""Blocks before the first row of table three in which its heads are looked for."""
TWO_ROWS = 2
TOTAL_MARK = "总"
"""Stands in a head of totals however it is torn."""


@dataclass
class Heads:
    """What the heads of table three say.

    ``columns``: for a grid, the grid columns of the heads in the order of the form, by table.
    ``subtotals``: the grid columns of heads that the form does not have and that add up others
    (小计); ``subtotal``: such a head is printed. ``sure``: no head stands twice or in another
    order, and the total is printed where all others are; ``repeated``: all of them stand twice,
    the one over all columns too, as on two pages. ``top``: where the heads begin.
    """

    columns: dict[int, tuple[int, ...]] = field(default_factory=dict)
    subtotals: dict[int, tuple[int, ...]] = field(default_factory=dict)
    subtotal: bool = False
    sure: bool = True
    repeated: bool = False
    top: int = 0


@dataclass(frozen=True)
class _Words:
    """Keys of the heads: over all, over organisations, columns, subtotals; and in one string."""

    first: str
    group: str
    columns: dict[str, int]
    subtotals: frozenset[str]
    text: str


@cache
def _words(form: Form) -> _Words:
    t3 = form.tables.t3
    labels = [t3.column_head, t3.group_head, *(c.label for c in t3.columns), *t3.subtotals]
    return _Words(
        first=label_key(t3.column_head),
        group=label_key(t3.group_head),
        columns={
            label_key(label): number
            for number, column in enumerate(t3.columns)
            for label in (column.label, *column.aliases)
        },
        subtotals=frozenset(map(label_key, t3.subtotals)),
        text="|".join(map(label_key, labels)),
    )


@cache
def head_keys(form: Form) -> frozenset[str]:
    """Keys of the texts over the columns of table three."""
    t3 = form.tables.t3
    return frozenset({*_words(form).columns, label_key(t3.column_head), label_key(t3.group_head)})


def read_heads(blocks: Sequence[Block], start: int, form: Form) -> Heads:
    """The heads above the first row of table three, which is ``blocks[start]``."""
    words = _words(form)
    before = [(b, label_key(b.text)) for b in blocks[max(0, start - MOST_HEADS) : start]]
    heads = Heads(top=start)
    for _, key in reversed(before):
        if not key or not (key in words.text or key.startswith(NOTE)):
            break
        heads.top -= 1
    heads.subtotal = any(key in words.subtotals for _, key in before)
    rounds = _rounds([key for _, key in before], words)
    heads.repeated = len(rounds) > 1
    heads.sure = (
        all(r == rounds[0] for r in rounds)
        and (not heads.repeated or [k for _, k in before].count(words.first) == len(rounds))
        and not _lacks_total([k for _, k in before[len(before) - (start - heads.top) :]], words)
    )
    first = blocks[start]
    if first.table is not None and first.row is not None:
        _read_grid([(b, k) for b, k in before if b.table == first.table], first.table, heads, words)
    return heads


def read_heads_again(blocks: Sequence[Block], form: Form, heads: Heads) -> None:
    """The heads of further grids that the table goes on in, as on a next page.

    ``blocks`` are those of the table from its first row on.
    """
    words = _words(form)
    tops: dict[int, list[tuple[Block, str]]] = {}
    below: set[int] = set()
    for block in blocks:
        if block.table is None or block.table in heads.columns or block.table in below:
            continue
        key = label_key(block.text)
        if key and not (key in words.text or key.startswith(NOTE)):
            below.add(block.table)
        elif key:
            tops.setdefault(block.table, []).append((block, key))
    for table, top in tops.items():
        _read_grid(top, table, heads, words)


def _rounds(keys: list[str], words: _Words) -> list[list[int]]:
    """The heads of applicants that are printed, in runs that keep the order of the form.

    One run where they stand once and in order. 总计 is left out: it stands in the upper of two
    head rows.
    """
    total = max(words.columns.values())
    rounds: list[list[int]] = []
    for place in (words.columns.get(key, total) for key in keys):
        if place == total:
            continue
        if not rounds or place <= rounds[-1][-1]:
            rounds.append([])
        rounds[-1].append(place)
    return rounds


def _lacks_total(keys: list[str], words: _Words) -> bool:
    """Whether every head of an applicant is printed whole, and none of a total, not even torn."""
    total = max(words.columns.values())
    printed = {words.columns.get(key, total) for key in keys}
    if not set(range(total)) <= printed:
        return False
    return total not in {words.columns.get(k) for k in keys} and not any(
        TOTAL_MARK in key for key in keys if not key.startswith(NOTE)
    )


def _read_grid(before: list[tuple[Block, str]], table: int, heads: Heads, words: _Words) -> None:
    """Grid columns of the heads (自然人 … 总计) above the first row.

    Believed only if every head is there, and they stand in the order of the form, in a single
    row, or those of organisations right under their common head: where merged cells lost their
    span, they do not. A head in two columns makes all of them unsure.
    """
    found: dict[int, set[int]] = {}
    extra: set[int] = set()
    rows: dict[int, list[int]] = {}
    group: list[int] = []
    for block, key in before:
        if block.column is None:
            continue
        if key in words.columns:
            found.setdefault(words.columns[key], set()).add(block.column)
            rows.setdefault(block.row or 0, []).append(block.column)
        elif key in words.subtotals:
            extra.add(block.column)
        elif key == words.group:
            group.append(block.column)
    if any(len(places) > 1 for places in found.values()):
        heads.sure = False
        return
    columns = [min(found[n]) for n in sorted(found)]
    in_order = all(a < b for a, b in pairwise(columns))
    plain = in_order or len(rows) == 1 or _under(group, rows)
    if len(set(columns)) == max(words.columns.values()) + 1 and plain:
        heads.columns[table] = tuple(columns)
        heads.subtotals[table] = tuple(sorted(extra))


def _under(group: Sequence[int], rows: Mapping[int, Sequence[int]]) -> bool:
    """Whether the lower of two rows of heads begins under the head of organisations, unbroken.

    Then merged cells kept their span, and the heads stand over their columns in any order.
    """
    if len(rows) != TWO_ROWS or len(group) != 1:
        return False
    upper, lower = (sorted(rows[row]) for row in sorted(rows))
    unbroken = lower == list(range(group[0], group[0] + len(lower)))
    return unbroken and not set(upper) & set(lower)
