"""Governments named by their level alone, as at home there: 县里, 省政府, 民族乡, 经开区."""

from __future__ import annotations

import re
from functools import cache

from assistant.lexicon import Lexicon, load_lexicon
from assistant.library.parts import level_pattern, parts_of
from assistant.library.units import Match, led
from index.words import load_names

WITHIN = "里上"
"""What makes a level one's own: 县里, 乡上."""


def relative_matches(text: str, body: str, lexicon: Lexicon) -> list[Match]:
    """Where a government is named by its level, and by nothing that would tell its place.

    A level of one character must be followed by what makes it a government (县政府, 县里); what is
    called by more (自治县, 开发区) may stand alone. Between parts of its name others may be left
    out: 经开区.
    """
    parts = parts_of(body)
    own = parts.level and (not parts.unit or parts.unit.startswith(lexicon.bodies.government_names))
    if not own:
        return []
    after = parts.places[-1].after
    return [
        Match(match.end() - match.start(), match.span(), True)
        for match in _relative().finditer(text)
        if led(text, match.start())
        and _is_level(match["level"] or match["alone"], parts.level, after)
    ]


def says_level(text: str) -> bool:
    """Whether some government is named by its level at all."""
    return _relative().search(text) is not None


def _is_level(said: str, level: str, after: str) -> bool:
    """Whether a level is that of a body, perhaps shortened, perhaps with the people before it."""
    said = said.removeprefix("民族")
    if said[0] not in after or said[-1] != level[-1]:
        return False
    remaining = iter(after)
    return all(char in remaining for char in said)


@cache
def _relative() -> re.Pattern[str]:
    names = "|".join(load_lexicon().bodies.government_names)
    longer = "|".join(level for level in load_names().place_endings if len(level) > 1)
    return re.compile(
        rf"(?P<level>{level_pattern()})(?:{names}|[{WITHIN}](?![\u3400-\u9fff]*[局委厅办]))"
        rf"|(?P<alone>民族乡(?!镇)|(?:{longer})(?=$|[\x00\d，。,的那这]|[去今前本上]年))"
    )
