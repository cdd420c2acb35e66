"""The evidence panel: an answer and its reports, as HTML. Pure functions, no gradio."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, CitedFigure, CitedPassage, Kind, Role
from assistant.query import PROSE
from assistant.web import equation, grid, prose, source
from assistant.web.bars import MOST_BARS, bars_of, chart, shared_place
from assistant.web.cell import in_one_line, signed_word
from assistant.web.grid import Light, Lit
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.errors import GoujiError
from index.report import TRUSTED, Check, Figure, Report, Span, Strength

OPEN_EXHIBITS = 2
"""Exhibits shown open; the rest are there, closed."""
MOST_EXHIBITS = MOST_BARS
"""As many as have a bar; figures beyond are only listed, one a line."""
MOST_EXCERPTS = 6
MOST_LINES = 3
"""Figures listed openly under the bars that show them; more are behind a click."""
OPERATORS = (" + ", " - ", " * ", " / ")
ON_PAPER = str.maketrans({"-": "−", "*": "×", "/": "÷", ";": "；"})

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
    every = exhibits(answer, turn, open_report)
    shown, left_out = every[:MOST_EXHIBITS], every[MOST_EXHIBITS:]
    loose = _loose(answer, shown)
    parts = [el("div", join(equation.equation(c, w) for c in loose), cls="gj-loose")] * bool(loose)
    if answer.refusal is None and len({(f.report, f.address) for f in answer.figures}) > 1:
        parts.append(_used(answer, turn, shown, w))
    opened = OPEN_EXHIBITS if len(shown) <= OPEN_EXHIBITS else 0
    first, rest = shown[:opened], shown[opened:]
    parts += [_exhibit(e, answer, w) for e in first]
    start = len(answer.figures)
    parts += [
        passage_card(p, cite_id(turn, start + n), w)
        for n, p in enumerate(answer.passages)
        if not _shown_already(p, shown)
    ]
    if rest:
        name = w.more_evidence if first else w.all_evidence
        summary = el("summary", esc(name.format(n=len(rest))))
        parts.append(el("details", summary + join(_exhibit(e, answer, w) for e in rest)))
    if left_out:
        parts.append(el("p", esc(w.bars_more.format(n=len(left_out))), cls="gj-hint"))
    if not parts:
        return ""
    asked = el("p", esc(w.asked_question.format(question=question)), cls="gj-for")
    return el("div", (asked if question else "") + join(parts), cls="gj-panel", data_turn=turn)


def _shown_already(passage: CitedPassage, shown: Sequence[Exhibit]) -> bool:
    """Whether an exhibit shows the paragraph of a number that this passage quotes."""
    return any(
        e.table == PROSE
        and e.report is not None
        and e.report.id == passage.report
        and any(_within(f.span, passage.span) for f in e.cited)
        for e in shown
    )


def _within(span: Span | None, outer: Span) -> bool:
    return span is not None and outer[0] <= span[0] and span[1] <= outer[1]


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
        checks = tuple(c for c in broken if _touches(c, key, report))
        proven = tuple(c for c in holds if _touches(c, key, report))
        out.append(Exhibit(report, key, cited, checks, proven, ids=ids))
    return out


def _failing(answer: Answer) -> tuple[Check, ...]:
    """What does not hold, the hard first; remarks only where nothing else is asked for."""
    refused = answer.refusal.checks if answer.refusal else ()
    every = (*refused, *answer.checks)
    states = any(figure.role is Role.ANSWER for figure in answer.figures)
    asking = (c for c in equation.asking(every) if not states or c.strength is not Strength.INFO)
    return (*equation.failing(every), *asking)


def _touches(check: Check, key: str, report: Report) -> bool:
    """Whether a check is of a report's table; one between reports names its cells with theirs."""
    if check in report.checks:
        return any(a.startswith(f"{key}.") for a in check.addresses)
    return any(a.startswith(f"{report.id}/{key}.") for a in check.addresses)


def _own(addresses: Iterable[str], report: Report) -> frozenset[str]:
    """Addresses of a report's own cells, as it calls them."""
    return frozenset(
        address.removeprefix(f"{report.id}/")
        for address in addresses
        if "/" not in address or address.startswith(f"{report.id}/")
    )


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
    broken = _own((a for c in exhibit.checks for a in c.addresses), report)
    title = w.prose if exhibit.table == PROSE else grid.table_title(report, exhibit.table, w)
    parts = [
        el("h3", esc(report.title) + el("small", esc(title))),
        *(equation.equation(c, w, report) for c in exhibit.checks),
    ]
    if exhibit.table != PROSE:
        light = Light(cells, broken, exhibit.ids, fold=True)
        parts.append(grid.framed(grid.table(report, exhibit.table, light, w), w))
    proof = "" if exhibit.checks else equation.proof(exhibit.holding, w)
    if exhibit.table == PROSE:
        parts += [_prose(exhibit, report, w), proof]
    else:
        parts += [proof, _sources(exhibit, report, w)]
    return el("section", join(parts), cls="gj-exhibit", aria_label=f"{report.title} {title}")


def _sources(exhibit: Exhibit, report: Report, w: Words) -> str:
    """The printed source of the cited figures and of the failing equation's other rows."""
    wanted = [f.address for f in exhibit.cited]
    wanted += [a for c in exhibit.checks for a in c.addresses if a.startswith(f"{exhibit.table}.")]
    figures = [f for a in dict.fromkeys(wanted) if (f := report.figure(a)) is not None]
    places: dict[Span, list[Figure]] = {}
    unprinted = False
    for figure in figures:
        span = source.span_of(figure)
        unprinted = unprinted or figure.span is None
        if span is not None:
            places.setdefault(span, []).append(figure)
    blocks = [source_block(report, span, of, w) for span, of in places.items()]
    note = el("p", esc(w.not_in_source), cls="gj-hint") if unprinted else ""
    shown, rest = blocks[:MOST_EXCERPTS], blocks[MOST_EXCERPTS:]
    if rest:
        summary = el("summary", esc(w.more_evidence.format(n=len(rest))))
        shown.append(el("details", summary + join(rest)))
    return join([el("h4", esc(w.source)), *shown, note]) if blocks or note else ""


def source_block(report: Report, span: Span, of: Sequence[Figure], w: Words) -> str:
    """One excerpt: the row with the printed words marked, and its place."""
    text = source.excerpt(report, span, [f.span for f in of if f.span])
    where = source.place_line(source.place_of(report, span, of[0].page), w)
    return el("div", el("blockquote", text, cls="gj-src gj-src-row") + where, cls="gj-source")


def _prose(exhibit: Exhibit, report: Report, w: Words) -> str:
    """The cited numbers of running text in their paragraphs; those shown beside them last."""
    cited = [f for c in exhibit.cited if (f := report.figure(c.address)) is not None]
    broken = [
        f
        for a in dict.fromkeys(a for c in exhibit.checks for a in c.addresses)
        if a.startswith(f"{PROSE}.") and (f := report.figure(a)) is not None
    ]
    return prose.numbers(report, cited, broken, exhibit.ids, w)


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
    """The figures of an answer that has several: bars where they compare, then one a line.

    Where all are of one report, its name stands above them and in no line.
    """
    titles = {e.report.id: e.report.title for e in shown if e.report}
    elements = {element for e in shown for element in e.ids.values()}
    targets = [cite_id(turn, number) for number in range(len(answer.figures))]
    place = shared_place(answer)
    picture = chart(bars_of(answer, titles, targets), place, w)
    named = [titles.get(figure.report, figure.source_file) for figure in answer.figures]
    alone = len({figure.report for figure in answer.figures}) == 1
    heads = (w.report_column, w.place_column, w.value_column, w.status_column)[alone:]
    lines = [
        _used_line(figure, target, "" if alone else of, w, linked=target in elements)
        for figure, target, of in zip(answer.figures, targets, named, strict=True)
    ]
    head = el("thead", el("tr", join(el("th", esc(h), scope="col") for h in heads)))
    table = el("table", head + el("tbody", join(lines)), cls="gj-used", aria_label=w.used)
    if len(lines) > MOST_LINES and picture:
        summary = el("summary", esc(w.each_figure.format(n=len(lines))))
        table = el("details", summary + table)
    title = el("h3", esc(w.used) + (el("small", esc(named[0])) if alone else ""))
    inner = title + picture + table + _formula(answer, w)
    return el("section", inner, cls="gj-exhibit")


def _used_line(figure: CitedFigure, target: str, report: str, w: Words, *, linked: bool) -> str:
    """One figure, with its report unless that is ""; its line is what its citations open.

    Where an exhibit shows it, they open that.
    """
    status = signed_word(figure.status, w, prose=figure.table == PROSE)
    item = " · ".join(p for p in (figure.row_label, figure.column_label) if p)
    cells = [
        el("td", esc(report)) if report else "",
        el("td", el("a", esc(item), href=f"#{target}") if linked else esc(item)),
        el("td", esc(in_one_line(figure)), cls="gj-num"),
        el("td", esc(status), cls=f"gj-status gj-s-{figure.status}"),
    ]
    return el("tr", join(cells), id=None if linked else target)


def _formula(answer: Answer, w: Words) -> str:
    """How the value came about, in the signs of a sum on paper; a mere list of values is none."""
    formula = answer.formula or ""
    if not any(sign in formula for sign in OPERATORS):
        return ""
    printed = formula.translate(ON_PAPER)
    return el("p", f"{esc(w.formula)} " + el("code", esc(printed)), cls="gj-formula")
