"""Quotations of running text, as printed, and refusals that offer the nearest passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, CitedPassage, Kind, Reason
from assistant.answering.listing import clarify
from assistant.answering.quoting import Sentence, Sentences, quote, widen
from assistant.answering.refusing import refuse
from assistant.answering.text_question import CLOSE, TextQuestion
from assistant.answering.wording import say
from assistant.lexicon import hint
from assistant.understanding.asked import Asked, terms_of
from assistant.words.likeness import plain
from index.paragraphs import NOTE

ENOUGH = 0.5
"""Share of the asked words that a passage must hold to be offered as the answer."""
SOME = 0.3
"""The same where a quotation was asked for: its words need not be those of the text."""
MOST_QUOTES = 3


def quotation(question: TextQuestion) -> Answer:
    """The passages that a quotation was asked of."""
    asked = _by_rows(question, question.asked(question.query.search))
    of_kind = _of_kind(question, asked)
    ranked = of_kind or question.sentences(asked)
    if not of_kind and not question.query.named:
        back = _which_report(question, ranked)
        if back is not None:
            return back
    quotes = _quotes(question, ranked, asked)
    enough = SOME if question.query.named else ENOUGH
    if quotes and (of_kind or ranked[0].score >= enough):
        return _told(question, quotes)
    return _refused(question, quotes)


def nearest(question: TextQuestion) -> Answer:
    """No number fits: the nearest passage, if it holds most of what was asked."""
    asked = question.asked(question.query.search)
    ranked = question.sentences(asked)
    if not question.query.named:
        back = _which_report(question, ranked)
        if back is not None:
            return back
    return _refused(question, _quotes(question, ranked, asked))


def _of_kind(question: TextQuestion, asked: Asked) -> list[Sentence]:
    """Sentences asked for by their kind: notes of the tables, or problems (section five)."""
    if len(question.ids) != 1 or asked.quoted:
        return []
    reader = question.shelf.prepared(question.report, Sentences)
    if hint("note_passages").search(question.folded):
        return reader.of(asked, lambda p: NOTE.match(p.text) is not None)
    if hint("problem_passages").search(question.folded):
        return reader.of(asked, lambda p: p.section == reader.section_of_problems)
    return []


def _by_rows(question: TextQuestion, asked: Asked) -> Asked:
    """What a quotation is asked of: the words of the rows where there are no others.

    They say nothing beside others, because all of a report is about requests received. Where there
    are none either, all its words.
    """
    if asked.words or asked.quoted:
        return asked
    every = replace(question.lexicon, function=frozenset())
    rows = " ".join(words for kind, words in question.query.heard if kind == "row")
    return replace(asked, words=terms_of(rows, every) or terms_of(asked.said, every))


def _which_report(question: TextQuestion, ranked: Sequence[Sentence]) -> Answer | None:
    """A question back where the text of several reports fits equally well."""
    if not ranked or ranked[0].score < ENOUGH:
        return None
    close = [s for s in ranked if s.score > ranked[0].score - CLOSE]
    ids = {s.report.id for s in close}
    texts = {plain(s.report.text[slice(*s.span)]) for s in close}
    if min(len(ids), len(texts)) == 1:
        return None  # one report, or words that several print alike
    return clarify(question.query, [c for c in question.cards if c.id in ids])


def _quotes(question: TextQuestion, ranked: Sequence[Sentence], asked: Asked) -> list[CitedPassage]:
    """The best passages, each once, cut to a length that is quoted."""
    quotes: list[CitedPassage] = []
    seen: set[tuple[str, int]] = set()
    for sentence in ranked:
        key = sentence.report.id, sentence.passage.number
        if sentence.score <= 0 or key in seen:
            continue
        seen.add(key)
        same = [s for s in ranked if (s.report.id, s.passage.number) == key]
        words = [word[0] for word in asked.words]
        alone = hint("one_sentence").search(question.folded) is not None
        quotes.append(quote(sentence if alone else widen(sentence, same), words))
        if len(quotes) == MOST_QUOTES:
            break
    return quotes


def _told(question: TextQuestion, quotes: Sequence[CitedPassage]) -> Answer:
    """The best quotation in a sentence, the others beside it."""
    first = quotes[0]
    frame = say(
        "passage_quote",
        question.query.language,
        title={c.id: c.title for c in question.cards}[first.report],
        section=first.section_title or "—",
        quote="\x00",
        citation="\x01",
    )
    return Answer(
        kind=Kind.PASSAGE,
        text=frame.replace("\x00", first.quote).replace("\x01", first.citation),
        language=question.query.language,
        passages=tuple(quotes),
    )


def _refused(question: TextQuestion, quotes: Sequence[CitedPassage]) -> Answer:
    """A refusal that offers the nearest passages."""
    residual = " ".join(question.query.residual) or question.query.search.strip()
    refused = refuse(question.query, Reason.NOT_REPORTED, "refused_prose", residual=residual)
    return refused.model_copy(update={"passages": tuple(quotes)})
