"""Numbers of running text that answer: one, one of each report, or what is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.answering.cell import Cell
from assistant.answering.from_cells import from_cells
from assistant.answering.listing import year_before
from assistant.answering.named_numbers import computed_from, of_the_one, summed
from assistant.answering.one_number import one_number
from assistant.answering.paired_numbers import (
    change_in_sentence,
    of_pair,
    share_of_parts,
    share_of_whole,
)
from assistant.answering.picking import SURE, best_number
from assistant.answering.prose_cells import cell_of, parts_of
from assistant.answering.text_question import TextQuestion
from assistant.answering.those_present import asks_who_came, those_present
from assistant.lexicon import hint
from assistant.query import Operation
from assistant.understanding.asked import ENDS, Asked
from index.report import FigureKind

APART = frozenset({Operation.GROWTH, Operation.DIFFERENCE, Operation.COMPARE})
"""Operations that set the levels of several reports side by side."""


def number_answer(question: TextQuestion) -> Answer | None:
    """The number of the text that the question asks for, or what is computed from several."""
    operation = question.query.operation
    if operation in (Operation.COUNT, Operation.WHICH) or question.names_nothing_known():
        return None
    if len(question.ids) == 1:
        return _of_one_report(question)
    best_of = operation is Operation.RANK or any(hint(end).search(question.folded) for end in ENDS)
    if best_of and hint("which").search(question.folded):
        return None
    if question.query.several:
        return _same_number_of_each(question, question.ids)
    parts = parts_of(question.query, question.lexicon)
    if question.query.each and len(parts) > 1:
        return of_the_one(question, parts)
    return None if operation is Operation.SHARE else one_number(question)


def _of_one_report(question: TextQuestion) -> Answer | None:
    """A number of the one report that is read, or what is computed from two of its numbers."""
    operation, parts = question.query.operation, parts_of(question.query, question.lexicon)
    if operation is Operation.GROWTH:
        return one_number(question) or change_in_sentence(question) or _grown(question)
    if operation is Operation.SHARE:  # the text may print the share itself
        return one_number(question) or share_of_parts(question, parts) or share_of_whole(question)
    if len(parts) > 1:
        return computed_from(question, parts)
    if asks_who_came(question.query):
        return those_present(question) or _of_people(one_number(question))
    return summed(question) or one_number(question) or of_pair(question)


def _of_people(answer: Answer | None) -> Answer | None:
    """A number of people; None for any other, which cannot say how many came."""
    told = answer is not None and hint("people_unit").fullmatch(answer.unit or "")
    return answer if told else None


def _grown(question: TextQuestion) -> Answer | None:
    """The change of a number since the report of the year before."""
    card = next(c for c in question.cards if c.id == question.report)
    earlier = year_before(card, question.cards)
    if earlier is None:
        return None
    return _same_number_of_each(question, [earlier.id, card.id])


def _same_number_of_each(question: TextQuestion, ids: Sequence[str]) -> Answer | None:
    """The same number in each of several reports."""
    asked = question.asked_number()
    if question.query.operation in APART:  # the levels are asked for, not a change
        points = hint("points").search(question.folded) is not None
        asked = replace(asked, kinds=frozenset({FigureKind.SHARE} if points else ()))
    found = [_cell(question, i, asked) for i in ids]
    if any(cell is None for cell in found):
        return None
    query = question.query
    if query.operation is Operation.SHARE:  # each report prints its own
        query = query.model_copy(update={"operation": Operation.LOOK_UP})
    return from_cells(query, [c for c in found if c is not None])


def _cell(question: TextQuestion, report_id: str, asked: Asked) -> Cell | None:
    """The number of one of several reports; None where none is near enough.

    A mean whose name says more than was asked is one of something else: 文件上网平均用时.
    """
    best = best_number(question.numbers(report_id).score(asked))
    if best is not None and asked.average and best.unasked > 1:
        return None
    if best is None or (best.score < SURE and question.asks_text()):
        return None
    return cell_of(best)
