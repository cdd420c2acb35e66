"""The sections of a report, however they are called: found, retitled, lost, or printed twice.

Headings (`index.document.headings`) have the titles that the form file knows. Here the places where
one is missing are looked at again: another title, or its matter without a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.report import Heading, Span, new_heading
from index.script import Folded, fold_same_length, without_spaces
from index.words.document import load_document_words

NUMERALS = "一二三四五六七八九十"
SECTIONS = range(1, 7)
"""The sections of the forms since 2019."""
TABLES = {2: "t2", 3: "t3", 4: "t4"}
"""Sections that are tables, with the table's name."""
LEAST_DIGITS = 10
"""Digits between a title and the next that are a table, where no sentence ends."""
TITLED = re.compile(
    r"^[#\s|*]*(?P<number>[一二三四五六七八九十]{1,2})\s*[、.]\s*(?P<title>[^\n。;:,|]{2,30}?)[\s|*]*$",
    re.MULTILINE,
)
"""A line that is a heading of the first level."""
ITEM = re.compile(
    r"(?:^|[\s。;|])[(]?[一二三四五六七八九十\d]{1,2}[)、.]\s*(?P<title>[^\n。;:,|]{2,20})",
    re.MULTILINE,
)
"""A numbered item with what it is called, of whatever level, also where the text goes on."""
CONTENT = re.compile(r"[0-9\u3400-\u9fff]")


@dataclass(frozen=True)
class Part:
    """A section that is there: its heading as printed, its text up to the next one.

    ``official`` is False where its title is none that the form file knows. ``text`` has neither
    spaces nor line breaks.
    """

    number: int
    heading: Heading
    text: Folded
    official: bool = True

    def span(self, start: int, end: int) -> Span:
        """A span of ``text`` as one of the source."""
        return self.text.span(start, end)


@dataclass(frozen=True)
class Outline:
    """The sections of a report by number, and what is amiss with them.

    ``moved``: sections that stand behind one that should follow them. ``twice``: further headings
    of sections, each with a text of its own. ``untitled``: sections without a heading whose
    matter is there all the same.
    """

    parts: dict[int, Part] = field(default_factory=dict)
    moved: tuple[Heading, ...] = ()
    twice: tuple[Heading, ...] = ()
    untitled: frozenset[int] = frozenset()

    @property
    def missing(self) -> tuple[int, ...]:
        """Sections that have no heading, in order."""
        return tuple(n for n in SECTIONS if n not in self.parts)


def outline_of(
    text: str,
    titles: Sequence[Heading],
    headings: Sequence[Heading],
    tables: frozenset[str],
) -> Outline:
    """The outline of a report.

    Args:
        text: of the document.
        titles: all places where a title that the form knows stands as a heading does.
        headings: those that were chosen.
        tables: names of the tables that were read.
    """
    chosen = {h.section: h for h in headings}
    real = [
        title
        for at, title in enumerate(titles)
        if chosen.get(title.section) is not title and _is_heading(text, titles, at)
    ]
    moved = tuple({t.section: t for t in reversed(real) if t.section not in chosen}.values())
    found = chosen | {t.section: t for t in moved}
    retitled = {h.section: h for h in _retitled(text, found)}
    found |= retitled
    return Outline(
        parts=dict(_parts(text, found, retitled)),
        moved=moved,
        twice=tuple(t for t in real if t.section in chosen),
        untitled=frozenset(_untitled(text, found, tables)),
    )


def _is_heading(text: str, titles: Sequence[Heading], at: int) -> bool:
    """Whether a title has a number, a line and a text of its own.

    An entry of a list of the parts has no text, and the menu of a site has no numbers.
    """
    title = titles[at]
    if title.title[0] not in NUMERALS:
        return False
    line_end = text.find("\n", title.span[1])
    rest = text[title.span[1] : line_end if line_end >= 0 else len(text)]
    if CONTENT.search(rest):
        return False
    listed = at > 0 and not _content(text, titles, at - 1)
    return not listed and _content(text, titles, at)


def _content(text: str, titles: Sequence[Heading], at: int) -> bool:
    """Whether a sentence or a table stands between a title and the next."""
    end = titles[at + 1].span[0] if at + 1 < len(titles) else len(text)
    between = text[titles[at].span[1] : end]
    return "。" in between or sum(map(str.isdigit, between)) >= LEAST_DIGITS


def _gaps(text: str, found: dict[int, Heading]) -> Iterator[tuple[int, int, int]]:
    """Missing sections with where each would be: behind the one before it, before the next."""
    for number in SECTIONS:
        if number not in found:
            start = max((h.span[1] for n, h in found.items() if n < number), default=0)
            end = min(
                (h.span[0] for n, h in found.items() if n > number and h.span[0] >= start),
                default=len(text),
            )
            yield number, start, end


def _retitled(text: str, found: dict[int, Heading]) -> Iterator[Heading]:
    """Headings of missing sections under a title that the form does not know."""
    matter = load_document_words().matter
    for number, start, end in _gaps(text, found):
        for match in TITLED.finditer(fold_same_length(text)[start:end]):
            if matter[number].search(match["title"]):
                span = (start + match.start("number"), start + match.end("title"))
                yield new_heading(section=number, title=text[slice(*span)], span=span)
                break


def _untitled(text: str, found: dict[int, Heading], tables: frozenset[str]) -> Iterator[int]:
    """Missing sections of which the table or headings below theirs are there."""
    matter = load_document_words().matter
    for number, start, end in _gaps(text, found):
        if number in TABLES:
            there = TABLES[number] in tables
        else:
            under = ITEM.finditer(fold_same_length(text)[start:end])
            there = any(matter[number].search(match["title"]) for match in under)
        if there:
            yield number


def _parts(
    text: str, found: dict[int, Heading], retitled: dict[int, Heading]
) -> Iterator[tuple[int, Part]]:
    in_order, folded = sorted(found.values(), key=lambda h: h.span), fold_same_length(text)
    ends = [*(h.span[0] for h in in_order[1:]), len(text)]
    for heading, end in zip(in_order, ends, strict=False):  # no heading: no end
        start = heading.span[1]
        own = folded[start:end]
        table = heading.section in TABLES
        yield (
            heading.section,
            Part(
                number=heading.section,
                heading=heading,
                text=Folded("", start=start) if table else without_spaces(own, start),
                official=heading.section not in retitled,
            ),
        )
