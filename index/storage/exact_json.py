"""JSON as the ledger keeps it: a Decimal comes back exactly as it went in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any


def dump(data: Any) -> str:
    """Text that `load` reads."""
    return json.dumps(data, ensure_ascii=False, default=_plain)


def load(text: str) -> Any:
    """What `dump` wrote."""
    exact = '"decimal"' in text  # looking at every object takes longer than all else
    return json.loads(text, object_hook=_exact if exact else None)


def load_all(texts: Iterable[str]) -> Any:
    """A list of what `dump` wrote, read at one go."""
    return load(f"[{','.join(texts)}]")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    raise TypeError(f"not storable: {type(value).__name__}")


def _exact(data: dict[str, Any]) -> Any:
    return Decimal(data["decimal"]) if data.keys() == {"decimal"} else data
