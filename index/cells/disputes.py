"""Table four: its one row of cells, dealt out to blocks that end in their sums (T4-SUM)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from index.cells.cell import Cell, open_cell, place_aligned
from index.cells.placing import whole_values
from index.cells.splitting import place_run_disputes
from index.tables.grids import align_rows
from index.tables.rows import Slot


def place_disputes(slots: Sequence[Slot], blocks: int, outcomes: int) -> list[Cell]:
    """Cells of table four: ``blocks`` times ``outcomes``, each block ending in its total.

    A short row is placed by T4-SUM: a printed total is the sum of its block. A block may also
    lack its total, so little is forced; a row without any value stays blank.
    """
    width = blocks * outcomes
    if any(slot.run for slot in slots):
        return place_run_disputes(slots, blocks, outcomes)
    cells = align_rows({"": slots}, width)[""]
    if len(cells) == width:
        placed = place_aligned(cells)
        return placed if slots[0].grid is not None else _tested_disputes(placed, outcomes)
    values = whole_values(cells, width)
    if values is None or len(cells) > width:
        return [open_cell() for _ in range(width)]
    ways = list(_dispute_placements(values, blocks, outcomes))
    seen = Counter(chain.from_iterable(zip(way, values, strict=True) for way in ways))
    possible: list[set[int]] = [set() for _ in range(width)]
    filled = [0] * width
    for (column, value), times in seen.items():
        possible[column].add(value)
        filled[column] += times
    for column, times in enumerate(filled):
        if times < len(ways):  # some of them leave it blank
            possible[column].add(0)
    return [open_cell(sorted(p)) for p in possible]


def _tested_disputes(cells: list[Cell], outcomes: int) -> list[Cell]:
    """Table four where no grid holds its cells in place; there are as many as there should be.

    A cell lost and a number split leave as many, each in the place of another. A block that does
    not add up may be a sign of that; then what no sum proves may not stand where it seems to.
    """
    blocks = [cells[start : start + outcomes] for start in range(0, len(cells), outcomes)]
    sums = [_block_sum(block) for block in blocks]
    if False not in sums:
        return cells
    return [
        open_cell() if holds is None and cell.value is not None else cell
        for block, holds in zip(blocks, sums, strict=True)
        for cell in block
    ]


def _block_sum(block: Sequence[Cell]) -> bool | None:
    """Whether a block ends in the sum of its others, None where one is blank or unreadable."""
    values = [cell.value for cell in block if cell.value is not None]
    return sum(values[:-1]) == values[-1] if len(values) == len(block) else None


def _dispute_placements(values: list[int], blocks: int, outcomes: int) -> Iterator[tuple[int, ...]]:
    """Columns of the values for every way to deal them out to the blocks, in order.

    A printed total must be the sum of its block; a block may lack its total.
    """
    if blocks == 0:
        if not values:
            yield ()
        return
    for count in range(min(len(values), outcomes) + 1):
        inside = [
            c for c in combinations(range(outcomes), count) if _block_adds_up(c, values, outcomes)
        ]
        if not inside:
            continue
        for later in _dispute_placements(values[count:], blocks - 1, outcomes):
            shifted = tuple(outcomes + column for column in later)
            for own in inside:
                yield own + shifted


def _block_adds_up(chosen: tuple[int, ...], values: list[int], outcomes: int) -> bool:
    if not chosen or chosen[-1] != outcomes - 1:
        return True
    return sum(values[: len(chosen) - 1]) == values[len(chosen) - 1]
