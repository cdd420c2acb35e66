"""What is found of the tables before any value is placed: printed cells under their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.amounts import Amount
from index.formats import Form, T2Group
from index.report import Block, Span

LONGEST_LABEL = 80
"""Characters; a longer block is running text and ends a table."""


class Slot(NamedTuple):
    """A printed cell: its text, number and place.

    ``grid`` is (table, row, column), None without one; ``run`` as in `index.report.Block`.
    """

    text: str
    amount: Amount
    span: Span
    page: int | None
    grid: tuple[int, int, int] | None
    run: bool = False


@dataclass
class RawRow:
    """A row label as printed and the cells that follow it, in reading order.

    ``key`` is "" for cells without a label. ``broken``: something that is neither a cell nor a
    label stands among its cells. ``torn``: its cells stand somewhere, but not surely where.
    ``unit`` is the unit printed beside the label, ``grid`` the label's table and column; only an
    annexed table has the one and needs the other.
    """

    key: str
    label: str
    span: Span
    slots: list[Slot] = field(default_factory=list)
    broken: bool = False
    torn: bool = False
    unit: str | None = None
    grid: tuple[int, int] | None = None

    def of(self, slots: list[Slot]) -> RawRow:
        """The row with these cells."""
        flaws = self.broken, self.torn
        return RawRow(self.key, self.label, self.span, slots, *flaws, self.unit, self.grid)

    @property
    def whole(self) -> Span:
        """From the label, or the first cell if that stands before it, to the last cell."""
        starts, ends = zip(self.span, *[slot.span for slot in self.slots], strict=True)
        return min(starts), max(ends)

    @property
    def grid_row(self) -> tuple[int, int] | None:
        """The grid row that its cells stand in, None where there is no grid."""
        return next((s.grid[:2] for s in self.slots if s.grid is not None), None)


@dataclass
class RawGroup:
    """A sub-table of table two: the columns printed in its head, and its rows.

    ``torn`` is text among the heads that names no column; ``doubled``: a head stands twice.
    ``late``: a head stands below rows without cells, or a value above the first row, so that what
    follows a label may not be its own. ``units`` are those that the heads name, by column.
    """

    group: T2Group
    columns: list[str] = field(default_factory=list)
    rows: list[RawRow] = field(default_factory=list)
    torn: str = ""
    doubled: bool = False
    late: bool = False
    units: dict[str, str] = field(default_factory=dict)

    def alike(self, other: RawGroup) -> bool:
        """Whether another one has the same heads, so that its rows may stand here."""
        mine, theirs = ((g.group, g.columns, g.units) for g in (self, other))
        return mine == theirs

    @property
    def width(self) -> int:
        """How many columns it has: those of the form where no head is printed."""
        return len(self.columns or self.group.columns)

    @property
    def doubtful(self) -> bool:
        """Whether the heads cannot be told: one stands twice, or is torn, and not all are there."""
        return (
            self.doubled
            or self.late
            or (bool(self.torn) and len(self.columns) < len(self.group.columns))
        )


@dataclass
class RawTables:
    """What was found of the tables of one form, before any value is placed.

    ``blocks`` are those of the document, flattened tables cut, and ``source`` its text; ``t4``
    is None where no table four is printed. ``region`` covers the blocks that belong to tables,
    so that they make no passages; ``t3_columns`` are, for a grid, the grid columns
    that the printed heads of table three stand in, in the order of the form, ``t3_subtotals``
    those of heads that add up others (小计), and ``t3_subtotal`` whether there is such a head;
    ``score`` counts the labels of the form that were found, which is how the form is recognised.
    ``annex`` are the rows of an annexed table, ``annex_heads`` the words above them as (row,
    column, key of the column they name or "") by table of the document; None is for heads outside
    a grid.
    """

    form: Form
    t2: list[RawGroup] = field(default_factory=list)
    t3: dict[str, RawRow] = field(default_factory=dict)
    t3_columns: dict[int, tuple[int, ...]] = field(default_factory=dict)
    t3_subtotals: dict[int, tuple[int, ...]] = field(default_factory=dict)
    t3_subtotal: bool = False
    heads: dict[str, Span] = field(default_factory=dict)
    t4: list[Slot] | None = None
    t3_in_order: bool = True
    t4_in_order: bool = True
    blocks: tuple[Block, ...] = ()
    source: str = ""
    region: list[Span] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    annex: dict[str, RawRow] = field(default_factory=dict)
    annex_heads: dict[int | None, list[tuple[int, int, str]]] = field(default_factory=dict)
    score: int = 0

    @property
    def found(self) -> frozenset[str]:
        """Names of the statutory tables that were found."""
        tables = {"t2": bool(self.t2), "t3": bool(self.t3), "t4": self.t4 is not None}
        return frozenset(name for name, there in tables.items() if there)

    def covers(self, first: Span, last: Span) -> None:
        """Note that the source from the one span to the other belongs to a table."""
        span = (first[0], last[1])
        if self.region and self.region[-1][0] == span[0]:
            self.region[-1] = span
        elif span not in self.region:
            self.region.append(span)


def filled_rows(raw: RawTables) -> set[str]:
    """Rows of table two with cells under heads that are printed above them.

    In a grid these are as many as there are heads.
    """
    return {
        row.key
        for group in raw.t2
        if not group.late
        for row in group.rows
        if row.slots and (row.grid_row is None or _is_whole(row.slots, group.width))
    }


def whole_rows(raw: RawTables) -> int:
    """How many rows of table three have a cell for each column, and none that cannot be told."""
    width = len(raw.form.tables.t3.columns)
    most = width + raw.t3_subtotal
    return sum(
        len(row.slots) >= width and (row.grid_row is None or _is_whole(row.slots, most))
        for row in raw.t3.values()
    )


def _is_whole(slots: Sequence[Slot], most: int) -> bool:
    """Whether cells print something, all of them are read, and no more than there are columns."""
    printed = [slot for slot in slots if slot.text]
    return 0 < len(printed) <= most and all(
        slot.run or slot.amount.blank or slot.amount.value is not None for slot in printed
    )


def slot_of(block: Block, amount: Amount) -> Slot:
    """A block that holds a value as a printed cell."""
    text, span, table, row, column, page, run = block
    if table is None or row is None or column is None:
        return Slot(text, amount, span, page, None, run)
    return Slot(text, amount, span, page, (table, row, column), run)


def grid_row(block: Block) -> tuple[int, int] | None:
    """The grid row that a block stands in, None where the surface shows no grid."""
    return None if block.table is None or block.row is None else (block.table, block.row)


class Collector:
    """Puts numbers under the row whose label came last; one grid row never feeds another.

    Numbers that follow no label are kept in ``strays``, a row without a key for each run of
    them; ``texts`` are the blocks that are neither numbers nor labels.
    """

    def __init__(self) -> None:
        self.row: RawRow | None = None
        self.strays: list[RawRow] = []
        self.texts: list[Block] = []
        self._left: RawRow | None = None
        self._grid: tuple[int, int] | None = None
        self._run: RawRow | None = None
        self._interrupted: list[tuple[RawRow, RawRow]] = []

    def open(self, row: RawRow | None, block: Block) -> None:
        """Begin a row at its label; None: the row before ends here."""
        self._left = self.row if row is None and self.row is not None else None
        self.row, self._grid, self._run = row, grid_row(block), None

    def meet(self, block: Block) -> None:
        """Text that is no label: an unreadable cell within a grid row, else the row's end."""
        grid = grid_row(block)
        if self.row is not None and grid is not None and grid == self._grid:
            self.row.slots.append(slot_of(block, Amount(None)))
            return
        self.open(None, block)
        self.texts.append(block)

    def take(self, block: Block, amount: Amount) -> None:
        """A cell: to the open row if it can be that row's, else to the strays."""
        grid = grid_row(block)
        if grid != self._grid and (grid is not None or self._grid is not None):
            self.row = None
        if self.row is None:
            self._stray(block, amount)
        elif not (amount.blank and block.text == "" and grid is None):
            self.row.slots.append(slot_of(block, amount))

    def _stray(self, block: Block, amount: Amount) -> None:
        grid = grid_row(block)
        if self._run is None or grid != self._run.grid_row:
            self._run = RawRow("", "", block.span)
            self.strays.append(self._run)
            if self._left is not None and grid == self._left.grid_row:
                self._interrupted.append((self._left, self._run))
        self._run.slots.append(slot_of(block, amount))

    def settle(self, width: int = 0) -> None:
        """Mark the rows that something interrupts.

        A row of ``width`` cells before strays of ``width`` cells is whole: the strays are a row.
        """
        for row, strays in self._interrupted:
            row.broken |= not len(row.slots) == len(strays.slots) == width
