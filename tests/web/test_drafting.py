"""The page for drafting: what it shows, what it takes, and a clerk who drafts in a real browser."""

from __future__ import annotations

import base64
import html
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.ask import Desk
from assistant.web.draft_outcome import outcome
from assistant.web.draft_session import Drafting, begin, bodies_of
from assistant.web.draft_sheet import sheet
from assistant.web.drafting import LARGEST, Drafts
from assistant.web.languages import words
from assistant.web.server import start
from index.errors import GoujiError
from index.reading import read_report
from tests.assistant.draft.pairs import save_figures, trusted
from tests.conftest import ROOT
from tests.web.conftest import EVIL

if TYPE_CHECKING:
    from playwright.sync_api import Page

BODY, W = "云岫市人民政府", words(None)
WAIT = 15_000
"""Milliseconds."""


@pytest.fixture(scope="module")
def real(example_store: Path) -> Desk:
    return Desk(example_store)


@pytest.fixture
def at(real: Desk) -> Drafting:
    return begin(real, "云岫", 2022)


def said(**fields: Any) -> Any:
    """What the browser sends with an event."""
    return SimpleNamespace(**fields)


def test_bodies_are_offered_with_the_year_to_draft(real: Desk) -> None:
    assert bodies_of(real)[BODY] == 2023


def test_tables_have_a_field_for_every_cell(at: Drafting) -> None:
    draft = at.draft()
    shown = sheet(draft, at.typed, W)
    assert re.findall('data-address="([^"]*)"', shown) == [c.address for c in draft.cells]
    assert shown.count(" readonly") == 7
    assert 'data-state="carried"' in shown


def test_what_is_typed_is_checked_and_told(real: Desk, at: Drafting) -> None:
    do = Drafts(real)
    for column, value in {"natural_person": "3", "total": "5"}.items():
        do.enter(at, "zh", said(address=f"t3.new.{column}", value=value))
    for column in ("commercial_enterprise", "research_institution", "public_interest_org"):
        do.enter(at, "zh", said(address=f"t3.new.{column}", value="0"))
    do.enter(at, "zh", said(address="t3.new.legal_service_org", value="0"))
    shown = do.enter(at, "zh", said(address="t3.new.other_org", value="0"))
    assert "5 ≠ 3 + 0" in shown
    assert at.draft().cell("t3.new.total").state == "failing"
    shown = do.enter(at, "zh", said(address="t3.new.total", value=""))
    assert at.draft().cell("t3.new.total").value == 3
    assert "≠" not in shown
    assert f"{BODY}新收政府信息公开申请3件，比上年减少687件" in shown
    assert W.draft_stale in shown
    assert W.draft_stale not in do.look(at, "zh")


def test_what_is_no_number_stays_open_and_is_told(real: Desk, at: Drafting) -> None:
    shown = Drafts(real).enter(at, "zh", said(address="t3.new.total", value=EVIL))
    assert at.draft().cell("t3.new.total").value is None
    assert "不是一个明确的数" in shown
    assert "<script" not in shown
    assert '"t3.new.total": ["doubted"' in html.unescape(shown)
    assert 'data-state="doubted"' in sheet(at.draft(), at.typed, W)
    Drafts(real).enter(at, "zh", said(address="t9.none", value="3"))
    assert "t9.none" not in at.typed


def test_a_filled_sheet_is_taken_and_leaves_no_file(
    real: Desk, at: Drafting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = trusted(read_report(ROOT / "examples" / "yunxiu-2022.txt"))
    data = save_figures(tmp_path, figures, body=BODY).read_bytes()
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    sent = said(name="填报.json", data=base64.b64encode(data).decode())
    tables, shown = Drafts(real).take(at, "zh", sent)
    assert 'value="673"' in tables
    assert "新收政府信息公开申请673件，比上年减少17件，下降2.5%" in shown
    assert {a: v for a, v in at.draft().values.items() if a in figures} == figures
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("data", ["", "???", base64.b64encode(b"x" * (LARGEST + 1)).decode()])
def test_a_file_that_cannot_be_taken_changes_nothing(real: Desk, at: Drafting, data: str) -> None:
    at.enter("t3.new.total", "4")
    _, shown = Drafts(real).take(at, "zh", said(name="a.xlsx", data=data))
    assert "文件为空或太大" in shown
    assert at.typed == {"t3.new.total": "4"}


def test_another_bodys_file_loses_nothing(real: Desk, at: Drafting, tmp_path: Path) -> None:
    at.enter("t3.new.total", "4")
    data = save_figures(tmp_path, {"t3.new.total": 9}, body="甲县水务局").read_bytes()
    sent = said(name="a.json", data=base64.b64encode(data).decode())
    _, shown = Drafts(real).take(at, "zh", sent)
    assert "甲县水务局" in shown
    assert at.typed == {"t3.new.total": "4"}


def test_the_sheet_comes_back(real: Desk, at: Drafting) -> None:
    at.enter("t3.new.natural_person", "4")
    at.enter("t2.fees.amount", "1.50")
    link = Drafts(real).download(at, False, False, "zh", said(suffix=".xlsx"))
    data = link.partition("base64,")[2].partition('"')[0]
    again = begin(real, BODY, 2022)
    Drafts(real).take(again, "zh", said(name="填报表.xlsx", data=data))
    assert again.draft().values == at.draft().values
    assert not again.draft().problems


def test_empty_cells_are_zero_where_the_file_says_so(real: Desk, at: Drafting) -> None:
    data = '{"zeros": true, "figures": {"t3.new.natural_person": 4, "t3.new.other_org": null}}'
    sent = said(name="a.json", data=base64.b64encode(data.encode()).decode())
    tables, _ = Drafts(real).take(at, "zh", sent)
    assert at.draft().cell("t3.new.other_org").value == 0
    assert 'data-state="zero"' in tables
    at.enter("t3.new.other_org", "2")
    assert at.draft().cell("t3.new.other_org").value == 2


def test_problems_are_kept_by_a_tick(real: Desk, at: Drafting) -> None:
    do = Drafts(real)
    shown = do.keep(at, "zh", said(index=2, value=True))
    assert 'class="gj-kept"' in shown
    assert 'data-keep="2" checked' in shown
    assert 'class="gj-kept"' not in do.keep(at, "zh", said(index=2, value=False))


def test_the_fee_is_said(real: Desk, at: Drafting) -> None:
    assert f"2022年，{BODY}未收取信息处理费。" in Drafts(real).say_fee(at, "0", "zh")
    assert "不是金额" in Drafts(real).say_fee(at, "很多", "zh")


def test_last_year_s_figure_is_fixed_until_a_reason_is_given(real: Desk, at: Drafting) -> None:
    do, cell = Drafts(real), "t3.carried_in.total"
    at.enter(cell, "30")
    tables, shown = do.show(at, "zh")
    assert tables.count(" readonly") == 7
    assert W.draft_override_warn in tables
    assert "上年结转填了 30" in shown and at.draft().cell(cell).value == 22
    tables, shown = do.override(at, "zh", said(value=f" 并入原某局 {EVIL}"))
    assert " readonly" not in tables
    assert at.draft().cell(cell).value == 30
    assert "上年结转改用填报数 1 格" in shown
    assert "上年报告结转下年度为 22；理由：并入原某局" in shown
    assert "<script" not in tables + shown
    assert (
        "并入原某局"
        in base64.b64decode(
            do.download(at, False, True, "zh", said(suffix=".md")).split("base64,")[1].split('"')[0]
        ).decode()
    )
    tables, shown = do.override(at, "zh", said(value="  "))
    assert tables.count(" readonly") == 7
    assert at.draft().cell(cell).value == 22 and "理由：" not in shown


def test_a_draft_that_carries_nothing_has_nothing_to_override(real: Desk) -> None:
    at = begin(real, BODY, 2024)
    assert W.draft_override_warn not in sheet(at.draft(), at.typed, W)


def test_every_sentence_of_figures_has_its_citation(at: Drafting) -> None:
    at.enter("t3.new.total", "4")
    shown = outcome(at.draft(), (), frozenset(), W)
    assert 'href="#gj-cell-t3.new.total"' in shown
    assert "云岫市人民政府2021年 表三·本年新收政府信息公开申请数量·总计：690" in shown
    stated = [s for section in at.draft().sections for p in section.paragraphs if not p.heading
              for s in p.sentences if s.kind == "stated"]  # fmt: skip
    assert stated
    assert all(s.cited for s in stated)


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md", ".json", ".xlsx"])
def test_files_are_handed_over_and_not_kept(real: Desk, at: Drafting, suffix: str) -> None:
    link = Drafts(real).download(at, False, False, "zh", said(suffix=suffix))
    name = re.search('download="([^"]*)"', link)
    content = re.search("base64,([^\"]*)", link)  # fmt: skip
    assert name is not None and content is not None
    assert name[1].startswith(f"{BODY}2022年") and name[1].endswith(suffix)
    assert base64.b64decode(content[1])
    assert Drafts(real).download(None, False, False, "zh", said(suffix=suffix)) != link


def test_a_draft_belongs_to_its_session(real: Desk) -> None:
    one, other = begin(real, BODY, 2022), begin(real, BODY, 2022)
    one.enter("t3.new.total", "4")
    assert other.typed == {}
    assert other.draft().cell("t3.new.total").value is None


def test_what_cannot_be_drafted_is_one_sentence(real: Desk) -> None:
    with pytest.raises(GoujiError):
        begin(real, BODY, 2015)
    shown, _, made = Drafts(real).begin(BODY, "2015", "", "zh")
    assert "没有可用的表式" in shown and made is None
    assert Drafts(real).begin("", "2023", "", "zh")[2] is None
    assert Drafts(real).begin(BODY, "明年", "", "zh")[2] is None


# -- in a browser ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(real: Desk) -> Iterator[str]:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    pages, url = start(real, port=port)
    yield url
    pages.close(verbose=False)


@pytest.fixture
def patient() -> Iterator[None]:
    """Expectations that wait as long as a busy machine may need."""
    from playwright.sync_api import expect

    expect.set_options(timeout=WAIT)
    yield
    expect.set_options(timeout=None)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of gradio and what it imports
def test_a_clerk_drafts(page: Page, address: str, patient: None, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    page.goto(address)
    page.get_by_role("tab", name=W.tab_draft).click()
    expect(page.get_by_role("tab", name=W.tab_draft)).to_have_count(1)
    page.get_by_label(W.draft_body).click()
    page.get_by_role("option", name=BODY).click()
    year = page.get_by_label(W.draft_year, exact=True)
    expect(year).to_have_value("2023")  # the year after its newest report
    year.fill("2022")
    page.get_by_label(W.draft_fee).fill("0")
    page.get_by_role("button", name=W.draft_begin, exact=True).click()

    def field(address: str) -> Any:
        return page.locator(f'[data-address="{address}"]')

    expect(field("t3.carried_in.total")).to_have_value("22")
    expect(field("t3.carried_in.total")).not_to_be_editable()
    expect(page.get_by_text("未收取信息处理费")).to_be_visible()
    for number, column in enumerate(
        ("natural_person", "commercial_enterprise", "research_institution",
         "public_interest_org", "legal_service_org", "other_org"), 1
    ):  # fmt: skip
        field(f"t3.new.{column}").fill(str(number))
        field(f"t3.new.{column}").press("Tab")
    total = field("t3.new.total")
    expect(total).to_have_attribute("placeholder", "21")
    total.fill("20")
    total.press("Tab")
    expect(total).to_have_attribute("data-state", "failing")
    expect(
        page.get_by_role("status").get_by_text("20 ≠ 1 + 2 + 3 + 4 + 5 + 6 = 21")
    ).to_be_visible()
    total.fill("21")
    total.press("Tab")
    expect(total).to_have_attribute("data-state", "given")
    told = page.get_by_text("新收政府信息公开申请21件，比上年减少669件，下降97%。")
    told.click()
    expect(total).to_be_focused()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=W.draft_files[".html"], exact=True).click()
    path = tmp_path / "draft.html"
    waiting.value.save_as(path)
    report = read_report(path)
    figure = report.figure("t3.new.total")
    assert figure is not None and figure.value == 21
    assert waiting.value.suggested_filename == f"{BODY}2022年政府信息公开工作年度报告.html"
    page.get_by_label(W.draft_upload).set_input_files(
        save_figures(tmp_path, {"t3.new.total": 7, "t3.new.natural_person": 7}, body=BODY)
    )
    expect(total).to_have_value("7")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of gradio and what it imports
def test_a_reason_frees_last_year_s_figures(page: Page, address: str, patient: None) -> None:
    from playwright.sync_api import expect

    page.goto(address)
    page.get_by_role("tab", name=W.tab_draft).click()
    page.get_by_label(W.draft_body).click()
    page.get_by_role("option", name=BODY).click()
    expect(page.get_by_label(W.draft_year, exact=True)).to_have_value("2023")
    page.get_by_role("button", name=W.draft_begin, exact=True).click()
    expect(page.locator("[data-address]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")  # panes scroll
    carried = page.locator('[data-address="t3.carried_in.other_org"]')
    page.get_by_text(W.draft_override, exact=True).click()
    expect(page.get_by_text("只有机构改革、职能划转等确有原因的")).to_be_visible()
    reason = page.get_by_label(W.draft_override_reason, exact=True)
    reason.fill("并入原某局")
    reason.press("Enter")
    expect(carried).to_be_editable()
    expect(carried).to_have_attribute("placeholder", "0")
    carried.fill("4")
    carried.press("Tab")
    expect(page.locator(".gj-verdict")).to_contain_text("理由：并入原某局")
    expect(page.locator(".gj-verdict")).to_contain_text("≠")  # the total was not changed with it
    reason.fill("")
    reason.press("Enter")
    expect(carried).not_to_be_editable()
    expect(carried).to_have_value("0")
