"""Text to terms for the full-text index (character pairs, Latin words, numbers), and to words.

Both sides (what is indexed and what is asked) go through `terms`, on folded text, so that
traditional and simplified script, full-width forms and pinyin residue do not matter.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.report import Span
from index.script import fold
from index.words import fold_phrases

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WORDS = Path(__file__).parent / "model" / "tokenizer.json"
BROKEN = re.compile(r"(?<=[\u3400-\u9fff])\s*\n\s*(?=[\u3400-\u9fff])")
"""A line broken within a word."""
PIECE = re.compile(r"[\u3400-\u9fff]+|[a-z]+|\d+(?:\.\d+)?")


def terms(text: str) -> list[str]:
    """Search terms in reading order; a single Chinese character between breaks is one itself."""
    result: list[str] = []
    folded = BROKEN.sub("", fold(text).text.lower())
    for match in PIECE.finditer(fold_phrases(folded)):
        piece = match[0]
        if piece[0] < "\u3400" or len(piece) == 1:
            result.append(piece)
        else:
            result.extend(piece[i : i + 2] for i in range(len(piece) - 1))
    return result


class Word(NamedTuple):
    """A word of a text and its place, in characters."""

    text: str
    span: Span


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(WORDS))


def words(folded: str) -> list[Word]:
    """Words of a folded text in reading order, punctuation left out.

    They are those of the bundled embedder: Chinese words by their frequency in general text and
    in reports, Latin words whole, numbers as runs of digits.
    """
    found = _tokenizer().encode(folded, add_special_tokens=False)
    result: list[Word] = []
    for begin, end in found.offsets:
        start = max(begin, result[-1].span[1] if result else 0)
        while start < end and not folded[start].isalnum():
            start += 1
        text = folded[start:end]
        last = result[-1] if result else None
        if last is not None and last.span[1] == start and _one_word(last.text, text):
            result[-1] = Word(last.text + text, (last.span[0], end))
        elif text:
            result.append(Word(text, (start, end)))
    return result


def _one_word(before: str, after: str) -> bool:
    """Whether two pieces without a gap are of one number, or of one Latin word."""
    if before.isdigit() and after.isdigit():
        return True
    latin = before.isascii() and after.isascii()
    return latin and before[-1:].isalpha() and after[:1].isalpha()
