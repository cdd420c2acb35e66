"""How a cell changed: by how much, by what per cent, by how many times."""

from __future__ import annotations

from decimal import Decimal

from assistant.answer import Answer, plain_number
from assistant.answering.arithmetic import in_short, rounded, size
from assistant.answering.cell import Cell
from assistant.answering.cell_names import pair_fields, unit_en
from assistant.answering.compose import computed
from assistant.answering.refusing import refuse_cell
from assistant.answering.wording import say
from assistant.query import Query
from index.report import Number


def growth_answer(query: Query, before: Cell, after: Cell) -> Answer:
    """The change from one cell to another, in its unit or in per cent of the first."""
    if before.value is None or after.value is None:
        return refuse_cell(query, before if before.value is None else after, [before, after])
    change: Number = after.value - before.value
    rate = None
    if before.value != 0:
        rate = rounded(Decimal(change) * 100 / Decimal(before.value))
    short = in_short(size(change), [after, before])
    spoken = f"（{short}{after.unit}）" if short else ""
    fields = pair_fields(after, before) | {
        "change": plain_number(size(change)),
        "change_unit": "个百分点" if after.unit == "%" else after.unit + spoken,
        "change_unit_en": "percentage points" if after.unit == "%" else unit_en(after) + spoken,
        "rate": plain_number(size(rate)) if rate is not None else "—",
    }
    name = "growth_up" if change > 0 else "growth_down" if change < 0 else "growth_none"
    text = say(name, query.language, **fields)
    formula = f"{plain_number(after.value)} - {plain_number(before.value)} = {plain_number(change)}"
    formula += f" ({short})" if short else ""
    if rate is not None:
        base = plain_number(before.value)
        formula += f"; {plain_number(change)} / {base} * 100 = {plain_number(rate)}"
    if query.times and rate is not None and change > 0:
        return _times_more(query, before, after, change, fields)
    by_rate = query.per_cent and rate is not None and after.unit != "%"
    value: Number = rate if by_rate and rate is not None else change
    if query.fell and value < 0:  # 降了多少 asks for the size of the fall
        value = -value
    unit = "%" if by_rate else "个百分点" if after.unit == "%" else after.unit
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
