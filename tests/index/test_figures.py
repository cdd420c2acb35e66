"""Figures settled: one status each, a span that is what was printed, and no change goes unseen."""

from __future__ import annotations

import pytest

from index.report import TRUSTED, Figure, Report
from tests.index.helpers import (
    EXAMPLES,
    FORMS,
    balanced,
    checks,
    figures,
    golden,
    lines,
    pipes,
    read_example,
    table_four,
    table_three,
    tables,
    zeros,
)

FULL = ["lanyu-2022", "qingtang-caizheng-2023", "yimaban-2023", "yunxiu-2021", "yunxiu-2022"]
"""Examples whose tables are complete and hold."""


def reread(report: Report, text: str) -> dict[str, Figure]:
    assert report.form.value is not None
    return figures(tables(text, report.form.value))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_figure_is_printed_at_its_span(path) -> None:
    report = read_example(path.stem)
    for figure in report.table_figures:
        if figure.span is None:
            assert figure.printed == ""
            continue
        assert report.text[slice(*figure.span)] == figure.printed
        assert figure.row_span is not None
        assert figure.row_span[0] <= figure.span[0] <= figure.span[1] <= figure.row_span[1]
        assert (figure.span[0] < figure.span[1]) == bool(figure.printed)
    assert len(report.table_figures) == len({f.address for f in report.table_figures})


@pytest.mark.parametrize("name", ["yunxiu-2021", "linxi-shuiwu-2020"])
def test_a_row_span_runs_from_the_label_to_the_last_cell(name: str) -> None:
    report = read_example(name)
    figure = report.figure("t3.carried_out.total")
    assert figure is not None
    assert figure.row_span is not None
    row = report.text[slice(*figure.row_span)]
    assert row.startswith("四、结转下年度继续办理")
    assert row.endswith(figure.printed)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_values_and_statuses_go_together(path) -> None:
    for figure in read_example(path.stem).table_figures:
        if figure.status in ("ambiguous", "blank"):
            assert figure.value is None
        else:
            assert figure.value is not None
            assert figure.candidates == ()
        if figure.status == "verified":
            assert figure.checks
        if figure.table == "t2":
            assert figure.status not in ("verified", "failed")


def status(read_: dict[str, Figure], address: str) -> tuple[object, str, str | None]:
    figure = read_[address]
    return figure.value, figure.status.value, figure.mark


def test_a_figure_under_a_check_that_holds_is_verified() -> None:
    got = figures(tables(lines(table_three(balanced()))))
    assert status(got, "t3.new.total") == (8, "verified", None)
    assert got["t3.new.total"].checks == ("T3-BAL@total", "T3-ROW@new")
    assert got["t3.granted.total"].checks == ("T3-SUM@total", "T3-ROW@granted")


def test_a_figure_under_one_check_that_fails_is_failed_though_others_hold() -> None:
    raw = tables(lines(table_three(balanced(new="6 2 0 0 1 0 9"))))
    got = figures(raw)
    failing = [c.id for c in checks(raw).values() if c.outcome == "fails"]
    assert failing == ["T3-BAL@natural_person", "T3-BAL@total"]
    assert {a for a, f in got.items() if f.status == "failed"} == {
        f"t3.{row}.{column}"
        for row in ("new", "carried_in", "result_total", "carried_out")
        for column in ("natural_person", "total")
    }
    assert status(got, "t3.new.total") == (9, "failed", None)


def test_without_any_check_that_can_be_evaluated_a_figure_is_printed_only() -> None:
    only = {"new": [*balanced()["new"][:6], "/"]}
    got = figures(tables(lines(table_three(only))))
    assert status(got, "t3.new.natural_person") == (5, "printed", None)
    assert status(got, "t3.new.total") == (None, "blank", None)
    assert checks(tables(lines(table_three(only))))["T3-NONNEG@t3"].outcome == "holds"


def test_a_check_that_proves_nothing_verifies_nothing() -> None:
    form = FORMS["2021"]
    row = form.identity("T3-ROW")
    assert row is not None
    weak = form.model_copy(
        update={"identities": (row.model_copy(update={"verifies": False}),)}, deep=False
    )
    text = lines(table_three({"new": balanced()["new"]}))
    assert figures(tables(text, form))["t3.new.total"].status == "verified"
    got = figures(tables(text, weak))["t3.new.total"]
    assert (got.status.value, got.checks) == ("printed", ("T3-ROW@new",))


@pytest.mark.parametrize("bad", ["-1", "0.5"])
def test_a_count_below_zero_or_in_parts_fails_by_itself(bad: str) -> None:
    only = {"new": ["5", bad, "0", "0", "0", "0", "/"]}
    got = figures(tables(lines(table_three(only))))
    assert got["t3.new.commercial_enterprise"].status == "failed"
    assert got["t3.new.commercial_enterprise"].checks[-1] == "T3-NONNEG@t3"
    assert got["t3.new.natural_person"].status == "printed"


@pytest.mark.parametrize("printed", ["/", "—", "-", ""])
def test_a_blank_that_is_proven_is_zero_and_marked(printed: str) -> None:
    row = ["5", "2", printed, "0", "1", "0", "8"]
    got = figures(tables(pipes(table_three(zeros() | {"new": row}))))
    figure = got["t3.new.research_institution"]
    assert (figure.value, figure.status.value, figure.mark) == (0, "verified", "blank")
    assert (figure.printed, figure.span is not None) == (printed, True)


@pytest.mark.parametrize("printed", ["/", "—"])
def test_a_blank_that_is_not_proven_stays_blank(printed: str) -> None:
    row = ["5", "2", printed, "0", "0", "0", "8"]
    got = figures(tables(lines(table_three({"new": row}))))
    assert status(got, "t3.new.research_institution") == (None, "blank", None)
    assert got["t3.new.research_institution"].printed == printed


def test_a_blank_total_is_not_filled_in() -> None:
    report = read_example("lanyu-wenlv-2024")
    figure = report.figure("t3.result_total.total")
    assert figure is not None
    assert (figure.value, figure.status.value, figure.printed) == (None, "blank", "")
    assert {c.outcome.value for c in report.checks if c.id in figure.checks} == {"not_evaluable"}


def test_a_note_is_kept_beside_the_number() -> None:
    cells = balanced(granted="3撤 1 0 0 1 0 5")
    got = figures(tables(lines(table_three(cells))))
    assert status(got, "t3.granted.natural_person") == (3, "verified", "撤")
    assert got["t3.granted.natural_person"].printed == "3撤"


def test_table_four_fails_block_by_block() -> None:
    values = ["4", "1", "0", "1", "5", "0", "0", "0", "0", "0", "1", "0", "1", "0", "2"]
    got = figures(tables(lines(table_four(values))))
    rows = {row: {f.status.value for f in got.values() if f.row == row} for row in
            ("review", "lit_direct", "lit_after_review")}  # fmt: skip
    assert rows == {
        "review": {"failed"}, "lit_direct": {"verified"}, "lit_after_review": {"verified"}
    }  # fmt: skip


def changed(report: Report, cells: list[Figure]) -> dict[str, Figure]:
    """The figures after one is added to each of some printed cells, from the last to the first."""
    text = report.text
    for figure in sorted(cells, key=lambda f: f.span or (0, 0), reverse=True):
        assert figure.span is not None
        assert figure.value is not None
        start, end = figure.span
        text = f"{text[:start]}{figure.value + 1}{text[end:]}"
    return reread(report, text)


def not_trusted(cells: list[Figure], after: dict[str, Figure]) -> None:
    for figure in cells:
        assert figure.value is not None
        now = after[figure.address]
        assert now.status in ("failed", "ambiguous"), figure.address
        assert now.value in (None, figure.value + 1), figure.address


def changeable(report: Report) -> list[Figure]:
    return [f for f in report.table_figures if f.table != "t2" and f.span and f.value is not None]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "step", "count"), [("yunxiu-2021", 3, 64), ("qingtang-shenpi-2019", 1, 43)]
)
def test_no_single_changed_cell_of_tables_three_and_four_is_trusted(
    name: str, step: int, count: int
) -> None:
    report = read_example(name)
    cells = changeable(report)[::step]
    for figure in cells:
        not_trusted([figure], changed(report, [figure]))
    assert len(cells) == count


@pytest.mark.parametrize("name", FULL)
def test_no_changed_cell_is_trusted_in_any_layout(name: str) -> None:
    """Every cell is changed, one of each row at a time: each breaks the sum of its own row."""
    report = read_example(name)
    rows: dict[tuple[str, str], list[Figure]] = {}
    for figure in changeable(report):
        rows.setdefault((figure.table, figure.row), []).append(figure)
    done = 0
    for column in range(7):
        cells = [row[column] for row in rows.values() if column < len(row)]
        not_trusted(cells, changed(report, cells))
        done += len(cells)
    assert done == 190


@pytest.mark.slow
def test_no_lost_cell_makes_a_wrong_figure_trusted() -> None:
    report, truth = read_example("yunxiu-2021"), golden("yunxiu-2021")["figures"]
    cells = [f for f in report.table_figures if f.table != "t2" and f.span]
    for figure in cells[::5]:
        assert figure.span is not None
        start, end = figure.span
        text = report.text[:start] + report.text[end:]
        for address, after in reread(report, text).items():
            assert after.status not in TRUSTED or after.value == truth[address], figure.address


def test_a_swap_of_two_rows_labels_and_all_changes_no_figure() -> None:
    report = read_example("yunxiu-2021")
    one, other = (report.figure(f"t3.{row}.total") for row in ("granted", "partial"))
    assert one is not None
    assert other is not None
    assert one.row_span is not None
    assert other.row_span is not None
    (a, b), (c, d) = one.row_span, other.row_span
    text = report.text
    swapped = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    assert swapped != text
    after = reread(report, swapped)
    assert {a: f.value for a, f in after.items()} == {
        f.address: f.value for f in report.table_figures
    }


def test_units_come_from_the_form() -> None:
    report = read_example("yunxiu-2021")
    assert {f.unit for f in report.table_figures if f.table in ("t3", "t4")} == {"件"}
    fees = report.figure("t2.fees.amount")
    assert fees is not None
    assert (str(fees.value), fees.unit) == ("18652.37", "万元")
    procurement = read_example("linxi-shuiwu-2020").figure("t2.procurement.amount")
    assert procurement is not None
    assert (procurement.value, procurement.unit) == (6284000, "")
    assert FORMS["2019"].tables.t2.groups[-1].columns[1].unit == ""
