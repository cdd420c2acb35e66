"""The answer contract: what every surface (CLI, batch, web, tools) gives back."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import Field, field_serializer

from index.report import Check, Figure, Number, Record, Span, Status, json_number
from index.script import half_width

DIGITS = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")


class Language(StrEnum):
    """Language and script of the asker, which the answer keeps."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    EN = "en"


class Kind(StrEnum):
    """What sort of answer this is."""

    FIGURE = "figure"
    COMPUTED = "computed"
    COMPARE = "compare"
    LIST = "list"
    PASSAGE = "passage"
    REFUSAL = "refusal"
    CLARIFY = "clarify"
    CHAT = "chat"


class Reason(StrEnum):
    """Why no figure is stated."""

    FAILED_CHECK = "failed_check"
    AMBIGUOUS = "ambiguous"
    BLANK = "blank"
    NOT_REPORTED = "not_reported"
    NO_REPORT = "no_report"
    OUT_OF_SCOPE = "out_of_scope"


class Role(StrEnum):
    """What a figure does in an answer: stated, computed from, or only shown."""

    ANSWER = "answer"
    INPUT = "input"
    CONTEXT = "context"


class CitedFigure(Record):
    """A figure in an answer, with the report it was read from and its role.

    ``span`` counts characters of the decoded file and is None where blanks were dropped and
    the cell is not in the source; ``row_span`` then still shows the row.
    """

    address: str
    report: str
    source_file: str
    org: str | None
    year: int | None
    table: str
    row: str
    column: str
    row_label: str
    column_label: str
    value: Number | None
    printed: str
    unit: str
    status: Status
    mark: str | None
    span: Span | None
    row_span: Span | None
    page: int | None
    role: Role
    citation: str
    candidates: tuple[Number, ...] = ()
    hedge: str | None = Field(default=None, description="of a number in text: 余, 约, 超")
    scope: str | None = Field(default=None, description="of a number in text: 全市, 本级")
    period: str | None = Field(default=None, description="of a number in text: 全年, 累计")

    @field_serializer("value", when_used="json")
    def _value(self, value: Number | None) -> int | float | None:
        return json_number(value)

    @field_serializer("candidates", when_used="json")
    def _candidates(self, values: tuple[Number, ...]) -> list[int | float | None]:
        return [json_number(v) for v in values]

    @classmethod
    def of(
        cls,
        figure: Figure,
        *,
        report: str,
        source_file: str,
        org: str | None,
        year: int | None,
        role: Role,
        citation: str,
    ) -> CitedFigure:
        """Bind a figure to its report when it is read, so that the citation cannot drift."""
        kept = {k: v for k, v in figure if k not in ("checks", "prose")}
        if figure.prose is not None:
            kept |= {k: getattr(figure.prose, k) for k in ("hedge", "scope", "period")}
        return cls(
            **kept,
            address=figure.address,
            report=report,
            source_file=source_file,
            org=org,
            year=year,
            role=role,
            citation=citation,
        )


class CitedPassage(Record):
    """A quotation: ``quote`` is the source exactly as printed at ``span``."""

    citation: str
    report: str
    source_file: str
    section: int
    section_title: str
    span: Span
    quote: str
    marks: tuple[Span, ...] = Field(
        default=(), description="words to mark, as spans of the decoded file within ``span``"
    )


class Refusal(Record):
    """No figure is stated: why, in the asker's language, with the checks that failed."""

    reason: Reason
    message: str
    checks: tuple[Check, ...] = ()


class Candidate(Record):
    """A report that the question may mean."""

    report: str
    source_file: str
    org: str | None
    year: int | None
    title: str
    question: str = Field(default="", description="the same question, made definite")


class Clarify(Record):
    """A question back, with the reports that match."""

    message: str
    candidates: tuple[Candidate, ...]


class Alternative(Record):
    """Another reading of a question: ``question`` is complete and answered as labelled."""

    label: str
    question: str


class ModelUse(Record):
    """What a chat model had to do with an answer; it never had to do with a figure.

    ``understood`` says which words it took for which terms of the form, "" for none; ``offered``
    that its reading is among the alternatives, ``phrased`` that it wrote the sentences above the
    quotations; ``refused`` how many texts the guard kept back. ``trouble`` says why it could not
    be asked. ``tokens`` and ``calls`` are what this question cost.
    """

    understood: str = ""
    offered: bool = False
    phrased: bool = False
    refused: int = 0
    trouble: str = ""
    tokens: int = 0
    calls: int = 0


class Answer(Record):
    """One answer. ``value`` is None unless the answer is a single number.

    A count with 万 or 亿 is expanded, money stays in its column's unit, a share is in %.
    ``understood`` says how the question was read, for the person to check; ``alternatives``
    are other readings, where a `assistant.ask.Desk` was asked to offer them. ``model`` is what a
    chat model had to do with it, None where none was asked.
    """

    id: str | None = None
    kind: Kind
    text: str
    language: Language
    value: Number | None = None
    unit: str | None = None
    figures: tuple[CitedFigure, ...] = ()
    formula: str | None = None
    passages: tuple[CitedPassage, ...] = ()
    refusal: Refusal | None = None
    clarify: Clarify | None = None
    checks: tuple[Check, ...] = ()
    understood: str = ""
    alternatives: tuple[Alternative, ...] = ()
    model: ModelUse | None = None

    @field_serializer("value", when_used="json")
    def _value(self, value: Number | None) -> int | float | None:
        return json_number(value)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON data, every field present."""
        return self.model_dump(mode="json")


def plain_number(value: Number) -> str:
    """A number as it is written in a sentence: no exponent, no trailing zeros after a point."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def numbers_in(text: str) -> set[str]:
    """Numbers written in a text, without thousands separators and leading zeros."""
    return {_bare(m[0]) for m in DIGITS.finditer(half_width(text))}


def _bare(digits: str) -> str:
    text = digits.replace(",", "").replace("，", "").lstrip("0")
    return text if text and not text.startswith(".") else f"0{text}"
