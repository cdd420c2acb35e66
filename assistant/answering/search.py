"""Finding passages: full text and meaning, joined by reciprocal rank fusion.

The lexical index leads: on reports it finds more than small vectors do (docs/evaluation.md),
so it weighs more. Where no vectors can be searched (none built, or a build is writing them),
it serves alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.report import Passage, Span
from index.script import fold
from index.segment import terms
from index.storage.ledger import Found, Ledger
from index.storage.store import PASSAGES, VectorStore

RANK_OFFSET = 60
"""The usual constant of reciprocal rank fusion: how slowly the weight of a rank falls."""
LEXICAL_WEIGHT, MEANING_WEIGHT = 2.0, 1.0
OVERFETCH = 60


def search(
    text: str,
    ledger: Ledger,
    vectors: VectorStore | None,
    *,
    reports: Collection[str] | None = None,
    limit: int = 5,
) -> list[Found]:
    """Passages for a text, best first by the score of the fusion; ``reports`` None searches all."""
    scores: dict[tuple[str, int], float] = {}
    passages: dict[tuple[str, int], Passage] = {}
    for rank, found in enumerate(ledger.search(text, limit=OVERFETCH, reports=reports)):
        key = (found.report, found.passage.number)
        passages[key] = found.passage
        scores[key] = scores.get(key, 0) + LEXICAL_WEIGHT / (RANK_OFFSET + rank)
    near = vectors.near(PASSAGES, text, limit=OVERFETCH) if vectors is not None else []
    near = [n for n in near if reports is None or n.report in reports]
    for rank, record in enumerate(near):
        key = (record.report, int(record.key.removeprefix("p")))
        scores[key] = scores.get(key, 0) + MEANING_WEIGHT / (RANK_OFFSET + rank)
    hits = []
    for key in sorted(scores, key=lambda k: (-scores[k], k))[: limit * 3]:
        passage = passages.get(key) or ledger.passage(*key)
        if passage is not None:
            hits.append(Found(report=key[0], passage=passage, score=scores[key]))
    return hits[:limit]


def coverage(asked: str, text: str) -> float:
    """Share of the asked terms that a text holds; 0 where nothing is asked."""
    wanted = set(terms(asked))
    if not wanted:
        return 0.0
    return len(wanted & set(terms(text))) / len(wanted)


def marked(asked: str, text: str, span: Span) -> tuple[Span, ...]:
    """Spans of the source within ``span`` that hold asked terms, neighbouring ones joined."""
    folded = fold(text[slice(*span)])
    lowered = folded.text.lower()
    marks: list[Span] = []
    for term in sorted(set(terms(asked)), key=len, reverse=True):
        if len(term) == 1 and not term.isdigit():
            continue
        for match in re.finditer(re.escape(term), lowered):
            marks.append(folded.span(*match.span()))
    return _joined(sorted((span[0] + a, span[0] + b) for a, b in marks))


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
