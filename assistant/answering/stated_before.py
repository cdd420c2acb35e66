"""Numbers of running text that the turns before stated: named again, or set against others."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.look_up import cells
from assistant.answering.scored import Scored
from assistant.lexicon import load_lexicon
from assistant.library.shelf import Shelf
from assistant.query import PROSE, Operand, Query
from assistant.understanding.asked import content_words, counted_alike
from assistant.words.likeness import plain
from index.report import Report


def stated_before(query: Query, report: Report, part: str) -> Scored | None:
    """The one number stated before whose label holds all words of a part of the question.

    None where no label does, or several do.
    """
    words = content_words(plain(part), load_lexicon())
    found = {}
    for operand in query.stated:
        row, column = operand.measure.row, operand.measure.column
        figure = report.figure(f"{PROSE}.{row}.{column}")
        if operand.report == report.id and figure is not None:
            found[figure.address] = figure
    named = [f for f in found.values() if all(word in plain(f.row_label) for word in words)]
    return Scored(report, named[0], 1.0) if words and len(named) == 1 else None


def _named_whole(query: Query, shelf: Shelf) -> bool:
    """Whether the words of the question may ask for the number stated last once more.

    网络渠道呢 after the calls of 电话渠道 does not: its label does not hold all the words.
    """
    last = query.stated[-1]
    goes_on = any(m.table == PROSE and m.column for m in query.measures)
    cell = cells(shelf.report(last.report), last.measure)[0]
    words = content_words(plain(query.search), load_lexicon())
    held = [word in plain(cell.row) for word in words]
    return not goes_on or all(held)


def beside_stated(query: Query, ranked: Sequence[Scored], shelf: Shelf) -> list[Scored]:
    """Ranked numbers without the one stated last, beside which another is looked for.

    Where it is a share of that other, only numbers that can hold it are left; where the same is
    asked for of other reports, only those that are counted like it.
    """
    if not query.stated:
        return list(ranked)
    last = query.stated[-1]
    if query.again:
        unit = cells(shelf.report(last.report), last.measure)[0].unit
        return [s for s in ranked if counted_alike((s.figure.unit, unit))]
    others = [s for s in ranked if Operand.of(s.report.id, s.figure) != last]
    if not query.against:
        return list(ranked) if _named_whole(query, shelf) else others
    if not query.holding:
        return others
    part = cells(shelf.report(last.report), last.measure)[0]
    return [
        s
        for s in others
        if (s.figure.value or 0) >= (part.value or 0) and counted_alike((s.figure.unit, part.unit))
    ]
