"""Questions about a report with an annexed table: its own rows, and what table three continues."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, Kind, Reason, Role
from assistant.ask import Desk
from assistant.lexicon import load_lexicon
from assistant.lexicon.annex import load_sayings, words_for
from assistant.query import Measure
from assistant.understanding.annex import counterpart
from assistant.understanding.hearing import hear
from assistant.words.folding import fold_question
from index.build import build
from index.formats import Form, load_forms
from index.report import ReportCard
from index.storage.embed import load_embedder
from tests.index.annexed import PROSE, drawn, rows_of, table

EXAMPLES = Path(__file__).parents[2] / "examples"
FORMS = {form.id: form for form in load_forms()}
ANNEXED = [form for form in FORMS.values() if form.annex is not None]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The samples, and the year before of a body that they have for 2019."""
    folder = tmp_path_factory.mktemp("annexed")
    values = drawn(41) | {"requests_received": 90, "reply_granted": 31}
    values |= {"requests_in_person": 40, "requests_fax": 0, "requests_online": 50}
    values |= {"requests_letter": 0}
    values["replies"] = sum(v for k, v in values.items() if k.startswith("reply_"))
    text = f"青棠区行政审批局2018年政府信息公开工作年度报告\n一、概述\n{PROSE}\n"
    text += "".join(f"{cell}\n" for row in table(rows_of(values)) for cell in row)
    before = folder / "qingtang-shenpi-2018.txt"
    before.write_text(text, "utf-8")
    files = [*sorted(EXAMPLES.glob("*.txt")), before]
    steps = list(build(files, folder / "store", load_embedder(None)))
    assert {s.outcome for s in steps} == {"added"}
    return Desk(folder / "store")


def stated(answer: Answer) -> dict[str, object]:
    return {f.address: f.value for f in answer.figures if f.role is not Role.CONTEXT}


@pytest.mark.parametrize(
    ("question", "row", "value"),
    [
        ("霁川县2017年收到申请数是多少", "requests_received", 46),
        ("霁川县2017年收到多少件信息公开申请", "requests_received", 46),
        ("霁川县2017年新收了多少件申请", "requests_received", 46),
        ("霁川县2017年政务微信公开政府信息数", "channel_wechat", 903),
        ("霁川县2017年微博公开了多少条", "channel_weibo", 612),
        ("霁川县2017年新闻发布会开了几次", "briefings", 9),
        ("霁川县2017年主要负责同志参加新闻发布会几次", "briefings_leaders", 2),
        ("霁川县2017年政策解读稿件发布了多少篇", "explainers", 58),
        ("霁川县2017年微博微信回应了多少次", "social_media_responses", 143),
        ("霁川县2017年延期办结几件", "closed_extended", 3),
        ("霁川县2017年同意部分公开的几件", "reply_partial", 4),
        ("霁川县2017年予以公开几件", "reply_granted", 15),
        ("霁川县2017年行政复议维持几件", "review_upheld", 2),
        ("霁川县2017年行政诉讼其他情形几件", "litigation_other", 0),
        ("霁川县2017年涉及商业秘密的几件", "refused_trade_secret", 1),
        ("霁川县2017年依申请公开收取的费用是多少", "fees", 0.36),
        ("霁川县2017年收费多少钱", "fees", 0.36),
        ("霁川县2017年打官司打了几场", "litigation", 1),
        ("霁川县2017年到现场提交的申请有几件", "requests_in_person", 9),
        ("霁川县2017年延期才办完的有几件", "closed_extended", 3),
        ("霁川县2017年办了几期培训班", "trainings", 5),
        ("霁川县2017年接受培训人员多少人次", "trained", 386),
        ("霽川縣2017年收到申請數", "requests_received", 46),
        ("How many requests did Jichuan receive in 2017?", "requests_received", 46),
        ("Jichuan 2017: how many were published on Weibo?", "channel_weibo", 612),
    ],
)
def test_a_row_is_answered_from_the_annexed_table(
    desk: Desk, question: str, row: str, value: float
) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.FIGURE, answer.text
    assert [(a, float(str(v))) for a, v in stated(answer).items()] == [
        (f"annex.{row}.value", value)
    ]
    assert float(str(answer.value)) == value


@pytest.mark.parametrize(
    "question",
    [
        "霁川县2017年结转下年度继续办理多少件",
        "霁川县2017年上年结转多少件",
        "霁川县2017年自然人申请了几件",
        "霁川县2017年不予公开几件",
        "霁川县2017年重复申请几件",
        "霁川县2017年规章现行有效多少件",
        "霁川县2017年行政处罚多少件",
    ],
)
def test_a_row_of_tables_two_to_four_is_refused_with_the_reason(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.NOT_REPORTED
    assert "政府信息公开情况统计表" in answer.text
    assert "分类与表二至表四不同" in answer.text
    assert answer.value is None
    assert stated(answer) == {}


def test_an_old_year_and_a_new_one_are_compared_where_the_form_names_a_counterpart(
    desk: Desk,
) -> None:
    answer = desk.ask("青棠区行政审批局2018年和2019年收到的申请哪年多")
    assert answer.kind is Kind.COMPARE, answer.text
    assert set(stated(answer)) == {"annex.requests_received.value", "t3.new.total"}
    assert "表式分类不同（青棠区行政审批局2018年所附为旧的统计表）" in answer.text


def test_nothing_is_remarked_where_both_years_have_the_same_form(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年和2022年新收申请哪年多")
    assert answer.kind is Kind.COMPARE
    assert "表式分类不同" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "青棠区行政审批局2018年和2019年申请办结数相比",
        "青棠区行政审批局2018年和2019年当面申请数哪年多",
        "青棠区行政审批局2018年和2019年行政复议数量比较",
        "青棠区行政审批局2018年和2019年结转下年度哪年多",
        "青棠区行政审批局2018年和2019年不予公开哪年多",
    ],
)
def test_what_has_no_counterpart_is_never_compared(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.refusal is not None, answer.text
    assert answer.refusal.reason is Reason.NOT_REPORTED
    assert stated(answer) == {}
    assert "分类" in answer.text


def test_parts_of_a_total_shares_and_a_follow_up(desk: Desk) -> None:
    parts = desk.ask("霁川县2017年收到的申请各种方式分别多少件")
    assert list(stated(parts).values()) == [9, 25, 12]  # the cell of 传真 is blank
    both = desk.ask("霁川县2017年收到申请数和申请办结数各是多少")
    assert list(stated(both).values()) == [46, 44]
    together = desk.ask("霁川县2017年微博和微信公开数加起来多少条")
    assert together.value == 612 + 903
    share = desk.ask("霁川县2017年网络申请占收到申请数的比例")
    assert str(share.value) == "54.35"
    assert set(stated(share)) == {"annex.requests_online.value", "annex.requests_received.value"}
    again = desk.ask("霁川县2017年同意公开的占多大比例")
    assert set(stated(again)) == {"annex.reply_granted.value", "annex.replies.value"}
    within = desk.ask("霁川县2017年收到的申请里当面提交的有几件")
    assert stated(within) == {"annex.requests_in_person.value": 9}
    talk = desk.new_dialogue()
    desk.ask("霁川县2017年收到申请数是多少", talk)
    assert stated(desk.ask("那信函申请呢", talk)) == {"annex.requests_letter.value": 12}


def test_a_question_asks_for_more_than_the_table_holds(desk: Desk) -> None:
    for question in ("霁川县2017年微信公众号有多少人关注", "霁川县2017年政府网站访问量多少"):
        assert not [a for a in stated(desk.ask(question)) if a.startswith("annex.")]


def test_kinds_of_applicants_are_refused_in_a_ranking_too(desk: Desk) -> None:
    answer = desk.ask("霁川县2017年哪类申请人的申请最多")
    assert answer.refusal is not None, answer.text
    assert answer.refusal.reason is Reason.NOT_REPORTED
    assert "自然人" in answer.text


def test_a_change_and_a_ranking_over_both_forms_carry_the_remark(desk: Desk) -> None:
    for question, value in (
        ("青棠区行政审批局2019年新收申请比2018年少多少件", 16),
        ("青棠区行政审批局2018年和2019年新收申请之和是多少", 164),
    ):
        answer = desk.ask(question)
        assert answer.value == value, answer.text
        assert "表式分类不同" in answer.text


def test_what_a_row_means_is_told_from_its_form(desk: Desk) -> None:
    assert "政府信息公开情况统计表" in desk.ask("霁川县2017年当面申请数是什么意思").text


def test_questions_about_other_reports_are_understood_as_before(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年微博公开了多少条")
    assert not [a for a in stated(answer) if a.startswith("annex.")]
    assert set(stated(desk.ask("云岫市2022年一共办结多少件"))) == {"t3.result_total.total"}


# -- words ------------------------------------------------------------------------------------


def card(form: str, statuses: dict[str, int] | None = None) -> ReportCard:
    return ReportCard(
        id=form, source_file="x.txt", title="x", body="雾川县", year=2016, form=form, script=None,
        says=(), statuses={"printed": 1} if statuses is None else statuses, failing=0, passages=0,
        notes=(),
    )  # fmt: skip


@pytest.mark.parametrize("form", ANNEXED, ids=lambda f: f.id)
def test_every_label_is_understood_as_its_own_row(form: Form) -> None:
    lexicon = words_for(load_lexicon(), [card(form.id)])
    for row in form.annex_rows.values():
        if not row.cells:
            continue
        for label in (row.label, *row.aliases):
            if label in ("维持具体行政行为数", "驳回原告诉讼请求数") and row.key != "review_upheld":
                continue  # an alias that only its head tells apart
            question = fold_question(label.split("（")[0])
            head = form.annex_rows[row.parent].label if row.parent else ""
            if sum(label == r.label for r in form.annex_rows.values()) > 1:
                question = head.removesuffix("数量") + question
            heard = hear(question, (), lexicon)
            assert [m.key for m in heard.rows] == [row.key], label
            assert not heard.residual, label


def test_what_people_say_names_rows_of_the_forms() -> None:
    rows = {key for form in ANNEXED for key, row in form.annex_rows.items() if row.cells}
    assert set(load_sayings()) == rows
    lexicon = words_for(load_lexicon(), [card(form.id) for form in ANNEXED])
    assert all(p.regex.search("") is None for p in (*lexicon.rows, *lexicon.columns))


def test_the_words_of_an_annex_are_heard_only_where_one_is_meant() -> None:
    lexicon = load_lexicon()
    assert words_for(lexicon, []) is lexicon
    assert words_for(lexicon, [card("2021")]) is lexicon
    assert words_for(lexicon, [card("2014", {})]) is lexicon  # a report without any table
    both = [card("2014"), card("2019")]
    assert words_for(lexicon, both, named=False) is lexicon
    assert words_for(lexicon, both[:1], named=False) is not lexicon  # the only one there is
    alone, beside = (
        words_for(lexicon, [card("2014")]),
        words_for(lexicon, [card("2014"), card("2019")]),
    )
    assert len(alone.rows) > len(beside.rows) > len(lexicon.rows)
    assert [m.key for m in hear("办结多少件", (), alone).rows] == ["requests_closed"]
    assert [m.key for m in hear("办结多少件", (), beside).rows] == ["result_total"]
    assert [m.key for m in hear("申请办结数", (), beside).rows] == ["requests_closed"]


def test_a_measure_is_called_as_in_the_form() -> None:
    new, received = Measure(table="t3", row="new"), Measure(table="annex", row="requests_received")
    assert counterpart(FORMS["2014"], new) == received
    assert counterpart(FORMS["2014"], new.model_copy(update={"column": "total"})) == received
    person = new.model_copy(update={"column": "natural_person"})
    assert counterpart(FORMS["2014"], person) == person
    assert counterpart(FORMS["2021"], received) == new
    other = Measure(table="annex", row="requests_fax")
    assert counterpart(FORMS["2021"], other) == other
    assert counterpart(FORMS["2014"], other) == other
