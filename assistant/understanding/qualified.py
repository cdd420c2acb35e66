"""Which of the rows heard are asked for, and which only say what another row is about.

A head beside one of its own rows (属于国家秘密不予公开的) names that row, and so do requests
that another row is said of (企业提出的申请中部分公开的, 部分公开的申请数量).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lexicon import hint
from assistant.understanding.heard import Heard
from assistant.understanding.narrowed import WHOLES
from assistant.words.mentions import Mention
from index.formats import load_forms

REQUESTS = "new"
LAPSED = frozenset({"other_no_correction", "other_no_payment"})
"""Rows of requests that were no longer handled, as their labels say too."""
SUITS = frozenset({"lit_direct", "lit_after_review"})


def asked_rows(heard: Heard, *, of_wholes: bool = False) -> list[Mention]:
    """The rows asked for, in the order of the question, each mention for itself.

    Args:
        heard: the question.
        of_wholes: a part is asked for of a whole (占比), so that what it is taken from is meant.
    """
    rows = list(heard.rows)
    kept = [m for m in rows if not _only_says(m, rows, heard.text, of_wholes=of_wholes)]
    return kept or rows


def _only_says(row: Mention, rows: Sequence[Mention], text: str, *, of_wholes: bool) -> bool:
    if row.kind == "t4":
        blocks = [m for m in rows if m.key in SUITS]
        one = len({m.key for m in blocks}) == 1
        return row.key == "litigation" and one and _together(row, blocks[0], text)
    if row.kind != "t3":
        return False
    if row.key == "notproc" and _goes_without_saying(row, rows, text):
        return True
    others = [m for m in rows if m.key != row.key and m.kind in ("t3", "annex")]
    against = of_wholes and _set_against(row, others, text)
    if row.key == REQUESTS and not against and _noun_of(row, others, text):
        return True
    whole = taken_from(row, text)
    if row.key in WHOLES:
        beside = {m.key for m in others} - ({REQUESTS} if row.key != REQUESTS else set())
        return whole and not of_wholes and bool(beside)
    if any(_ground_of(row, m, text) for m in others):
        return True
    own = [m for m in others if m.key in children_of(row.key)]
    if whole and of_wholes and any(m.span[0] > row.span[0] for m in own):
        return False
    return any(_together(row, m, text) for m in own)


def _goes_without_saying(head: Mention, rows: Sequence[Mention], text: str) -> bool:
    """Whether a head only says what came of what lapsed: 没交费、后来就不办了的."""
    lapsed = any(m.key in LAPSED and m.kind == "t3" for m in rows)
    return lapsed and hint("no_longer").match(text[slice(*head.span)]) is not None


def _ground_of(head: Mention, row: Mention, text: str) -> bool:
    """Whether a head only says what came of the requests, and a row why: refused because not held.

    The row may stand under another head: people say refused of whatever was not given.
    """
    if not parts_of_head(head.key) or row.span[0] < head.span[1]:
        return False
    between = text[head.span[1] : row.span[0]]
    return (
        hint("on_ground").search(between) is not None
        and hint("asks_number").search(between) is None
    )


def children_of(head: str) -> frozenset[str]:
    """Keys of the rows under a head, in whatever form; empty for any other row."""
    if head == "litigation":
        return SUITS
    return frozenset(key for form in load_forms() for key in form.t3_children.get(head, ()))


def parts_of_head(head: str) -> tuple[str, ...]:
    """Keys of the rows under a head of table three, in the order of the newest form."""
    return load_forms()[-1].t3_children.get(head, ())


def taken_from(row: Mention, text: str) -> bool:
    """Whether something is taken out of a row: 不予公开的申请里."""
    return hint("taken_from").match(text[row.span[1] :]) is not None


def _noun_of(requests: Mention, others: Sequence[Mention], text: str) -> bool:
    """Whether requests are only the noun that another row goes with: 部分公开的申请数量."""
    before = text[: requests.span[0]].rstrip("的")
    if any(m.span[1] in (len(before), requests.span[0]) for m in others):
        return True
    after = [text[requests.span[1] : m.span[0]] for m in others if m.span[0] > requests.span[1]]
    return any(between and hint("said_of").match(between) for between in after)


def _set_against(row: Mention, others: Sequence[Mention], text: str) -> bool:
    """Whether another row is what a row is measured by: 新收申请是上年结转的几倍."""
    after = (text[row.span[1] : m.span[0]] for m in others if m.span[0] >= row.span[1])
    return any(hint("set_against").fullmatch(between) for between in after)


def _together(head: Mention, row: Mention, text: str) -> bool:
    """Whether a head and a row of its own are said in one breath."""
    first, second = sorted((head.span, row.span))
    return hint("apart").search(text[first[1] : second[0]]) is None
