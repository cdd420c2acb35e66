"""Answers about what is wrong with reports: a list, each finding with its place and strength."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, CitedFigure, CitedPassage, Kind, Language, Role
from assistant.answering.evidence import bind
from assistant.answering.wording import say
from assistant.lexicon import hint
from assistant.lexicon.findings import Family, load_families
from assistant.library.review import STRENGTHS, Review
from assistant.library.shelf import Shelf
from assistant.query import Query
from index.across.narrative import narrative_of
from index.formats import form_named
from index.report import Check, Report, ReportCard, Span, Strength

MOST_REPORTS = 12
"""Reports whose findings are told; of others only how many they are."""
MOST_FINDINGS = 5
"""Findings of each that are told where several reports have some."""
MOST_OF_ONE = 40
MOST_KEYS = 2
"""Citations in the line of a finding; the evidence has all of its places."""
LONGEST_QUOTE = 60
CUT_NUMBER = re.compile(r"[\d.,，．０-９]+$")
SENTENCE = ".s"
"""In an address: a sentence of running text, no number of it."""
OpenReport = Callable[[str], Report]


def findings_answer(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """The findings of the families asked for in the reports that are meant."""
    families = [load_families()[name] for name in query.families]
    meant = set(query.reports)
    asked = [card for card in cards if card.id in meant]
    review = shelf.review()
    several = len(asked) > 1
    found = [
        (card, own)
        for card in asked
        if (own := _told(review.findings(card.id, families, query.part), families, several))
    ]
    found.sort(key=lambda each: (STRENGTHS.index(each[1][0].strength), -len(each[1])))
    head, counts = _head(query, families, review, asked, len(found))
    teller = _Teller(query.language, shelf)
    most = MOST_OF_ONE if len(found) == 1 else MOST_FINDINGS
    lines = [line for card, own in found[:MOST_REPORTS] for line in teller.report(card, own, most)]
    if len(found) > MOST_REPORTS:
        lines.append(say("found_more_reports", query.language, count=len(found) - MOST_REPORTS))
        counts.append(len(found) - MOST_REPORTS)
    counted = hint("counts_reports").search(query.said) is not None
    return Answer(
        kind=Kind.COMPUTED if counted else Kind.LIST,
        text="\n".join((head, *lines)),
        language=query.language,
        value=len(found) if counted else None,
        unit="份" if counted else None,
        formula="; ".join(map(str, (*counts, *teller.counts))),
        figures=tuple(dict.fromkeys(teller.figures)),
        passages=tuple(dict.fromkeys(teller.passages)),
        checks=tuple(teller.checks),
    )


def _told(found: tuple[Check, ...], families: Sequence[Family], several: bool) -> tuple[Check, ...]:
    """The findings of a report; where all checks of several are asked for, without remarks."""
    if several and any("" in family.codes for family in families):
        return tuple(check for check in found if check.strength is not Strength.INFO)
    return found


def _head(
    query: Query,
    families: Sequence[Family],
    review: Review,
    asked: Sequence[ReportCard],
    count: int,
) -> tuple[str, list[int]]:
    """The first line: what was looked for in how many reports, and how many have it."""
    english = query.language is Language.EN
    what = ("; " if english else "、").join(f.en if english else f.zh for f in families)
    name = "found" if count else "found_none"
    head, counts = say(name, query.language, what=what, looked=len(asked), count=count), [count]
    if all(family.counts_pairs for family in families):
        compared = len(review.compared(families) & {card.id for card in asked})
        head += say("found_compared", query.language, count=compared)
        counts.append(compared)
    return head, [*counts, len(asked)]


@dataclass
class _Teller:
    """Puts findings into lines, and gathers what they stand on."""

    language: Language
    shelf: Shelf
    figures: list[CitedFigure] = field(default_factory=list)
    passages: list[CitedPassage] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def report(self, card: ReportCard, checks: Sequence[Check], most: int) -> Iterator[str]:
        """The title of a report, and its findings one a line."""
        report = self.shelf.report(card.id)
        yield say("found_report", self.language, title=card.title)
        for check in checks[:most]:
            yield self._finding(report, check)
        if len(checks) > most:
            self.counts.append(len(checks) - most)
            yield say("found_more", self.language, count=len(checks) - most)

    def _finding(self, report: Report, check: Check) -> str:
        figures = list(figures_of(check, report, self.shelf.report))
        passages = list(passages_of(check, report, self.shelf.report))
        self.checks.append(check)
        self.figures += figures
        self.passages += passages
        keys = dict.fromkeys([*(f.citation for f in figures), *(p.citation for p in passages)])
        line = say(
            "found_line",
            self.language,
            strength=say(f"strength_{check.strength}", self.language),
            code=check.code,
            sentence=check.sentence_en if self.language is Language.EN else check.sentence,
            scope=check.scope_label,
            equation=check.equation,
        )
        quote = next((_short(p.quote) for p in passages), "")
        return line + quote + "".join(list(keys)[:MOST_KEYS])


def figures_of(check: Check, report: Report, open_report: OpenReport) -> Iterator[CitedFigure]:
    """The cells and numbers that a check of a report compares, of whatever report they are.

    Raises:
        KeyError: a report that it is held against is not there.
    """
    for address in dict.fromkeys(check.addresses):
        of, own = _owner(address, report, open_report)
        figure = of.figure(own)
        if figure is not None:
            yield from bind(of, [figure], Role.CONTEXT)


def passages_of(check: Check, report: Report, open_report: OpenReport) -> Iterator[CitedPassage]:
    """The sentences and headings that a check names, those of other reports last.

    Raises:
        KeyError: a report that it is held against is not there.
    """
    for span in check.spans:
        yield cite_words(report, span)
    for address in dict.fromkeys(check.addresses):
        of, own = _owner(address, report, open_report)
        if of.id == report.id or SENTENCE not in own:
            continue
        form, body = form_named(of.form.value), of.body.value
        sentences = narrative_of(of.passages, form, body)
        yield from (cite_words(of, s.span) for s in sentences if s.address == own)


def _owner(address: str, report: Report, open_report: OpenReport) -> tuple[Report, str]:
    """The report that an operand is of, and its address there."""
    owner, _, own = address.rpartition("/")
    return (report if owner in ("", report.id) else open_report(owner)), own


def cite_words(report: Report, span: Span) -> CitedPassage:
    """A sentence or heading as printed, under the paragraph or the section it stands in."""
    inside = (p for p in report.passages if p.span[0] <= span[0] < p.span[1])
    passage = next(inside, None)
    before = [h for h in report.headings if h.span[0] <= span[0]]
    heading = max(before, key=lambda h: h.span[0]) if before else None
    title = heading.title.strip() if heading is not None else ""
    place = f" ¶{passage.number}" if passage is not None else f" {title}".rstrip()
    return CitedPassage(
        citation=f"[{report.title}{place}]",
        report=report.id,
        source_file=report.source_file,
        section=heading.section if heading is not None else 0,
        section_title=title,
        span=span,
        quote=report.text[slice(*span)],
        marks=(span,),
    )


def _short(quote: str) -> str:
    """The beginning of a quotation on one line; no number is cut in two."""
    words = " ".join(quote.split())
    if len(words) <= LONGEST_QUOTE:
        return f"“{words}”"
    return f"“{CUT_NUMBER.sub('', words[:LONGEST_QUOTE])}……”"
