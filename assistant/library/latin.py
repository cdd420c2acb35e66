"""Names of places in pinyin: Taicang, Tai Cang, Tai-cang, or with one slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.lexicon import Lexicon
from assistant.library.english_bodies import english_unit, unit_before
from assistant.library.parts import parts_of
from assistant.library.units import LEAST_CORE, Match, cores
from assistant.words.pinyin import SYLLABLE
from assistant.words.slips import by_spelling, spelt
from index.report import Span
from index.words import load_names

LEAST_SPELT = 6
"""Letters of a name in pinyin below which no slip is allowed."""
LEAST_WORD = 4
MOST_APART = 3
"""Words in which the name of a place is written."""
WORD = re.compile("[a-z]+")
APART = re.compile("[ '’-]")


def latin_words(text: str) -> Iterator[tuple[str, Span]]:
    """Words of a folded text that may spell a place, written apart too."""
    words = [(m[0], m.span()) for m in WORD.finditer(text)]
    for at, (word, span) in enumerate(words):
        if len(word) >= LEAST_WORD:
            yield word, span
        joined, end = word, span[1]
        for following, after in words[at + 1 : at + MOST_APART]:
            apart = APART.fullmatch(text[end : after[0]])
            if apart is None or not (SYLLABLE.fullmatch(following) and SYLLABLE.match(joined)):
                break
            joined, end = joined + following, after[1]
            if len(joined) >= LEAST_WORD and SYLLABLE.fullmatch(word):
                yield joined, (span[0], end)


def latin_matches(text: str, body: str, lexicon: Lexicon) -> list[Match]:
    """Where a body's place is written in pinyin, with the English words of its name behind it."""
    government = body.endswith((*load_names().place_endings, "人民政府"))
    matches: list[Match] = []
    if not parts_of(body).places:
        return matches
    parts, core = parts_of(body), cores(body)[-1]
    own = parts.within if parts.within and core not in parts.within else ""
    for word, span in latin_words(text):
        if not any(_spells(w, core, lexicon) for w in (word, word.removesuffix("s"))):
            continue
        found = _named(text, span, own or body, lexicon)
        if found is not None and (found[1] or not own):  # a body within another is not that one
            matches.append(Match(len(core) + found[1] - bool(own), found[0], government))
    return matches


def _named(text: str, span: Span, body: str, lexicon: Lexicon) -> tuple[Span, int] | None:
    """The whole of a name around its place, and how many words speak for the body.

    None where they name another.
    """
    after = english_unit(text, span[1], body, lexicon)
    before = unit_before(text, span[0], body, lexicon)
    if after is None or before is None:
        return None
    return (before[0], after[0]), before[1] + after[1]


@cache
def spellings(core: str) -> tuple[str, ...]:
    """A place's name in pinyin, and its first two characters where it has more."""
    from pypinyin import lazy_pinyin

    read = [spelt(part) for part in _short(core)]
    read += ["".join(lazy_pinyin(part)) for part in _short(core)]  # 厦门 is no sha-men
    read += [word for part in _short(core) for word in _readings(part)]
    return tuple(dict.fromkeys([*read, *(one.replace("v", "u") for one in read)]))


def _readings(name: str) -> Iterator[str]:
    """A name in pinyin by all readings of one of its characters: 阿图勒 ends in le, or in lei."""
    from pypinyin import Style, pinyin

    read = pinyin(name, style=Style.NORMAL, heteronym=True)
    for at, readings in enumerate(read):
        for one in readings:
            yield "".join([*(r[0] for r in read[:at]), one, *(r[0] for r in read[at + 1 :])])


def _short(core: str) -> tuple[str, ...]:
    """A place's name, and its first two characters where it has more: 平潭 of 平潭综合."""
    return (core, core[:LEAST_CORE]) if len(core) > LEAST_CORE + 1 else (core,)


def _spells(word: str, core: str, lexicon: Lexicon) -> bool:
    """Whether a word is the name of a place in pinyin, or a slip of it that names no other."""
    read = spellings(core)
    if word in read:
        return True
    if min(len(word), len(read[0])) < LEAST_SPELT or word in by_spelling(lexicon.places):
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(word, read[0], score_cutoff=1) <= 1
