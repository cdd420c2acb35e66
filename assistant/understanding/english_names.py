"""Bodies named in English by what they do: the water bureau."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.library.directory import Directory
from assistant.library.english_bodies import BodyPhrase, body_phrases, fits
from assistant.library.latin import spellings
from assistant.library.naming import overlap
from assistant.library.units import cores
from assistant.understanding.context import Context
from assistant.understanding.selection import Selection
from assistant.words.mentions import MASK
from assistant.words.pinyin import is_pinyin
from index.report import Span
from index.script import fold


def add_english(rest: str, context: Context, chosen: Selection) -> str | None:
    """Take in bodies named in English by what they do; returns a name that no report has."""
    missing: list[str] = []
    named = tuple(chosen.covered)
    own = _own_spellings(chosen)
    for phrase in body_phrases(rest, context.lexicon):
        strange = [name for name in (*phrase.names, *phrase.places) if name not in own]
        if strange:
            known = not phrase.names and _written(phrase, context.directory)
        else:
            group = _group_beside(phrase, named)
            known = bool(phrase.names) or _add_unit(phrase, group, context, chosen)
        about = phrase.soft and not any(map(is_pinyin, strange))
        if not known and not about:
            missing.append(rest[slice(*phrase.span)].replace(MASK, "").strip().title())
    return missing[0] if missing else None


def _own_spellings(chosen: Selection) -> frozenset[str]:
    """How the places of the bodies that were found are spelt: their words are no other's name."""
    bodies = {card.body for group in chosen.groups for card in group if card.body}
    places = (core for body in bodies for core in cores(fold(body).text))
    return frozenset(one for core in places for one in spellings(core))


def _written(phrase: BodyPhrase, directory: Directory) -> bool:
    """Whether a report that names no body has a place of the phrase in its text."""
    return any(directory.is_written(place) for place in phrase.places)


def _add_unit(phrase: BodyPhrase, group: int | None, context: Context, chosen: Selection) -> bool:
    """Choose the bodies that do what a phrase says, of the group named beside it or of all.

    False where there is none and the question names no other.
    """

    def does(name: str) -> bool:
        return fits(phrase.units, name, context.lexicon.bodies)

    if group is None:
        cards = context.directory.of_unit(does)
        if cards:
            chosen.add(cards, phrase.span)
            chosen.covered.append(phrase.span)
        return bool(chosen.groups)
    cards = [card for card in chosen.groups[group] if does(card.body or "")]
    chosen.groups[group] = cards or chosen.groups[group]
    chosen.covered.append(phrase.span)
    return bool(cards)


def _group_beside(phrase: BodyPhrase, named: Sequence[Span]) -> int | None:
    """Which of the bodies named before the phrase says more about."""
    for number, span in enumerate(named):
        if phrase.beside is not None and overlap(phrase.beside, span):
            return number
    return None
