"""The view of an annexed table: label, unit and value, and the cell of an answer lit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Kind, Language, Role
from assistant.answering.evidence import bind
from assistant.web import catalogue
from assistant.web.evidence import panel
from assistant.web.words_en import EN
from assistant.web.words_zh import ZH
from index.reading import read_report
from index.report import Report, card_of
from tests.index.annexed import drawn, pipes, read, rows_of, table
from tests.web.test_render import Seen, text_of

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def report() -> Report:
    return read_report(EXAMPLES / "jichuan-2017.txt")


def table_rows(markup: str) -> list[list[str]]:
    """Texts of the cells of each table row."""
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in re.findall(r"<tr.*?</tr>", markup)
    ]


def answered(report: Report, address: str) -> Answer:
    figure = report.figure(address)
    assert figure is not None
    return Answer(
        kind=Kind.FIGURE,
        text=f"{figure.value}",
        language=Language.HANS,
        value=figure.value,
        unit=figure.unit,
        figures=tuple(bind(report, [figure], Role.ANSWER)),
    )


@pytest.mark.parametrize(
    ("w", "head", "row"),
    [
        (ZH, ["项目", "单位", "统计数"], ["（一）收到申请数", "件"]),
        (EN, ["Item", "Unit", "Number"], ["（一） Requests received", "件"]),
    ],
    ids=["zh", "en"],
)
def test_a_row_shows_its_label_its_unit_and_its_value(
    report: Report, w: Any, head: list[str], row: list[str]
) -> None:
    rows = table_rows(catalogue.report_view(report, w))
    assert head in rows
    (found,) = [r for r in rows if r[0] == row[0]]
    assert found[:2] == row
    assert found[2].startswith("46")
    assert {len(r) for r in rows if r[0] != w.item} == {1, 3}  # heads, and rows with figures


def test_heads_and_totals_stand_above_their_rows(report: Report) -> None:
    labels = [r[0] for r in table_rows(catalogue.report_view(report, ZH))]
    order = [
        *("三、依申请公开情况", "（一）收到申请数", "1.当面申请数", "4.不同意公开答复数"),
        *("1.涉及国家秘密", "四、行政复议数量", "（二）被依法纠错数", "五、行政诉讼数量"),
    ]
    places = [labels.index(label) for label in order]
    assert places == sorted(places)
    assert labels.count("（二）被依法纠错数") == 2
    assert "附表 政府信息公开情况统计表" in text_of(catalogue.report_view(report, ZH))


def test_the_answered_cell_is_lit_and_only_it(report: Report) -> None:
    answer = answered(report, "annex.channel_wechat.value")
    seen = Seen(panel(answer, 0, lambda _: report, ZH, "微信公开多少条"))
    lit = seen.by_class("gj-lit")
    assert [attrs["data-address"] for attrs, _ in lit] == ["annex.channel_wechat.value"]
    assert lit[0][1].startswith("903") and ZH.answer_cell in lit[0][1]
    marked = [
        "".join(t) for (tag, _), t in zip(seen.elements, seen.texts, strict=True) if tag == "mark"
    ]
    assert marked == ["903"]
    ((_, place),) = seen.by_class("gj-place")
    assert "第八部分" not in place and "政府信息公开情况统计表" in place


def test_a_failing_sum_is_outlined_with_its_parts() -> None:
    values = drawn(1)
    broken = read(table(rows_of(values | {"staff": values["staff"] + 5})), pipes)
    seen = Seen(catalogue.report_view(broken, ZH))
    outlined = {attrs["data-address"] for attrs, _ in seen.by_class("gj-broken")}
    assert outlined == {f"annex.{r}.value" for r in ("staff", "staff_full_time", "staff_part_time")}
    assert "A-STAFF" in seen.by_class("gj-eq")[0][1]


def test_the_list_says_that_it_is_not_comparable(report: Report) -> None:
    (card,) = Seen(catalogue.card_list([card_of(report)], ZH)).by_class("gj-card")
    assert ZH.not_comparable in card[1]
    newer = read_report(EXAMPLES / "yunxiu-2021.txt")
    (card,) = Seen(catalogue.card_list([card_of(newer)], ZH)).by_class("gj-card")
    assert ZH.not_comparable not in card[1]
