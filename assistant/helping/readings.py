"""What words of a question may be taken for: rows and columns of the form, and what is to be done.

Each has a key for a chat model, a description, and the words that the lexicon hears it by, which
take the place of those that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from assistant.answer import Language
from assistant.answering.explain import load_meanings
from assistant.answering.forms import labels
from assistant.lexicon import FOLDER
from assistant.words.likeness import NEAR
from index.formats import Form, load_forms
from index.report import Record
from index.script import to_traditional
from index.storage.embed import bundled
from index.words.load import read_words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

OPERATION = "operation"
LEAST, CLEAR = 2, 0.12
"""Characters of a word that means something by itself, and how much nearer than the next a term
is that is clearly meant."""
REMARK = re.compile(r"\s*[（(].*", re.DOTALL)
"""What a label says in brackets, which no question repeats."""


class _Words(Record):
    zh: str
    en: str


class _Data(Record):
    """``readings.yaml``; each list is described there."""

    instead: dict[str, _Words]
    operations: dict[str, _Words]


class Term(Record):
    """Something that words may be taken for.

    ``key`` is ``t3.new`` for a row, ``t3.*.natural_person`` for a column, ``operation.sum`` for
    what is to be done. ``words`` take the place of others in a question, ``about`` says more.
    """

    key: str
    words: str
    about: str


@cache
def load_terms(language: Language) -> tuple[Term, ...]:
    """All terms in the language of a question; those of the form first.

    Raises:
        LexiconError: ``readings.yaml`` is missing or malformed.
    """
    data = read_words(FOLDER / "readings.yaml", _Data)
    english = language is Language.EN
    found = []
    for key, own, about in _of_form(load_forms()[-1]):
        instead = data.instead.get(key, own)
        words = instead.en.lower() if english else instead.zh
        if words:
            found.append(Term(key=key, words=REMARK.sub("", words), about=about))
    found += [
        Term(key=f"{OPERATION}.{key}", words=own.en if english else own.zh, about="")
        for key, own in data.operations.items()
    ]
    if language is not Language.HANT:
        return tuple(found)
    return tuple(t.model_copy(update={"words": to_traditional(t.words)}) for t in found)


def _of_form(form: Form) -> Iterator[tuple[str, _Words, str]]:
    """Rows and columns of a form: key, label in both languages, meaning."""
    tables, meanings = form.tables, load_meanings()
    rows = [("t3", row.key) for row in tables.t3.rows]
    rows += [("t4", block.key) for block in tables.t4.blocks] + [("t4", "litigation")]
    rows += [("t2", row.key) for group in tables.t2.groups for row in group.rows]
    for table, row in rows:
        row_zh, row_en, *_ = labels(form, table, row, "total")
        meaning = getattr(meanings, table).get(row)
        about = f"{meaning.zh} {meaning.en}" if meaning is not None else ""
        yield f"{table}.{row}", _Words(zh=row_zh, en=row_en), about
    columns = [("t3", column.key) for column in tables.t3.columns] + [("t3", "organisations")]
    columns += [("t4", outcome.key) for outcome in tables.t4.outcomes]
    columns += [("t2", column.key) for group in tables.t2.groups for column in group.columns]
    for table, column in columns:
        *_, column_zh, column_en = labels(form, table, "", column)
        yield f"{table}.*.{column}", _Words(zh=column_zh, en=column_en), ""


def nearest(words: str) -> str | None:
    """The key of the row or column that the bundled embedder takes words for.

    None where none is near and clearly nearer than all others. Of single characters, and of what
    is to be done, it knows nothing.
    """
    if len(words) < LEAST:
        return None
    keys, known = _vectors()
    like = known @ bundled().encode([words])[0]
    second, first = like.argsort()[-2:]
    clear = float(like[first] - like[second]) >= CLEAR
    return keys[first] if clear and float(like[first]) >= NEAR else None


@cache
def _vectors() -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    """Vectors of rows and columns, each of all that is said of it in both languages."""
    told: dict[str, str] = {}
    for language in (Language.HANS, Language.EN):
        for term in load_terms(language):
            if not term.key.startswith(OPERATION):
                told[term.key] = f"{told.get(term.key, term.about)} {term.words}"
    return tuple(told), bundled().encode(list(told.values()))
