"""A statistical table annexed to a report: a tree of indicators, each with its own unit.

The years before 2019 had such a table in place of tables two, three and four. One row is one
indicator (``收到申请数 | 件 | 12``); rows stand under heads and totals.
"""

from __future__ import annotations

from typing import Literal

from index.formats.terms import Term, TreeRow
from index.record import Record


class AnnexRow(TreeRow):
    """An indicator.

    ``part``: the form prints it as a part only (其中), so that it need not add up with others.
    ``mark`` says how its wording is known: ``V`` read in the notice, ``C`` read in a copy or in
    a published report, ``L`` local, ``R`` recalled and not read.
    """

    cells: bool = True
    part: bool = False
    mark: Literal["V", "C", "L", "R"]


class Counterpart(Record):
    """A row of an annexed table and the row of table three (of later forms) that continues it."""

    row: str
    t3: str


class Annex(Record):
    """The table: what stands over it, its value columns, its rows.

    ``heads`` are words of the head over labels and units, ``serials`` those over a column of
    serial numbers, whose digits may run into the values. ``units`` are unit words that occur
    besides those of the rows. ``lead_ins`` are printed before the label of a part (其中).
    ``comparable`` names the few rows that table three of later forms continues; the others have
    no counterpart there.
    """

    title: str
    heads: tuple[str, ...]
    serials: tuple[str, ...] = ()
    columns: tuple[Term, ...]
    rows: tuple[AnnexRow, ...]
    units: tuple[str, ...] = ()
    lead_ins: tuple[str, ...] = ()
    comparable: tuple[Counterpart, ...]
