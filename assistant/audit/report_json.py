"""A report, and a whole audit, as ``gouji check --json`` prints them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assistant.audit.findings import Finding
from index.report import Check, Report

STEP = 1
"""Blanks by which JSON is indented."""


def report_json(report: Report) -> str:
    """One report, with all its figures and checks."""
    plain = report.model_dump(mode="json", include={"figures", "checks", "notes"})
    recognised = {
        name: getattr(report, name).model_dump(mode="json")
        for name in ("body", "year", "period", "script", "form")
    }
    return dumps(
        {
            "source_file": report.source_file,
            "id": report.id,
            "org": report.body.value,
            "year": int(report.year.value) if report.year.value else None,
            "format": report.form.value,
            "script": report.script.value,
            "title": report.title,
            "recognised": recognised,
            "notes": plain["notes"],
            "figures": plain["figures"],
            "checks": plain["checks"],
        }
    )


def dumps(data: Any) -> str:
    """JSON with Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, indent=STEP)


def audit_json(
    reports: Iterable[str], findings: Sequence[Finding], across: Sequence[Check]
) -> Iterator[str]:
    """Pieces of one object: ``reports`` (each as `report_json`), ``findings``, ``across``."""
    yield from ('{\n "reports": ', *_listed(reports), ",\n")
    yield from (' "findings": ', *_listed(dumps(f.model_dump(mode="json")) for f in findings))
    yield from (',\n "across": ', *_listed(dumps(c.model_dump(mode="json")) for c in across))
    yield "\n}"


def _listed(items: Iterable[str]) -> Iterator[str]:
    """A list of a top-level key, as `json.dumps` would indent it."""
    deeper = "\n" + " " * STEP * 2
    opening = "["
    for item in items:
        yield opening + deeper + item.replace("\n", deeper)
        opening = ","
    yield "[]" if opening == "[" else "\n" + " " * STEP + "]"
