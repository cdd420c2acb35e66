"""Rows of a table of lines that stand before a row that is not there.

Where lines were lost, a label may be followed by the cells of the row after it. Such a row adds up
like any other, so T3-ROW says nothing. It is sure only if a sum of rows covers it, or if there is
nothing to mix up: the printed outcomes make up the total, and its cells are all 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.cells.cell import Cell
from index.formats import Form
from index.tables.rows import RawRow, RawTables

LEAST_ROWS = 2
"""Rows of a table of which some may be lost; a single one was printed for its own sake."""


def rows_before_gaps(
    raw: RawTables, rows: Mapping[str, RawRow], cells: Mapping[str, Sequence[Cell]]
) -> set[str]:
    """Rows whose cells may be those of a row that is missing after them.

    ``rows`` are the rows of table three that carry figures, ``cells`` what was placed in them.
    """
    expected = _expected(raw.form, rows)
    filled = sum(bool(row.slots) for row in rows.values())
    if filled < LEAST_ROWS or all(key in rows for key in expected):
        return set()
    covered = _covered(raw.form, expected, cells)
    found = [(row.span, key) for key, row in rows.items()]
    found += [(span, key) for key, span in raw.heads.items()]
    order = {row.key: number for number, row in enumerate(raw.form.tables.t3.rows)}
    labels = [order[key] for _, key in sorted(found)]
    doubtful = set()
    for (_, key), after in zip(sorted(found), [*labels[1:], len(order)], strict=True):
        missing = [k for k in expected if order[key] < order[k] < after]
        if missing and key in cells and key not in covered and _over_lines(rows[key], raw.source):
            doubtful.add(key)
    return {key for key in doubtful if not (_all_zero(cells[key]) and _adds_up(raw.form, cells))}


def _expected(form: Form, rows: Mapping[str, RawRow]) -> list[str]:
    """Rows that a whole table has: a head with figures of its own stands for its sub-rows."""
    heads = {k for k, row in form.t3_rows.items() if row.cells == "when_children_absent"}
    alone = {k for k in heads if k in rows or not form.t3_children.get(k)}
    return [
        key
        for key, row in form.t3_rows.items()
        if row.cells is not False and (key in alone if key in heads else row.parent not in alone)
    ]


def _covered(form: Form, expected: Sequence[str], cells: Mapping[str, object]) -> set[str]:
    """Rows of the sums of rows all of whose operands are printed."""
    covered: set[str] = set()
    for identity in form.identities:
        if identity.table == "t3" and identity.over == "columns":
            operands = {form.carrier(k, expected) for k in (*identity.left, *identity.right)}
            covered |= operands if operands <= cells.keys() else set()
    return covered


def _over_lines(row: RawRow, source: str) -> bool:
    """Whether label and cells stand in several lines, between which others may be lost."""
    outside = all(slot.grid is None for slot in row.slots)
    return outside and (not source or "\n" in source[slice(*row.whole)])


def _all_zero(cells: Sequence[Cell]) -> bool:
    return all(cell.value == 0 and cell.state != "open" for cell in cells)


def _adds_up(form: Form, cells: Mapping[str, Sequence[Cell]]) -> bool:
    """Whether the outcomes that are printed add up to their total in every column."""
    sums = form.identity("T3-SUM")
    if sums is None or any(key not in cells for key in sums.left):
        return False
    printed = {key for row in sums.right for key in (row, form.t3_rows[row].parent or row)}
    columns = zip(*(cells[key] for key in printed & cells.keys()), strict=True)
    return all(
        None not in (total.value, *(c.value for c in parts))
        and total.value == sum(c.value for c in parts if c.value is not None)
        for total, parts in zip(cells[sums.left[0]], columns, strict=True)
    )
