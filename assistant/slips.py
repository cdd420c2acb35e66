"""Slips of the input method put right: same sound, other characters (复意 → 复议, 申情 → 申请)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from index.segment import words as split

HAN = re.compile("[\u3400-\u9fff]")
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Initials and finals that many speakers, and so their input methods, do not tell apart."""
LONGEST, SHORTEST = 6, 2
MOST = 4
"""Slips put right in one question."""

Slips = tuple[tuple[str, str], ...]
"""Words that were put right, each as it was written and as it is read."""


@cache
def sounds(text: str) -> str:
    """Pinyin without tones, syllables divided by spaces."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(text))


@cache
def spelt(name: str) -> str:
    """A name in pinyin as one word, each character by itself: taicang."""
    return "".join(sounds(character) for character in name)


@cache
def sounds_alike(text: str) -> str:
    """`sounds`, sounds that are often confused made one."""
    spelt = sounds(text)
    for one, other in ALIKE:
        spelt = spelt.replace(one, other)
    return spelt


def correct_slips(
    folded: str, doubtful: Iterable[str], known: Iterable[str], within: Iterable[str] = ()
) -> tuple[str, Slips]:
    """A folded question with its slips put right, and which they were.

    Args:
        folded: the question.
        doubtful: what nothing explained; slips are looked for in and around it.
        within: common characters that may be a slip together; only whole slips count there.
        known: words that a slip may stand for, those to be preferred first.
    """
    return put_right(folded, doubtful, by_sound(known), within)


def by_sound(known: Iterable[str]) -> dict[str, str]:
    """Words that a slip may stand for by their sound, of several that sound alike the first."""
    words: dict[str, str] = {}
    for word in known:
        if len(word) >= SHORTEST and HAN.match(word):
            words.setdefault(sounds_alike(word), word)
    return words


def put_right(
    folded: str, doubtful: Iterable[str], words: Mapping[str, str], within: Iterable[str] = ()
) -> tuple[str, Slips]:
    """`correct_slips` with words that are told apart `by_sound` already."""
    sound = frozenset(word.text for word in split(folded) if len(word.text) >= SHORTEST)
    runs = [*((run, False) for run in doubtful), *((run, True) for run in within)]
    slips: list[tuple[str, str]] = []
    for run, inside in runs:
        for _ in range(MOST):
            found = _first_slip(folded, run, words, sound, inside=inside)
            if found is None:
                break
            at, word = found
            slips.append((folded[at : at + len(word)], word))
            folded = folded[:at] + word + folded[at + len(word) :]
    return folded, tuple(slips)


def _first_slip(
    folded: str, run: str, words: Mapping[str, str], sound: frozenset[str], *, inside: bool
) -> tuple[int, str] | None:
    """Where a slip is and its word: the one that takes in most of the run, the longest of them.

    ``sound`` are words of the question that are no slips.
    """
    start = folded.find(run)
    if start < 0 or not HAN.search(run):
        return None
    end = start + len(run)
    found: list[tuple[int, int, int, str]] = []
    for size in range(SHORTEST, LONGEST + 1):
        for at in range(max(0, start - size + 1), min(len(folded) - size, end - 1) + 1):
            piece = folded[at : at + size]
            if piece in sound or not _all_han(piece):
                continue
            word = words.get(sounds_alike(piece))
            if word is not None and word != piece and len(word) == size:
                taken = min(end, at + size) - max(start, at)
                if inside and taken < size:
                    continue
                found.append((taken, size, -at, word))
    if not found:
        return None
    _, _, before, word = max(found)
    return -before, word


def _all_han(piece: str) -> bool:
    return all(HAN.match(char) for char in piece)
