"""Other readings of a question about one figure, each a question to be asked with one click.

What is offered is tried first: only a question that is answered with the cell that its label
names is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.answer import Alternative, Answer, CitedFigure, Kind, Reason, Role
from assistant.answering.defaults import load_defaults
from assistant.answering.forms import labels
from assistant.answering.wording import say
from assistant.lexicon import hint, load_lexicon
from assistant.query import PROSE, Measure, Operation, Query
from assistant.understanding.hearing import hear
from assistant.words.folding import fold_question
from index.formats import form_named, load_forms
from index.report import ReportCard

MOST = 4
"""Alternatives offered at once."""
OF_A_CELL = frozenset({Reason.FAILED_CHECK, Reason.AMBIGUOUS, Reason.BLANK})
"""Refusals that rest on a cell of the report."""
ANY = "*"

Tried = tuple[Query, Answer]
Ask = Callable[[str], Tried]


@dataclass(frozen=True)
class Subject:
    """The one cell that an answer is about: its report (an id) and its place there."""

    report: str
    measure: Measure


def subject(query: Query, answer: Answer) -> Subject | None:
    """The cell that an answer states or refuses; None where it is about none, or several."""
    refused = answer.refusal is not None and answer.refusal.reason in OF_A_CELL
    if query.operation is not Operation.LOOK_UP or len(query.measures) != 1 or not answer.figures:
        return None
    stated = [f for f in answer.figures if f.role is Role.ANSWER]
    if (answer.kind is Kind.FIGURE and len(stated) == 1) or (refused and _one_cell(answer)):
        first = stated[0] if stated else answer.figures[0]
        return Subject(first.report, Measure.of(first))
    (measure,) = query.measures
    if answer.kind is Kind.COMPUTED and _one_row(answer.figures):
        column = measure.column or "total"
        return Subject(answer.figures[0].report, measure.model_copy(update={"column": column}))
    return None


def _one_cell(answer: Answer) -> bool:
    return len({(f.report, f.address) for f in answer.figures}) == 1


def _one_row(figures: Sequence[CitedFigure]) -> bool:
    """Whether the figures are what one cell is summed from: one report, one table."""
    return len({(f.report, f.table) for f in figures}) == 1


def offer(query: Query, answer: Answer, cards: Sequence[ReportCard], ask: Ask) -> Answer:
    """The answer with other readings of its question.

    Args:
        query: the question as it was understood.
        answer: its answer; it comes back unchanged where it is not about one cell.
        cards: the indexed reports.
        ask: understands and answers a question by itself, outside of any dialogue.
    """
    about = subject(query, answer)
    card = next((c for c in cards if about is not None and c.id == about.report), None)
    if about is None or card is None:
        return answer
    found: dict[str, Alternative] = {}
    seen = {about}
    for tried in _Readings(query, about, card, cards, ask).each():
        if tried is not None and tried[0] not in seen and tried[1].label not in found:
            seen.add(tried[0])
            found[tried[1].label] = tried[1]
        if len(found) == MOST:
            break
    return answer.model_copy(update={"alternatives": tuple(found.values())})


def _not_of_text(said: str) -> str:
    """A question about the running text without the words that say so."""
    return hint("said_text").sub("", said).strip(" ,，:：的里中")


Offered = tuple[Subject, Alternative] | None


class _Readings:
    """The other readings of one question, the likeliest first."""

    def __init__(
        self, query: Query, about: Subject, card: ReportCard, cards: Sequence[ReportCard], ask: Ask
    ) -> None:
        self.query, self.about, self.card, self.cards = query, about, card, cards
        self.ask, self.language = ask, query.language

    def each(self) -> Iterator[Offered]:
        """What may be offered, in order; None where a question is not answered as labelled."""
        if self.about.measure.table == PROSE:
            yield self._in_tables()
            return
        yield from self._heard_rows()
        columns = self._columns()
        yield from islice(columns, 1)
        yield from self._near_rows()
        yield self._in_text()
        yield from self._years()
        yield from columns

    def _cell(self, measure: Measure, card: ReportCard, label: str) -> Offered:
        """A cell of a table by its printed labels."""
        row, row_en, column, column_en = self._labels(measure, card)
        names = (row_en, column_en) if self._english else (row, column)
        question = say(
            "ask_cell",
            self.language,
            title=card.title,
            table=say(f"table_{measure.table}", self.language),
            row=names[0],
            column=names[1],
        )
        fields = {"row": names[0], "column": names[1], "year": card.year}
        found = self._tried(question)
        if found != Subject(card.id, measure):
            return None
        return found, Alternative(label=say(label, self.language, **fields), question=question)

    def _tried(self, question: str) -> Subject | None:
        """The cell that a question is answered with; None where nothing is stated."""
        query, answer = self.ask(question)
        return subject(query, answer) if answer.refusal is None else None

    @property
    def _english(self) -> bool:
        return self.language.value == "en"

    def _labels(self, measure: Measure, card: ReportCard) -> tuple[str, str, str, str]:
        form = form_named(card.form) or load_forms()[-1]
        return labels(form, measure.table, measure.row, measure.column or "total")

    def _heard_rows(self) -> Iterator[Offered]:
        """Rows that other words of the question name."""
        measure = self.about.measure
        for kind, words in self.query.heard:
            if kind != "row":
                continue
            for row in hear(fold_question(words), (), load_lexicon()).rows:
                if (row.kind, row.key) != (measure.table, measure.row):
                    own = measure.column if row.kind == measure.table else "total"
                    other = Measure(table=row.kind, row=row.key, column=own)
                    yield self._cell(other, self.card, "offer_row")

    def _columns(self) -> Iterator[Offered]:
        measure = self.about.measure
        known = load_defaults().nearby.columns.get(measure.table, {})
        for column in known.get(measure.column or "total", known.get(ANY, ())):
            other = measure.model_copy(update={"column": column})
            yield self._cell(other, self.card, "offer_column")

    def _near_rows(self) -> Iterator[Offered]:
        measure = self.about.measure
        for row in load_defaults().nearby.rows.get(measure.table, {}).get(measure.row, ()):
            yield self._cell(measure.model_copy(update={"row": row}), self.card, "offer_row")

    def _years(self) -> Iterator[Offered]:
        """The same in the report of the year before, and of the year after."""
        for step in (-1, 1):
            for card in self.cards:
                near = card.year is not None and card.year == (self.card.year or 0) + step
                if not near or card.body is None or card.body != self.card.body:
                    continue
                yield self._cell(self.about.measure, card, "offer_year")

    def _in_text(self) -> Offered:
        """The number that the running text says for the words of the question.

        Only of a total: the text seldom tells applicants and outcomes apart.
        """
        measure = self.about.measure
        total = measure.column in ("total", "value") or measure.table == "t2"
        words = self.query.said if total and self._named_row else ""
        return self._elsewhere("ask_text", words, "offer_text", prose=True)

    def _in_tables(self) -> Offered:
        """The cell of the tables that the words of a question about the text may mean."""
        words = _not_of_text(self.query.said) if self._named_row else ""
        return self._elsewhere("ask_table", words, "offer_table", prose=False)

    @property
    def _named_row(self) -> bool:
        """Whether words of the question itself name a row, and not the dialogue."""
        return any(kind == "row" for kind, _ in self.query.heard)

    def _elsewhere(self, ask: str, words: str, label: str, *, prose: bool) -> Offered:
        if not words:
            return None
        question = say(ask, self.language, title=self.card.title, words=words.strip("?？。,， "))
        query, answer = self.ask(question)
        found = subject(query, answer) if answer.refusal is None else None
        if found is None or found.report != self.card.id:
            return None
        if (found.measure.table == PROSE) is not prose:
            return None
        if prose:
            row = answer.figures[0].row_label
        else:
            row, row_en, *_ = self._labels(found.measure, self.card)
            row = row_en if self._english else row
        return found, Alternative(label=say(label, self.language, row=row), question=question)
