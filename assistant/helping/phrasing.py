"""Sentences by a chat model over given evidence: guarded, tried twice, and never needed.

What the model writes is in keys; what the guard refuses is never shown. After one retry, which
names the fault, the words stay as they were without a model.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from assistant.answer import Answer, Kind, Language
from assistant.helping.guard import Fault, FaultKind, Names, faults
from assistant.helping.instructions import load_instructions
from assistant.helping.material import Material, fenced, of_passages
from assistant.helping.model import Model
from assistant.helping.spending import Spending
from index.errors import ModelError
from index.report import Record
from index.script import to_traditional

log = logging.getLogger(__name__)

TRIES = 2
LANGUAGES = {
    Language.HANS: "简体中文",
    Language.HANT: "繁體中文",
    Language.EN: "English",
}
MOST_TOLD = 5
"""Faults that a retry names."""
FAULTS = {
    FaultKind.HIDDEN: "有看不见的字符",
    FaultKind.KEY: "没有这个键，或者漏了、重复了",
    FaultKind.NUMBER: "写了数字",
    FaultKind.DATE: "写了日期",
    FaultKind.NAME: "写了材料里没有的名称",
    FaultKind.SCRIPT: "用了别的文字",
    FaultKind.SIGN: "用了不许用的符号",
    FaultKind.UNCITED: "这一句没有写出依据的键",
    FaultKind.LENGTH: "太长",
}
"""How a retry names a fault."""


class Guarded(Record):
    """A text that may be shown. ``by_model``: it is the model's, else the one without a model.

    ``refused`` are the faults of what the model wrote before, ``trouble`` why it could not be
    asked.
    """

    text: str
    by_model: bool
    refused: tuple[Fault, ...] = ()
    trouble: str = ""


class Writer:
    """Writes for one question, with one model."""

    def __init__(self, model: Model, spending: Spending, names: Names) -> None:
        """Take who writes, what it may cost, and what finds the names of bodies and places."""
        self._model, self._spending, self._names = model, spending, names

    def phrase_answer(self, answer: Answer, question: str) -> Guarded:
        """An answer about passages in a sentence or three, a citation after each claim.

        An answer of another kind stays as it is: its sentences are made of its figures.
        """
        if answer.kind is not Kind.PASSAGE or not answer.passages:
            return Guarded(text=answer.text, by_model=False)
        instructions = load_instructions()["phrase"].filled(language=LANGUAGES[answer.language])
        material = of_passages(answer.passages)
        message = f"问题：\n{fenced(question)}\n\n原文：\n{material.told()}"
        return self._written(instructions, message, material, answer.text, answer.language)

    def phrase_draft(
        self, material: Material, task: str, plain: str, language: Language = Language.HANS
    ) -> Guarded:
        """A paragraph of a draft from its evidence.

        Args:
            material: the evidence (`assistant.helping.material.of_figures`): what each item prints
                is a whole phrase, number and noun, so that no number can be put to another noun.
            task: what the paragraph is about, in a sentence without numbers.
            plain: the paragraph as it is written without a model.
            language: language and script of the draft.
        """
        instructions = load_instructions()["draft"].filled(task=task)
        message = f"事项：\n{material.told()}"
        return self._written(instructions, message, material, plain, language)

    def _written(
        self, instructions: str, message: str, material: Material, plain: str, language: Language
    ) -> Guarded:
        """What the model writes once the guard has nothing against it, else ``plain``."""
        refused: list[Fault] = []
        told = message
        for _ in range(TRIES):
            try:
                text = self._model.reply(instructions, told, self._spending)
            except ModelError as error:
                return Guarded(
                    text=plain, by_model=False, refused=tuple(refused), trouble=str(error)
                )
            found = faults(text, material, language, self._names)
            if not found:
                shown = material.filled(text)
                shown = to_traditional(shown) if language is Language.HANT else shown
                return Guarded(text=shown, by_model=True, refused=tuple(refused))
            kinds = sorted({fault.kind.value for fault in found})
            log.info("a text of the model %s was refused: %s", self._model.name, ", ".join(kinds))
            refused += found
            told = f"{message}\n\n{_named(found)}"
        return Guarded(text=plain, by_model=False, refused=tuple(refused))


def _named(found: Sequence[Fault]) -> str:
    """What was wrong with the text before, for the retry."""
    lines = [f"- {FAULTS[fault.kind]}：{fault.found}" for fault in found[:MOST_TOLD]]
    return "\n".join(["上一次写的不能用，因为：", *lines, "请按规则重写。"])
