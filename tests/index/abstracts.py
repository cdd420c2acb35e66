"""Abstracts as tests of comparisons want them: from values, sentences, drawn figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any
from zlib import crc32

from index.across.abstract import Abstract, AbstractCell, abstract_of
from index.across.narrative import narrative_of
from index.across.series import body_key
from index.read import read_bytes
from index.reading import report_from_document
from index.report import Number, Passage, Status
from index.sidecar import Given
from tests.index.helpers import FORMS
from tests.writer import Written
from tests.writer.figures import Figures

BODY = "澄岫县人民政府"


def abstract(
    values: Mapping[str, Number | None],
    *,
    body: str | None = BODY,
    year: int | None = 2022,
    form: str | None = "2021",
    report_id: str | None = None,
    status: Status = Status.VERIFIED,
) -> Abstract:
    """An abstract with some cells and no text; a value that is None is blank."""
    cells = {
        address: AbstractCell(
            value, status if value is not None else Status.BLANK, called(address, form)
        )
        for address, value in values.items()
    }
    name = report_id or f"r-{body_key(body or '')}-{year}"
    return Abstract(
        report=name,
        source_file=f"{name}.txt",
        path=f"{name}.txt",
        title=f"{body}{year}年",
        body=body,
        year=year,
        placed=body is not None and year is not None,
        form=form,
        cells=cells,
        narrative=narrative_of((), None, None),
    )


def called(address: str, form: str | None) -> str:
    """What a form calls a cell."""
    table, row, column = address.split(".")
    rows, columns = FORMS[form or "2021"].names[table]
    return f"{rows[row]}·{columns[column]}"


def told(sentences: Sequence[str], *, body: str = BODY, year: int = 2022) -> Abstract:
    """An abstract of a report that says these sentences, a passage each, and has no tables."""
    ends = tuple(accumulate(len(s) + 1 for s in sentences))
    passages = [
        Passage(number=n, section=1, section_title="", text=s, span=(end - len(s) - 1, end - 1))
        for n, (s, end) in enumerate(zip(sentences, ends, strict=True), 1)
    ]
    name = f"r-{crc32(''.join((body, *sentences)).encode()):08x}-{year}"
    made = abstract({}, body=body, year=year, report_id=name)
    return replace(made, narrative=narrative_of(passages, FORMS["2021"], body))


def of_figures(figures: Figures, **named: Any) -> Abstract:
    """An abstract of figures as they were drawn, without text."""
    return abstract(figures.values, form=figures.form.id, **named)


def doubted(made: Abstract, addresses: Iterable[str], status: Status) -> Abstract:
    """The same with some cells that may not be stated."""
    cells = {a: made.cells[a]._replace(status=status) for a in addresses}
    return replace(made, cells={**made.cells, **cells})


def read_written(written: Written) -> Abstract:
    """A written report as it is read."""
    document = read_bytes(written.data, Path(written.name))
    return abstract_of(report_from_document(document, Given()))
