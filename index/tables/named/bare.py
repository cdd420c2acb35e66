"""Tables that lost all their heads: rows of as many cells as the form has, in its order.

Table three is read so by the usual reader, and its sums prove it. Table two must then have all its
rows, one straight after the other and each with all its cells; the row of table four must stand
alone in its section, and each of its blocks end in its sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.amounts import parse_amount
from index.formats import Form
from index.report import Block
from index.script import label_key
from index.tables.labels import split_label
from index.tables.named.words import Named, Names, RowName, names_of
from index.tables.rows import Slot, slot_of


def bare_rows(blocks: Sequence[Block], form: Form) -> Iterator[Named]:
    """The cells of tables two and four where no head of theirs is printed."""
    titles = {label_key(t): s.number for s in form.sections for t in (s.title, *s.aliases)}
    sections: dict[int, list[Block]] = {}
    number = 0
    for block in blocks:
        title = titles.get(split_label(block.text).key)
        number = title if title is not None else number
        if title is None and block.text:
            sections.setdefault(number, []).append(block)
    yield from _table_two(sections.get(form.tables.t2.section, []), form)
    yield from _table_four(sections.get(form.tables.t4.section, []), form)


def _table_two(blocks: Sequence[Block], form: Form) -> Iterator[Named]:
    """Table two, if its rows stand in the section as in the form."""
    names = names_of(form)
    rows = [(row, group) for group in form.tables.t2.groups for row in group.rows]
    first = next((n for n, b in enumerate(blocks) if names.row(b.text) is not None), len(blocks))
    if any(names.is_column(block.text) for block in blocks):
        return
    at, found = first, []
    for row, group in rows:
        label = blocks[at].text if at < len(blocks) else ""
        if names.row(label) != RowName("t2", row.key):
            return
        slots = _cells(blocks[at + 1 :])
        if len(slots) != len(group.columns):
            return
        pairs = zip(group.columns, slots, strict=True)
        found += [Named(RowName("t2", row.key), c.key, slot, label) for c, slot in pairs]
        at += 1 + len(slots)
    yield from found


def _table_four(blocks: Sequence[Block], form: Form) -> Iterator[Named]:
    """Table four, if its section is one row of numbers that add up."""
    t4, names = form.tables.t4, names_of(form)
    if any(_is_head(block.text, names) for block in blocks):
        return
    first = next((n for n, b in enumerate(blocks) if parse_amount(b.text) is not None), len(blocks))
    slots = _cells(blocks[first:])
    size = len(t4.outcomes)
    if len(slots) != size * len(t4.blocks) or any(
        _cells([b]) for b in blocks[first + len(slots) :]
    ):
        return
    values = [slot.amount.value for slot in slots if slot.amount.value is not None]
    if len(values) != len(slots):
        return
    for start in range(0, len(values), size):
        if sum(values[start : start + size - 1]) != values[start + size - 1]:
            return
    keys = [(block.key, outcome.key) for block in t4.blocks for outcome in t4.outcomes]
    for (row, outcome), slot in zip(keys, slots, strict=True):
        yield Named(RowName("t4", row), outcome, slot, "")


def _is_head(text: str, names: Names) -> bool:
    return names.is_column(text) or names.row(text) is not None


def _cells(blocks: Sequence[Block]) -> list[Slot]:
    """The cells that the blocks begin with."""
    slots = []
    for block in blocks:
        amount = parse_amount(block.text)
        if amount is None:
            break
        slots.append(slot_of(block, amount))
    return slots
