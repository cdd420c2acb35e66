"""The chat model, if one is configured: asked in plain calls, counted, kept, never waited for long.

It is the only door to it. LangChain is imported when the first question needs it.
"""

from __future__ import annotations

import logging
import os
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from assistant.helping.instructions import load_instructions
from assistant.helping.spending import Spending, tokens_about
from index.errors import LexiconError, ModelError

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

    from assistant.settings import Settings

log = logging.getLogger(__name__)

SCRIPTED = "scripted"
OPENAI = "openai"
MOST_KEPT = 256
"""Replies that are kept for identical calls."""
LONGEST_REPLY = 4000
"""Characters; what goes on for longer is not what was asked for."""
REST = 60.0
"""Seconds that a model which could not be reached is left alone."""
THINKING = re.compile(r"\s*<think>.*?</think>\s*", re.DOTALL)
"""What some models think aloud before they reply."""


class Model:
    """One chat model. It may be asked from several threads at once."""

    def __init__(
        self, name: str, set_up: Callable[[], BaseChatModel], *, seconds: float, limit: int
    ) -> None:
        """Take what sets up a chat model of LangChain, which takes seconds to import.

        Args:
            name: how it is called in messages.
            set_up: gives the model when the first question needs it; may raise ModelError.
            seconds: the longest that a call may take.
            limit: tokens that a question may cost.
        """
        load_instructions()  # a malformed one is told now, and not with the first question
        self.name = name
        self._set_up, self._seconds, self._limit = set_up, seconds, limit
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._keeping = Lock()
        self._rests_until = 0.0

    @cached_property
    def chat(self) -> BaseChatModel:
        """The chat model itself.

        Raises:
            ModelError: it cannot be set up: a library or key is missing, or there is no such
                provider.
        """
        return self._set_up()

    def spending(self) -> Spending:
        """What a new question may cost."""
        return Spending(self._limit)

    def reply(self, instructions: str, message: str, spending: Spending) -> str:
        """What the model says; of a call that was made before, what it said then.

        Args:
            instructions: what it is told as the system.
            message: what it is told as the user.
            spending: what the question may cost, which is charged.

        Raises:
            ModelError: it cannot be reached, fails, says too much or nothing, or the call would
                cost more than is left.
        """
        key = (instructions, message)
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        if tokens_about(instructions + message) > spending.left:
            raise self._error("这个问题的词元预算用完了 (the token budget is spent).", budget=True)
        if monotonic() < self._rests_until:
            raise self._error("刚才连不上，稍后再试 (could not be reached a moment ago).")
        said = self._said(instructions, message, spending)
        with self._keeping:
            self._kept[key] = said
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return said

    def _said(self, instructions: str, message: str, spending: Spending) -> str:
        """One call, streamed, so that one that takes too long or says too much can be ended."""
        from langchain_core.messages import HumanMessage, SystemMessage
        from langsmith.run_helpers import tracing_context

        text, used, chat = "", 0, self.chat
        until = monotonic() + self._seconds
        try:
            with tracing_context(enabled=False):  # nothing goes to anyone but the model
                told = [SystemMessage(instructions), HumanMessage(message)]
                for piece in chat.stream(told):
                    text += piece.text
                    used += (getattr(piece, "usage_metadata", None) or {}).get("total_tokens", 0)
                    if monotonic() > until or len(text) > LONGEST_REPLY:
                        break
        except Exception as error:  # whatever a client library raises for whatever a server does
            self._rests_until = monotonic() + REST
            log.info("the chat model %s failed: %s", self.name, type(error).__name__)
            raise self._error(f"没有给出回答 (did not answer): {_cause(error)}.") from error
        finally:
            spending.pay(used or (tokens_about(instructions + message + text) if text else 0))
        if monotonic() > until:
            self._rests_until = monotonic() + REST
            raise self._error("超时 (took too long).")
        said = THINKING.sub("", text).strip()
        if not said or len(text) > LONGEST_REPLY:
            raise self._error("回答为空或过长 (the reply is empty or too long).")
        return said

    def _error(self, what: str, *, budget: bool = False) -> ModelError:
        advice = (
            "可调大 GOUJI_MODEL_TOKENS (raise GOUJI_MODEL_TOKENS)。"
            if budget
            else "以下是不用模型的回答 (this is the answer without it)。"
        )
        return ModelError(f"语言模型{what}", place=self.name, advice=advice)


def _cause(error: Exception) -> str:
    """What went wrong, without anything that a message of a server or client may hold."""
    status = getattr(error, "status_code", None)
    return f"{type(error).__name__} {status}" if status is not None else type(error).__name__


def load_model(settings: Settings, environment: Mapping[str, str] | None = None) -> Model | None:
    """The model that is configured, None where none is. It is set up when it is first asked.

    Raises:
        ModelError: the setting is no name of a model.
    """
    if settings.model is None:
        return None
    provider, _, name = settings.model.partition(":")
    if not name:
        raise ModelError(
            "需要“提供者:名称” (PROVIDER:NAME is needed).",
            place=f"GOUJI_MODEL={settings.model}",
            advice="例如 (for example) openai:qwen3",
        )
    options = {"timeout": settings.model_seconds, "max_retries": 1}
    if provider == OPENAI:
        options |= _of_openai(os.environ if environment is None else environment)
    set_up = (
        partial(_script, name)
        if provider == SCRIPTED
        else partial(_client, settings.model, options)
    )
    return Model(
        settings.model, set_up, seconds=settings.model_seconds, limit=settings.model_tokens
    )


def _script(file: str) -> BaseChatModel:
    from assistant.helping.scripted import ScriptedModel

    try:
        return ScriptedModel.of_file(Path(file))
    except LexiconError as error:
        raise ModelError(error.message, place=file) from error


def _of_openai(values: Mapping[str, str]) -> dict[str, Any]:
    """Options of OpenAI's client, and of everything that speaks like OpenAI's server.

    The older interface is used, which Ollama, vLLM, DeepSeek and Qwen have as well. Servers of
    one's own want no key, but the client does.
    """
    options: dict[str, Any] = {"stream_usage": True, "use_responses_api": False}
    if values.get("OPENAI_BASE_URL"):
        options["base_url"] = values["OPENAI_BASE_URL"]
        options["api_key"] = values.get("OPENAI_API_KEY") or "none"
    return options


def _client(name: str, options: Mapping[str, Any]) -> BaseChatModel:
    try:
        from langchain.chat_models import init_chat_model

        made: BaseChatModel = init_chat_model(name, **options)
    except ImportError as error:
        raise ModelError(
            f"缺少这个提供者的库 (its library is missing): {error.name}.",
            place=name,
            advice="安装 (install): pip install 'gouji[model]'",
        ) from error
    except Exception as error:  # each provider's library has errors of its own: no key, bad name
        raise ModelError(
            f"语言模型无法设置 (cannot be set up): {type(error).__name__}.",
            place=name,
            advice="请检查名称、OPENAI_API_KEY 和 OPENAI_BASE_URL (check name, key and address).",
        ) from error
    return made
