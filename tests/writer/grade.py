"""How a reading compares with the truth of what was written."""

from __future__ import annotations

from dataclasses import dataclass

from index.report import TRUSTED, Report
from tests.writer.truth import Truth

TABLES = ("t2", "t3", "t4")


@dataclass(frozen=True)
class Grade:
    """Addresses by what became of them.

    ``wrong``: a known value is given as another. ``false``: a trusted status on a value that is
    wrong, lost, under a failing check, or no cell of the report. ``unread``: known, under no
    check that may fail, and not stated. ``stated`` are stated rightly, of ``sayable`` that are
    known or open and could be.
    """

    wrong: tuple[str, ...]
    false: tuple[str, ...]
    unread: tuple[str, ...]
    stated: int
    sayable: int

    @property
    def share(self) -> float:
        """Part of what could be stated that is."""
        return self.stated / self.sayable if self.sayable else 1.0


def grade(report: Report, truth: Truth) -> Grade:
    """Compare the figures of the tables with the truth, address by address."""
    got = {f.address: f for f in report.figures if f.table in TABLES}
    wrong, false, unread, stated, sayable = [], [], [], 0, 0
    for address, figure in got.items():
        told = truth.get(address)
        trusted = figure.status in TRUSTED and figure.value is not None
        if told is None:
            false += [address] if trusted else []
            continue
        if told.unseen:
            continue
        right = figure.value in (told.value, told.also)
        if told.says == "known" and figure.value is not None and not right:
            wrong.append(address)
        if trusted and (not right or told.says == "lost" or told.failing):
            false.append(address)
    for address, told in truth.items():
        if told.says == "lost" or told.doubtful:
            continue
        figure = got.get(address)  # type: ignore[assignment]
        said = figure is not None and figure.status in TRUSTED and figure.value == told.value
        sayable += 1
        stated += said
        if told.says == "known" and not said:
            unread.append(address)
    return Grade(tuple(wrong), tuple(false), tuple(unread), stated, sayable)
