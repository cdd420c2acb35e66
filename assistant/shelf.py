"""The store as answering needs it: reports and search, the vectors opened only when needed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from index.embed import load_embedder
from index.ledger import Ledger
from index.report import Report, ReportCard
from index.script import fold
from index.store import VectorStore


class Shelf:
    """The reports of one store folder."""

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
