"""The numbers of whole reports against lists that were written down by reading the reports.

`tests/golden/prose` has a list for each sample report (address, printed, value, unit, kind,
label) and, for the real ones, printed digits, value and unit only.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.reading import read_report
from index.report import Report
from index.script import to_simplified
from tests.index.helpers import EXAMPLES, ROOT, read_example
from tests.index.prose_helpers import said

GOLDEN = ROOT / "tests" / "golden" / "prose"
LEAST_OF_REAL = 240


def listed(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text("utf-8"), parse_float=Decimal)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_gives_every_number_of_its_text(path: Path) -> None:
    figures = read_example(path.stem).prose_figures
    got = [
        [f.address.removeprefix("prose."), f.printed, f.value, f.unit, said(f).kind, f.row_label]
        for f in figures
    ]
    assert got == listed(path.stem)


def test_the_real_reports_give_the_listed_numbers_and_no_other(shared: Path) -> None:
    total = 0
    for name, rows in listed("seeds").items():
        figures = read_report(shared / "seeds" / name).prose_figures
        assert [[f.printed, f.value, f.unit] for f in figures] == rows
        total += len(rows)
    assert total > LEAST_OF_REAL


def real_reports(shared: Path) -> list[Report]:
    folders = (shared / "seeds").glob("*.txt"), (shared / "corpus" / "reports").iterdir()
    return [read_report(p) for folder in folders for p in sorted(folder)]


def must_hold(report: Report) -> None:
    """What holds of every number of every report, whatever it says."""
    passages = {f"p{p.number}": p.span for p in report.passages}
    addresses = {f.address for f in report.figures}
    assert len(addresses) == len(report.figures)
    last = 0
    for figure in report.prose_figures:
        context = said(figure)
        assert figure.span is not None
        assert report.text[slice(*figure.span)] == figure.printed != ""
        assert figure.span[0] >= last, "in reading order"
        last = figure.span[1]
        assert passages[figure.row][0] <= figure.span[0] < passages[figure.row][1]
        for outer in (context.whole, context.clause, context.sentence):
            assert outer[0] <= figure.span[0] <= figure.span[1] <= outer[1]
        assert figure.value is not None
        assert figure.row_label
        after = report.text[figure.span[1] : figure.span[1] + 1]
        year = re.fullmatch(r"(?:19|20)\d\d", figure.printed)
        assert not (year and after in "年年度"), "a year read as a count"
        for link in (context.of, context.part, context.base):
            assert link is None or link in addresses
        assert all(check in {c.id for c in report.checks} for check in figure.checks)


def test_what_must_hold_of_the_real_reports(shared: Path) -> None:
    for report in real_reports(shared):
        must_hold(report)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_what_must_hold_of_the_examples(path: Path) -> None:
    must_hold(read_example(path.stem))


def test_a_flattened_annex_is_no_prose(shared: Path) -> None:
    """Digits that ran together under the heads of a table are never stated as numbers."""
    report = read_report(shared / "corpus" / "reports" / "pingtan-2018.txt")
    assert max(f.value or 0 for f in report.prose_figures) == 2069
    assert not [f for f in report.prose_figures if len(f.printed) > 4]


SCOPES = {
    # printed digits: scope, as a reader of the real reports of 2019, 2021 and 2023 takes it
    "001_e2a8d1f6b7e730ef.txt": {"117": "我辦", "45": "市級", "49266": "全市"},
    "002_08caf9eb42603138.txt": {"39": "市政府本級", "21": "市政府本級", "350": "全市"},
    "004_bc2901b205bfb866.txt": {"1635": "全区", "14711": None},
}


def test_the_scopes_of_the_real_reports(shared: Path) -> None:
    for name, scopes in SCOPES.items():
        figures = read_report(shared / "seeds" / name).prose_figures
        for printed, scope in scopes.items():
            found = {said(f).scope for f in figures if f.printed == printed}
            assert found == {to_simplified(scope) if scope else None}, printed
