"""What real tables three suffer, a test for each case: rows, columns, pages, cells too many or few.

The other cases of the same list are in `test_peers_cells` (values) and `test_peers_text` (labels,
sections, the text around the tables). Figures are invented.
"""

from __future__ import annotations

import pytest

from tests.index.helpers import (
    FORMS,
    T3_COLUMNS,
    at,
    balanced,
    checks,
    figures,
    lines,
    table_four,
    table_three,
    tables,
)
from tests.index.surfaces import (
    GRIDS,
    HEADS,
    LINES,
    SURFACES,
    head,
    markdown,
    read,
    read_on,
    row,
    statuses,
    web,
)

LARGE = balanced(
    new="163 2 0 0 1 0 166",
    granted="151 1 0 0 1 0 153",
    denied_query="2 0 0 0 0 0 2",
    result_total="153 1 0 0 1 0 155",
    carried_in="1 0 0 0 0 0 1",
    carried_out="11 1 0 0 0 0 12",
)
"""A table that holds, with a number of three digits in a summand: 151."""


def changed(key: str, cells: str) -> list[list[str]]:
    """The rows of `LARGE` with the cells of one row printed otherwise, parts by ``,``."""
    return table_three(LARGE | {key: [cell.strip() for cell in cells.split(",")]})


# -- a number split into two cells, or two joined ------------------------------------------------

SPLIT = {
    "split at its first digit": "1, 51, 1, 0, 0, 1, 0, 153",
    "split at its last digit": "15, 1, 1, 0, 0, 1, 0, 153",
    "a total split": "151, 1, 0, 0, 1, 0, 15, 3",
    "two joined": "1511, 0, 0, 1, 0, 153",
    "a value and the total joined": "151, 1, 0, 0, 1, 0153",
}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("fault", list(SPLIT)[:4])
def test_a_number_split_or_joined_is_read_where_the_sums_settle_it(surface, fault) -> None:
    got = read_on(surface, changed("granted", SPLIT[fault]))
    assert row(got, "granted") == [151, 1, 0, 0, 1, 0, 153]
    assert statuses(got) == {"verified"}


def test_a_split_number_is_quoted_as_it_is_printed() -> None:
    text = lines(changed("granted", SPLIT["split at its first digit"]))
    figure = read(text)["t3.granted.natural_person"]
    assert figure.span is not None
    assert figure.printed == text[slice(*figure.span)] == "1\n51"


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("fault", list(SPLIT)[:2])
def test_a_split_number_stays_open_where_a_sum_is_not_printed(surface, fault) -> None:
    rows = changed("granted", SPLIT[fault])
    del rows[at(rows, "（七）总计")]
    got = read_on(surface, rows)
    assert row(got, "granted") == ["?"] * 7
    assert statuses(got) == {"ambiguous", "verified"}
    assert statuses(got, "new") == {"verified"}


@pytest.mark.parametrize("surface", SURFACES)
def test_a_split_number_stays_open_where_the_sums_do_not_hold(surface) -> None:
    broken = LARGE | {"result_total": ["154", "1", "0", "0", "1", "0", "156"]}
    cells = broken | {"granted": ["1", "51", "1", "0", "0", "1", "0", "153"]}
    got = read_on(surface, table_three(cells))
    assert row(got, "granted") == ["?"] * 7


@pytest.mark.parametrize("surface", LINES)
def test_a_split_number_of_a_row_that_only_the_balance_covers(surface) -> None:
    cells = LARGE | {"new": ["16", "3", *LARGE["new"][1:]]}
    assert row(read_on(surface, table_three(cells)), "new") == [163, 2, 0, 0, 1, 0, 166]
    broken = cells | {"carried_out": ["12", "1", "0", "0", "0", "0", "13"]}
    assert row(read_on(surface, table_three(broken)), "new") == ["?"] * 7


def test_a_number_split_by_a_space_within_its_cell_is_read_as_the_sums_say_or_open_alone() -> None:
    got = read(lines(changed("granted", "1 51, 1, 0, 0, 1, 0, 153")))
    assert row(got, "granted") == [151, 1, 0, 0, 1, 0, 153]
    assert got["t3.granted.natural_person"].printed == "1 51"
    got = read(lines(changed("granted", "1 52, 1, 0, 0, 1, 0, 153")))
    assert row(got, "granted") == ["?", 1, 0, 0, 1, 0, 153]


# -- two pages -------------------------------------------------------------------------------------

REPEATED = [["申请人情况"], [HEADS[0]], ["法人或其他组织"], ["总计"], *[[h] for h in HEADS[1:6]]]
CUTS = [
    ("（四）无法提供", "（四）无", "法提供"),
    ("2.其他法律行政法规禁止公开", "2.其他法律行政", "法规禁止公开"),
    ("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或", "重新出具已获取信息"),
]


@pytest.mark.parametrize("mark", [[], [["—4—"]], [["- 4 -"]], [["第4页 共9页"]]], ids=str)
@pytest.mark.parametrize("cut", CUTS, ids=[c[0] for c in CUTS])
@pytest.mark.parametrize("surface", ["lines", "padded"])
def test_a_row_label_cut_by_a_page(surface, cut, mark) -> None:
    whole, first, rest = cut
    rows = table_three(LARGE)
    place = at(rows, whole)
    rows[place : place + 1] = [[first], *mark, [rest, *rows[place][1:]]]
    got = read_on(surface, rows)
    assert len(got) == 25 * 7
    assert statuses(got) == {"verified"}
    assert row(got, "unable_unclear") == row(got, "denied_other_law") == [0] * 7


@pytest.mark.parametrize("surface", ["lines", "padded"])
@pytest.mark.parametrize("cut", CUTS, ids=[c[0] for c in CUTS])
def test_a_row_label_cut_by_a_page_and_the_repeated_head(surface, cut) -> None:
    whole, first, rest = cut
    rows = table_three(LARGE)
    place = at(rows, whole)
    rows[place : place + 1] = [[first], ["—4—"], *REPEATED, [rest, *rows[place][1:]]]
    got = read_on(surface, rows)
    assert statuses(got) == {"verified"}
    assert len(got) == 25 * 7


@pytest.mark.parametrize("surface", SURFACES)
def test_the_head_and_the_third_item_repeated_on_the_next_page(surface) -> None:
    rows = table_three(LARGE)
    place = at(rows, "6.属于四类过程性信息")
    again = [["申请人情况", *HEADS]] if surface in GRIDS else REPEATED
    rows[place:place] = [*again, ["三、本年度办理结果"], ["（三）不予公开"]]
    got = read_on(surface, rows)
    assert len(got) == 25 * 7
    assert statuses(got) == {"verified"}
    assert row(got, "granted") == [151, 1, 0, 0, 1, 0, 153]


# -- page numbers among the cells ------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["-4-", "—4—", "- 4 -", "－４－", "第4页", "第 4 頁 共 9 頁"])
@pytest.mark.parametrize("place", [0, 3, 7])
@pytest.mark.parametrize("key", ["granted", "carried_out", "denied_query"])
def test_a_page_number_that_says_so_is_no_cell(mark, place, key) -> None:
    cells = [*LARGE[key][:place], mark, *LARGE[key][place:]]
    got = read(lines(table_three(LARGE | {key: cells})))
    assert row(got, key) == [int(v) for v in LARGE[key]]
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("place", range(8))
@pytest.mark.parametrize("key", ["granted", "new", "carried_out", "result_total"])
def test_a_bare_page_number_is_no_cell_where_the_sums_settle_it(place, key) -> None:
    cells = [*LARGE[key][:place], "4", *LARGE[key][place:]]
    got = read(lines(table_three(LARGE | {key: cells})))
    assert row(got, key) == [int(v) for v in LARGE[key]]
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("place", range(8))
def test_a_bare_page_number_opens_its_row_where_they_do_not(place) -> None:
    cells = LARGE | {"granted": [*LARGE["granted"][:place], "4", *LARGE["granted"][place:]]}
    del cells["denied_query"]
    got = read(lines(table_three(cells)))
    assert row(got, "granted") == ["?"] * 7
    assert row(got, "new") == [163, 2, 0, 0, 1, 0, 166]


# -- lost cells and rows ---------------------------------------------------------------------------


@pytest.mark.parametrize("surface", SURFACES)
def test_the_last_row_lost(surface) -> None:
    rows = table_three(LARGE)[:-1]
    got = read_on(surface, rows)
    assert "t3.carried_out.total" not in got
    assert len(got) == 24 * 7
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("surface", LINES)
def test_the_last_cell_lost(surface) -> None:
    rows = table_three(LARGE)
    rows[-1].pop()
    got = read_on(surface, rows)
    assert row(got, "carried_out") == ["?"] * 7
    assert statuses(got, "new") == statuses(got, "result_total") == {"verified"}


@pytest.mark.parametrize("surface", GRIDS)
def test_the_last_cell_lost_from_a_grid(surface) -> None:
    rows = [*head(), *table_three(LARGE)]
    rows[-1].pop()
    got = read_on(surface, rows)
    assert row(got, "carried_out")[-1] in (None, "?")
    assert got["t3.carried_out.total"].status in ("blank", "ambiguous")
    assert statuses(got, "new") == {"verified"}


# -- more rows, or fewer ---------------------------------------------------------------------------


@pytest.mark.parametrize("surface", SURFACES)
def test_twenty_four_rows_one_without_its_label_and_cells(surface) -> None:
    rows = table_three(LARGE)
    del rows[at(rows, "8.属于行政查询事项")]
    got = read_on(surface, rows)
    assert len(got) == 24 * 7
    assert "t3.denied_query.total" not in got
    assert row(got, "granted") == [151, 1, 0, 0, 1, 0, 153]
    assert statuses(got, "granted") == {"verified"}  # T3-SUM cannot be evaluated, T3-ROW holds
    # In lines, where others may be lost, the cells of the row before may be those of the lost row.
    kept = {f.row for f in got.values() if f.status == "verified"}
    assert kept == set(LARGE) - {"denied_query"} - (
        {"denied_enforcement_file"} if surface in ("lines", "padded") else set()
    )


@pytest.mark.parametrize("surface", SURFACES)
def test_twenty_four_rows_where_the_printed_ones_make_up_the_total(surface) -> None:
    rows = table_three(LARGE)
    del rows[at(rows, "2.重复申请")]
    got = read_on(surface, rows)
    assert len(got) == 24 * 7
    assert row(got, "notproc_petition") == [0] * 7
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("surface", SURFACES)
def test_twenty_five_rows(surface) -> None:
    got = read_on(surface, table_three(LARGE))
    assert len(got) == 25 * 7
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("surface", SURFACES)
def test_twenty_eight_rows_the_heads_filled_with_sums(surface) -> None:
    rows = table_three(LARGE)
    rows[at(rows, "三、本年度办理结果")] += ["153", "1", "0", "0", "1", "0", "155"]
    rows[at(rows, "（三）不予公开")] += ["2", "0", "0", "0", "0", "0", "2"]
    rows[at(rows, "（六）其他处理")] += ["0", "0", "0", "0", "0", "0", "0"]
    got = read_on(surface, rows)
    assert {f.row for f in got.values()} == set(LARGE)
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("surface", SURFACES)
def test_a_row_that_the_form_does_not_have(surface) -> None:
    rows = table_three(LARGE)
    rows.insert(
        at(rows, "（七）总计"), ["4.移送其他机关办理", *["9", "0", "0", "0", "0", "0", "9"]]
    )
    got = read_on(surface, rows)
    assert {f.row for f in got.values()} == set(LARGE)
    assert row(got, "other_other") == [0] * 7
    assert statuses(got) == {"verified"}


# -- eight columns, or seven of which one is another -----------------------------------------------


def with_subtotals(place: int = 6) -> list[list[str]]:
    rows = table_three(LARGE)
    for cells in rows:
        if len(cells) > 1:
            cells.insert(1 + place, str(sum(int(v) for v in cells[2:7])))
    return rows


def subtotal_head(place: int, label: str) -> list[list[str]]:
    labels = ["申请人情况", *HEADS]
    labels.insert(1 + place, label)
    return [labels]


@pytest.mark.parametrize("label", ["小计", "法人小计"])
@pytest.mark.parametrize("place", [1, 6])
@pytest.mark.parametrize("surface", SURFACES)
def test_eight_columns_with_a_head_of_subtotals(surface, place, label) -> None:
    got = read_on(surface, [*subtotal_head(place, label), *with_subtotals(place)])
    assert row(got, "new") == [163, 2, 0, 0, 1, 0, 166]
    assert row(got, "granted") == [151, 1, 0, 0, 1, 0, 153]
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("surface", SURFACES)
def test_eight_columns_without_a_head_that_says_why_are_open(surface) -> None:
    got = read_on(surface, with_subtotals())
    assert statuses(got) == {"ambiguous"}


@pytest.mark.parametrize("surface", LINES)
def test_a_subtotal_that_is_no_sum_opens_the_table(surface) -> None:
    rows = [*subtotal_head(6, "小计"), *with_subtotals()]
    rows[1][7] = "9"
    assert statuses(read_on(surface, rows)) == {"ambiguous"}


@pytest.mark.parametrize("surface", LINES)
def test_subtotals_that_may_be_either_of_two_columns_open_the_table(surface) -> None:
    """Before or after the organisations: in ``5 2 0 0 0 0 2 7`` the first or the last is other."""
    rows = table_three(balanced())
    for cells in rows:
        cells[1:] = ["5", "2", "0", "0", "0", "0", "2", "7"] if len(cells) > 1 else []
    got = read_on(surface, [*subtotal_head(6, "小计"), *rows])
    assert statuses(got) == {"ambiguous"}


@pytest.mark.parametrize("surface", SURFACES)
def test_seven_columns_with_subtotals_in_place_of_the_total_are_open(surface) -> None:
    rows = [[*cells[:7], cells[7]] if len(cells) > 1 else cells for cells in with_subtotals()]
    heads = [["申请人情况", *HEADS[:6], "小计"]]
    got = read_on(surface, [*heads, *rows])
    assert statuses(got) == {"ambiguous"}


# -- vertical heads --------------------------------------------------------------------------------

FOUR = ["1", "2", "0", "0", "3", "0", "0", "1", "0", "1", "4", "0", "0", "0", "4"]
VERTICAL = {
    "two lines": ["结果", "结果", "其他", "尚未", "维持", "纠正", "结果", "审结"],
    "a character a line": list("结结其尚果果他未维纠结审持正果结"),
}


@pytest.mark.parametrize("pieces", VERTICAL.values(), ids=VERTICAL)
@pytest.mark.parametrize("surface", ["lines", "spaced", "pipes"])
def test_vertical_heads_of_table_four(surface, pieces) -> None:
    blocks = [["行政复议"], ["行政诉讼"], ["未经复议直接起诉"], ["复议后起诉"]]
    rows = [*blocks, *[[piece] for piece in pieces * 3], ["总计"], FOUR]
    got = read_on(surface, rows)
    assert [f.value for f in got.values()] == [int(v) for v in FOUR]
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("surface", ["lines", "spaced", "pipes"])
def test_vertical_heads_in_another_order_open_table_four(surface) -> None:
    pieces = ["结果", "结果", "其他", "尚未", "纠正", "维持", "结果", "审结"]
    blocks = [["行政复议"], ["行政诉讼"], ["未经复议直接起诉"], ["复议后起诉"]]
    got = read_on(surface, [*blocks, *[[p] for p in pieces * 3], ["总计"], FOUR])
    assert statuses(got) == {"ambiguous"}


@pytest.mark.parametrize("surface", ["lines", "padded"])
def test_vertical_heads_of_table_three(surface) -> None:
    heads = [["申请人情况"], ["自"], ["然"], ["人"], ["总"], ["计"], *[[c] for c in "商业企业"]]
    got = read_on(surface, [*heads, *table_three(LARGE)])
    assert statuses(got) == {"verified"}
    assert row(got, "new") == [163, 2, 0, 0, 1, 0, 166]


# -- blank totals ----------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["", "/", "—"])
@pytest.mark.parametrize("surface", GRIDS)
def test_blank_totals_are_blank_and_nothing_is_put_there(surface, blank) -> None:
    cells = {key: [*values[:6], blank] for key, values in LARGE.items()}
    got = read_on(surface, [*head(), *table_three(cells)])
    assert {f.value for f in got.values() if f.column == "total" and f.row == "new"} == {None}
    assert got["t3.new.total"].status == got["t3.granted.total"].status == "blank"
    assert row(got, "new")[:6] == [163, 2, 0, 0, 1, 0]
    assert statuses(got, "new") == {"blank", "verified"}


@pytest.mark.parametrize("surface", LINES)
def test_totals_lost_from_lines_are_not_guessed(surface) -> None:
    cells = {key: values[:6] for key, values in LARGE.items()}
    got = read_on(surface, table_three(cells))
    wanted = {f"t3.{k}.{c}": int(v) for k, vs in LARGE.items() for c, v in zip(T3_COLUMNS, vs)}  # noqa: B905
    assert all(f.value in (None, wanted[a]) for a, f in got.items())
    assert got["t3.new.total"].value is None


# -- rows of the other form ------------------------------------------------------------------------


@pytest.mark.parametrize("surface", SURFACES)
def test_a_report_of_2021_with_the_rows_of_2019(surface) -> None:
    cells = balanced(
        other="1 0 0 0 0 0 1", result_total="6 1 0 0 1 0 8", carried_out="0 1 0 0 0 0 1"
    )
    for child in FORMS["2021"].t3_children["other"]:
        del cells[child]
    got = read_on(surface, table_three(cells))
    assert row(got, "other") == [1, 0, 0, 0, 0, 0, 1]
    assert len(got) == 23 * 7
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("filled", [True, False])
def test_the_form_of_2019_with_other_handling_as_one_row_or_three(surface, filled) -> None:
    one = balanced("2019", other="1 0 0 0 0 0 1", result_total="6 1 0 0 1 0 8",
                   carried_out="0 1 0 0 0 0 1")  # fmt: skip
    rows = table_three(one, "2019")
    if not filled:
        place = at(rows, "（六）其他处理")
        children = [r for r in FORMS["2021"].tables.t3.rows if r.parent == "other"]
        rows[place : place + 1] = [["（六）其他处理"]] + [
            [f"{r.number}{r.label}", *("1 0 0 0 0 0 1" if n == 2 else "0 0 0 0 0 0 0").split()]
            for n, r in enumerate(children)
        ]
    form = "2019" if filled else "2021"  # the rows are those of the form of 2021
    got = read_on(surface, rows, form)
    key = "other" if filled else "other_other"
    assert row(got, key) == [1, 0, 0, 0, 0, 0, 1]
    assert statuses(got) == {"verified"}


# -- footnotes -------------------------------------------------------------------------------------

NOTES = ["注：予以公开含上年结转3件。", "*1件为2020年立案后结转", "说明：统计口径较上年发生变化"]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("surface", SURFACES)
def test_a_footnote_under_the_tables_is_no_cell(surface, note) -> None:
    rows = [*table_three(LARGE), [note]]
    got = read_on(surface, rows)
    assert len(got) == 25 * 7
    assert statuses(got) == {"verified"}
    four = read_on(surface, [*table_four(FOUR), [note]])
    assert [f.value for f in four.values()] == [int(v) for v in FOUR]


def test_a_long_footnote_within_the_table_does_not_end_it() -> None:
    rows = table_three(LARGE)
    rows.insert(at(rows, "（四）无法提供"), ["注：" + "本表数据由各单位报送后汇总，" * 8])
    got = read(lines(rows))
    assert len(got) == 25 * 7
    assert statuses(got) == {"verified"}


def test_the_checks_see_the_same_on_every_surface() -> None:
    raw = tables(lines(table_three(LARGE)))
    assert {c.outcome.value for c in checks(raw).values()} == {"holds"}
    assert figures(raw)["t3.new.total"].value == 166
    assert read(web(table_three(LARGE)), "x.html").keys() == figures(raw).keys()
    assert read(markdown([*head(), *table_three(LARGE)]), "x.md").keys() == figures(raw).keys()
