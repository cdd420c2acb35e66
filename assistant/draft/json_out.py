"""A draft as JSON. Its ``figures`` may be given back with ``--figures``."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from assistant.draft.model import Draft, Origin
from index.record import json_number


def write_json(draft: Draft) -> bytes:
    """The whole draft: what was given or carried by address, every cell, check and section."""
    data = {
        "title": draft.title,
        "balances": not draft.failing,
        "figures": {
            cell.address: _exact(cell.value)
            for cell in draft.cells
            if cell.origin not in (Origin.COMPUTED, Origin.OPEN)
        },
        **draft.model_dump(mode="json"),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _exact(value: Any) -> Any:
    """A number as JSON has it; money as its text, which keeps every decimal."""
    return f"{value:f}" if isinstance(value, Decimal) else json_number(value)
