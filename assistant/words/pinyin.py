"""Whether a word may be pinyin, and not only a word of English."""

from __future__ import annotations

import re

SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua"
    "|uo|ui|ue|er|a|o|e|i|u|v)"
)
"""A syllable, in small letters and without its tone."""
WORD = re.compile(f"(?:{SYLLABLE.pattern}){{2,}}")


def is_pinyin(word: str) -> bool:
    """Whether a word may be the name of a place in pinyin."""
    return WORD.fullmatch(word) is not None
