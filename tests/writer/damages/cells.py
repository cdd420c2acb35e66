"""What befalls cells: zeros left out, totals left blank, numbers split, joined or adorned."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.writer.figures import Figures, Number
from tests.writer.losses import NOTHING, Loss, loss, loss_of_cells, loss_of_row, loss_of_total
from tests.writer.paper import Cell, Paper, Row
from tests.writer.surfaces import Surface

BLANK_MARKS = ("/", "—", "-", "——", "－")
MINUS = ("\u2212", "减", "--", "－", "\u2014")
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
MOST = 3
"""Cells that one damage befalls, where it does not befall all of a kind."""


def blank_totals(paper: Paper, figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Totals that are printed empty: those of all rows, of the outcomes, or of table four."""
    table = paper.table("t3")
    rows = table.body() if table else []
    disputes = paper.table("t4")
    if disputes is not None and rng.random() < 0.3:
        total = figures.form.tables.t4.outcomes[-1].key
        chosen = [c for c in disputes.cells() if c.address.endswith(f".{total}")]
    elif rng.random() < 0.5:
        chosen = [row.cells[-1] for row in rows]
    else:
        chosen = [row.cells[-1] for row in rng.sample(rows, min(MOST, len(rows)))]
    gone = _emptied(chosen, figures)
    for row in rows:
        gone |= loss_of_total(row) if row.cells[-1].text == "" else NOTHING
    return gone


def zeros_blank(paper: Paper, figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Zeros that are printed as nothing: all of them, or some."""
    share = rng.choice([0.3, 0.7, 1.0])
    zeros = [c for c in paper.cells() if c.text == "0" and rng.random() < share]
    return _emptied(zeros, figures)


def _emptied(cells: list[Cell], figures: Figures) -> Loss:
    """Empty some cells; a value that breaks a check would break it no longer, and stays."""
    chosen = [cell for cell in cells if cell.address not in figures.altered]
    for cell in chosen:
        cell.text = ""
    return loss_of_cells(chosen, figures)


def zeros_none(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Zeros that are printed as a word for none."""
    word, share = rng.choice(["无", "零"]), rng.choice([0.5, 1.0])
    for cell in paper.cells():
        if cell.text == "0" and rng.random() < share:
            cell.text = word
    return NOTHING


def zeros_slash(paper: Paper, figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Zeros that are printed as a slash or a dash."""
    mark, share = rng.choice(BLANK_MARKS), rng.choice([0.5, 1.0])
    zeros = [c for c in paper.cells() if c.text == "0" and rng.random() < share]
    gone = _emptied(zeros, figures)
    for cell in zeros:
        cell.text = cell.text or mark
    return gone


def units_in_cells(paper: Paper, figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Amounts of money with their unit, in its own wording or in yuan; counts with 件."""
    printed: dict[str, Number] = {}
    for group in figures.form.tables.t2.groups:
        for column in group.columns:
            money = column.kind == "money"
            for cell in paper.cells():
                named = cell.address.endswith(f".{column.key}") and cell.address.startswith("t2.")
                if not named or not cell.text.replace(".", "").isdigit() or cell.text == "0":
                    continue
                if not money:
                    cell.text += "件" if rng.random() < 0.2 and column.unit == "件" else ""
                elif rng.random() < 0.5:
                    cell.text += "万元"
                else:
                    yuan = Decimal(cell.text) * 10_000
                    printed[cell.address] = int(yuan)
                    cell.text = f"{int(yuan)}元"
    return Loss(printed=printed)


def odd_signs(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Minus signs that are dashes, doubled, or words."""
    for cell in paper.cells():
        if cell.text.startswith("-") and cell.text[1:].isdigit():
            cell.text = rng.choice(MINUS) + cell.text[1:]
    return NOTHING


def thousands(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Thousands separators, half-width or full-width."""
    mark = rng.choice([",", "，"])
    for cell in paper.cells():
        if cell.text.isascii() and cell.text.isdigit() and len(cell.text) > 3:
            cell.text = f"{int(cell.text):,}".replace(",", mark)
    return NOTHING


def notes_in_cells(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Notes after a number: 6撤, 22（其中修订16件）, a footnote mark."""
    numbers = [c for c in _numbers(paper) if c.text != "0"]
    for cell in rng.sample(numbers, min(MOST, len(numbers))):
        part = max(1, int(cell.text.replace(",", "").replace("，", "")) // 2)
        cell.text += rng.choice(["撤", f"（其中修订{part}件）", "①", "*", "（含撤回）"])
    return NOTHING


def split_numbers(paper: Paper, figures: Figures, surface: Surface, rng: Random) -> Loss:
    """Numbers split in two: by a blank within their cell, or over two cells of a list."""
    total = NOTHING
    long = [(row, cell) for row, cell in _in_rows(paper) if len(cell.text) > 1]
    for row, cell in rng.sample(long, min(MOST, len(long))):
        at = rng.randint(1, len(cell.text) - 1)
        first, second = cell.text[:at], cell.text[at:]
        if surface.keeps_rows or rng.random() < 0.5:
            cell.text = f"{first} {second}"
            single = Row(row.key, row.labels, [cell])
            total |= loss_of_row(single)
        else:
            cell.text = first
            row.cells.insert(row.cells.index(cell) + 1, Cell(second))
            total |= loss_of_row(row)
    return total


def joined_numbers(paper: Paper, figures: Figures, surface: Surface, rng: Random) -> Loss:
    """Two neighbours in one cell; a grid keeps the second one's place, empty.

    The sums may tell. In table two nothing does, and a grid then prints another number.
    """
    total = NOTHING
    pairs = [
        (row, one, two) for row in paper.rows()
        for one, two in zip(row.cells, row.cells[1:], strict=False)
        if _plain(one) and _plain(two) and two.address not in figures.altered
    ]  # fmt: skip
    for row, one, two in rng.sample(pairs, min(2, len(pairs))):
        if not (_plain(one) and _plain(two)):
            continue  # the pair before had one of them
        joined = one.text + two.text
        if not surface.keeps_rows:
            total |= loss_of_row(row)
            row.cells.remove(two)
        elif one.address.startswith("t2.") and joined[0] != "0":
            total |= Loss(printed={one.address: int(joined)}) | loss_of_cells([two], figures)
            two.text = ""
        else:
            total |= loss(open_=[one.address, two.address])
            total |= Loss(either={one.address: int(joined)} if joined[0] != "0" else {})
            two.text = ""
        one.text = joined
    return total


def full_width(paper: Paper, _figures: Figures, _surface: Surface, _rng: Random) -> Loss:
    """Digits in full width."""
    for cell in paper.cells():
        cell.text = cell.text.translate(FULL)
    return NOTHING


def _plain(cell: Cell) -> bool:
    return bool(cell.address) and cell.text.isascii() and cell.text.isdigit()


def _in_rows(paper: Paper) -> list[tuple[Row, Cell]]:
    return [(row, cell) for row in paper.rows() for cell in row.cells if _plain(cell)]


def _numbers(paper: Paper) -> list[Cell]:
    return [
        c for c in paper.cells()
        if c.address and c.text.replace(",", "").replace("，", "").isdigit()
    ]  # fmt: skip
