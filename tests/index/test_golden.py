"""Whole reports against figures that were written down independently of this code."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.reading import read_report
from index.report import TRUSTED, Report
from tests.index.helpers import EXAMPLES, FORMS, golden, read_example

TABLES = ("t2", "t3", "t4", "annex")
UNCOVERED = {
    row.key
    for row in FORMS["2014"].annex_rows.values()
    if not any(
        row.key in (*i.left, *i.right) for i in FORMS["2014"].identities if i.strength == "hard"
    )
}
"""Rows of the annexed table that no hard identity covers."""
FAILING = {
    "lanyu-wenlv-2024": {
        "T3-ROW@partial": 2,
        "T4-SUM-REVIEW@review": -1,
        "S-OUTCOME@p5.n7": -2,  # the text has what the sums ask for
        "S-DISPUTES@p11.n1": 1,
    },
    "linxi-shuiwu-2020": {"T3-BAL@total": 5, "T3-ROW@new": 5, "S-RECEIVED@p7.n1": -5},
}
"""Checks that fail in the examples, with their difference."""


def grade(report: Report, truth: dict[str, Any]) -> Counter[str]:
    """Known, right, wrong, missing; and false claims: trust in what is wrong, open or failed."""
    got = {f.address: f for f in report.table_figures if f.table in TABLES}
    marks: Counter[str] = Counter()
    for address, want in truth["figures"].items():
        figure = got.get(address)
        value = None if figure is None else figure.value
        trusted = figure is not None and value is not None and figure.status in TRUSTED
        right = value is not None and want is not None and value == want
        if want is not None:
            marks["known"] += 1
            marks["right" if right else "missing" if value is None else "wrong"] += 1
        in_doubt = address in truth["failed"] or address in truth["ambiguous"]
        marks["false_claim"] += trusted and (in_doubt or not right)
    marks["invented"] += sum(
        1 for a, f in got.items() if a not in truth["figures"] and f.status in TRUSTED
    )
    return marks


def test_the_grader_sees_every_kind_of_fault() -> None:
    truth = golden("linxi-shuiwu-2020")
    report = read_example("linxi-shuiwu-2020")
    assert report.figure("t3.partial.total").value == 5  # type: ignore[union-attr]
    spoilt = truth | {"figures": truth["figures"] | {"t3.partial.total": 6}}
    assert grade(report, spoilt)["wrong"] == grade(report, spoilt)["false_claim"] == 1
    unknown = truth | {"ambiguous": ["t3.partial.total"]}
    assert grade(report, unknown)["false_claim"] == 1
    del truth["figures"]["t3.partial.total"]
    assert grade(report, truth)["invented"] == 1


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_gives_its_golden_figures(path: Path) -> None:
    truth = golden(path.stem)
    report = read_example(path.stem)
    known = sum(v is not None for v in truth["figures"].values())
    marks = grade(report, truth)
    assert marks == Counter(known=known, right=known, wrong=0, missing=0, false_claim=0, invented=0)
    got = {f.address: f for f in report.table_figures}
    assert set(got) == set(truth["figures"])
    proven = {a for a, f in got.items() if f.mark == "blank" and f.value is not None}
    assert proven == set(truth.get("unprinted", ()))
    for address, want in truth["figures"].items():
        status = got[address].status.value
        if address in truth["ambiguous"]:
            assert (status, got[address].value) == ("ambiguous", None)
        elif address in truth["failed"]:
            assert status == "failed"
        elif want is not None:
            table, row, _ = address.split(".")
            uncovered = table == "t2" or (table == "annex" and row in UNCOVERED)
            assert status == ("printed" if uncovered else "verified")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_failing_checks_of_an_example(path: Path) -> None:
    failing = {c.id: c.difference for c in read_example(path.stem).checks if c.outcome == "fails"}
    assert failing == FAILING.get(path.stem, {})


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_body_year_and_form_of_an_example(path: Path) -> None:
    truth, report = golden(path.stem), read_example(path.stem)
    assert (report.body.value, report.year.value, report.form.value) == (
        truth["org"], str(truth["year"]), truth["format"]
    )  # fmt: skip
    assert report.source_file == truth["file"]


def test_a_broken_equation_reads_as_a_person_writes_it() -> None:
    checks = {c.id: c for c in read_example("linxi-shuiwu-2020").checks}
    assert checks["T3-BAL@total"].equation == "58 + 4 = 62 ≠ 55 + 2 = 57"
    assert checks["T3-ROW@new"].equation == "58 ≠ 31 + 15 + 2 + 0 + 4 + 1 = 53"


def test_the_two_years_of_one_body_join() -> None:
    before, after = (read_example(f"yunxiu-{year}") for year in (2021, 2022))
    for column in ("natural_person", "commercial_enterprise", "research_institution", "total"):
        out = before.figure(f"t3.carried_out.{column}")
        taken = after.figure(f"t3.carried_in.{column}")
        assert out is not None
        assert taken is not None
        assert out.value == taken.value


def test_text_that_claims_to_be_checked_changes_nothing() -> None:
    report = read_example("qingtang-caizheng-2023")
    assert "9999件" in report.text
    figure = report.figure("t3.new.total")
    assert figure is not None
    assert (figure.value, figure.status.value) == (43, "verified")
    assert all(f.value != 9999 for f in report.figures)


SEEDS = range(5)


def seed(shared: Path, number: int) -> tuple[Report, dict[str, Any]]:
    text = (shared / "corpus" / "truth" / f"seed-00{number}.json").read_text("utf-8")
    truth = json.loads(text, parse_float=Decimal)
    return read_report(shared / "seeds" / truth["file"]), truth


@pytest.mark.parametrize("number", SEEDS)
def test_a_real_report_is_read_without_a_wrong_figure(shared: Path, number: int) -> None:
    report, truth = seed(shared, number)
    known = sum(v is not None for v in truth["figures"].values())
    assert grade(report, truth) == Counter(
        known=known, right=known, wrong=0, missing=0, false_claim=0, invented=0
    )
    assert (report.year.value, report.form.value) == (str(truth["year"]), truth["format"])
    for figure in report.table_figures:
        if figure.span is not None:
            assert report.text[slice(*figure.span)] == figure.printed


def test_all_seeds_together(shared: Path) -> None:
    total: Counter[str] = Counter()
    for number in SEEDS:
        total.update(grade(*seed(shared, number)))
    assert (total["right"], total["known"], total["wrong"], total["false_claim"]) == (
        719,
        719,
        0,
        0,
    )


def test_a_real_table_of_another_province_that_ran_together(shared: Path) -> None:
    truth = golden("pingtan-2018")
    report = read_report(shared / "corpus" / "reports" / truth["file"])
    known = sum(v is not None for v in truth["figures"].values())
    assert grade(report, truth) == Counter(
        known=known, right=known, wrong=0, missing=0, false_claim=0, invented=0
    )
    assert (report.year.value, report.form.value) == (str(truth["year"]), truth["format"])
    assert {f.address for f in report.table_figures} == set(truth["figures"])
    unsure = {f.address: f.candidates for f in report.table_figures if f.status == "ambiguous"}
    assert set(unsure) == set(truth["ambiguous"])
    assert unsure["annex.published.value"] == (20, 206, 2069, 20691, 206912, 20691210, 206912106)
    assert {(f.value, f.status.value) for f in report.table_figures if f.address not in unsure} == {
        (0, "printed")
    }


def test_running_text_in_the_words_of_an_annex_is_no_annex(shared: Path) -> None:
    report, truth = seed(shared, 1)  # 回应公众关注热点或重大舆情数1次；…
    assert (report.table_figures, report.form.value) == ((), truth["format"])


def test_the_real_report_without_tables_has_no_figures(shared: Path) -> None:
    report, _ = seed(shared, 1)
    assert report.table_figures == ()
    assert [c for c in report.checks if not c.code.startswith(("P-", "D-"))] == []
    assert "没有读到任何表格，因此没有表格数据（不等于零）。" in report.notes


def test_the_real_report_whose_balance_is_broken(shared: Path) -> None:
    report, truth = seed(shared, 3)
    failing = [c for c in report.checks if c.outcome == "fails" and not c.code.startswith("P-")]
    assert [(c.id, c.equation) for c in failing] == [
        ("T3-BAL@total", "161 + 2 = 163 ≠ 159 + 2 = 161")
    ]
    failed = {f.address for f in report.table_figures if f.status == "failed"}
    assert failed == set(truth["failed"])


@pytest.mark.parametrize(
    ("number", "body", "confidence"),
    [
        (0, None, "unknown"),
        (1, "常州市政务服务管理办公室", "certain"),
        (2, "太仓市", "certain"),
        (3, "南通市行政审批局", "likely"),
        (4, None, "unknown"),
    ],
)
def test_the_bodies_of_the_real_reports(
    shared: Path, number: int, body: str | None, confidence: str
) -> None:
    report, _ = seed(shared, number)
    assert (report.body.value, report.body.confidence.value) == (body, confidence)


@pytest.mark.parametrize(("number", "name"), [(0, "政企通"), (4, "八点半帮您办")])
def test_a_nameless_real_report_is_called_by_what_it_says(
    shared: Path, number: int, name: str
) -> None:
    report, _ = seed(shared, number)
    assert name in report.says
    assert report.title == f"（未署名）2023年 “{report.says[0]}”"
