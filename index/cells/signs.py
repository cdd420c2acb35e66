"""Rows of table two whose cells ran together: ``2648-18538`` under three heads.

No identity covers table two, so only what is printed helps: a number begins with no zero but 0
itself, a minus begins a value that may be negative and stands in no other, and blank cells may
have been dropped. A value is read only if every reading puts the same digits into its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.cells.cell import Cell, open_cell, place_aligned
from index.cells.splitting import LONGEST_RUN, part_of
from index.report import Span
from index.tables.rows import Slot

RUN = re.compile(r"[0-9-]+")
NUMBER = {
    "count": re.compile(r"0|[1-9][0-9]*"),
    "money": re.compile(r"0|[1-9][0-9]*"),
    "signed": re.compile(r"0|-?[1-9][0-9]*"),
}
"""What may be a value, by the kind of its column."""
DIFFERENCE = re.compile(r"([0-9]+)-([0-9]+)")
DASH = "-"

Reading = tuple[Span | None, ...]
"""The characters of each column's value; None: its cell is blank, or was dropped."""


def place_run_row(slots: Sequence[Slot], kinds: Sequence[str]) -> list[Cell]:
    """Cells of a row of table two under columns of these kinds, some digits run together."""
    whole = all(len(s.text) == 1 or s.text[0] != "0" or len(kinds) == 1 for s in slots)
    if whole and len(slots) == len(kinds) and all(s.amount.value is not None for s in slots):
        return place_aligned(slots)
    readings = _all_readings(slots, kinds)
    text = "".join(s.text for s in slots)
    return [
        _agreed(slots, text, {reading[number] for reading in readings})
        for number in range(len(kinds))
    ]


def _all_readings(slots: Sequence[Slot], kinds: Sequence[str]) -> list[Reading]:
    """Every way to read the row: a space ends a number wherever the row can be read so."""
    text = "".join(s.text for s in slots)
    if not RUN.fullmatch(text) or len(text) > LONGEST_RUN:
        return []
    single = DIFFERENCE.fullmatch(text)
    if single and int(single[1]) >= int(single[2]):
        return []  # 35-15 may be one cell: a count written as a difference
    breaks = {0}
    for slot in slots:
        breaks.add(max(breaks) + len(slot.text))
    return list(_readings(text, kinds, breaks)) or list(_readings(text, kinds, {0, len(text)}))


def _readings(
    text: str, kinds: Sequence[str], breaks: set[int], start: int = 0
) -> Iterator[Reading]:
    """Ways to put ``text[start:]`` into columns of these kinds, in order, none over a break."""
    if not kinds:
        if start == len(text):
            yield ()
        return
    yield from ((None, *rest) for rest in _readings(text, kinds[1:], breaks, start))
    if start == len(text):
        return
    limit = min(b for b in breaks if b > start)
    for end in range(start + 1, limit + 1):
        piece = text[start:end]
        if piece != DASH and NUMBER[kinds[0]].fullmatch(piece) is None:
            continue
        place = None if piece == DASH else (start, end)
        yield from ((place, *rest) for rest in _readings(text, kinds[1:], breaks, end))


def _agreed(slots: Sequence[Slot], text: str, places: set[Span | None]) -> Cell:
    """The value that all readings put into a column, else its candidates."""
    found = {place for place in places if place is not None}
    if len(places) != 1 or not found:
        return open_cell(sorted({int(text[slice(*place)]) for place in found}))
    start, end = found.pop()
    source = [s.span[0] + i for s in slots for i in range(len(s.text))]
    value = int(text[start:end])
    return Cell("read", value, part_of(slots, value, (source[start], source[end - 1] + 1)))
