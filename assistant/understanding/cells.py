"""Which cells of tables, or which number of the text, a question asks for in its dialogue."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lexicon import hint
from assistant.query import PROSE, Measure, Operation
from assistant.understanding.asked import content_words
from assistant.understanding.intent import of_the_text
from assistant.understanding.measures import asked_cells
from assistant.understanding.scope import of_each_report
from assistant.understanding.turn import Turn

ABOUT_REPORTS = frozenset({Operation.REPORTS, Operation.FINDINGS})
OF_NO_CELL = frozenset({Operation.PASSAGE, Operation.DEFINE, *ABOUT_REPORTS})
"""Operations that ask for no cell."""
SHORT, MOST_ELLIPTIC = 2, 2
"""Characters of a row's name, and content words of a question, that may go on from before."""


def of_tables(measures: Sequence[Measure]) -> bool:
    """Whether there are measures, all of them cells of tables."""
    return bool(measures) and all(m.table != PROSE for m in measures)


def measures_of(turn: Turn, operation: Operation) -> list[Measure]:
    """Cells of the tables; a number of the text where words are left that no table has."""
    if operation in ABOUT_REPORTS or operation is Operation.PASSAGE:
        return []
    heard = turn.heard
    before = list(turn.last.measures) if turn.last and not _stands_alone(turn) else []
    prose = [m for m in before if m.table == PROSE]
    if prose and _goes_on(turn):
        last = prose[-1]
        own = content_words(last.row, turn.context.lexicon)
        words = last.row if own else last.column
        if heard.columns and turn.earlier.refused():  # of what was not found, a part is
            return [Measure(table=PROSE, row=f"{heard.content} {words or ''}".strip())]
        return [Measure(table=PROSE, row=heard.content, column=words)]
    if operation is not Operation.DEFINE and (heard.blocking or of_the_text(heard)):
        return [Measure(table=PROSE, row=heard.content)]
    if _part_of_before(turn, before):
        heard.rows = []
    if "previous_year" in heard.operations and not heard.rows:
        heard.columns = [m for m in heard.columns if m.key != "prev_items"]
    found = asked_cells(heard, operation, [m for m in before if m.table != PROSE])
    if not found and content_words(heard.content, turn.context.lexicon):
        return [Measure(table=PROSE, row=heard.content)]
    return found


def _part_of_before(turn: Turn, before: Sequence[Measure]) -> bool:
    """Whether a kind of applicant of the row before is asked for: 其中个人申请的呢."""
    heard = turn.heard
    weak = bool(heard.rows and heard.columns) and not any(m.strong for m in heard.rows)
    inside = hint("inside_before").match(heard.text.strip(" \x00,，"))
    return bool(before) and weak and inside is not None


def _stands_alone(turn: Turn) -> bool:
    """Whether a question names body, year and row itself, so that no column is left to it."""
    selection = turn.selection
    whole = (selection.named and bool(selection.years)) or of_each_report(turn)
    elliptic = hint("elliptic").search(turn.heard.text.strip(" \x00,，"))
    return whole and any(m.strong for m in turn.heard.rows) and not elliptic


def _goes_on(turn: Turn) -> bool:
    """Whether a question after one about the text leaves something to it: 公众号呢."""
    if any(m.strong and m.size > SHORT for m in turn.heard.rows):
        return False
    if turn.heard.rows and hint("said_table").search(turn.heard.text):
        return False
    said = content_words(turn.heard.content, turn.context.lexicon)
    return len(said) <= MOST_ELLIPTIC or bool(hint("elliptic").search(turn.heard.text))
