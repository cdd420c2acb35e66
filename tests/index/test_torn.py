"""Rows torn from their labels: given back only where nothing else is possible."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from index.reading import read_report
from index.report import TRUSTED
from tests.index.helpers import FORMS, T3_COLUMNS, balanced, seeded, table_three
from tests.index.surfaces import read, row, statuses

CELLS = balanced(
    new="30 4 0 0 2 0 36",
    carried_in="2 0 0 0 0 0 2",
    granted="9 1 0 0 1 0 11",
    partial="1 0 0 0 0 0 1",
    denied_internal="3 0 0 0 0 0 3",
    denied_query="0 0 0 0 0 0 0",
    unable_not_held="4 1 0 0 0 0 5",
    unable_need_create="6 0 0 0 1 0 7",
    unable_unclear="2 1 0 0 0 0 3",
    other_no_correction="5 1 0 0 0 0 6",
    result_total="30 4 0 0 2 0 36",
    carried_out="2 0 0 0 0 0 2",
)
ROWS = {r.key: r for r in FORMS["2021"].tables.t3.rows}
ORDER = [r.key for r in FORMS["2021"].tables.t3.rows]
RULE = "|---|---|---|---|---|---|---|---|\n"


def label(key: str) -> str:
    return f"{ROWS[key].number}{ROWS[key].label}"


def torn(
    keys: Sequence[str],
    cells: dict[str, list[str]] | None = None,
    *,
    fragments: dict[str, str] | None = None,
    unprinted: Sequence[str] = (),
) -> str:
    """Table three in markdown; the labels of ``keys`` stand after the table their rows are in.

    A run of torn rows is a table of its own, and its labels follow broken over lines, also
    those whose row is not in ``cells``;
    ``fragments`` stay in the row, ``unprinted`` labels are lost.
    """
    table = cells or CELLS
    out = ["| 申请人情况 | 自然人 |  |  |  |  |  | 总计 |\n", RULE]
    waiting: list[str] = []
    for key in ORDER:
        if key in keys:
            piece = (fragments or {}).get(key)
            prefix = [] if piece is None else [piece]
            if key in table:
                out.append(f"| {' | '.join([*prefix, *table[key]])} |\n")
            waiting.append(key)
            continue
        if key not in table:
            continue
        out.extend(f"\n{broken(k)}\n" for k in waiting if k not in unprinted)
        if waiting:
            out.append(f"\n| 续表 |  |  |  |  |  |  |  |\n{RULE}")
        waiting = []
        out.append(f"| {' | '.join([label(key), *table[key]])} |\n")
    out.extend(f"\n{broken(k)}\n" for k in waiting if k not in unprinted)
    return "".join(out)


def broken(key: str) -> str:
    """A label as such conversions print it: in lines of eleven characters."""
    text = label(key)
    return "\n".join(text[i : i + 11] for i in range(0, len(text), 11))


def values(key: str, cells: dict[str, list[str]] = CELLS) -> list[int]:
    return [int(v) for v in cells[key]]


TORN = [
    ["partial"],
    ["unable_not_held", "unable_need_create", "unable_unclear"],
    ["granted", "partial", "denied_state_secret"],
    ["other_no_correction", "other_no_payment"],
    ["partial", "denied_internal", "unable_unclear", "notproc_mass", "other_no_payment"],
    ["carried_in", "granted"],
]


@pytest.mark.parametrize("keys", TORN, ids=",".join)
def test_as_many_rows_as_labels_between_two_anchors(keys) -> None:
    got = read(torn(keys), "x.md")
    for key in CELLS:
        assert row(got, key) == values(key), key
    assert statuses(got) == {"verified"}


def test_a_given_row_is_cited_at_its_cells() -> None:
    text = torn(["partial"])
    figure = read(text, "x.md")["t3.partial.natural_person"]
    assert figure.span is not None
    assert text[slice(*figure.span)] == figure.printed == "1"
    assert figure.row_span is not None
    assert "部分公开" in text[slice(*figure.row_span)]


@pytest.mark.slow
def test_any_choice_of_torn_rows_is_read_right_or_left_open() -> None:
    read_right = left_open = 0
    for seed in range(120):
        rng = seeded(seed)
        keys = [k for k in CELLS if k not in ("new", "carried_out") and rng.random() < 0.4]
        got = read(torn(keys), "x.md")
        for key in CELLS:
            for column, want in zip(T3_COLUMNS, values(key), strict=True):
                figure = got.get(f"t3.{key}.{column}")
                if figure is None or figure.value is None:
                    left_open += 1
                else:
                    read_right += 1
                    assert figure.value == want, (seed, key)
    assert read_right > 20_000
    assert left_open == 0


@pytest.mark.parametrize("lost", ["unable_not_held", "unable_need_create", "unable_unclear"])
def test_fewer_rows_than_labels_are_given_to_none(lost) -> None:
    keys = ["unable_not_held", "unable_need_create", "unable_unclear"]
    rest = {k: v for k, v in CELLS.items() if k != lost}
    got = read(torn(keys, rest), "x.md")
    assert all(got.get(f"t3.{k}.total") is None or row(got, k) == ["?"] * 7 for k in keys)
    assert row(got, "granted") == values("granted")


def test_more_rows_than_labels_are_given_only_as_the_sums_allow() -> None:
    keys = ["unable_not_held", "unable_need_create", "unable_unclear"]
    stray = "| 9 | 0 | 0 | 0 | 0 | 0 | 9 |\n"
    spot = "| 4 | 1 | 0 | 0 | 0 | 0 | 5 |\n"
    text = torn(keys)
    assert spot in text
    for added in (f"{stray}{spot}", f"{spot}{stray}"):
        got = read(text.replace(spot, added), "x.md")
        assert [row(got, k) for k in keys] == [values(k) for k in keys]
    double = read(text.replace(spot, spot * 2), "x.md")  # either of the two: they say the same
    assert [row(double, k) for k in keys] == [values(k) for k in keys]
    unproven = {k: v for k, v in CELLS.items() if k != "result_total"}
    for added in (f"{stray}{spot}", spot * 2):
        got = read(torn(keys, unproven).replace(spot, added), "x.md")
        assert all(row(got, k) == ["?"] * 7 for k in keys)


def test_choices_that_add_up_alike_give_none() -> None:
    """Of 1, 5, 3, 3 two rows are the labels': 1 and 5, or 3 and 3."""
    keys = ["other_no_correction", "other_no_payment"]
    one, five, three = ([str(n), *"00000", str(n)] for n in (1, 5, 3))
    cells = CELLS | {"other_no_correction": one, "other_no_payment": five}
    cells |= {key: ["31", "3", "0", "0", "2", "0", "36"] for key in ("new", "result_total")}
    last = f"| {' | '.join(five)} |\n"
    more = "".join(f"| {' | '.join(three)} |\n" for _ in range(2))
    text = torn(keys, cells)
    assert last in text
    assert row(read(text, "x.md"), keys[1]) == values(keys[1], cells)
    got = read(text.replace(last, f"{last}{more}"), "x.md")
    assert all(row(got, k) == ["?"] * 7 for k in keys)


def test_a_fragment_of_a_label_in_its_row_is_an_anchor() -> None:
    keys = ["unable_not_held", "unable_need_create", "unable_unclear"]
    rest = {k: v for k, v in CELLS.items() if k != "unable_need_create"}
    fragments = {"unable_not_held": "府信息", "unable_unclear": "不明确"}
    got = read(torn(keys, rest, fragments=fragments), "x.md")
    assert row(got, "unable_not_held") == values("unable_not_held")
    assert row(got, "unable_unclear") == values("unable_unclear")
    assert "t3.unable_need_create.total" not in got or row(got, keys[1]) == ["?"] * 7


@pytest.mark.parametrize("fragment", ["公开", "信息", "小计", "外单位转来"])
def test_a_fragment_that_fits_several_labels_or_none_is_no_anchor(fragment) -> None:
    keys = ["unable_not_held", "unable_need_create"]
    rest = {k: v for k, v in CELLS.items() if k != "unable_need_create"}
    got = read(torn(keys, rest, fragments={"unable_not_held": fragment}), "x.md")
    for key in keys:
        assert all(f.status not in TRUSTED for f in got.values() if f.row == key)


def test_fragments_in_another_order_open_the_rows_between() -> None:
    keys = ["unable_not_held", "unable_need_create", "unable_unclear"]
    fragments = {"unable_not_held": "不明确", "unable_unclear": "不掌握"}
    got = read(torn(keys, fragments=fragments), "x.md")
    assert all(row(got, k) == ["?"] * 7 for k in keys)


def test_fragments_in_another_order_open_rows_though_the_sums_hold() -> None:
    keys = ["other_no_correction", "other_no_payment"]
    fragments = dict(zip(keys, ["缴纳费用", "不补正"], strict=True))
    got = read(torn(keys, fragments=fragments), "x.md")
    assert all(row(got, k) == ["?"] * 7 for k in keys)


def test_a_row_is_given_to_no_label_that_its_fragment_is_not_of() -> None:
    keys = ["unable_not_held", "unable_need_create", "unable_unclear"]
    for key in keys:
        got = read(torn(keys, fragments={key: "信息"}), "x.md")  # of the first two
        fits = "信息" in ROWS[key].label
        assert [row(got, k) for k in keys] == [values(k) if fits else ["?"] * 7 for k in keys]


@pytest.mark.parametrize(
    "pair", [("denied_query", "notproc_mass"), ("granted", "denied_third_party")]
)
def test_anchors_in_another_order_give_nothing(pair) -> None:
    keys = ["unable_not_held", "unable_need_create", "unable_unclear"]
    text = torn(keys)
    one, other = (f"| {' | '.join([label(k), *CELLS[k]])} |\n" for k in pair)
    got = read(text.replace(one, "@").replace(other, one).replace("@", other), "x.md")
    assert all(row(got, k) == ["?"] * 7 for k in keys)
    assert row(got, "granted") == values("granted")


def test_a_label_that_is_not_printed_needs_the_sums() -> None:
    got = read(torn(["partial"], unprinted=["partial"]), "x.md")
    assert row(got, "partial") == values("partial")
    broken_sum = CELLS | {"result_total": ["31", "4", "0", "0", "2", "0", "37"]}
    got = read(torn(["partial"], broken_sum, unprinted=["partial"]), "x.md")
    assert "t3.partial.total" not in got


@pytest.mark.parametrize("key", ["new", "carried_out"])
def test_a_row_at_the_end_of_the_table_needs_the_sums(key) -> None:
    broken_balance = CELLS | {"carried_in": ["3", "0", "0", "0", "0", "0", "3"]}
    text = torn([key], broken_balance)
    if key == "new":
        text = f"{label(key)}\n\n{text}"
    got = read(text, "x.md")
    found = [f for f in got.values() if f.row == key]
    assert all(f.status not in TRUSTED for f in found)


def test_a_number_beside_a_torn_label_is_no_cell() -> None:
    text = torn(["partial"])
    first = broken("partial").splitlines()[-1]
    got = read(text.replace(f"{first}\n", f"{first}\n1\n"), "x.md")
    assert row(got, "partial") == values("partial")


def test_torn_rows_outside_of_a_grid() -> None:
    rows = table_three(CELLS)
    place = next(n for n, r in enumerate(rows) if "需要另行制作" in r[0])
    name, *cells = rows[place]
    rows[place] = [f"（四）无{name[:8]}", f"法提供{name[8:]}", *cells]
    got = read("".join(f"{c}\n" for r in rows for c in r))
    assert row(got, "unable_need_create") == values("unable_need_create")
    assert statuses(got) == {"verified"}


def test_a_real_report_with_torn_labels(shared: Path) -> None:
    truth = json.loads(
        (shared / "corpus" / "truth" / "shanghai-stcsm-2024.json").read_text("utf-8"),
        parse_float=Decimal,
    )
    report = read_report(shared / "corpus" / "reports" / truth["file"])
    got = {f.address: f for f in report.figures}
    known = {a: v for a, v in truth["figures"].items() if v is not None}
    assert len(known) == 199
    assert {a: got[a].value for a in known} == known
    assert got["t3.carried_out.total"].status == "blank"
    for figure in report.figures:
        if figure.span is not None:
            assert report.text[slice(*figure.span)] == figure.printed
