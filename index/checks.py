"""The identities of the form, applied to the values of one report.

Where they apply is told by `index.applied`; the identities themselves (codes, rows, columns,
wording, strength) are data of the form. Checks return findings and never raise; printed
values are never repaired, whatever the sums say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from index.applied import Applied, applied
from index.equations import Values, equation_of, is_exceeded, total_of, values_of
from index.formats import Form
from index.report import Check, Number, Outcome, Status, Term, new_check, new_term
from index.status import FAILED, FAILS, HARD, HOLDS, NOT_EVALUABLE, VERIFIED


class Sheet:
    """What the checks look at: the values of one report and how its cells are called."""

    def __init__(self, form: Form, values: Values) -> None:
        """Keep the values; names of rows and columns come from the form."""
        self.form = form
        self.values = values
        self.terms = _Terms(self)
        self.odd = {a: v for a, v in values.items() if v is not None and not _is_count(v)}
        """Values that are no counts, by their addresses."""

    def name(self, table: str, row: str, column: str) -> str:
        """``结转下年度继续办理·总计``."""
        rows, columns = self.form.names[table]
        return f"{rows.get(row, row)}·{columns.get(column, column)}"

    def is_money(self, address: str) -> bool:
        """Whether a cell holds money, by its row or its column."""
        table, *keys = address.split(".")
        named = zip(self.form.terms[table], keys, strict=True)
        return any(t.key == key and t.kind == "money" for terms, key in named for t in terms)


class _Terms(dict[str, Term]):
    """Operands by address; one of several checks is made once.

    The value is None where it is open, blank or not printed.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __missing__(self, address: str) -> Term:
        label, value = self.sheet.name(*address.split(".")), self.sheet.values.get(address)
        term = self[address] = new_term(address=address, label=label, value=value)
        return term


def run_checks(form: Form, values: Values) -> tuple[Check, ...]:
    """Every identity of the form on the tables that the report prints."""
    sheet = Sheet(form, values)
    return tuple(
        _cells_check(place, sheet) if place.identity.over == "cells" else _check(place, sheet)
        for place in applied(form, values)
    )


def _cells_check(place: Applied, sheet: Sheet) -> Check:
    """Every value is a non-negative whole number; the offending cells are the left side.

    Money may have decimals.
    """
    table = f"{place.identity.table}."
    odd = [(a, value) for a, value in sheet.odd.items() if a.startswith(table)]
    bad = [sheet.terms[a] for a, value in odd if value < 0 or not sheet.is_money(a)]
    equation = "；".join(f"{t.label} = {t.value}" for t in bad)
    outcome = FAILS if bad else HOLDS
    return _made(place, bad, [], (None, None), outcome=outcome, equation=equation)


def _check(place: Applied, sheet: Sheet) -> Check:
    """A sum beside another; where an operand is not known, whether they can be equal at all."""
    bound, terms = place.is_bound, sheet.terms
    left, right = [terms[a] for a in place.left], [terms[a] for a in place.right]
    lefts, rights = values_of(left), values_of(right)
    first, second = total_of(lefts), total_of(rights)
    if first is not None and second is not None:
        outcome = HOLDS if (first >= second if bound else first == second) else FAILS
    else:
        first = second = None
        outcome = FAILS if not bound and is_exceeded(lefts, rights) else NOT_EVALUABLE
    equation = equation_of(lefts, rights, outcome, bound=bound)
    return _made(place, left, right, (first, second), outcome=outcome, equation=equation)


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


def _made(
    place: Applied,
    left: list[Term],
    right: list[Term],
    values: tuple[Number | None, Number | None],
    *,
    outcome: Outcome,
    equation: str,
) -> Check:
    identity, (first, second) = place.identity, values
    return new_check(
        id=place.id,
        code=identity.code,
        scope=place.scope,
        scope_label=place.label,
        strength=identity.strength,
        sentence=identity.zh,
        sentence_en=identity.en,
        left=tuple(left),
        right=tuple(right),
        left_value=first,
        right_value=second,
        difference=first - second if first is not None and second is not None else None,
        outcome=outcome,
        equation=equation,
        verifies=identity.verifies,
    )


def _is_count(value: Number) -> bool:
    return value >= 0 and (isinstance(value, int) or value == value.to_integral_value())
