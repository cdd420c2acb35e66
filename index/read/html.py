"""Web pages: the report's article with its tables in their grid, whatever stands around it.

`html_page` turns tags into paragraphs and tables, `html_layout` says where a cell stands,
`html_article` finds the report; here the bytes are decoded and the text is put together. A row
of a table is a line with its cells between pipes; every block's span leads into that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from index.errors import UnreadableFile
from index.read.html_article import find_article
from index.read.html_layout import Cell, Item, Paragraph, Piece, Table, flat
from index.read.html_page import ROW_ENDS, PageReader
from index.read.made import make_document
from index.read.text import BOMS, COMMON, decode, read_text
from index.report import Block, Document

BETWEEN = " | "
"""What stands between the cells of a row."""
MOST_TAGS = 200_000
"""Tags and character references; a report's page has some thousand."""
CHUNK = 65_536
ROW_END = f"<{ROW_ENDS}></{ROW_ENDS}>".encode()
BLANK = "\ufeff \r\n".encode()
WITHIN = frozenset(bytes([byte]) for byte in range(0x80, 0xC0))
"""Bytes of UTF-8 with which no character begins."""
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
DECLARED_WITHIN = 8_192
ENCODINGS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8",
    "gb18030": "gb18030 gbk gb2312 gb_2312-80 x-gbk cp936 windows-936 euc-cn",
    "big5hkscs": "big5 big5-hkscs big5hkscs cn-big5 x-x-big5 cp950",
}
NAMES = {name: encoding for encoding, names in ENCODINGS.items() for name in names.split()}
MARKS = tuple(mark for mark, _ in BOMS)
CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32)])
CHINESE = re.compile("[\u3400-\u9fff]+")
SAMPLE = 4_000
"""Characters by which an encoding is judged."""
LEAST_COMMON = 0.1
"""Share of frequent characters among the Chinese ones that a right reading has; mostly 0.3."""
MOST_LOST = 0.002
"""Share of characters that may be broken."""
BROKEN = "\ufffd"
"""In their place: they stay visible and spoil their number."""


def read_html(data: bytes, path: Path) -> Document:
    """Read a web page; a file without any tag is read as plain text.

    Raises:
        UnreadableFile: empty, binary, in no encoding that is known, without text, or too deep
            or too large for a report.
    """
    return read_page(data, path)


def read_page(data: bytes, path: Path, named: str | None = None) -> Document:
    """As `read_html`; ``named`` is the encoding that a header gives, which goes before the page."""
    encoding, text = decode_page(data, str(path), named)
    if not re.search("<[a-zA-Z!/?]", text):
        return read_text(data, path)
    if len(text) > MOST_TAGS and text.count("<") + text.count("&") > MOST_TAGS:
        raise UnreadableFile(
            f"网页的标签和实体超过 {MOST_TAGS} 个 (more than {MOST_TAGS} tags and entities).",
            place=str(path),
            advice="这不像报告的网页，请另存正文 (save the report's own text).",
        )
    whole = encoding == "utf-8" and BROKEN not in text
    markup = _markup(data if whole else text.encode())
    page = _parse(markup, PageReader(str(path)))
    article = find_article(page)
    if page.hides and not article.marked:  # perhaps its scripts show the report
        hidden = find_article(_parse(markup, PageReader(str(path), hidden_too=True)))
        article = hidden if hidden.marked or not article.pieces else article
    written = _Writer()
    written.write(article.pieces)
    if not any(block.text for block in written.blocks):
        raise UnreadableFile(
            "网页里没有文字 (the page holds no text).",
            place=str(path),
            advice="请用浏览器打开后另存 (open it in a browser and save what it shows).",
        )
    return make_document(
        data,
        path,
        encoding=encoding,
        text="".join(written.parts),
        blocks=written.blocks,
        pictures=article.pictures,
    )


def _parse(markup: bytes, page: PageReader) -> PageReader:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)
    with suppress(etree.XMLSyntaxError):  # nothing in it but what is no tag after all
        for chunk in _chunks(markup):
            parser.feed(chunk)
        parser.close()
    return page


def _markup(page: bytes) -> bytes:
    """A page in UTF-8 as libxml2 understands it.

    It reports the ends of rows even where it missed their beginning.
    """
    if b"\r" in page:
        page = page.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if page.lstrip(BLANK).startswith(b"<?xml"):  # XHTML, where these may close themselves
        page = re.sub(rb"<(?:iframe|script|style|textarea|title)\b[^<>]*/>", b"", page)
    for end in (b"</tr>", b"</TR>"):
        page = page.replace(end, ROW_END + end)
    return page


def _chunks(page: bytes) -> Iterator[bytes]:
    """Parts of a page in UTF-8, none of which ends within a character."""
    start = 0
    while start < len(page):
        end = start + CHUNK
        while page[end : end + 1] in WITHIN:
            end -= 1
        yield page[start:end]
        start = end


def decode_page(data: bytes, place: str, named: str | None = None) -> tuple[str, str]:
    """Encoding and text: a byte-order mark, UTF-8 where it is valid, the header, then the page.

    A page that names the wrong encoding reads like no Chinese in it, and the others are tried;
    a few broken bytes become U+FFFD.

    Raises:
        UnreadableFile: empty, binary, or in none of these encodings.
    """
    if not data or data.isspace() or data.startswith(MARKS) or _is_binary(data):
        return decode(data, place)
    with suppress(UnicodeDecodeError):
        return "utf-8", data.decode()
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    names = [named or "", declared[1].decode("ascii") if declared else ""]
    said = [NAMES[name.lower()] for name in names if name.lower() in NAMES]
    for errors in ("strict", "replace"):
        for encoding in dict.fromkeys(("utf-8", *said, *ENCODINGS)):
            try:
                text = data.decode(encoding, errors)
            except UnicodeDecodeError:
                continue
            if _is_chinese(text):
                return encoding, text
    return decode(data, place)


def _is_binary(data: bytes) -> bool:
    if data.startswith((b"%PDF", b"PK\x03\x04")):
        return True
    return len(data.translate(None, CONTROLS)) < len(data) * 0.98


def _is_chinese(text: str) -> bool:
    """Whether a reading of bytes gives Chinese as such reports have it, hardly broken."""
    chinese = "".join(match[0] for match in islice(CHINESE.finditer(text), SAMPLE))
    common = sum(char in COMMON for char in chinese[:SAMPLE])
    readable = text.count(BROKEN) <= len(text) * MOST_LOST + 2
    return readable and common > min(len(chinese), SAMPLE) * LEAST_COMMON


class _Writer:
    """Puts the text together, and the blocks that lead into it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self._length = self._tables = 0

    def write(self, pieces: Sequence[Piece]) -> None:
        """Write paragraphs and tables; those inside a cell follow its row."""
        stack: list[Iterator[Piece | tuple[int, list[Cell]]]] = [iter(pieces)]
        while stack:
            item = next(stack[-1], None)
            if item is None:
                stack.pop()
            elif isinstance(item, Paragraph):
                self._line(item.text)
            elif isinstance(item, Table):
                number = self._tables
                self._tables += 1
                stack.append(iter([(number, row) for row in item.rows if row]))
            else:
                number, cells = item
                running = [cell for cell in cells if cell.running]
                if not running:
                    self._row(number, cells)
                    continue
                self._row(number, [c for c in cells if c.nested or not c.running])
                held: list[Item] = [i for cell in running for i in cell.content]
                stack.append(flat(held))

    def _row(self, table: int, cells: list[Cell]) -> None:
        texts, start = [], self._length
        for cell in cells:
            text = cell.text
            end = start + len(text)
            texts.append(text)
            self.blocks.append(Block(text, (start, end), table, cell.row, cell.column))
            start = end + len(BETWEEN)
        if cells:
            self.parts += (BETWEEN.join(texts), "\n")
            self._length = start - len(BETWEEN) + 1

    def _line(self, text: str) -> None:
        end = self._length + len(text)
        self.blocks.append(Block(text, (self._length, end)))
        self.parts += (text, "\n")
        self._length = end + 1
