"""A query's cells in one report: figures by address, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.answer import CitedFigure, CitedPassage, Role
from assistant.lexicon import FOLDER
from assistant.query import PROSE, Measure
from assistant.understanding.annex import annex_labels, counterpart
from index.formats import Form, form_named, load_forms
from index.report import (
    TRUSTED,
    Check,
    Figure,
    Number,
    Passage,
    Record,
    Report,
    Span,
    Status,
)
from index.words.load import read_words


class _Columns(Record):
    t2: dict[str, tuple[str, ...]]
    annex: tuple[str, ...]


class _Nearby(Record):
    columns: dict[str, dict[str, tuple[str, ...]]]
    rows: dict[str, dict[str, tuple[str, ...]]]


class Defaults(Record):
    """``defaults.yaml``: columns asked for silently, columns alike, and what else may be meant."""

    columns: _Columns
    alike: dict[str, tuple[str, ...]]
    nearby: _Nearby


@cache
def load_defaults(path: Path = FOLDER / "defaults.yaml") -> Defaults:
    """Load the default columns.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return read_words(path, Defaults)


CONCLUDED = "concluded"
"""A column that is summed: the outcomes of table four but those still pending."""


@dataclass(frozen=True)
class Cell:
    """What a measure comes to in one report.

    One figure, or several that are summed (``summed``). Empty ``figures``: the report has no
    such cell, and ``why`` names the reason's wording. Labels are those of the form. ``table``
    is ``prose`` for a number of running text.
    """

    report: Report
    figures: tuple[Figure, ...]
    row: str
    column: str
    row_en: str
    column_en: str
    summed: bool = False
    why: str = ""
    table: str = ""

    @property
    def value(self) -> Number | None:
        """The value, or the sum; None where a figure has none or may not be stated."""
        if not self.figures or any(f.status not in TRUSTED for f in self.figures):
            return None
        total: Number = 0
        for figure in self.figures:
            total += figure.value if figure.value is not None else 0
        return total

    @property
    def unprinted(self) -> bool:
        """Whether this is a blank cell that the identities prove to be zero.

        It is counted with, but never stated: what is stated was printed.
        """
        return not self.summed and self.value is not None and self.figures[0].mark == "blank"

    @property
    def place(self) -> str:
        """Row and column in Chinese: 结转下年度继续办理（总计）."""
        return f"{self.row}（{self.column}）" if self.column else self.row

    @property
    def place_en(self) -> str:
        """Row and column in English."""
        return f"{self.row_en} ({self.column_en})" if self.column_en else self.row_en

    @property
    def unit(self) -> str:
        """Unit of the figures, "" where there are none."""
        return self.figures[0].unit if self.figures else ""

    @property
    def flawed(self) -> tuple[Figure, ...]:
        """Figures that may not be stated, the worst first."""
        order = [Status.FAILED, Status.AMBIGUOUS, Status.BLANK]
        bad = [f for f in self.figures if f.status in order]
        return tuple(sorted(bad, key=lambda f: order.index(f.status)))


def form_of(report: Report) -> Form:
    """The form a report was read in; the newest where it prints no table."""
    return form_named(report.form.value) or load_forms()[-1]


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


def together(parts: Sequence[Cell]) -> Cell:
    """Cells of one report as one that sums them; one that the report does not have, if any."""
    absent = next((c for c in parts if not c.figures), None)
    if len(parts) == 1 or absent is not None:
        return absent or parts[0]
    columns = list(dict.fromkeys((c.column, c.column_en) for c in parts))
    column = columns[0] if len(columns) == 1 else ("", "")
    rows = [(c.row, c.row_en) if column[0] else (c.place, c.place_en) for c in parts]
    return Cell(
        parts[0].report,
        tuple(f for c in parts for f in c.figures),
        "＋".join(dict.fromkeys(row for row, _ in rows)),
        column[0],
        " + ".join(dict.fromkeys(row for _, row in rows)),
        column[1],
        summed=True,
        table=parts[0].table,
    )


def _of_prose(report: Report, measure: Measure) -> Cell:
    """A number of running text by its address."""
    figure = report.figure(f"{PROSE}.{measure.row}.{measure.column}")
    if figure is None:
        return Cell(
            report, (), measure.row, "", measure.row, "", why="why_not_printed", table=PROSE
        )
    return prose_cell(report, figure)


def prose_cell(report: Report, figure: Figure) -> Cell:
    """A number of running text as a cell, named by its label."""
    return Cell(report, (figure,), figure.row_label, "", figure.row_label, "", table=PROSE)


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


def _rows(report: Report, form: Form, measure: Measure) -> tuple[str, ...]:
    """The row itself, or the rows that are summed under a head."""
    if measure.table == "t4" and measure.row == "litigation":
        return tuple(b.key for b in form.tables.t4.blocks if b.group)
    children = form.t3_children.get(measure.row, ()) if measure.table == "t3" else ()
    own = any(f.table == measure.table and f.row == measure.row for f in report.figures)
    return (measure.row,) if own or not children else children


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


def _columns(form: Form, column: str) -> tuple[str, ...]:
    if column == "organisations":
        return tuple(c.key for c in form.tables.t3.columns if c.group)
    if column == CONCLUDED:
        return tuple(o.key for o in form.tables.t4.outcomes if o.key not in ("pending", "total"))
    return (column,)


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


def cite(cell: Cell, role: Role) -> list[CitedFigure]:
    """The figures of a cell, bound to their report and their role."""
    return bind(cell.report, cell.figures, role)


def operands(report: Report, checks: Iterable[Check]) -> list[CitedFigure]:
    """The figures that some checks stand on, to be shown beside them."""
    addresses = dict.fromkeys(a for check in checks for a in check.addresses)
    figures = (report.figure(address) for address in addresses)
    return bind(report, [f for f in figures if f is not None], Role.CONTEXT)


def bind(report: Report, figures: Iterable[Figure], role: Role) -> list[CitedFigure]:
    """Figures of a report, bound to it and to their role."""
    return [
        CitedFigure.of(
            figure,
            report=report.id,
            source_file=report.source_file,
            org=report.body.value,
            year=int(report.year.value) if report.year.value else None,
            role=role,
            citation=citation(report, figure),
        )
        for figure in figures
    ]


def cite_passage(
    report: Report, passage: Passage, span: Span, marks: tuple[Span, ...]
) -> CitedPassage:
    """What is printed at ``span``, as a quotation from a passage, ``marks`` to be marked in it."""
    return CitedPassage(
        citation=f"[{report.title} ¶{passage.number}]",
        report=report.id,
        source_file=report.source_file,
        section=passage.section,
        section_title=passage.section_title,
        span=span,
        quote=report.text[slice(*span)],
        marks=marks,
    )


def citation(report: Report, figure: Figure) -> str:
    """``[太仓市2021年 表三·结转下年度继续办理·总计]``; of running text its paragraph, ``¶12``."""
    if figure.prose is not None:
        return f"[{report.title} ¶{figure.row.removeprefix('p')}]"
    table = {"t2": "表二", "t3": "表三", "t4": "表四", "annex": "附表"}[figure.table]
    return f"[{report.title} {table}·{figure.row_label}·{figure.column_label}]"


def failing_checks(report: Report, figures: tuple[Figure, ...]) -> Iterator[Check]:
    """Hard checks that cover some of the figures and fail."""
    ids = {check for figure in figures for check in figure.checks}
    yield from (c for c in report.checks if c.id in ids and c.broken)


def covering_checks(report: Report, figures: tuple[Figure, ...]) -> tuple[Check, ...]:
    """All checks that cover some of the figures, in the order of the form."""
    ids = {check for figure in figures for check in figure.checks}
    return tuple(c for c in report.checks if c.id in ids)
