"""``python -m tests.writer FOLDER``: reports to try things on, each with its truth beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import click

from index.report import json_number
from tests.writer import (
    DAMAGES,
    FAULTS,
    SCRIPTS,
    SURFACES,
    Order,
    Written,
    write_report,
    write_years,
)
from tests.writer.figures import FORMS
from tests.writer.order import Shape, Size
from tests.writer.sample import draw_order

ENDING = ".truth.json"


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--count", default=1, help="How many; seeds count up.")
@click.option("--seed", default=0, help="The first seed.")
@click.option("--any", "anything", is_flag=True, help="Reports of every kind; no other option.")
@click.option("--years", help="2021-2024: one body in these years, what is carried carried on.")
@click.option("--form", default="2021", type=click.Choice(list(FORMS)))
@click.option("--size", default="county", type=click.Choice(get_args(Size)))
@click.option("--shape", default="full", type=click.Choice(get_args(Shape)))
@click.option("--surface", default="lines", type=click.Choice(list(SURFACES)))
@click.option("--script", default="simplified", type=click.Choice(list(SCRIPTS)))
@click.option("--encoding", default="utf-8")
@click.option("--damage", "damages", multiple=True, type=click.Choice(list(DAMAGES)))
@click.option("--break", "broken", multiple=True, help="T3-BAL@total, or a code alone.")
@click.option("--state", "states", is_flag=True, help="The prose states cells of the tables.")
@click.option("--fault", "faults", multiple=True, type=click.Choice(list(FAULTS)))
@click.option("--disagree", is_flag=True, help="Numbers of the prose are not those of the tables.")
def main(
    *,
    folder: Path,
    count: int,
    seed: int,
    anything: bool,
    years: str | None,
    disagree: bool,
    **said: object,
) -> None:
    """Write invented reports into FOLDER, and what is known about each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(seed, seed + count):
        order = draw_order(number) if anything else Order(number, agrees=not disagree, **said)  # type: ignore[arg-type]
        if years:
            first, _, last = years.partition("-")
            reports = write_years(order, range(int(first), int(last or first) + 1))
        else:
            reports = [write_report(order)]
        for report in reports:
            path = report.save(folder)
            truth = path.with_name(path.name + ENDING)
            truth.write_text(json.dumps(truth_of(report), ensure_ascii=False, indent=1), "utf-8")
            click.echo(f"{path}  {report.order}")


def truth_of(written: Written) -> dict[str, object]:
    """The truth as ``tests/golden`` has it; what is open or lost is null."""
    truth = written.truth
    return {
        "file": written.name,
        "org": written.prose.body,
        "year": written.prose.year,
        "format": written.order.form,
        "figures": {
            a: json_number(t.value) if t.says == "known" else None for a, t in truth.items()
        },
        "ambiguous": [a for a, t in truth.items() if t.says != "known"],
        "failed": [a for a, t in truth.items() if t.failing],
    }


if __name__ == "__main__":
    main()
