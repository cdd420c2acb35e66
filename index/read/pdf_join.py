"""A table that goes on over pages: its parts numbered as one grid, and what the break cut mended.

The rule throughout: two texts are put together only where at least two independent signs say
that the page break stands between them; otherwise both stay as they are printed.
"""

from __future__ import annotations

from index.read.pdf_grid import SAME, Cell, Grid
from index.read.pdf_lines import joined

NEAR = 2 * SAME
"""Points; edges of columns on two pages that are closer are the same edge."""
SIGNS = 2
"""Signs of three that a text goes on: it begins with a number, fills its cell, lies open."""

Pairs = list[tuple[Cell, Cell]]


def continues(before: Grid, after: Grid) -> bool:
    """Whether the columns of a grid at the top of a page go on from the page before."""
    a, b = before.edges, after.edges
    if abs(a[0] - b[0]) > NEAR or abs(a[-1] - b[-1]) > NEAR:
        return False
    few, many = sorted((a, b), key=len)
    return all(min(abs(edge - other) for other in many) <= NEAR for edge in few)


def join(parts: list[Grid]) -> None:
    """Number rows and columns of the parts of a table as those of one grid, and mend its cuts.

    Heads printed again are left out. A cell that a page break cut is whole again in the part
    where it begins, and so is a row; its cells keep the page they are printed on.
    """
    _number_columns(parts)
    end = parts[0].rows
    for at in range(1, len(parts)):
        after = parts[at]
        heads = _repeated(parts[0], after)
        after.cells = [cell for cell in after.cells if cell.row >= heads]
        for cell in after.cells:
            cell.row += end - heads
        end = _mend(parts[:at], after, end) + after.rows - heads


def _number_columns(parts: list[Grid]) -> None:
    """Give cells the columns that the edges of all parts make together."""
    edges: list[float] = []
    for edge in sorted(edge for part in parts for edge in part.edges):
        if not edges or edge - edges[-1] > NEAR:
            edges.append(edge)
    for part in parts:
        own = [min(range(len(edges)), key=lambda i: abs(edges[i] - e)) for e in part.edges]
        for cell in part.cells:
            end = own[cell.column + cell.columns]
            cell.column = own[cell.column]
            cell.columns = end - cell.column


def _repeated(first: Grid, after: Grid) -> int:
    """How many rows at the top of a part are the head of the table, printed again."""
    count = 0
    for row in range(min(first.rows, after.rows - 1)):
        here = [c for c in after.cells if c.row == row]
        there = [c for c in first.cells if c.row == row]
        same = [(c.column, c.columns, c.text) for c in here] == [
            (c.column, c.columns, c.text) for c in there
        ]
        if not same or any(c.number for c in here) or not any(c.text for c in here):
            break
        count = row + 1
    spanned = max((c.row + c.rows for c in after.cells if c.row < count), default=0)
    return count if spanned == count else 0


def _mend(earlier: list[Grid], after: Grid, end: int) -> int:
    """Put together what belongs together across the break, which is before row ``end``.

    Returns the row at which ``after`` begins: the last one of ``earlier`` where a row was cut.
    """
    bottoms = {(c.column, c.columns): c for p in earlier for c in p.cells if c.row + c.rows == end}
    tops = {(c.column, c.columns): c for c in after.cells if c.row == end}
    pairs = [(bottoms[key], top) for key, top in tops.items() if key in bottoms]
    one_row = bottoms.keys() == tops.keys() and _one_row(pairs)
    gone = {id(cell) for bottom, top in pairs for cell in _absorbed(bottom, top, one_row)}
    kept = [cell for cell in after.cells if id(cell) not in gone]
    if one_row:
        for cell in kept:
            cell.row -= 1
        for part in earlier:
            part.cells = [cell for cell in part.cells if id(cell) not in gone]
        last = earlier[-1]
        last.cells += [cell for cell in kept if cell.row == end - 1]
        last.cells.sort(key=lambda cell: (cell.row, cell.column))
        kept = [cell for cell in kept if cell.row >= end]
    after.cells = kept
    return end - one_row


def _absorbed(bottom: Cell, top: Cell, one_row: bool) -> list[Cell]:
    """Which of two cells above and below the break is gone, once the other one has its text."""
    spanning = bottom.rows > 1 or top.rows > 1
    opened = not (bottom.below and top.above)
    again = spanning and bottom.numbered and top.text == bottom.text
    if one_row and not bottom.text:
        return [bottom]
    if (one_row or spanning) and _cut(bottom, top):
        bottom.text = joined(bottom.text, top.text, wrapped=True)
    elif not again and (top.text or not (one_row or (bottom.text and opened))):
        return []
    bottom.rows += top.rows - one_row
    return [top]


def _cut(bottom: Cell, top: Cell) -> bool:
    """Whether a text goes on in the cell below the page break."""
    if not bottom.text or not top.text or bottom.number or top.number or top.numbered:
        return False
    if top.text == bottom.text:
        return False
    opened = not bottom.below and not top.above
    return bottom.numbered + bottom.full + opened >= SIGNS


def _one_row(pairs: Pairs) -> bool:
    """Whether the last row of a page and the first of the next are one row, cut in two."""
    if any(a.text and b.text and not _cut(a, b) for a, b in pairs):
        return False
    if any(a.rows == 1 == b.rows and _cut(a, b) for a, b in pairs):
        return True
    halves = [[c for c in half if c.text] for half in zip(*pairs, strict=True)]
    kinds = [{cell.number for cell in half} for half in halves]
    return kinds in ([{True}, {False}], [{False}, {True}])
