"""Where the sections of a report begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from index.formats import Form
from index.report import Document, Heading, Span, new_heading
from index.script import fold

BEFORE_TITLE = frozenset("#*_|、.．,，一二三四五六七八九十")
"""What may stand between the start of a heading and its title, besides spaces."""
LONGEST_LEAD = 40
"""Characters before the title of a heading that belong to it."""


def find_titles(document: Document, form: Form, tables: Sequence[Span] = ()) -> tuple[Heading, ...]:
    """Every place where the title of a section stands as a heading does, in reading order.

    Lists of the parts in a preamble or in contents are among them. Rows of an annexed table may
    be called as sections are: nothing within ``tables`` is a heading.
    """
    folded = fold(document.text)
    found = []
    for section in form.sections:
        for match in _heading_pattern((section.title, *section.aliases)).finditer(folded.text):
            name = "title" if match["title"] else "alone"
            start = match.start("number" if match["title"] else "alone")
            span = folded.span(start, match.end(name))
            if not _within(folded.span(*match.span()), tables):
                title = document.text[slice(*span)]
                found.append(new_heading(section=section.number, title=title, span=span))
    return tuple(sorted(found, key=lambda heading: heading.span))


def find_headings(
    document: Document, form: Form, tables: Sequence[Span] = ()
) -> tuple[Heading, ...]:
    """Section headings in their order in the text, at most one for each section."""
    return choose_headings(find_titles(document, form, tables), form)


def choose_headings(titles: Sequence[Heading], form: Form) -> tuple[Heading, ...]:
    """The headings among the titles.

    The title decides, not the printed number, which restarts or is wrong in real reports.
    Where a title occurs more than once (a list of the parts in the preamble), the last one
    that still leaves room for the sections after it is the heading.
    """
    found: list[Heading] = []
    for section in reversed(form.sections):
        limit = found[-1].span[0] if found else None
        fitting = [
            t for t in titles
            if t.section == section.number and (limit is None or t.span[0] < limit)
        ]  # fmt: skip
        found.extend(fitting[-1:])
    return tuple(reversed(found))


def _within(span: Span, regions: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in regions)


class _Headings:
    """Finds headings: a numbered title, or a title alone in its line.

    A numbered one may go straight on, as in flattened text, but not as an item of a list.
    """

    def __init__(self, titles: tuple[str, ...]) -> None:
        title = "|".join(re.escape(t).replace("、", "[、,，和及与]?") for t in titles)
        tail = "(?:[(（]数据填报[)）])?"
        self._title = re.compile(title)
        self._heading = re.compile(
            r"(?:^|(?<=[\s|#*_。;；)）0-9]))[#*_\s]*(?P<number>[一二三四五六七八九十]{1,2})"
            rf"\s*[、.．,，]\s*(?P<title>{title}){tail}(?![、,，;；和及与])"
            rf"|^[#\s|]*(?P<alone>{title}){tail}(?=$|[\s|:：。])",
            re.MULTILINE,
        )

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Headings in a text, each looked for from its title on, which few places have."""
        for found in self._title.finditer(text):
            first = found.start()
            least = max(0, first - LONGEST_LEAD)
            while first > least and (text[first - 1] in BEFORE_TITLE or text[first - 1].isspace()):
                first -= 1
            for start in range(first, found.start() + 1):
                match = self._heading.match(text, start)
                if match and found.start() in (match.start("title"), match.start("alone")):
                    yield match
                    break


@cache
def _heading_pattern(titles: tuple[str, ...]) -> _Headings:
    longest_first = sorted(set(titles), key=len, reverse=True)
    return _Headings(tuple(fold(title).text for title in longest_first))
