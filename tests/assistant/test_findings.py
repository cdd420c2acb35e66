"""What is wrong with reports: asked in many ways, answered with findings, never with a figure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Kind, Reason
from assistant.answering.found import LONGEST_QUOTE, _short
from assistant.ask import Desk
from assistant.lexicon.findings import WHOLE, askings, load_families
from assistant.library.review import Review
from assistant.words.folding import fold_whole
from index.across.abstract import abstract_of
from index.build import build
from index.formats import load_forms
from index.report import Outcome, Strength
from index.storage.embed import load_embedder
from index.storage.ledger import Ledger
from index.storage.packing import pack, unpack
from index.words.checks import all_claims

TOWN = "examples/yanting-2023.txt"
ROOT = Path(__file__).parents[2]
ASKED = {
    "哪些单位上年结转和去年对不上": "carried",
    "哪几家的结转跟上年报告接不上": "carried",
    "which bodies' carried-over requests do not match last year": "carried",
    "哪些报告正文和表格不一致": "stated",
    "哪些報告的正文與表格對不上": "stated",
    "which reports' text contradicts the tables": "stated",
    "哪几份照抄去年": "copied",
    "内容雷同的报告有哪些": "copied",
    "which reports copied last year's text": "copied",
    "哪些报告没写信息处理费": "fee",
    "which reports do not mention the information processing fee": "fee",
    "缺第六部分的有哪些": "sections",
    "which reports are missing a section": "sections",
    "哪些报告章节错号": "numbers",
    "迟发布的有哪些": "late",
    "哪些报告没有按时公布": "late",
    "哪些报告晚于规定时间公布": "late",
    "云岫市2022年的报告正文和表格一致吗": "stated",
    "which reports were published late": "late",
    "第五部分只有套话的有哪些": "empty",
    "还在用2019年格式的是哪些": "form",
    "which reports still use the 2019 form": "form",
    "哪些乡镇填了规章": "rules",
    "两年的规范性文件数说不通的有哪些": "normative",
    "哪些报告勾稽不平": "unbalanced",
    "哪些报告有错误": WHOLE,
}
FIGURES = (
    "云岫市2021年规范性文件现行有效多少件",
    "云岫22年企业重复申请几件",
    "临溪水务2020新收多少件",
    "云岫市2022年上年结转多少件",
    "哪些单位规章数不为零",
    "云岫市2021年申请人逾期不缴费的有几件",
    "云岫市2022年与2021年结转下年度差多少",
    "How many repeat requests did Yunxiu receive in 2022?",
    "哪家上年结转最多",
    "云岫市2022年存在的问题那段，请照抄第一句",
    "云岫市2021年结转下年度跟2022年上年结转对得上吗",
)


@pytest.mark.parametrize(("question", "family"), ASKED.items())
def test_a_question_for_findings_is_a_list_and_states_no_figure(
    desk: Desk, question: str, family: str
) -> None:
    found = desk.ask(question)
    assert found.kind is Kind.LIST, found.text
    assert found.value is None
    assert not [f for f in found.figures if f.role != "context"]
    assert any(asking.family == family for asking in askings(fold_whole(question)))
    what = load_families()[family]
    names = (what.en, what.zh)
    assert any(name in found.text for name in names) or found.language == "zh-Hant"


@pytest.mark.parametrize("question", FIGURES)
def test_a_question_for_a_figure_is_never_answered_with_findings(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert "查了" not in answer.text
    assert "looked at" not in answer.text


def test_of_one_report_all_findings_are_told_with_strength_code_equation_and_place(
    desk: Desk,
) -> None:
    answer = desk.ask("临溪县水务局2020年的报告有没有毛病")
    assert answer.kind is Kind.LIST
    assert "【错误】T3-BAL" in answer.text
    assert "58 + 4 = 62 ≠ 55 + 2 = 57" in answer.text
    assert "[临溪县水务局2020年 表三·本年新收政府信息公开申请数量·总计]" in answer.text
    assert "【需说明】S-RECEIVED" in answer.text
    assert "“全年新收申请53件" in answer.text
    quoted = answer.passages[0]
    assert desk.report(quoted.report).text[slice(*quoted.span)] == quoted.quote
    assert {check.outcome for check in answer.checks} == {Outcome.FAILS}
    gravest = [check.strength for check in answer.checks]
    assert gravest == sorted(gravest, key=list(Strength).index)


def test_none_found_says_how_many_reports_were_looked_at(desk: Desk) -> None:
    assert "查了10份报告（规定期限前公布），没有发现问题" in desk.ask("迟发布的有哪些").text
    one = desk.ask("云岫市2021年的报告有没有毛病")
    assert "查了1份报告" in one.text
    assert one.checks == ()


def test_the_number_of_reports_is_the_value_where_it_is_asked_for(desk: Desk) -> None:
    answer = desk.ask("有几份报告勾稽不平")
    assert (answer.kind, answer.value, answer.unit) == (Kind.COMPUTED, 2, "份")


def test_a_quotation_is_never_cut_within_a_number() -> None:
    words = "某" * (LONGEST_QUOTE - 2) + "1234件"
    assert _short(words) == f"“{'某' * (LONGEST_QUOTE - 2)}……”"
    assert _short("共 5 件") == "“共 5 件”"


def test_a_dialogue_goes_on_to_the_findings_of_its_report(desk: Desk) -> None:
    talk = desk.new_dialogue()
    refused = desk.ask("临溪水务2020新收多少", talk)
    assert refused.refusal is not None
    why = desk.ask("为什么不能用这个数", talk)
    assert why.refusal is not None
    assert why.refusal.reason is Reason.FAILED_CHECK
    assert {"T3-BAL", "T3-ROW"} <= {check.code for check in why.refusal.checks}
    found = desk.ask("这份报告还有什么问题", talk)
    assert "查了1份报告" in found.text
    assert "S-RECEIVED" in found.text
    every = desk.ask("哪些报告没写信息处理费", talk)
    assert "查了10份报告" in every.text


def test_problems_that_a_report_admits_are_quoted(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年报告里存在的主要问题是什么")
    assert answer.kind is Kind.PASSAGE


def test_a_place_that_is_not_indexed_is_refused(desk: Desk) -> None:
    answer = desk.ask("北京市2021年的报告有没有毛病")
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.NO_REPORT


@pytest.fixture
def changed_desk(tmp_path: Path) -> Callable[..., Desk]:
    """A desk over two years of a town's report, the later one with changes of its text."""

    def made(*changes: tuple[str, str]) -> Desk:
        text = (ROOT / TOWN).read_text("utf-8")
        first, second = tmp_path / "2023.txt", tmp_path / "2024.txt"
        first.write_text(text, "utf-8")
        later = text.replace("2023", "2024")
        for old, new in changes:
            assert old in later
            later = later.replace(old, new)
        second.write_text(later, "utf-8")
        list(build([first, second], tmp_path / "store", load_embedder(None)))
        return Desk(tmp_path / "store")

    return made


def test_text_of_last_year_is_found_with_both_sentences(changed_desk: Callable[..., Desk]) -> None:
    answer = changed_desk().ask("哪些报告照抄去年")
    assert "1份有问题" in answer.text, answer.text
    assert "X-COPIED" in answer.text
    assert len({p.report for p in answer.passages}) == 2


def test_a_part_that_is_named_is_the_only_one_told(changed_desk: Callable[..., Desk]) -> None:
    text = (ROOT / TOWN).read_text("utf-8")
    sixth = text[text.index("六、") :].replace("2023", "2024")
    desk = changed_desk((sixth, ""))
    assert "第六部分" in desk.ask("哪些报告缺第六部分").text
    assert "没有发现问题" in desk.ask("哪些报告缺第四部分").text


def test_what_is_computed_of_all_reports_is_kept_until_one_changes(
    changed_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = changed_desk()
    review = desk.shelf.review()
    assert desk.shelf.review() is review
    (tmp_path / "2024.txt").unlink()
    desk.shelf.ledger.remove([card.id for card in desk.reports() if card.year == 2024])
    assert desk.shelf.review() is not review
    assert "没有发现问题" in desk.ask("哪些报告照抄去年").text


def test_every_code_has_a_family_with_a_name() -> None:
    codes = {*all_claims()}
    for form in load_forms():
        codes |= {i.code for i in (*form.identities, *form.across)}
    named = [f for name, f in load_families().items() if name not in (WHOLE, "unbalanced")]
    prefixes = tuple(code for family in named for code in family.codes)
    hard = ("T3-", "T4-", "A-", "F-")  # identities, which are asked for as such
    units = ("X-UNITS",)  # only with a list of units, which the chat is not given
    assert {c for c in codes if not c.startswith((*prefixes, *hard, *units))} == set()


def test_an_abstract_is_the_same_after_packing(desk: Desk) -> None:
    ledger: Ledger = desk.shelf.ledger
    kept = {abstract.report: abstract for abstract in ledger.abstracts()}
    for card in desk.reports():
        abstract = abstract_of(ledger.report(card.id))
        assert kept[card.id] == abstract == unpack(pack(abstract))


def test_a_ledger_without_abstracts_makes_them(changed_desk: Callable[..., Desk]) -> None:
    desk = changed_desk()
    expected = list(desk.shelf.ledger.abstracts())
    with desk.shelf.ledger._engine.begin() as db:
        db.exec_driver_sql("DELETE FROM abstracts")
    assert list(desk.shelf.ledger.abstracts()) == expected
    assert Review(desk.shelf.ledger).compared([load_families()["carried"]]) == frozenset()


def test_findings_of_a_report_are_those_of_its_checks(desk: Desk) -> None:
    for card in desk.reports():
        failing = {c for c in desk.report(card.id).checks if c.outcome is Outcome.FAILS}
        assert failing <= set(desk.findings(card.id))
