"""Names arranged by their pieces, so that those that share one are found at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from assistant.library.latin import LEAST_SPELT
from assistant.library.units import cores, unit_of
from assistant.words.slips import sounds

K = TypeVar("K")
V = TypeVar("V")


def called_by(body: str) -> Iterator[str]:
    """Parts of a body's name by which people call it: places and ends of its unit."""
    yield from (part for core in cores(body) for part in (core, core[:2]))
    unit = unit_of(body)
    yield from (unit[start:] for start in range(max(1, len(unit) - 2)))


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Values by key, in their order."""
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def pieces(text: str, sizes: Iterable[int]) -> set[str]:
    """All pieces of a text that have certain lengths."""
    return {text[at : at + size] for size in sizes for at in range(len(text) - size + 1)}


def sound_key(name: str) -> tuple[str, ...]:
    """How each character of a name sounds."""
    return tuple(map(sounds, name))


def one_slip(spelt: str) -> set[str]:
    """A spelling and all with one letter less: what two of them share is one slip apart or two.

    A short one stands for itself alone.
    """
    if len(spelt) < LEAST_SPELT:
        return {spelt}
    return {spelt, *(spelt[:at] + spelt[at + 1 :] for at in range(len(spelt)))}
