"""What a question takes from the turns before: their cells, or what was done with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.lexicon import hint
from assistant.query import COMPUTED, PAIR, PROSE, Dialogue, Measure, Operand, Operation, Query
from assistant.understanding.heard import Heard
from assistant.understanding.measures import of_items
from assistant.understanding.selection import Selection
from assistant.understanding.set_against import set_against
from assistant.understanding.years import COUNTS
from assistant.words.mentions import MASK, mask, words_of
from index.report import ReportCard

COMPARED = frozenset({Operation.COMPARE, Operation.DIFFERENCE, Operation.RATIO})
APART = COMPARED | {Operation.GROWTH}
ADDING = COMPARED | {Operation.SUM, Operation.AVERAGE}
COUNTED = re.compile(r"[两二三四五]|two|three|four|both")
STEPS = frozenset({"same_year", "next_year", "previous_year"})
"""Operations that only say which report is meant."""


@dataclass(frozen=True)
class Earlier:
    """A question as it was heard, beside its dialogue.

    ``years`` are those that it names, ``known`` the reports there are, by id.
    """

    heard: Heard
    selection: Selection
    dialogue: Dialogue
    years: Sequence[int]
    known: Mapping[str, ReportCard]

    def again(self) -> bool:
        """Whether the same is to be worked out elsewhere: 同样算; after a share only 乙局呢."""
        heard, last = self.heard, self.dialogue.last
        if last is None or last.operation not in COMPUTED or heard.residual:
            return False
        if heard.operations - STEPS - {last.operation}:
            return False
        elsewhere = self.selection.named or bool(self.years)
        if hint("same_again").search(heard.text) and not heard.rows and not heard.columns:
            return elsewhere
        if (heard.rows or heard.columns) and len(last.measures) > 1:
            return False  # of several together, which of them is not said
        goes_on = hint("elliptic").search(heard.text) and not hint("asks_number").search(heard.text)
        return bool(last.wholes and goes_on and last.operation is Operation.SHARE)

    def number_again(self) -> Query | None:
        """The turn before, if its number of the text is asked for of other reports: 22年呢."""
        heard, last = self.heard, self.dialogue.last
        own = heard.rows or heard.residual or heard.operations - STEPS
        if own or last is None or not last.measures or last.measures[-1].table != PROSE:
            return None
        elsewhere = self.selection.named or self.years or heard.operations
        if not elsewhere or last.operation is Operation.PASSAGE:
            return None
        rest = mask(heard.text, [*words_of(heard.acts), *words_of(heard.columns)])
        rest = mask(rest, (span for _, span in self.selection.years_at))
        total = all(m.key == "total" for m in heard.columns)
        said = hint("elsewhere").fullmatch(rest.replace(MASK, " "))
        return last if said is not None and total else None

    def items_now(self) -> bool:
        """Whether it is asked how many items there are after the change that was stated."""
        heard, last = self.heard, self.dialogue.last
        own = heard.rows or heard.columns or heard.residual or self.selection.named
        if own or last is None or not of_items(last.measures):
            return False
        return hint("items_left").search(heard.text) is not None

    def sums(self) -> bool:
        """Whether the words ask for several things together."""
        return bool("sum" in self.heard.operations or hint("together").search(self.heard.text))

    def adds(self) -> bool:
        """Whether the last two cells stated, each in a turn of its own, are added: 一共呢."""
        heard, said = self.heard, self.dialogue.said[-PAIR:]
        own = bool(heard.rows or heard.residual or self.selection.named or self.years)
        own = own or any(m.key != "total" for m in heard.columns)
        if own or not hint("together").search(heard.text) or len(said) < PAIR:
            return False
        cells = [answer[0] for answer in said if len(answer) == 1]
        totals = all(cell.measure.column in (None, "total") for cell in cells)
        return len(set(cells)) == PAIR and totals

    def grown(self, operation: Operation) -> Operation:
        """A change of the cell last stated, or between the last two: 涨了多少件."""
        heard, last = self.heard, self.dialogue.last
        plain = operation is Operation.LOOK_UP
        if operation is Operation.SHARE:  # 降了百分之几 asks for no share
            plain = hint("portion").search(heard.text) is None
        if not plain or "growth" not in heard.operations:
            return operation
        own = heard.rows or heard.columns or heard.residual or self.selection.named
        if own or last is None or not last.measures:
            return operation
        if last.measures[0].table == PROSE:
            return Operation.GROWTH if self._two_of_one_kind() else operation
        one = len(last.reports) == 1 and len(last.measures) == 1
        moved = one or self.same_two() or self._two_set_apart() or self._two_of_one_kind()
        return Operation.GROWTH if moved else operation

    def _two_set_apart(self) -> bool:
        """Whether the turn before set two cells of one report side by side: 甲比乙少几件."""
        last = self.dialogue.last
        if last is None or last.operation not in (Operation.DIFFERENCE, Operation.COMPARE):
            return False
        newest = self.dialogue.said[-1] if self.dialogue.said else ()
        return len(last.reports) == 1 and len(newest) == PAIR

    def same_two(self) -> bool:
        """Whether the two reports that the turn before set side by side are still meant."""
        last = self.dialogue.last
        if last is None or last.operation not in APART or self.selection.named or self.years:
            return False
        of_table = all(m.table != PROSE for m in last.measures)
        return last.several and of_table and len(last.reports) == PAIR and len(last.measures) == 1

    def shares_apart(self, operation: Operation) -> Sequence[str]:
        """Reports of the last two turns, if both gave the same share and how far apart is asked."""
        heard, shares = self.heard, self.dialogue.shares[-PAIR:]
        own = bool(heard.rows or heard.columns or heard.residual or self.selection.named)
        if own or self.years or operation not in APART or len(shares) < PAIR:
            return ()
        one, two = shares
        same = (one.measures, one.wholes) == (two.measures, two.wholes)
        last = self.dialogue.last
        if not same or last is None or last.operation is not Operation.SHARE:
            return ()
        return (*one.reports, *two.reports)

    def recalled(self, operation: Operation) -> int:
        """How many of the cells stated before are to be computed with."""
        said = len(self.dialogue.stated())
        if self.against(operation):
            return 1
        adds = operation is Operation.SUM  # to which 一共 is no column
        columns = [m for m in self.heard.columns if m.key != "total" or not adds]
        own = self.heard.rows or columns or self.heard.residual
        if said and operation in COMPARED and self.selection.named and not self.years[1:]:
            one = len(self.selection.groups) == 1 and hint("relative").search(self.heard.text)
            return 1 if one else 0
        if operation not in COMPUTED or own or said < PAIR or self.selection.named:
            return 0
        if self.years[1:] or not self._speaks_of_them(operation):
            return 0
        of_two = self._two_of_one_kind() or self._two_set_apart()
        if operation is Operation.GROWTH and not of_two:
            return 0
        if operation is Operation.SHARE and hint("of_all_of").search(self.heard.text):
            return 1  # what it is a share of is said now
        each = "each" in self.heard.operations
        if operation is Operation.SHARE and (each or self._two_of_one_kind()):
            return 0  # no cell is a share of the same cell of another report
        last = self.dialogue.last
        if operation in APART and last is not None and last.operation is Operation.SHARE:
            return 0  # 谁高 after two shares asks for no counts
        return self.counted()

    def against(self, operation: Operation) -> str:
        """What the one cell stated last is set against, in words: 占总受理量的多少; "" if nothing.

        Where both are cells of the tables, the whole is found there.
        """
        said, heard = self.dialogue.said, self.heard
        if not said or len(said[-1]) != 1 or self.selection.named or self.years:
            return ""
        of_table = said[-1][0].measure.table != PROSE
        if of_table and (operation is not Operation.SHARE or not heard.blocking):
            return ""
        return set_against(heard.said, operation)

    def _speaks_of_them(self, operation: Operation) -> bool:
        """Whether the cells stated last may be meant: of the years named, and none refused since.

        两家 and 两年 speak of two reports, and not of two cells of one.
        """
        operands = self.dialogue.recalled(self.counted())
        if not all(self.dialogue.said[-PAIR:]):
            return False
        of_years, named = {self.known[o.report].year for o in operands}, set(self.years)
        if named and not of_years <= named and not (operation in APART and named <= of_years):
            return False
        two = hint("two_reports").search(self.heard.text)
        return two is None or len({o.report for o in operands}) > 1

    def numbers_stated(self) -> tuple[Operand, ...]:
        """The numbers of running text that were stated, which words may point at."""
        return tuple(o for o in self.dialogue.stated() if o.measure.table == PROSE)

    def refused(self) -> bool:
        """Whether the turn before asked for a cell or a number, and none was stated."""
        return bool(self.dialogue.said) and not self.dialogue.said[-1]

    def unanswered(self) -> bool:
        """Whether it is still open whose cell was asked for, and this turn does not say it."""
        last, said = self.dialogue.last, self.dialogue.said
        own = self.heard.rows or self.selection.named or self.years
        return bool(last is not None and said and not said[-1] and last.reports[1:] and not own)

    def elsewhere(self, operation: Operation) -> list[Measure]:
        """The cells of the turns before, to be computed with in another report: 2022年这两项加起来.

        Empty where the question names none, or speaks of cells of its own.
        """
        heard, selection = self.heard, self.selection
        own = heard.rows or heard.columns or heard.residual or len(selection.groups) > 1
        other = selection.named or bool(self.years)
        if operation not in ADDING | APART or own or not other:
            return []
        if not hint("these_cells").search(heard.text) or not all(self.dialogue.said[-PAIR:]):
            return []
        operands = self.dialogue.recalled(self.counted()) if self.dialogue.said else []
        measures = list(dict.fromkeys(o.measure for o in operands))
        one = len({o.report for o in operands}) == 1 and len(measures) > 1
        return measures if one and all(m.table != PROSE for m in measures) else []

    def counted(self) -> int:
        """How many of the cells stated before are meant: as many as are said, or one list's."""
        number = COUNTED.search(self.heard.text)
        said, newest = len(self.dialogue.stated()), len(self.dialogue.said[-1])
        last = self.dialogue.last
        added = last.recalled if last is not None else 0  # 三年一共多少, then 平均每年多少
        return min(said, COUNTS.get(number[0], PAIR) if number else max(PAIR, newest, added))

    def _two_of_one_kind(self) -> bool:
        """Whether the last two cells stated are the same cell of two reports."""
        operands = self.dialogue.recalled(PAIR)
        if len(operands) < PAIR:
            return False
        first, second = operands
        return first.report != second.report and (
            first.measure == second.measure or first.measure.table == PROSE == second.measure.table
        )
