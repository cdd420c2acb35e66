"""Where the identities of a form apply in a report: by the rows it prints, not their values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from index.formats import Form, Identity

KNOWN = 256
"""Sets of printed rows whose identities are kept: most reports print the same ones."""
Rows = Mapping[str, Mapping[str, None]]
"""Keys of the printed rows of each table, in their order."""


class Applied(NamedTuple):
    """An identity in one place: a column, a row or a whole table, which alone has no sides.

    ``left`` and ``right`` are the addresses of the operands. ``id`` is that of its check.
    """

    identity: Identity
    id: str
    scope: str
    label: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    @property
    def is_bound(self) -> bool:
        """Whether the left side may be more than the right one."""
        return self.identity.relation == "at_least"


def over_columns(identity: Identity, form: Form, rows: Rows) -> Iterator[Applied]:
    """Sums of rows on both sides, in each column (T3-BAL, T3-SUM)."""
    table, labels = identity.table, form.names[identity.table][1]
    left, right = (_printed(identity, keys, form, rows) for keys in (identity.left, identity.right))
    for column in identity.scope or labels:
        yield Applied(
            identity,
            f"{identity.code}@{column}",
            column,
            f"{labels[column]}列",
            tuple(f"{table}.{row}.{column}" for row in left),
            tuple(f"{table}.{row}.{column}" for row in right),
        )


def over_rows(identity: Identity, form: Form, rows: Rows) -> Iterator[Applied]:
    """Sums of columns on both sides, in each printed row (T3-ROW, T4-SUM)."""
    table, labels = identity.table, form.names[identity.table][0]
    for row in rows[table]:
        if identity.scope and row not in identity.scope:
            continue
        yield Applied(
            identity,
            f"{identity.code}@{row}",
            row,
            labels.get(row, row),
            tuple(f"{table}.{row}.{column}" for column in identity.left),
            tuple(f"{table}.{row}.{column}" for column in identity.right),
        )


def over_cells(identity: Identity, _form: Form, _rows: Rows) -> Iterator[Applied]:
    """Every value of a table by itself."""
    yield Applied(identity, f"{identity.code}@{identity.table}", identity.table, "全表")


OVER: dict[str, Callable[[Identity, Form, Rows], Iterator[Applied]]] = {
    "columns": over_columns,
    "rows": over_rows,
    "cells": over_cells,
}
"""One function for each way an identity can run over a table."""


def applied(form: Form, addresses: Iterable[str]) -> tuple[Applied, ...]:
    """Every identity of the form in every place of the tables that have these cells."""
    return _applied(form, tuple(dict.fromkeys([a.rpartition(".")[0] for a in addresses])))


@lru_cache(maxsize=KNOWN)
def _applied(form: Form, printed: tuple[str, ...]) -> tuple[Applied, ...]:
    """``printed`` are rows with their table: ``t3.new``."""
    rows: dict[str, dict[str, None]] = {}
    for name in printed:
        table, row = name.split(".")
        rows.setdefault(table, {})[row] = None
    return tuple(
        place
        for identity in form.identities
        if identity.table in rows
        for place in OVER[identity.over](identity, form, rows)
    )


def _printed(identity: Identity, keys: Iterable[str], form: Form, rows: Rows) -> tuple[str, ...]:
    """Rows of a sum as a report prints them.

    In table three, sub-rows that are not printed give way to their head (`Form.carrier`).
    Totals of an annexed table are no such heads: without its parts a total proves nothing.
    """
    if identity.table != "t3":
        return tuple(keys)
    return tuple(dict.fromkeys([form.carrier(key, rows["t3"]) for key in keys]))
