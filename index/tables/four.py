"""Table four: its head, then one row of cells up to the next text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import islice

from index.amounts import Amount, parse_amount
from index.formats import Form
from index.report import Block
from index.script import label_key
from index.tables.rows import LONGEST_LABEL, RawTables, Slot, grid_row, slot_of

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
    printed = (b.text for b in islice(blocks, at + 1, None) if b.text)
    following = {key for text in islice(printed, HEAD_BLOCKS - 1) for key in _keys(text, form)}
    return bool(following & (groups | set(labels[1:])))


def _keys(text: str, form: Form) -> tuple[str, ...]:
    """Key of a text of the head; two where a block's label stands in one cell with its group's."""
    key = label_key(text)
    labels, groups = _labels(form)
    for group in groups:
        if key.removeprefix(group) in labels and key.startswith(group):
            return group, key.removeprefix(group)
    return (key,)


def read_t4(blocks: tuple[Block, ...], form: Form, raw: RawTables) -> None:
    """Find table four among the blocks after table three, if it is there.

    Where it is printed again with other values, it is not sure which are the report's.
    """
    for first in range(len(blocks)):
        if len(blocks[first].text) > LONGEST_LABEL or not begins_t4(blocks, first, form):
            continue
        slots, seen = _read_row(blocks[first:], form)
        if not slots:
            return
        raw.covers(blocks[first].span, slots[-1].span)
        if raw.t4 is None:
            raw.t4, raw.t4_in_order = slots, _in_order(seen, form)
        elif [s.text for s in slots] != [s.text for s in raw.t4]:
            raw.t4_in_order = False


def _in_order(seen: list[str], form: Form) -> bool:
    """Whether the blocks of the head are all there, and stand in the order of the form."""
    labels, _ = _labels(form)
    order = [seen.index(label) for label in labels if label in seen]
    return len(order) == len(labels) and order == sorted(order) and _outcomes_in_order(seen, form)


def _read_row(blocks: Iterable[Block], form: Form) -> tuple[list[Slot], list[str]]:
    """The cells of the row, and the keys of the texts before them."""
    width = len(form.tables.t4.blocks) * len(form.tables.t4.outcomes)
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
        seen.extend(_keys(block.text, form))
        if len(block.text) > LONGEST_LABEL:
            break
    return slots, seen


def _outcomes_in_order(seen: list[str], form: Form) -> bool:
    """Whether the outcomes that are printed whole, or in halves, stand in the form's order."""
    labels = [label_key(o.label) for o in form.tables.t4.outcomes]
    if not all(_halves_in_order("".join(seen), half) for half in _halves(labels)):
        return False
    following = [*seen[1:], "."]  # a label may be broken over two lines
    printed = [
        label
        for text, after in zip(seen, following, strict=True)
        for label in (text, text + after)
        if label in labels
    ]
    expected = iter(labels * len(form.tables.t4.blocks))
    return all(label in expected for label in printed)


def _halves(labels: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The first and the last halves of the outcomes that no other label holds, by place."""
    long = [label for label in labels if len(label) > len("总计")]
    cuts = [(label[: len(label) // 2], label[len(label) // 2 :]) for label in long]
    counts = Counter(half for cut in cuts for half in cut)
    first, last = (
        {cut[side]: n for n, cut in enumerate(cuts) if counts[cut[side]] == 1} for side in (0, 1)
    )
    return first, last


def _halves_in_order(text: str, halves: dict[str, int]) -> bool:
    """Whether halves of labels, in a head torn into pieces, repeat in the order of the form.

    There are no more rounds than the commonest half has places: 纠正 before 维持 needs two each.
    """
    pattern = "|".join(halves)
    rounds: list[list[int]] = []
    for match in re.finditer(pattern, text) if pattern else ():
        place = halves[match[0]]
        if not rounds or place <= rounds[-1][-1]:
            rounds.append([])
        rounds[-1].append(place)
    times = Counter(place for places in rounds for place in places)
    return len(rounds) <= max(times.values(), default=0)
