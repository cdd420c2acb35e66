"""How many took part in what the turn before counted: 培训几期, then 参加的人呢."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.answering.from_cells import from_cells
from assistant.answering.prose_cells import cell_of, quoted
from assistant.answering.scored import Scored
from assistant.answering.text_question import TextQuestion
from assistant.lexicon import hint
from assistant.query import PROSE, Query
from index.context import COUNTED
from index.report import Figure


def asks_who_came(query: Query) -> bool:
    """Whether nothing is asked but how many people came to what the turn before counted."""
    goes_on = any(m.table == PROSE and m.column for m in query.measures)
    asks = hint("those_present").fullmatch(query.search)
    return goes_on and bool(query.stated) and asks is not None


def those_present(question: TextQuestion) -> Answer | None:
    """The number of people straight behind the one stated last, in its sentence."""
    query = question.query
    last, numbers = query.stated[-1], question.numbers(question.report)
    if last.report != question.report:
        return None
    figures = numbers.figures
    places = [(f.table, f.row, f.column) for f in figures]
    stated = (last.measure.table, last.measure.row, last.measure.column)
    at = places.index(stated) if stated in places else len(figures)
    if at + 1 >= len(figures) or not _tells_who_came(figures[at], figures[at + 1]):
        return None
    found = Scored(numbers.report, figures[at + 1], 1.0)
    return from_cells(query, [cell_of(found)], quoted(found))


def _tells_who_came(held: Figure, present: Figure) -> bool:
    """Whether a number counts people, and the one before it, of its sentence, other things."""
    if held.prose is None or present.prose is None or present.prose.of is not None:
        return False
    people = hint("people_unit")
    return (
        held.prose.sentence == present.prose.sentence
        and present.prose.kind in COUNTED
        and people.fullmatch(present.unit) is not None
        and people.fullmatch(held.unit) is None
    )
