"""The ledger: reports, figures, checks, passages and their full text; the source of truth.

SQLite in WAL mode through SQLAlchemy Core. A report is written in one transaction, whole or
not at all. The ledger also knows which reports the vector store has not yet taken, and counts
*generations*: odd while a build is writing vectors, even when they are at rest, so that a
reader in another process can tell when to reopen them; and *revisions* of the reports, so that
whoever keeps something made of all of them can tell when it is out of date.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from index.across.abstract import Abstract, abstract_of
from index.errors import NoStore, StoreError
from index.report import Check, Figure, Outcome, Passage, Record, Report, ReportCard, card_of
from index.segment import terms
from index.storage.packing import pack, unpack

FILE = "ledger.sqlite3"
SCHEMA = 1
"""Version of the tables; a ledger of another version is built anew."""

META = sa.MetaData()
SETTINGS = sa.Table(
    "settings", META, sa.Column("name", sa.String, primary_key=True), sa.Column("value", sa.String)
)
REPORTS = sa.Table(
    "reports",
    META,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("place", sa.String, nullable=False, unique=True),  # resolved path of the file
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("reading", sa.String, nullable=False),  # what else the reading depended on
    sa.Column("body", sa.String),
    sa.Column("year", sa.Integer),
    sa.Column("card", sa.Text, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("vectors", sa.Boolean, nullable=False, default=False),
)
FIGURES = sa.Table(
    "figures",
    META,
    sa.Column("report", sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("address", sa.String, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("value", sa.String),
    sa.Column("data", sa.Text, nullable=False),
    sa.Index("figures_by_address", "address"),
    sa.Index("figures_by_value", "value"),
)
CHECKS = sa.Table(
    "checks",
    META,
    sa.Column("report", sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("outcome", sa.String, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Index("checks_by_outcome", "outcome"),
)
PASSAGES = sa.Table(
    "passages",
    META,
    sa.Column("report", sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("data", sa.Text, nullable=False),
)
ABSTRACTS = sa.Table(  # what of a report is held against other reports
    "abstracts",
    META,
    sa.Column("report", sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
REMOVALS = sa.Table(  # reports whose records the vector store has still to forget
    "removals", META, sa.Column("report", sa.String, primary_key=True)
)
FULL_TEXT = """
CREATE VIRTUAL TABLE IF NOT EXISTS full_text USING fts5(
    report UNINDEXED, number UNINDEXED, terms,
    tokenize="unicode61 remove_diacritics 0 tokenchars '.'"
)
"""
REVISED = """
INSERT INTO settings VALUES ('revision', '1')
ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1
"""
LAST = "\U0010ffff"
"""Sorts behind every character of an address."""
AT_ONCE = 500
"""Reports asked for in one statement."""
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
        self._engine = sa.create_engine(f"sqlite:///{path}")
        sa.event.listen(self._engine, "connect", _configure)
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
            META.create_all(self._engine)
            with self._engine.begin() as db:
                db.execute(sa.text(FULL_TEXT))
                db.execute(
                    sa.text(
                        "INSERT OR IGNORE INTO settings VALUES ('schema', :v), ('generation', '0')"
                    ),
                    {"v": str(SCHEMA)},
                )
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
            db.execute(sa.text(REVISED))
            replaced = [
                row.id
                for row in db.execute(
                    sa.select(REPORTS.c.id).where(
                        (REPORTS.c.place == place) | (REPORTS.c.id == report.id)
                    )
                )
            ]
            _delete(db, replaced)
            gone = [r for r in replaced if r != report.id]
            db.execute(REMOVALS.delete().where(REMOVALS.c.report.in_([*gone, report.id])))
            _insert(db, REMOVALS, [{"report": r} for r in gone])
            kept = report.model_dump(exclude={"figures", "checks", "passages"})
            db.execute(
                REPORTS.insert().values(
                    id=report.id,
                    place=place,
                    sha256=report.sha256,
                    reading=reading,
                    body=report.body.value,
                    year=int(report.year.value) if report.year.value else None,
                    card=_dump(card_of(report).model_dump()),
                    data=_dump(kept),
                    vectors=False,
                )
            )
            _insert(db, FIGURES, [
                {"report": report.id, "address": f.address, "position": i,
                 "status": f.status.value, "data": _dump(f.model_dump()),
                 "value": None if f.value is None else str(f.value)}
                for i, f in enumerate(report.figures)
            ])  # fmt: skip
            _insert(db, CHECKS, [
                {"report": report.id, "id": c.id, "position": i,
                 "outcome": c.outcome.value, "data": _dump(c.model_dump())}
                for i, c in enumerate(report.checks)
            ])  # fmt: skip
            _insert(db, ABSTRACTS, [{"report": report.id, "data": pack(abstract_of(report))}])
            _insert(db, PASSAGES, [
                {"report": report.id, "number": p.number, "data": _dump(p.model_dump())}
                for p in report.passages
            ])  # fmt: skip
            if report.passages:
                db.execute(
                    sa.text("INSERT INTO full_text VALUES (:report, :number, :terms)"),
                    [
                        {"report": report.id, "number": p.number, "terms": " ".join(terms(p.text))}
                        for p in report.passages
                    ],
                )
        return gone

    def remove(self, ids: Sequence[str]) -> None:
        """Remove reports and all that belongs to them."""
        with self._engine.begin() as db:
            db.execute(sa.text(REVISED))
            _delete(db, ids)

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
            return tuple(ReportCard.model_validate(_load(row.card)) for row in rows)

    def report(self, report_id: str) -> Report:
        """A whole report.

        Raises:
            KeyError: no such report is indexed.
        """
        with self._engine.connect() as db:
            data = db.execute(
                sa.select(REPORTS.c.data).where(REPORTS.c.id == report_id)
            ).scalar_one_or_none()
            if data is None:
                raise KeyError(report_id)
            parts = [
                _load_all(
                    db.execute(
                        sa.select(table.c.data).where(table.c.report == report_id).order_by(order)
                    ).scalars()
                )
                for table, order in (
                    (FIGURES, FIGURES.c.position),
                    (CHECKS, CHECKS.c.position),
                    (PASSAGES, PASSAGES.c.number),
                )
            ]
        figures, checks, passages = parts
        return Report.model_validate(
            {**_load(data), "figures": figures, "checks": checks, "passages": passages}
        )

    def texts(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(id, text) of reports, the text as it was read; ids that are not indexed are left out."""
        with self._engine.connect() as db:
            for part in _parts(ids):
                text = sa.func.json_extract(REPORTS.c.data, "$.text").label("text")
                rows = db.execute(sa.select(REPORTS.c.id, text).where(REPORTS.c.id.in_(part)))
                yield from ((row.id, row.text) for row in rows)

    def rows(
        self, ids: Iterable[str], rows: Iterable[tuple[str, str]]
    ) -> dict[str, tuple[tuple[Figure, ...], tuple[Check, ...]]]:
        """Some (table, row) of many reports, without reading the reports whole.

        Returns:
            By report, in the order of the form, the figures of these rows and the checks that
            cover them; reports that have no such row are left out.
        """
        of_rows = sa.or_(
            sa.false(),
            *(FIGURES.c.address.between(f"{t}.{r}.", f"{t}.{r}.{LAST}") for t, r in rows),
        )
        figures: dict[str, list[Figure]] = {}
        checks: dict[str, list[Check]] = {}
        with self._engine.connect() as db:
            for part in _parts(ids):
                wanted = FIGURES.c.report.in_(part) & of_rows
                for row in db.execute(_in_order(FIGURES, wanted)):
                    figure = Figure.model_validate(_load(row.data))
                    figures.setdefault(row.report, []).append(figure)
                covering = {(r, c) for r in part for f in figures.get(r, ()) for c in f.checks}
                named = CHECKS.c.id.in_({check for _, check in covering})
                for row in db.execute(_in_order(CHECKS, CHECKS.c.report.in_(part) & named)):
                    check = Check.model_validate(_load(row.data))
                    if (row.report, check.id) in covering:
                        checks.setdefault(row.report, []).append(check)
        return {r: (tuple(own), tuple(checks.get(r, ()))) for r, own in figures.items()}

    def failing(self) -> dict[str, tuple[Check, ...]]:
        """Checks of every strength that fail, by report; reports without any are left out."""
        failing = _in_order(CHECKS, CHECKS.c.outcome == Outcome.FAILS.value)
        found: dict[str, list[Check]] = {}
        with self._engine.connect() as db:
            for row in db.execute(failing):
                found.setdefault(row.report, []).append(Check.model_validate(_load(row.data)))
        return {report: tuple(checks) for report, checks in found.items()}

    def abstracts(self) -> Iterator[Abstract]:
        """The abstracts of all reports; those of a ledger that has none are made now."""
        with self._engine.connect() as db:
            rows = sa.select(REPORTS.c.id, ABSTRACTS.c.data).outerjoin(ABSTRACTS)
            for row in db.execute(rows.order_by(REPORTS.c.body, REPORTS.c.year, REPORTS.c.id)):
                kept = row.data is not None
                yield unpack(row.data) if kept else abstract_of(self.report(row.id))

    def passage(self, report_id: str, number: int) -> Passage | None:
        """One passage, None where there is no such."""
        with self._engine.connect() as db:
            data = db.execute(
                sa.select(PASSAGES.c.data).where(
                    (PASSAGES.c.report == report_id) & (PASSAGES.c.number == number)
                )
            ).scalar_one_or_none()
        return Passage.model_validate(_load(data)) if data else None

    def figures_of_value(self, value: str, *, limit: int = 50) -> list[tuple[str, Figure]]:
        """(report id, figure) of the cells of tables with a value, as `str` writes it.

        Numbers of running text are found by their passage (`search`).
        """
        with self._engine.connect() as db:
            rows = db.execute(
                sa.select(FIGURES.c.report, FIGURES.c.data)
                .where(FIGURES.c.value == value)
                .where(~FIGURES.c.address.startswith("prose."))
                .order_by(FIGURES.c.report, FIGURES.c.position)
                .limit(limit)
            )
            return [(row.report, Figure.model_validate(_load(row.data))) for row in rows]

    def search(
        self, text: str, *, limit: int = 20, reports: Iterable[str] | None = None
    ) -> list[Found]:
        """Passages by full text (BM25), best first; ``reports`` None searches all of them."""
        words = list(dict.fromkeys(terms(text)))
        if not words:
            return []
        query = " OR ".join(f'"{word}"' for word in words)
        statement = sa.text(SEARCH).bindparams(sa.bindparam("reports", expanding=True))
        values: dict[str, Any] = {
            "query": query,
            "limit": limit,
            "everywhere": reports is None,
            "reports": list(reports) if reports is not None else [],
        }
        with self._engine.connect() as db:
            return [
                Found(
                    report=row.report,
                    passage=Passage.model_validate(_load(row.data)),
                    score=row.score,
                )
                for row in db.execute(statement, values)
            ]


def _in_order(table: sa.Table, wanted: sa.ColumnElement[bool]) -> sa.Select[tuple[str, str]]:
    """(report, data) of figures or checks, report by report as they stand in the form."""
    return (
        sa.select(table.c.report, table.c.data)
        .where(wanted)
        .order_by(table.c.report, table.c.position)
    )


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    """Ids in parts that fit into one statement."""
    every = list(ids)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


def _configure(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=10000")


def _insert(db: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.execute(table.insert(), rows)


def _delete(db: sa.Connection, ids: Sequence[str]) -> None:
    for report_id in ids:
        db.execute(sa.text("DELETE FROM full_text WHERE report = :r"), {"r": report_id})
        db.execute(REPORTS.delete().where(REPORTS.c.id == report_id))


def _dump(data: Any) -> str:
    """JSON that gives Decimal back exactly."""
    return json.dumps(data, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    raise TypeError(f"not storable: {type(value).__name__}")


def _load(text: str) -> Any:
    exact = '"decimal"' in text  # looking at every object takes longer than all else
    return json.loads(text, object_hook=_exact if exact else None)


def _load_all(texts: Iterable[str]) -> Any:
    return _load(f"[{','.join(texts)}]")


def _exact(data: dict[str, Any]) -> Any:
    return Decimal(data["decimal"]) if data.keys() == {"decimal"} else data
