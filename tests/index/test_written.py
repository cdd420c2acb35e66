"""Reports that were written here, read back: no wrong value, no false claim, whatever befell them.

Each test names the seeds it runs; a failure prints the smallest order that still fails, which is
also the call that writes it again (`tests.writer`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from index.read import read_bytes
from index.reading import report_from_document
from index.report import Report
from index.sidecar import Given
from tests.writer import DAMAGES, SCRIPTS, SURFACES, Grade, Order, Written, grade, write_report
from tests.writer.figures import FORMS, SCALES, checks_of, draw_figures, failing
from tests.writer.sample import SHAPES, draw_order
from tests.writer.shrink import shrink

BATCH = 100
"""Reports of one slow test: some three seconds."""


def read(written: Written) -> Report:
    return report_from_document(read_bytes(written.data, Path(written.name)), Given())


def graded(order: Order) -> Grade:
    written = write_report(order)
    return grade(read(written), written.truth)


def lies(order: Order) -> bool:
    """Whether the reader states what is not so; an order that cannot be written does not."""
    if not all(DAMAGES[name].on(SURFACES[order.surface]) for name in order.damages):
        return False
    found = graded(order)
    return bool(found.wrong or found.false)


def expect_no_lie(orders: Iterable[Order]) -> list[Grade]:
    grades = []
    for order in orders:
        grades.append(graded(order))
        if grades[-1].wrong or grades[-1].false:
            smallest = shrink(order, lies)
            found = graded(smallest)
            pytest.fail(
                f"seed {order.seed}: {smallest}\n"
                f"wrong: {', '.join(found.wrong[:8])}\nfalse claims: {', '.join(found.false[:8])}"
            )
    return grades


# -- any report ------------------------------------------------------------------------------


@pytest.mark.parametrize("start", range(0, 100, 20))
def test_what_is_stated_of_a_written_report_is_so(start: int) -> None:
    expect_no_lie(draw_order(seed) for seed in range(start, start + 20))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 1_400, BATCH))
def test_what_is_stated_of_any_written_report_is_so(start: int) -> None:
    expect_no_lie(draw_order(seed) for seed in range(start, start + BATCH))


# -- nothing befell it -----------------------------------------------------------------------

PAIRS = [
    (surface, script)
    for surface in SURFACES
    for script in SCRIPTS
    if script != "pinyin" or surface not in ("flattened", "laid_out")  # residue of one crawler only
]


def undamaged(surface: str, script: str, seed: int) -> Order:
    """Forms, sizes and shapes take turns."""
    return Order(
        seed,
        form=list(FORMS)[seed % len(FORMS)],
        size=list(SCALES)[seed % len(SCALES)],
        shape=SHAPES[seed % len(SHAPES)],
        surface=surface,
        script=script,
        head_alone=seed % 4 == 0,
    )


def expect_all_read(order: Order) -> None:
    written = write_report(order)
    report = read(written)
    found = grade(report, written.truth)
    assert (found.wrong, found.false, found.unread) == ((), (), ()), order
    assert (report.body.value, report.year.value) == (written.prose.body, str(written.prose.year))
    assert report.form.value == order.form, order
    assert [h.section for h in report.headings] == [1, 2, 3, 4, 5, 6], order


@pytest.mark.parametrize(("surface", "script"), PAIRS)
def test_an_undamaged_report_is_read_whole(surface: str, script: str) -> None:
    expect_all_read(undamaged(surface, script, PAIRS.index((surface, script))))


@pytest.mark.slow
@pytest.mark.parametrize("surface", SURFACES)
def test_undamaged_reports_are_read_whole(surface: str) -> None:
    for seed in range(1_000, 1_015):
        expect_all_read(undamaged(surface, "simplified", seed))


@pytest.mark.parametrize("form", FORMS)
def test_checks_fail_where_they_were_broken(form: str) -> None:
    """The reader finds what the writer, with arithmetic of its own, says is broken."""

    checks = [check for check, _ in checks_of(FORMS[form], draw_figures(Order(0, form)).values)]
    for seed, check in enumerate(checks):
        if seed % 3:
            continue
        written = write_report(Order(seed, form, broken=(check,)))
        expected = failing(written.figures.form, written.figures.values)
        assert check in expected
        assert {c.id for c in read(written).checks if c.outcome == "fails"} == set(expected), check


# -- one damage at a time --------------------------------------------------------------------

FLOORS = {
    # What could be stated and is: as a list of cells, in a grid, flattened. None: does not occur.
    "dropped_row": (0.99, 0.99, None),
    "dropped_table": (1, 1, 0.95),
    "swapped_rows": (1, 1, None),
    "extra_row": (1, 1, None),
    "subtotal_column": (0.75, 1, None),
    "last_cell_lost": (0.94, 1, None),
    "blank_totals": (0.66, 1, None),
    "zeros_blank": (0.74, 0.98, None),
    "zeros_none": (1, 1, None),
    "zeros_slash": (0.89, 0.89, None),
    "units_in_cells": (1, 1, None),
    "odd_signs": (1, 1, None),
    "thousands": (1, 1, None),
    "notes_in_cells": (1, 1, None),
    "split_numbers": (0.97, 0.99, None),
    "joined_numbers": (0.93, 0.93, None),
    "full_width": (1, 1, None),
    "label_variants": (1, 1, 0.77),
    "cut_labels": (1, 1, 0.95),
    "lost_characters": (1, 1, None),
    "lost_heads": (1, None, None),
    "lost_labels": (0.84, 0.88, None),
    "radicals": (1, 1, 0.95),
    "page_numbers": (1, None, None),
    "page_break": (0.99, 1, None),
    "footnotes": (1, 1, 0.63),
    "contents_list": (1, 1, 0.95),
    "misnumbered": (1, 1, 0.95),
    "clutter": (1, 1, 0.95),
}
AS = ("lines", "pipes", "flattened")
"""Surfaces that stand for those that are read alike."""
REPORTS = 11
"""Reports of each damage and surface."""


def test_every_damage_has_its_floors() -> None:
    assert set(FLOORS) == set(DAMAGES)
    for name, floors in FLOORS.items():
        on = [floor is not None for floor in floors]
        assert on == [DAMAGES[name].on(SURFACES[surface]) for surface in AS], name


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOORS)
def test_no_more_is_lost_than_a_damage_takes(name: str) -> None:
    for surface, floor in zip(AS, FLOORS[name], strict=True):
        if floor is None:
            continue
        orders = [
            replace(undamaged(surface, "simplified", seed), damages=(name,))
            for seed in range(2_000, 2_000 + REPORTS)
        ]
        found = expect_no_lie(orders)
        share = sum(g.stated for g in found) / sum(g.sayable for g in found)
        assert share >= floor, f"{name} on {surface}: {share:.3f} is read"
        if not DAMAGES[name].loses:
            unread = [(str(o), g.unread) for o, g in zip(orders, found, strict=True) if g.unread]
            assert not unread, f"{name} on {surface}"
