"""Where findings are written: never over a file that is somebody else's."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Collection
from io import BytesIO
from pathlib import Path

from assistant.outputs import plain_text, unwritable
from index.errors import OutputError

MADE_BY = "gouji check"
"""Author of a workbook or document, generator of a page: by it an earlier one is known."""
PAGE_MARK = f'<meta name="generator" content="{MADE_BY}">'.encode()
PACKAGE_MARK = re.compile(rf"<dc:creator[^<>]*>{MADE_BY}</dc:creator>".encode())
PACKAGE = b"PK"
PROPERTIES = "docProps/core.xml"
BEGINNING = 2000
"""Bytes of a page, or of the properties of a package, within which it says what made it."""
UNFIT = re.compile(r'[\\/:*?"<>|\s.]+')
"""What a name of a file had better not have on some system."""
LONGEST_NAME = 60


def file_name(text: str, taken: Collection[str]) -> str:
    """A name for a file, without suffix, that is not taken yet."""
    base = UNFIT.sub("_", plain_text(text)).strip("_")[:LONGEST_NAME] or "_"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def check_output(path: Path, *, force: bool) -> None:
    """See, before the work begins, that a file can be written there.

    An earlier output of `gouji check` is replaced; any other file only with ``force``.

    Raises:
        OutputError: it cannot be written, or would replace something else.
    """
    folder = path.parent
    if path.is_dir():
        raise OutputError(
            "是文件夹 (it is a folder).", place=str(path), advice="请给出文件名 (name a file)."
        )
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise OutputError(
            "无法在这里写文件 (no file can be written here).",
            place=str(path),
            advice="请检查文件夹是否存在、是否可写 (check that its folder exists and is writable).",
        )
    if path.exists() and not force and not _is_ours(path):
        raise OutputError(
            "文件已存在，且不是 gouji check 写的 (the file exists and is not ours).",
            place=str(path),
            advice="请换一个名字，或用 --force 覆盖 (choose another name, or use --force).",
        )


def check_not_read(path: Path, read: Collection[Path]) -> None:
    """See that a file is none of the reports that are read; ``--force`` is no leave for that.

    Raises:
        OutputError: it stands in a folder of reports and is no earlier output.
    """
    folders = [each.resolve() for each in read if each.is_dir()]
    inside = any(folder in path.resolve().parents for folder in folders)
    if inside and path.exists() and not _is_ours(path):
        raise OutputError(
            "是所读文件夹里的报告 (one of the reports that are read).",
            place=str(path),
            advice="请换一个名字 (choose another name).",
        )


def check_folder(path: Path) -> None:
    """Make the folder for several files, if it is not there.

    Raises:
        OutputError: it is a file, or cannot be made or written to.
    """
    if path.is_file():
        raise OutputError(
            "是文件，不是文件夹 (a file, no folder).",
            place=str(path),
            advice="请给出文件夹，每个单位一个文件 (name a folder: each body gets a file).",
        )
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    if not os.access(path, os.W_OK):
        raise unwritable(path, PermissionError("permission denied"))


def is_output(data: bytes) -> bool:
    """Whether the content of a file is an output of `gouji check`, by its mark."""
    if not data.startswith(PACKAGE):
        return PAGE_MARK in data[:BEGINNING]
    try:
        with zipfile.ZipFile(BytesIO(data)) as package, package.open(PROPERTIES) as properties:
            return PACKAGE_MARK.search(properties.read(BEGINNING)) is not None
    except (OSError, KeyError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return False  # whatever it is, it cannot be read as one of ours


def _is_ours(path: Path) -> bool:
    try:
        return is_output(path.read_bytes())
    except OSError:
        return False
