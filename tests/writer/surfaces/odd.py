"""Layouts of programs and clerks that few reports have: by columns, cell by cell, in lists."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import escape

from tests.writer.paper import Cell, Line, Paper, Row, Table, Turn
from tests.writer.surfaces.markup import page, table_of


def by_columns(paper: Paper, _rng: random.Random) -> str:
    """Text copied down the columns of its tables: all labels, then each head with its values."""
    result: list[str] = []
    for part in paper.parts:
        result += [part.text] if isinstance(part, Line) else _columns_of(part)
    return "\n".join(line for line in result if line) + "\n"


def _columns_of(table: Table) -> Iterator[str]:
    if table.name == "t2":
        for group in table.groups:
            yield from (group.caption, group.heads[0], *("".join(r.labels) for r in group.rows))
            yield from _columns(group.heads[1:], [row.cells for row in group.rows])
    elif table.name == "t4":
        before = ""
        for group, label, _ in table.heads:
            yield from ([group] if group != before else [])
            yield label
            before = group
        yield from _columns(table.heads[0][2], list(_blocks(table)))
    else:
        yield table.note
        yield from _labels_of(table)
        yield table.column_head
        rows = [row.cells for row in table.body()]
        for number, (label, group) in enumerate(table.columns):
            first = group and table.columns[number - 1][1] != group
            yield from ([group] if first else [])
            yield from _columns([label], [cells[number : number + 1] for cells in rows])


def _columns(heads: list[str], rows: list[list[Cell]]) -> Iterator[str]:
    for number, head in enumerate(heads):
        yield head
        yield from (cells[number].text for cells in rows if number < len(cells))


def _labels_of(table: Table) -> Iterator[str]:
    """Labels of rows in their order, each head where it first stands; what pages print between."""
    shown: list[str] = []
    for row in table.rows:
        if isinstance(row, Turn):
            yield from row.lines
            continue
        for level, label in enumerate(row.labels):
            if shown[level : level + 1] != [label] or level == len(row.labels) - 1:
                yield label
        shown = row.labels[:-1]


def _blocks(table: Table) -> Iterator[list[Cell]]:
    """The cells of each block of table four."""
    cells = [cell for row in table.body() for cell in row.cells]
    for _, _, outcomes in table.heads:
        yield cells[: len(outcomes)]
        cells = cells[len(outcomes) :]


def cell_by_cell(paper: Paper, rng: random.Random) -> str:
    """A page with a row for each cell: the row's label over several rows, the head, the number."""
    top = rng.choice([["项目", "指标", "数量"], ["事项", "类别", "单位", "数值"]])

    def write(table: Table) -> str:
        rows = [_tag(cell, 1) for cell in top]
        lines = [f"<tr>{''.join(rows)}</tr>"]
        for label, pairs in _pairs_of(table):
            for number, (head, cell) in enumerate(pairs):
                first = _tag(label, len(pairs)) if number == 0 else ""
                unit = [_tag(_unit(head), 1)] if len(top) > 3 else []
                cells = [_tag(head, 1), *unit, _tag(cell.text, 1)]
                lines.append(f"<tr>{first}{''.join(cells)}</tr>")
        return f"<table>{''.join(lines)}</table>"

    return page(paper, write)


def _tag(text: str, rows: int) -> str:
    return f"<td rowspan={rows}>{escape(text)}</td>" if rows > 1 else f"<td>{escape(text)}</td>"


def _unit(head: str) -> str:
    return "" if "金额" in head else "件"


def _pairs_of(table: Table) -> Iterator[tuple[str, list[tuple[str, Cell]]]]:
    """Rows with the head of each of their cells."""
    if table.name == "t4":
        for (group, label, outcomes), cells in zip(table.heads, _blocks(table), strict=True):
            name = f"{group}（{label}）" if group else label
            yield name, list(zip(outcomes, cells, strict=False))
        return
    for group in table.groups:
        for row in group.rows:
            yield "".join(row.labels), list(zip(group.heads[1:], row.cells, strict=False))
    heads = [label for label, _ in table.columns]
    for row in table.rows:
        if isinstance(row, Row):
            yield row.labels[-1], list(zip(heads, row.cells, strict=False))


def keyed(paper: Paper, rng: random.Random) -> str:
    """A page of two columns: what is counted, row and head in one text, and the number."""
    form = rng.choice(["{}（{}）", "{}：{}", "{}{}"])

    def write(table: Table) -> str:
        lines = [_line(["指标", "数值"])]
        for label, pairs in _pairs_of(table):
            lines += [_line([form.format(label, head), cell.text]) for head, cell in pairs]
        return f"<table>{''.join(lines)}</table>"

    return page(paper, write)


def halves(paper: Paper, rng: random.Random) -> str:
    """A page whose table three stands in two halves side by side, under the same heads."""

    def write(table: Table) -> str:
        if table.name != "t3":
            grids = (grid for grid, _ in table.grids())
            return "".join(table_of(grid, "", paragraphs=False) for grid in grids)
        rows = [row for row in table.rows if isinstance(row, Row)]
        wide = len(table.columns)
        lines = [[row.labels[-1], *_filled(row, wide)] for row in rows]
        size = (len(lines) + 1) // 2 + rng.randint(0, 3)
        left, right = lines[:size], [*lines[size:], *[[""] * (wide + 1)] * size]
        head = [rng.choice(["", "事项"]), *(label for label, _ in table.columns)]
        both = [[*a, *b] for a, b in zip([head, *left], [head, *right], strict=False)]
        return f"<table>{''.join(map(_line, both))}</table>"

    return page(paper, write)


def _filled(row: Row, wide: int) -> list[str]:
    texts = [cell.text for cell in row.cells]
    return [*texts, *[""] * (wide - len(texts))]


def _line(cells: list[str]) -> str:
    return f"<tr>{''.join(_tag(cell, 1) for cell in cells)}</tr>"


def in_lists(paper: Paper, rng: random.Random) -> str:
    """Text whose rows are lists: 13；（6；0；0；0；0）；19 under the heads, in one list as well."""
    sign, own_line = rng.choice(["；", "、"]), rng.random() < 0.5
    result: list[str] = []
    for part in paper.parts:
        if isinstance(part, Line):
            result.append(part.text)
            continue
        result += _lists_of(part, sign, "\n" if own_line else "：")
    return "\n".join(result) + "\n"


def _lists_of(table: Table, sign: str, colon: str) -> Iterator[str]:
    if table.name == "t2":
        for group in table.groups:
            yield group.caption
            yield f"{group.heads[0]}：{sign.join(group.heads[1:])}"
            for row in group.rows:
                yield f"{''.join(row.labels)}：{sign.join(cell.text for cell in row.cells)}"
    elif table.name == "t4":
        for (group, label, outcomes), cells in zip(table.heads, _blocks(table), strict=True):
            yield f"{group}（{label}）" if group else label
            yield sign.join(outcomes)
            yield sign.join(cell.text for cell in cells)
    else:
        inside = [number for number, (_, group) in enumerate(table.columns) if group]
        yield f"{table.column_head}："
        yield _bracketed([label for label, _ in table.columns], inside, sign, table.columns[1][1])
        yield from _rows_of(table, inside, sign, colon)


def _rows_of(table: Table, inside: list[int], sign: str, colon: str) -> Iterator[str]:
    shown: list[str] = []
    for row in table.rows:
        if isinstance(row, Turn):
            yield from row.lines
            continue
        yield from (head for n, head in enumerate(row.labels[:-1]) if shown[n : n + 1] != [head])
        shown = row.labels[:-1]
        yield f"{row.labels[-1]}{colon}{_bracketed([c.text for c in row.cells], inside, sign)}"


def _bracketed(texts: list[str], inside: list[int], sign: str, before: str = "") -> str:
    """A list with some of its items in brackets."""
    first, last = inside[0], inside[-1] + 1
    middle = f"{before}（{sign.join(texts[first:last])}）"
    return sign.join([*texts[:first], middle, *texts[last:]])
