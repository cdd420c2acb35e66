"""What does not hold in the indexed reports: within each, and between them.

The checks of one report are kept with it in the ledger. Those between reports are made here, of
the abstracts that the ledger keeps, when one is first asked for; a
`assistant.library.shelf.Shelf` keeps the review until a report is put or removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from assistant.lexicon.findings import ACROSS, ALIKE, Family
from index.across.abstract import Abstract
from index.across.alike import check_alike
from index.across.checks import check_across
from index.across.findings import report_of
from index.report import Check, Outcome, Strength
from index.storage.ledger import Ledger

STRENGTHS = tuple(Strength)
"""From what must be corrected to what may interest."""


class Review:
    """The findings of one state of a ledger; each part is made when it is first needed."""

    def __init__(self, ledger: Ledger) -> None:
        """Nothing is read yet."""
        self._ledger = ledger

    def findings(
        self,
        report: str,
        families: Sequence[Family],
        part: str | None = None,
        *,
        texts: bool = True,
    ) -> tuple[Check, ...]:
        """Checks of some families that fail in a report or beside it, the gravest first.

        Args:
            report: its id.
            families: which checks.
            part: a part of the report that is meant alone.
            texts: whether its text is held against those of other reports, which takes longest.
        """
        found = [
            check
            for check in (*self._within.get(report, ()), *self._beside(report, families, texts))
            if any(family.tells(check, part) for family in families)
        ]
        return tuple(sorted(found, key=lambda check: STRENGTHS.index(check.strength)))

    def compared(self, families: Sequence[Family]) -> frozenset[str]:
        """Reports that a check of some families holds against another, whatever came of it."""
        return frozenset(
            report
            for part in self._parts(families)
            for report, checks in part.items()
            if any(
                family.has(check) and check.outcome is not Outcome.NOT_EVALUABLE
                for check in checks
                for family in families
            )
        )

    def _beside(self, report: str, families: Sequence[Family], texts: bool) -> Iterator[Check]:
        for part in self._parts(families, texts):
            yield from part.get(report, ())

    def _parts(
        self, families: Sequence[Family], texts: bool = True
    ) -> Iterator[Mapping[str, tuple[Check, ...]]]:
        """The comparisons that some families need: of figures, of texts."""
        codes = {code for family in families for code in family.codes if _across(code)}
        alike = {code for code in codes if _may_begin(code, ALIKE)}
        if codes - alike or "" in codes:
            yield self._years
        if alike and texts:
            yield self._alike

    @cached_property
    def _within(self) -> Mapping[str, tuple[Check, ...]]:
        return self._ledger.failing()

    @cached_property
    def _abstracts(self) -> tuple[Abstract, ...]:
        return tuple(self._ledger.abstracts())

    @cached_property
    def _years(self) -> Mapping[str, tuple[Check, ...]]:
        return _by_report(check_across(self._abstracts))

    @cached_property
    def _alike(self) -> Mapping[str, tuple[Check, ...]]:
        return _by_report(check_alike(self._abstracts))


def _across(code: str) -> bool:
    """Whether a beginning of codes may be that of a check between reports."""
    return _may_begin(code, (ACROSS,))


def _may_begin(code: str, others: Iterable[str]) -> bool:
    return any(code.startswith(other) or other.startswith(code) for other in others)


def _by_report(checks: Iterable[Check]) -> dict[str, tuple[Check, ...]]:
    found: dict[str, list[Check]] = {}
    for check in checks:
        found.setdefault(report_of(check), []).append(check)
    return {report: tuple(own) for report, own in found.items()}
