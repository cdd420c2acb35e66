"""Rich text, as Word writes it: a row says where its cells end, a character what it is."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.writer.paper import Grid, Line, Paper, Spot

HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    r"{\colortbl;\red0\green0\blue0;}{\*\generator Writer;}\uc1 "
)
COLUMN = 800
"""Twentieths of a point that a column is wide."""


def rtf(paper: Paper, rng: random.Random) -> bytes:
    """A file of rich text, its Chinese by bytes or by code points."""
    write = rng.choice([_by_bytes, _by_code])
    parts = []
    for part in paper.parts:
        if isinstance(part, Line):
            parts.append(rf"\pard {write(part.text)}\par")
            continue
        for grid, below in part.grids():
            parts.append(_table(grid, write))
            parts.extend(rf"\pard {write(text)}\par" for text in below or [""])
    body = "\n".join(parts)
    return f"{HEAD}{body}}}".encode("ascii")


def _table(grid: Grid, write: Callable[[str], str]) -> str:
    height = max(s.row + s.rows for s in grid)
    width = max(s.column + s.columns for s in grid)
    at = {(s.row + down, s.column): (s, down) for s in grid for down in range(s.rows)}
    rows = []
    for row in range(height):
        column, edges, texts = 0, [], []
        while column < width:
            spot, down = at.get((row, column), (Spot(row, column, 1, 1, ""), 0))
            column += spot.columns
            merged = (r"\clvmrg" if down else r"\clvmgf") if spot.rows > 1 else ""
            edges.append(rf"{merged}\cellx{column * COLUMN}")
            lines = [] if down else spot.text.split("\n")
            text = "\\par ".join(map(write, lines))
            texts.append(rf"\pard\intbl {text}\cell")
        rows.append(rf"\trowd\trleft0{''.join(edges)}{''.join(texts)}\row")
    return "\n".join(rows)


def _by_bytes(text: str) -> str:
    return "".join(_plain(char) or _bytes_of(char) for char in text)


def _by_code(text: str) -> str:
    return "".join(_plain(char) or _code_of(char) for char in text)


def _plain(char: str) -> str:
    return f"\\{char}" if char in "\\{}" else char if char.isascii() else ""


def _bytes_of(char: str) -> str:
    try:
        return "".join(f"\\'{byte:02x}" for byte in char.encode("gb2312"))
    except UnicodeEncodeError:
        return _code_of(char)


def _code_of(char: str) -> str:
    units = char.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in (0, 2)]
    return "".join(f"\\u{code}?" for code in codes[: len(units) // 2])
