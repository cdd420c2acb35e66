"""Errors planted into the text of invented reports are found, and nothing else is.

More of them: ``pytest tests/index/test_planted.py``, where the slow test has 360.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.read import read_bytes
from index.reading import report_from_document
from index.report import Check, Outcome, Strength
from index.sidecar import Given
from tests.writer.order import OF_TEXT, Order
from tests.writer.report import write_report

SURFACES = ("lines", "pipes", "markdown", "html")
SCRIPTS = ("simplified", "simplified", "traditional", "taiwan")
CODES = (*OF_TEXT, None)
"""Checks of running text that an error is planted for, and reports without one."""


def order(seed: int) -> Order:
    """A whole report that states its cells; seeds go through all codes in turn."""
    rng = random.Random(f"planted/{seed}")  # noqa: S311 - nothing secret
    code = CODES[seed % len(CODES)]
    return Order(
        seed,
        form=rng.choice(["2019", "2021"]),
        size=rng.choice(["township", "county", "city"]),
        surface=rng.choice(SURFACES),
        script=rng.choice(SCRIPTS),
        states=True,
        broken=(code,) if code is not None else (),
    )


def failing(ordered: Order) -> list[Check]:
    """The checks of running text that fail in a report as ordered."""
    written = write_report(ordered)
    report = report_from_document(read_bytes(written.data, Path(written.name)), Given())
    return [c for c in report.checks if c.code in OF_TEXT and c.outcome is Outcome.FAILS]


def assert_found(ordered: Order) -> None:
    found = failing(ordered)
    for code in ordered.broken:
        assert code in {c.code for c in found}, ordered
    if not ordered.broken:
        assert found == [], ordered
    # A number of a list that is off breaks the list, too.
    others = [c for c in found if c.code not in ordered.broken]
    assert all(c.code == "P-PARTS" and ordered.broken[0].startswith("S-") for c in others), ordered
    assert all(c.strength in {Strength.HARD, Strength.EXPECTED, Strength.WARNING} for c in found)


@pytest.mark.parametrize("seed", range(2 * len(CODES)))
def test_a_planted_error_is_found(seed: int) -> None:
    assert_found(order(seed))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(18))
def test_every_planted_error_is_found(part: int) -> None:
    for seed in range(100 + 20 * part, 120 + 20 * part):
        assert_found(order(seed))


@pytest.mark.parametrize("seed", range(6))
def test_a_text_that_does_not_agree_is_found(seed: int) -> None:
    found = failing(Order(seed, agrees=False))
    assert {c.code for c in found} <= {"S-RECEIVED", "P-PARTS"}
    assert [c for c in found if c.code == "S-RECEIVED"]
