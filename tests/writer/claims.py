"""Sentences that can be tested: what the tables have too, and numbers that hang together.

A sentence is said as it is true, or with one number off where the order asks for its check to be
broken. Sentences and names of cells are those of ``words.yaml``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.writer.figures import Figures, Number

PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
OFF = range(1, 40)
"""How far a number is off."""
RECEIVED = ("new", "due", "persons", "traders")
ALIKE = ("new", "due", "settled")
"""What 受理 and 办理 may mean: a number that is off is none of these."""
TENTHS = Decimal("0.1")


def stated(
    code: str, words: Mapping[str, Any], figures: Figures, rng: random.Random, *, broken: bool
) -> tuple[str, dict[str, str]]:
    """A sentence of a code with the numbers of its cells, one of them off where it is broken."""
    known = {name: _total(cells, figures) for name, cells in words["cells"].items()}
    texts = [
        t for t in words["stated"][code] if all(known[n] is not None for n in _names(t, known))
    ]
    text = rng.choice(texts)
    numbers = {name: int(known[name] or 0) for name in _names(text, known)}
    if broken:
        name = rng.choice([n for n in numbers if _is_of(n, code)])
        also = {known[other] for other in ALIKE}
        numbers[name] += rng.choice([n for n in OFF if numbers[name] + n not in also])
    return text, {name: str(value) for name, value in numbers.items()}


def claimed(
    code: str, words: Mapping[str, Any], rng: random.Random, *, broken: bool
) -> tuple[str, dict[str, str]]:
    """A sentence of a code whose numbers hang together, or do not."""
    return rng.choice(words["claims"][code]), CLAIMS[code](rng, broken)


def _names(text: str, known: Mapping[str, object]) -> list[str]:
    return [name for name in PLACEHOLDER.findall(text) if name in known]


def _is_of(name: str, code: str) -> bool:
    """Whether a number of a sentence is one that its own code compares."""
    return (name in RECEIVED) == (code == "S-RECEIVED")


def _total(cells: Sequence[str], figures: Figures) -> Number | None:
    """What cells come to, None where the form or the report lacks one."""
    found = [_value(address, figures) for cell in cells for address in _spelled(cell, figures)]
    return None if None in found else sum(value for value in found if value is not None)


def _spelled(cell: str, figures: Figures) -> list[str]:
    """A cell, or those of the rows that a head of table three stands for."""
    table, row, column = cell.split(".")
    if table != "t3":
        return [cell]
    form = figures.form
    rows = form.t3_children.get(row, (row,))
    carriers = dict.fromkeys(form.carrier(key, figures.rows) for key in rows)
    return [f"t3.{key}.{column}" for key in carriers]


def _value(address: str, figures: Figures) -> Number | None:
    head, _, columns = address.rpartition(".")
    found = (figures.values.get(f"{head}.{column}") for column in columns.split("/"))
    return next((value for value in found if value is not None), None)


def _parts(rng: random.Random, broken: bool) -> dict[str, str]:
    a, b, c = (rng.randint(40, 900) for _ in range(3))
    whole = a + b + c + (rng.choice([-1, 1]) * rng.randint(2, 30) if broken else 0)
    return {"whole": str(whole), "a": str(a), "b": str(b), "c": str(c)}


def _share(rng: random.Random, broken: bool) -> dict[str, str]:
    whole = rng.randint(200, 4000)
    part = rng.randint(whole // 10, whole - 20)
    share = _rounded(Decimal(part * 100) / whole)
    if broken:
        share += rng.choice([-1, 1]) * Decimal(rng.randint(3, 60)) * TENTHS
    return {"whole": str(whole), "a": str(part), "share": str(share)}


def _shares(rng: random.Random, broken: bool) -> dict[str, str]:
    a, b = rng.randint(300, 500), rng.randint(100, 300)
    c = 1000 - a - b + (rng.choice([-1, 1]) * rng.randint(20, 90) if broken else 0)
    return {name: str(Decimal(n) * TENTHS) for name, n in (("sa", a), ("sb", b), ("sc", c))}


def _change(rng: random.Random, broken: bool) -> dict[str, str]:
    before = rng.randint(300, 9000)
    up = rng.random() < 0.5
    by = rng.randint(before // 20, before // 2)
    now = before + by if up else before - by
    change = _rounded(Decimal(by * 100) / before)
    earlier, points = rng.randint(600, 700), rng.randint(20, 200)
    rate = earlier + points if up else earlier - points
    if broken:
        change += Decimal(rng.randint(3, 60)) * TENTHS
        points += rng.randint(2, 30)
    rose, turned = rng.choice(UP if up else DOWN)
    return {
        "before": str(before), "now": str(now), "by": str(by), "change": str(change),
        "rate": str(Decimal(rate) * TENTHS), "earlier": str(Decimal(earlier) * TENTHS),
        "points": str(Decimal(points) * TENTHS), "rose": rose, "turned": turned,
    }  # fmt: skip


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(TENTHS, ROUND_HALF_UP)


UP, DOWN = (
    [("增加", "增长"), ("提高", "上升"), ("增长", "增幅")],
    [("减少", "下降"), ("下降", "降幅")],
)
CLAIMS: dict[str, Callable[[random.Random, bool], dict[str, str]]] = {
    "P-PARTS": _parts,
    "P-SHARE": _share,
    "P-SHARES": _shares,
    "P-CHANGE": _change,
}
"""The numbers of a sentence by its code."""
