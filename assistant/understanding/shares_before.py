"""Shares whose part or whole was said in a turn before."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lexicon import hint
from assistant.query import PAIR, PROSE, Measure, Operation
from assistant.understanding.earlier import Earlier
from assistant.understanding.qualified import children_of
from assistant.understanding.rows import GENERIC_ROWS
from assistant.understanding.wholes import share_of, wholes_of


def share_completed(
    earlier: Earlier, measures: list[Measure]
) -> tuple[list[Measure], tuple[Measure, ...]]:
    """Parts and wholes of a share, completed by the turns before.

    Where only the whole is said (占复议总数的比例), the parts are the cell asked for before, or
    the last few stated and added (两项合计占…); 其中 takes a part out of the cell before.
    """
    last = earlier.dialogue.last
    wholes = wholes_of(earlier.heard)
    together = _added_before(earlier)
    if together:
        parts, whole = share_of(earlier.heard, together)
        return list(parts), whole
    each = _each_before(earlier)
    if each:
        return each, share_of(earlier.heard, each[:1])[1]
    if last is None or _names_part(earlier):
        parts, whole = share_of(earlier.heard, measures)
        return list(parts), whole
    if any((m.table, m.row) not in wholes for m in measures):
        parts, whole = share_of(earlier.heard, measures)
        within = last.measures[0] if len(last.measures) == 1 else None
        if parts and within is not None and not wholes and _taken_from(earlier, within, parts[0]):
            whole = (within,)
        return list(parts), whole
    added = last.operation is Operation.SUM and last.recalled > 1
    count = last.recalled if added else earlier.counted()
    said = earlier.dialogue.recalled(count) if added or earlier.sums() else []
    before = [o.measure for o in said] or list(last.measures)
    own = [m for m in before if m.table != PROSE and m not in measures]
    parts, whole = share_of(earlier.heard, [*own[:1], *measures])
    return list(own if said and own else parts), whole


def _names_part(earlier: Earlier) -> bool:
    """Whether a part is named before its whole: 个人的占部分公开总数百分之几."""
    shares = [m.span[0] for m in earlier.heard.acts if m.key == "share"]
    kinds = [m.span[1] for m in earlier.heard.columns if m.key != "total"]
    return bool(earlier.heard.rows and shares and kinds) and max(kinds) <= min(shares)


def _added_before(earlier: Earlier) -> list[Measure]:
    """The cells of one report stated before whose sum is a part: 两者合计占全部的多少."""
    own = earlier.heard.rows or any(m.key != "total" for m in earlier.heard.columns)
    if own or not earlier.sums() or len(earlier.dialogue.stated()) < PAIR:
        return []
    said = earlier.dialogue.recalled(earlier.counted())
    one_table = {(o.report, o.measure.table) for o in said}
    return [o.measure for o in said] if len(one_table) == 1 and len(said) > 1 else []


def _each_before(earlier: Earlier) -> list[Measure]:
    """Cells of one report stated before of each of which the share is asked: 两者占比各多少."""
    heard = earlier.heard
    own = heard.rows or heard.residual or any(m.key != "total" for m in heard.columns)
    if own or "each" not in heard.operations or not hint("these_cells").search(heard.text):
        return []
    said = earlier.dialogue.recalled(earlier.counted()) if earlier.dialogue.said else []
    one_table = {(o.report, o.measure.table, o.measure.row) for o in said}
    return [o.measure for o in said] if len(one_table) == 1 < len(said) else []


def share_again(
    earlier: Earlier, measures: Sequence[Measure]
) -> tuple[list[Measure], tuple[Measure, ...]]:
    """The share of the turn before, of another cell where one is named: 自然人呢."""
    last = earlier.dialogue.last
    assert last is not None  # noqa: S101 - nothing can be done again at first
    if not (earlier.heard.rows or earlier.heard.columns) or len(last.measures) != 1:
        return list(last.measures), last.wholes
    before, part = last.measures[0], measures[0]
    wholes = []
    for whole in last.wholes:
        row = part.row if whole.row == before.row else whole.row
        same = whole.column == before.column and whole.column not in (None, "total")
        column = part.column if same else whole.column
        wholes.append(Measure(table=whole.table, row=row, column=column))
    return list(measures[:1]), tuple(wholes)


def _taken_from(earlier: Earlier, whole: Measure, part: Measure) -> bool:
    """Whether a part is said to be within the cell of the turn before: 其中不掌握占多少."""
    if hint("of_which").match(earlier.heard.text.lstrip(" ,，\x00")) is None:
        return False
    within = part.row in children_of(whole.row) or whole.row in GENERIC_ROWS
    return whole.table == part.table and part.row != whole.row and within
