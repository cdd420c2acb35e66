"""Cells of tables printed column by column: all labels first, then each head with its values.

So programs copy a table that they read down its columns. A cell is named by its head and by its
place among the values, if each head has exactly as many values as there are labels, the table all
its heads, and the labels the order of the form: of two lines of labels, the lower one belongs
between those of the upper. Table three must add up in its rows as well: a value lost in one place
and a number too many in another would move the values between them, which breaks two rows or more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.amounts import parse_amount
from index.formats import Form
from index.report import Block
from index.script import label_key
from index.tables.labels import split_unit
from index.tables.named.text import LONGEST_LINE, joined_heads, tokens_of
from index.tables.named.words import Named, Names, RowName, names_of
from index.tables.rows import Slot, slot_of

LEAST_LABELS = 2
"""Labels that make a list of them; one is a row with its cells."""
MOST_BROKEN = 1
"""Rows of table three that may not add up: the report's own mistake."""


@dataclass
class _Run:
    """Labels, and heads with the values after them.

    ``turned``: the labels came last. ``behind``: a value stands before any head, or between labels
    that came last. ``in_line``: how many values the lines with values have.
    """

    labels: list[tuple[RowName, str]] = field(default_factory=list)
    columns: list[tuple[str, list[Slot]]] = field(default_factory=list)
    turned: bool = False
    behind: bool = False
    in_line: set[int] = field(default_factory=set)

    def takes_label(self) -> bool:
        """Whether a further label belongs to this run."""
        return not self.columns or self.turned or not self.labels

    def takes_head(self) -> bool:
        """Whether a further head belongs to this run."""
        return not (self.turned and self.labels)


def named_by_columns(lines: Sequence[Block], form: Form) -> Iterator[Named]:
    """The cells of tables that stand in columns among the lines of a document."""
    for run in _runs(lines, form):
        yield from _named(run, form)


def _runs(lines: Sequence[Block], form: Form) -> Iterator[_Run]:
    """Runs of labels and columns; any other word ends one."""
    names, between = names_of(form), _between(form)
    run = _Run()
    for block in joined_heads(lines, form):
        readable = block.table is None and len(block.text) <= LONGEST_LINE
        tokens = tokens_of(block.text, form) if readable else None
        if tokens is None and block.text:
            yield run
            run = _Run()
        values = sum(kind == "value" for kind, _ in tokens or ())
        if values:
            run.in_line.add(values)
        for kind, (start, end) in tokens or ():
            text = block.text[start:end]
            amount = parse_amount(text) if kind == "value" else None
            if amount is not None:
                run.behind |= not run.columns or (run.turned and bool(run.labels))
                if run.columns:
                    span = (block.span[0] + start, block.span[0] + end)
                    part = Block(text=text, span=span, page=block.page)
                    run.columns[-1][1].append(slot_of(part, amount))
            elif not _take(run, text, names) and label_key(text) not in between:
                yield run
                run = _Run()
                _take(run, text, names)
    yield run


def _take(run: _Run, text: str, names: Names) -> bool:
    """Put a label or a head into a run; False where it is none, or begins another run."""
    row = names.row(text)
    if row is not None:
        if not run.takes_label():
            return False
        run.turned |= bool(run.columns)
        run.labels.append((row, text))
        return True
    if (names.is_column(text) or names.is_subtotal(text)) and run.takes_head():
        run.columns.append((text, []))
        return True
    return False


def _between(form: Form) -> frozenset[str]:
    """Heads over other heads, which may stand between two columns."""
    t3, t4 = form.tables.t3, form.tables.t4
    groups = (block.group for block in t4.blocks if block.group)
    return frozenset(map(label_key, (t3.column_head, t3.group_head, *groups)))


def _named(run: _Run, form: Form) -> Iterator[Named]:
    """The cells of a run, if it is a whole table, or a whole sub-table of table two."""
    names = names_of(form)
    run.columns = [column for column in run.columns if not names.is_subtotal(column[0])]
    rows = _with_cells(run.labels, form)
    if (
        run.behind
        or len(rows) < LEAST_LABELS
        or any(len(slots) != len(rows) for _, slots in run.columns)
    ):
        return
    places = [names.place(row) for row, _ in rows]
    if places != sorted(set(places)) or len({row.table for row, _ in rows}) > 1:
        return
    for row, _ in rows:
        columns = [names.column(row, head) for head, _ in run.columns]
        if len(columns) != len(set(columns)) or set(columns) != set(names.columns(row)):
            return
    if rows[0][0].table == "t3" and not _adds_up(run, names, rows[0][0]):
        return
    if rows[0][0].table == "t2" and len(run.in_line) > 1:
        return  # a number in two pieces would be two, and no sum tells
    for head, slots in run.columns:
        unit = split_unit(head)[1]
        for (row, label), slot in zip(rows, slots, strict=True):
            yield Named(row, names.column(row, head) or "", slot, label, unit)


def _with_cells(labels: Sequence[tuple[RowName, str]], form: Form) -> list[tuple[RowName, str]]:
    """The labels that have cells: a head has none, or only where its sub-rows are not printed."""
    printed = {row.key for row, _ in labels if row.table == "t3"}
    return [
        (row, label)
        for row, label in labels
        if row.table != "t3" or form.has_cells(row.key, printed)
    ]


def _adds_up(run: _Run, names: Names, row: RowName) -> bool:
    """Whether the last column of table three is the sum of the others, in all rows but one."""
    by_key = {names.column(row, head): slots for head, slots in run.columns}
    *parts, total = [by_key[key] for key in names.columns(row)]
    broken = 0
    for *slots, whole in zip(*parts, total, strict=True):
        values = [0 if s.amount.blank else s.amount.value for s in (*slots, whole)]
        *numbers, last = [v if v is not None else -1 for v in values]
        broken += sum(numbers) != last or -1 in (*numbers, last)
    return broken <= MOST_BROKEN
