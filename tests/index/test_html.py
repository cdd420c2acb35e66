"""Web pages: tables in their grid, the article without its surroundings, bytes of any encoding."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.read.html import MOST_TAGS, decode_page, read_html
from index.read.html_page import DEEPEST
from index.reading import report_from_document
from index.report import Block, Document
from index.script import to_traditional
from index.sidecar import Given
from tests.index.helpers import FORMS

TITLE = "云岭县水务局2023年政府信息公开工作年度报告"
HEAD = """
<tr><td colspan="3" rowspan="3"><p>（本列数据的勾稽关系为：第一项加第二项之和，</p>
  <p>等于第三项加第四项之和）</p></td><td colspan=7>申请人情况</td></tr>
<tr><td rowspan="2"><p>自然人</p></td>
  <td colspan="5">法人或其他组织</td><td rowspan=2>总计</td></tr>
<tr><td>商业<br>企业</td><td>科研
  机构</td><td><p>社会公益</p><p>组织</p></td><td>法律服务<br/>机构</td><td>其他</td></tr>
"""
COUNTS = {0: (8, 2), 1: (1, 0), 2: (5, 1), 3: (2, 0), 12: (1, 1), 23: (8, 2), 24: (1, 0)}


def read(text: str, encoding: str = "utf-8") -> Document:
    """A page as read from bytes; every block must lead to its text."""
    document = read_html(text.encode(encoding), Path("page.html"))
    assert all(document.text[slice(*b.span)] == b.text for b in document.blocks)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(document.blocks))
    return document


def body(inner: str) -> list[str]:
    """Texts of the paragraphs of a page."""
    return [b.text for b in read(f"<html><body>{inner}</body></html>").blocks]


def grid(document: Document, table: int = 0) -> dict[tuple[int, int], str]:
    """Texts of a table by row and column."""
    return {_place(b): b.text for b in document.blocks if b.table == table}


def _place(block: Block) -> tuple[int, int]:
    assert block.row is not None
    assert block.column is not None
    return block.row, block.column


def test_a_page_is_read_the_same_in_whatever_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<p>年度报告𠀀</p><table><tr><td>规章<td>7</tr></TR></table>".encode()
    whole = read_html(page, Path("page.html"))
    assert [b.text for b in whole.blocks] == ["年度报告𠀀", "规章", "7"]
    for length in range(4, 12):
        monkeypatch.setattr("index.read.html.CHUNK", length)
        assert read_html(page, Path("page.html")) == whole


def cell(inner: str) -> str:
    """The text of a cell with a label before it and a number after it."""
    found = grid(read(f"<table><tr><td>规章<td>{inner}</td><td>7</td></tr></table>"))
    assert (found[0, 0], found[0, 2]) == ("规章", "7")
    return found[0, 1]


def labels() -> list[str]:
    """The label cells of each row of table three, merged as in the official form."""
    rows = FORMS["2021"].tables.t3.rows
    heads = {row.key: row for row in rows if row.cells is not True}
    printed: set[str] = set()
    result = []
    for row in rows:
        if row.key in heads:
            continue
        chain = [row]
        while chain[0].parent:
            chain.insert(0, heads[chain[0].parent])
        cells = ""
        for head in chain[:-1]:
            if head.key not in printed:
                under = {head.key} | {h.key for h in heads.values() if h.parent == head.key}
                height = sum(r.key not in heads and r.parent in under for r in rows)
                cells += f"<td rowspan={height}><p>{head.number}{head.label}</p></td>"
                printed.add(head.key)
        result.append(f"{cells}<td colspan={4 - len(chain)}>{row.number}{row.label}</td>")
    return result


def table_three() -> tuple[str, dict[tuple[int, int], str]]:
    """Table three as a page prints it, and what stands at columns 3 to 9 of each row."""
    rows, expected = [HEAD], {}
    for number, label in enumerate(labels()):
        persons, firms = COUNTS.get(number, (0, 0))
        values = [str(persons), str(firms), *[""] * 4, str(persons + firms)]
        cells = "".join(f"<td><p align=center>{v or '&nbsp;'}</p></td>" for v in values)
        rows.append(f"<tr>{label}{cells}</tr>")
        expected |= {(number + 3, 3 + column): value for column, value in enumerate(values)}
    return f"<table border=1><tbody>{''.join(rows)}</tbody></table>", expected


def report_page() -> str:
    """A whole report as a page of its own."""
    return (
        f"<h1>{TITLE}</h1><p>本报告的统计期限自2023年1月1日起至2023年12月31日止。</p>"
        "<p>一、总体情况</p><p>2023年，县水务局收到申请10件。</p><p>二、主动公开政府信息情况</p>"
        "<p>三、收到和处理政府信息公开申请情况</p>"
        + table_three()[0]
        + "<p>四、政府信息公开行政复议、"
        "行政诉讼情况</p><p>五、存在的主要问题及改进情况</p><p>公开不够及时。</p><p>六、其他需要报告的事项</p>"
    )


# Tables


def test_the_official_head_and_labels_leave_every_value_in_its_column() -> None:
    table, expected = table_three()
    found = grid(read(table))
    assert {
        place: text for place, text in found.items() if place[0] > 2 and place[1] > 2
    } == expected
    head = {place: text for place, text in found.items() if place[0] < 3}
    assert head == {
        (0, 0): "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        (0, 3): "申请人情况",
        (1, 3): "自然人",
        (1, 4): "法人或其他组织",
        (1, 9): "总计",
        (2, 4): "商业企业",
        (2, 5): "科研机构",
        (2, 6): "社会公益组织",
        (2, 7): "法律服务机构",
        (2, 8): "其他",
    }
    assert (found[5, 0], found[5, 1]) == ("三、本年度办理结果", "（一）予以公开")
    assert (found[7, 1], found[7, 2], found[8, 2]) == (
        "（三）不予公开",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
    )


def test_a_page_gives_the_figures_of_its_report() -> None:
    report = report_from_document(read(report_page()), Given())
    assert (report.body.value, report.year.value) == ("云岭县水务局", "2023")
    new = report.figure("t3.new.total")
    assert new is not None
    assert (new.value, new.status) == (10, "verified")
    assert [h.section for h in report.headings] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("12", "12"),
        ("<p>12</p>", "12"),
        ("<p> 12 </p><p>&nbsp;</p>", "12"),
        ("<span>1</span><span>2</span>", "12"),
        ("1<b>2</b>", "12"),
        ("１２", "１２"),
        ("", ""),
        ("&nbsp;", ""),
        ("&nbsp;<p>\u3000\u200b</p>", ""),
        ("<!-- 12 -->", ""),
        ("12<script>34</script><style>5</style>", "12"),
        ("<p>行政规范</p><p>性文件</p>", "行政规范性文件"),
        ("<div>行政</div>\n<div>处罚</div>", "行政处罚"),
        ("<span>行政</span>\n<span>强制</span>", "行政强制"),
        ("2.<br>重复申请", "2.重复申请"),
        ("12<br>件", "12件"),
        # two numbers stay two
        ("<p>12</p><p>3</p>", "12 3"),
        ("12<br>3", "12 3"),
        ("<div>1,</div><div>163</div>", "1, 163"),
        ("<p>—</p><p>5</p>", "— 5"),
        ("<p>1，</p><p>163</p>", "1， 163"),
        ("<span style='display: inline-block'>1</span><span style='display:block'>2</span>", "1 2"),
        ("<table><tr><td>1</td></tr><tr><td>2</td></tr></table>", "1 2"),
        # a footnote mark or a struck number is no digit of its neighbour
        ("163<sup>1</sup>", "163[1]"),
        ("163<sup><a href='#n1'>1、2</a></sup>", "163[1、2]"),
        ("163<span style='vertical-align: super'>1</span>", "163[1]"),
        ("16<sup>3</sup>4", "16[3]4"),
        ("163<sub>1</sub>", "163 1"),
        ("1<s>6</s>63", "1 6 63"),
        ("<s>12</s>15", "12 15"),
        ("<del>12</del>15", "12 15"),
        ("12<sup>*</sup>", "12*"),
        # hidden
        ("12<span style='DISPLAY : NONE'>9</span>", "12"),
        ("12<b hidden>9</b>", "12"),
        ("<ruby>规<rt>guī</rt></ruby>章", "规章"),
        # not blank, though nothing can be read
        ("<img src=12.png>", "[图]"),
        ("<img src=space.gif width=1>", ""),
        ("<table><tr><td><p>12</p></td></tr></table>", "12"),
    ],
)
def test_what_a_cell_holds(inner: str, text: str) -> None:
    assert cell(inner) == text


def test_blank_cells_keep_their_place_with_an_empty_span() -> None:
    document = read("<table><tr><td>规章<td>&nbsp;<td><td>5</table>")
    assert document.text == "规章 |  |  | 5\n"
    assert [(b.text, b.span) for b in document.blocks] == [
        ("规章", (0, 2)),
        ("", (5, 5)),
        ("", (8, 8)),
        ("5", (11, 12)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>1<td>2<tr><td>3<td>4",
        "<tbody><td>1</td><td>2</td></tbody><td>3</td><td>4</td>",
        "<td>1</td><td>2</td></tr><td>3</td><td>4</td></tr>",
        "<tr><td><span>1<td><b>2</td></tr><tr><td><p>3</td></div></p><td>4</td></tr></table></table>",
        "<thead><tr><th>1<th>2</thead><tfoot><tr><td>3<td>4</tfoot>",
        "<tr><td>1<td style='display:none'>9<td>2<tr hidden><td>9<tr><td>3<td>4",
        "<tr><td>1<td>2<tr><td>3<td style='visibility:hidden'>4",
        "<TR><TD COLSPAN='x'>1<TD ROWSPAN=''>2<TR><TD colspan=0>3<TD rowspan=-2>4",
    ],
)
def test_sloppy_markup_gives_the_table_that_a_browser_shows(rows: str) -> None:
    found = grid(read(f"<table>{rows}</table>"))
    assert found == {(0, 0): "1", (0, 1): "2", (1, 0): "3", (1, 1): "4"}


def test_parts_of_a_table_without_a_table_are_paragraphs() -> None:
    assert body("<tbody><tr><td>规章</td><td>2</td></tr></tbody>") == ["规章", "2"]


def test_a_cell_does_not_hang_out_of_its_row_group() -> None:
    document = read(
        "<table><thead><tr><th rowspan=0>甲<th>乙<tr><th>丙</thead><tr><td>1<td>2</table>"
    )
    assert grid(document) == {(0, 0): "甲", (0, 1): "乙", (1, 1): "丙", (2, 0): "1", (2, 1): "2"}


SPANS = st.tuples(st.integers(1, 4), st.integers(1, 4))


@given(st.lists(st.lists(SPANS, max_size=5), min_size=1, max_size=6))
def test_cells_stand_where_the_html_standard_puts_them(rows: list[list[tuple[int, int]]]) -> None:
    taken: set[tuple[int, int]] = set()
    expected, markup = {}, []
    for y, cells in enumerate(rows):
        x, row = 0, ""
        for number, (columns, height) in enumerate(cells):
            while (y, x) in taken:
                x += 1
            expected[y, x] = f"{y}.{number}"
            row += f"<td colspan={columns} rowspan={height}>{y}.{number}</td>"
            taken |= {(y + dy, x + dx) for dy in range(height) for dx in range(columns)}
            x += columns
        markup.append(f"<tr>{row}</tr>")
    wide = "<tr><td>a<td>b"  # a table of one column would be layout
    document = read(f"<p>表</p><table><tbody>{''.join(markup)}</tbody><tbody>{wide}</table>")
    assert grid(document) == {**expected, (len(rows), 0): "a", (len(rows), 1): "b"}


def test_tables_are_numbered_and_layout_is_taken_apart() -> None:
    inner = "<table><tr><td>规章<td>{}<tr><td>行政规范性文件<td>4</table>"
    document = read(
        "<table><tr><td width=200><a href=a>首页</a></td><td><p>概况</p>前言<br>正文"
        f"<table><tr><td>{inner.format(1)}</td></tr></table><p>中间</p>{inner.format(2)}文后"
        "</td></tr></table><table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>"
    )
    first, second = (["规章 | 1", "行政规范性文件 | 4"], ["规章 | 2", "行政规范性文件 | 4"])
    lines = ["首页", "概况", "前言", "正文", *first, "中间", *second, "文后", "甲", "乙"]
    assert document.text.splitlines() == lines
    assert (grid(document, 0)[0, 1], grid(document, 1)[0, 1]) == ("1", "2")
    assert {b.table for b in document.blocks} == {None, 0, 1}


def test_a_table_in_a_cell_of_data_follows_its_row_and_is_no_blank() -> None:
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    rows = "".join(f"<tr><td>栏目{n}<td>{n}" for n in range(4))
    document = read(f"<table><tr><td>规章<td>{inner}<td>7{rows}</table>")
    assert document.text.splitlines()[:4] == ["规章 | [表] | 7", "甲 | 1", "乙 | 2", "栏目0 | 0"]
    assert grid(document, 0)[0, 2] == "7"
    assert grid(document, 1)[1, 1] == "2"


def test_running_text_in_a_cell_of_data_follows_its_row() -> None:
    side = "".join(f"<tr><td>栏目{n}<td>{n}" for n in range(9))
    long = f"<p>总体情况</p><p>{'公开' * 120}。</p>"
    document = read(f"<table>{side}<tr><td>正文<td>{long}</table>")
    assert document.text.splitlines()[-3:] == ["正文", "总体情况", "公开" * 120 + "。"]


# Paragraphs


def test_paragraphs_and_what_parts_them() -> None:
    assert body("一<p>二<div>三</div>四<br>五<br/><br/>六<hr>七<ul><li>八<li>九</ul>") == list(
        "一二三四五六七八九"
    )
    assert body("<p>政府\r\n   信息 公开 <b>1</b>\n件&emsp;A\nB</p>") == ["政府信息 公开 1 件 A B"]
    assert body("<pre>一\n二</pre>") == ["一", "二"]
    assert body("<h1>云岭县水务局<br>2023年年报</h1>") == ["云岭县水务局2023年年报"]
    assert body("<p>云岭县水务局2023年<br>政府信息公开工作年度报告<br></p><p>一<br>二") == [
        TITLE,
        "一",
        "二",
    ]


def test_what_is_not_read() -> None:
    assert body(
        "<script>var a='<p>一';</script><style>p{}</style><noscript>二</noscript><template>三"
        "</template><!-- 四 --><!--[if IE]>五<![endif]--><nav>六</nav><div role=navigation>七</div>"
        "<select><option>八</select><textarea>九</textarea><p hidden>十</p>"
        "<p style='color:red;display:none!important'>百</p><p style='visibility: hidden'>千</p>正文"
    ) == ["正文"]


def test_what_scripts_will_show_is_read_where_nothing_else_is_there() -> None:
    hidden = "<div style='display:none'><p>一、总体情况</p><p>正文</p></div>"
    assert body(f"<p>正在加载</p>{hidden}") == ["一、总体情况", "正文"]
    assert body(f"<p>二、主动公开政府信息情况</p>{hidden}<p>正文") == [
        "二、主动公开政府信息情况",
        "正文",
    ]
    assert body("<p>一、总体情况</p><p style='display:none'>打印</p>") == ["一、总体情况"]


# The article


def site(article: str, title: str = "", before: str = "") -> Document:
    menu = "".join(f"<li><a href=/{n}>栏目{n}</a></li>" for n in range(9))
    return read(
        f"<head><title>{title}</title></head><body><header>云岭县人民政府<ul>{menu}</ul></header>"
        f"<div class=w><p>您的位置：<a href=/>首页</a> 年报</p>{before}<div>{article}</div>"
        f"<div><ul>{menu}</ul><a href=1>一</a>|<a href=2>二</a>|<a href=3>三</a></div></div>"
        f"<div><p>主办：云岭县人民政府办公室</p></div><footer>备案号123</footer></body>"
    )


def test_the_article_is_kept_and_the_site_is_not() -> None:
    document = site(report_page(), "年报_云岭县人民政府")
    assert document.blocks[0].text == TITLE
    assert document.blocks[-1].text == "六、其他需要报告的事项"
    for word in ("栏目", "首页", "主办", "备案"):
        assert word not in document.text


REST = report_page().split("</h1>")[1]


@pytest.mark.parametrize(
    ("title", "before", "first"),
    [
        (TITLE, "", [TITLE]),
        (f"{TITLE}_政府信息公开年报_云岭县人民政府", "", [TITLE]),
        (f"年报 - {TITLE} - 云岭县", "", [TITLE]),
        ("云岭县人民政府", "", []),  # the site's name is no title
        ("云岭县", f"<h2>{TITLE}</h2><p>来源：水务局</p>", [TITLE, "来源：水务局"]),
        ("云岭县", f"<h2>{TITLE}</h2>" + "<p>热点新闻</p>" * 20, [TITLE]),
        ("云岭县", f"<header><h1>{TITLE}</h1></header>", [TITLE]),
        (TITLE, "<p><a href=x>云岭县水务局2021年政府信息公开工作年度报告</a></p>", [TITLE]),
    ],
)
def test_the_title_comes_first_wherever_it_stands(
    title: str, before: str, first: list[str]
) -> None:
    texts = [b.text for b in site(REST, title, before).blocks]
    assert texts[: len(first) + 1] == [
        *first,
        "本报告的统计期限自2023年1月1日起至2023年12月31日止。",
    ]


def test_a_title_in_the_article_is_not_doubled() -> None:
    document = site(f"<article><header><p>{TITLE}</p></header>{REST}</article>", TITLE)
    assert [b.text for b in document.blocks].count(TITLE) == 1


def test_traditional_headings_are_found() -> None:
    document = site(to_traditional(report_page()))
    assert document.blocks[0].text == to_traditional(TITLE)
    assert "主辦" not in document.text
    assert "主办" not in document.text


def test_without_headings_the_whole_page_is_read_but_for_its_menus() -> None:
    document = site("<p>2023年，本局公开信息12条。</p>")
    assert [b.text for b in document.blocks] == [
        "您的位置：首页 年报", "2023年，本局公开信息12条。", "主办：云岭县人民政府办公室",
    ]  # fmt: skip
    table = "<table><tr><td><a href=1>一</a><td><a href=2>二</a><td><a href=3>三</a></table>"
    assert body(f"{table}<p><a href=#a>甲</a> <a name=b>乙</a> <a href=#c>丙</a>") == ["甲 乙 丙"]
    assert body(table) == ["一", "二", "三"]  # nothing else is there


# Bytes

META = '<meta http-equiv="Content-Type" content="text/html; charset={}"><p>' + TITLE + "</p>"


@pytest.mark.parametrize("named", ["utf-8", "gb2312", "GBK", "big5", "iso-8859-1", "x-none", ""])
@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gb2312", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_a_page_may_name_any_encoding(named: str, written: str, found: str) -> None:
    document = read(META.format(named), written)
    assert (document.encoding, document.blocks[0].text) == (found, TITLE)


@pytest.mark.parametrize("named", ["utf-8", "gb2312", "big5"])
def test_a_traditional_page_in_big5(named: str) -> None:
    text = to_traditional(META.format(named))
    assert decode_page(text.encode("big5"), "x") == ("big5hkscs", text)


def test_encodings_named_in_other_places() -> None:
    for head in ("<meta charset='gb2312'>", "<?xml version='1.0' encoding='GB2312'?>"):
        assert read(f"{head}<script src=a /></script><p>{TITLE}", "gbk").blocks[0].text == TITLE


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_stay_visible(encoding: str) -> None:
    page = report_page().encode(encoding)
    for data in (page + "续".encode(encoding)[:1], page.replace(b">10<", b">1\xff0<", 1)):
        document = read_html(data, Path("x.html"))
        assert document.encoding == encoding
        assert document.text.count("\ufffd") == 1
    assert "1\ufffd0" in document.text


def test_broken_bytes_are_parted_like_others(monkeypatch: pytest.MonkeyPatch) -> None:
    data = report_page().encode() + "续".encode()[1:] * 2  # bytes with which no character begins
    monkeypatch.setattr("index.read.html.CHUNK", 4)
    assert read_html(data, Path("x.html")).text.count("\ufffd") == 4


def test_entities_and_xhtml() -> None:
    assert body("&#25919;&#x5E9C;&lt;1&gt;&amp;&nbsp;&ensp;x&bogus;") == ["政府<1>& x&bogus;"]
    assert body("<?xml version='1.0'?><script src='a'/><p>一</p><p/><p>二</p>") == ["一", "二"]
    assert [b.text for b in read("<?xml version='1.0'?><html><title/><p>一</p></html>").blocks] == [
        "一"
    ]


def test_a_file_without_tags_is_plain_text() -> None:
    assert [b.text for b in read(f"{TITLE}\n1 < 2").blocks] == [TITLE, "1 < 2"]


# Bad input


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a binary file"),
        (b"%PDF-1.7 <a><b>", "a binary file"),
        (b"PK\x03\x04<a>", "a binary file"),
        (b"<p>" + b"\xff\x80" * 50, "in no known encoding"),
        (b"<html><script>document.write(1)</script>", "the page holds no text"),
        (b"<frameset><frame src=a></frameset>", "the page holds no text"),
        (b"<!-- never closed <p>1", "the page holds no text"),
        (b"<table><tr><td><td></table>", "the page holds no text"),
        (b"<div>" * 10_000 + b"1", "nested deeper than"),
        (b"<p hidden>" + b"<b>" * 10_000 + b"1", "nested deeper than"),
        (b"<table><tr><td>" * 10_000, "nested deeper than"),
        (b"<p>1</p>" * MOST_TAGS, "more than 200000 tags"),
        (b"<p>&nbsp;" * MOST_TAGS, "more than 200000 tags"),
        (
            b"<table><tr>" + b"<td rowspan=65534>1" * 4000 + b"<tr><td>2" * 4000 + b"</table>",
            "too many merged cells",
        ),
    ],
)
def test_a_page_that_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_html(data, Path("folder/page.html"))
    assert caught.value.place == "folder/page.html"
    assert caught.value.advice


def test_extreme_tables_are_read() -> None:
    wide = grid(read("<table><tr>" + "<td>1" * 10_000 + "<td>2</table>"))
    assert wide[0, 10_000] == "2"
    spans = "<td colspan=1000000 rowspan=65534>1<td colspan=99999999999999999999>2<td>3<tr><td>4"
    assert grid(read(f"<table><tr>{spans}</table>")) == {
        (0, 0): "1", (0, 1000): "2", (0, 2000): "3", (1, 1000): "4",
    }  # fmt: skip


def test_deep_nesting_below_the_limit_is_read() -> None:
    deep = "<div>" * (DEEPEST - 10)
    assert body(f"{deep}正文") == ["正文"]
    tables = "<table><tr><td>一<td>二" * (DEEPEST // 4)
    assert read(f"{tables}").text.count("一") == DEEPEST // 4
    single = "<table><tr><td>" * (DEEPEST // 4)
    assert body(f"{single}正文") == ["正文"]


def test_a_truncated_page_is_read_as_far_as_it_goes() -> None:
    page = f"<html><body>{report_page()}</body></html>"
    whole = read(page).text
    for length in range(200, len(page), 97):
        cut = page.rfind("<", 0, length)
        assert whole.startswith(read(page[:cut]).text.rstrip("\n| "))


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        "<p>正文<img src='data:," + "iVBO" * 10_000_000 + "'>",
        "<!--" + "x" * 40_000_000 + "--><p>正文",
        "<style>" + "x" * 40_000_000 + "</style><p>正文",
        "<p>正文" + "\n" * 40_000_000,
        "<title>" + " >" * 20_000_000 + "</title><p>正文",
        "<p style='" + "display " * 5_000_000 + "'>正文",
    ],
    ids=["image", "comment", "style", "blank", "title", "attribute"],
)
def test_a_page_of_forty_megabytes_is_read(page: str) -> None:
    assert body(page) == ["正文"]


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("<a href=x>年</a>", 20_000),
        ("<p><a href=x>年</a>", 20_000),
        ("<br>年", 20_000),
        ("<p>总体情况", 20_000),
        ("<font size=1><p>年", DEEPEST // 3),
        ("</div><span>年", DEEPEST - 20),
        ("<sup>1</sup>", 20_000),
    ],
)
def test_many_of_a_thing_are_read(piece: str, times: int) -> None:
    assert TITLE in read(f"<p>{TITLE}</p>" + piece * times).text
