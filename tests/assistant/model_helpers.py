"""Desks with a scripted chat model, and the models they have."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.ask import Desk
from assistant.helping.helped import Helper
from assistant.helping.model import Model
from assistant.helping.scripted import Line, ScriptedModel

LIMIT = 20_000
"""Tokens, enough for any question."""


def scripted(*lines: Line, speak: Callable[[str], str] | None = None, limit: int = LIMIT) -> Model:
    """A model that says its lines, or what ``speak`` makes of a message."""
    chat = ScriptedModel(lines=lines, speak=speak)
    return Model("scripted:test", lambda: chat, seconds=5, limit=limit)


def reading(*pairs: tuple[str, str], **also: Sequence[object]) -> str:
    """What a model says that takes words for terms: (words, key) each."""
    readings = [{"words": words, "means": key} for words, key in pairs]
    return json.dumps({"readings": readings, **also}, ensure_ascii=False)


def helped(store: Path, *lines: Line, answers: bool = False) -> Desk:
    """A desk whose model says some lines; ``answers``: what it alone hears is answered."""
    return Desk(store, helper=Helper(scripted(*lines), "answer" if answers else "offer"))


def always(reply: str) -> Line:
    """The line of a model that always says the same."""
    return Line(reply=reply)
