"""Scraped or plain text: decode it, then cut it into lines and cells that keep their span.

Layouts seen in the wild: one cell a line; one cell a line with lone pipes between; ``cell |``
with rows padded by trailing pipes (the blanks are lost, the pipes carry no position); real
pipe rows ``| a | b |`` and tab-separated rows, where a blank cell keeps its column.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from index.errors import UnreadableFile
from index.read.made import make_document
from index.read.refusals import empty
from index.read.ruled_text import ruled_tables
from index.report import Block, Document, Span

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Frequent characters of these reports in both scripts; text decoded wrongly has few of them.
COMMON = frozenset(
    "的政府信息公开公開年度工作情况情況行政和不申请申請机关機關办理辦理数量數量本及对對新一二三四五六七"
    "件条條市县縣区區局在有为為是人大中上下主动動规規范範文处處理决決定总總计計其他法律"
)
MOST_PIECES = 500_000
"""Lines and cells; a long report has some thousands."""
CONTROLS = bytes([*range(9), 11, *range(14, 32)])
BINARY_SHARE = 0.02
PIPE_SIGNS = "|\uff5c\u2502"
PIPES = re.compile(f"[{PIPE_SIGNS}]")
TAB = re.compile("\t")
BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\ufeff\u200b"
BLANKS_AND_PIPES = BLANKS + PIPE_SIGNS
RULE_ROW = re.compile(r"[\s|:\uff5c+-]*")


def read_text(data: bytes, path: Path) -> Document:
    """Decode bytes and cut them into blocks.

    Raises:
        UnreadableFile: empty, binary, or in no encoding that is known.
    """
    encoding, text = decode(data, str(path))
    if not text.strip("\ufeff\u200b \t\r\n\u3000"):
        raise empty(str(path))
    if text.count("\n") + len(PIPES.findall(text)) > MOST_PIECES:
        raise UnreadableFile(
            "行和竖线过多 (far too many lines and pipes for a report).",
            place=str(path),
            advice="请确认这是一份报告 (check that it is a report).",
        )
    return make_document(data, path, encoding=encoding, text=text, blocks=_blocks(text))


def decode(data: bytes, place: str) -> tuple[str, str]:
    """Encoding and text: a byte-order mark decides, then UTF-8, then GB18030 against Big5.

    GB18030 and Big5 accept each other's bytes, so the reading with the larger share of
    characters that such reports are made of wins.

    Raises:
        UnreadableFile: empty, binary, or in none of these encodings.
    """
    if not data.strip():
        raise empty(place)
    for bom, name in BOMS:
        if data.startswith(bom):
            return name, _strict(data, name, place)
    controls = len(data) - len(data.translate(None, CONTROLS))
    if controls > len(data) * BINARY_SHARE or data[:4] in (b"%PDF", b"PK\x03\x04"):
        raise UnreadableFile(
            "这不是文本文件 (a binary file, not text).",
            place=place,
            advice="请提供报告的文本 (give the report as text).",
        )
    try:
        return "utf-8", data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    best: tuple[float, str, str] | None = None
    for name in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        share = sum(char in COMMON for char in text) / len(text)
        if best is None or share > best[0]:
            best = share, name, text
    if best is None or best[0] == 0:
        raise UnreadableFile(
            "无法判断文字编码 (in no known encoding).",
            place=place,
            advice="请另存为 UTF-8 (save it as UTF-8).",
        )
    return best[1], best[2]


def _strict(data: bytes, encoding: str, place: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"文字编码损坏，第 {error.start} 字节 (broken {encoding} at byte {error.start}).",
            place=place,
            advice="请另存为 UTF-8 (save it as UTF-8).",
        ) from error


def _blocks(text: str) -> list[Block]:
    """Lines and cells in reading order; grid rows get table, row and column numbers."""
    lines = _lines(text)
    ruled = {table.first: table for table in ruled_tables(text, lines)}
    drawn = {number for table in ruled.values() for number in range(table.first, table.after)}
    grids = _grid_lines(text, lines, drawn)
    framed = _framed(text, lines, grids)
    blocks: list[Block] = []
    table, row, last = -1, 0, -2
    for number, span in enumerate(lines):
        if number in ruled:
            table += 1
            blocks += (
                _block(text, _strip(text, cell), table, *at) for at, cell in ruled[number].pieces
            )
        if number in drawn:
            continue
        if number not in grids:
            start, end = span
            if printed := text[start:end].strip(BLANKS_AND_PIPES):
                start = text.index(printed, start)
                blocks.append(Block(printed, (start, start + len(printed))))
            continue
        if RULE_ROW.fullmatch(text, *span) and "--" in text[slice(*span)]:
            last = number
            continue
        table, row = (table, row + 1) if number == last + 1 else (table + 1, 0)
        last = number
        separator = _separator(text[slice(*span)]) or PIPES
        cells = _cells(text, span, separator, framed=number in framed)
        blocks += (_block(text, cell, table, row, column) for column, cell in enumerate(cells))
    return blocks


def _block(text: str, span: Span, table: int, row: int, column: int) -> Block:
    return Block(text=text[slice(*span)], span=span, table=table, row=row, column=column)


def _lines(text: str) -> list[Span]:
    return list(pairwise(accumulate(map(len, text.splitlines(keepends=True)), initial=0)))


def _separator(line: str) -> re.Pattern[str] | None:
    if PIPES.search(line):
        return PIPES
    return TAB if "\t" in line and "\t" in line.lstrip("\t").rstrip("\r\n") else None


def _grid_lines(text: str, lines: list[Span], drawn: set[int]) -> set[int]:
    """Numbers of the lines that are rows of a grid.

    A run of neighbouring lines with separators is a grid if some line of it holds two or more
    printed cells; where every line holds one at most, the separators are mere residue.
    ``drawn`` are lines of tables that are drawn with rules.
    """
    grids: set[int] = set()
    if "\t" not in text and PIPES.search(text) is None:
        return grids
    run: list[int] = []
    wide = False
    for number, span in enumerate([*lines, (len(text), len(text))]):
        line = text[slice(*span)]
        separator = _separator(line) if number not in drawn else None
        if separator is not None:
            run.append(number)
            wide = wide or _is_wide(line, separator)
            continue
        if wide:
            grids.update(run)
        run, wide = [], False
    return grids


def _is_wide(line: str, separator: re.Pattern[str]) -> bool:
    """Whether two cells of a line are printed, or one beside a tab."""
    printed = sum(not cell.isspace() for cell in separator.split(line) if cell)
    return printed > 1 or (separator is TAB and printed > 0)


def _framed(text: str, lines: Sequence[Span], grids: set[int]) -> set[int]:
    """Numbers of the lines whose first pipe is a frame's.

    They end with one too, or all lines of their grid begin with one; else an empty cell is
    before it.
    """
    framed: set[int] = set()
    run: list[int] = []
    for number in [*sorted(grids), -1]:
        if run and number != run[-1] + 1:
            printed = {n: text[slice(*lines[n])].strip() for n in run}
            begun = [n for n in run if printed[n][:1] in PIPE_SIGNS]
            framed.update(
                n for n in begun if len(begun) == len(run) or printed[n][-1:] in PIPE_SIGNS
            )
            run = []
        run.append(number)
    return framed


def _cells(text: str, span: Span, separator: re.Pattern[str], *, framed: bool) -> list[Span]:
    """Spans of the cells of a grid row; the frame's own first and last pipe make no cell."""
    line, at = text[slice(*span)], span[0]
    cells: list[Span] = []
    for cell in separator.split(line):
        end = at + len(cell)
        printed = cell.strip(BLANKS)
        start = at + cell.index(printed) if printed else end
        cells.append((start, start + len(printed)))
        at = end + 1
    if separator is PIPES:
        if len(cells) > 1 and framed:
            cells = cells[1:]
        if len(cells) > 1 and line.rstrip()[-1:] in PIPE_SIGNS:
            cells = cells[:-1]
    return cells


def _strip(text: str, span: Span) -> Span:
    """A span without the blanks at its ends; an empty one stands where they end."""
    line = text[slice(*span)]
    rest = line.strip(BLANKS)
    start = span[0] + line.find(rest) if rest else span[1]
    return start, start + len(rest)
