"""Several numbers of running text that a question names, computed with or listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.answering.from_cells import from_cells
from assistant.answering.picking import best_number
from assistant.answering.prose_cells import cell_of, listed_parts, parts_of
from assistant.answering.scored import Scored
from assistant.answering.stated_before import stated_before
from assistant.answering.text_question import TextQuestion
from assistant.lexicon import hint
from assistant.query import PAIR, Operation
from assistant.understanding.asked import counted_alike

SAME_UNIT = frozenset({Operation.SUM, Operation.DIFFERENCE, Operation.LOOK_UP})
"""Operations whose numbers are counted alike."""


def computed_from(question: TextQuestion, parts: Sequence[str]) -> Answer | None:
    """What is computed from, or listed of, numbers of one report, each named by a part."""
    found = each_named(question, parts)
    if found is None:
        return None
    named = [cell_of(scored) for scored in found]
    shared = question.query.operation is Operation.SHARE
    if shared and not counted_alike(cell.unit for cell in named):
        return None
    return from_cells(question.query, named)


def each_named(question: TextQuestion, parts: Sequence[str]) -> list[Scored] | None:
    """The number that each part names, all of them others; None where one names none."""
    found = []
    for part in parts:
        before = stated_before(question.query, question.shelf.report(question.report), part)
        if before is not None:
            found.append(before)
            continue
        asked = replace(question.asked(part), kinds=frozenset(), average=False, head=None)
        if question.query.operation not in SAME_UNIT:
            asked = replace(asked, unit=None)
        best = best_number(question.numbers(question.report).score(asked))
        if best is None:
            return None
        found.append(best)
    distinct = len({scored.figure.address for scored in found}) == len(found)
    return found if distinct else None


def of_the_one(question: TextQuestion, parts: Sequence[str]) -> Answer | None:
    """Several numbers of the one report, of several read, that has them all."""
    found = [computed_from(question.of(report), parts) for report in question.ids]
    having = [answer for answer in found if answer is not None]
    return having[0] if len(having) == 1 else None


def summed(question: TextQuestion) -> Answer | None:
    """The sum of numbers where one number is asked for all: 甲和乙一共几件."""
    summing = question.query.model_copy(update={"operation": Operation.SUM})
    together = hint("together").search(question.folded)
    if together is None and question.query.operation is not Operation.SUM:
        return None
    of_all = TextQuestion(summing, question.cards, question.shelf)
    parts = parts_of(summing, question.lexicon)
    return _of_list(of_all) if len(parts) == 1 else computed_from(of_all, parts)


def _of_list(question: TextQuestion) -> Answer | None:
    """The sum of more than two numbers that the question lists: all of one sentence.

    Names of a list that are no such numbers may be one thing together, and are not summed.
    """
    parts = listed_parts(question.query, question.lexicon)
    found = each_named(question, parts) if len(parts) > PAIR else None
    if found is None:
        return None
    places = {s.figure.prose.sentence for s in found if s.figure.prose is not None}
    alike_counted = len({s.figure.unit for s in found}) == 1
    if len(places) > 1 or not alike_counted:
        return None
    return from_cells(question.query, [cell_of(scored) for scored in found])
