"""What is to be done with the cells of a question, as its words and the turns before say."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lexicon import hint
from assistant.query import Condition, Measure, Operation
from assistant.understanding.cells import OF_NO_CELL, of_tables
from assistant.understanding.earlier import ADDING
from assistant.understanding.intent import operation_of, ranked_over
from assistant.understanding.qualified import parts_of_head
from assistant.understanding.scope import Scope, sums_up
from assistant.understanding.turn import Turn
from assistant.words.mentions import mask


def to_be_done(turn: Turn, scope: Scope) -> Operation:
    """What is to be done, as the words, the reports and the turns before say."""
    operation = operation_of(turn.heard, several=turn.heard.several)
    if operation is Operation.LOOK_UP and (turn.earlier.adds() or turn.earlier.items_now()):
        return Operation.SUM
    if operation in ADDING and turn.earlier.unanswered():
        return Operation.LOOK_UP
    compares = operation is Operation.COMPARE or (
        operation is Operation.DIFFERENCE
        and "compare" in turn.heard.operations
        and not turn.heard.several
    )
    if compares and not scope.named and len(scope.cards) > 1:
        return Operation.RANK  # 2022年哪家新收多: of all reports there are
    return operation


def lacks_addend(turn: Turn, operation: Operation, measures: Sequence[Measure]) -> bool:
    """Whether one cell alone was heard where a sum of two is asked for: 甲和某项加起来."""
    alone = len(measures) == 1 and of_tables(measures) and not turn.years[1:]
    if not alone or len(turn.selection.groups) > 1:
        return False
    if parts_of_head(measures[0].row) and hint("sub_rows").search(turn.heard.text):
        return False
    named = [*turn.heard.rows, *turn.heard.columns, *turn.heard.acts]
    rest = mask(turn.heard.text, [span for m in named for span in m.words])
    if operation is Operation.LOOK_UP and hint("together").search(turn.heard.text):
        return hint("joined_to").search(rest) is not None
    return operation is Operation.SUM and hint("joined").search(rest) is not None


def added_up(turn: Turn, operation: Operation, measures: Sequence[Measure]) -> Operation:
    """A sum where several cells are named and one number is asked for: 甲和乙一共几件.

    The cells are several rows, or one cell of several bodies or years.
    """
    several = len(measures) > 1
    if hint("of_which").search(turn.heard.text):
        return operation
    if several and turn.heard.left_out and operation is Operation.LOOK_UP:
        return Operation.SUM
    reports = len(turn.selection.groups) > 1 or len(turn.years) > 1 or turn.heard.several
    several = several or (reports and len(measures) == 1 and of_tables(measures))
    if operation is not Operation.LOOK_UP or not several or "each" in turn.heard.operations:
        return operation
    together = hint("together").search(turn.heard.text) or sums_up(turn)
    return Operation.SUM if together else operation


def of_wholes(turn: Turn, operation: Operation) -> bool:
    """Whether shares are asked for, or reports are ranked by them."""
    if operation is Operation.RANK and "share" in turn.heard.operations:
        return ranked_over(turn.heard) == "reports"
    return operation is Operation.SHARE


def names_nothing(
    turn: Turn, operation: Operation, condition: Condition | None, *, measured: bool
) -> bool:
    """Whether no cell is named that an operation needs, or a bound without its number."""
    heard = turn.heard
    rest = hint("the_rest").search(heard.text) and not (heard.rows or heard.columns)
    table = turn.last is not None and of_tables(turn.last.measures)
    of_changes = {Operation.AVERAGE: "mean_change", Operation.RANK: "greatest_change"}
    name = of_changes.get(operation)  # a change is no count, and neither is its mean
    if (rest and table) or (name is not None and hint(name).search(heard.text)):
        return True
    if operation in (Operation.COUNT, Operation.WHICH) and condition is None:
        return hint("bound").search(turn.heard.text) is not None or not measured
    return not measured and operation not in OF_NO_CELL


def asks_points(turn: Turn) -> bool:
    """Whether it is asked how far two shares are apart: 占比比上年提高几个百分点."""
    text = turn.heard.text
    since = hint("grown").search(text) or hint("points").search(text)
    moved = {"difference", "growth"} & turn.heard.operations
    return bool(moved and (turn.heard.several or since))


def asks_each(turn: Turn, operation: Operation, wholes: Sequence[Measure]) -> bool:
    """Whether each of several things is asked for; so are shares that are compared."""
    compared = operation is Operation.SHARE and bool(wholes)
    return "each" in turn.heard.operations or (compared and "compare" in turn.heard.operations)
