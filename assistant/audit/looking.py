"""One report read and looked at: what of it is kept, which is not its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assistant.audit.findings import Finding, Owner, findings_of, owner_of
from assistant.audit.outputs import is_output
from assistant.audit.places import Finder, Places
from assistant.audit.report_json import report_json
from index.across.abstract import Abstract, abstract_of
from index.document.deadlines import kind_of, late
from index.errors import InputError, OtherText
from index.read import read_bytes
from index.reading import report_from_document
from index.report import Check, Outcome, Report, ReportCard, card_of
from index.sidecar import Given
from index.sources import Source

ANY_YEAR = 2001
"""Without a leap day: a day that is due must be one in every year."""
Tallies = Mapping[str, Mapping[Outcome, int]]
"""By code: how many of its checks hold, fail and are not evaluable."""


@dataclass(frozen=True)
class Wishes:
    """What the user wants of the reading.

    ``as_json``: each whole report as JSON. ``due``: month and day, in the year after the
    report's, by which it had to be published; None asks the Regulation.
    """

    as_json: bool = False
    due: tuple[int, int] | None = None


def day_of(text: str, place: str = "") -> tuple[int, int]:
    """Month and day from ``MM-DD``.

    Raises:
        InputError: it is no day that every year has; ``place`` is where it was said.
    """
    try:
        day = date.fromisoformat(f"{ANY_YEAR}-{text}")
    except ValueError as error:
        raise InputError(
            f"“{text}”不是每年都有的一天 (no day that every year has).",
            place=place,
            advice="请写成 MM-DD，例如 01-20 (write a day as MM-DD).",
        ) from error
    return day.month, day.day


class Task(NamedTuple):
    """A report to be read, its bytes at hand."""

    path: Path
    data: bytes
    given: Given


@dataclass(frozen=True)
class Looked:
    """A report that was read: what it is called, what was found, and what is kept for later.

    ``json`` is None where it was not asked for.
    """

    owner: Owner
    card: ReportCard
    findings: tuple[Finding, ...]
    tallies: Tallies
    abstract: Abstract = field(repr=False)
    places: Places = field(repr=False)
    json: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What its file is called."""
        return self.owner.source_file


@dataclass(frozen=True)
class Unread:
    """A file that could not be read, and why: where, what is wrong, what to do next.

    ``other``: its text is plainly something else than a report.
    """

    path: str
    message: str
    advice: str
    other: bool = False

    @classmethod
    def of(cls, path: Path, error: InputError) -> Unread:
        """What an error says of a file."""
        return cls(
            path=error.place or str(path),
            message=error.message,
            advice=error.advice,
            other=isinstance(error, OtherText),
        )

    @property
    def name(self) -> str:
        """What the file is called."""
        return Path(self.path).name

    def __str__(self) -> str:
        """One line, as an error is told."""
        return f"{self.path}: {self.message} {self.advice}".rstrip()


@dataclass(frozen=True)
class Passed:
    """A file that was passed over: an output of `gouji check` is no report."""

    path: str

    @property
    def name(self) -> str:
        """What the file is called."""
        return Path(self.path).name


Untaken = Unread | Passed
Step = Looked | Untaken
"""What comes of a file."""


def tasks_of(sources: Iterable[Source], given: Given | None) -> Iterator[Task | Untaken]:
    """The content of each source, in order; what cannot be opened, or is no report, says so.

    ``given`` is what the user sets about the report; it goes before its sidecar.
    """
    for source in sources:
        try:
            data = source.load()
            if is_output(data):
                yield Passed(str(source.path))
                continue
            yield Task(source.path, data, (given or Given()).over(source.given()))
        except InputError as error:
            yield Unread.of(source.path, error)


def look(task: Task, wishes: Wishes) -> Looked | Unread:
    """Read one report and keep what is needed of it."""
    try:
        report = report_from_document(read_bytes(task.data, task.path), task.given)
    except InputError as error:
        return Unread.of(task.path, error)
    return look_at(report, wishes)


def look_at(report: Report, wishes: Wishes) -> Looked:
    """What is kept of a report that was read."""
    if wishes.due is not None:
        report = _held_to(report, wishes.due)
    finder, abstract = Finder(report), abstract_of(report)
    return Looked(
        owner=owner_of(report),
        card=card_of(report),
        findings=findings_of(report, finder),
        tallies=tally(report.checks),
        abstract=abstract,
        places=Places.pack(finder, {s.address: s.span for s in abstract.narrative}),
        json=report_json(report) if wishes.as_json else None,
    )


def _held_to(report: Report, due: tuple[int, int]) -> Report:
    """The report with the user's own day in place of that of the Regulation."""
    if report.year.value is None:
        return report
    year = int(report.year.value)
    check = late(report.published, kind_of(report.body.value), year, date(year + 1, *due))
    others = tuple(c for c in report.checks if check is None or c.code != check.code)
    return report.model_copy(update={"checks": (*others, check) if check else others})


def tally(checks: Iterable[Check]) -> Tallies:
    """How the checks of each code came out."""
    tallies: dict[str, Counter[Outcome]] = {}
    for check in checks:
        tallies.setdefault(check.code, Counter())[check.outcome] += 1
    return tallies
