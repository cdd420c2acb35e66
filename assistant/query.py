"""A question once it is understood: which reports, which cells, what to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal

from pydantic import Field

from assistant.answer import CitedFigure, Language
from index.report import Figure, Number, Record

PROSE = "prose"
PAIR = 2


class Operation(StrEnum):
    """What is asked of the cells, or of the text."""

    LOOK_UP = "look_up"
    SUM = "sum"
    AVERAGE = "average"
    SHARE = "share"
    RATIO = "ratio"
    DIFFERENCE = "difference"
    GROWTH = "growth"
    COMPARE = "compare"
    RANK = "rank"
    TREND = "trend"
    COUNT = "count"
    WHICH = "which"
    VERIFY = "verify"
    DEFINE = "define"
    PASSAGE = "passage"
    REPORTS = "reports"
    FINDINGS = "findings"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    UNCLEAR = "unclear"
    DRAFT = "draft"


COMPUTED = frozenset(
    {
        Operation.SUM,
        Operation.AVERAGE,
        Operation.DIFFERENCE,
        Operation.COMPARE,
        Operation.RATIO,
        Operation.GROWTH,
        Operation.SHARE,
        Operation.RANK,
    }
)
"""Operations that, without a cell of their own, compute with the answers before."""


class Measure(Record):
    """A cell, or cells that are summed, in the words of the form; or a number of running text.

    ``row`` may be a head (denied: the sum of its sub-rows) or ``litigation`` (both litigation
    blocks). ``column`` may be ``organisations`` (the five kinds together), ``concluded``
    (the outcomes but pending) or ``*`` (each column);
    None stands for the column that the row is usually asked for. With the table ``prose`` the
    row is what was asked, in the words of the question.
    """

    table: str
    row: str
    column: str | None = None

    @classmethod
    def of(cls, figure: Figure | CitedFigure) -> Measure:
        """The cell that a figure was read from."""
        return cls(table=figure.table, row=figure.row, column=figure.column)


class Condition(Record):
    """What a cell must be for a report to be counted or listed."""

    holds: Literal["more_than", "less_than", "none", "some"]
    value: Number = 0


class Operand(Record):
    """A cell that an earlier answer stated, to be computed with later."""

    report: str
    measure: Measure

    @classmethod
    def of(cls, report: str, figure: Figure | CitedFigure) -> Operand:
        """The cell that a figure of a report stands in."""
        return cls(report=report, measure=Measure.of(figure))


class Query(Record):
    """A question understood. ``residual`` are content words that nothing explained."""

    text: str
    language: Language
    operation: Operation
    measures: tuple[Measure, ...] = ()
    wholes: tuple[Measure, ...] = Field(
        default=(), description="what a share is of; several are summed"
    )
    whole_said: Number | None = Field(
        default=None, description="the number that a share is of, where the question states it"
    )
    condition: Condition | None = None
    order: Literal["most", "least"] = "most"
    over: Literal["reports", "rows", "columns"] = "reports"
    apart: Literal["last", "next"] | None = Field(
        default=None, description="from which other the first of a ranking is asked to be how far"
    )
    per_cent: bool = Field(default=False, description="a change is asked for as a percentage")
    every: bool = Field(default=False, description="it goes over every report there is")
    times: bool = Field(default=False, description="a change is asked for as a multiple: 涨了几倍")
    points: bool = Field(default=False, description="how far shares are apart is asked for")
    fell: bool = Field(default=False, description="a change is asked for as a fall")
    recalled: int = Field(default=0, description="how many of the answers before are operands")
    against: str = Field(default="", description="what the cell before is set against, in words")
    holding: bool = Field(
        default=False, description="what is asked for must hold the number stated last"
    )
    again: bool = Field(
        default=False, description="the number stated last is asked for of other reports"
    )
    stated: tuple[Operand, ...] = Field(
        default=(), description="numbers of the text that were stated before, the newest last"
    )
    first: bool = Field(default=False, description="the first of the last list are operands")
    reports: tuple[str, ...] = Field(default=(), description="ids of the reports meant")
    families: tuple[str, ...] = Field(
        default=("unbalanced",), description="families of checks, where findings are asked for"
    )
    part: str | None = Field(
        default=None, description="a part of the report that is named: 第六部分"
    )
    years: tuple[int, ...] = ()
    named: bool = Field(default=False, description="the question (or the dialogue) names a report")
    each: bool = Field(default=False, description="it asks for each of several things")
    several: bool = Field(default=False, description="it asks for each of several reports")
    of_place: str | None = Field(
        default=None, description="a place that is named and of which only units are indexed"
    )
    missing: str | None = Field(default=None, description="a place named that is not indexed")
    stranger: str | None = Field(
        default=None, description="an unknown word that stands where the body stands"
    )
    claimed: Number | None = None
    residual: tuple[str, ...] = ()
    unknown: tuple[str, ...] = Field(default=(), description="left over, and no known words")
    corrected: tuple[tuple[str, str], ...] = Field(
        default=(), description="slips that were put right: as written, as read"
    )
    search: str = Field(default="", description="the words to search passages for")
    said: str = Field(default="", description="the folded question without bodies and years")
    about: tuple[str, ...] = Field(
        default=(), description="hints of which a sentence must hold one to answer with its number"
    )
    heard: tuple[tuple[str, str], ...] = Field(
        default=(), description="what was understood and the words that said so"
    )


class Dialogue:
    """What one conversation has been about. One object a conversation; never shared.

    ``last`` is the query of the last turn that asked for something; ``said`` are the cells that
    the answers stated, one entry an answer, the newest last, an empty one where a cell was asked
    for and refused; ``shares`` the queries for a share.
    """

    def __init__(self) -> None:
        """Start an empty conversation."""
        self.last: Query | None = None
        self.said: list[tuple[Operand, ...]] = []
        self.shares: list[Query] = []

    def copy(self) -> Dialogue:
        """A conversation that has been about the same, and goes on by itself."""
        other = Dialogue()
        other.become(self)
        return other

    def become(self, other: Dialogue) -> None:
        """Have been about what another conversation has been about."""
        self.last, self.said, self.shares = other.last, list(other.said), list(other.shares)

    def recalled(self, count: int) -> list[Operand]:
        """The cells of the last ``count`` that were stated, in the order they were.

        Of two, the earlier is the last that is the same cell of another report, if there is one.
        """
        every = self.stated()
        if count == PAIR and len(every) > PAIR:
            newest = every[-1]
            alike = [
                o for o in every[:-1] if o.measure == newest.measure and o.report != newest.report
            ]
            if alike and len(self.said[-1]) == 1:
                return [alike[-1], newest]
        return every[-count:] if count else []

    def stated(self) -> list[Operand]:
        """All cells that were stated, each once, where it was stated last."""
        every = [operand for answer in self.said for operand in answer]
        return list(reversed(dict.fromkeys(reversed(every))))

    def remember(self, query: Query, operands: Sequence[Operand], *, refused: bool = False) -> None:
        """Take a turn in: what it asked for, and the cells its answer stated.

        Args:
            query: what was asked for.
            operands: the cells stated, if any.
            refused: whether a cell was asked for and none stated: then the two before it are not
                the last two of which people speak.
        """
        self.last = query
        if query.operation is Operation.SHARE and query.wholes and len(query.reports) == 1:
            self.shares.append(query)
        if operands or refused:
            self.said.append(tuple(operands))
