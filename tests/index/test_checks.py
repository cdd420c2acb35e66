"""The identities, each with its smallest holding and breaking example in tests/rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml

from index.checks import Sheet, run_checks
from index.formats import Form
from index.report import Check, Number, Outcome, Strength
from index.zeros import proven_zeros
from tests.index.helpers import (
    FORMS,
    RULES,
    T3_COLUMNS,
    balanced,
    checks,
    lines,
    table_three,
    tables,
)

CODES = sorted({i.code for form in FORMS.values() for i in form.identities})
SUMS = [code for code in CODES if "NONNEG" not in code]
WITH_FORM = [(i.code, form.id) for form in FORMS.values() for i in form.identities]
FORM_OF = {code: FORMS[form] for code, form in WITH_FORM}


HARD = {
    *("T3-BAL", "T3-NONNEG", "T3-ROW", "T3-SUM", "T4-NONNEG"),
    *("T4-SUM-LIT_AFTER_REVIEW", "T4-SUM-LIT_DIRECT", "T4-SUM-REVIEW"),
    *("A-REQUESTS", "A-CLOSED", "A-REPLIES", "A-REVIEW", "A-LITIGATION", "A-STAFF", "A-NONNEG"),
    "F-NONNEG",
}
"""Codes whose breach is an error; a part that is printed as 其中 only is no hard part of a sum."""


OTHERS = ("P-", "S-", "D-", "X-")
"""Codes that are no identities of a form; each group has a test file of its own."""


def rule(code: str, name: str) -> dict[str, Any]:
    """One example; numbers with a point become Decimal, as they do when read from a cell."""
    loaded = yaml.safe_load((RULES / code / f"{name}.yaml").read_text("utf-8"))
    assert set(loaded) == {"check", "values", "equation", "difference"}
    values = loaded["values"].items()
    loaded["values"] = {k: Decimal(str(v)) if isinstance(v, float) else v for k, v in values}
    return loaded


def run(code: str, name: str, form: str) -> tuple[Check, dict[str, Any]]:
    expected = rule(code, name)
    found = {c.id: c for c in run_checks(FORMS[form], expected["values"])}
    return found[expected["check"]], expected


def test_every_identity_has_its_two_examples_and_no_other_has() -> None:
    found = (p.relative_to(RULES).as_posix() for p in RULES.rglob("*") if p.is_file())
    files = {name for name in found if not name.startswith(OTHERS)}
    assert files == {f"{code}/{name}.yaml" for code in CODES for name in ("holds", "breaks")}


def test_the_forms_with_tables_two_to_four_have_the_same_codes_and_no_annex_shares_one() -> None:
    codes = {form.id: {i.code for i in form.identities} for form in FORMS.values()}
    assert codes["2021"] - codes["2019"] == {"T2-VALID-LB"}
    assert codes["2019"] - codes["2021"] == {"T2-ITEMS-NONNEG", "T2-PUBLIC-LB"}
    shared = codes["2019"] & codes["2021"]
    assert len(CODES) == sum(map(len, codes.values())) - len(shared)


@pytest.mark.parametrize(("code", "form"), WITH_FORM)
def test_the_holding_example_holds(code: str, form: str) -> None:
    check, expected = run(code, "holds", form)
    assert (check.code, check.outcome) == (code, Outcome.HOLDS)
    assert (check.equation, check.difference) == (expected["equation"], expected["difference"])


@pytest.mark.parametrize(("code", "form"), WITH_FORM)
def test_the_breaking_example_fails_with_its_equation(code: str, form: str) -> None:
    check, expected = run(code, "breaks", form)
    assert (check.code, check.outcome) == (code, Outcome.FAILS)
    identity = FORMS[form].identity(code)
    assert identity is not None
    assert check.strength is identity.strength
    assert (check.strength is Strength.HARD) == (code in HARD)
    assert (check.equation, check.difference) == (expected["equation"], expected["difference"])
    assert check.sentence
    assert check.sentence_en


@pytest.mark.parametrize(("code", "form"), WITH_FORM)
def test_the_breaking_example_breaks_nothing_else(code: str, form: str) -> None:
    values = rule(code, "breaks")["values"]
    failing = [c.code for c in run_checks(FORMS[form], values) if c.outcome is Outcome.FAILS]
    assert failing == [code]


@pytest.mark.parametrize("code", SUMS)
def test_with_any_operand_open_a_check_is_not_evaluable(code: str) -> None:
    example = rule(code, "holds")
    for address in example["values"]:
        values = example["values"] | {address: None}
        (check,) = [c for c in run_checks(FORM_OF[code], values) if c.id == example["check"]]
        assert check.outcome is Outcome.NOT_EVALUABLE
        assert (check.left_value, check.right_value, check.difference) == (None, None, None)
        assert "?" in check.equation.replace("?=", "=").replace("?≥", "≥")


@pytest.mark.parametrize("code", SUMS)
def test_with_an_operand_that_is_not_printed_a_check_is_not_evaluable(code: str) -> None:
    example = rule(code, "holds")
    for address in example["values"]:
        values = {k: v for k, v in example["values"].items() if k != address}
        if code == "T3-SUM" and address == "t3.other.total":
            continue  # then the sub-rows of （六） are what is missing: below
        (check,) = [c for c in run_checks(FORM_OF[code], values) if c.id == example["check"]]
        assert check.outcome is Outcome.NOT_EVALUABLE


@pytest.mark.parametrize("code", SUMS)
def test_a_side_that_is_too_large_already_fails_whatever_is_open(code: str) -> None:
    """7 + ? = 5 cannot hold: counts are not negative. 5 + ? = 7 may, and -2 + 7 + ? = 4 too."""
    example = rule(code, "holds")
    form = FORM_OF[code]
    (check,) = [c for c in run_checks(form, example["values"]) if c.id == example["check"]]
    if form.identity(code).relation != "equal" or len(check.right) < 2:  # type: ignore[union-attr]
        return
    first, second = check.right[0].address, check.right[1].address
    more = check.left_value + 1  # type: ignore[operator]
    for value, outcome in ((more, Outcome.FAILS), (0, Outcome.NOT_EVALUABLE)):
        values = example["values"] | dict.fromkeys([t.address for t in check.right], 0)
        values |= {first: value, second: None}
        (found,) = [c for c in run_checks(form, values) if c.id == example["check"]]
        assert (found.outcome, found.difference) == (outcome, None)
        assert "?" in found.equation
    values |= {first: more, check.left[0].address: -2}
    (found,) = [c for c in run_checks(form, values) if c.id == example["check"]]
    assert found.outcome is Outcome.NOT_EVALUABLE


def test_a_sum_takes_other_handling_as_printed() -> None:
    def operands(values: dict[str, Number | None]) -> set[str]:
        (check,) = [c for c in run_checks(FORMS["2021"], values) if c.id == "T3-SUM@total"]
        return {a.split(".")[1] for a in check.addresses if a.split(".")[1].startswith("other")}

    values = rule("T3-SUM", "holds")["values"]
    children = {"other_no_correction", "other_no_payment", "other_other"}
    without = {k: v for k, v in values.items() if k != "t3.other.total"}
    assert operands(values) == {"other"}
    assert operands(without) == children
    printed = {f"t3.{child}.total": 0 for child in children}
    assert operands(without | printed) == children
    assert operands(values | printed) == children


def test_difference_is_left_minus_right_and_the_terms_are_named() -> None:
    check, _ = run("T3-BAL", "breaks", "2021")
    assert (check.left_value, check.right_value, check.difference) == (163, 161, 2)
    assert check.addresses == (
        "t3.new.total", "t3.carried_in.total", "t3.result_total.total", "t3.carried_out.total"
    )  # fmt: skip
    assert [t.label for t in check.left] == [
        "本年新收政府信息公开申请数量·总计",
        "上年结转政府信息公开申请数量·总计",
    ]
    assert check.scope_label == "总计列"


def test_decimals_are_added_exactly() -> None:
    values = {f"t4.review.{o}": Decimal(v) for o, v in (("upheld", "0.1"), ("corrected", "0.2"))}
    values |= {"t4.review.other": 0, "t4.review.pending": 0, "t4.review.total": Decimal("0.3")}
    by_code = {c.code: c for c in run_checks(FORMS["2021"], values) if c.scope in ("review", "t4")}
    assert by_code["T4-SUM-REVIEW"].outcome is Outcome.HOLDS
    assert by_code["T4-SUM-REVIEW"].left_value == Decimal("0.3")
    assert len(by_code["T4-NONNEG"].left) == 3


def test_checks_run_over_every_column_and_every_printed_row() -> None:
    ids = set(checks(tables(lines(table_three(balanced())))))
    expected = {f"{code}@{column}" for code in ("T3-BAL", "T3-SUM") for column in T3_COLUMNS}
    expected |= {f"T3-ROW@{row}" for row in balanced()}
    assert ids == {*expected, "T3-NONNEG@t3"}


def test_no_values_no_checks() -> None:
    assert run_checks(FORMS["2021"], {}) == ()


def test_names_of_cells() -> None:
    sheet = Sheet(FORMS["2021"], {})
    assert sheet.name("t3", "carried_out", "total") == "结转下年度继续办理·总计"
    assert sheet.name("t4", "review", "upheld") == "行政复议·结果维持"
    assert sheet.name("t2", "fees", "amount") == "行政事业性收费·本年收费金额（单位：万元）"


# -- blanks that are proven to be 0 ---------------------------------------------------------

FORM: Form = FORMS["2021"]
ROW = {f"t3.new.{column}": 0 for column in T3_COLUMNS}


def proven(values: dict[str, Number | None], blanks: list[str]) -> dict[str, str]:
    return proven_zeros(FORM, values | dict.fromkeys(blanks), blanks)


def test_a_blank_with_nothing_left_for_it_is_zero() -> None:
    values = ROW | {"t3.new.natural_person": 5, "t3.new.total": 5}
    blanks = ["t3.new.other_org", "t3.new.legal_service_org"]
    assert proven(values, blanks) == dict.fromkeys(blanks, "T3-ROW@new")


def test_a_blank_with_something_left_is_not_proven() -> None:
    values = ROW | {"t3.new.natural_person": 5, "t3.new.total": 8}
    assert proven(values, ["t3.new.other_org"]) == {}


def test_blanks_on_both_sides_prove_nothing() -> None:
    values = dict.fromkeys(("t3.new.total", "t3.result_total.total"), 7)
    blanks = ["t3.carried_in.total", "t3.carried_out.total"]
    assert proven(values, blanks) == {}
    assert proven(values | {"t3.carried_out.total": 0}, blanks[:1]) == {blanks[0]: "T3-BAL@total"}


def test_an_open_operand_beside_a_blank_proves_nothing() -> None:
    values = ROW | {"t3.new.natural_person": None}
    assert proven_zeros(FORM, values | {"t3.new.other_org": None}, ["t3.new.other_org"]) == {}


def test_a_negative_operand_proves_nothing() -> None:
    values = ROW | {"t3.new.natural_person": 5, "t3.new.research_institution": -5}
    assert proven(values, ["t3.new.other_org"]) == {}


def test_one_proof_leads_to_the_next() -> None:
    values = {f"t3.carried_in.{column}": 0 for column in T3_COLUMNS}
    values |= {"t3.new.total": 4, "t3.result_total.total": 3, "t3.carried_out.total": 1}
    blanks = ["t3.carried_in.total", "t3.carried_in.natural_person"]
    values = {k: v for k, v in values.items() if k not in blanks}
    assert proven(values, blanks) == {
        "t3.carried_in.total": "T3-BAL@total",
        "t3.carried_in.natural_person": "T3-ROW@carried_in",
    }


def test_a_zero_that_another_sum_rules_out_is_not_proven() -> None:
    """7 too many elsewhere made T3-BAL add up; of the row itself, 7 is printed already."""
    values = {f"t3.carried_in.{column}": 0 for column in T3_COLUMNS}
    values |= {"t3.carried_in.legal_service_org": 7}
    values |= {"t3.new.total": 4, "t3.result_total.total": 3, "t3.carried_out.total": 1}
    unreadable = {"t3.carried_in.other_org": None}
    assert proven(values | unreadable, ["t3.carried_in.total"]) == {}
    values["t3.carried_in.legal_service_org"] = 0
    found = proven(values | unreadable, ["t3.carried_in.total"])
    assert found == {"t3.carried_in.total": "T3-BAL@total"}


def test_a_relation_that_verifies_nothing_proves_no_zero() -> None:
    values = ROW | {"t3.new.other_org": None}
    weak = tuple(
        i.model_copy(update={"verifies": False}) if i.code == "T3-ROW" else i
        for i in FORM.identities
    )
    form = FORM.model_copy(update={"identities": weak})
    assert proven_zeros(FORM, values, ["t3.new.other_org"]) == {"t3.new.other_org": "T3-ROW@new"}
    assert proven_zeros(form, values, ["t3.new.other_org"]) == {}


def test_only_the_sums_verify() -> None:
    for form in FORMS.values():
        codes = {i.code for i in form.identities}
        assert {i.code for i in form.identities if i.verifies} == codes & set(SUMS)


# -- an annexed table: totals, parts and bounds ----------------------------------------------

ANNEX = FORMS["2014"]


def annexed(**values: Number | None) -> dict[str, Number | None]:
    return {f"annex.{row}.value": value for row, value in values.items()}


def outcome(code: str, values: dict[str, Number | None]) -> Outcome:
    (check,) = [c for c in run_checks(ANNEX, values) if c.code == code]
    return check.outcome


def test_a_total_without_its_parts_proves_nothing() -> None:
    assert outcome("A-CLOSED", annexed(requests_closed=44)) is Outcome.NOT_EVALUABLE
    values = annexed(requests_closed=44, closed_on_time=44)
    assert outcome("A-CLOSED", values) is Outcome.NOT_EVALUABLE


def test_a_blank_part_is_zero_where_the_other_parts_make_the_total() -> None:
    values = annexed(requests_closed=44, closed_on_time=44, closed_extended=None)
    blank = ["annex.closed_extended.value"]
    assert proven_zeros(ANNEX, values, blank) == {blank[0]: "A-CLOSED@value"}
    values = annexed(requests_closed=44, closed_on_time=41, closed_extended=None)
    assert proven_zeros(ANNEX, values, blank) == {}


@pytest.mark.parametrize("code", [c for c in SUMS if c not in HARD])
def test_what_is_only_expected_proves_no_zero(code: str) -> None:
    example = rule(code, "holds")
    zeros = dict.fromkeys(example["values"], 0)
    for address in zeros:
        assert proven_zeros(FORM_OF[code], zeros | {address: None}, [address]) == {}


def test_a_bound_proves_no_zero_even_where_it_is_hard() -> None:
    hard = tuple(
        i.model_copy(update={"strength": Strength.HARD}) if i.code == "A-CHANNELS" else i
        for i in ANNEX.identities
    )
    form = ANNEX.model_copy(update={"identities": hard})
    values = annexed(channel_website=12, published=12, channel_gazette=0, channel_weibo=0)
    values |= annexed(channel_wechat=0, channel_other=None)
    assert proven_zeros(form, values, ["annex.channel_other.value"]) == {}


def test_a_bound_holds_with_more_and_with_as_many() -> None:
    for leaders, expected in ((8, "holds"), (9, "holds"), (10, "fails")):
        values = annexed(briefings=9, briefings_leaders=leaders)
        assert outcome("A-BRIEFINGS", values).value == expected


def test_money_may_have_decimals_and_counts_may_not() -> None:
    assert outcome("A-NONNEG", annexed(fees=Decimal("0.36"))) is Outcome.HOLDS
    assert outcome("A-NONNEG", annexed(trained=Decimal("0.36"))) is Outcome.FAILS
    assert outcome("A-NONNEG", annexed(fees=Decimal("-0.36"))) is Outcome.FAILS


def test_rows_called_alike_are_named_with_their_head() -> None:
    sheet = Sheet(ANNEX, {})
    assert sheet.name("annex", "review_other", "value") == "行政复议数量（三）其他情形数·统计数"
    assert sheet.name("annex", "litigation_other", "value") == "行政诉讼数量（三）其他情形数·统计数"
    assert sheet.name("annex", "requests_fax", "value") == "传真申请数·统计数"
