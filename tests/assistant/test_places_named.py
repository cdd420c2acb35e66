"""Whose report is meant: another place of a like name is not, and what is unknown is asked back."""

from __future__ import annotations

import pytest

from assistant.answer import Kind, Reason
from assistant.ask import Desk
from assistant.places import find_place


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("雁汀区2023年培训了多少人次", "雁汀区"),
        ("云岫县2021年新收多少件申请", "云岫县"),
        ("云岫县财政局2021年新收多少件申请", "云岫县财政局"),
        ("砚汀区2023年结转下年度多少件", "砚汀区"),
    ],
)
def test_a_place_of_another_level_is_another_place(desk: Desk, question: str, place: str) -> None:
    answer = desk.ask(question)
    assert answer.refusal is not None, answer.text
    assert answer.refusal.reason is Reason.NO_REPORT
    assert place in answer.text
    assert answer.value is None


@pytest.mark.parametrize(
    "question", ["云秀市2022年新收申请多少件", "云岫2022年新收申请多少件", "云岫市里2022年新收几件"]
)
def test_a_slip_in_a_name_is_put_right_where_the_level_agrees(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    (figure,) = answer.figures
    assert (figure.org, figure.year, figure.address) == ("云岫市人民政府", 2022, "t3.new.total")


def test_a_question_that_names_nobody_and_fits_the_text_of_several_is_asked_back(
    desk: Desk,
) -> None:
    answer = desk.ask("热线受理了多少件")
    assert answer.kind is Kind.CLARIFY, answer.text
    assert answer.clarify is not None
    assert len(answer.clarify.candidates) > 1


@pytest.mark.parametrize("rate", ["办结率是多少", "公开申请的答复率", "信息办理率是？"])
def test_a_rate_is_not_answered_with_a_count(desk: Desk, rate: str) -> None:
    answer = desk.ask(f"青棠区财政局2023年{rate}")
    assert answer.unit in (None, "%"), answer.text


def test_a_stray_character_beside_a_weak_word_names_no_row(desk: Desk) -> None:
    answer = desk.ask("青棠区财政局2023年掌办多少")
    assert answer.value is None, answer.text


def test_each_of_several_reports_is_asked_for_its_total(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年和2022年各新收多少件，差多少？")
    assert {f.column for f in answer.figures} == {"total"}
    assert answer.value == 17


def test_applicants_that_a_clause_sets_aside_are_not_asked_for(desk: Desk) -> None:
    answer = desk.ask("青棠区财政局2023年，除了公司、律所，归到“其他”那一栏的组织新提了几件？")
    (figure,) = answer.figures
    assert figure.address == "t3.new.other_org"


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("青棠那个审批局2019年行政许可有几项", "qingtang-shenpi-2019.txt"),
        ("临溪的水务局2020年新收几件", "linxi-shuiwu-2020.txt"),
        ("推广一码办的那个单位2023年新收了几件申请", "yimaban-2023.txt"),
    ],
)
def test_a_body_is_found_however_its_name_is_put_together(
    desk: Desk, question: str, source: str
) -> None:
    answer = desk.ask(question)
    assert {f.source_file for f in answer.figures} == {source}, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "我是跑政法口的记者，云岫市2021年新收申请多少件",
        "我在写一篇论文，想知道云岫2021年新收申请多少件",
        "I am a PhD student: how many requests did Yunxiu receive in 2021?",
    ],
)
def test_who_asks_is_no_part_of_what_is_asked(desk: Desk, question: str) -> None:
    (figure,) = desk.ask(question).figures
    assert (figure.org, figure.year, figure.address) == ("云岫市人民政府", 2021, "t3.new.total")


@pytest.mark.parametrize("question", ["青棠区2023年新收多少件申请", "临溪县2020年结转下年度几件"])
def test_a_place_that_only_units_report_for_is_asked_back(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.CLARIFY, answer.text
    assert answer.clarify is not None
    assert len(answer.clarify.candidates) == 2


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("市文旅局2024年发了几件规范性文件", "澜屿市文化广电和旅游局"),
        ("云岫市2022年和县水务局2020年谁新收多", "临溪县水务局"),
        ("区财政局2023年新收几件", "青棠区财政局"),
    ],
)
def test_a_unit_is_known_by_its_level_alone(desk: Desk, question: str, body: str) -> None:
    assert body in desk.ask(question).text


def test_a_unit_of_another_level_is_not_meant(desk: Desk) -> None:
    answer = desk.ask("县财政局2023年新收几件")
    assert answer.value is None, answer.text


@pytest.mark.parametrize("question", ["?", " 。", ""])
def test_an_empty_question_asks_for_one(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.OUT_OF_SCOPE


def test_a_head_before_its_row_is_not_the_row() -> None:
    place = find_place("三", "三、本年度办理结果（七）总计", "商业企业")
    assert (place.row, place.column) == ("result_total", "commercial_enterprise")
