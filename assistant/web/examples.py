"""Questions to begin with, made from the reports that are really there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from assistant.web.words import Words
from index.report import ReportCard, Status

MOST_EXAMPLES = 4
LOOKED_AT = 40
"""Reports among which a pair to compare is looked for."""


def examples(cards: Sequence[ReportCard], w: Words) -> list[str]:
    """Up to four: a proven figure, one that fails, a comparison or a vague one, a passage."""
    cards = sorted(cards, key=lambda c: not (c.body and c.year))
    sound = [c for c in cards if c.statuses.get(Status.VERIFIED, 0) and not c.failing]
    broken = [c for c in cards if c.failing]
    pair = _pair([c for c in sound if c.body])
    asked: list[str] = []
    if sound:
        asked.append(w.ask_figure.format(report=_name(sound[0], w)))
    if broken:
        asked.append(w.ask_figure.format(report=_name(broken[0], w)))
    if pair:
        asked.append(w.ask_compare.format(a=_name(pair[0], w), b=_name(pair[1], w)))
    elif len(cards) > 1:
        asked.append(w.ask_vague)
    texts = [c for c in (*sound, *cards) if c.passages]
    if texts:
        asked.append(w.ask_passage.format(report=_name(texts[0], w)))
    return asked[:MOST_EXAMPLES]


def _pair(cards: Sequence[ReportCard]) -> tuple[ReportCard, ReportCard] | None:
    """Two reports worth comparing: the first two of one year, or just the first two."""
    pairs = list(combinations(cards[:LOOKED_AT], 2))
    return next((p for p in pairs if p[0].year == p[1].year), pairs[0] if pairs else None)


def _name(card: ReportCard, w: Words) -> str:
    """How a person would name the report: body and year, or whatever it is listed under."""
    if card.body and card.year:
        return w.named.format(body=card.body, year=card.year)
    return card.title
