"""The same table gives the same figures on every surface that shows a grid, odd cells included."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from index.read import read_bytes
from index.reading import report_from_document
from index.report import Figure, Report
from index.sidecar import Given
from tests.writer import SURFACES, Order
from tests.writer.figures import draw_figures
from tests.writer.paper import Line, Paper, lay_out
from tests.writer.prose import draw_prose
from tests.writer.surfaces.markup import CHARSET

GRIDS = [name for name, s in SURFACES.items() if s.keeps_blanks and not s.rare]
FEES = "t2.fees.amount"


def paper(seed: int, form: str = "2021") -> Paper:
    order = Order(seed, form=form)
    figures = draw_figures(order)
    return lay_out(figures, draw_prose(order, figures, None, None))


def written(on: str, sheet: Paper, change: Callable[[str], str] = lambda text: text) -> Report:
    """The report as read from a surface; ``change`` befalls what is text there."""
    content = SURFACES[on].write(sheet, random.Random(0))  # noqa: S311 - nothing secret
    if isinstance(content, str):
        content = change(content.replace(CHARSET, "utf-8")).encode()
    return report_from_document(
        read_bytes(content, Path(f"x{SURFACES[on].suffix}")), Given(body="雾川市民政局")
    )


def figures(report: Report) -> dict[str, Figure]:
    return {f.address: f for f in report.figures if f.table != "prose"}


def told(report: Report) -> dict[str, tuple[object, ...]]:
    """All that is told of the figures of the tables, apart from where they stand."""
    kept = ("value", "unit", "status", "mark", "candidates", "checks")
    return {a: tuple(getattr(f, name) for name in kept) for a, f in figures(report).items()}


def put(sheet: Paper, cells: dict[str, str]) -> Paper:
    for cell in sheet.cells():
        cell.text = cells.get(cell.address, cell.text)
    return sheet


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("surface", GRIDS)
def test_a_whole_report(surface: str, form: str) -> None:
    expected = told(written("pipes", paper(3, form)))
    assert told(written(surface, paper(3, form))) == expected
    assert len(expected) > 180


# -- money -----------------------------------------------------------------------------------

MONEY = {
    "¥5": (5, "万元"),
    "￥5": (5, "万元"),
    "￥ 1,234.50": (Decimal("1234.50"), "万元"),
    "5.00": (Decimal("5.00"), "万元"),
    "人民币5万元": (5, "万元"),
    "160.5964 万元": (Decimal("160.5964"), "万元"),
    "160.5964\xa0万元": (Decimal("160.5964"), "万元"),
    "3 万": (30_000, "元"),
    "251000 元": (251_000, "元"),
    "￥251,000元": (251_000, "元"),
    "１，２３４．５０": (Decimal("1234.50"), "万元"),
    "１６０．５ 万元": (Decimal("160.5"), "万元"),
    "0.00": (Decimal("0.00"), "万元"),
}


LIGHT = ("pipes", "tabs", "markdown", "html")
"""Surfaces that take little time; the others get what their reader may treat in its own way."""
EVERYWHERE = ("￥ 1,234.50", "160.5964\xa0万元", "3 万", "5.00", "5 6 万元")


def on_surfaces(printed: Iterable[str]) -> list[tuple[str, str]]:
    return [(s, text) for text in printed for s in GRIDS if s in LIGHT or text in EVERYWHERE]


@pytest.mark.parametrize(("surface", "printed"), on_surfaces(MONEY))
def test_money(surface: str, printed: str) -> None:
    figure = figures(written(surface, put(paper(4), {FEES: printed})))[FEES]
    assert (figure.value, figure.unit) == MONEY[printed]
    assert figure.status == "printed"
    assert type(figure.value) is type(MONEY[printed][0])


NO_MONEY = ["1 234", "¥", "5元6", "1.2.3", "约5", "5 6 万元", "万元"]


@pytest.mark.parametrize(("surface", "printed"), on_surfaces(NO_MONEY))
def test_what_is_not_one_amount_of_money_is_none(surface: str, printed: str) -> None:
    figure = figures(written(surface, put(paper(4), {FEES: printed})))[FEES]
    assert (figure.value, figure.status) == (None, "ambiguous")


# -- counts ----------------------------------------------------------------------------------

COUNTS = {
    "１１６３": 1163,
    "1,163": 1163,
    "１，１６３": 1163,
    "\xa01163\xa0": 1163,
    "\u30001163": 1163,
    "\u200b1163\ufeff": 1163,
    "1163 件": 1163,
    "1163件": 1163,
    "1163 （其中重复3件）": 1163,
    "1163①": 1163,
}


NO_COUNTS = ["1 163", "1\xa0163", "11,63", "0163", "1163.", "1163/2"]


@pytest.mark.parametrize("surface", GRIDS)
def test_counts_and_what_may_be_two_counts(surface: str) -> None:
    sheet = paper(5)
    addresses = [c.address for c in sheet.cells() if c.address.startswith("t2.rules")]
    addresses += [c.address for c in sheet.cells() if c.address.startswith("t4.")]
    printed = dict(zip(addresses, [*COUNTS, *NO_COUNTS], strict=False))
    assert len(printed) == len(COUNTS) + len(NO_COUNTS)
    got = figures(written(surface, put(sheet, printed)))
    read = {text: got[address].value for address, text in printed.items()}
    assert read == COUNTS | dict.fromkeys(NO_COUNTS)
    for address, text in printed.items():
        assert (got[address].status == "ambiguous") is (text in NO_COUNTS), text


# -- blanks ----------------------------------------------------------------------------------

BLANKS = ["", "/", "／", "—", "——", "— —", "-", "－", "\u2215", "\xa0", "\u3000", "&nbsp;"]


@pytest.mark.parametrize("surface", GRIDS)
def test_blanks_are_told_from_zeros(surface: str) -> None:
    sheet = paper(6)
    zeros = [c.address for c in sheet.cells() if c.text == "0" and c.address.startswith("t3")]
    proven = dict(zip(zeros, BLANKS, strict=False))
    assert len(proven) == len(BLANKS)
    got = figures(written(surface, put(sheet, proven | {"t2.penalty.decisions": "/", FEES: ""})))
    for address in (FEES, "t2.penalty.decisions"):
        assert (got[address].value, got[address].status) == (None, "blank")
    for address in proven:
        figure = got[address]
        assert (figure.value, figure.status, figure.mark) == (0, "verified", "blank"), address


# -- labels ----------------------------------------------------------------------------------


def with_labels(sheet: Paper, change: Callable[[str], str]) -> Paper:
    for row in sheet.rows():
        row.labels = [change(label) for label in row.labels]
    return sheet


def on_end(label: str) -> str:
    """A label set upright, as the narrow first column of table three is."""
    return "\n".join(label) if label.startswith(("三", "（")) else label


@pytest.mark.parametrize("surface", GRIDS)
def test_labels_set_upright(surface: str) -> None:
    sheet = paper(7)
    for part in sheet.tables():
        part.columns = [("\n".join(label), group) for label, group in part.columns]
    for row in sheet.rows():
        row.labels[:-1] = map(on_end, row.labels[:-1])
    assert told(written(surface, sheet)) == told(written("pipes", paper(7)))


@pytest.mark.parametrize("surface", GRIDS)
def test_labels_broken_and_spaced(surface: str) -> None:
    expected = told(written("pipes", paper(8)))
    broken = with_labels(paper(8), lambda label: f"{label[:5]}\n{label[5:]}")
    assert told(written(surface, broken)) == expected
    spaced = with_labels(paper(8), lambda label: f" {label[:3]}\u3000{label[3:]}\xa0")
    assert told(written(surface, spaced)) == expected


# -- what only one surface has ---------------------------------------------------------------

MARKDOWN: dict[str, list[tuple[str, str]]] = {
    "bold": [("| ", "| **"), (" |", "** |"), ("****", "")],
    "breaks": [(" |", "<br> |")],
    "entities": [("|  ", "| &nbsp; ")],
    "breaks within": [("政府信息", "政府<br/>信息"), ("法律", "法<br>律")],
    "tags": [("| ", "| <b>"), (" |", "</b> |")],
    "italics and code": [("| 0 ", "| *0* "), ("| 1 ", "| `1` ")],
}


def changed(text: str, changes: list[tuple[str, str]]) -> str:
    for old, new in changes:
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("way", MARKDOWN)
def test_what_markdown_puts_into_cells(way: str) -> None:
    def change(text: str) -> str:
        lines = text.split("\n")
        return "\n".join(
            changed(line, MARKDOWN[way]) if line.startswith("|") and "---" not in line else line
            for line in lines
        )

    expected = told(written("markdown", paper(9)))
    assert told(written("markdown", paper(9), change)) == expected


def test_tables_of_html_within_markdown() -> None:
    expected = told(written("markdown", paper(12)))
    page = SURFACES["html"].write(paper(12), random.Random(1))  # noqa: S311 - nothing secret
    assert isinstance(page, str)
    text = re.sub(r"</?(?!t[drh]\b|table\b|tbody\b|br\b)[a-zA-Z!][^<>]*>", "\n", page)
    report = report_from_document(read_bytes(text.encode(), Path("x.md")), Given(body="某局"))
    assert "<table" in text and "<html" not in text
    assert told(report) == expected


PAGES: dict[str, list[tuple[str, str]]] = {
    "paragraphs": [("<td>", "<td><p><span>"), ("</td>", "</span></p></td>")],
    "breaks": [("<td>", "<td><br>"), ("</td>", "<br/>&nbsp;</td>")],
    "a layout table": [
        ("<table", "<table width=100%><tr><td>左</td><td><table><tr><td><table"),
        ("</table>", "</table></td></tr></table></td></tr></table>"),
    ],
    "heads": [("<td", "<th"), ("</td>", "</th>")],
    "divisions": [("<td>", "<td><div><div>"), ("</td>", "</div></div></td>")],
    "fonts": [("<td>", "<td><font size=2><b>"), ("</td>", "</b></font></td>")],
    "line ends": [("<td>", "<td>\r\n   "), ("</td>", "\r\n  </td>")],
    "no ends": [("</td>", ""), ("</tr>", "")],
    "capitals": [("<td", "<TD"), ("</td", "</TD"), ("<tr", "<TR")],
}


@pytest.mark.parametrize("way", PAGES)
def test_what_pages_put_into_cells(way: str) -> None:
    expected = told(written("html", paper(10)))
    assert told(written("html", paper(10), lambda page: changed(page, PAGES[way]))) == expected


def test_tables_on_their_own_sheets_or_with_blank_rows_between() -> None:
    sheet = paper(11)
    expected = told(written("xlsx", sheet))
    spread = Paper([p for part in sheet.parts for p in (Line(""), part, Line(""))])
    assert told(written("xlsx", spread)) == expected
