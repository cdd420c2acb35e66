"""The documents of a draft: layout, official form, marks, and what is told beside the text."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from assistant.draft.docx_out import write_docx
from assistant.draft.draft import draft_report
from assistant.draft.html_out import write_html
from assistant.draft.json_out import write_json
from assistant.draft.layout import form_for, layouts
from assistant.draft.markdown_out import write_markdown
from assistant.draft.model import (
    Draft,
    DraftParagraph,
    DraftSection,
    DraftSentence,
    SentenceKind,
)
from assistant.draft.outputs import check_targets, write_whole
from assistant.draft.sheet_out import write_sheet
from assistant.draft.style import load_style
from index.errors import InputError, OutputError
from index.reading import read_report
from tests.assistant.draft.pairs import draft_of, save_figures, without_totals, written_pair
from tests.writer.figures import draw_figures
from tests.writer.order import Order
from tests.writer.paper import lay_out
from tests.writer.prose import draw_prose

MARK = load_style().mark


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Balanced, its totals computed, one cell open."""
    last, this = written_pair(8, tmp_path)
    values = without_totals(this.figures.values)
    del values["t2.rules.issued"]
    return draft_of(last, values, this.prose.body, 2024, tmp_path)


@pytest.fixture
def failing(tmp_path: Path) -> Draft:
    """One outcome too many."""
    last, this = written_pair(8, tmp_path)
    values = {**this.figures.values, "t3.result_total.total": 12_345}
    return draft_of(last, values, this.prose.body, 2024, tmp_path)


@pytest.mark.parametrize("year", [2020, 2024])
def test_tables_are_laid_out_as_the_form_is(year: int) -> None:
    """Against the tests' own writer of reports, which knows nothing of this one."""
    order = Order(1, form=form_for(year).id)
    figures = draw_figures(order)
    paper = lay_out(figures, draw_prose(order, figures))
    for layout in layouts(form_for(year)):
        table = paper.table(layout.table)
        assert table is not None
        ((grid, _),) = table.grids()
        own = {(s.row, s.column, s.rows, s.columns, s.address or s.text) for s in layout.spots}
        assert own == {(s.row, s.column, s.rows, s.columns, s.address or s.text) for s in grid}
        assert sum(layout.shares()) == pytest.approx(100)


def open_docx(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def font_of(paragraph: Any) -> tuple[str, float]:
    run = paragraph.runs[0]
    return run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt


def test_the_document_is_set_as_an_official_one(draft: Draft) -> None:
    file = open_docx(write_docx(draft))
    section = file.sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(m.mm) for m in measures] == [210, 297, 37, 35]
    assert [round(m.mm) for m in (section.left_margin, section.right_margin)] == [28, 26]
    title, _, heading, topic, text, *_ = file.paragraphs
    assert title.text.replace("\n", "") == draft.title
    assert font_of(title) == ("方正小标宋简体", 22)
    assert (heading.text, font_of(heading)) == ("一、总体情况", ("黑体", 16))
    assert (topic.text, font_of(topic)) == ("（一）主动公开", ("楷体_GB2312", 16))
    assert text.text.endswith("的情况】")
    assert font_of(text) == ("仿宋_GB2312", 16)
    assert text.paragraph_format.line_spacing.pt == pytest.approx(28.95, abs=0.05)
    assert text.paragraph_format.first_line_indent.pt == 32
    headings = [p.text for p in file.paragraphs if font_of_or_none(p) == "黑体"]
    titles = [s.title for s in form_for(2024).sections]
    assert headings == [f"{n}、{title}" for n, title in zip("一二三四五六", titles, strict=True)]
    assert [(len(t.rows), len(t.columns)) for t in file.tables] == [(14, 4), (28, 10), (4, 15)]
    requests = file.tables[1]
    assert requests.cell(5, 0)._tc is requests.cell(26, 0)._tc  # 三、本年度办理结果
    assert requests.cell(5, 0)._tc is not requests.cell(27, 0)._tc
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml
    assert "address=" not in file.element.xml


def font_of_or_none(paragraph: Any) -> str | None:
    return font_of(paragraph)[0] if paragraph.runs else None


def shades(file: Any) -> set[str]:
    return {element.get(qn("w:fill")) for element in file.element.iter(qn("w:shd"))}


def test_origins_are_told_in_comments_and_not_in_the_text(draft: Draft) -> None:
    file = open_docx(write_docx(draft))
    told = [comment.text for comment in file.comments]
    assert "待填 1 格：规章（本年制发件数）。" in told
    requests = next(text for text in told if text.startswith("带入 7 格：上年结转"))
    assert "计算 30 格：本年新收政府信息公开申请数量（总计）、" in requests
    assert shades(file) == {load_style().shades.open}
    plain = open_docx(write_docx(draft, comments=False))
    assert not list(plain.comments)
    assert [p.text for p in plain.paragraphs] == [p.text for p in file.paragraphs]


def test_a_draft_that_does_not_balance_is_marked(failing: Draft, tmp_path: Path) -> None:
    assert {c.id for c in failing.failing} >= {"T3-BAL@total", "T3-SUM@total"}
    lit = {cell.address for cell in failing.cells if cell.state == "failing"}
    assert "t3.result_total.total" in lit
    assert "t4.review.total" not in lit
    file = open_docx(write_docx(failing))
    assert file.paragraphs[1].text == MARK
    assert load_style().shades.failing in shades(file)
    told = [comment.text for comment in file.comments]
    assert sum(text.startswith("T3-BAL 一+二=三(七)总计+四（总计列）：") for text in told) == 2
    page = write_html(failing).decode()
    assert f'<p class="mark">{MARK}</p>' in page
    assert '<td class="failing" title="本年度办理结果（七）总计·总计：T3-BAL ' in page
    assert MARK in write_markdown(failing).decode()
    assert json.loads(write_json(failing))["balances"] is False
    for suffix, write in ((".docx", write_docx), (".html", write_html), (".md", write_markdown)):
        path = tmp_path / f"failing{suffix}"
        path.write_bytes(write(failing))
        figure = read_report(path).figure("t3.result_total.total")
        assert figure is not None
        assert (figure.value, figure.status) == (12_345, "failed")


def test_a_balanced_draft_has_no_mark(draft: Draft) -> None:
    assert MARK not in write_html(draft).decode()
    assert MARK not in write_markdown(draft).decode()
    assert json.loads(write_json(draft))["balances"] is True


def test_the_json_may_be_given_back(draft: Draft, tmp_path: Path) -> None:
    data = json.loads(write_json(draft))
    assert data["figures"].keys() == {
        c.address for c in draft.cells if c.origin in ("given", "carried")
    }
    path = tmp_path / "again.json"
    path.write_bytes(write_json(draft))
    last, _ = written_pair(8, tmp_path)
    again = draft_report(draft.body, 2024, [last], path)
    assert again.values == draft.values
    assert [c.origin for c in again.cells] == [c.origin for c in draft.cells]
    assert not again.problems


@pytest.mark.parametrize("amount", ["12.50", "0.10", "100000000000000.07"])
def test_money_keeps_its_decimals(amount: str, tmp_path: Path) -> None:
    path = save_figures(tmp_path, {"t2.fees.amount": Decimal(amount)})
    draft = draft_report("甲县人民政府", 2024, figures=path)
    assert json.loads(write_json(draft))["figures"] == {"t2.fees.amount": amount}
    for suffix, write in ((".docx", write_docx), (".html", write_html), (".md", write_markdown)):
        file = tmp_path / f"draft{suffix}"
        file.write_bytes(write(draft))
        figure = read_report(file).figure("t2.fees.amount")
        assert figure is not None
        assert (figure.printed, figure.value) == (amount, Decimal(amount))


def test_names_are_escaped(tmp_path: Path) -> None:
    draft = draft_report("<b>|甲&乙局", 2024, figures=save_figures(tmp_path, {}))
    assert "<b>" not in write_html(draft).decode()
    assert "&lt;b&gt;|甲&amp;乙局2024年" in write_html(draft).decode()
    assert "# <b>\\|甲&乙局2024年" in write_markdown(draft).decode()
    title = open_docx(write_docx(draft)).paragraphs[0].text
    assert title.startswith("<b>|甲&乙局")


def test_what_no_file_can_hold_is_left_out(tmp_path: Path) -> None:
    draft = draft_report("甲县\x0b水务局", 2024)
    gap = DraftSentence(text="【待填：\x00】", kind=SentenceKind.GAP)
    section = DraftSection(
        number=1, title="总体情况", paragraphs=(DraftParagraph(sentences=(gap,)),)
    )
    draft = draft.model_copy(update={"sections": (section, *draft.sections[1:])})
    for write in (write_docx, write_html, write_markdown, write_json, write_sheet):
        assert write(draft)


def test_targets_are_refused_before_anything_is_done(tmp_path: Path) -> None:
    here = tmp_path / "a.docx"
    check_targets((here,), tmp_path / "s.xlsx", force=False)
    with pytest.raises(InputError, match=r"\.docx、\.html"):
        check_targets((tmp_path / "a.pdf",), None, force=False)
    with pytest.raises(InputError, match="填报表"):
        check_targets((), tmp_path / "s.csv", force=False)
    with pytest.raises(InputError, match="两次"):
        check_targets((here, here), None, force=False)
    with pytest.raises(InputError, match="两次"):
        check_targets((here, tmp_path / "x" / ".." / "a.docx"), None, force=False)
    with pytest.raises(InputError, match="两次"):
        check_targets((), tmp_path / "s.xlsx", tmp_path / "s.xlsx", force=True)
    with pytest.raises(InputError, match="是文件夹"):
        (tmp_path / "d.md").mkdir()
        check_targets((tmp_path / "d.md",), None, force=True)
    with pytest.raises(InputError, match="文件夹不存在"):
        check_targets((tmp_path / "none" / "a.docx",), None, force=False)
    here.write_text("mine")
    with pytest.raises(InputError, match="--force"):
        check_targets((here,), None, force=False)
    check_targets((here,), None, force=True)


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.md", tmp_path / "none" / "b.md"
    with pytest.raises(OutputError, match=r"b\.md"):
        write_whole({good: b"a", bad: b"b"})
    assert list(tmp_path.iterdir()) == []
    write_whole({good: b"a"})
    assert good.read_bytes() == b"a"
    assert list(tmp_path.iterdir()) == [good]
