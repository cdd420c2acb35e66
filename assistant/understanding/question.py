"""Words to a `Query`, with the dialogue so far."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Language
from assistant.lexicon import Lexicon, hint
from assistant.lexicon.drafting import wanted_draft
from assistant.query import PROSE, Condition, Dialogue, Measure, Operation, Query
from assistant.understanding.asked import content_words
from assistant.understanding.context import Context
from assistant.understanding.earlier import ADDING, Earlier
from assistant.understanding.heard import Heard
from assistant.understanding.intent import (
    apart_in_rank,
    condition_of,
    of_the_text,
    operation_of,
    order_of,
    ranked_over,
)
from assistant.understanding.listening import listen
from assistant.understanding.meant import Meant
from assistant.understanding.measures import asked_cells
from assistant.understanding.qualified import parts_of_head
from assistant.understanding.selection import Selection
from assistant.understanding.wholes import said_whole
from assistant.words.folding import detect_language, fold_question
from assistant.words.mentions import mask
from index.report import ReportCard

ABOUT_REPORTS = frozenset({Operation.REPORTS, Operation.FINDINGS})
OF_NO_CELL = frozenset({Operation.PASSAGE, Operation.DEFINE, *ABOUT_REPORTS})
"""Operations that ask for no cell."""
MOST_EACH = 20
"""Reports of which each is answered for: 各单位分别多少."""
SHORT, MOST_ELLIPTIC = 2, 2
"""Characters of a row's name, and content words of a question, that may go on from before."""


def understand(text: str, dialogue: Dialogue, context: Context) -> Query:
    """Understand one question; what it leaves out is taken from the dialogue."""
    folded = fold_question(text)
    small_talk = _small_talk(folded, context.lexicon)
    if small_talk is not None:
        return Query(text=text, language=detect_language(text), operation=small_talk)
    if wanted_draft(text) is not None:
        return Query(text=text, language=detect_language(text), operation=Operation.DRAFT)
    heard, selection, slips = listen(folded, context, dialogue)
    query = _Reader(text, heard, selection, dialogue, context).query()
    return query.model_copy(update={"corrected": slips})


def _small_talk(folded: str, lexicon: Lexicon) -> Operation | None:
    bare = folded.strip(" ,，。.!！?？~～")
    if not bare:
        return Operation.UNCLEAR
    for pattern in lexicon.chat:
        if pattern.regex.fullmatch(bare):
            return Operation(pattern.key)
    return None


class _Reader:
    """One question, its words recognised, on its way to a query."""

    def __init__(
        self,
        text: str,
        heard: Heard,
        selection: Selection,
        dialogue: Dialogue,
        context: Context,
    ) -> None:
        self.text, self.heard, self.selection = text, heard, selection
        self.dialogue, self.last, self.context = dialogue, dialogue.last, context
        self.meant = Meant(heard, selection, dialogue, context.directory)

    @property
    def years(self) -> list[int]:
        """The years that the question is about."""
        return self.meant.years

    def query(self) -> Query:
        cards, named = self.meant.reports()
        known = self.context.directory.by_id
        earlier = Earlier(self.heard, self.selection, self.dialogue, self.years, known)
        self.earlier = earlier
        if self.meant.lacks_year(cards) or self._lacks_bodies(cards):
            cards = []
        several = self.meant.both or self._several(cards)
        every = self._over_every_report(operation_of(self.heard, several=several))
        if every:
            several = named = True
            cards = self.meant.of_all(cards)
        elif self._each_report() and len(all_there := self.meant.of_all(cards)) <= MOST_EACH:
            cards, several, named = all_there, True, True
        self.heard.one_report, self.heard.several = named and len(cards) == 1, several
        again = self.last if earlier.again() else None
        operation = again.operation if again is not None else self._operation(cards, named)
        measures = self._measures(operation)
        of_place = self.selection.of_place and _of_tables(measures)
        if of_place:
            cards = list(self.selection.cards)
        if self._lacks_addend(operation, measures):
            measures = [Measure(table=PROSE, row=self.heard.content)]
        operation = self._added_up(operation, measures)
        measures = earlier.elsewhere(operation) or measures
        moved = earlier.grown(operation)
        several |= moved is not operation and earlier.same_two()
        operation = moved
        apart = earlier.shares_apart(operation)
        if apart:
            return self._shares_apart(apart)
        recalled = earlier.recalled(operation) if again is None else 0
        wholes: tuple[Measure, ...] = ()
        if again is not None and again.wholes:
            measures, wholes = earlier.share_again(measures)
        elif self._of_wholes(operation) and not recalled and _of_tables(measures):
            measures, wholes = earlier.share(measures)
        condition = condition_of(self.heard, self.context.lexicon)
        if self._names_nothing(operation, condition, measured=bool(measures or recalled)):
            operation, measures = Operation.UNCLEAR, []
        return Query(
            text=self.text,
            language=detect_language(self.text),
            operation=operation,
            measures=tuple(measures),
            wholes=wholes,
            condition=condition,
            order=order_of(self.heard),
            over=ranked_over(self.heard),
            apart=apart_in_rank(self.heard),
            per_cent=bool(hint("per_cent").search(self.heard.text)),
            every=every,
            times="ratio" in self.heard.operations,
            whole_said=said_whole(self.heard) if wholes else None,
            points=bool(wholes) and self._asks_points(),
            fell=bool(hint("fell").search(self.heard.text))
            and not hint("rose").search(self.heard.text),  # 升了还是降了 asks for either
            recalled=recalled,
            against=earlier.against(operation) if recalled == 1 else "",
            stated=earlier.numbers_stated(),
            first=recalled > 0 and bool(hint("first_two").search(self.heard.text)),
            reports=tuple(c.id for c in cards),
            years=tuple(self.years),
            named=named,
            each=self._asks_each(operation, wholes),
            several=several,
            of_place=of_place,
            missing=self.selection.missing,
            stranger=self._stranger() if not named else None,
            claimed=self.heard.claimed if hint("claim").search(self.heard.text) else None,
            residual=tuple(self.heard.residual),
            unknown=tuple(self.heard.unknown),
            search=self.heard.content,
            said=self.heard.said,
            about=self._about(),
            heard=self._slots(named=named),
        )

    def _names_nothing(
        self, operation: Operation, condition: Condition | None, *, measured: bool
    ) -> bool:
        """Whether no cell is named that an operation needs, or a bound without its number."""
        heard = self.heard
        rest = hint("the_rest").search(heard.text) and not (heard.rows or heard.columns)
        table = self.last is not None and _of_tables(self.last.measures)
        of_changes = {Operation.AVERAGE: "mean_change", Operation.RANK: "greatest_change"}
        name = of_changes.get(operation)  # a change is no count, and neither is its mean
        if (rest and table) or (name is not None and hint(name).search(heard.text)):
            return True
        if operation in (Operation.COUNT, Operation.WHICH) and condition is None:
            return hint("bound").search(self.heard.text) is not None or not measured
        return not measured and operation not in OF_NO_CELL

    def _shares_apart(self, reports: Sequence[str]) -> Query:
        """The shares of the last two turns, and how far apart they are."""
        assert self.last is not None  # noqa: S101 - there were two
        told = {"text": self.text, "language": detect_language(self.text), "said": self.heard.said}
        again = {"reports": tuple(reports), "several": True, "points": True, "whole_said": None}
        return self.last.model_copy(update={**told, **again})

    def _operation(self, cards: Sequence[ReportCard], named: bool) -> Operation:
        """What is to be done, as the words, the reports and the turns before say."""
        operation = operation_of(self.heard, several=self.heard.several)
        if operation is Operation.LOOK_UP and (self.earlier.adds() or self.earlier.items_now()):
            return Operation.SUM
        if operation in ADDING and self.earlier.unanswered():
            return Operation.LOOK_UP
        compares = operation is Operation.COMPARE or (
            operation is Operation.DIFFERENCE
            and "compare" in self.heard.operations
            and not self.heard.several
        )
        if compares and not named and len(cards) > 1:
            return Operation.RANK  # 2022年哪家新收多: of all reports there are
        return operation

    def _over_every_report(self, operation: Operation) -> bool:
        """Whether a sum or a mean goes over all reports there are: 全部报告加起来."""
        if self.selection.named or self.selection.missing is not None:
            return False
        if not hint("every_report").search(self.heard.text):
            return False
        return operation in (Operation.SUM, Operation.AVERAGE) or self._sums_up()

    def _sums_up(self) -> bool:
        """Whether one number is asked for all that is named: 一共, or 总量 over every report."""
        text = self.heard.text
        every = hint("every_report").search(text) or hint("several_years").search(text)
        whole = every and "each" not in self.heard.operations
        return self.earlier.sums() or bool(whole and hint("summed").search(self.heard.text))

    def _lacks_addend(self, operation: Operation, measures: Sequence[Measure]) -> bool:
        """Whether one cell alone was heard where a sum of two is asked for: 甲和某项加起来."""
        alone = len(measures) == 1 and _of_tables(measures) and not self.years[1:]
        if not alone or len(self.selection.groups) > 1:
            return False
        if parts_of_head(measures[0].row) and hint("sub_rows").search(self.heard.text):
            return False
        named = [*self.heard.rows, *self.heard.columns, *self.heard.acts]
        rest = mask(self.heard.text, [span for m in named for span in m.words])
        if operation is Operation.LOOK_UP and hint("together").search(self.heard.text):
            return hint("joined_to").search(rest) is not None
        return operation is Operation.SUM and hint("joined").search(rest) is not None

    def _added_up(self, operation: Operation, measures: Sequence[Measure]) -> Operation:
        """A sum where several cells are named and one number is asked for: 甲和乙一共几件.

        The cells are several rows, or one cell of several bodies or years.
        """
        several = len(measures) > 1
        if hint("of_which").search(self.heard.text):
            return operation
        if several and self.heard.left_out and operation is Operation.LOOK_UP:
            return Operation.SUM
        reports = len(self.selection.groups) > 1 or len(self.years) > 1 or self.heard.several
        several = several or (reports and len(measures) == 1 and _of_tables(measures))
        if operation is not Operation.LOOK_UP or not several or "each" in self.heard.operations:
            return operation
        together = hint("together").search(self.heard.text) or self._sums_up()
        return Operation.SUM if together else operation

    def _asks_points(self) -> bool:
        """Whether it is asked how far two shares are apart: 占比比上年提高几个百分点."""
        text = self.heard.text
        since = hint("grown").search(text) or hint("points").search(text)
        moved = {"difference", "growth"} & self.heard.operations
        return bool(moved and (self.heard.several or since))

    def _of_wholes(self, operation: Operation) -> bool:
        """Whether shares are asked for, or reports are ranked by them."""
        if operation is Operation.RANK and "share" in self.heard.operations:
            return ranked_over(self.heard) == "reports"
        return operation is Operation.SHARE

    def _measures(self, operation: Operation) -> list[Measure]:
        """Cells of the tables; a number of the text where words are left that no table has."""
        if operation in ABOUT_REPORTS or operation is Operation.PASSAGE:
            return []
        heard = self.heard
        before = list(self.last.measures) if self.last and not self._stands_alone() else []
        prose = [m for m in before if m.table == PROSE]
        if prose and self._goes_on():
            last = prose[-1]
            own = content_words(last.row, self.context.lexicon)
            words = last.row if own else last.column
            if heard.columns and self.earlier.refused():  # of what was not found, a part is
                return [Measure(table=PROSE, row=f"{heard.content} {words or ''}".strip())]
            return [Measure(table=PROSE, row=heard.content, column=words)]
        if operation is not Operation.DEFINE and (heard.blocking or of_the_text(heard)):
            return [Measure(table=PROSE, row=heard.content)]
        if self._part_of_before(before):
            heard.rows = []
        if "previous_year" in heard.operations and not heard.rows:
            heard.columns = [m for m in heard.columns if m.key != "prev_items"]
        found = asked_cells(heard, operation, [m for m in before if m.table != PROSE])
        if not found and content_words(heard.content, self.context.lexicon):
            return [Measure(table=PROSE, row=heard.content)]
        return found

    def _part_of_before(self, before: Sequence[Measure]) -> bool:
        """Whether a kind of applicant of the row before is asked for: 其中个人申请的呢."""
        heard = self.heard
        weak = bool(heard.rows and heard.columns) and not any(m.strong for m in heard.rows)
        inside = hint("inside_before").match(heard.text.strip(" \x00,，"))
        return bool(before) and weak and inside is not None

    def _stands_alone(self) -> bool:
        """Whether a question names body, year and row itself, so that no column is left to it."""
        selection = self.selection
        whole = (selection.named and bool(selection.years)) or self._each_report()
        elliptic = hint("elliptic").search(self.heard.text.strip(" \x00,，"))
        return whole and any(m.strong for m in self.heard.rows) and not elliptic

    def _asks_each(self, operation: Operation, wholes: Sequence[Measure]) -> bool:
        """Whether each of several things is asked for; so are shares that are compared."""
        compared = operation is Operation.SHARE and bool(wholes)
        return "each" in self.heard.operations or (compared and "compare" in self.heard.operations)

    def _each_report(self) -> bool:
        """Whether something is asked of each report there is: 各单位分别多少."""
        own = self.selection.named or self.selection.missing is not None
        each = "each" in self.heard.operations and hint("every_report").search(self.heard.text)
        return bool(each and not own)

    def _stranger(self) -> str | None:
        """An unknown word that stands where the body does, right before the year: 某地2017年."""
        text = self.heard.text
        for word in self.heard.unknown:
            start = text.find(word)
            end = start + len(word)
            beside = any(span[0] - end in (0, 1) for _, span in self.selection.years_at)
            if start >= 0 and beside and not text[:start].strip(" ,，。\x00"):
                return word
        return None

    def _about(self) -> tuple[str, ...]:
        """What the sentence of a number must be about where an English question names rows.

        Their English words (requests) do not stand there to be looked for.
        """
        if detect_language(self.text) is not Language.EN:
            return ()
        asks = hint("requests_en").search(self.heard.text)
        rows = [
            m
            for m in self.heard.rows
            if m.strong and m.kind != "annex" and (asks or m.key != "result_total")
        ]
        names = [m.key if m.kind == "t2" else m.kind for m in rows]
        return tuple(dict.fromkeys(f"about_{name}" for name in names))

    def _goes_on(self) -> bool:
        """Whether a question after one about the text leaves something to it: 公众号呢."""
        if any(m.strong and m.size > SHORT for m in self.heard.rows):
            return False
        if self.heard.rows and hint("said_table").search(self.heard.text):
            return False
        said = content_words(self.heard.content, self.context.lexicon)
        return len(said) <= MOST_ELLIPTIC or bool(hint("elliptic").search(self.heard.text))

    def _several(self, cards: Sequence[ReportCard]) -> bool:
        """Whether the question asks for each of several reports."""
        words = self.heard.operations
        groups = len(self.selection.groups) > 1 or len(self.years) > 1
        one_body = len(cards) > 1 and len({c.body for c in cards}) == 1 and cards[0].body
        years = words & {"by_year", "trend"} or self.selection.latest > 1
        return groups or bool(one_body and years)

    def _lacks_bodies(self, cards: Sequence[ReportCard]) -> bool:
        """Whether the bodies of a place are asked for together, and none reports for them all.

        The text of one report may tell of them all: 各乡镇一共公开了几条.
        """
        if not self.heard.rows and len(cards) == 1:
            return False
        together = self.earlier.sums() and hint("every_body").search(self.heard.text)
        governments = tuple(self.context.lexicon.bodies.government_names)
        if not together or not self.selection.named:
            return False
        return not any(c.body is None or c.body.endswith(governments) for c in cards)

    def _slots(self, *, named: bool) -> tuple[tuple[str, str], ...]:
        """What was understood, each with the words that said so."""
        text = self.heard.text
        slots = [("report", text[a:b]) for a, b in self.selection.covered] if named else []
        mentions = [("row", m) for m in self.heard.rows]
        mentions += [("column", m) for m in self.heard.columns]
        mentions += [("operation", m) for m in self.heard.acts]
        slots += [(kind, "".join(text[a:b] for a, b in m.words)) for kind, m in mentions]
        return tuple(slot for slot in slots if slot[1].strip("\x00 "))


def _of_tables(measures: Sequence[Measure]) -> bool:
    return bool(measures) and all(m.table != PROSE for m in measures)
