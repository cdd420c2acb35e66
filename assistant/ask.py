"""★ The second half of the road: a question to an answer with its evidence.

One `Desk.ask` stands behind the command line, batches, the web chat and tools, so that they
cannot differ. The steps: understand, find the reports, take the evidence, put it into words,
and let the guard read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer, Kind, Reason
from assistant.compose import chat, refuse
from assistant.from_tables import tables_answer
from assistant.from_text import text_answer
from assistant.guard import unsupported
from assistant.lexicon import load_lexicon
from assistant.listing import list_reports, no_report, unbalanced_reports
from assistant.query import Dialogue, Operation, Query
from assistant.question import Context, understand
from assistant.shelf import Shelf
from index.report import Report, ReportCard

SMALL_TALK = frozenset({Operation.GREETING, Operation.THANKS, Operation.HELP})
STATES_NOTHING = frozenset({Kind.CHAT, Kind.CLARIFY})


class Desk:
    """Answers questions from one store."""

    def __init__(self, folder: Path, embedder: str | None = None) -> None:
        """Open the store in a folder.

        Raises:
            NoStore: nothing was built in this folder.
        """
        self.shelf = Shelf(folder, embedder)

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

    def ask(self, question: str, dialogue: Dialogue | None = None) -> Answer:
        """Answer one question; a dialogue, where given, is read and carried on.

        Raises:
            EmbedderMismatch: a passage is looked for, and the vectors there were made by
                another embedder.
        """
        talk = dialogue if dialogue is not None else self.new_dialogue()
        cards = self.reports()
        context = Context(cards, self.shelf.folded_text, load_lexicon())
        query = understand(question, talk, context)
        answer = self._answer(query, cards)
        if query.measures or query.named:
            talk.last = _remembered(query, talk.last, answer)
        known = [word for card in cards for word in (card.title, card.form or "")]
        if answer.kind not in STATES_NOTHING and unsupported(answer, (question, *known)):
            return refuse(query, Reason.OUT_OF_SCOPE, "refused_guard")
        return answer

    def _answer(self, query: Query, cards: Sequence[ReportCard]) -> Answer:
        """The answer of a query, by what it asks for."""
        operation = query.operation
        if operation in SMALL_TALK:
            return chat(query, operation.value)
        if operation is Operation.REPORTS:
            return list_reports(query, cards)
        if operation is Operation.UNBALANCED:
            return unbalanced_reports(query, cards, self.shelf)
        if query.missing is not None or not query.reports:
            return no_report(query, cards)
        if operation in (Operation.PROSE, Operation.PASSAGE):
            return text_answer(query, cards, self.shelf)
        if query.measures:
            return tables_answer(query, cards, self.shelf)
        return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")


def _remembered(query: Query, last: Query | None, answer: Answer) -> Query:
    """What the next turn may refer to: this query, completed by the one before."""
    measures = query.measures or (last.measures if last is not None else ())
    reports = query.reports if query.named else tuple({f.report for f in answer.figures})
    return query.model_copy(update={"measures": measures, "reports": reports})
