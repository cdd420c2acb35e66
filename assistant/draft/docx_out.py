"""A draft as a Word document, set as official documents are (GB/T 9704).

What is told of cells and sentences stands in comments, so that the text is that of the report.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.draft.docx_parts import folio, set_font, set_page, table_xml
from assistant.draft.layout import Layout, form_for, layouts
from assistant.draft.model import Draft, DraftCell, DraftParagraph, DraftSection
from assistant.draft.remarks import cells_of, equation_of, faults_in, remarks_on
from assistant.draft.style import Font, Style, load_style, numbered
from assistant.outputs import plain_text

AUTHOR, INITIALS = "勾稽", "勾"
RED = "C00000"
POINTS = 72 / 25.4
"""In a millimetre."""


def write_docx(draft: Draft, *, comments: bool = True) -> bytes:
    """The document; ``comments``: whether sources and faults are told in comments."""
    from docx import Document

    file = Document()
    file.core_properties.title = plain_text(draft.title)
    file.core_properties.author = plain_text(draft.body)
    file.core_properties.comments = ""
    _Writer(file, draft, load_style(), comments=comments).write()
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Writes a draft into an empty document."""

    def __init__(self, file: Any, draft: Draft, style: Style, *, comments: bool) -> None:
        self.file, self.draft, self.style, self.comments = file, draft, style, comments

    def write(self) -> None:
        """Title, then section by section with its text and its table."""
        set_page(self.file, self.style)
        folio(self.file, self.style)
        title = self._paragraph(self.style.fonts.title, indent=False)
        self._centre(title)
        self._run(title, self._title(), self.style.fonts.title)
        if self.draft.failing:
            self._mark()
        self._paragraph(self.style.fonts.text)
        tables = {layout.section: layout for layout in layouts(form_for(self.draft.year))}
        for section in self.draft.sections:
            heading = self._section(section)
            if section.number in tables:
                self._table(tables[section.number], heading)

    def _title(self) -> str:
        """The title; one that takes two lines is broken where its sense is."""
        points = self.style.page.text_width * POINTS
        long = len(self.draft.title) * self.style.fonts.title.size > points
        return self.draft.title.replace(self.draft.body, f"{self.draft.body}\n", 1 if long else 0)

    def _mark(self) -> None:
        """That the tables do not balance, where nobody can overlook it."""
        from docx.shared import RGBColor

        mark = self._paragraph(self.style.fonts.heading, indent=False)
        self._centre(mark)
        run = self._run(mark, self.style.mark, self.style.fonts.heading)
        run.font.color.rgb = RGBColor.from_string(RED)
        self._comment([run], "\n".join(map(equation_of, self.draft.failing)))

    def _section(self, section: DraftSection) -> Any:
        heading = self._paragraph(self.style.fonts.heading)
        heading.paragraph_format.keep_with_next = True
        run = self._run(heading, numbered(section.number, section.title), self.style.fonts.heading)
        for paragraph in section.paragraphs:
            self._text(paragraph)
        return run

    def _text(self, paragraph: DraftParagraph) -> None:
        font = self.style.fonts.subheading if paragraph.heading else self.style.fonts.text
        written = self._paragraph(font)
        written.paragraph_format.keep_with_next = paragraph.heading
        for sentence in paragraph.sentences:
            run = self._run(written, sentence.text, font)
            self._comment([run], sentence.told)

    def _table(self, layout: Layout, heading: Any) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import qn

        cells = cells_of(self.draft, layout)
        table = parse_xml(table_xml(layout, cells, self.style))
        body = self.file.element.body
        body.insert(len(body) - 1, table)  # before the properties of the section
        self._comment([heading], "\n".join(remarks_on(self.draft, cells.values())))
        self._comment_cells(cells, list(table.iter(qn("w:tc"))))
        self._paragraph(self.style.fonts.text)

    def _comment_cells(self, cells: Mapping[str, DraftCell], written: Iterable[Any]) -> None:
        """A comment on each fault, at its cell."""
        from docx.oxml.ns import qn
        from docx.text.run import Run

        by_address = {e.attrib.pop("address"): e for e in written if "address" in e.attrib}
        for address, fault in faults_in(self.draft, cells):
            run = next(by_address[address].iter(qn("w:r")))
            self._comment([Run(run, self.file)], fault)

    def _paragraph(self, font: Font, *, indent: bool = True) -> Any:
        from docx.enum.text import WD_LINE_SPACING
        from docx.shared import Pt

        paragraph = self.file.add_paragraph()
        form = paragraph.paragraph_format
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(font.line or self.style.line)
        form.space_before = form.space_after = Pt(0)
        if indent:
            form.first_line_indent = Pt(2 * font.size)
        return paragraph

    def _centre(self, paragraph: Any) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _run(self, paragraph: Any, text: str, font: Font) -> Any:
        run = paragraph.add_run(plain_text(text))
        set_font(run, font, self.style)
        return run

    def _comment(self, runs: list[Any], text: str) -> None:
        if self.comments and text:
            self.file.add_comment(runs, text=plain_text(text), author=AUTHOR, initials=INITIALS)
