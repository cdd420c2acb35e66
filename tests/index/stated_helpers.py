"""What the tests of text beside tables share: a sentence and some cells of its report."""

from __future__ import annotations

from collections.abc import Mapping

from index.paragraphs import find_paragraphs
from index.report import Check, Figure, Number, Passage, Status
from index.stated.checks import check_stated
from index.stated.reach import Reach
from index.words.stated import load_stated
from tests.index.helpers import FORMS, document
from tests.index.prose_helpers import YEAR, read

BODY = "澄岫市人民政府"
UNITS = {"amount": "万元"}


def cell(address: str, value: Number | None, form: str = "2021") -> Figure:
    """A cell of a table."""
    table, row, column = address.split(".")
    rows, columns = FORMS[form].names[table]
    return Figure(
        table=table,
        row=row,
        column=column,
        row_label=rows[row],
        column_label=columns[column],
        unit=UNITS.get(column, "件"),
        value=value,
        printed="" if value is None else str(value),
        status=Status.BLANK if value is None else Status.PRINTED,
    )


def beside(
    text: str,
    cells: Mapping[str, Number | None],
    body: str | None = BODY,
    year: int | None = YEAR,
    form: str = "2021",
) -> tuple[tuple[Figure, ...], tuple[Check, ...]]:
    """The figures of a report of some sentences and cells, and the checks of the one on the other.

    Every line is a passage.
    """
    figures = (*(cell(a, v, form) for a, v in cells.items()), *read(text, year))
    paragraphs = find_paragraphs(text, document(text).blocks, (), None)
    passages = [
        Passage(number=n, section=0, section_title="", text=text[slice(*p.span)], span=p.span)
        for n, p in enumerate(paragraphs, 1)
    ]
    reach = Reach(body, year, load_stated())
    return check_stated(figures, FORMS[form], text, passages, reach)
