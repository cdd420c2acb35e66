"""A chat model that says what a script tells it, for tests and for trying things out.

``GOUJI_MODEL=scripted:FILE`` takes it instead of a real one. The file is YAML, a list of lines::

    - when: 踢皮球          # a pattern; the line fits where the last message holds it
      reply: '{"readings": []}'
    - reply: 没有可说的      # without "when": fits always
    - fails: no route       # the call fails

The first line that fits answers. It needs no network and no key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

from assistant.helping.spending import tokens_about
from index.report import Record
from index.words.load import read_words

PIECE = 8
"""Characters that are streamed at once."""


class ToolCall(Record):
    """A tool that a line calls, with its arguments."""

    name: str
    args: dict[str, Any]


class Line(Record):
    """What is said where the last message holds ``when`` (None: always)."""

    when: str | None = None
    reply: str = ""
    calls: tuple[ToolCall, ...] = ()
    fails: str | None = None

    def fits(self, message: str) -> bool:
        """Whether this line answers a message."""
        return self.when is None or re.search(self.when, message) is not None


class ScriptedModel(BaseChatModel):
    """Says its lines; ``speak``, where given, makes the reply of the last message instead.

    ``heard`` are the prompts so far: the texts of all messages of each call.
    """

    lines: tuple[Line, ...] = ()
    speak: Callable[[str], str] | None = Field(default=None, exclude=True)
    heard: list[str] = Field(default_factory=list)

    @classmethod
    def of_file(cls, path: Path) -> ScriptedModel:
        """The script of a file.

        Raises:
            LexiconError: the file is missing or malformed.
        """
        return cls(lines=read_words(path, tuple[Line, ...]))

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> ScriptedModel:
        """Itself: which tools it calls is in the script."""
        return self

    def _line(self, messages: list[BaseMessage]) -> Line:
        told = [str(m.content) for m in messages]
        self.heard.append("\n".join(told))
        if self.speak is not None:
            return Line(reply=self.speak(told[-1]))
        return next((line for line in self.lines if line.fits(told[-1])), Line())

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        line = self._line(messages)
        if line.fails is not None:
            raise ConnectionError(line.fails)
        calls: list[Any] = [
            {"name": call.name, "args": call.args, "id": f"call_{number}"}
            for number, call in enumerate(line.calls)
        ]
        usage = self._usage(line.reply)
        message = AIMessage(content=line.reply, tool_calls=calls, usage_metadata=usage)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        message = self._generate(messages).generations[0].message
        text = str(message.content)
        for start in range(0, len(text), PIECE):
            piece = AIMessageChunk(content=text[start : start + PIECE])
            yield ChatGenerationChunk(message=piece)
        last = AIMessageChunk(
            content="",
            tool_calls=message.tool_calls if isinstance(message, AIMessage) else [],
            usage_metadata=self._usage(text),
        )
        yield ChatGenerationChunk(message=last)

    def _usage(self, reply: str) -> UsageMetadata:
        told, said = tokens_about(self.heard[-1]), tokens_about(reply)
        return UsageMetadata(input_tokens=told, output_tokens=said, total_tokens=told + said)
