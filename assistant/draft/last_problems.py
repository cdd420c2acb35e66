"""The problems that last year's report named, each with the paragraph it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.passages import sentences
from index.record import Record
from index.report import Passage, Report
from index.script import fold_same_length
from index.words.load import compile_words

FILE = Path(__file__).with_suffix(".yaml")
PROBLEMS = 5
"""The section that names them."""
ITEM_END = re.compile(r"(?<=[；;])")
STOPS = "。；;！!"


class Words(Record):
    """The entries of ``last_problems.yaml``; each is described there."""

    general: tuple[str, ...]
    plan: tuple[str, ...]
    problem: tuple[str, ...]
    fault: tuple[str, ...]
    lead: str
    mark: str
    shortest: int


@dataclass(frozen=True)
class Patterns:
    """The same, compiled."""

    general: re.Pattern[str]
    plan: re.Pattern[str]
    problem: re.Pattern[str]
    fault: re.Pattern[str]
    lead: re.Pattern[str]
    mark: re.Pattern[str]
    shortest: int


@dataclass(frozen=True)
class Problem:
    """A problem as printed, without the stop after it, and its paragraph."""

    text: str
    passage: Passage


@cache
def load_patterns(path: Path = FILE) -> Patterns:
    """The patterns of the file.

    Raises:
        LexiconError: the file is missing or malformed, or a pattern does not compile.
    """
    return compile_words(path, Words, _compiled)


def _compiled(words: Words) -> Patterns:
    return Patterns(
        general=re.compile("|".join(words.general)),
        plan=re.compile("|".join(words.plan)),
        problem=re.compile("|".join(words.problem)),
        fault=re.compile("|".join(words.fault)),
        lead=re.compile(words.lead),
        mark=re.compile(words.mark),
        shortest=words.shortest,
    )


def last_problems(report: Report) -> tuple[Problem, ...]:
    """What section five of a report names as problems, in reading order.

    Plans and what was done about earlier problems are none. Empty where nothing is recognised.
    """
    words, told, planned = load_patterns(), False, False
    found: list[Problem] = []
    for passage in report.passages:
        if passage.section != PROBLEMS:
            continue
        folded = fold_same_length(passage.text)
        for start, end in sentences(passage.text):
            said = folded[start:end]
            if words.general.search(said):
                continue
            if words.plan.search(said):
                told, planned = False, True
            elif words.fault.search(said) or _names(said, words, planned=planned):
                told = True
            if told:
                items = _items(passage.text[start:end], words)
                found.extend(Problem(text, passage) for text in items)
    return tuple(found)


def _names(said: str, words: Patterns, *, planned: bool) -> bool:
    """Whether a sentence names problems; among plans it has to lead to them."""
    named = words.problem.search(said) is not None
    return named and (not planned or words.lead.match(said) is not None)


def _items(sentence: str, words: Patterns) -> Iterator[str]:
    """The problems of a sentence: its items, without what leads to them and their marks."""
    for item in ITEM_END.split(sentence):
        folded = fold_same_length(item)
        lead = words.lead.match(folded)
        start = lead.end() if lead else 0
        mark = words.mark.match(folded[start:].lstrip())
        start += len(folded[start:]) - len(folded[start:].lstrip()) + (mark.end() if mark else 0)
        text = item[start:].strip().rstrip(STOPS)
        if len(text) >= words.shortest:
            yield text
