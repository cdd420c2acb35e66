"""What is answered once a question is heard: the operation, its order, and what is counted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Kind, Reason
from assistant.ask import Desk
from index.storage.ledger import Ledger
from tests.index.helpers import report


def _last(desk: Desk, *questions: str) -> tuple[Kind, object, str]:
    talk = desk.new_dialogue()
    answer = [desk.ask(question, talk) for question in questions][-1]
    return answer.kind, answer.value, answer.text


@pytest.mark.parametrize(
    "question", ["各单位2022年收到的申请由多到少排个名", "2022年每家新收多少，从高到低排序"]
)
def test_a_ranking_of_reports_goes_by_the_total(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.COMPARE
    assert {f.column for f in answer.figures} == {"total"}
    assert [f.value for f in answer.figures] == [673, 44]


def test_what_was_granted_beside_a_share_is_the_part(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年公开的占办结的百分之多少")
    assert [f.row for f in answer.figures] == ["granted", "result_total"]


def test_nothing_is_a_share_of_itself(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年办结的占办理结果总计的几成")
    assert answer.value is None
    assert answer.kind is Kind.REFUSAL


def test_two_answers_together_are_a_share_of_the_whole(desk: Desk) -> None:
    first = ("云岫市2022年科研机构提的申请几件", "法律服务机构呢")
    parts = [_last(desk, *first[:n])[1] for n in (1, 2)]
    assert all(isinstance(part, int) for part in parts)
    kind, value, text = _last(desk, *first, "这两类合计占总数的多少")
    share = Decimal(sum(part for part in parts if isinstance(part, int))) * 100 / 673
    assert (kind, value) == (Kind.COMPUTED, round(share, 2)), text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("云岫市2022年予以公开是2021年的几倍", Decimal("1.08")),
        ("云岫市2021年予以公开是2022年的几倍", Decimal("0.93")),
        ("云岫市予以公开2022年比2021年涨了几倍", Decimal("0.08")),
    ],
)
def test_a_multiple_is_of_what_is_named_last(desk: Desk, question: str, value: Decimal) -> None:
    answer = desk.ask(question)
    assert (answer.value, answer.unit) == (value, "倍"), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "云岫市2022年跟2021年比，收到的申请是增加了还是减少了",
        "云岫市2021、2022年新收申请相比是升是降",
        "云岫市2022年新收申请变多了还是变少了",
    ],
)
def test_which_way_it_went_is_said(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.kind in (Kind.COMPARE, Kind.COMPUTED)
    assert {f.table for f in answer.figures} == {"t3"}
    assert "17件" in answer.text


def test_by_how_many_per_cent_goes_on_from_a_comparison(desk: Desk) -> None:
    questions = ("云岫市2022年和2021年比，申请多了还是少了", "降了百分之几")
    kind, value, text = _last(desk, *questions)
    assert (kind, value) == (Kind.COMPUTED, Decimal("2.46")), text


@pytest.mark.parametrize(
    "question",
    [
        "云岫市2021年转出去的和2022年转进来的一致吗",
        "云岫市2021年结转下年度跟2022年上年结转接得上吗",
    ],
)
def test_what_is_carried_over_is_compared_across_the_years(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.COMPARE, answer.text
    found = {(f.year, f.row) for f in answer.figures}
    assert found == {(2021, "carried_out"), (2022, "carried_in")}


def test_a_sum_over_every_report_of_a_year(desk: Desk) -> None:
    answer = desk.ask("所有单位2022年新收申请总量是多少")
    assert (answer.kind, answer.value) == (Kind.COMPUTED, 717), answer.text


def test_whether_any_body_has_none_lists_them(desk: Desk) -> None:
    answer = desk.ask("有没有哪个单位结转下年度为零")
    assert answer.kind is Kind.LIST
    assert all(f.value == 0 for f in answer.figures) and answer.figures


def test_what_is_not_in_their_hands_is_a_row(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年不归本单位掌握的几件")
    assert [f.row for f in answer.figures] == ["unable_not_held"]


@pytest.mark.parametrize(
    "question", ["澜屿市文旅局2024年办了几场培训", "澜屿市文化广电和旅游局2024年干部培训几次"]
)
def test_people_are_no_answer_to_how_often(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is None, answer.text
    assert desk.ask("澜屿市文旅局2024年培训干部多少人次").value == 211


def test_what_goes_along_is_not_what_is_counted(desk: Desk) -> None:
    answer = desk.ask("青棠区财政局2023年公开决算多少份")
    assert answer.value != 498, answer.text


def test_nothing_is_divided_by_zero_and_both_are_shown(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年新收申请是重复申请里公益组织的几倍")
    shown = desk.ask("云岫市2022年重复申请里公益组织几件")
    assert shown.value == 0
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.OUT_OF_SCOPE


def test_a_part_of_what_was_published_is_not_all_of_it(own_store: Path) -> None:
    told = "2024年，市政府门户网站发布防汛专题信息312条，“雁汀发布”微信公众号推送信息840条。"
    printed = f"雁汀市人民政府2024年政府信息公开工作年度报告\n\n一、总体情况\n\n{told}\n"
    Ledger(own_store, create=True).put(report(printed), place="x", reading="1")
    desk = Desk(own_store)
    narrow = desk.ask("雁汀市2024年网站公布了几条")
    assert narrow.value is None, narrow.text
    assert any("312" in passage.quote for passage in narrow.passages)
    assert desk.ask("雁汀市2024年微信公众号推送多少条").value == 840
    assert desk.ask("雁汀市2024年网站发布防汛信息多少条").value == 312


@pytest.mark.parametrize("name", ["沧屿", "梧汀"])
def test_an_unknown_name_where_the_body_stands_has_no_report(desk: Desk, name: str) -> None:
    answer = desk.ask(f"{name}2017年收到申请数是多少")
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.NO_REPORT
    assert name in answer.text


def test_bodies_are_looked_for_among_all_whatever_was_said(desk: Desk) -> None:
    talk = desk.new_dialogue()
    desk.ask("有没有单位结转下年是零", talk)
    answer = desk.ask("有没有单位结转下年超过20件", talk)
    assert answer.kind is Kind.LIST
    assert [f.value for f in answer.figures] == [22]


def test_accounts_of_new_media_are_new_media(desk: Desk) -> None:
    assert desk.ask("云岫市2022年政务新媒体账号几个").value == 174


def test_each_report_is_answered_for(desk: Desk) -> None:
    answer = desk.ask("2022年各单位新收申请分别是多少")
    assert answer.kind is Kind.LIST
    assert [f.value for f in answer.figures] == [673, 44]


def test_a_whole_question_takes_no_column_from_before(desk: Desk) -> None:
    questions = ("云岫市2022年科研机构提的申请几件", "云岫市2021年予以公开多少件")
    assert _last(desk, *questions)[1] == 298


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("云岫市2022年每个月平均办结几件申请", Decimal("56.42")),
        ("云岫市2022年月均新收多少", Decimal("56.08")),
    ],
)
def test_a_monthly_mean_is_no_yearly_count(desk: Desk, question: str, value: Decimal) -> None:
    assert desk.ask(question).value == value


@pytest.mark.parametrize("question", ["云岫市2022年日均新收几件", "云岫市2022年每周收到几件申请"])
def test_no_other_mean_is_answered_with_the_year(desk: Desk, question: str) -> None:
    assert desk.ask(question).value is None


def test_the_fee_of_requests_is_not_what_is_charged_for_other_things(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年申请公开信息收费多少")
    assert answer.value is None, answer.text
    assert desk.ask("云岫市2022年行政事业性收费多少").value == Decimal("17940.08")


def test_a_change_goes_on_with_the_two_compared(desk: Desk) -> None:
    questions = ("云岫市2021年到2022年行政诉讼是升是降", "降了百分之多少")
    assert _last(desk, *questions)[1] == Decimal("14.29")


def test_bodies_without_a_suit_are_listed(desk: Desk) -> None:
    answer = desk.ask("哪些单位没有行政诉讼")
    assert answer.kind is Kind.LIST
    assert all(f.value == 0 for f in answer.figures)


def test_who_has_more_and_by_how_many_is_asked_of_all(desk: Desk) -> None:
    answer = desk.ask("2022年谁收的申请多，多几件")
    assert [f.value for f in answer.figures] == [673, 44]


def test_per_cent_goes_on_from_a_difference_within_one_report(desk: Desk) -> None:
    first = "云岫市2022年企业申请比个人申请少几件"
    assert _last(desk, first)[1] == 511
    assert _last(desk, first, "少百分之几")[1] == Decimal("89.02")


def test_a_change_between_bodies_starts_from_what_is_compared_with(desk: Desk) -> None:
    less = desk.ask("2022年澜屿市新收申请比云岫市多几倍")
    more = desk.ask("2022年云岫市新收申请比澜屿市多几倍")
    assert (less.value, less.unit) == (-629, "件"), less.text
    assert (more.value, more.unit) == (Decimal("14.3"), "倍"), more.text


def test_an_outcome_goes_on_to_the_next_kind_of_dispute_and_a_full_question_does_not(
    desk: Desk,
) -> None:
    first = "云岫市2021年行政复议纠正了几件"
    corrected = "t4.lit_direct.corrected"
    _, value, text = _last(desk, first, "那直接起诉的里面呢")
    assert value == _cell(desk, "云岫市2021年未经复议直接起诉结果纠正几件", corrected), text
    _, value, text = _last(desk, first, "直接起诉的有几件")
    assert value == _cell(desk, "云岫市2021年未经复议直接起诉几件", "t4.lit_direct.total"), text


def _cell(desk: Desk, question: str, address: str) -> object:
    (figure,) = desk.ask(question).figures
    assert figure.address == address
    return figure.value


def test_all_applicants_taken_together_are_the_total(desk: Desk) -> None:
    first = "云岫市2022年企业申请的有多少"
    assert _last(desk, first, "所有申请人加起来是多少")[1] == 673


def test_a_fall_between_years_is_told_by_its_size(desk: Desk) -> None:
    assert desk.ask("云岫市2022年行政强制比2021年减少了几件").value == 227
    upheld = "By how many did lawsuits filed after reconsideration that were upheld at Yunxiu fall"
    assert (desk.ask(f"{upheld} from 2021 to 2022?").value or 0) > 0
