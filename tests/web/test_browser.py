"""The pages as a person meets them: a real Chromium, the real server, a desk made by hand.

Everything is found by its role, its words or its address, as a person or a reader of the
screen would, not by how gradio happens to build it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from assistant.web.server import start
from index.errors import NoStore

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of gradio and what it imports
]

WAIT = 15_000
GOOD, BAD = "青溪市2021年结转下年度继续办理多少件？", "临川县2022年结转下年度多少件？"
BROKEN = {f"t3.{row}.total" for row in ("new", "carried_in", "result_total", "carried_out")}
Visit = Callable[..., "Page"]


@pytest.fixture(scope="module")
def address(desk: Any) -> Iterator[str]:
    pages, url = start(desk, port=_free_port())
    yield url
    pages.close(verbose=False)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Visit]:
    """Open the pages in a browser of their own; what it asks elsewhere fails the test."""
    from playwright.sync_api import expect

    asked: list[str] = []
    trouble: list[str] = []
    opened = []

    def open_pages(width: int = 1280, height: int = 800) -> Page:
        assert page.context.browser is not None
        context = page.context.browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN"
        )
        opened.append(context)
        context.on("request", lambda request: asked.append(request.url))
        tab = context.new_page()
        tab.on("pageerror", lambda error: trouble.append(str(error)))
        tab.goto(address)
        expect(tab.get_by_role("tab", name="报告（3）")).to_be_visible(timeout=WAIT)
        return tab

    yield open_pages
    for context in opened:
        context.close()
    away = [u for u in asked if urlsplit(u).scheme in {"http", "https", "ws", "wss"}]
    assert not [u for u in away if urlsplit(u).hostname != "127.0.0.1"]
    assert not trouble


def ask(tab: Page, question: str) -> None:
    """Type a question and send it; the box is empty again before anything is answered."""
    from playwright.sync_api import expect

    box = tab.get_by_role("textbox", name="问题")
    box.fill(question)
    box.press("Enter")
    expect(box).to_have_value("", timeout=WAIT)


def answered(tab: Page, text: str) -> Locator:
    """Wait until the chat says something, and give back the whole chat."""
    from playwright.sync_api import expect

    log = tab.get_by_role("log")
    expect(log).to_contain_text(text, timeout=WAIT)
    return log


def cells(tab: Page, selector: str) -> set[str | None]:
    found = tab.locator(f"#gj-evidence td{selector}")
    return {cell.get_attribute("data-address") for cell in found.all()}


def test_an_answer_streams_and_its_cell_is_lit(visit: Visit) -> None:
    tab = visit()
    tab.evaluate(
        """() => { window.grown = new Set(); new MutationObserver(() => {
            const at = document.querySelector('.gj-partial');
            if (at) window.grown.add(at.textContent.length);
        }).observe(document.body, {subtree: true, childList: true, characterData: true}); }"""
    )
    ask(tab, GOOD)
    log = answered(tab, "理解为：")
    assert tab.evaluate("window.grown.size") >= 2
    assert "结转下年度继续办理 3 件" in log.inner_text()
    assert cells(tab, ".gj-answer") == {"t3.carried_out.total"}
    assert tab.get_by_role("textbox", name="问题").input_value() == ""
    source = tab.locator("#gj-evidence blockquote mark")
    assert source.inner_text() == "3"
    place = tab.locator("#gj-evidence .gj-place").inner_text()
    assert "青溪市2021.txt" in place and "三、收到和处理情况" in place and "字符" in place


def test_a_refusal_shows_the_equation_in_red_and_outlines_its_cells(visit: Visit) -> None:
    tab = visit()
    ask(tab, BAD)
    answered(tab, "勾稽不平，不予作答")
    group = tab.get_by_role("group", name="勾稽不平")
    text = re.sub(r"\s+", " ", group.inner_text())
    for part in ("161", "= 163", "≠", "159", "= 161", "相差 2"):
        assert part in text
    red = group.evaluate("e => getComputedStyle(e).color")
    channels = [int(part) for part in re.findall(r"\d+", red)[:3]]
    assert channels[0] > 2 * max(channels[1:])
    assert cells(tab, ".gj-broken") == BROKEN
    assert cells(tab, ".gj-asked") == {"t3.carried_out.total"}
    assert cells(tab, ".gj-answer") == set()


def test_a_clarification_is_settled_with_one_click(visit: Visit) -> None:
    tab = visit()
    ask(tab, "新收了多少？")
    answered(tab, "请问是哪一份？")
    tab.get_by_role("button", name="青溪市2021年", exact=True).click()
    log = answered(tab, "继续办理 3 件")
    assert GOOD in log.inner_text()
    assert cells(tab, ".gj-answer") == {"t3.carried_out.total"}


def test_another_reading_is_asked_with_one_click(visit: Visit) -> None:
    tab = visit()
    ask(tab, GOOD)
    answered(tab, "换个问法")
    chip = tab.get_by_role("button", name="<i>正文里的数</i>", exact=True)
    left, wide = chip.evaluate("e => [e.getBoundingClientRect().left, e.offsetWidth]")
    assert left < 200 and wide < 250
    chip.click()
    answered(tab, "参加单位：约30家")
    number = tab.locator("#gj-evidence dl.gj-number")
    number.get_by_text("约数").wait_for(timeout=WAIT)
    assert tab.locator("#gj-evidence blockquote mark").inner_text() == "约30家"
    assert chip.count() == 0
    assert not tab.get_by_text("换个问法").is_visible()


def test_bars_are_drawn_by_their_values_and_open_their_table(visit: Visit) -> None:
    tab = visit()
    ask(tab, "排名")
    tab.get_by_role("img", name="青溪市2021年：10 件").wait_for(timeout=WAIT)
    drawn = tab.locator("#gj-evidence .gj-hbar")
    short, long = (bar.evaluate("e => e.getBoundingClientRect().width") for bar in drawn.all())
    assert short == pytest.approx(long * 0.4, rel=0.05)
    tab.locator("#gj-evidence .gj-chart").get_by_role("link", name="青溪市2022年").click()
    opened = tab.locator("#gj-evidence td.gj-flash")
    opened.wait_for(timeout=WAIT)
    assert opened.get_attribute("data-address") == "t3.result_total.total"


def test_an_example_asks_itself_and_a_new_conversation_forgets(visit: Visit) -> None:
    tab = visit()
    tab.get_by_role("button", name=GOOD).click()
    answered(tab, "理解为：")
    tab.get_by_role("button", name="新对话").click()
    tab.get_by_role("button", name=GOOD).wait_for(timeout=WAIT)
    assert cells(tab, ".gj-answer") == set()
    ask(tab, "几问")
    answered(tab, "这段对话里问过 1 次")


def test_questions_asked_in_haste_are_answered_in_turn(visit: Visit) -> None:
    tab = visit()
    for question in ("几问 甲", "几问 乙", "几问 丙"):
        ask(tab, question)
    log = answered(tab, "问过 3 次").inner_text()
    assert log.index("问过 1 次") < log.index("问过 2 次") < log.index("问过 3 次")


def test_what_is_typed_while_an_answer_comes_is_not_wiped(visit: Visit) -> None:
    tab = visit()
    ask(tab, "几问 甲")
    box = tab.get_by_role("textbox", name="问题")
    box.fill("几问 乙")
    answered(tab, "问过 1 次")
    tab.wait_for_timeout(200)
    assert box.input_value() == "几问 乙"
    box.press("Enter")
    answered(tab, "问过 2 次")
    assert box.input_value() == ""


def test_an_empty_box_asks_for_a_question(visit: Visit) -> None:
    from playwright.sync_api import expect

    tab = visit()
    tab.get_by_role("button", name="提问").click()
    expect(tab.get_by_text("请先写出要问的问题")).to_be_visible(timeout=WAIT)
    assert tab.locator(".gj-q").count() == 0


def test_two_browsers_do_not_share_a_conversation(visit: Visit) -> None:
    first, second = visit(), visit()
    ask(first, f"几问 甲 {GOOD}")
    answered(first, "问过 1 次")
    ask(first, "几问 乙")
    answered(first, "问过 2 次")
    ask(second, "几问 丙")
    log = answered(second, "问过 1 次").inner_text()
    assert "甲" not in log and "乙" not in log


def test_what_a_report_or_a_question_says_is_never_run(visit: Visit) -> None:
    tab = visit()
    hostile = "<img src=x onerror='window.pwned=5'> ![p](http://evil.example/q.png)"
    ask(tab, f"坏 {hostile} ${{window.pwned=6}}")
    answered(tab, "报告写道")
    tab.get_by_role("tab", name="报告（3）").click()
    tab.get_by_role("button", name=re.compile("坏<script>")).click()
    tab.locator("#gj-report-view table").first.wait_for(timeout=WAIT)
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.pwned") is None
    inside = "#gj-chat, #gj-evidence, #gj-report-view, #gj-cards"
    for forbidden in ("script", "img", "b.bold", "[href*='evil']", "[onerror]", "h1"):
        chosen = ", ".join(f"{at} {forbidden}" for at in inside.split(", "))
        assert tab.locator(chosen).count() == 0
    assert "<script>window.pwned=1</script>" in tab.locator("#gj-report-view").inner_text()
    tab.get_by_role("tab", name="问答").click()
    assert "![p](http://evil.example/p.png)" in tab.get_by_role("log").inner_text()


def test_an_error_is_one_sentence_and_the_chat_goes_on(visit: Visit) -> None:
    tab = visit()
    ask(tab, "锁")
    log = answered(tab, "请等它写完再问。")
    ask(tab, "崩")
    answered(tab, "程序出错")
    assert "secret" not in log.inner_text() and "Traceback" not in log.inner_text()
    ask(tab, GOOD)
    answered(tab, "继续办理 3 件")


def test_an_earlier_answer_opens_its_own_evidence_again(visit: Visit) -> None:
    tab = visit()
    ask(tab, GOOD)
    answered(tab, "理解为：")
    ask(tab, BAD)
    answered(tab, "勾稽不平，不予作答")
    tab.get_by_role("link", name="[表三·结转下年度继续办理·总计]").focus()
    tab.keyboard.press("Enter")
    tab.locator("#gj-evidence td.gj-answer").wait_for(timeout=WAIT)
    assert cells(tab, ".gj-broken") == set()
    tab.get_by_role("link", name="查看依据").last.click()
    tab.get_by_role("group", name="勾稽不平").wait_for(timeout=WAIT)


def test_folded_rows_open_by_keyboard(visit: Visit) -> None:
    tab = visit()
    ask(tab, GOOD)
    answered(tab, "理解为：")
    far = tab.get_by_role("rowheader", name="1.属于国家秘密")
    assert far.count() == 0
    tab.get_by_role("button", name="展开全表").focus()
    tab.keyboard.press("Enter")
    far.wait_for(timeout=WAIT)
    tab.get_by_role("button", name="只看相关行").click()
    assert far.count() == 0


def test_the_list_of_reports_filters_and_opens_their_tables(visit: Visit) -> None:
    tab = visit()
    tab.get_by_role("tab", name="报告（3）").click()
    reports = tab.locator("#gj-cards [data-report]")
    tab.get_by_role("checkbox", name="只看不平的").check()
    assert [r.get_attribute("data-report") for r in reports.all() if r.is_visible()] == ["bad"]
    tab.get_by_role("checkbox", name="只看不平的").uncheck()
    tab.get_by_role("searchbox").fill("青溪 2021")
    assert [r.get_attribute("data-report") for r in reports.all() if r.is_visible()] == ["good"]
    reports.first.click()
    view = tab.locator("#gj-report-view")
    view.get_by_role("heading", name="青溪市2021年").wait_for(timeout=WAIT)
    assert view.get_by_role("table").count() == 2
    assert view.get_by_role("rowheader", name="一、本年新收政府信息公开申请数量").is_visible()


def test_an_empty_store_opens_and_says_how_to_build(page: Page) -> None:
    from playwright.sync_api import expect

    pages, url = start(Nothing(), port=_free_port())
    page.goto(url)
    expect(page.get_by_role("alert").first).to_contain_text("这里还没有索引", timeout=WAIT)
    expect(page.get_by_text("gouji build").first).to_be_visible()
    pages.close(verbose=False)


class Nothing:
    """A desk over a store in which nothing was built."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def no_store(*_: Any) -> Any:
            raise NoStore("这里还没有索引。", advice="请先运行 gouji build 报告文件夹。")

        return no_store


def test_the_pages_speak_english_when_told_to(visit: Visit) -> None:
    tab = visit()
    ask(tab, BAD)
    answered(tab, "勾稽不平")
    tab.get_by_text("English", exact=True).click()
    tab.get_by_role("group", name="Does not balance").wait_for(timeout=WAIT)
    tab.get_by_role("tab", name="Reports (3)").wait_for(timeout=WAIT)
    tab.get_by_role("textbox", name="Question").wait_for(timeout=WAIT)
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert "Refused: the figures do not balance" in tab.get_by_role("log").inner_text()


def test_a_phone_shows_it_all_without_scrolling_sideways(visit: Visit, tmp_path: Path) -> None:
    tab = visit(390, 844)
    ask(tab, BAD)
    answered(tab, "勾稽不平，不予作答")
    tab.screenshot(path=tmp_path / "phone.png", full_page=True)
    wide, screen = tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= screen
    tab.get_by_role("link", name="查看依据").click()
    group = tab.get_by_role("group", name="勾稽不平")
    tab.wait_for_timeout(900)
    box = group.bounding_box()
    assert box is not None and 0 <= box["y"] < 844
    lit = tab.locator("#gj-evidence td.gj-asked").bounding_box()
    assert lit is not None and lit["x"] + lit["width"] <= 391
    tab.get_by_role("tab", name="报告（3）").click()
    tab.locator("#gj-cards [data-report]").first.wait_for(timeout=WAIT)
    wide, screen = tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= screen
