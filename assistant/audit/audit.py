"""★ Many reports checked, one call a step: read, check each, check across, list the findings.

The checks within a report are those that `index.reading` makes; those across reports are made
here, of what is kept of each. No text of a report is kept but how its sentences begin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.audit.across import Comparing, check_beside, findings_beside
from assistant.audit.findings import STRENGTHS, Finding
from assistant.audit.looking import (
    Looked,
    Passed,
    Step,
    Tallies,
    Unread,
    Wishes,
    look_at,
    tasks_of,
)
from assistant.audit.readers import read_each
from index.across.findings import report_of
from index.report import Check, Outcome, Report, Strength
from index.sidecar import Given
from index.sources import Sources

Watch = Callable[[Iterator[Step]], Iterable[Step]]


@dataclass(frozen=True)
class Audit:
    """What came of many reports.

    ``reports``, ``unread``, ``others`` (other text among reports) and ``passed`` (outputs of an
    earlier audit) are in the order in which they were given; ``findings`` by body and year, the
    gravest first. ``across`` are the checks across reports that fail, all of them where JSON was
    asked for; ``beside`` is how they came out for each, by its id.
    """

    reports: tuple[Looked, ...]
    unread: tuple[Unread, ...]
    findings: tuple[Finding, ...]
    across: tuple[Check, ...] = ()
    beside: Mapping[str, Tallies] = field(default_factory=dict)
    passed: tuple[Passed, ...] = ()
    others: tuple[Unread, ...] = ()

    def reaches(self, strength: Strength) -> bool:
        """Whether anything was found of this strength, or graver."""
        graver = STRENGTHS[: STRENGTHS.index(strength) + 1]
        return any(f.strength in graver for f in self.findings)

    def outcomes(self, looked: Looked) -> dict[str, Counter[Outcome]]:
        """By code: how the checks of a report came out, those across reports included."""
        beside = self.beside.get(looked.owner.report, {})
        return {
            code: Counter(looked.tallies.get(code, {})) + Counter(beside.get(code, {}))
            for code in (*looked.tallies, *beside)
        }


def audit(
    sources: Sources,
    given: Given | None = None,
    wishes: Wishes | None = None,
    comparing: Comparing | None = None,
    *,
    watch: Watch,
) -> Audit:
    """Read and check all reports.

    Args:
        sources: the reports.
        given: what the user sets about a single one.
        wishes: what is wanted of the reading.
        comparing: what the user sets about comparing them.
        watch: is given each report as it was read, to show a progress bar.
    """
    wishes = wishes or Wishes()
    steps = read_each(tasks_of(sources, given), len(sources), wishes)
    return _conclude(list(watch(steps)), comparing or Comparing(), keep=wishes.as_json)


def audit_read(
    reports: Iterable[Report], wishes: Wishes, comparing: Comparing, *, watch: Watch
) -> Audit:
    """Look at reports that were read before, and compare them.

    Args:
        reports: the reports; taken one by one.
        wishes: what is wanted of each.
        comparing: what the user sets about comparing them.
        watch: is given each of them, to show a progress bar.
    """
    steps = (look_at(report, wishes) for report in reports)
    return _conclude(list(watch(steps)), comparing, keep=wishes.as_json)


def _conclude(read: Sequence[Step], comparing: Comparing, *, keep: bool) -> Audit:
    """Compare what was read, and put findings in order; ``keep``: checks that hold are kept too."""
    reports = tuple(step for step in read if isinstance(step, Looked))
    within = (finding for looked in reports for finding in looked.findings)
    beside = _Beside(keep=keep)
    checks = beside.note(check_beside(reports, comparing))
    unread = [step for step in read if isinstance(step, Unread)]
    others = tuple(step for step in unread if step.other and reports)  # alone, they were meant
    return Audit(
        reports=reports,
        unread=tuple(step for step in unread if step not in others),
        findings=in_order([*within, *findings_beside(reports, checks)]),
        across=tuple(beside.kept),
        beside=beside.tallies,
        passed=tuple(step for step in read if isinstance(step, Passed)),
        others=others,
    )


class _Beside:
    """What is noted of the checks across reports while they pass: of thousands, few are kept."""

    def __init__(self, *, keep: bool) -> None:
        self.keep = keep
        self.kept: list[Check] = []
        self.tallies: dict[str, dict[str, Counter[Outcome]]] = {}

    def note(self, checks: Iterable[Check]) -> Iterator[Check]:
        """The checks, counted by report and code."""
        for check in checks:
            codes = self.tallies.setdefault(report_of(check), {})
            codes.setdefault(check.code, Counter())[check.outcome] += 1
            if self.keep or check.fails:
                self.kept.append(check)
            yield check


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """By body and year, the gravest of a report first."""

    def key(finding: Finding) -> tuple[str, int, str, int]:
        body = finding.body or finding.title
        return body, finding.year or 0, finding.path, STRENGTHS.index(finding.strength)

    return tuple(sorted(findings, key=key))
