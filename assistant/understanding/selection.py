"""The reports that a question points to, and the words that do."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.report import ReportCard, Span


@dataclass
class Selection:
    """Reports a question means, and which words said so.

    ``named`` is False where the question says nothing about the report; ``missing`` is a
    place or body that it names and that is not indexed; ``years`` are the years it names,
    ``between`` those that lie within a span of them (2019到2022), ``latest`` how many of the
    newest reports of each body are meant (近三年), 0 where the question does not say;
    ``of_place`` is a place that is named, of which only units and lower places are indexed.
    """

    cards: list[ReportCard] = field(default_factory=list)
    named: bool = False
    missing: str | None = None
    years: list[int] = field(default_factory=list)
    between: list[int] = field(default_factory=list)
    latest: int = 0
    covered: list[Span] = field(default_factory=list)
    by_content: bool = False
    groups: list[list[ReportCard]] = field(default_factory=list)
    named_at: list[Span] = field(default_factory=list)
    of_place: str | None = None
    years_at: list[tuple[int, Span]] = field(default_factory=list)

    def add(self, cards: list[ReportCard], span: Span) -> None:
        """Take in the reports of what is named in one place of the question."""
        self.groups.append(cards)
        self.named_at.append(span)

    def by_year(self) -> list[list[ReportCard]] | None:
        """The reports of each body in the year said beside it, None where years stand otherwise.

        甲市2021年和乙县2022年 names two reports; 甲市和乙县2021、2022年 names four.
        """
        if not 1 < len(self.groups) == len(self.named_at) == len(self.years_at):
            return None
        places = sorted([*self.named_at, *(span for _, span in self.years_at)])
        bodies, years = set(self.named_at), [span for _, span in self.years_at]
        turns = [place in bodies for place in places]
        if len(set(places)) < len(places) or any(turns[::2]) == any(turns[1::2]):
            return None
        of_year = {span: year for year, span in self.years_at}
        year_of = dict(zip(sorted(self.named_at), sorted(years), strict=True))
        return [
            [c for c in group if c.year == of_year[year_of[at]]]
            for group, at in zip(self.groups, self.named_at, strict=True)
        ]
