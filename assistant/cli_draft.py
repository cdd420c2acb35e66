"""``gouji draft``: next year's report, or the sheet in which its figures are filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.console import FOUND, told
from assistant.settings import load_settings
from index.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from assistant.draft.model import Draft
    from assistant.library.shelf import Shelf
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
@click.option("--zeros", is_flag=True, help="Empty cells of what you have begun to fill in are 0.")
@click.option(
    "--override-carried",
    "override",
    metavar="REASON",
    help="Use your 上年结转 where it differs from last year's report, and say why.",
)
@click.option(
    "--fee", type=str, help="信息处理费 collected in the year, in yuan; 0 where none was."
)
@click.option(
    "--keep",
    multiple=True,
    type=click.IntRange(min=1),
    metavar="N",
    help="Say problem N of last year's report again; may be given again.",
)
@click.option(
    "--with-model",
    is_flag=True,
    help="Let the language model of GOUJI_MODEL join sentences; it writes no figure.",
)
@click.option("--no-citations", is_flag=True, help="Do not tell what the sentences rest on.")
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
    zeros: bool,
    override: str | None,
    fee: str | None,
    keep: tuple[int, ...],
    with_model: bool,
    no_citations: bool,
    allow_failing: bool,
    force: bool,
) -> int:
    """Draft the report of BODY for YEAR from last year's report and this year's figures.

    上年结转 is last year's verified 结转下年度; totals that are left empty are computed; every
    identity is checked. The text says what the figures say beside last year's, and has gaps for
    what only the body knows.
    """
    from assistant.draft.draft import draft_report
    from assistant.draft.narrative import Choices, fee_of
    from assistant.draft.outputs import check_targets, render, write_whole
    from assistant.draft.self_check import with_self_check

    _check_reason(override)
    check_targets(outputs, sheet, figures, force=force)
    shelf = _shelf()
    name, last = (body, ()) if shelf is None else _last_year(shelf, body, year)
    choices = Choices(fee=fee_of(fee), keep=keep)
    drafted = draft_report(name, year, last, figures, choices, zeros=zeros, override=override)
    if with_model:
        drafted = _worded(drafted, shelf)
    source = last[0] if drafted.last is not None else None
    drafted = with_self_check(drafted, source)
    balances = not drafted.failing
    _tell(drafted)
    _tell_text(drafted, source)
    written = drafted.without_citations() if no_citations else drafted
    contents = render(written, outputs if balances or allow_failing else (), sheet)
    write_whole(contents)
    for path in contents:
        click.echo(f"已写入 {path} (written)")
    if not balances and outputs and not allow_failing:
        click.echo("勾稽不平，未写报告；如需带标记的草稿请加 --allow-failing。", err=True)
    return 0 if balances else FOUND


def _worded(drafted: Draft, shelf: Shelf | None) -> Draft:
    """The draft with sentences joined by the configured model, as far as the guard lets them pass.

    Raises:
        InputError: no model is configured.
        ModelError: it is not set up right.
    """
    from assistant.helping.model import load_model
    from assistant.helping.phrasing import Writer
    from assistant.helping.worded import in_other_words

    model = load_model(load_settings())
    if model is None:
        raise InputError(
            "没有配置语言模型 (no language model is configured).",
            advice="请设置 GOUJI_MODEL，或去掉 --with-model (set GOUJI_MODEL, or leave it out).",
        )
    worded = in_other_words(drafted, Writer(model, model.spending(), _names(shelf)))
    click.echo(f"语言模型连写 {worded.by_model} 段 (passages joined by the model)")
    if worded.refused:
        click.echo(f"  未采用 {worded.refused} 处不合规的写法 (refused by the guard)", err=True)
    if worded.trouble:
        click.echo(f"  其余保留原稿：{worded.trouble}", err=True)
    return worded.draft


def _names(shelf: Shelf | None) -> Callable[[str], Collection[str]]:
    """What finds the names of bodies and places in a text; without an index, of places."""
    if shelf is not None:
        return shelf.directory().names_in
    from assistant.lexicon import load_lexicon
    from assistant.library.directory import Directory

    return Directory((), load_lexicon(), lambda _: ()).names_in


def _check_reason(override: str | None) -> None:
    """A reason is a text: it is printed beside the figure.

    Raises:
        InputError: it is empty.
    """
    if override is not None and not override.strip():
        raise InputError(
            "--override-carried 没有写理由 (no reason).",
            advice='例如 --override-carried "机构改革，承接原某局在办申请" (say why).',
        )


def _shelf() -> Shelf | None:
    """The indexed reports; without an index the draft says that there is none to carry on from."""
    from assistant.library.shelf import Shelf
    from index.errors import NoStore

    settings = load_settings()
    try:
        return Shelf(settings.store, settings.embedder)
    except NoStore:
        return None


def _last_year(shelf: Shelf, name: str, year: int) -> tuple[str, Sequence[Report]]:
    """The body's full name and its reports for the year before."""
    from assistant.draft.finding import body_meant, reports_of
    from assistant.lexicon import load_lexicon

    body = body_meant(name, shelf.directory(), load_lexicon())
    return body, reports_of(shelf, body, year - 1)


def _tell(drafted: Draft) -> None:
    """The draft in a few lines; what is wrong with it on standard error."""
    from assistant.draft.model import Origin
    from assistant.draft.remarks import equation_of, overridden

    counts = dict.fromkeys(Origin, 0)
    for cell in drafted.cells:
        counts[cell.origin] += 1
    click.echo(
        f"{drafted.title}：填报 {counts[Origin.GIVEN]} 格，"
        f"{_if_any(counts[Origin.ZERO], '空白按 0 填报')}"
        f"带入上年结转 {counts[Origin.CARRIED]} 格，"
        f"{_if_any(counts[Origin.OVERRIDING], '上年结转改用填报数')}"
        f"计算合计 {counts[Origin.COMPUTED]} 格，待填 {counts[Origin.OPEN]} 格"
    )
    for cell in drafted.cells:
        if cell.origin is Origin.OVERRIDING:
            click.echo(f"  {overridden(cell)} (overridden)")
    if drafted.last is not None:
        click.echo(f"  上年报告 (carried from): {drafted.last.title}，{drafted.last.source_file}")
    for problem in drafted.problems:
        click.echo(f"  ! {problem}", err=True)
    for check in drafted.checks:
        if check.fails:
            click.echo(f"  {'✗' if check.broken else '?'} {equation_of(check)}", err=True)


def _if_any(count: int, what: str) -> str:
    """How many cells of a kind, "" where there are none."""
    return f"{what} {count} 格，" if count else ""


def _tell_text(drafted: Draft, last: Report | None) -> None:
    """What was found in the text, and last year's problems by the number they are kept by."""
    from assistant.draft.last_problems import last_problems
    from assistant.draft.remarks import equation_of, self_check_lines

    for number, problem in enumerate(last_problems(last) if last is not None else (), 1):
        click.echo(f"  上年提出的问题 {number}（¶{problem.passage.number}）：{problem.text}")
    if drafted.self_check is None:
        return
    click.echo("自查 (self-check)：")
    for line in self_check_lines(drafted.self_check):
        click.echo(f"  {line}")
    known = {equation_of(check) for check in drafted.checks}
    for check in drafted.self_check.findings:
        if (line := equation_of(check)) not in known:
            click.echo(f"  {'✗' if check.broken else '?'} {line}", err=True)
