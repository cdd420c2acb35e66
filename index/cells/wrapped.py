"""Numbers with a blank between their digits, as in a cell too narrow for them: 12 34.

It may be 1234, or one of the two and a stray one. It is read as one number only where the sums of
the table hold with that (T3-ROW, T3-SUM, T3-BAL) and with no other reading of any such cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

from index.amounts import Amount
from index.cells.sums import LARGEST, Vector, balanced, solve_sums
from index.tables.rows import Slot

BROKEN = re.compile(r"[0-9]{1,9}(?:\s+[0-9]{1,9}){1,3}")
MOST_READINGS, MOST_KEPT = 20_000, 500
"""Ways to read the broken numbers of one row that are tried, and those of them that add up."""


def join_wrapped(
    slots: Mapping[str, Sequence[Slot]],
    columns: int,
    summands: Sequence[str],
    results: str,
    balance: tuple[Sequence[str], Sequence[str]],
) -> dict[str, list[Slot]]:
    """The rows of table three whose broken numbers the sums settle, these numbers joined.

    Arguments as in `index.cells.placing`. Empty where a row is not whole, or a sum cannot be told.
    """
    torn = {key for key, cells in slots.items() if any(map(_is_broken, cells))}
    if not torn:
        return {}
    readings = {
        key: list(_readings(cells)) for key, cells in slots.items() if len(cells) == columns
    }
    rows = {*summands, results, *balance[0], *balance[1]}
    if not rows <= readings.keys() or not torn <= rows:
        return {}
    if not all(0 < len(found) <= MOST_KEPT for found in readings.values()):
        return {}
    kept = solve_sums(readings, summands, results)
    even = balanced(readings | kept, balance) if kept is not None else None
    again = solve_sums(even, summands, results) if even is not None else None
    if even is None or again is None:
        return {}
    found = {key: (even | again)[key] for key in torn}
    joined = {key: [_joined(slot) for slot in slots[key]] for key in torn}
    return {
        key: cells
        for key, cells in joined.items()
        if len(found[key]) == 1 and found[key][0] == _parts([s.amount.value for s in cells])
    }


def _is_broken(slot: Slot) -> bool:
    return slot.amount.value is None and BROKEN.fullmatch(slot.text) is not None


def _readings(slots: Sequence[Slot]) -> Iterator[Vector]:
    """What a row may say without its total, where the total is the sum of the others."""
    choices = [list(_choices(slot)) for slot in slots]
    if prod(map(len, choices)) > MOST_READINGS:
        return
    for values in product(*choices):
        if sum(values[:-1]) == values[-1]:
            yield tuple(values[:-1])


def _choices(slot: Slot) -> Iterator[int]:
    """The numbers that a cell may say; none where it cannot be read."""
    if _is_broken(slot):
        pieces = slot.text.split()
        yield from {int("".join(pieces)), *map(int, pieces)}
    elif slot.amount.blank:
        yield 0
    elif isinstance(slot.amount.value, int) and 0 <= slot.amount.value < LARGEST:
        yield slot.amount.value


def _joined(slot: Slot) -> Slot:
    if not _is_broken(slot):
        return slot
    return slot._replace(amount=Amount(int("".join(slot.text.split()))))


def _parts(values: Sequence[object]) -> Vector:
    return tuple(v if isinstance(v, int) else 0 for v in values[:-1])
