"""Computations over cells, as answers: sums, shares, ratios, changes, averages, rankings.

Arithmetic is exact: counts are whole numbers, money is decimal; a quotient is rounded once, to two
decimals, for showing. A cell that may not be stated is never computed with: it is refused, with
its reason, and the others are shown beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.answer import Answer, Kind, Reason, Role, plain_number
from assistant.answering.compose import (
    checks_of,
    computed,
    figure_line,
    forms_remark,
    refuse_cell,
    refuse_with,
    sum_answer,
    sum_line,
    understood,
    unit_en,
)
from assistant.answering.evidence import Cell, citation, cite
from assistant.answering.wording import say
from assistant.query import Operation, Query
from assistant.understanding.asked import alike
from index.report import Number

PAIR, MONTHS = 2, 12
MONEY = frozenset({"元", "万元", "亿元"})
HUNDREDTH = Decimal("0.01")
UNTITLED = "，: "
"""What stands after a title that is left out, because each cell has its own."""
MOST_RANKED = 20
"""Cells of a ranking that are shown; the rest is counted."""


def combine(query: Query, cells: Sequence[Cell]) -> Answer:
    """One answer from several cells, as the operation asks for."""
    flawed = next((c for c in cells if c.value is None), None)
    if flawed is not None:
        return refuse_cell(query, flawed, context=cells)
    operation = query.operation
    if operation is Operation.SHARE and len(cells) == PAIR:
        return share_answer(query, *_part_first(cells))
    if operation is Operation.RATIO and len(cells) == PAIR:
        return ratio_answer(query, cells[0], cells[1])
    if operation is Operation.GROWTH and len(cells) == PAIR:
        return growth_answer(query, cells[0], cells[1])
    one_unit = len({c.unit for c in cells}) == 1
    if operation is Operation.SUM and one_unit:
        return sum_answer(query, cells)
    if operation is Operation.AVERAGE and not one_unit:
        return per_answer(query, cells)
    if operation is Operation.AVERAGE:
        return average_answer(query, cells)
    if operation is Operation.RANK:
        return rank_answer(query, cells)
    return compare_answer(query, cells)


def _part_first(cells: Sequence[Cell]) -> tuple[Cell, Cell]:
    """Of two cells named one after the other, the smaller is the part of the larger."""
    first, second = cells
    return (first, second) if (first.value or 0) <= (second.value or 0) else (second, first)


def _size(value: Number) -> Number:
    return value if value >= 0 else -value


def rounded(value: Decimal) -> Decimal:
    """A quotient as it is shown: to two decimals, a half upwards."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def _citations(cells: Sequence[Cell]) -> str:
    return "".join(dict.fromkeys(citation(c.report, f) for c in cells for f in c.figures[:1]))


def average_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """The mean of several cells, to two decimals."""
    values = [c.value for c in cells if c.value is not None]
    shown = " + ".join(plain_number(v) for v in values)
    what = "、".join(_name(c, cells) for c in cells)
    return _mean(query, cells, what, sum(values, start=0), len(values), shown=f"({shown})")


def monthly_answer(query: Query, cell: Cell) -> Answer:
    """A year's count over its twelve months, to two decimals."""
    total = cell.value if cell.value is not None else 0
    what = f"{cell.report.title} {cell.place}"
    return _mean(query, [cell], what, total, MONTHS, shown=plain_number(total))


def _mean(
    query: Query, cells: Sequence[Cell], what: str, total: Number, count: int, *, shown: str
) -> Answer:
    """A total over a count; ``shown`` is the total as the formula writes it."""
    value, formula = rounded(Decimal(total) / count), f"{shown} / {count}"
    text = say(
        "computed_average",
        query.language,
        what=what,
        formula=formula,
        value=plain_number(value),
        unit=cells[0].unit,
        unit_en=unit_en(cells[0]),
        citations=_citations(cells),
    )
    return computed(query, cells, text, value=value, unit=cells[0].unit, formula=formula)


def share_answer(query: Query, part: Cell, whole: Cell) -> Answer:
    """A share in per cent, to two decimals, of a denominator that is named."""
    return _quotient(query, part, whole, "computed_share", unit="%")


def ratio_answer(query: Query, first: Cell, second: Cell) -> Answer:
    """How many times the second is the first, to two decimals."""
    return _quotient(query, first, second, "computed_ratio", unit="倍")


def _quotient(query: Query, first: Cell, second: Cell, name: str, *, unit: str) -> Answer:
    """One cell over another, in per cent or as it is."""
    if first.value is None or second.value is None:
        return refuse_cell(query, first if first.value is None else second, context=[first, second])
    fields = pair_fields(first, second)
    if second.value == 0:
        message = say("share_of_zero", query.language, **fields).lstrip(UNTITLED)
        return refuse_with(query, Reason.OUT_OF_SCOPE, message, [first, second])
    times, shown = (100, " * 100") if unit == "%" else (1, "")
    value = rounded(Decimal(first.value) * times / Decimal(second.value))
    return computed(
        query,
        [first, second],
        say(name, query.language, value=plain_number(value), **fields).lstrip(UNTITLED),
        value=value,
        unit=unit,
        formula=f"{plain_number(first.value)} / {plain_number(second.value)}{shown}",
    )


def per_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """How much money comes to one of what is counted: 平均一个项目多少钱, to two decimals.

    Of two numbers of running text the first is spread over the second.
    """
    money = [c for c in cells if c.unit in MONEY]
    counted = [c for c in cells if c.unit not in MONEY]
    of_text = all(f.prose is not None for c in cells for f in c.figures)
    if of_text and len(cells) == PAIR and cells[1].value:
        whole, count = cells
    elif len(money) != 1 or len(counted) != 1 or not counted[0].value:
        return compare_answer(query, cells)
    else:
        whole, count = money[0], counted[0]
    value = rounded(Decimal(whole.value or 0) / Decimal(count.value or 1))
    fields = pair_fields(whole, count) | {"per": count.unit, "per_en": unit_en(count)}
    return computed(
        query,
        [whole, count],
        say("computed_per", query.language, value=plain_number(value), **fields),
        value=value,
        unit=whole.unit,
        formula=f"{fields['part_value']} / {fields['whole_value']}",
    )


def growth_answer(query: Query, before: Cell, after: Cell) -> Answer:
    """The change from one cell to another, in its unit or in per cent of the first."""
    if before.value is None or after.value is None:
        return refuse_cell(query, before if before.value is None else after, [before, after])
    change: Number = after.value - before.value
    rate = None
    if before.value != 0:
        rate = rounded(Decimal(change) * 100 / Decimal(before.value))
    fields = pair_fields(after, before) | {
        "change": plain_number(_size(change)),
        "change_unit": "个百分点" if after.unit == "%" else after.unit,
        "change_unit_en": "percentage points" if after.unit == "%" else unit_en(after),
        "rate": plain_number(_size(rate)) if rate is not None else "—",
    }
    name = "growth_up" if change > 0 else "growth_down" if change < 0 else "growth_none"
    text = say(name, query.language, **fields)
    formula = f"{plain_number(after.value)} - {plain_number(before.value)} = {plain_number(change)}"
    if rate is not None:
        base = plain_number(before.value)
        formula += f"; {plain_number(change)} / {base} * 100 = {plain_number(rate)}"
    if query.times and rate is not None and change > 0:
        return _times_more(query, before, after, change, fields)
    by_rate = query.per_cent and rate is not None and after.unit != "%"
    value: Number = rate if by_rate and rate is not None else change
    if query.fell and value < 0:  # 降了多少 asks for the size of the fall
        value = -value
    unit = "%" if by_rate else str(fields["change_unit"])
    return computed(query, [after, before], text, value=value, unit=unit, formula=formula)


def _times_more(
    query: Query, before: Cell, after: Cell, change: Number, fields: dict[str, str]
) -> Answer:
    """A rise as a multiple of where it began, beside what the whole is a multiple of."""
    base = Decimal(before.value or 1)
    more, whole = rounded(Decimal(change) / base), rounded(Decimal(after.value or 0) / base)
    shown = {"more": plain_number(more), "value": plain_number(whole)}
    return computed(
        query,
        [after, before],
        say("growth_times", query.language, **(fields | shown)),
        value=more,
        unit="倍",
        formula=f"{plain_number(change)} / {fields['whole_value']} = {shown['more']}; "
        f"{fields['part_value']} / {fields['whole_value']} = {shown['value']}",
    )


def compare_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """The same cell of several reports (or cells of one), and which is more by how much.

    All of them may be stated.
    """
    lines = [_line(query, c) for c in cells]
    units = list(dict.fromkeys(c.unit for c in cells))
    formula = None
    if not _of_one_measure(cells):
        lines.append(say("compare_unit", query.language, units="、".join(units)))
    else:
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
    if len(units) == 1:
        return True
    return all(c.figures and c.figures[0].prose for c in cells) and all(
        units <= alike(unit) for unit in units
    )


def _line(query: Query, cell: Cell) -> str:
    if cell.summed:
        return sum_line(query, [cell], cell.value)
    return figure_line("compare_line", query.language, cell)


def _distance(cells: Sequence[Cell]) -> Number:
    """How far two values are apart."""
    first, second = cells[0].value or 0, cells[1].value or 0
    return first - second if first > second else second - first


def _verdict(query: Query, cells: Sequence[Cell]) -> tuple[str, str]:
    """Which is more and by how much, and the subtraction that shows it."""
    ranked = sorted(cells, key=lambda c: c.value or 0, reverse=True)
    most, least = ranked[0], ranked[-1]
    difference = (most.value or 0) - (least.value or 0)
    fields = {
        "first": _name(most, cells),
        "second": _name(least, cells),
        "difference": plain_number(difference),
        "unit": most.unit,
        "unit_en": unit_en(most),
    }
    sides = f"{plain_number(most.value or 0)} - {plain_number(least.value or 0)}"
    formula = f"{sides} = {fields['difference']}"
    if difference == 0:
        return say("compare_equal", query.language), formula
    name = "compare_more" if len(cells) == PAIR else "compare_most"
    return say(name, query.language, **fields), formula


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
        first="、".join(_name(c, cells) for c in first),
        value=plain_number(ranked[0].value or 0),
        unit=ranked[0].unit,
        unit_en=unit_en(ranked[0]),
    )
    lines = [head, *(_line(query, c) for c in ranked[:MOST_RANKED])]
    if left_out:
        named = "；".join(f"{title}（{why}）" for title, why in left_out)
        lines.append(say("ranked_without", query.language, reports=named))
    lines += forms_remark(query, cells)
    return Answer(
        kind=Kind.COMPARE,
        text="\n".join(lines),
        language=query.language,
        figures=tuple(f for c in ranked for f in cite(c, Role.INPUT if c.summed else Role.ANSWER)),
        formula="; ".join(plain_number(c.value) for c in ranked if c.value is not None),
        checks=checks_of(ranked),
        understood=understood(query, ranked),
    )


def _name(cell: Cell, among: Sequence[Cell]) -> str:
    """What tells a cell apart from the others: its report, or its place in the form."""
    one_report = len({c.report.id for c in among}) == 1
    return cell.place if one_report else cell.report.title


def pair_fields(first: Cell, second: Cell) -> dict[str, str]:
    """Names and values of two cells for the wording, each with its report if they differ."""
    apart = first.report.id != second.report.id

    def named(cell: Cell, *, english: bool) -> str:
        place = cell.place_en if english else cell.place
        return f"{cell.report.title} {place}" if apart else place

    return {
        "title": "" if apart else first.report.title,
        "part": named(first, english=False),
        "part_en": named(first, english=True),
        "whole": named(second, english=False),
        "whole_en": named(second, english=True),
        "part_value": plain_number(first.value or 0),
        "whole_value": plain_number(second.value or 0),
        "unit": first.unit,
        "unit_en": unit_en(first),
        "citations": _citations([first, second]),
    }
