"""The reports that a question means: those it names, in the years it names, or those of before."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lexicon import hint
from assistant.library.directory import Directory
from assistant.query import PAIR, Dialogue
from assistant.understanding.heard import Heard
from assistant.understanding.narrowed import CHOOSING
from assistant.understanding.selection import Selection
from index.report import ReportCard

COMPARING = frozenset({"compare", "difference", "growth", "ratio", "share", "trend"})
"""Operations that compare the years they name."""
OF_ALL = COMPARING | {"sum", "average"}
"""Operations that need each of the years they name."""
OF_ENDS = frozenset({"growth", "difference", "compare", "ratio"})
"""Operations for which a span of years (2019到2022) is its first and its last …"""
OF_CHANGE = frozenset({"growth", "difference"})
BESIDE = OF_ENDS | {"sum"}
"""Operations that set another year beside the one at hand: 比去年多多少."""
OF_SPANS = frozenset({"most", "least", "trend", "average", "sum", "by_year"})
"""… unless one of these goes over all of them."""


class Meant:
    """The reports and years of one question, what it leaves out taken from the turn before.

    ``years`` are the years it is about, once `reports` has been asked, and ``both`` whether they
    are the two reports that the turns before set side by side.
    """

    def __init__(
        self, heard: Heard, selection: Selection, dialogue: Dialogue, directory: Directory
    ) -> None:
        """Take the years that the question names, those between two of them with them."""
        self.heard, self.selection, self.last = heard, selection, dialogue.last
        self.dialogue, self.directory = dialogue, directory
        self.both = False
        self.years = list(dict.fromkeys(selection.years))
        if selection.between and not self._from_end_to_end():
            self.years = sorted({*self.years, *selection.between})

    def _from_end_to_end(self) -> bool:
        """Whether a span of years is its first beside its last: 2019到2022, 三年间涨了多少.

        Words that only say how long it is go over no year by itself.
        """
        words = self.heard.operations
        over = words & OF_SPANS
        if words & OF_CHANGE and not hint("year_by_year").search(self.heard.text):
            over -= {"by_year"}
        return bool(words & OF_ENDS and not over)

    def reports(self) -> tuple[list[ReportCard], bool]:
        """Reports meant, and whether anything says so."""
        directory = self.directory
        known = directory.by_id
        selection, last = self.selection, self.last
        named, cards = selection.named, list(selection.cards)
        if self._chooses_anew():
            last = None
        pair = self._pair_before()
        if pair:
            self.both = True
            return pair, True
        if not named and last is not None and last.reports and selection.missing is None:
            cards = [known[r] for r in last.reports if r in known]
            named = last.named or len(cards) == 1
            self._move_years(cards)
            if (self.years or self.selection.latest) and cards:  # other years of the same bodies
                cards = directory.of_bodies(c.body for c in cards)
        elif named and last is not None and not self.years and self._keeps_year(cards):
            self.years = self._years_before()
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

    def _move_years(self, cards: Sequence[ReportCard]) -> None:
        """Take the years from those of some reports: 前一年呢, 比去年多多少."""
        words = self.heard.operations
        step = ("next_year" in words) - ("previous_year" in words)
        beside = self._beside(cards, step)
        if beside:
            self.years = beside
        elif not self.years and step and not (self.heard.rows and words & COMPARING):
            self.years = [c.year + step for c in cards if c.year is not None]

    def _beside(self, cards: Sequence[ReportCard], step: int) -> list[int]:
        """The year at hand, then the other one it is set beside: 比去年多多少, 和2021年差几件."""
        words = self.heard.operations
        at_hand = {c.year for c in cards if c.year is not None}
        if not words & BESIDE or self.years[1:] or not hint("beside_year").search(self.heard.text):
            return []
        if len(at_hand) == PAIR and set(self.years) < at_hand:
            return sorted(at_hand, key=lambda year: year in self.years)
        if len(at_hand) != 1:
            return []
        year = at_hand.pop()
        other = self.years[0] if self.years else year + step
        stepped = year - step
        if not self.years and stepped in self._years_of_pair():  # 前一年呢, then 比前一年少了几件
            year, other = stepped, year
        return [year, other] if other != year else []

    def _years_of_pair(self) -> list[int]:
        """The years of the last two cells stated, if they are one cell of two reports."""
        pair = self.dialogue.recalled(PAIR)
        known = self.directory.by_id
        same = len({o.measure for o in pair}) == 1 and len({o.report for o in pair}) == PAIR
        years = [known[o.report].year for o in pair if o.report in known] if same else []
        return [year for year in years if year is not None]

    def _pair_before(self) -> list[ReportCard]:
        """The two reports whose cells were stated last, asked for another row: 那两年的许可."""
        own = self.selection.named or self.selection.missing or self.years
        rows = any(m.strong for m in self.heard.rows)
        if own or not rows or not hint("two_reports").search(self.heard.text):
            return []
        pair = dict.fromkeys(o.report for o in self.dialogue.recalled(PAIR))
        known = self.directory.by_id
        return [known[r] for r in pair] if len(pair) == PAIR and pair.keys() <= known.keys() else []

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

    def _years_before(self) -> list[int]:
        """The years of the turn before: those it named, else that of the reports it was about."""
        last = self.last
        if last is None or last.years:
            return list(last.years) if last is not None else []
        known = self.directory.by_id
        years = {known[r].year for r in last.reports if r in known}
        return [year for year in years if year is not None] if len(years) == 1 else []

    def _keeps_year(self, cards: Sequence[ReportCard]) -> bool:
        """Whether another body is asked for with the row and the year of before: 那乙局呢."""
        if "same_year" in self.heard.operations:
            return True
        elliptic = not self.heard.rows and not self.heard.residual
        years = self._years_before()
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
