"""Word files (``.docx``): paragraphs and table cells in reading order, as Word would print them.

What is printed is taken: results of fields, inserted text, list numbers. What is not is left
out: deleted and hidden text, field codes, comments, headers and footers. Text boxes and
footnotes come after the body. `index.read.office.Office` bounds what a file may cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from index.read.made import make_document
from index.read.office import Office
from index.read.refusals import refuse, too_large
from index.report import Block, Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
WRAPPERS = {W + n for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
PICTURES = (W + "drawing", W + "pict", W + "object")
UNPRINTED = {W + n for n in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "rt")}
UNPRINTED |= {W + "instrText", W + "delText"}
PRINTED = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n"}
PRINTED[W + "noBreakHyphen"] = "-"
SPACE, OFF = " \t\r\n\f\v\u3000\xa0\ufeff\u200b", {"0", "false", "off"}
DIGITS = "〇一二三四五六七八九"
CHINESE = {f"{name}Counting" for name in ("chinese", "japanese", "taiwanese")}
CHINESE |= {f"{name}Thousand" for name in CHINESE}
MOST_CELLS, MOST_SPAN = 200_000, 100
"""Blocks in a document, and grid columns a cell may cover; more is no report."""


def read_docx(data: bytes, path: Path) -> Document:
    """Read a Word file.

    A cell is one block at its place in the grid, its paragraphs joined by newlines; a merged
    cell stands at its first place only. A table of one column, and a cell that holds a table,
    only frame their text, which is read as paragraphs. A superscript after a digit is a note
    number and is put in brackets: ``22[1]``.

    Raises:
        UnreadableFile: damaged, locked, too large, of another kind (``.doc``), or empty.
    """
    office = Office(data, path)
    root = office.tree(office.main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        reason = "不是 Word 文档 (not a Word document)."
        raise refuse(office.place, reason, "请改正后缀，或另存为 .docx (rename or save it so).")
    parts = dict(office.related(office.main).values())
    kinds = ("numbering", "styles", "footnotes", "endnotes")
    numbering, styles, *notes = (office.tree(parts.get(kind, "")) for kind in kinds)
    reader = _Reader(Writer(office.place), _Numbering(numbering, styles), notes)
    reader.walk(body)
    for part in reader.rest:  # grows while boxes within boxes are found
        reader.walk(part)
    pictures = sum(1 for tag in PICTURES for _ in body.iter(tag))
    return reader.writer.document(data, path).model_copy(update={"pictures": pictures})


class Writer:
    """Writes blocks and the text they index, which is what was extracted from a file."""

    def __init__(self, place: str) -> None:
        self.place, self.blocks, self._parts, self._length = place, list[Block](), [""], 0

    def write(self, text: str, cell: tuple[int, int, int] | None = None) -> None:
        """Add a block: cells of one row are parted by pipes, all else by newlines."""
        if len(self.blocks) >= MOST_CELLS:
            raise too_large(self.place, f"单元格和段落超过 {MOST_CELLS:,} 个")
        table, row, column = cell or (None, None, None)
        last = self.blocks[-1] if self.blocks else None
        same = last and cell and (last.table, last.row) == (table, row)
        self._parts += ["" if last is None else " | " if same else "\n", text]
        start = self._length + len(self._parts[-2])
        span = start, start + len(text)
        self._length = span[1]
        self.blocks.append(Block(text=text, span=span, table=table, row=row, column=column))

    def document(self, data: bytes, path: Path) -> Document:
        """What was written, as read from these bytes."""
        if not any(block.text for block in self.blocks):
            reason = "没有可见的文字，可能是扫描图片或嵌入的网页 (no visible text in it)."
            raise refuse(self.place, reason, "请打开后另存，或提供文字版 (give its text).")
        return make_document(
            data, path, encoding="utf-8", text="".join(self._parts), blocks=self.blocks
        )


def _children(parent: Element) -> Iterator[Element]:
    """Children as they count: wrappers opened, one of several alternatives taken."""
    for child in parent:
        if child.tag in WRAPPERS:
            yield from _children(child)
        elif child.tag == MC + "AlternateContent":
            chosen = child.find(MC + "Choice")
            chosen = child.find(MC + "Fallback") if chosen is None else chosen
            yield from _children(chosen) if chosen is not None else ()
        else:
            yield child


def _on(properties: Element | None, name: str) -> bool:
    """Whether a property is there and not switched off."""
    found = properties.find(W + name) if properties is not None else None
    return found is not None and found.get(W + "val", "1") not in OFF


def _value(parent: Element | None, name: str) -> str:
    found = parent.find(W + name) if parent is not None else None
    return found.get(W + "val", "") if found is not None else ""


def _number(parent: Element | None, name: str, default: int) -> int:
    value = _value(parent, name)
    return int(value) if re.fullmatch("[0-9]{1,9}", value) else default


def as_note(before: str, text: str) -> str:
    """A raised text; digits after a digit are a note's number and are kept apart from it."""
    noted = before.rstrip()[-1:].isdigit() and text.strip()[:1].isdigit()
    return f"[{text.strip()}]" if noted else text


class _Reader:
    """Walks a document and writes its text and blocks."""

    def __init__(self, writer: Writer, numbering: _Numbering, notes: list[Element | None]) -> None:
        self.writer, self._numbering = writer, numbering
        self.rest: list[Element] = []
        found = [note for root in notes if root is not None for note in root]
        self._notes = {(f"{n.tag}Reference", n.get(W + "id")): n for n in found}
        self._tables, self._fields = 0, list[bool]()

    def walk(self, container: Element) -> None:
        """Paragraphs and tables of a body, a cell, a text box or a note."""
        for child in _children(container):
            if child.tag == W + "p":
                for line in self._paragraph(child).split("\n"):
                    if stripped := line.strip(SPACE):
                        self.writer.write(stripped)
            elif child.tag == W + "tbl":
                self._table(child)

    def _table(self, table: Element) -> None:
        rows = list(_grid(table))
        framed = all(len(cells) <= 1 for cells in rows)
        number = self._tables
        self._tables += not framed
        for at, cells in enumerate(rows):
            for column, cell in cells:
                if framed or any(child.tag == W + "tbl" for child in _children(cell)):
                    self.walk(cell)
                else:
                    self.writer.write(self._cell_text(cell), (number, at, column))

    def _cell_text(self, cell: Element) -> str:
        texts = [self._paragraph(p) for p in _children(cell) if p.tag == W + "p"]
        lines = [line.strip(SPACE) for text in texts for line in text.split("\n")]
        return "\n".join(line for line in lines if line)

    def _paragraph(self, paragraph: Element) -> str:
        """Printed text of a paragraph, its list number before it."""
        self._fields = []
        out: list[str] = []
        self._collect(paragraph, out)
        text = "".join(out)
        if not text.strip(SPACE) and paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            return ""  # deleted whole: no number is counted for it
        number = self._numbering.next(paragraph)
        return number + text.lstrip(SPACE) if text.strip(SPACE) else text

    def _collect(self, parent: Element, out: list[str]) -> None:
        for child in _children(parent):
            tag = child.tag
            if tag in UNPRINTED:
                continue
            if tag == W + "r":
                self._run(child, out)
            elif tag == W + "txbxContent":
                self.rest.append(child)
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif (note := self._notes.pop((tag, child.get(W + "id")), None)) is not None:
                self.rest.append(note)
            elif not all(self._fields):
                continue  # the code of a field, not its result
            elif tag in (W + "t", MATH_TEXT):
                out.append(child.text or "")
            elif tag in PRINTED:
                out.append(PRINTED[tag])
            else:
                self._collect(child, out)

    def _run(self, run: Element, out: list[str]) -> None:
        properties = run.find(W + "rPr")
        if _on(properties, "vanish"):
            return
        texts: list[str] = []
        self._collect(run, texts)
        text = "".join(texts)
        if _on(properties, "strike") or _on(properties, "dstrike"):
            text = f" {text} "  # struck out beside what goes in its place: no digits of it
        raised = _value(properties, "vertAlign") == "superscript"
        out.append(as_note("".join(out[-2:]), text) if raised else text)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _grid(table: Element) -> Iterator[list[tuple[int, Element]]]:
    """Printed rows of a table: cells with their grid column, each merged cell once."""
    above: set[int] = set()
    for row in _children(table):
        properties = row.find(W + "trPr")
        if row.tag != W + "tr" or _on(properties, "del") or _on(properties, "hidden"):
            continue
        column = min(_number(properties, "gridBefore", 0), MOST_SPAN)
        cells: list[tuple[int, Element]] = []
        merged: set[int] = set()
        for cell in _children(row):
            own = cell.find(W + "tcPr")
            if cell.tag != W + "tc" or _on(own, "cellDel"):
                continue
            width = min(max(1, _number(own, "gridSpan", 1)), MOST_SPAN)
            down, across = _on(own, "vMerge"), _on(own, "hMerge")
            if down:
                merged.update(range(column, column + width))
            goes_on = down and _value(own, "vMerge") != "restart" and column in above
            if not goes_on and (not across or _value(own, "hMerge") == "restart"):
                cells.append((column, cell))
            column += width
        above = merged
        yield cells


class _Numbering:
    """List numbers, which are not in the text, as Word counts them; none in unknown formats."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        root = numbering if numbering is not None else Element("none")
        self._levels = {
            (base.get(W + "abstractNumId"), level.get(W + "ilvl", "0")): level
            for base in root.findall(W + "abstractNum")
            for level in base.findall(W + "lvl")
        }
        self._lists = {n.get(W + "numId", ""): n for n in root.findall(W + "num")}
        found = styles.findall(W + "style") if styles is not None else []
        self._styles = {s.get(W + "styleId", ""): s.find(W + "pPr") for s in found}
        self._counts: dict[str, dict[str, int]] = {}
        self._begun: set[str] = set()

    def next(self, paragraph: Element) -> str:
        """The number printed before a paragraph, "" where it has none."""
        name, depth = self._place(paragraph.find(W + "pPr"))
        if name not in self._lists:
            return ""
        base = _value(self._lists[name], "abstractNumId")
        before = self._counts.get(base, {}).items()
        counts = self._counts[base] = {d: n for d, n in before if d <= depth}
        if name not in self._begun:  # lists of one definition go on unless told to start anew
            for start in self._lists[name].findall(W + "lvlOverride"):
                counts.pop(start.get(W + "ilvl", "0"), None)
        self._begun.add(name)
        level = self._levels.get((base, depth))
        counts[depth] = counts.get(depth, _number(level, "start", 1) - 1) + 1
        text = _value(level, "lvlText") if _value(level, "numFmt") != "bullet" else ""
        for digit in re.findall(r"%([1-9])", text):
            shown = str(int(digit) - 1)
            level = self._levels.get((base, shown))
            spelled = _spell(counts.get(shown, 1), _value(level, "numFmt"))
            text = text.replace(f"%{digit}", spelled) if spelled else ""
        return text + " " if text[-1:].isascii() and text else text

    def _place(self, own: Element | None) -> tuple[str, str]:
        """List and depth of a paragraph, by itself or by its style."""
        style = self._styles.get(_value(own, "pStyle"))
        places = [p.find(W + "numPr") for p in (own, style) if p is not None]
        name = next((v for p in places if (v := _value(p, "numId"))), "")
        return name, next((v for p in places if (v := _value(p, "ilvl"))), "0")


def _spell(number: int, form: str) -> str:
    if form in CHINESE and 0 < number < len(DIGITS) ** 2:
        tens, ones = divmod(number, 10)
        text = (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "")
        return text + (DIGITS[ones] if ones else "")
    return str(number) if form in ("decimal", "decimalFullWidth") else ""
