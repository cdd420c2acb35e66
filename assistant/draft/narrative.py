"""The running text of a draft: section one by its topics, section five, section six.

Nothing is invented. What the figures say is said, with last year's beside them where they are
proven; what only the body knows is a gap that says what to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from assistant.answer import plain_number
from assistant.draft.citing import cite_cell, cite_passage
from assistant.draft.last_problems import Problem, last_problems
from assistant.draft.layout import form_for
from assistant.draft.model import (
    Cited,
    Draft,
    DraftParagraph,
    DraftSection,
    DraftSentence,
    SentenceKind,
)
from assistant.draft.style import HAN
from assistant.draft.telling import Teller, gap, joined
from assistant.draft.topics import last_paragraph
from assistant.draft.wordings import ProblemWords, Topic, Wordings, load_wordings
from index.amounts import parse_amount
from index.errors import InputError
from index.record import Record
from index.report import Report

UNPAID = "t3.other_no_payment.total"
"""Requests that ended because a fee was not paid; each of them had a notice."""


class Choices(Record):
    """What the clerk decides about the text.

    ``fee`` is what was collected for processing information, in yuan; None: not said. ``keep``
    are problems of last year's report that are said again, by their number in the list, from 1.
    """

    fee: Decimal | None = Field(default=None, ge=0)
    keep: tuple[int, ...] = ()


def fee_of(printed: str | None) -> Decimal | None:
    """The fee as the clerk writes it, in yuan; None where nothing is written.

    Raises:
        InputError: it is no amount of 0 or more.
    """
    if printed is None or not printed.strip():
        return None
    amount = parse_amount(printed)
    value = amount.value if amount is not None else None
    if amount is None or value is None or value < 0 or amount.unit not in (None, "元"):
        raise InputError(
            f"信息处理费“{printed}”不是金额 (not an amount).",
            advice="请只写以元为单位的数字，没有收取写 0 (digits, in yuan; 0 if none).",
        )
    return Decimal(value)


def narrate(draft: Draft, last: Report | None, choices: Choices) -> tuple[DraftSection, ...]:
    """The six sections of a draft, those of tables without text.

    Raises:
        InputError: a problem is to be kept that last year's report does not have.
    """
    words = load_wordings()
    writers = {
        words.overview.section: _overview(draft, last, words),
        words.problems.section: _problems(last, words, choices),
        words.other.section: _other(draft, words, choices),
    }
    return tuple(
        DraftSection(
            number=section.number,
            title=section.title,
            paragraphs=tuple(writers.get(section.number, ())),
        )
        for section in form_for(draft.year).sections
    )


def _overview(draft: Draft, last: Report | None, words: Wordings) -> Iterator[DraftParagraph]:
    teller = Teller(draft, last, words)
    for number, topic in enumerate(words.overview.topics, 1):
        yield _heading(number, topic.heading)
        told = [sentence for tell in topic.tells for sentence in teller.tell(tell)]
        yield DraftParagraph(sentences=tuple(_helped(told, topic, last)))


def _helped(
    told: list[DraftSentence], topic: Topic, last: Report | None
) -> Iterator[DraftSentence]:
    """The sentences; the last, which asks for what the body knows, cites last year's paragraph."""
    passage = last_paragraph(last, topic.topic) if last is not None else None
    yield from joined(told[:-1])
    if passage is None or last is None or told[-1].kind is not SentenceKind.GAP:
        yield told[-1]
    else:
        cited = (*told[-1].cited, cite_passage(passage, last))
        yield told[-1].model_copy(update={"cited": cited})


def _problems(last: Report | None, words: Wordings, choices: Choices) -> Iterator[DraftParagraph]:
    """What became of last year's problems, this year's, and what is done about them."""
    said, found = words.problems, last_problems(last) if last is not None else ()
    kept = _kept(found, last, choices)
    parts: list[tuple[str, list[DraftSentence]]] = [
        (said.problems, [*kept, gap(said.own)]),
        (said.improvements, [gap(said.next)]),
    ]
    if last is not None:
        answers = [_answer(problem, last, said) for problem in found]
        parts.insert(0, (said.answered, answers or [gap(said.unread)]))
    for number, (heading, sentences) in enumerate(parts, 1):
        yield _heading(number, heading)
        yield from (DraftParagraph(sentences=(sentence,)) for sentence in sentences)


def _answer(problem: Problem, last: Report, said: ProblemWords) -> DraftSentence:
    """The gap for what became of a problem."""
    what = said.answer.format(problem=_short(problem.text, said.longest))
    return gap(what, cite_passage(problem.passage, last))


def _kept(found: tuple[Problem, ...], last: Report | None, choices: Choices) -> list[DraftSentence]:
    """Problems of last year's that the clerk says again, as printed."""
    if last is None:
        found = ()
    for number in choices.keep:
        if not 1 <= number <= len(found):
            raise InputError(
                f"上年报告没有第 {number} 个问题，共读到 {len(found)} 个 (no such problem).",
                advice="请用起草时列出的序号 (use a number of the list).",
            )
    return [
        DraftSentence(
            text=f"{problem.text}。",
            kind=SentenceKind.KEPT,
            cited=(cite_passage(problem.passage, last),) if last is not None else (),
        )
        for problem in (found[number - 1] for number in dict.fromkeys(choices.keep))
    ]


def _other(draft: Draft, words: Wordings, choices: Choices) -> Iterator[DraftParagraph]:
    """The fee that was collected, or the gap for it; then what else there is to report."""
    said, fee = words.other, choices.fee
    unpaid = draft.values.get(UNPAID)
    sentences = []
    if fee is None:
        sentences.append(gap(said.open))
    else:
        template = said.some if fee else said.none
        shown = plain_number(fee)
        text = template.format(year=draft.year, body=draft.body, fee=shown)
        cited = (Cited(key=f"填报：信息处理费 {shown} 元"),)
        sentences.append(DraftSentence(text=text, kind=SentenceKind.STATED, cited=cited))
        if fee or unpaid:
            cells = (cite_cell(draft.cell(UNPAID), draft.year),) if unpaid else ()
            sentences.append(gap(said.notices, *cells))
    yield DraftParagraph(sentences=tuple(sentences))
    yield DraftParagraph(sentences=(gap(said.other),))


def _heading(number: int, text: str) -> DraftParagraph:
    """A heading of the second level: （一）主动公开."""
    sentence = DraftSentence(text=f"（{HAN[number]}）{text}", kind=SentenceKind.STATED)
    return DraftParagraph(sentences=(sentence,), heading=True)


def _short(text: str, longest: int) -> str:
    """A problem as its gap quotes it: no longer, and its own quotations within quotation marks."""
    short = text if len(text) <= longest else f"{text[:longest]}……"
    return short.replace("“", "‘").replace("”", "’")
