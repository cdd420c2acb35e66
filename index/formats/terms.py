"""What a row or a column of a form is, whatever the table."""

from __future__ import annotations

from typing import Literal

from index.record import Record


class Term(Record):
    """A column, row, block or outcome: its key, official label, English and aliases.

    ``unit`` is None where the table's own unit holds and "" where the form prints none.
    ``kind``: ``count`` is a non-negative whole number, ``signed`` may be negative, ``money``
    may have decimals. ``group`` is a head printed over several columns.
    """

    key: str
    label: str
    en: str
    unit: str | None = None
    kind: Literal["count", "signed", "money"] = "count"
    group: str | None = None
    aliases: tuple[str, ...] = ()


class TreeRow(Term):
    """A row with a printed number, under the head or total that it belongs to.

    ``cells``: whether figures are printed in it. ``when_children_absent`` is a head that
    becomes a data row where its sub-rows are not printed. ``parent`` is the row above it.
    """

    number: str
    parent: str | None
    cells: bool | Literal["when_children_absent"]
    note: str | None = None
