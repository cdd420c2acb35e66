"""Reports beside each other: the checks of `index.across`, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest

from assistant.audit.findings import MOST_PLACES, Finding, finding
from assistant.audit.looking import Looked
from assistant.audit.places import Place
from index.across.alike import check_alike
from index.across.checks import check_across
from index.across.findings import report_of
from index.across.series import Series
from index.across.units import NO_UNITS, Units
from index.report import Check

MOST_SENTENCES = 12
"""Sentences of two reports that are shown: where a text is another's, a few pairs show it."""


@dataclass(frozen=True)
class Comparing:
    """What the user sets: units of governments; percent of sentences that may be last year's.

    ``copied`` None takes the usual limit.
    """

    units: Units = field(default_factory=lambda: NO_UNITS)
    copied: int | None = None


def check_beside(reports: Sequence[Looked], comparing: Comparing) -> Iterator[Check]:
    """All checks across reports; a report that was given twice is compared once."""
    abstracts = list({looked.owner.report: looked.abstract for looked in reports}.values())
    yield from check_across(abstracts, comparing.units)
    yield from check_alike(abstracts, copied=comparing.copied)


def without_report(reports: Sequence[Looked], units: Units) -> tuple[str, ...]:
    """Governments of which no report was read, so that their units were compared with nothing."""
    series = Series(looked.abstract for looked in reports)
    return tuple(government for government in units if not series.years(government))


def findings_beside(reports: Sequence[Looked], checks: Iterable[Check]) -> Iterator[Finding]:
    """What does not hold, each with its cells and sentences in all of the reports."""
    known = {looked.owner.report: looked for looked in reversed(reports)}
    for check in checks:
        if check.fails:
            yield finding(known[report_of(check)].owner, check, tuple(_places(check, known)))


def _places(check: Check, reports: Mapping[str, Looked]) -> Iterator[Place]:
    """Operands, left and right in turns, so that what differs stands side by side."""
    turns = chain.from_iterable(zip_longest(check.left, check.right))
    most = MOST_PLACES if check.left[0].value is not None else MOST_SENTENCES
    terms = [term for term in dict.fromkeys(turns) if term is not None][:most]
    wanted: dict[str, dict[str, str]] = {}
    for term in terms:
        report, _, address = term.address.partition("/")
        wanted.setdefault(report, {})[address] = term.label
    found = {
        f"{report}/{place.address}": place
        for report, addresses in wanted.items()
        for place in reports[report].places.find(addresses)
    }
    yield from (found[term.address] for term in terms)
