"""The form that a report was read in, and what it calls its rows and columns."""

from __future__ import annotations

from assistant.understanding.annex import annex_labels
from index.formats import Form, form_named, load_forms
from index.report import Report

CONCLUDED = "concluded"
"""A column that is summed: the outcomes of table four but those still pending."""


def form_of(report: Report) -> Form:
    """The form a report was read in; the newest where it prints no table."""
    return form_named(report.form.value) or load_forms()[-1]


def labels(form: Form, table: str, row: str, column: str) -> tuple[str, str, str, str]:
    """Row and column in Chinese and English: (row, row_en, column, column_en)."""
    if table == "annex":
        return annex_labels(form, row, column)
    tables = (form if form.annex is None else load_forms()[-1]).tables
    if table == "t3":
        rows = {
            r.key: (f.names["t3"][0][r.key], r.en) for f in load_forms() for r in f.tables.t3.rows
        }
        columns = {c.key: (c.label, c.en) for c in tables.t3.columns}
        columns["organisations"] = (tables.t3.group_head, "Legal persons or other organizations")
    elif table == "t4":
        rows = {b.key: (b.label, b.en) for b in tables.t4.blocks}
        rows["litigation"] = (tables.t4.blocks[-1].group or "", "Administrative litigation")
        columns = {o.key: (o.label, o.en) for o in tables.t4.outcomes}
        columns[CONCLUDED] = ("已审结", "concluded")
    else:
        groups = [g for f in load_forms() for g in f.tables.t2.groups]
        rows = {r.key: (r.label, r.en) for g in groups for r in g.rows}
        columns = {c.key: (c.label, c.en) for g in groups for c in g.columns}
        own = [g for g in tables.t2.groups if row in {r.key for r in g.rows}]
        rows |= {r.key: (r.label, r.en) for g in own for r in g.rows}
        columns |= {c.key: (c.label, c.en) for g in own for c in g.columns}
    row_zh, row_en = rows.get(row, (row, row))
    column_zh, column_en = columns.get(column, (column, column))
    return row_zh, row_en, column_zh, column_en
