"""Reports written in layouts that few reports have, read back: whole, or at least not wrongly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.report import Outcome
from tests.index.test_written import expect_all_read, expect_no_lie, read, undamaged
from tests.writer import SURFACES, write_report
from tests.writer.figures import failing
from tests.writer.sample import CHECKS, draw_order

RARE = [surface.name for surface in SURFACES.values() if surface.rare]


@pytest.mark.slow
@pytest.mark.parametrize("surface", RARE)
def test_reports_in_rare_layouts_are_read_whole(surface: str) -> None:
    for seed in range(3_000, 3_024):
        expect_all_read(undamaged(surface, "simplified", seed))


def damaged(surface: str, seeds: range) -> None:
    """No check is broken: a row that a layout hides leaves its sums unproven, not wrong."""
    orders = [draw_order(seed, surfaces={surface: 1}) for seed in seeds]
    expect_no_lie(replace(order, broken=()) for order in orders)


@pytest.mark.parametrize("surface", RARE)
def test_damaged_reports_in_rare_layouts_are_not_read_wrongly(surface: str) -> None:
    damaged(surface, range(4_000, 4_012))


@pytest.mark.slow
@pytest.mark.parametrize("surface", RARE)
def test_more_damaged_reports_in_rare_layouts(surface: str) -> None:
    damaged(surface, range(4_012, 4_090))


@pytest.mark.parametrize("surface", RARE)
def test_checks_fail_in_rare_layouts_where_they_were_broken(surface: str) -> None:
    for seed, check in enumerate(CHECKS):
        order = replace(undamaged(surface, "simplified", seed), broken=(check,))
        written = write_report(order)
        expected = failing(written.figures.form, written.figures.values)
        failed = {c.id for c in read(written).checks if c.outcome is Outcome.FAILS}
        assert failed == set(expected), order
