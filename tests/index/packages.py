"""Zip archives and Office files as the tests need them: packed, saved, one part changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Change = Callable[[bytes], bytes]


def packed(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these entries, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return buffer.getvalue()


def pack(path: Path, entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """The same in a file."""
    path.write_bytes(packed(entries, method))
    return path


def saved(file: Any) -> bytes:
    """A document of python-docx or a workbook of openpyxl as it is written to disk."""
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def rewritten(
    data: bytes,
    changes: Mapping[str, Change],
    added: Mapping[str, bytes] | None = None,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """An Office file with parts changed or added, which no library would write so."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    changed = {name: changes[name](part) for name, part in parts.items() if name in changes}
    return packed(parts | changed | dict(added or {}), method)
