"""The store as answering needs it: reports and search, the vectors opened only when needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from index.embed import load_embedder
from index.ledger import Ledger
from index.report import Report, ReportCard
from index.script import fold
from index.store import VectorStore

T = TypeVar("T")
MOST_KEPT = 64
"""Reports whose texts are kept prepared."""


class Shelf:
    """The reports of one store folder."""

    def __init__(self, folder: Path, embedder: str | None = None) -> None:
        """Open the ledger.

        Raises:
            NoStore: nothing was built in this folder.
        """
        self._folder, self._embedder = folder, embedder
        self.ledger = Ledger(folder)
        self._kept: OrderedDict[tuple[str, str], Any] = OrderedDict()

    @cached_property
    def vectors(self) -> VectorStore:
        """The vector store, opened when first needed.

        Raises:
            EmbedderMismatch: its vectors were made by another embedder.
        """
        return VectorStore(self._folder, self.ledger, load_embedder(self._embedder))

    def reports(self) -> tuple[ReportCard, ...]:
        """All indexed reports."""
        return self.ledger.cards()

    def report(self, report_id: str) -> Report:
        """One report, whole.

        Raises:
            KeyError: no such report is indexed.
        """
        return self.ledger.report(report_id)

    def folded_text(self, report_id: str) -> str:
        """Folded text of a report, for finding it by what it says."""
        return fold(self.report(report_id).text).text

    def prepared(self, report_id: str, make: Callable[[Report], T]) -> T:
        """What ``make`` makes of a report, kept for the next question; the oldest is let go.

        Raises:
            KeyError: no such report is indexed.
        """
        key = (report_id, make.__qualname__)
        if key not in self._kept:
            self._kept[key] = make(self.report(report_id))
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        made: T = self._kept[key]
        return made
