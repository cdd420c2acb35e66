"""Values parted by commas, semicolons or tabs (``.csv``): rows and columns of the file itself.

A cell is a slice of the file, without the quotation marks round it.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from index.read.made import make_document
from index.read.refusals import too_large
from index.read.text import decode
from index.report import Block, Document, Span

SIGNS = ",;\t"
MOST_CELLS, SAMPLE = 200_000, 20_000
"""Cells of a file, and characters in which the sign between them is looked for."""
SPACE = " \t\u3000\xa0\ufeff"


def read_csv(data: bytes, path: Path) -> Document:
    """Read a file of separated values; rows without any value are left out.

    Raises:
        UnreadableFile: empty, binary, too large, or in no encoding that is known.
    """
    encoding, text = decode(data, str(path))
    blocks: list[Block] = []
    for row, cells in enumerate(separated_rows(text, sign_of(text), str(path))):
        for column, cell in enumerate(cells):
            span = stripped(text, cell)
            value = text[slice(*span)]
            blocks.append(Block(text=value, span=span, table=0, row=row, column=column))
    return make_document(data, path, encoding=encoding, text=text, blocks=blocks)


def sign_of(text: str) -> str:
    """The sign that parts the values: the most frequent one outside of quotation marks."""
    plain = re.sub(r'"[^"]*"', "", text[:SAMPLE])
    return Counter({sign: plain.count(sign) for sign in SIGNS}).most_common(1)[0][0]


def separated_rows(text: str, sign: str, place: str) -> list[list[Span]]:
    """Cells by row. Quoted ones may hold signs, line ends, and quotation marks written twice.

    Raises:
        UnreadableFile: far more cells than a report has; ``place`` names the file.
    """
    cell = re.compile(rf'[ ]*"(?P<quoted>(?:[^"]|"")*)"[^{sign}\r\n]*|(?P<plain>[^{sign}\r\n]*)')
    rows: list[list[Span]] = []
    row: list[Span] = []
    at = count = 0
    while at <= len(text):
        match = cell.match(text, at)
        if match is None:  # never: it may be empty
            break
        row.append(match.span("quoted" if match["quoted"] is not None else "plain"))
        count += 1
        if count > MOST_CELLS:
            raise too_large(place, f"单元格超过 {MOST_CELLS:,} 个")
        end = match.end()
        if text[end : end + 1] != sign or end == len(text):
            rows.append(row)
            row = []
        at = end + (2 if text[end : end + 2] == "\r\n" else 1)
    return [row for row in rows if any(text[slice(*span)].strip() for span in row)]


def stripped(text: str, span: Span) -> Span:
    """A slice without the blanks at its ends."""
    value = text[slice(*span)]
    start = span[0] + len(value) - len(value.lstrip(SPACE))
    return start, start + len(value.strip(SPACE))
