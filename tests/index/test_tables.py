"""Blocks to tables: values follow their labels, in every layout and through every disorder."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.helpers import (
    T3_COLUMNS,
    at,
    balanced,
    checks,
    figures,
    lines,
    lone_pipes,
    padded,
    pipes,
    table_four,
    table_three,
    tables,
    tabs,
    zeros,
)
from tests.index.surfaces import statuses

LAYOUTS = [lines, lone_pipes, padded, pipes, tabs]
FOUR = ["1", "2", "0", "0", "3", "0", "0", "1", "0", "1", "4", "0", "0", "0", "4"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["2019", "2021"])
@settings(max_examples=6)
@given(data=st.data())
def test_a_table_written_in_any_layout_is_read_back(layout, form: str, data: st.DataObject) -> None:
    keys = list(zeros(form))
    drawn = st.lists(st.integers(0, 9999), min_size=7, max_size=7)
    cells = {key: [str(v) for v in data.draw(drawn)] for key in keys}
    four = [str(v) for v in data.draw(st.lists(st.integers(0, 99), min_size=15, max_size=15))]
    text = (
        layout(table_three(cells, form))
        + "四、行政复议、行政诉讼\n"
        + layout(table_four(four, form))
    )
    read = figures(tables(text, form))
    got = {key: [read[f"t3.{key}.{column}"].printed for column in T3_COLUMNS] for key in keys}
    assert got == cells
    assert [f.printed for f in read.values() if f.table == "t4"] == four
    assert all(text[slice(*f.span)] == f.printed == str(f.value) for f in read.values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_swapped_rows_move_their_values_with_them(layout) -> None:
    rows = table_three(balanced())
    one, other = at(rows, "予以公开"), at(rows, "8.属于行政查询事项")
    rows[one], rows[other] = rows[other], rows[one]
    read = figures(tables(layout(rows)))
    assert read["t3.granted.total"].value == 5
    assert read["t3.denied_query.total"].value == 2
    assert statuses(read) == {"verified"}


@pytest.mark.parametrize("other", ["3 1 0 0 1 0 5", "9 0 0 0 0 0 9", ""])
def test_a_row_printed_twice_is_open_whatever_it_says(other: str) -> None:
    rows = table_three(balanced())
    rows.insert(at(rows, "（四）无法提供"), ["（一）予以公开", *other.split()])
    raw = tables(lines(rows))
    read = figures(raw)
    twice = [f for f in read.values() if f.row == "granted"]
    assert raw.repeated == ["granted"]
    assert [f.status.value for f in twice] == ["ambiguous"] * 7
    assert [f.value for f in twice] == [None] * 7
    assert read["t3.denied_query.total"].value == 2


@pytest.mark.parametrize(
    "between",
    [
        ["注：予以公开含上年结转3件"],
        ["—4—"],
        ["-4-"],
        ["三、本年度办理结果"],
        ["申请人情况", "自然人", "法人或其他组织", "总计", "商业", "企业", "其他"],
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"],
    ],
)
def test_what_stands_between_two_rows_goes_to_neither(between: list[str]) -> None:
    rows = table_three(balanced())
    rows[at(rows, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）")][:0] = between
    read = figures(tables(lines(rows)))
    assert read["t3.granted.total"].value == 5
    assert read["t3.partial.total"].value == 0
    assert statuses(read) == {"verified"}


@pytest.mark.parametrize("layout", [pipes, tabs])
def test_a_grid_row_without_a_label_feeds_no_other_row(layout) -> None:
    rows = table_three(balanced())
    rows.insert(
        at(rows, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"), ["", *"9999999"]
    )
    rows.insert(at(rows, "四、结转下年度继续办理"), ["小计", *"8888888"])
    raw = tables(layout(rows))
    assert [s.text for s in raw.t3["granted"].slots] == balanced()["granted"]
    assert [s.text for s in raw.t3["result_total"].slots] == balanced()["result_total"]
    assert statuses(figures(raw)) == {"verified"}


def test_a_number_too_many_opens_its_row_and_no_other() -> None:
    rows = table_three(balanced())
    rows[at(rows, "（一）予以公开")].append("4")
    del rows[at(rows, "8.属于行政查询事项")]  # so that no sum tells which number is none
    read = figures(tables(lines(rows)))
    unsure = {"granted", "denied_enforcement_file"}  # the one before a missing row as well
    assert {f.row for f in read.values() if f.status == "ambiguous"} == unsure
    assert all(f.value is None for f in read.values() if f.row == "granted")
    assert read["t3.result_total.total"].status == "verified"


def test_a_cell_that_is_unclear_is_open_alone() -> None:
    text = lines(table_three(balanced()))
    text = text.replace("予以公开\n3\n1\n", "予以公开\n3\n1 63\n")
    read = figures(tables(text))
    (open_one,) = [f for f in read.values() if f.status == "ambiguous"]
    assert (open_one.address, open_one.printed) == ("t3.granted.commercial_enterprise", "1 63")
    assert open_one.value is None


def test_a_missing_row_gives_no_figures_and_its_sum_is_not_evaluable() -> None:
    rows = table_three(balanced())
    del rows[at(rows, "（一）予以公开")]
    raw = tables(lines(rows))
    assert "t3.granted.total" not in figures(raw)
    assert checks(raw)["T3-SUM@total"].outcome == "not_evaluable"
    assert checks(raw)["T3-BAL@total"].outcome == "holds"


def test_missing_tables_give_no_figures() -> None:
    assert figures(tables("一、总体情况\n全年收到申请5件。\n三、收到和处理申请情况\n")) == {}
    only_three = figures(tables(lines(table_three(balanced()))))
    assert {f.table for f in only_three.values()} == {"t3"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_handling_as_one_row_in_the_2021_form(layout) -> None:
    cells = balanced(
        other="1 0 0 0 0 0 1", result_total="6 1 0 0 1 0 8", carried_out="0 1 0 0 0 0 1"
    )
    for child in ("other_no_correction", "other_no_payment", "other_other"):
        del cells[child]
    raw = tables(layout(table_three(cells)))
    read = figures(raw)
    assert len(read) == 23 * 7
    assert read["t3.other.total"].value == 1
    assert read["t3.other.total"].status == "verified"
    assert "t3.other.total" in checks(raw)["T3-SUM@total"].addresses
    assert statuses(read) == {"verified"}


def test_other_handling_with_its_sub_rows_is_a_head() -> None:
    cells = balanced(other="0 0 0 0 0 0 0")
    read = figures(tables(lines(table_three(cells))))
    assert "t3.other.total" not in read
    assert read["t3.other_other.total"].value == 0


FIRST = [["第二十条第（一）项"], ["信息内容"]]


def test_table_two_takes_its_columns_in_the_order_printed() -> None:
    head = [*FIRST, ["现行有效件数"], ["本年制发件数"], ["本年废止件数"]]
    read = figures(tables(lines([*head, ["规章", "10", "2", "1"], ["规范性文件", "/", "0", "—"]])))
    assert {f.address: (f.value, f.status.value, f.printed) for f in read.values()} == {
        "t2.rules.in_force": (10, "printed", "10"),
        "t2.rules.issued": (2, "printed", "2"),
        "t2.rules.repealed": (1, "printed", "1"),
        "t2.normative_docs.in_force": (None, "blank", "/"),
        "t2.normative_docs.issued": (0, "printed", "0"),
        "t2.normative_docs.repealed": (None, "blank", "—"),
    }


def test_a_short_row_of_table_two_stays_open_with_its_candidates() -> None:
    head = [*FIRST, ["本年制发件数"], ["本年废止件数"], ["现行有效件数"]]
    read = figures(tables(lines([*head, ["规章", "2", "10"]])))
    assert {(f.status.value, f.value, f.candidates) for f in read.values()} == {
        ("ambiguous", None, (2, 10))
    }


@pytest.mark.parametrize(
    ("printed", "unit"),
    [("412.6", "万元"), ("0", "万元"), ("251000元", "元"), ("160.5964万元", "万元")],
)
def test_a_unit_printed_in_the_cell_goes_before_the_column_s(printed: str, unit: str) -> None:
    rows = [["第二十条第（八）项"], ["信息内容"], ["本年收费金额（单位：万元）"]]
    read = figures(tables(lines([*rows, ["行政事业性收费", printed]])))
    fees = read["t2.fees.amount"]
    assert (fees.printed, fees.unit) == (printed, unit)
    assert str(fees.value) == printed.removesuffix("万元").removesuffix("元")


def test_table_four_with_another_order_of_blocks_is_open() -> None:
    rows = table_four(FOUR)
    one = at(rows, "未经复议直接起诉")
    rows[one][0], rows[one + 1][0] = rows[one + 1][0], rows[one][0]
    read = figures(tables(lines(rows)))
    assert len(read) == 15
    assert {(f.status.value, f.value) for f in read.values()} == {("ambiguous", None)}


@pytest.mark.parametrize("count", [14, 16])
def test_table_four_with_a_cell_too_few_or_many_is_open(count: int) -> None:
    read = figures(tables(lines(table_four((FOUR * 2)[:count]))))
    assert len(read) == 15
    assert {(f.status.value, f.value) for f in read.values()} == {("ambiguous", None)}


def test_table_four_keeps_blank_slash_and_zero_apart() -> None:
    values = ["1", "0", "0", "0", "1", "/", "/", "/", "/", "/", "2", "", "0", "0", "2"]
    read = figures(tables(pipes(table_four(values))))
    assert read["t4.review.upheld"].status == "verified"
    assert {(f.status.value, f.printed) for f in read.values() if f.row == "lit_direct"} == {
        ("blank", "/")
    }
    proven = read["t4.lit_after_review.corrected"]
    assert (proven.value, proven.status.value, proven.mark, proven.printed) == (
        0, "verified", "blank", ""
    )  # fmt: skip


def test_the_blocks_of_the_tables_are_their_region() -> None:
    before, between = "本年度情况如下。\n", "四、行政复议、行政诉讼\n"
    three, four = lines(table_three(balanced())), lines(table_four(FOUR))
    raw = tables(before + three + between + four + "五、存在的主要问题\n")
    assert raw.region == [
        (len(before), len(before + three) - 1),
        (len(before + three + between), len(before + three + between + four) - 1),
    ]


@pytest.mark.parametrize("cut", [4, 6, 8])
def test_a_first_label_over_two_lines_begins_one_table(cut: int) -> None:
    """Either half is enough to know the row by; table two before it is still that of the report."""
    label = "一、本年新收政府信息公开申请数量"
    before = "第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n12\n"
    cells = lines(table_three(balanced(), labels={"new": f"{label[:cut]}\n{label[cut:]}"}))
    found = figures(tables(before + cells))
    assert found["t2.licensing.decisions"].value == 12
    assert found["t3.new.total"].value == 8
    assert {f.status.value for f in found.values() if f.table == "t3"} == {"verified"}


def test_a_second_row_label_over_two_lines_is_no_other_table() -> None:
    """``政府信息公开申请数量`` may end the label of either of the first two rows."""
    cells = table_three(balanced(), labels={"carried_in": "二、上年结转\n政府信息公开申请数量"})
    found = figures(tables(lines(cells)))
    assert {f.status.value for f in found.values()} == {"verified"}
    assert len(found) == 25 * 7


def test_a_head_printed_again_is_no_row() -> None:
    """The column 其他 stands where the row 3.其他 would follow."""
    rows = table_three(balanced())
    at = next(n for n, row in enumerate(rows) if row[0] == "3.其他")
    heads = [["申请人情况"], ["自然人", "法人或其他组织", "总计"]]
    heads.append(["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""])
    found = figures(tables(pipes(rows[:at] + heads + rows[at:])))
    assert {f.status.value for f in found.values()} == {"verified"}
    assert found["t3.other_other.total"].value == 0


def test_heads_of_a_second_page_say_what_its_columns_are() -> None:
    """A subtotal, and totals that are blank: without its heads the second grid tells neither."""
    rows = []
    for label, *cells in table_three(balanced()):
        if not cells:
            rows.append([label])
            continue
        person, *others = cells
        subtotal = sum(map(int, others[:-1]))
        rows.append([label, person, str(subtotal), *others[:-1], ""])
    heads = [
        ["申请人情况", "自然人", "法人或其他组织", "", "", "", "", "", "总计"],
        ["", "", "小计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""],
    ]
    at = next(n for n, row in enumerate(rows) if row[0].startswith("8."))
    found = figures(tables(pipes(heads + rows[:at]) + "\n— 4 —\n\n" + pipes(heads + rows[at:])))
    query = [found[f"t3.denied_query.{column}"].value for column in T3_COLUMNS]
    assert query == [2, 0, 0, 0, 0, 0, None]
    assert [found[f"t3.carried_out.{column}"].value for column in T3_COLUMNS][:3] == [1, 1, 0]
