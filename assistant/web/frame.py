"""The heads of a statutory table, from the form it is printed in.

A figure knows its own row and column label; what stands above and before them (三、本年度办理
结果, （三）不予公开, 法人或其他组织) is the form's. Where the form is not known the labels of the
figures stand alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.web.words import Words
from index.formats import Form, Term, TreeRow, form_named
from index.report import Figure, Report

Path = tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """Heads of one table by key; ``corner`` stands over the row labels.

    ``rows``: each row's label with the heads above it, outermost first. ``columns``: labels by
    ``column``, in table two by ``row.column``. ``groups``: the head over a column. ``unit``: the
    head over the units, where each row has its own.
    """

    corner: str
    rows: dict[str, Path] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    unit: str = ""

    def row(self, figure: Figure) -> Path:
        """A figure's row label, under its heads."""
        return self.rows.get(figure.row) or (figure.row_label or figure.row,)

    def column(self, figure: Figure) -> str:
        """A figure's column label."""
        own = self.columns.get(f"{figure.row}.{figure.column}")
        return own or self.columns.get(figure.column) or figure.column_label or figure.column


def frame(report: Report, table: str, w: Words) -> Frame:
    """The heads of a report's table in the language of the page."""
    form = form_named(report.form.value)
    if form is None:
        return Frame(w.item)
    english = not w.lang.startswith("zh")
    make = {"t2": _t2, "t3": _t3, "t4": _t4, "annex": _annex}.get(table)
    return make(form, w, english) if make else Frame(w.item)


def _name(term: Term, english: bool) -> str:
    return term.en if english else term.label


def _t2(form: Form, w: Words, english: bool) -> Frame:
    rows: dict[str, Path] = {}
    columns: dict[str, str] = {}
    for group in form.tables.t2.groups:
        for row in group.rows:
            rows[row.key] = (group.en if english else group.caption, _name(row, english))
            for column in group.columns:
                columns[f"{row.key}.{column.key}"] = _name(column, english)
    return Frame(w.item, rows, columns)


def _t3(form: Form, w: Words, english: bool) -> Frame:
    table = form.tables.t3

    return Frame(
        w.item if english else table.column_head,
        {row.key: _path(row, form.t3_rows, english) for row in table.rows},
        {c.key: _name(c, english) for c in table.columns},
        {c.key: w.organisations if english else c.group for c in table.columns if c.group},
    )


def _annex(form: Form, w: Words, english: bool) -> Frame:
    columns = form.annex.columns if form.annex is not None else ()
    return Frame(
        w.item,
        {row.key: _path(row, form.annex_rows, english) for row in form.annex_rows.values()},
        {c.key: _name(c, english) for c in columns},
        unit=w.unit,
    )


def _path(row: TreeRow, rows: Mapping[str, TreeRow], english: bool) -> Path:
    """A row's label with its number, under those of the rows above it."""
    above = _path(rows[row.parent], rows, english) if row.parent else ()
    gap = " " if english else ""
    return (*above, f"{row.number}{gap}{_name(row, english)}")


def _t4(form: Form, w: Words, english: bool) -> Frame:
    table = form.tables.t4
    heads = {b.key: w.litigation if english else b.group for b in table.blocks if b.group}
    return Frame(
        w.item,
        {
            b.key: (*([heads[b.key]] if b.key in heads else []), _name(b, english))
            for b in table.blocks
        },
        {o.key: _name(o, english) for o in table.outcomes},
    )
