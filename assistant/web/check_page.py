"""The check page: what stands where, and which event calls which handler. No logic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from assistant.web.checking import Checking
from assistant.web.downloads import FILES
from assistant.web.words import Words
from index.sources import KNOWN

KEPT_SECONDS = 3600
"""How long a session's result is kept."""
CHECKS_AT_ONCE = 2
HEIGHT = 130
LONGEST_WISH, LONGEST_LIST = 20, 100_000
"""Characters of a day or a share, and of a list of units."""
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True)
class CheckLayout:
    """The components that events of the check page read or write."""

    checked: gr.State
    tab: gr.Tab
    files: gr.File
    wishes: gr.Accordion
    due: gr.Textbox
    copied: gr.Textbox
    units: gr.Textbox
    start: gr.Button
    indexed: gr.Button
    downloads: tuple[gr.Button, ...]
    saved: gr.Textbox
    result: gr.HTML
    place: gr.HTML


def kept() -> gr.State:
    """What a session has checked; it belongs outside the tabs, which count what is in them."""
    return gr.State(None, time_to_live=KEPT_SECONDS)


def lay_out(w: Words, select: str, checked: gr.State) -> CheckLayout:
    """The page, within the tabs that are being built; ``select`` hands clicks to an event."""
    with gr.Tab(w.tab_check, id="check") as tab, gr.Row(elem_classes="gj-panes"):
        with gr.Column(elem_id="gj-checked", scale=6, min_width=320):
            with gr.Row(elem_id="gj-give"):
                files = gr.File(
                    label=w.check_files,
                    file_count="multiple",
                    file_types=sorted(KNOWN),
                    height=HEIGHT,
                    scale=3,
                    elem_id="gj-files",
                )
                with gr.Column(scale=1, min_width=180):
                    start = gr.Button(w.check_start, variant="primary", size="sm")
                    indexed = gr.Button(w.check_indexed, size="sm")
            wishes, due, copied, units = _wishes(w)
            with gr.Row(elem_id="gj-downloads"):
                names = (w.check_workbook, w.check_page, w.check_notes)
                downloads = tuple(gr.Button(name, size="sm") for name in names)
            result = gr.HTML("", apply_default_css=False, elem_id="gj-result", js_on_load=select)
            saved = gr.Textbox(visible=False)
        with gr.Column(elem_id="gj-place", scale=5, min_width=320):
            place = gr.HTML("", apply_default_css=False, elem_id="gj-place-view")
    return CheckLayout(
        checked,
        tab,
        files,
        wishes,
        due,
        copied,
        units,
        start,
        indexed,
        downloads,
        saved,
        result,
        place,
    )


def _wishes(w: Words) -> tuple[gr.Accordion, gr.Textbox, gr.Textbox, gr.Textbox]:
    """The fields for what is asked of a check, folded away: most leave them empty."""
    with gr.Accordion(w.check_wishes, open=False, elem_id="gj-wishes") as wishes:
        with gr.Row():
            due = gr.Textbox(
                label=w.check_due,
                info=w.check_due_help,
                placeholder=w.check_due_like,
                max_length=LONGEST_WISH,
                min_width=200,
            )
            copied = gr.Textbox(
                label=w.check_copied,
                info=w.check_copied_help,
                placeholder=w.check_copied_like,
                max_length=LONGEST_WISH,
                min_width=200,
            )
        units = gr.Textbox(
            label=w.check_units,
            info=w.check_units_help,
            placeholder=w.check_units_like,
            lines=3,
            max_lines=8,
            max_length=LONGEST_LIST,
        )
    return wishes, due, copied, units


def wire(pages: gr.Blocks, at: CheckLayout, do: Checking, language: gr.Radio, save: str) -> None:
    """Connect the page; ``save`` is the script that stores a download."""
    shown = [at.result, at.place, at.checked]
    many: dict[str, Any] = {"concurrency_limit": CHECKS_AT_ONCE, "concurrency_id": "check", **QUIET}
    wished = [at.due, at.copied, at.units, language]
    at.start.click(do.uploads, [at.files, *wished], [*shown, at.files], **many)
    at.indexed.click(do.indexed, wished, shown, **many)
    at.result.select(do.open, [at.checked, language], [at.place], **QUIET)
    for kind, button in zip(FILES, at.downloads, strict=True):
        made = button.click(partial(do.download, kind), [at.checked], [at.saved], **QUIET)
        made.then(None, [at.saved], [at.saved], js=save, **QUIET)
    everything = [
        at.tab,
        at.files,
        at.wishes,
        at.due,
        at.copied,
        at.units,
        at.start,
        at.indexed,
        *at.downloads,
        at.result,
        at.place,
    ]
    pages.load(do.refresh, [at.checked, language], everything, **QUIET)
    language.change(do.refresh, [at.checked, language], everything, **QUIET)
