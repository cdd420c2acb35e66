"""Text as crawlers leave it: a cell a line, pipes with or without a place, one long line."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.writer.paper import Grid, Line, Paper, Spot, Table

WIDEST = 9
"""Pipes that `padded` fills a row up to."""


def lines(paper: Paper, _rng: random.Random) -> str:
    """One cell a line."""
    return _text(paper, lambda grid: [s.text for s in grid if s.text])


def lone_pipes(paper: Paper, _rng: random.Random) -> str:
    """One cell a line, and a line with a pipe after each."""
    return _text(paper, lambda grid: [f"{s.text}\n|" for s in grid if s.text])


def padded(paper: Paper, _rng: random.Random) -> str:
    """``cell |`` a line, each row filled up with pipes to one width; blanks leave no trace."""

    def rows(grid: Grid) -> Iterator[str]:
        for row in _by_row(grid):
            printed = [s.text.replace("\n", "") for s in row if s.text]
            yield from (f"{text} |" for text in printed)
            yield "|" * max(1, WIDEST - len(printed))

    return _text(paper, lambda grid: list(rows(grid)))


def pipes(paper: Paper, _rng: random.Random) -> str:
    """``| a | b |``: cells that a merged one covers are blank, so that columns keep their place."""
    return _text(paper, lambda grid: [f"| {' | '.join(row)} |" for row in squared(grid)])


def tabs(paper: Paper, _rng: random.Random) -> str:
    """Cells between tabs."""
    return _text(paper, lambda grid: ["\t".join(row) for row in squared(grid)])


def flattened(paper: Paper, _rng: random.Random) -> str:
    """The title, then all in one line, labels and digits run together: no crawler kept a cell."""
    pieces: list[str] = []
    for part in paper.parts:
        if isinstance(part, Line):
            space = {"heading": " ", "title": ""}.get(part.kind, "")
            pieces.append(f"{space}{part.text}" + ("\n" if part.kind == "title" else ""))
            continue
        for grid, below in part.grids():
            pieces.extend(spot.text.replace("\n", "") for spot in grid)
            pieces.extend(below)
    return "".join(pieces)


def squared(grid: Grid) -> list[list[str]]:
    """A grid as rows of equal width, each text in its first place and nothing where it reaches."""
    height = max(s.row + s.rows for s in grid)
    width = max(s.column + s.columns for s in grid)
    rows = [[""] * width for _ in range(height)]
    for spot in grid:
        rows[spot.row][spot.column] = spot.text.replace("\n", "")
    return rows


def _text(paper: Paper, write: Callable[[Grid], list[str]]) -> str:
    result: list[str] = []
    for part in paper.parts:
        result.extend([part.text] if isinstance(part, Line) else _of_table(part, write))
    return "\n".join(result) + "\n"


def _of_table(table: Table, write: Callable[[Grid], list[str]]) -> Iterator[str]:
    for grid, below in table.grids():
        yield from write(grid)
        yield from below


def _by_row(grid: Grid) -> list[list[Spot]]:
    rows: dict[int, list[Spot]] = {}
    for spot in grid:
        rows.setdefault(spot.row, []).append(spot)
    return list(rows.values())
