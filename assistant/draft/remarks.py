"""What a writer tells about the cells of a table beside the table, never in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from assistant.draft.layout import Layout
from assistant.draft.model import Draft, DraftCell, Origin, SelfCheck
from index.report import Check

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
    overriding = [cell for cell in found if cell.origin is Origin.OVERRIDING]
    zeros = [cell for cell in found if cell.origin is Origin.ZERO]
    computed = [cell for cell in found if cell.origin is Origin.COMPUTED]
    empty = [cell for cell in found if cell.origin is Origin.OPEN]
    if carried and draft.last is not None:
        source = f"取自上年报告《{draft.last.title}》经验证的结转下年度继续办理"
        yield f"带入 {len(carried)} 格：{_listed(carried)}，{source}。"
    yield from (f"{overridden(cell)}。" for cell in overriding)
    if zeros:
        yield f"按 0 填 {len(zeros)} 格：{_listed(zeros)}未填，填报人声明空白格按 0 填报。"
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
        if check.fails and own is not None:
            yield own, equation_of(check)
    for problem in draft.problems:
        if problem.address in cells:
            yield problem.address, str(problem)


def overridden(cell: DraftCell) -> str:
    """That a cell is not last year's figure, with both figures and the reason."""
    source = cell.source.removeprefix(f"{cell.label}；")  # typed in, it comes from no other place
    return f"未用上年报告的数：{cell.label} {cell.printed}，{source}"


def equation_of(check: Check) -> str:
    """A failing check in a line: code, sentence, where, and the equation."""
    return f"{check.code} {check.sentence}（{check.scope_label}）：{check.equation}"


def self_check_lines(found: SelfCheck) -> Iterator[str]:
    """What was found in the text of a draft, but for the failing checks."""
    share = f"{found.share:f}%" + ("，超过上限，请改写" if found.exceeded else "")
    same = [sentence for sentence in found.repeated if not sentence.kept]
    chosen = len(found.repeated) - len(same)
    kept = f"（另有 {chosen} 句为选定沿用）" if chosen else ""
    yield f"待填 {found.gaps} 处"
    yield f"与上年报告相同 {len(same)} 句，占 {share}{kept}"
    yield from (f"= {sentence.text}" for sentence in same)
    if found.missing:
        yield f"总体情况尚未写到：{'、'.join(found.missing)}"
    yield from (f"数字没有依据：{sentence}" for sentence in found.unsupported)


def _listed(cells: list[DraftCell]) -> str:
    """Cells by their rows: 本年新收政府信息公开申请数量（自然人、总计）."""
    rows = [
        (row, [label.rpartition("·")[2] for label in labels])
        for row, labels in groupby((c.label for c in cells), key=lambda t: t.rpartition("·")[0])
    ]
    named = "、".join(f"{row}（{'、'.join(columns)}）" for row, columns in rows[:MOST])
    return named + (f"等 {len(rows)} 行" if len(rows) > MOST else "")
