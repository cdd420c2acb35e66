"""Names of files whose bytes may be in any encoding that Chinese systems write."""

from __future__ import annotations

import os
from pathlib import Path

from index.read.text import COMMON

BLANKS = "\u00a0\u3000"


def read_name(raw: bytes) -> str:
    """A name from its bytes: UTF-8 where it is valid, else GB18030 or Big5 by its characters.

    Bytes in none of these become U+FFFD.
    """
    read = []
    for encoding in ("ascii", "utf-8", "gb18030", "big5hkscs"):
        try:
            read.append(raw.decode(encoding))
        except UnicodeError:
            continue
        if encoding in ("ascii", "utf-8"):
            break
    if not read:
        return raw.decode("utf-8", "replace")
    return max(read, key=lambda text: sum(char in COMMON for char in text) / (len(text) or 1))


def without_controls(name: str) -> str:
    """A name without what neither prints nor is a blank."""
    return "".join(char for char in name if char.isprintable() or char in BLANKS)


def printable(path: Path) -> Path:
    """A path as it can be shown and stored: each of its names decoded, without controls.

    Only for show: a file is opened by the path as the system has it.
    """
    if without_controls(str(path)) == str(path):
        return path
    parts = (part if part == path.anchor else read_name(os.fsencode(part)) for part in path.parts)
    return Path(*(without_controls(part) or "_" for part in parts))
