"""A measure's cells in one report: figures by address, or why there is none."""

from __future__ import annotations

from assistant.answering.cell import Cell
from assistant.answering.covering import exceeded
from assistant.answering.defaults import load_defaults
from assistant.answering.forms import CONCLUDED, form_of, labels
from assistant.query import PROSE, Measure
from assistant.understanding.annex import counterpart
from index.formats import Form, load_forms
from index.report import TRUSTED, Figure, Report, Status


def cells(report: Report, measure: Measure) -> list[Cell]:
    """The cells that a measure names in one report, one unless its column is ``*``."""
    if measure.table == PROSE:
        return [_of_prose(report, measure)]
    form = form_of(report)
    measure = counterpart(form, measure)
    if measure.column == "*":
        rows = _rows(report, form, measure)
        own = (f for f in report.figures if f.table == measure.table and f.row in rows)
        columns = list(dict.fromkeys(f.column for f in own))
        if not columns:
            return [_absent(report, form, measure, "total")]
        return [_cell(report, form, measure, column) for column in columns]
    return [_cell(report, form, measure, _column(report, measure))]


def rows_of(measure: Measure) -> list[tuple[str, str]]:
    """All (table, row) that `cells` may look at for a cell of a table, in whatever form."""
    rows: dict[tuple[str, str], None] = {}
    for form in load_forms():
        own = counterpart(form, measure)
        rows[own.table, own.row] = None
        if own.table == "t4" and own.row == "litigation":
            rows |= dict.fromkeys(("t4", b.key) for b in form.tables.t4.blocks)
        if own.table == "t3":
            rows |= dict.fromkeys(("t3", child) for child in form.t3_children.get(own.row, ()))
    return list(rows)


def _cell(report: Report, form: Form, measure: Measure, column: str) -> Cell:
    rows = _rows(report, form, measure)
    columns = _columns(form, column)
    figures = [report.figure(f"{measure.table}.{r}.{c}") for r in rows for c in columns]
    if not figures or any(f is None for f in figures):
        return _absent(report, form, measure, column)
    row, row_en, name, name_en = labels(form, measure.table, measure.row, column)
    return Cell(
        report,
        tuple(f for f in figures if f is not None),
        row,
        name,
        row_en,
        name_en,
        summed=len(figures) > 1,
        table=measure.table,
    )


def _column(report: Report, measure: Measure) -> str:
    """The column asked for, or the default that this report has."""
    defaults = load_defaults()
    if measure.column is not None:
        options = defaults.alike.get(measure.column, (measure.column,))
    elif measure.table == "t2":
        options = defaults.columns.t2.get(measure.row, ("decisions",))
    else:
        options = defaults.columns.annex if measure.table == "annex" else ("total",)
    present = {
        f.column for f in report.figures if f.table == measure.table and f.row == measure.row
    }
    return next((c for c in options if c in present), options[0])


def _columns(form: Form, column: str) -> tuple[str, ...]:
    if column == "organisations":
        return tuple(c.key for c in form.tables.t3.columns if c.group)
    if column == CONCLUDED:
        return tuple(o.key for o in form.tables.t4.outcomes if o.key not in ("pending", "total"))
    return (column,)


def _rows(report: Report, form: Form, measure: Measure) -> tuple[str, ...]:
    """The row itself, or the rows that are summed under a head."""
    if measure.table == "t4" and measure.row == "litigation":
        return tuple(b.key for b in form.tables.t4.blocks if b.group)
    children = form.t3_children.get(measure.row, ()) if measure.table == "t3" else ()
    own = any(f.table == measure.table and f.row == measure.row for f in report.figures)
    return (measure.row,) if own or not children else children


def _absent(report: Report, form: Form, measure: Measure, column: str) -> Cell:
    row, row_en, name, name_en = labels(form, measure.table, measure.row, column)
    if not report.table_figures:
        why = "why_no_tables"
    elif measure.table == "annex" and form.annex is None:
        why = "why_no_counterpart"
    elif measure.table != "annex" and form.annex is not None:
        why = "why_annex"
    elif not _in_form(form, measure, column):
        why = "why_other_form"
    else:
        why = "why_not_printed"
    return Cell(report, (), row, name, row_en, name_en, why=why, table=measure.table)


def _in_form(form: Form, measure: Measure, column: str) -> bool:
    if measure.table == "annex":
        return measure.row in form.annex_rows
    if measure.table == "t3":
        return measure.row in form.t3_rows
    if measure.table == "t2":
        return any(
            measure.row in {r.key for r in g.rows} and column in {c.key for c in g.columns}
            for g in form.tables.t2.groups
        )
    return True


def _of_prose(report: Report, measure: Measure) -> Cell:
    """A number of running text by its address."""
    figure = report.figure(f"{PROSE}.{measure.row}.{measure.column}")
    if figure is None:
        return Cell(
            report, (), measure.row, "", measure.row, "", why="why_not_printed", table=PROSE
        )
    return prose_cell(report, figure)


def prose_cell(report: Report, figure: Figure) -> Cell:
    """A number of running text as a cell, named by its label.

    One that its own parts exceed (139条，其中甲100条、乙45条) is not stated, though the parts may
    overlap, so that it is no error of the report.
    """
    doubts = tuple(check.id for check in report.checks if exceeded(check, figure))
    if doubts and figure.status in TRUSTED:
        update = {"status": Status.FAILED, "checks": (*figure.checks, *doubts)}
        figure = figure.model_copy(update=update)
    return Cell(report, (figure,), figure.row_label, "", figure.row_label, "", table=PROSE)
