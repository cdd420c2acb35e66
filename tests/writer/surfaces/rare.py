"""Layouts that few reports have: tables on their side, rows in one cell, sentences, data frames."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from tests.writer.paper import Cell, Grid, Line, Paper, Row, Spot, Table, Turn
from tests.writer.surfaces.markup import page, table_of

BROKEN_AT = 13
"""Characters of a label in each line of a narrow column."""
LEAST_BROKEN = 26
UNITS = {"t2": "件", "t3": "件", "t4": "件"}


def turned(paper: Paper, rng: random.Random) -> str:
    """A page whose tables lie on their side, table three in two parts: a column for each row."""
    blank = rng.choice(["", "&nbsp;"])

    def write(table: Table) -> Iterator[str]:
        for part in _halves(table):
            for grid, below in part.grids():
                if grid:
                    yield table_of(_across(grid), blank, paragraphs=False)
                yield from (f"<p>{escape(text)}</p>" for text in below)

    return page(paper, lambda table: "".join(write(table)))


def _halves(table: Table) -> list[Table]:
    """Table three cut into two; the others whole."""
    if table.name != "t3":
        return [table]
    rows = [row for row in table.rows if isinstance(row, Row)]
    turns = [row for row in table.rows if isinstance(row, Turn)]
    half = (len(rows) + 1) // 2
    return [replace(table, rows=rows[:half]), replace(table, rows=[*rows[half:], *turns])]


def _across(grid: Grid) -> Grid:
    """A grid with rows for columns."""
    spots = [Spot(s.column, s.row, s.columns, s.rows, s.text, s.address) for s in grid]
    return sorted(spots, key=lambda s: (s.row, s.column))


def stacked(paper: Paper, rng: random.Random) -> str:
    """A page in which the sub-rows of a head stand in one row, their cells in lines."""

    def write(table: Table) -> str:
        if table.name == "t2":
            return _tags([_stack_of(g.heads, g.rows) for g in table.groups])
        if table.name == "t4":
            return _tags(_stack_of_four(table, split=rng.random() < 0.5))
        heads = [*([label for label, _ in table.columns])]
        rows = [["", *heads]]
        for path, members in _by_head([r for r in table.rows if isinstance(r, Row)]):
            if path and len(members) > 1:
                rows += [[path[-1], ""]] if rng.random() < 0.3 and "其他" not in path[-1] else []
                rows.append(_lines_of(members))
            else:
                rows += [[m.labels[-1], *(c.text for c in m.cells)] for m in members]
        return _tags(rows)

    return page(paper, write)


def _by_head(rows: list[Row]) -> Iterator[tuple[list[str], list[Row]]]:
    """Neighbouring rows under one head that is not the table's outermost."""
    run: list[Row] = []
    for row in rows:
        if run and (run[0].labels[:-1] != row.labels[:-1] or len(row.labels) <= 2):
            yield run[0].labels[:-1], run
            run = []
        run.append(row)
    if run:
        yield run[0].labels[:-1], run


def _lines_of(rows: list[Row]) -> list[str]:
    texts = [[row.labels[-1], *(cell.text for cell in row.cells)] for row in rows]
    width = max(map(len, texts))
    filled = [[*line, *[""] * (width - len(line))] for line in texts]
    return ["<br>".join(escape(t) for t in column) for column in zip(*filled, strict=True)]


def _stack_of(heads: list[str], rows: list[Row]) -> list[str]:
    return _lines_of([
        Row("", [heads[0]], [Cell(h) for h in heads[1:]]),
        *(replace(row, labels=["".join(row.labels)]) for row in rows),
    ])  # fmt: skip


def _stack_of_four(table: Table, *, split: bool) -> list[list[str]]:
    """Blocks over their outcomes, each with its value below it in the same cell."""
    names = [f"{group}<br>{label}" if split and group else label for group, label, _ in table.heads]
    top = [cell for n, (_, _, outs) in zip(names, table.heads, strict=True)
           for cell in (n, *[""] * (len(outs) - 1))]  # fmt: skip
    cells = [cell for row in table.body() for cell in row.cells]
    outcomes = [o for _, _, outs in table.heads for o in outs]
    pairs = [f"{o}<br>{c.text}" for o, c in zip(outcomes, cells, strict=False)]
    return [top, pairs]


def _tags(rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    filled = ([*row, *[""] * (width - len(row))] for row in rows)
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in filled)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def sentences(paper: Paper, rng: random.Random) -> str:
    """Text without any table: a sentence a row, the name of its column before each number."""
    stop = rng.choice(["；", "。", ""])
    result: list[str] = []
    for part in paper.parts:
        if isinstance(part, Line):
            result.append(part.text)
        elif part.name == "t2":
            for group in part.groups:
                said = [
                    f"{''.join(r.labels)}{_pairs(group.heads[1:], r.cells)}" for r in group.rows
                ]
                result.append(f"{group.caption}：{'；'.join(said)}{stop}")
        elif part.name == "t4":
            cells = [cell for row in part.body() for cell in row.cells]
            for group, label, outs in part.heads:
                name = f"{group}（{label}）" if group else label
                result.append(f"{name}：{_pairs(outs, cells[: len(outs)])}{stop}")
                cells = cells[len(outs) :]
        else:
            result += _said(part, stop)
    return "\n".join(result) + "\n"


def _said(table: Table, stop: str) -> Iterator[str]:
    shown: list[str] = []
    for row in table.rows:
        if isinstance(row, Turn):
            yield from row.lines
            continue
        for level, head in enumerate(row.labels[:-1]):
            if shown[level : level + 1] != [head]:
                yield head
        shown = row.labels[:-1]
        yield f"{row.labels[-1]}：{_pairs([label for label, _ in table.columns], row.cells)}{stop}"


def _pairs(heads: list[str], cells: list[Cell]) -> str:
    unit = {True: "件", False: ""}
    return "，".join(
        f"{head}{cell.text}{unit[cell.text.isdigit() and '元' not in head]}"
        for head, cell in zip(heads, cells, strict=False)
        if cell.text
    )


def outlined(paper: Paper, _rng: random.Random) -> str:
    """Markdown with a head of one row: the path before each label, a row for each block."""
    result: list[str] = []
    for part in paper.parts:
        if isinstance(part, Line):
            sign = {"title": "# ", "heading": "## "}.get(part.kind, "")
            result += [f"{sign}{part.text}", ""]
        else:
            result += _outline(part)
    return "\n".join(result) + "\n"


def _outline(table: Table) -> Iterator[str]:
    if table.name == "t2":
        for group in table.groups:
            yield from _piped([group.heads, *([*r.labels, *_texts(r)] for r in group.rows)])
    elif table.name == "t4":
        cells = [cell.text for row in table.body() for cell in row.cells]
        rows = [["", *table.heads[0][2]]]
        for group, label, outs in table.heads:
            rows.append([f"{group}：{label}" if group else label, *cells[: len(outs)]])
            cells = cells[len(outs) :]
        yield from _piped(rows)
    else:
        rows = [["项目", *(f"{g}——{c}" if g else c for c, g in table.columns)]]
        for row in table.rows:
            if isinstance(row, Row):
                rows.append(["：".join(filter(None, row.labels[1:] or row.labels)), *_texts(row)])
        yield from _piped(rows)


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def _piped(rows: list[list[str]]) -> Iterator[str]:
    width = max(map(len, rows))
    for number, row in enumerate(rows):
        filled = [*row, *[""] * (width - len(row))]
        yield "| " + " | ".join(cell.replace("\n", "") for cell in filled) + " |"
        if number == 0:
            yield "|" + " --- |" * width
    yield ""


def framed(paper: Paper, _rng: random.Random) -> str:
    """Markdown of a program's data frames: rows counted, merged cells repeated, heads numbered."""
    result: list[str] = []
    for part in paper.parts:
        if isinstance(part, Line):
            result += [part.text, ""]
            continue
        for grid, below in part.grids():
            rows = _repeated(grid)
            rows = rows if not any(s.address for s in grid if s.row == 0) else [[], *rows]
            seen: dict[str, int] = {}
            heads = []
            for text in rows[0] or map(str, range(len(rows[-1]))):
                seen[text] = seen.get(text, -1) + 1
                heads.append(f"{text}.{seen[text]}" if seen[text] else text)
            body = [[str(n), *(t or "nan" for t in row)] for n, row in enumerate(rows[1:])]
            result += [*_piped([["", *heads], *body]), *below, ""]
    return "\n".join(result) + "\n"


def _repeated(grid: Grid) -> list[list[str]]:
    height = max(s.row + s.rows for s in grid)
    width = max(s.column + s.columns for s in grid)
    rows = [[""] * width for _ in range(height)]
    for s in grid:
        for row in range(s.row, s.row + s.rows):
            for column in range(s.column, s.column + s.columns):
                rows[row][column] = s.text.replace("\n", "")
    return rows


def laid_out(paper: Paper, _rng: random.Random) -> str:
    """Text as printed on a page: a row a line, long labels wrapped round the figures."""
    result: list[str] = []
    for part in paper.parts:
        if isinstance(part, Line):
            result.append(part.text)
        elif part.name == "t3":
            result.append("  ".join(label.replace("\n", "") for label, _ in part.columns))
            for row in part.rows:
                result += _wrapped(row) if isinstance(row, Row) else row.lines
        else:
            for grid, below in part.grids():
                result += ["  ".join(row) for row in _printed(grid)]
                result += below
    return "\n".join(result) + "\n"


def _printed(grid: Grid) -> list[list[str]]:
    """What is printed in each row."""
    numbers = sorted({s.row for s in grid})
    return [[s.text.replace("\n", "") for s in grid if s.row == n and s.text] for n in numbers]


def _wrapped(row: Row) -> list[str]:
    label = row.labels[-1].replace("\n", "")
    figures = "     ".join(cell.text for cell in row.cells if cell.text)
    if len(label) < LEAST_BROKEN:
        return [f"   {label}      {figures}"]
    cuts = [label[n : n + BROKEN_AT] for n in range(0, len(label), BROKEN_AT)]
    cuts[len(cuts) // 2] += f"      {figures}"
    return [f"   {cut}" for cut in cuts]


def listed(paper: Paper, _rng: random.Random) -> str:
    """A page without tables: rows of boxes, and table four as lists within lists."""

    def write(table: Table) -> str:
        if table.name != "t4":
            rows = [row for grid, _ in table.grids() for row in _printed(grid)]
            boxes = ("".join(f"<div>{escape(text)}</div>" for text in row) for row in rows)
            return "".join(f"<div class='r'>{row}</div>" for row in boxes)
        cells = [cell.text for row in table.body() for cell in row.cells]
        parts, before = [], ""
        for group, label, outs in table.heads:
            if group and group != before:
                parts.append(f"<li>{escape(group)}</li>")
            before = group
            items = zip(outs, cells, strict=False)
            said = "".join(f"<li><label>{o}</label><em>{escape(c)}</em></li>" for o, c in items)
            parts.append(f"<li>{escape(label)}<ul>{said}</ul></li>")
            cells = cells[len(outs) :]
        return f"<ul>{''.join(parts)}</ul>"

    return page(paper, write)
