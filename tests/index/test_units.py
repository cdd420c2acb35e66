"""A government and its units: sums, units without a report, and how they are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.across.abstract import Abstract
from index.across.checks import check_across
from index.across.units import load_units
from index.errors import InputError
from index.report import Outcome
from tests.index.abstracts import BODY, of_figures, read_written
from tests.writer import Order, write_government
from tests.writer.figures import draw_figures
from tests.writer.years import sum_of_figures

NAMES = ("澄岫县财政局", "澄岫县水务局", "澄岫县卫健委")


def government(**changed: int) -> list[Abstract]:
    figures = [draw_figures(Order(seed)) for seed in range(len(NAMES))]
    whole = sum_of_figures(figures)
    whole.values.update(changed)  # type: ignore[attr-defined]
    units = [of_figures(f, body=name) for f, name in zip(figures, NAMES, strict=True)]
    return [of_figures(whole), *units]


def failing(reports: list[Abstract], units: dict[str, tuple[str, ...]]) -> dict[str, str]:
    checks = tuple(check_across(reports, units))
    return {c.id: str(c.strength) for c in checks if c.outcome is Outcome.FAILS}


def test_a_government_is_the_sum_of_its_units_however_they_are_written() -> None:
    units = {"澄岫县": ("澄岫县财政局", "澄岫县水务局", "澄岫县卫生健康委员会")}
    checks = tuple(check_across(government(), units))
    assert {c.outcome for c in checks} == {Outcome.HOLDS}
    assert len([c for c in checks if c.code == "X-UNITS"]) == 4 * 7 + 3
    assert tuple(check_across(government())) == ()


def test_a_misfit_of_the_total_is_expected_not_to_be_and_one_of_a_column_is_told() -> None:
    now = int(government()[0].cells["t3.new.total"].value or 0)
    assert failing(government(**{"t3.new.total": now + 1}), {BODY: NAMES}) == {
        "X-UNITS@t3.new.total/units": "expected"
    }
    now = int(government()[0].cells["t3.new.natural_person"].value or 0)
    assert failing(government(**{"t3.new.natural_person": now - 1}), {BODY: NAMES}) == {
        "X-UNITS@t3.new.natural_person/units": "info"
    }


def test_without_a_unit_a_sum_says_something_only_where_it_is_too_large_already() -> None:
    whole, first, second, _ = government()
    assert failing([whole, first, second], {BODY: NAMES}) == {"X-UNITS-MISSING@units/units": "info"}
    (missing,) = [c for c in check_across([whole, first], {BODY: NAMES}) if "MISSING" in c.code]
    assert missing.equation == "3 个单位中缺 2 个：澄岫县水务局、澄岫县卫健委"
    small = [of_figures(draw_figures(Order(0, shape="all_zero"))), first, second]
    assert "X-UNITS@t3.result_total.total/units" in failing(small, {BODY: NAMES})
    known = {each.report for each in small}
    for check in check_across(small, {BODY: NAMES}):
        assert {a.partition("/")[0] for a in check.addresses} <= known


def test_a_unit_with_two_copies_counts_where_they_agree() -> None:
    reports = government()
    copy = of_figures(draw_figures(Order(0)), body=NAMES[0], report_id="r-copy")
    assert failing([*reports, copy], {BODY: NAMES}) == {}
    other = of_figures(draw_figures(Order(9)), body=NAMES[0], report_id="r-copy")
    units = [c for c in check_across([*reports, other], {BODY: NAMES}) if c.code == "X-UNITS"]
    open_ = [c for c in units if c.outcome is not Outcome.HOLDS]
    assert open_
    assert all(c.right[0].value is None for c in open_)


def test_the_government_itself_is_none_of_its_units() -> None:
    assert failing(government(), {BODY: (BODY, *NAMES)}) == {}


def test_units_are_read_from_yaml_and_from_separated_values(tmp_path: Path) -> None:
    table, gbk = tmp_path / "units.csv", tmp_path / "gbk.csv"
    gbk.write_text("澄岫县,澄岫县财政局\n澄岫县,澄岫县水务局\n黛川县,黛川县水务局\n", "gb18030")
    table.write_text(
        "澄岫县,澄岫县财政局\n\n澄岫县, 澄岫县水务局\n黛川县,黛川县水务局\n", "utf-8-sig"
    )
    words = tmp_path / "units.yaml"
    words.write_text("澄岫县: [澄岫县财政局, 澄岫县水务局]\n黛川县: [黛川县水务局]\n", "utf-8")
    expected = {"澄岫县": ("澄岫县财政局", "澄岫县水务局"), "黛川县": ("黛川县水务局",)}
    assert load_units(table) == load_units(gbk) == load_units(words) == expected


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("u.csv", "澄岫县,财政局\n澄岫县\n", "u.csv:2: 每行应为"),
        ("u.csv", "澄岫县,\n", "u.csv:1: 每行应为"),
        ("u.yaml", "", "u.yaml: 不是单位名单"),
        ("u.yaml", "- 澄岫县\n", "u.yaml: 不是单位名单.*应为 YAML"),
    ],
)
def test_a_list_of_units_that_is_none_is_refused(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=said):
        load_units(path)
    with pytest.raises(InputError, match="none"):
        load_units(tmp_path / f"none{path.suffix}")


@pytest.mark.slow
def test_a_government_and_its_units_are_compared_as_read() -> None:
    def alarms(more: int) -> dict[str, str]:
        written = write_government(Order(3), (BODY, *NAMES), 2023, more=more)
        return failing([read_written(w) for w in written], {BODY: NAMES})

    assert alarms(0) == {}
    rows = [("new", "total"), ("new", "natural_person")]
    rows += [("result_total", "total"), ("result_total", "natural_person")]
    assert alarms(2) == {
        f"X-UNITS@t3.{row}.{column}/units": "expected" if column == "total" else "info"
        for row, column in rows
    }
