"""A table annexed to a report before 2019: every surface gives what was written, and no more."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.formats import Form
from index.report import Number
from tests.index.annexed import (
    GRIDS,
    HEADS,
    SURFACES,
    TEXTS,
    Surface,
    drawn,
    html,
    name,
    one_cell_a_line,
    pipes,
    read,
    rows_of,
    statuses,
    table,
    trusted,
    without_unit,
    wrong,
)
from tests.index.helpers import FORMS, balanced, lines, report, table_three

FORM: Form = FORMS["2014"]
COVERED = {
    key for i in FORM.identities if i.strength == "hard" for key in (*i.left, *i.right)
}  # fmt: skip
SEEDS = range(4)


@pytest.mark.parametrize("surface", SURFACES, ids=name)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_surface_gives_what_was_written(surface: Surface, seed: int) -> None:
    values = drawn(seed, small=bool(seed % 2))
    got = read(table(rows_of(values)), surface)
    assert (got.form.value, got.form.confidence.value) == ("2014", "certain")
    assert trusted(got) == values
    assert statuses(got) == {row: "verified" if row in COVERED else "printed" for row in values}
    assert {f.unit for f in got.table_figures if f.row in ("fees", "funds")} == {"万元"}
    for figure in got.table_figures:
        assert figure.span is not None
        assert got.text[slice(*figure.span)] == figure.printed
    assert not [c.id for c in got.checks if c.outcome == "fails" and c.strength == "hard"]


@pytest.mark.parametrize("surface", SURFACES, ids=name)
def test_the_column_of_units_may_be_absent(surface: Surface) -> None:
    values = drawn(7)
    got = read(table(without_unit(rows_of(values))), surface)
    assert trusted(got) == values
    assert {f.unit for f in got.table_figures if f.row == "trained"} == {"人次"}


@pytest.mark.parametrize("surface", GRIDS, ids=name)
def test_a_blank_a_slash_and_a_missing_value_of_a_grid_are_no_number(surface: Surface) -> None:
    values = drawn(3)
    texts = {"complaints": "", "trained": "/", "meetings": "—"}
    got = read(table(rows_of(values, texts=texts)), surface)
    assert {row: statuses(got)[row] for row in texts} == dict.fromkeys(texts, "blank")
    assert trusted(got) == {k: v for k, v in values.items() if k not in texts}


@pytest.mark.parametrize("surface", TEXTS, ids=name)
def test_a_value_that_was_dropped_from_a_text_is_no_number(surface: Surface) -> None:
    values = drawn(3)
    texts = {"complaints": "", "meetings": "/"}
    got = read(table(rows_of(values, texts=texts)), surface)
    assert {row: statuses(got)[row] for row in texts} == dict.fromkeys(texts, "blank")
    assert trusted(got) == {k: v for k, v in values.items() if k not in texts}


@pytest.mark.parametrize("surface", SURFACES, ids=name)
def test_a_blank_is_zero_where_the_sum_of_its_row_leaves_nothing(surface: Surface) -> None:
    values = drawn(5)
    values["requests_received"] = values["requests_received"] - values["requests_fax"]
    values["requests_fax"] = 0
    got = read(table(rows_of(values, texts={"requests_fax": "/"})), surface)
    figure = got.figure("annex.requests_fax.value")
    assert figure is not None
    assert (figure.value, figure.status.value, figure.mark) == (0, "verified", "blank")


@pytest.mark.parametrize("surface", SURFACES, ids=name)
def test_a_total_that_is_wrong_fails_with_all_its_parts(surface: Surface) -> None:
    values = drawn(6)
    printed = values | {"replies": values["replies"] + 1}
    got = read(table(rows_of(printed)), surface)
    (identity,) = [i for i in FORM.identities if i.code == "A-REPLIES"]
    failed = {row for row, status in statuses(got).items() if status == "failed"}
    assert failed == {*identity.left, *identity.right}
    assert wrong(got, values) == {}


def test_a_breach_of_what_is_only_expected_fails_no_figure() -> None:
    values = drawn(2)
    values |= {"briefings": 3, "briefings_leaders": 8, "refused_other": 4_000_000}
    got = read(table(rows_of(values)), pipes)
    soft = {c.code for c in got.checks if c.outcome == "fails"}
    assert {"A-BRIEFINGS", "A-REFUSED"} <= soft
    assert trusted(got) == values


# -- what a label is ------------------------------------------------------------------------


def changed(rows: Sequence[list[str]], key: str, label: str) -> list[list[str]]:
    """The grid with another label in the row of a key."""
    row = FORM.annex_rows[key]
    old = f"{row.number}{row.label}"
    assert old in {r[0].removeprefix("其中：") for r in rows}
    return [[label, *r[1:]] if r[0].removeprefix("其中：") == old else r for r in rows]


@pytest.mark.parametrize("surface", [one_cell_a_line, pipes, html], ids=name)
@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("published", "（一）主动公开政府信息数"),
        ("published", "1、主动公开政府信息数"),
        ("published_normative", "其中: 主动公開規範性檔案數"),
        ("requests_online", "3.网上申请数"),
        ("requests_online", "网络申请数（件）"),
        ("requests_received", "（一）收到申请数（单位：件）"),
        ("reply_refused", "4、不同意公开答复数量"),
        ("funds", "（四）政府信息公开专项经费"),
        ("staff_full_time", "1.专职人员数（不包括政府公报及网站工作人员）"),
        ("litigation_upheld", "（一）维持具体行政行为数"),
        ("refused_safety", "危及国家安全公共安全经济安全和社会稳定"),
    ],
)
def test_a_label_may_be_written_in_another_way(surface: Surface, key: str, label: str) -> None:
    values = drawn(1)
    got = read(changed(table(rows_of(values)), key, label), surface)
    assert trusted(got) == values


@pytest.mark.parametrize("surface", SURFACES, ids=name)
def test_rows_called_alike_go_by_the_head_above_them(surface: Surface) -> None:
    values = drawn(9) | {"review_corrected": 5, "litigation_corrected": 7}
    for total in ("review", "litigation"):
        parts = ("upheld", "corrected", "other")
        values[total] = sum(values[f"{total}_{part}"] for part in parts)
    got = read(table(rows_of(values)), surface)
    assert trusted(got) == values


@pytest.mark.parametrize("surface", SURFACES, ids=name)
def test_without_the_second_head_rows_called_alike_stay_open(surface: Surface) -> None:
    values = drawn(9)
    rows = [r for r in rows_of(values) if r.key != "litigation"]
    grid = changed(table(rows), "litigation_upheld", "（一）维持具体行政行为数")
    got = read(grid, surface)
    assert wrong(got, values) == {}
    assert not {k for k in trusted(got) if k.startswith(("review_", "litigation_"))}


def test_a_label_broken_over_lines_and_an_explanation_on_its_own_line() -> None:
    values = drawn(4)
    grid: list[list[str]] = []
    for row in table(rows_of(values)):
        head, bracket, rest = row[0].partition("（不同渠道")
        if bracket:
            grid += [[head], [bracket + rest, *row[1:]]]
        elif "维持具体行政行为或者驳回" in row[0]:
            grid += [[row[0][:12]], [row[0][12:], *row[1:]]]
        else:
            grid.append(row)
    assert trusted(read(grid, one_cell_a_line)) == values
    other = [["（一）主动公开政府信息数"], ["（同一信息只计一次）", "条", "12"]]
    got = read([r for row in grid for r in (other if "主动公开政府信息数" in row[0] else [row])
                if "不同渠道和方式公开相同" not in r[0]], one_cell_a_line)  # fmt: skip
    assert trusted(got)["published"] == 12


# -- which report has one -------------------------------------------------------------------


@pytest.mark.parametrize("year", [2015, 2024])
def test_the_shape_decides_not_the_year(year: int) -> None:
    text = "".join(f"| {' | '.join(row)} |\n" for row in table(rows_of(drawn(1))))
    got = report(text, body="雾川县石埠镇人民政府", year=year)
    assert (got.form.value, got.form.basis) == ("2014", "表格样式")


def test_the_reader_remarks_that_it_is_no_table_three() -> None:
    got = read(table(rows_of(drawn(1))), pipes)
    (note,) = got.notes
    assert "不可直接比较" in note
    assert all(label in note for label in ("收到申请数", "同意公开答复数", "同意部分公开答复数"))
    assert "结转" not in note


def test_a_report_with_both_tables_is_of_the_newer_form() -> None:
    annexed = "".join(f"| {' | '.join(row)} |\n" for row in table(rows_of(drawn(1))))
    got = report(lines(table_three(balanced())) + "\n附件：\n" + annexed, body="雾川县", year=2019)
    assert got.form.value == "2021"
    assert {f.table for f in got.table_figures} == {"t3"}


def test_a_few_words_of_it_are_no_annex() -> None:
    rows = table(rows_of(drawn(1)))
    few = [rows[0], *rows[22:27]]
    text = "一、概述\n很好，比上年有进步。\n二、主动公开政府信息情况\n很好。\n"
    got = report(text + "".join(f"| {' | '.join(r)} |\n" for r in few), body="雾川县", year=2016)
    assert got.table_figures == ()
    assert "没有读到任何表格，因此没有表格数据（不等于零）。" in got.notes


def test_rows_of_the_table_are_no_section_headings() -> None:
    text = (
        "一、概述\n平稳有序，没有责任事件。\n二、主动公开政府信息情况\n见附表，全部数字以附表为准。\n"
        + "".join(f"{cell}\n" for row in table(rows_of(drawn(1))) for cell in row)
    )
    got = report(text, body="雾川县", year=2016)
    assert [h.title for h in got.headings] == ["一、概述", "二、主动公开政府信息情况"]
    assert [p.text for p in got.passages if "附表" in p.text] == ["见附表，全部数字以附表为准。"]
    assert not [p.text for p in got.passages if "维持具体行政行为" in p.text]


def test_a_table_printed_twice_states_nothing() -> None:
    values: dict[str, Number] = drawn(1)
    once = table(rows_of(values))
    for surface in SURFACES:
        assert trusted(read([*once, *once], surface)) == {}
    got = read([*once, *once[1:4]], pipes)
    assert set(trusted(got)) == set(values) - {"published", "published_normative"}
    assert any("出现两次" in note for note in got.notes)


def test_heads_repeated_on_the_next_page_change_nothing() -> None:
    values = drawn(1)
    grid = table(rows_of(values))
    grid[30:30] = [list(HEADS)]
    for surface in SURFACES:
        assert trusted(read(grid, surface)) == values
