"""The pages: what stands where, and which event calls which handler. No logic."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web import check_page
from assistant.web.checking import Checking
from assistant.web.desk import Desk
from assistant.web.draft_page import DraftLayout, draft_tab, wire_draft
from assistant.web.drafting import Drafts
from assistant.web.handlers import LONGEST_QUESTION, Handlers, header
from assistant.web.languages import CHOICES, words
from assistant.web.words import Words

STATIC = Path(__file__).with_name("static")
CONCURRENT = 8
"""Questions answered at the same time, over all browsers."""
UPLOADS_KEPT = (600, 3600)
"""Seconds: how often uploads that were never checked are looked for, and how old they get."""
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""No event is an endpoint for programs, and none greys out what is shown."""
TAKE_QUESTION = "(question) => [question, '']"
SET_LANGUAGE = "(l) => { document.documentElement.lang = l === 'en' ? 'en' : 'zh-CN'; }"


@dataclass(frozen=True)
class Layout:
    """The components that events read or write."""

    talk: gr.State
    chosen: gr.State
    head: gr.HTML
    language: gr.Radio
    chat: gr.Chatbot
    box: gr.Textbox
    asked: gr.Textbox
    new: gr.Button
    legend: gr.HTML
    evidence: gr.HTML
    chat_tab: gr.Tab
    reports_tab: gr.Tab
    cards: gr.HTML
    report: gr.HTML
    draft: DraftLayout
    check: check_page.CheckLayout


def static(name: str) -> str:
    """A style sheet or script of the pages."""
    return (STATIC / name).read_text(encoding="utf-8")


def build(desk: Desk) -> gr.Blocks:
    """All pages over a desk, not yet served."""
    pages = gr.Blocks(
        title="勾稽 Gouji", analytics_enabled=False, fill_width=True, delete_cache=UPLOADS_KEPT
    )
    with pages:
        layout = _layout(words(None))
        handlers = Handlers(desk)
        check_page.wire(pages, layout.check, Checking(desk), layout.language, static("save.js"))
        _wire_chat(layout, handlers)
        _wire_pages(pages, layout, handlers)
        wire_draft(pages, layout.draft, Drafts(desk), layout.language, QUIET)
    return pages


def _layout(w: Words) -> Layout:
    talk, chosen, checked = gr.State(None), gr.State(None), check_page.kept()
    with gr.Row(elem_id="gj-top"):
        head = gr.HTML(header(w), apply_default_css=False)
        language = gr.Radio(
            CHOICES,
            value="zh",
            label=w.language,
            show_label=False,
            container=False,
            elem_id="gj-language",
        )
    with gr.Tabs(elem_id="gj-tabs"):
        with gr.Tab(w.tab_chat, id="chat") as chat_tab, gr.Row(elem_classes="gj-panes"):
            with gr.Column(elem_id="gj-left", scale=5, min_width=320):
                chat, box, new = _chat(w)
                asked = gr.Textbox(visible=False)
            with gr.Column(elem_id="gj-right", scale=6, min_width=320):
                legend = gr.HTML("", apply_default_css=False, elem_id="gj-legend")
                evidence = _panel("gj-evidence", static("evidence.js"))
        with (
            gr.Tab(w.tab_reports.format(n=0), id="reports") as reports_tab,
            gr.Row(elem_classes="gj-panes"),
        ):
            with gr.Column(elem_id="gj-list", scale=4, min_width=320):
                cards = _panel("gj-cards", static("reports.js"))
            with gr.Column(elem_id="gj-report", scale=7, min_width=320):
                report = _panel("gj-report-view", None)
        check = check_page.lay_out(w, static("findings.js"), checked)
        draft = draft_tab(w, static)
    return Layout(
        talk,
        chosen,
        head,
        language,
        chat,
        box,
        asked,
        new,
        legend,
        evidence,
        chat_tab,
        reports_tab,
        cards,
        report,
        draft,
        check,
    )


def _chat(w: Words) -> tuple[gr.Chatbot, gr.Textbox, gr.Button]:
    """The chat column. Texts arrive escaped; the chatbot sanitizes them once more."""
    chat = gr.Chatbot(
        label=w.chat_label,
        show_label=False,
        elem_id="gj-chat",
        height="100%",
        buttons=[],
        sanitize_html=True,
        allow_tags=False,
        latex_delimiters=[],
        layout="bubble",
        allow_file_downloads=False,
        group_consecutive_messages=False,
    )
    with gr.Row(elem_id="gj-ask"):
        box = gr.Textbox(
            label=w.ask_label,
            show_label=False,
            placeholder=w.ask_placeholder,
            lines=1,
            max_lines=5,
            max_length=LONGEST_QUESTION,
            submit_btn=w.ask,
            autofocus=True,
            container=False,
            elem_id="gj-box",
            scale=1,
        )
        new = gr.Button(w.new, size="sm", variant="secondary", elem_id="gj-new", scale=0)
    return chat, box, new


def _panel(name: str, script: str | None) -> gr.HTML:
    """A panel of escaped markup; its script hands clicks on it to a ``select`` event."""
    return gr.HTML("", apply_default_css=False, elem_id=name, js_on_load=script)


def _wire_chat(at: Layout, do: Handlers) -> None:
    answer = [at.chat, at.evidence, at.talk]
    session = [at.talk, at.language]
    many: dict[str, Any] = {
        "concurrency_limit": CONCURRENT,
        "concurrency_id": "ask",
        "trigger_mode": "multiple",
        **QUIET,
    }
    # The box is emptied in the browser at once, so that what is typed next is never wiped away.
    taken = at.box.submit(None, [at.box], [at.asked, at.box], js=TAKE_QUESTION, **QUIET)
    asking: Any = [
        taken.then(do.ask, [at.asked, *session], answer, **many),
        at.chat.example_select(do.pick, session, answer, **many),
        at.chat.option_select(do.pick, session, answer, **many),
    ]
    renewed = [*answer, at.box]
    at.chat.clear(do.renew, [at.language], renewed, cancels=asking, **QUIET)
    at.new.click(do.renew, [at.language], renewed, cancels=asking, **QUIET)
    at.evidence.select(do.show, session, [at.evidence, at.talk], **QUIET)


def _wire_pages(pages: gr.Blocks, at: Layout, do: Handlers) -> None:
    everything = [
        at.head,
        at.chat,
        at.box,
        at.new,
        at.evidence,
        at.legend,
        at.chat_tab,
        at.reports_tab,
        at.cards,
        at.report,
        at.talk,
    ]
    known = [at.talk, at.chosen, at.language]
    pages.load(do.refresh, known, everything, **QUIET)
    at.language.change(do.refresh, known, everything, **QUIET)
    at.language.change(None, [at.language], None, js=SET_LANGUAGE, **QUIET)
    at.cards.select(do.open_report, [at.language], [at.report, at.chosen], **QUIET)
