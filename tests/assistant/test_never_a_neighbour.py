"""Questions that name a cell or a number and ask for something else: no neighbour's figure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Kind, Reason, Role
from assistant.ask import Desk
from index.report import Status
from index.storage.ledger import Ledger
from tests.index.helpers import example, report

NEIGHBOURS = [
    ("云岫市2021年不算企业的申请一共几件", "a part is to be left out"),
    (
        "Yunxiu 2021 reconsideration cases, leaving out the pending ones?",
        "a part is to be left out",
    ),
    ("云岫市2021年新收了多少万元，要表里的数", "money of a row that counts"),
    ("云岫市2021年公报每期册数乘以期数是多少册", "arithmetic that the question spells out"),
    ("青棠区财政局2023年邮寄来的几件", "a word of which the row explains a part"),
    ("云岫市2021年“跨省通办”的事项有多少项", "a word of which the row explains a part"),
    ("青棠区财政局2023年上一年新收多少", "a year that is not indexed"),
    ("澜屿市文化广电和旅游局2024年办结一栏的总计，表上写着几", "a blank cell of the table"),
    ("青棠区财政局2023年最快几天办结申请", "a mean is no peak"),
    ("青棠区行政审批局2019年属于国家秘密的几件", "a blank row beside numbers of the text"),
]


@pytest.mark.parametrize("question", [q for q, _ in NEIGHBOURS], ids=[why for _, why in NEIGHBOURS])
def test_no_neighbouring_number_is_stated(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is None, answer.text
    assert answer.kind in (Kind.REFUSAL, Kind.PASSAGE, Kind.CLARIFY)


@pytest.mark.parametrize(
    "question",
    [
        "青棠区行政审批局2019年因为国家秘密不公开的有几件",
        "青棠区行政审批局2019年属于国家秘密的是0件吗",
        "How many requests did the Qingtang approval bureau refuse in 2019 as state secrets?",
        "霁川县2017年传真申请几件",
    ],
)
def test_a_zero_that_is_only_proven_is_not_stated(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.refusal is not None and answer.refusal.reason is Reason.BLANK, answer.text
    assert answer.value is None
    assert {(f.role, f.mark, f.value) for f in answer.figures} == {(Role.CONTEXT, "blank", 0)}


def test_a_list_shows_what_is_only_proven_and_states_the_rest(desk: Desk) -> None:
    answer = desk.ask("青棠区行政审批局2019年不予公开的各种情形分别几件")
    assert answer.kind is Kind.LIST, answer.text
    stated = {(f.address, f.value) for f in answer.figures if f.role is Role.ANSWER}
    assert stated == {
        ("t3.denied_third_party.total", 1),
        ("t3.denied_process.total", 2),
        ("t3.denied_query.total", 4),
    }
    shown = {f.value for f in answer.figures if f.role is Role.CONTEXT}
    assert shown == {0}


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("云岫市2022年上一年新收多少", "yunxiu-2021/t3.new.total"),
        ("云岫市2022年上年结转过来的几件", "yunxiu-2022/t3.carried_in.total"),
        ("云岫市2021年全部公开多少件（别跟部分公开混）", "yunxiu-2021/t3.granted.total"),
        (
            "Pending after-review lawsuits, Qingtang finance bureau 2023?",
            "qingtang-caizheng-2023/t4.lit_after_review.pending",
        ),
        (
            "临溪县水务局2020年部分公开中企业所占件数",
            "linxi-shuiwu-2020/t3.partial.commercial_enterprise",
        ),
    ],
)
def test_the_cell_that_is_meant_is_stated(desk: Desk, question: str, address: str) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.FIGURE, answer.text
    (figure,) = answer.figures
    assert f"{Path(figure.source_file).stem}/{figure.address}" == address


def test_a_row_left_out_beside_the_one_asked_for_is_no_obstacle(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年新收多少件（不含上年结转）")
    assert [f.address for f in answer.figures] == ["t3.new.total"]
    assert answer.value is not None


def test_a_count_with_figures_in_doubt_is_told_as_bounds(desk: Desk) -> None:
    answer = desk.ask("有科研机构来申请的报告是几份")
    research = "t3.new.research_institution"
    figures = [desk.report(c.id).figure(research) for c in desk.reports()]
    printed = [f for f in figures if f is not None]
    trusted = {Status.VERIFIED, Status.PRINTED}
    sure = sum(1 for f in printed if f.status in trusted and f.value)
    doubted = sum(1 for f in printed if f.status not in trusted)
    assert doubted > 0
    assert answer.value is None
    assert f"至少 {sure} 份，至多 {sure + doubted} 份" in answer.text


def test_the_opposite_of_what_is_asked_is_not_taken_for_it(desk: Desk) -> None:
    """差评 beside 好评率, and 差 that asks for a difference."""
    answer = desk.ask("一码办2023年差评占全部评价的百分比")
    assert answer.value == Decimal("0.80")
    assert [f.value for f in answer.figures] == [2208, 276000]


def test_money_without_a_unit_is_divided_and_given_none(desk: Desk) -> None:
    """The form of 2019 prints no unit for the money, and neither does what comes to one project."""
    answer = desk.ask("青棠区行政审批局2019年集中采购平均一个项目花多少")
    assert (answer.value, answer.unit) == (Decimal("266214.29"), "")
    assert "没有印单位" in answer.text and "元" not in answer.text


def test_money_with_its_unit_is_divided_by_what_was_bought(own_store: Path) -> None:
    printed = example("qingtang-shenpi-2019").read_text("utf-8").replace("1863500", "186.35万元")
    Ledger(own_store, create=True).put(report(printed), place="x", reading="1")
    answer = Desk(own_store).ask("青棠区行政审批局2019年集中采购平均一个项目花多少")
    assert (answer.kind, answer.value, answer.unit) == (Kind.COMPUTED, Decimal("26.62"), "万元")
    assert answer.formula == "186.35 / 7"
    assert sorted(f.address for f in answer.figures) == [
        "t2.procurement.amount",
        "t2.procurement.projects",
    ]


@pytest.mark.parametrize(
    ("question", "address"),
    [
        (
            "青棠区财政局2023年先复议、后来又告到法院还没审完的几件",
            "qingtang-caizheng-2023/t4.lit_after_review.pending",
        ),
        ("How many requests did Yunxiu refuse to release in 2021, all grounds together?", None),
    ],
)
def test_a_longer_way_of_saying_a_row_names_it_alone(
    desk: Desk, question: str, address: str | None
) -> None:
    answer = desk.ask(question)
    if address is None:  # a head: the sum of its rows
        assert answer.value == 75, answer.text
        return
    (figure,) = answer.figures
    assert f"{Path(figure.source_file).stem}/{figure.address}" == address


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (
            "Yunxiu City 2021: requests no longer processed after a missed correction deadline "
            "plus refusals because the information was classified",
            8,
        ),
        ("云岫市2022年逾期没交费的加上年内新收的一共几件", 673),
        ("青棠区财政局2023年年底没办完的和新进来的申请加起来几件", 46),
        ("Yunxiu 2021: confirmations of information already received plus registry lookups", 23),
    ],
)
def test_words_of_two_addends_make_no_third(desk: Desk, question: str, value: int) -> None:
    answer = desk.ask(question)
    assert answer.value == value, answer.text


def test_printed_changes_of_two_bodies_are_set_side_by_side(desk: Desk) -> None:
    answer = desk.ask("临溪县水务局2020年和青棠区行政审批局2019年，许可项目增减哪家多，差几项")
    got = {(f.address, f.value) for f in answer.figures}
    assert got == {("t2.licensing.change", -2), ("t2.licensing.change", -14)}, answer.text


def test_a_share_is_of_the_whole_that_is_named(desk: Desk) -> None:
    answer = desk.ask(
        "青棠区财政局2023: share of requests answered with full disclosure in new requests"
    )
    assert (answer.value, answer.unit) == (Decimal("34.88"), "%"), answer.text


def test_a_slip_beside_a_name_that_is_known_is_put_right(desk: Desk) -> None:
    answer = desk.ask("青棠区财正局2023年部分公开几件")
    assert answer.kind is Kind.FIGURE, answer.text
    assert {f.source_file for f in answer.figures} == {"qingtang-caizheng-2023.txt"}


def test_a_row_that_a_form_lacks_is_refused_by_its_name(desk: Desk) -> None:
    answer = desk.ask("临溪县水务局2020年其他处理里的“其他”几件")
    assert answer.refusal is not None and answer.refusal.reason is Reason.NOT_REPORTED, answer.text
