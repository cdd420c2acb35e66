"""Abstracts by body and year: which reports are one body's, and which stand beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from index.across.abstract import Abstract
from index.script import fold_running
from index.words.bodies import load_body_names

NAMES_AT_ONCE = 100_000


@lru_cache(maxsize=NAMES_AT_ONCE)
def body_key(name: str) -> str:
    """A body's name in one spelling: the same for what is surely the same body.

    Script, width and spaces do not count, and neither does whether its kind is written in full
    (县卫健委, 县卫生健康委员会); a place alone is its government. A place is never left out or
    filled in: two districts may be called alike.
    """
    words, key = load_body_names(), fold_running(name).text
    for spelling, full in words.full:
        if key.endswith(spelling) and key != spelling:
            return key.removesuffix(spelling) + full
    alone = key.endswith(words.places_with_government)
    if alone and not key.endswith(words.places_without_government):
        return key + words.government
    return key


class Series:
    """Reports by body and year; one whose body or year is not surely known is in no series.

    A report that was found twice (the same content) is there once.
    """

    def __init__(self, abstracts: Iterable[Abstract]) -> None:
        """Sort the abstracts; those of a body and year keep their order."""
        self._bodies: dict[str, dict[int, dict[str, Abstract]]] = {}
        for abstract in abstracts:
            if abstract.placed and abstract.body is not None and abstract.year is not None:
                years = self._bodies.setdefault(body_key(abstract.body), {})
                years.setdefault(abstract.year, {}).setdefault(abstract.report, abstract)

    def years(self, body: str) -> tuple[int, ...]:
        """The years of which a body has a report, ascending."""
        return tuple(sorted(self._bodies.get(body_key(body), ())))

    def reports(self, body: str, year: int) -> tuple[Abstract, ...]:
        """The reports of a body for a year: one, none, or several copies."""
        return tuple(self._bodies.get(body_key(body), {}).get(year, {}).values())

    def pairs(self) -> Iterator[tuple[Abstract, Abstract]]:
        """(report, report of the same body for the year before), each copy with each."""
        for years in self._bodies.values():
            for year in sorted(years):
                for later in years[year].values():
                    for earlier in years.get(year - 1, {}).values():
                        yield later, earlier

    def copies(self) -> Iterator[tuple[Abstract, Abstract]]:
        """Each two reports of the same body and year."""
        for years in self._bodies.values():
            for year in sorted(years):
                yield from combinations(years[year].values(), 2)
