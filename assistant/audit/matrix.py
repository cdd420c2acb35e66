"""Reports by checks: which hold, which do not, which cannot be evaluated, which do not apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from assistant.audit.audit import Audit
from assistant.audit.findings import STRENGTHS
from assistant.audit.names import load_check_names
from index.report import Outcome, Record, Strength


class Mark(StrEnum):
    """What a square of the matrix shows."""

    HOLDS = "✓"
    BROKEN = "✗"
    ASKS = "△"
    TOLD = "○"
    OPEN = "？"
    NONE = "—"


MARK_WORDS = {
    Mark.HOLDS: ("成立", "holds"),
    Mark.BROKEN: ("不成立，必须更正", "broken: must be corrected"),
    Mark.ASKS: ("不一致，请说明或核对", "asks for an explanation"),
    Mark.TOLD: ("不一致，供参考", "for information"),
    Mark.OPEN: ("无法核验（缺数或存疑）", "not evaluable"),
    Mark.NONE: ("不适用", "not applicable"),
}


MARKS: Mapping[Strength | None, Mark] = {Strength.HARD: Mark.BROKEN, Strength.INFO: Mark.TOLD}
"""By the gravest strength of what was found; anything else asks."""


@dataclass(frozen=True, slots=True)
class Square:
    """One report and one check; ``count`` is the number of findings, 0 where it holds."""

    mark: Mark
    count: int = 0


class Row(Record):
    """One report."""

    title: str
    body: str | None
    year: int | None
    source_file: str
    path: str
    squares: tuple[Square, ...]

    def by_code(self, codes: Sequence[str]) -> Iterator[tuple[str, Square]]:
        """Its squares with the codes of the matrix."""
        return zip(codes, self.squares, strict=True)


class Kind(Record):
    """Columns that stand together: what they look at, and how many they are."""

    name: str
    columns: int


class Matrix(Record):
    """``codes`` are the columns, one square of each row for each.

    ``left_out`` is how many further checks there are, which apply to none of the reports.
    """

    codes: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int

    @property
    def columns(self) -> Iterator[tuple[str, str]]:
        """Each code with its short name."""
        return ((code, load_check_names().name(code)) for code in self.codes)

    @property
    def kinds(self) -> Iterator[Kind]:
        """What the columns look at, from left to right."""
        for name, codes in groupby(self.codes, load_check_names().kind):
            yield Kind(name=name, columns=len(list(codes)))


def matrix_of(audit: Audit) -> Matrix:
    """The matrix of all reports that were read, by body and year; only codes that occur."""
    outcomes = [audit.outcomes(looked) for looked in audit.reports]
    names = load_check_names()
    codes = tuple(sorted({code for row in outcomes for code in row}, key=names.place))
    gravest = _gravest(audit)
    rows = [
        Row(
            title=looked.owner.title,
            body=looked.owner.body,
            year=looked.owner.year,
            source_file=looked.owner.source_file,
            path=looked.owner.path,
            squares=tuple(
                _square(row.get(code), gravest.get((looked.owner.path, code))) for code in codes
            ),
        )
        for looked, row in zip(audit.reports, outcomes, strict=True)
    ]
    rows.sort(key=lambda row: (row.body or row.title, row.year or 0))
    left_out = len(names.names.keys() - set(codes))
    return Matrix(codes=codes, rows=tuple(rows), left_out=left_out)


def _gravest(audit: Audit) -> dict[tuple[str, str], Strength]:
    """By report and code, the gravest strength found: findings of a report are in that order."""
    gravest: dict[tuple[str, str], Strength] = {}
    for finding in audit.findings:
        key = (finding.path, finding.code)
        known = gravest.setdefault(key, finding.strength)
        gravest[key] = min(known, finding.strength, key=STRENGTHS.index)
    return gravest


def _square(counts: Mapping[Outcome, int] | None, gravest: Strength | None) -> Square:
    if not counts:
        return Square(mark=Mark.NONE)
    if fails := counts.get(Outcome.FAILS, 0):
        return Square(mark=MARKS.get(gravest, Mark.ASKS), count=fails)
    return Square(mark=Mark.HOLDS if counts.get(Outcome.HOLDS) else Mark.OPEN)
