"""Tables whose cells are named by two labels, in layouts that no form has: read, or left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

import pytest

from index.report import TRUSTED, Figure
from tests.index.helpers import FORMS, T3_COLUMNS, balanced, lines, table_four, table_three
from tests.index.surfaces import HEADS, Rows, head, markdown, read, row, sheet, web

CELLS = balanced(
    new="21 3 0 1 0 0 25",
    carried_in="2 0 0 0 0 0 2",
    granted="10 1 0 1 0 0 12",
    denied_query="3 0 0 0 0 0 3",
    unable_not_held="6 1 0 0 0 0 7",
    notproc_repeat="2 0 0 0 0 0 2",
    result_total="21 2 0 1 0 0 24",
    carried_out="2 1 0 0 0 0 3",
)
FOUR = ["1", "0", "2", "0", "3", "0", "1", "0", "0", "1", "0", "0", "0", "4", "4"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
BLOCKS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
TWO = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "0"],
    ["行政规范性文件", "3", "12", "28"],
    ["信息内容", "本年处理决定数量"],
    ["行政许可", "4071"],
    ["行政处罚", "35"],
    ["行政强制", "2"],
    ["信息内容", "本年收费金额（单位：万元）"],
    ["行政事业性收费", "6.5"],
]
TRUTH = {
    f"t3.{key}.{column}": int(value)
    for key, values in CELLS.items()
    for column, value in zip(T3_COLUMNS, values, strict=True)
}
FOUR_KEYS = [
    f"t4.{block.key}.{outcome.key}"
    for block in FORMS["2021"].tables.t4.blocks
    for outcome in FORMS["2021"].tables.t4.outcomes
]
TRUTH_FOUR = dict(zip(FOUR_KEYS, map(int, FOUR), strict=True))


def trusted(got: Mapping[str, Figure], table: str) -> dict[str, object]:
    return {
        address: figure.value
        for address, figure in got.items()
        if figure.status in TRUSTED and figure.table == table
    }


def across(rows: Rows) -> list[list[str]]:
    """Rows as columns."""
    return [list(column) for column in zip_longest(*rows, fillvalue="")]


def whole() -> list[list[str]]:
    """Table three with one row of heads and no heads between its rows."""
    return [["", *HEADS], *(r for r in table_three(CELLS) if r[1:])]


def blocks(values: Sequence[str] = FOUR) -> list[list[str]]:
    """A row of table four for each of its blocks."""
    rows = [[b, *values[n * 5 : n * 5 + 5]] for n, b in enumerate(BLOCKS)]
    return [["", *OUTCOMES], *rows]


# -- on their side ---------------------------------------------------------------------------------


def test_a_table_on_its_side() -> None:
    for write, name in ((web, "x.html"), (markdown, "x.md"), (sheet, "x.xlsx")):
        assert trusted(read(write(across(whole())), name), "t3") == TRUTH


def between_tables(parts: Sequence[Rows]) -> str:
    """One page with several tables."""
    tables = (web(part).split("<table>")[1].split("</table>")[0] for part in parts)
    return f"<html><body>{'<p>续</p>'.join(f'<table>{t}</table>' for t in tables)}</body></html>"


def cut(rows: Rows, *sizes: int) -> list[list[list[str]]]:
    """A table of columns cut into parts, its first column before each."""
    parts, at = [], 1
    for size in sizes:
        parts.append([[r[0], *r[at : at + size]] for r in rows])
        at += size
    return parts


@pytest.mark.parametrize("sizes", [(13, 12), (8, 8, 9), (24, 1)])
def test_a_table_on_its_side_in_parts(sizes: tuple[int, ...]) -> None:
    pages = between_tables(cut(across(whole()), *sizes))
    assert trusted(read(pages, "x.html"), "t3") == TRUTH


def test_a_table_on_its_side_in_another_order() -> None:
    first, *rows = across(whole())
    assert trusted(read(web([first, rows[6], *rows[:6]]), "x.html"), "t3") == TRUTH


def test_a_row_of_sums_in_a_table_on_its_side_is_none_of_the_form() -> None:
    first, *rows = across(whole())
    subtotal = ["小计", *(str(sum(int(r[n]) for r in rows[1:6])) for n in range(1, len(first)))]
    assert trusted(read(web([first, *rows[:6], subtotal, rows[6]]), "x.html"), "t3") == TRUTH


def test_two_years_on_their_side_are_nobodys() -> None:
    first, *rows = across(whole())
    other = [[r[0], *(str(int(v) + 1) for v in r[1:])] for r in rows]
    assert trusted(read(web([first, *rows, *other]), "x.html"), "t3") == {}
    years = [line for r, o in zip(rows, other, strict=True) for line in (r, ["", *o[1:]])]
    got = trusted(read(web([first, *years]), "x.html"), "t3")
    assert all(TRUTH[address] == value for address, value in got.items())


def test_table_two_on_its_side() -> None:
    parts = [TWO[:3], TWO[3:7], TWO[7:]]
    got = read(between_tables([across(part) for part in parts]), "x.html")
    assert [str(v) for v in trusted(got, "t2").values()] == [
        v for line in TWO for v in line[1:] if v[0].isdigit()
    ]


def test_table_two_behind_a_column_of_clauses() -> None:
    clauses = [
        "条款",
        "第二十条第（一）项",
        "",
        "条款",
        "第二十条第（五）项",
        "第二十条第（六）项",
        "",
    ]
    rows = [[c, *line] for c, line in zip(clauses, TWO, strict=False)]
    got = trusted(read(web(rows), "x.html"), "t2")
    assert got["t2.normative_docs.repealed"] == 12
    assert (got["t2.licensing.decisions"], got["t2.coercion.decisions"]) == (4071, 2)


# -- table four --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(5))
def test_a_row_for_each_block(number: int) -> None:
    rows = blocks()
    shuffled = [rows[0], rows[3], rows[1], rows[2]]
    named = [rows[0], rows[1], *(["行政诉讼：" + r[0], *r[1:]] for r in rows[2:])]
    turned = [[r[0], *reversed(r[1:])] for r in rows]
    nested = [["", "", *rows[0][1:]], ["行政复议", "", *rows[1][1:]],
              ["行政诉讼", *rows[2]], ["", *rows[3]]]  # fmt: skip
    case = [rows, shuffled, named, turned, nested][number]
    for write, name in ((web, "x.html"), (markdown, "x.md")):
        assert trusted(read(write(case), name), "t4") == TRUTH_FOUR


def test_heads_and_values_of_each_block_by_turns() -> None:
    said = "".join(
        f"{line[0]}：{' '.join(OUTCOMES)}\n{' '.join(line[1:])}\n" for line in blocks()[1:]
    )
    assert trusted(read(said, "x.txt"), "t4") == TRUTH_FOUR
    listed = ""
    for name, *values in blocks()[1:]:
        pairs = zip(OUTCOMES, values, strict=True)
        listed += f"<li>{name}<ul>{''.join(f'<li>{o}<b>{v}</b></li>' for o, v in pairs)}</ul></li>"
    assert trusted(read(f"<ul>{listed}</ul>", "x.html"), "t4") == TRUTH_FOUR


def test_blocks_that_lack_something_are_no_table_four() -> None:
    rows = blocks()
    for case in (
        rows[:3],
        [r[:5] for r in rows],
        [rows[0], rows[1], rows[2], rows[2]],
        [["", *OUTCOMES[:3], OUTCOMES[2], OUTCOMES[4]], *rows[1:]],
        [rows[0], rows[1], ["行政诉讼", *rows[2][1:]], rows[3]],
    ):
        assert trusted(read(web(case), "x.html"), "t4") == {}


def test_a_frame_with_repeated_heads() -> None:
    top = ["", *("行政复议" + (f".{n}" if n else "") for n in range(5)),
           *("行政诉讼" + (f".{n}" if n else "") for n in range(10))]  # fmt: skip
    second = ["0", *OUTCOMES, *BLOCKS[1:2] * 5, *BLOCKS[2:] * 5]
    rows = [top, second, ["1", *OUTCOMES * 3], ["2", *FOUR]]
    assert trusted(read(markdown(rows), "x.md"), "t4") == TRUTH_FOUR
    swapped = [top, [*second[:6], *second[11:], *second[6:11]], *rows[2:]]
    assert trusted(read(markdown(swapped), "x.md"), "t4") != TRUTH_FOUR


# -- several rows in one ---------------------------------------------------------------------------


def stacked(rows: Rows, *, between: str = "<br>") -> list[str]:
    """Rows as one, its cells in lines."""
    return [between.join(column) for column in across(rows)[0:] for column in [column]]


def test_rows_of_one_head_in_one_row() -> None:
    rows = whole()
    case = [rows[0], *rows[1:5], stacked(rows[5:13]), stacked(rows[13:16]), *rows[16:]]
    assert trusted(read(web(case), "x.html"), "t3") == TRUTH
    heads = [case[0], *case[1:5], *([["不予公开", *line] for line in case[5:6]]), *case[6:]]
    got = trusted(read(web(heads), "x.html"), "t3")
    assert all(TRUTH[address] == value for address, value in got.items())
    lined = [case[0], *case[1:5], stacked(rows[5:13], between="</p><p>"), *case[6:]]
    assert trusted(read(web(lined), "x.html"), "t3") == TRUTH


def test_a_number_with_a_space_is_not_two_rows() -> None:
    rows = whole()
    rows[12][1] = "1 3"
    assert row(read(web(rows), "x.html"), "denied_query")[0] == "?"
    two = [["信息内容", "本年处理决定数量"], ["行政许可", "4 9"]]
    assert trusted(read(web(two), "x.html"), "t2") == {}


def test_a_column_with_a_line_less_is_not_cut() -> None:
    rows = whole()
    short = stacked(rows[5:13])
    short[2] = short[2].removesuffix("<br>0")
    case = [rows[0], *rows[1:5], short, *rows[13:]]
    assert not {a for a in trusted(read(web(case), "x.html"), "t3") if "denied" in a}


def test_table_two_in_a_cell_a_column() -> None:
    case = [stacked(TWO[:3]), stacked(TWO[3:7]), stacked(TWO[7:])]
    got = trusted(read(web(case), "x.html"), "t2")
    assert sorted(map(str, got.values())) == sorted(v for r in TWO for v in r[1:] if v[0].isdigit())


# -- sentences ---------------------------------------------------------------------------------


def said(rows: Rows, unit: str = "件", between: str = "，", colon: str = "：") -> str:
    """A sentence a row."""
    text = ""
    for label, *cells in rows:
        pairs = [f"{h}{v}{unit}" for h, v in zip(HEADS, cells, strict=True)] if cells else []
        text += f"{label}{colon}{between.join(pairs)}。\n" if cells else f"{label}\n"
    return text


@pytest.mark.parametrize(
    ("unit", "between", "colon"),
    [("件", "，", "："), ("", "、", ":"), ("件", "；", ""), ("件", " ", "——")],
)
def test_a_sentence_for_each_row(unit: str, between: str, colon: str) -> None:
    text = said(table_three(CELLS), unit, between, colon)
    assert trusted(read(text, "x.txt"), "t3") == TRUTH


def test_sentences_in_another_order_of_columns() -> None:
    order = [6, 0, 1, 2, 3, 4, 5]
    text = "".join(
        f"{label}：{'，'.join(f'{HEADS[n]}{cells[n]}件' for n in order)}\n"
        for label, *cells in table_three(CELLS)
        if cells
    )
    assert trusted(read(text, "x.txt"), "t3") == TRUTH


def test_other_words_end_a_sentence_of_cells() -> None:
    text = said(table_three(CELLS)).replace("自然人21件", "其中自然人21件", 1)
    got = read(text, "x.txt")
    assert "t3.new.natural_person" not in trusted(got, "t3")
    assert all(TRUTH[a] == v for a, v in trusted(got, "t3").items())


def test_a_sentence_of_two_rows_is_neither_s() -> None:
    text = "行政处罚、行政强制：本年处理决定数量37件。\n"
    assert trusted(read(text + said(table_three(CELLS)), "x.txt"), "t2") == {}


def test_a_sentence_that_says_otherwise_leaves_the_table_open() -> None:
    again = "一、本年新收政府信息公开申请数量：" + "，".join(f"{h}9件" for h in HEADS)
    assert trusted(read(said(table_three(CELLS)) + again, "x.txt"), "t3") == {}


# -- columns and heads that are lost ---------------------------------------------------------------


@pytest.mark.parametrize("lost", range(6))
def test_a_column_that_is_lost_with_its_head_is_open(lost: int) -> None:
    rows = [[c for n, c in enumerate(line) if n != lost + 1] for line in whole()]
    got = read(markdown(rows), "x.md")
    kept = {a: v for a, v in TRUTH.items() if not a.endswith(f".{T3_COLUMNS[lost]}")}
    assert trusted(got, "t3") == kept
    assert not {f.value for f in got.values() if f.column == T3_COLUMNS[lost]} - {None}


def test_without_its_totals_a_table_is_not_known_by_its_heads() -> None:
    rows = [line[:-1] for line in whole()]
    assert trusted(read(markdown(rows), "x.md"), "t3") == {}


def test_labels_with_the_heads_they_stand_under() -> None:
    heads = {"1.": "三、本年度办理结果：（三）不予公开：", "（": "三、"}
    rows = [[heads.get(line[0][:2], heads.get(line[0][:1], "")) + line[0], *line[1:]]
            for line in whole()[:14]]  # fmt: skip
    got = trusted(read(markdown([*rows, *whole()[14:]]), "x.md"), "t3")
    assert got == TRUTH


SECTION_TWO, SECTION_FOUR = "二、主动公开政府信息情况\n", "四、政府信息公开行政复议、行政诉讼情况\n"
SECTION_FIVE = "五、存在的主要问题及改进情况\n"
BARE = [line for line in TWO if line[0] != "信息内容"]


def headless(two: Rows = BARE, four: Iterable[str] = FOUR) -> str:
    three = lines(table_three(CELLS))
    return (
        f"{SECTION_TWO}{lines(two)}三、收到和处理政府信息公开申请情况\n{three}"
        f"{SECTION_FOUR}{' '.join(four)}\n{SECTION_FIVE}说明。\n"
    )


def test_rows_that_lost_all_heads() -> None:
    got = read(headless(), "x.txt")
    assert trusted(got, "t4") == TRUTH_FOUR
    assert trusted(got, "t2")["t2.normative_docs.in_force"] == 28
    assert len(trusted(got, "t2")) == 10


def test_rows_without_heads_must_all_be_there() -> None:
    for two in (BARE[:5], [BARE[0], BARE[1][:3], *BARE[2:]], [*BARE[1:], BARE[0]]):
        assert trusted(read(headless(two), "x.txt"), "t2") == {}
    wrong = ["9", *FOUR[1:]]
    for four in (FOUR[:14], [*FOUR, "0"], wrong):
        assert trusted(read(headless(four=four), "x.txt"), "t4") == {}
    one = headless().replace(SECTION_FOUR, f"{SECTION_FOUR}复议后起诉\n")
    assert trusted(read(one, "x.txt"), "t4") == {}


# -- whose table it is -----------------------------------------------------------------------------

OTHER = {key: [str(int(v) * 2) for v in values] for key, values in CELLS.items()}
SECTION_ONE, SECTION_THREE = "一、总体情况\n", "三、收到和处理政府信息公开申请情况\n"


def both(*parts: str | Mapping[str, Sequence[str]]) -> dict[str, object]:
    text = "".join(
        part if isinstance(part, str) else lines([*head(), *table_three(part)]) for part in parts
    )
    return trusted(read(text, "x.txt"), "t3")


def test_a_table_quoted_in_another_section_is_not_the_reports() -> None:
    after = "六、其他需要报告的事项\n"
    assert both(SECTION_ONE, OTHER, "以上为全县数。\n", SECTION_THREE, CELLS, SECTION_FIVE) == TRUTH
    assert both(SECTION_THREE, CELLS, SECTION_FIVE, after, "附上年数据：\n", OTHER) == TRUTH


def test_two_tables_in_the_same_section_stay_open() -> None:
    for got in (
        both(SECTION_THREE, CELLS, "其中本级：\n", OTHER),
        both(SECTION_THREE, CELLS, SECTION_FIVE, SECTION_THREE, OTHER),
        both("附表\n", OTHER, SECTION_THREE, CELLS),
    ):
        assert not any(got.values())  # rows of zeros are alike in both


# -- cells -----------------------------------------------------------------------------------------


def test_none_is_a_count_and_a_dash_is_not() -> None:
    four = ["无" if v == "0" else v for v in FOUR]
    assert trusted(read(markdown(table_rows_of(four)), "x.md"), "t4") == TRUTH_FOUR
    two = [TWO[0], ["规章", "/", "—", "无"]]
    got = read(web(two), "x.html")
    assert trusted(got, "t2") == {"t2.rules.in_force": 0}


def table_rows_of(four: Sequence[str]) -> list[list[str]]:
    top = ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9]
    return [top, [*OUTCOMES, BLOCKS[1], *[""] * 4, BLOCKS[2], *[""] * 4],
            [*[""] * 5, *OUTCOMES * 2], list(four)]  # fmt: skip


def test_a_label_wrapped_round_its_figures() -> None:
    text = ""
    for label, *cells in [["", *HEADS], *table_three(CELLS)]:
        third = len(label) // 3 + 1
        if len(label) > 28 and cells:
            text += f"{label[:third]}\n{label[third : 2 * third]}   {'  '.join(cells)}\n"
            text += f"{label[2 * third :]}\n"
        else:
            text += f"{label}   {'  '.join(cells)}\n"
    assert trusted(read(text, "x.txt"), "t3") == TRUTH


def test_the_usual_table_four_needs_no_other_layout() -> None:
    assert trusted(read(lines(table_four(FOUR)), "x.txt"), "t4") == TRUTH_FOUR


def test_a_sentence_may_leave_out_who_did_not_ask() -> None:
    text = ""
    for label, *cells in table_three(CELLS):
        pairs = [f"{h}{v}件" for h, v in zip(HEADS, cells, strict=False) if v != "0" or h == "总计"]
        text += f"{label}：{'，'.join(pairs)}。\n" if cells else f"{label}\n"
    got = read(text, "x.txt")
    assert {a: v for a, v in trusted(got, "t3").items() if v} == {
        a: v for a, v in TRUTH.items() if v
    }
    assert all(TRUTH[a] == v for a, v in trusted(got, "t3").items())


def test_of_a_sentence_that_lost_a_number_only_the_total_is_sure() -> None:
    text = said(table_three(CELLS)).replace("自然人10件，商业企业1件，", "自然人101件，", 1)
    got = row(read(text, "x.txt"), "granted")
    assert got == ["?"] * 6 + [12]


def test_heads_of_two_lines_do_not_stand_in_the_order_of_their_columns() -> None:
    """自然人 and 总计 are in the upper line; in text without a grid they come first."""
    order = [0, 6, 1, 2, 3, 4, 5]
    rows = table_three(CELLS)
    rows[6] = ["", *rows[6][1:]]  # so that the usual reader does not find all
    text = "\n".join(HEADS[n] for n in order) + "\n" + lines(rows)
    got = trusted(read(text, "x.txt"), "t3")
    assert all(TRUTH[address] == value for address, value in got.items())


def frameless(rows: Rows) -> str:
    """Cells parted by pipes without a frame: an empty first cell leaves a pipe at the front."""
    return "".join(" | ".join(cells) + "\n" for cells in rows)


def test_an_empty_corner_before_a_pipe_moves_no_head() -> None:
    assert trusted(read(frameless(blocks()), "x.txt"), "t4") == TRUTH_FOUR
    assert trusted(read(frameless(whole()), "x.txt"), "t3") == TRUTH


def test_grid_and_line_that_name_a_cell_of_table_four_differently_leave_it_open() -> None:
    rows = blocks()
    cornerless = [rows[0][1:], *rows[1:]]  # by its place in the grid each head is one to the left
    got = read(web(cornerless), "x.html")
    assert [f.value for f in got.values() if f.table == "t4" and f.value is not None] == []


def test_lines_that_lost_a_blank_are_no_row() -> None:
    """Two labels in one cell, and 3 in one line or in the other."""
    rows = whole()
    pair = stacked(rows[13:15])
    pair[1:] = ["3", "1<br>0", "4", "", "", "", "7<br>1"]
    for label in (pair[0], "1.本机关不掌握相关政府信息（含2.没有现成信息需要另行制作）"):
        got = read(web([*rows[:13], [label, *pair[1:]], *rows[15:]]), "x.html")
        assert not {a for a in trusted(got, "t3") if "unable_not_held" in a or "need_create" in a}


@pytest.mark.parametrize("mark", ["- ", "• ", "* "])
def test_sentences_of_a_list(mark: str) -> None:
    text = "".join(f"{mark}{line}\n" for line in said(table_three(CELLS)).splitlines())
    assert trusted(read(text, "x.md"), "t3") == TRUTH


def test_sentences_of_one_paragraph() -> None:
    text = "办理情况如下。" + said(table_three(CELLS)).replace("\n", "")
    assert trusted(read(text, "x.txt"), "t3") == TRUTH


def test_cells_with_units_in_the_lines_of_a_row() -> None:
    rows = whole()
    counted = [[line[0], *(f"{value}件" for value in line[1:])] for line in rows[5:13]]
    case = [*rows[:5], stacked(counted), *rows[13:]]
    for write, name in ((web, "x.html"), (markdown, "x.md")):
        assert trusted(read(write(case), name), "t3") == TRUTH


def test_a_column_for_each_block() -> None:
    assert trusted(read(web(across(blocks())), "x.html"), "t4") == TRUTH_FOUR


def test_a_second_report_without_headings_leaves_both_open() -> None:
    second = lines(TWO) + lines([*head(), *table_three(OTHER)])
    text = SECTION_THREE + lines([*head(), *table_three(CELLS)]) + SECTION_FIVE + "说明。\n"
    got = trusted(read(f"{text}某区档案馆年度报告\n{second}", "x.txt"), "t3")
    assert not any(got.values())


@pytest.mark.parametrize("form", ["{}={}", '"{}": {}', "{}……{}", "{}....{}", "{}为{}件", "{}_{}"])
def test_what_may_stand_between_a_name_and_its_number(form: str) -> None:
    text = ""
    for label, *cells in table_three(CELLS):
        pairs = [form.format(h, v) for h, v in zip(HEADS, cells, strict=False)]
        text += f"{label}: {', '.join(pairs)}\n"
    assert trusted(read(text, "x.txt"), "t3") == TRUTH
