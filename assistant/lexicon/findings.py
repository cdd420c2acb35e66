"""How people ask what is wrong with reports: families of checks, and the words for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from assistant.lexicon import FOLDER, compile_pattern
from index.report import Check, Record, Span, Strength
from index.words.load import read_words

NAME = "findings.yaml"
WHOLE = "report"
"""The family of all checks: what is wrong with a report."""
ACROSS = "X-"
"""How the codes of checks between reports begin."""

ALIKE = ("X-COPIED", "X-ALIKE")
"""Codes of the checks that hold texts against each other."""


class Family(Record):
    """Checks that people ask for by one name.

    ``codes`` are beginnings of codes, ``strengths`` those that are told (empty: all). ``asks``
    are patterns over a folded question, ``named`` those that mean it only where a report is named.
    ``by_part``: of a part of the report that is named (第六部分) only what is about it is told.
    """

    codes: tuple[str, ...] = Field(min_length=1)
    strengths: tuple[Strength, ...] = ()
    by_part: bool = False
    zh: str
    en: str
    asks: tuple[str, ...] = Field(min_length=1)
    named: tuple[str, ...] = ()

    def has(self, check: Check) -> bool:
        """Whether a check is one of these."""
        told = not self.strengths or check.strength in self.strengths
        return told and check.code.startswith(self.codes)

    def tells(self, check: Check, part: str | None = None) -> bool:
        """Whether a check is one of these and does not hold, in a part that is named."""
        meant = part is None or not self.by_part or part in check.scope_label
        return meant and check.fails and self.has(check)

    @property
    def counts_pairs(self) -> bool:
        """Whether all of them compare figures of two reports, so that they need another one."""
        return all(code.startswith(ACROSS) and code not in ALIKE for code in self.codes)


class Families(Record):
    """``findings.yaml``: the families by name."""

    families: dict[str, Family]


@dataclass(frozen=True)
class Asking:
    """Words of a question that ask for a family; ``named``: only of a report that is named."""

    family: str
    span: Span
    named: bool

    @property
    def size(self) -> int:
        """Characters of the words."""
        return self.span[1] - self.span[0]


@cache
def load_families(folder: Path = FOLDER) -> Mapping[str, Family]:
    """Load and check the families.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return read_words(folder / NAME, Families).families


def askings(folded: str) -> list[Asking]:
    """Words of a folded question that may ask for findings, the longest first."""
    found = [
        Asking(family, match.span(), named)
        for family, named, pattern in _patterns()
        for match in pattern.finditer(folded)
        if match[0].strip()
    ]
    return sorted(found, key=lambda asking: -asking.size)


@cache
def _patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    return tuple(_compiled())


def _compiled() -> Iterator[tuple[str, bool, re.Pattern[str]]]:
    for key, family in load_families().items():
        for named, patterns in ((False, family.asks), (True, family.named)):
            for pattern in patterns:
                yield key, named, compile_pattern(pattern, f"{NAME}: {key}")
