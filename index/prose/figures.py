"""★ Numbers of running text to figures: the steps of one report, top-down.

A paragraph is folded; its numbers are found, then the words round each, then whose number it is and
of what time, what it is called, and how it hangs together with the numbers beside it. Statuses are
``printed`` here; `index.prose.checks` tests what the sentences themselves claim.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from index.context import new_context
from index.numbers import find_numbers
from index.paragraphs import Paragraph
from index.prose.clauses import Item, Outline, find_items
from index.prose.context import read_context
from index.prose.labels import name_respective, read_labels
from index.prose.links import link
from index.report import Figure, Passage, Span, new_figure
from index.script import Folded, fold_same_length, without_spaces
from index.status import PRINTED

PROSE = "prose"


class Place(NamedTuple):
    """Where a number stands: its passage, its place in that passage, its span of the source."""

    passage: int
    ordinal: int
    span: Span

    @property
    def address(self) -> str:
        """``prose.p12.n3``."""
        return f"{PROSE}.p{self.passage}.n{self.ordinal}"


def prose_figures(
    text: str, paragraphs: Iterable[Paragraph], passages: tuple[Passage, ...], year: int | None
) -> tuple[Figure, ...]:
    """The numbers of a report's running text as figures, in reading order.

    Args:
        text: the decoded source.
        paragraphs: its running text, as `index.paragraphs` finds it.
        passages: its passages, which give the addresses.
        year: the report's year, by which other printed years are earlier or later; None: unknown.
    """
    starts = [p.span[0] for p in passages]
    counts: Counter[int] = Counter()
    figures: list[Figure] = []
    whole = fold_same_length(text)
    for paragraph in paragraphs:
        folded = without_spaces(whole[slice(*paragraph.span)], paragraph.span[0])
        items = read_paragraph(folded.text, year)
        places: dict[int, Place] = {}
        for item in items:
            span = folded.span(*item.mention.span)
            passage = passages[bisect_right(starts, span[0]) - 1] if starts else None
            if passage is None or not passage.span[0] <= span[0] < passage.span[1]:
                continue  # a line too short to be a passage is a torn cell or a heading
            counts[passage.number] += 1
            places[id(item)] = Place(passage.number, counts[passage.number], span)
        figures += [_figure(item, places, folded, text) for item in items if id(item) in places]
    return tuple(figures)


def read_paragraph(folded: str, year: int | None) -> list[Item]:
    """The numbers of a folded paragraph with all that its words say about them."""
    mentions = find_numbers(folded)
    if not mentions:
        return []
    outline = Outline(folded, mentions)
    sentences = find_items(outline, mentions)
    read_context(outline.seen, sentences, year)
    read_labels(outline, sentences)
    name_respective(folded, sentences, year)
    link(sentences)
    return [item for items in sentences for item in items]


def _figure(item: Item, places: dict[int, Place], folded: Folded, text: str) -> Figure:
    place, mention = places[id(item)], item.mention
    clause = folded.span(*item.clause)
    group = places.get(id(item.group)) if item.group is not None else None
    return new_figure(
        table=PROSE,
        row=f"p{place.passage}",
        column=f"n{place.ordinal}",
        row_label=item.label,
        column_label="",
        unit=mention.unit,
        value=mention.value,
        printed=text[slice(*place.span)],
        status=PRINTED,
        span=place.span,
        row_span=clause,
        prose=new_context(
            kind=item.kind,
            sentence=folded.span(*item.sentence),
            clause=clause,
            whole=folded.span(*mention.whole),
            before=item.before,
            after=item.after,
            subject=item.subject,
            hedge=mention.hedge,
            bound=mention.bound,
            step=mention.step,
            scope=item.scope,
            period=item.period,
            when=item.when,
            year=item.year,
            plan=item.plan,
            each=item.each,
            direction=item.direction,
            of=_address(item.of, places),
            part=_address(item.part, places),
            base=_address(item.base, places),
            group=f"g{group.passage}.{group.ordinal}" if group is not None else None,
            exhaustive=item.exhaustive,
            implied=item.implied,
        ),
    )


def _address(item: Item | None, places: dict[int, Place]) -> str | None:
    """The address of a number, None where there is none or it stands in no passage."""
    found = places.get(id(item)) if item is not None else None
    return found.address if found is not None else None
