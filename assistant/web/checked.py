"""What a session has checked: the audit, and what its findings open. Nothing is kept on disk."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread

from assistant.audit.across import without_report
from assistant.audit.audit import Audit, Watch, audit, audit_read
from assistant.audit.findings import Finding
from assistant.audit.looking import Step, Unread
from assistant.web.check_asked import Asked
from assistant.web.desk import Desk, fetch
from index.across.findings import report_of
from index.errors import GoujiError, InputError
from index.read import read_bytes
from index.reading import report_from_document
from index.report import Check, Report
from index.sidecar import Given
from index.sources import Source, Sources, find_sources

MOST_KEPT = 64 * 2**20
"""Bytes, compressed, of the reports that one session may open again."""
Progress = int
Open = Callable[[str], Report]


@dataclass(frozen=True)
class Kept:
    """A report as it was given, to be read again when one of its findings is opened."""

    path: Path
    packed: bytes
    given: Given

    def read(self) -> Report:
        """The report.

        Raises:
            InputError: it can no longer be read.
        """
        data = zlib.decompress(self.packed)
        return report_from_document(read_bytes(data, self.path), self.given)


@dataclass(frozen=True)
class Checked:
    """An audit, what was asked of it, and how its reports are opened, by their id."""

    audit: Audit
    asked: Asked
    open_report: Open = field(repr=False)

    @property
    def alone(self) -> tuple[str, ...]:
        """Governments of which no report was read, so their units were compared with nothing."""
        return without_report(self.audit.reports, self.asked.units)

    def check(self, finding: Finding) -> Check | None:
        """The check behind a finding, None where the report says something else by now."""
        across = (c for c in self.audit.across if report_of(c) == finding.report)
        own = (*across, *self.open_report(finding.report).checks)
        return next((c for c in own if c.id == finding.check and c.code == finding.code), None)


def check_uploads(paths: Sequence[str], what: Asked) -> Iterator[Progress | Checked]:
    """Check files that were uploaded, which are deleted: how many are done, at last the result.

    Raises:
        InputError: an archive cannot be opened at all.
    """
    with TemporaryDirectory() as folder:
        home = Path(folder)
        own = [_moved(Path(path), home) for path in paths]
        sources = _Uploads(find_sources(own), home)
        for step in _watched(
            lambda watch: audit(sources, None, what.wishes, what.comparing, watch=watch)
        ):
            if isinstance(step, Audit):
                yield Checked(_without(home, step), what, sources.open_report(step))
            else:
                yield step


def check_indexed(desk: Desk, what: Asked) -> Iterator[Progress | Checked]:
    """Check all reports of a desk: how many are done, at last the result.

    Raises:
        GoujiError: the store cannot be read.
    """
    reports = (fetch(desk, card.id) for card in desk.reports())
    for step in _watched(
        lambda watch: audit_read(reports, what.wishes, what.comparing, watch=watch)
    ):
        if isinstance(step, Audit):
            yield Checked(step, what, partial(fetch, desk))
        else:
            yield step


class _Uploads(Sources):
    """Uploaded reports under the names they were given, each noted for later when it is read."""

    def __init__(self, sources: Sources, home: Path) -> None:
        self._sources, self._home = sources, home
        self._kept: dict[str, Kept] = {}
        self._room = MOST_KEPT

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[Source]:
        for source in self._sources:
            path = source.path
            name = path.relative_to(self._home) if path.is_relative_to(self._home) else path
            yield replace(source, path=name, load=partial(self._load, source, name))

    def _load(self, source: Source, name: Path) -> bytes:
        data = source.load()
        packed = zlib.compress(data, 1)
        if len(packed) <= self._room:
            self._room -= len(packed)
            self._kept[str(name)] = Kept(name, packed, source.given())
        return data

    def open_report(self, done: Audit) -> Open:
        """What opens the reports that were read, by their id."""
        owners = ((looked.owner.report, looked.owner.path) for looked in done.reports)
        kept = {report: self._kept[path] for report, path in owners if path in self._kept}

        def opened(report: str) -> Report:
            if report not in kept:
                raise GoujiError(
                    "上传的文件太多，没有保留这一份 (too much was uploaded to keep this one)。",
                    advice="请单独上传它再核对 (check it alone)。",
                )
            return kept[report].read()

        return opened


def _moved(path: Path, home: Path) -> Path:
    """An uploaded file, taken out of where it was put; the place it leaves is removed."""
    target, number = home / path.name, 2
    while target.exists():
        target, number = home / f"{path.stem}-{number}{path.suffix}", number + 1
    shutil.move(path, target)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    return target


def _without(home: Path, done: Audit) -> Audit:
    """An audit whose unread files are called as they were given."""

    def named(file: Unread) -> Unread:
        return replace(file, path=file.path.removeprefix(f"{home}/"))

    return replace(
        done,
        unread=tuple(map(named, done.unread)),
        others=tuple(map(named, done.others)),
    )


def _watched(work: Callable[[Watch], Audit]) -> Iterator[Progress | Audit]:
    """Work done beside: after each report how many are done, at last what came of it.

    Raises:
        BaseException: whatever the work raised.
    """
    told: SimpleQueue[Progress | Audit | BaseException] = SimpleQueue()

    def watch(steps: Iterator[Step]) -> Iterable[Step]:
        for number, step in enumerate(steps, 1):
            told.put(number)
            yield step

    def run() -> None:
        try:
            told.put(work(watch))
        except BaseException as error:  # raised again where it is waited for
            told.put(error)

    Thread(target=run, daemon=True).start()
    while True:
        step = told.get()
        if isinstance(step, BaseException):
            raise step
        yield step
        if isinstance(step, Audit):
            return


def count_of(paths: Sequence[str]) -> int:
    """How many reports some uploaded files hold; 0 where they cannot be opened."""
    try:
        return len(find_sources([Path(path) for path in paths]))
    except InputError:
        return 0
