"""The store as answering needs it: reports and search, the vectors opened only when needed.

What is made of all reports is kept until one is put or removed, by whatever process.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from assistant.lexicon import load_lexicon
from assistant.library.directory import Directory
from assistant.library.review import Review
from index.report import Recognised, Report, ReportCard
from index.script import fold
from index.storage.embed import load_embedder
from index.storage.ledger import Ledger
from index.storage.store import VectorStore

T = TypeVar("T")
MOST_KEPT = 64
"""What is kept of reports: whole ones, and what was made of them."""


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
        self._keeping = Lock()
        self._listed: tuple[int, Directory, Review] | None = None

    @cached_property
    def vectors(self) -> VectorStore:
        """The vector store, opened when first needed.

        Raises:
            EmbedderMismatch: its vectors were made by another embedder.
        """
        return VectorStore(self._folder, self.ledger, load_embedder(self._embedder))

    def directory(self) -> Directory:
        """All indexed reports with what finds them, as of now."""
        return self._as_of_now()[0]

    def review(self) -> Review:
        """What does not hold in the indexed reports, as of now."""
        return self._as_of_now()[1]

    def _as_of_now(self) -> tuple[Directory, Review]:
        revision = self.ledger.revision  # read first: what is read after it is as new, or newer
        listed = self._listed
        if listed is None or listed[0] != revision:
            directory = Directory(self.ledger.cards(), load_lexicon(), self.folded_texts)
            listed = (revision, directory, Review(self.ledger))
            self._kept = OrderedDict()  # a new one: what is just being made goes into the old
            self._listed = listed
        return listed[1:]

    def reports(self) -> tuple[ReportCard, ...]:
        """All indexed reports."""
        return self.directory().cards

    def report(self, report_id: str) -> Report:
        """One report, whole, kept for what else is asked of it.

        Raises:
            KeyError: no such report is indexed.
        """
        self.directory()  # lets go of what is kept where something was put or removed
        return self.prepared(report_id, _whole)

    def folded_texts(self, ids: Collection[str]) -> Iterator[tuple[str, str]]:
        """(id, folded text) of reports, for finding them by what they say."""
        return ((report, fold(text).text) for report, text in self.ledger.texts(ids))

    def outlines(
        self, cards: Collection[ReportCard], rows: Collection[tuple[str, str]]
    ) -> Iterator[Report]:
        """Reports with some (table, row) alone and the checks that cover them, without text.

        They are for looking at one cell of many reports. Whether a report lacks other rows too,
        or has no table at all, cannot be seen from its outline.
        """
        found = self.ledger.rows((card.id for card in cards), rows)
        for card in cards:
            figures, checks = found.get(card.id, ((), ()))
            yield Report(
                id=card.id,
                source_file=card.source_file,
                path="",
                sha256="",
                encoding="",
                text="",
                title=card.title,
                body=Recognised(value=card.body),
                year=Recognised(value=str(card.year) if card.year is not None else None),
                period=Recognised(),
                script=Recognised(value=card.script),
                form=Recognised(value=card.form),
                says=card.says,
                headings=(),
                figures=figures,
                checks=checks,
                passages=(),
            )

    def prepared(self, report_id: str, make: Callable[[Report], T]) -> T:
        """What ``make`` makes of a report, kept for the next question; the oldest is let go.

        Raises:
            KeyError: no such report is indexed.
        """
        key, kept = (report_id, make.__qualname__), self._kept
        with self._keeping:
            if key in kept:
                kept.move_to_end(key)
                found: T = kept[key]
                return found
        report = self.ledger.report(report_id) if make is _whole else self.report(report_id)
        made = make(report)  # two may make it at once, which is only work
        with self._keeping:
            kept[key] = made
            while len(kept) > MOST_KEPT:
                kept.popitem(last=False)
        return made


def _whole(report: Report) -> Report:
    """A report as it is."""
    return report
