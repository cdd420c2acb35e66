"""The source as printed, with words marked in it, and where it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.report import Figure, Heading, Report, Span

_LINE_END = re.compile(r"\r\n|\r|\n")
AROUND = 24
"""Characters shown before and after a row of a table."""
SECTION_NUMERALS = "一二三四五六七八九十"
NUMBERED = re.compile(r"[\s#(（]*[一二三四五六七八九十\d]{1,3}\s*[、.．)）]")
STATUTORY = 6
"""Sections of the forms since 2019."""


@dataclass(frozen=True)
class Place:
    """A span of a file and the section it stands in; ``section`` is 0 before the first."""

    source_file: str
    section: int
    title: str
    span: Span
    page: int | None = None


def marked(text: str, span: Span, marks: Iterable[Span] = ()) -> str:
    """``text[span]`` as HTML with the marked words in ``<mark>``.

    The text content of the HTML is the printed text, character for character: a line end is
    kept and only shown as a small sign. Marks outside the span are cut off at its ends.
    """
    start, end = span
    out: list[str] = []
    at = start
    for left, right in _merged(marks, span):
        out.append(_printed(text[at:left]))
        out.append(el("mark", _printed(text[left:right])))
        at = right
    out.append(_printed(text[at:end]))
    return join(out)


def _printed(text: str) -> str:
    """Escaped text in which line ends take no line of their own."""
    parts: list[str] = []
    at = 0
    for match in _LINE_END.finditer(text):
        parts += [esc(text[at : match.start()]), el("span", match.group(), cls="gj-nl")]
        at = match.end()
    return join([*parts, esc(text[at:])])


def _merged(marks: Iterable[Span], within: Span) -> list[Span]:
    """Marks in order, cut to the span, overlaps joined, empty ones dropped."""
    cut = sorted((max(a, within[0]), min(b, within[1])) for a, b in marks)
    out: list[Span] = []
    for a, b in cut:
        if a >= b:
            continue
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def heading_at(report: Report, place: int) -> Heading | None:
    """The section heading that a place of the text stands under, None before the first."""
    before = [h for h in report.headings if h.span[0] <= place]
    return max(before, key=lambda h: h.span[0]) if before else None


def span_of(figure: Figure) -> Span | None:
    """What to show of the source for a cell of a table: its row; None where nothing is printed."""
    return figure.row_span or figure.span


def excerpt(report: Report, span: Span, marks: Iterable[Span]) -> str:
    """A span of the report with a little of what stands before and after, faded."""
    start, end = max(0, span[0] - AROUND), min(len(report.text), span[1] + AROUND)
    before = marked(report.text, (start, span[0]))
    after = marked(report.text, (span[1], end))
    lead = "…" if start > 0 else ""
    trail = "…" if end < len(report.text) else ""
    return join(
        [
            el("span", f"{lead}{before}", cls="gj-dim") if before else "",
            el("span", marked(report.text, span, marks), cls="gj-src-body"),
            el("span", f"{after}{trail}", cls="gj-dim") if after else "",
        ]
    )


def place_of(report: Report, span: Span, page: int | None = None) -> Place:
    """Where a span of a report stands."""
    heading = heading_at(report, span[0])
    number, title = (heading.section, heading.title) if heading else (0, "")
    return Place(report.source_file, number, title, span, page)


def place_line(place: Place, w: Words) -> str:
    """One line that says where a piece of source stands: file, section, characters, page."""
    start, end = place.span
    parts = [
        el("span", esc(place.source_file), cls="gj-file", title=place.source_file),
        el("span", esc(section_name(w, place.section, place.title))),
        el("span", esc(w.characters.format(start=f"{start:,}", end=f"{end:,}"))),
    ]
    if place.page is not None:
        parts.append(el("span", esc(w.page.format(n=place.page))))
    return el("p", join(parts), cls="gj-place")


def section_name(w: Words, section: int, title: str) -> str:
    """A section's title as printed, with its number in the form where the title has none.

    Numbers above `STATUTORY` stand for what only older reports have, which number as they like.
    """
    if not section:
        return w.before_sections
    if NUMBERED.match(title) or (title.strip() and section > STATUTORY):
        return title.strip()
    numeral = SECTION_NUMERALS[section - 1] if section <= len(SECTION_NUMERALS) else str(section)
    number = w.section_no.format(n=numeral if w.lang.startswith("zh") else section)
    return f"{number} {title.strip()}".strip()
