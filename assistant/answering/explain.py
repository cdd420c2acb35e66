"""What a figure rests on, and what a row of the form means."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.answer import Answer, Kind, Language
from assistant.answering.cell import Cell
from assistant.answering.compose import figure_answer
from assistant.answering.covering import covering_checks
from assistant.answering.lines import equation
from assistant.answering.wording import say
from assistant.lexicon import FOLDER
from assistant.query import Query
from index.formats import Form, T3Row, Term, load_forms
from index.report import Outcome, Record, Strength
from index.words.load import read_words


class Meaning(Record):
    """What a row stands for, in Chinese and English, beyond its label."""

    zh: str
    en: str


class Meanings(Record):
    """``meanings.yaml``: table, then row; rows of annexed tables are told by their labels."""

    t2: dict[str, Meaning]
    t3: dict[str, Meaning]
    t4: dict[str, Meaning]


@cache
def load_meanings(path: Path = FOLDER / "meanings.yaml") -> Meanings:
    """Load what the rows mean.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return read_words(path, Meanings)


def verify_answer(query: Query, cell: Cell) -> Answer:
    """The figure with the identities that prove it, each with its numbers; or its refusal."""
    answer = figure_answer(query, cell)
    if answer.refusal is not None or not cell.figures:
        return answer
    checks = [
        check
        for check in covering_checks(cell.report, cell.figures)
        if check.strength is Strength.HARD and check.outcome is Outcome.HOLDS and check.verifies
    ]
    if not checks:
        return answer
    lines = [answer.text, say("verified_by", query.language)]
    lines += [f"· {equation(query.language, check)}" for check in checks]
    return answer.model_copy(update={"text": "\n".join(lines)})


def define_answer(query: Query) -> Answer:
    """What the row that a question names stands for, with the article it rests on."""
    measure = query.measures[0]
    form, term = _term(measure.table, measure.row)
    meaning = getattr(load_meanings(), measure.table, {}).get(measure.row)
    english = query.language is Language.EN
    basis = term.legal_basis if isinstance(term, T3Row) else None
    text = say(
        "defined",
        query.language,
        label=term.label,
        label_en=term.en,
        form=form.name,
        form_en=form.name_en,
        meaning=(meaning.en if english else meaning.zh) if meaning is not None else "",
        basis=say("defined_basis", query.language, basis=basis) if basis else "",
    )
    return Answer(kind=Kind.CHAT, text=text, language=query.language)


def _term(table: str, row: str) -> tuple[Form, Term]:
    """A row in the newest form that has it, of several the first."""
    for form in sorted(load_forms(), key=lambda f: -f.years[0]):
        for term in form.terms[table][0]:
            if term.key == row or (row == "litigation" and term.key == "lit_direct"):
                return form, term
    raise KeyError(row)
