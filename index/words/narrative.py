"""``narrative.yaml``: what is no report's own in its running text, compiled when first used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.record import Record
from index.words.load import compile_words

FILE = Path(__file__).parent / "narrative.yaml"


class NarrativeWords(Record):
    """The entries of ``narrative.yaml``; each is described there."""

    set_phrases: tuple[str, ...]
    list_marks: str
    year: str


@dataclass(frozen=True)
class NarrativePatterns:
    """The same, compiled, for folded text without spaces."""

    set_phrases: re.Pattern[str]
    list_marks: re.Pattern[str]
    year: re.Pattern[str]


@cache
def load_narrative(path: Path = FILE) -> NarrativePatterns:
    """The patterns of the file.

    Raises:
        LexiconError: the file is missing or malformed, or a pattern does not compile.
    """
    return compile_words(path, NarrativeWords, _compiled)


def _compiled(words: NarrativeWords) -> NarrativePatterns:
    return NarrativePatterns(
        set_phrases=re.compile("|".join(words.set_phrases)),
        list_marks=re.compile(words.list_marks),
        year=re.compile(words.year),
    )
