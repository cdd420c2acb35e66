"""Reports beside each other: a body's years, copies of one report, a government and its units.

`ACROSS` lists what is looked at. Identities between two years are data of the form
(``across`` in ``formats/*.yaml``), the rest is worded in ``words/checks.yaml``. Only figures
that may be stated are compared; a finding belongs to the report of its first left term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from index.across.abstract import Abstract
from index.across.findings import Place, compare, term_of
from index.across.series import Series
from index.across.units import NO_UNITS, Units, check_units
from index.formats import Form, Identity, form_named, key_of
from index.report import Check, Outcome, Strength, Term
from index.words.across import load_across
from index.words.checks import load_claims

MOST_SHOWN = 10
"""Cells that an equation lists of two copies."""
ANSCOMBE = Decimal("0.375")


def check_across(abstracts: Sequence[Abstract], units: Units = NO_UNITS) -> Iterator[Check]:
    """What holds and fails between reports, one check after the other.

    Args:
        abstracts: of all reports that are to be compared, in any order.
        units: bodies whose reports a government's report is the sum of, by the government.
    """
    series = Series(abstracts)
    for find in ACROSS.values():
        yield from find(series)
    yield from check_units(series, units)


def years_agree(series: Series) -> Iterator[Check]:
    """What the later of two forms demands of consecutive years; not across unlike forms."""
    for later, earlier in series.pairs():
        form, before = form_named(later.form), form_named(earlier.form)
        if form is None or before is None:
            continue
        for identity in form.across:
            if _comparable(identity, before) and _print(identity.table, later, earlier):
                yield from _over_scope(identity, form, later, earlier)


def _comparable(identity: Identity, before: Form) -> bool:
    """Whether the earlier form has the rows and columns that the identity takes from it."""
    keys = {key for key, last in map(key_of, (*identity.left, *identity.right)) if last}
    rows, columns = ({t.key for t in terms} for terms in before.terms[identity.table])
    named, scoped = (rows, columns) if identity.over == "columns" else (columns, rows)
    return keys <= named and set(identity.scope) <= scoped


def _print(table: str, *abstracts: Abstract) -> bool:
    """Whether all of the reports have some cell of a table."""
    return all(any(a.startswith(f"{table}.") for a in each.cells) for each in abstracts)


def _over_scope(
    identity: Identity, form: Form, later: Abstract, earlier: Abstract
) -> Iterator[Check]:
    rows, columns = form.names[identity.table]
    down = identity.over == "columns"

    def check(scope: str) -> Check:
        def term(key: str) -> Term:
            name, last = key_of(key)
            row, column = (name, scope) if down else (scope, name)
            called = f"{rows.get(row, row)}·{columns.get(column, column)}"
            return term_of(earlier if last else later, f"{identity.table}.{row}.{column}", called)

        label = f"{columns[scope]}列" if down else rows[scope]
        return compare(
            identity,
            Place(scope, f"{label}，{earlier.year}→{later.year}年", earlier.report),
            [term(key) for key in identity.left],
            [term(key) for key in identity.right],
            bound=identity.relation == "at_least",
        )

    checks = [check(scope) for scope in identity.scope]
    moved = any(c.scope == identity.whole and c.outcome is Outcome.HOLDS for c in checks)
    for found in checks:
        if moved and found.fails:  # from one part of the whole to another
            yield found.model_copy(update={"strength": Strength.INFO})
        else:
            yield found


def copies_agree(series: Series) -> Iterator[Check]:
    """Two reports of one body and year that differ; nothing where they agree."""
    claim = load_claims("across")["X-SAME"]
    for one, other in series.copies():
        if one.form != other.form:
            continue
        shared = [a for a in one.cells if a in other.cells]
        pairs = [(term_of(one, a, ""), term_of(other, a, "")) for a in shared]
        apart = [(a, b) for a, b in pairs if a.value != b.value and None not in (a.value, b.value)]
        if not apart:
            continue
        said = [f"{a.label}：{a.value} ≠ {b.value}" for a, b in apart[:MOST_SHOWN]]
        more = [f"另有 {len(apart) - MOST_SHOWN} 处"] if len(apart) > MOST_SHOWN else []
        place = Place("tables", f"与 {other.source_file}", other.report)
        left, right = [a for a, _ in apart], [b for _, b in apart]
        found = compare(claim, place, left, right)
        yield found.model_copy(
            update={
                "outcome": Outcome.FAILS,
                "equation": "；".join((*said, *more)),
                "left_value": None,
                "right_value": None,
                "difference": None,
            }
        )


def no_jumps(series: Series) -> Iterator[Check]:
    """Counts that changed out of all proportion from one year to the next; nothing else."""
    claim, jumps = load_claims("across")["X-JUMP"], load_across().jumps
    for later, earlier in series.pairs():
        unlike = jumps.unlike.get(later.year or 0, ())
        for address in jumps.cells:
            now, last = (term_of(each, address, "") for each in (later, earlier))
            if address in unlike or not is_jump(now.value, last.value):
                continue
            label = f"{now.label.partition('·')[2]}，{earlier.year}→{later.year}年"
            found = compare(claim, Place(address, label, earlier.report), [now], [last])
            yield found.model_copy(update={"equation": f"{last.value} → {now.value}"})


def is_jump(now: int | Decimal | None, last: int | Decimal | None) -> bool:
    """Whether two counts are further apart than chance and usual growth can bring them.

    Both must be so: the residual 2(√(x+3/8) − √(y+3/8)) / √2, which has a variance of 1 where
    both are Poisson counts of one mean (Anscombe 1948), and their ratio. Thresholds are those of
    ``words/across.yaml``. None, and what is no count, is no jump.
    """
    if not isinstance(now, int) or not isinstance(last, int) or min(now, last) < 0:
        return False
    jumps = load_across().jumps
    apart = (now + ANSCOMBE).sqrt() - (last + ANSCOMBE).sqrt()
    return 2 * apart**2 >= jumps.residual**2 and max(now, last) >= jumps.ratio * min(now, last)


ACROSS: Mapping[str, Callable[[Series], Iterator[Check]]] = {
    "years": years_agree,
    "X-SAME": copies_agree,
    "X-JUMP": no_jumps,
}
"""One function for each way in which reports are held against each other."""
