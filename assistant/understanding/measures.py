"""Which cells a question asks for: rows and columns heard, completed by the dialogue."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lexicon import hint
from assistant.lexicon.annex import parts_of
from assistant.query import Measure, Operation
from assistant.understanding.heard import Heard
from assistant.understanding.intent import items_now, sets_changes_apart
from assistant.understanding.qualified import parts_of_head
from assistant.understanding.rows import distinct, rows_meant
from assistant.understanding.wholes import wholes_of
from assistant.words.mentions import Mention
from index.formats import columns_of_t2_row, load_forms

MONEY = "amount"
"""A column that is asked for in words of its own: 罚了多少钱 never asks for the decisions."""
OF_ONE_CELL = frozenset(
    {Operation.AVERAGE, Operation.SUM, Operation.RANK, Operation.COUNT, Operation.WHICH}
)
"""Operations that take one cell of each report: 各单位 beside them says of which reports."""


def asked_cells(heard: Heard, operation: Operation, before: Sequence[Measure]) -> list[Measure]:
    """Cells asked for, in the order of the question; ``before`` are those of the dialogue."""
    rows = rows_meant(heard, operation)
    columns = distinct(heard.columns)
    if not rows:
        return _without_row(columns, operation, before, heard)
    if ("after_change" in heard.operations or items_now(heard)) and rows[0].kind == "t2":
        row = rows[0].key
        return [Measure(table="t2", row=row, column=c) for c in ("prev_items", "change")]
    return [m for row in rows for m in _cells(row, columns, operation, heard, before)]


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
