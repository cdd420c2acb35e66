"""Printed labels of an annexed table to its rows.

Some labels occur under two heads (被依法纠错数 under 行政复议 and 行政诉讼): the head that was
printed last decides. So a label is looked up along the *path*, the last row with those above it.
"""

from __future__ import annotations

import re
from functools import cache, cached_property

from index.formats import Form
from index.script import fold, label_key
from index.tables.labels import LabelIndex, split_label

YEAR = re.compile(r"^20\d\d")
"""A year before the name of a column: 2018年度."""


class AnnexLabels:
    """Labels, units and heads of one form's annexed table, ready for matching."""

    def __init__(self, form: Form) -> None:
        """Index the form's annex; it must have one."""
        assert form.annex is not None  # noqa: S101 - only forms with an annex are read so
        self.annex = form.annex
        self.rows = form.annex_rows
        self._index = LabelIndex(self.annex.rows)
        units = "|".join(sorted(map(re.escape, self.units), key=len, reverse=True))
        self._tail = re.compile(rf"[(](?:单位)?[:：]?(?:{units})[)]\s*$")
        leads = "|".join(map(re.escape, self.annex.lead_ins))
        self._lead = re.compile(rf"\s*(?:{leads})\s*[:：,，]?\s*" if leads else r"\s*")

    @cached_property
    def units(self) -> frozenset[str]:
        """Unit words: those of the rows and those that occur besides."""
        return frozenset((*(r.unit for r in self.annex.rows if r.unit), *self.annex.units))

    @property
    def words(self) -> tuple[str, ...]:
        """Words that stand over the table's columns."""
        columns = (x for c in self.annex.columns for x in (c.label, *c.aliases))
        return (*self.annex.heads, *self.annex.serials, *columns)

    @cached_property
    def serials(self) -> frozenset[str]:
        """Keys of the words over a column of serial numbers."""
        return frozenset(map(label_key, self.annex.serials))

    @cached_property
    def heads(self) -> dict[str, str | None]:
        """Words of the table's head by key: the column that one names, None for the others."""
        words: dict[str, str | None] = {
            label_key(w): None for w in (*self.annex.heads, *self.annex.serials, self.annex.title)
        }
        for column in self.annex.columns:
            words |= {label_key(x): column.key for x in (column.label, *column.aliases)}
        return words

    def head(self, text: str) -> tuple[bool, str | None]:
        """Whether a text is a word of the table's head, and the column that it names."""
        key = YEAR.sub("", label_key(text))
        return key in self.heads, self.heads.get(key)

    def unit(self, text: str) -> str | None:
        """A cell that holds a unit and nothing else."""
        bare = fold(text).text.strip(" ()（）")
        return bare if bare in self.units else None

    def exact(self, text: str, path: tuple[str, ...]) -> str | None:
        """The row with this label or alias, None where none or more than one fits."""
        return self._fitting(self._index.keys(self._bare(text)), path)

    def find(self, text: str, path: tuple[str, ...]) -> str | None:
        """`exact`, else the only row whose label this may be with characters lost or added.

        The latter only where the row belongs under what was printed before.
        """
        key = self.exact(text, path)
        if key is not None or split_label(self._bare(text)).key in self._index.by_label:
            return key
        near = self._index.near(self._bare(text))
        if near is None or self._goes_on(text, near):
            return None
        parent = self.rows[near].parent
        return near if parent is None or parent in path else None

    def knows(self, text: str) -> bool:
        """Whether this is the label or alias of some row, whichever."""
        return bool(self._index.keys(self._bare(text)))

    def is_beginning(self, text: str) -> bool:
        """Whether a longer label begins with this text, so that the next line may go on."""
        return self._index.is_beginning(self._bare(text))

    def path(self, key: str) -> tuple[str, ...]:
        """A row with those above it, outermost first."""
        parent = self.rows[key].parent
        return (*self.path(parent), key) if parent is not None else (key,)

    def _bare(self, text: str) -> str:
        """A label without what is printed before it (其中) and a unit in brackets behind it."""
        folded = fold(text).text
        match = self._lead.match(folded)
        return self._tail.sub("", folded[match.end() :] if match else folded)

    def _goes_on(self, text: str, key: str) -> bool:
        """Whether a text holds more labels than this row's: two rows in one cell."""
        printed = split_label(self._bare(text)).key
        own = {label_key(label) for label in (self.rows[key].label, *self.rows[key].aliases)}
        return any(
            label in printed and not any(label in other for other in own)
            for label in self._index.by_label
        )

    def _fitting(self, keys: list[str], path: tuple[str, ...]) -> str | None:
        if len(keys) < 2:  # noqa: PLR2004 - one row at most
            return keys[0] if keys else None
        under = [k for k in keys if self.rows[k].parent in path]
        return under[0] if len(under) == 1 else None


@cache
def labels_of(form: Form) -> AnnexLabels:
    """The labels of a form, indexed once."""
    return AnnexLabels(form)
