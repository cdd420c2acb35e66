"""How well texts hold what was asked: the words themselves, or words that mean much the same.

The lexical half is exact: a word of the question that stands in a text is found there. The other
half is the bundled embedder, word by word: 粉丝 is near 关注, followers near 关注人数. It is used
whatever embedder the index has, because only its words have vectors of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.script import fold
from index.segment import BROKEN, words
from index.storage.embed import bundled
from index.words import fold_phrases

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NEAR, SAME = 0.24, 0.7
"""Cosines of two words below which they have nothing to do with each other, and above which one
stands for the other."""
MOST_NEAR = 0.85
"""What a word of like meaning counts at most, compared with the word itself."""
SHARED = 0.6
"""What a word counts of which only pairs of characters stand in a text."""
ALL_BUT_ONE = 0.8
"""What a word counts whose first or last character is missing: 打电话, 电话."""
SYNONYM = 0.9
"""What a word counts that has another name in the text."""
PAIR = 2


def plain(text: str) -> str:
    """A text as questions are folded: simplified, lower case, mainland phrases, lines joined."""
    return fold_phrases(BROKEN.sub("", fold(text).text.lower()))


class Lines:
    """Texts of one report, prepared for being asked about."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Fold the texts and split them into words; one that stands several times once."""
        import numpy as np

        distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        self._places = [distinct[text] for text in texts]
        self._texts = [plain(text) for text in distinct]
        known: dict[str, int] = {}
        ids: list[int] = []
        starts: list[int] = []
        for text in self._texts:
            starts.append(len(ids))
            found = [word.text for word in words(text)]
            ids.extend(known.setdefault(word, len(known)) for word in (*found, ""))
        self.words = frozenset(known)
        self._ids, self._starts = np.array(ids, dtype=np.intp), starts
        self._vectors = bundled().encode(list(known)) if known else None

    @property
    def texts(self) -> list[str]:
        """The folded texts, in the order they were given."""
        return [self._texts[place] for place in self._places]

    def likeness(self, asked: Sequence[Sequence[str]]) -> npt.NDArray[np.float32]:
        """How far each text holds each word, shape (texts, words), from 0 to 1.

        A word is given with what else it may be called; the first is what was asked.
        """
        import numpy as np

        result = np.zeros((len(self._texts), len(asked)), dtype=np.float32)
        if self._vectors is None or not asked:
            return result[self._places]
        near = self._vectors @ bundled().encode([term[0] for term in asked]).T
        near = np.clip((near - NEAR) / (SAME - NEAR), 0, 1) * MOST_NEAR
        result[:] = np.maximum.reduceat(near[self._ids], self._starts, axis=0)
        for column, (word, *others) in enumerate(asked):
            for row, text in enumerate(self._texts):
                held = _held(word, text)
                if held < SYNONYM and any(other in text for other in others):
                    held = SYNONYM
                result[row, column] = max(result[row, column], held)
        return result[self._places]


def _held(word: str, text: str) -> float:
    """1 for a word that stands in a text; less where only pairs of its characters do."""
    if word in text:
        return 1.0
    if len(word) <= PAIR or word.isascii():
        return 0.0
    if word[1:] in text or word[:-1] in text:
        return ALL_BUT_ONE
    pairs = [word[i : i + PAIR] for i in range(len(word) - 1)]
    return SHARED * sum(pair in text for pair in pairs) / len(pairs)


def rarity(likeness: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Weights of the asked words: what few texts hold says more; shape (words,), from 0 to 1."""
    import numpy as np

    count = likeness.shape[0]
    held = (likeness >= MOST_NEAR).sum(axis=0)
    weights = np.log1p(count / (1 + held)) / np.log1p(max(count, 1))
    return np.asarray(weights, dtype=np.float32)
