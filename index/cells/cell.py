"""A cell of a table once it is known what stands there, or that it is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from index.report import Number
from index.tables.rows import Slot


class Cell(NamedTuple):
    """A cell of a table after placing.

    ``read``: one value, certainly here. ``blank``: nothing is printed here (``slot`` is the
    printed blank, or None where the blank itself was dropped). ``open``: the source does not
    say; ``candidates`` are the possible values (empty: any). ``forced`` names the identities
    that placed it, and is empty where the cell stood in its column anyway.
    """

    state: Literal["read", "blank", "open"]
    value: Number | None = None
    slot: Slot | None = None
    candidates: tuple[Number, ...] = ()
    forced: tuple[str, ...] = ()


def place_aligned(slots: Sequence[Slot]) -> list[Cell]:
    """Cells of a row in which every column is printed."""
    return [read_cell(slot) for slot in slots]


def read_cell(slot: Slot) -> Cell:
    """A printed cell that stands in its column: its value, a blank, or unreadable."""
    amount = slot.amount
    if amount.blank:
        return Cell("blank", slot=slot)
    if amount.value is None:
        return Cell("open", slot=slot)
    return Cell("read", amount.value, slot)


def open_cell(values: Sequence[Number] = ()) -> Cell:
    """A cell that the source leaves open between some values."""
    return Cell("open", candidates=tuple(sorted(set(values))))
