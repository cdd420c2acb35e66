"""What the user configures: environment variables, read once at the start of a command."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from index.report import Record


class Settings(Record):
    """``GOUJI_STORE``: folder of the index. ``GOUJI_EMBEDDER``: None is the bundled model."""

    store: Path
    embedder: str | None = None


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; the store lies in the platform's data folder by default."""
    values = os.environ if environment is None else environment
    store = values.get("GOUJI_STORE")
    if not store:
        from platformdirs import user_data_path

        return Settings(
            store=user_data_path("gouji"), embedder=values.get("GOUJI_EMBEDDER") or None
        )
    return Settings(store=Path(store), embedder=values.get("GOUJI_EMBEDDER") or None)
