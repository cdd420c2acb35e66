"""Words to a `Query`, with the dialogue so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon import Lexicon, hint
from assistant.lexicon.drafting import wanted_draft
from assistant.query import PROSE, Dialogue, Measure, Operation, Query
from assistant.understanding.cells import measures_of, of_tables
from assistant.understanding.context import Context
from assistant.understanding.doing import (
    added_up,
    asks_each,
    asks_points,
    lacks_addend,
    names_nothing,
    of_wholes,
    to_be_done,
)
from assistant.understanding.intent import apart_in_rank, condition_of, order_of, ranked_over
from assistant.understanding.listening import listen
from assistant.understanding.scope import Scope, scope_of
from assistant.understanding.shares_before import share_again, share_completed
from assistant.understanding.slots import rows_of_sentence, slots_of, stranger_in
from assistant.understanding.turn import Turn, turn_of
from assistant.understanding.wholes import said_whole
from assistant.words.folding import detect_language, fold_question


def understand(text: str, dialogue: Dialogue, context: Context) -> Query:
    """Understand one question; what it leaves out is taken from the dialogue."""
    folded = fold_question(text)
    small_talk = _small_talk(folded, context.lexicon)
    if small_talk is not None:
        return Query(text=text, language=detect_language(text), operation=small_talk)
    if wanted_draft(text) is not None:
        return Query(text=text, language=detect_language(text), operation=Operation.DRAFT)
    heard, selection, slips = listen(folded, context, dialogue)
    query = _query(turn_of(text, heard, selection, dialogue, context))
    return query.model_copy(update={"corrected": slips})


def _small_talk(folded: str, lexicon: Lexicon) -> Operation | None:
    bare = folded.strip(" ,，。.!！?？~～")
    if not bare:
        return Operation.UNCLEAR
    for pattern in lexicon.chat:
        if pattern.regex.fullmatch(bare):
            return Operation(pattern.key)
    return None


@dataclass(frozen=True)
class _Task:
    """What is to be done with which cells.

    ``apart`` are the reports of two shares stated before, of which only the distance is asked.
    """

    operation: Operation
    measures: Sequence[Measure]
    of_place: str | None
    several: bool
    apart: Sequence[str] = ()
    wholes: tuple[Measure, ...] = ()
    recalled: int = 0


def _query(turn: Turn) -> Query:
    """The query that a turn is."""
    again = turn.earlier.number_again()
    return _as_heard(turn) if again is None else _said_again(turn, again)


def _as_heard(turn: Turn) -> Query:
    """The query that the words of a turn are."""
    heard, scope = turn.heard, scope_of(turn)
    heard.one_report, heard.several = scope.named and len(scope.cards) == 1, scope.several
    task = _task(turn, scope)
    if task.apart:
        return _shares_apart(turn, task.apart)
    condition = condition_of(heard, turn.context.lexicon)
    operation, measures = task.operation, task.measures
    if names_nothing(turn, operation, condition, measured=bool(measures or task.recalled)):
        operation, measures = Operation.UNCLEAR, ()
    cards = turn.selection.cards if task.of_place is not None else scope.cards
    return Query(
        text=turn.text,
        language=detect_language(turn.text),
        operation=operation,
        measures=tuple(measures),
        wholes=task.wholes,
        condition=condition,
        order=order_of(heard),
        over=ranked_over(heard),
        apart=apart_in_rank(heard),
        per_cent=bool(hint("per_cent").search(heard.text)),
        every=scope.every,
        times="ratio" in heard.operations,
        whole_said=said_whole(heard) if task.wholes else None,
        points=bool(task.wholes) and asks_points(turn),
        fell=bool(hint("fell").search(heard.text))
        and not hint("rose").search(heard.text),  # 升了还是降了 asks for either
        recalled=task.recalled,
        against=turn.earlier.against(operation) if task.recalled == 1 else "",
        stated=turn.earlier.numbers_stated(),
        first=task.recalled > 0 and bool(hint("first_two").search(heard.text)),
        reports=tuple(c.id for c in cards),
        years=tuple(turn.years),
        named=scope.named,
        each=asks_each(turn, operation, task.wholes),
        several=task.several,
        of_place=task.of_place,
        missing=turn.selection.missing,
        stranger=stranger_in(turn) if not scope.named else None,
        claimed=heard.claimed if hint("claim").search(heard.text) else None,
        residual=tuple(heard.residual),
        unknown=tuple(heard.unknown),
        search=heard.content,
        said=heard.said,
        about=rows_of_sentence(turn),
        heard=slots_of(turn, named=scope.named),
    )


def _task(turn: Turn, scope: Scope) -> _Task:
    """What is to be done, first by the words alone and then beside the turns before."""
    earlier = turn.earlier
    again = turn.last if earlier.again() else None
    operation = again.operation if again is not None else to_be_done(turn, scope)
    measures = measures_of(turn, operation)
    of_place = turn.selection.of_place if of_tables(measures) else None
    if lacks_addend(turn, operation, measures):
        measures = [Measure(table=PROSE, row=turn.heard.content)]
    operation = added_up(turn, operation, measures)
    measures = earlier.elsewhere(operation) or measures
    moved = earlier.grown(operation)
    several = scope.several or (moved is not operation and earlier.same_two())
    operation = moved
    apart = earlier.shares_apart(operation)
    if apart:
        return _Task(operation, measures, of_place, several, apart=apart)
    recalled = earlier.recalled(operation) if again is None else 0
    wholes: tuple[Measure, ...] = ()
    if again is not None and again.wholes:
        measures, wholes = share_again(earlier, measures)
    elif of_wholes(turn, operation) and not recalled and of_tables(measures):
        measures, wholes = share_completed(earlier, measures)
    return _Task(operation, measures, of_place, several, wholes=wholes, recalled=recalled)


def _said_again(turn: Turn, before: Query) -> Query:
    """The question for a number of the text that was asked before, of other reports."""
    query = _as_heard(turn)
    told = ("measures", "search", "said", "residual", "unknown", "about", "per_cent", "fell")
    again = {name: getattr(before, name) for name in told}
    operation = query.operation if query.several or before.several else before.operation
    stated = bool(turn.dialogue.said and turn.dialogue.said[-1])
    return query.model_copy(update={**again, "operation": operation, "again": stated})


def _shares_apart(turn: Turn, reports: Sequence[str]) -> Query:
    """The shares of the last two turns, and how far apart they are."""
    assert turn.last is not None  # noqa: S101 - there were two
    told = {"text": turn.text, "language": detect_language(turn.text), "said": turn.heard.said}
    again = {"reports": tuple(reports), "several": True, "points": True, "whole_said": None}
    return turn.last.model_copy(update={**told, **again})
