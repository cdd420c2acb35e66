"""What a writer tells about the cells of a table beside the table, never in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from assistant.draft.layout import Layout
from assistant.draft.model import Draft, DraftCell, Origin
from index.report import Check, Outcome

MOST = 6
"""Rows that are listed by name."""


def cells_of(draft: Draft, layout: Layout) -> dict[str, DraftCell]:
    """The cells of one table by their address."""
    own = {spot.address for spot in layout.values}
    return {cell.address: cell for cell in draft.cells if cell.address in own}


def remarks_on(draft: Draft, cells: Iterable[DraftCell]) -> Iterator[str]:
    """Where the values of a table come from, in sentences: carried, computed, still open."""
    found = list(cells)
    carried = [cell for cell in found if cell.origin is Origin.CARRIED]
    computed = [cell for cell in found if cell.origin is Origin.COMPUTED]
    empty = [cell for cell in found if cell.origin is Origin.OPEN]
    if carried and draft.last is not None:
        source = f"取自上年报告《{draft.last.title}》经验证的结转下年度继续办理"
        yield f"带入 {len(carried)} 格：{_listed(carried)}，{source}。"
    if computed:
        yield f"计算 {len(computed)} 格：{_listed(computed)}未填，由各分项相加得出。"
    if empty:
        yield f"待填 {len(empty)} 格：{_listed(empty)}。"


def faults_in(draft: Draft, cells: Mapping[str, DraftCell]) -> Iterator[tuple[str, str]]:
    """What is wrong in a table, each once, at the cell where it is told best.

    A check that fails is told at its first operand in the table, why a cell is open at the cell.
    """
    for check in draft.checks:
        own = next((a for a in check.addresses if a in cells), None)
        if check.outcome is Outcome.FAILS and own is not None:
            yield own, equation_of(check)
    for problem in draft.problems:
        if problem.address in cells:
            yield problem.address, str(problem)


def equation_of(check: Check) -> str:
    """A failing check in a line: code, sentence, where, and the equation."""
    return f"{check.code} {check.sentence}（{check.scope_label}）：{check.equation}"


def _listed(cells: list[DraftCell]) -> str:
    """Cells by their rows: 本年新收政府信息公开申请数量（自然人、总计）."""
    rows = [
        (row, [label.rpartition("·")[2] for label in labels])
        for row, labels in groupby((c.label for c in cells), key=lambda t: t.rpartition("·")[0])
    ]
    named = "、".join(f"{row}（{'、'.join(columns)}）" for row, columns in rows[:MOST])
    return named + (f"等 {len(rows)} 行" if len(rows) > MOST else "")
