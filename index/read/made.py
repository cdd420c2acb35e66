"""The document that every reader makes of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from index.report import Block, Document


def make_document(
    data: bytes,
    path: Path,
    *,
    encoding: str,
    text: str,
    blocks: Iterable[Block],
    pictures: int = 0,
    recognised: bool = False,
) -> Document:
    """A file as read."""
    return Document(
        source_file=path.name,
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        text=text,
        blocks=tuple(blocks),
        pictures=pictures,
        recognised=recognised,
    )
