"""Where reports come from: files, folders, archives and standard input.

A `Source` knows what it is called, what it is known by from build to build, and how to get its
content, which is not read before it is asked for.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO
from urllib.parse import quote_from_bytes, unquote_to_bytes

from index.errors import InputError, UnreadableFile
from index.read import SUFFIXES, bytes_of, bytes_of_stream
from index.read.archive import Archive, Member, is_residue, may_be_report
from index.read.kinds import KINDS, is_archive, kind_of
from index.read.names import printable, without_controls
from index.read.refusals import refuse
from index.sidecar import SUFFIX, Given, parse_sidecar, read_sidecar

STDIN = Path("-")
PIPED = "stdin:"
"""How the place begins of what cannot be opened again."""
ENCODED = "file://"
"""How the place begins whose name has characters that cannot be shown: percent-encoded bytes."""
ZIP = ".zip"
KNOWN = frozenset({*SUFFIXES, ZIP})


@dataclass(frozen=True)
class Source:
    """One report to be read.

    ``path`` is what it is called: a member of an archive below the archive. ``place`` is what
    the ledger knows it by, of one file only; `path_of` leads back. ``load`` gives its content and
    ``given`` what its sidecar sets; both raise `InputError` where that cannot be read.
    """

    path: Path
    place: str
    load: Callable[[], bytes]
    given: Callable[[], Given]


class Sources:
    """All reports of some paths, one after the other; ``len`` counts them beforehand.

    An archive is open while its members are taken, and one member is held at a time.
    """

    def __init__(self, parts: Sequence[Source | Archive]) -> None:
        """``parts`` are single reports and archives of them, in their order."""
        self._parts = parts

    def __len__(self) -> int:
        return sum(len(p.members) if isinstance(p, Archive) else 1 for p in self._parts)

    def __iter__(self) -> Iterator[Source]:
        for part in self._parts:
            with part.opened() if isinstance(part, Archive) else nullcontext():
                yield from _members_of(part) if isinstance(part, Archive) else [part]


def find_sources(
    paths: Sequence[Path], stdin: BinaryIO | None = None, name: str | None = None
) -> Sources:
    """The reports in files, folders, ``.zip`` archives and standard input (``-``).

    Of folders all files with a known suffix are taken, those of linked folders too, each once.
    What cannot be opened is a source that says so when it is read, so that it stops no other.

    Args:
        paths: what the user named.
        stdin: where ``-`` is read from.
        name: what standard input is called; its suffix says its kind where the content does not.

    Raises:
        UnreadableFile: a path does not exist, or a folder holds no report.
        InputError: ``name`` without ``-``.
    """
    if name is not None and STDIN not in paths:
        raise InputError(
            "--name 只用于标准输入 (only for standard input).",
            advice="例如: gouji check - --name 报告.html < 文件 (give - as a path).",
        )
    parts: dict[str, Source | Archive] = {}
    for path in dict.fromkeys(paths):
        if path == STDIN and stdin is not None:
            parts.setdefault(PIPED, source_of_stream(stdin, name))
            continue
        for found in _found_at(path):
            if isinstance(found, Source):
                parts.setdefault(found.place, found)
            elif (place := _place_of(found)) not in parts:
                parts[place] = _open(found)
    return Sources(list(parts.values()))


def source_of(path: Path) -> Source:
    """A file as a source."""
    shown = printable(path)
    return Source(
        path=shown,
        place=_place_of(path),
        load=partial(bytes_of, path, str(shown)),
        given=partial(read_sidecar, path, str(shown)),
    )


def source_of_stream(stream: BinaryIO, name: str | None = None) -> Source:
    """What a stream holds, read now. It is known by its content, as its name says little.

    Without ``name`` it is called ``stdin`` with the suffix of what it holds.
    """
    called = Path(without_controls(Path(name or "").name) or "stdin")
    try:
        data = bytes_of_stream(stream, str(called))
        if name is None:
            kind = kind_of(data, str(called), "")
            called = called.with_suffix(next(end for end, known in KINDS.items() if known == kind))
    except UnreadableFile as fault:
        return _failing(called, fault)
    place = f"{PIPED}{hashlib.sha256(data).hexdigest()[:12]}/{called}"
    return Source(path=called, place=place, load=lambda: data, given=Given)


class Places:
    """Whether reports of the ledger are still where they were; an archive is listed once."""

    def __init__(self) -> None:
        self._members: dict[Path, frozenset[str]] = {}

    def has(self, place: str) -> bool:
        """Whether what the ledger knows by this place can still be read there."""
        if place.startswith(PIPED):
            return False
        path = path_of(place)
        if _is(path, lambda _: True):
            return True
        archive = next((p for p in path.parents if _is(p, S_ISREG)), None)
        if archive is None:
            return False
        if archive not in self._members:
            self._members[archive] = _places_in(archive)
        return place in self._members[archive]


def _places_in(archive: Path) -> frozenset[str]:
    try:
        members = Archive(archive, SUFFIXES).members
    except UnreadableFile:
        return frozenset()
    return frozenset(_place_of(archive, member.key) for member in members)


def path_of(place: str) -> Path:
    """The path, as the system has it, of what the ledger knows by a place."""
    if place.startswith(ENCODED):
        return Path(os.fsdecode(unquote_to_bytes(place.removeprefix(ENCODED))))
    return Path(place)


def _place_of(path: Path, inside: str = "") -> str:
    """Where a file, or what is ``inside`` of an archive, really is.

    A loop of links, which leads nowhere, stays as it is. Names that look alike stay apart.
    """
    place = os.path.realpath(path) + (f"/{inside}" if inside else "")
    if without_controls(place) == place:
        return place
    return ENCODED + quote_from_bytes(os.fsencode(place))


def _open(path: Path) -> Source | Archive:
    """A file, as the archive of reports that it is, or as a report."""
    try:
        if path.suffix.lower() == ZIP and is_archive(path):
            return Archive(path, SUFFIXES, beside=SUFFIX)
    except UnreadableFile as fault:
        return _failing(path, fault)
    return source_of(path)


def _failing(path: Path, fault: InputError) -> Source:
    """A source that cannot be read, for a reason that is known."""

    def load() -> bytes:
        raise fault

    return Source(path=printable(path), place=_place_of(path), load=load, given=Given)


def _members_of(archive: Archive) -> Iterator[Source]:
    for member in archive.members:
        yield Source(
            path=archive.shown / member.name,
            place=_place_of(archive.path, member.key),
            load=partial(archive.read, member),
            given=partial(_given_beside, archive, member),
        )


def _given_beside(archive: Archive, member: Member) -> Given:
    data = archive.read_beside(member)
    place = f"{archive.shown}/{member.name}{SUFFIX}"
    return Given() if data is None else parse_sidecar(data, place)


# -- folders -------------------------------------------------------------------------------


def _found_at(path: Path) -> list[Path | Source]:
    """A file itself, or the reports in a folder and what of it cannot be opened."""
    if not os.path.lexists(path):
        reason = "路径不存在 (no such path)."
        raise refuse(str(printable(path)), reason, "请检查路径 (check it).")
    if not _is(path, S_ISDIR):
        return [path]
    inside = sorted(_walk(path), key=lambda f: f.path if isinstance(f, Source) else f)
    if not inside:
        known = ", ".join(sorted(KNOWN))
        reason = f"文件夹里没有报告 ({known}; no report in this folder)."
        advice = "请指定报告所在的文件夹 (name the folder of the reports)."
        raise refuse(str(printable(path)), reason, advice)
    return inside


def _walk(folder: Path) -> Iterator[Path | Source]:
    """Reports below a folder. A link to a folder is followed, but no folder is read twice."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            status, entries = here.stat(), sorted(here.iterdir())
        except OSError as error:
            reason = f"无法打开文件夹 (the folder cannot be opened): {error.strerror}."
            advice = "请检查权限 (check its permissions)."
            yield _failing(here, refuse(str(printable(here)), reason, advice))
            continue
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        for entry in entries:
            if is_residue(entry.name):
                continue
            if _is(entry, S_ISDIR):
                waiting.append(entry)
            elif _may_be_report(entry):
                yield entry


def _may_be_report(path: Path) -> bool:
    """Whether what is found in a folder is a file worth reading.

    One that may not be looked at is taken for a file, so that it is told of.
    """
    is_file = _is(path, S_ISREG) or not os.access(path.parent, os.X_OK)
    return is_file and may_be_report(path, KNOWN, lambda page: Path(page).is_file())


def _is(path: Path, mode: Callable[[int], bool]) -> bool:
    """Whether a path leads to something of a mode; `pathlib` raises where it may not look."""
    try:
        return mode(path.stat().st_mode)
    except (OSError, ValueError):
        return False
