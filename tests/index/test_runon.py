"""Tables flattened into running text, and digits that ran together."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from index.amounts import Amount
from index.cells.splitting import place_runs
from index.formats import load_forms
from index.read.text import read_text
from index.reading import report_from_document
from index.report import Report, Status
from index.sidecar import Given
from index.tables.rows import Slot

ROOT = Path(__file__).parents[2]
FORM = {form.id: form for form in load_forms()}


def flattened(golden: dict[str, Decimal], *, form_id: str = "2021", gap: str = "") -> str:
    """A report whose tables a crawl has flattened: labels and digits in one line."""
    form = FORM[form_id]
    out = ["虚谷市2022年政府信息公开工作年度报告\n一、总体情况本市认真落实条例，全年运行平稳。"]
    out.append("二、主动公开政府信息情况 ")
    for group in form.tables.t2.groups:
        out.append(f"{group.caption}信息内容{''.join(c.label for c in group.columns)}")
        for row in group.rows:
            values = [golden.get(f"t2.{row.key}.{c.key}", 0) for c in group.columns]
            out.append(row.label + gap.join(map(str, values)))
    out.append(
        "三、收到和处理政府信息公开申请情况（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    )
    columns = form.tables.t3.columns
    out.append("申请人情况自然人法人或其他组织总计" + "".join(c.label for c in columns[1:6]))
    for row in form.tables.t3.rows:
        out.append(f"{row.number}{row.label}")
        if row.cells is True:
            out.append(gap.join(str(golden[f"t3.{row.key}.{c.key}"]) for c in columns))
    t4 = form.tables.t4
    heads = "".join(o.label for o in t4.outcomes)
    out.append(
        f"四、政府信息公开行政复议、行政诉讼情况行政复议行政诉讼{heads}未经复议直接起诉复议后起诉{heads}{heads}"
    )
    out.append(gap.join(str(golden[f"t4.{b.key}.{o.key}"]) for b in t4.blocks for o in t4.outcomes))
    out.append(
        "五、存在的主要问题及改进情况一是解读偏少；二是专栏更新不快。六、其他需要报告的事项无。"
    )
    return "".join(out)


def read(text: str) -> Report:
    return report_from_document(read_text(text.encode(), Path("flat.txt")), Given())


def figures_of(stem: str) -> dict[str, Decimal]:
    data = json.loads((ROOT / "tests" / "golden" / f"{stem}.json").read_text("utf-8"))
    return {k: Decimal(str(v)) for k, v in data["figures"].items() if v is not None}


@pytest.mark.parametrize("stem", ["yunxiu-2021", "yunxiu-2022", "lanyu-2022", "yimaban-2023"])
def test_run_together_rows_are_read_right_or_left_open(stem: str) -> None:
    golden = figures_of(stem)
    report = read(flattened(golden))
    found = {f.address: f for f in report.table_figures}
    assert {a for a in golden if a.startswith(("t3.", "t4."))} <= set(found)
    for address, figure in found.items():
        if figure.value is not None:
            assert figure.value == golden[address], address
            assert figure.span is not None
            assert report.text[slice(*figure.span)] == figure.printed == str(golden[address])
        else:
            assert figure.status is Status.AMBIGUOUS
            assert not figure.candidates or golden[address] in figure.candidates
    read_rows = [f for f in found.values() if f.table == "t3" and f.value is not None]
    assert len(read_rows) > 150


def test_spaces_between_cells_settle_them() -> None:
    golden = figures_of("yunxiu-2021")
    report = read(flattened(golden, gap=" "))
    for figure in report.table_figures:
        assert figure.value == golden[figure.address], figure.address


def test_a_changed_digit_is_never_stated_as_it_was() -> None:
    golden = figures_of("yunxiu-2021")
    text = flattened(golden)
    row = "".join(str(golden[f"t3.carried_out.{c.key}"]) for c in FORM["2021"].tables.t3.columns)
    label = "四、结转下年度继续办理"
    assert label + row in text
    broken = read(text.replace(label + row, label + "9" + row[1:]))
    carried = [f for f in broken.figures if f.row == "carried_out"]
    assert all(f.status not in (Status.VERIFIED, Status.PRINTED) for f in carried)


def test_prose_around_a_flattened_table_is_kept_as_passages() -> None:
    report = read(flattened(figures_of("yunxiu-2021")))
    prose = " ".join(p.text for p in report.passages)
    assert "全年运行平稳" in prose
    assert "专栏更新不快" in prose
    assert "一、本年新收政府信息公开申请数量" not in prose


def test_a_year_after_a_heading_begins_its_sentence() -> None:
    text = flattened(figures_of("yunxiu-2021"))
    text = text.replace(
        "六、其他需要报告的事项无。", "六、其他需要报告的事项2022年没有收取信息处理费。"
    )
    assert read(text).passages[-1].text == "2022年没有收取信息处理费。"


def test_a_misprint_is_not_cut_so_that_it_adds_up() -> None:
    """``3 32 0`` under a printed 26: of its digits, ``3 3 20 26`` adds up, and balances nowhere."""
    printed = {
        "granted": "0202",
        "partial": "3003",
        "results": "3205",
        "new": "332026",
        "carried_in": "2024",
        "carried_out": "221225",
    }
    rows = {
        key: [Slot(text, Amount(None), (0, len(text)), None, None, run=True)]
        for key, text in printed.items()
    }
    balance = (("new", "carried_in"), ("results", "carried_out"))
    placed = place_runs(rows, 4, ("granted", "partial"), "results", balance)
    assert [c.value for c in placed["granted"]] == [0, 2, 0, 2]
    # where carried_out is open (2 21 2, or 22 1 2), T3-BAL cannot tell that 3 is wrong
    assert [c.value for c in placed["carried_out"]] == [None, None, 2, 25]
    assert [c.value for c in placed["new"]] == [None, None, 20, 26]


def test_its_own_sum_is_not_enough_for_a_row_of_many_digits() -> None:
    """``11 29 0 0 38 11 87`` is misprinted (89); ``… 90 0 3 81 187`` adds up in every way left."""
    texts = {"granted": "112900381187", "partial": "99", "denied": "0201003", "results": "0000000"}
    rows = {
        key: [Slot(text, Amount(None), (0, len(text)), None, None, run=True)]
        for key, text in texts.items()
    }
    summands = ("granted", "partial", "denied")  # partial cannot be cut, so that T3-SUM is no test
    placed = place_runs(rows, 7, summands, "results", (("new",), ("results",)))
    assert {c.state for c in placed["granted"]} == {"open"}
    assert placed["granted"][2].candidates == (90,)
    assert [c.value for c in placed["denied"]] == [0, 2, 0, 1, 0, 0, 3]
