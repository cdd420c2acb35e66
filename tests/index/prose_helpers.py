"""What the tests of running text share: a sentence read as that of a report."""

from __future__ import annotations

from index.context import ProseContext
from index.paragraphs import find_paragraphs
from index.prose.checks import check_prose
from index.prose.figures import prose_figures
from index.report import Check, Figure, Passage
from tests.index.helpers import document

YEAR = 2023


def read(text: str, year: int | None = YEAR) -> tuple[Figure, ...]:
    """The numbers of a text, statuses settled."""
    return read_and_check(text, year)[0]


def read_and_check(
    text: str, year: int | None = YEAR
) -> tuple[tuple[Figure, ...], tuple[Check, ...]]:
    """The numbers of a text and the checks on them; every line is a passage, a short one too."""
    if not text.strip():
        return (), ()
    paragraphs = find_paragraphs(text, document(text).blocks, (), None)
    passages = tuple(
        Passage(number=n, section=0, section_title="", text=text[slice(*p.span)], span=p.span)
        for n, p in enumerate(paragraphs, 1)
    )
    return check_prose(prose_figures(text, paragraphs, passages, year))


def one(text: str, value: object = None, year: int | None = YEAR) -> Figure:
    """The only number of a text, or the only one of a value."""
    found = [f for f in read(text, year) if value is None or f.value == value]
    assert len(found) == 1, [(f.value, f.unit) for f in read(text, year)]
    return found[0]


def said(figure: Figure) -> ProseContext:
    """What its sentence says of a number."""
    assert figure.prose is not None
    return figure.prose
