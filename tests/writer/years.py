"""Figures that go on from those of the year before, and what of that can be broken.

Every identity across years that a form demands holds, and no count jumps; unlike `figures`, this
module knows rows by name, because the forms name them in these identities.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tests.writer.figures import FORMS, Figures, Number, break_check, draw_figures
from tests.writer.order import Order

Values = dict[str, Number]
HEAD, REST = "other", "other_other"
"""What is one row in the form of 2019 goes on in the last of its rows in that of 2021."""
TOTAL = "total"
FIRST = "natural_person"
ITEMS = ("prev_items", "change")


def draw_years(order: Order, before: Figures | None) -> Figures:
    """Figures of a report that goes on from ``before``; checks that are ordered are broken.

    Raises:
        ValueError: the form has no such check, or it cannot be broken after that year.
    """
    rng = order.rng("years")
    figures = draw_figures(replace(order, broken=()))
    if before is not None:
        figures = replace(figures, values=go_on(figures, before, rng))
    for check in order.broken:
        breaker = BREAKERS.get(check.partition("@")[0])
        if breaker is None:
            figures = break_check(figures, check, rng)
            continue
        if before is None:
            raise ValueError(f"{check} needs a year before")
        values = dict(figures.values)
        breaker(values, before.values, check.partition("@")[2], rng)
        changed = {a for a, v in values.items() if v != figures.values[a]}
        figures = replace(figures, values=values, altered=figures.altered | changed)
    return figures


def go_on(figures: Figures, before: Figures, rng: random.Random) -> Values:
    """Values for the year after, in the order of ``figures``, whose form they have."""
    values, last = dict(figures.values), before.values
    _requests_after(values, figures.rows, last, rng)
    _disputes_after(values, last, rng)
    for row in dict.fromkeys(a.split(".")[1] for a in values if a.startswith("t2.")):
        _row_after(values, last, f"t2.{row}.", rng)
    return values


def near(value: Number, rng: random.Random) -> int:
    """A count of the next year: a quarter more or less, and a little."""
    return max(0, int(value) * rng.randint(75, 125) // 100 + rng.randint(-1, 2))


def _requests_after(
    values: Values, rows: tuple[str, ...], last: Mapping[str, Number], rng: random.Random
) -> None:
    frame = ("new", "carried_in", "result_total", "carried_out")
    columns = [a.split(".")[2] for a in values if a.startswith("t3.new.")]
    for column in columns:
        if column == TOTAL:
            continue
        done = 0
        for row in (row for row in rows if row not in frame):
            home = HEAD if row == REST and f"t3.{row}.{column}" not in last else row
            old = last.get(f"t3.{home}.{column}", 0)
            values[f"t3.{row}.{column}"] = near(old, rng) if old else 0
            done += int(values[f"t3.{row}.{column}"])
        taken = int(last[f"t3.carried_out.{column}"])
        left = max(rng.randint(0, done // 8 + 1) if done else 0, taken - done)
        cells = {"result_total": done, "carried_in": taken, "carried_out": left}
        cells["new"] = done + left - taken
        values |= {f"t3.{row}.{column}": value for row, value in cells.items()}
    for row in rows:
        values[f"t3.{row}.{TOTAL}"] = sum(
            values[f"t3.{row}.{column}"] for column in columns if column != TOTAL
        )


def _disputes_after(values: Values, last: Mapping[str, Number], rng: random.Random) -> None:
    parts = ("upheld", "corrected", "other", "pending")
    for block in dict.fromkeys(a.split(".")[1] for a in values if a.startswith("t4.")):
        cells = {part: near(last[f"t4.{block}.{part}"], rng) for part in parts}
        cells["other"] += max(0, int(last[f"t4.{block}.pending"]) - sum(cells.values()))
        values |= {f"t4.{block}.{part}": value for part, value in cells.items()}
        values[f"t4.{block}.{TOTAL}"] = sum(cells.values())


def _row_after(values: Values, last: Mapping[str, Number], row: str, rng: random.Random) -> None:
    """A row of table two; one that the form of the year before has not begins anew."""
    if row + "decisions" in values and row + "decisions" in last:
        values[row + "decisions"] = near(last[row + "decisions"], rng)
    if row + "in_force" in values and row + "in_force" in last:
        stock = last[row + "in_force"] + values[row + "issued"]
        values[row + "repealed"] = min(values[row + "repealed"], stock)
        values[row + "in_force"] = stock - values[row + "repealed"]
    if row + "change" in values and row + "change" in last:
        values[row + "prev_items"] = sum(last[row + key] for key in ITEMS)
        values[row + "change"] = max(values[row + "change"], -values[row + "prev_items"])
    if row + "public_total" in values and row + "public_total" in last:
        most = last[row + "public_total"] + values[row + "published"]
        values[row + "public_total"] = rng.randint(int(values[row + "published"]), int(most))


# -- what can be broken -----------------------------------------------------------------------

Breaker = Callable[[Values, Mapping[str, Number], str, random.Random], None]


def _carry(values: Values, _: Mapping[str, Number], column: str, rng: random.Random) -> None:
    """Move requests between newly received and carried over: the year itself still adds up."""
    column = column if column not in ("", TOTAL) else FIRST
    came, taken = (int(values[f"t3.{row}.{column}"]) for row in ("new", "carried_in"))
    if came:
        change = {"carried_in": rng.randint(1, came)}
        change["new"] = -change["carried_in"]
    elif taken:
        change = {"new": rng.randint(1, taken)}
        change["carried_in"] = -change["new"]
    else:
        change = dict.fromkeys(("carried_in", "carried_out"), rng.randint(1, 9))
    _add(values, column, change)


def _jump(values: Values, _: Mapping[str, Number], __: str, rng: random.Random) -> None:
    """Many times as many requests as before, all granted."""
    granted_more(values, 9 * int(values[f"t3.new.{TOTAL}"]) + rng.randint(60, 200))


def granted_more(values: Values, more: int) -> None:
    """So many more requests of the first kind of applicant, all granted."""
    _add(values, FIRST, dict.fromkeys(("new", "granted", "result_total"), more))


def _add(values: Values, column: str, change: Mapping[str, int]) -> None:
    for row, more in change.items():
        for each in (column, TOTAL):
            values[f"t3.{row}.{each}"] += more


def _pending(values: Values, last: Mapping[str, Number], block: str, _: random.Random) -> None:
    """No case at all, though some were pending."""
    blocks = [a.split(".")[1] for a, v in last.items() if a.endswith(".pending") and v]
    blocks = [b for b in blocks if block in ("", b)]
    if not blocks:
        raise ValueError(f"nothing was pending {block}")
    values |= {a: 0 for a in values if a.startswith(f"t4.{blocks[0]}.")}


def _more(column: str) -> Breaker:
    """A cell of table two that is more than the year before lets it be."""

    def break_row(values: Values, last: Mapping[str, Number], row: str, rng: random.Random) -> None:
        cells = [a for a in values if a.endswith(f".{column}") and a in last]
        cells = [a for a in cells if row in ("", a.split(".")[1])]
        if not cells:
            raise ValueError(f"no {column} in both forms")
        address = rng.choice(cells)
        head = address.removesuffix(column)
        most = int(last[address]) + int(values.get(head + "published", 0))
        values[address] = max(int(values[address]), most) + rng.randint(1, 9)

    return break_row


BREAKERS: Mapping[str, Breaker] = {
    "X-T3-CARRY": _carry,
    "X-T4-PENDING": _pending,
    "X-T2-VALID": _more("in_force"),
    "X-T2-ITEMS": _more("prev_items"),
    "X-T2-PUBLIC": _more("public_total"),
    "X-JUMP": _jump,
}
"""How each check across years is broken while the checks of the year itself hold."""


def on_their_own(checks: Sequence[str]) -> tuple[str, ...]:
    """Those of some checks that need no year before."""
    return tuple(check for check in checks if check.partition("@")[0] not in BREAKERS)


def sum_of_figures(units: list[Figures]) -> Figures:
    """What a government reports whose units reported these, all in one form."""
    (form,) = {unit.form.id for unit in units}
    values = {a: sum(unit.values[a] for unit in units) for a in units[0].values}
    return Figures(FORMS[form], values)
