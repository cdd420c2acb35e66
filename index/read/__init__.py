"""Readers: a file to a `Document` whose blocks keep their place. Nothing is interpreted here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from index.errors import UnreadableFile
from index.read.kinds import SUFFIXES, Kind, kind_of
from index.report import Document

__all__ = ["SUFFIXES", "bytes_of", "bytes_of_stream", "read_bytes", "read_document"]

MAX_BYTES = 50 * 1024 * 1024
"""A report is some hundred kilobytes; anything over this is refused before it is read."""
MAX_TEXT = 1_500_000
"""Characters of text; a long report has 100,000."""
READERS: dict[Kind, tuple[str, str]] = {
    "text": ("index.read.text", "read_text"),
    "markdown": ("index.read.markdown", "read_markdown"),
    "csv": ("index.read.csv", "read_csv"),
    "html": ("index.read.html", "read_html"),
    "mhtml": ("index.read.mhtml", "read_mhtml"),
    "rtf": ("index.read.rtf", "read_rtf"),
    "pdf": ("index.read.pdf", "read_pdf"),
    "docx": ("index.read.docx", "read_docx"),
    "xlsx": ("index.read.xlsx", "read_xlsx"),
}
"""Module and function that read a kind; imported when a file of that kind is read."""
APART: frozenset[Kind] = frozenset({"pdf"})
"""Kinds that are read in a process of their own: what reads them cannot be held to a limit here."""


def read_document(path: Path) -> Document:
    """Read one file, by what it holds and its suffix; what is unknown is read as text.

    Raises:
        UnreadableFile: missing, a folder, empty, too large, damaged, encrypted, binary, or in
            no known encoding.
    """
    return read_bytes(bytes_of(path), path)


def read_bytes(data: bytes, path: Path) -> Document:
    """Read the content of a file.

    Raises:
        UnreadableFile: as `read_document`.
    """
    kind = kind_of(data, str(path), path.suffix.lower())
    module, name = READERS[kind]
    if kind in APART:
        from index.read.apart import read_apart

        document = read_apart(module, name, data, path)
    else:
        reader: Callable[[bytes, Path], Document] = getattr(import_module(module), name)
        document = reader(data, path)
    if len(document.text) > MAX_TEXT:
        raise _too_large(str(path), f"{len(document.text):,} 字")
    return document


def bytes_of(path: Path, shown: str = "") -> bytes:
    """Content of a file; ``shown`` is what it is called in an error, if not by its path.

    Raises:
        UnreadableFile: missing, a folder, too large, or not to be read by this user.
    """
    place = shown or str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(place, f"{size / 1048576:.0f} MB")
        with path.open("rb") as stream:
            return bytes_of_stream(stream, place)
    except FileNotFoundError:
        raise UnreadableFile(
            "文件不存在 (no such file).", place=place, advice="请检查路径 (check the path)."
        ) from None
    except OSError as error:
        raise UnreadableFile(
            f"无法读取 (cannot be read): {error.strerror}.",
            place=place,
            advice="请检查路径和权限 (check path and permissions).",
        ) from error


def bytes_of_stream(stream: BinaryIO, place: str) -> bytes:
    """What a stream holds, which may tell no size; no more than a report is taken from it.

    Raises:
        UnreadableFile: it holds more.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large(place, f"超过 {MAX_BYTES // 1048576} MB")
    return data


def _too_large(place: str, size: str) -> UnreadableFile:
    most = f"{MAX_BYTES // 1048576} MB、{MAX_TEXT // 10_000} 万字"
    return UnreadableFile(
        f"文件过大 ({size}; the file is too large).",
        place=place,
        advice=f"报告应小于 {most}，请拆分 (split it).",
    )
