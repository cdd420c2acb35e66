"""Numbers of running text: what the sentence says of each, and the paragraph it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.web import source
from assistant.web.cell import signed_word
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.context import CHANGES
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
    paragraphs: dict[Span, dict[str, Figure]] = {}
    for figure in (*cited, *broken):
        paragraphs.setdefault(_paragraph_of(report, figure), {})[figure.address] = figure
    for span, inside in paragraphs.items():
        text = paragraph(report, span, list(inside.values()), broken)
        where = source.place_line(
            source.place_of(report, span, next(iter(inside.values())).page), w
        )
        targets = [ids[address] for address in inside if address in ids]
        # A paragraph is what opens, for each of the numbers in it that are cited.
        anchors = join(el("span", "", id=target) for target in targets[1:])
        quote = el("blockquote", text, cls="gj-src")
        first = targets[0] if targets else None
        parts.append(el("div", anchors + quote + where, cls="gj-source", id=first))
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
        name = w.changed if context.kind in CHANGES else w.whole
        yield name, esc(f"{whole.row_label} {whole.printed}{whole.unit}"), ""
    status = signed_word(figure.status, w, prose=True)
    yield w.status, esc(status), f"gj-s-{figure.status} gj-status"
