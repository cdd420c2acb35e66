"""What the sample reports hold, from tests/golden: every cell with its value and its status."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from index.formats import Form

GOLDEN = Path(__file__).parents[1] / "golden"
TABLES = {"t2": "二", "t3": "三", "t4": "四"}


@dataclass(frozen=True)
class Spot:
    """A cell. ``status`` is known, failed, ambiguous, blank, or why there is no such cell."""

    report: str
    org: str | None
    year: int
    table: str
    row: str
    column: str
    labels: tuple[str, str]
    unit: str
    value: Any
    status: str

    @property
    def body(self) -> str:
        return self.report.rpartition("-")[0] if self.report[-4:].isdigit() else self.report

    def where(self) -> dict[str, Any]:
        """The place as question files write it."""
        row, column = self.labels
        seed = f"{self.report}.txt"
        return {"seed": seed, "table": TABLES[self.table], "row": row, "column": column}

    def item(self) -> dict[str, Any]:
        """The value at its place, as question files write it."""
        return {"value": self.value, "unit": self.unit, **self.where()}


class Truth:
    """All cells of all sample reports."""

    def __init__(self, spots: Iterable[Spot], reports: Iterable[str]) -> None:
        self.spots = tuple(spots)
        self.reports = tuple(reports)

    @cached_property
    def _by_place(self) -> dict[tuple[str, str, str, str], Spot]:
        return {(s.report, s.table, s.row, s.column): s for s in self.spots}

    @cached_property
    def with_tables(self) -> tuple[str, ...]:
        return tuple(name for name in self.reports if self.of(name))

    def of(self, report: str) -> list[Spot]:
        return [s for s in self.spots if s.report == report]

    def find(self, report: str, like: Spot) -> Spot | None:
        """The same cell in a report; None where its form has none."""
        return self._by_place.get((report, like.table, like.row, like.column))


def load_truth(forms: Iterable[Form]) -> Truth:
    """The cells of tests/golden, labelled by the form each report uses."""
    by_id = {form.id: form for form in forms}
    spots, reports = [], []
    for path in sorted(GOLDEN.glob("*.json")):
        golden = json.loads(path.read_text("utf-8"))
        if not isinstance(golden, dict):
            continue
        report = Path(golden["file"]).stem
        reports.append(report)
        terms = _terms(by_id[golden["format"]])
        for address, value in golden["figures"].items():
            table, row, column = address.split(".")
            if table not in TABLES:
                continue
            labels, unit = terms[table, row, column]
            spots.append(
                Spot(
                    report=report,
                    org=golden["org"],
                    year=golden["year"],
                    table=table,
                    row=row,
                    column=column,
                    labels=labels,
                    unit=unit,
                    value=value,
                    status=_status(address, value, golden),
                )
            )
    return Truth(spots, reports)


def _status(address: str, value: Any, golden: Mapping[str, Any]) -> str:
    for status in ("failed", "ambiguous"):
        if address in golden[status]:
            return status
    unprinted = value is None or address in golden.get("unprinted", ())
    return "blank" if unprinted else "known"


def _terms(form: Form) -> dict[tuple[str, str, str], tuple[tuple[str, str], str]]:
    """Labels and unit of each cell of a form, numbered and under their heads as people cite."""
    tables = form.tables
    found: dict[tuple[str, str, str], tuple[tuple[str, str], str]] = {}
    for group in tables.t2.groups:
        for row in group.rows:
            for column in group.columns:
                found["t2", row.key, column.key] = (row.label, column.label), column.unit or ""
    heads = {row.key: row for row in tables.t3.rows}
    for row in tables.t3.rows:
        head = heads.get(row.parent or "")
        label = f"{row.number}{row.label}"
        if head is not None:
            label = f"三{head.number}{head.label}·{label}" if head.parent else f"三{label}"
        for column in tables.t3.columns:
            found["t3", row.key, column.key] = (label, column.label), "件"
    for block in tables.t4.blocks:
        for outcome in tables.t4.outcomes:
            found["t4", block.key, outcome.key] = (
                ("(数据行)", f"{block.label}·{outcome.label}"),
                "件",
            )
    return found
