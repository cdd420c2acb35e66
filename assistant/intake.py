"""What `gouji build` and `gouji check` take: files, folders, archives, standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from index.errors import InputError
from index.sidecar import Given
from index.sources import Sources, find_sources

T = TypeVar("T")
MOST_NAMED = 5
"""Files that are named in one line."""
LONGEST_NAME = 40
"""Characters of a name beside the progress bar."""


def takes_reports(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the paths of reports, and the options that say what the text does not."""
    decorators: list[Callable[[Any], Any]] = [
        click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path)),
        click.option("--name", help="What standard input is called: report.html says its kind."),
        click.option("--body", help="Set the body (单位全称) of the one report given."),
        click.option(
            "--year", type=click.IntRange(2008, 2100), help="Set the year of the report given."
        ),
    ]
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


def reports_of(
    paths: tuple[Path, ...], name: str | None, body: str | None, year: int | None
) -> tuple[Sources, Given | None]:
    """The reports that a command was given, and what its options set.

    Raises:
        InputError: a path does not exist, or the options do not fit what was given.
    """
    sources = find_sources(paths, sys.stdin.buffer, name)
    if not body and not year:
        return sources, None
    if len(sources) != 1:
        raise InputError(
            "--body 和 --year 只能用于一份报告 (only for a single report).",
            advice="多份报告请写附带文件 NAME.gouji.yaml (use sidecar files).",
        )
    return sources, Given(body=body, year=year)


def tell_others(paths: Sequence[str], left: str) -> None:
    """One line, on standard error, on files among the reports that are none.

    ``left`` says in Chinese what was not done with them.
    """
    if paths:
        more = f"等 {len(paths)} 个文件" if len(paths) > MOST_NAMED else ""
        named = "、".join(paths[:MOST_NAMED])
        click.echo(f"不是年度报告，{left}：{named}{more} (not reports)", err=True)


def progress(
    steps: Iterable[T], total: int, doing: str, name_of: Callable[[T], str]
) -> Iterator[T]:
    """A progress bar on a terminal's standard error; nothing extra in a pipe.

    ``doing`` says what is done, ``name_of`` what a step is called.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total, name="")
        for step in steps:
            name = name_of(step)[-LONGEST_NAME:]
            bar.update(task, advance=1, name=escape(name))
            yield step
