"""Many questions at once: JSON lines in, one answer a line out, dialogues kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.ask import Desk
from assistant.query import Dialogue
from index.errors import InputError


def answer_file(path: Path, desk: Desk) -> Iterator[str]:
    """Answer each line of a question file, in order, as one line of JSON.

    Raises:
        InputError: the file cannot be read, or a line is no object with ``id`` and
            ``question``. Nothing is answered then.
    """
    for _, answer in answer_each(read_questions(path), desk):
        yield json.dumps(answer.to_json(), ensure_ascii=False)


def answer_each(
    items: Iterable[dict[str, Any]], desk: Desk
) -> Iterator[tuple[dict[str, Any], Answer]]:
    """Answer each question, in order.

    Turns of one ``dialogue`` share a conversation; a question without one stands alone.
    """
    dialogues: dict[str, Dialogue] = {}
    for item in items:
        name = item.get("dialogue")
        talk = None
        if name is not None:
            talk = dialogues.setdefault(str(name), desk.new_dialogue())
        yield item, desk.ask(item["question"], talk).model_copy(update={"id": str(item["id"])})


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a file of JSON lines.

    Raises:
        InputError: the file cannot be read, or a line is no object with ``id`` and
            ``question``.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"问题文件无法读取 (cannot be read): {error}",
            place=str(path),
            advice="需要 UTF-8 的 JSON Lines 文件 (a UTF-8 JSON Lines file).",
        ) from error
    items = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as error:
            raise InputError(f"不是 JSON (not JSON): {error}", place=f"{path}:{number}") from error
        if (
            not isinstance(item, dict)
            or "id" not in item
            or not isinstance(item.get("question"), str)
        ):
            raise InputError(
                "每行需要 id 和 question (each line needs id and question).",
                place=f"{path}:{number}",
            )
        items.append(item)
    return items
