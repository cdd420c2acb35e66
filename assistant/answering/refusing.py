"""Refusals: why a figure is not stated, with what they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Kind, Language, Reason, Refusal, Role, plain_number
from assistant.answering.cell import Cell
from assistant.answering.cell_names import names, understood
from assistant.answering.covering import checks_of, failing_checks
from assistant.answering.evidence import citation, cite
from assistant.answering.forms import form_of
from assistant.answering.lines import equation
from assistant.answering.wording import say
from assistant.query import Operation, Query
from index.report import Check, Figure, Status

REASONS = {
    Status.FAILED: Reason.FAILED_CHECK,
    Status.AMBIGUOUS: Reason.AMBIGUOUS,
    Status.BLANK: Reason.BLANK,
}


def refuse(query: Query, reason: Reason, name: str, **fields: object) -> Answer:
    """A refusal that rests on no cell."""
    message = say(name, query.language, **fields)
    return Answer(
        kind=Kind.REFUSAL,
        text=message,
        language=query.language,
        refusal=Refusal(reason=reason, message=message),
    )


def refuse_unclear(query: Query) -> Answer:
    """It is not clear what the question asks of the cells that it names."""
    return refuse(query, Reason.OUT_OF_SCOPE, "refused_unclear")


def refuse_empty(text: str, last: Query | None) -> Answer:
    """Nothing was asked: a question is asked for, in the language of the one before."""
    language = last.language if last is not None else Language.HANS
    query = Query(text=text, language=language, operation=Operation.UNCLEAR)
    return refuse(query, Reason.OUT_OF_SCOPE, "refused_empty")


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


def refuse_flawed(query: Query, cells: Sequence[Cell]) -> Answer | None:
    """Why the first of some cells that may not be stated is not; None where all may be."""
    flawed = next((c for c in cells if c.value is None), None)
    return refuse_cell(query, flawed, context=cells) if flawed is not None else None


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
