"""A whole report: figures drawn, prose said, laid out, damaged, written down, and its truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from pathlib import Path

from tests.writer.damages import DAMAGES
from tests.writer.faults import FAULTS
from tests.writer.figures import FORMS, Figures, draw_figures
from tests.writer.losses import loss_of_surface
from tests.writer.order import Order
from tests.writer.paper import lay_out
from tests.writer.prose import Prose, draw_prose
from tests.writer.scripts import in_script
from tests.writer.surfaces import SURFACES
from tests.writer.surfaces.markup import CHARSET
from tests.writer.truth import Truth, tell
from tests.writer.years import draw_years, granted_more, on_their_own, sum_of_figures

NAMES = {"utf-8-sig": "utf-8", "gb18030": "gbk", "big5hkscs": "big5"}
"""How a page names an encoding where that is not how Python does. Python's own ``big5`` has some
signs (①) elsewhere than files that are in use."""


@dataclass(frozen=True)
class Written:
    """A report as a file, and all that is known about it.

    ``encoding`` is the one used, which is UTF-8 where that ordered lacks a character.
    """

    order: Order
    name: str
    data: bytes
    encoding: str
    figures: Figures
    prose: Prose
    truth: Truth

    def save(self, folder: Path) -> Path:
        """Write the file into a folder; returns its path."""
        path = folder / self.name
        path.write_bytes(self.data)
        return path


def write_report(
    order: Order,
    *,
    body: str | None = None,
    year: int | None = None,
    figures: Figures | None = None,
) -> Written:
    """Write the report that is ordered.

    Args:
        order: what it is to be; the same order gives the same bytes.
        body: the body's name, None draws one.
        year: the report year, None draws one that the form was prescribed for.
        figures: what its tables say, None draws that.

    Raises:
        ValueError: a damage does not occur on that surface, the form has no such check, or
            nothing is there for a fault.
    """
    surface = SURFACES[order.surface]
    figures = figures or draw_figures(order)
    prose = draw_prose(order, figures, body, year)
    paper = lay_out(figures, prose)
    for fault in order.faults:
        FAULTS[fault](paper, figures, prose, order.rng(fault))
    losses = []
    for name, damage in DAMAGES.items():
        if name not in order.damages:
            continue
        if not damage.on(surface):
            raise ValueError(f"{name} does not occur on {surface.name}")
        losses.append(damage.befall(paper, figures, surface, order.rng(name)))
    losses.append(loss_of_surface(surface, paper, figures))
    in_script(paper, order.script, order.rng("script"))
    content = surface.write(paper, order.rng("surface"))
    encoding, data = _encoded(content, order.encoding)
    return Written(
        order=order,
        name=f"{prose.body}-{prose.year}-{order.seed}{surface.suffix}",
        data=data,
        encoding=encoding,
        figures=figures,
        prose=prose,
        truth=tell(figures, reduce(or_, losses)),
    )


def write_years(
    order: Order,
    years: Sequence[int],
    *,
    body: str | None = None,
    copied: Sequence[int] = (),
    **broken: tuple[str, ...],
) -> list[Written]:
    """Reports of one body in consecutive years, each going on from the one before.

    Args:
        order: the first report; its seed is counted up year by year.
        years: the years, ascending; the form of each is the one prescribed for it.
        body: the body's name, None draws one.
        copied: years whose text is that of the year before.
        broken: ``y2022=("T3-BAL@total",)`` breaks checks of that year only, ``X-…`` those that
            hold it against the year before.

    Raises:
        ValueError: a check is unknown, or cannot be broken in that year.
    """
    written: list[Written] = []
    before: Figures | None = None
    told: int | None = None
    for number, year in enumerate(years):
        if year not in copied:
            told = None
        elif told is None:
            told = order.seed + number - 1
        form = next(f.id for f in FORMS.values() if f.covers(year))
        checks = broken.get(f"y{year}", order.broken if before else on_their_own(order.broken))
        this = replace(order, seed=order.seed + number, told=told, form=form, broken=checks)
        figures = draw_years(this, before)
        report = write_report(this, body=body, year=year, figures=figures)
        written.append(report)
        body, before = report.prose.body, figures
    return written


def write_government(
    order: Order, names: Sequence[str], year: int, *, more: int = 0
) -> list[Written]:
    """A government's report, then those of its units, of whose figures it is the sum.

    Args:
        order: the first report; seeds of the units are counted up from it.
        names: of the government, then of its units.
        year: the year of all.
        more: requests of persons, granted, that no unit reports.
    """
    government, *units = names
    parts = [draw_figures(replace(order, seed=order.seed + n)) for n in range(1, len(names))]
    values = dict(sum_of_figures(parts).values)
    granted_more(values, more)
    whole = replace(parts[0], values=values)
    return [
        write_report(order, body=government, year=year, figures=whole),
        *(
            write_report(replace(order, seed=order.seed + n), body=name, year=year, figures=figures)
            for n, (name, figures) in enumerate(zip(units, parts, strict=True), 1)
        ),
    ]


def _encoded(content: str | bytes, encoding: str) -> tuple[str, bytes]:
    if isinstance(content, bytes):
        return "", content
    for name in (encoding, "utf-8"):
        try:
            text = content.replace(CHARSET, NAMES.get(name, name))
            return name, text.encode(name)
        except UnicodeEncodeError:
            continue
    raise AssertionError("UTF-8 has every character")
