"""Whole answers that state figures: one, several, or their sum.

Numbers come from the cells and from exact arithmetic on them; words come from ``wording.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Kind, Role, plain_number
from assistant.answering.cell import Cell
from assistant.answering.cell_names import understood
from assistant.answering.covering import checks_of, covering_checks
from assistant.answering.evidence import cite
from assistant.answering.lines import claim, figure_line, forms_remark, sum_line
from assistant.answering.refusing import refuse_cell, refuse_unclear
from assistant.answering.wording import say
from assistant.query import Query
from index.report import Number


def figure_answer(query: Query, cell: Cell) -> Answer:
    """One figure stated, or refused with its reason."""
    if cell.value is None or cell.unprinted:
        return refuse_cell(query, cell)
    if cell.summed:
        return sum_answer(query, [cell])
    figure = cell.figures[0]
    text = claim(query, cell.value) + figure_line("figure", query.language, cell)
    return Answer(
        kind=Kind.FIGURE,
        text=text,
        language=query.language,
        value=cell.value,
        unit=cell.unit,
        figures=tuple(cite(cell, Role.ANSWER)),
        checks=covering_checks(cell.report, (figure,)),
        understood=understood(query, [cell]),
    )


def list_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """Several figures, one line each; flawed and blank ones are told apart, never stated."""
    if len(cells) == 1:
        return figure_answer(query, cells[0])
    good = [c for c in cells if c.value is not None]
    if all(c.unprinted for c in good):
        return refuse_cell(query, next((c for c in cells if c.value is None), cells[0]))
    lines = [figure_line("figure", query.language, c) for c in good if not c.summed]
    lines += [sum_line(query, [c], c.value) for c in good if c.summed]
    lines += forms_remark(query, good)
    refusals = [refuse_cell(query, c) for c in cells if c.value is None]
    figures = [f for c in good for f in cite(c, _role(c))]
    figures += [f for r in refusals for f in r.figures]
    sums = [plain_number(c.value) for c in good if c.summed and c.value is not None]
    return Answer(
        kind=Kind.LIST,
        text="\n".join([*lines, *(r.text for r in refusals)]),
        language=query.language,
        figures=tuple(figures),
        formula="; ".join(sums) or None,
        checks=checks_of(cells),
        understood=understood(query, cells),
    )


def _role(cell: Cell) -> Role:
    """What a cell of a list is in the answer: stated, part of a sum, or only shown."""
    if cell.summed:
        return Role.INPUT
    return Role.CONTEXT if cell.unprinted else Role.ANSWER


def sum_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """The sum of cells of one unit that may all be stated; of one cell, of the figures it is."""
    counted = _once(cells)
    if counted is None:
        return refuse_unclear(query)
    cells = counted
    total: Number = sum((c.value for c in cells if c.value is not None), 0)
    values = [f.value for c in cells for f in c.figures if f.value is not None]
    return computed(
        query,
        cells,
        claim(query, total) + sum_line(query, cells, total),
        value=total,
        unit=cells[0].unit,
        formula=" + ".join(plain_number(v) for v in values),
    )


def _once(cells: Sequence[Cell]) -> list[Cell] | None:
    """Cells without those that others sum already; None where a figure would count twice."""
    figures = {id(c): {(c.report.id, f.address) for f in c.figures} for c in cells}
    wide = [c for c in cells if c.summed]
    kept: list[Cell] = []
    for cell in cells:
        own = figures[id(cell)]
        within = [w for w in wide if w is not cell and own < figures[id(w)]]
        parts = [figures[id(c)] for c in cells for w in within if figures[id(c)] < figures[id(w)]]
        if within and set().union(*parts) != figures[id(within[0])]:
            return None
        if not within and not any(own == figures[id(k)] for k in kept):
            kept.append(cell)
    return kept


def computed(
    query: Query, cells: Sequence[Cell], text: str, *, value: Number, unit: str, formula: str
) -> Answer:
    """An answer computed from cells; a remark where their reports are of forms that differ."""
    return Answer(
        kind=Kind.COMPUTED,
        text="\n".join((text, *forms_remark(query, cells))),
        language=query.language,
        value=value,
        unit=unit,
        formula=formula,
        understood=understood(query, cells),
        figures=tuple(f for c in cells for f in cite(c, Role.INPUT)),
        checks=checks_of(cells),
    )


def chat(query: Query, name: str) -> Answer:
    """A short human answer that states nothing."""
    return Answer(kind=Kind.CHAT, text=say(name, query.language), language=query.language)
