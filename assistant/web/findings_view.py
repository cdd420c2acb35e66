"""The result of a check as HTML: a summary, the matrix, the findings. Pure functions, no gradio."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from assistant.answer import Answer, Kind, Language
from assistant.answering.found import OpenReport, figures_of, passages_of
from assistant.audit.audit import Audit
from assistant.audit.findings import Finding
from assistant.audit.looking import Unread
from assistant.audit.matrix import MARK_WORDS, Mark, Matrix, Row, Square, matrix_of
from assistant.audit.names import load_check_names
from assistant.audit.places import Place
from assistant.audit.summary import summary_of
from assistant.web import equation, evidence, source
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.report import Check, Report, Strength

MOST_ROWS = 200
"""Reports in the picture; the workbook has all."""
MOST_FINDINGS = 500
ASKING = frozenset({Mark.BROKEN, Mark.ASKS})
MOST_PLACES = 2
"""Places in the line of a finding."""
MOST_SOURCES = 12
PANEL = 999_999
"""The number of a place's panel, which no turn of a conversation has."""


def progress(done: int, total: int, w: Words) -> str:
    """How far the check is; without a total only how many are done."""
    bar = el("progress", value=str(done), max=str(total) if total else None)
    text = w.check_progress.format(n=done, total=total or "…")
    return el("p", bar + el("span", esc(text)), cls="gj-progress", role="status")


def result(audit: Audit, w: Words, notes: Sequence[str] = ()) -> str:
    """All of a result: numbers, files that were not read, the picture, the findings.

    ``notes`` are lines on how it was checked.
    """
    numbers = {id(finding): number for number, finding in enumerate(audit.findings)}
    parts = [
        _cards(audit, w),
        _unread(audit.unread, w),
        _others(audit.others, w),
        *(el("p", esc(note), cls="gj-hint") for note in notes),
        _picture(matrix_of(audit), _firsts(audit.findings, numbers), w) if audit.reports else "",
        _list(audit.findings, w),
    ]
    return el("div", join(parts), cls="gj-check")


def _cards(audit: Audit, w: Words) -> str:
    summary = summary_of(audit)
    counts = [
        (w.check_read, summary.read, ""),
        (w.check_clean, summary.clean, "clean"),
        *((w.strengths[s], n, s.value) for s, n in summary.strengths.items()),
    ]
    if summary.unread:
        counts.append((w.check_unread, summary.unread, "hard"))
    items = [
        el("li", el("b", esc(count)) + esc(name), cls=f"gj-sum-{kind}" if kind else "")
        for name, count, kind in counts
    ]
    return el("ul", join(items), cls="gj-sums", aria_label=w.check_summary)


def _unread(unread: Sequence[Unread], w: Words) -> str:
    if not unread:
        return ""
    lines = [
        el("li", el("b", esc(one.path)) + " " + esc(f"{one.message} {one.advice}"))
        for one in unread
    ]
    return el("div", el("h3", esc(w.check_unread)) + el("ul", join(lines)), cls="gj-unread")


def _others(others: Sequence[Unread], w: Words) -> str:
    """One line on files among the reports that are none."""
    paths = w.comma.join(other.path for other in others)
    return el("p", esc(w.check_others.format(files=paths)), cls="gj-hint") if others else ""


def _firsts(findings: Iterable[Finding], numbers: dict[int, int]) -> dict[tuple[str, str], int]:
    """The first finding of a report and a code, which its square opens."""
    firsts: dict[tuple[str, str], int] = {}
    for finding in findings:
        firsts.setdefault((finding.path, finding.code), numbers[id(finding)])
    return firsts


def _picture(matrix: Matrix, firsts: dict[tuple[str, str], int], w: Words) -> str:
    """Reports by checks, a coloured square each; one with findings opens the first of them."""
    order = _order(matrix)
    heads = [_head(matrix.codes[at], w) for at in order]
    head = el("thead", el("tr", el("th", esc(w.check_report), scope="col") + join(heads)))
    shown = matrix.rows[:MOST_ROWS]
    lines = [
        el(
            "tr",
            el("th", esc(_name(row)), scope="row", title=row.source_file)
            + join(
                _square(
                    row.squares[at], matrix.codes[at], firsts.get((row.path, matrix.codes[at])), w
                )
                for at in order
            ),
        )
        for row in shown
    ]
    table = el("table", head + el("tbody", join(lines)), cls="gj-matrix", aria_label=w.check_matrix)
    left = len(matrix.rows) - len(shown)
    more = el("p", esc(w.check_more_rows.format(n=left)), cls="gj-hint") if left else ""
    keys = [
        el("li", el("i", mark.value, cls=f"gj-m gj-m-{mark.name}") + esc(_mark_word(mark, w)))
        for mark in Mark
    ]
    legend = el("ul", join(keys), cls="gj-marks")
    return el("h3", esc(w.check_matrix)) + legend + el("div", table, cls="gj-frame") + more


def _head(code: str, w: Words) -> str:
    """A column's head: in Chinese what is checked, in English its code; the other as its title."""
    name = load_check_names().name(code)
    shown, other = (code, name) if w.lang == "en" else (name, code)
    return el("th", el("span", esc(shown)), scope="col", title=other)


def _order(matrix: Matrix) -> list[int]:
    """Places of the columns: first those in which something was found."""
    found = {
        at for row in matrix.rows for at, square in enumerate(row.squares) if square.mark in ASKING
    }
    return sorted(range(len(matrix.codes)), key=lambda at: at not in found)


def _name(row: Row) -> str:
    return f"{row.body} {row.year}" if row.body and row.year else row.title


def _square(square: Square, code: str, first: int | None, w: Words) -> str:
    text = f"{square.mark.value}{square.count if square.count > 1 else ''}"
    title = f"{code}：{_mark_word(square.mark, w)}"
    inner = esc(text)
    if first is not None:
        inner = el("button", inner, type="button", data_finding=str(first), aria_label=title)
    return el("td", inner, cls=f"gj-m-{square.mark.name}", title=title)


def _mark_word(mark: Mark, w: Words) -> str:
    return MARK_WORDS[mark][0 if w.lang.startswith("zh") else 1]


def _list(findings: Sequence[Finding], w: Words) -> str:
    """The findings report by report; boxes choose the strengths that are shown."""
    if not findings:
        return el("p", esc(w.check_nothing), cls="gj-hint")
    boxes = [
        el(
            "label",
            el(
                "input", type="checkbox", checked=True, data_gj="strength", value=s.value
            ).removesuffix("</input>")
            + esc(w.strengths[s]),
        )
        for s in Strength
        if any(finding.strength is s for finding in findings)
    ]
    numbered = list(enumerate(findings))[:MOST_FINDINGS]
    groups = []
    for _, found in groupby(numbered, lambda each: each[1].path):
        own = list(found)
        first = own[0][1]
        title = el("h4", esc(first.title) + el("small", esc(first.path)))
        items = el("ul", join(_line(number, finding, w) for number, finding in own))
        groups.append(el("section", title + items, cls="gj-found"))
    left = len(findings) - len(numbered)
    more = el("p", esc(w.check_more.format(n=left)), cls="gj-hint") if left else ""
    head = el("h3", esc(w.check_findings)) + el("div", join(boxes), cls="gj-strengths")
    return el("div", head + join(groups) + more, cls="gj-findings")


def _line(number: int, finding: Finding, w: Words) -> str:
    """A finding: strength, code, what must hold, both sides, where; a click opens the place."""
    zh = w.lang.startswith("zh")
    sentence = finding.sentence if zh else finding.sentence_en
    sign = equation.SIGNS[finding.strength]
    where = [_place(place) for place in finding.places[:MOST_PLACES]]
    inner = [
        el("span", esc(f"{sign} {w.strengths[finding.strength]}"), cls="gj-tag"),
        el("code", esc(finding.code)),
        el("span", esc(f"{sentence}（{finding.scope}）")),
        el("b", esc(finding.equation)),
        *(el("small", esc(words)) for words in where),
    ]
    button = el("button", join(inner), type="button", data_finding=str(number))
    return el("li", button, cls=f"gj-f gj-f-{finding.strength}", data_strength=finding.strength)


def _place(place: Place) -> str:
    return f"{place.words}（{place.where}）" if place.where else place.words


def place(finding: Finding, check: Check | None, open_report: OpenReport, w: Words) -> str:
    """What a finding stands on: its equation, the tables with the cells lit, the source.

    Where the report can no longer be asked, what was noted of its places.

    Raises:
        GoujiError: the report cannot be opened again.
    """
    head = el("h2", esc(finding.title)) + el("p", esc(finding.path), cls="gj-file")
    basis = el("p", esc(w.check_basis.format(basis=finding.basis))) if finding.basis else ""
    inner = ""
    if check is not None:
        inner = stands_on(check, open_report(finding.report), open_report, w)
    if not inner:
        inner = el("ul", join(el("li", esc(_place(place))) for place in finding.places))
    return el("section", head + basis + inner, cls="gj-place-of")


def sources(check: Check, report: Report, open_report: OpenReport, w: Words) -> str:
    """Only what is printed of a check's cells and sentences, with its places.

    Raises:
        GoujiError: a report that it is held against cannot be opened.
    """
    blocks = []
    for cited in figures_of(check, report, open_report):
        of = report if cited.report == report.id else open_report(cited.report)
        figure = of.figure(cited.address)
        span = source.span_of(figure) if figure is not None else None
        if figure is not None and span is not None:
            blocks.append(evidence.source_block(of, span, [figure], w))
    passages = passages_of(check, report, open_report)
    blocks += [evidence.passage_card(p, f"gj-{PANEL}-{n}", w) for n, p in enumerate(passages)]
    return join(dict.fromkeys(blocks[:MOST_SOURCES]))


def stands_on(check: Check, report: Report, open_report: OpenReport, w: Words) -> str:
    """The evidence of one check: tables and passages of every report that it names.

    Raises:
        GoujiError: a report that it is held against cannot be opened.
    """
    answer = Answer(
        kind=Kind.LIST,
        text="",
        language=Language.HANS,
        figures=tuple(figures_of(check, report, open_report)),
        passages=tuple(passages_of(check, report, open_report)),
        checks=(check,),
    )
    return evidence.panel(answer, PANEL, open_report, w)
