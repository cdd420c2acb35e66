"""A draft as markdown: pipe tables; what is told of cells stands in comments."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.draft.layout import Layout, form_for, layouts
from assistant.draft.model import Draft
from assistant.draft.remarks import cells_of, faults_in, remarks_on
from assistant.draft.style import load_style, numbered


def write_markdown(draft: Draft) -> bytes:
    """The text of a draft, its merged cells in their first place."""
    return "\n".join(_lines(draft)).encode()


def _lines(draft: Draft) -> Iterator[str]:
    tables = {layout.section: layout for layout in layouts(form_for(draft.year))}
    yield f"# {_plain(draft.title)}\n"
    if draft.failing:
        yield f"**{load_style().mark}**\n"
    for section in draft.sections:
        yield f"## {numbered(section.number, section.title)}\n"
        for paragraph in section.paragraphs:
            yield f"{'### ' if paragraph.heading else ''}{_plain(paragraph.text)}\n"
            told = [s.told for s in paragraph.sentences if s.told]
            yield from (_comment(one) for one in told)
            yield from [""] if told else []
        if section.number in tables:
            yield from _table(draft, tables[section.number])


def _table(draft: Draft, layout: Layout) -> Iterator[str]:
    cells = cells_of(draft, layout)
    faults = (fault for _, fault in faults_in(draft, cells))
    remarks = [*remarks_on(draft, cells.values()), *faults]
    yield from map(_comment, remarks)
    yield ""
    for number, spots in enumerate(layout.rows()):
        texts = [""] * layout.width
        for spot in spots:
            texts[spot.column] = cells[spot.address].printed if spot.address else _plain(spot.text)
        yield f"| {' | '.join(texts)} |"
        if number == 0:
            yield "|" + " --- |" * layout.width
    yield ""


def _comment(text: str) -> str:
    """A remark in one line, which ends where it has to."""
    return f"<!-- {'；'.join(text.splitlines()).replace('--', '－－')} -->"


def _plain(text: str) -> str:
    """A text in one line, in which no pipe parts cells."""
    return " ".join(text.split()).replace("|", "\\|")
