"""Which cells a question asks for: rows and columns heard, completed by the dialogue."""

from __future__ import annotations

import re

from assistant.lexicon.annex import parent_of, parts_of, without_totals
from assistant.mentions import Heard, Mention
from assistant.query import Measure, Operation, Query
from index.formats import columns_of_t2_row, load_forms

GENERIC_ROWS = frozenset({"new", "result_total"})
"""Rows that a question names in passing: 收到的申请里不予公开的 asks for the latter."""
HEADS = frozenset({"denied", "unable", "notproc", "other", "litigation"})
"""Heads named beside one of their own rows: 因为是国家秘密不予公开的 asks for the row."""
OUTCOME_OF_REQUESTS = re.compile(
    r"申请(里|中|当中|之中|里面)|of (all |the )?(\w+ )?(requests|applications)"
)
MONEY = "amount"
"""A column that is asked for in words of its own: 罚了多少钱 never asks for the decisions."""
MIXED = frozenset({Operation.SHARE, Operation.SUM, Operation.EACH, Operation.DIFFERENCE})
WHOLE = re.compile(r"(占|在|out of|of)(了)?(the |all )?$")
"""What stands before the denominator of a share."""


def asked_cells(
    heard: Heard, operation: Operation, last: Query | None
) -> tuple[tuple[Measure, ...], Measure | None]:
    """Cells asked for, and the denominator of a share."""
    rows = _distinct(heard.rows)
    columns = _distinct(heard.columns)
    before = last.measures if last is not None else ()
    if not rows:
        return _measures_without_row(columns, operation, before, heard)
    if operation not in MIXED and len(rows) > 1:
        kept = without_totals([m.key for m in rows if m.kind == "annex"], load_forms())
        rows = [m for m in rows if m.kind != "annex" or m.key in kept]
        for passing in (GENERIC_ROWS, HEADS):
            rows = [m for m in rows if m.key not in passing] or rows[-1:]
    if operation is Operation.SHARE:
        return _share(rows, columns, heard, before)
    if operation is Operation.SUM and "after_change" in heard.operations and rows[0].kind == "t2":
        row = rows[0].key
        return (
            Measure(table="t2", row=row, column="prev_items"),
            Measure(table="t2", row=row, column="change"),
        ), None
    return tuple(m for row in rows for m in _cells(row, columns, heard, before)), None


def _distinct(mentions: list[Mention]) -> list[Mention]:
    seen: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        seen.setdefault((mention.kind, mention.key), mention)
    return list(seen.values())


def _cells(
    row: Mention, columns: list[Mention], heard: Heard, before: tuple[Measure, ...]
) -> list[Measure]:
    """The cells of one row: columns named for its table, those of the dialogue, or its usual."""
    own = [c for c in columns if c.kind == row.kind]
    if row.kind == "t2":
        known = columns_of_t2_row(row.key)
        own = [c for c in own if c.key in known or c.key == MONEY]
    if not own and row.kind == "t3":
        own = [
            Mention("t3", m.column, (0, 0), strong=False)
            for m in before
            if m.table == "t3" and m.column not in (None, "*")
        ]
    every = "each" in heard.operations and (row.kind == "t4" or not own)
    if every and row.kind == "annex" and len({m.key for m in heard.rows}) == 1:
        parts = [part.key for part in parts_of(row.key, load_forms())]
        return [Measure(table="annex", row=key) for key in parts or [row.key]]
    if every and all(c.key == "total" for c in own):
        return [Measure(table=row.kind, row=row.key, column="*")]
    specific = [c for c in own if c.key != "total"] or own
    if not specific:
        return [Measure(table=row.kind, row=row.key)]
    return [Measure(table=row.kind, row=row.key, column=c.key) for c in specific]


def _measures_without_row(
    columns: list[Mention], operation: Operation, before: tuple[Measure, ...], heard: Heard
) -> tuple[tuple[Measure, ...], Measure | None]:
    """Only a column, or only an operation: the row comes from the dialogue, or is 新收."""
    if before and not heard.residual:
        if operation is Operation.SHARE and all(c.key == "total" for c in columns):
            whole = before[-1].model_copy(update={"column": "total"})
            return before[-1:], whole
        own = [c for c in columns if c.kind == before[-1].table]
        if own:
            return tuple(
                {m.model_copy(update={"column": c.key}): None for m in before for c in own}
            ), None
        return before, None
    applicants = [c for c in columns if c.kind == "t3" and c.key != "total"]
    if applicants and not heard.residual:
        rows = [Mention("t3", "new", (0, 0), strong=False)]
        if operation is Operation.SHARE:
            return _share(rows, applicants, heard, ())
        return tuple(Measure(table="t3", row="new", column=c.key) for c in applicants), None
    return (), None


def _share(
    rows: list[Mention], columns: list[Mention], heard: Heard, before: tuple[Measure, ...]
) -> tuple[tuple[Measure, ...], Measure | None]:
    """Numerator and denominator: what stands after 占 is the whole, else a generic row."""
    wholes = [m for m in rows if WHOLE.search(heard.text[: m.span[0]])]
    parts = [m for m in rows if m not in wholes]
    specific = [m for m in parts if m.key not in GENERIC_ROWS] or parts[:1]
    if not specific:
        whole = Measure(table=wholes[0].kind, row=wholes[0].key)
        return before[-1:], whole if before else None
    part = specific[0]
    own = [c for c in columns if c.kind == part.kind and c.key != "total"]
    column = own[0].key if own else None
    numerator = Measure(table=part.kind, row=part.key, column=column)
    if part.kind == "t4":
        return (numerator,), Measure(table="t4", row=part.key, column="total")
    if part.kind == "annex":
        total = wholes[0].key if wholes else parent_of(part.key, load_forms())
        if total is None:
            return (), None
        return (numerator,), Measure(table="annex", row=total)
    if part.kind != "t3":
        return (), None
    generic = [
        m for m in (*wholes, *rows) if m is not part and (m in wholes or m.key in GENERIC_ROWS)
    ]
    if generic:
        return (numerator,), Measure(table="t3", row=generic[0].key, column=column)
    if part.key in GENERIC_ROWS or part.key in ("carried_in", "carried_out"):
        return (numerator,), Measure(table="t3", row=part.key, column="total")
    name = "new" if OUTCOME_OF_REQUESTS.search(heard.text) else "result_total"
    return (numerator,), Measure(table="t3", row=name, column=column)
