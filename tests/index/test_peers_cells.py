"""What real cells look like, a test for each case: blanks, digits, signs, notes and units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.index.helpers import balanced, table_four, table_three
from tests.index.surfaces import GRIDS, SURFACES, head, read, read_on, row, statuses

BIG = balanced(
    new="1163 2 0 0 1 0 1166",
    carried_in="1 0 0 0 0 0 1",
    granted="1151 1 0 0 1 0 1153",
    denied_query="2 0 0 0 0 0 2",
    result_total="1153 1 0 0 1 0 1155",
    carried_out="11 1 0 0 0 0 12",
)
TWO = ["第二十条第（一）项"], ["信息内容"], ["本年制发件数"], ["本年废止件数"], ["现行有效件数"]
FEES = ["第二十条第（八）项"], ["信息内容"], ["本年收费金额（单位：万元）"]
ITEMS = ["第二十条第（五）项"], ["信息内容"], ["上一年项目数量"], ["本年增/减"], ["处理决定数量"]
BUYING = ["第二十条第（九）项"], ["信息内容"], ["采购项目数量"], ["采购总金额"]


def with_cells(key: str, cells: list[str]) -> list[list[str]]:
    return table_three(BIG | {key: cells})


# -- blanks: /, —, &nbsp;, empty -------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["/", "—", "——", "-"])
@pytest.mark.parametrize("surface", SURFACES)
def test_a_slash_or_a_dash_is_a_blank_and_0_where_that_is_proven(surface, blank) -> None:
    cells = ["1151", "1", blank, blank, "1", blank, "1153"]
    got = read_on(surface, with_cells("granted", cells))
    assert row(got, "granted") == [1151, 1, 0, 0, 1, 0, 1153]
    figure = got["t3.granted.research_institution"]
    assert (figure.status.value, figure.mark, figure.printed) == ("verified", "blank", blank)
    assert got["t3.granted.natural_person"].mark is None


@pytest.mark.parametrize("surface", SURFACES)
def test_a_slash_that_no_sum_proves_is_blank(surface) -> None:
    rows = with_cells("granted", ["1151", "1", "/", "/", "1", "0", "/"])
    rows = [r for r in rows if not r[0].startswith("（七）")]
    got = read_on(surface, rows)
    assert row(got, "granted") == [1151, 1, None, None, 1, 0, None]
    assert got["t3.granted.total"].status == "blank"
    assert got["t3.granted.natural_person"].status == "printed"


@pytest.mark.parametrize("blank", ["&nbsp;", "", "&#160;", "<p>&nbsp;</p>", "&emsp;"])
@pytest.mark.parametrize("surface", ["web", "markdown"])
def test_an_entity_for_a_space_is_an_empty_cell(surface, blank) -> None:
    if surface == "markdown" and "<" in blank:
        blank = "<br>&nbsp;"
    cells = ["1151", "1", blank, blank, "1", blank, "1153"]
    got = read_on(surface, [*head(), *with_cells("granted", cells)])
    assert row(got, "granted") == [1151, 1, 0, 0, 1, 0, 1153]
    assert got["t3.granted.other_org"].mark == "blank"


@pytest.mark.parametrize("blank", ["", "\u3000", "\xa0"])
@pytest.mark.parametrize("surface", GRIDS)
def test_an_empty_cell_of_a_grid_keeps_its_column(surface, blank) -> None:
    cells = ["1151", blank, blank, "1", "1", blank, "1153"]
    got = read_on(surface, [*head(), *with_cells("granted", cells)])
    assert row(got, "granted")[3] == 1
    assert row(got, "granted")[0] == 1151
    assert statuses(got, "new") >= {"verified"}


# -- digits ----------------------------------------------------------------------------------------

WRITTEN = {
    "full width": str.maketrans("0123456789", "０１２３４５６７８９"),
    "traditional": str.maketrans({}),
}
SEPARATED = {"1163": "1,163", "1166": "1，166", "1151": "1,151", "1153": "1，153", "1155": "1,155"}


@pytest.mark.parametrize("surface", SURFACES)
def test_full_width_digits(surface) -> None:
    table = {k: [v.translate(WRITTEN["full width"]) for v in vs] for k, vs in BIG.items()}
    got = read_on(surface, table_three(table))
    assert row(got, "new") == [1163, 2, 0, 0, 1, 0, 1166]
    assert got["t3.new.total"].printed == "１１６６"
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("surface", SURFACES)
def test_thousands_separators(surface) -> None:
    table = {k: [SEPARATED.get(v, v) for v in vs] for k, vs in BIG.items()}
    got = read_on(surface, table_three(table))
    assert row(got, "new") == [1163, 2, 0, 0, 1, 0, 1166]
    assert (got["t3.new.natural_person"].printed, got["t3.new.total"].printed) == (
        "1,163",
        "1，166",
    )
    assert statuses(got) == {"verified"}


def test_a_separator_in_the_wrong_place_is_no_number() -> None:
    got = read_on("lines", with_cells("granted", ["11,51", "1", "0", "0", "1", "0", "1153"]))
    assert row(got, "granted") == ["?", 1, 0, 0, 1, 0, 1153]


# -- notes and signs in cells ----------------------------------------------------------------------


@pytest.mark.parametrize("surface", SURFACES)
def test_a_note_of_one_character(surface) -> None:
    table = BIG | {"other_other": ["6撤", "0", "0", "0", "0", "0", "6"]}
    table |= {"granted": ["1145", "1", "0", "0", "1", "0", "1147"]}
    got = read_on(surface, table_three(table))
    figure = got["t3.other_other.natural_person"]
    assert (figure.value, figure.mark, figure.printed) == (6, "撤", "6撤")
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize(
    "printed", ["22（其中修订 16 件）", "22（其中修订16件）", "22(其中修订16件)"]
)
@pytest.mark.parametrize("surface", ["lines", "padded", "pipes", "tabs", "web", "markdown"])
def test_a_note_with_a_number_of_its_own(surface, printed) -> None:
    got = read_on(surface, [*TWO, ["规章", "0", "0", "3"], ["行政规范性文件", printed, "4", "55"]])
    figure = got["t2.normative_docs.issued"]
    assert (figure.value, figure.status.value, figure.printed) == (22, "printed", printed)
    assert figure.mark is not None
    assert "修订" in figure.mark
    assert got["t2.normative_docs.in_force"].value == 55


@pytest.mark.parametrize(
    ("printed", "value"),
    [("減3", -3), ("减3", -3), ("--253", -253), ("-253", -253), ("－253", -253), ("−253", -253),
     ("+12", 12), ("减少3", -3)],
)  # fmt: skip
@pytest.mark.parametrize("surface", SURFACES)
def test_a_change_with_a_sign_or_a_word_for_it(surface, printed, value) -> None:
    got = read_on(surface, [*ITEMS, ["行政许可", "396", printed, "442278"]], "2019")
    assert [f.value for f in got.values()] == [396, value, 442278]
    assert got["t2.licensing.change"].printed == printed
    assert statuses(got) == {"printed"}


@pytest.mark.parametrize("surface", SURFACES)
def test_a_minus_in_table_three_fails(surface) -> None:
    got = read_on(surface, with_cells("granted", ["1152", "-1", "1", "0", "1", "0", "1153"]))
    assert got["t3.granted.commercial_enterprise"].status == "failed"


@pytest.mark.parametrize("surface", SURFACES)
def test_a_unit_in_the_cell_beside_one_in_the_head(surface) -> None:
    yuan = read_on(surface, [*BUYING, ["政府集中采购", "3", "251000元"]], "2019")
    assert (yuan["t2.procurement.amount"].value, yuan["t2.procurement.amount"].unit) == (
        251000, "元"
    )  # fmt: skip
    fees = read_on(surface, [*FEES, ["行政事业性收费", "160.5964万元"]])["t2.fees.amount"]
    assert (fees.value, fees.unit, fees.status.value) == (Decimal("160.5964"), "万元", "printed")
    plain = read_on(surface, [*FEES, ["行政事业性收费", "251000元"]])["t2.fees.amount"]
    assert (plain.value, plain.unit) == (251000, "元")


@pytest.mark.parametrize("surface", SURFACES)
def test_a_footnote_mark_after_a_number(surface) -> None:
    values = ["3①", "0", "0", "0", "3", *["0"] * 10]
    got = read_on(surface, table_four(values))
    figure = got["t4.review.upheld"]
    assert (figure.value, figure.printed, figure.status.value) == (3, "3①", "verified")


@pytest.mark.parametrize("surface", SURFACES)
def test_a_note_below_that_explains_a_cell(surface) -> None:
    rows = [*table_four(["3", "0", "0", "0", "3", *["0"] * 10]), ["注：3个均为2020年立案后结转"]]
    got = read_on(surface, rows)
    assert [f.value for f in got.values()][:5] == [3, 0, 0, 0, 3]
    assert statuses(got) == {"verified"}


def test_a_number_of_a_year_is_no_cell_of_a_row() -> None:
    text = "".join(f"{c}\n" for r in with_cells("granted", BIG["granted"]) for c in r)
    got = read(text.replace("（一）予以公开\n", "（一）予以公开\n（2023）\n"))
    assert row(got, "new") == [1163, 2, 0, 0, 1, 0, 1166]
    assert row(got, "granted") in ([1151, 1, 0, 0, 1, 0, 1153], ["?"] * 7)
