"""Annexed tables that lost their cells, a line, or their labels: what is not forced stays open."""

from __future__ import annotations

import pytest

from index.report import Figure, Report
from tests.index.annexed import (
    GRIDS,
    SURFACES,
    TEXTS,
    Surface,
    drawn,
    flattened,
    one_cell_a_line,
    one_row_a_line,
    read,
    rows_of,
    table,
    trusted,
    wrong,
)
from tests.index.helpers import FORMS, report, seeded

FUJIAN = FORMS["2014-fujian"]
VALUES = drawn(21) | {
    "requests_received": 12, "requests_in_person": 3, "requests_fax": 2, "requests_online": 6,
    "requests_letter": 1,
}  # fmt: skip


def figure(got: Report, row: str, column: str = "value") -> Figure:
    found = got.figure(f"annex.{row}.{column}")
    assert found is not None
    return found


def flat(old: str, new: str) -> Report:
    """The flattened table of `VALUES` with the first ``old`` replaced."""
    (whole,) = ["".join("".join(row) for row in table(rows_of(VALUES)))]
    assert old in whole
    return read([[whole.replace(old, new, 1)]], flattened)


# -- digits that ran into what follows ----------------------------------------------------------


def test_the_number_of_the_next_row_is_no_digit_of_the_value() -> None:
    got = flat("件121.当面申请数件3", "件121.当面申请数件3")
    assert (figure(got, "requests_received").value, figure(got, "requests_received").printed) == (
        12, "12"
    )  # fmt: skip
    assert trusted(got)["requests_in_person"] == 3


@pytest.mark.parametrize(
    "new",
    [
        "件121当面申请数件3",  # 12 and 1, or 121
        "件122.当面申请数件3",  # a number that is not this row's: 12 and 2., or 1 and 22.
        "件12、当面申请数件3",
    ],
)
def test_digits_that_may_be_the_number_of_the_next_row_stay_open(new: str) -> None:
    got = flat("件121.当面申请数件3", new)
    assert figure(got, "requests_received").status == "ambiguous"
    assert trusted(got)["requests_in_person"] == 3


@pytest.mark.parametrize("after", ["2018年2月6日", "2018-02-06", " 2018年", ":30"])
def test_digits_that_a_date_follows_stay_open(after: str) -> None:
    value = VALUES["trained"]
    got = flat(f"人次{value}", f"人次{value}{after}")
    assert figure(got, "trained").status == "ambiguous"
    assert trusted(flat(f"人次{value}", f"人次{value}单位负责人：张")).get("trained") == value


@pytest.mark.parametrize("cells", ["00", "012", "1 2", "3/4", "1 /"])
def test_more_than_one_number_is_no_value(cells: str) -> None:
    got = flat("件121.当面申请数", f"件{cells}1.当面申请数")
    assert figure(got, "requests_received").status == "ambiguous"


def test_money_and_thousands_keep_their_points_and_commas() -> None:
    got = flat(f"万元{VALUES['fees']}", "万元3.50")
    assert (str(figure(got, "fees").value), figure(got, "fees").unit) == ("3.50", "万元")
    published = VALUES["published"]
    got = flat(f"条{published}", "条4,386")
    assert figure(got, "published").value == 4386


def test_a_unit_printed_goes_before_that_of_the_form() -> None:
    got = flat(f"万元{VALUES['fees']}", "元3600")
    assert (figure(got, "fees").value, figure(got, "fees").unit) == (3600, "元")


# -- two columns whose digits ran together ------------------------------------------------------


def fujian(cells: dict[str, str], heads: str = "2018年度历年累计") -> Report:
    body = f"指标名称计量单位{heads}"
    for row in FUJIAN.annex_rows.values():
        label = f"{'其中：' if row.number == '1.' else ''}{row.number}{row.label}"
        body += f"{label}{row.unit}{cells.get(row.key, '00')}"
    return report(f"雾川县情况{'。' * 80}政府信息公开情况统计表{body}", body="雾川县", year=2018)


def test_what_every_reading_shares_is_read_and_other_readings_are_candidates() -> None:
    got = fujian({"published": "206912106", "replies": "10", "review": "3 45", "litigation": "7"})
    assert got.form.value == "2014-fujian"
    assert figure(got, "replies").candidates == (1, 10)  # 1 and 0, or 10 and a dropped blank
    assert (trusted(got)["review"], trusted(got)["review.cumulative"]) == (3, 45)
    cut = (20, 206, 2069, 20691, 206912, 20691210)
    assert figure(got, "published").candidates == (*cut, 206912106)
    assert figure(got, "litigation").status == "ambiguous"  # one digit for two columns
    assert trusted(got)["complaints"] == trusted(got)["complaints.cumulative"] == 0


@pytest.mark.parametrize("heads", ["历年累计2018年度", "", "2018年度", "2017年度2018年度"])
def test_two_columns_need_their_heads_in_the_order_of_the_form(heads: str) -> None:
    assert trusted(fujian({"published": "20 300"}, heads)) == {}


def test_two_columns_of_a_grid_go_by_their_heads() -> None:
    for heads in (["2018年度", "历年累计"], ["历年累计", "2018年度"]):
        rows = [["指标名称", "计量单位", *heads]]
        for number, row in enumerate(FUJIAN.annex_rows.values(), 1):
            both = [str(number), str(number + 100)]
            rows.append(
                [row.label, row.unit or "", *(both if heads[0] != "历年累计" else both[::-1])]
            )
        for surface in GRIDS:
            got = trusted(read(rows, surface))
            assert got["published"] == 1, surface.__name__
            assert got["litigation.cumulative"] == 115
            assert len(got) == 30
    for surface in GRIDS:  # without heads nothing says which is which
        assert trusted(read(rows[1:], surface)) == {}


# -- lines ----------------------------------------------------------------------------------------


def in_lines(old: str, new: str) -> Report:
    """One cell a line, some lines replaced."""
    whole = "".join(f"{cell}\n" for row in table(rows_of(VALUES)) for cell in row)
    assert old in whole
    return read([[whole.replace(old, new, 1)]], one_cell_a_line)


def test_a_second_number_a_second_unit_and_a_word_leave_the_row_open() -> None:
    line = "（一）收到申请数\n件\n12\n"
    for new in ("12\n4\n", "若干\n", "约12\n", "\n件\n12\n"):
        got = in_lines(line, f"（一）收到申请数\n件\n{new}")
        assert "requests_received" not in trusted(got), new
        assert wrong(got, VALUES) == {}
    assert figure(in_lines(line, "（一）收到申请数\n件\n若干\n"), "requests_received").status == (
        "ambiguous"
    )


def test_a_row_that_the_form_has_not_gives_its_value_to_nobody() -> None:
    got = in_lines(
        "（一）收到申请数\n件\n12\n", "（一）收到申请数\n件\n12\n其中：单位申请\n件\n5\n"
    )
    assert trusted(got)["requests_received"] == 12
    got = in_lines("（一）收到申请数\n件\n12\n", "（一）收到申请数\n件\n其中：单位申请\n件\n5\n")
    assert figure(got, "requests_received").status == "ambiguous"


def test_decimals_of_a_count_are_a_fault_of_the_report_or_its_copy() -> None:
    value = VALUES["trained"]
    got = flat(f"人次{value}", f"人次{value}.5")
    assert figure(got, "trained").status == "failed"


def test_a_label_like_one_of_another_part_of_the_table_is_not_that_row() -> None:
    last = f"人次\n{VALUES['trained']}\n"
    got = in_lines(last, f"{last}延期办结数占比\n%\n6\n")
    assert trusted(got)["closed_extended"] == VALUES["closed_extended"]
    within = in_lines("2.延期办结数\n", "2.延期办结数合计\n")
    assert trusted(within)["closed_extended"] == VALUES["closed_extended"]


def test_after_running_text_no_head_is_remembered() -> None:
    below = f"（二）被依法纠错数\n件\n{VALUES['litigation_corrected']}\n"
    whole = "".join(f"{cell}\n" for row in table(rows_of(VALUES)) for cell in row)
    head, _, tail = whole.rpartition(below)
    prose = "以下是对上表的说明，" * 12
    got = read([[f"{head}{prose}\n{below}{tail}"]], one_cell_a_line)
    assert "litigation_upheld" not in trusted(got) or wrong(got, VALUES) == {}
    assert got.figure("annex.litigation_corrected.value") is None
    assert got.figure("annex.litigation_other.value") is None
    assert any("以下是对上表的说明" in p.text for p in got.passages)


def test_what_stands_below_the_table_is_no_cell() -> None:
    value = VALUES["trained"]
    for after in (
        "填报日期：2018年2月6日\n",
        "2018年2月6日\n",
        "单位负责人：张三\n联系电话\n5551234\n",
    ):
        got = in_lines(f"人次\n{value}\n", f"人次\n{value}\n{after}")
        assert trusted(got)["trained"] == value
    got = in_lines(f"人次\n{value}\n", "人次\n2018年\n")
    assert "trained" not in trusted(got)


def test_running_text_in_the_words_of_the_table_is_no_table() -> None:
    said = "".join(
        f"{row.label}{VALUES[row.key]}{row.unit}；"
        for row in FORMS["2014"].annex_rows.values()
        if row.cells
    )
    text = f"一、概述\n全年{said}总体平稳。\n二、主动公开政府信息情况\n按期公开，没有遗漏。\n"
    assert report(text, body="雾川县", year=2016).table_figures == ()
    lines = text.replace("；", "。\n")
    assert report(lines, body="雾川县", year=2016).table_figures == ()


def test_an_enumeration_in_running_text_is_no_table() -> None:
    rows = [r for r in rows_of(VALUES) if FORMS["2014"].annex_rows[r.key].cells]
    for form in ("{r.label}{v}{r.unit}、", "{r.label}{v}、", "{r.label}{v}，"):
        said = "".join(form.format(r=r, v=VALUES[r.key]) for r in rows)
        text = f"一、概述\n全年{said}总体平稳。\n二、主动公开政府信息情况\n按期公开，没有遗漏。\n"
        got = report(text, body="雾川县", year=2016)
        assert got.table_figures == ()
        assert "收到申请数" in "".join(p.text for p in got.passages)


@pytest.mark.parametrize("surface", TEXTS, ids=lambda s: s.__name__)
def test_serial_numbers_that_cannot_be_told_from_values_leave_all_open(surface: Surface) -> None:
    texts = {"complaints": "", "trained": "", "fees": ""}
    head, *rest = table(rows_of(VALUES, texts=texts))
    for word in ("序号", "", "No"):
        grid = [[word, *head], *([str(n), *row] for n, row in enumerate(rest, 1))]
        del grid[30][0]
        assert trusted(read(grid, surface)) == {}, word


@pytest.mark.parametrize("surface", TEXTS, ids=lambda s: s.__name__)
def test_rows_with_more_values_than_columns_leave_the_others_open(surface: Surface) -> None:
    head, *rest = table(rows_of(VALUES))
    for other in ("0", "15"):
        more = [[*row, other] if n % 4 else row for n, row in enumerate(rest)]
        got = read([head, *more], surface)
        if surface is not flattened:
            assert trusted(got) == {}
    zeros = rows_of(dict.fromkeys(VALUES, 0))
    head, *rest = table(zeros)
    more = [[*row, "0"] if n % 4 else [*row[:2], "7"] for n, row in enumerate(rest)]
    assert trusted(read([head, *more], surface)) == {}


def test_traditional_script_with_phrases_of_taiwan() -> None:
    from index.script import to_traditional

    whole = "".join(f"{cell}\n" for row in table(rows_of(VALUES)) for cell in row)
    whole = (
        to_traditional(whole).replace("規範性文件", "規範性檔案").replace("網絡申請", "網路申請")
    )
    got = read([[whole]], one_cell_a_line)
    assert trusted(got) == {k: v for k, v in VALUES.items() if figure(got, k).status != "failed"}
    assert figure(got, "published_normative").value == VALUES["published_normative"]
    assert figure(got, "requests_online").value == VALUES["requests_online"]


# -- anything that is lost --------------------------------------------------------------------


@pytest.mark.parametrize("surface", SURFACES[:7], ids=lambda s: s.__name__)
def test_one_cell_lost_anywhere_makes_no_wrong_value(surface: Surface) -> None:
    values = drawn(31)
    grid = table(rows_of(values))
    rng = seeded(31)
    lost = 0
    for _ in range(60):
        row, cell = rng.randrange(1, len(grid)), rng.randrange(3)
        damaged = [list(r) for r in grid]
        del damaged[row][cell]
        got = read(damaged, surface)
        assert wrong(got, values) == {}, (row, cell, grid[row])
        lost += len(values) - len(trusted(got))
    assert lost / 60 < 8


@pytest.mark.parametrize("surface", TEXTS, ids=lambda s: s.__name__)
def test_two_rows_swapped_take_their_values_along(surface: Surface) -> None:
    values = drawn(32)
    grid = table(rows_of(values))
    places = [n for n, r in enumerate(grid) if r[0].startswith(("1.当面", "4.信函", "2.延期"))]
    grid[places[0]], grid[places[1]] = grid[places[1]], grid[places[0]]
    assert trusted(read(grid, surface)) == values


def test_rows_in_one_line_each_may_stand_without_spaces() -> None:
    values = drawn(33)
    grid = [["".join(row)] for row in table(rows_of(values))]
    assert trusted(read(grid, one_row_a_line)) == values
