"""What of a report's figures its source no longer says.

Damages and surfaces declare a `Loss`. A value is *known* where the source says it; *open* where
it may follow from other cells, so that stating it is right only if it is right; *lost* where
nothing says it, so that stating it is a false claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from tests.writer.figures import Figures, Number
from tests.writer.paper import Cell, Paper, Row
from tests.writer.surfaces import Surface


@dataclass(frozen=True)
class Loss:
    """Addresses that become open or lost, and values that are now printed as another number.

    ``unseen`` are those of which no reader can see that they are lost: a row of table two that
    lost one cell and gained another. ``either`` are cells that print one number and may be
    another that the sums tell, by the number printed.
    """

    open: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    printed: Mapping[str, Number] = field(default_factory=dict)
    either: Mapping[str, Number] = field(default_factory=dict)

    def __or__(self, other: Loss) -> Loss:
        """Both losses; what is lost to one is lost."""
        lost, unseen = self.lost | other.lost, self.unseen | other.unseen
        return Loss(
            open=(self.open | other.open) - lost,
            lost=lost,
            unseen=unseen,
            printed={**self.printed, **other.printed},
            either={**self.either, **other.either},
        )


NOTHING = Loss()


def loss(*, open_: Iterable[str] = (), lost: Iterable[str] = ()) -> Loss:
    """A loss of addresses; empty ones are those of stray cells and are left out."""
    return Loss(frozenset(a for a in open_ if a), frozenset(a for a in lost if a))


def addresses(rows: Iterable[Row]) -> list[str]:
    """Addresses of all cells of some rows."""
    return [cell.address for row in rows for cell in row.cells]


def loss_of_row(row: Row, *, reader_may_tell: bool = False) -> Loss:
    """A row whose values no longer tell their columns.

    Tables three and four have identities that may tell. Table two has none: its values are
    lost, unless something else than a sum may tell.
    """
    inside = addresses([row])
    if inside and inside[0].startswith("t2.") and not reader_may_tell:
        return loss(lost=inside)
    return loss(open_=inside)


def loss_of_cells(cells: Iterable[Cell], figures: Figures) -> Loss:
    """Cells that are printed empty: a zero may be proven, another value is nowhere."""
    found = [c.address for c in cells if c.address]
    zero = [a for a in found if figures.values[a] == 0]
    return loss(open_=zero, lost=set(found) - set(zero))


def loss_of_total(row: Row) -> Loss:
    """A row whose total is printed empty, and which might be one that lost another cell.

    Its last printed value is the sum of the others, so that it may be taken for the total.
    """
    digits = [c.text for c in row.cells if c.text]
    if not all(text.isascii() and text.isdigit() for text in digits):
        return NOTHING
    values = [int(text) for text in digits]
    seems_whole = len(values) > 1 and values[-1] == sum(values[:-1]) > 0
    return loss(open_=addresses([row])) if seems_whole else NOTHING


# -- what surfaces lose ------------------------------------------------------------------------


def loss_of_surface(surface: Surface, paper: Paper, figures: Figures) -> Loss:
    """What the surface itself leaves unsaid of the paper as it is now."""
    if surface.keeps_blanks:
        return NOTHING
    total = NOTHING
    for row in paper.rows():
        if surface.flat:
            total |= _loss_of_run(row)
        elif any(cell.text == "" for cell in row.cells):
            total |= loss_of_row(row) | _unseen(row, figures)
    return total if surface.flat else total | _twins(paper, figures)


def _unseen(row: Row, figures: Figures) -> Loss:
    """A row of table two of which as many cells are printed as it should have."""
    address = next((c.address for c in row.cells if c.address), "")
    printed = sum(cell.text != "" for cell in row.cells)
    if not address.startswith("t2.") or printed != len(figures.row("t2", row.key)):
        return NOTHING
    return Loss(unseen=frozenset(addresses([row])))


def _loss_of_run(row: Row) -> Loss:
    """Digits that ran together: where only one cut is possible, it may still be that of a reader.

    (A crawl that drops what stands between cells may have dropped empty ones too.) A single
    cell needs no cut. A sign may show where a number begins.
    """
    texts = [cell.text for cell in row.cells]
    digits = "".join(texts)
    if len(texts) == 1 and digits:
        return NOTHING
    plain = digits.isascii() and digits.isdigit()
    single = plain and count_cuts(digits, len(texts)) == 1
    return loss_of_row(row, reader_may_tell=single or "-" in digits)


@cache
def count_cuts(digits: str, count: int) -> int:
    """Ways to cut digits into numbers without leading zeros."""
    if count == 0:
        return int(not digits)
    longest = 1 if digits[:1] == "0" else len(digits) - count + 1
    return sum(count_cuts(digits[end:], count - 1) for end in range(1, longest + 1))


def _twins(paper: Paper, figures: Figures) -> Loss:
    """Values of table three that other figures, printed alike, would have elsewhere.

    Two kinds of twin are tried, in both of which every identity still holds: two columns that
    change places in the whole table, and two outcomes that exchange what they have in two
    columns. Where the twin prints the same cells, what differs is known to nobody.
    """
    table = paper.table("t3")
    if table is None:
        return NOTHING
    rows = {row.key: row for row in table.body()}
    if any(not c.address for row in rows.values() for c in row.cells):
        return NOTHING
    values = {key: [figures.values[c.address] for c in row.cells] for key, row in rows.items()}
    parts = len(table.columns) - 1
    if any(len(v) != parts + 1 for v in values.values()):
        return NOTHING
    lost: set[str] = set()
    for one, two in combinations(range(parts), 2):
        if all(_prints(_swapped(values[key], one, two), rows[key]) for key in rows):
            lost.update(_differing(rows, values, rows, one, two))
        for pair in _exchanges(figures, rows, values, one, two):
            lost.update(_differing(rows, values, pair, one, two))
    return loss(lost=lost)


def _exchanges(
    figures: Figures,
    rows: Mapping[str, Row],
    values: Mapping[str, Sequence[Number]],
    one: int,
    two: int,
) -> Iterable[tuple[str, str]]:
    """Pairs of outcomes that have opposite differences in two columns and hide it."""
    form = figures.form
    sums = next(i for i in form.identities if i.table == "t3" and len(i.left) == 1)
    parts = {*sums.right, *(form.t3_rows[key].parent for key in sums.right)}
    hiding = [
        key for key in rows
        if key in parts and values[key][one] != values[key][two]
        and _prints(_swapped(values[key], one, two), rows[key])
    ]  # fmt: skip
    for a, b in combinations(hiding, 2):
        if values[a][one] - values[a][two] == values[b][two] - values[b][one]:
            yield a, b


def _swapped(values: Sequence[Number], one: int, two: int) -> list[Number]:
    result = list(values)
    result[one], result[two] = result[two], result[one]
    return result


def _prints(values: Sequence[Number], row: Row) -> bool:
    """Whether these values, zeros left out where need be, print the cells of a row."""
    printed = [cell.text for cell in row.cells if cell.text]
    full = len(printed) == len(row.cells)
    rest = list(printed)
    for value in values:
        if rest and rest[0] == str(value):
            rest.pop(0)
        elif value != 0 or full:
            return False
    return not rest


def _differing(
    rows: Mapping[str, Row],
    values: Mapping[str, Sequence[Number]],
    keys: Iterable[str],
    one: int,
    two: int,
) -> Iterable[str]:
    for key in keys:
        if values[key][one] != values[key][two]:
            yield rows[key].cells[one].address
            yield rows[key].cells[two].address
