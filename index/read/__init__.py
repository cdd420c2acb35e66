"""Readers: a file to a `Document` whose blocks keep their place. Nothing is interpreted here."""

from __future__ import annotations

from pathlib import Path

from index.errors import UnreadableFile
from index.read.text import read_text
from index.report import Document

SUFFIXES = frozenset({".txt", ".text"})
"""Suffixes that `gouji build FOLDER` picks up."""

MAX_BYTES = 50 * 1024 * 1024
"""A report is some hundred kilobytes; anything over this is refused before it is read."""


def read_document(path: Path) -> Document:
    """Read one file.

    Raises:
        UnreadableFile: missing, a folder, empty, too large, binary, or in no known encoding.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(
                f"文件过大 ({size / 1048576:.0f} MB; the file is too large).",
                place=str(path),
                advice=f"报告应小于 {MAX_BYTES // 1048576} MB，请拆分 (split it).",
            )
        data = path.read_bytes()
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
    return read_text(data, path)
