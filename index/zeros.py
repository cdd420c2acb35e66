"""Blank cells that the identities of the form prove to be 0: counts are not negative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.applied import Applied, applied
from index.equations import Values, is_exceeded, known_of, sum_of
from index.formats import Form
from index.report import Number
from index.status import HARD


def proven_zeros(form: Form, values: Values, blanks: Iterable[str]) -> dict[str, str]:
    """Blank cells that a hard identity proves to be 0, each with the id of its check.

    Counts are not negative: where all unknown operands stand on one side and the printed ones
    already add up, nothing is left for the blanks. Repeated until nothing more follows. A 0
    that another identity rules out is not proven: a misprint made the first one add up.
    """
    waiting = set(blanks)
    if not waiting:
        return {}
    places = [place for place in applied(form, values) if _proves(place)]
    proven = _zeros_of_sums(places, values, waiting)
    while proven:
        known = {**values, **dict.fromkeys(proven, 0)}
        ruled_out = {
            address
            for place in places
            if is_exceeded(_of(place.left, known), _of(place.right, known))
            for address in (*place.left, *place.right)
        } & proven.keys()
        if not ruled_out:
            break
        waiting -= ruled_out
        proven = _zeros_of_sums(places, values, waiting)
    return proven


def _proves(place: Applied) -> bool:
    """Whether it is a hard equation, from which something follows."""
    identity = place.identity
    equation = identity.relation == "equal" and identity.over != "cells"
    return equation and identity.verifies and identity.strength is HARD


def _zeros_of_sums(places: Sequence[Applied], values: Values, blanks: set[str]) -> dict[str, str]:
    known = dict(values)
    waiting = set(blanks)
    proven: dict[str, str] = {}
    changed = bool(waiting)
    while changed:
        found = dict(_residual_zeros(places, known, waiting))
        known |= dict.fromkeys(found, 0)
        proven |= found
        waiting -= found.keys()
        changed = bool(found)
    return proven


def _residual_zeros(
    places: Sequence[Applied], known: Values, waiting: set[str]
) -> Iterator[tuple[str, str]]:
    """Blanks for which a sum leaves nothing, each once, with the id of the check that says so."""
    taken: set[str] = set()
    for place in places:
        left, right = _of(place.left, known), _of(place.right, known)
        if (None in left) == (None in right):  # nothing to find, or it is open on both sides
            continue
        addresses = zip((*place.left, *place.right), (*left, *right), strict=True)
        unknown = [address for address, value in addresses if value is None]
        if not all(address in waiting and address not in taken for address in unknown):
            continue
        values = known_of((*left, *right))
        if sum_of(known_of(left)) == sum_of(known_of(right)) and min(values, default=0) >= 0:
            taken.update(unknown)
            yield from ((address, place.id) for address in unknown)


def _of(addresses: Sequence[str], values: Values) -> list[Number | None]:
    return [values.get(address) for address in addresses]
