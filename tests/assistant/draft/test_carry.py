"""What last year's report leaves to this one, and what is refused with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.draft.carry import carry_over
from assistant.draft.layout import form_for
from index.errors import InputError
from index.reading import read_report
from index.report import Confidence, Figure, Report, Status
from tests.assistant.draft.pairs import written_pair
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"
TOTAL = "t3.carried_in.total"


def changed(report: Report, column: str, **update: object) -> Report:
    """A report whose carried-forward figure in one column is another."""

    def other(figure: Figure) -> Figure:
        is_it = figure.address == f"t3.carried_out.{column}"
        return figure.model_copy(update=update) if is_it else figure

    return report.model_copy(update={"figures": tuple(map(other, report.figures))})


@pytest.fixture
def last(tmp_path: Path) -> Report:
    return written_pair(1, tmp_path)[0]


def test_every_column_is_carried_with_its_source(last: Report) -> None:
    carried = carry_over("甲县", 2024, form_for(2024), [last])
    assert len(carried.values) == 7
    assert not carried.problems
    assert carried.last is not None
    assert carried.last.report == last.id
    assert carried.values[TOTAL].source == f"{last.id}/t3.carried_out.total"


def test_no_report(last: Report) -> None:
    carried = carry_over("甲县", 2024, form_for(2024), [])
    assert (carried.last, carried.values) == (None, {})
    (problem,) = carried.problems
    assert problem.place == "甲县2023年报告"
    assert "没有找到" in problem.what
    assert "gouji build" in problem.next


def test_a_report_that_may_be_another_s_leaves_nothing(last: Report) -> None:
    year = last.year.model_copy(update={"confidence": Confidence.INFERRED})
    carried = carry_over("甲县", 2024, form_for(2024), [last.model_copy(update={"year": year})])
    assert (carried.last, carried.values) == (None, {})
    assert "只是推断" in carried.problems[0].what
    assert ".gouji.yaml" in carried.problems[0].next


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        ({"status": Status.FAILED}, "不平"),
        ({"status": Status.AMBIGUOUS, "value": None, "candidates": (3, 13)}, "可能是3或13"),
        ({"status": Status.BLANK, "value": None}, "为空白"),
        ({"status": Status.PRINTED}, "没有勾稽关系证明"),
    ],
)
def test_a_figure_that_is_not_verified_is_refused(
    last: Report, update: dict[str, object], reason: str
) -> None:
    carried = carry_over("甲县", 2024, form_for(2024), [changed(last, "total", **update)])
    assert len(carried.values) == 6
    assert TOTAL not in carried.values
    (problem,) = carried.problems
    assert problem.address == TOTAL
    assert "结转下年度继续办理·总计" in problem.what
    assert reason in problem.what


def test_a_failed_figure_is_told_with_its_equation() -> None:
    last = read_report(EXAMPLES / "linxi-shuiwu-2020.txt")
    carried = carry_over("临溪县水务局", 2021, form_for(2021), [last])
    (problem,) = carried.problems
    assert "T3-BAL 58 + 4 = 62 ≠ 55 + 2 = 57" in problem.what
    assert TOTAL not in carried.values


def test_two_reports_of_the_year_must_agree(last: Report) -> None:
    form = form_for(2024)
    copy = last.model_copy(update={"id": "r-copy", "source_file": "副本.txt"})
    assert len(carry_over("甲县", 2024, form, [last, copy]).values) == 7
    other = changed(copy, "other_org", value=99)
    carried = carry_over("甲县", 2024, form, [last, other])
    assert not carried.values
    assert "副本.txt" in carried.problems[0].what


def test_an_annexed_table_carries_nothing() -> None:
    carried = carry_over("甲县", 2019, form_for(2019), [read_report(EXAMPLES / "jichuan-2017.txt")])
    assert not carried.values
    assert len(carried.problems) == 1
    assert "没有“结转下年度继续办理”一行" in carried.problems[0].what
    assert carried.last is not None  # its text may still be told of


def test_years_without_tables_are_refused() -> None:
    with pytest.raises(InputError, match="2018"):
        form_for(2018)
    assert form_for(2020).id == "2019"
    assert form_for(2031).id == "2021"
