"""Which body a clerk means, and which reports of it there are for a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.lexicon import Lexicon
from assistant.library.directory import Directory
from assistant.library.naming import match_bodies
from index.across.series import body_key
from index.errors import InputError
from index.report import Report, ReportCard
from index.script import fold
from index.words.bodies import load_body_names

MOST = 8
"""Candidates that are told."""


class Reports(Protocol):
    """Where reports are found: a shelf, or a desk over one."""

    def reports(self) -> Sequence[ReportCard]:
        """All indexed reports."""
        ...

    def report(self, report_id: str) -> Report:
        """One report, whole."""
        ...


def body_meant(name: str, directory: Directory, lexicon: Lexicon) -> str:
    """The full name of the body that a name means; the name itself where none is indexed.

    A name is that of an indexed body where both are surely the same (`body_key`), or where it
    leaves out nothing but of which place that body is or what kind of place, and is no other's.
    Slips are not put right: another body may be called so, and neither a brigade is its bureau,
    nor an office its government, nor a district's bureau the city's.

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
    named = sorted(body for body in whole if _shortens(key, body_key(body)))
    if len(named) > 1:
        told = "、".join(named[:MOST]) + ("等" if len(named) > MOST else "")
        raise InputError(
            f"“{name}”可指 {len(named)} 个单位：{told} (several bodies).",
            advice="请写机关全称 (give the full name).",
        )
    return named[0] if named else name


def reports_of(shelf: Reports, body: str, year: int) -> Sequence[Report]:
    """The indexed reports of a body for a year, in the order of lists."""
    key = body_key(body)
    cards = (c for c in shelf.reports() if c.year == year and c.body and body_key(c.body) == key)
    return [shelf.report(card.id) for card in cards]


def _plain(name: str) -> str:
    return "".join(fold(name).text.split())


def _shortens(short: str, name: str) -> bool:
    """Whether a name becomes the short one by leaving out what is known of its place.

    Left out may be the kind of a place within (云岫财政局 for 云岫市财政局), the places above
    (水务局 for 临溪县水务局), and of a government all but how its place begins (云岫).
    """
    words = load_body_names()
    kinds = {place[-1] for place in words.places_with_government}
    rest = name.removesuffix(words.government).removeprefix(short)
    if name.startswith(short) and rest[-1:] in kinds and sum(c in kinds for c in rest) == 1:
        return True
    left_out = _left_out(short, name)
    if left_out is None:
        return False
    return all(run in kinds or (at == 0 and run[-1] in kinds) for at, run in left_out)


def _left_out(short: str, name: str) -> list[tuple[int, str]] | None:
    """What a name has more than the short one, by where it stands; None: it is none of it."""
    runs: list[tuple[int, str]] = []
    at = 0
    for char in short:
        found = name.find(char, at)
        if found < 0:
            return None
        if found > at:
            runs.append((at, name[at:found]))
        at = found + 1
    return [*runs, (at, name[at:])] if at < len(name) else runs
