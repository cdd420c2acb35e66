"""Chroma: figures (one record a table row) and passages, for finding by meaning.

Everything here can be rebuilt from the ledger. Ids are deterministic and writes are upserts,
so a killed build leaves nothing double. The only importer of chromadb; vectors are always
ours (`embedding_function=None`), so nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import EmbedderMismatch
from index.report import Record, Report
from index.script import fold
from index.storage.embed import Embedder
from index.storage.ledger import Ledger

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

FOLDER = "chroma"
FIGURES, PASSAGES = "figures", "passages"
BATCH = 2_000
"""Records a write; Chroma takes 1 to 2 ms a record at best, and far more in small writes."""


class Near(Record):
    """A record near in meaning: report, its key within the report, cosine similarity."""

    report: str
    key: str
    similarity: float


class VectorStore:
    """The two collections of one store folder."""

    def __init__(self, folder: Path, ledger: Ledger, embedder: Embedder) -> None:
        """Prepare; Chroma is opened when first used.

        Raises:
            EmbedderMismatch: the vectors there were made by another embedder.
        """
        self._path, self._ledger, self._embedder = folder / FOLDER, ledger, embedder
        self._client: ClientAPI | None = None
        self._generation = -1
        made_by = ledger.setting("embedder")
        if made_by is not None and made_by != embedder.name:
            raise EmbedderMismatch(
                f"向量由 {made_by} 建立，现在设定的是 {embedder.name} (another embedder).",
                place=str(folder),
                advice="请运行 gouji rebuild，或改回 GOUJI_EMBEDDER (run: gouji rebuild).",
            )

    # -- writing -----------------------------------------------------------------------

    def add(self, reports: Sequence[Report]) -> None:
        """Write the records of some reports, in batches."""
        self._ledger.set("embedder", self._embedder.name)
        for name, rows in (
            (FIGURES, [r for report in reports for r in figure_records(report)]),
            (PASSAGES, [r for report in reports for r in passage_records(report)]),
        ):
            collection = self._collection(name)
            for start in range(0, len(rows), BATCH):
                part = rows[start : start + BATCH]
                collection.upsert(
                    ids=[r[0] for r in part],
                    documents=[r[1] for r in part],
                    metadatas=[r[2] for r in part],
                    embeddings=self._embedder.encode([fold(r[1]).text for r in part]),
                )

    def remove(self, report_ids: Sequence[str]) -> None:
        """Remove the records of some reports."""
        for name in (FIGURES, PASSAGES):
            for report_id in report_ids:
                self._collection(name).delete(where={"report": report_id})

    def clear(self) -> None:
        """Remove both collections."""
        client = self._open()
        for name in (FIGURES, PASSAGES):
            if any(c.name == name for c in client.list_collections()):
                client.delete_collection(name)

    # -- reading -----------------------------------------------------------------------

    def available(self) -> bool:
        """Whether vectors can be searched: there are some, and no build is writing them."""
        if not self._path.exists() or self._ledger.generation % 2:
            return False
        return self._ledger.setting("embedder") is not None

    def near(self, name: str, text: str, *, limit: int = 20) -> list[Near]:
        """Records of a collection nearest to a text, best first; no filter (it would be slow)."""
        if not self.available():
            return []
        collection = self._collection(name)
        found = collection.query(
            query_embeddings=self._embedder.encode([fold(text).text]),
            n_results=limit,
            include=["distances"],
        )
        distances = found["distances"] or [[]]
        return [
            Near(report=key.split("/")[0], key=key.split("/")[1], similarity=1 - distance)
            for key, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def count(self, name: str) -> int:
        """Number of records in a collection."""
        return self._collection(name).count()

    def _collection(self, name: str) -> Collection:
        return self._open().get_or_create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
        )

    def _open(self) -> ClientAPI:
        """The client; opened anew where another process has built since."""
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        generation = self._ledger.generation
        if self._client is None or (generation != self._generation and generation % 2 == 0):
            if self._client is not None:
                SharedSystemClient.clear_system_cache()
            self._path.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(
                path=str(self._path), settings=Settings(anonymized_telemetry=False)
            )
            self._generation = generation
        return self._client


def figure_records(report: Report) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(id, text, metadata) of each table row that carries figures; passages hold the others."""
    rows: dict[tuple[str, str], list[str]] = {}
    labels: dict[tuple[str, str], str] = {}
    for figure in report.table_figures:
        key = (figure.table, figure.row)
        labels[key] = figure.row_label
        shown = "—" if figure.value is None else str(figure.value)
        rows.setdefault(key, []).append(f"{figure.column_label} {shown}")
    for (table, row), cells in rows.items():
        text = f"{report.title} {labels[table, row]}：{'，'.join(cells)}"
        yield f"{report.id}/{table}.{row}", text, {"report": report.id, "table": table, "row": row}


def passage_records(report: Report) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(id, text, metadata) of each passage."""
    for passage in report.passages:
        yield (
            f"{report.id}/p{passage.number}",
            passage.text,
            {"report": report.id, "section": passage.section, "number": passage.number},
        )
