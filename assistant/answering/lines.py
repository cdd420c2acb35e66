"""The sentences that state figures, sums and identities, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Language, plain_number
from assistant.answering.cell import Cell
from assistant.answering.cell_names import names
from assistant.answering.evidence import citation
from assistant.answering.forms import form_of
from assistant.answering.wording import say
from assistant.query import Query
from assistant.understanding.annex import differ
from index.report import Check, Figure, Number, ProseContext

MOST_ZEROS = 3
"""Figures of a sum up to which zeros are shown among them."""


def figure_line(name: str, language: Language, cell: Cell) -> str:
    """The sentence that states one figure, with its note where the cell carries one."""
    figure = cell.figures[0]
    if figure.prose is not None:
        return _prose_line(language, cell, figure, figure.prose)
    status = "status_zero" if figure.mark == "blank" else f"status_{figure.status.value}"
    text = say(
        name,
        language,
        **names(cell),
        value=plain_number(figure.value if figure.value is not None else 0),
        status=say(status, language),
        citation=citation(cell.report, figure),
    )
    if figure.mark and figure.mark != "blank":
        text += " " + say("note", language, printed=figure.printed)
    return text


def _prose_line(language: Language, cell: Cell, figure: Figure, context: ProseContext) -> str:
    """A number of running text as it stands there, with its hedge, its scope and its time."""
    said = [context.scope, context.period]
    return say(
        "figure_prose",
        language,
        title=cell.report.title,
        row=cell.row,
        printed=cell.report.text[slice(*context.whole)],
        of=f"（{'，'.join(w for w in said if w)}）" if any(said) else "",
        status=say(f"status_{figure.status.value}_prose", language),
        citation=citation(cell.report, figure),
    )


def sum_line(query: Query, cells: Sequence[Cell], total: Number | None) -> str:
    """A sum with the figures it is made of, each with its report where these differ."""
    figures = [(f, c) for c in cells for f in c.figures]
    few = len(figures) <= MOST_ZEROS
    shown = [(f, c) for f, c in figures if few or f.value != 0] or figures[:1]
    titles = list(dict.fromkeys(c.report.title for c in cells))
    words = " + ".join(
        f"{f'{c.report.title} ' if len(titles) > 1 else ''}{f.row_label}·{f.column_label} "
        f"{plain_number(f.value if f.value is not None else 0)}"
        for f, c in shown
    )
    head = f"{cells[0].row}（{cells[0].column}）= " if len(cells) == 1 else ""
    return say(
        "computed_sum",
        query.language,
        **(names(cells[0]) | {"title": "、".join(titles)}),
        formula_words=head + words,
        value=plain_number(total if total is not None else 0),
        citations="".join(dict.fromkeys(citation(c.report, f) for f, c in shown[:4])),
    )


def cell_line(query: Query, cell: Cell) -> str:
    """One of several cells that are set side by side: a figure, or a sum of some."""
    if cell.summed:
        return sum_line(query, [cell], cell.value)
    return figure_line("compare_line", query.language, cell)


def claim(query: Query, value: Number) -> str:
    """Yes or no, where the question states a number itself."""
    if query.claimed is None:
        return ""
    if query.claimed == value:
        return say("claim_right", query.language)
    return say("claim_wrong", query.language, claimed=plain_number(query.claimed))


def forms_remark(query: Query, cells: Sequence[Cell]) -> list[str]:
    """That the forms of the cells classify differently; nothing where they do not."""
    if not differ(form_of(c.report) for c in cells):
        return []
    old = dict.fromkeys(c.report.title for c in cells if form_of(c.report).annex is not None)
    return [say("compare_forms", query.language, titles="、".join(old))]


def equation(language: Language, check: Check) -> str:
    """One failing identity as a sentence, with its code, wording, place and both sides."""
    sentence = check.sentence_en if language is Language.EN else check.sentence
    return say(
        "equation",
        language,
        code=check.code,
        sentence=sentence,
        scope=check.scope_label,
        equation=check.equation,
    )
