"""Written series of years: every planted error across years is found, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from index.across.abstract import Abstract
from index.across.checks import check_across
from index.report import Outcome
from tests.index.abstracts import of_figures, read_written
from tests.index.helpers import FORMS
from tests.writer import Order, write_years
from tests.writer.years import BREAKERS

OF_FORMS = {i.code for form in FORMS.values() for i in form.across}
YEARS = range(2019, 2025)
YEAR_OF = {"X-T2-ITEMS": 2020, "X-T2-PUBLIC": 2020, "X-T2-VALID": 2023}


def series(order: Order, **broken: tuple[str, ...]) -> list[Abstract]:
    written = write_years(order, YEARS, **broken)
    return [of_figures(w.figures, body=w.prose.body, year=w.prose.year) for w in written]


FEW = range(0, 21, 7)
MANY = range(21, 231, 7)
SEEDS = pytest.mark.parametrize(
    "seeds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"]
)


@SEEDS
@pytest.mark.parametrize("size", ["township", "county", "city"])
def test_a_clean_series_raises_no_alarm(size: Any, seeds: range) -> None:
    for seed in seeds:
        checks = tuple(check_across(series(Order(seed, size=size))))
        assert {c.outcome for c in checks} == {Outcome.HOLDS}
        assert {c.code for c in checks} == OF_FORMS


@SEEDS
@pytest.mark.parametrize("code", BREAKERS)
def test_every_planted_error_is_found_and_nothing_else(code: str, seeds: range) -> None:
    planted = 0
    for seed in seeds:
        year = YEAR_OF.get(code, 2022)
        try:
            reports = series(Order(seed, size="city"), **{f"y{year}": (code,)})
        except ValueError:  # nothing was pending the year before
            continue
        planted += 1
        alarms = [c for c in check_across(reports) if c.outcome is Outcome.FAILS]
        falls = {"X-JUMP"} if code == "X-T4-PENDING" else set()  # to no case at all
        assert {c.code for c in alarms} - falls == {code}
        assert {c.left[0].label[:4] for c in alarms} == {str(year)}
    assert planted * 2 > len(seeds)


@pytest.mark.slow
@pytest.mark.parametrize("surface", ["lines", "html", "markdown"])
def test_what_was_planted_is_found_in_what_was_read(surface: str) -> None:
    for seed in range(0, 42, 7):
        order = Order(seed, surface=surface)
        written = write_years(order, range(2021, 2025), y2023=("X-T3-CARRY",))
        alarms = [
            c for c in check_across(list(map(read_written, written))) if c.outcome is Outcome.FAILS
        ]
        assert {c.code for c in alarms} == {"X-T3-CARRY"}
        assert {c.left[0].label[:4] for c in alarms} == {"2023"}
        assert alarms[0].scope == "total"
        clean = tuple(
            check_across([read_written(w) for w in write_years(order, range(2021, 2025))])
        )
        assert {c.outcome for c in clean} == {Outcome.HOLDS}
