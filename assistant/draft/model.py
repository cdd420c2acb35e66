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


class Origin(StrEnum):
    """Where the value of a cell comes from; ``open`` exactly where it has none."""

    CARRIED = "carried"  # last year's verified figure
    GIVEN = "given"  # the clerk's
    OVERRIDING = "overriding"  # the clerk's own 上年结转, against last year's report, with a reason
    ZERO = "zero"  # left empty by the clerk, who said that empty cells are 0
    COMPUTED = "computed"  # a total of given and carried cells
    OPEN = "open"


class DraftCell(Record):
    """One cell of the draft's tables.

    ``source`` says where the value was found: the address of last year's figure with its report
    (``r-…/t3.carried_out.total``), the place in the clerk's figures (``表三!F8``; with the reason
    where it overrides last year's), that empty cells are 0, or the equation of a computed total;
    "" for an open cell. ``problem`` says why the cell is open or lit, None where nothing is
    wrong. ``checks`` are the ids of the failing checks it stands in.
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
        asked = self.breach in ASKING or self.origin is Origin.OVERRIDING
        return "asked" if asked else self.origin.value

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


class Cited(Record):
    """What a sentence rests on: a cell, a paragraph of last year's report, or a computation.

    ``key`` is what a person reads; ``address`` is a cell of this draft (``t3.new.total``), a cell
    or a paragraph of last year's report (``r-…/t3.new.total``, ``r-…/¶12``), or "" for a
    computation and for what the clerk said. ``quote`` is the paragraph as printed.
    """

    key: str
    address: str = ""
    quote: str = ""

    @property
    def own(self) -> bool:
        """Whether it is a cell of this draft."""
        return bool(self.address) and "/" not in self.address

    def __str__(self) -> str:
        """The key, and the words of a paragraph."""
        return f"{self.key}：{self.quote}" if self.quote else self.key


class DraftSentence(Record):
    """One sentence, with what it rests on. What a gap cites helps to fill it."""

    text: str
    kind: SentenceKind
    cited: tuple[Cited, ...] = ()

    @property
    def told(self) -> str:
        """What it rests on, in one text; "" for what rests on nothing."""
        return "\n".join(map(str, self.cited))


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


class Repeated(Record):
    """A sentence of the draft that stands in last year's report; ``kept``: the clerk chose so."""

    text: str
    last: str = Field(description="as last year's report prints it")
    kept: bool


class SelfCheck(Record):
    """What can be said of the text of a draft before anybody reads it.

    ``sentences`` counts those that have matter of their own, ``share`` how many per cent of them
    are last year's without having been chosen. ``missing`` are topics of section one of which
    nothing but gaps is there, ``unsupported`` sentences with a number that nothing they cite has,
    ``findings`` the checks that fail when the written document is read again.
    """

    sentences: int
    gaps: int
    repeated: tuple[Repeated, ...]
    share: Decimal
    exceeded: bool
    missing: tuple[str, ...]
    unsupported: tuple[str, ...]
    findings: tuple[Check, ...]

    @field_serializer("share", when_used="json")
    def _share_as_number(self, share: Decimal) -> int | float | None:
        return json_number(share)


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
    self_check: SelfCheck | None = Field(default=None, description="None: not made yet")

    @property
    def title(self) -> str:
        """{机关全称}{YYYY}年政府信息公开工作年度报告."""
        return f"{self.body}{self.year}年政府信息公开工作年度报告"

    @property
    def values(self) -> dict[str, Number | None]:
        """Value by address, None for open cells."""
        return {cell.address: cell.value for cell in self.cells}

    @property
    def failing(self) -> tuple[Check, ...]:
        """Hard checks that do not hold: a draft with any does not balance."""
        return tuple(check for check in self.checks if check.broken)

    def without_citations(self) -> Draft:
        """The same draft; its sentences do not tell what they rest on."""
        return self.model_copy(update={"sections": tuple(map(_uncited, self.sections))})

    def cell(self, address: str) -> DraftCell:
        """The cell at an address.

        Raises:
            KeyError: the form has no such cell.
        """
        for cell in self.cells:
            if cell.address == address:
                return cell
        raise KeyError(address)


def _uncited(section: DraftSection) -> DraftSection:
    paragraphs = tuple(
        paragraph.model_copy(
            update={
                "sentences": tuple(s.model_copy(update={"cited": ()}) for s in paragraph.sentences)
            }
        )
        for paragraph in section.paragraphs
    )
    return section.model_copy(update={"paragraphs": paragraphs})
