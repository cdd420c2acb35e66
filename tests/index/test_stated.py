"""What running text says of cells: each code holds, breaks, and keeps silent where it must."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.errors import LexiconError
from index.reading import read_report
from index.report import Check, Outcome, Status, Strength
from index.script import fold_same_length
from index.stated.checks import CODES
from index.stated.meanings import meanings_of
from index.words.checks import load_claims
from index.words.stated import load_stated
from tests.index.helpers import EXAMPLES, FORMS, RULES, read_example
from tests.index.stated_helpers import BODY, beside

CLAIMS = load_claims("stated")
BRACES = str.maketrans("", "", "{}")
T3 = {
    "t3.new.total": 44,
    "t3.new.natural_person": 40,
    "t3.new.commercial_enterprise": 3,
    "t3.carried_in.total": 3,
    "t3.granted.total": 20,
    "t3.partial.total": 6,
    "t3.denied_internal.total": 4,
    "t3.unable_not_held.total": 9,
    "t3.notproc_repeat.total": 5,
    "t3.other_other.total": 1,
    "t3.result_total.total": 45,
    "t3.carried_out.total": 2,
}
T4 = {
    "t4.review.total": 5,
    "t4.review.upheld": 3,
    "t4.review.corrected": 1,
    "t4.review.pending": 1,
    "t4.lit_direct.total": 1,
    "t4.lit_direct.upheld": 1,
    "t4.lit_after_review.total": 2,
    "t4.lit_after_review.upheld": 2,
}
T2 = {
    "t2.normative_docs.issued": 6,
    "t2.normative_docs.repealed": 2,
    "t2.normative_docs.in_force": 31,
    "t2.rules.issued": 1,
    "t2.licensing.decisions": 43362,
    "t2.penalty.decisions": 610,
    "t2.fees.amount": Decimal("7.22"),
}


def rule(code: str, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((RULES / code / f"{name}.yaml").read_text("utf-8"))
    assert set(loaded) == {"text", "cells", "check", "equation", "difference"}
    return loaded


def test_every_code_has_its_two_examples() -> None:
    assert set(CODES) == set(CLAIMS) == {m.code for m in load_stated().meanings}
    assert {p.name for p in RULES.iterdir() if p.name.startswith("S-")} == set(CODES)
    for code in CODES:
        assert {p.name for p in (RULES / code).iterdir()} == {"holds.yaml", "breaks.yaml"}
        assert CLAIMS[code].strength is Strength.EXPECTED
        assert CLAIMS[code].basis


@pytest.mark.parametrize("name", ["holds", "breaks"])
@pytest.mark.parametrize("code", CODES)
def test_the_examples_hold_and_break(code: str, name: str) -> None:
    expected = rule(code, name)
    figures, checks = beside(expected["text"], expected["cells"])
    check = next(c for c in checks if c.id == expected["check"])
    assert check.code == code
    assert check.outcome is (Outcome.HOLDS if name == "holds" else Outcome.FAILS)
    assert check.equation == expected["equation"]
    assert check.difference == expected["difference"]
    assert not check.verifies
    assert [expected["text"][slice(*span)] for span in check.spans] == [expected["text"]]
    by_address = {f.address: f for f in figures}
    assert all(check.id in by_address[address].checks for address in check.addresses)
    failing = [c for c in checks if c.outcome is Outcome.FAILS]
    assert failing == ([] if name == "holds" else [check])


def test_no_status_changes() -> None:
    for name in ("holds", "breaks"):
        figures, _ = beside(rule("S-T2", name)["text"], rule("S-T2", name)["cells"])
        assert {f.status for f in figures} == {Status.PRINTED}


def said(checks: tuple[Check, ...]) -> dict[str, tuple[str, str]]:
    return {c.id: (c.strength.value, c.equation) for c in checks if c.outcome is Outcome.FAILS}


Found = Mapping[str, tuple[str, str]]


@pytest.mark.parametrize(
    "text",
    [
        "全年新收政府信息公开申请{44}件",
        "全市共收到各类政府信息公开申请{44}件",
        "我市接收信息公开申请{44}宗",
        "2023年，市政府共收到依申请公开{44}件",
        "全年受理政府信息公开申请{44}件",
        "全年受理政府信息公开申请{47}件",
        "对收到的{44}件政府信息公开申请逐件登记，连同上年结转{3}件，共计办理{47}件",
        "2023年，我市受理的{44}件政府信息公开申请均依法答复",
        "受理公民、法人和其他组织政府信息公开申请{44}件",
        "全年办理政府信息公开申请{45}件",
        "全年新收申请{44}件，其中自然人提出{40}件、商业企业提出{3}件",
        "全年新收申请{44}件，上年度结转{3}件，办结{45}件，结转下年度{2}件",
        "新收申请{44}件，加上2022年结转的{3}件，应办{47}件，办结{45}件，其余{2}件转入2024年",
        "已答复政府信息公开申请{45}件，其中予以公开{20}件、部分公开{6}件、不予公开{4}件、无法提供{9}件、"
        "不予处理{5}件、其他处理{1}件",
        "办结的申请中，予以公开及部分公开{26}件，属于内部事务信息{4}件，重复申请{5}件",
    ],
)
def test_what_means_a_cell_of_table_three(text: str) -> None:
    cells = {f"t3.{key}.total": 0 for key in FORMS["2021"].t3_rows} | T3
    right = text.translate(BRACES) + "。"
    checks = beside(right, cells)[1]
    assert [c.outcome for c in checks] == [Outcome.HOLDS] * text.count("{")
    for number, check in enumerate(checks):  # each of them off is found, and nothing else
        pieces = text.split("{")
        digits, rest = pieces[number + 1].split("}", 1)
        pieces[number + 1] = f"{int(digits) + 7}{rest}"
        wrong = "{".join(pieces).translate(BRACES) + "。"
        assert set(said(beside(wrong, cells)[1])) == {check.id}, wrong


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "因政府信息公开被申请行政复议5件，其中维持3件、纠正1件、尚未审结1件；行政诉讼3件，其中维持3件。",
            6,
        ),
        ("全年发生涉及政府信息公开的行政复议5件、行政诉讼3件。", 2),
        ("因信息公开引发行政复议案件5件、复议后起诉的行政诉讼2件、未经复议直接起诉1件。", 3),
        ("依申请公开答复质量不高，全年被行政复议纠正1件。", 1),
        ("制发行政规范性文件6件，废止2件，现行有效31件。", 3),
        ("全年制定市政府规章1件。作出行政许可决定43362件、行政处罚决定610件。", 3),
        ("公示行政许可信息4.34万条，收取行政事业性收费7.22万元。", 2),
        ("收取行政事业性收费72200元。", 1),
    ],
)
def test_what_means_a_cell_of_tables_two_and_four(text: str, count: int) -> None:
    checks = beside(text, T2 | T4)[1]
    assert [c.outcome for c in checks] == [Outcome.HOLDS] * count


EXPECTED, WARNING, INFO = "expected", "warning", "info"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # The words leave open which of two numbers is meant: one that is neither is a question.
        (
            "全年受理政府信息公开申请50件。",
            {"S-RECEIVED@p1.n1": (WARNING, "50 ≠ 44；≠ 44 + 3 = 47；≠ 45")},
        ),
        ("全年答复政府信息公开申请41件。", {"S-OUTCOME@p1.n1": (WARNING, "41 ≠ 45；≠ 44")}),
        ("收到政府信息公开申请44件，办结42件。", {"S-OUTCOME@p1.n2": (WARNING, "42 ≠ 45")}),
        (
            "收到政府信息公开申请44件，上年结转3件，办结42件。",
            {"S-OUTCOME@p1.n3": (EXPECTED, "42 ≠ 45")},
        ),
        # Of another scope, a part of the year, some channels: both numbers are told.
        (
            "市政府本级收到政府信息公开申请20件。",
            {"S-RECEIVED@p1.n1": (INFO, "20 ≠ 44；≠ 44 + 3 = 47")},
        ),
        (
            "全省收到政府信息公开申请90件。",
            {"S-RECEIVED@p1.n1": (INFO, "90 ≠ 44；≠ 44 + 3 = 47")},
        ),
        (
            "上半年收到政府信息公开申请30件。",
            {"S-RECEIVED@p1.n1": (INFO, "30 ≠ 44；≠ 44 + 3 = 47")},
        ),
        (
            "市政府本级办理政府信息公开申请，收到网上申请9件、信函申请6件。",
            {"S-RECEIVED@p1.n1": (INFO, "9 + 6 = 15 ≠ 44")},
        ),
        ("公示行政许可信息4.25万条。", {"S-T2@p1.n1": (INFO, "42500 ≠ 43362")}),
        ("公开行政许可决定43362件、行政处罚决定600件。", {"S-T2@p1.n2": (INFO, "600 ≠ 610")}),
        # Hedges are bounds.
        (
            "全年收到政府信息公开申请超50件。",
            {"S-RECEIVED@p1.n1": (EXPECTED, "超50 ≠ 44；≠ 44 + 3 = 47")},
        ),
        ("全年收到政府信息公开申请约50件。", {}),
        ("全年收到政府信息公开申请40余件。", {}),
        ("全年作出行政处罚决定近600件。", {}),
        # Other years, plans, averages, the largest, other bodies: another number.
        ("上年收到政府信息公开申请38件。", {}),
        ("2021年收到政府信息公开申请38件。", {}),
        ("2024年力争收到政府信息公开申请38件。", {}),
        ("平均每月收到政府信息公开申请4件。", {}),
        ("近三年收到政府信息公开申请138件。", {}),
        ("2008年以来累计收到政府信息公开申请538件。", {}),
        ("申请量最多的单位收到政府信息公开申请18件。", {}),
        ("市教育局收到政府信息公开申请18件。", {}),
        ("上年结转的2021年申请1件。2021年结转政府信息公开申请1件。", {}),
        # Not of this kind of requests.
        ("全年收到企业开办申请380件，办结380件。", {}),
        ("全年收到申请380件，涉及低保和住房。", {}),
        ("收到政府信息公开申请44件；办理建议提案70件，办结68件。", {}),
        ("12345热线受理诉求900件，办结880件。", {}),
        ("审核公文90件，认定主动公开50件、依申请公开30件、不予公开10件。", {}),
        ("全年办理行政复议案件120件、行政应诉案件60件。", {}),
        ("清理文件80件，废止20件。", {}),
        ("抽查行政规范性文件12件，其中现行有效9件。", {}),
        ("政府信息公开申请中，涉及征地的30件、涉及拆迁的12件。", {}),
        # A part of another whole than the table's.
        ("网上新收政府信息公开申请30件，其中予以公开15件。", {}),
        ("新收政府信息公开申请44件，其中予以公开15件。", {}),
    ],
)  # fmt: skip
def test_what_differs(text: str, found: Found) -> None:
    assert said(beside(text, T2 | T3 | T4)[1]) == found


@pytest.mark.parametrize(
    ("body", "scope", "strength"),
    [
        (BODY, "全市", EXPECTED),
        (BODY, "我市", EXPECTED),
        (BODY, "全省", INFO),
        (BODY, "市直部门", INFO),
        ("澄岫市教育局", "全市", INFO),
        ("澄岫市教育局", "我局", EXPECTED),
        ("澄岫市教育局", "", EXPECTED),
        ("澄岫市人民政府办公室", "全市", INFO),
        ("澄岫县芷汀镇人民政府", "全镇", EXPECTED),
        ("澄岫县芷汀镇人民政府", "全县", INFO),
        ("太仓市", "全市", EXPECTED),
        (None, "全市", INFO),
        (None, "", EXPECTED),
    ],
)
def test_a_scope_is_that_of_the_report_or_another(
    body: str | None, scope: str, strength: str
) -> None:
    checks = beside(f"{scope}新收政府信息公开申请60件。", T3, body)[1]
    assert [c.strength.value for c in checks] == [strength]
    assert (f"（{scope}）" in checks[0].scope_label) == (strength == INFO)


def test_a_cell_that_is_open_or_not_printed_is_not_compared() -> None:
    text = "新收政府信息公开申请60件，上年结转3件。"
    assert beside(text, {"t3.new.total": None})[1] == ()
    assert beside(text, {})[1] == ()
    assert beside("制发行政规范性文件6件，废止4件。", {"t2.normative_docs.made": 5}, form="2019")[1]


def test_only_the_text_of_a_number_that_is_loosely_called_so_is_no_difference() -> None:
    loose = "规范程序依申请公开共受理政府信息公开申请{}件。"
    assert [c.outcome for c in beside(loose.format(44), T3)[1]] == [Outcome.HOLDS]
    assert beside(loose.format(60), T3)[1] == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本年度未收到政府信息公开申请。", {"S-RECEIVED": "0 ≠ 44"}),
        ("我市没有收到公民、法人和其他组织提出的政府信息公开申请，没有上年结转申请。",
         {"S-RECEIVED": "0 ≠ 44", "S-CARRIED": "0 ≠ 3"}),
        ("依申请公开全部办结，没有结转下年度的申请。", {"S-CARRIED": "0 ≠ 2"}),
        ("未发生因政府信息公开引起的行政复议和行政诉讼。", {"S-DISPUTES": "0 ≠ 5 + 1 + 2 = 8"}),
        ("没有因信息公开被申请行政复议、提起行政诉讼。", {"S-DISPUTES": "0 ≠ 5 + 1 + 2 = 8"}),
        ("因政府信息公开引起行政复议5件，无行政诉讼案件。", {"S-DISPUTES": "0 ≠ 1 + 2 = 3"}),
        ("全年無政府信息公開行政復議案件。", {"S-DISPUTES": "0 ≠ 5"}),
        # Said of something else, of another time, of a part only.
        ("没有收到传真申请。", {}),
        ("未就政府信息公开申请收取费用。", {}),
        ("未收到政府信息公开申请办理方面的投诉。", {}),
        ("上年未收到政府信息公开申请。2021年未收到政府信息公开申请。", {}),
        ("连续三年未发生政府信息公开行政复议。", {}),
        ("行政处罚未引起行政复议。", {}),
        ("政府信息公开行政复议无被纠正的情况。", {}),
        ("各乡镇均未收到政府信息公开申请。", {"S-RECEIVED": "0 ≠ 44"}),
    ],
)  # fmt: skip
def test_that_there_were_none(text: str, found: dict[str, str]) -> None:
    checks = beside(text, T3 | T4)[1]
    assert {c.code: c.equation for c in checks if c.outcome is Outcome.FAILS} == found
    for check in checks:
        if not check.left:
            assert (check.left_value, check.difference) == (0, -int(check.right_value or 0))
            assert check.strength is (Strength.INFO if "各乡镇" in text else Strength.EXPECTED)
            assert all(text[slice(*span)].endswith("。") for span in check.spans)


def test_that_there_were_none_holds_where_the_cells_are_zero() -> None:
    checks = beside("本年度未收到政府信息公开申请。", {"t3.new.total": 0})[1]
    assert [(c.id, c.equation) for c in checks] == [("S-RECEIVED@p1.d1", "0 = 0")]


def test_a_part_of_what_came_in_is_an_outcome_where_nothing_was_carried_in() -> None:
    text = "新收政府信息公开申请44件，其中予以公开15件。"
    assert said(beside(text, T3 | {"t3.carried_in.total": 0})[1]) == {
        "S-OUTCOME@p1.n2": (EXPECTED, "15 ≠ 20")
    }


def test_a_heading_says_what_a_passage_is_of() -> None:
    text = "（二）依申请公开\n全年收到申请46件，办结45件。\n"
    assert list(said(beside(text, T3)[1])) == ["S-RECEIVED@p2.n1"]
    assert beside(text.replace("依申请公开", "行政审批"), T3)[1] == ()


def test_the_text_may_be_in_traditional_script() -> None:
    text = "全年新收政府信息公開申請46件，上年結轉3件，辦結45件。"
    assert list(said(beside(text, T3)[1])) == ["S-RECEIVED@p1.n1"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_sample_reports_differ_where_they_were_made_to(path: Path) -> None:
    found = {c.equation for c in read_example(path.stem).checks
             if c.code in CODES and c.outcome is Outcome.FAILS}  # fmt: skip
    assert found == MADE_TO_DIFFER.get(path.stem, set())


MADE_TO_DIFFER = {
    "lanyu-wenlv-2024": {"12 ≠ 14", "6 ≠ 5"},
    "linxi-shuiwu-2020": {"53 ≠ 58；≠ 58 + 4 = 62"},
}
REAL = {
    "002_08caf9eb42603138.txt": {
        ("S-T2", "info", "42500 ≠ 43362"),
        ("S-T2", "info", "27500 ≠ 29685"),
        ("S-RECEIVED", "info", "39 + 21 = 60 ≠ 333"),
    }
}
"""Differences in real reports, each read: published and decided, the government and the city."""


def test_real_reports_differ_only_where_a_reader_agrees(shared: Path) -> None:
    tied = 0
    for path in sorted([*(shared / "seeds").glob("*.txt"), *(shared / "corpus/reports").iterdir()]):
        checks = [c for c in read_report(path).checks if c.code in CODES]
        tied += sum(c.outcome is Outcome.HOLDS for c in checks)
        found = {
            (c.code, c.strength.value, c.equation) for c in checks if c.outcome is Outcome.FAILS
        }
        assert found == REAL.get(path.name, set()), path.name
    assert tied >= 30


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_name_of_a_row_or_column_is_understood(form: str) -> None:
    t3, meanings = FORMS[form].tables.t3, meanings_of(form)
    terms = {t.key: t for t in (*t3.rows, *t3.columns)}
    for meaning in load_stated().meanings:
        for key in meaning.each:
            aliases = terms[key].aliases if key in terms else ()
            for name in (*meaning.called.get(key, ()), *aliases):
                meant = meanings.of(fold_same_length(name))
                assert meant is not None, name
                assert meant.meaning.key == f"{meaning.key}:{key}", name


def test_a_bad_file_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "stated.yaml"
    bad.write_text("fragments: [甲]", "utf-8")
    with pytest.raises(LexiconError, match=r"stated\.yaml"):
        load_stated(bad)
