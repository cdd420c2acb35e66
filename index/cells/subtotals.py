"""A column that the form does not have: the sum of the organisations (小计)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.report import Number
from index.tables.rows import Slot


def without_subtotals(
    rows: Mapping[str, Sequence[Slot]], columns: int, group: Sequence[int]
) -> dict[str, list[Slot] | None]:
    """The rows of a table with a head of subtotals, without that column.

    ``group`` are the places of the columns that it adds up. It is the column in which every row
    has that sum, wherever its head stands. None: a row with another number of cells, or all rows
    where no column, or more than one, is the sum: then it is not sure which cells are which.
    """
    wide = {key: list(slots) for key, slots in rows.items() if len(slots) == columns + 1}
    places = [
        place
        for place in range(columns + 1)
        if all(_is_sum(slots, place, group) for slots in wide.values())
    ]
    if len({_values(wide, place) for place in places}) != 1:
        return dict.fromkeys(rows)
    return {key: _without(wide[key], places[0]) if key in wide else None for key in rows}


def _without(slots: Sequence[Slot], place: int) -> list[Slot]:
    return [*slots[:place], *slots[place + 1 :]]


def _is_sum(slots: Sequence[Slot], place: int, group: Sequence[int]) -> bool:
    """Whether the cell is the sum of the group that is left without it; blanks count 0."""
    parts = _without(slots, place)
    numbers = [_number(parts[column]) for column in group]
    subtotal = _number(slots[place])
    return None not in (subtotal, *numbers) and subtotal == sum(n for n in numbers if n is not None)


def _number(slot: Slot) -> Number | None:
    return 0 if slot.amount.blank else slot.amount.value


def _values(rows: Mapping[str, Sequence[Slot]], place: int) -> tuple[Number | None, ...]:
    return tuple(s.amount.value for slots in rows.values() for s in _without(slots, place))
