"""One number over another: shares, multiples, means, and what comes to each.

A cell that may not be stated is never computed with: it is refused, with its reason, and the
others are shown beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Answer, Reason, plain_number
from assistant.answering.arithmetic import rounded
from assistant.answering.cell import Cell
from assistant.answering.cell_names import citations, pair_fields, say_of_pair, told_apart, unit_en
from assistant.answering.comparing import compare_answer
from assistant.answering.compose import computed
from assistant.answering.refusing import refuse_cell, refuse_with
from assistant.answering.wording import say
from assistant.query import PAIR, Query

MONTHS = 12
MONEY = frozenset({"元", "万元", "亿元"})


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
    if second.value == 0:
        message = say_of_pair("share_of_zero", query.language, first, second)
        return refuse_with(query, Reason.OUT_OF_SCOPE, message, [first, second])
    times, shown = (100, " * 100") if unit == "%" else (1, "")
    value = rounded(Decimal(first.value) * times / Decimal(second.value))
    return computed(
        query,
        [first, second],
        say_of_pair(name, query.language, first, second, value=plain_number(value)),
        value=value,
        unit=unit,
        formula=f"{plain_number(first.value)} / {plain_number(second.value)}{shown}",
    )


def average_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """The mean of several cells, to two decimals."""
    values = [c.value for c in cells if c.value is not None]
    shown = " + ".join(plain_number(v) for v in values)
    what = "、".join(told_apart(c, cells) for c in cells)
    return _mean(query, cells, what, f"({shown})", len(values))


def monthly_answer(query: Query, cell: Cell) -> Answer:
    """A year's count over its twelve months, to two decimals."""
    what = f"{cell.report.title} {cell.place}"
    return _mean(query, [cell], what, plain_number(cell.value or 0), MONTHS)


def _mean(query: Query, cells: Sequence[Cell], what: str, shown: str, count: int) -> Answer:
    """The total of cells over a count; ``shown`` is the total as the formula writes it."""
    total = sum((c.value for c in cells if c.value is not None), start=0)
    value, formula = rounded(Decimal(total) / count), f"{shown} / {count}"
    text = say(
        "computed_average",
        query.language,
        what=what,
        formula=formula,
        value=plain_number(value),
        unit=cells[0].unit,
        unit_en=unit_en(cells[0]),
        citations=citations(cells),
    )
    return computed(query, cells, text, value=value, unit=cells[0].unit, formula=formula)


def per_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """How much money comes to one of what is counted: 平均一个项目多少钱, to two decimals.

    Of two numbers of running text the first is spread over the second.
    """
    money = [c for c in cells if _is_money(c)]
    counted = [c for c in cells if not _is_money(c)]
    of_text = all(f.prose is not None for c in cells for f in c.figures)
    if of_text and len(cells) == PAIR and cells[1].value:
        whole, count = cells
    elif len(money) != 1 or len(counted) != 1 or not counted[0].value:
        return compare_answer(query, cells)
    else:
        whole, count = money[0], counted[0]
    value = rounded(Decimal(whole.value or 0) / Decimal(count.value or 1))
    fields = pair_fields(whole, count) | {"per": count.unit, "per_en": unit_en(count)}
    text = say("computed_per", query.language, value=plain_number(value), **fields)
    if not whole.unit:
        text += say("without_unit", query.language)
    return computed(
        query,
        [whole, count],
        text,
        value=value,
        unit=whole.unit,
        formula=f"{fields['part_value']} / {fields['whole_value']}",
    )


def _is_money(cell: Cell) -> bool:
    """Whether a cell is money: by its unit, or by its column where no unit is printed."""
    return cell.unit in MONEY or any(f.column == "amount" for f in cell.figures)
