"""The words of the index: what a report is once it has been read.

Every record here is frozen. A ``span`` is always ``(start, end)`` in characters of the
*decoded* source text (``Document.text[start:end]`` gives back what was printed); folding
the script never moves it. Counts are ``int``, money is ``Decimal``, nothing is ``float``.
"""

from __future__ import annotations

from collections import Counter

from pydantic import Field, field_serializer

from index.blocks import Block, Document
from index.context import Bound, FigureKind, ProseContext, When
from index.record import Number, Record, Span, json_number, unchecked
from index.status import FAILS, HARD, TRUSTED, Confidence, Outcome, Status, Strength

__all__ = [
    "TRUSTED",
    "Block",
    "Bound",
    "Check",
    "Confidence",
    "Document",
    "Figure",
    "FigureKind",
    "Heading",
    "Number",
    "Outcome",
    "Passage",
    "ProseContext",
    "Recognised",
    "Record",
    "Report",
    "ReportCard",
    "Span",
    "Status",
    "Strength",
    "Term",
    "When",
    "card_of",
    "json_number",
    "new_check",
    "new_figure",
    "new_heading",
    "new_passage",
    "new_recognised",
    "new_term",
]


class Recognised(Record):
    """One thing recognised about a report, where it was read and how surely.

    ``value`` is None and ``span`` is None where the text does not say. ``span`` is also None
    for a value that is not printed anywhere (a sidecar, a table's shape).
    """

    value: str | None = None
    span: Span | None = None
    confidence: Confidence = Confidence.UNKNOWN
    basis: str = Field(default="", description="where it was read, in Chinese, for the user")


new_recognised = unchecked(Recognised)


class Figure(Record):
    """One reported number (or the honest lack of one) at one address of the form.

    ``value`` is None for ``ambiguous`` and ``blank``; ``printed`` is the cell as printed, or
    "" where blanks were dropped and nothing stands there. ``span`` is None exactly where
    ``printed`` is "" and no empty cell is in the source; ``row_span`` is the source from the
    row's label to its last cell. ``candidates`` are the values the source leaves open.

    A number of running text has table ``prose``, row ``p`` and the passage's number, column
    ``n`` and its place in the passage from 1. ``row_label`` is what a person would call it,
    ``column_label`` is "", ``printed`` the number without unit and hedge, ``row_span`` its clause.
    万 and 亿 are multiplied into a count; money keeps them in its unit (``万元``); a percentage is
    93.5 with the unit ``%``. The unit is "" where none is printed. ``prose`` says the rest; it is
    None exactly for cells of tables.
    """

    table: str
    row: str
    column: str
    row_label: str
    column_label: str
    unit: str
    value: Number | None
    printed: str
    status: Status
    mark: str | None = Field(default=None, description="'blank' for a proven 0, a note such as 撤")
    span: Span | None = None
    row_span: Span | None = None
    page: int | None = None
    candidates: tuple[Number, ...] = ()
    checks: tuple[str, ...] = Field(default=(), description="ids of the checks that cover it")
    prose: ProseContext | None = None

    @property
    def address(self) -> str:
        """``table.row.column``, the figure's name within its report."""
        return f"{self.table}.{self.row}.{self.column}"

    @field_serializer("value", when_used="json")
    def _value_as_number(self, value: Number | None) -> int | float | None:
        return json_number(value)

    @field_serializer("candidates", when_used="json")
    def _candidates_as_numbers(self, values: tuple[Number, ...]) -> list[int | float | None]:
        return [json_number(v) for v in values]


new_figure = unchecked(Figure)


class Term(Record):
    """One operand of a check: an address, its name in Chinese, and its value (None: open).

    In a check across reports the address begins with the id of its report (``r-…/t3.new.total``).
    """

    address: str
    label: str
    value: Number | None

    @field_serializer("value", when_used="json")
    def _value_as_number(self, value: Number | None) -> int | float | None:
        return json_number(value)


new_term = unchecked(Term)


class Check(Record):
    """One identity applied in one place: both sides, the difference and the outcome.

    ``difference`` is left minus right, None where an operand is not known. ``equation``
    reads as a person writes it: ``161 + 2 = 163 ≠ 159 + 2 = 161``.
    """

    id: str = Field(description="code and scope, unique in a report: T3-BAL@total")
    code: str
    scope: str
    scope_label: str
    strength: Strength
    sentence: str
    sentence_en: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    left_value: Number | None
    right_value: Number | None
    difference: Number | None
    outcome: Outcome
    equation: str
    verifies: bool = Field(description="False where holding proves nothing about the value")
    spans: tuple[Span, ...] = Field(
        default=(), description="sentences or headings it is about, beside those of its operands"
    )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Addresses of all operands, left side first."""
        return tuple([t.address for t in (*self.left, *self.right)])

    @property
    def fails(self) -> bool:
        """Whether it does not hold, whatever its strength."""
        return self.outcome is FAILS

    @property
    def broken(self) -> bool:
        """Whether it is hard and does not hold, so that no figure under it may be stated."""
        return self.strength is HARD and self.outcome is FAILS

    @field_serializer("left_value", "right_value", "difference", when_used="json")
    def _numbers(self, value: Number | None) -> int | float | None:
        return json_number(value)


new_check = unchecked(Check)


class Passage(Record):
    """A paragraph (or a run of sentences of a long one) with its place.

    ``number`` counts passages of the report from 1 and gives the citation key ``¶12``.
    ``section`` is 0 before the first heading, otherwise 1 to 8 (7 and 8 only before 2019).
    """

    number: int
    section: int
    section_title: str
    text: str
    span: Span


new_passage = unchecked(Passage)


class Heading(Record):
    """A section heading as printed: its number in the form (1 to 8) and its place."""

    section: int
    title: str
    span: Span


new_heading = unchecked(Heading)


class Report(Record):
    """A report read, recognised, placed and checked: all that the stores keep of it."""

    id: str
    source_file: str
    path: str
    sha256: str
    encoding: str
    text: str
    title: str = Field(description="what to call it in a list: body and year, or what it says")
    body: Recognised
    year: Recognised
    period: Recognised
    script: Recognised
    form: Recognised
    says: tuple[str, ...] = Field(description="distinctive names in the text, to find it by")
    headings: tuple[Heading, ...]
    figures: tuple[Figure, ...]
    checks: tuple[Check, ...]
    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = Field(default=(), description="remarks of the reader, in Chinese")
    published: Recognised = Field(
        default=Recognised(), description="the day of publication that is printed, 2024-01-26"
    )

    def figure(self, address: str) -> Figure | None:
        """The figure at an address, None where the report has no such cell."""
        return next((f for f in self.figures if f.address == address), None)

    @property
    def table_figures(self) -> tuple[Figure, ...]:
        """Cells of tables: what is counted, listed and drawn as such."""
        return tuple(f for f in self.figures if f.prose is None)

    @property
    def prose_figures(self) -> tuple[Figure, ...]:
        """Numbers of running text, in reading order."""
        return tuple(f for f in self.figures if f.prose is not None)


class ReportCard(Record):
    """A report as it stands in a list: what it is called and how far it can be trusted.

    ``statuses`` counts its table figures by status, ``failing`` its hard checks that fail (of
    tables and of prose), ``passages`` its passages, ``prose`` its numbers of running text.
    """

    id: str
    source_file: str
    title: str
    body: str | None
    year: int | None
    form: str | None
    script: str | None
    says: tuple[str, ...]
    statuses: dict[str, int]
    failing: int
    passages: int
    notes: tuple[str, ...]
    prose: int = 0


def card_of(report: Report) -> ReportCard:
    """The list entry of a report."""
    return ReportCard(
        id=report.id,
        source_file=report.source_file,
        title=report.title,
        body=report.body.value,
        year=int(report.year.value) if report.year.value else None,
        form=report.form.value,
        script=report.script.value,
        says=report.says,
        statuses=dict(Counter(f.status.value for f in report.table_figures)),
        failing=sum(c.broken for c in report.checks),
        passages=len(report.passages),
        notes=report.notes,
        prose=len(report.prose_figures),
    )
