"""What a form file may hold; `Form.model_validate` refuses anything else."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from index.formats.annex import Annex, AnnexRow
from index.formats.identity import Identity, key_of
from index.formats.terms import Term, TreeRow
from index.record import Record


class T2Group(Record):
    """One sub-table of table two: an item of article 20 of the Regulation."""

    caption: str
    en: str
    columns: tuple[Term, ...]
    rows: tuple[Term, ...]


class T2(Record):
    """Table two: proactive disclosure, a few small sub-tables."""

    section: int
    header: str
    groups: tuple[T2Group, ...]


class T3Row(TreeRow):
    """A row of table three; ``legal_basis`` is the article of the Regulation it rests on."""

    legal_basis: str | None = None


class T3(Record):
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


class T4(Record):
    """Table four: reconsideration and litigation, blocks of outcomes in one data row."""

    section: int
    unit: str
    blocks: tuple[Term, ...]
    outcomes: tuple[Term, ...]


class Section(Record):
    """A section: 1 to 6 stand for the same matters in all forms, 7 and 8 for older ones."""

    number: int = Field(ge=1, le=8)
    title: str
    kind: Literal["text", "table"]
    en: str
    aliases: tuple[str, ...] = ()


STATUTORY = frozenset({"t2", "t3", "t4"})


class Tables(Record):
    """The three statutory tables, or an annex. A table that a form has not is an empty one."""

    t2: T2 = T2(section=0, header="", groups=())
    t3: T3 = T3(section=0, unit="", column_head="", group_head="", columns=(), rows=())
    t4: T4 = T4(section=0, unit="", blocks=(), outcomes=())
    annex: Annex | None = None

    @model_validator(mode="after")
    def _three_or_annex(self) -> Tables:
        given = self.model_fields_set & STATUTORY
        if given != (STATUTORY if self.annex is None else set()):
            raise ValueError("a form has t2, t3 and t4, or else an annex")
        return self


class Form(Record):
    """One official form of the annual report, with the years it was prescribed for.

    ``identities`` are those of one report, ``across`` those of a report and that of the year
    before, in which ``last.`` stands before a key of the latter.
    """

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
    across: tuple[Identity, ...] = ()

    def __hash__(self) -> int:
        """By the id: what is compiled from a form is kept by form, and looked up often."""
        return hash(self.id)

    @model_validator(mode="after")
    def _consistent(self) -> Form:
        _unique("section", [str(s.number) for s in self.sections])
        for table, (rows, columns) in self.terms.items():
            _unique(f"{table}.{'blocks' if table == 't4' else 'rows'}", [t.key for t in rows])
            if table != "t2":  # where a column may occur in several sub-tables
                name = "outcomes" if table == "t4" else "columns"
                _unique(f"{table}.{name}", [t.key for t in columns])
        for tree in (self.t3_rows, self.annex_rows):
            _check_parents(tree)
        for pair in self.annex.comparable if self.annex is not None else ():
            if pair.row not in self.annex_rows:
                raise ValueError(f"comparable names unknown row {pair.row!r}")
        every = (*self.identities, *self.across)
        _unique("identities", [i.code for i in every])
        for identity in every:
            self._check_identity(identity)
        for identity in self.identities:
            if any(key_of(key)[1] for key in (*identity.left, *identity.right)):
                raise ValueError(f"identity {identity.code} names a key of last year's report")
        return self

    def _check_identity(self, identity: Identity) -> None:
        rows, columns = ({t.key for t in terms} for terms in self.terms[identity.table])
        named = rows if identity.over == "columns" else columns
        scoped = columns if identity.over == "columns" else rows
        needed = identity.over != "cells"
        bound = identity.relation == "at_least"  # which may be 0
        if needed and not (identity.left and (identity.right or bound)):
            raise ValueError(f"identity {identity.code} needs both left and right")
        for key in (*identity.left, *identity.right):
            if key_of(key)[0] not in named:
                raise ValueError(f"identity {identity.code} names unknown {key!r}")
        for key in identity.scope:
            if key not in scoped:
                raise ValueError(f"identity {identity.code} has unknown scope {key!r}")

    @property
    def annex(self) -> Annex | None:
        """The annexed table, None in a form with tables two, three and four."""
        return self.tables.annex

    @cached_property
    def terms(self) -> dict[str, tuple[tuple[Term, ...], tuple[Term, ...]]]:
        """Rows (blocks) and columns (outcomes) of each table, in order."""
        t2, t3, t4, annex = self.tables.t2, self.tables.t3, self.tables.t4, self.tables.annex
        return {
            "t2": (
                tuple(r for g in t2.groups for r in g.rows),
                tuple(c for g in t2.groups for c in g.columns),
            ),
            "t3": (t3.rows, t3.columns),
            "t4": (t4.blocks, t4.outcomes),
            "annex": (annex.rows, annex.columns) if annex is not None else ((), ()),
        }

    @cached_property
    def t3_rows(self) -> dict[str, T3Row]:
        """Rows of table three by key, in order."""
        return {r.key: r for r in self.tables.t3.rows}

    @cached_property
    def annex_rows(self) -> dict[str, AnnexRow]:
        """Rows of the annexed table by key, in order; none in a form without one."""
        return {r.key: r for r in self.annex.rows} if self.annex is not None else {}

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
        trees: dict[str, Mapping[str, TreeRow]] = {"t3": self.t3_rows, "annex": self.annex_rows}
        return {
            table: (
                {r.key: _row_name(r, trees.get(table, {})) for r in rows},
                {c.key: c.label for c in columns},
            )
            for table, (rows, columns) in self.terms.items()
        }

    def covers(self, year: int) -> bool:
        """Whether the form was prescribed for a report year."""
        first, last = self.years
        return first <= year and (last is None or year <= last)

    def has_cells(self, key: str, printed: Container[str]) -> bool:
        """Whether a row of table three carries figures in a report that prints these rows.

        A head with ``cells: when_children_absent`` does only where its sub-rows are missing.
        """
        if self.t3_rows[key].cells == "when_children_absent":
            return not any(child in printed for child in self.t3_children.get(key, ()))
        return self.t3_rows[key].cells is True

    def carrier(self, key: str, printed: Container[str]) -> str:
        """The row of table three that has the figures of a row in a report.

        Its head where the report prints that and none of its sub-rows (a 2021 form with
        （六）其他处理 as one row), else the row itself.
        """
        head = self.t3_rows[key].parent
        children = self.t3_children.get(head or "", ())
        alone = head in printed and not any(child in printed for child in children)
        return head if head is not None and alone else key

    def identity(self, code: str) -> Identity | None:
        """The identity with a code, None where the form has none."""
        every = (*self.identities, *self.across)
        return next((i for i in every if i.code == code), None)


def _check_parents(rows: Mapping[str, TreeRow]) -> None:
    above: set[str | None] = {None}
    for row in rows.values():
        if row.parent is not None and row.parent not in rows:
            raise ValueError(f"row {row.key!r} has unknown parent {row.parent!r}")
        if row.parent not in above:
            raise ValueError(f"row {row.key!r} stands above its parent {row.parent!r}")
        above.add(row.key)


def _row_name(row: Term, tree: Mapping[str, TreeRow]) -> str:
    """A row's label; one that says too little alone with its number and head.

    That is a short one (总计, 其他) and one that occurs under several heads.
    """
    if not isinstance(row, TreeRow):
        return row.label
    alone = sum(row.label in (r.label, *r.aliases) for r in tree.values()) == 1
    if len(row.label) > len("总计") and alone:
        return row.label
    head = tree.get(row.parent or "")
    return f"{head.label if head is not None else ''}{row.number}{row.label}"


def _unique(what: str, keys: list[str]) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"{what}: key {key!r} occurs twice")
