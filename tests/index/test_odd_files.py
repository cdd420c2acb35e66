"""Files as an office has them: what surrounds a report, and what stands in its tables' place."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path

import docx
import pytest
from docx.shared import Inches
from openpyxl import Workbook
from PIL import Image
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from index.read import read_bytes
from index.reading import read_report, report_from_document
from index.report import Report
from index.sidecar import Given
from index.sources import find_sources
from tests.index.packages import packed, saved
from tests.writer import SURFACES, Order
from tests.writer.figures import Figures, draw_figures
from tests.writer.grade import grade
from tests.writer.losses import loss_of_surface
from tests.writer.paper import Grid, Line, Paper, lay_out
from tests.writer.prose import draw_prose
from tests.writer.surfaces.markup import CHARSET
from tests.writer.truth import tell

Made = tuple[Figures, Paper]


def made(seed: int) -> Made:
    order = Order(seed, surface="docx")
    figures = draw_figures(order)
    return figures, lay_out(figures, draw_prose(order, figures, None, None))


def whole(report: Report, figures: Figures, paper: Paper) -> None:
    """Everything is read, and nothing wrong."""
    found = grade(report, tell(figures, loss_of_surface(SURFACES["docx"], paper, figures)))
    assert (found.wrong, found.false, found.unread) == ((), (), ())
    assert [h.section for h in report.headings] == [1, 2, 3, 4, 5, 6]


def read(data: bytes | str, name: str) -> Report:
    data = data.encode() if isinstance(data, str) else data
    return report_from_document(read_bytes(data, Path(name)), Given())


def page(paper: Paper, seed: int = 1) -> str:
    content = SURFACES["html"].write(paper, random.Random(seed))  # noqa: S311 - nothing secret
    assert isinstance(content, str)
    return content.replace(CHARSET, "utf-8")


# -- Word and Excel --------------------------------------------------------------------------


def test_a_word_file_with_a_frame_for_its_head_and_a_table_of_signatures() -> None:
    figures, paper = made(101)
    file = docx.Document()
    file.add_table(1, 1).cell(0, 0).text = "雾川市人民政府办公室文件"
    file.add_paragraph("雾政办〔2024〕3号")
    for part in paper.parts:
        if isinstance(part, Line):
            file.add_paragraph(part.text)
            continue
        for grid, below in part.grids():
            table = file.add_table(*size_of(grid))
            for s in grid:
                cell = table.cell(s.row, s.column)
                cell.merge(table.cell(s.row + s.rows - 1, s.column + s.columns - 1)).text = s.text
            for text in below:
                file.add_paragraph(text)
    signatures = file.add_table(2, 4)
    words = ["填报单位", "办公室", "填报人", "张某", "联系电话", "0513-86512345", "日期", "1月20日"]
    for number, word in enumerate(words):
        signatures.cell(number // 4, number % 4).text = word
    whole(read(saved(file), "x.docx"), figures, paper)


def size_of(grid: Grid) -> tuple[int, int]:
    return max(s.row + s.rows for s in grid), max(s.column + s.columns for s in grid)


def put(sheet: object, top: int, left: int, grid: Grid, step: int = 1) -> None:
    """Write a grid into a sheet; whole numbers are numbers, with zeros that show as a dash."""
    for s in grid:
        row, column = top + s.row * step, left + s.column
        cell = sheet.cell(row, column)  # type: ignore[attr-defined]
        cell.value = int(s.text) if s.text.isdigit() else s.text
        cell.number_format = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '
        if s.rows > 1 or s.columns > 1:
            last = row + (s.rows - 1) * step, column + s.columns - 1
            sheet.merge_cells(None, row, column, *last)  # type: ignore[attr-defined]


def test_a_workbook_with_a_cover_and_a_table_on_each_sheet() -> None:
    figures, paper = made(102)
    book = Workbook()
    cover = book.active
    assert cover is not None
    texts = [part.text for part in paper.parts if isinstance(part, Line)]
    for number, text in enumerate(texts, 1):
        cover.cell(number, 1, text)
    for number, table in enumerate(paper.tables(), 1):
        sheet = book.create_sheet(f"表{number}")
        sheet.cell(1, 1, f"附件{number}")
        sheet.cell(2, 5, "单位：件")
        ((grid, _),) = table.grids()
        put(sheet, 4, 2, grid)
        sheet.cell(4 + size_of(grid)[0], 1, "审核人：李某    填表人：张某")
    hidden = book.create_sheet("计算")
    hidden.append(["一、本年新收政府信息公开申请数量", 999, 999])
    hidden.sheet_state = "hidden"
    whole(read(saved(book), "x.xlsx"), figures, paper)


def test_a_workbook_with_all_on_one_sheet_and_blank_rows_between() -> None:
    figures, paper = made(103)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    row = 2
    for part in paper.parts:
        if isinstance(part, Line):
            sheet.cell(row, 2, part.text)
            sheet.merge_cells(None, row, 2, row + 1, 11)
            row += 3
            continue
        ((grid, _),) = part.grids()
        put(sheet, row, 2, grid, step=2)
        row += 2 * size_of(grid)[0] + 3
    whole(read(saved(book), "x.xlsx"), figures, paper)


# -- web pages -------------------------------------------------------------------------------

MENU = "".join(
    f'<td><a href="/{n}">{name}</a></td>' for n, name in enumerate(["首页", "公开", "服务"])
)
SIDE = "".join(
    f"<tr><td><a href=x>政府信息公开{name}</a></td></tr>" for name in ("指南", "制度", "年报")
)
ABOUT = "<tr><td>发布日期</td><td>2024-01-20</td><td>浏览次数</td><td>1163</td></tr>"
FOOT = "<table><tr><td>主办：办公室</td><td>网站标识码3208000001</td></tr></table>"


def test_a_page_saved_by_a_browser_with_its_folder(tmp_path: Path) -> None:
    figures, paper = made(104)
    body = page(paper).partition("<body>")[2].partition("</body>")[0]
    text = (
        "<!DOCTYPE html>\n<!-- saved from url=(0031)http://www.example.gov.cn/1.html -->\n<html>"
        "<head><meta charset=utf-8></head><body>"
        f"<table><tr>{MENU}</tr></table><table><tr><td valign=top><table>{SIDE}</table></td><td>"
        f"<table>{ABOUT}</table><div id=zoom>{body}</div><a href='javascript:print()'>打印</a></td>"
        f"</tr></table><div style='display:none'>{body}</div>{FOOT}<p>您是第 1234567 位访问者</p>"
        "</body></html>"
    )
    (tmp_path / "年报.html").write_text(text, "utf-8")
    (tmp_path / "年报_files").mkdir()
    (tmp_path / "年报_files" / "saved_resource.html").write_text(page(made(1)[1]), "utf-8")
    (source,) = find_sources([tmp_path])
    whole(read_report(source), figures, paper)


def test_a_web_page_of_word_called_doc() -> None:
    figures, paper = made(109)
    body = page(paper, 2).partition("<body>")[2].partition("</body>")[0]
    body = re.sub(
        r"(<td[^>]*>)([^<]*)</td>",
        r"\1<p class=MsoNormal align=center><span lang=EN-US>\2<o:p></o:p></span></p></td>",
        body.replace("<td", "<td width=72 style='mso-border-alt:solid windowtext .5pt'"),
    )
    ruler = (
        "<![if !supportMisalignedColumns]>\r\n<tr height=0><td width=72></td></tr>\r\n<![endif]>"
    )
    body = body.replace("</table>", f"{ruler}</table>")
    text = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
        '<meta http-equiv=Content-Type content="text/html; charset=gb2312">'
        "<!--[if gte mso 9]><xml><o:Pages>9</o:Pages></xml><![endif]-->"
        f"<style><!-- p.MsoNormal {{}} --></style></head><body lang=ZH-CN>{body}</body></html>"
    )
    whole(read(text.encode("gb18030"), "x.doc"), figures, paper)


def test_a_web_page_of_one_table_called_xls() -> None:
    figures, paper = made(110)
    body = page(paper, 3).partition("<div class='article'>")[2].partition("</div></body>")[0]
    body = body.replace("<table border='1'><tbody>", "").replace("</tbody></table>", "")
    body = re.sub(r"<(?:h1|h2|p)>", "<tr><td colspan=10>", body)
    body = re.sub(r"</(?:h1|h2|p)>", "</td></tr>", body)
    text = f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>{body}</table>'
    whole(read(text, "x.xls"), figures, paper)


@pytest.mark.parametrize("kind", ["page", "Word file"])
def test_where_the_tables_are_pictures_it_is_said(kind: str) -> None:
    _, paper = made(105)
    if kind == "page":
        text = re.sub(r"<table.*?</table>", "<p><img src=t.png></p>", page(paper), flags=re.DOTALL)
        report = read(
            text.replace("<body>", "<body><img src=logo.png><img width=1 src=x>"), "x.htm"
        )
    else:
        file = docx.Document()
        picture = io.BytesIO()
        Image.new("RGB", (60, 40), "white").save(picture, "PNG")
        for part in paper.parts:
            if isinstance(part, Line):
                file.add_paragraph(part.text)
            else:
                picture.seek(0)
                file.add_picture(picture, Inches(5))
        report = read(saved(file), "x.docx")
    assert report.table_figures == ()
    assert [note.partition("；")[0] for note in report.notes if "图片" in note] == [
        "文中有 3 幅图片，表格可能是图片"
    ]


def test_pictures_beside_tables_are_no_matter() -> None:
    _, paper = made(105)
    report = read(page(paper).replace("<table", "<img src=seal.png><table"), "x.html")
    assert not any("图片" in note for note in report.notes)


# -- archives and exports --------------------------------------------------------------------


def test_an_archive_made_on_chinese_windows(tmp_path: Path) -> None:
    figures, paper = made(106)
    word = SURFACES["docx"].write(paper, random.Random(1))  # noqa: S311 - nothing secret
    assert isinstance(word, bytes)
    entries = {
        "年报/雾川市2023年政府信息公开工作年度报告.docx": word,
        "年报/~$川市2023年.docx": b"x",
        "年报/Thumbs.db": b"\xd0\xcf",
        "年报/说明.url": b"[InternetShortcut]",
        "年报/旧/表格.xls": page(paper, 4).encode("gb18030"),
        "年报/签字页.jpg": b"\xff\xd8\xff",
    }
    raw = [name.encode("gbk") for name in entries]
    fillers = [f"{number:03}".ljust(len(name), "x") for number, name in enumerate(raw)]
    content = packed(dict(zip(fillers, entries.values(), strict=True)))
    for filler, name in zip(fillers, raw, strict=True):
        content = content.replace(filler.encode(), name)
    path = tmp_path / "年报.zip"
    path.write_bytes(content)
    sources = list(find_sources([path]))
    assert [source.path.name for source in sources] == [
        "雾川市2023年政府信息公开工作年度报告.docx", "表格.xls"
    ]  # fmt: skip
    for source in sources:
        whole(read_report(source), figures, paper)


def test_markdown_with_entities_and_escapes() -> None:
    figures, paper = made(107)
    text = SURFACES["markdown"].write(paper, random.Random(3))  # noqa: S311 - nothing secret
    assert isinstance(text, str)
    text = text.replace("|  |", "| &nbsp; |").replace("（", "\\（")
    text = re.sub(r"\b([1-9])\.(?=[\u4e00-\u9fff])", r"\1\\.", text)
    assert "1\\." in text
    whole(read(text, "x.md"), figures, paper)


# -- PDF -------------------------------------------------------------------------------------


@pytest.mark.parametrize("repeated", [0, 3])
def test_a_pdf_whose_table_goes_on_over_pages_with_or_without_its_heads(repeated: int) -> None:
    figures, paper = made(108 + repeated)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    small = ParagraphStyle("", fontName="STSong-Light", fontSize=8, leading=10, wordWrap="CJK")
    flow: list[object] = []
    for part in paper.parts:
        if isinstance(part, Line):
            flow.append(Paragraph(part.text, small))
            continue
        ((grid, _),) = part.grids()
        rows, columns = size_of(grid)
        cells: list[list[object]] = [[""] * columns for _ in range(rows)]
        style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        for s in grid:
            cells[s.row][s.column] = Paragraph(s.text.replace("\n", "<br/>"), small)
            last = s.column + s.columns - 1, s.row + s.rows - 1
            style.append(("SPAN", (s.column, s.row), last))  # type: ignore[arg-type]
        wide = [45, 60, 110, *[38] * 7] if part.name == "t3" else [480 / columns] * columns
        heads = repeated if part.name == "t3" else 0
        flow.append(Table(cells, wide, style=TableStyle(style), repeatRows=heads))

    def foot(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(300, 25, f"— {template.page} —")
        canvas.drawString(60, 812, "雾川市政府信息公开工作年度报告")

    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build(flow, onFirstPage=foot, onLaterPages=foot)
    report = read(buffer.getvalue(), "x.pdf")
    whole(report, figures, paper)
    assert len({f.page for f in report.table_figures if f.table == "t3"}) == 2
