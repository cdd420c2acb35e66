"""Cells set side by side, and ranked: which is more, and by how much."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Kind, Role, plain_number
from assistant.answering.arithmetic import in_short
from assistant.answering.cell import Cell
from assistant.answering.cell_names import told_apart, understood, unit_en
from assistant.answering.covering import checks_of
from assistant.answering.evidence import cite
from assistant.answering.lines import cell_line, forms_remark
from assistant.answering.wording import say
from assistant.query import PAIR, Operation, Query
from assistant.understanding.asked import counted_alike
from index.report import Number

MOST_RANKED = 20
"""Cells of a ranking that are shown; the rest is counted."""


def compare_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """The same cell of several reports (or cells of one), and which is more by how much.

    All of them may be stated. Several cells of several reports are only set side by side.
    """
    lines = [cell_line(query, c) for c in cells]
    units = list(dict.fromkeys(c.unit for c in cells))
    formula = None
    if not _of_one_measure(cells):
        lines.append(say("compare_unit", query.language, units="、".join(units)))
    elif len(cells) == PAIR or min(len({c.report.id for c in cells}), _places(cells)) == 1:
        verdict, formula = _verdict(query, cells)
        lines.append(verdict)
    lines += forms_remark(query, cells)
    asked = query.operation is Operation.DIFFERENCE and formula is not None and len(cells) == PAIR
    return Answer(
        kind=Kind.COMPUTED if asked else Kind.COMPARE,
        value=_distance(cells) if asked else None,
        unit=units[0] if asked else None,
        formula=formula,
        text="\n".join(lines),
        language=query.language,
        figures=tuple(f for c in cells for f in cite(c, Role.INPUT if c.summed else Role.ANSWER)),
        checks=checks_of(cells),
        understood=understood(query, cells),
    )


def _of_one_measure(cells: Sequence[Cell]) -> bool:
    """Whether cells are counted alike: in one unit, or in measure words that stand for each other.

    Only those of running text: the form gives its cells one unit.
    """
    units = {c.unit for c in cells}
    of_text = all(c.figures and c.figures[0].prose for c in cells)
    return len(units) == 1 or (of_text and counted_alike(units))


def _places(cells: Sequence[Cell]) -> int:
    """How many different cells of the form there are, whatever report they are of."""
    return len({(c.table, c.row, c.column) for c in cells})


def _distance(cells: Sequence[Cell]) -> Number:
    """How far two values are apart."""
    first, second = cells[0].value or 0, cells[1].value or 0
    return first - second if first > second else second - first


def rank_answer(
    query: Query, cells: Sequence[Cell], left_out: Sequence[tuple[str, str]] = ()
) -> Answer:
    """Cells in order; ``left_out`` are reports that cannot be ranked, each with the reason."""
    falling = query.order == "most"
    ranked = sorted(cells, key=lambda c: c.value or 0, reverse=falling)
    first = [c for c in ranked if c.value == ranked[0].value]
    head = say(
        "ranked_most" if falling else "ranked_least",
        query.language,
        first="、".join(told_apart(c, cells) for c in first),
        value=plain_number(ranked[0].value or 0),
        unit=ranked[0].unit,
        unit_en=unit_en(ranked[0]),
    )
    lines = [head, *(cell_line(query, c) for c in ranked[:MOST_RANKED])]
    shown = [plain_number(c.value) for c in ranked if c.value is not None]
    if query.apart is not None and len(ranked) > 1:
        ends = ranked[:PAIR] if query.apart == "next" else (ranked[0], ranked[-1])
        verdict, distance = _verdict(query, ends)
        lines.append(verdict)
        shown.append(distance)
    if left_out:
        named = "；".join(f"{title}（{why}）" for title, why in left_out)
        lines.append(say("ranked_without", query.language, reports=named))
    lines += forms_remark(query, cells)
    return Answer(
        kind=Kind.COMPARE,
        text="\n".join(lines),
        language=query.language,
        figures=tuple(f for c in ranked for f in cite(c, Role.INPUT if c.summed else Role.ANSWER)),
        formula="; ".join(shown),
        checks=checks_of(ranked),
        understood=understood(query, ranked),
    )


def _verdict(query: Query, cells: Sequence[Cell]) -> tuple[str, str]:
    """Which is more and by how much, and the subtraction that shows it."""
    ranked = sorted(cells, key=lambda c: c.value or 0, reverse=True)
    most, least = ranked[0], ranked[-1]
    difference = (most.value or 0) - (least.value or 0)
    short = in_short(difference, [most, least])
    spoken = f"（{short}{most.unit}）" if short else ""
    fields = {
        "first": told_apart(most, cells),
        "second": told_apart(least, cells),
        "difference": plain_number(difference),
        "unit": most.unit + spoken,
        "unit_en": unit_en(most) + spoken,
    }
    sides = f"{plain_number(most.value or 0)} - {plain_number(least.value or 0)}"
    formula = f"{sides} = {fields['difference']}" + (f" ({short})" if short else "")
    if difference == 0:
        return say("compare_equal", query.language), formula
    name = "compare_more" if len(cells) == PAIR else "compare_most"
    return say(name, query.language, **fields), formula
