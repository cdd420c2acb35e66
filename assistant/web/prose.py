"""Numbers of running text: what the sentence says of each, and the paragraph it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.web import source
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.report import Figure, Report, Span

MOST_FACTS = 4
"""Numbers whose facts are listed; the others of a paragraph are only marked."""


def numbers(
    report: Report,
    cited: Sequence[Figure],
    broken: Sequence[Figure],
    ids: Mapping[str, str],
    w: Words,
) -> str:
    """Each cited number with what is said of it, under it the paragraph with the number marked.

    ``broken`` are the numbers of failing equations, marked in red; ``ids`` are the element ids
    of citations by address.
    """
    parts = [_facts(report, figure, w) for figure in cited[:MOST_FACTS]]
    paragraphs: dict[Span, None] = {}
    for figure in (*cited, *broken):
        paragraphs[_paragraph_of(report, figure)] = None
    own = {id(f) for f in cited}
    every = [*cited, *(f for f in broken if id(f) not in own)]
    for span in paragraphs:
        inside = [f for f in every if _paragraph_of(report, f) == span]
        element = next((ids[f.address] for f in inside if f.address in ids), None)
        text = paragraph(report, span, inside, broken)
        where = source.place_line(source.place_of(report, span, inside[0].page), w)
        quote = el("blockquote", text, cls="gj-src")
        parts.append(el("div", quote + where, cls="gj-source", id=element))
    return join(parts)


def _paragraph_of(report: Report, figure: Figure) -> Span:
    """The paragraph of a number, or its sentence where the paragraph is kept in pieces."""
    start, end = figure.span or (0, 0)
    spans = (p.span for p in report.passages)
    own = next((s for s in spans if s[0] <= start and end <= s[1]), None)
    if own is None:
        own = figure.prose.sentence if figure.prose is not None else (start, end)
    return own


def paragraph(
    report: Report, span: Span, cited: Sequence[Figure], broken: Sequence[Figure] = ()
) -> str:
    """A paragraph as printed: the sentences of the numbers stand out, the numbers are marked."""
    bad = {f.address for f in broken}
    marks = {_whole(f): "gj-red" if f.address in bad else "" for f in cited}
    sentences = sorted({f.prose.sentence for f in cited if f.prose is not None})
    out: list[str] = []
    at = span[0]
    for start, end in _apart(sentences, span):
        out.append(el("span", source.marked(report.text, (at, start)), cls="gj-rest"))
        inner = _marked(report.text, (start, end), marks)
        out.append(el("span", inner, cls="gj-sentence"))
        at = end
    out.append(el("span", source.marked(report.text, (at, span[1])), cls="gj-rest"))
    return el("span", join(out), cls="gj-src-body")


def _marked(text: str, span: Span, marks: Mapping[Span, str]) -> str:
    out: list[str] = []
    at = span[0]
    for start, end in _apart(sorted(marks), span):
        out.append(source.marked(text, (at, start)))
        inner = source.marked(text, (start, end))
        out.append(el("mark", inner, cls=marks[start, end]))
        at = end
    return join([*out, source.marked(text, (at, span[1]))])


def _apart(spans: Iterable[Span], within: Span) -> Iterator[Span]:
    """Spans that lie within another and do not overlap, in order."""
    at = within[0]
    for start, end in spans:
        if at <= start < end <= within[1]:
            yield start, end
            at = end


def _whole(figure: Figure) -> Span:
    """A number with its hedge and its unit, as printed."""
    if figure.prose is not None:
        return figure.prose.whole
    return figure.span or (0, 0)


def _facts(report: Report, figure: Figure, w: Words) -> str:
    """What is said of one number, a line each; what the text does not say is left out."""
    lines = [
        el("dt", esc(name)) + el("dd", value, cls=cls)
        for name, value, cls in _said(report, figure, w)
        if value
    ]
    return el("dl", join(lines), cls="gj-facts gj-number", aria_label=figure.row_label)


def _said(report: Report, figure: Figure, w: Words) -> Iterator[tuple[str, str, str]]:
    context = figure.prose
    if context is None:
        return
    yield w.called, esc(figure.row_label), ""
    yield w.stated, el("b", esc(report.text[slice(*context.whole)])), ""
    yield w.unit, esc(figure.unit), ""
    if context.bound is not None:
        yield w.about, esc(w.bounds[context.bound].format(hedge=context.hedge)), ""
    yield w.scope, esc(context.scope or ""), ""
    yield w.time, esc(context.period or ""), ""
    notes = [w.planned if context.plan else "", w.of_each if context.each else ""]
    yield w.remark, esc("；".join(n for n in notes if n)), ""
    whole = report.figure(f"prose.{context.of.removeprefix('prose.')}") if context.of else None
    if whole is not None:
        yield w.whole, esc(f"{whole.row_label} {whole.printed}{whole.unit}"), ""
    yield w.status, esc(status_of(figure, w)), f"gj-s-{figure.status} gj-status"


def status_of(figure: Figure, w: Words) -> str:
    """The sign and the word of a status, as they are said of a number of running text."""
    known = w.statuses[figure.status]
    return f"{known.sign} {w.prose_statuses.get(figure.status, known.word)}"
