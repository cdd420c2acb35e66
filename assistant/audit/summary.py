"""What came of an audit in a few numbers: by strength, by check, by body."""

from __future__ import annotations

from collections import Counter

from assistant.audit.audit import Audit
from assistant.audit.findings import STRENGTHS
from index.report import Record, Strength

BODIES_FIRST = 10
"""Bodies with most findings that are listed first."""


class Code(Record):
    """A check: how often it fails, in how many reports."""

    code: str
    sentence: str
    sentence_en: str
    strength: Strength
    count: int
    reports: int


class Body(Record):
    """A body: its findings, and how many of them must be corrected."""

    body: str
    count: int
    hard: int


class Summary(Record):
    """Reports read and unread, findings by strength (each of them named), code and body.

    Codes and bodies with most findings come first; of bodies, those with most to correct.
    ``clean`` counts reports without any finding.
    """

    read: int
    unread: int
    clean: int
    strengths: dict[Strength, int]
    codes: tuple[Code, ...]
    bodies: tuple[Body, ...]


def summary_of(audit: Audit) -> Summary:
    """Count what was found."""
    by_strength = Counter(f.strength for f in audit.findings)
    with_findings = {f.path for f in audit.findings}
    return Summary(
        read=len(audit.reports),
        unread=len(audit.unread),
        clean=sum(looked.owner.path not in with_findings for looked in audit.reports),
        strengths={strength: by_strength[strength] for strength in STRENGTHS},
        codes=_codes(audit),
        bodies=_bodies(audit),
    )


def _codes(audit: Audit) -> tuple[Code, ...]:
    counts = Counter(f.code for f in audit.findings)
    reports = Counter(code for code, _ in {(f.code, f.path) for f in audit.findings})
    first = {f.code: f for f in reversed(audit.findings)}
    gravest: dict[str, Strength] = {}
    for found in audit.findings:
        known = gravest.get(found.code, found.strength)
        gravest[found.code] = min(known, found.strength, key=STRENGTHS.index)
    codes = [
        Code(
            code=code,
            sentence=first[code].sentence,
            sentence_en=first[code].sentence_en,
            strength=gravest[code],
            count=count,
            reports=reports[code],
        )
        for code, count in counts.items()
    ]
    return tuple(sorted(codes, key=lambda c: (STRENGTHS.index(c.strength), -c.count, c.code)))


def _bodies(audit: Audit) -> tuple[Body, ...]:
    counts = Counter(f.body or f.title for f in audit.findings)
    hard = Counter(f.body or f.title for f in audit.findings if f.strength is Strength.HARD)
    bodies = [Body(body=body, count=count, hard=hard[body]) for body, count in counts.items()]
    return tuple(sorted(bodies, key=lambda b: (-b.hard, -b.count, b.body)))
