"""A question that the lexicon did not understand, in words that it does, as a chat model hears it.

The model says which words of the question mean which row, column or operation of the form, and
nothing else. Its words are not believed: the question is put again with the form's own words in
their place, and everything in it is understood as ever. Where that leaves a word unexplained, or
says anything else than the question said, the reading is not used.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer, Kind, Reason
from assistant.helping.instructions import load_instructions
from assistant.helping.material import fenced
from assistant.helping.model import Model
from assistant.helping.readings import OPERATION, Term, load_terms, nearest
from assistant.helping.spending import Spending
from assistant.lexicon import load_lexicon
from assistant.query import PROSE, Operation, Query
from assistant.understanding.hearing import hear
from assistant.words.folding import fold_question
from index.report import Record, ReportCard

log = logging.getLogger(__name__)

OBJECT = re.compile(r"\{.*\}", re.DOTALL)
DIGIT = re.compile(r"\d")
MOST_READINGS, MOST_TITLES = 4, 12
LONGEST = 40
"""Characters of the words that may stand for one term."""
OF_A_ROW = frozenset({"next_year", "previous_year"})
"""Operations whose words may be part of what names a row: 留到下一年的."""
CHOOSING = frozenset({Operation.COUNT, Operation.WHICH})
"""Operations that choose by a condition, which words of other questions hold by chance."""
LOST = frozenset({Reason.OUT_OF_SCOPE, Reason.NOT_REPORTED})
"""Refusals that may come of not having understood."""


class Reading(Record):
    """Words of the question, as they stand there, and the key of what they mean."""

    words: str
    means: str


class Readings(BaseModel):
    """What a model heard; ``years`` and ``reports`` are those that it believes to be meant."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    readings: tuple[Reading, ...] = ()
    years: tuple[int, ...] = ()
    reports: tuple[str, ...] = ()


class _Unused(Exception):
    """A reading is of no use; says why."""


class Reworded(Record):
    """The question in words of the form, and what was read in it: (words, term) each."""

    question: str
    pairs: tuple[tuple[str, Term], ...]


def not_understood(query: Query, answer: Answer) -> bool:
    """Whether a question was refused, or asked back, for want of understanding its words.

    A place that is not indexed, and cells that a report lacks, are understood well enough.
    """
    if query.missing is not None or query.operation is Operation.PASSAGE:
        return False
    heard = bool(query.measures) and all(m.table != PROSE for m in query.measures)
    if answer.kind is Kind.CLARIFY:
        return not heard and bool(query.residual)
    refused = answer.refusal is not None and answer.refusal.reason in LOST
    return refused and not heard


def read(
    query: Query, cards: Sequence[ReportCard], model: Model, spending: Spending
) -> Reworded | None:
    """What a model takes the words for, put into the question; None where it is of no use.

    Args:
        query: the question as far as it was understood.
        cards: the reports that it means.
        model: who is asked.
        spending: what the question may cost.

    Raises:
        ModelError: the model cannot be reached or fails.
    """
    terms = load_terms(query.language)
    titles = {f"r{number}": card for number, card in enumerate(cards[:MOST_TITLES], 1)}
    instructions = load_instructions()["understand"].filled(
        terms="\n".join(f"{t.key}: {t.words}　{t.about}".rstrip("　") for t in terms),
        reports="\n".join(f"{key}: {card.title}" for key, card in titles.items()) or "（没有）",
    )
    lost = "、".join(query.residual) or "（整句）"
    message = f"问题：\n{fenced(query.text)}\n\n程序不懂的词：\n{fenced(lost)}"
    said = model.reply(instructions, message, spending)
    try:
        return _reworded(query, _readings(said, query, titles), {term.key: term for term in terms})
    except _Unused as why:
        log.info("a reading of the model was not used: %s", why)
        return None


def _readings(said: str, query: Query, titles: dict[str, ReportCard]) -> Sequence[Reading]:
    """The readings in a reply that means the same years and reports as the question."""
    found = OBJECT.search(said)
    try:
        heard = Readings.model_validate_json(found[0] if found else said)
    except ValidationError as error:
        raise _Unused("no readings") from error
    if heard.years and query.years and set(heard.years) != set(query.years):
        raise _Unused("other years")
    named = {titles[key].id if key in titles else key for key in heard.reports}
    if query.named and not named <= set(query.reports):
        raise _Unused("other reports")
    if not 0 < len(heard.readings) <= MOST_READINGS:
        raise _Unused("none, or too many")
    return heard.readings


def _reworded(query: Query, readings: Sequence[Reading], terms: dict[str, Term]) -> Reworded:
    """The question with the terms in the place of the words."""
    question = query.text
    pairs = []
    for reading in readings:
        term = terms.get(reading.means)
        if term is None:
            raise _Unused("an invented key")
        if question.count(reading.words) != 1 or not 0 < len(reading.words) <= LONGEST:
            raise _Unused("words that the question does not hold once")
        if _known_otherwise(reading.words, term):
            raise _Unused("words that say something else")
        question = question.replace(reading.words, term.words)
        pairs.append((reading.words, term))
    return Reworded(question=question, pairs=tuple(pairs))


def _known_otherwise(words: str, term: Term) -> bool:
    """Whether words name something else by themselves: a year, another row, column or operation.

    A body among them is missed when the question without it means other reports.
    """
    folded = fold_question(words)
    if DIGIT.search(folded):
        return True
    heard = hear(folded, (), load_lexicon())
    table = term.key.split(".")[0]
    names = {f"{m.kind}.{m.key}" for m in heard.rows if m.strong}
    names |= {f"{m.kind}.*.{m.key}" for m in heard.columns if table in (m.kind, OPERATION)}
    names |= {f"{OPERATION}.{m.key}" for m in heard.acts if m.key not in OF_A_ROW}
    return bool(names - {term.key})


def contradiction(query: Query, again: Query, reworded: Reworded) -> str:
    """What the reworded question says otherwise than the question; "" where it says the same.

    Args:
        query: the question as far as it was understood.
        again: the reworded question, understood in the same dialogue.
        reworded: the question in words of the form.
    """
    cells = (*again.measures, *again.wholes)
    if again.missing or not cells or any(m.table == PROSE for m in cells):
        return "no cell"
    if again.residual or again.unknown:
        return "words left over"
    same = ["language", "years", "reports", "named", "claimed", "recalled"]
    same += ["condition"] if again.operation in CHOOSING else []
    if other := [name for name in same if getattr(query, name) != getattr(again, name)]:
        return f"other {', '.join(other)}"
    does = any(term.key.startswith(OPERATION) for _, term in reworded.pairs)
    if not does and query.operation not in (again.operation, Operation.UNCLEAR):
        return "another operation"
    meant = {f"{m.table}.{m.row}" for m in cells} | {f"{m.table}.*.{m.column}" for m in cells}
    named = {t.key for _, t in reworded.pairs if not t.key.startswith(OPERATION)}
    if not named <= meant:
        return "not the cells that were named"
    return "" if _kept(query, reworded, meant) else "not all that was said"


def _kept(query: Query, reworded: Reworded, meant: set[str]) -> bool:
    """Whether the cells are those that the rest of the question names, and all of it is heard."""
    text = query.text
    for words, _ in reworded.pairs:
        text = text.replace(words, "\n")
    rest = hear(fold_question(text), (), load_lexicon())
    whole = hear(fold_question(reworded.question), (), load_lexicon())
    tables = {key.split(".")[0] for key in meant}
    rows = {f"{m.kind}.{m.key}" for m in rest.rows if m.strong}
    columns = {f"{m.kind}.*.{m.key}" for m in rest.columns if m.kind in tables}
    return rows | columns <= meant and rest.operations <= whole.operations


def agreed(query: Query, reworded: Reworded) -> bool:
    """Whether the bundled embedder, asked by itself, takes all the words for the same terms.

    Each must hold a word that nothing explained, and that word must mean the same alone: what
    stands beside it is known, and would mean it anyhow.
    """
    for words, term in reworded.pairs:
        folded = fold_question(words)
        lost = [part for part in query.residual if part in folded]
        if not lost or any(nearest(part) != term.key for part in (folded, *lost)):
            return False
    return True
