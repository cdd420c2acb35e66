"""Reports beside each other: years, copies, jumps, units; each code has its examples."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import yaml

from index.across.abstract import Abstract
from index.across.alike import check_alike
from index.across.checks import check_across, is_jump
from index.across.series import body_key
from index.report import Check, Outcome, Status, Strength
from index.words.checks import load_claims
from tests.index.abstracts import BODY, abstract, doubted, told
from tests.index.helpers import FORMS, RULES
from tests.writer import Order
from tests.writer.figures import draw_figures

OF_FORMS = {i.code: form for form in FORMS.values() for i in form.across}
CODES = sorted({*OF_FORMS, *load_claims("across")})
SILENT = {"X-SAME", "X-JUMP", "X-ALIKE"}
"""Codes of which only breaches are told."""
KEYS = {
    "check", "values", "last", "copy", "units", "text", "other", "equation", "difference"
}  # fmt: skip


def rule(code: str, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((RULES / code / f"{name}.yaml").read_text("utf-8"))
    assert set(loaded) <= KEYS
    return loaded


def found(code: str, name: str) -> list[Check]:
    """All that is said of an example."""
    example = rule(code, name)
    if "text" in example:
        before = told(example["last"], year=2021) if "last" in example else None
        other = told(example["other"], body="黛川县人民政府") if "other" in example else None
        texts = [told(example["text"]), before, other]
        return list(check_alike([t for t in texts if t is not None]))
    form = OF_FORMS.get(code, FORMS["2021"])
    year = form.years[0] + 1
    made = {"form": form.id, "year": year}
    reports = [abstract(example["values"], **made)]
    if "last" in example:
        reports.append(abstract(example["last"], form=form.id, year=year - 1))
    if "copy" in example:
        reports.append(abstract(example["copy"], **made, report_id="r-copy"))
    units = example.get("units", {})
    reports += [abstract(v, body=body, **made) for body, v in units.items() if v is not None]
    return list(check_across(reports, {BODY: tuple(units)} if units else {}))


def the(checks: list[Check], named: str) -> Check:
    (check,) = [c for c in checks if c.id.partition("/")[0] == named]
    return check


def number(said: object) -> object:
    return Decimal(said) if isinstance(said, str) else said


def test_every_code_has_its_two_examples_and_no_other_has() -> None:
    files = {p.relative_to(RULES).as_posix() for p in RULES.glob("X-*/*")}
    assert files == {f"{code}/{name}.yaml" for code in CODES for name in ("holds", "breaks")}


@pytest.mark.parametrize("code", CODES)
def test_the_holding_example_holds(code: str) -> None:
    example, checks = rule(code, "holds"), found(code, "holds")
    assert [c for c in checks if c.code == code and c.outcome is Outcome.FAILS] == []
    if code in SILENT:
        assert "equation" not in example
        return
    check = the(checks, example["check"])
    assert check.outcome is Outcome.HOLDS
    assert (check.equation, check.difference) == (
        example["equation"],
        number(example["difference"]),
    )


@pytest.mark.parametrize("code", CODES)
def test_the_breaking_example_fails_and_breaks_nothing_else(code: str) -> None:
    example, checks = rule(code, "breaks"), found(code, "breaks")
    check = the(checks, example["check"])
    assert check.outcome is Outcome.FAILS
    assert (check.equation, check.difference) == (
        example["equation"],
        number(example["difference"]),
    )
    assert [c.id for c in checks if c.outcome is Outcome.FAILS] == [check.id]
    assert check.strength is not Strength.HARD
    assert check.sentence
    assert check.sentence_en
    assert not check.verifies
    assert check.left[0].address.startswith("r-")


@pytest.mark.parametrize("code", OF_FORMS)
@pytest.mark.parametrize("status", [Status.FAILED, Status.AMBIGUOUS, Status.BLANK])
def test_a_figure_that_may_not_be_stated_is_not_compared(code: str, status: Status) -> None:
    example, form = rule(code, "breaks"), OF_FORMS[code]
    year = form.years[0] + 1
    now = abstract(example["values"], form=form.id, year=year)
    last = abstract(example["last"], form=form.id, year=year - 1)
    for address in now.cells:
        check = the(list(check_across([doubted(now, [address], status), last])), example["check"])
        assert check.outcome is Outcome.NOT_EVALUABLE
        assert (check.left_value, check.right_value, check.difference) == (None, None, None)
    for address in last.cells:
        check = the(list(check_across([now, doubted(last, [address], status)])), example["check"])
        assert check.outcome is Outcome.NOT_EVALUABLE


def carry(*reports: Abstract) -> list[str]:
    return [
        f"{c.left[0].address.partition('/')[0]} {c.outcome}"
        for c in check_across(reports)
        if c.code == "X-T3-CARRY" and c.scope == "total"
    ]


OUT, IN = {"t3.carried_out.total": 6}, {"t3.carried_in.total": 4}


def test_only_consecutive_years_of_one_body_are_compared() -> None:
    assert carry(abstract(OUT, year=2021), abstract(IN, year=2023)) == []
    swapped = carry(abstract(OUT, year=2022), abstract(IN, year=2021))
    assert swapped == [f"r-{BODY}-2022 not_evaluable"]
    assert carry(abstract(OUT, year=2021), abstract(IN, body="澄岫县财政局")) == []
    assert carry(abstract(OUT, year=None), abstract(IN)) == []
    assert carry(abstract(OUT, body=None, year=2021), abstract(IN, body=None)) == []
    concluded = replace(abstract(OUT, year=2021), placed=False)
    assert carry(concluded, abstract(IN)) == []


def test_years_are_compared_across_forms_only_where_both_have_the_rows() -> None:
    last = abstract({**OUT, "t2.rules.public_total": 3}, form="2019", year=2020)
    now = abstract({**IN, "t2.rules.in_force": 3}, year=2021)
    assert {c.code for c in check_across([last, now])} == {"X-T3-CARRY"}
    annexed = abstract({"annex.requests_received.value": 3}, form="2014", year=2018)
    first = abstract(IN, form="2019", year=2019)
    assert tuple(check_across([annexed, first])) == ()
    assert tuple(check_across([abstract({}, form=None, year=2021), now])) == ()


def test_the_total_comes_first_and_every_column_is_compared() -> None:
    pair = [abstract(draw_figures(Order(1)).values, year=year) for year in (2021, 2022)]
    scopes = [c.scope for c in check_across(pair) if c.code == "X-T3-CARRY"]
    assert scopes[0] == "total"
    assert set(scopes) == {c.key for c in FORMS["2021"].tables.t3.columns}


def test_a_column_whose_total_agrees_is_told_and_no_more() -> None:
    last = {"t3.carried_out.total": 6, "t3.carried_out.natural_person": 6}
    for total, strength in ((6, Strength.INFO), (5, Strength.EXPECTED)):
        now = {"t3.carried_in.total": total, "t3.carried_in.natural_person": 4}
        checks = tuple(check_across([abstract(last, year=2022), abstract(now, year=2023)]))
        (column,) = (c for c in checks if c.scope == "natural_person")
        assert (column.outcome, column.strength) == (Outcome.FAILS, strength)


def test_each_of_two_copies_is_compared_with_the_year_before() -> None:
    now = [abstract(IN, report_id="r-a"), abstract(OUT | IN, report_id="r-b")]
    last = abstract(OUT, year=2021)
    assert carry(last, *now) == ["r-a fails", "r-b fails"]
    assert carry(last, now[0], now[0]) == ["r-a fails"]


def test_copies_in_unlike_forms_and_cells_that_are_not_in_both_do_not_differ() -> None:
    one = abstract({"t3.new.total": 7}, report_id="r-a")
    other = {"t3.new.total": 9}
    assert [c.code for c in check_across([one, abstract(other, report_id="r-b")])] == ["X-SAME"]
    assert tuple(check_across([one, abstract(other, report_id="r-b", form="2019")])) == ()
    assert tuple(check_across([one, abstract({"t3.granted.total": 9}, report_id="r-b")])) == ()
    open_ = doubted(abstract(other, report_id="r-b"), ["t3.new.total"], Status.AMBIGUOUS)
    assert tuple(check_across([one, open_])) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("澄岫县人民政府", "澄岫縣人民政府"),
        ("澄岫县人民政府", "澄岫县政府"),
        ("澄岫县人民政府", "澄岫县"),
        ("澄岫县人民政府办公室", "澄岫县政府办"),
        ("澄岫市卫生健康委员会", "澄岫市卫健委"),
        ("澄岫市人力资源和社会保障局", "澄岫市人力资源社会保障局"),
        ("澄岫市发展和改革委员会", "澄岫市 发改委"),
        ("澄岫新区管理委员会", "澄岫新区管委会"),
        ("澄岫街道办事处", "澄岫街道"),
    ],
)
def test_one_body_in_two_spellings(one: str, other: str) -> None:
    assert body_key(one) == body_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("黛川市澄岫区人民政府", "澄岫区人民政府"),
        ("澄岫县人民政府", "澄岫县人民政府办公室"),
        ("澄岫县环境保护局", "澄岫县生态环境局"),
        ("澄岫县农业局", "澄岫县农业农村局"),
        ("澄岫新区", "澄岫新区管理委员会"),
        ("澄岫新区", "澄岫新区人民政府"),
        ("澄岫县财政局", "澄岫县税务局"),
        ("澄岫市公安局", "澄岫市公安局交警支队"),
    ],
)
def test_two_bodies_are_never_joined_on_a_guess(one: str, other: str) -> None:
    assert body_key(one) != body_key(other)


@pytest.mark.parametrize(
    ("last", "now", "jumped"),
    [
        (0, 23, False), (0, 24, True), (10, 55, False), (10, 56, True), (56, 10, True),
        (1000, 2999, False), (1000, 3000, True), (3000, 1000, True), (0, 0, False),
        (None, 500, False), (500, None, False), (Decimal("0.5"), 500, False), (-1, 500, False),
    ],
)  # fmt: skip
def test_a_jump_is_both_far_beyond_chance_and_many_times_as_much(
    last: Any, now: Any, jumped: bool
) -> None:
    assert is_jump(now, last) == jumped


def test_a_count_is_not_compared_with_a_year_of_another_law() -> None:
    values = [{"t4.review.total": 2}, {"t4.review.total": 90}]
    for years, codes in (((2022, 2023), ["X-JUMP"]), ((2023, 2024), [])):
        pair = [abstract(v, year=y) for v, y in zip(values, years, strict=True)]
        jumps = [c.code for c in check_across(pair) if c.code == "X-JUMP"]
        assert jumps == codes
