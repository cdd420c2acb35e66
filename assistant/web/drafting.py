"""What happens on the page for drafting: each method is one event, each returns what to show."""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr

from assistant.draft.last_problems import last_problems
from assistant.draft.model import Draft
from assistant.draft.outputs import SHEET, WRITERS, render
from assistant.web.catalogue import notice
from assistant.web.desk import Desk
from assistant.web.draft_outcome import outcome
from assistant.web.draft_session import Drafting, begin, bodies_of
from assistant.web.draft_sheet import sheet
from assistant.web.languages import words
from assistant.web.markup import el, esc
from assistant.web.words import Words
from index.errors import GoujiError, InputError

log = logging.getLogger(__name__)

LARGEST = 2_000_000
"""Bytes of a file that is taken."""
LONGEST_NAME = 60
YEAR = re.compile(r"\d{4}")
MIME = "application/octet-stream"
Shown = tuple[Any, ...]
T = TypeVar("T")


class Drafts:
    """The events of the page for drafting, over one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def choices(self, language: str) -> Shown:
        """Which bodies there are, and the words of the fields, in a language."""
        w = words(language)
        try:
            bodies = list(bodies_of(self._desk))
        except GoujiError:
            bodies = []  # the list of reports says why
        return (
            gr.update(label=w.tab_draft),
            gr.update(choices=bodies, label=w.draft_body),
            gr.update(label=w.draft_year),
            gr.update(label=w.draft_fee),
            gr.update(value=w.draft_begin),
            gr.update(label=w.draft_no_citations),
            gr.update(label=w.draft_allow),
        )

    def year(self, body: str | None) -> Any:
        """The year after the newest report of a body that was chosen."""
        try:
            year = bodies_of(self._desk).get(body or "")
        except GoujiError:
            year = None
        return gr.skip() if year is None else str(year)

    def begin(self, body: str | None, year: str, fee: str, language: str) -> Shown:
        """Begin a draft: the tables to fill in, what follows, and the draft."""
        w = words(language)
        name = (body or "").strip()[:LONGEST_NAME]
        if not name or not YEAR.fullmatch(year.strip()):
            return notice(w.draft_which), "", None

        def made() -> Shown:
            at = begin(self._desk, name, int(year))
            at.fee = fee
            return self._whole(at, w)

        return _told(made, lambda text: (notice(text), "", None), w)

    def enter(self, at: Drafting | None, language: str, event: gr.EventData) -> Any:
        """A cell was filled in: what follows."""
        if at is None:
            return gr.skip()
        with at.turn_taking:
            at.enter(str(getattr(event, "address", "")), str(getattr(event, "value", "")))
            return self._outcome(at, words(language))

    def take(self, at: Drafting | None, language: str, event: gr.EventData) -> Shown:
        """A filled-in sheet was given: the tables with its figures, and what follows."""
        w = words(language)
        if at is None:
            return gr.skip(), gr.skip()
        name, data = str(getattr(event, "name", "")), str(getattr(event, "data", ""))

        def made() -> Shown:
            at.take_file(name, _decoded(data, name))
            return self._whole(at, w)[:2]

        with at.turn_taking:
            return _told(made, lambda text: (gr.skip(), notice(text)), w)

    def override(self, at: Drafting | None, language: str, event: gr.EventData) -> Shown:
        """A reason was given for other 上年结转 than last year's report has, or taken back."""
        w = words(language)
        if at is None:
            return gr.skip(), gr.skip()
        with at.turn_taking:
            at.say_override(str(getattr(event, "value", "")))
            return _told(lambda: self._whole(at, w)[:2], lambda text: (gr.skip(), notice(text)), w)

    def say_fee(self, at: Drafting | None, fee: str, language: str) -> Any:
        """The fee was filled in."""
        if at is None:
            return gr.skip()
        with at.turn_taking:
            at.fee = fee
            return self._outcome(at, words(language), checked=True)

    def keep(self, at: Drafting | None, language: str, event: gr.EventData) -> Any:
        """A problem of last year's is to be said again, or no longer."""
        if at is None:
            return gr.skip()
        number, chosen = getattr(event, "index", 0), bool(getattr(event, "value", False))
        with at.turn_taking:
            at.keep = at.keep | {int(number)} if chosen else at.keep - {int(number)}
            return self._outcome(at, words(language), checked=True)

    def look(self, at: Drafting | None, language: str) -> Any:
        """Look the text through again."""
        if at is None:
            return gr.skip()
        with at.turn_taking:
            return self._outcome(at, words(language), checked=True)

    def show(self, at: Drafting | None, language: str) -> Shown:
        """The same draft in another language of the page."""
        w = words(language)
        if at is None:
            return el("p", esc(w.draft_which), cls="gj-hint gj-empty-panel"), ""
        with at.turn_taking:
            return _told(lambda: self._whole(at, w)[:2], lambda text: (notice(text), ""), w)

    def download(
        self,
        at: Drafting | None,
        bare: bool,
        allow: bool,
        language: str,
        event: gr.EventData,
    ) -> Any:
        """A file to take away, as a link that holds it; nothing is kept here."""
        suffix = str(getattr(event, "suffix", ""))
        if at is None or suffix not in (*WRITERS, SHEET):
            return gr.skip()
        w = words(language)

        def made() -> str:
            draft = at.draft(checked=suffix == ".json")
            if draft.failing and not allow and suffix != SHEET:
                gr.Warning(w.draft_failing)
                return ""
            return _file(draft.without_citations() if bare else draft, suffix)

        with at.turn_taking:
            return _told(made, _warned, w)

    def _whole(self, at: Drafting, w: Words) -> Shown:
        draft = at.draft(checked=True)
        return sheet(draft, at.typed, w, at.override), self._shown(at, draft, w), at

    def _outcome(self, at: Drafting, w: Words, *, checked: bool = False) -> Any:
        return _told(lambda: self._shown(at, at.draft(checked=checked), w), notice, w)

    def _shown(self, at: Drafting, draft: Draft, w: Words) -> str:
        problems = last_problems(at.source) if at.source is not None else ()
        return outcome(draft, problems, at.keep, w)


def _told(made: Callable[[], T], failed: Callable[[str], T], w: Words) -> T:
    """What an event makes, or its failure in one sentence."""
    try:
        return made()
    except GoujiError as error:
        return failed(str(error))
    except Exception:
        log.exception("a draft could not be shown")
        return failed(w.broken)


def _warned(text: str) -> str:
    gr.Warning(text)
    return ""


def _decoded(data: str, name: str) -> bytes:
    """The bytes of a file as the browser sent it.

    Raises:
        InputError: it is empty, too large, or was damaged on the way.
    """
    try:
        found = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not found or len(found) > LARGEST:
        raise InputError(
            "文件为空或太大 (empty or too large).",
            place=name,
            advice="请选择填报表 .xlsx，或 .csv、.json (choose the sheet).",
        )
    return found


def _file(draft: Draft, suffix: str) -> str:
    """A link with the content of a file."""
    path = Path(f"{draft.title}{suffix}")
    if suffix == SHEET:
        path = Path(f"{draft.body}{draft.year}年填报表{suffix}")
        (data,) = render(draft, (), path).values()
    else:
        (data,) = render(draft, (path,), None).values()
    content = base64.b64encode(data).decode()
    return el("a", "", href=f"data:{MIME};base64,{content}", download=path.name)
