"""What a share is of, and what of it is the share."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lexicon import hint
from assistant.lexicon.annex import parent_of, without_totals
from assistant.query import Measure
from assistant.understanding.heard import Heard
from assistant.understanding.qualified import SUITS, children_of, taken_from
from assistant.understanding.rows import GENERIC_ROWS, listed
from assistant.words.mentions import MASK, Mention, mask
from index.formats import load_forms

BALANCES = ("carried_in", "carried_out")


def share_of(
    heard: Heard, measures: Sequence[Measure]
) -> tuple[tuple[Measure, ...], tuple[Measure, ...]]:
    """Parts and wholes of a share; what stands after 占 is the whole, else a generic row.

    Several parts, and several wholes, are to be summed; empty where the question does not say
    enough.
    """
    wholes = wholes_of(heard) | _heads_of_parts(heard, measures)
    parts = [m for m in measures if (m.table, m.row) not in wholes]
    parts = parts or [m for m in measures if m.column not in (None, "total")] or list(measures)
    specific = [m for m in parts if m.row not in GENERIC_ROWS] or parts
    specific = [m for m in specific if m.column != "concluded"] or specific
    if not specific:
        return (), ()
    part = specific[0]
    if part.table == "annex":
        kept = without_totals([m.row for m in parts if m.table == "annex"], load_forms())
        part = next(m for m in parts if m.row in kept)
    several = _several_parts(heard, specific)
    if len(set(specific)) > 1 and not several and part.table != "annex":
        return (), ()
    summed = tuple(specific) if several else (part,)
    rows = {m.row: m for m in measures if (m.table, m.row) in wholes}
    named = [_total(m) if m.row == part.row else _whole(m, part) for m in rows.values()]
    named = [m for m in named if m not in summed]
    if len({m.row for m in summed}) > 1:
        part = part.model_copy(update={"row": ""})
    return summed, tuple(named) or _whole_unsaid(heard, part, measures)


def wholes_of(heard: Heard) -> set[tuple[str, str]]:
    """Rows that a share is said to be of: 占办结总数, and what is enumerated with one."""
    found: set[tuple[str, str]] = set()
    last: Mention | None = None
    bare = mask(heard.text, (span for m in heard.columns for span in m.words))  # 占个人新提的
    for row in sorted(heard.rows, key=lambda m: m.span):
        before = bare[: row.span[0]].replace(MASK, "")
        beside = last is not None and hint("enumerated").match(
            heard.text[last.span[1] : row.span[0]]
        )
        named = hint("whole_after").search(before) or hint("whole_behind").match(
            heard.text[row.span[1] :]
        )
        if named or beside:
            found.add((row.kind, row.key))
            last = row
        else:
            last = None
    return found


def _several_parts(heard: Heard, parts: Sequence[Measure]) -> bool:
    """Whether the share of several cells is asked for, together or each: 甲和乙合计占总数的比例."""
    if len(parts) == 1 or len({m.table for m in parts}) > 1:
        return False
    if "each" in heard.operations:
        return True
    rows = [m for m in heard.rows if m.key in {part.row for part in parts}]
    said = {"sum", "compare"} & heard.operations or hint("together").search(heard.text)
    return bool(said) or listed(heard, rows)


def _whole(named: Measure, part: Measure) -> Measure:
    """What a share is of, once named: in the column of the part unless it names its own."""
    if named.column is None and part.table == named.table == "t3":
        return named.model_copy(update={"column": part.column})
    if named.table == "t4":
        return _total(named)
    return named


def _whole_unsaid(heard: Heard, part: Measure, measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """What a share is of where the question names no whole; empty where nothing says so."""
    if part.table == "t4":
        concluded = part.model_copy(update={"column": "concluded"})
        if concluded in measures and concluded != part:
            return (concluded,)
        heads = [m for m in measures if m.row == "litigation" and part.row in SUITS]
        return (heads[0] if heads else _total(part),)
    if part.table == "annex":
        above = _above(part, measures)
        return (above,) if above is not None else ()
    if part.table != "t3":
        return ()
    if hint("outcome_rate").search(heard.text):  # 办结率: of all that was to be handled
        of = ("new", "carried_in") if part.row == "result_total" else ("result_total",)
        return tuple(Measure(table="t3", row=row, column=part.column) for row in of)
    return (_whole_in_table_three(heard, part, measures),)


def _whole_in_table_three(heard: Heard, part: Measure, measures: Sequence[Measure]) -> Measure:
    generic = [m for m in measures if m.row in GENERIC_ROWS and m.row != part.row]
    if generic:
        return Measure(table="t3", row=generic[0].row, column=part.column)
    within = any(m.key == part.row and taken_from(m, heard.text) for m in heard.rows)
    of_requests = not within and hint("outcome_of_requests").search(heard.text)
    if part.row and part.column not in (None, "total") and not of_requests:
        return _total(part)
    if part.row in GENERIC_ROWS or part.row in BALANCES:
        return _total(part)
    name = "new" if of_requests else "result_total"
    return Measure(table="t3", row=name, column=part.column)


def said_whole(heard: Heard) -> int | None:
    """The number that a share is of, where the question states it: 那9件里不掌握的占比."""
    said = hint("said_whole").search(heard.text)
    return int(said["whole"]) if said is not None else None


def _heads_of_parts(heard: Heard, measures: Sequence[Measure]) -> set[tuple[str, str]]:
    """Heads of which a row under them is the share: 不予公开的申请里国家秘密的占比."""
    asked = {m.row for m in measures if m.table == "t3"}
    heads = (m for m in heard.rows if m.kind == "t3" and taken_from(m, heard.text))
    return {("t3", m.key) for m in heads if asked & children_of(m.key)}


def _above(part: Measure, measures: Sequence[Measure]) -> Measure | None:
    """The whole of a row of an annexed table: one named beside it, else the row it stands under."""
    forms = load_forms()
    for other in measures:
        if other.table == "annex" and without_totals([part.row, other.row], forms) == [part.row]:
            return other
    row = parent_of(part.row, forms)
    return Measure(table="annex", row=row) if row is not None else None


def _total(part: Measure) -> Measure:
    return part.model_copy(update={"column": "total"})
