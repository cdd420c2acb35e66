"""How a paper is laid out: every surface that reports come on.

A surface turns a `Paper` into text or bytes. It says whether it keeps blank cells, because a
surface that does not makes their columns unknowable (`tests.writer.losses`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.writer.paper import Paper
from tests.writer.surfaces import markup, odd, office, pdf, plain, rare, rich


@dataclass(frozen=True)
class Surface:
    """A way to write a report down.

    ``write`` gives text, to be encoded as ordered, or the bytes of a file. ``keeps_blanks``:
    an empty cell still has its column. ``keeps_rows``: what stands in one row is not taken for
    another's, whatever its label. ``flat``: cells run together without anything between. ``rare``:
    few reports lie on it, and any report is drawn without it.
    """

    name: str
    suffix: str
    write: Callable[[Paper, random.Random], str | bytes]
    keeps_blanks: bool
    keeps_rows: bool
    flat: bool = False
    rare: bool = False

    @property
    def text(self) -> bool:
        """Whether it is scraped text: lines or cells, and nothing else."""
        return self.suffix == ".txt"


SURFACES = {
    surface.name: surface
    for surface in (
        Surface("lines", ".txt", plain.lines, keeps_blanks=False, keeps_rows=False),
        Surface("lone_pipes", ".txt", plain.lone_pipes, keeps_blanks=False, keeps_rows=False),
        Surface("padded", ".txt", plain.padded, keeps_blanks=False, keeps_rows=False),
        Surface("pipes", ".txt", plain.pipes, keeps_blanks=True, keeps_rows=True),
        Surface("tabs", ".txt", plain.tabs, keeps_blanks=True, keeps_rows=True),
        Surface("flattened", ".txt", plain.flattened, keeps_blanks=False, keeps_rows=False,
                flat=True),
        Surface("markdown", ".md", markup.markdown, keeps_blanks=True, keeps_rows=True),
        Surface("html", ".html", markup.html, keeps_blanks=True, keeps_rows=True),
        Surface("docx", ".docx", office.docx, keeps_blanks=True, keeps_rows=True),
        Surface("rtf", ".rtf", rich.rtf, keeps_blanks=True, keeps_rows=True),
        Surface("xlsx", ".xlsx", office.xlsx, keeps_blanks=True, keeps_rows=True),
        Surface("pdf", ".pdf", pdf.pdf, keeps_blanks=True, keeps_rows=True),
        Surface("narrow", ".pdf", pdf.narrow, keeps_blanks=True, keeps_rows=True, rare=True),
        Surface("turned", ".html", rare.turned, keeps_blanks=True, keeps_rows=True, rare=True),
        Surface("stacked", ".html", rare.stacked, keeps_blanks=True, keeps_rows=True, rare=True),
        Surface("listed", ".html", rare.listed, keeps_blanks=False, keeps_rows=False, rare=True),
        Surface("sentences", ".txt", rare.sentences, keeps_blanks=True, keeps_rows=True, rare=True),
        Surface("laid_out", ".txt", rare.laid_out, keeps_blanks=False, keeps_rows=False, rare=True),
        Surface("outlined", ".md", rare.outlined, keeps_blanks=True, keeps_rows=True, rare=True),
        Surface("by_columns", ".txt", odd.by_columns, keeps_blanks=False, keeps_rows=True,
                rare=True),
        Surface("cell_by_cell", ".html", odd.cell_by_cell, keeps_blanks=True, keeps_rows=True,
                rare=True),
        Surface("keyed", ".html", odd.keyed, keeps_blanks=True, keeps_rows=True, rare=True),
        Surface("halves", ".html", odd.halves, keeps_blanks=True, keeps_rows=True, rare=True),
        Surface("in_lists", ".txt", odd.in_lists, keeps_blanks=False, keeps_rows=False, rare=True),
        Surface("framed", ".md", rare.framed, keeps_blanks=True, keeps_rows=True, rare=True),
    )
}  # fmt: skip
