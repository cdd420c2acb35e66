"""The one number of running text that answers a question, or which report is meant."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.answering.from_cells import from_cells
from assistant.answering.listing import clarify
from assistant.answering.picking import SURE, best_number
from assistant.answering.prose import rank_numbers
from assistant.answering.prose_cells import cell_of, quoted
from assistant.answering.scored import Scored
from assistant.answering.stated_before import beside_stated
from assistant.answering.text_question import CLOSE, TextQuestion
from assistant.answering.ties import narrower
from assistant.lexicon import hint
from assistant.query import Operation
from assistant.words.likeness import plain
from index.context import ProseContext
from index.report import FigureKind

CLOSE_IF_UNNAMED = 0.45
"""The same as `CLOSE` where the question names no report."""
SAID = ("extreme", "lowest", "replied", "not_passed")
"""Hints of a question that the clause of a number must bear out."""
REQUESTS = "申请"
"""What a word that narrows a row stands before."""
CHANGES = frozenset({FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE})
KINDS = {
    Operation.SHARE: frozenset({FigureKind.SHARE}),
    Operation.GROWTH: CHANGES,
    Operation.RATIO: frozenset({FigureKind.MULTIPLE}),
    Operation.DIFFERENCE: CHANGES,
}
"""Kinds of a number that answers an operation by itself."""


def one_number(question: TextQuestion) -> Answer | None:
    """A number of one report, or a question back where several have one that fits."""
    asked = question.asked_number()
    ranked = rank_numbers([question.numbers(i) for i in question.ids], asked)
    ranked = beside_stated(question.query, ranked, question.shelf)
    by_report: dict[str, list[Scored]] = {}
    for scored in ranked:
        by_report.setdefault(scored.report.id, []).append(scored)
    found = [best for own in by_report.values() if (best := best_number(own)) is not None]
    found.sort(key=lambda s: -s.score)
    if not found:
        return None
    if question.asks_text() and found[0].score < SURE:
        return None
    if found[0].lost and not question.query.named:
        return None  # a word that stands nowhere may name the report that is meant
    if found[0].lost and question.query.operation is Operation.SUM:
        return None  # one of what is to be added stands nowhere
    if leaves_out(question, found[0]) or narrower(found[0].figure, asked):
        return None
    distance = CLOSE if question.query.named else CLOSE_IF_UNNAMED
    close = [s for s in found if s.score > found[0].score - distance]
    if len(close) > 1:
        ids = {s.report.id for s in close}
        fitting = [c for c in question.cards if c.id in ids]
        return clarify(question.query, fitting) if len(fitting) > 1 else None
    if found[0].score < ranked[0].score - CLOSE or not _is_asked_for(question, found[0]):
        return None  # another report has something nearer, but not clearly
    return from_cells(question.query, [cell_of(found[0])], quoted(found[0]))


def leaves_out(question: TextQuestion, scored: Scored) -> bool:
    """Whether a number is only of the row that is named, and not of what narrows it.

    Such a word (寄来的, of which nothing is said in its sentence) keeps the table away, and so
    it does the same number in the text.
    """
    if not any(kind == "row" for kind, _ in question.query.heard):
        return False
    governments = question.lexicon.bodies.government_names
    scopes = ("negative", "own_scope", "all_scope")
    left = [
        run
        for run in question.query.residual
        if run not in governments and not any(hint(name).match(run) for name in scopes)
    ]
    if any(word in run for word in scored.beyond for run in left):
        return True
    if left and any(word in _said_of_rows(question) for word in scored.beyond):
        return True  # what came of them: of those received by letter, the granted
    assert scored.figure.prose is not None  # noqa: S101 - only numbers of running text are scored
    sentence = plain(scored.report.text[slice(*scored.figure.prose.sentence)])
    narrowing = [run for run in left if hint("narrowing").match(run + REQUESTS)]
    return any(run not in sentence for run in narrowing)


def _said_of_rows(question: TextQuestion) -> frozenset[str]:
    """English words that name a row and say what came of requests: granted, refused."""
    came = hint("came_of_it")
    explained = question.explained(question.asked(question.query.search))
    return frozenset(t[0] for t in explained if any(came.search(name) for name in t[1:]))


def _is_asked_for(question: TextQuestion, scored: Scored) -> bool:
    """Whether a number is of the kind asked for: no level for a change, no mean for a peak."""
    figure = scored.figure
    assert figure.prose is not None  # noqa: S101 - only numbers of running text are scored
    clause = plain(scored.report.text[slice(*figure.prose.clause)])
    if question.query.about and not _is_about(question, scored.report.text, figure.prose):
        return False
    for said in SAID:
        if hint(said).search(question.folded) and not hint(said).search(clause):
            return False
    wanted = KINDS.get(question.query.operation)
    average = hint("average").search(question.folded) is not None
    if question.query.operation is Operation.AVERAGE or average:
        return figure.prose.each or hint("average").search(figure.row_label) is not None
    return wanted is None or figure.prose.kind in wanted


def _is_about(question: TextQuestion, text: str, context: ProseContext) -> bool:
    """Whether a number is about a row that the question names.

    The sentence says so for requests and cases, the clause for decisions and documents.
    """
    places = {"about_t3": context.sentence, "about_t4": context.sentence}
    return any(
        hint(name).search(plain(text[slice(*places.get(name, context.clause))]))
        for name in question.query.about
    )
