"""Questions to begin with, made from the reports that are really there."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.words import Words
from index.report import ReportCard, Status

MOST_EXAMPLES = 4


def examples(cards: Sequence[ReportCard], w: Words) -> list[str]:
    """Up to four: a proven figure, one that fails, a comparison or a vague one, a passage."""
    cards = sorted(cards, key=lambda c: not (c.body and c.year))
    sound = [c for c in cards if c.statuses.get(Status.VERIFIED, 0) and not c.failing]
    broken = [c for c in cards if c.failing]
    named = [c for c in (*sound[:1], *broken[:1], *sound[1:]) if c.body]
    asked: list[str] = []
    if sound:
        asked.append(w.ask_figure.format(report=_name(sound[0], w)))
    if broken:
        asked.append(w.ask_figure.format(report=_name(broken[0], w)))
    if len(named) > 1:
        asked.append(w.ask_compare.format(a=_name(named[0], w), b=_name(named[1], w)))
    elif len(cards) > 1:
        asked.append(w.ask_vague)
    texts = [c for c in cards if c.passages]
    if texts:
        asked.append(w.ask_passage.format(report=_name(texts[0], w)))
    return asked[:MOST_EXAMPLES]


def _name(card: ReportCard, w: Words) -> str:
    """How a person would name the report: body and year, or whatever it is listed under."""
    if card.body and card.year:
        return w.named.format(body=card.body, year=card.year)
    return card.title
