"""★ The second half of the road: a question to an answer with its evidence.

One `Desk.ask` stands behind the command line, batches, the web chat and tools, so that they
cannot differ. The steps: understand, find the reports, take the evidence, put it into words,
let a chat model help where one is configured, and let the guard read it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.answer import Answer, Kind, Reason, Role
from assistant.answering.asked_findings import findings_asked
from assistant.answering.compose import chat
from assistant.answering.drafting import draft_answer, place_draft
from assistant.answering.explain import define_answer
from assistant.answering.found import findings_answer
from assistant.answering.from_tables import recalled_answer, tables_answer
from assistant.answering.from_text import text_answer
from assistant.answering.listing import clarify, list_reports, no_report
from assistant.answering.refusing import refuse, refuse_empty, refuse_unclear
from assistant.helping.alternatives import offer as other_readings
from assistant.helping.guard import unsupported
from assistant.helping.helped import Asking, Helper
from assistant.helping.model import load_model
from assistant.lexicon import hint, load_lexicon
from assistant.lexicon.findings import WHOLE, load_families
from assistant.library.directory import Directory
from assistant.library.shelf import Shelf
from assistant.query import PROSE, Dialogue, Measure, Operand, Operation, Query
from assistant.settings import Settings
from assistant.understanding.annex import no_counterpart
from assistant.understanding.context import Context
from assistant.understanding.question import understand
from assistant.words.folding import says_nothing
from index.errors import ModelError
from index.report import Check, Report, ReportCard
from index.script import fold

SMALL_TALK = frozenset({Operation.GREETING, Operation.THANKS, Operation.HELP})
ELSEWHERE = frozenset({Reason.NOT_REPORTED, Reason.BLANK})
"""Reasons for which the running text may still hold what no cell does."""
TELLING = 10
"""The least number of the text that settles what a cell says: smaller ones are everywhere."""
STATES_NOTHING = frozenset({Kind.CHAT, Kind.CLARIFY})


class Desk:
    """Answers questions from one store."""

    def __init__(
        self, folder: Path, embedder: str | None = None, helper: Helper | None = None
    ) -> None:
        """Open the store in a folder; ``helper`` is a chat model, if one is configured.

        Raises:
            NoStore: nothing was built in this folder.
        """
        self.shelf = Shelf(folder, embedder)
        self._helper = helper

    @classmethod
    def open(cls, settings: Settings, tell: Callable[[str], object]) -> Desk:
        """The desk that is configured; without the chat model where that cannot be set up.

        Args:
            settings: which store, embedder and model.
            tell: is told in a sentence why there is no model, where one is configured.

        Raises:
            NoStore: nothing was built in this folder.
        """
        helper = None
        try:
            model = load_model(settings)
            helper = Helper(model, settings.model_reading) if model is not None else None
        except ModelError as error:
            tell(str(error))
        return cls(settings.store, settings.embedder, helper)

    def new_dialogue(self) -> Dialogue:
        """A new conversation, which knows nothing of others."""
        return Dialogue()

    def reports(self) -> tuple[ReportCard, ...]:
        """All indexed reports."""
        return self.shelf.reports()

    def report(self, report_id: str) -> Report:
        """One report, whole.

        Raises:
            KeyError: no such report is indexed.
        """
        return self.shelf.report(report_id)

    def findings(self, report_id: str) -> tuple[Check, ...]:
        """What does not hold in a report and beside other years, the gravest first.

        Its text is not held against that of other reports, which takes longer.
        """
        return self.shelf.review().findings(report_id, [load_families()[WHOLE]], texts=False)

    def ask(
        self, question: str, dialogue: Dialogue | None = None, *, offer: bool = False
    ) -> Answer:
        """Answer one question; a dialogue, where given, is read and carried on.

        Args:
            question: in the words of a person.
            dialogue: the conversation so far; None for a question by itself.
            offer: also try and offer other readings of the question, which takes a few
                questions more.

        Raises:
            EmbedderMismatch: a passage is looked for, and the vectors there were made by
                another embedder.
        """
        talk = dialogue if dialogue is not None else self.new_dialogue()
        if says_nothing(question):
            return refuse_empty(question, talk.last)
        directory, before = self.shelf.directory(), talk.copy()
        told = self._told(question, talk, directory)
        drafted = told[0].operation is Operation.DRAFT  # its sentences are made of its figures
        if self._helper is not None and not drafted:
            asking = Asking(directory, lambda other, its: self._told(other, its, directory))
            told = self._helper.help(told, talk, before, asking)
        query, answer = told[0], self._guarded(*told, directory)
        if not offer:
            return answer
        return other_readings(
            query,
            answer,
            directory.cards,
            lambda other: self._told(other, self.new_dialogue(), directory),
        )

    def _told(self, question: str, talk: Dialogue, directory: Directory) -> tuple[Query, Answer]:
        """A question as it was understood, and its answer once the guard has read it."""
        context = Context(directory, load_lexicon())
        query = findings_asked(question, talk, context) or understand(question, talk, context)
        if query.operation is Operation.DRAFT:
            query = place_draft(query, directory, talk)
        answer = self._answer(query, directory, talk)
        if query.measures or query.named:
            stated, refused = _operands(query, answer), _refuses_cell(query, answer)
            talk.remember(_remembered(query, talk.last, answer), stated, refused=refused)
        return query, self._guarded(query, answer, directory)

    def _guarded(self, query: Query, answer: Answer, directory: Directory) -> Answer:
        """An answer, refused if it says a number that its evidence does not hold."""
        said = [query.text, *(str(year + step) for year in query.years for step in (-1, 0))]
        states = answer.kind not in STATES_NOTHING
        if states and unsupported(answer, said, directory.title_numbers):
            return refuse(query, Reason.OUT_OF_SCOPE, "refused_guard")
        return answer

    def _answer(self, query: Query, directory: Directory, talk: Dialogue) -> Answer:
        """The answer of a query, by what it asks for."""
        operation, cards = query.operation, directory.cards
        if operation in SMALL_TALK:
            return chat(query, operation.value)
        if operation is Operation.DRAFT:
            return draft_answer(query, cards, self.shelf)
        if operation is Operation.REPORTS:
            return list_reports(query, cards)
        if operation is Operation.DEFINE and query.measures:
            return define_answer(query)
        back = _asked_back(query, directory)
        if back is not None:
            return back
        if operation is Operation.FINDINGS:
            return findings_answer(query, cards, self.shelf)
        if query.recalled:
            return self._with_earlier(query, directory, talk)
        if operation is Operation.PASSAGE or any(m.table == PROSE for m in query.measures):
            return self._or_no_report(query, text_answer(query, cards, self.shelf), directory)
        if query.measures:
            answer = tables_answer(query, cards, self.shelf)
            return self._instead(query, answer, cards)
        return refuse_unclear(query)

    def _with_earlier(self, query: Query, directory: Directory, talk: Dialogue) -> Answer:
        """An answer computed with the cells of earlier turns, and this turn's own if it has one."""
        operands = talk.recalled(query.recalled)
        if query.first and len(talk.said[-1]) > query.recalled:
            operands = list(talk.said[-1][: query.recalled])
        if query.recalled == 1:
            own = self._answer(_set_against(query), directory, talk)
            stated = _stated(own)
            if not stated:
                return own
            if set(stated) & set(operands):  # nothing is computed with itself
                return refuse_unclear(query)
            operands = [*operands, *stated]
        return recalled_answer(query, operands, self.shelf)

    def _or_no_report(self, query: Query, answer: Answer, directory: Directory) -> Answer:
        """An answer of the text; where no text speaks of a name that is not known, that is said."""
        name = query.stranger
        silent = answer.refusal is not None and answer.refusal.reason is Reason.NOT_REPORTED
        asked_back = answer.clarify.candidates if answer.clarify is not None else ()
        if name is None or not (silent or asked_back):
            return answer
        if any(name in fold(self.shelf.report(c.report).text).text for c in asked_back):
            return answer
        return no_report(query.model_copy(update={"missing": name}), directory)

    def _instead(self, query: Query, answer: Answer, cards: Sequence[ReportCard]) -> Answer:
        """The number of the text where the tables have none: no such cell, or a blank one.

        Of a cell that may be read in several ways it must be one of these, and no small number,
        which the text may hold by chance. Of a blank that is proven to be zero it must be zero.
        Where the tables classify differently, no number of the text is taken for their class.
        """
        reason = answer.refusal.reason if answer.refusal is not None else None
        grown = query.operation is Operation.GROWTH and reason is Reason.NO_REPORT
        if reason not in (*ELSEWHERE, Reason.AMBIGUOUS) and not grown:
            return answer
        if not query.search or hint("said_table").search(query.said):
            return answer
        if len(query.reports) != 1 and not query.several:
            return answer
        if any(
            no_counterpart(c, m) for c in cards if c.id in query.reports for m in _wanted(query)
        ):
            return answer
        measure = Measure(table=PROSE, row=query.search)
        told = text_answer(query.model_copy(update={"measures": (measure,)}), cards, self.shelf)
        counted = hint("how_many").search(query.said) and told.unit == "%"
        if told.refusal is not None or counted:
            return answer
        proven = [f.mark == "blank" and f.value is not None for f in answer.figures]
        if proven and all(proven):
            return told if told.value == 0 else answer
        if reason is not Reason.AMBIGUOUS:
            return told
        open_to = {value for figure in answer.figures for value in figure.candidates}
        settled = told.value in open_to and (told.value or 0) >= TELLING
        return told if settled else answer


def _set_against(query: Query) -> Query:
    """What is asked for beside the cell of the turn before, by itself."""
    alone: dict[str, object] = {"operation": Operation.LOOK_UP, "recalled": 0}
    if query.against and any(m.table == PROSE for m in query.measures):
        said = {"search": query.against, "said": query.against, "residual": (), "heard": ()}
        alone["holding"] = query.operation is Operation.SHARE
        alone |= said | {"measures": (Measure(table=PROSE, row=query.against),)}
    return query.model_copy(update=alone)


def _wanted(query: Query) -> list[Measure]:
    """The cells asked for; a ranking of applicants asks for their columns."""
    if query.over != "columns":
        return list(query.measures)
    return [m.model_copy(update={"column": "*"}) for m in query.measures]


def _remembered(query: Query, last: Query | None, answer: Answer) -> Query:
    """What the next turn may refer to: this query, completed by the one before."""
    measures = query.measures or (last.measures if last is not None else ())
    stated = tuple(dict.fromkeys(f.report for f in answer.figures))
    reports = query.reports if query.named or not stated else stated
    return query.model_copy(update={"measures": measures, "reports": reports})


def _operands(query: Query, answer: Answer) -> list[Operand]:
    """What later turns may compute with: the one cell asked for, or the cells stated."""
    if query.recalled > 1:  # computed with what was stated before, which stays the last stated
        return []
    single = len(query.measures) == 1 == len(query.reports)
    plain = query.operation in (Operation.LOOK_UP, Operation.SUM) and answer.kind is Kind.COMPUTED
    if single and plain and query.measures[0].table != PROSE:
        return [Operand(report=query.reports[0], measure=query.measures[0])]
    return _stated(answer)


def _refuses_cell(query: Query, answer: Answer) -> bool:
    """Whether a single cell was asked for and is not stated: refused, or asked back whose it is."""
    reason = answer.refusal.reason if answer.refusal is not None else None
    unstated = answer.clarify is not None or reason not in (None, Reason.OUT_OF_SCOPE)
    return unstated and query.operation is Operation.LOOK_UP


def _asked_back(query: Query, directory: Directory) -> Answer | None:
    """What is said where it is not clear whose report is meant, None where it is."""
    if query.missing is not None or not query.reports:
        return no_report(query, directory)
    if query.of_place is not None:
        units = [c for c in directory.cards if c.id in query.reports]
        if len(units) > 1:
            return clarify(query, units)
        return no_report(query.model_copy(update={"missing": query.of_place}), directory)
    return None


def _stated(answer: Answer) -> list[Operand]:
    """The cells that an answer stated, for later turns to compute with."""
    return [Operand.of(f.report, f) for f in answer.figures if f.role is Role.ANSWER]
