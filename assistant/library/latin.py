"""Names of places in pinyin: Taicang, Tai Cang, Tai-cang, or with one slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.lexicon import Lexicon
from assistant.library.english_bodies import english_unit
from assistant.library.parts import parts_of
from assistant.library.units import LEAST_CORE, Match, cores
from assistant.words.slips import spelt
from index.report import Span
from index.words import load_names

LEAST_SPELT = 6
"""Letters of a name in pinyin below which no slip is allowed."""
LEAST_WORD = 4
MOST_APART = 3
"""Words in which the name of a place is written."""
WORD = re.compile("[a-z]+")
APART = re.compile("[ '’-]")
SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|üan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua"
    "|uo|ui|ue|er|a|o|e|i|u|v)"
)
PINYIN = re.compile(f"(?:{SYLLABLE.pattern}){{2,}}")


def is_pinyin(word: str) -> bool:
    """Whether a word may be the name of a place in pinyin, and not only a word of English."""
    return PINYIN.fullmatch(word) is not None


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
    core = cores(body)[-1]
    for word, span in latin_words(text):
        own = {word, word.removesuffix("s")}
        if not any(_spelled(one, pinyin) for one in own for pinyin in spellings(core)):
            continue
        found = english_unit(text, span[1], body, lexicon)
        if found is not None:
            end, said = found
            matches.append(Match(len(core) + said, (span[0], end), government))
    return matches


@cache
def spellings(core: str) -> tuple[str, ...]:
    """A place's name in pinyin, and its first two characters where it has more."""
    from pypinyin import lazy_pinyin

    read = [spelt(part) for part in _short(core)]
    read += ["".join(lazy_pinyin(part)) for part in _short(core)]  # 厦门 is no sha-men
    return tuple(dict.fromkeys([*read, *(one.replace("v", "u") for one in read)]))


def _short(core: str) -> tuple[str, ...]:
    """A place's name, and its first two characters where it has more: 平潭 of 平潭综合."""
    return (core, core[:LEAST_CORE]) if len(core) > LEAST_CORE + 1 else (core,)


def _spelled(word: str, pinyin: str) -> bool:
    if word == pinyin:
        return True
    if min(len(word), len(pinyin)) < LEAST_SPELT:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(word, pinyin, score_cutoff=1) <= 1
