"""What a label of running text means in a form: the words of ``stated.yaml`` compiled for it.

The names of rows and columns are those that the form prints, and what running text calls them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from index.formats import Form, form_named
from index.script import fold_same_length
from index.words.stated import Meaning, StatedWords, load_stated

LONGEST = 16
"""Characters at the end of a longer label that may mean a cell."""
KNOWN = 4096
"""Labels whose meaning is kept: reports have many in common."""


@dataclass(frozen=True)
class Meant:
    """What a label means, whom it names as doing it (""), and whether it says nothing else."""

    meaning: Meaning
    who: str
    whole: bool


class Meanings:
    """The meanings of a form, the first that fits a label counts."""

    def __init__(self, form: Form, words: StatedWords) -> None:
        """Compile; a pattern that does not is a fault of the shipped file."""
        self.meanings = list(_each(form, words))
        patterns = [
            rf"(?P<m{number}>{'|'.join(_filled(meaning, words))})"
            for number, meaning in enumerate(self.meanings)
        ]
        core, lead = "|".join(patterns), filled(words.lead, words)
        self._whole = re.compile(rf"(?P<who>{words.who})??{lead}*(?:{core})")
        self._ending = re.compile(rf"(?:{core})\Z")
        self._hint = re.compile("|".join(words.hints))
        self.goes_on = re.compile(words.goes_on)
        self.units = frozenset(unit for f in words.families.values() for unit in f.units)
        self.of = lru_cache(maxsize=KNOWN)(self._of)
        """What a label means; None where no meaning fits."""

    def _of(self, label: str) -> Meant | None:
        if self._hint.search(label) is None:
            return None
        found = self._whole.fullmatch(label)
        if found is not None:
            return self._meant(found, found["who"] or "", whole=True)
        found = self._ending.search(label, max(len(label) - LONGEST, 0))
        return self._meant(found, "", whole=False) if found is not None else None

    def called(self, key: str) -> Meaning:
        """The meaning of a key."""
        return next(m for m in self.meanings if m.key == key)

    def _meant(self, found: re.Match[str], who: str, *, whole: bool) -> Meant:
        number = next(n for n in range(len(self.meanings)) if found[f"m{n}"] is not None)
        return Meant(self.meanings[number], who, whole)


@cache
def meanings_of(form_id: str) -> Meanings:
    """The meanings of a shipped form, compiled when first used."""
    form = form_named(form_id)
    if form is None:
        raise ValueError(form_id)
    return Meanings(form, load_stated())


def _each(form: Form, words: StatedWords) -> Iterator[Meaning]:
    """Every meaning; one for each row or column that stands for several."""
    for meaning in words.meanings:
        if not meaning.each:
            yield meaning
        for key in meaning.each:
            names = [*_printed(form, key), *meaning.called.get(key, ())]
            if names:
                yield _for(meaning, key, names)


def _for(meaning: Meaning, key: str, names: list[str]) -> Meaning:
    name = f"(?:{'|'.join(re.escape(n) for n in sorted(set(names), key=len, reverse=True))})"
    return meaning.model_copy(
        update={
            "key": f"{meaning.key}:{key}",
            "cells": tuple(c.replace("{row}", key).replace("{column}", key) for c in meaning.cells),
            "words": tuple(w.replace("{name}", name) for w in meaning.words),
        }
    )


def _printed(form: Form, key: str) -> list[str]:
    """What a form calls a row or a column of table three; nothing where it has none."""
    terms = [t for t in (*form.tables.t3.rows, *form.tables.t3.columns) if t.key == key]
    return [fold_same_length(name) for t in terms for name in (t.label, *t.aliases)]


def _filled(meaning: Meaning, words: StatedWords) -> Iterator[str]:
    """The patterns of a meaning with the fragments put in."""
    return (filled(pattern, words) for pattern in meaning.words)


def filled(pattern: str, words: StatedWords) -> str:
    """A pattern with the fragments put in."""
    return _put(pattern, _fragments(words))


def _fragments(words: StatedWords) -> dict[str, str]:
    """The fragments, each with those before it put in."""
    known: dict[str, str] = {}
    for name, pattern in words.fragments.items():
        known[name] = _put(pattern, known)
    return known


def _put(pattern: str, known: dict[str, str]) -> str:
    for name, fragment in known.items():
        pattern = pattern.replace(f"{{{name}}}", fragment)
    return pattern
