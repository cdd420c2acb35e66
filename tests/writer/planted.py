"""``python -m tests.writer.planted``: folders with one planted error each, checked and counted."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import click

from assistant.audit.across import Comparing
from assistant.audit.audit import audit
from index.report import Strength
from index.sources import find_sources
from tests.writer.planting import Case, plant

CHUNK = 10
"""Folders that a process is given at once."""
FOLLOWING = (
    ("T", ("S-", "X-")),
    ("S-", ("P-PARTS", "P-SAME")),
    ("P-", ("S-",)),
    ("D-SECTIONS", ("D-FEE",)),
    ("D-FORM", ("T", "S-")),
    ("D-RULES", ("T2-",)),
    ("X-T4-PENDING", ("X-JUMP",)),
)
"""What may be wrong too where something is: text that agreed with a table no longer does, a number
that is off breaks its list and is not what another sentence says, without section six there is no
word on the fee, nothing at all is far less than before."""


class Told(NamedTuple):
    """A finding, as far as it is graded."""

    file: str
    code: str
    strength: Strength
    equation: str

    def __str__(self) -> str:
        return f"{self.file}: {self.code} {self.strength} {self.equation}"


@dataclass(frozen=True)
class Recall:
    """What came of checking folders with planted errors.

    ``planted``, ``found`` and ``alarms`` count by code, the last what was found in clean folders,
    whatever its strength. ``missed`` tells each error that was not found, ``wrong`` each false
    alarm, ``beside`` what asks for something, was not planted, and follows from nothing planted.
    """

    planted: Mapping[str, int]
    found: Mapping[str, int]
    alarms: Mapping[str, int]
    missed: Sequence[str]
    wrong: Sequence[str]
    beside: Sequence[str]


def find(case: Case) -> tuple[Told, ...]:
    """What the command finds in a folder."""
    comparing = Comparing(case.units)
    done = audit(find_sources([case.folder]), comparing=comparing, watch=lambda steps: steps)
    assert not done.unread, done.unread
    return tuple(Told(f.source_file, f.code, f.strength, f.equation) for f in done.findings)


def grade(cases: Sequence[Case], told: Iterable[Sequence[Told]]) -> Recall:
    """Hold what was found in each folder against what was planted."""
    planted, found, alarms = Counter[str](), Counter[str](), Counter[str]()
    missed: list[str] = []
    wrong: list[str] = []
    beside: list[str] = []
    for case, findings in zip(cases, told, strict=True):
        known = {(each.file, each.code) for each in findings}
        for file, code in _wanted(case):
            planted[code] += 1
            found[code] += (file, code) in known
            missed += [] if (file, code) in known else [f"{case.folder.name}/{file}: {code}"]
        if not case.code:
            alarms.update(each.code for each in findings)
            wrong += [f"{case.folder.name}/{each}" for each in findings]
        else:
            beside += [f"{case.folder.name}/{each}" for each in _beside(case, findings)]
    return Recall(planted, found, alarms, missed, wrong, beside)


def _wanted(case: Case) -> Iterator[tuple[str, str]]:
    return ((file, code) for file, codes in case.broken.items() for code in sorted(codes))


def _beside(case: Case, findings: Sequence[Told]) -> Iterator[Told]:
    codes = {code for _, code in _wanted(case)}
    follow = [
        each
        for first, after in FOLLOWING
        if any(code.startswith(first) for code in codes)
        for each in after
    ]
    for each in findings:
        expected = each.code in codes or each.code.startswith(tuple(follow))
        if each.strength is not Strength.INFO and not expected:
            yield each


@click.command()
@click.option("--count", default=1000, help="How many folders.")
@click.option("--seed", default=0, help="The first seed.")
def main(count: int, seed: int) -> None:
    """Plant errors in folders of reports, check each, tell what was found by code."""
    with tempfile.TemporaryDirectory() as name:
        cases = plant(Path(name), count, seed)
        start = time.perf_counter()
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            recall = grade(cases, pool.map(find, cases, chunksize=CHUNK))
        seconds = time.perf_counter() - start
    click.echo(f"{'code':<24}{'planted':>8}{'found':>8}{'missed':>8}{'false alarms':>14}")
    for code in sorted({*recall.planted, *recall.alarms}):
        planted, found = recall.planted.get(code, 0), recall.found.get(code, 0)
        alarms = recall.alarms.get(code, 0)
        click.echo(f"{code:<24}{planted:>8}{found:>8}{planted - found:>8}{alarms:>14}")
    for title in ("missed", "wrong", "beside"):
        for line in getattr(recall, title):
            click.echo(f"{title}: {line}")
    reports, clean = sum(len(case.broken) for case in cases), sum(not case.code for case in cases)
    click.echo(
        f"{count} folders ({clean} clean) of {reports} reports in {seconds:.1f} s: "
        f"{sum(recall.planted.values())} errors, {len(recall.missed)} missed, "
        f"{len(recall.wrong)} false alarms, {len(recall.beside)} findings beside"
    )


if __name__ == "__main__":
    main()
