"""The page for drafting: what stands where, and which event calls which handler. No logic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.web.drafting import Drafts
from assistant.web.words import Words


@dataclass(frozen=True)
class DraftLayout:
    """The components that events read or write."""

    draft: gr.State
    tab: gr.Tab
    body: gr.Dropdown
    year: gr.Textbox
    fee: gr.Textbox
    begin: gr.Button
    bare: gr.Checkbox
    allow: gr.Checkbox
    sheet: gr.HTML
    outcome: gr.HTML
    file: gr.HTML


def draft_tab(w: Words, static: Callable[[str], str]) -> DraftLayout:
    """The tab, within the tabs that are being laid out; ``static`` reads a script by its name."""
    with gr.Tab(w.tab_draft, id="draft") as tab:
        draft = gr.State(None)
        with gr.Row(elem_id="gj-draft-setup"):
            body = gr.Dropdown(
                [], label=w.draft_body, allow_custom_value=True, scale=4, min_width=220
            )
            year = gr.Textbox(label=w.draft_year, max_length=4, scale=1, min_width=90)
            fee = gr.Textbox(label=w.draft_fee, max_length=20, scale=2, min_width=140)
            begin = gr.Button(w.draft_begin, variant="primary", scale=0, min_width=90)
            with gr.Column(scale=2, min_width=170):
                bare = gr.Checkbox(label=w.draft_no_citations, container=False)
                allow = gr.Checkbox(label=w.draft_allow, container=False)
        with gr.Row(elem_classes="gj-panes gj-draft-panes"):
            with gr.Column(elem_id="gj-draft-left", scale=6, min_width=320):
                sheet = _panel("gj-draft-sheet", static("sheet.js"))
            with gr.Column(elem_id="gj-draft-right", scale=5, min_width=320):
                outcome = _panel("gj-draft-outcome", static("outcome.js"))
        file = gr.HTML(
            "",
            apply_default_css=False,
            elem_id="gj-draft-file",
            visible="hidden",
            js_on_load=static("file.js"),
        )
    return DraftLayout(draft, tab, body, year, fee, begin, bare, allow, sheet, outcome, file)


def _panel(name: str, script: str) -> gr.HTML:
    return gr.HTML("", apply_default_css=False, elem_id=name, js_on_load=script)


def wire_draft(
    pages: gr.Blocks, at: DraftLayout, do: Drafts, language: gr.Radio, quiet: dict[str, Any]
) -> None:
    """Events of the tab. Each cell that is left is an event; none is dropped for another."""
    every: dict[str, Any] = {"trigger_mode": "multiple", **quiet}
    known = [at.draft, language]
    fields = [at.tab, at.body, at.year, at.fee, at.begin, at.bare, at.allow]
    panels = [at.sheet, at.outcome]
    pages.load(do.choices, [language], fields, **quiet)
    pages.load(do.show, known, panels, **quiet)
    language.change(do.choices, [language], fields, **quiet)
    language.change(do.show, known, panels, **quiet)
    at.body.change(do.year, [at.body], [at.year], **quiet)
    at.begin.click(do.begin, [at.body, at.year, at.fee, language], [*panels, at.draft], **quiet)
    at.sheet.input(do.enter, known, [at.outcome], **every)
    at.sheet.upload(do.take, known, panels, **every)
    at.sheet.submit(do.override, known, panels, **every)
    at.fee.blur(do.say_fee, [at.draft, at.fee, language], [at.outcome], **every)
    at.fee.submit(do.say_fee, [at.draft, at.fee, language], [at.outcome], **every)
    at.outcome.select(do.keep, known, [at.outcome], **every)
    at.outcome.apply(do.look, known, [at.outcome], **every)
    at.outcome.download(do.download, [at.draft, at.bare, at.allow, language], [at.file], **every)
