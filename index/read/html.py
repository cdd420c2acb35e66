"""Web pages: the report's article with its tables in their grid, whatever stands around it.

`html_page` turns tags into paragraphs and tables, `html_layout` says where a cell stands; here
the bytes are decoded, the article is found and the text is put together. A row of a table is a
line with its cells between pipes; the span of every block leads into that text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

from index.errors import UnreadableFile
from index.read.html_layout import Cell, Item, Paragraph, Table, flat, title_score
from index.read.html_page import PageReader
from index.read.text import BOMS, COMMON, decode, read_text
from index.report import Block, Document, Span

MOST_TAGS = 200_000
"""A report's page has some thousand."""
CHUNK = 65_536
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
DECLARED_WITHIN = 8_192
ENCODINGS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8",
    "gb18030": "gb18030 gbk gb2312 gb_2312-80 x-gbk cp936 windows-936 euc-cn",
    "big5hkscs": "big5 big5-hkscs big5hkscs cn-big5 x-x-big5 cp950",
}
NAMES = {name: encoding for encoding, names in ENCODINGS.items() for name in names.split()}
CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32)])
SAMPLE = 4_000
"""Characters by which an encoding is judged."""
LEAST_COMMON = 0.1
"""Share of frequent characters among the Chinese ones that a right reading has; mostly 0.3."""
MOST_LOST = 0.002
"""Share of characters that may be broken; they stay visible as U+FFFD and spoil their number."""

SHORTEST_MARK, LONGEST_MARK = 4, 60
MARK = re.compile(
    "[总總][体體]情[况況]|[主][动動]公[开開]政府[信资資]|收到和[处處]理政府[信资資]|[因被].{0,12}申[请請]行政[复復覆][议議]"
    "|存在的主要[问問][题題]|其他需要[报報]告|本年新收政府[信资資]"
)
MENU_RUN, MENU_LINKS = 4, 3
"""Paragraphs of nothing but links in a row, or links in one paragraph, that make a menu."""
MOST_BETWEEN, LONGEST_BETWEEN = 12, 80
"""Lines between title and article (source, date), and their characters."""

Piece: TypeAlias = Paragraph | Table


def read_html(data: bytes, path: Path) -> Document:
    """Read a web page.

    A file without any tag is read as plain text.

    Raises:
        UnreadableFile: empty, binary, in no encoding that is known, without text, or too deep
            or too large for a report.
    """
    encoding, text = decode_page(data, str(path))
    if not re.search("<[a-zA-Z!/?]", text):
        return read_text(data, path)
    if text.count("<") > MOST_TAGS:
        raise UnreadableFile(
            f"网页的标签超过 {MOST_TAGS} 个 (more than {MOST_TAGS} tags).",
            place=str(path),
            advice="这不像报告的网页，请另存正文 (save the report's own text).",
        )
    for hidden_too in (False, True):
        page = _parse(text, PageReader(str(path), hidden_too=hidden_too))
        items = _article(page, list(flat(page.items)))
        if items:
            break
    else:
        raise UnreadableFile(
            "网页里没有文字 (the page holds no text).",
            place=str(path),
            advice="请用浏览器打开后另存 (open it in a browser and save what it shows).",
        )
    written = _Writer()
    written.write(items)
    return Document(
        source_file=path.name,
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        text="".join(written.parts),
        blocks=tuple(written.blocks),
    )


def _parse(text: str, page: PageReader) -> PageReader:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.HTMLParser(target=page, encoding="utf-8")
    if text.lstrip("\ufeff \r\n").startswith("<?xml"):  # XHTML, where these may close themselves
        text = re.sub(r"<(?:iframe|script|style|textarea|title)\b[^<>]*/>", "", text)
    try:
        for start in range(0, len(text), CHUNK):
            parser.feed(text[start : start + CHUNK].encode())
        parser.close()
    except etree.XMLSyntaxError:  # no tag that is not a comment
        page.close()
    return page


def decode_page(data: bytes, place: str) -> tuple[str, str]:
    """Encoding and text: a byte-order mark, UTF-8 where it is valid, then what the page says.

    A page that names the wrong encoding reads like no Chinese in it, and the others are tried;
    a few broken bytes become U+FFFD.

    Raises:
        UnreadableFile: empty, binary, or in none of these encodings.
    """
    if not data.strip() or data.startswith(tuple(bom for bom, _ in BOMS)) or _is_binary(data):
        return decode(data, place)
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    named = NAMES.get(declared[1].decode("ascii").lower(), "utf-8") if declared else "utf-8"
    for errors in ("strict", "replace"):
        for encoding in dict.fromkeys(("utf-8", named, *ENCODINGS)):
            try:
                text = data.decode(encoding, errors)
            except UnicodeDecodeError:
                continue
            if (encoding, errors) == ("utf-8", "strict") or _is_chinese(text):
                return encoding, text
    return decode(data, place)


def _is_binary(data: bytes) -> bool:
    if data.startswith((b"%PDF", b"PK\x03\x04")):
        return True
    return len(data.translate(None, CONTROLS)) < len(data) * 0.98


def _is_chinese(text: str) -> bool:
    """Whether a reading of bytes gives Chinese as such reports have it, hardly broken."""
    chinese = [c for c in text[: 20 * SAMPLE] if c > "\u2e7f" and c != "\ufffd"][:SAMPLE]
    common = sum(char in COMMON for char in chinese)
    return (
        common > len(chinese) * LEAST_COMMON and text.count("\ufffd") <= len(text) * MOST_LOST + 2
    )


def _article(page: PageReader, pieces: list[Piece]) -> list[Piece]:
    """The report's own paragraphs and tables, its title first.

    The article is the smallest element that holds all section headings and the request table,
    and half of the page's text at least; without any of these it is the whole page.
    """
    menus = _menus(pieces)
    own = [not piece.chrome and at not in menus for at, piece in enumerate(pieces)]
    if not any(own):
        own = [at not in menus for at in range(len(pieces))]
    marked = [at for at, piece in enumerate(pieces) if own[at] and _is_marked(piece)]
    first, last = _range(page, pieces, own, marked)
    inside = [at for at, p in enumerate(pieces) if own[at] and first <= p.node <= last]
    if not inside:
        return []
    lead = [at for at in inside if not marked or at < marked[0]][: 3 * MOST_BETWEEN]
    before = _title_before(
        page, pieces, own, inside[0], max(map(_score, _at(pieces, lead)), default=0)
    )
    return [*before, *_at(pieces, inside)]


def _at(pieces: list[Piece], places: Sequence[int]) -> Iterator[Piece]:
    return (pieces[at] for at in places)


def _range(
    page: PageReader, pieces: list[Piece], own: list[bool], marked: list[int]
) -> tuple[int, int]:
    """First and last element of the article."""
    if not marked:
        return 0, page.ends[0]
    weights = [0] * len(page.ends)
    for at, piece in enumerate(pieces):
        weights[piece.node] += _weight(piece) if own[at] else 0
    sums = [0, *accumulate(weights)]
    nodes = [page.parents[p.node] if isinstance(p, Table) else p.node for p in _at(pieces, marked)]
    node = min(nodes)
    while node and (
        page.ends[node] < max(nodes) or 2 * (sums[page.ends[node] + 1] - sums[node]) < sums[-1]
    ):
        node = page.parents[node]
    return node, page.ends[node]


def _weight(piece: Piece) -> int:
    if isinstance(piece, Paragraph):
        return 0 if piece.links else len(piece.text)
    return sum(cell.chars for row in piece.rows for cell in row)


def _score(piece: Piece) -> int:
    return title_score(piece.text) if isinstance(piece, Paragraph) and not piece.links else 0


def _is_marked(piece: Piece) -> bool:
    if isinstance(piece, Paragraph):
        text = piece.text
        return len(text) <= LONGEST_MARK and bool(MARK.search("".join(text.split())))
    return any(
        cell.chars >= SHORTEST_MARK and MARK.search(cell.text) for row in piece.rows for cell in row
    )


def _menus(pieces: list[Piece]) -> set[int]:
    """Places of what is a menu: only links, and several of them."""
    menus: set[int] = set()
    run: list[int] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Table):
            filled = [cell for row in piece.rows for cell in row if cell.content]
            held = (p for cell in filled for p in flat(cell.content))
            if len(filled) >= MENU_LINKS and all(
                isinstance(p, Paragraph) and p.links for p in held
            ):
                menus.add(at)
            run = []
        elif piece.links:
            run.append(at)
            if piece.links >= MENU_LINKS:
                menus.add(at)
            if len(run) >= MENU_RUN:
                menus.update(run)
        else:
            run = []
    return menus


def _title_before(
    page: PageReader, pieces: list[Piece], own: list[bool], first: int, found: int
) -> list[Piece]:
    """The title where the article lacks it: printed before it with the lines between, or <title>.

    ``found`` is how much like a title the best line of the article's head reads.
    """
    for at in range(first - 1, -1, -1):
        piece = pieces[at]
        if _score(piece) > found:
            between = [p for n, p in enumerate(pieces[at + 1 : first], at + 1) if own[n]]
            short = [p for p in between if isinstance(p, Paragraph) and not p.links]
            fits = len(between) <= MOST_BETWEEN and between == short
            fits = fits and all(len(p.text) <= LONGEST_BETWEEN for p in short)
            return [piece, *(between if fits else [])]
    for part in re.split(r"[_|｜]|\s+[-–—>»]+\s*|[-–—>»]+\s+|--+|——+", page.title):
        if title_score(part) > found:
            return [Paragraph(part.strip(), 0, 0, chrome=False)]
    return []


class _Writer:
    """Puts the text together, and the blocks that lead into it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self._length = self._tables = 0

    def write(self, pieces: Sequence[Piece]) -> None:
        """Write paragraphs and tables; a table inside a cell follows its row."""
        stack: list[Iterator[Piece | tuple[int, list[Cell]]]] = [iter(pieces)]
        while stack:
            item = next(stack[-1], None)
            if item is None:
                stack.pop()
            elif isinstance(item, Paragraph):
                self.blocks.append(Block(text=item.text, span=self._put(item.text)))
                self._put("\n")
            elif isinstance(item, Table):
                number = self._tables
                self._tables += 1
                stack.append(iter([(number, row) for row in item.rows if row]))
            else:
                self._row(*item)
                inner: list[Item] = [i for c in item[1] if c.nested for i in c.content]
                stack.append(flat(inner))

    def _row(self, table: int, cells: list[Cell]) -> None:
        for number, cell in enumerate(cells):
            if number:
                self._put(" | ")
            text = cell.text
            block = Block(
                text=text, span=self._put(text), table=table, row=cell.row, column=cell.column
            )
            self.blocks.append(block)
        self._put("\n")

    def _put(self, text: str) -> Span:
        start = self._length
        self.parts.append(text)
        self._length += len(text)
        return start, self._length
