"""The ledger: reports, figures, checks, passages and their full text; the source of truth.

SQLite in WAL mode through SQLAlchemy Core. A report is written in one transaction, whole or
not at all. The ledger also knows which reports the vector store has not yet taken, and counts
*generations*: odd while a build is writing vectors, even when they are at rest, so that a
reader in another process can tell when to reopen them; and *revisions* of the reports, so that
whoever keeps something made of all of them can tell when it is out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from index.across.abstract import Abstract
from index.errors import NoStore, StoreError
from index.report import Check, Figure, Passage, Report, ReportCard
from index.storage import fetching, searching, writing
from index.storage.exact_json import load
from index.storage.schema import (
    ABSTRACTS,
    PASSAGES,
    REMOVALS,
    REPORTS,
    SCHEMA,
    SETTINGS,
    connect,
    create_tables,
)
from index.storage.searching import Found

__all__ = ["FILE", "Found", "Ledger"]

FILE = "ledger.sqlite3"


class Ledger:
    """One ledger file; safe for several readers and one writer."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the ledger in a store's folder.

        Raises:
            NoStore: there is none and ``create`` is False.
            StoreError: the file is no ledger of this version.
        """
        path = folder / FILE
        if not path.exists() and not create:
            raise NoStore(
                "这里还没有索引 (nothing is indexed here yet).",
                place=str(folder),
                advice="请先运行 gouji build 报告文件夹 (run: gouji build FOLDER).",
            )
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._engine = connect(path)
        try:
            self._prepare(create=create)
        except sa.exc.DatabaseError as error:
            raise StoreError(
                "索引文件已损坏或不是索引 (the ledger is damaged or is none).",
                place=str(path),
                advice="请移走它，再运行 gouji build (move it away and build again).",
            ) from error

    def _prepare(self, *, create: bool) -> None:
        if create:
            create_tables(self._engine)
        if self.setting("schema") != str(SCHEMA):
            raise StoreError(
                "索引由另一版本建立 (the ledger was made by another version).",
                place=str(self.folder),
                advice="请换一个 GOUJI_STORE 或删除后重建 (build it again).",
            )
        ABSTRACTS.create(self._engine, checkfirst=True)  # ledgers made before have none

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    # -- settings and generations ------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """A setting of the store, None where it is not set."""
        with self._engine.connect() as db:
            return db.execute(
                sa.select(SETTINGS.c.value).where(SETTINGS.c.name == name)
            ).scalar_one_or_none()

    def set(self, name: str, value: str) -> None:
        """Set a setting of the store."""
        with self._engine.begin() as db:
            db.execute(
                sa.text("INSERT OR REPLACE INTO settings VALUES (:n, :v)"), {"n": name, "v": value}
            )

    @property
    def generation(self) -> int:
        """Even: the vectors are at rest. Odd: a build is writing them, or was killed."""
        return int(self.setting("generation") or 0)

    def settle(self) -> None:
        """Make the generation even after a killed build; only for the holder of the lock."""
        now = self.generation
        if now % 2:
            self.set("generation", str(now + 1))

    @contextmanager
    def writing_vectors(self) -> Iterator[None]:
        """Mark the vectors as being written; stays marked if the process dies within."""
        now = self.generation
        self.set("generation", str(now + 1 + now % 2))
        yield
        self.set("generation", str(self.generation + 1))

    @property
    def revision(self) -> int:
        """Grows with every report that is put or removed, in whatever process."""
        return int(self.setting("revision") or 0)

    # -- writing -----------------------------------------------------------------------

    def put(self, report: Report, *, place: str, reading: str) -> list[str]:
        """Write a report in one transaction; returns ids of reports it replaces.

        Replaced are the earlier reading of the same file and an earlier copy of the same id.
        """
        with self._engine.begin() as db:
            return writing.put(db, report, place=place, reading=reading)

    def remove(self, ids: Sequence[str]) -> None:
        """Remove reports and all that belongs to them."""
        with self._engine.begin() as db:
            writing.remove(db, ids)

    def to_forget(self) -> list[str]:
        """Ids of replaced reports whose records the vector store still has."""
        with self._engine.connect() as db:
            return list(db.execute(sa.select(REMOVALS.c.report)).scalars())

    def forgotten(self, ids: Sequence[str]) -> None:
        """Note that the vector store has no record of these reports any more."""
        with self._engine.begin() as db:
            db.execute(REMOVALS.delete().where(REMOVALS.c.report.in_(ids)))

    def vectors_taken(self, ids: Sequence[str]) -> None:
        """Note that the vector store has these reports."""
        with self._engine.begin() as db:
            db.execute(REPORTS.update().where(REPORTS.c.id.in_(ids)).values(vectors=True))

    def vectors_forgotten(self) -> None:
        """Note that the vector store has none of the reports any more."""
        with self._engine.begin() as db:
            db.execute(REPORTS.update().values(vectors=False))

    # -- reading -----------------------------------------------------------------------

    def known(self, place: str) -> tuple[str, str, str] | None:
        """(id, sha256, reading) of the report read from a file, None where there is none."""
        with self._engine.connect() as db:
            row = db.execute(
                sa.select(REPORTS.c.id, REPORTS.c.sha256, REPORTS.c.reading).where(
                    REPORTS.c.place == place
                )
            ).one_or_none()
        return (row.id, row.sha256, row.reading) if row else None

    def place_of(self, report_id: str) -> str | None:
        """Resolved path of the file a report was read from, None where it is not indexed."""
        with self._engine.connect() as db:
            return db.execute(
                sa.select(REPORTS.c.place).where(REPORTS.c.id == report_id)
            ).scalar_one_or_none()

    def without_vectors(self) -> list[str]:
        """Ids of the reports that the vector store has not yet taken."""
        with self._engine.connect() as db:
            return list(
                db.execute(
                    sa.select(REPORTS.c.id).where(~REPORTS.c.vectors).order_by(REPORTS.c.id)
                ).scalars()
            )

    def cards(self) -> tuple[ReportCard, ...]:
        """All reports for a list, by body and year."""
        with self._engine.connect() as db:
            rows = db.execute(sa.select(REPORTS.c.card).order_by(REPORTS.c.body, REPORTS.c.year))
            return tuple(ReportCard.model_validate(load(row.card)) for row in rows)

    def report(self, report_id: str) -> Report:
        """A whole report.

        Raises:
            KeyError: no such report is indexed.
        """
        with self._engine.connect() as db:
            return fetching.whole(db, report_id)

    def texts(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(id, text) of reports, the text as it was read; ids that are not indexed are left out."""
        with self._engine.connect() as db:
            yield from fetching.texts(db, ids)

    def rows(
        self, ids: Iterable[str], rows: Iterable[tuple[str, str]]
    ) -> dict[str, tuple[tuple[Figure, ...], tuple[Check, ...]]]:
        """Some (table, row) of many reports, without reading the reports whole.

        Returns:
            By report, in the order of the form, the figures of these rows and the checks that
            cover them; reports that have no such row are left out.
        """
        with self._engine.connect() as db:
            return fetching.of_rows(db, ids, rows)

    def failing(self) -> dict[str, tuple[Check, ...]]:
        """Checks of every strength that fail, by report; reports without any are left out."""
        with self._engine.connect() as db:
            return fetching.failing(db)

    def abstracts(self) -> Iterator[Abstract]:
        """The abstracts of all reports; those of a ledger that has none are made now."""
        with self._engine.connect() as db:
            yield from fetching.abstracts(db)

    def passage(self, report_id: str, number: int) -> Passage | None:
        """One passage, None where there is no such."""
        with self._engine.connect() as db:
            data = db.execute(
                sa.select(PASSAGES.c.data).where(
                    (PASSAGES.c.report == report_id) & (PASSAGES.c.number == number)
                )
            ).scalar_one_or_none()
        return Passage.model_validate(load(data)) if data else None

    def figures_of_value(self, value: str, *, limit: int = 50) -> list[tuple[str, Figure]]:
        """(report id, figure) of the cells of tables with a value, as `str` writes it.

        Numbers of running text are found by their passage (`search`).
        """
        with self._engine.connect() as db:
            return searching.figures_of_value(db, value, limit=limit)

    def search(
        self, text: str, *, limit: int = 20, reports: Iterable[str] | None = None
    ) -> list[Found]:
        """Passages by full text (BM25), best first; ``reports`` None searches all of them."""
        with self._engine.connect() as db:
            return searching.search(db, text, limit=limit, reports=reports)
