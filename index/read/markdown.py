"""Markdown: lines and pipe tables of the file itself, so that spans index the source.

Block texts are slices of the file without the markup at their ends; what stands within
(``<br>``, a stray ``**``) is left to whoever reads labels. Blocks keep the order of the file,
one a line: conversions of PDFs tear labels off their rows, and only the order of lines says
between which labels a row without one was printed.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from index.read.fenced import fenced_tables
from index.read.made import make_document
from index.read.markdown_html import between, cells_of, html_tables
from index.read.refusals import too_large
from index.read.ruled_text import ruled_tables
from index.read.text import decode
from index.report import Block, Document, Span

MOST_BLOCKS, MOST_CUTS = 200_000, 1_000_000
"""Lines and cells with text, and lines and pipes at all; a long report has some 2,000."""
PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
# Lines that print nothing: fences, rules, underlines of titles, comments, pictures.
SILENT = re.compile(
    r"\s*(?:(?:`{3,}|~{3,})[\w-]*|=+|(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|<!--.*?-->"
    r"|!\[[^\]]*\]\([^)]*\)|\[[^\]]+\]:\s*<?https?:\S+)\s*"
)
QUOTE = re.compile(r"(?:\s*>)+")
# Before a line: the signs of a heading, or a bullet, but no dash before a number (- 4 -).
HEADING, BULLET = re.compile(r"\s*#{1,6}\s*"), re.compile(r"\s*[-*+]\s+(?![\s\d-])")
LONG_RULE, RULE = re.compile(r"\s*:?-{3,}:?\s*"), re.compile(r"\s*:?-+:?\s*")
SPACE = " \t\r\n\f\v\u3000\xa0\ufeff\u200b"
MARKUP = (  # prints nothing at the end of a slice
    r"(?:&(?:nbsp|ensp|emsp|thinsp|#160|#xa0|#12288);|<br\s{0,9}/?>"
    r"|</?(?:b|strong|i|em|u|font|span|center|p|div)(?:\s[^<>]{0,200})?>)"
)
FIRST, LAST = re.compile(MARKUP, re.IGNORECASE), re.compile(f"{MARKUP}$", re.IGNORECASE)
LONGEST_MARKUP, DEEPEST = 220, 20
"""Characters of a tag, and pieces of markup taken off one end."""
LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
MARKS = ("***", "___", "**", "__", "*", "_", "`")


def read_markdown(data: bytes, path: Path) -> Document:
    """Read a markdown file.

    A table is a run of lines with pipes that has a row of dashes or pipes at both ends of its
    lines; a row of dashes begins a new table with the line before it. Blank cells keep their
    column, escaped pipes part no cells. Tables of HTML keep their grid.

    Raises:
        UnreadableFile: empty, binary, or in no encoding that is known.
    """
    encoding, text = decode(data, str(path))
    cuts = text.count("\n") + text.count("|")
    blocks = _blocks(text, str(path)) if cuts <= MOST_CUTS else None
    if blocks is None or len(blocks) > MOST_BLOCKS:
        raise too_large(str(path), f"行和单元格超过 {MOST_BLOCKS:,} 个")
    return make_document(data, path, encoding=encoding, text=text, blocks=blocks)


def _blocks(text: str, place: str) -> list[Block]:
    blocks: list[Block] = []
    tables = 0
    for outside, table in between(html_tables(text), len(text)):
        tables += _write_lines(text, outside, tables, blocks, place)
        if table is not None:
            for (row, column), span in cells_of(text, table, place):
                _write(text, _unmarked(text, span), blocks, (tables, row, column))
            tables += 1
    return blocks


def _write_lines(text: str, span: Span, first: int, blocks: list[Block], place: str) -> int:
    """Write lines of text and tables of pipes, drawn or in code; returns how many tables."""
    run: list[Span] = []
    tables, lines = first, _lines(text, span)
    ruled = {table.first: table for table in ruled_tables(text, lines)}
    ruled |= {table.first: table for table in fenced_tables(text, lines, place)}
    number = 0
    while number <= len(lines):
        line = lines[number] if number < len(lines) else (span[1], span[1])
        drawn = ruled.get(number)
        if drawn is None and PIPE.search(text, *line):
            run.append(line)
            number += 1
            continue
        tables += _write_run(text, run, tables, blocks)
        run = []
        if drawn is not None:
            for at, piece in drawn.pieces:
                _write(text, _unmarked(text, piece), blocks, (tables, *at))
            tables += 1
        else:
            _write(text, _unmarked_line(text, line), blocks)
        number = drawn.after if drawn is not None else number + 1
    return tables - first


def _lines(text: str, span: Span) -> list[Span]:
    """Lines without their ends and without the signs of a quotation."""
    spans, start = [], span[0]
    for line in text[slice(*span)].splitlines(keepends=True):
        end = start + len(line.splitlines()[0])
        quoted = QUOTE.match(text, start, end)
        spans.append((quoted.end() if quoted else start, end))
        start += len(line)
    return spans


def _write(
    text: str, span: Span, blocks: list[Block], cell: tuple[int, int, int] | None = None
) -> None:
    if len(blocks) > MOST_BLOCKS or (cell is None and span[0] == span[1]):
        return
    table, row, column = cell or (None, None, None)
    blocks.append(Block(text=text[slice(*span)], span=span, table=table, row=row, column=column))


# -- tables --------------------------------------------------------------------------------


def _write_run(text: str, run: list[Span], first: int, blocks: list[Block]) -> int:
    """Write neighbouring lines with pipes as tables; returns how many they are."""
    rows = [_cells(text, span) for span in run]
    rules = _rules(text, rows)
    wide = any(sum(a < b for a, b in cells) > 1 for cells in rows)
    framed = all(text[slice(*span)].strip()[:1] == "|" for span in run)
    if not any(rules) and not (wide and framed):
        for span in run:
            _write(text, _unmarked_line(text, span), blocks)
        return 0
    table, row = first - 1, 0
    for number, cells in enumerate(rows):
        if rules[number]:
            continue
        begins = number == 0 or table < first or rules[min(number + 1, len(rows) - 1)]
        table, row = (table + 1, 0) if begins else (table, row + 1)
        for column, span in enumerate(cells):
            _write(text, span, blocks, (table, row, column))
    return table + 1 - first


def _cells(text: str, span: Span) -> list[Span]:
    """Cells of a line without their markup; its own first and last pipe make no cell."""
    start, end = _stripped(text, span)
    cuts = [match.end() - 1 for match in PIPE.finditer(text, start, end)]
    edges = [start - 1, *cuts, end]
    edges = edges[cuts[0] == start :]
    if start < cuts[-1] == end - 1:
        edges = edges[:-1]
    return [_unmarked(text, (a + 1, b)) for a, b in pairwise(edges)]


def _rules(text: str, rows: list[list[Span]]) -> list[bool]:
    """Which rows are of dashes only; one of single dashes only below the head of a table."""
    found: list[bool] = []
    for number, cells in enumerate(rows):
        long = all(LONG_RULE.fullmatch(text, *cell) for cell in cells)
        short = all(RULE.fullmatch(text, *cell) for cell in cells)
        below = number == 1 and len(cells) == len(rows[0]) and not found[0]
        found.append(long or (short and below))
    return found


# -- markup --------------------------------------------------------------------------------


def _unmarked_line(text: str, span: Span) -> Span:
    """A line outside of tables without what markdown puts round its text."""
    start, end = span
    if SILENT.fullmatch(text, start, end):
        return start, start
    heading, bullet = HEADING.match(text, start, end), BULLET.match(text, start, end)
    if heading:
        start = heading.end()
        end = start + len(text[start:end].rstrip(f"#{SPACE}"))
    elif bullet:
        start = bullet.end()
    while start < end and text[start] in f"|{SPACE}":
        start += 1
    while start < end and text[end - 1] in f"|{SPACE}":
        end -= 1
    return _unmarked(text, (start, end))


def _unmarked(text: str, span: Span) -> Span:
    """A slice without blanks, emphasis, inline tags and link at its ends."""
    after = _stripped(text, span)
    for _ in range(DEEPEST):
        before = start, end = after
        link = LINK.fullmatch(text, start, end)
        if link:
            start, end = link.span("text")
        if first := FIRST.match(text, start, end):
            start = first.end()
        if last := LAST.search(text, max(start, end - LONGEST_MARKUP), end):
            end = last.start()
        after = _stripped(text, _without_marks(text, start, end))
        if after == before:
            break
    return after


def _without_marks(text: str, start: int, end: int) -> Span:
    """A slice without a pair of marks of emphasis, or with only its outer one left out."""
    for mark in MARKS:
        size = len(mark)
        if text.startswith(mark, start, end):
            closing = text.find(mark, start + size, end)
            if closing >= 0:
                return start + size, end - size if closing + size == end else end
        elif text.endswith(mark, start, end) and text.find(mark, start, end - size) >= 0:
            return start, end - size
    return start, end


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in SPACE:
        start += 1
    while start < end and text[end - 1] in SPACE:
        end -= 1
    return start, end
