"""Words of other varieties of Chinese, read as those of the standard language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from assistant.lexicon import FOLDER
from index.record import Record
from index.words.load import compile_words


class Saying(Record):
    """``said``: a pattern over the folded question; ``means``: what is read in its place."""

    said: str
    means: str


class Words(Record):
    """``dialects.yaml``."""

    words: tuple[Saying, ...]


Dialects = tuple[tuple[re.Pattern[str], str], ...]


def in_standard_words(folded: str) -> str:
    """A folded question with words of dialects replaced: 唔公開嘅有幾多 → 不公开的有多少."""
    for pattern, means in load_dialects():
        folded = pattern.sub(means, folded)
    return folded


@cache
def load_dialects(path: Path = FOLDER / "dialects.yaml") -> Dialects:
    """The patterns of the file, in its order.

    Raises:
        LexiconError: the file is missing or malformed, or a pattern does not compile.
    """
    return compile_words(path, Words, _compiled)


def _compiled(words: Words) -> Dialects:
    return tuple((re.compile(w.said), w.means) for w in words.words)
