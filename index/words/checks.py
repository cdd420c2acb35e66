"""``checks.yaml``: code, strength and wording of the checks on running text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.report import Record, Strength
from index.words.load import read_words

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
    return {claim.code: claim for claim in read_words(path, Claims).checks}
