"""``gouji check``: reports checked without an index, for one clerk or for a supervisor of many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.console import COULD_NOT, FOUND, tell_error, told
from assistant.intake import progress, reports_of, takes_reports, tell_others
from index.errors import InputError

if TYPE_CHECKING:
    from assistant.audit.audit import Audit
    from assistant.audit.looking import Step
    from index.across.units import Units

FAIL_ON = ("hard", "expected", "warning", "info", "never")
FEW = 20
"""Reports that are told one by one on the terminal; of more, only the summary."""
FILE = click.Path(path_type=Path)
SUFFIXES = {"xlsx": (".xlsx",), "html": (".html", ".htm")}
"""What the files of an output may be called."""


def day_of_year(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> tuple[int, int] | None:
    """Month and day from ``MM-DD``.

    Raises:
        click.BadParameter: it is no day that every year has.
    """
    from assistant.audit.looking import day_of

    try:
        return None if value is None else day_of(value)
    except InputError as error:
        raise click.BadParameter(str(error)) from error


@dataclass(frozen=True)
class Outputs:
    """Files that were asked for; None: not asked for. ``force``: over any file that is there."""

    xlsx: Path | None
    html: Path | None
    notes: Path | None
    force: bool

    @property
    def asked(self) -> bool:
        """Whether any was asked for."""
        return any((self.xlsx, self.html, self.notes))


@click.command()
@takes_reports
@click.option("--json", "as_json", is_flag=True, help="Print all figures and checks as JSON.")
@click.option("--xlsx", type=FILE, help="Write the findings as a workbook.")
@click.option("--html", type=FILE, help="Write the findings as one page, to read or print.")
@click.option(
    "--notes",
    type=FILE,
    help="Write a note (.docx) to each body into this folder.",
)
@click.option(
    "--due",
    callback=day_of_year,
    metavar="MM-DD",
    help="The day by which reports had to be published, instead of that of the Regulation.",
)
@click.option(
    "--units",
    type=FILE,
    help="Bodies whose reports a government's is the sum of: YAML, or CSV of government,unit.",
)
@click.option(
    "--copied",
    type=click.IntRange(0, 100),
    help="Percent of sentences that may be last year's before it is a warning.",
)
@click.option("--force", is_flag=True, help="Replace files that gouji check did not write.")
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="Exit with status 1 on findings of this strength or graver; hard, with --json never.",
)
@click.option("--fail", is_flag=True, hidden=True, help="The same as --fail-on hard.")
@told
def check(
    paths: tuple[Path, ...],
    name: str | None,
    body: str | None,
    year: int | None,
    *,
    as_json: bool,
    xlsx: Path | None,
    html: Path | None,
    notes: Path | None,
    due: tuple[int, int] | None,
    units: Path | None,
    copied: int | None,
    force: bool,
    fail_on: str | None,
    fail: bool,
) -> int:
    """Check reports against the form, their own words and each other, without an index.

    They may be files, folders, .zip archives, or standard input (-).
    """
    from assistant.audit.across import Comparing, without_report
    from assistant.audit.audit import audit
    from assistant.audit.looking import Wishes

    outputs = Outputs(xlsx, html, notes, force)
    sources, given = reports_of(paths, name, body, year)
    comparing = Comparing(_units(units), copied)
    _check_outputs(outputs, paths if units is None else (*paths, units))
    done = audit(
        sources,
        given,
        Wishes(as_json=as_json, due=due),
        comparing,
        watch=lambda steps: _watched(steps, len(sources)),
    )
    for unread in done.unread:
        tell_error(unread)
    _tell_passed(done)
    tell_others([other.path for other in done.others], "未核对")
    _tell_alone(without_report(done.reports, comparing.units))
    _write(done, outputs)
    if as_json:
        _print_json(done)
    else:
        _print_text(done, outputs)
    if done.unread:
        return COULD_NOT
    return FOUND if _is_failed(done, fail_on or _usual(as_json=as_json, fail=fail)) else 0


def _tell_passed(done: Audit) -> None:
    """One line, on standard error, on the outputs that lay among the reports."""
    if done.passed:
        more = "等" if len(done.passed) > 1 else ""
        click.echo(
            f"跳过 {len(done.passed)} 个 gouji check 自己写的文件：{done.passed[0].path}{more}"
            " (outputs of gouji check are passed over)",
            err=True,
        )


def _tell_alone(governments: Iterable[str]) -> None:
    """Governments whose units were compared with nothing."""
    for government in governments:
        click.echo(
            f"注意：没有读到“{government}”的报告，未与其单位比较 (no report of it was read)",
            err=True,
        )


def _watched(steps: Iterator[Step], count: int) -> Iterable[Step]:
    """With a progress bar, where there is time to look at one."""
    if count <= FEW:
        return steps
    return progress(steps, count, "核对报告", lambda step: step.name)


def _units(path: Path | None) -> Units:
    """The units that a file of the user's names; none without one."""
    from index.across.units import NO_UNITS, load_units

    return load_units(path) if path is not None else NO_UNITS


def _usual(*, as_json: bool, fail: bool) -> str:
    """The strength that fails where none was said: who reads JSON judges for himself."""
    return "never" if as_json and not fail else "hard"


def _is_failed(done: Audit, fail_on: str) -> bool:
    from index.report import Strength

    return fail_on != "never" and done.reaches(Strength(fail_on))


def _check_outputs(outputs: Outputs, read: tuple[Path, ...]) -> None:
    """Before the work begins: can everything be written that was asked for, over nothing read?"""
    from assistant.audit.outputs import check_folder, check_not_read, check_output
    from assistant.outputs import check_apart, check_suffix

    files = {"xlsx": outputs.xlsx, "html": outputs.html}
    asked = {kind: path for kind, path in files.items() if path is not None}
    for kind, path in asked.items():
        check_suffix(path, SUFFIXES[kind], f"--{kind} ")
    check_apart(tuple(asked.values()), [path for path in read if path.is_file()])
    for path in asked.values():
        check_not_read(path, read)
        check_output(path, force=outputs.force)
    if outputs.notes is not None:
        check_folder(outputs.notes)


def _write(done: Audit, outputs: Outputs) -> None:
    """All that was asked for, the notes first: whether they can be written, only they tell."""
    if outputs.notes is not None:
        from assistant.audit.letters import save_letters

        save_letters(done, outputs.notes, force=outputs.force)
    if outputs.xlsx is not None:
        from assistant.audit.workbook import save_workbook

        save_workbook(done, outputs.xlsx)
    if outputs.html is not None:
        from assistant.audit.page import save_page

        save_page(done, outputs.html)


def _print_json(done: Audit) -> None:
    from assistant.audit.report_json import audit_json

    reports = (looked.json for looked in done.reports if looked.json is not None)
    for piece in audit_json(reports, done.findings, done.across):
        click.echo(piece, nl=False)
    click.echo()


def _print_text(done: Audit, outputs: Outputs) -> None:
    from assistant.audit.terminal import print_summary, report_lines

    count = len(done.reports) + len(done.unread)
    if count <= FEW:
        for line in report_lines(done):
            click.echo(line)
    if count > 1:
        print_summary(done, written=outputs.asked)
    for path in (outputs.xlsx, outputs.html, outputs.notes):
        if path is not None and path.is_dir() and not any(path.iterdir()):
            click.echo(f"没有要通知的单位，{path} 里没有通知 (no note was needed)")
        elif path is not None:
            click.echo(f"已写入 {path} (written)")
