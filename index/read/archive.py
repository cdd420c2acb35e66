"""Zip files without harm: archives of reports, and the packages that Office files are.

Nothing is written to disk. A member is measured before it is inflated and while it is, so that
a zip bomb costs no more than a report; no name leads out of the archive; XML with a document
type is refused, so that no entity expands.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from io import BytesIO
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO
from xml.etree import ElementTree as ET

from index.errors import UnreadableFile
from index.read.text import COMMON

MEMBER_BYTES = 64 * 1024 * 1024
"""Of one member once inflated; a report is some hundred kilobytes."""
TOTAL_BYTES = 2 * 1024 * 1024 * 1024
"""Of all members of an archive once inflated; only one is held at a time."""
MOST_MEMBERS, DIRECTORY_BYTES = 10_000, 4 * 1024 * 1024
"""Of an archive; its table of contents is read whole."""
MOST_RATIO, RATIO_FROM = 200, 1024 * 1024
"""Inflated over packed size (XML reaches 50), of members of more than these bytes."""
MOST_TAGS, DEEPEST = 1_000_000, 200
"""Angle brackets and nesting in an XML part; a long report has 50,000 and 40."""

NESTED = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
PAGES = (".html", ".htm", ".shtml", ".xhtml", ".HTML", ".HTM")
ASSET_FOLDER = re.compile(r"(?P<page>.+)(?:_files|\.files|_文件)", re.IGNORECASE)
BOX_DRAWING = re.compile("[\u2500-\u25ff]")
UTF8_NAME, ENCRYPTED = 0x800, 0x1
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = (  # how files of other kinds begin that were given a wrong suffix
    ((b"%PDF",), "PDF", "a PDF"),
    ((b"{\\rtf",), "RTF 文档", "RTF"),
    ((b"<",), "网页或 XML", "a web page or XML"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"), "图片", "an image"),
)
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|\w+/main)")
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)


def refuse(place: str, reason: str, advice: str) -> UnreadableFile:
    """The error for a file that is not read: where, why, and what to do."""
    return UnreadableFile(reason, place=place, advice=advice)


def damaged(place: str) -> UnreadableFile:
    """The error for a file that is cut off or inconsistent."""
    return refuse(place, "文件损坏或不完整 (damaged or cut off).", "请重新下载 (fetch it again).")


def too_large(place: str, what: str) -> UnreadableFile:
    """The error for a file whose content passes a limit; ``what`` names it."""
    return refuse(place, f"内容过大：{what} (too large).", "请拆分或精简 (split it or reduce it).")


# -- archives of reports -------------------------------------------------------------------


def members(path: Path, suffixes: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the reports in a ``.zip``, in its own order.

    Names are relative, separated by ``/``, with Chinese names repaired. Folders, hidden files,
    ``__MACOSX``, what a saved page brings with it, and other suffixes are left out.

    Args:
        path: the archive.
        suffixes: lower-case suffixes to take (``.docx``); None takes every file.

    Raises:
        UnreadableFile: not a zip, damaged, encrypted, too large, one that holds archives, or
            one without any report. All but damage is found before the first member.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        reason = f"无法读取 (cannot be read): {error.strerror}."
        raise refuse(str(path), reason, "请检查路径 (check the path).") from error
    with file, open_zip(file, str(path)) as archive:
        wanted = _wanted(archive, path, suffixes)
        total = sum(info.file_size for info in wanted.values())
        if total > TOTAL_BYTES:
            raise too_large(str(path), f"解压后 {total / 1048576:,.0f} MB")
        for name, info in wanted.items():
            yield name, inflate(archive, info, f"{path}/{name}")


def _wanted(
    archive: zipfile.ZipFile, path: Path, suffixes: Collection[str] | None
) -> dict[str, zipfile.ZipInfo]:
    """Members to read by repaired name; of two of one name the later, as when unpacking."""
    entries = [(member_name(info), info) for info in archive.infolist() if not info.is_dir()]
    named = {name: info for name, info in entries if name and not _is_residue(name)}
    wanted = {}
    for name, info in named.items():
        inner, place = PurePosixPath(name), f"{path}/{name}"
        if inner.suffix.lower() in NESTED:
            reason = "压缩包里还有压缩包 (an archive within an archive)."
            raise refuse(place, reason, "请先解压，再给出文件夹 (unpack it and give the folder).")
        known = suffixes is None or inner.suffix.lower() in suffixes
        if known and not _is_asset(inner, lambda page: str(page) in named):
            check(info, place)
            wanted[name] = info
    if not wanted:
        reason = "压缩包里没有报告 (no report in this archive)."
        raise refuse(str(path), reason, "请检查压缩包的内容 (check what it holds).")
    return wanted


def member_name(info: zipfile.ZipInfo) -> str:
    """Name of a member, its Chinese repaired, without anything that leads out of the archive."""
    name = info.orig_filename
    # Marked as UTF-8 and still box drawings: unpacked wrongly once, then packed as it stood.
    if not info.flag_bits & UTF8_NAME or BOX_DRAWING.search(name):
        name = _unmangled(name)
    name = "".join(char for char in name if char.isprintable())
    parts = [part for part in re.split(r"[/\\]", name) if part.strip() not in ("", ".", "..")]
    return "/".join(parts[1:] if parts and re.fullmatch("[A-Za-z]:", parts[0]) else parts)


def _unmangled(name: str) -> str:
    """A name that was taken for code page 437, as UTF-8, GB18030 or Big5 by its characters."""
    read = []
    for encoding in ("ascii", "utf-8", "gb18030", "big5hkscs"):
        try:
            read.append(name.encode("cp437").decode(encoding))
        except UnicodeError:
            continue
        if encoding in ("ascii", "utf-8"):
            break
    return max(read, key=lambda text: sum(c in COMMON for c in text) / len(text), default=name)


def _is_residue(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" in parts or any(part.startswith((".", "~$")) for part in parts)


def is_page_asset(path: Path) -> bool:
    """Whether a file came with a saved page: in ``X_files`` or ``X.files`` beside ``X.html``.

    A folder of such a name without its page is a folder like any other.
    """
    return _is_asset(path, lambda page: Path(page).is_file())


def _is_asset(path: PurePath, exists: Callable[[PurePath], bool]) -> bool:
    for folder in path.parents:
        match = ASSET_FOLDER.fullmatch(folder.name)
        if match and any(exists(folder.with_name(match["page"] + suffix)) for suffix in PAGES):
            return True
    return False


# -- any zip -------------------------------------------------------------------------------


def open_zip(file: BinaryIO, place: str) -> zipfile.ZipFile:
    """Open a zip; refuse one that is damaged or cut off, or has too many members."""
    try:
        file.seek(max(0, file.seek(0, 2) - 66_000))
        tail = file.read()
        end = tail.rfind(b"PK\x05\x06")
        directory = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
        archive = None if directory > DIRECTORY_BYTES else zipfile.ZipFile(file)
    except DAMAGED as error:
        raise damaged(place) from error
    if archive is None or len(archive.filelist) > MOST_MEMBERS:
        raise too_large(place, f"超过 {MOST_MEMBERS:,} 个文件")
    return archive


def check(info: zipfile.ZipInfo, place: str) -> None:
    """Refuse a member that its entry calls encrypted, oddly packed, too large or a bomb."""
    if info.flag_bits & ENCRYPTED:
        reason = "压缩包有密码 (the archive is encrypted)."
        raise refuse(place, reason, "请解压后再给出文件 (unpack it with its password).")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        reason = "压缩方式不受支持 (packed by an unsupported method)."
        raise refuse(place, reason, "请用普通 zip 重新压缩 (pack it as an ordinary zip).")
    if info.file_size > MEMBER_BYTES:
        raise too_large(place, f"解压后 {info.file_size / 1048576:,.0f} MB")
    if info.file_size > max(RATIO_FROM, info.compress_size * MOST_RATIO):
        reason = "压缩率异常，疑为压缩炸弹 (inflates far too much: a zip bomb)."
        raise refuse(place, reason, "请从原网站重新下载 (fetch it again from its source).")


def inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> bytes:
    """Content of a member; refused as by `check`, or where it is damaged."""
    check(info, place)
    try:
        with archive.open(info) as stream:
            data = stream.read(MEMBER_BYTES + 1)
    except DAMAGED as error:
        raise damaged(place) from error
    if len(data) > MEMBER_BYTES:
        raise too_large(place, f"解压后超过 {MEMBER_BYTES // 1048576} MB")
    return data


# -- Office files --------------------------------------------------------------------------


class Office:
    """A ``.docx`` or ``.xlsx`` held in memory: its parts by name, each bounded.

    ``main`` is the name of the part that holds the document, "" where there is none.
    """

    def __init__(self, data: bytes, path: Path, suffix: str) -> None:
        """Open the package.

        Raises:
            UnreadableFile: empty, damaged, password-protected, or another kind of file.
        """
        self.place = str(path)
        _refuse_others(data, self.place, suffix)
        self._zip = open_zip(BytesIO(data), self.place)
        # Names are compared without case; some writers separate them by backslashes.
        self._parts = {i.filename.replace("\\", "/").lower(): i for i in self._zip.infolist()}
        targets = self.related("").values()
        self.main = next((t for kind, t in targets if kind == "officeDocument"), "")

    def part(self, name: str) -> bytes | None:
        """Content of an XML part, None where there is none; Strict names made Transitional."""
        info = self._parts.get(name.lower())
        if info is None:
            return None
        data = inflate(self._zip, info, self.place)
        marks = ("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
        if any(mark in data for mark in marks):
            reason = "内部 XML 含有实体定义 (its XML declares entities)."
            raise refuse(self.place, reason, "请在 Word 或 WPS 中另存一次 (save it anew).")
        if b"http://purl.oclc.org/ooxml/" in data:
            data = STRICT.sub(_transitional, data)
        return data

    def tree(self, name: str) -> ET.Element | None:
        """An XML part as a tree of bounded size and depth, None where there is none."""
        data = self.part(name)
        if data is None:
            return None
        if data.count(b"<") > MOST_TAGS:
            raise too_large(self.place, name)
        try:
            root = ET.fromstring(data)  # noqa: S314 - bounded, and no document type
        except (ET.ParseError, ValueError, LookupError) as error:
            raise damaged(self.place) from error
        level, depth = [root], 0
        while level:
            level, depth = [child for element in level for child in element], depth + 1
        if depth > DEEPEST:
            raise too_large(self.place, f"{name} 嵌套 {depth} 层")
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Kind and name of the parts that a part refers to, by id; "" is the package."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for relation in root.iter(RELATION) if root is not None else ():
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = kind, target.lstrip("/")
        return found


def _transitional(match: re.Match[bytes]) -> bytes:
    name = match[1].replace(b"/main", b"/2006/main").replace(b"Document", b"Document/2006")
    return b"http://schemas.openxmlformats.org/" + name


def _refuse_others(data: bytes, place: str, suffix: str) -> None:
    """Say what a file is that is no Office package at all."""
    if not data.strip():
        raise refuse(place, "文件是空的 (the file is empty).", "请重新下载 (fetch it again).")
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            reason = "文件有打开密码 (password-protected)."
            raise refuse(place, reason, "请取消密码后另存 (save it without its password).")
        suffix = ".docx" if "WordDocument".encode("utf-16-le") in data else suffix
        suffix = ".xlsx" if "Workbook".encode("utf-16-le") in data else suffix
        reason = "这是旧版 Office 或 WPS 格式 (the old binary format)."
        raise refuse(place, reason, f"请另存为 {suffix} (save it as {suffix}).")
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for marks, chinese, english in OTHERS:
        if start.startswith(marks):
            reason = f"不是 {suffix}，其实是{chinese} ({english}, not {suffix})."
            raise refuse(place, reason, f"请改正后缀或另存 (rename it, or save it as {suffix}).")
