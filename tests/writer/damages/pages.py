"""What befalls pages: breaks within a table, page numbers, footnotes, and what stands around."""

from __future__ import annotations

from random import Random

from tests.writer.figures import Figures
from tests.writer.losses import NOTHING, Loss, addresses, loss, loss_of_row
from tests.writer.paper import Cell, Line, Paper, Row, Turn
from tests.writer.surfaces import Surface

PAGE_NUMBERS = ("{}", "-{}-", "—{}—", "- {} -", "第{}页", "第 {} 页 共 9 页")
NOTES = (
    "注：本表数据含派出机构。",
    "注：1.上年结转数与上年度报告一致；2.撤回申请计入其他处理。",
    "备注：含跨年度办理的申请3件。",
    "* 本列含网上提交的申请。",
)
BEFORE = (
    "首页 > 政务公开 > 政府信息公开年报",
    "索引号：014010/2024-00017",
    "发布日期：2024-01-26 来源：本站 浏览次数：173",
)
AFTER = (
    "扫一扫在手机打开当前页",
    "打印本页 关闭窗口",
    "主办单位：政务公开办公室 联系电话：0000-8765432",
    "备案号：12034567",
)


def page_numbers(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Page numbers among the cells of a row, as text that was copied over a page's end has them."""
    style = rng.choice(PAGE_NUMBERS)
    bare = style == "{}"
    total = NOTHING
    rows = [row for row in paper.rows() if row.cells]
    for row in rng.sample(rows, min(2, len(rows))):
        row.cells.insert(rng.randint(0, len(row.cells)), Cell(style.format(rng.randint(2, 9))))
        total |= loss_of_row(row, reader_may_tell=not bare)
    return total


def page_break(paper: Paper, figures: Figures, surface: Surface, rng: Random) -> Loss:
    """Table three over two pages: heads printed again or not, a page number, a label cut."""
    table = paper.table("t3")
    if table is None or len(table.rows) < 3:
        return NOTHING
    at = rng.randint(1, len(table.rows) - 1)
    before, after = table.rows[at - 1], table.rows[at]
    if not isinstance(before, Row) or not isinstance(after, Row):
        return NOTHING
    style = rng.choice(["", *PAGE_NUMBERS])
    number = style.format(rng.randint(2, 9))
    heads = rng.random() < 0.5
    table.rows.insert(at, Turn([number] if number else [], heads=heads))
    runs_on = not surface.keeps_rows and number != ""
    below = NOTHING
    if not heads and len(table.columns) != len(figures.form.tables.t3.columns):
        following = [row for row in table.rows[at:] if isinstance(row, Row)]
        below = loss(open_=addresses(following))  # which column is a subtotal, no head says
    if len(after.labels) > 1 and rng.random() < 0.3 and not surface.keeps_rows:
        return _cut_over(table.rows, at, before, after, rng) | loss_of_row(before) | below
    return loss_of_row(before) | below if runs_on else below


def _cut_over(rows: list[Row | Turn], at: int, before: Row, after: Row, rng: Random) -> Loss:
    """A label of which the end of the page leaves the rest on the next one."""
    label = after.labels[-1]
    cut = rng.randint(2, max(2, len(label) - 2))
    rows.insert(at, Row("", [*after.labels[:-1], label[:cut]], []))
    after.labels = [*after.labels[:-1], label[cut:]]
    return loss_of_row(after)


def footnotes(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Notes under the tables."""
    for table in paper.tables():
        if rng.random() < 0.7:
            paper.parts.insert(paper.parts.index(table) + 1, Line(rng.choice(NOTES), "stray"))
    return NOTHING


def contents_list(paper: Paper, figures: Figures, _surface: Surface, _rng: Random) -> Loss:
    """A printed list of the six parts before the first of them."""
    headings = [p for p in paper.parts if isinstance(p, Line) and p.kind == "heading"]
    at = paper.parts.index(headings[0])
    paper.parts[at:at] = [Line(h.text) for h in headings]
    return NOTHING


def misnumbered(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Section numbers that restart, or go on wrongly."""
    headings = [p for p in paper.parts if isinstance(p, Line) and p.kind == "heading"]
    if rng.random() < 0.5:
        headings[-1].text = "七" + headings[-1].text[1:]
    else:
        for number, heading in enumerate(headings[3:]):
            heading.text = "一二三"[number] + heading.text[1:]
    return NOTHING


def clutter(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """What a site prints around its pages."""
    paper.parts[:0] = [Line(text, "stray") for text in BEFORE if rng.random() < 0.7]
    paper.parts.extend(Line(text, "stray") for text in AFTER if rng.random() < 0.7)
    return NOTHING
