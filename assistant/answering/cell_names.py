"""What cells are called in an answer: alone, in pairs, and told apart from each other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Language, plain_number
from assistant.answering.cell import Cell
from assistant.answering.evidence import citation
from assistant.answering.wording import say
from assistant.query import Query

UNTITLED = "，: "
"""What stands after a title that is left out, because each cell has its own."""
UNITS_EN = {
    **dict.fromkeys(("件", "项", "条", "个", "篇", "份"), "item(s)"),
    **{"次": "time(s)", "人": "person(s)", "人次": "person-time(s)"},
    **{"万元": "ten thousand yuan", "元": "yuan", "": ""},
}
MOST_PLACES, MOST_TITLES = 6, 4
"""Cells, and reports of one cell, that are named when saying how a question was read."""


def names(cell: Cell) -> dict[str, str]:
    """Labels of a cell for the wording, Chinese and English."""
    return {
        "title": cell.report.title,
        "row": cell.row,
        "column": cell.column,
        "row_en": f"{cell.row_en} / {cell.row}",
        "column_en": f"{cell.column_en} / {cell.column}",
        "place": cell.place,
        "place_en": f"{cell.place_en} / {cell.place}" if cell.column else cell.row,
        "unit": cell.unit,
        "unit_en": unit_en(cell),
    }


def unit_en(cell: Cell) -> str:
    """The unit of a cell in English."""
    return UNITS_EN.get(cell.unit, cell.unit)


def pair_fields(first: Cell, second: Cell) -> dict[str, str]:
    """Names and values of two cells for the wording, each with its report if they differ."""
    apart = first.report.id != second.report.id

    def named(cell: Cell, *, english: bool) -> str:
        place = cell.place_en if english else cell.place
        return f"{cell.report.title} {place}" if apart else place

    return {
        "title": "" if apart else first.report.title,
        "part": named(first, english=False),
        "part_en": named(first, english=True),
        "whole": named(second, english=False),
        "whole_en": named(second, english=True),
        "part_value": plain_number(first.value or 0),
        "whole_value": plain_number(second.value or 0),
        "unit": first.unit,
        "unit_en": unit_en(first),
        "citations": citations([first, second]),
    }


def say_of_pair(name: str, language: Language, first: Cell, second: Cell, **fields: object) -> str:
    """A sentence about two cells, without its title where each has its own."""
    return say(name, language, **pair_fields(first, second), **fields).lstrip(UNTITLED)


def told_apart(cell: Cell, among: Sequence[Cell]) -> str:
    """What tells a cell apart from the others: its report, or its place in the form."""
    one_report = len({c.report.id for c in among}) == 1
    return cell.place if one_report else cell.report.title


def citations(cells: Sequence[Cell]) -> str:
    """Where the first figure of each of some cells is printed."""
    return "".join(dict.fromkeys(citation(c.report, f) for c in cells for f in c.figures[:1]))


def understood(query: Query, cells: Sequence[Cell]) -> str:
    """How the question was read: reports, table, row and column, what is shared said once."""
    english = query.language is Language.EN
    columns: dict[tuple[str, str], dict[str, None]] = {}
    for cell in cells:
        column = cell.column_en if english else cell.column
        columns.setdefault((cell.report.title, _row(cell, english=english)), {})[column] = None
    listed = ", " if english else "、"
    titles: dict[str, list[str]] = {}
    for (title, row), own in columns.items():
        place = " · ".join(part for part in (row, listed.join(own)) if part)
        titles.setdefault(place, []).append(title)
    parts = []
    for place, of in list(titles.items())[:MOST_PLACES]:
        named = listed.join(of[:MOST_TITLES])
        if len(of) > MOST_TITLES:
            named = say("and_more", query.language, named=named, count=len(of))
        parts.append(f"{named} · {place}")
    if not parts:
        return ""
    what = "；".join(parts) + "".join(
        say("read_as", query.language, written=written, read=read)
        for written, read in query.corrected
    )
    return say("understood", query.language, what=what)


def _row(cell: Cell, *, english: bool) -> str:
    """Table and row of a cell: 表三 · 结转下年度继续办理."""
    language = Language.EN if english else Language.HANS
    table = say(f"table_{cell.table}", language) if cell.table else ""
    return " · ".join(part for part in (table, cell.row_en if english else cell.row) if part)
