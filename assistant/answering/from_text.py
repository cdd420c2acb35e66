"""Answers from the text: numbers with their sentence, and quotations, always as printed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Kind
from assistant.answering.quotations import nearest, quotation
from assistant.answering.text_numbers import number_answer
from assistant.answering.text_question import TextQuestion
from assistant.lexicon import hint
from assistant.library.shelf import Shelf
from assistant.query import Operation, Query
from index.report import ReportCard


def text_answer(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """A number, a quotation, a question back, or a refusal that offers the nearest passages."""
    question = TextQuestion(query, cards, shelf)
    if question.query.operation is Operation.PASSAGE:
        return quotation(question)
    of_table = hint("said_table").search(question.folded)  # which has no such item
    found = number_answer(question) if of_table is None else None
    if found is not None and _is_wanted(question, found):
        return found
    return quotation(question) if question.asks_text() else nearest(question)


def _is_wanted(question: TextQuestion, found: Answer) -> bool:
    """Whether numbers answer: none to a sum that is spelled out, nor several to 哪几个部门."""
    if found.kind is Kind.LIST:
        return not question.asks_text()
    return not (found.kind is Kind.FIGURE and question.spelled_out())
