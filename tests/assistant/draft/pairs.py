"""Pairs of reports of one body in two years that follow each other, and drafts made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from assistant.draft.draft import draft_report
from assistant.draft.model import Draft, DraftCell, Origin
from index.reading import read_report
from index.report import TRUSTED, Number, Report
from tests.writer import Order, Written, write_years

SIZES = ("county", "township", "city")
SURFACES = (".docx", ".html", ".md")


def written_pair(seed: int, folder: Path, first: int = 2023) -> tuple[Report, Written]:
    """Last year's report as it is read, and this year's as it was written."""
    order = Order(2 * seed, size=SIZES[seed % 3], surface="html")  # type: ignore[arg-type]
    last, this = write_years(order, [first, first + 1])
    return read_report(last.save(folder)), this


def save_figures(
    folder: Path, values: Mapping[str, Number], name: str = "figures.json", **meant: object
) -> Path:
    """The clerk's figures as a JSON file."""
    plain = {a: f"{v:f}" if isinstance(v, Decimal) else v for a, v in values.items()}
    path = folder / name
    path.write_text(json.dumps({**meant, "figures": plain}, ensure_ascii=False), "utf-8")
    return path


def without_totals(values: Mapping[str, Number]) -> dict[str, Number]:
    """Figures as a clerk gives who leaves all sums to us."""
    return {a: v for a, v in values.items() if not a.endswith(".total") and "result_total" not in a}


def draft_of(last: Report, values: Mapping[str, Number], body: str, year: int, at: Path) -> Draft:
    """A draft from last year's report and this year's figures."""
    return draft_report(body, year, [last], save_figures(at, values, body=body, year=year))


def open_cells(draft: Draft) -> list[DraftCell]:
    """Cells of a draft still to be filled."""
    return [cell for cell in draft.cells if cell.origin is Origin.OPEN]


def trusted(report: Report) -> dict[str, Number]:
    """Cells of a report's tables that may be stated, by address."""
    cells = (f for f in report.table_figures if f.status in TRUSTED)
    return {f.address: f.value for f in cells if f.value is not None}
