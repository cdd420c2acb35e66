"""Reports that meet a condition: how many there are, and which."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Kind, Role, plain_number
from assistant.answering.cell import Cell
from assistant.answering.cell_names import understood
from assistant.answering.covering import checks_of
from assistant.answering.evidence import cite
from assistant.answering.lines import figure_line
from assistant.answering.look_up import cells, rows_of
from assistant.answering.wording import say
from assistant.library.shelf import Shelf
from assistant.query import Condition, Operation, Query
from index.report import Number, ReportCard

SOME = Condition(holds="some")


def choose_reports(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Reports whose cell meets the condition; those whose cell may not be stated are told apart.

    Such reports leave a count open: between which numbers it lies is said, and no value given.
    """
    wanted = set(query.reports)
    measure = query.measures[0]
    asked = [card for card in cards if card.id in wanted]
    found = [cells(report, measure)[0] for report in shelf.outlines(asked, rows_of(measure))]
    condition = query.condition or SOME
    known = [c for c in found if c.value is not None]
    meeting = [c for c in known if c.value is not None and _meets(c.value, condition)]
    unsure = [c for c in found if c.value is None and c.figures]
    return _told(query, meeting, known, unsure)


def _meets(value: Number, condition: Condition) -> bool:
    if condition.holds == "more_than":
        return value > condition.value
    if condition.holds == "less_than":
        return value < condition.value
    return (value == 0) == (condition.holds == "none")


def _told(
    query: Query, meeting: Sequence[Cell], known: Sequence[Cell], unsure: Sequence[Cell]
) -> Answer:
    lines = [
        say(
            "chosen",
            query.language,
            count=len(meeting),
            known=len(known),
            titles="、".join(c.report.title for c in meeting) or "—",
        ),
        *(figure_line("compare_line", query.language, c) for c in meeting if not c.summed),
    ]
    if unsure:
        titles = "、".join(c.report.title for c in unsure)
        lines.append(say("chosen_unsure", query.language, reports=titles))
        bounds = {"least": len(meeting), "most": len(meeting) + len(unsure)}
        lines.append(say("chosen_between", query.language, **bounds))
    counted = query.operation is Operation.COUNT and not unsure  # else no single number is it
    sizes = len(meeting), len(known), len(meeting) + len(unsure)
    values = [plain_number(c.value) for c in meeting if c.value is not None]
    return Answer(
        kind=Kind.COMPUTED if counted else Kind.LIST,
        text="\n".join(lines),
        language=query.language,
        value=len(meeting) if counted else None,
        unit="份" if counted else None,
        figures=tuple(f for c in meeting for f in cite(c, Role.INPUT)),
        formula="; ".join([*map(str, sizes), *values]),
        checks=checks_of(meeting),
        understood=understood(query, meeting),
    )
