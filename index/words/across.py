"""``across.yaml``: what is watched across years and bodies."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.record import Record
from index.words.load import read_words

FILE = Path(__file__).parent / "across.yaml"


class Jumps(Record):
    """Which counts are watched from year to year, and from where on a change is a jump.

    ``unlike`` are, by year, counts that cannot be compared with those of the year before.
    """

    residual: int
    ratio: int
    cells: tuple[str, ...]
    unlike: dict[int, tuple[str, ...]]


class Summed(Record):
    """Cells of a government's report that are the sum of those of its units."""

    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]


class Texts(Record):
    """From which percentage of its sentences on a text is another's, and how many it must have."""

    copied: int
    alike: int
    sentences: int


class AcrossWords(Record):
    """The entries of ``across.yaml``; each is described there."""

    jumps: Jumps
    sums: tuple[Summed, ...]
    texts: Texts


@cache
def load_across(path: Path = FILE) -> AcrossWords:
    """The entries of the file.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return read_words(path, AcrossWords)
