"""Bars beside numbers that are compared, so that people may look rather than read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Answer, CitedFigure, Kind, Role, plain_number
from assistant.query import PROSE
from assistant.web.cell import sign
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.report import TRUSTED, Number, Status

MOST_BARS = 20
FEWEST_BARS = 2
WHOLE = 100
"""Per cent of the width that the longest bar takes."""


@dataclass(frozen=True)
class Bar:
    """One quantity: its name, its value, and the element that its name opens.

    ``status`` is None where several figures make it up; ``prose``: it is a number of running text.
    """

    name: str
    value: Number
    unit: str
    target: str
    status: Status | None = None
    prose: bool = False


def bars_of(answer: Answer, titles: dict[str, str], targets: Sequence[str]) -> list[Bar]:
    """What an answer compares, in its order; nothing where it compares no like with like.

    Figures that a cell is summed from make one bar for their report. Reports of one body stand
    in the order of their years.

    Args:
        answer: the answer.
        titles: titles of the reports by id.
        targets: the element id of each figure's citation.
    """
    numbered = [
        (figure, target)
        for figure, target in zip(answer.figures, targets, strict=True)
        if figure.role is not Role.CONTEXT
    ]
    figures = [f for f, _ in numbered]
    known = all(f.status in TRUSTED and f.value is not None for f in figures)
    if answer.refusal is not None or not known or len({f.unit for f in figures}) != 1:
        return []
    groups: dict[tuple[str, ...], list[tuple[CitedFigure, str]]] = {}
    reports = {f.report for f in figures}
    if len(reports) > 1:
        for figure, target in numbered:
            groups.setdefault((figure.report,), []).append((figure, target))
        if not _alike([[f for f, _ in g] for g in groups.values()]):
            return []
    elif answer.kind in (Kind.COMPARE, Kind.LIST):
        for figure, target in numbered:
            groups.setdefault((figure.report, figure.address), []).append((figure, target))
    ordered = list(groups.values())
    if len({f.org for f in figures}) == 1 and len({f.year for f in figures}) == len(ordered):
        ordered.sort(key=lambda group: group[0][0].year or 0)
    apart, one_row = len(reports) > 1, len({f.row for f in figures}) == 1
    return [_bar(group, titles, apart=apart, one_row=one_row) for group in ordered]


def _alike(groups: Sequence[Sequence[CitedFigure]]) -> bool:
    """Whether each report gives as many figures: one cell each, or the same sum."""
    return len({len(group) for group in groups}) == 1 and (
        len(groups[0]) == 1 or all(f.role is Role.INPUT for group in groups for f in group)
    )


def _bar(
    group: Sequence[tuple[CitedFigure, str]], titles: dict[str, str], *, apart: bool, one_row: bool
) -> Bar:
    first, target = group[0]
    total: Number = 0
    for figure, _ in group:
        total += figure.value if figure.value is not None else 0
    own = " · ".join(p for p in (first.row_label, first.column_label) if p)
    if not apart and one_row:
        own = first.column_label
    name = titles.get(first.report, first.source_file) if apart else own
    status = first.status if len(group) == 1 else None
    return Bar(name, total, first.unit, target, status, prose=first.table == PROSE)


def shared_place(answer: Answer) -> str:
    """Row and column that all figures share, or the row alone; "" where they do not."""
    figures = [f for f in answer.figures if f.role is not Role.CONTEXT]
    rows, columns = {f.row_label for f in figures}, {f.column_label for f in figures}
    if len(rows) != 1 or figures[0].table == PROSE:
        return ""
    shared = [*rows, *(columns if len(columns) == 1 else ())]
    return " · ".join(part for part in shared if part)


def chart(bars: Sequence[Bar], caption: str, w: Words) -> str:
    """Horizontal bars with their names and values; each is read out in one sentence."""
    sizes = [Decimal(bar.value).copy_abs() for bar in bars]
    largest = max(sizes, default=Decimal(0))
    if len(bars) < FEWEST_BARS or largest == 0:
        return ""
    shares = [int(size * WHOLE / largest) for size in sizes]
    lines = [_line(b, s, w) for b, s in zip(bars[:MOST_BARS], shares, strict=False)]
    rest = len(bars) - MOST_BARS
    more = el("p", esc(w.bars_more.format(n=rest)), cls="gj-hint") if rest > 0 else ""
    head = el("figcaption", esc(caption)) if caption else ""
    listed = el("ol", join(lines), cls="gj-bars")
    return el("figure", head + listed + more, cls="gj-chart", aria_label=caption or w.used)


def _line(bar: Bar, share: int, w: Words) -> str:
    value = f"{plain_number(bar.value)} {bar.unit}".strip()
    said = w.bar.format(name=bar.name, value=value, share=share)
    negative = " gj-below" if bar.value < 0 else ""
    drawn = el("i", "", cls=f"gj-hbar{negative}", style=f"width:{share}%")
    status = sign(bar.status, w, prose=bar.prose) if bar.status is not None else ""
    own = f" gj-s-{bar.status}" if bar.status is not None else ""
    return el(
        "li",
        el("a", esc(bar.name), href=f"#{bar.target}", cls="gj-bar-name")
        + el("span", drawn, cls="gj-track", role="img", aria_label=said)
        + el("span", el("b", esc(value)) + status, cls=f"gj-bar-value{own}"),
    )
