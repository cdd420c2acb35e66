"""Which of the rows heard are meant, where a question names several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.lexicon import hint
from assistant.lexicon.annex import without_totals
from assistant.query import Operation
from assistant.understanding.heard import Heard
from assistant.understanding.qualified import asked_rows, children_of
from assistant.words.mentions import MASK, Mention, mask
from index.formats import load_forms

GENERIC_ROWS = frozenset({"new", "result_total"})
"""Rows that a question names in passing: 收到的申请里不予公开的 asks for the latter."""
LEADS_UP = 8
"""Characters between a generic row and the one it leads up to: answered with full disclosure."""
PARTS = frozenset(
    {
        Operation.SHARE,
        Operation.RATIO,
        Operation.SUM,
        Operation.DIFFERENCE,
        Operation.AVERAGE,
        Operation.COMPARE,
    }
)
"""Operations that may ask for a generic row beside others."""


def rows_meant(heard: Heard, operation: Operation) -> list[Mention]:
    """The rows asked for, each once, in the order of the question; empty where it names none."""
    of_wholes = operation is Operation.RATIO or "share" in heard.operations
    rows = distinct(asked_rows(heard, of_wholes=of_wholes))
    rows = _without_heads(_without_parts(rows, operation), operation, heard.text)
    if len(rows) > 1 and operation not in PARTS and not of_wholes:
        rows = _one_meant(_without_own_heads(rows), heard)
    if operation is Operation.SUM or hint("together").search(heard.text):
        rows = _to_be_handled(rows, heard.text)
    return rows


def _one_meant(rows: list[Mention], heard: Heard) -> list[Mention]:
    """Rows that are enumerated, else without those that only lead up to the one that is meant."""
    if listed(heard, rows):
        return rows
    rows = [m for m in rows if m.key not in GENERIC_ROWS] or rows[-1:]
    kept = without_totals([m.key for m in rows if m.kind == "annex"], load_forms())
    rows = [m for m in rows if m.kind != "annex" or m.key in kept]
    return rows if "each" in heard.operations else _most_said(heard, rows)


def _to_be_handled(rows: list[Mention], text: str) -> list[Mention]:
    """Rows with what was carried in where 结转 alone is added to what is new: all to be handled."""
    if "new" not in {m.key for m in rows}:
        return rows
    bare = hint("bare_carry")
    return [
        replace(m, key="carried_in")
        if m.key == "carried_out" and bare.fullmatch(text[slice(*m.span)])
        else m
        for m in rows
    ]


def _without_own_heads(rows: list[Mention]) -> list[Mention]:
    """Rows without the heads of others among them: 因为是国家秘密不予公开的 asks for the row."""
    keys = {(m.kind, m.key) for m in rows if m.kind != "annex"}
    return [m for m in rows if not {(m.kind, key) for key in children_of(m.key)} & keys]


def listed(heard: Heard, rows: Sequence[Mention]) -> bool:
    """Whether rows are enumerated: 予以公开、部分公开和不予公开各多少."""
    keys = {(m.kind, m.key) for m in rows}
    named = sorted((m for m in heard.rows if (m.kind, m.key) in keys), key=lambda m: m.span)
    text = mask(heard.text, (m.span for m in heard.rows if m not in named))
    return any(
        hint("enumerated").match(text[a.span[1] : b.span[0]].replace(MASK, ""))
        for number, (a, b) in enumerate(pairwise(named), 1)
        if b.key not in {m.key for m in named[:number]}
    )


def _without_parts(rows: list[Mention], operation: Operation) -> list[Mention]:
    """A head without its rows where all of them are named: 诉讼（直接起诉＋复议后起诉）."""
    keys = {m.key for m in rows}
    both = {"lit_direct", "lit_after_review"} <= keys
    if "litigation" in keys and (both or operation is Operation.SUM):
        return [m for m in rows if not m.key.startswith("lit_")]
    return rows


def _without_heads(rows: list[Mention], operation: Operation, text: str) -> list[Mention]:
    """Rows without heads that only lead up to one of their own rows, whatever is asked for.

    So in a sum or a share too: refused for state secrets, case-file refusals. But for a share,
    the generic row that leads up to another is none either: answered with full disclosure.
    """
    kept = []
    for row in rows:
        own = [m for m in rows if m.key in children_of(row.key)]
        if operation is not Operation.SHARE and row.key in GENERIC_ROWS:
            own = [m for m in rows if m.key not in GENERIC_ROWS and _leads_up(row, m, text)]
        if not any(_one_phrase(row, other, text) for other in own):
            kept.append(row)
    return kept


def _between(one: Mention, other: Mention, text: str) -> str:
    return text[min(one.span[1], other.span[1]) : max(one.span[0], other.span[0])]


def _leads_up(one: Mention, other: Mention, text: str) -> bool:
    """Whether a word or so of English is all that stands between two rows.

    A mere space or quotation mark is less than a word: answered "information not held".
    """
    between = _between(one, other, text)
    english = between.isascii() and text[slice(*one.span)].isascii()
    return english and len(between) <= LEADS_UP


def _one_phrase(one: Mention, other: Mention, text: str) -> bool:
    """Whether nothing that tells two things apart stands between two rows."""
    return hint("apart").search(_between(one, other, text)) is None


def _most_said(heard: Heard, rows: list[Mention]) -> list[Mention]:
    """Of rows of one table that are not enumerated, the one that most words speak of."""
    said = {
        row: sum(m.size for m in heard.rows if (m.kind, m.key) == (row.kind, row.key))
        for row in rows
    }
    most = max(said.values())
    return [row for row in rows if said[row] == most]


def distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """The first mention of each key."""
    seen: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        seen.setdefault((mention.kind, mention.key), mention)
    return list(seen.values())
