"""How findings are told to the body that they are about: ``assistant/lexicon/corrections.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import model_validator

from assistant.lexicon import FOLDER
from index.report import Record
from index.words.load import read_words

FILE = FOLDER / "corrections.yaml"


class NoteWords(Record):
    """Set phrases of a note; 【】 in them is left for a person to fill in."""

    title: str
    title_explain: str
    unnamed: str
    greeting: str
    opening: str
    correct: str
    explain: str
    where: str
    equation: str
    basis: str
    ask: str
    asks: str
    until: str
    until_correct: str
    until_explain: str
    signature: str
    date: str


class Family(Record):
    """Check codes, or their beginnings, whose findings are told alike.

    ``found`` says what was found, ``ask`` what the body is asked to do.
    """

    codes: tuple[str, ...]
    found: str
    ask: str


class Corrections(Record):
    """The whole file."""

    note: NoteWords
    laws: dict[str, str]
    families: tuple[Family, ...]

    @model_validator(mode="after")
    def _complete(self) -> Corrections:
        """Something is said of any form and code; a sentence names only fields it is given."""
        if "" not in self.laws or "" not in {c for f in self.families for c in f.codes}:
            raise ValueError("laws and families need one for the rest, called ''")
        words = self.note
        try:
            words.greeting.format(body="")
            words.opening.format(laws="", reports="")
            for heading in (words.correct, words.explain):
                heading.format(count=0)
            for family in self.families:
                family.found.format(scope="", sentence="")
        except (KeyError, IndexError) as error:
            raise ValueError(f"no such field: {error}") from error
        return self

    def law(self, form: str | None) -> str:
        """What reports in a form have to obey; None: the form is not known."""
        return self.laws.get(form or "", self.laws[""])

    def family(self, code: str) -> Family:
        """The family of a code: the one that names most of it."""
        fitting = [
            (len(start), family)
            for family in self.families
            for start in family.codes
            if code.startswith(start)
        ]
        return max(fitting, key=lambda fit: fit[0])[1]


@cache
def load_corrections(path: Path = FILE) -> Corrections:
    """Load and check the file.

    Raises:
        LexiconError: it is missing or malformed.
    """
    return read_words(path, Corrections)
