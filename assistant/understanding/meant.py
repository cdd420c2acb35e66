"""The reports that a question means: those it names, in the years it names, or those of before."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lexicon import hint
from assistant.library.directory import Directory
from assistant.query import Dialogue
from assistant.understanding.bodies import Selection
from assistant.understanding.hearing import CHOOSING, Heard
from index.report import ReportCard

COMPARING = frozenset({"compare", "difference", "growth", "ratio", "share", "trend"})
"""Operations that compare the years they name."""
OF_ALL = COMPARING | {"sum", "average"}
"""Operations that need each of the years they name."""
OF_ENDS = frozenset({"growth", "difference", "compare", "ratio"})
"""Operations for which a span of years (2019到2022) is its first and its last …"""
OF_SPANS = frozenset({"most", "least", "trend", "average", "sum", "by_year"})
"""… unless one of these goes over all of them."""


class Meant:
    """The reports and years of one question, what it leaves out taken from the turn before.

    ``years`` are the years it is about, once `reports` has been asked.
    """

    def __init__(
        self, heard: Heard, selection: Selection, dialogue: Dialogue, directory: Directory
    ) -> None:
        """Take the years that the question names, those between two of them with them."""
        self.heard, self.selection, self.last = heard, selection, dialogue.last
        self.directory = directory
        self.years = list(dict.fromkeys(selection.years))
        ends = heard.operations & OF_ENDS and not heard.operations & OF_SPANS
        if selection.between and not ends:
            self.years = sorted({*self.years, *selection.between})

    def reports(self) -> tuple[list[ReportCard], bool]:
        """Reports meant, and whether anything says so."""
        directory = self.directory
        known = directory.by_id
        selection, last, words = self.selection, self.last, self.heard.operations
        named, cards = selection.named, list(selection.cards)
        if self._chooses_anew():
            last = None
        if not named and last is not None and last.reports and selection.missing is None:
            cards = [known[r] for r in last.reports if r in known]
            named = last.named or len(cards) == 1
            step = "next_year" in words, "previous_year" in words
            if not self.years and any(step) and not (self.heard.rows and words & COMPARING):
                self.years = [c.year + step[0] - step[1] for c in cards if c.year is not None]
            if (self.years or self.selection.latest) and cards:  # other years of the same bodies
                cards = directory.of_bodies(c.body for c in cards)
        elif named and last is not None and not self.years and self._keeps_year(cards):
            self.years = list(last.years)
        if not named:
            cards = list(directory.cards)
        if self._year_before():
            self.years = [year - 1 for year in self.years]
            return [c for c in cards if c.year in self.years], named
        fitting = self._newest(self._of_years(cards))
        if not named and self.heard.strange and len(fitting) == 1:
            return cards, named  # something was named that is not understood: it may be a body
        return fitting, named

    def _chooses_anew(self) -> bool:
        """Whether bodies are looked for by a condition, whatever was talked about: 哪些单位为零."""
        words = self.heard.operations
        rows = any(m.strong for m in self.heard.rows)
        pointed = hint("these_reports").search(self.heard.text)
        return bool(words & CHOOSING and rows and not words & COMPARING and not pointed)

    def of_all(self, cards: list[ReportCard]) -> list[ReportCard]:
        """Every report there is of the years named; ``cards`` where these are pointed at."""
        if hint("these_reports").search(self.heard.text):
            return cards
        return self._newest(self._of_years(list(self.directory.cards)))

    def _newest(self, cards: list[ReportCard]) -> list[ReportCard]:
        """The newest reports of each body, where the question asks for so many of them: 近三年."""
        count = self.selection.latest
        if not count:
            return cards
        of_body: dict[str | None, list[ReportCard]] = {}
        for card in sorted(cards, key=lambda c: -(c.year or 0)):
            of_body.setdefault(card.body, []).append(card)
        kept = {card.id for own in of_body.values() for card in own[:count]}
        return [card for card in cards if card.id in kept]

    def _year_before(self) -> bool:
        """Whether a row is asked for of the year before the one named: 2023年的上一年新收."""
        words = self.heard.operations
        before = self.selection.named and "previous_year" in words and bool(self.selection.years)
        flows = [m for m in self.heard.rows if m.kind != "t2" and m.key != "carried_in"]
        return bool(before and len(flows) == len(self.heard.rows) > 0 and not words & COMPARING)

    def _keeps_year(self, cards: Sequence[ReportCard]) -> bool:
        """Whether another body is asked for with the row and the year of before: 那乙局呢."""
        if "same_year" in self.heard.operations:
            return True
        elliptic = not self.heard.rows and not self.heard.residual
        years = self.last.years if self.last is not None else ()
        return elliptic and any(card.year in years for card in cards)

    def _of_years(self, cards: list[ReportCard]) -> list[ReportCard]:
        """Reports of the years named; a plan for a year stands in the report before it."""
        if not self.years:
            return cards
        groups = self.selection.groups
        if self.selection.named and len(groups) > 1:  # a year may be said of one body only
            own = self.selection.by_year()
            if own is None or not all(own):
                own = [[c for c in g if c.year in self.years] or g for g in groups]
            return list({c.id: c for group in own for c in group}.values())
        fitting = [c for c in cards if c.year in self.years]
        if fitting and len(self.years) > 1 and not self.needs_all():
            self.years = [y for y in self.years if any(c.year == y for c in fitting)]
        planned = "improve" in self.heard.operations or hint("later").search(self.heard.text)
        if not fitting and planned:
            fitting = [c for c in cards if c.year is not None and c.year + 1 in self.years]
        return fitting

    def needs_all(self) -> bool:
        """Whether each of the years named is needed: to compare them, or to add them up."""
        together = hint("together").search(self.heard.text)
        return bool(self.heard.operations & OF_ALL or together)

    def lacks_year(self, cards: Sequence[ReportCard]) -> bool:
        """Whether a year is to be compared, or added up, for which the body has no report."""
        compares = self.needs_all() and len(self.years) > 1
        one_body = len({c.body for c in cards}) == 1
        known = {c.year for c in cards if c.year is not None}
        newest = max(known, default=0)
        wanted = {y for y in self.years if y in self.selection.years or y <= newest}
        return bool(compares and one_body and not wanted <= known)
