"""Evidence to answers: figures, computations, comparisons and refusals, in words.

Each function takes cells and gives a whole `Answer`. Numbers come from the cells and from
exact arithmetic on them; words come from ``wording.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Kind, Language, Reason, Refusal, Role, plain_number
from assistant.answering.evidence import (
    Cell,
    citation,
    cite,
    covering_checks,
    failing_checks,
    form_of,
)
from assistant.answering.wording import say
from assistant.query import Query
from assistant.understanding.annex import differ
from index.report import Check, Figure, Number, ProseContext, Status

REASONS = {
    Status.FAILED: Reason.FAILED_CHECK,
    Status.AMBIGUOUS: Reason.AMBIGUOUS,
    Status.BLANK: Reason.BLANK,
}
UNITS_EN = {
    **dict.fromkeys(("件", "项", "条", "个", "篇", "份"), "item(s)"),
    **{"次": "time(s)", "人": "person(s)", "人次": "person-time(s)"},
    **{"万元": "ten thousand yuan", "元": "yuan", "": ""},
}
MOST_PLACES, MOST_TITLES = 6, 4
"""Cells, and reports of one cell, that are named when saying how a question was read."""
MOST_ZEROS = 3
"""Figures of a sum up to which zeros are shown among them."""


def names(cell: Cell) -> dict[str, str]:
    """Labels of a cell for the wording, Chinese and English."""
    return {
        "title": cell.report.title,
        "row": cell.row,
        "column": cell.column,
        "row_en": f"{cell.row_en} / {cell.row}",
        "column_en": f"{cell.column_en} / {cell.column}",
        "place": cell.place,
        "place_en": f"{cell.place_en} / {cell.place}" if cell.column else cell.row,
        "unit": cell.unit,
        "unit_en": unit_en(cell),
    }


def unit_en(cell: Cell) -> str:
    """The unit of a cell in English."""
    return UNITS_EN.get(cell.unit, cell.unit)


def understood(query: Query, cells: Sequence[Cell]) -> str:
    """How the question was read: reports, table, row and column, what is shared said once."""
    english = query.language is Language.EN
    columns: dict[tuple[str, str], dict[str, None]] = {}
    for cell in cells:
        column = cell.column_en if english else cell.column
        columns.setdefault((cell.report.title, _row(cell, english=english)), {})[column] = None
    listed = ", " if english else "、"
    titles: dict[str, list[str]] = {}
    for (title, row), own in columns.items():
        place = " · ".join(part for part in (row, listed.join(own)) if part)
        titles.setdefault(place, []).append(title)
    parts = []
    for place, of in list(titles.items())[:MOST_PLACES]:
        named = listed.join(of[:MOST_TITLES])
        if len(of) > MOST_TITLES:
            named = say("and_more", query.language, named=named, count=len(of))
        parts.append(f"{named} · {place}")
    if not parts:
        return ""
    what = "；".join(parts) + "".join(
        say("read_as", query.language, written=written, read=read)
        for written, read in query.corrected
    )
    return say("understood", query.language, what=what)


def _row(cell: Cell, *, english: bool) -> str:
    """Table and row of a cell: 表三 · 结转下年度继续办理."""
    language = Language.EN if english else Language.HANS
    table = say(f"table_{cell.table}", language) if cell.table else ""
    return " · ".join(part for part in (table, cell.row_en if english else cell.row) if part)


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


def sum_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """The sum of cells of one unit that may all be stated; of one cell, of the figures it is."""
    counted = _once(cells)
    if counted is None:
        return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")
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


def refuse_cell(query: Query, cell: Cell, context: Sequence[Cell] = ()) -> Answer:
    """Why this cell is not stated: failing equation, candidates, blank, or no such cell."""
    if not cell.figures:
        form = form_of(cell.report)
        why = say(cell.why, query.language, form=form.id, form_name=form.name)
        message = say("refused_not_reported", query.language, **names(cell), why=why)
        return refuse_with(query, Reason.NOT_REPORTED, message, [cell, *context])
    if cell.unprinted:
        message = say("refused_zero", query.language, **_cited(cell, cell.figures[0]))
        return refuse_with(query, Reason.BLANK, message, [cell, *context])
    figure = cell.flawed[0]
    reason = REASONS[figure.status]
    checks = tuple(failing_checks(cell.report, (figure,)))
    fields = _cited(cell, figure)
    if reason is Reason.FAILED_CHECK:
        equations = "".join(equation(query.language, check) for check in checks)
        message = say("refused_failed", query.language, **fields, equations=equations)
    elif reason is Reason.AMBIGUOUS:
        candidates = _candidates(query.language, figure)
        message = say("refused_ambiguous", query.language, **fields, candidates=candidates)
    else:
        message = say("refused_blank", query.language, **fields)
    return refuse_with(query, reason, message, [cell, *context], checks)


def _cited(cell: Cell, figure: Figure) -> dict[str, str]:
    """Names of a cell with what one of its figures prints, and where."""
    return names(cell) | {
        **_flawed_place(cell, figure),
        "citation": citation(cell.report, figure),
        "printed": figure.printed,
    }


def _flawed_place(cell: Cell, figure: Figure) -> dict[str, str]:
    """What a flawed figure is called: its own labels, for a sum may fail by one of many."""
    column = f"（{figure.column_label}）" if figure.column_label else ""
    place = f"{figure.row_label}{column}"
    alone = not cell.summed and figure.prose is None
    return {"place": place, "place_en": f"{cell.place_en} / {place}" if alone else place}


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


def _candidates(language: Language, figure: Figure) -> str:
    if not figure.candidates:
        return say("candidates_none", language)
    joined = ("、" if language is not Language.EN else ", ").join(
        plain_number(v) for v in figure.candidates
    )
    return say("candidates", language, values=joined)


def refuse_with(
    query: Query,
    reason: Reason,
    message: str,
    cells: Sequence[Cell],
    checks: tuple[Check, ...] = (),
) -> Answer:
    """A refusal that rests on some cells, which are shown."""
    unique = list({(c.report.id, c.row, c.column): c for c in cells}.values())
    return Answer(
        kind=Kind.REFUSAL,
        text=message,
        language=query.language,
        figures=tuple(f for c in unique for f in cite(c, Role.CONTEXT)),
        refusal=Refusal(reason=reason, message=message, checks=checks),
        checks=checks_of(unique),
        understood=understood(query, unique),
    )


def checks_of(cells: Sequence[Cell]) -> tuple[Check, ...]:
    """The checks that cover the figures of some cells."""
    found: dict[tuple[str, str], Check] = {}
    for cell in cells:
        for check in covering_checks(cell.report, cell.figures):
            found[cell.report.id, check.id] = check
    return tuple(found.values())


def refuse(query: Query, reason: Reason, name: str, **fields: object) -> Answer:
    """A refusal that rests on no cell."""
    message = say(name, query.language, **fields)
    return Answer(
        kind=Kind.REFUSAL,
        text=message,
        language=query.language,
        refusal=Refusal(reason=reason, message=message),
    )


def chat(query: Query, name: str) -> Answer:
    """A short human answer that states nothing."""
    return Answer(kind=Kind.CHAT, text=say(name, query.language), language=query.language)
