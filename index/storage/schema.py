"""The tables of the ledger, and the engine that opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

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


def connect(path: Path) -> sa.Engine:
    """The engine of a ledger file: its readers go on while one writes, and a writer waits."""
    engine = sa.create_engine(f"sqlite:///{path}")
    sa.event.listen(engine, "connect", _configure)
    return engine


def create_tables(engine: sa.Engine) -> None:
    """Make the tables of a new ledger, where they are not there yet."""
    META.create_all(engine)
    with engine.begin() as db:
        db.execute(sa.text(FULL_TEXT))
        db.execute(
            sa.text("INSERT OR IGNORE INTO settings VALUES ('schema', :v), ('generation', '0')"),
            {"v": str(SCHEMA)},
        )


def _configure(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=10000")
