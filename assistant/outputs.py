"""Files that are written whole or not at all, and texts that any format can hold."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.errors import InputError, OutputError

LONGEST_NAME = 60
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not have."""


def plain_text(text: str) -> str:
    """A text without characters that no XML can hold."""
    return UNPRINTABLE.sub("�", text)


def check_apart(targets: Sequence[Path], read: Collection[Path]) -> None:
    """Refuse, before anything is done, a file that would be written twice or over what is read.

    Args:
        targets: what is to be written.
        read: files that are read; however both are spelt.

    Raises:
        InputError: one is among the targets twice, or is read as well.
    """
    taken = {path.resolve() for path in read}
    for path in targets:
        if path.resolve() in taken:
            raise InputError(
                "同一文件给出了两次 (given twice).",
                place=str(path),
                advice="要读的、要写的各用一个文件名 (one name for each file).",
            )
        taken.add(path.resolve())


def check_suffix(path: Path, suffixes: Collection[str], what: str) -> None:
    """Refuse a name that says another kind of file than is written.

    Args:
        path: what is to be written.
        suffixes: those that fit, in small letters.
        what: what is written there, in Chinese and English.

    Raises:
        InputError: it has another suffix.
    """
    if path.suffix.lower() not in suffixes:
        raise InputError(
            f"{what}不能写成这种文件 (unknown kind).",
            place=str(path),
            advice=f"可用后缀：{'、'.join(suffixes)} (use one).",
        )


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
        raise unwritable(path, error) from error


def _usual_mode() -> int:
    """What a new file may be used for; a temporary one is for its owner only."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def unwritable(path: Path, error: OSError) -> OutputError:
    """The error that a file or folder cannot be written."""
    return OutputError(
        f"写不进去 (cannot be written): {error.strerror or error}.",
        place=str(path),
        advice="请检查权限和磁盘空间 (check permissions and disk space).",
    )
