"""The fused search as a LangChain retriever, for other people's chains.

Imported only when used: ``from assistant.retriever import PassageRetriever``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from assistant.answering.search import search
from assistant.ask import Desk


class PassageRetriever(BaseRetriever):
    """Passages of the indexed reports, best first, each with its place in the source.

    ``page_content`` is the source as printed; ``metadata`` has report, source_file, title,
    section, span (characters of the decoded file) and score. ``reports`` narrows the search
    to some report ids; None searches all.
    """

    desk: Any = Field(description="an open assistant.ask.Desk")
    reports: tuple[str, ...] | None = None
    limit: int = Field(default=5, ge=1, le=50)

    @classmethod
    def open(cls, store: Path, embedder: str | None = None, **options: Any) -> PassageRetriever:
        """A retriever over the store in a folder.

        Raises:
            NoStore: nothing was built in this folder.
        """
        return cls(desk=Desk(store, embedder), **options)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        desk: Desk = self.desk
        cards = {card.id: card for card in desk.reports()}
        hits = search(
            query, desk.shelf.ledger, desk.shelf.vectors, reports=self.reports, limit=self.limit
        )
        return [
            Document(
                id=f"{hit.report}/p{hit.passage.number}",
                page_content=hit.passage.text,
                metadata={
                    "report": hit.report,
                    "source_file": cards[hit.report].source_file,
                    "title": cards[hit.report].title,
                    "section": hit.passage.section,
                    "section_title": hit.passage.section_title,
                    "span": list(hit.passage.span),
                    "score": hit.score,
                },
            )
            for hit in hits
        ]
