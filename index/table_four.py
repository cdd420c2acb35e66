"""Table four: its head, then one row of cells up to the next text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from index.amounts import Amount, parse_amount
from index.formats import Form
from index.report import Block
from index.rows import LONGEST_LABEL, RawTables, Slot, grid_row, slot_of
from index.script import label_key

HEAD_BLOCKS = 8
"""Blocks after the first label of the head in which another one must follow."""


@cache
def _labels(form: Form) -> tuple[tuple[str, ...], frozenset[str]]:
    """Keys of the blocks' labels in order, and those of the groups over them."""
    blocks = form.tables.t4.blocks
    return (
        tuple(label_key(b.label) for b in blocks),
        frozenset(label_key(b.group) for b in blocks if b.group),
    )


def begins_t4(blocks: tuple[Block, ...], at: int, form: Form) -> bool:
    """Whether the head of table four starts here: its first block label, another one close by."""
    labels, groups = _labels(form)
    if label_key(blocks[at].text) != labels[0]:
        return False
    following = {label_key(b.text) for b in blocks[at + 1 : at + HEAD_BLOCKS]}
    return bool(following & (groups | set(labels[1:])))


def read_t4(blocks: tuple[Block, ...], start: int, form: Form, raw: RawTables) -> None:
    """Find table four after ``start``, if it is there."""
    for first in range(start, len(blocks)):
        if len(blocks[first].text) <= LONGEST_LABEL and begins_t4(blocks, first, form):
            break
    else:
        return
    width = len(form.tables.t4.blocks) * len(form.tables.t4.outcomes)
    slots, seen = _read_row(blocks[first:], width)
    if not slots:
        return
    labels, _ = _labels(form)
    order = [seen.index(label) for label in labels if label in seen]
    raw.t4_in_order = (
        len(order) == len(labels) and order == sorted(order) and _outcomes_in_order(seen, form)
    )
    raw.t4 = slots
    raw.covers(blocks[first].span, slots[-1].span)


def _read_row(blocks: Iterable[Block], width: int) -> tuple[list[Slot], list[str]]:
    """The cells of the row, and the keys of the texts before them."""
    slots: list[Slot] = []
    seen: list[str] = []
    for block in blocks:
        amount = parse_amount(block.text)
        if amount is not None:
            if not (amount.blank and block.text == "" and grid_row(block) is None):
                slots.append(slot_of(block, amount))
            continue
        printed = any(not s.amount.blank for s in slots)
        if printed and slots[-1].grid is not None and slots[-1].grid[:2] == grid_row(block):
            slots.append(slot_of(block, Amount(None)))  # an unreadable cell of the row
            continue
        if printed or len(slots) >= width:
            break
        slots = []
        seen.append(label_key(block.text))
        if len(block.text) > LONGEST_LABEL:
            break
    return slots, seen


def _outcomes_in_order(seen: list[str], form: Form) -> bool:
    """Whether the outcomes that are printed whole stand in the order of the form."""
    labels = [label_key(o.label) for o in form.tables.t4.outcomes]
    following = [*seen[1:], "."]  # a label may be broken over two lines
    printed = [
        label
        for text, after in zip(seen, following, strict=True)
        for label in (text, text + after)
        if label in labels
    ]
    expected = iter(labels * len(form.tables.t4.blocks))
    return all(label in expected for label in printed)
