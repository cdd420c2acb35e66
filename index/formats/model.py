"""What a form file may hold; `Form.model_validate` refuses anything else."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from index.report import Strength


class Strict(BaseModel):
    """Base: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(Strict):
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


class T2Group(Strict):
    """One sub-table of table two: an item of article 20 of the Regulation."""

    caption: str
    en: str
    columns: tuple[Term, ...]
    rows: tuple[Term, ...]


class T2(Strict):
    """Table two: proactive disclosure, a few small sub-tables."""

    section: int
    header: str
    groups: tuple[T2Group, ...]


class T3Row(Term):
    """A row of table three.

    ``cells``: whether figures are printed in it. ``when_children_absent`` is a head that
    becomes a data row where its sub-rows are not printed. ``parent`` is the head above it.
    ``legal_basis`` is the article of the Regulation the outcome rests on.
    """

    number: str
    parent: str | None
    cells: bool | Literal["when_children_absent"]
    legal_basis: str | None = None
    note: str | None = None


class T3(Strict):
    """Table three: requests received and how they were handled, seven columns.

    ``subtotals`` are heads of columns that some reports add: the sum of those under
    ``group_head``.
    """

    section: int
    unit: str
    column_head: str
    group_head: str
    subtotals: tuple[str, ...] = ()
    columns: tuple[Term, ...]
    rows: tuple[T3Row, ...]


class T4(Strict):
    """Table four: reconsideration and litigation, blocks of outcomes in one data row."""

    section: int
    unit: str
    blocks: tuple[Term, ...]
    outcomes: tuple[Term, ...]


class Section(Strict):
    """One of the six sections."""

    number: int = Field(ge=1, le=6)
    title: str
    kind: Literal["text", "table"]
    en: str
    aliases: tuple[str, ...] = ()


class Tables(Strict):
    """The three statutory tables."""

    t2: T2
    t3: T3
    t4: T4


class Identity(Strict):
    """A relation the form demands, applied over columns, rows or cells of one table.

    ``over: columns``: ``left`` and ``right`` are rows, summed in each column. ``over: rows``:
    they are columns, summed in each row. ``over: cells``: each value is a non-negative whole
    number. ``scope`` narrows it to some rows or columns. ``verifies: false`` marks a relation
    whose holding proves nothing about the value.
    """

    code: str
    strength: Strength
    table: Literal["t2", "t3", "t4"]
    over: Literal["columns", "rows", "cells"]
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    verifies: bool = True
    zh: str
    en: str
    basis: str


class Form(Strict):
    """One official form of the annual report, with the years it was prescribed for."""

    id: str
    name: str
    name_en: str
    document: str
    issued: str
    issuer: str
    years: tuple[int, int | None]
    legal_basis: str
    source: str
    sections: tuple[Section, ...]
    tables: Tables
    identities: tuple[Identity, ...]

    def __hash__(self) -> int:
        """By the id: what is compiled from a form is kept by form, and looked up often."""
        return hash(self.id)

    @model_validator(mode="after")
    def _consistent(self) -> Form:
        t3, t4 = self.tables.t3, self.tables.t4
        _unique("section", [str(s.number) for s in self.sections])
        for name, terms in (
            ("t3.columns", t3.columns),
            ("t3.rows", t3.rows),
            ("t4.blocks", t4.blocks),
            ("t4.outcomes", t4.outcomes),
            ("t2.rows", [r for g in self.tables.t2.groups for r in g.rows]),
        ):
            _unique(name, [t.key for t in terms])
        rows = {r.key for r in t3.rows}
        for row in t3.rows:
            if row.parent is not None and row.parent not in rows:
                raise ValueError(f"row {row.key!r} has unknown parent {row.parent!r}")
        _unique("identities", [i.code for i in self.identities])
        for identity in self.identities:
            self._check_identity(identity)
        return self

    def _check_identity(self, identity: Identity) -> None:
        t2, t3, t4 = self.tables.t2, self.tables.t3, self.tables.t4
        rows, columns = {
            "t2": (
                {r.key for g in t2.groups for r in g.rows},
                {c.key for g in t2.groups for c in g.columns},
            ),
            "t3": ({r.key for r in t3.rows}, {c.key for c in t3.columns}),
            "t4": ({b.key for b in t4.blocks}, {o.key for o in t4.outcomes}),
        }[identity.table]
        named = rows if identity.over == "columns" else columns
        scoped = columns if identity.over == "columns" else rows
        if identity.over != "cells" and not (identity.left and identity.right):
            raise ValueError(f"identity {identity.code} needs both left and right")
        for key in (*identity.left, *identity.right):
            if key not in named:
                raise ValueError(f"identity {identity.code} names unknown {key!r}")
        for key in identity.scope:
            if key not in scoped:
                raise ValueError(f"identity {identity.code} has unknown scope {key!r}")

    @cached_property
    def t3_rows(self) -> dict[str, T3Row]:
        """Rows of table three by key, in order."""
        return {r.key: r for r in self.tables.t3.rows}

    @cached_property
    def t3_children(self) -> dict[str, tuple[str, ...]]:
        """Keys of the sub-rows of each head of table three."""
        rows = self.tables.t3.rows
        return {
            head.key: tuple(r.key for r in rows if r.parent == head.key)
            for head in rows
            if any(r.parent == head.key for r in rows)
        }

    @cached_property
    def names(self) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
        """Labels of the rows and of the columns of each table, by key."""
        t2, t3, t4 = self.tables.t2, self.tables.t3, self.tables.t4
        return {
            "t2": (
                {r.key: r.label for g in t2.groups for r in g.rows},
                {c.key: c.label for g in t2.groups for c in g.columns},
            ),
            "t3": (
                {r.key: self._row_name(r) for r in t3.rows},
                {c.key: c.label for c in t3.columns},
            ),
            "t4": ({b.key: b.label for b in t4.blocks}, {o.key: o.label for o in t4.outcomes}),
        }

    def _row_name(self, row: T3Row) -> str:
        """A row's label; one that says too little alone (总计, 其他) with its number and head."""
        if len(row.label) > len("总计"):
            return row.label
        head = self.t3_rows.get(row.parent or "")
        return f"{head.label if head is not None else ''}{row.number}{row.label}"

    def covers(self, year: int) -> bool:
        """Whether the form was prescribed for a report year."""
        first, last = self.years
        return first <= year and (last is None or year <= last)

    def identity(self, code: str) -> Identity | None:
        """The identity with a code, None where the form has none."""
        return next((i for i in self.identities if i.code == code), None)


def _unique(what: str, keys: list[str]) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"{what}: key {key!r} occurs twice")
