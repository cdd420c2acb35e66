"""What a number of running text means: the words of `index.report` that only prose needs."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, field_serializer

from index.record import Number, Record, Span, json_number, unchecked


class FigureKind(StrEnum):
    """What a number of running text measures.

    ``count``: how many of its unit. ``money``. ``share``: a part of a whole or a rate, unit %.
    ``change``: by how much something grew or fell, in % or in its unit; ``points``: the same in
    percentage points; ``multiple``: times as much. The rest say what is measured.
    """

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    CHANGE = "change"
    POINTS = "points"
    MULTIPLE = "multiple"
    DURATION = "duration"
    AGE = "age"
    AREA = "area"
    LENGTH = "length"
    SCORE = "score"
    DATA = "data"
    OTHER = "other"


COUNT, MONEY, SHARE = FigureKind.COUNT, FigureKind.MONEY, FigureKind.SHARE
CHANGE, POINTS, MULTIPLE = FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE
DURATION, OTHER = FigureKind.DURATION, FigureKind.OTHER
"""What is asked of every number; to ask the class for a member takes as long as a call."""
COUNTED = (COUNT, MONEY)
"""Kinds that can be added up and be parts of a whole."""
CHANGES = (CHANGE, POINTS, MULTIPLE)
"""Kinds that say how another number grew or fell."""


class Bound(StrEnum):
    """What a hedge says of the true value, compared with the printed number."""

    ABOUT = "about"  # 约, 近, 左右
    MORE_THAN = "more_than"  # 余, 多, 超, 突破
    AT_LEAST = "at_least"  # 以上, 不少于
    LESS_THAN = "less_than"  # 不足, 低于
    UP_TO = "up_to"  # 以内, 不超过


ABOUT, UP_TO = Bound.ABOUT, Bound.UP_TO
FROM_IT = (Bound.MORE_THAN, Bound.AT_LEAST)
"""The number or more."""
TO_IT = (Bound.LESS_THAN, UP_TO)
"""The number or less."""


class When(StrEnum):
    """The time a number of running text is of, compared with the year of the report."""

    YEAR = "year"  # the year of the report: 全年, 本年度, or its number
    CUMULATIVE = "cumulative"  # summed since some time before, or without a limit: 累计
    AS_OF = "as_of"  # how it stood at a moment: 截至12月底, 目前, 年末
    PART = "part"  # a part of the year: 上半年, 前三季度
    EARLIER = "earlier"  # a year before, or what a change started from: 上年, 由…减到
    LATER = "later"  # a year to come: 明年


CUMULATIVE, EARLIER, LATER = When.CUMULATIVE, When.EARLIER, When.LATER


class ProseContext(Record):
    """What the sentence says about a number of running text, beyond its value and unit.

    Words are given in simplified script and half-width forms, without spaces; places are spans
    of the source. Addresses (``p12.n3`` in full ``prose.p12.n3``) are of the same report.
    """

    kind: FigureKind
    sentence: Span
    clause: Span = Field(description="between the stops or brackets around it")
    whole: Span = Field(description="the number with its hedge and unit: 近3000余件")
    before: str = Field(
        description="words left of it, back to the number or stop before; in a list whose head"
        " they share (涉及45个部门、270个事项), that head"
    )
    after: str = Field(description="the counted words right of the unit, up to a stop; '' if none")
    subject: str = Field(
        default="",
        description="what the clauses before it speak of, '' where it opens its sentence",
    )
    hedge: str | None = Field(
        default=None, description="as folded: 近, 余, 以上; None: it is exact"
    )
    bound: Bound | None = Field(default=None, description="what the hedge says; None: no hedge")
    step: Number = Field(
        default=1,
        description="one unit of its last printed digit, in the unit of the value:"
        " 1000 for 132.9万, 0.1 for 93.5%, 1 for a plain count",
    )
    scope: str | None = Field(
        default=None, description="printed scope word (全市, 市本级, 我局); None: it does not say"
    )
    period: str | None = Field(
        default=None, description="printed time words (全年, 2019年累计); None: it does not say"
    )
    when: When | None = Field(default=None, description="what those words mean; None: nothing said")
    year: int | None = Field(default=None, description="the year printed for it, None if none is")
    plan: bool = Field(
        default=False, description="to be done, demanded or a rule (力争, 不少于), not a result"
    )
    each: bool = Field(
        default=False, description="of each of several (各5篇, 每期3500册, 日均): not their sum"
    )
    direction: Literal["up", "down"] | None = Field(
        default=None, description="of a change; None: it is none, or it does not say"
    )
    of: str | None = Field(
        default=None,
        description="address of the whole that it is a part or a share of (其中, 占总数的);"
        " of a change, of the number that changed; None: the text names none",
    )
    part: str | None = Field(
        default=None, description="of a share: address of the number that has this share"
    )
    base: str | None = Field(
        default=None, description="of a change: address of the earlier number; None: not printed"
    )
    group: str | None = Field(
        default=None, description="id shared by the members of one enumeration, unique in a report"
    )

    exhaustive: bool = Field(
        default=False,
        description="the wording says that the members of its group leave nothing out (…、其他…)",
    )
    implied: bool = Field(
        default=False,
        description="of a share: `of` is not named, but is what the shares beside it agree on",
    )

    @field_serializer("step", when_used="json")
    def _step_as_number(self, value: Number) -> int | float | None:
        return json_number(value)


new_context = unchecked(ProseContext)
