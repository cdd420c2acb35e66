"""Annexed tables beside tables two to four: which rows continue, and what is never compared.

The forms changed their classes in 2019. The form file of an annexed table names the few rows that
table three continues (``comparable``); a question about one of them is answered from either. No
other row stands for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.query import Measure
from index.formats import Form, Term, form_named, load_forms
from index.report import ReportCard

TOTAL = (None, "total")
"""Columns of table three whose count an annexed table has too: it knows no kinds of applicants."""


def counterpart(form: Form, measure: Measure) -> Measure:
    """A measure as it is called in a form, where the other kind of form continues its row."""
    if form.annex is not None and measure.table == "t3" and measure.column in TOTAL:
        for pair in form.annex.comparable:
            if pair.t3 == measure.row:
                return Measure(table="annex", row=pair.row)
    if form.annex is None and measure.table == "annex" and measure.column in (None, "value"):
        for row, t3 in _pairs():
            if row == measure.row:
                return Measure(table="t3", row=t3)
    return measure


def no_counterpart(card: ReportCard, measure: Measure) -> bool:
    """Whether the tables of a report classify differently, and no row stands for the measure."""
    form = form_named(card.form)
    if form is None or not card.statuses:
        return False
    return (counterpart(form, measure).table == "annex") != (form.annex is not None)


def has_annex(card: ReportCard) -> bool:
    """Whether a report has an annexed table, whose rows are not those of table three."""
    form = form_named(card.form)
    return bool(card.statuses) and form is not None and form.annex is not None


def _pairs() -> Iterator[tuple[str, str]]:
    for form in load_forms():
        for pair in form.annex.comparable if form.annex is not None else ():
            yield pair.row, pair.t3


def annex_labels(form: Form, row: str, column: str) -> tuple[str, str, str, str]:
    """Row and column in Chinese and English; of the form itself, else of one that has them."""
    with_annex = [f for f in (form, *load_forms()) if f.annex is not None]
    rows = next((f for f in with_annex if row in f.annex_rows), None)
    names = (rows.names["annex"][0][row], rows.annex_rows[row].en) if rows else (row, row)
    columns = [c for f in with_annex for c in _columns(f) if c.key == column]
    columns += [c for c in load_forms()[-1].tables.t3.columns if c.key == column]
    heads = (columns[0].label, columns[0].en) if columns else (column, column)
    return (*names, *heads)


def _columns(form: Form) -> Iterable[Term]:
    return form.annex.columns if form.annex is not None else ()


def differ(forms: Iterable[Form]) -> bool:
    """Whether some of the forms have an annexed table and others have not."""
    return len({form.annex is None for form in forms}) > 1
