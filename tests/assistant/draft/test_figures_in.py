"""The clerk's figures: what is taken, and each fault told by its cell with what to do."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.draft.draft import draft_report
from assistant.draft.entries import Entry, settle
from assistant.draft.figures_in import read_figures
from assistant.draft.layout import form_for, value_spots
from assistant.draft.model import Origin
from index.errors import InputError, UnreadableFile
from index.report import Status
from tests.assistant.draft.pairs import open_cells, save_figures, without_totals, written_pair

FORM = form_for(2024)
NEW = "t3.new.natural_person"


def read(folder: Path, name: str, text: str | bytes) -> tuple[dict[str, object], list[str]]:
    """Values by address, and what is told of the rest."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    figures = read_figures(path, "甲县人民政府", 2024, FORM)
    return {a: f.value for a, f in figures.values.items()}, [str(p) for p in figures.problems]


def test_csv_by_address(tmp_path: Path) -> None:
    text = f'地址,数值\n单位,甲县人民政府\n年度,2024年\n{NEW},"1,163"\nt2.fees.amount,3.50\n'
    values, problems = read(tmp_path, "a.csv", text)
    assert values == {NEW: 1163, "t2.fees.amount": Decimal("3.50")}
    assert not problems


def test_a_body_may_be_written_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path, "a.csv", f"单位,甲縣人民政府\n{NEW},3\n") == ({NEW: 3}, [])
    assert read(tmp_path, "a.csv", f"单位,甲县\n{NEW},3\n") == ({NEW: 3}, [])


def test_csv_in_gbk(tmp_path: Path) -> None:
    values, problems = read(tmp_path, "a.csv", f"单位,甲县人民政府\n{NEW},３\n".encode("gb18030"))
    assert (values, problems) == ({NEW: 3}, [])


def test_json_keeps_decimals(tmp_path: Path) -> None:
    text = '{"year": 2024, "figures": {"t2.fees.amount": 0.10, "t2.rules.issued": null}}'
    assert read(tmp_path, "a.json", text) == ({"t2.fees.amount": Decimal("0.10")}, [])


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("约5", "不是一个明确的数"),
        ("五件左右", "不是一个明确的数"),
        ("6撤", "不是一个明确的数"),
        ("-2", "是负数"),
        ("1.5", "有小数"),
        ("3万元", "带有别的单位"),
        ("1 63", "不是一个明确的数"),
        ("9" * 5_000, "不是一个明确的数"),
    ],
)
def test_what_is_no_count_is_told_by_its_cell(raw: str, told: str, tmp_path: Path) -> None:
    values, problems = read(tmp_path, "a.csv", f"{NEW},{raw}\nt3.new.total,9\n")
    assert values == {"t3.new.total": 9}
    (problem,) = problems
    assert problem.startswith("a.csv 第1行：")
    assert raw[:40] in problem
    assert told in problem
    assert "请填不小于零的整数" in problem


@pytest.mark.parametrize("raw", ["", "/", "—"])
def test_blanks_are_open_and_no_fault(raw: str, tmp_path: Path) -> None:
    assert read(tmp_path, "a.csv", f"{NEW},{raw}\n") == ({}, [])


@pytest.mark.parametrize("raw", ["3件", "3", "+3", " 3 "])
def test_a_count_may_carry_its_own_unit(raw: str, tmp_path: Path) -> None:
    assert read(tmp_path, "a.csv", f"{NEW},{raw}\n") == ({NEW: 3}, [])


def test_a_fee_in_yuan_is_not_taken_for_ten_thousands(tmp_path: Path) -> None:
    values, problems = read(tmp_path, "a.csv", "t2.fees.amount,251000元\n")
    assert not values
    assert "万元" in problems[0]


def test_unknown_and_repeated_addresses(tmp_path: Path) -> None:
    values, problems = read(tmp_path, "a.csv", f"t3.gone.total,1\n{NEW},2\n{NEW},2\n")
    assert not values
    assert "没有“t3.gone.total”这一格" in problems[0]
    assert "两处都不采用" in problems[1]
    assert "第2行" in problems[1]
    pairs = f'{{"figures": {{"{NEW}": 1, "{NEW}": 2, "t3.new.total": [1]}}}}'
    values, problems = read(tmp_path, "a.json", pairs)
    assert not values
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("meant", "told"),
    [
        ({"body": "乙县人民政府"}, "单位“乙县人民政府”"),
        ({"year": 2023}, "年度“2023”"),
        ({"form": "2019"}, "表式“2019”"),
    ],
)
def test_another_report_s_figures_are_not_used(
    meant: dict[str, object], told: str, tmp_path: Path
) -> None:
    path = save_figures(tmp_path, {NEW: 3}, **meant)
    figures = read_figures(path, "甲县人民政府", 2024, FORM)
    assert not figures.values
    assert told in figures.problems[0].what


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="txt"):
        read(tmp_path, "a.txt", "x")
    with pytest.raises(UnreadableFile, match=r"nowhere\.csv"):
        read_figures(tmp_path / "nowhere.csv", "甲县", 2024, FORM)
    with pytest.raises(UnreadableFile, match="JSON"):
        read(tmp_path, "a.json", "{")
    with pytest.raises(UnreadableFile, match="JSON"):
        read(tmp_path, "a.json", f'{{"figures": {{"{NEW}": {"9" * 5_000}}}}}')
    with pytest.raises(UnreadableFile, match="CSV"):
        read(tmp_path, "a.csv", "x" * 200_000)
    with pytest.raises(UnreadableFile, match="figures"):
        read(tmp_path, "a.json", "[1]")
    with pytest.raises(UnreadableFile, match=r"a\.xlsx"):
        read(tmp_path, "a.xlsx", "no workbook")


def test_what_was_read_already_may_be_given() -> None:
    spots = value_spots(FORM)
    figures = settle([Entry(NEW, 3, "第1行"), Entry("t3.new.total", "x", "第2行")], spots)
    draft = draft_report("甲县人民政府", 2024, figures=figures)
    assert (draft.cell(NEW).value, draft.cell(NEW).source) == (3, "第1行")
    assert [p.place for p in draft.problems] == ["甲县人民政府2023年报告", "第2行"]


def test_all_problems_come_at_once_and_the_rest_is_drafted(tmp_path: Path) -> None:
    last, this = written_pair(3, tmp_path)
    values: dict[str, object] = dict(without_totals(this.figures.values))
    values |= {"t2.rules.issued": -1, "t4.review.upheld": "两三件", "t2.fees.amount": "一些"}
    path = save_figures(tmp_path, values, body=this.prose.body)  # type: ignore[arg-type]
    draft = draft_report(this.prose.body, 2024, [last], path)
    told = {problem.address for problem in draft.problems}
    assert told == {"t2.rules.issued", "t4.review.upheld", "t2.fees.amount"}
    # the total of a block with an open cell is open too
    assert {c.address for c in open_cells(draft)} == told | {"t4.review.total"}
    assert draft.cell("t2.rules.issued").problem is not None
    assert draft.cell("t3.new.total").origin is Origin.COMPUTED


def test_a_bad_total_is_not_replaced_by_a_computed_one(tmp_path: Path) -> None:
    last, this = written_pair(3, tmp_path)
    values: dict[str, object] = {**this.figures.values, "t3.new.total": "许多"}
    path = save_figures(tmp_path, values)  # type: ignore[arg-type]
    draft = draft_report(this.prose.body, 2024, [last], path)
    assert draft.cell("t3.new.total").origin is Origin.OPEN


def test_a_given_carried_figure_must_be_last_year_s(tmp_path: Path) -> None:
    last, this = written_pair(3, tmp_path)
    address = "t3.carried_in.total"
    true = this.figures.values[address]
    path = save_figures(tmp_path, {**this.figures.values, address: true + 1})
    draft = draft_report(this.prose.body, 2024, [last], path)
    (problem,) = draft.problems
    assert f"填了 {true + 1}" in problem.what
    assert (draft.cell(address).value, draft.cell(address).origin) == (true, Origin.CARRIED)


def test_a_refused_column_that_is_given_is_no_problem(tmp_path: Path) -> None:
    last, this = written_pair(3, tmp_path)
    figures = tuple(
        f.model_copy(update={"status": Status.FAILED}) if f.address == "t3.carried_out.total" else f
        for f in last.figures
    )
    last = last.model_copy(update={"figures": figures})
    values = dict(this.figures.values)
    path = save_figures(tmp_path, values)
    draft = draft_report(this.prose.body, 2024, [last], path)
    assert not draft.problems
    assert draft.cell("t3.carried_in.total").origin is Origin.GIVEN
    del values["t3.carried_in.total"]
    draft = draft_report(this.prose.body, 2024, [last], save_figures(tmp_path, values))
    assert [p.address for p in draft.problems] == ["t3.carried_in.total"]
    assert draft.cell("t3.carried_in.total").origin is Origin.OPEN  # and is not computed


def test_what_could_not_be_carried_may_be_given(tmp_path: Path) -> None:
    _, this = written_pair(3, tmp_path)
    path = save_figures(tmp_path, this.figures.values)
    draft = draft_report(this.prose.body, 2024, [], path)
    assert [p.address for p in draft.problems] == [""]  # that there is no report, and no more
    assert draft.cell("t3.carried_in.total").origin is Origin.GIVEN
    assert not open_cells(draft)
