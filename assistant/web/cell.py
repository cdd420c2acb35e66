"""What stands in one cell: the value as printed, the sign of its status, its candidates."""

from __future__ import annotations

from assistant.answer import CitedFigure, plain_number
from assistant.web.markup import el, esc
from assistant.web.words import Words
from index.report import Figure, Status


def cell_body(figure: Figure, w: Words, caption: str = "", *, full: bool = False) -> str:
    """The inside of a table cell; ``caption`` is a column label that stands in the cell.

    ``full``: say in words what is open or proven, as in a lit cell; else as shortly as may be.
    """
    head = el("span", esc(caption), cls="gj-cap") if caption else ""
    return (
        head
        + el("span", _value(figure), cls="gj-n")
        + sign(figure.status, w)
        + _note(figure, w, full)
    )


def _value(figure: Figure) -> str:
    if figure.printed.strip():
        return esc(figure.printed)
    if figure.status is Status.AMBIGUOUS or figure.value is None:
        return "&nbsp;"
    return esc(plain_number(figure.value))


def _note(figure: Figure, w: Words, full: bool) -> str:
    """Below the value: the candidates of an open cell, or that a blank is proven to be 0."""
    if figure.status is Status.AMBIGUOUS and figure.candidates:
        values = " / ".join(plain_number(v) for v in figure.candidates)
        text = w.candidates.format(values=values) if full else values
        return el("span", esc(text), cls="gj-note")
    proven = figure.value is not None and figure.status is not Status.AMBIGUOUS
    if proven and (figure.mark == "blank" or not figure.printed.strip()):
        text = w.proven_zero if full else w.statuses[Status.BLANK].word
        return el("span", esc(text), cls="gj-note")
    return ""


def sign(status: Status, w: Words, *, prose: bool = False) -> str:
    """The sign of a status, which is read out as its word."""
    word = status_word(status, w, prose=prose)
    return el("i", esc(w.statuses[status].sign), cls="gj-sign", role="img", aria_label=word)


def status_word(status: Status, w: Words, *, prose: bool = False) -> str:
    """The word of a status; ``prose``: as it is said of a number of running text."""
    known = w.statuses[status].word
    return w.prose_statuses.get(status, known) if prose else known


def signed_word(status: Status, w: Words, *, prose: bool = False) -> str:
    """Sign and word of a status: ``✓ 已验证``."""
    return f"{w.statuses[status].sign} {status_word(status, w, prose=prose)}"


def in_one_line(figure: Figure | CitedFigure) -> str:
    """A figure in a line of text: as printed, or its candidates, or a dash, with its unit."""
    if figure.status is Status.AMBIGUOUS and figure.candidates:
        return " / ".join(plain_number(v) for v in figure.candidates) + " ?"
    text = figure.printed.strip()
    if not text:
        text = plain_number(figure.value) if figure.value is not None else "—"
    return f"{text} {figure.unit}".strip()
