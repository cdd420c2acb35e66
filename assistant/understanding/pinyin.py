"""Names that a question gives in pinyin beside the Chinese: Yibang (一帮)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.library.latin import spellings
from assistant.library.units import cores
from assistant.words.mentions import holds
from assistant.words.slips import spelt
from index.report import Span
from index.script import fold

LONGEST_SPELT = 4
"""Words in which a name is spelt in pinyin."""


def spelt_whole(text: str, brands: Sequence[Span]) -> list[Span]:
    """Places where a name that is given in Chinese stands in pinyin from end to end."""
    names = {spelt(text[start:end]) for start, end in brands}
    words = list(re.finditer(r"[a-z]+", text)) if names else []
    windows = (
        words[at : at + size] for size in range(1, LONGEST_SPELT + 1) for at in range(len(words))
    )
    return [
        w[0].span()[:1] + w[-1].span()[1:] for w in windows if "".join(m[0] for m in w) in names
    ]


def spelt_again(text: str, covered: Sequence[Span], bodies: Iterable[str]) -> list[Span]:
    """Places where a name that is given in Chinese is given in pinyin too: Yibang (一帮).

    ``bodies`` are those that were found, whose other places may be given so.
    """
    words = [
        m for m in re.finditer(r"[a-z]{5,}", text) if not any(holds(c, m.span()) for c in covered)
    ]
    if not words:
        return []
    names = ("".join(re.findall("[\u3400-\u9fff]", text[slice(*span)])) for span in covered)
    known = {spelt(name) for name in names}
    places = {one for body in bodies for core in cores(fold(body).text) for one in spellings(core)}
    return [
        word.span() for word in words if word[0] in places or any(word[0] in name for name in known)
    ]
