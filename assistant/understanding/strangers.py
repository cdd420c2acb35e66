"""Places and bodies that a question names and that are not indexed."""

from __future__ import annotations

import re

from assistant.lexicon import Lexicon
from assistant.understanding.context import Context
from assistant.words.slips import by_spelling

BODY_ENDING = re.compile(r"(?:局|委员会|办公室|街道|中心)$")
UNKNOWN_PLACE = re.compile(
    r"(?:^|[\x00,，。?？和与跟同、\s])(?:请问|查|问)?"
    r"(?P<name>(?![全本我该各哪这那])[\u3400-\u9fff]{2,5}?(?:市|县|区|镇|乡|州|旗)"
    r"(?:[\u3400-\u9fff]{0,8}?(?:局|委员会|办公室|人民政府|政府|街道|中心))?)"
    r"(?=[\x00的\d在,，。?？\s]|$|去年|今年|一共|共|收|新|公开|有)"
)
TAIL = re.compile(r"[市省]?(?:[\u3400-\u9fff]{1,8}?(?:局|委|(?<!大)厅|办公室|政府))?")
"""What follows a place in the name of a body."""


def missing_place(rest: str, context: Context, *, several: bool) -> str | None:
    """A place or body that is named and not indexed.

    Args:
        rest: the folded question without what it is known to name.
        context: all indexed reports, and the words.
        several: the question names a body that is indexed, so that another must be joined to it.
    """
    missing = _unknown_name(rest, context, several) or _known_place(rest, context, several)
    if missing is None and not several and re.search("[a-z]{4,}", rest):
        return _missing_latin(rest, context.lexicon)
    return missing


def _unknown_name(rest: str, context: Context, several: bool) -> str | None:
    """A name that ends as that of a place or a body, which no indexed body belongs to."""
    unknown = UNKNOWN_PLACE.search(rest)
    if unknown is None:
        return None
    name, before = unknown["name"], rest[: unknown.start("name")]
    knows = context.directory.knows_place_of
    of_another_level = not several and knows(name[:-1])
    foreign = BODY_ENDING.search(name) or not knows(name) or of_another_level
    joined = before.endswith(tuple("和与跟同、"))
    return name if foreign and (not several or joined) else None


def _known_place(rest: str, context: Context, several: bool) -> str | None:
    """A place of the lexicon that no report has in its text."""
    written = context.directory.places_of_nameless
    for place in sorted(context.lexicon.places, key=len, reverse=True):
        position = rest.find(place)
        if position < 0 or place in written:
            continue
        joined = rest[position - 1 : position] in "和与跟同、比" and position > 0
        if joined or not several:
            tail = TAIL.match(rest, position + len(place))
            return place + (tail[0] if tail else "")
    return None


def _missing_latin(rest: str, lexicon: Lexicon) -> str | None:
    """A place of the lexicon that is spelt in Latin letters."""
    spelled = by_spelling(lexicon.places)
    for word in re.finditer(r"[a-z]{5,}", rest):
        if word[0] in spelled:  # of two that are spelt alike (苏州, 宿州) the first listed
            return f"{word[0].capitalize()} ({spelled[word[0]][0]})"
    return None
