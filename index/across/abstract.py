"""What of a report is compared with other reports, small enough to hold thousands at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, NamedTuple

from index.across.narrative import Narrative, narrative_of
from index.formats import form_named
from index.report import TRUSTED, Confidence, Number, Report, Status

SURE = frozenset({Confidence.SET, Confidence.CERTAIN, Confidence.LIKELY})
"""How surely body and year must be known for a comparison."""
CELLS_AT_ONCE = 100_000
"""Different cells that reports share, most of them a 0."""


class AbstractCell(NamedTuple):
    """A cell of a table: its value (None: open or blank), how far it is trusted, its name."""

    value: Number | None
    status: Status
    label: str

    @property
    def trusted(self) -> Number | None:
        """The value, None where it may not be stated."""
        return self.value if self.status in TRUSTED else None


@dataclass(frozen=True, slots=True)
class Abstract:
    """A report without its text: who and when, the cells of its tables, marks of its sentences.

    ``body`` and ``year`` are None where the report does not say them, ``form`` where no form is
    known. ``placed``: body and year are printed or set, not concluded from something else, so that
    it may be held against other reports. ``cells`` are by address (``t3.new.total``); numbers of
    running text are not kept.
    """

    report: str
    source_file: str
    path: str
    title: str
    body: str | None
    year: int | None
    placed: bool
    form: str | None
    cells: Mapping[str, AbstractCell]
    narrative: Narrative

    def __reduce__(self) -> tuple[Callable[..., Abstract], tuple[object, ...]]:
        """How one comes from another process: as plain values, to be held once each again."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["cells"] = [(address, *cell) for address, cell in self.cells.items()]
        return _restored, (values,)


def is_placed(report: Report) -> bool:
    """Whether body and year of a report are printed or set, not concluded."""
    return all(said.confidence in SURE for said in (report.body, report.year))


def abstract_of(report: Report) -> Abstract:
    """The abstract of a report that has been read."""
    return Abstract(
        report=report.id,
        source_file=report.source_file,
        path=report.path,
        title=report.title,
        body=report.body.value,
        year=int(report.year.value) if report.year.value else None,
        placed=is_placed(report),
        form=report.form.value,
        cells=_cells(
            (f.address, f.value, f.status, f"{f.row_label}·{f.column_label}")
            for f in report.table_figures
        ),
        narrative=narrative_of(report.passages, form_named(report.form.value), report.body.value),
    )


def _restored(values: dict[str, Any]) -> Abstract:
    return Abstract(**values | {"cells": _cells(values["cells"])})


def _cells(plain: Iterable[tuple[str, Number | None, Status, str]]) -> dict[str, AbstractCell]:
    """Cells by their address; addresses, names and equal cells are one object in all reports."""
    return {
        sys.intern(address): cell_of(value, status, sys.intern(label))
        for address, value, status, label in plain
    }


@lru_cache(maxsize=CELLS_AT_ONCE)
def cell_of(value: Number | None, status: Status, label: str) -> AbstractCell:
    """A cell; equal ones are one object."""
    return AbstractCell(value, status, label)
