"""The evidence panel: an answer and its reports, as HTML. Pure functions, no gradio."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, CitedFigure, CitedPassage, Kind, Role
from assistant.web import equation, grid, source
from assistant.web.cell import in_one_line
from assistant.web.grid import Light, Lit
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.errors import GoujiError
from index.report import TRUSTED, Check, Figure, Report, Span

OPEN_EXHIBITS = 2
"""Exhibits shown open; the rest are there, closed."""
MOST_EXHIBITS = 12
MOST_EXCERPTS = 6

OpenReport = Callable[[str], Report]


@dataclass(frozen=True)
class Exhibit:
    """One table (or the prose) of one report with the figures cited from it.

    ``checks`` are the failing ones that touch it, ``holding`` those that prove its figures.

    ``report`` is None where it can no longer be opened, ``why`` then says why.
    """

    report: Report | None
    table: str
    cited: tuple[CitedFigure, ...]
    checks: tuple[Check, ...] = ()
    holding: tuple[Check, ...] = ()
    why: str = ""
    ids: dict[str, str] = field(default_factory=dict)


def cite_id(turn: int, number: int) -> str:
    """The element id that the ``number``-th citation of a turn's answer opens."""
    return f"gj-{turn}-{number}"


def panel(answer: Answer, turn: int, open_report: OpenReport, w: Words, question: str = "") -> str:
    """All evidence of one answer: equations, tables with lit cells, source, passages.

    ``question`` heads the panel, so that it is seen whose evidence this is.
    """
    shown = exhibits(answer, turn, open_report)
    loose = _loose(answer, shown)
    parts = [el("div", join(equation.equation(c, w) for c in loose), cls="gj-loose")] * bool(loose)
    if answer.refusal is None and len({(f.report, f.address) for f in answer.figures}) > 1:
        parts.append(_used(answer, turn, shown, w))
    first, rest = shown[:OPEN_EXHIBITS], shown[OPEN_EXHIBITS:MOST_EXHIBITS]
    parts += [_exhibit(e, answer, w) for e in first]
    start = len(answer.figures)
    parts += [passage_card(p, cite_id(turn, start + n), w) for n, p in enumerate(answer.passages)]
    if rest:
        summary = el("summary", esc(w.more_evidence.format(n=len(shown) - len(first))))
        parts.append(el("details", summary + join(_exhibit(e, answer, w) for e in rest)))
    if not parts:
        return ""
    asked = el("p", esc(w.asked_question.format(question=question)), cls="gj-for")
    return el("div", (asked if question else "") + join(parts), cls="gj-panel", data_turn=turn)


def exhibits(answer: Answer, turn: int, open_report: OpenReport) -> list[Exhibit]:
    """Figures of an answer by report and table, with the failing checks of each."""
    groups: dict[tuple[str, str], list[tuple[int, CitedFigure]]] = {}
    for number, figure in enumerate(answer.figures):
        groups.setdefault((figure.report, figure.table), []).append((number, figure))
    broken, holds = _failing(answer), equation.holding(answer.checks)
    out: list[Exhibit] = []
    for (report_id, key), numbered in groups.items():
        ids: dict[str, str] = {}
        for number, figure in numbered:
            ids.setdefault(figure.address, cite_id(turn, number))
        cited = tuple(f for _, f in numbered)
        try:
            report = open_report(report_id)
        except GoujiError as error:
            out.append(Exhibit(None, key, cited, why=str(error)))
            continue
        checks = tuple(c for c in broken if c in report.checks and _touches(c, key))
        proven = tuple(c for c in holds if c in report.checks and _touches(c, key))
        out.append(Exhibit(report, key, cited, checks, proven, ids=ids))
    return out


def _failing(answer: Answer) -> tuple[Check, ...]:
    refused = answer.refusal.checks if answer.refusal else ()
    return equation.failing((*refused, *answer.checks))


def _touches(check: Check, key: str) -> bool:
    return any(a.startswith(f"{key}.") for a in check.addresses)


def _loose(answer: Answer, shown: Sequence[Exhibit]) -> list[Check]:
    """Failing checks that no exhibit shows, so that no equation is ever left out."""
    placed = {c for e in shown for c in e.checks}
    return [c for c in _failing(answer) if c not in placed]


def _lit(answer: Answer, exhibit: Exhibit) -> dict[str, Lit]:
    """Why each cited cell is lit; in a refusal the first figure is the one asked for."""
    asked = answer.figures[0] if answer.kind is Kind.REFUSAL and answer.figures else None
    cells: dict[str, Lit] = {}
    for figure in exhibit.cited:
        if figure is asked:
            cells[figure.address] = Lit.ASKED
        elif figure.role is Role.ANSWER:
            cells[figure.address] = Lit.ANSWER if figure.status in TRUSTED else Lit.ASKED
        else:
            cells.setdefault(figure.address, Lit(figure.role.value))
    return cells


def _exhibit(exhibit: Exhibit, answer: Answer, w: Words) -> str:
    """One exhibit: whose report, the failing equations, the table, the source."""
    first = exhibit.cited[0]
    if exhibit.report is None:
        text = w.report_gone.format(file=first.source_file, why=exhibit.why)
        return el("section", el("p", esc(text), cls="gj-warn"), cls="gj-exhibit")
    report = exhibit.report
    cells = _lit(answer, exhibit)
    broken = frozenset(a for c in exhibit.checks for a in c.addresses)
    title = w.prose if exhibit.table == "prose" else grid.table_title(report, exhibit.table, w)
    parts = [
        el("h3", esc(report.title) + el("small", esc(title))),
        *(equation.equation(c, w, report) for c in exhibit.checks),
    ]
    if exhibit.table != "prose":
        light = Light(cells, broken, exhibit.ids, fold=True)
        parts.append(grid.framed(grid.table(report, exhibit.table, light, w), w))
    if not exhibit.checks:
        parts.append(equation.proof(exhibit.holding, w))
    parts.append(_sources(exhibit, report, w))
    return el("section", join(parts), cls="gj-exhibit", aria_label=f"{report.title} {title}")


def _sources(exhibit: Exhibit, report: Report, w: Words) -> str:
    """The printed source of the cited figures and of the failing equation's other rows."""
    wanted = [f.address for f in exhibit.cited]
    wanted += [a for c in exhibit.checks for a in c.addresses if a.startswith(f"{exhibit.table}.")]
    figures = [f for a in dict.fromkeys(wanted) if (f := report.figure(a)) is not None]
    places: dict[Span, list[Figure]] = {}
    unprinted = False
    for figure in figures:
        span = source.span_of(report, figure)
        unprinted = unprinted or figure.span is None
        if span is not None:
            places.setdefault(span, []).append(figure)
    blocks = [_source(report, span, of, exhibit, w) for span, of in places.items()]
    note = el("p", esc(w.not_in_source), cls="gj-hint") if unprinted else ""
    shown, rest = blocks[:MOST_EXCERPTS], blocks[MOST_EXCERPTS:]
    if rest:
        summary = el("summary", esc(w.more_evidence.format(n=len(rest))))
        shown.append(el("details", summary + join(rest)))
    return join([el("h4", esc(w.source)), *shown, note]) if blocks or note else ""


def _source(report: Report, span: Span, of: Sequence[Figure], exhibit: Exhibit, w: Words) -> str:
    """One excerpt: the row (or paragraph) with the printed words marked, and its place."""
    prose = exhibit.table == "prose"
    marks = [f.span for f in of if f.span]
    text = source.excerpt(report, span, marks, 0 if prose else source.AROUND)
    ids = [exhibit.ids[f.address] for f in of if prose and f.address in exhibit.ids]
    where = source.place_line(source.place_of(report, span, of[0].page), w)
    quote = el("blockquote", text, cls="gj-src" + ("" if prose else " gj-src-row"))
    return el("div", quote + where, cls="gj-source", id=ids[0] if ids else None)


def passage_card(passage: CitedPassage, element: str, w: Words) -> str:
    """A quoted passage as printed, its words marked, and its place."""
    offset = passage.span[0]
    marks = [(a - offset, b - offset) for a, b in passage.marks]
    text = source.marked(passage.quote, (0, len(passage.quote)), marks)
    place = source.Place(passage.source_file, passage.section, passage.section_title, passage.span)
    where = source.place_line(place, w)
    head = el("h3", esc(passage.citation) + el("small", esc(w.source_words)))
    body = el("blockquote", text, cls="gj-src")
    return el("section", head + body + where, cls="gj-exhibit gj-passage", id=element)


def _used(answer: Answer, turn: int, shown: Sequence[Exhibit], w: Words) -> str:
    """The figures of an answer that has several, one a line, with their status."""
    heads = (w.report_column, w.place_column, w.value_column, w.status_column)
    titles = {e.report.id: e.report.title for e in shown if e.report}
    lines: list[str] = []
    for number, figure in enumerate(answer.figures):
        name = titles.get(figure.report, figure.source_file)
        status = w.statuses[figure.status]
        item = " · ".join(p for p in (figure.row_label, figure.column_label) if p)
        link = el("a", esc(item), href=f"#{cite_id(turn, number)}")
        cells = [
            el("td", esc(name)),
            el("td", link),
            el("td", esc(in_one_line(figure)), cls="gj-num"),
            el("td", esc(f"{status.sign} {status.word}"), cls=f"gj-status gj-s-{figure.status}"),
        ]
        lines.append(el("tr", join(cells)))
    head = el("thead", el("tr", join(el("th", esc(h), scope="col") for h in heads)))
    body = el("tbody", join(lines))
    table = el("table", head + body, cls="gj-used", aria_label=w.used)
    formula = (
        el("p", f"{esc(w.formula)} " + el("code", esc(answer.formula)), cls="gj-formula")
        if answer.formula
        else ""
    )
    return el("section", el("h3", esc(w.used)) + table + formula, cls="gj-exhibit")
