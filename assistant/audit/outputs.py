"""Files that are written whole or not at all, and never over somebody else's."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import OutputError

MADE_BY = "gouji check"
"""Author of a workbook or document, generator of a page: by it an earlier one is known."""
PROPERTIES = "docProps/core.xml"
BEGINNING = 2000
"""Bytes of a page within which it says what made it."""
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not have."""
UNFIT = re.compile(r'[\\/:*?"<>|\s.]+')
"""What a name of a file had better not have on some system."""
LONGEST_NAME = 60


def plain_text(text: str) -> str:
    """A text without characters that no XML can hold."""
    return UNPRINTABLE.sub("�", text)


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
        raise _unwritable(path, error) from error
    if not os.access(path, os.W_OK):
        raise _unwritable(path, PermissionError("permission denied"))


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary file beside ``path``, which takes its place when all is written.

    Raises:
        OutputError: it cannot be written; what was there before is still there.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:LONGEST_NAME]}.", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            temporary.chmod(_usual_mode())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def _usual_mode() -> int:
    """What a new file may be used for; a temporary one is for its owner only."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


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


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"写不进去 (cannot be written): {error.strerror or error}.",
        place=str(path),
        advice="请检查权限和磁盘空间 (check permissions and disk space).",
    )
