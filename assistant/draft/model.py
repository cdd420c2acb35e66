"""The words of a draft: its cells, what is wrong with them, and its sections of text.

Every record is frozen. Counts are ``int``, money is ``Decimal``; an open cell has the value
None. Nothing here is ever guessed: a value was carried, given or computed, or the cell is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from pydantic import Field, field_serializer

from index.record import Number, Record, json_number
from index.report import Check, Strength

ASKING = (Strength.EXPECTED, Strength.WARNING)
"""Breaches that ask for an explanation where the cell stands."""
OPEN_MARK = "【待填】"
"""What stands for an open cell where it is shown to a person; a document leaves it blank."""


class Origin(StrEnum):
    """Where the value of a cell comes from; ``open`` exactly where it has none."""

    CARRIED = "carried"  # last year's verified figure
    GIVEN = "given"  # the clerk's
    COMPUTED = "computed"  # a total of given and carried cells
    OPEN = "open"


class DraftCell(Record):
    """One cell of the draft's tables.

    ``source`` says where the value was found: the address of last year's figure with its report
    (``r-…/t3.carried_out.total``), the place in the clerk's figures (``表三!F8``), or the
    equation of a computed total; "" for an open cell. ``problem`` says why the cell is open or
    lit, None where nothing is wrong. ``checks`` are the ids of the failing checks it stands in.
    """

    address: str = Field(description="t3.carried_in.total, as a figure's")
    label: str = Field(description="what a person calls it: 上年结转政府信息公开申请数量·总计")
    value: Number | None = None
    origin: Origin = Origin.OPEN
    source: str = ""
    problem: str | None = None
    checks: tuple[str, ...] = ()
    breach: Strength | None = Field(default=None, description="the strongest of those checks")

    @property
    def printed(self) -> str:
        """The value as a report prints it, "" for an open cell."""
        if isinstance(self.value, Decimal):  # never with an exponent
            return f"{self.value:f}"
        return "" if self.value is None else str(self.value)

    @property
    def state(self) -> str:
        """What a writer shows: ``failing`` under a hard check, ``asked`` under a softer one.

        Else where the value comes from.
        """
        if self.breach is Strength.HARD:
            return "failing"
        return "asked" if self.breach in ASKING else self.origin.value

    @field_serializer("value", when_used="json")
    def _value_as_number(self, value: Number | None) -> int | float | None:
        return json_number(value)


class Found(Record):
    """A value and where it was found, as `DraftCell.source` tells it."""

    value: Number
    source: str


class Problem(Record):
    """Something that a person has to look at before the draft is a report.

    ``place`` is where it was found (a cell of the sheet, a row of last year's report), ``what``
    is wrong there, ``next`` what to do. ``address`` names the cell of the draft that stays open
    because of it, "" where it is about more than one.
    """

    place: str
    what: str
    next: str
    address: str = ""

    def __str__(self) -> str:
        """One line: place, what is wrong, what to do."""
        return f"{self.place}：{self.what}{self.next}"


class SentenceKind(StrEnum):
    """What a sentence of the draft rests on."""

    STATED = "stated"  # figures of this draft or of last year's report, cited
    GAP = "gap"  # 【待填：…】, for the clerk to write
    KEPT = "kept"  # taken over from last year's report, to be looked through


class DraftSentence(Record):
    """One sentence. ``keys`` are the citation keys of what it states, none for a gap."""

    text: str
    kind: SentenceKind
    keys: tuple[str, ...] = ()


class DraftParagraph(Record):
    """Sentences that stand together; ``heading`` is one of the second level (（一）主动公开)."""

    sentences: tuple[DraftSentence, ...]
    heading: bool = False

    @property
    def text(self) -> str:
        """The paragraph as it is printed."""
        return "".join(sentence.text for sentence in self.sentences)


class DraftSection(Record):
    """A section under its official title; those of tables two to four may have text too."""

    number: int = Field(ge=1, le=6)
    title: str
    paragraphs: tuple[DraftParagraph, ...] = ()

    @property
    def sentences(self) -> Iterator[DraftSentence]:
        """All sentences, in reading order."""
        return (sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)


class LastYear(Record):
    """The report of the year before that the draft carries on from."""

    report: str = Field(description="its id in the ledger")
    title: str
    source_file: str
    year: int
    form: str | None


class Draft(Record):
    """A drafted report: every cell of its form in order, the checks run on it, its sections.

    ``last`` is None where there is no report of the year before that can be used; ``problems``
    then say why.
    """

    body: str
    year: int
    form: str = Field(description="id of the form that is prescribed for the year")
    last: LastYear | None
    cells: tuple[DraftCell, ...]
    checks: tuple[Check, ...]
    sections: tuple[DraftSection, ...]
    problems: tuple[Problem, ...]

    @property
    def title(self) -> str:
        """{机关全称}{YYYY}年政府信息公开工作年度报告."""
        return f"{self.body}{self.year}年政府信息公开工作年度报告"

    @property
    def values(self) -> dict[str, Number | None]:
        """Value by address, None for open cells."""
        return {cell.address: cell.value for cell in self.cells}

    @property
    def open_cells(self) -> tuple[DraftCell, ...]:
        """Cells still to be filled."""
        return tuple(cell for cell in self.cells if cell.origin is Origin.OPEN)

    @property
    def failing(self) -> tuple[Check, ...]:
        """Hard checks that do not hold: a draft with any does not balance."""
        return tuple(check for check in self.checks if check.broken)

    def cell(self, address: str) -> DraftCell:
        """The cell at an address.

        Raises:
            KeyError: the form has no such cell.
        """
        for cell in self.cells:
            if cell.address == address:
                return cell
        raise KeyError(address)
