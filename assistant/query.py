"""A question once it is understood: which reports, which cells, what to do with them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from assistant.answer import Language
from index.report import Number, Record


class Operation(StrEnum):
    """What is asked of the cells, or of the text."""

    LOOK_UP = "look_up"
    EACH = "each"
    SUM = "sum"
    SHARE = "share"
    DIFFERENCE = "difference"
    COMPARE = "compare"
    PASSAGE = "passage"
    PROSE = "prose"
    REPORTS = "reports"
    UNBALANCED = "unbalanced"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    UNCLEAR = "unclear"


class Measure(Record):
    """A cell, or cells that are summed, in the words of the form.

    ``row`` may be a head (denied: the sum of its sub-rows) or ``litigation`` (both litigation
    blocks). ``column`` may be ``organisations`` (the five kinds together); None stands for
    the column that the row is usually asked for.
    """

    table: str
    row: str
    column: str | None = None


class Query(Record):
    """A question understood. ``residual`` are content words that nothing explained."""

    text: str
    language: Language
    operation: Operation
    measures: tuple[Measure, ...] = ()
    denominator: Measure | None = None
    reports: tuple[str, ...] = Field(default=(), description="ids of the reports meant")
    years: tuple[int, ...] = ()
    named: bool = Field(default=False, description="the question (or the dialogue) names a report")
    missing: str | None = Field(default=None, description="a place named that is not indexed")
    claimed: Number | None = None
    residual: tuple[str, ...] = ()
    search: str = Field(default="", description="the words to search passages for")


class Dialogue:
    """What one conversation has been about. One object a conversation; never shared."""

    def __init__(self) -> None:
        """Start an empty conversation."""
        self.last: Query | None = None
