"""What is drawn: figures in which every identity of a form holds, or all but those named.

Rows, columns and identities are those of the form file; nothing here knows a row by name.
The identities are evaluated here anew, so that a fault of `index.checks` is seen.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.formats import Form, Identity, Term, load_forms
from tests.writer.order import OF_TEXT, Order, Shape, Size

Number = int | Decimal

FORMS = {form.id: form for form in load_forms() if form.annex is None}
"""The forms with the tables two, three and four."""


@dataclass(frozen=True)
class Scale:
    """How much a body of some size does.

    ``requests``: bounds of the requests settled for the first kind of applicant; each other
    kind has a share of them. ``busy``: how likely an outcome occurs at all. ``none``: rows of
    table two of which it has nothing.
    """

    requests: tuple[int, int]
    documents: tuple[int, int]
    decisions: tuple[int, int]
    disputes: tuple[int, int]
    money: int
    busy: float
    none: tuple[str, ...] = ()


SCALES: dict[Size, Scale] = {
    "township": Scale((0, 5), (0, 4), (0, 60), (0, 1), 40, 0.15, none=("rules",)),
    "county": Scale((8, 160), (0, 30), (0, 9_000), (0, 6), 9_000, 0.5),
    "city": Scale((900, 6_000), (5, 260), (2_000, 900_000), (0, 140), 400_000, 0.85),
}
SHARE = 6
"""The other kinds of applicant ask at most this fraction of what the first kind asks."""


@dataclass(frozen=True)
class Figures:
    """Values by address (``t3.new.total``), in the order of the form.

    ``altered`` are those that were changed to break a check.
    """

    form: Form
    values: Mapping[str, Number]
    altered: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[str, ...]:
        """Rows of table three that carry values."""
        return tuple(dict.fromkeys(a.split(".")[1] for a in self.values if a.startswith("t3.")))

    def row(self, table: str, row: str) -> dict[str, Number]:
        """Values of one row by column."""
        head = f"{table}.{row}."
        return {a.removeprefix(head): v for a, v in self.values.items() if a.startswith(head)}


def draw_figures(order: Order) -> Figures:
    """Figures of one report: form, size, shape and what is to be broken are those ordered."""
    form, rng = FORMS[order.form], order.rng("figures")
    scale = SCALES[order.size]
    values: dict[str, Number] = {}
    quiet = order.shape == "all_zero"
    for group in form.tables.t2.groups:
        for row in group.rows:
            for column in group.columns:
                amount = 0 if quiet else _amount(rng, column, scale)
                values[f"t2.{row.key}.{column.key}"] = 0 if row.key in scale.none else amount
            _bound(values, f"t2.{row.key}.")
    values |= _requests(form, order, rng, scale)
    for identity in _sums(form, "t4", "rows"):
        for block in identity.scope:
            parts = {k: 0 if quiet else _few(rng, scale.disputes) for k in identity.right}
            values |= {f"t4.{block}.{k}": v for k, v in parts.items()}
            values[f"t4.{block}.{identity.left[0]}"] = sum(parts.values())
    figures = Figures(form, _in_order(form, values))
    for check in order.broken:
        if check not in OF_TEXT:
            figures = break_check(figures, check, rng)
    return figures


def _requests(
    form: Form,
    order: Order,
    rng: random.Random,
    scale: Scale,
) -> dict[str, Number]:
    """Table three: outcomes first, then what is carried, then what must have come in."""
    (across,), (down,) = list(_sums(form, "t3", "rows")), _results(form)
    balance = next(i for i in _sums(form, "t3", "columns") if i is not down)
    outcomes = tuple(dict.fromkeys(_printed(form, key, order.head_alone) for key in down.right))
    came, before = balance.left
    after = next(key for key in balance.right if key != down.left[0])
    values: dict[str, Number] = {}
    asking = _asking(across.right, order.shape, rng)
    for number, column in enumerate(across.right):
        done = _few(rng, scale.requests) if column in asking else 0
        done = done // rng.randint(2, SHARE) if number else done
        settled = _spread(rng, done, outcomes, scale.busy)
        taken = rng.randint(0, done // 8 + 1) if column in asking else 0
        left = rng.randint(0, done // 8 + 1) if column in asking else 0
        left = max(left, taken - done)
        cells = settled | {down.left[0]: done, before: taken, after: left}
        cells[came] = done + left - taken
        values |= {f"t3.{row}.{column}": value for row, value in cells.items()}
    for row in {address.split(".")[1] for address in values}:
        values[f"t3.{row}.{across.left[0]}"] = sum(values[f"t3.{row}.{c}"] for c in across.right)
    return values


def _asking(columns: Sequence[str], shape: Shape, rng: random.Random) -> frozenset[str]:
    """The kinds of applicant that asked at all."""
    if shape == "all_zero":
        return frozenset()
    if shape == "single_column":
        return frozenset([rng.choice(columns)])
    if shape == "empty_columns":  # the first one may be empty like any other
        return frozenset(rng.sample(columns, rng.randint(1, len(columns) - 1)))
    return frozenset(columns)


def _spread(rng: random.Random, total: int, rows: Sequence[str], busy: float) -> dict[str, int]:
    """A total dealt out to some of the rows."""
    chosen = [row for row in rows if rng.random() < busy] or [rng.choice(rows)]
    weights = [rng.random() ** 2 + 0.01 for _ in chosen]
    dealt = dict.fromkeys(rows, 0)
    for row, weight in zip(chosen, weights, strict=True):
        dealt[row] = int(total * weight / sum(weights))
    dealt[chosen[0]] += total - sum(dealt.values())
    return dealt


def _few(rng: random.Random, bounds: tuple[int, int]) -> int:
    """A whole number within bounds, small ones more often."""
    low, high = bounds
    return low + int((high - low + 1) * rng.random() ** 2)


def _amount(rng: random.Random, column: Term, scale: Scale) -> Number:
    """A value of table two, by the kind of its column."""
    if column.kind == "money":
        if rng.random() < 0.25:
            return 0
        places = rng.choice([0, 1, 2, 2, 4])
        digits = rng.randint(1, scale.money * 10**places)
        return Decimal(digits).scaleb(-places) if places else digits
    if column.kind == "signed":
        return rng.randint(-9, 9)
    return _few(rng, rng.choice([scale.documents, scale.decisions]))


def _bound(values: dict[str, Number], row: str) -> None:
    """Make a row of table two one that can be: what is in force, open or left is not too little."""
    for most, parts in (("in_force", ("issued", "repealed")), ("public_total", ("published",))):
        if row + most in values:
            first, *rest = (values[row + part] for part in parts)
            values[row + most] = max(values[row + most], first - sum(rest))
    if row + "change" in values:
        values[row + "change"] = max(values[row + "change"], -values[row + "prev_items"])


# -- the identities --------------------------------------------------------------------------


def break_check(figures: Figures, check: str, rng: random.Random) -> Figures:
    """Figures with one value changed, so that a check fails (and others that cover the value).

    Args:
        figures: where it holds.
        check: code and scope (``T3-BAL@total``), or a code alone.
        rng: chooses the operand and by how much it is off.

    Raises:
        ValueError: the form has no such check.
    """
    code, _, scope = check.partition("@")
    operands = [
        sides for found, sides in checks_of(figures.form, figures.values)
        if found.split("@")[0] == code and scope in ("", found.split("@")[1])
    ]  # fmt: skip
    if not operands:
        raise ValueError(f"no check {check!r} in the form of {figures.form.id}")
    left, right = rng.choice(operands)
    values = dict(figures.values)
    if not right:  # a check of single cells: none may be negative
        address = rng.choice(left)
        values[address] = -rng.randint(1, 9)
    else:
        address = rng.choice([*left, *right])
        now = int(values[address])
        values[address] = rng.choice([v for v in range(max(0, now - 9), now + 10) if v != now])
    return replace(figures, values=values, altered=figures.altered | {address})


def checks_of(
    form: Form, values: Mapping[str, Number | None]
) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    """Every hard check by id with the addresses on its two sides.

    A check of single cells has all of them on its left and nothing on its right.
    """
    rows = list(dict.fromkeys(a.split(".")[1] for a in values if a.startswith("t3.")))
    names = form.names
    for identity in form.identities:
        table = identity.table
        if identity.strength.value != "hard" or not any(a.startswith(f"{table}.") for a in values):
            continue
        sides: tuple[list[str], list[str]]
        if identity.over == "cells":
            yield f"{identity.code}@{table}", ([a for a in values if a.startswith(table)], [])
        elif identity.over == "columns":
            for column in identity.scope or names[table][1]:
                sides = tuple(  # type: ignore[assignment]
                    list(dict.fromkeys(f"{table}.{_as_printed(form, r, rows)}.{column}" for r in s))
                    for s in (identity.left, identity.right)
                )
                yield f"{identity.code}@{column}", sides
        else:
            printed = dict.fromkeys(a.split(".")[1] for a in values if a.startswith(f"{table}."))
            for row in identity.scope or printed:
                sides = tuple(  # type: ignore[assignment]
                    [f"{table}.{row}.{column}" for column in side]
                    for side in (identity.left, identity.right)
                )
                yield f"{identity.code}@{row}", sides


def failing(form: Form, values: Mapping[str, Number | None]) -> dict[str, tuple[str, ...]]:
    """Hard checks that fail, with the addresses that they cover.

    None is a value that is not known: a check with such an operand is not evaluable.
    """
    found: dict[str, tuple[str, ...]] = {}
    for check, (left, right) in checks_of(form, values):
        if not right:
            bad = tuple(a for a in left if (v := values[a]) is not None and v < 0)
            if bad:
                found[check] = bad
            continue
        numbers = [values.get(a) for a in (*left, *right)]
        if None in numbers:
            continue
        if sum(values[a] for a in left) != sum(values[a] for a in right):  # type: ignore[misc]
            found[check] = (*left, *right)
    return found


def _sums(form: Form, table: str, over: str) -> Iterator[Identity]:
    return (i for i in form.identities if i.table == table and i.over == over)


def _results(form: Form) -> tuple[Identity]:
    """The identity of table three that adds up its outcomes: one row on its left."""
    return (next(i for i in _sums(form, "t3", "columns") if len(i.left) == 1),)


def _printed(form: Form, key: str, head_alone: bool) -> str:
    """A row of a sum, or the head that may stand for it and its sisters."""
    parent = form.t3_rows[key].parent
    if head_alone and parent is not None:
        return parent if form.t3_rows[parent].cells == "when_children_absent" else key
    return key


def _as_printed(form: Form, key: str, rows: Sequence[str]) -> str:
    """A row of a sum, or its head where the report prints only that."""
    parent = form.t3_rows[key].parent
    children = form.t3_children.get(parent or "", ())
    if parent in rows and not any(child in rows for child in children):
        return parent or key
    return key


def _in_order(form: Form, values: Mapping[str, Number]) -> dict[str, Number]:
    """Values in the order in which the form prints them."""
    addresses = [
        *(f"t2.{r.key}.{c.key}" for g in form.tables.t2.groups for r in g.rows for c in g.columns),
        *(f"t3.{r.key}.{c.key}" for r in form.tables.t3.rows for c in form.tables.t3.columns),
        *(f"t4.{b.key}.{o.key}" for b in form.tables.t4.blocks for o in form.tables.t4.outcomes),
    ]
    return {address: values[address] for address in addresses if address in values}
