"""Names that a question gives in pinyin beside the Chinese: Yibang (一帮)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.words.mentions import holds
from assistant.words.slips import spelt
from index.report import Span

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


def spelt_again(text: str, covered: Sequence[Span]) -> list[Span]:
    """Places where a name that is given in Chinese is given in pinyin too: Yibang (一帮)."""
    words = [
        m for m in re.finditer(r"[a-z]{5,}", text) if not any(holds(c, m.span()) for c in covered)
    ]
    if not words:
        return []
    names = ("".join(re.findall("[\u3400-\u9fff]", text[slice(*span)])) for span in covered)
    known = {spelt(name) for name in names}
    return [word.span() for word in words if any(word[0] in name for name in known)]
