"""★ Many reports checked, one call a step: read, check each, check across, list the findings.

The checks within a report are those that `index.reading` makes; those across reports are made
here, of what is kept of each. No text of a report is kept but how its sentences begin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assistant.audit.across import Comparing, check_beside, findings_beside, report_of
from assistant.audit.findings import STRENGTHS, Finding
from assistant.audit.looking import Looked, Tallies, Unread, Wishes, tally, tasks_of
from assistant.audit.readers import read_each
from index.report import Check, Outcome, Strength
from index.sidecar import Given
from index.sources import Sources

Step = Looked | Unread
Watch = Callable[[Iterator[Step]], Iterable[Step]]


@dataclass(frozen=True)
class Audit:
    """What came of many reports.

    ``reports`` and ``unread`` are in the order in which they were given; ``findings`` by body
    and year, the gravest first. ``across`` are all checks across reports, whatever came of them,
    ``beside`` how they came out for each report, by its id.
    """

    reports: tuple[Looked, ...]
    unread: tuple[Unread, ...]
    findings: tuple[Finding, ...]
    across: tuple[Check, ...] = ()
    beside: Mapping[str, Tallies] = field(default_factory=dict)

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
    steps = read_each(tasks_of(sources, given), len(sources), wishes or Wishes())
    read = list(watch(steps))
    reports = tuple(step for step in read if isinstance(step, Looked))
    within = (finding for looked in reports for finding in looked.findings)
    across = check_beside(reports, comparing or Comparing())
    return Audit(
        reports=reports,
        unread=tuple(step for step in read if isinstance(step, Unread)),
        findings=in_order([*within, *findings_beside(reports, across)]),
        across=across,
        beside={
            report: tally(checks)
            for report, checks in groupby(sorted(across, key=report_of), key=report_of)
        },
    )


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """By body and year, the gravest of a report first."""

    def key(finding: Finding) -> tuple[str, int, str, int]:
        body = finding.body or finding.title
        return body, finding.year or 0, finding.path, STRENGTHS.index(finding.strength)

    return tuple(sorted(findings, key=key))
