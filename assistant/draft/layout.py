"""How the tables of a form are laid out: one description that every writer follows.

A table is a grid of spots, each with its place, how far it reaches, and what stands in it. Labels,
rows and columns are those of the form file; how heads are merged is that of the official form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal

from assistant.draft.style import load_style
from index.errors import InputError
from index.formats import Form, T2Group, T3Row, Term, load_forms

Role = Literal["caption", "head", "label", "value"]
Kind = Literal["count", "signed", "money"]


@dataclass(frozen=True)
class Spot:
    """A cell of the grid: place from 0, how many rows and columns it covers, and its text.

    A ``value`` has the address of its figure, and no text; ``kind`` says which numbers may stand
    in it, ``unit`` in which unit ("" where the form names none).
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    role: Role
    address: str = ""
    kind: Kind = "count"
    unit: str = ""


@dataclass(frozen=True)
class Layout:
    """A table as the form prints it.

    ``heads`` are the rows of heads that are printed again on a new page, ``labels`` the columns
    that row labels take.
    """

    table: str
    section: int
    heads: int
    labels: int
    spots: tuple[Spot, ...]

    @property
    def height(self) -> int:
        """Rows of the grid."""
        return max(spot.row + spot.rows for spot in self.spots)

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return max(spot.column + spot.columns for spot in self.spots)

    @property
    def values(self) -> Iterator[Spot]:
        """The spots of figures, in the order of the form."""
        return (spot for spot in self.spots if spot.role == "value")

    def shares(self) -> tuple[float, ...]:
        """Share of the table's width that each column takes, 100 in all."""
        own = load_style().labels[self.table]
        rest = (100 - sum(own)) / (self.width - len(own))
        return (*map(float, own), *[rest] * (self.width - len(own)))

    def rows(self) -> list[list[Spot]]:
        """Spots by the row in which they begin, from left to right."""
        found: list[list[Spot]] = [[] for _ in range(self.height)]
        for spot in self.spots:
            found[spot.row].append(spot)
        return [sorted(row, key=lambda spot: spot.column) for row in found]


def form_for(year: int) -> Form:
    """The form that a report for a year is written in.

    Raises:
        InputError: none with tables two to four is prescribed for it.
    """
    for form in load_forms():
        if form.annex is None and form.covers(year):
            return form
    first = min(form.years[0] for form in load_forms() if form.annex is None)
    raise InputError(
        f"{year} 年没有可用的表式 (no form for that year).",
        advice=f"起草从 {first} 年度的报告开始 (reports for {first} or later).",
    )


@cache
def layouts(form: Form) -> tuple[Layout, ...]:
    """The tables two, three and four of a form."""
    return _table_two(form), _table_three(form), _table_four(form)


def value_spots(form: Form) -> dict[str, Spot]:
    """The spot of every figure of a form by its address, in the order of the form."""
    return {spot.address: spot for layout in layouts(form) for spot in layout.values}


# -- table two: sub-tables under their captions ------------------------------------------------


def _table_two(form: Form) -> Layout:
    t2 = form.tables.t2
    width = 1 + max(len(group.columns) for group in t2.groups)
    spots: list[Spot] = []
    at = 0
    for group in t2.groups:
        spots.append(Spot(at, 0, 1, width, group.caption, "caption"))
        spots.append(Spot(at + 1, 0, 1, 1, t2.header, "head"))
        spots.extend(
            Spot(at + 1, column, 1, wide, term.label, "head")
            for term, column, wide in _spread(group, width)
        )
        for down, row in enumerate(group.rows, at + 2):
            spots.append(Spot(down, 0, 1, 1, row.label, "label"))
            spots.extend(
                _value(f"t2.{row.key}.{term.key}", term, down, column, wide)
                for term, column, wide in _spread(group, width)
            )
        at += 2 + len(group.rows)
    return Layout("t2", t2.section, heads=0, labels=1, spots=tuple(spots))


def _spread(group: T2Group, width: int) -> Iterator[tuple[Term, int, int]]:
    """Columns of a sub-table: place and width; the last takes what the others leave."""
    for number, term in enumerate(group.columns, 1):
        last = number == len(group.columns)
        yield term, number, width - number if last else 1


def _value(
    address: str, term: Term, row: int, column: int, wide: int = 1, *, unit: str = ""
) -> Spot:
    own = unit if term.unit is None else term.unit
    return Spot(row, column, 1, wide, "", "value", address, term.kind, own)


# -- table three: nested labels, columns under grouped heads -----------------------------------


def _table_three(form: Form) -> Layout:
    t3 = form.tables.t3
    rows = [row for row in t3.rows if _has_cells(form, row)]
    chains = [_chain(form, row) for row in rows]
    labels = max(map(len, chains))
    heads = _grouped_heads(t3.columns, top=1, left=labels)
    spots = [
        Spot(0, 0, 3, labels, load_style().note, "head"),
        Spot(0, labels, 1, len(t3.columns), t3.column_head, "head"),
        *heads,
    ]
    for number, row in enumerate(rows):
        spots.extend(_row_labels(chains, number, top=3, labels=labels))
        spots.extend(
            _value(f"t3.{row.key}.{term.key}", term, 3 + number, column, unit=t3.unit)
            for column, term in enumerate(t3.columns, labels)
        )
    return Layout("t3", t3.section, heads=3, labels=labels, spots=tuple(spots))


def _has_cells(form: Form, row: T3Row) -> bool:
    """Whether figures stand in a row when every row of the form is printed."""
    if row.cells == "when_children_absent":
        return row.key not in form.t3_children
    return row.cells


def _chain(form: Form, row: T3Row) -> list[T3Row]:
    """The row and the heads it stands under, outermost first."""
    chain = [row]
    while chain[0].parent is not None:
        chain.insert(0, form.t3_rows[chain[0].parent])
    return chain


def _row_labels(
    chains: Sequence[list[T3Row]], number: int, *, top: int, labels: int
) -> Iterator[Spot]:
    """Labels that begin in a row: heads reach over their rows, the row's own to the values."""
    chain = chains[number]
    above = chains[number - 1] if number else []
    for level, row in enumerate(chain):
        own = row is chain[-1]
        if not own and row in above[: level + 1]:
            continue
        tall = 1 if own else sum(row in other for other in chains[number:])
        wide = labels - level if own else 1
        yield Spot(top + number, level, tall, wide, f"{row.number}{row.label}", "label")


def _grouped_heads(terms: Sequence[Term], *, top: int, left: int) -> Iterator[Spot]:
    """Two rows of heads: a group above its columns, a column without one over both rows."""
    at = left
    for group, run in groupby(terms, key=lambda term: term.group):
        members = list(run)
        if group is None:
            yield from (Spot(top, at + n, 2, 1, m.label, "head") for n, m in enumerate(members))
        else:
            yield Spot(top, at, 1, len(members), group, "head")
            yield from (Spot(top + 1, at + n, 1, 1, m.label, "head") for n, m in enumerate(members))
        at += len(members)


# -- table four: blocks over their outcomes, one row of figures --------------------------------


def _table_four(form: Form) -> Layout:
    t4 = form.tables.t4
    wide = len(t4.outcomes)
    spots: list[Spot] = []
    at = 0
    for group, run in groupby(t4.blocks, key=lambda block: block.group):
        blocks = list(run)
        if group is not None:
            spots.append(Spot(0, at, 1, wide * len(blocks), group, "head"))
        for block in blocks:
            spots.append(Spot(0 if group is None else 1, at, 1, wide, block.label, "head"))
            spots.extend(_outcomes(t4.outcomes, at, alone=group is None))
            at += wide
    spots.extend(
        _value(f"t4.{block.key}.{outcome.key}", outcome, 3, b * wide + n, unit=t4.unit)
        for b, block in enumerate(t4.blocks)
        for n, outcome in enumerate(t4.outcomes)
    )
    return Layout("t4", t4.section, heads=3, labels=0, spots=tuple(spots))


def _outcomes(outcomes: Sequence[Term], at: int, *, alone: bool) -> Iterator[Spot]:
    """Heads of a block's outcomes: one row below a block in a group, two below one alone."""
    top, tall = (1, 2) if alone else (2, 1)
    return (Spot(top, at + n, tall, 1, o.label, "head") for n, o in enumerate(outcomes))
