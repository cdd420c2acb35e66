"""Of which reports something is asked, and whether of one, of several or of all there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon import hint
from assistant.query import Operation
from assistant.understanding.intent import operation_of
from assistant.understanding.turn import Turn
from index.report import ReportCard

MOST_EACH = 20
"""Reports of which each is answered for: 各单位分别多少."""


@dataclass(frozen=True)
class Scope:
    """The reports of a question.

    ``named``: something says that they are meant; ``several``: each of several is asked for;
    ``every``: one number is asked for all there are.
    """

    cards: list[ReportCard]
    named: bool
    several: bool
    every: bool


def scope_of(turn: Turn) -> Scope:
    """The reports that something is asked of."""
    meant, cards = turn.meant, list(turn.cards)
    if meant.lacks_year(cards) or _lacks_bodies(turn, cards):
        cards = []
    several = meant.both or _asks_several(turn, cards)
    if _over_every_report(turn, operation_of(turn.heard, several=several)):
        return Scope(meant.of_all(cards), named=True, several=True, every=True)
    if of_each_report(turn) and len(all_there := meant.of_all(cards)) <= MOST_EACH:
        return Scope(all_there, named=True, several=True, every=False)
    return Scope(cards, named=turn.named, several=several, every=False)


def _over_every_report(turn: Turn, operation: Operation) -> bool:
    """Whether a sum or a mean goes over all reports there are: 全部报告加起来."""
    if turn.selection.named or turn.selection.missing is not None:
        return False
    if not hint("every_report").search(turn.heard.text):
        return False
    return operation in (Operation.SUM, Operation.AVERAGE) or sums_up(turn)


def sums_up(turn: Turn) -> bool:
    """Whether one number is asked for all that is named: 一共, or 总量 over every report."""
    text = turn.heard.text
    every = hint("every_report").search(text) or hint("several_years").search(text)
    whole = every and "each" not in turn.heard.operations
    return turn.earlier.sums() or bool(whole and hint("summed").search(turn.heard.text))


def of_each_report(turn: Turn) -> bool:
    """Whether something is asked of each report there is: 各单位分别多少."""
    own = turn.selection.named or turn.selection.missing is not None
    each = "each" in turn.heard.operations and hint("every_report").search(turn.heard.text)
    return bool(each and not own)


def _asks_several(turn: Turn, cards: Sequence[ReportCard]) -> bool:
    """Whether the question asks for each of several reports."""
    words = turn.heard.operations
    groups = len(turn.selection.groups) > 1 or len(turn.years) > 1
    one_body = len(cards) > 1 and len({c.body for c in cards}) == 1 and cards[0].body
    years = words & {"by_year", "trend"} or turn.selection.latest > 1
    return groups or bool(one_body and years)


def _lacks_bodies(turn: Turn, cards: Sequence[ReportCard]) -> bool:
    """Whether the bodies of a place are asked for together, and none reports for them all.

    The text of one report may tell of them all: 各乡镇一共公开了几条.
    """
    if not turn.heard.rows and len(cards) == 1:
        return False
    together = turn.earlier.sums() and hint("every_body").search(turn.heard.text)
    governments = tuple(turn.context.lexicon.bodies.government_names)
    if not together or not turn.selection.named:
        return False
    return not any(c.body is None or c.body.endswith(governments) for c in cards)
