"""Readers: a file to a `Document` whose blocks keep their place. Nothing is interpreted here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from index.errors import UnreadableFile
from index.report import Document

MAX_BYTES = 50 * 1024 * 1024
"""A report is some hundred kilobytes; anything over this is refused before it is read."""
READERS = {
    ".txt": ("index.read.text", "read_text"),
    ".text": ("index.read.text", "read_text"),
    ".html": ("index.read.html", "read_html"),
    ".htm": ("index.read.html", "read_html"),
    ".shtml": ("index.read.html", "read_html"),
    ".xhtml": ("index.read.html", "read_html"),
    ".pdf": ("index.read.pdf", "read_pdf"),
    ".docx": ("index.read.docx", "read_docx"),
    ".xlsx": ("index.read.xlsx", "read_xlsx"),
    ".md": ("index.read.markdown", "read_markdown"),
    ".markdown": ("index.read.markdown", "read_markdown"),
}
"""Module and function that read a suffix; imported when a file of that kind is read."""
SUFFIXES = frozenset(READERS)
"""Suffixes that `gouji build FOLDER` picks up."""


def read_document(path: Path) -> Document:
    """Read one file, by its suffix; an unknown suffix is read as text.

    Raises:
        UnreadableFile: missing, a folder, empty, too large, damaged, encrypted, binary, or in
            no known encoding.
    """
    return read_bytes(_bytes_of(path), path)


def read_bytes(data: bytes, path: Path) -> Document:
    """Read the content of a file, by the suffix of its name.

    Raises:
        UnreadableFile: as `read_document`.
    """
    module, name = READERS.get(path.suffix.lower(), READERS[".txt"])
    reader: Callable[[bytes, Path], Document] = getattr(import_module(module), name)
    return reader(data, path)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(
                f"文件过大 ({size / 1048576:.0f} MB; the file is too large).",
                place=str(path),
                advice=f"报告应小于 {MAX_BYTES // 1048576} MB，请拆分 (split it).",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(
            "文件不存在 (no such file).", place=str(path), advice="请检查路径 (check the path)."
        ) from None
    except OSError as error:
        raise UnreadableFile(
            f"无法读取 (cannot be read): {error.strerror}.",
            place=str(path),
            advice="请检查路径和权限 (check path and permissions).",
        ) from error
