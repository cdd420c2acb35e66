"""A report's table as an HTML table: figures in their order under the heads of the form.

Table three is a grid with a head over five of its columns, table four a grid of blocks and
outcomes, table two a list of rows that each carry their own columns, and an annexed table one of
indicators with their units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from assistant.web.cell import cell_body
from assistant.web.frame import Frame, Path, frame
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.report import Figure, Report

LONGEST_UNFOLDED = 16
"""A table of no more rows is shown whole."""
FEWEST_FOLDED = 3
"""Fewer rows than this are shown rather than folded away."""
T2_COLUMNS = 3
NUMERAL = re.compile(r"^[一二三四五六七八九十]+、\s*")
"""The number of a section heading, which the name of its table already says."""
DEEPEST = 3
ANNEXED = 8
"""The section that forms give to an annexed table."""


class Lit(StrEnum):
    """Why a cell is lit: stated as the answer, asked for but refused, used, or only shown."""

    ANSWER = "answer"
    ASKED = "asked"
    INPUT = "input"
    CONTEXT = "context"


@dataclass(frozen=True)
class Light:
    """What to light in a table, all by address.

    ``broken``: cells of failing equations. ``ids``: element ids for cells that a citation
    opens. ``fold``: hide the rows that are neither lit nor next to a lit one.
    """

    cells: dict[str, Lit] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    ids: dict[str, str] = field(default_factory=dict)
    fold: bool = False

    def touches(self, figure: Figure) -> bool:
        """Whether a figure's cell is lit or broken."""
        return figure.address in self.cells or figure.address in self.broken


@dataclass(frozen=True)
class Row:
    """A table row: its label with the heads above it, and its figures. A head has none."""

    path: Path
    figures: tuple[Figure, ...]


def table(report: Report, key: str, light: Light, w: Words) -> str:
    """A table of a report by its key; empty where it has no such table."""
    figures = [f for f in report.figures if f.table == key]
    if not figures:
        return ""
    heads = frame(report, key, w)
    rows = _rows(figures, heads)
    if key == "t2":
        width, head = T2_COLUMNS + 1, ""
        lines = [_t2_line(row, heads, light, w) for row in rows]
    else:
        columns = list(dict.fromkeys(f.column for f in figures))
        width = len(columns) + 1 + bool(heads.unit)
        head = el("thead", _head(columns, figures, heads, light))
        lines = [_line(row, columns, heads, light, w) for row in rows]
    body = _folded(rows, lines, light, width, w) if light.fold else el("tbody", join(lines))
    return el(
        "table", head + body, cls=f"gj-table gj-{key}", aria_label=table_title(report, key, w)
    )


def framed(table: str, w: Words) -> str:
    """A table in a frame that scrolls by itself, with a switch if some rows are folded."""
    if not table:
        return ""
    button = ""
    if "gj-fold" in table:
        button = el(
            "button",
            esc(w.whole_table),
            type="button",
            cls="gj-all",
            data_gj="all",
            data_more=w.whole_table,
            data_less=w.few_rows,
            aria_expanded="false",
        )
    frame = el("div", table, cls="gj-frame", tabindex=0, role="region", aria_label=w.table)
    return el("div", frame + button, cls="gj-tablebox")


def table_title(report: Report, key: str, w: Words) -> str:
    """The table's name, with the heading of its section as printed: 表三 收到和处理…."""
    number = int(key[1:]) if key[1:].isdigit() else ANNEXED
    heading = next((h for h in report.headings if h.section == number), None)
    title = NUMERAL.sub("", heading.title.strip()) if heading else ""
    return f"{w.tables[key]} {title}".strip()


def _rows(figures: Sequence[Figure], heads: Frame) -> list[Row]:
    """Figures by row in their order, with a head row wherever a new head begins."""
    grouped: dict[str, list[Figure]] = {}
    for figure in figures:
        grouped.setdefault(figure.row, []).append(figure)
    rows: list[Row] = []
    seen: set[Path] = set()
    for group in grouped.values():
        path = heads.row(group[0])
        for depth in range(1, len(path)):
            if path[:depth] not in seen:
                seen.add(path[:depth])
                rows.append(Row(path[:depth], ()))
        seen.add(path)
        rows.append(Row(path, tuple(group)))
    return rows


def _head(columns: Sequence[str], figures: Sequence[Figure], heads: Frame, light: Light) -> str:
    """One head row, or two where a head stands over several columns."""
    names = {f.column: heads.column(f) for f in figures}
    lit = {f.column for f in figures if f.address in light.cells}
    tall = 2 if any(key in heads.groups for key in columns) else None

    def head(key: str, rowspan: int | None = None) -> str:
        mark = "gj-lit-head" if key in lit else ""
        return el("th", esc(names[key]), scope="col", cls=mark, rowspan=rowspan)

    top = [el("th", esc(heads.corner), scope="col", cls="gj-corner", rowspan=tall)]
    if heads.unit:
        top.append(el("th", esc(heads.unit), scope="col", cls="gj-unit", rowspan=tall))
    under: list[str] = []
    for group, keys in groupby(columns, key=heads.groups.get):
        members = list(keys)
        if group is None:
            top += [head(key, tall) for key in members]
        else:
            top.append(el("th", esc(group), scope="colgroup", colspan=len(members)))
            under += [head(key) for key in members]
    return el("tr", join(top)) + (el("tr", join(under)) if under else "")


def _label(row: Row, light: Light, colspan: int | None = None) -> str:
    lit = " gj-lit-head" if any(f.address in light.cells for f in row.figures) else ""
    level = min(len(row.path) - 1, DEEPEST)
    text = esc(row.path[-1])
    if not row.figures:  # a head: its words stay in sight when the table is scrolled sideways
        text = el("span", text)
    return el("th", text, scope="row", cls=f"gj-row gj-l{level}{lit}", colspan=colspan)


def _line(row: Row, columns: Sequence[str], heads: Frame, light: Light, w: Words) -> str:
    if not row.figures:
        return el("tr", _label(row, light, len(columns) + 1 + bool(heads.unit)), cls="gj-head")
    own = {f.column: f for f in row.figures}
    cells = [
        _cell(own[key], light, w) if key in own else el("td", cls="gj-absent") for key in columns
    ]
    if heads.unit:
        cells.insert(0, el("td", esc(row.figures[0].unit), cls="gj-unit"))
    return el("tr", _label(row, light) + join(cells))


def _t2_line(row: Row, heads: Frame, light: Light, w: Words) -> str:
    """A row of table two: each value under the column label of its own sub-table."""
    if not row.figures:
        return el("tr", _label(row, light, T2_COLUMNS + 1), cls="gj-head")
    spare = max(T2_COLUMNS - len(row.figures), 0)
    last = row.figures[-1]
    cells = [
        _cell(f, light, w, caption=heads.column(f), colspan=1 + spare * (f is last))
        for f in row.figures
    ]
    return el("tr", _label(row, light) + join(cells))


def _cell(figure: Figure, light: Light, w: Words, *, caption: str = "", colspan: int = 1) -> str:
    """One cell: what is printed, the sign of its status, and why it is lit."""
    lit = light.cells.get(figure.address)
    broken = figure.address in light.broken
    tags = {Lit.ANSWER: w.answer_cell, Lit.ASKED: w.asked_cell, Lit.INPUT: w.input_cell}
    tag = tags.get(lit, "") if lit else ""
    status = w.statuses[figure.status]
    said = (tag, status.word, status.meaning, w.broken_cell if broken else "")
    marks = (f"gj-s-{figure.status}", f"gj-lit gj-{lit}" if lit else "", "gj-broken" * broken)
    return el(
        "td",
        cell_body(figure, w, caption, full=lit is not None)
        + (el("span", esc(tag), cls="gj-why") if tag else ""),
        cls=" ".join(m for m in marks if m),
        id=light.ids.get(figure.address),
        data_address=figure.address,
        title=" · ".join(s for s in said if s),
        colspan=colspan if colspan > 1 else None,
    )


def _folded(rows: Sequence[Row], lines: Sequence[str], light: Light, width: int, w: Words) -> str:
    """Table bodies in which runs of rows that do not matter are closed behind a button."""
    out: list[str] = []
    kept = _kept(rows, light)
    for keep, run in groupby(range(len(rows)), key=kept.__getitem__):
        at = list(run)
        block = join(lines[i] for i in at)
        if keep or len(at) < FEWEST_FOLDED:
            out.append(el("tbody", block))
        else:
            text = esc(w.show_rows.format(n=len(at)))
            button = el("button", f"⋯ {text}", type="button", data_gj="unfold")
            row = el("tr", el("td", button, colspan=width))
            out.append(el("tbody", row, cls="gj-more") + el("tbody", block, cls="gj-fold"))
    return join(out)


def _kept(rows: Sequence[Row], light: Light) -> list[bool]:
    """Rows to show: those lit or broken, their neighbours, and the heads above them."""
    lit = [i for i, row in enumerate(rows) if any(light.touches(f) for f in row.figures)]
    if not lit or len(rows) <= LONGEST_UNFOLDED:
        return [True] * len(rows)
    data = [i for i, row in enumerate(rows) if row.figures]
    places = [data.index(i) for i in lit]
    near = {i for at in places for i in data[max(at - 1, 0) : at + 2]}
    heads = {rows[i].path[:depth] for i in near for depth in range(1, len(rows[i].path))}
    return [i in near or (not row.figures and row.path in heads) for i, row in enumerate(rows)]
