"""What the checks on a report as a document look at, and what they find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.document.deadlines import FIRST_YEAR, kind_of
from index.document.headings import choose_headings
from index.document.outline import NUMERALS, TABLES, Outline, outline_of
from index.document.published import recognise_published
from index.formats import Form
from index.report import Confidence, Document, Figure, Heading, Outcome, Recognised, Span, Strength
from index.tables.rows import RawTables
from index.words.document import Kind

PRINTED = frozenset({Confidence.SET, Confidence.CERTAIN, Confidence.LIKELY})
"""How surely a year must be known before anything is held against it."""
COPY = "；本文件不完整，可能是复制时丢失"
"""What is said of what a broken copy does not show."""


@dataclass(frozen=True)
class Facts:
    """What the checks look at.

    ``form_seen``: the tables tell the form, and not only the year. ``tables`` are the names of the
    tables that were read. ``recognised``: the text is that of a scan.
    """

    outline: Outline
    form: Form
    form_seen: bool
    body: Recognised
    year: Recognised
    published: Recognised
    figures: Sequence[Figure]
    tables: frozenset[str]
    recognised: bool = False

    @property
    def number(self) -> int | None:
        """The year where the report says it itself."""
        known = self.year.value is not None and self.year.confidence in PRINTED
        return int(self.year.value or 0) if known else None

    @property
    def kind(self) -> Kind | None:
        """What kind of body reports."""
        return kind_of(self.body.value)

    @property
    def annexed(self) -> bool:
        """Whether it is in a form of the years before 2019, of which only few checks apply."""
        return self.form.annex is not None

    @cached_property
    def torn(self) -> bool:
        """Whether the copy lost tables, the headings of tables that it has, or all of the text."""
        parts = self.outline.parts.keys()
        lost = any(n in parts and name not in self.tables for n, name in TABLES.items())
        bare = any(n in TABLES for n in self.outline.untitled) or parts <= TABLES.keys()
        return self.recognised or not self.tables or lost or bare

    def cells(self, table: str, row: str) -> tuple[Figure, ...]:
        """Cells of a row of a table, blank and open ones too."""
        return tuple(f for f in self.figures if f.row == row and f.table == table)


def facts_of(
    document: Document,
    titles: Sequence[Heading],
    raw: RawTables | None,
    form: Form,
    figures: Sequence[Figure],
    *,
    body: Recognised,
    year: Recognised,
    sure: bool,
) -> Facts:
    """The facts of a report; ``sure``: its tables fit one form better than all others."""
    tables = raw.found if raw is not None else frozenset()
    headings = choose_headings(titles, form)
    outline = Outline()  # before 2019 no form prescribed sections
    if form.annex is None and (year.value is None or int(year.value) >= FIRST_YEAR):
        outline = outline_of(document.text, titles, headings, tables)
    return Facts(
        outline=outline,
        form=form,
        form_seen=raw is not None and sure,
        body=body,
        year=year,
        published=recognise_published(document, headings),
        figures=figures,
        tables=tables,
        recognised=document.recognised,
    )


@dataclass(frozen=True)
class Finding:
    """What one check found in one place; ``strength`` None: that of its claim."""

    scope: str
    label: str
    said: str
    outcome: Outcome
    spans: tuple[Span, ...] = ()
    strength: Strength | None = None
    terms: tuple[Figure, ...] = ()


def title_of_form(facts: Facts, number: int) -> str:
    """The official title of a section, numbered."""
    section = next(s for s in facts.form.sections if s.number == number)
    return f"{NUMERALS[number - 1]}、{section.title}"


def part_label(number: int) -> str:
    """第一部分."""
    return f"第{NUMERALS[number - 1]}部分"


def outcome(*, holds: bool) -> Outcome:
    """The outcome of what can be told."""
    return Outcome.HOLDS if holds else Outcome.FAILS
