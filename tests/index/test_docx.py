"""Word files: paragraphs and cells in reading order, as Word would print them."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from index.errors import UnreadableFile
from index.read import docx as reader
from index.read.docx import read_docx
from index.reading import report_from_document
from index.report import Document, Status
from index.sidecar import Given
from tests.index.helpers import FORMS, balanced
from tests.index.packages import rewritten, saved

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
NEW = "一、本年新收政府信息公开申请数量"
ORGS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


def checked(data: bytes) -> Document:
    """The document read, its spans tested: in order, and each the text of its block."""
    got = read_docx(data, Path("in/年报.docx"))
    assert [got.text[slice(*b.span)] for b in got.blocks] == [b.text for b in got.blocks]
    ends = [0, *(b.span[1] for b in got.blocks)]
    assert all(b.span[0] >= end for b, end in zip(got.blocks, ends, strict=False))
    return got


def read_body(*xml: str) -> Document:
    """A document whose body is this XML."""
    file = docx.Document()
    for piece in xml:
        file.element.body.insert(len(file.element.body) - 1, parse_xml(piece))
    return checked(saved(file))


def p(inner: str, properties: str = "") -> str:
    return f"<w:p {W} {MC}>{properties}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    return f"<w:tbl {W}>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{r(text)}</w:p></w:tc>"


def grid(got: Document) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(b.text, b.table, b.row, b.column) for b in got.blocks]


def texts(got: Document) -> list[str]:
    return [b.text for b in got.blocks]


# -- the official tables, for the tests of workbooks too -----------------------------------

Laid = tuple[int, int, int, int, str]


def lay_out(cells: Mapping[str, Sequence[str]]) -> Iterator[Laid]:
    """Table three as officially laid out: (row, column, rows, columns, text) of each cell."""
    yield from ((0, 0, 3, 3, "申请类别"), (0, 3, 1, 7, "申请人情况"), (1, 3, 2, 1, "自然人"))
    yield from ((1, 4, 1, 5, "法人或其他组织"), (1, 9, 2, 1, "总计"))
    yield from ((2, 4 + number, 1, 1, name) for number, name in enumerate(ORGS))
    rows = FORMS["2021"].tables.t3.rows
    outcomes = sum(r.key in cells and r.number not in ("一、", "二、", "四、") for r in rows)
    at = 3
    for number, row in enumerate(rows):
        label = f"{row.number}{row.label}"
        if row.key == "results":
            yield at, 0, outcomes, 1, label
        elif row.key not in cells:
            children = 0
            while rows[number + 1 + children].number[0].isdigit():
                children += 1
            yield at, 1, children, 1, label
        else:
            column = {"（": 1}.get(row.number[0], 2 if row.number[0].isdigit() else 0)
            yield at, column, 1, 3 - column, label
            yield from ((at, 3 + n, 1, 1, text) for n, text in enumerate(cells[row.key]))
            at += 1


def official(cells: Mapping[str, Sequence[str]]) -> bytes:
    """A Word file with table three, its cells merged as in the official form."""
    file = docx.Document()
    file.add_paragraph("青塘县财政局2023年政府信息公开工作年度报告")
    file.add_paragraph("三、收到和处理政府信息公开申请情况")
    laid = list(lay_out(cells))
    grid = [list(row.cells) for row in file.add_table(max(row for row, *_ in laid) + 1, 10).rows]
    for row, column, rows, columns, text in laid:
        last = grid[row + rows - 1][column + columns - 1]
        grid[row][column].merge(last).text = text
    return saved(file)


def test_table_three_as_officially_laid_out_gives_its_figures() -> None:
    cells = balanced()
    got = checked(official(cells))
    places = {(b.row, b.column): b.text for b in got.blocks if b.table == 0}
    assert places == {(row, column): text for row, column, _, _, text in lay_out(cells)}
    figures = {f.address: f for f in report_from_document(got, Given()).table_figures}
    columns = [c.key for c in FORMS["2021"].tables.t3.columns]
    for key, values in cells.items():
        read = [figures[f"t3.{key}.{column}"] for column in columns]
        assert [str(f.value) for f in read] == values
        assert {f.status for f in read} == {Status.VERIFIED}


# -- order and text ------------------------------------------------------------------------


def test_paragraphs_and_tables_keep_their_order() -> None:
    file = docx.Document()
    file.add_heading("一、总体情况", 1)
    file.add_paragraph("　　全年办结申请 5 件。 ")
    rows = file.add_table(2, 3)
    for number, text in enumerate(["规章", "0", "", "行政规范性文件", "", "1"]):
        rows.cell(*divmod(number, 3)).text = text
    file.add_paragraph("")
    file.add_paragraph("后文")
    file.add_table(1, 2).cell(0, 1).text = "7"
    got = checked(saved(file))
    assert grid(got) == [
        ("一、总体情况", None, None, None),
        ("全年办结申请 5 件。", None, None, None),
        ("规章", 0, 0, 0),
        ("0", 0, 0, 1),
        ("", 0, 0, 2),
        ("行政规范性文件", 0, 1, 0),
        ("", 0, 1, 1),
        ("1", 0, 1, 2),
        ("后文", None, None, None),
        ("", 1, 0, 0),
        ("7", 1, 0, 1),
    ]
    assert got.text == (
        "一、总体情况\n全年办结申请 5 件。\n规章 | 0 | \n行政规范性文件 |  | 1\n后文\n | 7"
    )
    assert (got.source_file, got.path, got.encoding) == ("年报.docx", "in/年报.docx", "utf-8")


def test_breaks_part_paragraphs_and_stay_within_cells() -> None:
    broken = r("一、总体情况") + "<w:r><w:br/></w:r>" + r("全年") + "<w:r><w:tab/></w:r>" + r("5")
    two = f"<w:tc><w:p>{r('结')}</w:p><w:p/><w:p>{r('果')}</w:p></w:tc>"
    got = read_body(p(broken), table(two + cell("1")))
    assert texts(got) == ["一、总体情况", "全年\t5", "结\n果", "1"]


def test_what_was_deleted_or_hidden_is_left_out_and_what_was_inserted_is_kept() -> None:
    author = 'w:id="1" w:author="a"'
    changed = (
        r("收到 ")
        + f"<w:del {author}><w:r><w:delText>15</w:delText></w:r></w:del>"
        + f"<w:ins {author}>{r('17')}</w:ins>"
        + f"<w:moveFrom {author}>{r('项')}</w:moveFrom><w:moveTo {author}>{r(' 件')}</w:moveTo>"
        + r("（内部）", "<w:vanish/>")
        + r("。", '<w:vanish w:val="0"/>')
    )
    mark = f"<w:trPr><w:del {author}/></w:trPr>"
    rows = table(cell("a") + cell("1"), mark + cell("b") + cell("2"), cell("c") + cell("3"))
    got = read_body(p(changed), rows)
    assert texts(got) == ["收到 17 件。", "a", "1", "c", "3"]
    assert [b.row for b in got.blocks] == [None, 0, 0, 1, 1]


@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_a_struck_number_is_no_digit_of_its_neighbour(mark: str) -> None:
    struck, kept = (
        f"<w:tc><w:p>{r('9', properties)}{r('21')}</w:p></w:tc>"
        for properties in (f"<w:{mark}/>", f'<w:{mark} w:val="0"/>')
    )
    got = read_body(table(cell("规章") + struck + kept))
    assert texts(got) == ["规章", "9 21", "921"]


def test_fields_give_their_result() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>=SUM(LEFT)</w:instrText></w:r>"
    inner = mark("begin") + code + mark("separate") + r("9") + mark("end")
    field = mark("begin") + code + inner + mark("separate") + r("12") + mark("end")
    simple = f'<w:fldSimple w:instr="PAGE">{r("3")}</w:fldSimple>'
    link = f"<w:hyperlink>{r('网站')}</w:hyperlink>"
    open_end = mark("begin") + r("x")
    got = read_body(p(r("共") + field + r("件") + link + simple), p(open_end), p(r("后")))
    assert texts(got) == ["共12件网站3", "后"]


def test_one_of_several_alternatives_is_read_and_wrappers_are_opened() -> None:
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{r('甲')}</mc:Choice>"
        f"<mc:Fallback>{r('乙')}</mc:Fallback></mc:AlternateContent>"
        f"<mc:AlternateContent><mc:Fallback>{r('丙')}</mc:Fallback></mc:AlternateContent>"
        f"<w:smartTag>{r('丁')}</w:smartTag><w:ruby><w:rt>{r('ding')}</w:rt>"
        f"<w:rubyBase>{r('戊')}</w:rubyBase></w:ruby>"
    )
    wrapped = f"<w:sdt {W} {MC}><w:sdtPr/><w:sdtContent>{p(both)}</w:sdtContent></w:sdt>"
    assert texts(read_body(wrapped)) == ["甲丙丁戊"]


def test_a_raised_number_is_a_note_and_no_digit() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    got = read_body(
        table(cell("规章") + f"<w:tc><w:p>{r('22')}{r('1', raised)}</w:p></w:tc>"),
        p(r("面积") + r("2", raised) + r("㎡")),
    )
    assert texts(got) == ["规章", "22[1]", "面积2㎡"]


def test_text_boxes_come_after_the_body() -> None:
    inner = f"<w:txbxContent>{p(r('框中框'))}</w:txbxContent>"
    content = f"<w:txbxContent>{p(r('框') + f'<w:r><w:pict>{inner}</w:pict></w:r>')}" + (
        f"{table(cell('规章') + cell('3'))}</w:txbxContent>"
    )
    got = read_body(p(r("前") + f"<w:r><w:pict>{content}</w:pict></w:r>" + r("后")), p(r("末")))
    assert grid(got) == [
        ("前后", None, None, None),
        ("末", None, None, None),
        ("框", None, None, None),
        ("规章", 0, 0, 0),
        ("3", 0, 0, 1),
        ("框中框", None, None, None),
    ]


RELATIONS = "word/_rels/document.xml.rels"


def with_part(data: bytes, kind: str, xml: str) -> bytes:
    """A Word file with one more part that its document refers to."""
    relation = (
        f'<Relationship Id="rX{kind}" Target="{kind}.xml" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    changes = {RELATIONS: lambda part: part.replace(b"</Relationships>", relation.encode())}
    parts = {f"word/{kind}.xml": xml.encode()}
    return rewritten(data, changes, parts, zipfile.ZIP_STORED)  # no bomb, however much of the same


def test_footnotes_come_last_in_the_order_they_are_referred_to() -> None:
    def reference(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    file = docx.Document()
    for xml in (
        p(r("收到 17") + reference(3) + r(" 件")),
        p(r("办结") + reference(2) + reference(3)),
    ):
        file.element.body.insert(0, parse_xml(xml))
    notes = "".join(
        f'<w:footnote w:id="{number}">{p(f"<w:r><w:footnoteRef/></w:r>{r(text)}{reference(2)}")}'
        "</w:footnote>"
        for number, text in ((1, "没有引用"), (2, "含上年结转"), (3, "不含咨询"))
    )
    data = with_part(saved(file), "footnotes", f"<w:footnotes {W}>{notes}</w:footnotes>")
    assert texts(checked(data)) == ["办结", "收到 17 件", "含上年结转", "不含咨询"]


# -- list numbers --------------------------------------------------------------------------

LEVELS = {
    "chineseCounting": "%1、",
    "japaneseCounting": "（%1）",
    "decimal": "%1.",
    "bullet": "●",
    "upperRoman": "%1.",
}


def numbered(items: Sequence[tuple[str, str]], *, style: bool = False) -> list[str]:
    """Texts of paragraphs numbered by the list of a format; "" is not numbered."""
    file = docx.Document()
    names = list(LEVELS)
    for name, text in items:
        paragraph = file.add_paragraph(text)
        if name and style:
            paragraph.style = "Heading 1"
        elif name:
            number, _, depth = name.partition("/")
            list_id = names.index(number) + 1 if number in names else int(number)
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {W}><w:ilvl w:val="{depth or 0}"/><w:numId w:val="{list_id}"/>'
                    "</w:numPr>"
                )
            )
    if style:
        properties = file.styles["Heading 1"].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:numId w:val="1"/></w:numPr>'))
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        f'<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        for n, (form, text) in enumerate(LEVELS.items(), 1)
    )
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(1, len(LEVELS) + 1)
    )
    anew = (
        '<w:num w:numId="9"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    numbering = f"<w:numbering {W}>{abstracts}{lists}{anew}</w:numbering>"
    return texts(checked(with_part(saved(file), "numbering", numbering)))


def test_chinese_list_numbers_stand_before_their_paragraph() -> None:
    items = [("chineseCounting", f"第{n}") for n in range(1, 22)]
    got = numbered([*items[:1], ("", "正文"), *items[1:]])
    assert got[:3] == ["一、第1", "正文", "二、第2"]
    assert [got[n] for n in (10, 11, 20, 21)] == [
        "十、第10",
        "十一、第11",
        "二十、第20",
        "二十一、第21",
    ]


def test_list_numbers_keep_away_from_digits_and_count_by_level() -> None:
    items = [("decimal", "3 件"), ("decimal/1", "子"), ("decimal/1", "子"), ("decimal", "属于")]
    items += [("decimal/1", "子"), ("9", "另起"), ("9", "再"), ("decimal", ""), ("decimal", "后")]
    texts = ["1. 3 件", "1.3 子", "1.4 子", "2. 属于", "2.3 子", "1. 另起", "2. 再", "4. 后"]
    assert numbered(items) == texts


def test_bullets_and_unknown_formats_give_no_number() -> None:
    items = [
        ("bullet", "点"),
        ("upperRoman", "罗马"),
        ("7", "没有"),
        ("japaneseCounting", "予以公开"),
    ]
    assert numbered(items) == ["点", "罗马", "没有", "（一）予以公开"]


def test_a_style_numbers_its_paragraphs() -> None:
    got = numbered([("x", "总体情况"), ("", "正文"), ("x", "主动公开政府信息情况")], style=True)
    assert got == ["一、总体情况", "正文", "二、主动公开政府信息情况"]


# -- tables --------------------------------------------------------------------------------


def test_merged_cells_stand_once_at_their_first_place() -> None:
    def span(number: int) -> str:
        return f'<w:gridSpan w:val="{number}"/>'

    begin, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    got = read_body(
        table(
            cell("自然人", begin) + cell("法人或其他组织", span(5)) + cell("总计", begin),
            cell("", on) + "".join(cell(name) for name in ORGS) + cell("", on),
            cell("1") + "".join(cell(str(n)) for n in range(2, 7)) + cell("7", on),
            '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("8", begin) + cell("9"),
            "<w:trPr><w:hidden/></w:trPr>" + cell("隐藏"),
            cell("x", '<w:hMerge w:val="restart"/>') + cell("y", "<w:hMerge/>") + cell("z"),
        )
    )
    assert grid(got) == [
        ("自然人", 0, 0, 0), ("法人或其他组织", 0, 0, 1), ("总计", 0, 0, 6),
        *((name, 0, 1, n) for n, name in enumerate(ORGS, 1)),
        *((str(n + 1), 0, 2, n) for n in range(6)),
        ("8", 0, 3, 2), ("9", 0, 3, 3),
        ("x", 0, 4, 0), ("z", 0, 4, 2),
    ]  # fmt: skip


def test_a_merge_that_nothing_began_is_a_cell() -> None:
    got = read_body(
        table(cell("a", "<w:vMerge/>") + cell("1"), cell("b") + cell("2", "<w:vMerge/>"))
    )
    assert texts(got) == ["a", "1", "b", "2"]


def test_a_table_that_frames_a_page_gives_paragraphs_and_tables() -> None:
    inner = table(cell("规章") + cell("3"), cell("合计") + cell(""))
    frame = f"<w:tc>{p(r('一、总体情况'))}{p(r('正文'))}{inner}{p(r('后文'))}</w:tc>"
    assert grid(read_body(table(frame, cell("落款")))) == [
        ("一、总体情况", None, None, None),
        ("正文", None, None, None),
        ("规章", 0, 0, 0),
        ("3", 0, 0, 1),
        ("合计", 0, 1, 0),
        ("", 0, 1, 1),
        ("后文", None, None, None),
        ("落款", None, None, None),
    ]


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    inner = table(cell("甲") + cell("1"))
    got = read_body(table(cell("左") + f"<w:tc>{p(r('说明'))}{inner}<w:p/></w:tc>" + cell("5")))
    assert grid(got) == [
        ("左", 0, 0, 0),
        ("说明", None, None, None),
        ("甲", 1, 0, 0),
        ("1", 1, 0, 1),
        ("5", 0, 0, 2),
    ]
    assert got.text == "左\n说明\n甲 | 1\n5"


# -- bad input -----------------------------------------------------------------------------


def refused(data: bytes, seconds: float = 2) -> str:
    started = time.process_time()
    with pytest.raises(UnreadableFile) as caught:
        read_docx(data, Path("in/年报.docx"))
    assert time.process_time() - started < seconds
    assert caught.value.place == "in/年报.docx"
    assert caught.value.advice
    return str(caught.value)


BODY = b"<w:body>"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda _: bytes(30_000_000), "zip bomb"),
        (lambda xml: xml.replace(BODY, BODY + b"<w:sdt>" * 500), "cut off"),
        (lambda xml: xml.replace(BODY, BODY + b"<w:sdt>" * 500 + b"</w:sdt>" * 500), "嵌套"),
        (lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml, "declares entities"),
        (lambda _: b"<x/>", "not a Word document"),
        (lambda xml: xml, "no visible text"),
    ],
)
def test_harmful_parts_are_refused(change: Callable[[bytes], bytes], message: str) -> None:
    assert message in refused(rewritten(saved(docx.Document()), {"word/document.xml": change}))


def test_a_file_that_is_cut_off_or_of_another_kind_is_refused() -> None:
    file = docx.Document()
    file.add_paragraph(NEW)
    whole = saved(file)
    assert "cut off" in refused(whole[: len(whole) // 2])
    from openpyxl import Workbook

    assert "not a Word document" in refused(saved(Workbook()))


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    file = docx.Document()
    file.add_table(20, 20)
    monkeypatch.setattr(reader, "MOST_CELLS", 300)
    assert "too large" in refused(saved(file))


def test_ten_thousand_columns_and_notes_within_notes_end_soon() -> None:
    file = docx.Document()
    wide = cell("1", '<w:gridSpan w:val="999999999"/><w:vMerge w:val="restart"/>') * 10_000
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    for xml in (table(wide), p(r("注") + reference)):
        file.element.body.insert(0, parse_xml(xml))
    notes = f'<w:footnotes {W}><w:footnote w:id="1">{p(reference)}</w:footnote></w:footnotes>'
    started = time.process_time()
    got = checked(with_part(saved(file), "footnotes", notes))
    assert len(got.blocks) == 10_001
    assert time.process_time() - started < 5


def test_a_picture_of_a_report_has_no_text() -> None:
    file = docx.Document()
    file.element.body.insert(0, parse_xml(p("<w:r><w:drawing/></w:r>")))
    assert "no visible text" in refused(saved(file))
