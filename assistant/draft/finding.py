"""Which body a clerk means, and which reports of it there are for a year."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.directory import Directory
from assistant.lexicon import Lexicon
from assistant.naming import match_bodies
from assistant.shelf import Shelf
from index.errors import InputError
from index.report import Report
from index.script import fold
from index.series import body_key

MOST = 8
"""Candidates that are told."""


def body_meant(name: str, directory: Directory, lexicon: Lexicon) -> str:
    """The full name of the body that a name means; the name itself where none is indexed.

    A name is that of an indexed body where both are surely the same (`body_key`), or where it is
    that body's name shortened, and no other's. Slips are not put right: another body may be
    called so, and an office is not its government.

    Raises:
        InputError: the name is empty, or several bodies may be meant; they are told.
    """
    folded, key = _plain(name), body_key(name)
    if not folded:
        raise InputError("没有写单位 (no body).", advice="请写机关全称 (give the full name).")
    newest = sorted((c for c in directory.cards if c.body), key=lambda c: -(c.year or 0))
    same = [card.body for card in newest if card.body and body_key(card.body) == key]
    if same:
        return same[0]  # as it writes itself now
    matches = match_bodies(folded, directory.candidates(folded), lexicon)
    whole = {body for body, match in matches if match.span == (0, len(folded))}
    named = sorted(body for body in whole if _shortens(folded, _plain(body)))
    if len(named) > 1:
        told = "、".join(named[:MOST]) + ("等" if len(named) > MOST else "")
        raise InputError(
            f"“{name}”可指 {len(named)} 个单位：{told} (several bodies).",
            advice="请写机关全称 (give the full name).",
        )
    return named[0] if named else name


def reports_of(shelf: Shelf, body: str, year: int) -> Sequence[Report]:
    """The indexed reports of a body for a year, in the order of lists."""
    key = body_key(body)
    cards = (c for c in shelf.reports() if c.year == year and c.body and body_key(c.body) == key)
    return [shelf.report(card.id) for card in cards]


def _plain(name: str) -> str:
    return "".join(fold(name).text.split())


def _shortens(short: str, name: str) -> bool:
    """Whether a name becomes the short one by leaving characters out (文旅局, 云岫市政府)."""
    rest = iter(name)
    return all(char in rest for char in short)
