"""Archives of reports (``.zip``): their members one at a time, whatever else is in them.

Nothing is written to disk, no name leads out of the archive, and what is wrong with one member
is told when that member is read, so that it never stops the rest.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from index.errors import UnreadableFile
from index.read.names import printable, read_name, without_controls
from index.read.refusals import refuse, too_large
from index.read.zipped import check, inflate, open_zip, overlapping

TOTAL_BYTES = 2 * 1024 * 1024 * 1024
"""Of all reports of an archive once inflated; only one is held at a time."""
NESTED = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
PAGES = (".html", ".htm", ".shtml", ".xhtml", ".HTML", ".HTM")
ASSET_FOLDER = re.compile(r"(?P<page>.+)(?:_files|\.files|_文件)", re.IGNORECASE)
BOX_DRAWING = re.compile("[\u2500-\u25ff]")
UTF8_NAME = 0x800


@dataclass(frozen=True)
class Member:
    """A report in an archive: its repaired name with ``/`` between folders, and its entry.

    ``key`` is the name, or as it is stored where another member has that name too. ``fault`` is
    what is known to be wrong with it before it is read, else None.
    """

    name: str
    key: str
    info: zipfile.ZipInfo
    fault: UnreadableFile | None = None


class Archive:
    """A ``.zip`` of reports. It is open while `opened`, and else for each member that is read.

    ``members`` are the reports in it; ``shown`` is its path as it can be printed.
    """

    def __init__(self, path: Path, suffixes: Collection[str], *, beside: str = "") -> None:
        """List the reports in it, in its own order.

        Folders, hidden files, ``__MACOSX``, what a saved page brings with it, and other
        suffixes are left out; of two stored by one name the later counts, as when unpacking.

        Args:
            path: the archive.
            suffixes: lower-case suffixes to take (``.docx``).
            beside: ending of the names of files that stand beside a report and belong to it.

        Raises:
            UnreadableFile: not a zip, damaged, too large, or one without any report.
        """
        self.path, self.shown = path, printable(path)
        self._beside = beside
        self._zip: zipfile.ZipFile | None = None
        with self.opened() as file:
            overlaps = overlapping(file)
            stored = {info.orig_filename: info for info in file.infolist() if not info.is_dir()}
        named = {raw: member_name(info) for raw, info in stored.items()}
        kept = {raw: n for raw, n in named.items() if n and not any(map(is_residue, n.split("/")))}
        self._named = {name: stored[raw] for raw, name in kept.items()}
        self.members = [
            Member(name, key, stored[raw], self._fault(name, stored[raw], overlaps))
            for raw, name, key in _keyed(kept)
            if may_be_report(PurePosixPath(name), {*suffixes, *NESTED}, self._has)
        ]
        total = sum(member.info.file_size for member in self.members if member.fault is None)
        if total > TOTAL_BYTES:
            raise too_large(str(self.shown), f"解压后 {total / 1048576:,.0f} MB")
        if not self.members:
            reason = "压缩包里没有报告 (no report in this archive)."
            raise refuse(str(self.shown), reason, "请检查压缩包的内容 (check what it holds).")

    def _has(self, name: PurePath) -> bool:
        return str(name) in self._named

    def _fault(
        self, name: str, info: zipfile.ZipInfo, overlaps: Collection[int]
    ) -> UnreadableFile | None:
        place = f"{self.shown}/{name}"
        if PurePosixPath(name).suffix.lower() in NESTED:
            reason = "压缩包里还有压缩包 (an archive within an archive)."
            return refuse(place, reason, "请先解压，再给出文件夹 (unpack it and give the folder).")
        if info.header_offset in overlaps:
            reason = "与压缩包里的另一文件重叠，疑为压缩炸弹 (overlaps another member: a zip bomb)."
            return refuse(place, reason, "请从原网站重新下载 (fetch it again from its source).")
        try:
            check(info, place)
        except UnreadableFile as fault:
            return fault
        return None

    @contextmanager
    def opened(self) -> Iterator[zipfile.ZipFile]:
        """Keep the file open, for reading several members."""
        if self._zip is not None:
            yield self._zip
            return
        try:
            file = self.path.open("rb")
        except OSError as error:
            reason = f"无法读取 (cannot be read): {error.strerror}."
            raise refuse(str(self.shown), reason, "请检查路径和权限 (check the path).") from error
        with file, open_zip(file, str(self.shown)) as opened:
            self._zip = opened
            try:
                yield opened
            finally:
                self._zip = None

    def read(self, member: Member) -> bytes:
        """Content of a member.

        Raises:
            UnreadableFile: it is damaged, encrypted, too large, a bomb or an archive itself.
        """
        if member.fault is not None:
            raise member.fault
        with self.opened() as file:
            return inflate(file, member.info, f"{self.shown}/{member.name}")

    def read_beside(self, member: Member) -> bytes | None:
        """Content of the file that stands beside a member and belongs to it, None without one.

        Raises:
            UnreadableFile: as `read`.
        """
        name = member.name + self._beside
        info = self._named.get(name) if self._beside else None
        if info is None:
            return None
        with self.opened() as file:
            return inflate(file, info, f"{self.shown}/{name}")


def member_name(info: zipfile.ZipInfo) -> str:
    """Name of a member, its Chinese repaired, without anything that leads out of the archive."""
    name = info.orig_filename
    # Marked as UTF-8 and still box drawings: unpacked wrongly once, then packed as it stood.
    if not info.flag_bits & UTF8_NAME or BOX_DRAWING.search(name):
        name = _unmangled(name)
    name = without_controls(name)
    parts = [part for part in re.split(r"[/\\]", name) if part.strip() not in ("", ".", "..")]
    return "/".join(parts[1:] if parts and re.fullmatch("[A-Za-z]:", parts[0]) else parts)


def _unmangled(name: str) -> str:
    """A name that was taken for code page 437, read anew from its bytes."""
    try:
        return read_name(name.encode("cp437"))
    except UnicodeEncodeError:
        return name


def _keyed(names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Stored name, name and key of each member: names that differ in controls only look alike."""
    taken = {raw for raw, name in names.items() if raw == name}
    for raw, name in names.items():
        key = raw if raw == name or name in taken else name
        taken.add(name)
        yield raw, name, key


def is_residue(name: str) -> bool:
    """Whether a file or folder of this name is hidden, a lock, or what macOS packs along."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def may_be_report(
    path: PurePath, suffixes: Collection[str], exists: Callable[[PurePath], bool]
) -> bool:
    """Whether a file is worth reading: of a suffix to take, no README, no part of a saved page."""
    return (
        path.suffix.lower() in suffixes
        and path.stem.lower() != "readme"
        and not _is_asset(path, exists)
    )


def _is_asset(path: PurePath, exists: Callable[[PurePath], bool]) -> bool:
    """Whether a file came with a saved page: in ``X_files`` or ``X.files`` beside ``X.html``.

    A folder of such a name without its page is a folder like any other.
    """
    for folder in path.parents:
        match = ASSET_FOLDER.fullmatch(folder.name)
        if match and any(exists(folder.with_name(match["page"] + suffix)) for suffix in PAGES):
            return True
    return False
