"""Files that are written whole or not at all, and texts that any format can hold."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import OutputError

LONGEST_NAME = 60
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not have."""


def plain_text(text: str) -> str:
    """A text without characters that no XML can hold."""
    return UNPRINTABLE.sub("�", text)


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
