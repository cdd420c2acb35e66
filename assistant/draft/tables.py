"""The cells of a draft: carried, given, totals computed, and every identity run on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.draft.layout import value_spots
from assistant.draft.model import DraftCell, Found, Origin
from index.checks import Sheet, run_checks
from index.equations import sum_of
from index.formats import Form, Identity
from index.report import Check, Number, Outcome, Strength

Values = dict[str, Number | None]


def fill_cells(
    form: Form, found: Iterable[tuple[Origin, Mapping[str, Found]]], withheld: Iterable[str]
) -> tuple[DraftCell, ...]:
    """Every cell of the form, in order.

    Args:
        form: the form of the year.
        found: values by address with their origin; later ones go before earlier ones.
        withheld: cells about which there is a problem; no total is computed for them.
    """
    known = {address: (origin, own) for origin, values in found for address, own in values.items()}
    values: Values = {a: known[a][1].value if a in known else None for a in value_spots(form)}
    totals = compute_totals(form, values, frozenset(withheld))
    known |= {address: (Origin.COMPUTED, total) for address, total in totals.items()}
    sheet = Sheet(form, {})
    return tuple(
        _cell(address, sheet.name(*address.split(".")), known.get(address)) for address in values
    )


def _cell(address: str, label: str, known: tuple[Origin, Found] | None) -> DraftCell:
    if known is None:
        return DraftCell(address=address, label=label)
    origin, found = known
    return DraftCell(
        address=address, label=label, value=found.value, origin=origin, source=found.source
    )


def is_total(identity: Identity | None) -> bool:
    """Whether an identity says what a total is made of: one cell equals a sum of others."""
    return (
        identity is not None
        and identity.strength is Strength.HARD
        and identity.relation == "equal"
        and len(identity.left) == 1
    )


def total_addresses(form: Form) -> frozenset[str]:
    """Addresses of the totals that are computed where the clerk leaves them."""
    checks = run_checks(form, dict.fromkeys(value_spots(form)))
    return frozenset(c.left[0].address for c in checks if is_total(form.identity(c.code)))


def compute_totals(
    form: Form, values: Mapping[str, Number | None], but: frozenset[str]
) -> dict[str, Found]:
    """Totals that are empty and whose parts are all known, with their equations.

    Repeated until nothing more follows: the total of all outcomes is one of totals.
    """
    known: Values = dict(values)
    totals: dict[str, Found] = {}
    while True:
        found = {
            check.left[0].address: check
            for check in reversed(run_checks(form, known))  # the first to say so is kept
            if check.outcome is Outcome.NOT_EVALUABLE
            and is_total(form.identity(check.code))
            and check.left[0].value is None
            and check.left[0].address not in but
            and all(term.value is not None for term in check.right)
        }
        if not found:
            return totals
        for address, check in found.items():
            known[address] = total = sum_of(t.value for t in check.right if t.value is not None)
            totals[address] = Found(value=total, source=f"{check.code} {check.sentence}")


def light(
    cells: Iterable[DraftCell], checks: Iterable[Check], reasons: Mapping[str, str]
) -> tuple[DraftCell, ...]:
    """The cells, each with the failing checks it stands in and what is wrong with it.

    Args:
        cells: the draft's cells.
        checks: all checks run on them.
        reasons: why a cell is open, by address.
    """
    failing = [check for check in checks if check.fails]
    lit = []
    for cell in cells:
        own = [check for check in failing if cell.address in check.addresses]
        told = [f"{check.code} {check.sentence}：{check.equation}" for check in own]
        if cell.address in reasons:
            told.append(reasons[cell.address])
        strengths = {check.strength for check in own}
        update = {
            "checks": tuple(check.id for check in own),
            "breach": next((s for s in Strength if s in strengths), None),  # hard comes first
            "problem": "；".join(told) or None,
        }
        lit.append(cell.model_copy(update=update))
    return tuple(lit)
