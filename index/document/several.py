"""A file that holds a body's reports for several years, last year's behind this year's.

Another report begins at a line that is nothing but a title of the same body with another year, if
the sections of a whole report stand before it and after it. The first is read; what follows is left
out and told, so that no figure of it is taken for the report's own. Reports of several bodies in
one file are not told apart: nothing says whose is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.bodies.titles import LONGEST_TITLE, find_title
from index.document.headings import find_titles
from index.formats import Form
from index.report import Block, Document
from index.script import fold
from index.sidecar import Given

LEAST_SECTIONS = 4
"""Sections on either side of a title that make two reports; a list of reports has none."""
MAY_BE_TITLE = re.compile("公[开開]")
APPENDED = re.compile(
    r"[#*\s《]*(?:附(?:件|录)?\s*[\d一二三四五六七八九十]{0,2}\s*[:、.]?)?\s*(?:关于)?[#*\s《(]*"
)
"""What may stand before the title of a report that is appended to another one."""


def first_report(
    document: Document, form: Form, given: Given
) -> tuple[Document, tuple[str, str] | None]:
    """The document up to a further report, and that one's body and year; None: it holds only one.

    Where the first title has another year or body than the user sets, it is not known which of
    the reports is meant, and the document is left whole.
    """
    titles = list(_titles(document))
    years = {year for _, (_, year) in titles}
    if len(years) <= 1 or not _agrees(titles[0][1], given):
        return document, None
    first, (body, year) = titles[0]
    sections = find_titles(document, form)
    for start, title in titles[1:]:
        before = {s.section for s in sections if first < s.span[0] < start}
        after = {s.section for s in sections if s.span[0] > start}
        if min(len(before), len(after)) < LEAST_SECTIONS:
            continue
        if title[0] != body or title[1] == year:
            break
        blocks = tuple(block for block in document.blocks if block.span[0] < start)
        text = document.text[:start]
        return document.model_copy(update={"text": text, "blocks": blocks}), title
    return document, None


def _agrees(title: tuple[str, str], given: Given) -> bool:
    return given.body in (None, title[0]) and given.year in (None, int(title[1]))


def _titles(document: Document) -> Iterator[tuple[int, tuple[str, str]]]:
    """Where lines begin that are titles, and the body and the year that they name."""
    for block in document.blocks:
        if block.table is None and len(block.text) <= LONGEST_TITLE:
            title = _title(block) if MAY_BE_TITLE.search(block.text) else None
            if title is not None:
                yield block.span[0], title


def _title(block: Block) -> tuple[str, str] | None:
    """Body and year of a line that is a title and nothing else."""
    title = find_title([block])
    if title is None or title.body.span is None or title.year.span is None:
        return None
    start = min(title.body.span[0], title.year.span[0]) - block.span[0]
    before = fold(block.text[:start]).text
    alone = APPENDED.fullmatch(before) is not None
    return (title.body.value or "", title.year.value or "") if alone else None
