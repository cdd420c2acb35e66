"""Parts of a Word document: page, fonts, page numbers, and tables with their merged cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from assistant.draft.layout import Layout, Spot
from assistant.draft.model import DraftCell
from assistant.draft.style import Font, Style

TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def set_page(file: Any, style: Style) -> None:
    """Paper, margins, and font and language of all text."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    page, section = style.page, file.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.footer_distance = Mm(page.footer)
    set_font(file.styles["Normal"], style.fonts.text, style)
    for language in file.styles.element.iter(qn("w:lang")):  # chooses the shapes of characters
        language.set(qn("w:eastAsia"), "zh-CN")


def set_font(run: Any, font: Font, style: Style) -> None:
    """Chinese and Latin font and the size of a run or a style."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.name, run.font.size = style.latin, Pt(font.size)
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font.name)


def folio(file: Any, style: Style) -> None:
    """Page numbers between dashes, at the outer edge: right on odd pages, left on even ones."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    file.settings.odd_and_even_pages_header_footer = True
    section = file.sections[0]
    odd, even = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    for footer, edge in ((section.footer, odd), (section.even_page_footer, even)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = edge
        form = paragraph.paragraph_format
        form.left_indent = form.right_indent = Pt(style.fonts.folio.size)
        for text in ("— ", "", " —"):
            run = paragraph.add_run(text)
            set_font(run, style.fonts.folio, style)
            if not text:
                field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>'
                number = parse_xml(field)
                run.element.addprevious(number)
                number.append(run.element)
                run.text = "1"


def table_xml(layout: Layout, cells: Mapping[str, DraftCell], style: Style) -> str:
    """A table as WordprocessingML. Cells with figures carry their ``address``, to be taken off."""
    from docx.oxml.ns import nsdecls

    total = style.page.text_width * TWIPS
    widths = [round(share * total / 100) for share in layout.shares()]
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="000000"/>' for edge in EDGES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(layout, number, cells, style, widths) for number in range(layout.height))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="28" w:type="dxa"/>'
        '<w:right w:w="28" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(
    layout: Layout,
    number: int,
    cells: Mapping[str, DraftCell],
    style: Style,
    widths: list[int],
) -> str:
    """A row: the cells that begin in it, and below others those that go on."""
    reaching = sorted(
        (spot for spot in layout.spots if spot.row <= number < spot.row + spot.rows),
        key=lambda spot: spot.column,
    )
    font = style.fonts.narrow if layout.table == "t4" else style.fonts.table
    head = "<w:tblHeader/>" if number < layout.heads else ""
    written = "".join(
        _cell(
            spot,
            cells.get(spot.address),
            sum(widths[spot.column : spot.column + spot.columns]),
            style,
            font,
            first=spot.row == number,
        )
        for spot in reaching
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{written}</w:tr>"


def _cell(  # a cell is its spot, its figure, its measures and its looks
    spot: Spot, cell: DraftCell | None, width: int, style: Style, font: Font, *, first: bool
) -> str:
    merged = f'<w:gridSpan w:val="{spot.columns}"/>' if spot.columns > 1 else ""
    if spot.rows > 1:
        merged += '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    shade = _shade(cell, style)
    text = (cell.printed if cell is not None else spot.text) if first else ""
    address = f' address="{cell.address}"' if cell is not None else ""
    side = "left" if spot.role == "label" else "center"
    line = round((font.line or style.line) * 20)
    return (
        f'<w:tc{address}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{shade}'
        '<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="20" w:after="20" w:line="{line}" w:lineRule="exact"/>'
        f'<w:jc w:val="{side}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="{style.latin}" '
        f'w:hAnsi="{style.latin}" w:eastAsia="{font.name}"/><w:sz w:val="{round(font.size * 2)}"/>'
        f'</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
    )


def _shade(cell: DraftCell | None, style: Style) -> str:
    """Colour behind a cell that still needs a person; a clean table has none."""
    shades = style.shades
    colours = {"open": shades.open, "failing": shades.failing, "asked": shades.asked}
    colour = colours.get(cell.state) if cell is not None else None
    if colour is None:
        return ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'
