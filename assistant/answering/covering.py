"""The checks that cover figures, and those of them that fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering.cell import Cell
from index.report import Check, Figure, Report

PARTS = "P-PARTS"
"""The check that the parts of a number of running text add up to it."""


def covering_checks(report: Report, figures: tuple[Figure, ...]) -> tuple[Check, ...]:
    """All checks that cover some of the figures, in the order of the form."""
    ids = {check for figure in figures for check in figure.checks}
    return tuple(c for c in report.checks if c.id in ids)


def checks_of(cells: Sequence[Cell]) -> tuple[Check, ...]:
    """The checks that cover the figures of some cells."""
    found: dict[tuple[str, str], Check] = {}
    for cell in cells:
        for check in covering_checks(cell.report, cell.figures):
            found[cell.report.id, check.id] = check
    return tuple(found.values())


def failing_checks(report: Report, figures: tuple[Figure, ...]) -> Iterator[Check]:
    """Checks that cover some of the figures and fail: hard ones, and parts that exceed one."""
    ids = {check for figure in figures for check in figure.checks}
    doubted = (c for f in figures for c in report.checks if exceeded(c, f))
    broken = (c for c in report.checks if c.id in ids and c.broken)
    yield from {c.id: c for c in (*broken, *doubted)}.values()


def exceeded(check: Check, whole: Figure) -> bool:
    """Whether a check finds that a number is not what its parts add up to."""
    of = any(term.address == whole.address for term in check.left)
    return check.code == PARTS and check.fails and of
