"""The identities of the form, applied to the values of one report.

`CHECKS` lists every kind of identity; the identities themselves (codes, rows, columns,
wording, strength) are data of the form. Checks return findings and never raise; printed
values are never repaired, whatever the sums say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from index.equations import equation_of, known_of, sum_of, total_of, values_of
from index.formats import Form, Identity
from index.report import Check, Number, Status, Term, new_check, new_term
from index.status import FAILED, FAILS, HARD, HOLDS, NOT_EVALUABLE, VERIFIED

Values = Mapping[str, Number | None]
"""Address to value; None where a figure is open or blank. Absent: no such cell is printed."""


class Sheet:
    """What the checks look at: the values of one report and how its cells are called."""

    def __init__(self, form: Form, values: Values) -> None:
        """Keep the values; names of rows and columns come from the form."""
        self.form = form
        self.values = values
        self.rows: dict[str, dict[str, None]] = {}
        """Keys of the printed rows of each table, in their order."""
        for row in dict.fromkeys([address.rpartition(".")[0] for address in values]):
            table, key = row.split(".")
            self.rows.setdefault(table, {})[key] = None
        self.terms = _Terms(self)
        self.odd = {a: v for a, v in values.items() if v is not None and not _is_count(v)}
        """Values that are no counts, by their addresses."""

    def name(self, table: str, row: str, column: str) -> str:
        """``结转下年度继续办理·总计``."""
        rows, columns = self.form.names[table]
        return f"{rows.get(row, row)}·{columns.get(column, column)}"

    def term(self, address: str) -> Term:
        """The operand at an address."""
        table, row, column = address.split(".")
        return self.terms[table, row, column]

    def is_money(self, address: str) -> bool:
        """Whether a cell holds money, by its row or its column."""
        table, *keys = address.split(".")
        named = zip(self.form.terms[table], keys, strict=True)
        return any(t.key == key and t.kind == "money" for terms, key in named for t in terms)

    def printed_rows(self, identity: Identity, rows: Iterable[str]) -> tuple[str, ...]:
        """Rows of a sum as this report prints them.

        In table three, sub-rows that are not printed give way to their head (`Form.carrier`).
        Totals of an annexed table are no such heads: without its parts a total proves nothing.
        """
        if identity.table != "t3":
            return tuple(rows)
        printed = self.rows.get("t3", {})
        return tuple(dict.fromkeys([self.form.carrier(row, printed) for row in rows]))


class _Terms(dict[tuple[str, str, str], Term]):
    """Operands by table, row and column; one of several checks is made once.

    The value is None where it is open, blank or not printed.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __missing__(self, cell: tuple[str, str, str]) -> Term:
        address = ".".join(cell)
        value = self.sheet.values.get(address)
        term = self[cell] = new_term(address=address, label=self.sheet.name(*cell), value=value)
        return term


def over_columns(identity: Identity, sheet: Sheet) -> Iterator[Check]:
    """Sums of rows on both sides, in each column (T3-BAL, T3-SUM)."""
    columns = identity.scope or tuple(sheet.form.names[identity.table][1])
    left, right = (sheet.printed_rows(identity, r) for r in (identity.left, identity.right))
    labels = sheet.form.names[identity.table][1]
    for column in columns:
        yield _check(
            identity,
            column,
            f"{labels[column]}列",
            [sheet.terms[identity.table, row, column] for row in left],
            [sheet.terms[identity.table, row, column] for row in right],
        )


def over_rows(identity: Identity, sheet: Sheet) -> Iterator[Check]:
    """Sums of columns on both sides, in each printed row (T3-ROW, T4-SUM)."""
    labels = sheet.form.names[identity.table][0]
    for row in sheet.rows.get(identity.table, {}):
        if identity.scope and row not in identity.scope:
            continue
        yield _check(
            identity,
            row,
            labels.get(row, row),
            [sheet.terms[identity.table, row, column] for column in identity.left],
            [sheet.terms[identity.table, row, column] for column in identity.right],
        )


def over_cells(identity: Identity, sheet: Sheet) -> Iterator[Check]:
    """Every value is a non-negative whole number; the offending cells are the left side.

    Money may have decimals.
    """
    table = f"{identity.table}."
    odd = [(a, value) for a, value in sheet.odd.items() if a.startswith(table)]
    bad = [sheet.term(a) for a, value in odd if value < 0 or not sheet.is_money(a)]
    yield new_check(
        id=f"{identity.code}@{identity.table}",
        code=identity.code,
        scope=identity.table,
        scope_label="全表",
        strength=identity.strength,
        sentence=identity.zh,
        sentence_en=identity.en,
        left=tuple(bad),
        right=(),
        left_value=None,
        right_value=None,
        difference=None,
        outcome=FAILS if bad else HOLDS,
        equation="；".join(f"{t.label} = {t.value}" for t in bad),
        verifies=identity.verifies,
    )


CHECKS: dict[str, Callable[[Identity, Sheet], Iterator[Check]]] = {
    "columns": over_columns,
    "rows": over_rows,
    "cells": over_cells,
}
"""One function for each way an identity can run over a table."""


def run_checks(form: Form, values: Values) -> tuple[Check, ...]:
    """Every identity of the form on the tables that the report prints."""
    sheet = Sheet(form, values)
    return tuple(
        check
        for identity in form.identities
        if identity.table in sheet.rows
        for check in CHECKS[identity.over](identity, sheet)
    )


class Cover:
    """Checks by the addresses that they cover, and what the hard ones say of them."""

    def __init__(self, pairs: Iterable[tuple[Check, Collection[str]]]) -> None:
        """Take up checks, each with the addresses that it covers."""
        self.ids: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._failed: set[str] = set()
        self._held: set[str] = set()
        ids = self.ids
        for check, addresses in pairs:
            own = check.id
            for address in addresses:
                ids[address][own] = None
            if check.strength is not HARD:
                continue
            if check.outcome is FAILS:
                self._failed.update(addresses)
            elif check.outcome is HOLDS and check.verifies:
                self._held.update(addresses)

    def status(self, address: str) -> Status | None:
        """Failed where a hard check fails, else verified where one holds that verifies.

        None: no hard check says anything.
        """
        if address in self._failed:
            return FAILED
        return VERIFIED if address in self._held else None


def proven_zeros(form: Form, values: Values, blanks: Iterable[str]) -> dict[str, str]:
    """Blank cells that a hard identity proves to be 0, each with the id of its check.

    Counts are not negative: where all unknown operands stand on one side and the printed ones
    already add up, nothing is left for the blanks. Repeated until nothing more follows. A 0
    that another identity rules out is not proven: a misprint made the first one add up.
    """
    waiting = set(blanks)
    proven = _zeros_of_sums(form, values, waiting)
    while proven:
        known = {**values, **dict.fromkeys(proven, 0)}
        ruled_out = {
            address
            for check in run_checks(form, known)
            if _proves(check, form) and _is_exceeded(check.left, check.right)
            for address in check.addresses
        } & proven.keys()
        if not ruled_out:
            break
        waiting -= ruled_out
        proven = _zeros_of_sums(form, values, waiting)
    return proven


def _zeros_of_sums(form: Form, values: Values, blanks: set[str]) -> dict[str, str]:
    known = dict(values)
    waiting = set(blanks)
    proven: dict[str, str] = {}
    changed = bool(waiting)
    while changed:
        changed = False
        for check in run_checks(form, known):
            if check.outcome is not NOT_EVALUABLE or not _proves(check, form):
                continue
            for address in _residual_zero(check, waiting):
                known[address] = 0
                proven[address] = check.id
                waiting.discard(address)
                changed = True
    return proven


def _proves(check: Check, form: Form) -> bool:
    """Whether a check is a hard equation, from which something follows."""
    identity = form.identity(check.code)
    equal = identity is not None and identity.relation == "equal"
    return equal and check.verifies and check.strength is HARD


def _is_exceeded(left: Sequence[Term], right: Sequence[Term]) -> bool:
    """Whether the printed operands beside unknown ones are more than the other side.

    Then the two sides differ whatever is unknown: counts are not negative.
    """
    if any(t.value is not None and t.value < 0 for t in (*left, *right)):
        return False
    open_left, open_right = (any(t.value is None for t in side) for side in (left, right))
    if open_left == open_right:
        return False
    less, more = (left, right) if open_right else (right, left)
    return sum_of(known_of(values_of(more))) > sum_of(known_of(values_of(less)))


def _residual_zero(check: Check, blanks: set[str]) -> list[str]:
    unknown = [t.address for t in (*check.left, *check.right) if t.value is None]
    if not all(address in blanks for address in unknown):
        return []
    sides = [[t.value for t in side] for side in (check.left, check.right)]
    if all(None in side for side in sides):
        return []
    left, right = (sum_of(v for v in side if v is not None) for side in sides)
    negative = any(v is not None and v < 0 for side in sides for v in side)
    return unknown if left == right and not negative else []


def _check(
    identity: Identity, scope: str, scope_label: str, left: list[Term], right: list[Term]
) -> Check:
    bound = _is_bound(identity)
    lefts, rights = values_of(left), values_of(right)
    left_value, right_value = total_of(lefts), total_of(rights)
    outcome, difference = NOT_EVALUABLE, None
    if left_value is not None and right_value is not None:
        holds = left_value >= right_value if bound else left_value == right_value
        outcome, difference = HOLDS if holds else FAILS, left_value - right_value
    else:
        left_value = right_value = None
        if not bound and _is_exceeded(left, right):
            outcome = FAILS
    return new_check(
        id=f"{identity.code}@{scope}",
        code=identity.code,
        scope=scope,
        scope_label=scope_label,
        strength=identity.strength,
        sentence=identity.zh,
        sentence_en=identity.en,
        left=tuple(left),
        right=tuple(right),
        left_value=left_value,
        right_value=right_value,
        difference=difference,
        outcome=outcome,
        equation=equation_of(lefts, rights, outcome, bound=bound),
        verifies=identity.verifies,
    )


def _is_count(value: Number) -> bool:
    return value >= 0 and (isinstance(value, int) or value == value.to_integral_value())


def _is_bound(identity: Identity) -> bool:
    return identity.relation == "at_least"
