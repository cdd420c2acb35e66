"""What the user configures: environment variables, read once at the start of a command."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from index.errors import InputError
from index.report import Record

PREFIX = "GOUJI_"


class Settings(Record):
    """What ``GOUJI_…`` variables say; the names are those of the fields.

    ``store`` is the folder of the index, ``embedder`` None for the bundled one. ``model`` is the
    chat model as LangChain calls it (``openai:NAME``), None for none; a question may cost it
    ``model_tokens`` tokens, a call may take ``model_seconds`` seconds. ``model_reading`` says what
    becomes of a reading of the model that nothing but the model vouches for: it is offered, or
    answered.
    """

    store: Path
    embedder: str | None = None
    model: str | None = None
    model_tokens: int = Field(default=6000, ge=1)
    model_seconds: int = Field(default=30, ge=1)
    model_reading: Literal["offer", "answer"] = "offer"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; the store lies in the platform's data folder by default.

    Raises:
        InputError: a variable holds what it cannot.
    """
    values = os.environ if environment is None else environment
    names = {name: f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    given: dict[str, object] = {
        name: values[variable] for name, variable in names.items() if values.get(variable)
    }
    if "store" not in given:
        from platformdirs import user_data_path

        given["store"] = user_data_path("gouji")
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        fault = error.errors()[0]
        raise InputError(
            f"设置有误 (bad setting): {fault['msg']}", place=names[str(fault["loc"][0])]
        ) from error
