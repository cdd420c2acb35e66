"""What checks are called where there is little room: ``assistant/lexicon/check_names.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.lexicon import FOLDER
from index.report import Record
from index.words.load import read_words

FILE = FOLDER / "check_names.yaml"


class CheckNames(Record):
    """The whole file: kinds of checks by the first letter of a code, names by code."""

    kinds: dict[str, str]
    names: dict[str, str]

    def name(self, code: str) -> str:
        """A few characters that say what is checked; the code itself where none are known."""
        return self.names.get(code, code)

    def kind(self, code: str) -> str:
        """What kind of check it is; "" where that is not known."""
        return self.kinds.get(code[0], "")

    def place(self, code: str) -> tuple[int, str]:
        """Where a code stands among others: those of a kind together, unknown ones last."""
        letters = tuple(self.kinds)
        return letters.index(code[0]) if code[0] in letters else len(letters), code


@cache
def load_check_names(path: Path = FILE) -> CheckNames:
    """Load and check the file.

    Raises:
        LexiconError: it is missing or malformed.
    """
    return read_words(path, CheckNames)
