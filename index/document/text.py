"""What sections one, five and six of a report must say: topics, problems and the fee."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.document.facts import COPY, Facts, Finding, outcome, part_label
from index.document.outline import Part
from index.report import Outcome, Span, Strength
from index.script import Folded
from index.words import fold_phrases
from index.words.document import load_document_words

FEE_SINCE = 2021
LEAST_OVERVIEW = 30
"""Characters below which section one is no text, but what is left of one."""
SET_SHARE, MOST_LEFT = 12, 10
"""A section that is but for one character in so many, and so many at most, set phrases is empty."""
HAN = re.compile(r"[\u3400-\u9fff]")
STOPS = "。；;!！?？"


def fee_is_reported(facts: Facts) -> Iterator[Finding]:
    """D-FEE: section six says what was charged, or that nothing was; another section will not do.

    A section six of 无 alone, and one that a broken copy lost, prove nothing.
    """
    if not _asks_for_fee(facts):
        return
    part, place = facts.outline.parts.get(6), ("s6", part_label(6))
    own = _fee_sentence(part) if part else None
    if own is not None:
        yield Finding(*place, own[0], Outcome.HOLDS, (own[1],))
        return
    elsewhere = [(n, s) for n in (1, 5) if (s := _fee_sentence(facts.outline.parts.get(n)))]
    if elsewhere:
        number, (said, span) = elsewhere[0]
        said = f"写在{part_label(number)}：{said}"
        yield Finding(*place, said, Outcome.FAILS, (span,), Strength.INFO)
    elif part is None:
        result = Outcome.NOT_EVALUABLE if facts.torn else Outcome.FAILS
        yield Finding(*place, "没有读到第六部分，全文没有提到信息处理费", result)
    elif load_document_words().nothing.match(part.text.text):
        said = "第六部分只写“无”，没有提到信息处理费"
        yield Finding(*place, said, Outcome.FAILS, (part.heading.span,), Strength.INFO)
    else:
        said = "第六部分没有提到信息处理费"
        yield Finding(*place, said, Outcome.FAILS, (part.heading.span,))


def _asks_for_fee(facts: Facts) -> bool:
    year = facts.number
    since = facts.form.years[0] >= FEE_SINCE if year is None else year >= FEE_SINCE
    return since and not facts.annexed and bool(facts.outline.parts)


def _fee_sentence(part: Part | None) -> tuple[str, Span] | None:
    """The first sentence of a section that speaks of the fee, with its place."""
    if part is None:
        return None
    words = load_document_words()
    for match in words.fee.finditer(part.text.text):
        start, end = _sentence(part.text, *match.span())
        said = part.text.text[start:end]
        if not words.other_fee.search(said) or words.fee.search(words.other_fee.sub("", said)):
            return said, part.span(start, end)
    return None


def _sentence(text: Folded, start: int, end: int) -> Span:
    """The sentence around a place, without its stop."""
    first = max(text.text.rfind(stop, 0, start) for stop in STOPS) + 1
    ends = [at for stop in STOPS if (at := text.text.find(stop, end)) >= 0]
    return first, min(ends, default=len(text.text))


def unpaid_fees_were_asked_for(facts: Facts) -> Iterator[Finding]:
    """D-FEE-T3: nobody fails to pay what no notice asked for."""
    part = facts.outline.parts.get(6)
    unpaid = [f for f in facts.cells("t3", "other_no_payment") if f.value]
    if part is None or not unpaid:
        return
    total, said = unpaid[-1], load_document_words().no_notice.search(part.text.text)
    found = f"{total.row_label}{total.value}，"
    found += f"而第六部分称“{said[0]}”" if said else "第六部分没有称未发出收费通知"
    spans = (part.span(*_sentence(part.text, *said.span())),) if said else ()
    label = part_label(6)
    yield Finding("s6", label, found, outcome(holds=said is None), spans, terms=(total,))


def problems_are_named(facts: Facts) -> Iterator[Finding]:
    """D-EMPTY: what is left of section five without set phrases names something.

    A number, years aside, is always something. A heading without a text may be the copy's fault.
    """
    part = facts.outline.parts.get(5)
    if part is None:
        return
    words = load_document_words()
    bare = words.mark.sub("", words.date.sub("", part.text.text))
    place, spans = ("s5", part_label(5)), (part.heading.span,)
    if not HAN.search(bare):
        strength = Strength.INFO if facts.torn else None
        said = "标题下没有文字" + (COPY if facts.torn else "")
        yield Finding(*place, said, Outcome.FAILS, spans, strength)
    elif words.number.search(bare):
        yield Finding(*place, "写有数字", Outcome.HOLDS, spans)
    else:
        rest = words.set_phrase.sub("", fold_phrases(bare))
        size, left = len(HAN.findall(bare)), len(HAN.findall(rest))
        much = left > MOST_LEFT or left * SET_SHARE > size
        holds = much and not words.nothing.match(part.text.text)
        said = f"共{size}字，除去套话余{left}字" + ("" if holds else "，没有具体问题或措施")
        yield Finding(*place, said, outcome(holds=holds), spans)


def topics_are_covered(facts: Facts) -> Iterator[Finding]:
    """D-TOPICS: section one speaks of its five topics."""
    part = facts.outline.parts.get(1)
    if part is None or len(part.text.text) < LEAST_OVERVIEW:
        return
    topics = load_document_words().topics
    absent = [name for name, pattern in topics.items() if not pattern.search(part.text.text)]
    said = f"没有提到{'、'.join(absent)}" if absent else "五个方面都有"
    spans = (part.heading.span,)
    yield Finding("s1", part_label(1), said, outcome(holds=not absent), spans)
