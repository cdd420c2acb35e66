"""Text to terms for the full-text index: character pairs, Latin words and numbers.

Both sides (what is indexed and what is asked) go through `terms`, on folded text, so that
traditional and simplified script, full-width forms and pinyin residue do not matter.
"""

from __future__ import annotations

import re

from index.script import fold
from index.words import fold_phrases

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
