"""What a clerk wrote, cell by cell, to exact values; what cannot be taken is told by its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import Field

from assistant.draft.layout import Spot
from assistant.draft.model import Found, Problem
from index.amounts import parse_amount, plain
from index.record import Number, Record

Raw = int | float | Decimal | str | None
"""A cell as a file holds it; None is an empty one."""
WHOLE = "请填不小于零的整数，没有的填 0 (a whole number, 0 or more)。"
MONEY = "请填不小于零的金额，只写数字 (an amount, digits only)。"
LONGEST = 40
"""Characters of a cell; more is no number."""
NAMES = {
    "body": "body", "单位": "body", "单位名称": "body",
    "year": "year", "年度": "year", "报告年度": "year",
    "form": "form", "表式": "form",
    "zeros": "zeros", "空白格按0填报": "zeros", "空白格按 0 填报": "zeros",
}  # fmt: skip
"""How a file may call what it is for."""
ADVICE = {"count": WHOLE, "money": MONEY, "signed": "请填整数 (a whole number)。"}


@dataclass(frozen=True)
class Entry:
    """One cell of the clerk's figures: its address, what stands in it, and where."""

    address: str
    raw: Raw
    place: str


@dataclass
class Filled:
    """What a file holds: which report it is for, as far as it says, its cells and its faults."""

    meant: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Figures(Record):
    """The clerk's figures by address, and everything that could not be taken.

    ``empty`` are the cells that were left empty; ``zeros``: the clerk says there that these are 0.
    """

    values: dict[str, Found] = Field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    empty: frozenset[str] = frozenset()
    zeros: bool = False


def settle(entries: Sequence[Entry], spots: Mapping[str, Spot]) -> Figures:
    """The values of all entries.

    A cell given twice is taken from neither place. An empty one is open and no problem.
    """
    values: dict[str, Found] = {}
    problems: list[Problem] = []
    empty: set[str] = set()
    seen: dict[str, Entry] = {}
    for entry in entries:
        spot = spots.get(entry.address)
        first = seen.setdefault(entry.address, entry)
        if spot is None:
            advice = "请删去，或改成表中的地址，如 t3.new.total (no such cell)。"
            problems.append(
                Problem(place=entry.place, what=f"没有“{entry.address}”这一格。", next=advice)
            )
        elif first is not entry:
            values.pop(entry.address, None)
            empty.discard(entry.address)
            problems.append(
                Problem(
                    place=entry.place,
                    what=f"“{entry.address}”在 {first.place} 已填过一次，两处都不采用。",
                    next="请只留一处 (given twice)。",
                    address=entry.address,
                )
            )
        else:
            read = _value(entry.raw, spot)
            if isinstance(read, str):
                told = f"“{str(entry.raw)[:LONGEST]}”{read}"
                problems.append(
                    Problem(
                        place=entry.place, what=told, next=ADVICE[spot.kind], address=entry.address
                    )
                )
            elif read is not None:
                values[entry.address] = Found(value=read, source=entry.place)
            else:
                empty.add(entry.address)
    return Figures(values=values, problems=tuple(problems), empty=frozenset(empty))


def _value(raw: Raw, spot: Spot) -> Number | str | None:
    """The number in a cell, None in an empty one, else what is wrong with it."""
    if isinstance(raw, bool):
        return "不是数。"
    if isinstance(raw, str):
        amount = parse_amount(raw) if len(raw) <= LONGEST else None
        if amount is not None and amount.blank:
            return None
        if amount is None or amount.value is None or amount.note is not None:
            return "不是一个明确的数。"
        if amount.scaled or amount.unit not in (None, spot.unit):
            return f"带有别的单位，本格单位是“{spot.unit or '见表头'}”。"
        value = amount.value
    elif raw is None:
        return None
    else:
        value = plain(Decimal(str(raw)) if isinstance(raw, float) else raw)
    return _fault(value, spot) or value


def _fault(value: Number, spot: Spot) -> str | None:
    """Why a number cannot stand in a cell, None where it can."""
    if isinstance(value, Decimal) and not value.is_finite():
        return "不是数。"
    if value < 0 and spot.kind != "signed":
        return "是负数。"
    if isinstance(value, Decimal) and spot.kind != "money":
        whole = value == value.to_integral_value()
        return None if whole else "有小数，件数只能是整数。"
    return None
