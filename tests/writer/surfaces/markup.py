"""Web pages and markdown."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from html import escape

from tests.writer.paper import Grid, Line, Paper, Spot, Table
from tests.writer.surfaces.plain import squared

CHARSET = "CHARSET"
"""Stands where the page names its encoding, which is known when it is encoded."""
MENU = (
    "<div class='nav'><ul><li><a href='/'>首页</a></li>"
    "<li><a href='/zw'>政务公开</a></li></ul></div>"
)


def html(paper: Paper, rng: random.Random) -> str:
    """A page with its tables merged as in the official form, in one of the styles of such pages."""
    paragraphs, blank = rng.random() < 0.4, rng.choice(["", "&nbsp;", "<br>"])
    parts = []
    for part in paper.parts:
        if isinstance(part, Line):
            tag = {"title": "h1", "heading": rng.choice(["h2", "p"])}.get(part.kind, "p")
            parts.append(f"<{tag}>{escape(part.text)}</{tag}>")
            continue
        for grid, below in part.grids():
            parts.append(table_of(grid, blank, paragraphs=paragraphs))
            parts.extend(f"<p>{escape(text)}</p>" for text in below)
    menu = MENU if rng.random() < 0.5 else ""
    return (
        f"<!DOCTYPE html><html><head><meta charset='{CHARSET}'><title>年度报告</title></head>"
        f"<body>{menu}<div class='article'>{''.join(parts)}</div></body></html>"
    )


def page(paper: Paper, write: Callable[[Table], str]) -> str:
    """A plain page, its tables written in some other way."""
    parts = [
        f"<p>{escape(part.text)}</p>" if isinstance(part, Line) else write(part)
        for part in paper.parts
    ]
    return (
        f"<!DOCTYPE html><html><head><meta charset='{CHARSET}'><title>年度报告</title></head>"
        f"<body><div class='article'>{''.join(parts)}</div></body></html>"
    )


def table_of(grid: Grid, blank: str, *, paragraphs: bool) -> str:
    """A grid as a table with merged cells."""
    rows = "".join(_row(row, blank, paragraphs=paragraphs) for row in _rows(grid))
    return f"<table border='1'><tbody>{rows}</tbody></table>"


def _rows(grid: Grid) -> Iterator[list[Spot]]:
    """Cells by row; a cell that is missing within the grid is written as an empty one."""
    height = max(s.row + s.rows for s in grid)
    width = max(s.column + s.columns for s in grid)
    free = {(row, column) for row in range(height) for column in range(width)}
    for s in grid:
        free -= {(s.row + r, s.column + c) for r in range(s.rows) for c in range(s.columns)}
    filled = [*grid, *(Spot(row, column, 1, 1, "") for row, column in free)]
    for row in range(height):
        yield sorted((s for s in filled if s.row == row), key=lambda s: s.column)


def _row(spots: list[Spot], blank: str, *, paragraphs: bool) -> str:
    cells = []
    for spot in spots:
        inner = escape(spot.text).replace("\n", "<br>") or blank
        if paragraphs:
            inner = f"<p style='text-align:center'>{inner}</p>"
        merged = f" rowspan='{spot.rows}'" if spot.rows > 1 else ""
        merged += f" colspan='{spot.columns}'" if spot.columns > 1 else ""
        cells.append(f"<td{merged}>{inner}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def markdown(paper: Paper, rng: random.Random) -> str:
    """Pipe tables with a row of dashes, headings with ``##``."""
    bold, marks = rng.random() < 0.3, rng.random() < 0.7
    result: list[str] = []
    for part in paper.parts:
        if isinstance(part, Line):
            sign = {"title": "# ", "heading": "## "}.get(part.kind, "") if marks else ""
            text = f"**{part.text}**" if bold and part.kind == "heading" else part.text
            result += [f"{sign}{text}", ""]
            continue
        for grid, below in part.grids():
            rows = squared(grid)
            lines = [f"| {' | '.join(row)} |" for row in rows]
            result += [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:], "", *below, ""]
    return "\n".join(result) + "\n"
