"""Chat models over the question banks: one that helps, and one that means harm.

    python -m tests.questions.models STORE BANK…

asks every question of the banks without a model, with the helpful one and with the adversary, and
prints what either changed. The sample that the tests ask is `sample_of`.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Language
from assistant.ask import Desk
from assistant.batch import answer_each
from assistant.evaluation import read_bank
from assistant.helping.guard import unsupported
from assistant.helping.helped import Helper
from assistant.helping.readings import load_terms, nearest
from assistant.words.folding import fold_question
from tests.assistant.adversary import DIGITS, lies
from tests.assistant.model_helpers import reading, scripted

Speak = Callable[[str], str]
FENCED = re.compile(r"<<< (?P<mark>\w{12})\n(?P<text>.*?)\n(?P=mark) >>>", re.DOTALL)
READS = "程序不懂的词"
"""What only the message about a question that was not understood holds."""
PHRASED = {
    True: "The passage answers the question [[p1]].",
    False: "原文的这一段回答了所问的问题[[p1]]。",
}
"""What is said of any passage, in English (True) or Chinese."""
LIMIT = 50_000
LONGEST = 40
"""Characters of words that are taken for a term."""
EVERY = 12
"""The tests ask one question of so many …"""
PASSAGES = 3
"""… and as many that ask for a passage."""


def helpful(items: Iterable[dict[str, Any]]) -> Speak:
    """Knows what the words of some questions mean (``heard``), and says so in keys."""
    heard = {
        item["question"]: [{"words": words, "means": key} for words, key in item["heard"]]
        for item in items
        if "heard" in item
    }

    def speak(message: str) -> str:
        told = [m["text"] for m in FENCED.finditer(message)]
        if READS in message:
            return json.dumps({"readings": heard.get(told[0], [])}, ensure_ascii=False)
        return PHRASED[told[0].isascii()]

    return speak


def adversary(seed: int) -> Speak:
    """Says anything but the truth: other rows, bodies, years, numbers in every script, garbage."""
    drawn = random.Random(seed)  # noqa: S311 - the same every time

    def speak(message: str) -> str:
        told = [m["text"] for m in FENCED.finditer(message)]
        if READS in message:
            return _misreading(drawn, told[0], told[1])
        language = "en" if told[0].isascii() else "zh"
        return f"{lies(drawn, language)[1]} {PHRASED[told[0].isascii()]}"

    return speak


def _misreading(drawn: random.Random, question: str, lost: str) -> str:
    """A reading that is well formed, or nearly: of the lost words, or any, as any term."""
    start = drawn.randrange(len(question))
    some = question[start : start + drawn.randint(1, 12)]
    words = drawn.choice([*lost.split("、"), some, question, "".join(DIGITS["full"])])
    keys = [term.key for term in load_terms(drawn.choice(list(Language)))]
    means = drawn.choice([*keys, "t3.invented", "r1", "999"])
    also: dict[str, Any] = drawn.choice([{}, {}, {"years": [1999]}, {"reports": ["r2"]}])
    reply = json.dumps({"readings": [{"words": words, "means": means}], **also}, ensure_ascii=False)
    return drawn.choice([reply, reply, reply, f"好的，答案是 999 件。{reply}", "999", reply[:-3]])


def worst(question: str, residual: Sequence[str]) -> Iterator[str]:
    """Readings that the embedder may agree with: of words around those left over, as a term.

    Of all words that hold one of ``residual``, the shortest for each term that is nearest to some.
    """
    every = {
        question[start:end]
        for start in range(len(question))
        for end in range(start + 1, min(len(question), start + LONGEST) + 1)
    }
    seen: set[str | None] = {None}
    for words in sorted(every, key=lambda w: (len(w), w)):
        folded = fold_question(words)
        term = nearest(folded) if any(part in folded for part in residual) else None
        if term not in seen:
            seen.add(term)
            yield reading((words, str(term)))


def stated(answer: Answer) -> dict[str, Any]:
    """All that an answer states: its kind, value, figures with their statuses, reasons, checks."""
    names = ("kind", "value", "unit", "figures", "formula", "passages", "refusal", "clarify")
    return {name: getattr(answer, name) for name in (*names, "checks", "language")}


def desks(store: Path, speak: Speak) -> tuple[Desk, Desk]:
    """A desk without a model and one with it, over the same shelf."""
    alone, helped = Desk(store), Desk(store, helper=Helper(scripted(speak=speak, limit=LIMIT)))
    helped.shelf = alone.shelf
    return alone, helped


def both(
    items: Sequence[dict[str, Any]], store: Path, speak: Speak
) -> Iterator[tuple[dict[str, Any], Answer, Answer]]:
    """Each question with its answer without the model and with it."""
    alone, helped = desks(store, speak)
    without = answer_each(items, alone)
    for (item, answer), (_, other) in zip(without, answer_each(items, helped), strict=True):
        yield item, answer, other


def leaks(answer: Answer, question: str, desk: Desk) -> set[str]:
    """Numbers in an answer that its evidence does not hold."""
    return unsupported(answer, [question], desk.shelf.directory().title_numbers)


def sample_of(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One question of every few that stands alone, and some that ask for a passage."""
    alone = [item for item in items if "dialogue" not in item]
    passages = [item for item in alone if item["expect"]["kind"] == "passage"]
    return [*alone[::EVERY], *passages[:PASSAGES]]


def main(store: Path, banks: Sequence[Path]) -> None:
    """Ask all questions of some banks and print what a model changed."""
    items = [item for bank in banks for item in read_bank(bank)]
    for name, speak in (("helpful", helpful(items)), ("adversary", adversary(1))):
        understood = offered = phrased = changed = 0
        for item, answer, other in both(items, store, speak):
            use = other.model
            understood += bool(use and use.understood)
            offered += bool(use and use.offered)
            phrased += bool(use and use.phrased)
            if stated(answer) != stated(other) and not (
                name == "helpful" and use and use.understood
            ):
                changed += 1
                print(f"  changed: {item['id']} {item['question']} → {other.text}")
        counts = f"understood {understood}, offered {offered}, phrased {phrased}, changed {changed}"
        print(f"{name}: {len(items)} questions, {counts}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
