"""Zip files without harm: measured before they are inflated and while they are.

Nothing is written to disk. A zip bomb costs no more than a report, whether it is one large
member, many small ones, or many that are the same bytes.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from index.read.refusals import damaged, refuse, too_large

MEMBER_BYTES = 64 * 1024 * 1024
"""Of one member once inflated; a report is some hundred kilobytes."""
MOST_MEMBERS, DIRECTORY_BYTES = 10_000, 4 * 1024 * 1024
"""Of an archive; its table of contents is read whole."""
MOST_RATIO, RATIO_FROM = 200, 1024 * 1024
"""Inflated over packed size (XML reaches 50), of members of more than these bytes."""
LOCAL_HEADER = 30
"""Bytes before a member's name and content."""
ENCRYPTED, ELSEWHERE = 0x1, 0xFFFFFFFF
"""Flag of a member; size that says that the record for large archives has it."""
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)


def open_zip(file: BinaryIO, place: str) -> zipfile.ZipFile:
    """Open a zip; refuse one that is damaged or cut off, or has too many members."""
    try:
        file.seek(max(0, file.seek(0, 2) - 66_000))
        directory = _directory_bytes(file.read())
        archive = None if directory > DIRECTORY_BYTES else zipfile.ZipFile(file)
    except DAMAGED as error:
        raise damaged(place) from error
    if archive is None or len(archive.filelist) > MOST_MEMBERS:
        raise too_large(place, f"超过 {MOST_MEMBERS:,} 个文件")
    return archive


def _directory_bytes(tail: bytes) -> int:
    """Size of the table of contents as the last bytes of a zip say, 0 where they do not."""
    end, end64 = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    size = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if size == ELSEWHERE and end64 >= 0:
        return int.from_bytes(tail[end64 + 40 : end64 + 48], "little")
    return size


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


def overlapping(archive: zipfile.ZipFile) -> set[int]:
    """Where the members begin whose bytes are also those of others; no packer writes such."""
    found, holder, end = set(), 0, 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        start = info.header_offset
        if start < end:
            found |= {start, holder}
        least = start + LOCAL_HEADER + len(info.orig_filename) + info.compress_size
        if least > end:
            holder, end = start, least
    return found
