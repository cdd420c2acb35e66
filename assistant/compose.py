"""Evidence to answers: figures, computations, comparisons and refusals, in words.

Each function takes cells and gives a whole `Answer`. Numbers come from the cells and from
exact arithmetic on them; words come from ``wording.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.annex import differ
from assistant.answer import Answer, Kind, Language, Reason, Refusal, Role, plain_number
from assistant.evidence import Cell, citation, cite, covering_checks, failing_checks, form_of
from assistant.query import Operation, Query
from assistant.wording import say
from index.report import Check, Figure, Number, Status

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
PAIR = 2
PERCENT = Decimal("0.01")


def names(cell: Cell) -> dict[str, str]:
    """Labels of a cell for the wording, Chinese and English."""
    return {
        "title": cell.report.title,
        "row": cell.row,
        "column": cell.column,
        "row_en": f"{cell.row_en} / {cell.row}",
        "column_en": f"{cell.column_en} / {cell.column}",
        "unit": cell.unit,
        "unit_en": UNITS_EN.get(cell.unit, cell.unit),
    }


def understood(query: Query, cells: Sequence[Cell]) -> str:
    """How the question was read: report, table, row and column of each cell."""
    parts = [f"{c.report.title} · {c.row} · {c.column}" for c in cells[:6]]
    return say("understood", query.language, what="；".join(parts)) if parts else ""


def figure_answer(query: Query, cell: Cell) -> Answer:
    """One figure stated, or refused with its reason."""
    if cell.value is None:
        return refuse_cell(query, cell)
    if cell.summed:
        return sum_answer(query, [cell])
    figure = cell.figures[0]
    text = _claim(query, cell.value) + figure_line("figure", query.language, cell)
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


def figure_line(name: str, language: Language, cell: Cell) -> str:
    """The sentence that states one figure, with its note where the cell carries one."""
    figure = cell.figures[0]
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


def _claim(query: Query, value: Number) -> str:
    if query.claimed is None:
        return ""
    if query.claimed == value:
        return say("claim_right", query.language)
    return say("claim_wrong", query.language, claimed=plain_number(query.claimed))


def list_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """Several figures, one line each; flawed ones are told apart, never stated."""
    if len(cells) == 1:
        return figure_answer(query, cells[0])
    good = [c for c in cells if c.value is not None]
    if not good:
        return refuse_cell(query, cells[0])
    lines = [figure_line("figure", query.language, c) for c in good if not c.summed]
    lines += [_sum_line(query, [c], c.value) for c in good if c.summed]
    refusals = [refuse_cell(query, c) for c in cells if c.value is None]
    figures = [f for c in good for f in cite(c, Role.INPUT if c.summed else Role.ANSWER)]
    figures += [f for r in refusals for f in r.figures]
    sums = [plain_number(c.value) for c in good if c.summed and c.value is not None]
    checks = [k for c in cells for k in covering_checks(c.report, c.figures)]
    return Answer(
        kind=Kind.LIST,
        text="\n".join([*lines, *(r.text for r in refusals)]),
        language=query.language,
        figures=tuple(figures),
        formula="; ".join(sums) or None,
        checks=tuple({k.id: k for k in checks}.values()),
        understood=understood(query, cells),
    )


def sum_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """The sum of several cells of one report."""
    flawed = next((c for c in cells if c.value is None), None)
    if flawed is not None:
        return refuse_cell(query, flawed, context=cells)
    total: Number = sum((c.value for c in cells if c.value is not None), 0)
    values = [f.value for c in cells for f in c.figures if f.value is not None]
    return Answer(
        kind=Kind.COMPUTED,
        text=_claim(query, total) + _sum_line(query, cells, total),
        language=query.language,
        value=total,
        unit=cells[0].unit,
        figures=tuple(f for c in cells for f in cite(c, Role.INPUT)),
        formula=" + ".join(plain_number(v) for v in values),
        checks=_checks(cells),
        understood=understood(query, cells),
    )


def _sum_line(query: Query, cells: Sequence[Cell], total: Number | None) -> str:
    figures = [(f, c) for c in cells for f in c.figures]
    shown = [(f, c) for f, c in figures if f.value != 0] or figures[:1]
    words = " + ".join(
        f"{f.row_label}·{f.column_label} {plain_number(f.value if f.value is not None else 0)}"
        for f, _ in shown
    )
    head = f"{cells[0].row}（{cells[0].column}）= " if len(cells) == 1 else ""
    return say(
        "computed_sum",
        query.language,
        **names(cells[0]),
        formula_words=head + words,
        value=plain_number(total if total is not None else 0),
        citations="".join(dict.fromkeys(citation(c.report, f) for f, c in shown[:4])),
    )


def share_answer(query: Query, part: Cell, whole: Cell) -> Answer:
    """A share in per cent, to two decimals, of a denominator that is named."""
    if part.value is None or whole.value is None:
        return refuse_cell(query, part if part.value is None else whole, context=[part, whole])
    fields = {
        "title": part.report.title,
        "part": f"{part.row}（{part.column}）",
        "part_en": f"{part.row_en} ({part.column_en})",
        "whole": f"{whole.row}（{whole.column}）",
        "whole_en": f"{whole.row_en} ({whole.column_en})",
        "part_value": plain_number(part.value),
        "whole_value": plain_number(whole.value),
        "unit": part.unit,
        "citations": "".join(citation(c.report, f) for c in (part, whole) for f in c.figures[:1]),
    }
    figures = tuple(f for c in (part, whole) for f in cite(c, Role.INPUT))
    if whole.value == 0:
        message = say("share_of_zero", query.language, **fields)
        return _refusal(query, Reason.OUT_OF_SCOPE, message, [part, whole])
    value = (Decimal(part.value) * 100 / Decimal(whole.value)).quantize(PERCENT, ROUND_HALF_UP)
    return Answer(
        kind=Kind.COMPUTED,
        text=say("computed_share", query.language, value=plain_number(value), **fields),
        language=query.language,
        value=value,
        unit="%",
        figures=figures,
        formula=f"{plain_number(part.value)} / {plain_number(whole.value)} * 100",
        checks=_checks([part, whole]),
        understood=understood(query, [part, whole]),
    )


def compare_answer(query: Query, cells: Sequence[Cell]) -> Answer:
    """The same cell of several reports (or two cells of one), and which is more by how much."""
    flawed = next((c for c in cells if c.value is None), None)
    if flawed is not None:
        return refuse_cell(query, flawed, context=cells)
    lines = [
        _sum_line(query, [c], c.value)
        if c.summed
        else figure_line("compare_line", query.language, c)
        for c in cells
    ]
    units = list(dict.fromkeys(c.unit for c in cells))
    formula = None
    if len(units) > 1:
        lines.append(say("compare_unit", query.language, units="、".join(units)))
    else:
        verdict, formula = _verdict(query, cells)
        lines.append(verdict)
    if differ(form_of(c.report) for c in cells):
        old = dict.fromkeys(c.report.title for c in cells if form_of(c.report).annex is not None)
        lines.append(say("compare_forms", query.language, titles="、".join(old)))
    asked = query.operation is Operation.DIFFERENCE and formula is not None and len(cells) == PAIR
    return Answer(
        kind=Kind.COMPUTED if asked else Kind.COMPARE,
        value=_distance(cells) if asked else None,
        unit=units[0] if asked else None,
        formula=formula,
        text="\n".join(lines),
        language=query.language,
        figures=tuple(f for c in cells for f in cite(c, Role.INPUT if c.summed else Role.ANSWER)),
        checks=_checks(cells),
        understood=understood(query, cells),
    )


def _distance(cells: Sequence[Cell]) -> Number:
    """How far two values are apart."""
    difference: Number = (cells[0].value or 0) - (cells[1].value or 0)
    return difference if difference > 0 else -difference


def _verdict(query: Query, cells: Sequence[Cell]) -> tuple[str, str]:
    """Which is more and by how much, and the subtraction that shows it."""
    ranked = sorted(cells, key=lambda c: c.value or 0, reverse=True)
    most, least = ranked[0], ranked[-1]
    difference = (most.value or 0) - (least.value or 0)
    one_report = most.report.id == least.report.id
    fields = {
        "first": f"{most.row}（{most.column}）" if one_report else most.report.title,
        "second": f"{least.row}（{least.column}）" if one_report else least.report.title,
        "difference": plain_number(difference),
        "unit": most.unit,
        "unit_en": UNITS_EN.get(most.unit, most.unit),
    }
    sides = f"{plain_number(most.value or 0)} - {plain_number(least.value or 0)}"
    formula = f"{sides} = {fields['difference']}"
    if difference == 0:
        return say("compare_equal", query.language), formula
    name = "compare_more" if len(cells) == PAIR else "compare_most"
    return say(name, query.language, **fields), formula


def refuse_cell(query: Query, cell: Cell, context: Sequence[Cell] = ()) -> Answer:
    """Why this cell is not stated: failing equation, candidates, blank, or no such cell."""
    if not cell.figures:
        form = form_of(cell.report)
        why = say(cell.why, query.language, form=form.id, form_name=form.name)
        message = say("refused_not_reported", query.language, **names(cell), why=why)
        return _refusal(query, Reason.NOT_REPORTED, message, [cell, *context])
    figure = cell.flawed[0]
    reason = REASONS[figure.status]
    checks = tuple(failing_checks(cell.report, (figure,)))
    fields = names(cell) | {
        "row": figure.row_label,
        "column": figure.column_label,
        "citation": citation(cell.report, figure),
        "printed": figure.printed,
    }
    if reason is Reason.FAILED_CHECK:
        equations = "".join(equation(query.language, check) for check in checks)
        message = say("refused_failed", query.language, **fields, equations=equations)
    elif reason is Reason.AMBIGUOUS:
        candidates = _candidates(query.language, figure)
        message = say("refused_ambiguous", query.language, **fields, candidates=candidates)
    else:
        message = say("refused_blank", query.language, **fields)
    return _refusal(query, reason, message, [cell, *context], checks)


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


def _refusal(
    query: Query,
    reason: Reason,
    message: str,
    cells: Sequence[Cell],
    checks: tuple[Check, ...] = (),
) -> Answer:
    unique = list({(c.report.id, c.row, c.column): c for c in cells}.values())
    return Answer(
        kind=Kind.REFUSAL,
        text=message,
        language=query.language,
        figures=tuple(f for c in unique for f in cite(c, Role.CONTEXT)),
        refusal=Refusal(reason=reason, message=message, checks=checks),
        checks=_checks(unique),
        understood=understood(query, unique),
    )


def _checks(cells: Sequence[Cell]) -> tuple[Check, ...]:
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
