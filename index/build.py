"""★ Proven reports into the stores: the ledger first, then Chroma, so that a build resumes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from index.errors import InputError, OtherText, StoreLocked
from index.read import read_bytes
from index.read.names import printable
from index.reading import report_from_document
from index.report import Record, Report
from index.sidecar import Given
from index.sources import Places, Source, path_of, source_of
from index.storage.embed import Embedder
from index.storage.ledger import Ledger
from index.storage.store import VectorStore

READING = "10"
"""Version of the reading: raised when a change to it should reread unchanged files."""
CLEARING = "clearing"
"""Setting that is 1 while the vectors are to be thrown away and made anew."""
VECTOR_BATCH = 40
"""Reports whose vectors are written together: some 2,000 records."""


class Step(Record):
    """What became of one file: ``report`` is None where it could not be read.

    ``other``: it is plainly no report; ``message`` says so as of one that was meant.
    """

    path: str
    outcome: Literal["added", "updated", "unchanged", "duplicate", "failed", "other"]
    report: str | None = None
    title: str = ""
    message: str = ""


def build(
    sources: Iterable[Source | Path],
    folder: Path,
    embedder: Embedder,
    given: Given | None = None,
) -> Iterator[Step]:
    """Read reports into the store in ``folder``; yields one step a report as it is done.

    Unchanged ones are skipped, one bad file never stops the rest, and a build that was
    killed is taken up where it stopped: the ledger has each report whole or not at all, and
    knows whose vectors are missing.

    Raises:
        StoreLocked: another process is building into this store.
        StoreError: the store cannot be used.
    """
    with locked(folder), closing(Ledger(folder, create=True)) as ledger:
        vectors = VectorStore(folder, ledger, embedder)
        _take_up(ledger, vectors)
        places = Places()
        for source in sources:
            found = source_of(source) if isinstance(source, Path) else source
            yield _build_one(found, ledger, places, given)
            if len(ledger.without_vectors()) >= VECTOR_BATCH:
                write_vectors(ledger, vectors)
        write_vectors(ledger, vectors)


def _take_up(ledger: Ledger, vectors: VectorStore) -> None:
    """Finish what a killed build or rebuild left: nobody else writes while the lock is held."""
    ledger.settle()
    if ledger.setting(CLEARING) == "1":
        with ledger.writing_vectors():
            vectors.clear()
            ledger.vectors_forgotten()
            ledger.set(CLEARING, "0")


def _build_one(source: Source, ledger: Ledger, places: Places, given: Given | None) -> Step:
    path, place = str(source.path), source.place
    try:
        settings = (given or Given()).over(source.given())
        data = source.load()
        reading = f"{READING};{settings.model_dump_json()}"
        before = ledger.known(place)
        if before is not None and before[1:] == (hashlib.sha256(data).hexdigest(), reading):
            return Step(path=path, outcome="unchanged", report=before[0])
        report = report_from_document(read_bytes(data, source.path), settings)
        copy = ledger.place_of(report.id)
        if copy is not None and copy != place and places.has(copy):
            name = printable(path_of(copy)).name
            return Step(
                path=path,
                outcome="duplicate",
                report=report.id,
                title=report.title,
                message=f"与已有文件内容相同，未重复收录 (same content as): {name}",
            )
        ledger.put(report, place=place, reading=reading)
    except InputError as error:
        other = isinstance(error, OtherText) and ledger.known(place) is None  # it never was one
        return Step(path=path, outcome="other" if other else "failed", message=str(error))
    return Step(
        path=path,
        outcome="updated" if before is not None else "added",
        report=report.id,
        title=report.title,
        message=_other_version(report, ledger),
    )


def _other_version(report: Report, ledger: Ledger) -> str:
    """A remark where another file holds a report of the same body and year."""
    if report.body.value is None or report.year.value is None:
        return ""
    others = [
        card.source_file
        for card in ledger.cards()
        if card.id != report.id
        and card.body == report.body.value
        and str(card.year) == report.year.value
    ]
    if not others:
        return ""
    names = "、".join(others)
    return (
        f"同一单位同一年另有文件 {names}；两份都保留，提问时请选择 "
        f"(another file of the same body and year; both are kept)."
    )


def write_vectors(ledger: Ledger, vectors: VectorStore) -> int:
    """Write the vectors that are missing, remove those of replaced reports.

    Returns the number of reports written.
    """
    gone = ledger.to_forget()
    if gone:
        with ledger.writing_vectors():
            vectors.remove(gone)
            ledger.forgotten(gone)
    waiting = ledger.without_vectors()
    for start in range(0, len(waiting), VECTOR_BATCH):
        part = waiting[start : start + VECTOR_BATCH]
        with ledger.writing_vectors():
            vectors.add([ledger.report(report_id) for report_id in part])
            ledger.vectors_taken(part)
    return len(waiting)


def rebuild(folder: Path, embedder: Embedder) -> int:
    """Make all vectors anew from the ledger; returns the number of reports.

    Raises:
        NoStore: there is no ledger.
        StoreLocked: another process is building.
    """
    Ledger(folder).close()  # before the lock, which would make the folder
    with locked(folder), closing(Ledger(folder)) as ledger:
        ledger.set(CLEARING, "1")
        ledger.set("embedder", embedder.name)
        vectors = VectorStore(folder, ledger, embedder)
        _take_up(ledger, vectors)
        return write_vectors(ledger, vectors)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the store's write lock.

    Raises:
        StoreLocked: another process holds it.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(folder / "write.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreLocked(
            "另一个进程正在建立索引 (another process is building).",
            place=str(folder),
            advice="请等它结束后再试 (try again when it has finished).",
        ) from None
    try:
        yield
    finally:
        lock.release()
