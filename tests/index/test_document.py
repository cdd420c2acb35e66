"""The report as a document: each check holds, breaks, and is left alone where it cannot tell."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.document.checks import DOCUMENT_CHECKS
from index.errors import LexiconError
from index.reading import read_report
from index.report import Check, Outcome, Report, Strength
from index.words.checks import load_claims
from index.words.document import load_document_words
from tests.index.helpers import (
    EXAMPLES,
    ROOT,
    RULES,
    balanced,
    lines,
    read_example,
    report,
    table_four,
    table_three,
)
from tests.index.test_written import read, undamaged
from tests.writer import FAULTS, Order, write_report

CLAIMS = load_claims("document")
TWO = {
    "2021": ("本年制发件数", "本年废止件数", "现行有效件数"),
    "2019": ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
}
HOLDS, FAILS = Outcome.HOLDS, Outcome.FAILS


def rule(code: str, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((RULES / code / f"{name}.yaml").read_text("utf-8"))
    assert set(loaded) - {"form", "rows", "rules"} == {"text", "check", "equation"}
    return loaded


def with_tables(text: str, form: str = "2021", rules: str = "0 0 0", **rows: str) -> str:
    """A text with its three tables, one cell a line."""
    two = ["第二十条第（一）项", "信息内容", *TWO[form], "规章", *rules.split()]
    return (
        text.replace("{t2}\n", "".join(f"{cell}\n" for cell in two))
        .replace("{t3}\n", lines(table_three(balanced(form, **rows), form)))
        .replace("{t4}\n", lines(table_four(["0"] * 15, form)))
    )


def example(code: str, name: str) -> Report:
    given = rule(code, name)
    form, rows = given.get("form", "2021"), given.get("rows", {})
    return report(with_tables(given["text"], form, given.get("rules", "0 0 0"), **rows))


PLAIN: str = rule("D-SECTIONS", "holds")["text"]


def found(got: Report, code: str = "D-") -> dict[str, Check]:
    """Checks that do not hold, by id."""
    checks = (c for c in got.checks if c.code.startswith(code))
    return {c.id: c for c in checks if c.outcome is FAILS}


def only(text: str, code: str) -> Check:
    """The only check of a code on a text with tables."""
    (check,) = (c for c in report(with_tables(text)).checks if c.code == code)
    return check


# -- the examples ------------------------------------------------------------------------------


def test_every_claim_has_its_function_and_its_two_examples() -> None:
    assert set(DOCUMENT_CHECKS) | {"D-LATE"} == set(CLAIMS) == set(FAULTS)
    folders = {p.name for p in RULES.iterdir() if p.name.startswith("D-")}
    assert folders == set(CLAIMS)
    for code in folders:
        assert {p.name for p in (RULES / code).iterdir()} == {"holds.yaml", "breaks.yaml"}
    assert all(claim.strength is not Strength.HARD and claim.basis for claim in CLAIMS.values())


def test_what_a_note_rests_on_says_where_it_stands() -> None:
    """An article, a notice by its number, or the section of a law whose articles move."""
    for claim in CLAIMS.values():
        assert re.search("第[一二三四五六七八九十]+条|〔20[0-9]{2}〕[0-9]+号|”一节", claim.basis), (
            claim.code
        )
    assert CLAIMS["D-RULES"].basis.startswith("《中华人民共和国立法法》“规章”一节")


@pytest.mark.parametrize("name", ["holds", "breaks"])
@pytest.mark.parametrize("code", CLAIMS)
def test_the_examples_hold_and_break(code: str, name: str) -> None:
    got, expected = example(code, name), rule(code, name)
    check = next(c for c in got.checks if c.id == expected["check"])
    assert (check.code, check.strength) == (code, CLAIMS[code].strength)
    assert check.outcome is (HOLDS if name == "holds" else FAILS)
    assert check.equation == expected["equation"]
    assert set(check.addresses) <= {f.address for f in got.figures}
    others = {c.code for c in found(got).values() if c.strength is not Strength.INFO}
    assert others <= ({code} if name == "breaks" else set())


@pytest.mark.parametrize("code", CLAIMS)
def test_what_a_check_is_about_is_in_the_source(code: str) -> None:
    got = example(code, "breaks")
    check = got_check(got, rule(code, "breaks")["check"])
    shown = [got.text[slice(*span)] for span in check.spans]
    assert all(text.strip() for text in shown)
    assert shown or check.addresses or code in ("D-SECTIONS", "D-FORM")


def got_check(got: Report, identity: str) -> Check:
    return next(c for c in got.checks if c.id == identity)


# -- sections ----------------------------------------------------------------------------------


def test_a_missing_section_is_told_once() -> None:
    got = report(with_tables(PLAIN.replace("六、其他需要报告的事项\n", "")))
    assert "D-SECTIONS@s6" in found(got)
    assert not any("标题" in note for note in got.notes)


def test_a_list_of_the_parts_is_no_section() -> None:
    title, rest = PLAIN.split("\n", 1)
    parts = [line for line in rest.splitlines() if line[1:2] == "、"]
    for listed in ("\n".join(parts), "\n".join(f"{p}……{n}" for n, p in enumerate(parts))):
        got = report(with_tables(f"{title}\n{listed}\n本报告统计期限为2023年。\n{rest}"))
        assert found(got) == {}
    said = "本报告由一、总体情况，二、主动公开政府信息情况等六个部分组成。"
    assert found(report(with_tables(f"{title}\n{said}\n{rest}"))) == {}


def test_a_section_behind_the_next_and_one_printed_twice() -> None:
    five = "五、存在的主要问题及改进情况\n14个水管站中有3个更新滞后，明年起逐月通报。\n"
    moved = found(report(with_tables(PLAIN.replace(five, "") + five)))
    assert [c.equation for c in moved.values()] == [
        "“五、存在的主要问题及改进情况”印在后面的部分之后"
    ]
    twice = found(report(with_tables(PLAIN + five)))
    assert [c.equation for c in twice.values()] == ["“五、存在的主要问题及改进情况”印了两次"]
    (check,) = twice.values()
    assert len(check.spans) == 2


def test_two_reports_in_one_file_and_the_menu_of_a_site() -> None:
    (check,) = found(report(with_tables(PLAIN + PLAIN))).values()
    assert (check.code, check.strength) == ("D-SECTIONS", Strength.INFO)
    title, rest = PLAIN.split("\n", 1)
    menu = f"首页\n基本情况\n{title}\n本报告由本局编制。如有疑问，请来信。\n{rest}"
    assert found(report(with_tables(menu))) == {}


def test_tables_without_a_text_are_no_whole_report() -> None:
    lines_ = [line for line in PLAIN.splitlines() if line[0] in "二三四{"]
    (check,) = found(report(with_tables("\n".join([*lines_, ""]))), "D-SECTIONS").values()
    assert (check.id, check.strength) == ("D-SECTIONS@copy", Strength.INFO)


def test_what_a_broken_copy_lost_is_no_fault_of_the_report() -> None:
    lost = PLAIN.replace("六、其他需要报告的事项\n本年度未收取信息处理费。\n", "")
    got = report(lost.replace("{t2}\n", "").replace("{t3}\n", "").replace("{t4}\n", ""))
    checks = found(got)
    assert set(checks) == {"D-SECTIONS@copy"}
    assert checks["D-SECTIONS@copy"].strength is Strength.INFO
    assert got_check(got, "D-FEE@s6").outcome is Outcome.NOT_EVALUABLE


def test_a_heading_that_a_copy_lost_from_its_table_or_text() -> None:
    three = PLAIN.replace("三、收到和处理政府信息公开申请情况\n", "")
    (check,) = found(report(with_tables(three))).values()
    assert (check.id, check.strength) == ("D-SECTIONS@copy", Strength.INFO)
    assert "第三部分有内容，只是没有标题" in check.equation
    five = PLAIN.replace("五、存在的主要问题及改进情况\n", "（一）主要问题\n")
    (check,) = found(report(with_tables(five))).values()
    assert (check.id, check.strength) == ("D-SECTIONS@copy", Strength.INFO)
    assert "第五部分有内容，只是没有标题" in check.equation


def test_numbers_that_begin_anew_and_titles_without_numbers() -> None:
    anew = PLAIN.replace("四、政府", "一、政府").replace("五、存在", "二、存在")
    check = only(anew.replace("六、其他", "三、其他"), "D-NUMBER")
    assert check.outcome is FAILS
    assert len(check.spans) == 3
    bare = "".join(f"{line[2:] if line[1:2] == '、' else line}\n" for line in PLAIN.splitlines())
    assert found(report(with_tables(bare))) == {}
    eleven = only(PLAIN.replace("一、总体情况", "十一、总体情况"), "D-NUMBER")
    assert eleven.outcome is FAILS


# -- what sections say -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("six", "result"),
    [
        ("本年度未收取信息处理费。", HOLDS),
        ("2023年，全局没有收取政府信息公开信息处理费。", HOLDS),
        ("信息处理费：无。", HOLDS),
        ("本年度无收取信息处理费情况。", HOLDS),
        ("不涉及收费。", HOLDS),
        ("本年度未产生费用。", HOLDS),
        ("本年度未发生政府信息公开收费事项。", HOLDS),
        ("全年收取信息处理费0元。", HOLDS),
        ("本机关收费0元。", HOLDS),
        ("有1件申请收取380元信息公开费用。", HOLDS),
        ("发出收费通知3件，总金额1260元，实际收取1260元。", HOLDS),
        ("本年度政府信息公开事项未收取任何费用。", HOLDS),
        ("我局未向申请人收取费用。", HOLDS),
        ("政府信息公开均为免费提供。", HOLDS),
        ("免收信息检索费。", HOLDS),
        ("2023年度，本机关信息处理费收取金额为零。", HOLDS),
        ("收费通知的件数和总金额以及实际收取的总金额均为0。", HOLDS),
        ("其他事项：\n1.建议提案12件。\n2.未就政府信息公开申请收取\n费用。", HOLDS),
        ("办理建议提案12件，答复率100%。", FAILS),
        ("公布行政事业性收费目录清单2份。", FAILS),
        ("清理涉企收费12项，规范停车收费公示。", FAILS),
        ("", FAILS),
    ],
)
def test_ways_to_report_the_fee(six: str, result: Outcome) -> None:
    check = only(PLAIN.replace("本年度未收取信息处理费。", six), "D-FEE")
    assert (check.outcome, check.strength) == (result, Strength.EXPECTED)


@pytest.mark.parametrize(
    "six", ["无。", "无", "本年度无其他需要报告的事项。", "暂无其他需报告事项"]
)
def test_a_section_six_of_nothing_is_only_remarked_on(six: str) -> None:
    check = only(PLAIN.replace("本年度未收取信息处理费。", six), "D-FEE")
    assert (check.outcome, check.strength) == (FAILS, Strength.INFO)


def test_the_fee_in_another_section_and_before_it_was_asked_for() -> None:
    elsewhere = PLAIN.replace("本年度未收取信息处理费。", "办理建议提案12件。").replace(
        "改版网站1次", "改版网站1次，未收取信息处理费"
    )
    check = only(elsewhere, "D-FEE")
    assert (check.outcome, check.strength) == (FAILS, Strength.INFO)
    assert "第一部分" in check.equation
    early = PLAIN.replace("2023年", "2020年").replace("本年度未收取信息处理费。", "无。")
    assert not [c for c in report(with_tables(early, "2019")).checks if c.code == "D-FEE"]


@pytest.mark.parametrize(
    ("five", "result"),
    [
        ("无。", FAILS),
        ("工作取得了一定成效，但还存在一些不足。下一步将加强学习，完善制度，提高水平。", FAILS),
        ("一是主动公开意识有待提高；二是业务能力有待加强。今后将加大培训力度。", FAILS),
        ("1.思想认识不到位。2.公开内容不够全面。\n下一步，我局将进一步健全工作机制。", FAILS),
        ("2023年工作取得新进展，2024年将再上新台阶。", FAILS),
        ("解读材料照搬文件用语，老年人看不懂。", HOLDS),
        ("三个村的公开栏设在院内，村民不便查看，明年迁到村口。", HOLDS),
        ("信息更新不够及时，全年有3条超过20个工作日。", HOLDS),
        ("下一步，每季度通报各科室更新情况，并请法律顾问逐份审改答复文书。", HOLDS),
    ],
)
def test_a_section_five_of_set_phrases(five: str, result: Outcome) -> None:
    said = "14个水管站中有3个更新滞后，明年起逐月通报。"
    assert only(PLAIN.replace(said, five), "D-EMPTY").outcome is result


def test_a_long_section_five_may_have_little_of_its_own() -> None:
    phrase, own = (
        "进一步加强学习，不断提高工作水平。",
        "解读材料照搬文件用语，村里老年人看不懂，问答栏目无人答复",
    )
    said = "14个水管站中有3个更新滞后，明年起逐月通报。"
    check = only(PLAIN.replace(said, phrase * 25 + own), "D-EMPTY")
    assert check.outcome is HOLDS
    assert only(PLAIN.replace(said, phrase * 25 + own[:11]), "D-EMPTY").outcome is FAILS


def test_a_section_five_without_a_text() -> None:
    bare = PLAIN.replace("14个水管站中有3个更新滞后，明年起逐月通报。\n", "")
    assert only(bare, "D-EMPTY").strength is Strength.WARNING
    torn = report(bare.replace("{t2}\n", "").replace("{t3}\n", "").replace("{t4}\n", ""))
    assert got_check(torn, "D-EMPTY@s5").strength is Strength.INFO


# -- form and rules ----------------------------------------------------------------------------


def test_one_row_of_the_older_form_under_the_newer_one() -> None:
    order = replace(undamaged("lines", "simplified", 2), form="2021", head_alone=True)
    checks = found(read(write_report(order)), "D-FORM")
    assert [(c.id, c.strength) for c in checks.values()] == [("D-FORM@t3.other", Strength.WARNING)]


def test_a_form_is_held_against_no_year_that_is_only_inferred() -> None:
    text = with_tables(PLAIN, "2019").replace("2023年", "", 1)
    assert not [c for c in report(text).checks if c.code == "D-FORM"]
    assert [c for c in report(text, year=2023).checks if c.code == "D-FORM"]


def test_an_annexed_table_under_a_newer_year() -> None:
    text = (ROOT / "examples" / "jichuan-2017.txt").read_text("utf-8")
    assert found(report(text)) == {}
    assert set(found(report(text.replace("2017年", "2022年")))) == {"D-FORM@form"}


def test_rules_of_others_and_rules_left_open() -> None:
    assert not [c for c in report(with_tables(PLAIN, rules="0 0 6")).checks if c.code == "D-RULES"]
    town = PLAIN.replace("栖禾县水务局", "栖禾县雾川街道办事处", 1)
    assert "D-RULES@t2.rules" in found(report(with_tables(town, rules="1 0 0")))
    order = Order(159, size="township", shape="all_zero", surface="flattened", faults=("D-RULES",))
    got = read(write_report(order))
    assert got.figure("t2.rules.in_force").value is None  # type: ignore[union-attr]
    assert not [c for c in got.checks if c.code == "D-RULES"]


# -- many reports ------------------------------------------------------------------------------

REAL = {
    "000_a78cbbbc8d6de250.txt": {"D-TOPICS@s1": "info"},
    "001_e2a8d1f6b7e730ef.txt": {"D-NUMBER@numbers": "warning"},
    "002_08caf9eb42603138.txt": {"D-SECTIONS@s6": "expected", "D-FEE@s6": "expected"},
    "004_bc2901b205bfb866.txt": {"D-TOPICS@s1": "info"},
    "hongze-2023.pdf": {"D-FORM@t3.other": "warning"},
    "pingtan-2020.txt": {"D-SECTIONS@copy": "info"},
    "pingtan-2024-tables.html": {"D-EMPTY@s5": "warning", "D-TOPICS@s1": "info"},
    "shanghai-stcsm-2024.md": {"D-SECTIONS@copy": "info", "D-NUMBER@numbers": "warning"},
}
"""What is found in real reports, each read and agreed to; the others are in order."""


def test_real_reports_are_found_to_be_what_a_reader_says(shared: Path) -> None:
    files = [*(shared / "seeds").glob("*.txt"), *(shared / "corpus/reports").iterdir()]
    got = {path.name: found(read_report(path)) for path in files}
    told = {name: {i: c.strength.value for i, c in f.items()} for name, f in got.items() if f}
    assert told == REAL


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_no_sample_report_is_found_fault_with(path: Path) -> None:
    got = read_example(path.stem)
    assert found(got) == {}
    ids = [c.id for c in got.checks]
    assert len(ids) == len(set(ids))


def test_reports_of_one_body_over_the_years() -> None:
    for path in sorted((ROOT / "tests" / "questions" / "series").iterdir()):
        expected = {"D-TITLE@s5"} if path.name == "2022.md" else set()
        assert set(found(read_report(path))) == expected, path.name


TEXTS = ("lines", "pipes", "markdown", "html", "tabs", "padded", "lone_pipes")
SEEN_FLATTENED = ("D-NUMBER", "D-FEE", "D-FEE-T3", "D-EMPTY", "D-TOPICS", "D-FORM")
"""Faults that text without line breaks still shows for certain."""


def planted(code: str, seed: int) -> Order:
    """An order with one fault, on a report that can have it."""
    surfaces = (*TEXTS, "flattened") if code in SEEN_FLATTENED else TEXTS
    order = undamaged(surfaces[seed % len(surfaces)], "simplified", seed)
    order = replace(order, faults=(code,), head_alone=False)
    if code.startswith("D-FEE"):
        order = replace(order, form="2021")
    if code == "D-FEE-T3":
        order = replace(order, size="city", shape="full")
    if code in ("D-RULES", "D-LATE"):
        order = replace(order, size="township" if code == "D-RULES" else "county")
    return order


def expect_found(code: str, seed: int) -> None:
    order = planted(code, seed)
    checks = found(read(write_report(order))).values()
    assert code in {c.code for c in checks}, order
    others = {c.code for c in checks if c.strength is not Strength.INFO} - {code}
    assert others <= FOLLOW.get(code, set()), order


FOLLOW = {"D-SECTIONS": {"D-FEE"}}
"""What is wrong too where something is: without section six there is no word on the fee."""


@pytest.mark.parametrize("code", FAULTS)
def test_a_planted_fault_is_found(code: str) -> None:
    for seed in range(3):
        expect_found(code, seed)


@pytest.mark.slow
@pytest.mark.parametrize("code", FAULTS)
def test_every_planted_fault_is_found(code: str) -> None:
    for seed in range(10, 40):
        expect_found(code, seed)


@cache
def _clean(seed: int) -> Report:
    surfaces = (*TEXTS, "flattened")
    order = undamaged(surfaces[seed % len(surfaces)], "simplified", seed)
    return read(write_report(replace(order, head_alone=False)))


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_found_where_nothing_is_wrong(seed: int) -> None:
    assert found(_clean(seed)) == {}


@pytest.mark.slow
def test_nothing_is_found_in_many_reports_where_nothing_is_wrong() -> None:
    for seed in range(100, 400):
        assert found(_clean(seed)) == {}, seed


# -- data --------------------------------------------------------------------------------------


def test_a_bad_file_of_words_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "document.yaml"
    bad.write_text("sections: {1: [总体]}", "utf-8")
    with pytest.raises(LexiconError, match=r"document\.yaml"):
        load_document_words(bad)
