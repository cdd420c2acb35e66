"""Rich text (``.rtf``, and many a ``.doc``): paragraphs and table cells as Word would print them.

What is not printed is left out: pictures, fields' codes, hidden and deleted text, headers and
footers. A cell stands in its grid by the edge at which it begins; of merged cells the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.read.docx import SPACE, Writer, as_note
from index.read.refusals import too_large
from index.read.rtf_words import CHARSETS, CODE_PAGES, LATIN, SIGNS, SYMBOLS, UNPRINTED
from index.report import Document

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<end>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)
MOST_TOKENS, DEEPEST = 2_000_000, 1_000
"""A long report has some 200,000, and is nested some ten deep."""
LONGEST_STAND_IN = 16
SAME = 60
"""Twentieths of a point; edges of cells that are closer are one."""


@dataclass(frozen=True)
class _State:
    """What a group inherits: whether it is printed, its encoding, and how it is set.

    ``skipped`` counts the characters that stand in for one given by its code.
    """

    printed: bool = True
    fonts: bool = False
    encoding: str = ""
    skipped: int = 1
    hidden: bool = False
    raised: bool = False
    in_table: bool = False


@dataclass
class _Row:
    """A row of a table: the right edges of its cells, which of them go on, and their texts."""

    left: int = 0
    edges: list[int] = field(default_factory=list)
    goes_on: list[bool] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def read_rtf(data: bytes, path: Path) -> Document:
    """Read a file of rich text.

    Raises:
        UnreadableFile: too large, nested too deep, or without text.
    """
    reader = _Reader(Writer(str(path)))
    reader.read(data)
    return reader.writer.document(data, path)


class _Reader:
    """Reads the tokens one by one and writes paragraphs and tables as they end."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self._state, self._stack = _State(), list[_State]()
        self._page, self._fonts, self._font = LATIN, dict[int, str](), 0
        self._bytes, self._encoding, self._units = bytearray(), LATIN, list[int]()
        self._stand_ins, self._star = 0, False
        self._text: list[str] = []
        self._row, self._merge, self._rows = _Row(), False, list[_Row]()
        self._tables = 0

    def read(self, data: bytes) -> None:
        """Read all tokens."""
        at = count = 0
        while match := TOKEN.match(data, at):
            at, count = match.end(), count + 1
            if count > MOST_TOKENS or len(self._stack) > DEEPEST:
                raise too_large(self.writer.place, f"嵌套超过 {DEEPEST} 层，或标记过多")
            if match["word"] == b"bin":  # so many bytes of a picture follow
                at += max(0, int(match["number"] or 0))
            else:
                self._take(match)
        self._flush()
        self._end_paragraph()
        self._end_table()

    def _take(self, token: re.Match[bytes]) -> None:
        kind = token.lastgroup
        if kind == "brace":
            self._brace(token["brace"])
        elif kind in ("word", "number"):
            number = int(token["number"]) if token["number"] else None
            self._word(token["word"].decode().lower(), number)
        elif kind == "byte":
            self._raw(bytes.fromhex(token["byte"].decode()))
        elif kind == "text":
            self._raw(token["text"])
        elif kind == "sign":
            if token["sign"] == b"*":
                self._star = True
            elif token["sign"] in SYMBOLS:
                self._print(SYMBOLS[token["sign"]])

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._star, self._stand_ins = False, 0
        if brace == b"{":
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()

    # -- text ------------------------------------------------------------------------------

    def _raw(self, data: bytes) -> None:
        """Bytes in the encoding of the font; some stand in for a character given by its code."""
        skipped = min(self._stand_ins, len(data))
        self._stand_ins -= skipped
        data = data[skipped:]
        if not data:
            return
        if self._units:
            self._flush()
        encoding = self._state.encoding or self._page
        if encoding != self._encoding:
            self._flush()
            self._encoding = encoding
        self._bytes += data

    def _print(self, text: str) -> None:
        self._flush()
        if self._state.printed and not self._state.hidden:
            self._text.append(text)
            if text == "\n" and not self._state.in_table:
                self._end_paragraph()

    def _flush(self) -> None:
        """Decode what was collected, and keep it if it is printed."""
        if self._units:
            halves = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            text = halves.decode("utf-16-le", "replace")
        elif self._bytes:
            text = self._bytes.decode(self._encoding, "replace")
        else:
            return
        self._bytes.clear()
        self._units.clear()
        if self._state.printed and not self._state.hidden:
            raised = self._state.raised
            self._text.append(as_note("".join(self._text[-2:]), text) if raised else text)

    def _end_paragraph(self) -> None:
        """Write the paragraph, which ends a table before it; within a table it is a line."""
        lines = [line.strip(SPACE) for line in "".join(self._text).split("\n")]
        self._text.clear()
        if any(lines):
            self._end_table()
        for line in filter(None, lines):
            self.writer.write(line)

    # -- words -----------------------------------------------------------------------------

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            if self._bytes:
                self._flush()
            self._units.append(number % 0x10000)
            self._stand_ins = self._state.skipped
            return
        self._flush()
        self._stand_ins = 0
        star, self._star = self._star, False
        if word in UNPRINTED or (star and word not in ACTIONS):
            self._state = replace(self._state, printed=False, fonts=word == "fonttbl")
        elif word in SIGNS:
            self._print(SIGNS[word])
        elif word in ACTIONS:
            ACTIONS[word](self, number)

    def _on_page(self, number: int | None) -> None:
        self._page = CODE_PAGES.get(number or 0, LATIN)

    def _on_font(self, number: int | None) -> None:
        self._font = number or 0
        if not self._state.fonts:
            self._state = replace(self._state, encoding=self._fonts.get(self._font, ""))

    def _on_charset(self, number: int | None) -> None:
        if self._state.fonts:
            self._fonts[self._font] = CHARSETS.get(number or 0, "")

    def _on_skip(self, number: int | None) -> None:
        self._state = replace(self._state, skipped=min(max(number or 0, 0), LONGEST_STAND_IN))

    def _on_hidden(self, number: int | None) -> None:
        self._state = replace(self._state, hidden=number != 0)

    def _on_raised(self, number: int | None) -> None:
        self._state = replace(self._state, raised=number != 0)

    def _on_lowered(self, _number: int | None) -> None:
        self._state = replace(self._state, raised=False)

    def _on_plain(self, _number: int | None) -> None:
        self._state = replace(self._state, hidden=False, raised=False, encoding="")

    def _on_paragraph(self, _number: int | None) -> None:
        self._state = replace(self._state, in_table=False)

    def _on_table(self, _number: int | None) -> None:
        if not self._state.in_table:
            self._end_paragraph()
        self._state = replace(self._state, in_table=True)

    def _on_row_begins(self, _number: int | None) -> None:
        self._row = _Row(texts=self._row.texts)

    def _on_left(self, number: int | None) -> None:
        self._row.left = number or 0

    def _on_merge(self, _number: int | None) -> None:
        self._merge = True

    def _on_edge(self, number: int | None) -> None:
        self._row.edges.append(number or 0)
        self._row.goes_on.append(self._merge)
        self._merge = False

    def _on_cell(self, _number: int | None) -> None:
        if not self._state.printed:
            return
        lines = [line.strip(SPACE) for line in "".join(self._text).split("\n")]
        self._text.clear()
        self._row.texts.append("\n".join(filter(None, lines)))

    def _on_row_ends(self, _number: int | None) -> None:
        if self._state.printed and self._row.texts:
            self._rows.append(self._row)
            self._row = replace(self._row, texts=[])

    # -- tables ----------------------------------------------------------------------------

    def _end_table(self) -> None:
        """Write the rows since the last paragraph as one table, or as text where it is a frame."""
        rows, self._rows = self._rows, []
        if not rows:
            return
        columns = _columns(rows)
        framed = all(len(row.texts) < 2 for row in rows)  # noqa: PLR2004 - one column
        for at, row in enumerate(rows):
            begins = [row.left, *row.edges]
            for number, text in enumerate(row.texts):
                if framed:
                    for line in filter(None, text.split("\n")):
                        self.writer.write(line)
                elif number >= len(row.edges):
                    self.writer.write(text, (self._tables, at, len(columns) + number))
                elif not row.goes_on[number]:
                    self.writer.write(text, (self._tables, at, columns[begins[number]]))
        self._tables += not framed


def _columns(rows: list[_Row]) -> dict[int, int]:
    """The grid column that begins at an edge; edges that nearly meet are one."""
    columns: dict[int, int] = {}
    column, last = -1, 0
    for edge in sorted({edge for row in rows for edge in (row.left, *row.edges)}):
        if column < 0 or edge - last > SAME:
            column, last = column + 1, edge
        columns[edge] = column
    return columns


Action = Callable[[_Reader, int | None], None]


ACTIONS: dict[str, Action] = {
    "ansicpg": _Reader._on_page,
    "f": _Reader._on_font,
    "fcharset": _Reader._on_charset,
    "uc": _Reader._on_skip,
    "plain": _Reader._on_plain,
    "pard": _Reader._on_paragraph,
    "intbl": _Reader._on_table,
    "trowd": _Reader._on_row_begins,
    "trleft": _Reader._on_left,
    "clvmrg": _Reader._on_merge,
    "clmrg": _Reader._on_merge,
    "cellx": _Reader._on_edge,
    "cell": _Reader._on_cell,
    "row": _Reader._on_row_ends,
    "v": _Reader._on_hidden,
    "deleted": _Reader._on_hidden,
    "super": _Reader._on_raised,
    "nosupersub": _Reader._on_lowered,
}
