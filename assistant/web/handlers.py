"""What happens on the pages: each method is one event, each returns what to show.

The only state is the `Conversation` of the browser session, which gradio hands in and keeps
on the server. Errors that Gouji knows are shown as their one sentence; others are logged.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from assistant.web import catalogue
from assistant.web.conversation import Conversation, Turn, messages, spoken, steps
from assistant.web.desk import Desk, fetch
from assistant.web.evidence import panel
from assistant.web.examples import examples
from assistant.web.languages import words
from assistant.web.markup import el, esc
from assistant.web.words import Words
from index.errors import GoujiError
from index.report import ReportCard

log = logging.getLogger(__name__)

STEP_SECONDS = 0.02
LONGEST_QUESTION = 2000
LONGEST_WAIT = 60.0
"""Seconds that a question waits for the one before it."""
_TURN = re.compile(r"gj-(\d{1,6})(?:-\d{1,6})?")

Shown = tuple[Any, ...]


class Handlers:
    """The events of the pages over one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self, question: str, talk: Conversation | None, language: str) -> Iterator[Shown]:
        """Answer a question: chat, evidence, conversation; several times over."""
        w = words(language)
        talk = talk or Conversation()
        question = (question or "").strip()[:LONGEST_QUESTION]
        if not question:
            gr.Info(w.ask_first)
            yield gr.skip(), gr.skip(), talk
            return
        held = talk.turn_taking.acquire(timeout=LONGEST_WAIT)
        try:
            turn = Turn(question)
            talk.turns.append(turn)
            yield messages(talk, w), gr.skip(), talk
            self._answer(turn, talk, w)
            talk.shown = len(talk.turns) - 1
            evidence: Any = self._evidence(talk, w)
            if turn.answer is not None:
                for so_far in steps(spoken(turn.answer)):
                    yield messages(talk, w, so_far), evidence, talk
                    evidence = gr.skip()
                    time.sleep(STEP_SECONDS)
            yield messages(talk, w), evidence, talk
        finally:
            if held:
                talk.turn_taking.release()

    def pick(
        self, talk: Conversation | None, language: str, event: gr.EventData
    ) -> Iterator[Shown]:
        """Ask the question of a button: an example, or a candidate of a clarification."""
        value = getattr(event, "value", "")
        question = value.get("text", "") if isinstance(value, dict) else value
        yield from self.ask(str(question), talk, language)

    def show(self, talk: Conversation | None, language: str, event: gr.EventData) -> Shown:
        """Show the evidence of an earlier answer, whose citation was opened in the chat."""
        talk = talk or Conversation()
        match = _TURN.fullmatch(str(getattr(event, "value", "")))
        if match and int(match[1]) < len(talk.turns):
            talk.shown = int(match[1])
        return self._evidence(talk, words(language)), talk

    def renew(self, language: str) -> Shown:
        """Begin a new conversation: empty chat and evidence, a new dialogue, an empty box."""
        talk = Conversation()
        return messages(talk, words(language)), self._evidence(talk, words(language)), talk, ""

    def open_report(self, language: str, event: gr.EventData) -> Shown:
        """Show one report's tables: the panel, and the report's id."""
        chosen = str(getattr(event, "value", ""))
        return self._report(chosen, words(language)), chosen

    def refresh(self, talk: Conversation | None, chosen: str | None, language: str) -> Shown:
        """Everything on the pages in a language: at opening, and when the switch is used."""
        w = words(language)
        talk = talk or Conversation()
        cards, trouble = self._cards()
        return (
            header(w),
            gr.update(
                value=messages(talk, w),
                label=w.chat_label,
                placeholder=_welcome(cards, trouble, w),
                examples=[{"text": q} for q in examples(cards, w)],
            ),
            gr.update(label=w.ask_label, placeholder=w.ask_placeholder, submit_btn=w.ask),
            gr.update(value=w.new),
            self._evidence(talk, w),
            catalogue.legend(w),
            gr.update(label=w.tab_chat),
            gr.update(label=w.tab_reports.format(n=len(cards))),
            _list(cards, trouble, w),
            self._report(chosen, w),
            talk,
        )

    def _answer(self, turn: Turn, talk: Conversation, w: Words) -> None:
        """Put the question to the desk; whatever happens, the turn says something after."""
        try:
            if talk.dialogue is None:
                talk.dialogue = self._desk.new_dialogue()
            turn.answer = self._desk.ask(turn.question, talk.dialogue, offer=True)
        except GoujiError as error:
            turn.error = str(error)
        except Exception:
            log.exception("a question was not answered")
            turn.error = w.broken

    def _evidence(self, talk: Conversation, w: Words) -> str:
        shown = talk.shown
        turn = talk.turns[shown] if shown is not None else None
        inner = ""
        if turn is not None and turn.answer is not None:
            inner = panel(turn.answer, shown or 0, partial(fetch, self._desk), w, turn.question)
        if inner:
            return inner
        hint = el(
            "p", esc(w.evidence_none if turn else w.evidence_empty), cls="gj-hint gj-empty-panel"
        )
        return hint if turn else hint + catalogue.meanings(w)

    def _report(self, chosen: str | None, w: Words) -> str:
        if not chosen:
            return el("p", esc(w.pick_report), cls="gj-hint gj-empty-panel")
        try:
            report, found = fetch(self._desk, chosen), self._desk.findings(chosen)
            return catalogue.report_view(report, w, found, partial(fetch, self._desk))
        except GoujiError as error:
            return catalogue.notice(str(error))

    def _cards(self) -> tuple[list[ReportCard], str]:
        """The reports, or the sentence that says why there are none to show."""
        try:
            return list(self._desk.reports()), ""
        except GoujiError as error:
            return [], str(error)


def header(w: Words) -> str:
    """The head of the page: the name and what it promises."""
    name = el("h1", '勾稽 <span lang="en">Gouji</span>')
    return el("header", name + el("p", esc(w.tagline)), cls="gj-header")


def _welcome(cards: list[ReportCard], trouble: str, w: Words) -> str:
    if cards:
        return el("h2", esc(w.welcome)) + el("p", esc(w.welcome_hint))
    return _list(cards, trouble, w)


def _list(cards: list[ReportCard], trouble: str, w: Words) -> str:
    if cards:
        return catalogue.card_list(cards, w)
    return (catalogue.notice(trouble) if trouble else "") + catalogue.empty_store(w)
