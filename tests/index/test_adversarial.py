"""Files made to be misread: what comes out is right, or it is not trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index.read import read_bytes
from index.reading import report_from_document
from index.report import TRUSTED, Figure
from index.sidecar import Given
from tests.index.helpers import (
    FORMS,
    T3_COLUMNS,
    at,
    balanced,
    lines,
    pipes,
    seeded,
    table_four,
    table_three,
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
    spaced,
    statuses,
    web,
)

CELLS = balanced(
    new="30 4 0 1 2 0 37",
    carried_in="2 0 0 0 0 0 2",
    granted="9 1 0 1 1 0 12",
    partial="7 1 0 0 0 0 8",
    denied_query="6 0 0 0 0 0 6",
    unable_not_held="8 2 0 0 1 0 11",
    result_total="30 4 0 1 2 0 37",
    carried_out="2 0 0 0 0 0 2",
)
OTHER = balanced(
    new="17 3 1 0 0 0 21",
    carried_in="1 0 0 0 0 0 1",
    granted="11 2 1 0 0 0 14",
    denied_query="4 1 0 0 0 0 5",
    result_total="15 3 1 0 0 0 19",
    carried_out="3 0 0 0 0 0 3",
)
FOUR = ["1", "2", "0", "0", "3", "0", "0", "1", "0", "1", "4", "0", "0", "0", "4"]
FOUR_OTHER = ["0", "0", "0", "0", "0", "5", "0", "1", "0", "6", "0", "0", "0", "0", "0"]
TWO = [["第二十条第（一）项"], ["信息内容"], ["本年制发件数"], ["本年废止件数"], ["现行有效件数"]]


def truth(cells: dict[str, list[str]] = CELLS) -> dict[str, int]:
    return {
        f"t3.{key}.{column}": int(value)
        for key, values in cells.items()
        for column, value in zip(T3_COLUMNS, values, strict=True)
    }


def claims(got: dict[str, Figure], known: dict[str, int]) -> list[str]:
    """Addresses of table three that are trusted with another value than the true one."""
    return [
        f"{a} = {f.value}"
        for a, f in got.items()
        if f.table == "t3" and f.status in TRUSTED and f.value != known.get(a)
    ]


def trusted(got: dict[str, Figure], table: str = "t3") -> dict[str, object]:
    return {a: f.value for a, f in got.items() if f.table == table and f.status in TRUSTED}


# -- cells that moved ------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["granted", "new", "carried_in", "result_total", "unable_not_held"])
@pytest.mark.parametrize("surface", SURFACES)
def test_a_row_shifted_by_a_column(surface, key) -> None:
    cells = [*CELLS[key][5:6], *CELLS[key][:5], CELLS[key][6]]
    assert cells != CELLS[key]
    got = read_on(surface, [*head(), *table_three(CELLS | {key: cells})])
    moved = {a for a in claims(got, truth()) if a.startswith(f"t3.{key}.")}
    assert moved == set()


@pytest.mark.parametrize("surface", SURFACES)
def test_a_dropped_cell_made_up_for_by_another(surface) -> None:
    """Every cell of some rows dropped, every small number added elsewhere in the same row."""
    for key in ("granted", "carried_in"):
        for cells in compensated(CELLS[key]):
            if cells == CELLS[key]:
                continue
            got = read_on(surface, [*head(), *table_three(CELLS | {key: cells})])
            wrong = [c for c in claims(got, truth()) if c.startswith(f"t3.{key}.")]
            assert wrong == [], (cells, wrong)


def compensated(cells: list[str]) -> Iterator[list[str]]:
    for lost in (0, 1, 4, 6):
        for place in (0, 3, 6):
            for added in ("4", "0"):
                left = [*cells[:lost], *cells[lost + 1 :]]
                yield [*left[:place], added, *left[place:]]


@pytest.mark.slow
@pytest.mark.parametrize("surface", ["lines", "padded", "spaced"])
def test_random_damage_to_cells_never_gives_a_trusted_wrong_value_in_its_row(surface) -> None:
    """One cell of each of some rows dropped or added: the row is right, or it is not trusted."""
    for seed in range(150):
        rng = seeded(seed)
        table = dict(CELLS)
        keys = rng.sample(sorted(CELLS), rng.choice([1, 1, 2, 3]))
        for key in keys:
            cells = list(table[key])
            if rng.random() < 0.5:
                del cells[rng.randrange(7)]
            else:
                cells.insert(rng.randrange(8), rng.choice(["0", "1", "4", "12"]))
            table[key] = cells
        got = read_on(surface, table_three(table))
        assert claims(got, truth()) == [], (seed, keys)


@pytest.mark.parametrize("first", ["partial", "denied_query", "notproc_confirm", "unable_unclear"])
@pytest.mark.parametrize("surface", ["lines", "padded"])
def test_lines_lost_between_a_label_and_the_cells_of_another_row(surface, first) -> None:
    """The cells of one row and the label of the next are gone, so that the wrong cells follow."""
    keys = list(CELLS)
    for number in (1, 2):
        last = keys[keys.index(first) + number]
        rows = table_three(CELLS)
        labels = [r[0] for r in table_three(CELLS)]
        start = labels.index(label_of(first))
        end = labels.index(label_of(last))
        rows[start : end + 1] = [[rows[start][0], *rows[end][1:]]]
        assert claims(read_on(surface, rows), truth()) == []


def label_of(key: str) -> str:
    term = FORMS["2021"].t3_rows[key]
    return f"{term.number}{term.label}"


@pytest.mark.parametrize("surface", GRIDS)
def test_a_cell_lost_from_a_padded_grid_row_moves_no_value(surface) -> None:
    for key in ("granted", "new", "unable_not_held"):
        for lost in range(6):
            cells = [*CELLS[key][:lost], *CELLS[key][lost + 1 :]]
            got = read_on(surface, [*head(), *table_three(CELLS | {key: [*cells, ""]})])
            assert claims(got, truth()) == []


@pytest.mark.parametrize("surface", GRIDS)
def test_a_cell_lost_where_no_sum_can_tell(surface) -> None:
    table = {k: v for k, v in CELLS.items() if k != "result_total"}
    cells = [*CELLS["granted"][:2], *CELLS["granted"][3:], ""]
    got = read_on(surface, [*head(), *table_three(table | {"granted": cells})])
    assert claims(got, truth()) == []


# -- heads -----------------------------------------------------------------------------------------


def in_order_of(order: Sequence[int]) -> list[list[str]]:
    """The table with its columns, heads and all, in another order."""
    rows = [[HEADS[n] for n in order]]
    rows[0].insert(0, "申请人情况")
    for cells in table_three(CELLS):
        rows.append([cells[0], *(cells[1 + n] for n in order)] if len(cells) > 1 else cells)
    return rows


@pytest.mark.parametrize(
    "order",
    [(1, 0, 2, 3, 4, 5, 6), (0, 1, 2, 4, 3, 5, 6), (6, 0, 1, 2, 3, 4, 5), (0, 6, 1, 2, 3, 4, 5)],
)
@pytest.mark.parametrize("surface", SURFACES)
def test_columns_in_another_order(surface, order) -> None:
    assert claims(read_on(surface, in_order_of(order)), truth()) == []


@pytest.mark.parametrize("surface", SURFACES)
def test_heads_repeated_within_the_table_change_nothing(surface) -> None:
    rows = [*head(), *table_three(CELLS)]
    for label in ("（四）无法提供", "6.属于四类过程性信息", "（七）总计"):
        rows[at(rows, label) : at(rows, label)] = head()
    got = read_on(surface, rows)
    assert trusted(got) == truth()


@pytest.mark.parametrize("surface", SURFACES)
def test_heads_repeated_above_the_table_change_nothing_or_open_it(surface) -> None:
    got = read_on(surface, [*head(), *head(), *table_three(CELLS)])
    assert claims(got, truth()) == []


@pytest.mark.parametrize("label", ["小计", "合计", "其中：企业"])
@pytest.mark.parametrize("surface", SURFACES)
def test_a_subtotal_column_is_never_taken_for_data(surface, label) -> None:
    for place in (1, 6):
        rows = []
        for cells in table_three(CELLS):
            sums = [str(sum(int(v) for v in cells[2:7]))] if len(cells) > 1 else []
            rows.append([*cells[: 1 + place], *sums, *cells[1 + place :]])
        labels = ["申请人情况", *HEADS]
        labels.insert(1 + place, label)
        assert claims(read_on(surface, [labels, *rows]), truth()) == []
        assert claims(read_on(surface, rows), truth()) == []


@pytest.mark.parametrize("surface", SURFACES)
def test_a_missing_total_column(surface) -> None:
    rows = [cells[:7] for cells in table_three(CELLS)]
    heads = [["申请人情况", *HEADS[:6]]]
    got = read_on(surface, [*heads, *rows])
    assert claims(got, truth()) == []
    assert not any(a.endswith(".total") for a in trusted(got))


@pytest.mark.parametrize("surface", SURFACES)
def test_a_missing_column_of_applicants(surface) -> None:
    rows = [[*cells[:3], *cells[4:]] if len(cells) > 1 else cells for cells in table_three(CELLS)]
    heads = [["申请人情况", *HEADS[:2], *HEADS[3:]]]
    got = read_on(surface, [*heads, *rows])
    assert claims(got, truth()) == []


# -- more than one table ---------------------------------------------------------------------------


def beside(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[list[str]]:
    rows = [["申请人情况", *HEADS, *HEADS]]
    for first, second in zip(table_three(one), table_three(other), strict=True):
        rows.append([*first, *second[1:]])
    return rows


@pytest.mark.parametrize("surface", SURFACES)
def test_last_year_beside_this_year(surface) -> None:
    for first, second in ((CELLS, OTHER), (OTHER, CELLS)):
        got = read_on(surface, beside(first, second))
        assert trusted(got) == {}


@pytest.mark.parametrize("surface", SURFACES)
def test_last_year_beside_this_year_whose_cells_are_empty(surface) -> None:
    blank = {key: [""] * 7 for key in CELLS}
    assert trusted(read_on(surface, beside(CELLS, blank))) == {}


@pytest.mark.parametrize("second", [[], ["申请人情况"]], ids=["one head", "two heads"])
@pytest.mark.parametrize("surface", ["lines", "padded"])
def test_two_years_side_by_side_that_lost_their_blanks(surface, second) -> None:
    """Only one of the two years has values: which one, nothing says."""
    short = {key: [v for v in values if v != "0"] for key, values in CELLS.items()}
    rows = [["申请人情况", *HEADS, *second, *HEADS], *table_three(short)]
    assert trusted(read_on(surface, rows)) == {}


@pytest.mark.parametrize("surface", SURFACES)
def test_last_year_beside_this_year_column_by_column(surface) -> None:
    rows = [["申请人情况", *(h for h in HEADS for _ in range(2))]]
    for first, second in zip(table_three(CELLS), table_three(OTHER), strict=True):
        pairs = zip(first[1:], second[1:], strict=True)
        rows.append([first[0], *(value for pair in pairs for value in pair)])
    assert trusted(read_on(surface, rows)) == {}


@pytest.mark.parametrize("surface", SURFACES)
def test_table_two_of_two_years_side_by_side(surface) -> None:
    heads = [["本年制发件数"], ["本年废止件数"], ["现行有效件数"]] * 2
    rows = [*TWO[:2], *heads, ["规章", "1", "0", "5", "2", "1", "4"]]
    assert trusted(read_on(surface, rows), "t2") == {}


BETWEEN = [
    ["附：所属雾川市档案馆数据"],
    ["2022年度收到和处理政府信息公开申请情况"],
    ["三、收到和处理政府信息公开申请情况"],
]


@pytest.mark.parametrize("between", BETWEEN, ids=lambda row: row[0])
@pytest.mark.parametrize("surface", SURFACES)
def test_a_table_printed_twice_with_other_figures(surface, between) -> None:
    rows = [*head(), *table_three(CELLS), between, *head(), *table_three(OTHER)]
    got = read_on(surface, rows)
    assert row(got, "new") == ["?"] * 7
    assert row(got, "granted") == ["?"] * 7
    assert set(trusted(got).values()) == {0}  # rows that both tables leave at 0
    assert statuses(got, "granted") == {"ambiguous"}


@pytest.mark.parametrize("surface", SURFACES)
def test_a_table_printed_twice_alike_is_read_once(surface) -> None:
    rows = [*head(), *table_three(CELLS), BETWEEN[2], *head(), *table_three(CELLS)]
    assert trusted(read_on(surface, rows)) == truth()


@pytest.mark.parametrize("surface", SURFACES)
def test_tables_two_and_four_printed_twice_with_other_figures(surface) -> None:
    rows = [
        *TWO, ["规章", "1", "0", "5"], *head(), *table_three(CELLS), *table_four(FOUR),
        *TWO, ["规章", "2", "0", "9"], *head(), *table_three(CELLS), *table_four(FOUR_OTHER),
    ]  # fmt: skip
    got = read_on(surface, rows)
    assert trusted(got, "t2") == trusted(got, "t4") == {}
    assert trusted(got) == truth()
    twice = read_on(surface, [*table_four(FOUR), ["附："], *table_four(FOUR_OTHER)])
    assert trusted(twice, "t4") == {}


@pytest.mark.parametrize("surface", SURFACES)
def test_tables_that_only_the_second_set_has(surface) -> None:
    rows = [
        *head(), *table_three(CELLS),
        *TWO, ["规章", "2", "0", "9"], *head(), *table_three(OTHER), *table_four(FOUR_OTHER),
    ]  # fmt: skip
    got = read_on(surface, rows)
    assert trusted(got, "t2") == trusted(got, "t4") == {}
    assert statuses({a: f for a, f in got.items() if f.table != "t3"}) == {"ambiguous"}


def a_report(name: str, cells: dict[str, list[str]], four: list[str] | None) -> str:
    parts = [
        f"{name}2023年政府信息公开工作年度报告\n一、总体情况\n全年工作平稳有序，依法办理申请。\n",
        f"三、收到和处理政府信息公开申请情况\n{lines(table_three(cells))}",
    ]
    if four is not None:
        parts.append(f"四、政府信息公开行政复议、行政诉讼情况\n{lines(table_four(four))}")
    parts.append("五、存在的主要问题及改进情况\n人手不足，将加强培训。\n")
    return "".join(parts)


@pytest.mark.parametrize("four", [FOUR, None])
def test_two_reports_in_one_file(four) -> None:
    text = a_report("雾川市民政局", CELLS, four) + a_report("雾川市水务局", OTHER, FOUR_OTHER)
    document = read_bytes(text.encode(), Path("x.txt"))
    report = report_from_document(document, Given())
    got = {f.address: f for f in report.figures}
    assert claims(got, truth()) == claims(got, truth(OTHER)) == []
    assert trusted(got, "t4") == {}
    assert any("两次" in note for note in report.notes)


def test_a_list_of_rows_in_the_text_is_not_the_table() -> None:
    said = "".join(
        f"{cells[0]}\n{int(cells[7]) + 1}\n" for cells in table_three(CELLS) if cells[1:]
    )
    got = read(
        f"一、总体情况\n{said}三、收到和处理政府信息公开申请情况\n{lines(table_three(CELLS))}"
    )
    assert trusted(got) == truth()


def test_a_list_of_rows_after_the_table_is_not_another() -> None:
    said = "".join(
        f"{cells[0]}\n{int(cells[7]) + 1}\n" for cells in table_three(CELLS) if cells[1:]
    )
    got = read(f"{lines(table_three(CELLS))}五、存在的主要问题及改进情况\n{said}")
    assert trusted(got) == truth()


@pytest.mark.parametrize("write", [lines, pipes, spaced, web, markdown])
def test_a_row_of_another_table_with_the_same_label(write) -> None:
    """重复申请 also stands in a table of channels after table four."""
    rows = [*head(), *table_three(CELLS), *table_four(FOUR), ["渠道", "件数"], ["重复申请", "9"]]
    name = {"web": "x.html", "markdown": "x.md"}.get(write.__name__, "x.txt")
    got = read(write(rows), name)
    assert trusted(got) == truth()


# -- what sums cannot see (docs/checks.md) ---------------------------------------------------------


def moved(*changes: tuple[str, int, int]) -> dict[str, list[str]]:
    """The table with something added to some cells, given by row and column."""
    table = {key: list(values) for key, values in CELLS.items()}
    for key, column, amount in changes:
        table[key][column] = str(int(table[key][column]) + amount)
    return table


UNSEEN = {
    "a rectangle": moved(
        ("granted", 0, 1), ("granted", 1, -1), ("partial", 0, -1), ("partial", 1, 1)
    ),
    "between two outcomes": moved(
        ("granted", 0, 1), ("granted", 6, 1), ("partial", 0, -1), ("partial", 6, -1)
    ),
    "on both sides of the balance": moved(
        ("new", 0, 1), ("new", 6, 1), ("carried_out", 0, 1), ("carried_out", 6, 1)
    ),
    "labels exchanged": CELLS | {"granted": CELLS["partial"], "partial": CELLS["granted"]},
    "columns exchanged": {k: [v[1], v[0], *v[2:]] for k, v in CELLS.items()},
    "another table": OTHER,
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_sums_cannot_see_in_table_three(name) -> None:
    got = read_on("lines", table_three(UNSEEN[name]))
    assert statuses(got) == {"verified"}
    assert claims(got, truth()) != []


def test_what_sums_cannot_see_in_tables_two_and_four() -> None:
    other = ["2", "1", *FOUR[2:]]  # between two outcomes of one block
    got = read_on("lines", [*TWO, ["规章", "9", "0", "5"], *table_four(other)])
    assert trusted(got, "t2")["t2.rules.issued"] == 9
    assert trusted(got, "t4")["t4.review.upheld"] == 2
    swapped = read_on("lines", table_four([*FOUR[5:10], *FOUR[:5], *FOUR[10:]]))
    assert statuses(swapped) == {"verified"}


def test_a_row_that_a_single_sum_covers_hides_what_compensates_within_it() -> None:
    table = moved(("granted", 0, 1), ("granted", 1, -1))
    seen = read_on("lines", table_three(table))
    assert seen["t3.granted.natural_person"].status == "failed"
    del table["result_total"]
    unseen = read_on("lines", table_three(table))
    assert unseen["t3.granted.natural_person"].status == "verified"


def test_every_form_has_the_rows_that_these_tests_use() -> None:
    assert (
        set(CELLS) == set(OTHER) == {r.key for r in FORMS["2021"].tables.t3.rows if r.cells is True}
    )
    assert LINES


def two_rows_of_heads(upper: Sequence[str], lower: Sequence[str], order: Sequence[int]) -> str:
    """Table three on a page, its heads in two rows; ``upper`` are cells with their tags."""
    labels = ["<tr><th rowspan=2>申请人情况</th>", *upper, "</tr><tr>"]
    labels += [f"<th>{h}</th>" for h in lower]
    body = "".join(
        f"<tr><td>{cells[0]}</td>{''.join(f'<td>{cells[1 + n]}</td>' for n in order)}</tr>"
        for cells in table_three(CELLS)
        if len(cells) > 1
    )
    return f"<html><body><table>{''.join(labels)}</tr>{body}</table></body></html>"


TOTAL_FIRST = (6, 0, 1, 2, 3, 4, 5)


@pytest.mark.parametrize("span", ["colspan=5", ""])
def test_a_total_before_two_rows_of_heads(span: str) -> None:
    upper = [
        "<th rowspan=2>总计</th>",
        "<th rowspan=2>自然人</th>",
        f"<th {span}>法人或其他组织</th>",
    ]
    got = read(two_rows_of_heads(upper, HEADS[1:6], TOTAL_FIRST), "x.html")
    assert claims(got, truth()) == []
    if span:
        assert trusted(got) == truth()


def test_heads_whose_span_was_lost_give_no_places() -> None:
    upper = ["<th>总计</th>", "<th>自然人</th>", "<th>法人或其他组织</th>"]
    page = two_rows_of_heads(upper, HEADS[1:6], TOTAL_FIRST).replace(" rowspan=2", "")
    assert claims(read(page, "x.html"), truth()) == []
