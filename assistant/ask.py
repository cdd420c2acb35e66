"""★ The second half of the road: a question to an answer with its evidence.

One `Desk.ask` stands behind the command line, batches, the web chat and tools, so that they
cannot differ. The steps: understand, find the reports, take the evidence, put it into words,
and let the guard read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from assistant.answer import Answer, Candidate, CitedFigure, CitedPassage, Clarify, Kind, Reason
from assistant.bodies import cores
from assistant.compose import (
    chat,
    compare_answer,
    equation,
    figure_answer,
    list_answer,
    refuse,
    refuse_cell,
    share_answer,
    sum_answer,
)
from assistant.evidence import Cell, cells, operands
from assistant.guard import unsupported
from assistant.lexicon import load_lexicon
from assistant.query import Dialogue, Measure, Operation, Query
from assistant.question import Context, understand
from assistant.quote import cite_hit, passage_answer, refuse_with_passages
from assistant.search import Hit, coverage, search
from assistant.wording import say
from index.embed import load_embedder
from index.ledger import Ledger
from index.passages import NOTE
from index.report import Check, Outcome, Report, ReportCard, Strength
from index.script import fold
from index.store import VectorStore

ENOUGH = 0.5
"""Share of the unexplained words that a passage must hold to be offered as the answer."""
SOME = 0.34
"""The same where a quotation was asked for: its words need not be those of the text."""
MOST_CANDIDATES = 12
MOST_QUOTES = 3
SECTION_OF_PROBLEMS = 5
PROBLEMS = re.compile("问题|不足|短板|差距|改进|整改|shortcoming|problem|weakness|improve")
NOTES = re.compile("脚注|注释|附注|备注|表注|footnote|(?<!key)note\\b")
SEVERAL = frozenset({Operation.COMPARE, Operation.DIFFERENCE})
STATES_NOTHING = frozenset({Kind.CHAT, Kind.CLARIFY})


class Desk:
    """Answers questions from one store. Opens the vectors only when a passage is looked for."""

    def __init__(self, folder: Path, embedder: str | None = None) -> None:
        """Open the ledger.

        Raises:
            NoStore: nothing was built in this folder.
        """
        self._folder, self._embedder = folder, embedder
        self.ledger = Ledger(folder)

    @cached_property
    def vectors(self) -> VectorStore:
        """The vector store, opened when first needed.

        Raises:
            EmbedderMismatch: its vectors were made by another embedder.
        """
        return VectorStore(self._folder, self.ledger, load_embedder(self._embedder))

    def new_dialogue(self) -> Dialogue:
        """A new conversation, which knows nothing of others."""
        return Dialogue()

    def reports(self) -> tuple[ReportCard, ...]:
        """All indexed reports."""
        return self.ledger.cards()

    def report(self, report_id: str) -> Report:
        """One report, whole.

        Raises:
            KeyError: no such report is indexed.
        """
        return self.ledger.report(report_id)

    def ask(self, question: str, dialogue: Dialogue | None = None) -> Answer:
        """Answer one question; a dialogue, where given, is read and carried on."""
        talk = dialogue if dialogue is not None else self.new_dialogue()
        cards = self.reports()
        query = understand(question, talk, Context(cards, self._folded_text, load_lexicon()))
        answer = self._answer(query, cards)
        if query.measures or query.named:
            talk.last = _remembered(query, talk.last, answer)
        titles = [card.title for card in cards]
        if answer.kind not in STATES_NOTHING and unsupported(answer, (question, *titles)):
            return refuse(query, Reason.OUT_OF_SCOPE, "refused_guard")
        return answer

    def _folded_text(self, report_id: str) -> str:
        return fold(self.report(report_id).text).text

    def _answer(self, query: Query, cards: Sequence[ReportCard]) -> Answer:
        simple: dict[Operation, Callable[[], Answer]] = {
            Operation.GREETING: lambda: chat(query, "greeting"),
            Operation.THANKS: lambda: chat(query, "thanks"),
            Operation.HELP: lambda: chat(query, "help"),
            Operation.REPORTS: lambda: _list_reports(query, cards),
            Operation.UNBALANCED: lambda: self._unbalanced(query, cards),
        }
        if query.operation in simple:
            return simple[query.operation]()
        if query.missing is not None:
            titles = "、".join(c.title for c in cards[:MOST_CANDIDATES])
            return refuse(
                query, Reason.NO_REPORT, "refused_no_report_place", place=query.missing, titles=titles
            )
        if not query.reports:
            return _no_such_year(query, cards)
        if query.operation in (Operation.PROSE, Operation.PASSAGE):
            return self._from_text(query, cards)
        if query.operation is Operation.UNCLEAR or not query.measures:
            return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")
        return self._from_tables(query, cards)

    # -- figures -----------------------------------------------------------------------

    def _from_tables(self, query: Query, cards: Sequence[ReportCard]) -> Answer:
        """Figures by address; a question back where several reports fit."""
        ids = list(query.reports)
        if query.operation not in SEVERAL and len(ids) > 1:
            having = [i for i in ids if self._has(i, query.measures)]
            if len(having) != 1 or query.named:
                return _clarify(query, [c for c in cards if c.id in (having or ids)])
            ids = having
        reports = [self.report(i) for i in ids]
        found = [(r, [c for m in query.measures for c in cells(r, m)]) for r in reports]
        if len(found) > 1:
            return self._compare(query, [row[0] for _, row in found])
        report, row = found[0]
        if query.operation in SEVERAL and len(row) > 1:
            return self._compare(query, row)
        if query.operation is Operation.SHARE and query.denominator is not None:
            return share_answer(query, row[0], cells(report, query.denominator)[0])
        if query.operation is Operation.SUM and len(row) > 1:
            return sum_answer(query, row)
        if len(row) > 1:
            return list_answer(query, row)
        return figure_answer(query, row[0])

    def _compare(self, query: Query, row: Sequence[Cell]) -> Answer:
        """Cells of several reports, or of one; a report without the cell is told by name."""
        absent = next((c for c in row if not c.figures), None)
        if absent is not None:
            return refuse_cell(query, absent, context=row)
        return compare_answer(query, row)

    def _has(self, report_id: str, measures: Sequence[Measure]) -> bool:
        report = self.report(report_id)
        return any(cell.figures for m in measures for cell in cells(report, m))

    # -- text --------------------------------------------------------------------------

    def _from_text(self, query: Query, cards: Sequence[ReportCard]) -> Answer:
        """Quotations, or a refusal that offers the nearest passages."""
        asked = query.search
        scope = None if len(query.reports) == len(cards) else query.reports
        hits = search(asked, self.ledger, self.vectors, reports=scope, limit=12)
        hits.sort(key=lambda h: -h.coverage * h.score)
        of_section = self._section_asked_for(query)
        first = {h.passage.number for h in of_section}
        hits = [*of_section, *(h for h in hits if not first or h.passage.number not in first)]
        titles = {c.id: c.title for c in cards}
        if not query.named and hits:
            back = self._which_text(query, hits, cards)
            if back is not None:
                return back
        quotes = [self._quote(hit, asked) for hit in hits[:MOST_QUOTES]]
        if query.operation is Operation.PASSAGE and quotes and (
            of_section or _close(query, hits[0], SOME)
        ):
            return passage_answer(query, quotes, titles, "passage_quote")
        if query.operation is Operation.PROSE and quotes and _close(query, hits[0], ENOUGH):
            return passage_answer(query, quotes, titles, "passage_for_number")
        message = say("refused_prose", query.language, residual=" ".join(query.residual) or asked.strip())
        return refuse_with_passages(query, Reason.NOT_REPORTED, message, quotes)

    def _section_asked_for(self, query: Query) -> list[Hit]:
        """Passages of the one report meant that a quotation asks for by their kind: the notes of
        the tables, or the problems and improvements of section five.
        """
        if query.operation is not Operation.PASSAGE or len(query.reports) != 1:
            return []
        asked = fold(query.text).text.lower()
        report = self.report(query.reports[0])
        if NOTES.search(asked):
            fitting = [p for p in report.passages if NOTE.match(p.text)]
        elif PROBLEMS.search(asked):
            fitting = [p for p in report.passages if p.section == SECTION_OF_PROBLEMS]
        else:
            return []
        hits = [
            Hit(report=report.id, passage=p, score=1, coverage=coverage(query.search, p.text))
            for p in fitting
        ]
        return sorted(hits, key=lambda h: -h.coverage)

    def _which_text(
        self, query: Query, hits: Sequence[Hit], cards: Sequence[ReportCard]
    ) -> Answer | None:
        """A question back where the text of several reports fits equally well."""
        fitting = [h for h in hits if _close(query, h, ENOUGH)]
        ids = list(dict.fromkeys(h.report for h in fitting))
        if len(ids) < 2:  # noqa: PLR2004
            return None
        return _clarify(query, [c for c in cards if c.id in ids])

    def _quote(self, hit: Hit, asked: str) -> CitedPassage:
        return cite_hit(hit, self.report(hit.report), asked)

    # -- reports -----------------------------------------------------------------------

    def _unbalanced(self, query: Query, cards: Sequence[ReportCard]) -> Answer:
        """Reports that break a hard identity, with the equations."""
        lines: list[str] = []
        checks: list[Check] = []
        figures: list[CitedFigure] = []
        for card in cards:
            if card.id not in query.reports or not card.failing:
                continue
            report = self.report(card.id)
            failing = [
                c
                for c in report.checks
                if c.outcome is Outcome.FAILS and c.strength is Strength.HARD
            ]
            checks.extend(failing)
            figures.extend(operands(report, failing))
            equations = "".join(equation(query.language, c) for c in failing)
            lines.append(say("unbalanced_line", query.language, title=card.title, equations=equations))
        if not lines:
            return Answer(
                kind=Kind.LIST, text=say("unbalanced_none", query.language), language=query.language
            )
        text = say("unbalanced", query.language, count=len(lines), lines="\n".join(lines))
        return Answer(
            kind=Kind.LIST, text=text, language=query.language, checks=tuple(checks),
            figures=tuple(figures), formula=str(len(lines)),
        )  # fmt: skip


def _remembered(query: Query, last: Query | None, answer: Answer) -> Query:
    """What the next turn may refer to: this query, completed by the one before."""
    measures = query.measures or (last.measures if last is not None else ())
    reports = query.reports if query.named else tuple({f.report for f in answer.figures})
    return query.model_copy(update={"measures": measures, "reports": reports})


def _close(query: Query, hit: Hit, least: float) -> bool:
    """Whether a passage holds enough of the words that nothing else explained.

    English words are not in a Chinese text; there only a quotation that was asked for can be
    taken as close, on the strength of its meaning.
    """
    if not re.search("[\u3400-\u9fff]", query.search):
        return query.operation is Operation.PASSAGE
    return hit.coverage >= least


def _clarify(query: Query, cards: Sequence[ReportCard]) -> Answer:
    """A question back with the reports that fit; each can be asked for with one click."""
    candidates = tuple(
        Candidate(
            report=c.id,
            source_file=c.source_file,
            org=c.body,
            year=c.year,
            title=c.title,
            question=f"{c.title}：{query.text}",
        )
        for c in cards[:MOST_CANDIDATES]
    )
    message = say("clarify", query.language, count=len(candidates))
    text = "\n".join([message, *(f"{n}. {c.title}" for n, c in enumerate(candidates, 1))])
    return Answer(
        kind=Kind.CLARIFY,
        text=text,
        language=query.language,
        clarify=Clarify(message=message, candidates=candidates),
    )


def _no_such_year(query: Query, cards: Sequence[ReportCard]) -> Answer:
    """The body is known, the year is not; or nothing is indexed for the year at all."""
    folded = fold(query.text).text
    of_body = [c for c in cards if c.body and any(core in folded for core in cores(fold(c.body).text))]
    if not of_body or not query.years:
        return refuse(query, Reason.NO_REPORT, "refused_no_report_any")
    return refuse(
        query,
        Reason.NO_REPORT,
        "refused_no_report_year",
        body=of_body[0].body,
        years="、".join(map(str, query.years)),
        known="、".join(str(c.year) for c in of_body if c.body == of_body[0].body),
    )


def _list_reports(query: Query, cards: Sequence[ReportCard]) -> Answer:
    titles = "；".join(c.title for c in cards)
    text = say("reports", query.language, count=len(cards), titles=titles)
    return Answer(kind=Kind.LIST, text=text, language=query.language, formula=str(len(cards)))
