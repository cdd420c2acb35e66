"""Where things stand in a report: a cell or a sentence, its characters, its line or its page."""

from __future__ import annotations

import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from index.report import Figure, Record, Report, Span

TABLES = {"t2": "表二", "t3": "表三", "t4": "表四", "annex": "附表", "prose": "正文"}
LINED = frozenset({".txt", ".md", ".csv"})
"""Endings of files whose lines are those of the text that was read."""
SENTENCE = re.compile(r"prose\.p\d+\.s\d+")
"""Address of a sentence of running text; that of a number of it ends in ``.n3``."""
LONGEST_KEPT = 40
"""Characters of a sentence that are kept for later, enough to know it by."""
LONGEST_QUOTE = 300
"""Characters of a sentence that are quoted; text that has no stops is cut there."""


class Place(Record):
    """A cell or a sentence of a report.

    ``label`` is what a cell is called (``表三·结转下年度继续办理·总计``); of a sentence ``printed``
    has the words, and ``label`` may say of which report. An address without table and row stands
    for the whole report. ``span`` is None where a blank cell was dropped, ``line`` where
    the source is not plain text, ``page`` where it has no pages.
    """

    source_file: str
    address: str = ""
    label: str = ""
    printed: str = ""
    span: Span | None = None
    line: int | None = None
    page: int | None = None

    @property
    def where(self) -> str:
        """``第 45 行，字符 1234–1236``; "" where it is not known."""
        parts = []
        if self.page is not None:
            parts.append(f"第 {self.page} 页")
        if self.line is not None:
            parts.append(f"第 {self.line} 行")
        if self.span is not None:
            parts.append(f"字符 {self.span[0]}–{self.span[1]}")
        return "，".join(parts)

    @property
    def words(self) -> str:
        """``表三·结转下年度继续办理·总计 = 18``, or the sentence in quotation marks."""
        if self.is_sentence:
            return f"{self.label}“{self.printed}”"
        if self.printed:
            return f"{self.label} = {self.printed}"
        return f"{self.label}（空白）" if self.address.count(".") > 1 else self.label

    @property
    def is_sentence(self) -> bool:
        """Whether it is no cell and no number, but the words around it."""
        return not self.address or SENTENCE.fullmatch(self.address) is not None


class Finder:
    """Finds the places of one report."""

    def __init__(self, report: Report) -> None:
        """Note where its lines begin."""
        self.report = report
        self.figures: Mapping[str, Figure] = {f.address: f for f in report.figures}
        ends = accumulate(len(line) + 1 for line in report.text.split("\n"))
        lined = Path(report.source_file).suffix.lower() in LINED
        self._lines = [0, *ends] if lined else []

    def cell(self, address: str, label: str) -> Place:
        """The place of an operand, which may be a cell that is not printed."""
        figure = self.figures.get(address)
        table = TABLES.get(address.split(".", maxsplit=1)[0], "")
        span = figure.span if figure is not None else None
        return Place(
            source_file=self.report.source_file,
            address=address,
            label=f"{table}·{label}" if table else label,
            printed=figure.printed if figure is not None else "",
            span=span,
            line=self.line(span),
            page=figure.page if figure is not None else None,
        )

    def sentence(self, span: Span, longest: int = LONGEST_QUOTE) -> Place:
        """The place of a sentence or heading, with its words on one line."""
        words = " ".join(self.report.text[slice(*span)].split())
        if len(words) > longest:
            words = words[:longest] + "……"
        return Place(
            source_file=self.report.source_file, printed=words, span=span, line=self.line(span)
        )

    def line(self, span: Span | None) -> int | None:
        """The line on which a span begins, from 1."""
        if span is None or not self._lines:
            return None
        return bisect_right(self._lines, span[0])


class Kept(NamedTuple):
    """What is kept of a place, under its address."""

    printed: str
    span: Span | None
    line: int | None
    page: int | None


class Places:
    """The cells of a report and where its sentences begin, small enough to keep thousands."""

    __slots__ = ("packed", "source_file")

    def __init__(self, source_file: str, packed: bytes) -> None:
        """``packed`` is what `pack` made."""
        self.source_file = source_file
        self.packed = packed

    @classmethod
    def pack(cls, finder: Finder, sentences: Mapping[str, Span]) -> Places:
        """Keep the cells of the report that a finder looks at, and sentences by their address."""
        kept = {
            figure.address: Kept(figure.printed, figure.span, finder.line(figure.span), figure.page)
            for figure in finder.report.table_figures
        }
        for address, span in sentences.items():
            place = finder.sentence(span, LONGEST_KEPT)
            kept[address] = Kept(place.printed, place.span, place.line, None)
        text = json.dumps(kept, ensure_ascii=False)
        return cls(finder.report.source_file, zlib.compress(text.encode()))

    def find(self, wanted: Mapping[str, str]) -> Iterator[Place]:
        """The places of operands of a check across reports, by address and name.

        A name begins with the year of the report (``2021年·结转下年度继续办理·总计``). What is not
        printed has no span.
        """
        kept = json.loads(zlib.decompress(self.packed))
        for address, name in wanted.items():
            year, _, rest = name.partition("·")
            table = TABLES.get(address.split(".")[0], "") if rest else ""
            printed, span, line, page = kept.get(address, Kept("", None, None, None))
            is_sentence = SENTENCE.fullmatch(address) is not None
            yield Place(
                source_file=self.source_file,
                address=address,
                label=f"{year}{table}" if is_sentence else f"{year}{table}·{rest}".rstrip("·"),
                printed=printed,
                span=span,
                line=line,
                page=page,
            )
