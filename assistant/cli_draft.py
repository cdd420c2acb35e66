"""``gouji draft``: next year's report, or the sheet in which its figures are filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.console import FOUND, told
from assistant.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.draft.model import Draft
    from index.report import Report


@click.command()
@click.argument("body")
@click.argument("year", type=click.IntRange(2008, 2100))
@click.option(
    "--figures",
    type=click.Path(path_type=Path),
    help="This year's figures: the filled-in sheet (.xlsx), or .csv or .json by address.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Write the draft here: .docx, .html, .md or .json; may be given again.",
)
@click.option(
    "--sheet", type=click.Path(path_type=Path), help="Write the sheet to fill in here (.xlsx)."
)
@click.option("--allow-failing", is_flag=True, help="Write a draft that does not balance, marked.")
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
@told
def draft(
    body: str,
    year: int,
    *,
    figures: Path | None,
    outputs: tuple[Path, ...],
    sheet: Path | None,
    allow_failing: bool,
    force: bool,
) -> int:
    """Draft the report of BODY for YEAR from last year's report and this year's figures.

    上年结转 is last year's verified 结转下年度; totals that are left empty are computed; every
    identity is checked.
    """
    from assistant.draft.draft import draft_report
    from assistant.draft.outputs import check_targets, render, write_whole

    check_targets(outputs, sheet, force=force)
    name, last = _last_year(body, year)
    drafted = draft_report(name, year, last, figures)
    balances = not drafted.failing
    _tell(drafted)
    contents = render(drafted, outputs if balances or allow_failing else (), sheet)
    write_whole(contents)
    for path in contents:
        click.echo(f"已写入 {path} (written)")
    if not balances and outputs and not allow_failing:
        click.echo("勾稽不平，未写报告；如需带标记的草稿请加 --allow-failing。", err=True)
    return 0 if balances else FOUND


def _last_year(name: str, year: int) -> tuple[str, Sequence[Report]]:
    """The body's full name and its reports for the year before; none without an index."""
    from assistant.draft.finding import body_meant, reports_of
    from assistant.lexicon import load_lexicon
    from assistant.shelf import Shelf
    from index.errors import NoStore

    settings = load_settings()
    try:
        shelf = Shelf(settings.store, settings.embedder)
    except NoStore:
        return name, ()  # the draft says that there is no report to carry on from
    body = body_meant(name, shelf.directory(), load_lexicon())
    return body, reports_of(shelf, body, year - 1)


def _tell(drafted: Draft) -> None:
    """The draft in a few lines; what is wrong with it on standard error."""
    from assistant.draft.model import Origin
    from assistant.draft.remarks import equation_of

    counts = dict.fromkeys(Origin, 0)
    for cell in drafted.cells:
        counts[cell.origin] += 1
    click.echo(
        f"{drafted.title}：填报 {counts[Origin.GIVEN]} 格，"
        f"带入上年结转 {counts[Origin.CARRIED]} 格，"
        f"计算合计 {counts[Origin.COMPUTED]} 格，待填 {counts[Origin.OPEN]} 格"
    )
    if drafted.last is not None:
        click.echo(f"  上年报告 (carried from): {drafted.last.title}，{drafted.last.source_file}")
    for problem in drafted.problems:
        click.echo(f"  ! {problem}", err=True)
    for check in drafted.checks:
        if check.outcome == "fails":
            click.echo(f"  {'✗' if check.broken else '?'} {equation_of(check)}", err=True)
