"""Printed labels to keys of the form, allowing for what scraping does to labels.

A label matches exactly (number and punctuation aside), by an alias, by its beginning where a
gloss or a line break cut it, or as an official label that lost characters: then the printed
one must be a subsequence of exactly one official label. Short labels that occur twice in the
form (其他, 总计) only match with their number or right after the row before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from index.amounts import HEAD_UNITS
from index.formats import Form, Term, TreeRow
from index.script import fold, label_key

PREFIX = re.compile(
    r"\s*#*\s*[(]?\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[)]?\s*[、.,．:：]?\s*"
)
HEAD_UNIT = re.compile(
    rf"\s*(?:[(\[]\s*(?:单位\s*[:,]?\s*)?|(?:单位\s*[:,]?|[/:])\s*)(?P<unit>{HEAD_UNITS})\s*[)\]]?\s*"
)
"""The unit behind the head of a column: 收费金额（单位：元）, 收费金额/万元."""
LONGEST_HEAD = 80
"""Characters of a head with its unit."""
SCALED_OR_MONEY = re.compile("[万亿元]")
SHORT = 2
"""Characters of a label that may stand for several things (其他, 总计)."""
LEAST_NEAR = 4
"""Characters a printed label needs to be matched with some of them lost."""
LEAST_BEGINNING = 6
"""Characters a printed label needs to stand for a longer one that begins with it."""
LEAST_GLOSSED = 5
"""Characters an official label needs for a printed one that goes on with a gloss."""
ADDED_AT_MOST = 2
"""Characters that a printed label may have besides those of a long official one."""
LEAST_STRETCHED = 10
LOST_AT_MOST = 0.4
"""Share of an official label's characters that may be missing; more is no evidence."""


@dataclass(frozen=True)
class Label:
    """A printed label: its number (一, 3, or "") and its text reduced to a key."""

    number: str
    key: str


@lru_cache(maxsize=8192)
def split_label(text: str) -> Label:
    """Split ``（六）其他处理`` or ``1、属于国家秘密`` into number and key."""
    folded = fold(text).text.strip().replace("\\", "")  # escapes of markdown
    match = PREFIX.match(folded)
    if match and match.end() < len(folded):
        return Label(match[1], label_key(folded[match.end() :]))
    return Label("", label_key(folded))


@lru_cache(maxsize=8192)
def split_unit(head: str) -> tuple[str, str | None]:
    """A head without the unit behind it, and that unit, if what stands below depends on it.

    万件 and 元 do; 件, 项 and the like only say again what is counted, and are None.
    """
    if len(head) > LONGEST_HEAD:
        return head, None
    folded = fold(head).text
    for match in HEAD_UNIT.finditer(folded):
        if match.end() == len(folded) and match.start() > 0:
            return folded[: match.start()], money_unit(match["unit"])
    return head, None


def unit_alone(text: str) -> str | None:
    """The unit that is all of a text, in brackets or after its word: （单位：元）."""
    found = HEAD_UNIT.fullmatch(fold(text).text) if len(text) <= LONGEST_HEAD else None
    return found["unit"] if found is not None else None


def money_unit(unit: str | None) -> str | None:
    """A unit that changes what a number says (元, 万件), None for what only names the thing."""
    return unit if unit is not None and SCALED_OR_MONEY.search(unit) else None


def unit_under(head: str | None, usual: str) -> str:
    """The unit of a column whose head names one, or only 万 of the form's own."""
    if head is None:
        return usual
    return head + usual.removeprefix("万") if head in {"万", "亿"} else head


class LabelIndex:
    """The labels of one list of rows or columns, ready for matching."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Index official labels and aliases of ``terms``, kept in their order."""
        self.terms = tuple(terms)
        self.by_label: dict[str, list[str]] = {}
        """Keys of the terms by their labels and aliases; some have several."""
        self.official = {t.key: label_key(t.label) for t in self.terms}
        """Keys of the official labels by term."""
        self._numbers = {
            t.key: split_label(f"{t.number}x").number for t in self.terms if isinstance(t, TreeRow)
        }
        self._order = {t.key: i for i, t in enumerate(self.terms)}
        for term in self.terms:
            for label in (term.label, *term.aliases):
                keys = self.by_label.setdefault(label_key(label), [])
                if term.key not in keys:
                    keys.append(term.key)
        self._characters = set("".join(self.by_label))
        self._beginnings = {label[:n] for label in self.by_label for n in range(1, len(label))}

    def keys(self, text: str) -> list[str]:
        """Keys of all terms with this label or alias.

        What looks like the label's number may belong to it: 三安全一稳定.
        """
        return self.by_label.get(split_label(text).key) or self.by_label.get(label_key(text), [])

    def exact(self, text: str, *, after: str | None = None) -> str | None:
        """Key of the term with this label or alias, None where none or more than one fits.

        ``after`` is the key of the row before, which decides between labels that occur twice
        and admits short ones; without it an ambiguous label matches nothing.
        """
        label = split_label(text)
        keys = self.keys(text)
        if not keys:
            return None
        numbered = [k for k in keys if label.number and self._numbers.get(k) == label.number]
        if len(numbered) == 1:
            return numbered[0]
        if len(keys) == 1 and len(label.key) > SHORT:
            return keys[0]
        following = [k for k in keys if self._follows(k, after)]
        return following[0] if len(following) == 1 else None

    def near(self, text: str) -> str | None:
        """Key of the only term whose label this one may be with characters lost or added."""
        key = split_label(text).key
        if len(key) < LEAST_NEAR:
            return None
        return _nearest(self, key)

    def may_match(self, text: str) -> bool:
        """Whether a text has enough characters of the labels to match; a quick look before."""
        return len(self._characters.intersection(label_key(text))) >= LEAST_NEAR - 1

    def match(self, text: str, *, after: str | None = None) -> str | None:
        """`exact`, else `near`."""
        return self.exact(text, after=after) or self.near(text)

    def is_beginning(self, text: str) -> bool:
        """Whether a longer label begins with this text, so that the next line may go on."""
        beginnings = self._beginnings
        return split_label(text).key in beginnings or label_key(text) in beginnings

    def _follows(self, key: str, after: str | None) -> bool:
        return after is not None and self._order[key] == self._order.get(after, -2) + 1


@lru_cache(maxsize=8192)
def _nearest(index: LabelIndex, key: str) -> str | None:
    """The only term whose label a printed one may be; reports print the same ones."""
    hits = [k for k, official in index.official.items() if _near(key, official)]
    if len(hits) != 1:
        return None
    gloss = key.removeprefix(index.official[hits[0]])
    several = gloss != key and any(
        len(official) >= LEAST_GLOSSED and official in gloss for official in index.official.values()
    )
    return None if several else hits[0]  # two labels in one cell are nobody's


@cache
def row_index(form: Form) -> LabelIndex:
    """The row labels of table three."""
    return LabelIndex(form.tables.t3.rows)


def _near(printed: str, official: str) -> bool:
    added = len(printed) - len(official)
    if 0 < added <= ADDED_AT_MOST and len(official) >= LEAST_STRETCHED:
        return _within(official, printed)
    if printed.startswith(official) and len(official) >= LEAST_GLOSSED:
        return True
    if len(printed) >= len(official) or len(printed) < len(official) * (1 - LOST_AT_MOST):
        return official.startswith(printed) and len(printed) >= LEAST_BEGINNING
    return _within(printed, official)


def _within(part: str, whole: str) -> bool:
    """Whether the characters of a text occur in another in their order."""
    remaining = iter(whole)
    return all(char in remaining for char in part)
