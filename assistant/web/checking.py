"""The events of the check page: reports are checked, findings opened, results downloaded.

Each session has its own result, held in memory until the next check or an hour. Uploaded files
are deleted as soon as they are read.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from assistant.web import catalogue, downloads, findings_view
from assistant.web.check_asked import asked, described
from assistant.web.checked import Checked, Progress, check_indexed, check_uploads, count_of
from assistant.web.desk import Desk
from assistant.web.languages import words
from assistant.web.markup import el, esc
from assistant.web.words import Words
from index.errors import GoujiError

log = logging.getLogger(__name__)

STEP_SECONDS = 0.2
"""Between two states of the progress bar."""
Shown = tuple[Any, ...]
Typed = str | None


class Checking:
    """The events of the check page over one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def uploads(
        self, paths: Sequence[str] | None, due: Typed, copied: Typed, units: Typed, language: str
    ) -> Iterator[Shown]:
        """Check uploaded files: the result, its place panel, the state, the emptied box.

        What the fields ask for comes as it was typed; where it is wrong, the files stay.
        """
        w = words(language)
        if not paths:
            yield (*_told(_welcome(w)), gr.skip())
            return
        try:
            what = asked(due, copied, units, w)
        except GoujiError as error:
            yield (*_told(catalogue.notice(str(error))), gr.skip())
            return
        total = count_of(paths)
        for shown in self._checked(check_uploads(paths, what), total, w):
            yield (*shown, None)

    def indexed(self, due: Typed, copied: Typed, units: Typed, language: str) -> Iterator[Shown]:
        """Check all reports of the desk: the result, its place panel, the state."""
        w = words(language)
        try:
            what = asked(due, copied, units, w)
            total = len(self._desk.reports())
        except GoujiError as error:
            yield _told(catalogue.notice(str(error)))
            return
        yield from self._checked(check_indexed(self._desk, what), total, w)

    def open(self, checked: Checked | None, language: str, event: gr.EventData) -> str:
        """The place of a finding that was clicked, by its number."""
        w, value = words(language), str(getattr(event, "value", ""))
        if checked is None or not value.isdigit() or int(value) >= len(checked.audit.findings):
            return _hint(w)
        finding = checked.audit.findings[int(value)]
        try:
            check = checked.check(finding)
            return findings_view.place(finding, check, checked.open_report, w)
        except GoujiError as error:
            shown = findings_view.place(finding, None, checked.open_report, w)
            return catalogue.notice(str(error)) + shown

    def download(self, kind: str, checked: Checked | None) -> str:
        """An output of the last check, for the page's script to save; "" where there is none."""
        return downloads.for_browser(kind, checked.audit) if checked is not None else ""

    def refresh(self, checked: Checked | None, language: str) -> Shown:
        """Everything on the page in a language."""
        w = words(language)
        shown = _result(checked, w) if checked else _welcome(w)
        return (
            gr.update(label=w.tab_check),
            gr.update(label=w.check_files),
            gr.update(label=w.check_wishes),
            gr.update(label=w.check_due, info=w.check_due_help, placeholder=w.check_due_like),
            gr.update(
                label=w.check_copied, info=w.check_copied_help, placeholder=w.check_copied_like
            ),
            gr.update(label=w.check_units, info=w.check_units_help, placeholder=w.check_units_like),
            gr.update(value=w.check_start),
            gr.update(value=w.check_indexed),
            *(gr.update(value=name) for name in _downloads(w)),
            shown,
            _hint(w),
        )

    def _checked(
        self, steps: Iterator[Progress | Checked], total: int, w: Words
    ) -> Iterator[Shown]:
        last = 0.0
        yield _told(findings_view.progress(0, total, w))
        try:
            for step in steps:
                if isinstance(step, Checked):
                    yield _result(step, w), _hint(w), step
                elif time.monotonic() - last > STEP_SECONDS:
                    last = time.monotonic()
                    yield _told(findings_view.progress(step, total, w))
        except GoujiError as error:
            yield _told(catalogue.notice(str(error)))
        except Exception:
            log.exception("a check was not finished")
            yield _told(catalogue.notice(w.broken))


def _result(checked: Checked, w: Words) -> str:
    """What was found, below what was asked for and what could not be compared."""
    notes = [described(checked.asked, w)]
    notes += [w.check_alone.format(body=body) for body in checked.alone]
    return findings_view.result(checked.audit, w, [note for note in notes if note])


def _told(shown: str) -> Shown:
    """Something in place of a result, which there is none of yet."""
    return shown, "", None


def _hint(w: Words) -> str:
    return el("p", esc(w.check_pick), cls="gj-hint gj-empty-panel")


def _welcome(w: Words) -> str:
    return el("p", esc(w.check_choose), cls="gj-hint")


def _downloads(w: Words) -> tuple[str, ...]:
    """Names of the downloads, in the order of `assistant.web.downloads.FILES`."""
    return w.check_workbook, w.check_page, w.check_notes
