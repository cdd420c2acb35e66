"""Notes as Word documents, set as official letters are: A4, 仿宋 of size 3, lines of 28 points."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.audit.audit import Audit
from assistant.audit.corrections import load_corrections
from assistant.audit.notes import Item, Note, notes_of
from assistant.audit.outputs import MADE_BY, check_output, file_name
from assistant.outputs import plain_text, whole

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TITLE, TEXT, HEAD = "方正小标宋简体", "仿宋_GB2312", "黑体"
"""Typefaces of GB/T 9704; where they are not installed, Word takes others."""
TITLE_SIZE, TEXT_SIZE, LINE = 22, 16, 28
"""Points: sizes 2 and 3, and the distance of lines."""
PAPER = {"page_width": 210, "page_height": 297}
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
"""Millimetres, of GB/T 9704."""
INDENT = 2 * TEXT_SIZE


def save_letters(audit: Audit, folder: Path, *, force: bool) -> None:
    """Write the notes to all bodies into a folder, a file for each body.

    Raises:
        OutputError: one cannot be written, or would replace another's file; then none is.
    """
    paths: dict[str, Note] = {}
    for note in notes_of(audit):
        paths[file_name(f"核实通知-{note.body}", paths)] = note
    for name in paths:
        check_output(folder / f"{name}.docx", force=force)
    for name, note in paths.items():
        save_letter(note, folder / f"{name}.docx")


def save_letter(note: Note, path: Path) -> None:
    """Write a note as a .docx file, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    import docx

    letter = docx.Document()
    letter.core_properties.author = MADE_BY
    letter.core_properties.title = plain_text(note.title.replace("\n", ""))
    _set_paper(letter)
    _centre(_add(letter, note.title, TITLE, TITLE_SIZE, indent=0))
    _add(letter, "")
    _add(letter, note.greeting, indent=0)
    _add(letter, note.opening)
    for part in note.parts:
        _add(letter, part.heading, HEAD)
        for paragraph in part.paragraphs:
            _add(letter, paragraph)
        for number, item in enumerate(part.items, 1):
            _add_item(letter, number, item)
    for line in ("", *note.signature):
        _right(_add(letter, line, indent=0))
    with whole(path) as temporary:
        letter.save(str(temporary))


def _add_item(letter: Document, number: int, item: Item) -> None:
    """A finding: what, the equation, where, what it rests on, what is asked."""
    words = load_corrections().note
    _add(letter, f"{number}．{item.found}。")
    _add(letter, f"{words.equation}{item.equation}。")
    _add(letter, f"{words.where}{'；'.join(item.where)}。")
    if item.basis:
        _add(letter, f"{words.basis}{item.basis}。")
    _add(letter, f"{words.ask}{item.ask}。")


def _add(
    letter: Document, text: str, face: str = TEXT, size: int = TEXT_SIZE, *, indent: int = INDENT
) -> Paragraph:
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = letter.add_paragraph()
    run = paragraph.add_run(plain_text(text))
    run.font.name, run.font.size = face, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_after = Pt(indent), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    return paragraph


def _centre(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _right(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_paper(letter: Document) -> None:
    from docx.shared import Mm

    section = letter.sections[0]
    for name, millimetres in (PAPER | MARGINS).items():
        setattr(section, name, Mm(millimetres))
