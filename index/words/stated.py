"""``stated.yaml``: how running text speaks of cells of the tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from index.report import Record, Strength
from index.words.load import read_words

FILE = Path(__file__).parent / "stated.yaml"


class Family(Record):
    """Meanings that are told together.

    ``topic`` must stand near such a number, and ``other`` not between them. ``units`` are those
    it may be counted in.
    """

    topic: str
    other: str
    units: frozenset[str]


class Meaning(Record):
    """What some labels mean; keys as described in ``stated.yaml``.

    ``each`` names rows or columns of the form: the meaning is one for each of them, its name in
    ``{name}``, its key in ``{row}`` or ``{column}`` of the cells. ``called`` are further names.
    ``strength`` None: that of the code.
    """

    key: str
    code: str
    family: str
    cells: tuple[str, ...]
    words: tuple[str, ...]
    also: tuple[tuple[str, ...], ...] = ()
    strength: Strength | None = None
    year: int = 0
    of: frozenset[str] = frozenset()
    of_all: dict[str, str] = Field(default_factory=dict)
    without: str | None = None
    block: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    called: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def kin(self) -> str:
        """What is told together with it: the cells of a table, of table two those of a family."""
        table = self.cells[0].partition(".")[0]
        return self.family if table == "t2" else table


class Denial(Record):
    """A way to say that there were none: of which cells, and what must stand before its end."""

    code: str
    cells: tuple[str, ...]
    near: str
    words: str


class StatedWords(Record):
    """The lists of ``stated.yaml``; each is described there."""

    fragments: dict[str, str]
    lead: str
    hints: tuple[str, ...]
    who: str
    goes_on: str
    families: dict[str, Family]
    meanings: tuple[Meaning, ...]
    self_scope: str
    own_scope: str
    whole_place: str
    government: str
    year_end: str
    narrowing: str
    denials: tuple[Denial, ...]
    denial_hint: str
    denied_end: str
    not_said: str


@cache
def load_stated(path: Path = FILE) -> StatedWords:
    """Load and check.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return read_words(path, StatedWords)
