"""The tags of a web page to paragraphs and tables, laid out as a browser would.

libxml2 reports the tags one by one, so that time and memory grow with the page alone, however
deep or broken it is. What a browser does not show is left out, and so are scripts, form fields
and navigation. A layout table (its cells hold tables or running text, or it has one column)
is taken apart into what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from index.errors import UnreadableFile
from index.read.html_elements import (
    BLOCKS,
    CHROME,
    COUNTED,
    PICTURES,
    SKIPPED,
    Attributes,
    is_hidden,
    is_navigation,
    style_of,
)
from index.read.html_layout import Cell, Item, OpenTable, Paragraph, Table, title_score
from index.read.html_text import APART, BREAK, HAN, LIFTED, LOWERED, clean_lines, join_lines

DEEPEST = 2_000
"""Open elements at once; a report's page is nested some thirty deep."""
MOST_STEPS = 1_000_000
"""Cells held down by merged cells above, over all rows of a page; a report has some hundred."""

ROW_ENDS = "x-row-ends"
"""An element that stands before each </tr>, for rows that never began."""
TITLE_LINES = 4
"""Lines that a title or heading is broken into at most."""
MOSTLY = 9
"""How many times more text of links makes a paragraph one of links."""
SEPARATORS = f" \t\n\u00a0\u3000>|/·»›-—:：,，、[]【】{BREAK}{APART}{LIFTED}{LOWERED}"
SOFT_BREAK = re.compile(rf"(?<=[{HAN}])[ \t]*\n\s*(?=[{HAN}])")

Undo: TypeAlias = Callable[[], None]


class PageReader:
    """Target of libxml2's events. Afterwards ``items`` is the page and ``title`` its <title>.

    ``hides`` says that the page has more that it hides, ``pictures`` in which elements they are.

    Elements that hold text are numbered in the order they open: ``parents`` gives the number
    of the one around each, ``ends`` that of the last one within it.
    """

    def __init__(self, place: str, *, hidden_too: bool = False) -> None:
        """``hidden_too`` reads what the page hides, for pages whose scripts show it."""
        self.items: list[Item] = []
        self.title, self.hides, self.pictures = "", False, list[int]()
        self.parents, self.ends = [0], [0]
        self._place = place
        self._is_hidden = is_navigation if hidden_too else is_hidden
        self._open: list[Undo | None] = []
        self._skipped = self._node = self._steps = 0
        self._flow = self.items
        self._tables: list[OpenTable] = []
        self._buffer: list[str] = []
        self._links, self._linked = 0, list[str]()
        self._within = dict.fromkeys(("link", *COUNTED.values()), 0)

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element opens."""
        if len(self._open) + self._skipped >= DEEPEST:
            raise self._refusal(f"网页嵌套超过 {DEEPEST} 层 (nested deeper than {DEEPEST})")
        if self._skipped:
            self._skipped += 1
        elif tag in SKIPPED:
            self._picture(tag, attributes)
            self._skipped = 1
        elif attributes and self._is_hidden(tag, attributes):
            self.hides = True
            self._skipped = 1
        elif (opener := OPENERS.get(tag)) is not None:
            self._open.append(opener(self, tag, attributes))
        else:
            styled = attributes and STYLED.get(style_of(attributes.get("style", "")))
            self._open.append(styled(self, tag, attributes) if styled else None)

    def end(self, _tag: str) -> None:
        """An element closes; libxml2 closes each that it opened."""
        if self._skipped:
            self._skipped -= 1
        elif undo := self._open.pop():
            undo()

    def data(self, text: str) -> None:
        """Text, whole or in part."""
        if self._skipped:
            return
        if "\n" in text:
            broken = self._within["pre"]
            text = text.replace("\n", BREAK) if broken else SOFT_BREAK.sub("", text)
        self._buffer.append(text)
        if self._within["link"]:
            self._linked.append(text)

    def close(self) -> PageReader:
        """The page ends."""
        self._flush()
        self.ends[0] = len(self.ends) - 1
        return self

    def _refusal(self, message: str) -> UnreadableFile:
        advice = "这不像报告的网页，请另存正文 (save the report's own text)."
        return UnreadableFile(f"{message}.", place=self._place, advice=advice)

    def _flush(self) -> None:
        """End a paragraph."""
        buffer, within = self._buffer, self._within
        raw = buffer[0] if len(buffer) == 1 else "".join(buffer)
        lines = [raw] if raw.isalnum() else clean_lines(raw)  # most cells: a number or a word
        if 1 < len(lines) <= TITLE_LINES:
            joined = join_lines(lines)
            lines = [joined] if within["heading"] or title_score(joined) > 1 else lines
        links = self._only_links() if self._linked else 0
        for line in lines:
            self._flow.append(Paragraph(line, self._node, links, within["chrome"] > 0))
        if lines and self._tables and (cell := self._tables[-1].cell):
            cell.chars += sum(map(len, lines))
        buffer.clear()
        self._links = 0

    def _only_links(self) -> int:
        """The links of a paragraph where they are all there is to read, else 0."""
        linked = sum(len(text.strip()) for text in self._linked)
        plain = _length(self._buffer) - _length(self._linked)
        self._linked.clear()
        return max(1, self._links) if linked > MOSTLY * plain else 0

    # What an element does when it opens; what is returned is done when it closes.

    def _block(self, _tag: str, _attributes: Attributes) -> Undo:
        if self._buffer:
            self._flush()
        node = len(self.ends)
        self.parents.append(self._node)
        self.ends.append(node)
        self._node = node
        return self._end_block

    def _end_block(self) -> None:
        if self._buffer:
            self._flush()
        node = self._node
        self.ends[node] = len(self.ends) - 1
        self._node = self.parents[node]

    def _counted(self, name: str, undo: Undo) -> Undo:
        self._within[name] += 1

        def end() -> None:
            undo()
            self._within[name] -= 1

        return end

    def _counted_block(self, tag: str, attributes: Attributes) -> Undo:
        undo = self._block(tag, attributes)
        if tag in CHROME and self._within["article"]:  # the article's own header
            return undo
        return self._counted(COUNTED[tag], undo)

    def _title(self, _tag: str, _attributes: Attributes) -> Undo:
        self._flush()
        return self._end_title

    def _end_title(self) -> None:
        self.title = self.title or " ".join("".join(self._buffer).split())
        self._buffer.clear()

    def _link(self, _tag: str, attributes: Attributes) -> Undo | None:
        if attributes.get("href", "#").startswith("#"):
            return None
        self._links += 1
        return self._counted("link", lambda: None)

    def _break(self, _tag: str, _attributes: Attributes) -> None:
        self._buffer.append(BREAK)

    def _apart(self, _tag: str, _attributes: Attributes) -> Undo:
        self._buffer.append(APART)
        return partial(self._buffer.append, APART)

    def _lifted(self, _tag: str, _attributes: Attributes) -> Undo:
        self._buffer.append(LIFTED)
        return partial(self._buffer.append, LOWERED)

    def _picture(self, tag: str, attributes: Attributes) -> None:
        spacer = attributes.get("width") in ("0", "1") or attributes.get("type") == "hidden"
        if tag not in PICTURES or spacer:
            return
        if tag != "input":
            self.pictures.append(self._node)
        if self._tables and self._tables[-1].cell:
            self._tables[-1].cell.picture = True

    def _table(self, tag: str, attributes: Attributes) -> Undo:
        undo = self._block(tag, attributes)
        table = Table(self._node, bool(self._within["chrome"]))
        self._tables.append(OpenTable(table, self._flow))
        return partial(self._end_table, undo)

    def _end_table(self, undo: Undo) -> None:
        """Put the table, or what a layout table holds, where it stands.

        Text beside its cells has gone before it, as in a browser.
        """
        self._flush()
        table = self._tables.pop()
        self._flow = table.flow
        cells = [cell for row in table.table.rows for cell in row]
        is_data = table.is_data()
        self._flow.append(table.table if is_data else [cell.content for cell in cells])
        outer = self._tables[-1].cell if self._tables else None
        if outer is not None:
            outer.nested = outer.nested or is_data or any(cell.nested for cell in cells)
            outer.picture = outer.picture or any(cell.picture for cell in cells)
            outer.chars += sum(cell.chars for cell in cells)
        undo()

    def _leave_cell(self, table: OpenTable) -> None:
        if self._buffer:
            self._flush()
        table.cell = None
        self._flow = table.flow

    def _group(self, _tag: str, _attributes: Attributes) -> Undo | None:
        if not self._tables:
            return None
        table = self._tables[-1]
        self._leave_cell(table)
        table.end_group()
        return table.end_group

    def _row(self, tag: str, attributes: Attributes) -> Undo:
        if not self._tables:
            return self._block(tag, attributes)
        table = self._tables[-1]
        self._leave_cell(table)
        self._next_row(table)
        return partial(self._end_row, table, len(table.table.rows))

    def _next_row(self, table: OpenTable) -> None:
        self._steps += table.next_row()
        if self._steps > MOST_STEPS:
            raise self._refusal("网页表格的合并单元格过多 (too many merged cells)")

    def _row_ends(self, _tag: str, _attributes: Attributes) -> None:
        if self._tables:
            self._leave_cell(self._tables[-1])
            self._tables[-1].in_row = False

    def _end_row(self, table: OpenTable, rows: int) -> None:
        if self._buffer:
            self._flush()
        if len(table.table.rows) == rows:
            self._leave_cell(table)
            table.in_row = False

    def _cell(self, tag: str, attributes: Attributes) -> Undo:
        undo = self._block(tag, attributes)
        if not self._tables:
            return undo
        table = self._tables[-1]
        if not table.in_row:
            self._next_row(table)
        cell = table.add(attributes.get("colspan"), attributes.get("rowspan"))
        self._flow = cell.content
        return partial(self._end_cell, table, cell)

    def _end_cell(self, table: OpenTable, cell: Cell) -> None:
        self._end_block()
        if table.cell is cell:
            table.cell, self._flow = None, table.flow


def _length(texts: list[str]) -> int:
    """Characters of texts without what parts them."""
    return sum(len(text.strip(SEPARATORS)) for text in texts)


Opener: TypeAlias = Callable[[PageReader, str, Attributes], Undo | None]


# Elements that are not here run on in their line, like <span>.
OPENERS: dict[str, Opener] = {
    **dict.fromkeys(BLOCKS, PageReader._block),
    **dict.fromkeys(COUNTED, PageReader._counted_block),
    **dict.fromkeys(("del", "s", "strike", "sub"), PageReader._apart),
    **dict.fromkeys(("embed", "img", "input"), PageReader._picture),
    **dict.fromkeys(("tbody", "tfoot", "thead"), PageReader._group),
    **dict.fromkeys(("td", "th"), PageReader._cell),
    "a": PageReader._link,
    "br": PageReader._break,
    "sup": PageReader._lifted,
    "table": PageReader._table,
    "title": PageReader._title,
    "tr": PageReader._row,
    ROW_ENDS: PageReader._row_ends,
}
STYLED: dict[str, Opener] = {
    "block": PageReader._block,
    "apart": PageReader._apart,
    "lifted": PageReader._lifted,
}
