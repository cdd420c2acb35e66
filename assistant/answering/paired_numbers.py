"""What two numbers of running text say together: a share, a rest, a change, one of each."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.answering.from_cells import from_cells
from assistant.answering.named_numbers import computed_from, each_named
from assistant.answering.one_number import leaves_out
from assistant.answering.prose_cells import cell_of, quoted
from assistant.answering.scored import Scored
from assistant.answering.text_pairs import changed, left_over, part_of_whole, per_one, printed_share
from assistant.answering.text_question import TextQuestion
from assistant.query import PAIR, Operation
from index.report import FigureKind


def of_pair(question: TextQuestion) -> Answer | None:
    """What two numbers say together: the rest of a whole, a share, how many come to one."""
    asked, numbers = question.asked_number(), question.numbers(question.report)
    if asked.remainder:
        rest = left_over(numbers, asked, question.folded)
        return _worked_out(question, rest, Operation.DIFFERENCE)
    if asked.average:
        spread = per_one(numbers, asked, question.folded)
        return _worked_out(question, spread, Operation.AVERAGE)
    if asked.kinds == frozenset({FigureKind.SHARE}):
        return share_of_whole(question)
    return None


def change_in_sentence(question: TextQuestion) -> Answer | None:
    """The change from an earlier number that the text prints beside it."""
    pair = changed(question.numbers(question.report), question.asked_number())
    return from_cells(question.query, [cell_of(s) for s in pair]) if pair is not None else None


def share_of_parts(question: TextQuestion, parts: Sequence[str]) -> Answer | None:
    """The share of one number that the question names in another, as printed or computed."""
    found = each_named(question, parts) if len(parts) == PAIR else None
    if found is not None:
        printed = printed_share(question.numbers(question.report), (found[0], found[1]))
        if printed is not None:
            return _as_printed(question, printed)
    return computed_from(question, parts) if len(parts) > 1 else None


def share_of_whole(question: TextQuestion) -> Answer | None:
    """The share of a number in the whole that its sentence names."""
    asked, numbers = question.asked_number(), question.numbers(question.report)
    pair = part_of_whole(numbers, asked, question.folded)
    printed = printed_share(numbers, pair) if pair is not None else None
    if printed is not None and not leaves_out(question, printed):
        return _as_printed(question, printed)
    return _worked_out(question, pair, Operation.SHARE)


def _as_printed(question: TextQuestion, share: Scored) -> Answer:
    """A share that the text prints, where it need not be computed."""
    query = question.query.model_copy(update={"operation": Operation.LOOK_UP})
    return from_cells(query, [cell_of(share)], quoted(share))


def _worked_out(
    question: TextQuestion, pair: tuple[Scored, Scored] | None, operation: Operation
) -> Answer | None:
    """What is computed from two numbers."""
    if pair is None or any(leaves_out(question, scored) for scored in pair):
        return None
    query = question.query.model_copy(update={"operation": operation})
    return from_cells(query, [cell_of(scored) for scored in pair])
