"""``checks.yaml``: code, strength and wording of the checks on running text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from index.errors import LexiconError
from index.report import Record, Strength

FILE = Path(__file__).parent / "checks.yaml"


class Claim(Record):
    """A kind of claim that a sentence makes about its numbers."""

    code: str
    strength: Strength
    zh: str
    en: str


class Claims(Record):
    """The claims of ``checks.yaml``."""

    checks: tuple[Claim, ...]


@cache
def load_claims(path: Path = FILE) -> dict[str, Claim]:
    """Claims by code.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return {claim.code: claim for claim in Claims.model_validate(data).checks}
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise LexiconError(f"词表有误 (malformed): {error}", place=path.name) from error
