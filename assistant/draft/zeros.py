"""Cells that a clerk left empty and declares to be 0: said by a switch, never taken for granted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.draft.entries import Figures
from assistant.draft.layout import value_spots
from assistant.draft.model import Found, Problem
from assistant.draft.tables import total_addresses
from index.formats import Form

SOURCE = "填报人声明：空白格按 0 填报"
"""Where such a 0 comes from."""
UNPLACED = Problem(
    place="空白格按 0 填报",
    what="填报数据中有内容没有对上格子，因此空白格一律不按 0 填写。",
    next="请先改正所列各项 (mend these first: what is not placed may belong to an empty cell)。",
)


def zeros_in(
    form: Form, given: Figures, withheld: Iterable[str]
) -> tuple[dict[str, Found], tuple[Problem, ...]]:
    """The empty cells that are 0 where a clerk says that empty cells are, and why there are none.

    Only cells of a group that the clerk has begun: a sub-table of table two, one of the four parts
    of table three (new, carried in, results, carried out), table four. Totals are never among
    them: they are computed. Where anything that was given could not be placed, no cell is 0.

    Args:
        form: the form of the year.
        given: the clerk's figures, with the cells that were left empty and whether these are 0.
        withheld: cells about which there is a problem.
    """
    if not given.zeros:
        return {}, ()
    group_of = _groups(form)
    if any(problem.address not in group_of for problem in given.problems):
        return {}, (UNPLACED,)
    begun = {group_of[address] for address in given.values}
    but = total_addresses(form).union(withheld)
    found = Found(value=0, source=SOURCE)
    zeros = {a: found for a in sorted(given.empty - but) if group_of[a] in begun}
    return zeros, ()


def _groups(form: Form) -> Mapping[str, str]:
    """The group of every cell by its address."""
    captions = {row.key: group.caption for group in form.tables.t2.groups for row in group.rows}
    groups: dict[str, str] = {}
    for address in value_spots(form):
        table, row, _ = address.split(".")
        own = {"t2": captions.get(row, ""), "t3": _part(form, row)}.get(table, "")
        groups[address] = f"{table}.{own}"
    return groups


def _part(form: Form, key: str) -> str:
    """The outermost head that a row of table three stands under, itself where there is none."""
    row = form.t3_rows.get(key)
    while row is not None and row.parent is not None:
        row = form.t3_rows[row.parent]
    return row.key if row is not None else ""
