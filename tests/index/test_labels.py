"""Printed labels to keys of the form, whatever scraping did to them."""

from __future__ import annotations

import pytest

from index.tables.labels import LabelIndex, split_label
from tests.index.helpers import (
    FORMS,
    T3_COLUMNS,
    balanced,
    figures,
    lines,
    padded,
    table_three,
    tables,
)

ROWS = LabelIndex(FORMS["2021"].tables.t3.rows)

DAMAGED = [
    ("denied_other_law", "2.其他法律行政止公开"),
    ("denied_process", "6.属于四类过程信息"),
    ("denied_internal", "5.属于类内部事务信息"),
    ("denied_third_party", "4.保护第三方权益"),
    ("denied_query", "8.属于行政查询"),
    ("notproc_petition", "1.信访投诉类申请"),
    ("unable_unclear", "3.补正后仍不明确"),
    ("carried_in", "二、上年结转政府信息公开申请数"),
    ("new", "一、本年新收信息公开申请数量"),
    ("denied_state_secret", "1、属于国家秘密"),
    ("denied_state_secret", "１．属于国家秘密"),
    ("notproc_repeat", "2 重复申请"),
    ("notproc_repeat", "重复申请"),
    ("other_other", "3、其它"),
    ("other_other", "3.其它"),
    ("unable_need_create", "2.没有现成信息，需要另行制作"),
    ("partial", "（二）部分公开"),
    ("partial", "（二）部分公开（区分处理的,只计这一情形,不计其他情形）"),
    ("carried_out", "四、结转下年度"),
    ("result_total", "(七)总计"),
    ("granted", "予以公开"),
    ("granted", "（一）予以公開"),
    ("notproc_mass", "4.無正當理由大量反覆申請"),
    ("denied_other_law", "2.其他法律行政法規禁止公開(kāi)"),
    ("unable_not_held", "1.本机关不掌握相关政府信息（含不存在）"),
]


@pytest.mark.parametrize(("key", "label"), DAMAGED, ids=[label for _, label in DAMAGED])
def test_a_damaged_label_keeps_its_row(key: str, label: str) -> None:
    assert ROWS.match(label) == key
    cells = balanced()
    got = tables(lines(table_three(cells, labels={key: label})))
    assert {k: [s.text for s in row.slots] for k, row in got.t3.items() if row.slots} == cells


QUOTES = ["“{}”", '"{}"', "「{}」", "『{}』", "'{}'", "‘{}’", "《{}》", "＂{}＂", "{}", "”{}“"]


@pytest.mark.parametrize("quotes", QUOTES)
@pytest.mark.parametrize("stem", ["三安全一稳定", "三安全一穩定"])
def test_any_quotation_marks_round_three_securities(quotes: str, stem: str) -> None:
    label = f"3.危及{quotes.format(stem)}"
    assert ROWS.exact(label) == "denied_safety"
    assert ROWS.exact(label.removeprefix("3.")) == "denied_safety"


BROKEN = [
    ("granted", "（一）予\n以公开"),
    ("granted", "（一）\n予以公开"),
    ("unable_not_held", "1.本机关\n不掌握\n相关政府信息"),
    ("denied_other_law", "2.其他法律\n行政法规\n禁止公开"),
    (
        "other_no_payment",
        "2.申请人逾期未按收费\n通知要求缴纳费用、\n行政机关不再处理其政府信息公开申请",
    ),
    ("partial", "（二）部分公开（区分处理的，只计这一情形，\n不计其他情形）"),
    ("new", "一、本年新收\n政府信息公开\n申请数量"),
    ("notproc_confirm", "5.要求行政机关确认或\n重新出具已获取信息"),
    ("other_other", "3.其\n他"),
    ("result_total", "（七）\n总计"),
    ("result_total", "（七）总\n计"),
    ("carried_out", "四、结转\n下年度\n继续办理"),
]


@pytest.mark.parametrize(("key", "label"), BROKEN, ids=[label for _, label in BROKEN])
@pytest.mark.parametrize("layout", [lines, padded])
def test_a_label_broken_over_lines_keeps_its_row(layout, key: str, label: str) -> None:
    cells = balanced()
    rows = table_three(cells, labels={key: label})
    rows = [[*row[0].split("\n"), *row[1:]] for row in rows]
    raw = tables(layout(rows))
    assert [s.text for s in raw.t3[key].slots] == cells[key]
    assert raw.t3[key].label in label.replace("\n", "")
    assert {f.status.value for f in figures(raw).values()} == {"verified"}


def test_a_head_broken_over_lines_is_no_row() -> None:
    rows = table_three(balanced(), labels={"unable": "（四）无\n法提供"})
    raw = tables(lines([row[0].split("\n") + row[1:] for row in rows]))
    assert "unable" in raw.heads
    assert {key for key, row in raw.t3.items() if row.slots} == set(balanced())


@pytest.mark.parametrize(
    "text",
    [
        "属于信息",  # is left over from several labels
        "政府信息公开",
        "公开",
        "申请",
        "（一）",
        "总",
        "申请人逾期、行政机关不再处理其政府信息公开申请",  # of two labels
        "要求机关出具信息",  # too much is missing
        "本年度主动公开政府信息一百条",
    ],
)
def test_what_may_be_several_labels_or_none_matches_nothing(text: str) -> None:
    assert ROWS.match(text) is None


def test_short_labels_need_their_number_or_the_row_before() -> None:
    assert ROWS.match("其他") is None
    assert ROWS.match("总计") is None
    assert ROWS.match("其他", after="other_no_payment") == "other_other"
    assert ROWS.match("总计", after="other_other") == "result_total"
    assert ROWS.match("总计", after="new") is None
    assert ROWS.match("3.其他", after="granted") == "other_other"
    assert ROWS.match("（七）总计") == "result_total"


def test_other_handling_and_other_are_not_mixed_up() -> None:
    assert ROWS.match("（六）其他处理") == "other"
    assert ROWS.match("3.其他") == "other_other"
    columns = LabelIndex(FORMS["2021"].tables.t3.columns)
    assert columns.match("法律服务机构") == "legal_service_org"
    assert [columns.exact(c.label, after=None) for c in columns.terms[1:5]] == list(T3_COLUMNS[1:5])


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_official_label_and_alias_leads_to_its_row(form) -> None:
    index = LabelIndex(form.tables.t3.rows)
    before = None
    for row in form.tables.t3.rows:
        for label in (row.label, *row.aliases):
            assert index.match(f"{row.number}{label}", after=before) == row.key
        before = row.key


@pytest.mark.parametrize(
    ("text", "number", "key"),
    [
        ("（六）其他处理", "六", "其他处理"),
        ("(六) 其他处理", "六", "其他处理"),
        ("1、属于国家秘密", "1", "属于国家秘密"),
        ("## 三、本年度办理结果", "三", "本年度办理结果"),
        ("规章", "", "规章"),
        ("12", "", "12"),
        ("⼀、本年新收", "一", "本年新收"),
    ],
)
def test_a_label_is_split_into_number_and_text(text: str, number: str, key: str) -> None:
    got = split_label(text)
    assert (got.number, got.key) == (number, key)


def test_a_label_that_may_go_on_in_the_next_line() -> None:
    assert ROWS.is_beginning("（四）无")
    assert ROWS.is_beginning("2.其他法律")
    assert not ROWS.is_beginning("4.无正当理由大量反复申请")
    assert not ROWS.is_beginning("行政复议")
