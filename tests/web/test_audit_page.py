"""The page of ``gouji check --html`` in a browser: it fits, its links lead, it prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.audit.page import render_page
from tests.assistant.audit_helpers import EXAMPLES, HOSTILE, audited, write_broken

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SENTENCE = f"全年举办{HOSTILE}讲座100场，其中线上40场、线下50场、其他5场。"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def shown(page: Page, tmp_path: Path) -> Iterator[Page]:
    """The page of the sample reports and of one that tries to run a script."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.set_content(
        "".join(render_page(audited(EXAMPLES, write_broken(tmp_path, sentence=SENTENCE))))
    )
    yield page
    assert dialogs == []


def test_a_square_of_the_matrix_leads_to_its_finding(shown: Page) -> None:
    row = shown.locator(".matrix tr", has_text="临溪县水务局").filter(has_text="2020")
    link = row.locator("td.BROKEN a").first
    target = link.get_attribute("href")
    assert target is not None
    link.click()
    found = shown.locator(target)
    assert found.evaluate("e => e.matches(':target')")
    assert "58 + 4 = 62 ≠ 55 + 2 = 57" in found.inner_text()


@pytest.mark.parametrize("width", [1280, 420])
def test_nothing_sticks_out_of_the_window(shown: Page, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    assert shown.evaluate(OVERFLOW) == 0


def test_what_a_report_says_is_shown_as_text(shown: Page) -> None:
    quoted = shown.locator(".finding .quote", has_text="线上40场")
    assert HOSTILE in quoted.first.inner_text()


def test_on_paper_the_notes_are_open_and_the_links_are_gone(shown: Page) -> None:
    note = shown.locator("details .note").first
    assert not note.is_visible()
    shown.emulate_media(media="print")
    try:
        assert note.is_visible()
        assert not shown.locator("nav").is_visible()
    finally:
        shown.emulate_media(media="screen")
