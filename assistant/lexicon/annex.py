"""Words for the rows of annexed tables: the labels of the form files, and how people say them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.lexicon import FOLDER, Lexicon, Pattern, compile_pattern
from index.errors import LexiconError
from index.formats import AnnexRow, Form, Term, form_named
from index.report import ReportCard
from index.script import fold
from index.words import fold_phrases

NAME = "annex.yaml"
GLOSS = re.compile(r"[(][^()]*[)]")
NUMBER_OF = re.compile(r"(?:总次数|次数|总数|数量|数)$")
"""What a label ends in and a question may leave out."""
LEAST = 3
"""Characters of a label that name a row by themselves."""


def words_for(lexicon: Lexicon, cards: Iterable[ReportCard], *, named: bool = True) -> Lexicon:
    """The lexicon for questions about some reports.

    Where all of them have an annexed table, its rows come first, in all the words for them; where
    some do (2018 beside 2019), only its labels, so that the words keep the meaning they have for
    the others. Reports without any table have only their text. ``named``: whether the question
    names the reports; else they are all there are, and only all of them together count.
    """
    forms = [form_named(card.form) for card in cards if card.statuses]
    old = list({f.id: f for f in forms if f is not None and f.annex is not None}.values())
    alone = len(old) == len({f and f.id for f in forms})
    if not old or not (named or alone):
        return lexicon
    rows, columns = _patterns(tuple(old), said=alone)
    return replace(
        lexicon,
        rows=(*rows, *lexicon.rows),
        columns=(*columns, *lexicon.columns),
        common=lexicon.common | _units(tuple(old)),
    )


@cache
def load_sayings(folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """How people name the rows, by key.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    try:
        data: Any = yaml.load((folder / NAME).read_text("utf-8"), Loader=yaml.CSafeLoader)
        return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise LexiconError(f"词表有误 (malformed): {error}", place=NAME) from error


@cache
def _patterns(
    forms: tuple[Form, ...], *, said: bool
) -> tuple[tuple[Pattern, ...], tuple[Pattern, ...]]:
    """Patterns of the rows and columns of some forms; ``said``: with how people say them."""
    rows: list[Pattern] = []
    columns: list[Pattern] = []
    for form in forms:
        for key, words in _of_form(form, said=said):
            rows.append(Pattern("annex", key, True, compile_pattern(words, f"{NAME}: {key}")))
        for column in form.annex.columns if form.annex is not None else ():
            head = compile_pattern(
                f"{_stem(column.label)}(的|数|数量)?", f"{form.id}: {column.key}"
            )
            columns.append(Pattern("annex", column.key, True, head))
    return tuple(rows), tuple(columns)


@cache
def _units(forms: tuple[Form, ...]) -> frozenset[str]:
    """The units of the rows, which say nothing more in a question: 多少篇."""
    units = {row.unit for form in forms for row in form.annex_rows.values() if row.unit}
    units.update(unit for form in forms if form.annex is not None for unit in form.annex.units)
    return frozenset(units)


def _of_form(form: Form, *, said: bool) -> Iterator[tuple[str, str]]:
    """(row, pattern) of each row that carries figures."""
    labels = [r.label for r in form.annex_rows.values()]
    for row in form.annex_rows.values():
        if not row.cells:
            continue
        above = ""
        if labels.count(row.label) > 1 and row.parent is not None:  # 其他情形数 of 行政复议
            above = _stem(form.annex_rows[row.parent].label) + "[^,，。]{0,8}?"
        for stem in dict.fromkeys(_stems(row)):
            yield row.key, f"{above}{stem}(总次数|次数|总数|数量|件数|数)?(的)?"
        for pattern in load_sayings().get(row.key, ()) if said else ():
            yield row.key, pattern


def _stems(row: AnnexRow) -> Iterator[str]:
    for label in (row.label, *row.aliases):
        stem = _stem(label)
        if len(stem) >= LEAST:
            yield stem


def _stem(label: str) -> str:
    """A label as a pattern, without what a question leaves out: explanations, the final 数."""
    bare = GLOSS.sub("", fold_phrases(fold(label).text.lower()))
    bare = NUMBER_OF.sub("", bare)
    return "".join(re.escape(c) if c.isalnum() else r"[^\w\s]?" for c in bare)


def without_totals(rows: list[str], forms: Iterable[Form]) -> list[str]:
    """Rows without those that others named beside them are a part of: 申请里网络提交的."""
    trees = [form.annex_rows for form in forms]
    above = {a for tree in trees for key in rows if key in tree for a in _ancestors(key, tree)}
    return [key for key in rows if key not in above]


def _ancestors(key: str, tree: dict[str, AnnexRow]) -> Iterator[str]:
    parent = tree[key].parent
    while parent is not None:
        yield parent
        parent = tree[parent].parent


def parts_of(key: str, forms: Iterable[Form]) -> list[Term]:
    """The rows that an annexed table prints under a row, in order."""
    for form in forms:
        found: list[Term] = [r for r in form.annex_rows.values() if r.parent == key and r.cells]
        if found:
            return found
    return []


def parent_of(key: str, forms: Iterable[Form]) -> str | None:
    """The row with figures that a row is printed under, None where there is none."""
    for form in forms:
        row = form.annex_rows.get(key)
        if row is not None and row.parent is not None and form.annex_rows[row.parent].cells:
            return row.parent
    return None
