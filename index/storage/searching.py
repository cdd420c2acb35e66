"""What the ledger finds by its text or its value, on a caller's connection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from index.record import Record
from index.report import Figure, Passage
from index.segment import terms
from index.storage.exact_json import load
from index.storage.schema import FIGURES

SEARCH = """
SELECT f.report, p.data, -bm25(full_text) AS score
FROM full_text f JOIN passages p ON p.report = f.report AND p.number = f.number
WHERE full_text MATCH :query AND (:everywhere OR f.report IN :reports)
ORDER BY score DESC LIMIT :limit
"""


class Found(Record):
    """A passage found: higher ``score`` is better."""

    report: str
    passage: Passage
    score: float


def search(
    db: sa.Connection, text: str, *, limit: int, reports: Iterable[str] | None
) -> list[Found]:
    """Passages by full text (BM25), best first; ``reports`` None searches all of them."""
    words = list(dict.fromkeys(terms(text)))
    if not words:
        return []
    statement = sa.text(SEARCH).bindparams(sa.bindparam("reports", expanding=True))
    values: dict[str, Any] = {
        "query": " OR ".join(f'"{word}"' for word in words),
        "limit": limit,
        "everywhere": reports is None,
        "reports": list(reports) if reports is not None else [],
    }
    return [
        Found(report=row.report, passage=Passage.model_validate(load(row.data)), score=row.score)
        for row in db.execute(statement, values)
    ]


def figures_of_value(db: sa.Connection, value: str, *, limit: int) -> list[tuple[str, Figure]]:
    """(report id, figure) of the cells of tables with a value, as `str` writes it."""
    rows = db.execute(
        sa.select(FIGURES.c.report, FIGURES.c.data)
        .where(FIGURES.c.value == value)
        .where(~FIGURES.c.address.startswith("prose."))
        .order_by(FIGURES.c.report, FIGURES.c.position)
        .limit(limit)
    )
    return [(row.report, Figure.model_validate(load(row.data))) for row in rows]
