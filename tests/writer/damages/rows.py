"""What befalls rows and columns: lost, added, or in another order."""

from __future__ import annotations

from random import Random

from tests.writer.figures import Figures
from tests.writer.losses import NOTHING, Loss, addresses, loss, loss_of_row, loss_of_total
from tests.writer.paper import Cell, Paper, Row, Table
from tests.writer.surfaces import Surface

FOREIGN = ("9.属于其他法定情形", "（八）另行告知", "其他需要说明的数量")
SUBTOTALS = ("小计", "法人小计")


def dropped_row(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """A row that is not printed at all, label and cells."""
    table = _table_three(paper)
    if table is None:
        return NOTHING
    row = rng.choice(table.body())
    table.rows.remove(row)
    return loss(lost=addresses([row]))


def dropped_table(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """A table that is not printed, under its heading."""
    table = rng.choice(paper.tables())
    paper.parts.remove(table)
    return loss(lost=addresses(table.body()))


def swapped_rows(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Two rows of table three under the same head that change places with their labels."""
    table = _table_three(paper)
    if table is None:
        return NOTHING
    rows = [row for row in table.rows if isinstance(row, Row) and len(row.labels) > 1]
    pairs = [(a, b) for a in rows for b in rows if a is not b and a.labels[:-1] == b.labels[:-1]]
    one, two = rng.choice(pairs)
    first, second = table.rows.index(one), table.rows.index(two)
    table.rows[first], table.rows[second] = two, one
    return NOTHING


def extra_row(paper: Paper, _figures: Figures, surface: Surface, rng: Random) -> Loss:
    """A row that the form does not have, its cells 0; a list may take them for those before."""
    table = _table_three(paper)
    if table is None:
        return NOTHING
    at = rng.randint(1, len(table.rows))
    before = table.rows[at - 1]
    assert isinstance(before, Row)
    cells = [Cell("0") for _ in before.cells]
    table.rows.insert(at, Row("", [*before.labels[:-1], rng.choice(FOREIGN)], cells))
    return NOTHING if surface.keeps_rows else loss_of_row(before)


def subtotal_column(paper: Paper, figures: Figures, surface: Surface, rng: Random) -> Loss:
    """A column more in table three: the sum of the organisations, before or after them."""
    table = _table_three(paper)
    if table is None:
        return NOTHING
    inside = [n for n, (_, group) in enumerate(table.columns) if group]
    at = rng.choice([inside[0], inside[-1] + 1])
    table.columns.insert(at, (rng.choice(SUBTOTALS), table.columns[inside[0]][1]))
    for row in table.body():
        parts = [
            figures.values[row.cells[n].address] if row.cells[n].address else 0 for n in inside
        ]
        row.cells.insert(at, Cell(str(sum(parts))))
    return NOTHING if surface.keeps_rows else loss(open_=addresses(table.body()))


def last_cell_lost(paper: Paper, figures: Figures, surface: Surface, rng: Random) -> Loss:
    """The last cell of table three or four, as where a page was cut off."""
    row = rng.choice([table for table in paper.tables() if table.name != "t2"] or [None])
    if row is None or not row.body():
        return NOTHING
    last = row.body()[-1]
    if not last.cells[-1].address or last.cells[-1].address in figures.altered:
        return NOTHING
    cell = last.cells.pop()
    gone = (
        loss(open_=[cell.address])
        if figures.values[cell.address] == 0
        else loss(lost=[cell.address])
    )
    return gone | loss_of_total(last) if surface.keeps_rows else loss_of_row(last) | gone


def _table_three(paper: Paper) -> Table | None:
    table = paper.table("t3")
    return table if table is not None and len(table.body()) > 2 else None
