"""``prompts/draft/*.yaml``: the sentences of a drafted report, checked when they are loaded.

No sentence there has a number of its own, so that every number in a draft is a field's.
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from index.errors import LexiconError
from index.record import Record
from index.words.document import load_document_words
from index.words.load import read_words
from prompts import FOLDER

DRAFT = FOLDER / "draft"
DIGIT = re.compile(r"\d")
CASES = frozenset({"rise", "fall", "same", "from_zero", "to_zero", "none"})


def _template(*fields: str) -> AfterValidator:
    """A text that has no digit and no field but these."""

    def checked(text: str) -> str:
        foreign = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        foreign -= set(fields)
        if foreign:
            raise ValueError(f"“{text}”: 没有这样的字段 (no such field): {foreign}")
        if DIGIT.search(text):
            raise ValueError(f"“{text}”: 模板里不能有数字 (no number may stand in a template)")
        return text

    return AfterValidator(checked)


Plain = Annotated[str, _template()]
Told = Annotated[str, _template("year", "body", "named", "now", "before", "change", "unit", "rate")]
Rate = Annotated[str, _template("percent")]
Asked = Annotated[str, _template("named", "unit")]


class Forms(Record):
    """How one figure is told in each case; an empty case says nothing.

    A figure that is not ``compared`` is told alone, whatever last year's was.
    """

    compared: bool = True
    rise: Told | None = None
    fall: Told | None = None
    same: Told | None = None
    from_zero: Told | None = None
    to_zero: Told | None = None
    none: Told | None = None
    alone: Told | None
    alone_zero: Told | None
    rise_rate: Rate = ""
    fall_rate: Rate = ""
    open: Asked

    @model_validator(mode="after")
    def _has_every_case(self) -> Forms:
        if self.compared and (missing := CASES - self.model_fields_set):
            raise ValueError(f"缺少 (missing): {sorted(missing)}")
        return self


class FormSets(Record):
    """All sets of forms. ``least_for_rate``: last year's least figure that a percentage is of."""

    least_for_rate: int = Field(ge=1)
    sets: dict[str, Forms]


class Parts(Record):
    """Cells that are told together, by what each is called; those that are zero are left out.

    ``whole`` is the cell that they make up, "" where they make up none.
    """

    whole: str = ""
    text: Annotated[str, _template("items", "rest")]
    item: Annotated[str, _template("named", "now", "unit")]
    single: Annotated[str, _template("named")] = ""
    rest: Plain = ""
    cells: dict[str, Plain]


class AllZero(Record):
    """What is said where some cells are all zero."""

    cells: tuple[str, ...]
    text: Plain


class Tell(Record):
    """One thing that a topic tells: a figure, parts, that nothing happened, or a gap."""

    figure: str | None = None
    forms: str = ""
    named: Plain = ""
    parts: Parts | None = None
    all_zero: AllZero | None = None
    gap: Plain | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Tell:
        told = [self.figure, self.parts, self.all_zero, self.gap]
        if sum(thing is not None for thing in told) != 1:
            raise ValueError("一项只能是 figure、parts、all_zero、gap 之一 (one of them)")
        return self


class Topic(Record):
    """A topic under its heading; ``topic`` is its name in ``index/words/document.yaml``."""

    heading: Plain
    topic: str
    tells: tuple[Tell, ...] = Field(min_length=1)


class OverviewWords(Record):
    """Section one."""

    section: int
    topics: tuple[Topic, ...]


class ProblemWords(Record):
    """Section five: its headings and gaps; ``longest`` is in characters."""

    section: int
    answered: Plain
    problems: Plain
    improvements: Plain
    answer: Annotated[str, _template("problem")]
    unread: Plain
    own: Plain
    next: Plain
    longest: int = Field(ge=10)


class OtherWords(Record):
    """Section six."""

    section: int
    none: Annotated[str, _template("year", "body")]
    some: Annotated[str, _template("year", "body", "fee")]
    open: Plain
    notices: Plain
    other: Plain


class Wordings(Record):
    """Everything that a draft says."""

    forms: FormSets
    overview: OverviewWords
    problems: ProblemWords
    other: OtherWords


@cache
def load_wordings() -> Wordings:
    """The sentences of all files.

    Raises:
        LexiconError: a file is missing or malformed, or names a set of forms that is not there.
    """
    wordings = Wordings(
        forms=read_words(DRAFT / "forms.yaml", FormSets),
        overview=read_words(DRAFT / "overview.yaml", OverviewWords),
        problems=read_words(DRAFT / "problems.yaml", ProblemWords),
        other=read_words(DRAFT / "other.yaml", OtherWords),
    )
    tells = (tell for topic in wordings.overview.topics for tell in topic.tells)
    named = {tell.forms for tell in tells if tell.figure is not None}
    topics = {topic.topic for topic in wordings.overview.topics}
    unknown = named - wordings.forms.sets.keys()
    unknown |= topics - load_document_words().topics.keys()
    if unknown:
        what = f"没有这样的句式或主题 (no such forms or topic): {unknown}"
        raise LexiconError(what, place="overview.yaml")
    return wordings
