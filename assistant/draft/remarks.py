"""What a writer tells about the cells of a table beside the table, never in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.draft.layout import Layout
from assistant.draft.model import Draft, DraftCell, Origin


def cells_of(draft: Draft, layout: Layout) -> dict[str, DraftCell]:
    """The cells of one table by their address."""
    own = {spot.address for spot in layout.values}
    return {cell.address: cell for cell in draft.cells if cell.address in own}


def remarks_on(draft: Draft, cells: Iterable[DraftCell]) -> Iterator[str]:
    """Where the values of a table come from, in sentences: carried, computed, still open."""
    found = list(cells)
    carried = [cell.label for cell in found if cell.origin is Origin.CARRIED]
    computed = [cell.label for cell in found if cell.origin is Origin.COMPUTED]
    empty = [cell.label for cell in found if cell.origin is Origin.OPEN]
    if carried and draft.last is not None:
        yield f"带入：{_listed(carried)}取自上年报告《{draft.last.title}》的结转下年度继续办理。"
    if computed:
        yield f"计算：下列合计未填，由各分项相加得出：{_listed(computed)}。"
    if empty:
        yield f"待填：{len(empty)} 格，{_listed(empty)}。"


def remark_on(cell: DraftCell) -> str:
    """What is to be told of one cell, "" where nothing is wrong with it."""
    return f"{cell.label}：{cell.problem}" if cell.problem else ""


MOST = 12
"""Cells that are listed by name."""


def _listed(labels: list[str]) -> str:
    rest = len(labels) - MOST
    return "、".join(labels[:MOST]) + (f"等 {len(labels)} 格" if rest > 0 else "")
