"""Which cells a question asks for: rows and columns heard, completed by the dialogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.lexicon import hint
from assistant.lexicon.annex import parent_of, parts_of, without_totals
from assistant.query import Measure, Operation
from assistant.understanding.heard import Heard
from assistant.understanding.intent import items_now, sets_changes_apart
from assistant.understanding.qualified import (
    SUITS,
    asked_rows,
    children_of,
    parts_of_head,
    taken_from,
)
from assistant.words.mentions import MASK, Mention, mask
from index.formats import columns_of_t2_row, load_forms

GENERIC_ROWS = frozenset({"new", "result_total"})
"""Rows that a question names in passing: 收到的申请里不予公开的 asks for the latter."""
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


OF_ONE_CELL = frozenset(
    {Operation.AVERAGE, Operation.SUM, Operation.RANK, Operation.COUNT, Operation.WHICH}
)
"""Operations that take one cell of each report: 各单位 beside them says of which reports."""


def asked_cells(heard: Heard, operation: Operation, before: Sequence[Measure]) -> list[Measure]:
    """Cells asked for, in the order of the question; ``before`` are those of the dialogue."""
    of_wholes = operation is Operation.RATIO or "share" in heard.operations
    rows = _distinct(asked_rows(heard, of_wholes=of_wholes))
    columns = _distinct(heard.columns)
    if not rows:
        return _without_row(columns, operation, before, heard)
    rows = _without_heads(_without_parts(rows, operation), operation, heard.text)
    if len(rows) > 1 and operation not in PARTS and not of_wholes:
        rows = _without_own_heads(rows)
        if not _listed(heard, rows):
            rows = [m for m in rows if m.key not in GENERIC_ROWS] or rows[-1:]
            kept = without_totals([m.key for m in rows if m.kind == "annex"], load_forms())
            rows = [m for m in rows if m.kind != "annex" or m.key in kept]
            if "each" not in heard.operations:
                rows = _most_said(heard, rows)
    if operation is Operation.SUM or hint("together").search(heard.text):
        rows = _to_be_handled(rows, heard.text)
    if ("after_change" in heard.operations or items_now(heard)) and rows[0].kind == "t2":
        row = rows[0].key
        return [Measure(table="t2", row=row, column=c) for c in ("prev_items", "change")]
    return [m for row in rows for m in _cells(row, columns, operation, heard, before)]


def _to_be_handled(rows: list[Mention], text: str) -> list[Mention]:
    """Rows with what was carried in where 结转 alone is added to what is new: all to be handled."""
    if "new" not in {m.key for m in rows}:
        return rows
    bare = hint("bare_carry")
    return [
        replace(m, key="carried_in")
        if m.key == "carried_out" and bare.fullmatch(text[slice(*m.span)])
        else m
        for m in rows
    ]


def _without_own_heads(rows: list[Mention]) -> list[Mention]:
    """Rows without the heads of others among them: 因为是国家秘密不予公开的 asks for the row."""
    keys = {(m.kind, m.key) for m in rows if m.kind != "annex"}
    return [m for m in rows if not {(m.kind, key) for key in children_of(m.key)} & keys]


def _listed(heard: Heard, rows: Sequence[Mention]) -> bool:
    """Whether rows are enumerated: 予以公开、部分公开和不予公开各多少."""
    keys = {(m.kind, m.key) for m in rows}
    named = sorted((m for m in heard.rows if (m.kind, m.key) in keys), key=lambda m: m.span)
    text = mask(heard.text, (m.span for m in heard.rows if m not in named))
    return any(
        hint("enumerated").match(text[a.span[1] : b.span[0]].replace(MASK, ""))
        for number, (a, b) in enumerate(pairwise(named), 1)
        if b.key not in {m.key for m in named[:number]}
    )


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
        own = [m for m in rows if m.key in children_of(row.key)]
        if operation is not Operation.SHARE and row.key in GENERIC_ROWS:
            own = [m for m in rows if m.key not in GENERIC_ROWS and _leads_up(row, m, text)]
        if not any(_one_phrase(row, other, text) for other in own):
            kept.append(row)
    return kept


def _between(one: Mention, other: Mention, text: str) -> str:
    return text[min(one.span[1], other.span[1]) : max(one.span[0], other.span[0])]


def _leads_up(one: Mention, other: Mention, text: str) -> bool:
    """Whether a word or so of English is all that stands between two rows.

    A mere space or quotation mark is less than a word: answered "information not held".
    """
    between = _between(one, other, text)
    english = between.isascii() and text[slice(*one.span)].isascii()
    return english and len(between) <= LEADS_UP


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


def _of_t2(row: str, columns: list[Mention], operation: Operation, heard: Heard) -> list[Mention]:
    """The columns of a row of table two; words of a change that is computed name none."""
    if sets_changes_apart(heard):
        columns = [c for c in columns if c.key == "change"]
    elif operation in (Operation.GROWTH, Operation.DIFFERENCE):
        since = operation is Operation.GROWTH or hint("grown").search(heard.text)
        moved = ("change", "prev_items") if since else ("change",)
        columns = [c for c in columns if c.key not in moved]
    known = columns_of_t2_row(row)
    return [c for c in columns if c.key in known or c.key == MONEY]


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
        own = _of_t2(row.key, own, operation, heard)
    if not own and _goes_on(row, heard.text):
        carried = (m.column for m in before if m.table == row.kind and m.column not in (None, "*"))
        own = [
            Mention(row.kind, str(column), (0, 0), strong=False)
            for column in dict.fromkeys(carried)
            if column not in (None, "total")
        ]
    spread = "each" in heard.operations and operation not in OF_ONE_CELL
    spread = spread and (row.kind, row.key) not in wholes_of(heard)
    many = heard.several or len({m.key for m in heard.rows}) > 1
    spread = spread and not (many and not hint("spread").search(heard.text))
    parts = parts_of_head(row.key) if row.kind == "t3" else ()
    if spread and parts and not own:
        return [Measure(table="t3", row=key) for key in parts]
    left = {m.key for m in heard.left_out} & set(parts)
    if left:  # a head without some of its rows
        names: list[str | None] = [c.key for c in own if c.key != "total"]
        rest = [key for key in parts if key not in left]
        return [Measure(table="t3", row=k, column=c) for k in rest for c in names or [None]]
    bare = not own or (row.kind == "t4" and all(c.key == "total" for c in own))
    if spread and row.kind == "annex" and len({m.key for m in heard.rows}) == 1:
        annexed = [part.key for part in parts_of(row.key, load_forms())]
        return [Measure(table="annex", row=key) for key in annexed or [row.key]]
    if spread and bare and row.kind in ("t3", "t4"):
        return [Measure(table=row.kind, row=row.key, column="*")]
    specific = _without_total(own, operation, heard.text)
    if not specific:
        of_money = row.key == "fees" and operation in (Operation.COUNT, Operation.WHICH)
        return [Measure(table=row.kind, row=row.key, column=MONEY if of_money else None)]
    if _total_first(row, specific, heard.text):
        specific = [Mention(row.kind, "total", row.span, strong=True), *specific]
    return [Measure(table=row.kind, row=row.key, column=c.key) for c in specific]


def _without_total(columns: list[Mention], operation: Operation, text: str) -> list[Mention]:
    """Columns without the total beside them, unless it is listed too: 维持、纠正和总数各几件."""
    total = next((c for c in columns if c.key == "total"), None)
    if total is not None and operation is Operation.LOOK_UP:
        before, after = text[: total.span[0]], text[total.span[1] :]
        if hint("listed_before").search(before) or hint("listed_after").match(after):
            return sorted(columns, key=lambda c: c.span)
    return [c for c in columns if c.key != "total"] or columns


def _goes_on(row: Mention, text: str) -> bool:
    """Whether a row without a column may be meant in that of the dialogue: 那行政诉讼呢.

    How many disputes there were is asked of all of them, whatever outcome was talked about.
    """
    elliptic = hint("asks_number").search(text) is None
    return row.kind == "t3" or (row.kind == "t4" and elliptic)


def _total_first(row: Mention, columns: Sequence[Mention], text: str) -> bool:
    """Whether a row's total is asked for and then a part of it: 收到几件申请，其中企业几件."""
    between = text[row.span[0] : min(c.span[0] for c in columns)]
    within = hint("of_which").search(between)
    if row.kind not in ("t3", "t4") or within is None:
        return False
    return hint("asks_number").search(between[: within.start()]) is not None


def _without_row(
    columns: list[Mention], operation: Operation, before: Sequence[Measure], heard: Heard
) -> list[Measure]:
    """Only a column, or only an operation: the row comes from the dialogue, or is 新收."""
    if before and not heard.residual:
        table = before[-1].table
        if of_items(before) and hint("items_left").search(heard.text):
            row = before[-1].row
            return [Measure(table="t2", row=row, column=c) for c in ("prev_items", "change")]
        own = [c for c in columns if c.kind == table]
        if operation is Operation.SHARE:  # 占总数多少: the total is the whole
            own = [c for c in own if c.key != "total"]
        if own:
            found = {m.model_copy(update={"column": c.key}): None for m in before for c in own}
            return list(found)
        return list(before)
    judged = [c for c in columns if c.kind == "t4" and hint("in_court").search(heard.text)]
    if judged and not heard.residual:
        return [Measure(table="t4", row="litigation", column=c.key) for c in judged]
    applicants = [c for c in columns if c.kind == "t3" and c.key != "total"]
    if applicants and not heard.residual:
        return [Measure(table="t3", row="new", column=c.key) for c in applicants]
    return []


def of_items(before: Sequence[Measure]) -> bool:
    """Whether the turn before asked for the items of a row in the year before and their change."""
    return {m.column for m in before} == {"prev_items", "change"} and len(
        {(m.table, m.row) for m in before}
    ) == 1


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
    return bool(said) or _listed(heard, rows)


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
