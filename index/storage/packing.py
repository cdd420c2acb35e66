"""Abstracts as bytes, so that the ledger keeps them and thousands are read in a moment."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from decimal import Decimal
from typing import Any

from index.across.abstract import Abstract, cell_of
from index.across.narrative import COLUMNS, Narrative
from index.report import Number, Status

SCALARS = ("report", "source_file", "path", "title", "body", "year", "placed", "form")
KINDS = {"passages": "H", "numbers": "H", "starts": "I", "ends": "I", "marks": "Q", "counts": "H"}
CLAUSES = "I"
FASTEST = 1
STATUSES = {status.value: status for status in Status}


def pack(abstract: Abstract) -> bytes:
    """An abstract as `unpack` reads it."""
    text = abstract.narrative
    kept = {
        **{name: getattr(abstract, name) for name in SCALARS},
        "cells": [
            (address, _written(cell.value), cell.status.value, cell.label)
            for address, cell in abstract.cells.items()
        ],
        "text": {name: getattr(text, name).tolist() for name in (*COLUMNS, "clauses")},
    }
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode(), FASTEST)


def unpack(packed: bytes) -> Abstract:
    """The abstract that `pack` made bytes of."""
    kept: dict[str, Any] = json.loads(zlib.decompress(packed))
    text = kept["text"]
    return Abstract(
        **{name: kept[name] for name in SCALARS},
        cells={
            sys.intern(address): cell_of(_read(value), STATUSES[status], sys.intern(label))
            for address, value, status, label in kept["cells"]
        },
        narrative=Narrative(
            **{name: array(kind, text[name]) for name, kind in KINDS.items()},
            clauses=array(CLAUSES, text["clauses"]),
        ),
    )


def _written(value: Number | None) -> int | str | None:
    """A count as itself, money as its digits."""
    return str(value) if isinstance(value, Decimal) else value


def _read(value: int | str | None) -> Number | None:
    return Decimal(value) if isinstance(value, str) else value
