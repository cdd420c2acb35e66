"""One character wrong in the name of a row: 重付申请, 执法案券, 予已公开."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from assistant.lexicon.lookalikes import load_lookalikes
from assistant.words.slips import alike_in_sound
from index.report import Span
from index.segment import words


class Slip(NamedTuple):
    """Where a name stands with one character wrong, how it is written and how it is read."""

    at: int
    written: str
    name: str

    def mended(self, text: str) -> str:
        """A text with the name as it should be."""
        return text[: self.at] + self.name + text[self.at + len(self.name) :]


def slips_within(text: str) -> Iterator[Slip]:
    """Names of rows that one character keeps from standing in a text, the longest first.

    That character sounds like the right one or looks like it, and is no part of a word that
    stands there in its own right.
    """
    whole = [word.span for word in words(text) if len(word.text) > 1]
    for name in load_lookalikes().names:
        for at in range(len(text) - len(name) + 1):
            piece = text[at : at + len(name)]
            wrong = [
                n for n, (is_, right) in enumerate(zip(piece, name, strict=True)) if is_ != right
            ]
            if len(wrong) != 1 or _in_a_word(at + wrong[0], whole):
                continue
            if _alike(piece[wrong[0]], name[wrong[0]]):
                yield Slip(at, piece, name)


def _in_a_word(at: int, spans: list[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _alike(written: str, right: str) -> bool:
    """Whether a character may be a slip for another, by its shape or its sound."""
    return right in load_lookalikes().shapes.get(written, ()) or bool(
        _sounds(written) & _sounds(right)
    )


@cache
def _sounds(character: str) -> frozenset[str]:
    """Every pinyin of a character, without tones, sounds that are often confused made one."""
    from pypinyin import Style, pinyin

    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True) or [[character]]
    return frozenset(alike_in_sound(sound) for sound in found)
