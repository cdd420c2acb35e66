"""What a sentence of a draft rests on, named so that a person finds it."""

from __future__ import annotations

from decimal import Decimal

from assistant.answer import plain_number
from assistant.draft.carry import why_not
from assistant.draft.compared import Compared
from assistant.draft.model import Cited, DraftCell
from assistant.draft.style import HAN
from index.record import Number
from index.report import Figure, Passage, Report


def cite_cell(cell: DraftCell, year: int) -> Cited:
    """A cell of the draft: 2024年 表三·本年新收政府信息公开申请数量·总计：218."""
    return Cited(key=_key(f"{year}年", cell.address, cell.label, cell.value), address=cell.address)


def cite_figure(figure: Figure, report: Report) -> Cited:
    """A cell of last year's report; one that may not be stated with the reason why not."""
    label = f"{figure.row_label}·{figure.column_label}"
    address = f"{report.id}/{figure.address}"
    reason = why_not(figure, report)
    if reason is None:
        return Cited(key=_key(report.title, figure.address, label, figure.value), address=address)
    return Cited(key=f"{_key(report.title, figure.address, label)}{reason}", address=address)


def cite_passage(passage: Passage, report: Report) -> Cited:
    """A paragraph of last year's report, with its words."""
    key, address = f"{report.title} ¶{passage.number}", f"{report.id}/¶{passage.number}"
    return Cited(key=key, address=address, quote=passage.text)


def cite_change(compared: Compared, percent: Decimal | None) -> Cited:
    """How a change was computed from both years."""
    small, large = sorted((compared.now, compared.before or 0))
    key = f"{plain_number(large)} − {plain_number(small)} = {plain_number(compared.change)}"
    if percent is not None and compared.before is not None:
        before, share = plain_number(compared.before), plain_number(percent)
        key += f"；{plain_number(compared.change)} ÷ {before} ≈ {share}%"
    return Cited(key=f"计算：{key}")


def _key(title: str, address: str, label: str, value: Number | None = None) -> str:
    table = f"表{HAN[int(address[1])]}"
    shown = plain_number(value) if value is not None else ""
    return f"{title} {table}·{label}：{shown}"
