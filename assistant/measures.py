"""Which cells a question asks for: rows and columns heard, completed by the dialogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.lexicon import hint
from assistant.lexicon.annex import parent_of, parts_of, without_totals
from assistant.mentions import Heard, Mention
from assistant.query import Measure, Operation
from index.formats import columns_of_t2_row, load_forms

GENERIC_ROWS = frozenset({"new", "result_total"})
"""Rows that a question names in passing: 收到的申请里不予公开的 asks for the latter."""
HEADS = frozenset({"denied", "unable", "notproc", "other", "litigation"})
"""Heads named beside one of their own rows: 因为是国家秘密不予公开的 asks for the row."""
LEADS_UP = 8
"""Characters between a generic row and the one it leads up to: answered with full disclosure."""
MONEY = "amount"
"""A column that is asked for in words of its own: 罚了多少钱 never asks for the decisions."""
BALANCES = ("carried_in", "carried_out")
PARTS = frozenset(
    {
        Operation.SHARE,
        Operation.RATIO,
        Operation.SUM,
        Operation.DIFFERENCE,
        Operation.AVERAGE,
        Operation.COMPARE,
    }
)
"""Operations that may ask for a generic row beside others."""


def asked_cells(heard: Heard, operation: Operation, before: Sequence[Measure]) -> list[Measure]:
    """Cells asked for, in the order of the question; ``before`` are those of the dialogue."""
    rows = _distinct(heard.rows)
    columns = _distinct(heard.columns)
    if not rows:
        return _without_row(columns, operation, before, heard)
    rows = _without_heads(_without_parts(rows, operation), operation, heard.text)
    if len(rows) > 1 and operation not in PARTS:
        rows = [m for m in rows if m.kind == "annex" or not _is_head(m, rows)] or rows
        if not _listed(heard, rows):
            rows = [m for m in rows if m.key not in GENERIC_ROWS] or rows[-1:]
            kept = without_totals([m.key for m in rows if m.kind == "annex"], load_forms())
            rows = [m for m in rows if m.kind != "annex" or m.key in kept]
            if "each" not in heard.operations:
                rows = _most_said(heard, rows)
    if "after_change" in heard.operations and rows[0].kind == "t2":
        row = rows[0].key
        return [Measure(table="t2", row=row, column=c) for c in ("prev_items", "change")]
    return [m for row in rows for m in _cells(row, columns, operation, heard, before)]


def _listed(heard: Heard, rows: Sequence[Mention]) -> bool:
    """Whether rows are enumerated: 予以公开、部分公开和不予公开各多少."""
    ordered = sorted(rows, key=lambda m: m.span)
    between = [heard.text[a.span[1] : b.span[0]] for a, b in pairwise(ordered)]
    return any(hint("enumerated").match(text) for text in between)


def _without_parts(rows: list[Mention], operation: Operation) -> list[Mention]:
    """A head without its rows where all of them are named: 诉讼（直接起诉＋复议后起诉）."""
    keys = {m.key for m in rows}
    both = {"lit_direct", "lit_after_review"} <= keys
    if "litigation" in keys and (both or operation is Operation.SUM):
        return [m for m in rows if not m.key.startswith("lit_")]
    return rows


def _without_heads(rows: list[Mention], operation: Operation, text: str) -> list[Mention]:
    """Rows without heads that only lead up to one of their own rows, whatever is asked for.

    So in a sum or a share too: refused for state secrets, case-file refusals. But for a share,
    the generic row that leads up to another is none either: answered with full disclosure.
    """
    kept = []
    for row in rows:
        own = [m for m in rows if row.key in HEADS and m.key.startswith(f"{row.key}_")]
        if operation is not Operation.SHARE and row.key in GENERIC_ROWS:
            own = [m for m in rows if m.key not in GENERIC_ROWS and _leads_up(row, m, text)]
        if not any(_one_phrase(row, other, text) for other in own):
            kept.append(row)
    return kept


def _is_head(row: Mention, rows: Sequence[Mention]) -> bool:
    """Whether a row is a head that gives way to another; litigation only to its own blocks."""
    if row.key == "litigation":
        return any(m.key.startswith("lit_") for m in rows)
    return row.key in HEADS


def _between(one: Mention, other: Mention, text: str) -> str:
    return text[min(one.span[1], other.span[1]) : max(one.span[0], other.span[0])]


def _leads_up(one: Mention, other: Mention, text: str) -> bool:
    """Whether a word or so of English is all that stands between two rows."""
    between = _between(one, other, text)
    return between.isascii() and len(between) <= LEADS_UP


def _one_phrase(one: Mention, other: Mention, text: str) -> bool:
    """Whether nothing that tells two things apart stands between two rows."""
    return hint("apart").search(_between(one, other, text)) is None


def _most_said(heard: Heard, rows: list[Mention]) -> list[Mention]:
    """Of rows of one table that are not enumerated, the one that most words speak of."""
    said = {
        row: sum(m.size for m in heard.rows if (m.kind, m.key) == (row.kind, row.key))
        for row in rows
    }
    most = max(said.values())
    return [row for row in rows if said[row] == most]


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    seen: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        seen.setdefault((mention.kind, mention.key), mention)
    return list(seen.values())


def _cells(
    row: Mention,
    columns: list[Mention],
    operation: Operation,
    heard: Heard,
    before: Sequence[Measure],
) -> list[Measure]:
    """The cells of one row: columns named for its table, those of the dialogue, or its usual."""
    own = [c for c in columns if c.kind == row.kind]
    if row.kind == "t2":
        known = columns_of_t2_row(row.key)
        if operation in (Operation.GROWTH, Operation.DIFFERENCE):
            own = [c for c in own if c.key not in ("change", "prev_items")]
        own = [c for c in own if c.key in known or c.key == MONEY]
    if not own and row.kind == "t3":
        own = [
            Mention("t3", m.column, (0, 0), strong=False)
            for m in before
            if m.table == "t3" and m.column not in (None, "*", "total")
        ]
    bare = not own or (row.kind == "t4" and all(c.key == "total" for c in own))
    spread = "each" in heard.operations and operation is not Operation.AVERAGE
    if spread and row.kind == "annex" and len({m.key for m in heard.rows}) == 1:
        parts = [part.key for part in parts_of(row.key, load_forms())]
        return [Measure(table="annex", row=key) for key in parts or [row.key]]
    if spread and bare and row.kind in ("t3", "t4"):
        return [Measure(table=row.kind, row=row.key, column="*")]
    specific = [c for c in own if c.key != "total"] or own
    if not specific:
        return [Measure(table=row.kind, row=row.key)]
    return [Measure(table=row.kind, row=row.key, column=c.key) for c in specific]


def _without_row(
    columns: list[Mention], operation: Operation, before: Sequence[Measure], heard: Heard
) -> list[Measure]:
    """Only a column, or only an operation: the row comes from the dialogue, or is 新收."""
    if before and not heard.residual:
        table = before[-1].table
        own = [c for c in columns if c.kind == table]
        if operation is Operation.SHARE:  # 占总数多少: the total is the whole
            own = [c for c in own if c.key != "total"]
        if own:
            found = {m.model_copy(update={"column": c.key}): None for m in before for c in own}
            return list(found)
        return list(before)
    applicants = [c for c in columns if c.kind == "t3" and c.key != "total"]
    if applicants and not heard.residual:
        return [Measure(table="t3", row="new", column=c.key) for c in applicants]
    return []


def share_of(heard: Heard, measures: Sequence[Measure]) -> tuple[Measure | None, Measure | None]:
    """Part and whole of a share: what stands after 占 is the whole, else a generic row.

    None where the question does not say enough.
    """
    wholes = {
        (m.kind, m.key)
        for m in heard.rows
        if hint("whole_after").search(heard.text[: m.span[0]].replace("\x00", ""))
    }
    parts = [m for m in measures if (m.table, m.row) not in wholes] or list(measures)
    specific = [m for m in parts if m.row not in GENERIC_ROWS] or parts
    if not specific:
        return None, None
    part = specific[0]
    if part.table == "annex":
        kept = without_totals([m.row for m in parts if m.table == "annex"], load_forms())
        part = next(m for m in parts if m.row in kept)
    named = [m for m in measures if (m.table, m.row) in wholes and m.row != part.row]
    if named:
        return part, named[0]
    if part.table == "t4":
        heads = [m for m in measures if m.row == "litigation" and part.row.startswith("lit_")]
        return part, heads[0] if heads else _total(part)
    if part.table == "annex":
        return part, _above(part, measures)
    if part.table != "t3":
        return part, None
    generic = [m for m in measures if m.row in GENERIC_ROWS and m.row != part.row]
    if generic:
        return part, Measure(table="t3", row=generic[0].row, column=part.column)
    if part.column not in (None, "total") and not hint("outcome_of_requests").search(heard.text):
        return part, _total(part)
    if part.row in GENERIC_ROWS or part.row in BALANCES:
        return part, _total(part)
    name = "new" if hint("outcome_of_requests").search(heard.text) else "result_total"
    return part, Measure(table="t3", row=name, column=part.column)


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
