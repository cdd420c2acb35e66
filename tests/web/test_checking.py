"""The check page as a supervisor meets it: a real Chromium, the real server, the real desk."""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from assistant.ask import Desk
from assistant.web.server import start

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of gradio and what it imports
]

WAIT = 30_000
EXAMPLES = Path(__file__).parents[2] / "examples"
FAILING = "linxi-shuiwu-2020.txt"
HOSTILE = "<img src=x onerror='window.pwned=1'>"
Visit = Callable[[], "Page"]


@pytest.fixture(scope="module")
def uploaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where gradio puts what is uploaded."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def address(example_store: Path, uploaded: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, socket.socket() as probe:
        patch.setenv("GRADIO_TEMP_DIR", str(uploaded))
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        pages, url = start(Desk(example_store), port=port)
        yield url
        pages.close(verbose=False)


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Visit]:
    """Open the check page in a browser of its own; an error of a script fails the test."""
    trouble: list[str] = []
    opened = []

    def open_page() -> Page:
        assert page.context.browser is not None
        context = page.context.browser.new_context(locale="zh-CN", accept_downloads=True)
        opened.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: trouble.append(str(error)))
        tab.goto(address)
        tab.get_by_role("tab", name="核查").click()
        tab.get_by_text("读完即删").wait_for(timeout=WAIT)
        return tab

    yield open_page
    for context in opened:
        context.close()
    assert not trouble


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two reports, one of them in an archive, a broken file, and text that is no report."""
    one = tmp_path / "临溪水务.txt"
    text = (EXAMPLES / FAILING).read_text("utf-8")
    one.write_text(text.replace("回头看，", f"回头看，{HOSTILE}"), "utf-8")
    archive = tmp_path / "其他.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(EXAMPLES / "yunxiu-2021.txt", "yunxiu-2021.txt")
    bad = tmp_path / "坏文件.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    other = tmp_path / "README.md"
    other.write_text(f"# 年度报告 {HOSTILE}\n", "utf-8")
    return [str(path) for path in (one, archive, bad, other)]


def check(tab: Page, files: list[str]) -> None:
    """Upload files, and wait until they are checked."""
    from playwright.sync_api import expect

    tab.locator("#gj-files input[type=file]").set_input_files(files)
    for path in files:
        expect(tab.locator("#gj-files")).to_contain_text(Path(path).suffix, timeout=WAIT)
    tab.get_by_role("button", name="核对上传的文件").click()
    tab.get_by_role("list", name="核对结果").wait_for(timeout=WAIT)


def test_uploaded_reports_are_checked_and_bad_files_named(
    visit: Visit, files: list[str], uploaded: Path
) -> None:
    tab = visit()
    check(tab, files)
    numbers = tab.get_by_role("list", name="核对结果").inner_text().split()
    assert numbers[:2] == ["2", "读出报告"]
    assert "坏文件.pdf" in tab.locator(".gj-unread").inner_text()
    assert "README.md" not in tab.locator(".gj-unread").inner_text()
    assert tab.get_by_text("不是年度报告，未核对：README.md").is_visible()
    picture = tab.get_by_role("table", name="单位×检查")
    assert "临溪县水务局 2020" in picture.inner_text()
    tab.get_by_role("button", name="T3-BAL：不成立，必须更正").click()
    place = tab.locator(".gj-place-of")
    place.wait_for(timeout=WAIT)
    assert "临溪水务.txt" in place.inner_text()
    lit = {cell.get_attribute("data-address") for cell in place.locator("td.gj-broken").all()}
    rows = ("new", "carried_in", "result_total", "carried_out")
    assert {f"t3.{row}.total" for row in rows} <= lit
    assert place.locator("blockquote mark").first.inner_text() == "58"
    assert tab.evaluate("window.pwned") is None
    assert [path for path in uploaded.rglob("*") if path.is_file() and path.stat().st_size] == []


def test_the_users_day_share_and_units_are_asked_for(visit: Visit, tmp_path: Path) -> None:
    """As `gouji check --due --copied --units` do; what is wrong is told, and the files stay."""
    from playwright.sync_api import expect

    path = tmp_path / "云岫2021.txt"
    text = (EXAMPLES / "yunxiu-2021.txt").read_text("utf-8").rstrip()
    path.write_text(f"{text}\n发布日期：2022-01-25\n", "utf-8")
    tab = visit()
    tab.get_by_text("核对要求（可不填）").click()
    day = tab.get_by_label("公布期限")
    day.fill("2月30日")
    tab.get_by_label("与上年相同的句子上限").fill("40%")
    tab.get_by_label("政府与所属单位").fill(
        "云岫市人民政府,云岫市水务局\n青棠区人民政府,青棠区财政局"
    )
    tab.locator("#gj-files input[type=file]").set_input_files(str(path))
    expect(tab.locator("#gj-files")).to_contain_text(".txt", timeout=WAIT)
    tab.get_by_role("button", name="核对上传的文件").click()
    result = tab.locator("#gj-result")
    expect(result).to_contain_text("公布期限: “02-30”不是每年都有的一天", timeout=WAIT)
    day.fill("1月20日")
    tab.get_by_role("button", name="核对上传的文件").click()
    expect(result).to_contain_text("公布期限为次年1月20日", timeout=WAIT)
    expect(result).to_contain_text("没有读到“青棠区人民政府”的报告")
    assert {"D-LATE", "X-UNITS-MISSING"} <= set(result.locator(".gj-f code").all_inner_texts())
    tab.get_by_text("English").click()
    expect(tab.get_by_label("Due date")).to_have_value("1月20日", timeout=WAIT)
    expect(result).to_contain_text("due on 01-20 of the next year")


def test_findings_are_filtered_by_strength(visit: Visit, files: list[str]) -> None:
    from playwright.sync_api import expect

    tab = visit()
    check(tab, files)
    grave = tab.locator("[data-strength=hard]")
    soft = tab.locator("[data-strength=expected]")
    assert (grave.count(), soft.count()) == (2, 1)
    tab.get_by_label("错误，须更正").uncheck()
    expect(grave.first).to_be_hidden()
    expect(soft.first).to_be_visible()
    soft.first.get_by_role("button").click()
    place = tab.locator(".gj-place-of")
    expect(place).to_contain_text("全年新收申请53件", timeout=WAIT)


def test_what_was_found_is_downloaded(visit: Visit, files: list[str]) -> None:
    tab = visit()
    check(tab, files)

    def saved(button: str) -> bytes:
        with tab.expect_download(timeout=WAIT) as download:
            tab.get_by_role("button", name=button).click()
        return Path(download.value.path()).read_bytes()

    book = load_workbook(io.BytesIO(saved("下载问题清单")))
    assert "T3-BAL" in {cell.value for row in book.worksheets[1] for cell in row}
    page = saved("下载结果网页").decode()
    assert "58 + 4 = 62 ≠ 55 + 2 = 57" in page
    assert HOSTILE not in page
    names = zipfile.ZipFile(io.BytesIO(saved("下载核实通知"))).namelist()
    assert names == ["核实通知-临溪县水务局.docx"]


def test_one_session_sees_nothing_of_another(visit: Visit, files: list[str]) -> None:
    one, other = visit(), visit()
    check(one, files)
    assert other.get_by_role("list", name="核对结果").count() == 0
    assert other.get_by_role("button", name="下载问题清单").count() == 0  # nothing to take away
    one.reload()
    one.get_by_role("tab", name="核查").click()
    one.get_by_text("读完即删").wait_for(timeout=WAIT)
    assert one.get_by_role("list", name="核对结果").count() == 0


def test_all_indexed_reports_are_checked_and_their_page_lists_findings(visit: Visit) -> None:
    from playwright.sync_api import expect

    tab = visit()
    tab.get_by_role("button", name="核对全部已收录报告").click()
    numbers = tab.get_by_role("list", name="核对结果")
    numbers.wait_for(timeout=WAIT)
    assert numbers.inner_text().split()[:2] == ["10", "读出报告"]
    tab.get_by_role("tab", name="报告").click()
    tab.locator("[data-report]").filter(has_text="临溪县水务局").click()
    view = tab.locator("#gj-report")
    expect(view).to_contain_text("核查发现（3）", timeout=WAIT)
    view.get_by_text("看出处").last.click()
    expect(view).to_contain_text("全年新收申请53件")


def test_on_a_phone_the_names_of_chosen_files_are_read_in_full(
    visit: Visit, files: list[str]
) -> None:
    from playwright.sync_api import expect

    tab = visit()
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.locator("#gj-files input[type=file]").set_input_files(files[-1])
    name = tab.locator("#gj-files").get_by_text("README", exact=False).first
    expect(name).to_be_visible(timeout=WAIT)
    assert name.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
    box = tab.locator("#gj-files").bounding_box()
    assert box is not None and box["width"] > 340
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_chosen_says_what_to_do_and_english_is_spoken(visit: Visit) -> None:
    from playwright.sync_api import expect

    tab = visit()
    tab.get_by_role("button", name="核对上传的文件").click()
    expect(tab.locator("#gj-result")).to_contain_text("请选择年报文件", timeout=WAIT)
    tab.get_by_text("English").click()
    expect(tab.get_by_role("button", name="Check the uploaded files")).to_be_visible(timeout=WAIT)
