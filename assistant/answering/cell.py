"""A cell of a report, as answers state it and compute with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.report import TRUSTED, Figure, Number, Report, Status


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
