"""What a printed label may name: a row or a column of one of the three tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from index.formats import Form, Term
from index.script import fold, label_key
from index.tables.labels import LabelIndex, row_index, split_unit
from index.tables.rows import Slot
from index.tables.runon import alternatives, spaced

TableName: TypeAlias = Literal["t2", "t3", "t4"]

LONGEST_NAME = 80
"""Characters of a label with the heads before it."""
COPY = re.compile(r"(?<=[\u3400-\u9fff）)])\.\d{1,2}$")
"""What tells columns of one name apart where a program wrote them (总计.1)."""
JOINT = r"[\s:：/>＞·|—–\-]*"
"""What may stand between a head and the label under it."""


class RowName(NamedTuple):
    """A row of a table of the form; a block of table four."""

    table: TableName
    key: str


class Named(NamedTuple):
    """A cell with its row and the key of its column; ``label`` is the row's label as printed.

    ``unit`` is the one that the column's head names, None where it names none.
    """

    row: RowName
    column: str
    slot: Slot
    label: str
    unit: str | None = None


class Names:
    """The labels of one form, ready for matching."""

    def __init__(self, form: Form) -> None:
        """Index the labels of all three tables."""
        tables = form.tables
        self._t3: LabelIndex = row_index(form)
        self._rows: dict[str, RowName] = {}
        self._columns: dict[RowName, Mapping[str, str]] = {}
        outcomes = _by_key(tables.t4.outcomes)
        for group in tables.t2.groups:
            columns = _by_key(group.columns)
            for key, row in _by_key(group.rows).items():
                self._rows[key] = name = RowName("t2", row)
                self._columns[name] = columns
        for label, block in _by_key(tables.t4.blocks).items():
            self._rows[label] = name = RowName("t4", block)
            self._columns[name] = outcomes
        self._t3_columns = _by_key(tables.t3.columns)
        of_two = (row for group in tables.t2.groups for row in group.rows)
        every_row = [
            *(RowName("t2", term.key) for term in of_two),
            *(RowName("t3", term.key) for term in tables.t3.rows),
            *(RowName("t4", term.key) for term in tables.t4.blocks),
        ]
        self._places = {name: number for number, name in enumerate(every_row)}
        self._subtotals = frozenset(map(label_key, tables.t3.subtotals))
        every = [outcomes, self._t3_columns, *self._columns.values()]
        self._column_words = frozenset(key for columns in every for key in columns)
        self._bare = {RowName("t3", row.key) for row in tables.t3.rows if row.cells is not True}
        heads = [row.label for row in tables.t3.rows if row.cells is not True]
        heads += [tables.t3.group_head, *(b.group for b in tables.t4.blocks if b.group)]
        numbers = r"(?:[一二三四五六七]\s*[、.．]\s*)?(?:[(（]\s*[一二三四五六七]\s*[)）])?\s*"
        one = rf"{numbers}(?:{alternatives(map(spaced, heads))}){JOINT}"
        bare = r"[一二三四五六七]\s*[、.．]\s*(?=[(（])"
        self._heads = re.compile(rf"\s*(?:{one}|{bare})+")

    def row(self, text: str) -> RowName | None:
        """The row with this label; heads may stand before it (（三）不予公开：1.属于国家秘密)."""
        return _row(self, text) if len(text) <= LONGEST_NAME else None

    def column(self, row: RowName, text: str) -> str | None:
        """Key of the column of a row's table with this head."""
        columns = self._t3_columns if row.table == "t3" else self._columns[row]
        return columns.get(self._column_key(text))

    def columns(self, row: RowName) -> tuple[str, ...]:
        """Keys of all columns of a row's table, in the order of the form."""
        known = self._t3_columns if row.table == "t3" else self._columns[row]
        return tuple(dict.fromkeys(known.values()))

    def place(self, row: RowName) -> int:
        """Which row of the form it is."""
        return self._places[row]

    def has_cells(self, row: RowName) -> bool:
        """Whether a row carries figures: most heads of table three do not."""
        return row not in self._bare

    def in_order(self, row: RowName, columns: Sequence[str | None]) -> list[str | None]:
        """The same columns in the order of the form."""
        order = {key: number for number, key in enumerate(self.columns(row))}
        return sorted(columns, key=lambda key: order.get(key or "", -1))

    def is_column(self, text: str) -> bool:
        """Whether a text is the head of a column of some table."""
        return len(text) <= LONGEST_NAME and self._column_key(text) in self._column_words

    def is_subtotal(self, text: str) -> bool:
        """Whether a text is the head of a column that adds up others of table three."""
        return label_key(text) in self._subtotals

    def _column_key(self, text: str) -> str:
        key = label_key(COPY.sub("", text))
        if key in self._column_words:
            return key
        inner = self.without_heads(text)
        key = label_key(inner)
        return key if key in self._column_words else label_key(split_unit(inner)[0])

    def without_heads(self, text: str) -> str:
        """A label without the heads before it; "" where it is made of heads."""
        folded = fold(COPY.sub("", text)).text
        match = self._heads.match(folded)
        return folded[match.end() :] if match else folded

    def find_row(self, text: str) -> RowName | None:
        """As `row`, without regard to what was asked before."""
        inner = self.without_heads(text)
        for label in (COPY.sub("", text), inner):
            found = self._rows.get(label_key(label))
            if found is not None:
                return found
            key = self._t3.exact(label) if label else None
            if key is not None:
                return RowName("t3", key)
        key = self._t3.near(inner) if inner else None
        return RowName("t3", key) if key is not None else None


def _by_key(terms: Iterable[Term]) -> dict[str, str]:
    return {label_key(text): term.key for term in terms for text in (term.label, *term.aliases)}


@cache
def names_of(form: Form) -> Names:
    """The labels of a form."""
    return Names(form)


@lru_cache(maxsize=8192)
def _row(names: Names, text: str) -> RowName | None:
    return names.find_row(text)
