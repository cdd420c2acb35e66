"""Places as question files write them, in the labels of the forms: to the keys of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from index.formats import Term, load_forms
from index.record import Record
from index.script import half_width, label_key

ORDINAL = re.compile(r"^\s*三?\s*(?:[一二三四]、|\([一二三四五六七]\)|\d+[.、])?\s*")
BETWEEN = "·"


class Place(Record):
    """Keys of a table, row and column; None where the expectation leaves it open."""

    table: str | None = None
    row: str | None = None
    column: str | None = None

    def holds(self, table: str | None, row: str | None, column: str | None) -> bool:
        """Whether a figure with these keys stands here."""
        found = ((self.table, table), (self.row, row), (self.column, column))
        return all(key in (None, there) for key, there in found)


def find_place(table: str | None, row: str | None, column: str | None) -> Place:
    """The place that a table (二, 三, 四), a row and a column name, whatever the form.

    Rows of table three may be numbered and stand under their head, 三(三)不予公开·1.属于国家秘密;
    in table four the block stands in the row or the column, 行政诉讼·复议后起诉·总计. Another
    table, as running text, is a place left open.
    """
    rows, columns = (part.split(BETWEEN) for part in (row or "", column or ""))
    if table == "二":
        found = _key("t2 rows", [rows[-1]])
        return Place(table="t2", row=found, column=_key(f"t2 {found}", [columns[-1]]))
    if table == "三":
        return Place(
            table="t3", row=_key("t3 rows", [rows[-1]]), column=_key("t3 columns", [columns[-1]])
        )
    if table == "四":
        blocks = _key("t4 blocks", [*rows, *columns])
        return Place(table="t4", row=blocks, column=_key("t4 outcomes", [columns[-1]]))
    return Place()


def _key(terms: str, labels: Iterable[str]) -> str | None:
    """The key of the first label that is known.

    A label is known if it is official; if not, by the longest official label that it ends in
    (本年度办理结果（七）总计 is the total under its head), or that is within it; if there is none,
    by the only one that it is the beginning of.
    """
    official = _labels().get(terms, {})
    for label in labels:
        said = label_key(ORDINAL.sub("", half_width(label)))
        if not said:
            continue
        if said in official:
            return official[said]
        within = [name for name in official if name in said]
        if within:
            return official[max(within, key=lambda name: (said.endswith(name), len(name)))]
        begun = {key for name, key in official.items() if name.startswith(said)}
        if len(begun) == 1:
            return begun.pop()
    return None


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    """Official labels and aliases of all forms, by what they label, to their keys."""
    labels: dict[str, dict[str, str]] = {}

    def take(terms: str, term: Term) -> None:
        for name in (term.label, *term.aliases):
            labels.setdefault(terms, {}).setdefault(label_key(name), term.key)

    for form in load_forms():
        for group in form.tables.t2.groups:
            for term in group.rows:
                take("t2 rows", term)
                for column in group.columns:
                    take(f"t2 {term.key}", column)
        for name, terms in (
            ("t3 rows", form.tables.t3.rows),
            ("t3 columns", form.tables.t3.columns),
            ("t4 blocks", form.tables.t4.blocks),
            ("t4 outcomes", form.tables.t4.outcomes),
        ):
            for term in terms:
                take(name, term)
    return labels
