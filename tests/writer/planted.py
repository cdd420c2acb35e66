"""``python -m tests.writer.planted``: a folder of reports with one planted error each, audited.

Errors of tables are broken identities of the form; errors of running text are the smallest
breaking examples of ``tests/rules``, put into section one. Reports between them are clean; what is
found there is a false alarm.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import yaml

from assistant.audit.audit import Audit, audit
from index.report import Strength
from index.sources import find_sources
from tests.writer.figures import FORMS, failing
from tests.writer.order import Order
from tests.writer.report import Written, write_report
from tests.writer.sample import CHECKS

RULES = Path(__file__).parents[1] / "rules"
SURFACES = ("lines", "pipes", "padded", "html")
PLACES = "云青临澜雁梧柳石荷松"
ALIKE = "X-ALIKE"
"""Never graded: the sentences of all written reports are from one small stock."""
CLEAN = 3
"""One report in so many is clean."""


@dataclass(frozen=True)
class Recall:
    """What came of an audit of planted errors.

    ``planted`` and ``found`` count by code; ``missed`` names files whose error was not found,
    ``alarms`` what was found where nothing was planted.
    """

    planted: Mapping[str, int]
    found: Mapping[str, int]
    missed: Sequence[str]
    alarms: Sequence[str]


def of_tables() -> tuple[str, ...]:
    """Codes of identities that can be broken in a written report."""
    return tuple(dict.fromkeys(check.partition("@")[0] for check in CHECKS))


def of_texts() -> dict[str, str]:
    """A sentence that breaks a hard check of running text, by code."""
    texts = {}
    for file in sorted(RULES.glob("P-*/breaks.yaml")):
        rule = yaml.safe_load(file.read_text("utf-8"))
        texts[file.parent.name] = rule["text"]
    return texts


Planted = Mapping[str, frozenset[str]]
"""By file: the codes of what is broken in it; breaking one identity may break others."""


def plant(folder: Path, count: int, seed: int = 0) -> Planted:
    """Write reports into a folder; what is broken in each file, nothing in a clean one."""
    texts = of_texts()
    codes = [*of_tables(), *texts]
    planted: dict[str, frozenset[str]] = {}
    for number in range(count):
        code = None if number % CLEAN == 0 else codes[(number - number // CLEAN - 1) % len(codes)]
        order = Order(
            seed=seed + number,
            form=list(FORMS)[number % len(FORMS)],
            surface=SURFACES[number // CLEAN % len(SURFACES)],
            size=("county", "city")[number % 2],
        )
        if code in texts:
            order = replace(order, surface="lines")
        elif code is not None:
            order = replace(order, broken=(code,))
        written = write_report(order, body=_body(number))
        data = _with_sentence(written, texts[code]) if code in texts else written.data
        (folder / written.name).write_bytes(data)
        broken = failing(written.figures.form, written.figures.values)
        tables = frozenset(check.partition("@")[0] for check in broken)
        planted[written.name] = tables | ({code} if code in texts else frozenset())
    return planted


def _body(number: int) -> str:
    """A body of its own for each report, so that none is another's year."""
    place = "".join(PLACES[int(digit)] for digit in f"{number:03}")
    return f"{place}县水务局"


def _with_sentence(written: Written, sentence: str) -> bytes:
    """The report with a paragraph more at the end of section one."""
    heading = f"\n{written.prose.sections[1][0]}"
    before, found, after = written.data.decode(written.encoding).partition(heading)
    assert found, f"{written.name} has no heading {heading!r}"
    return f"{before}\n{sentence}{found}{after}".encode(written.encoding)


def run(folder: Path) -> Audit:
    """Audit a folder as the command does."""
    return audit(find_sources([folder]), watch=lambda steps: steps)


def grade(done: Audit, planted: Planted) -> Recall:
    """Hold the findings above info against what was planted."""
    told = {
        (f.source_file, f.code, f.equation)
        for f in done.findings
        if f.strength is not Strength.INFO and f.code != ALIKE
    }
    found = {(file, code) for file, code, _ in told}
    wanted = [(file, code) for file, codes in planted.items() for code in sorted(codes)]
    return Recall(
        planted=Counter(code for _, code in wanted),
        found=Counter(code for file, code in wanted if (file, code) in found),
        missed=[f"{file}: {code}" for file, code in wanted if (file, code) not in found],
        alarms=[
            f"{file}: {code} {equation}"
            for file, code, equation in sorted(told)
            if code not in planted[file] and not _follows(code, planted[file])
        ],
    )


def _follows(code: str, broken: frozenset[str]) -> bool:
    """Whether it comes of what was planted: tables and text that agreed no longer do."""
    return code.startswith("S-") and bool(broken)


@click.command()
@click.option("--count", default=1000, help="How many reports.")
@click.option("--seed", default=0, help="The first seed.")
def main(count: int, seed: int) -> None:
    """Plant errors in reports, audit them, tell what was found."""
    with tempfile.TemporaryDirectory() as name:
        planted = plant(Path(name), count, seed)
        start = time.perf_counter()
        recall = grade(run(Path(name)), planted)
        seconds = time.perf_counter() - start
    for code, number in recall.planted.items():
        click.echo(f"{code:<24}{recall.found.get(code, 0):>5} of {number}")
    for line in (*recall.missed, *(f"false alarm: {alarm}" for alarm in recall.alarms)):
        click.echo(line)
    click.echo(f"{count} reports in {seconds:.1f} s, {len(recall.missed)} errors missed, "
               f"{len(recall.alarms)} false alarms")  # fmt: skip


if __name__ == "__main__":
    main()
