"""Slips of the input method put right: same sound, other characters (复意 → 复议, 申情 → 申请)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from index.segment import words as split
from index.words import singular

HAN = re.compile("[\u3400-\u9fff]")
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Initials and finals that many speakers, and so their input methods, do not tell apart."""
LONGEST, SHORTEST = 6, 2
LEAST_LATIN = 6
"""Letters of an English word below which it is taken for no slip."""
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
def by_spelling(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Names by how they are spelt in pinyin, those that are spelt alike in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        found[spelt(name)] = (*found.get(spelt(name), ()), name)
    return found


@cache
def sounds_alike(text: str) -> str:
    """`sounds`, sounds that are often confused made one."""
    return alike_in_sound(sounds(text))


def alike_in_sound(pinyin: str) -> str:
    """Pinyin with sounds that are often confused made one."""
    for one, other in ALIKE:
        pinyin = pinyin.replace(one, other)
    return pinyin


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


def put_right_latin(folded: str, lost: Iterable[str], words: Collection[str]) -> tuple[str, Slips]:
    """An English question with its slips put right, and which they were.

    Args:
        folded: the question.
        lost: words of it that nothing explained.
        words: words that a slip may stand for, in the singular.
    """
    slips: list[tuple[str, str]] = []
    for word in list(lost)[:MOST]:
        if len(word) < LEAST_LATIN or not word.isalpha() or _is_known(word, words):
            continue
        right = _nearest(word, words)
        if right is not None:
            slips.append((word, right))
            folded = re.sub(rf"(?<![a-z]){word}(?![a-z])", right, folded)
    return folded, tuple(slips)


def _is_known(word: str, words: Collection[str]) -> bool:
    """Whether an English word, or what it is the plural of, is spelt as it should be."""
    return singular(word) in words and not re.search("[^aeiou]ys$", word)


def _nearest(word: str, words: Collection[str]) -> str | None:
    """The known word that an English one is a slip of: a letter wrong, missing or swapped."""
    from rapidfuzz.distance import OSA

    bare = re.sub("ys$", "y", word)  # penaltys
    for spelling in dict.fromkeys((singular(word), bare, word)):
        for known in sorted(words):
            if known[0] == spelling[0] and OSA.distance(known, spelling, score_cutoff=1) <= 1:
                return known
    return None


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
