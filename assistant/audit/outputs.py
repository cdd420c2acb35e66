"""Where findings are written: never over a file that is somebody else's."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Collection
from pathlib import Path

from assistant.outputs import plain_text, unwritable
from index.errors import OutputError

MADE_BY = "gouji check"
"""Author of a workbook or document, generator of a page: by it an earlier one is known."""
PROPERTIES = "docProps/core.xml"
BEGINNING = 2000
"""Bytes of a page within which it says what made it."""
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
    if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
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


def check_folder(path: Path) -> None:
    """Make the folder for several files, if it is not there.

    Raises:
        OutputError: it cannot be made or written to.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    if not os.access(path, os.W_OK):
        raise unwritable(path, PermissionError("permission denied"))


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            beginning = file.read(BEGINNING)
        if beginning.startswith(b"PK"):
            with zipfile.ZipFile(path) as package:
                beginning = package.read(PROPERTIES)
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return MADE_BY.encode() in beginning
