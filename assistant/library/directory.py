"""The names of all reports, arranged so that a question finds those it may mean at once.

Everything here is made once for a list of reports and only narrows down: of thousands of bodies
it gives the few that share the beginning of a place, a unit, a sound or a spelling with the
question, of the reports those that share a saying or a place of their text. Whether one of them
is meant is decided where names are matched (`assistant.library.naming`,
`assistant.understanding.bodies`), as if all had been looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from assistant.answer import numbers_in
from assistant.lexicon import Lexicon
from assistant.library.arranging import called_by, grouped, one_slip, pieces, sound_key
from assistant.library.latin import latin_words, spellings
from assistant.library.naming import PLACE_SLIP
from assistant.library.relative import relative_matches, says_level
from assistant.library.units import (
    CALLED,
    LEAST_CORE,
    LEAST_UNIT,
    OFFICE,
    called,
    cores,
    ends_of,
    is_office,
    shortened,
    stem_of,
    unit_matches,
    unit_of,
)
from assistant.words.slips import LONGEST, by_sound, by_spelling, spelt
from index.report import ReportCard, Span
from index.script import fold

LEAST_SAYING = 3
"""Characters of a name that a report uses for itself below which it finds nothing."""
LATIN = re.compile(r"[a-z]{4,}")
LATIN_PLACE = re.compile(r"[a-z]{5,}")
Texts = Callable[[Collection[str]], Iterable[tuple[str, str]]]


class Directory:
    """All reports of a list by what a question may call them."""

    def __init__(self, cards: Sequence[ReportCard], lexicon: Lexicon, texts: Texts) -> None:
        """Arrange some reports; what only some questions need is made when one comes.

        Args:
            cards: the reports, in the order in which lists show them.
            lexicon: the words.
            texts: gives (id, folded text) of the reports with some ids.
        """
        self.cards = tuple(cards)
        self._lexicon, self._texts = lexicon, texts
        self._of_body = grouped((card.body, at) for at, card in enumerate(self.cards))
        self._folded = {body: fold(body).text for body in self._of_body if body}

    @cached_property
    def by_id(self) -> dict[str, ReportCard]:
        """The reports by their id."""
        return {card.id: card for card in self.cards}

    def of_bodies(self, bodies: Iterable[str | None]) -> list[ReportCard]:
        """The reports of some bodies in the order of the list; None: those that name no body."""
        found = {at for body in set(bodies) for at in self._of_body.get(body, ())}
        return [self.cards[at] for at in sorted(found)]

    @cached_property
    def title_numbers(self) -> frozenset[str]:
        """Numbers in the reports' titles, years and forms, as `numbers_in` gives them."""
        titles = {f"{card.title} {card.year or ''} {card.form or ''}" for card in self.cards}
        return frozenset(number for title in titles for number in numbers_in(title))

    # -- bodies ------------------------------------------------------------------------

    def candidates(self, text: str) -> Mapping[str, str]:
        """Bodies that a folded question may name: every one that matches, and few others.

        Returns:
            Folded names by printed ones.
        """
        found: set[str] = set()
        for piece in pieces(text, range(LEAST_CORE + 1)):
            found.update(self._by_head.get(piece, ()))
        for slip in PLACE_SLIP.finditer(text):
            found.update(self._by_sound.get(sound_key(slip[1]), ()))
        for unit in self._units_in(text):
            if unit_matches(text, unit, self._lexicon):
                found.update(self._by_unit[unit])
        for word, _ in latin_words(text):
            for spelling in {word, word.removesuffix("s")}:
                for near in one_slip(spelling):
                    found.update(self._by_spelling.get(near, ()))
        return {body: self._folded[body] for body in found}

    def of_level(self, text: str) -> tuple[list[ReportCard], Span] | None:
        """Whose level alone a folded text gives (县里); None for none or several."""
        if not says_level(text):
            return None
        found = [
            (body, match.span)
            for body, name in self._folded.items()
            for match in relative_matches(text, name, self._lexicon)
        ]
        bodies = {body for body, _ in found}
        return (self.of_bodies(bodies), found[0][1]) if len(bodies) == 1 else None

    def of_unit(self, fits: Callable[[str], bool]) -> list[ReportCard]:
        """Reports of the bodies whose unit (水务局; 镇 for a town's own government) fits."""
        bodies = [
            body for unit, own in self._by_unit.items() if unit and fits(unit) for body in own
        ]
        return self.of_bodies(bodies)

    def mentioned(self, text: str) -> list[ReportCard]:
        """Reports of the bodies of which a folded text holds the longest whole name of a place."""
        heads = pieces(text, range(LEAST_CORE + 1))
        bodies = {body for piece in heads for body in self._by_head.get(piece, ())}
        named = {
            body: max((len(core) for core in cores(self._folded[body]) if core in text), default=0)
            for body in bodies
        }
        most = max(named.values(), default=0)
        return self.of_bodies(body for body in bodies if most and named[body] == most)

    def names_in(self, text: str) -> set[str]:
        """Names in a folded text: places of indexed bodies, places of the lexicon, sayings.

        A place may be spelt in Latin letters.
        """
        known = self._cores.intersection(pieces(text, range(LEAST_CORE, LONGEST + 1)))
        latin = self._spellings.intersection(LATIN.findall(text))
        return {*known, *latin, *self._places_in(text), *self.sayings_in(text)}

    def knows_place_of(self, name: str) -> bool:
        """Whether a name holds that of a place which some indexed body belongs to."""
        return any(piece in self._cores for piece in pieces(name, range(len(name) + 1)))

    def _units_in(self, text: str) -> set[str]:
        """Units that share their end, or first and last character, with the text."""
        found: set[str] = set()
        for piece in pieces(text, (LEAST_UNIT - 1, LEAST_UNIT)):
            found.update(self._units_by_end.get(piece, ()))
        for short, _ in shortened(text):
            found.update(self._units_by_ends.get((short[0], short[-1]), ()))
        if re.search(CALLED, text):
            for piece in pieces(text, range(LEAST_CORE, LONGEST + 1)):
                found.update(self._units_by_stem.get(piece, ()))
        if OFFICE.search(text):
            found.update(unit for unit in self._by_unit if is_office(unit))
        return found

    @cached_property
    def _cores(self) -> frozenset[str]:
        return frozenset(core for name in self._folded.values() for core in cores(name))

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(one for core in self._cores for one in spellings(core))

    @cached_property
    def _by_head(self) -> Mapping[str, list[str]]:
        return grouped((core[:LEAST_CORE], body) for body, core in self._body_cores())

    @cached_property
    def _by_sound(self) -> Mapping[tuple[str, ...], list[str]]:
        return grouped((sound_key(core), body) for body, core in self._body_cores())

    @cached_property
    def _by_spelling(self) -> Mapping[str, list[str]]:
        return grouped(
            (near, body)
            for body, name in self._folded.items()
            for spelt in spellings(cores(name)[-1])
            for near in one_slip(spelt)
        )

    @cached_property
    def _by_unit(self) -> Mapping[str, list[str]]:
        return grouped((unit_of(name), body) for body, name in self._folded.items())

    @cached_property
    def _units_by_end(self) -> Mapping[str, list[str]]:
        return grouped((name[-LEAST_UNIT:], unit) for name, unit in self._names_of_units())

    @cached_property
    def _units_by_stem(self) -> Mapping[str, list[str]]:
        return grouped((stem_of(unit), unit) for unit in self._by_unit)

    @cached_property
    def _units_by_ends(self) -> Mapping[tuple[str, str], list[str]]:
        return grouped(
            (ends, unit) for name, unit in self._names_of_units() for ends in ends_of(name)
        )

    def _names_of_units(self) -> Iterator[tuple[str, str]]:
        return ((name, unit) for unit in self._by_unit for name in called(unit))

    def _body_cores(self) -> Iterator[tuple[str, str]]:
        return ((body, core) for body, name in self._folded.items() for core in cores(name))

    # -- what reports say --------------------------------------------------------------

    def sayings_in(self, text: str) -> list[str]:
        """Names, in lower case, that some report uses for itself and a folded text holds."""
        openings = pieces(text, (LEAST_SAYING,))
        names = {name for piece in openings for name in self._by_opening.get(piece, ())}
        return [name for name in names if name in text]

    def saying(self, text: str) -> list[ReportCard]:
        """Reports that a folded text may name by what they say, in the order of the list.

        These are the reports with a name for themselves that begins as something in the text, or
        ends so where they name no body; and those without a body in whose text a place stands
        that the text names.
        """
        found: set[int] = set()
        for piece in pieces(text, (LEAST_SAYING,)):
            found.update(self._says_opening.get(piece, ()))
            found.update(self._says_ending.get(piece, ()))
        for place in self._places_in(text):
            found.update(self._by_place.get(place, ()))
        return [self.cards[at] for at in sorted(found)]

    def places_of(self, card: ReportCard) -> frozenset[str]:
        """Places of the lexicon in the text of a report that names no body."""
        return self._places[card.id]

    def is_written(self, latin: str) -> bool:
        """Whether a place, in pinyin, stands in the text of a report that names no body."""
        return any(spelt(place) == latin for place in self._by_place)

    @property
    def places_of_nameless(self) -> Collection[str]:
        """Places in the text of any report that names no body."""
        return self._by_place.keys()

    @cached_property
    def newest_year(self) -> int:
        """The last year that any report is for, 0 where none has one."""
        return max((card.year or 0 for card in self.cards), default=0)

    def _places_in(self, text: str) -> set[str]:
        found = {place for place in self._lexicon.places if place in text}
        spelled = by_spelling(self._lexicon.places)
        for word in LATIN_PLACE.findall(text):
            found.update(spelled.get(word, ()))
        return found

    @cached_property
    def _places(self) -> Mapping[str, frozenset[str]]:
        ids = [self.cards[at].id for at in self._of_body.get(None, ())]
        return {
            report: frozenset(place for place in self._lexicon.places if place in text)
            for report, text in self._texts(ids)
        }

    @cached_property
    def _by_place(self) -> Mapping[str, list[int]]:
        return grouped(
            (place, at)
            for at in self._of_body.get(None, ())
            for place in self._places[self.cards[at].id]
        )

    @cached_property
    def _by_opening(self) -> Mapping[str, list[str]]:
        names = {n.lower() for c in self.cards for n in c.says if len(n) >= LEAST_SAYING}
        return grouped((name[:LEAST_SAYING], name) for name in names)

    @cached_property
    def _says_opening(self) -> Mapping[str, list[int]]:
        return grouped(
            (name.lower()[:LEAST_SAYING], at)
            for at, card in enumerate(self.cards)
            for name in card.says
        )

    @cached_property
    def _says_ending(self) -> Mapping[str, list[int]]:
        return grouped(
            (name.lower()[-LEAST_SAYING:], at)
            for at in self._of_body.get(None, ())
            for name in self.cards[at].says
        )

    # -- slips -------------------------------------------------------------------------

    @cached_property
    def words_by_sound(self) -> Mapping[str, str]:
        """Words that slips may stand for: names of bodies first, then the lexicon's."""
        return by_sound(word for word in self._known_words() if len(word) <= LONGEST)

    def _known_words(self) -> Iterator[str]:
        seen: set[str] = set()
        for card in self.cards:
            if card.body and card.body not in seen:
                seen.add(card.body)
                yield from called_by(self._folded[card.body])
            yield from card.says
        yield from self._lexicon.vocabulary
        yield from sorted(self.places_of_nameless)
