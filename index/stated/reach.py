"""How much of what the tables count a number of running text is of: all of it, or a part.

A report's tables are of its body and its year. A number of the whole city in the report of an
office, of the government itself in that of the city, or of half a year is another number.
"""

from __future__ import annotations

import re
from functools import cached_property

from index.context import CUMULATIVE, EARLIER, LATER, ProseContext, When
from index.words.stated import StatedWords

YEAR = re.compile(r"(?:19|20)\d\d")


class Reach:
    """The body and the year of a report, and how the scopes and times of its text relate."""

    def __init__(self, body: str | None, year: int | None, words: StatedWords) -> None:
        """``body`` and ``year`` None: not known."""
        self.body, self.year, self.words = body or "", year, words

    @cached_property
    def _level(self) -> str | None:
        """The level of the place that a government's report is of; None for another body."""
        found = re.search(self.words.government, self.body)
        return found["level"] if found is not None else None

    def is_compared(self, context: ProseContext) -> bool:
        """Whether a number is a result of the report's year: no plan, average or other year's."""
        if context.plan or context.each or context.when in (EARLIER, LATER):
            return False
        if context.when is CUMULATIVE and context.year is None:
            return False
        return context.year is None or self.year is None or context.year == self.year

    def is_year(self, label: str, after: int) -> bool:
        """Whether a year in a label is the one that many years after the report's; none is."""
        printed = {int(found) for found in YEAR.findall(label)}
        return not printed or (self.year is not None and printed == {self.year + after})

    def part(self, context: ProseContext) -> str | None:
        """The words that say a number is of a part or of more; None: of what the tables count."""
        if context.when is When.PART:
            return context.period
        if context.when is When.AS_OF and not re.search(self.words.year_end, context.period or ""):
            return context.period
        scope = context.scope
        return scope if scope is not None and not self.is_own(scope) else None

    def is_own(self, scope: str) -> bool:
        """Whether a scope is that of the report: its body, or the place that it governs."""
        words = self.words
        if re.match(words.self_scope, scope):
            return True
        if self._level is None:
            return re.match(words.own_scope, scope) is not None
        place = re.match(words.whole_place, scope)
        return place is not None and place["level"] == self._level

    def is_self(self, name: str) -> bool:
        """Whether a name is the report's body, written shorter: 市科委 for 上海市科学技术委员会."""
        letters = iter(self.body)
        return bool(name) and all(letter in letters for letter in name)
