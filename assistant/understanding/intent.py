"""What is to be done: the operation, its order, and the condition that the words name."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from assistant.lexicon import Lexicon, hint
from assistant.query import Condition, Operation
from assistant.understanding.heard import Heard
from assistant.understanding.hearing import BOUNDS, HAN_COUNT
from assistant.words.mentions import find, inside, mask, words_of
from index.amounts import parse_numeral

ITEMIZED = frozenset({"licensing", "other_services", "penalty", "coercion"})
"""Rows of table two of which older forms print items, and not only decisions."""
CHANGING = ITEMIZED | {"fees"}
"""Rows of which older forms print the change itself."""
WITHOUT = {"natural_person": "organisations", "pending": "concluded"}
"""Columns that are all but another one."""
HEADS = frozenset({"denied", "unable", "notproc", "other"})


def of_the_text(heard: Heard) -> bool:
    """Whether a question asks for a number of running text though its words name a row.

    Rows of an annexed table have units of their own: 多少篇.
    """
    if _goes_beyond(heard):
        return True
    if hint("said_table").search(heard.text):
        return False
    if heard.tables == {"t2"} and hint("told_items").search(heard.text):
        return True
    units = mask(heard.text, (span for m in heard.rows for span in m.words))  # 几张罚单
    fees = {(m.kind, m.key) for m in heard.rows} == {("t2", "fees")}
    if fees and hint("request_fee").search(heard.text):
        return True
    elsewhere = hint("other_unit").search(units) and heard.tables != {"annex"}
    elsewhere = elsewhere and not hint("in_items").search(heard.text)
    said = any(hint(name).search(heard.text) for name in ("said_text", "duration"))
    return bool(elsewhere or said)


def _goes_beyond(heard: Heard) -> bool:
    """Whether words name rows, but ask for what no cell of them is.

    Money of a row that counts; a rate that no operation computes; or a row less a part of it,
    unless the part is a row as well.
    """
    counts = heard.rows and all(m.kind in ("t3", "t4") for m in heard.rows)
    money = counts and hint("sum_of_money").search(heard.text)
    computed = {"share", "ratio", "growth", "average"} & heard.operations
    rate = not computed and hint("rate").search(heard.text)
    excluded = hint("excluded").search(heard.text) and not heard.left_out
    return bool(money or rate or (excluded and not _excludes_as_said(heard)))


def _excludes_as_said(heard: Heard) -> bool:
    """Whether a column that is named leaves out itself what words exclude: 已审结, 不算没审完的."""
    named = {m.key for m in heard.columns}
    return bool(heard.negated) and all(WITHOUT.get(m.key) in named for m in heard.negated)


def operation_of(heard: Heard, *, several: bool) -> Operation:
    """The operation that a question asks for; ``several``: it names more than one report."""
    words = heard.operations
    return (
        _of_text(words, heard)
        or _of_reports(words, heard)
        or _of_cells(words, heard, several=several)
        or Operation.LOOK_UP
    )


def _of_text(words: set[str], heard: Heard) -> Operation | None:
    strong = any(m.strong for m in heard.rows)
    if hint("note_passages").search(heard.text):
        return Operation.PASSAGE
    if "define" in words and heard.rows and "quote" not in words:
        return Operation.DEFINE
    asks_number = hint("asks_number").search(heard.text) is not None
    if "quote" in words and not (strong and asks_number):
        return Operation.PASSAGE
    if {"improve", "problems"} & words and not strong and not (heard.residual and asks_number):
        return Operation.PASSAGE
    several = heard.several or len({(m.kind, m.key) for m in heard.rows}) > 1
    set_beside = "compare" in words and several  # 对得上吗 of two cells
    if {"verify", "why"} & words and not ({"share", "sum", "difference"} & words or set_beside):
        return Operation.VERIFY
    return None


def _of_reports(words: set[str], heard: Heard) -> Operation | None:
    if "unbalanced" in words and not heard.rows and not heard.residual:
        return Operation.FINDINGS
    if "reports" in words and not heard.rows and not heard.residual:
        return Operation.REPORTS
    if not heard.rows or {"most", "least", "compare", "difference", "share"} & words:
        return None
    if heard.one_report:
        return None
    if "how_many_reports" in words:
        return Operation.COUNT
    return Operation.WHICH if "which_reports" in words else None


def _of_cells(words: set[str], heard: Heard, *, several: bool) -> Operation | None:
    if {"most", "least"} & words:
        return Operation.RANK
    if several and sets_changes_apart(heard):
        return Operation.DIFFERENCE if "difference" in words else Operation.COMPARE
    return _computed(words, heard, several=several)


def _computed(words: set[str], heard: Heard, *, several: bool) -> Operation | None:
    """What is reckoned from cells, by the words that say how."""
    rate = hint("growth_rate").search(heard.text)
    portion = "share" in words and hint("portion").search(heard.text)
    if portion and not (several and rate and "growth" in words):  # of which a change is asked for
        return Operation.SHARE
    own_change = not several and not rate and _names_change(heard)
    since = several or hint("grown").search(heard.text) or _moved_by_per_cent(heard)
    if "growth" in words and not own_change and since:
        return Operation.GROWTH
    for name in ("share", "ratio", "average"):
        if name in words and not (name == "share" and _sets_rates_apart(words, heard, several)):
            return Operation(name)
    if "trend" in words:
        return Operation.TREND
    if "sum" in words or "after_change" in words or items_now(heard):
        return Operation.SUM
    risen = "growth" in words and not several and _set_side_by_side(heard)
    if ("difference" in words or risen) and not own_change:
        return Operation.DIFFERENCE
    if "compare" in words and not own_change:
        return _set_beside(heard, several=several)
    return None


def _moved_by_per_cent(heard: Heard) -> bool:
    """Whether a row is said to have moved by a percentage, which is no share: 跌了百分之几."""
    moves = words_of(m for m in heard.acts if m.key == "growth")
    shares = [m for m in heard.acts if m.key == "share"]
    return bool(heard.rows and shares) and all(inside(m.words, moves) for m in shares)


def _set_side_by_side(heard: Heard) -> bool:
    """Whether one row is said to be so much more than another: 公开的比不公开的增加多少."""
    rows = sorted(heard.rows, key=lambda m: m.span)
    return any(
        hint("relative_to").search(heard.text[one.span[1] : other.span[0]])
        for one, other in pairwise(rows)
        if one.key != other.key
    )


def _set_beside(heard: Heard, *, several: bool) -> Operation:
    """A comparison; with the year before where one cell alone is named: 多了还是少了."""
    alone = not several and len({(m.kind, m.key) for m in heard.rows}) == 1
    if alone and not heard.columns[1:] and hint("up_or_down").search(heard.text):
        return Operation.GROWTH
    return Operation.COMPARE


def _sets_rates_apart(words: set[str], heard: Heard, several: bool) -> bool:
    """Whether rates that several texts print are compared: none is a share of another."""
    return several and not heard.rows and bool({"difference", "compare"} & words)


def sets_changes_apart(heard: Heard) -> bool:
    """Whether the changes that reports print are compared with each other: 增减哪家多."""
    beside = bool(heard.rows and {"compare", "difference"} & heard.operations)
    return beside and _names_change(heard) and bool(hint("change_itself").search(heard.text))


def _names_change(heard: Heard) -> bool:
    """Whether the column of changes is named, of rows that older forms print it for."""
    named = any(m.key == "change" for m in heard.columns)
    return named and all(m.key in CHANGING for m in heard.rows)


def items_now(heard: Heard) -> bool:
    """Whether the items there are now are asked for, those of the year before and the change."""
    items = bool(heard.rows) and all(m.kind == "t2" and m.key in ITEMIZED for m in heard.rows)
    own = [c for c in heard.columns if c.key != "projects"]
    return items and not own and hint("items_now").search(heard.text) is not None


def order_of(heard: Heard) -> Literal["most", "least"]:
    """Whether a ranking begins with the most or with the least: what is named first."""
    ends = [m for m in heard.acts if m.key in ("most", "least")]
    first = min(ends, key=lambda m: (m.span[0], m.key == "least"), default=None)
    return "least" if first is not None and first.key == "least" else "most"


def apart_in_rank(heard: Heard) -> Literal["last", "next"] | None:
    """Whether it is asked how far the first of a ranking is from the last, or from the next."""
    words = heard.operations
    if not words & {"difference", "growth"}:
        return None
    if hint("second_place").search(heard.text):
        return "next"
    return "last" if {"most", "least"} <= words else None


def ranked_over(heard: Heard) -> Literal["reports", "rows", "columns"]:
    """What is ranked: the reports, the applicants of a row, or the rows under a head."""
    if hint("applicants").search(heard.text) and not heard.columns:
        return "columns"
    if hint("reasons").search(heard.text) and {m.key for m in heard.rows} & HEADS:
        return "rows"
    return "reports"


def condition_of(heard: Heard, lexicon: Lexicon) -> Condition | None:
    """The condition on a cell that reports must meet; None where the words name none."""
    found = {p.key for p in lexicon.conditions for _ in find(p, heard.text)}
    value = heard.claimed
    if value is None and found & BOUNDS and (spelt := HAN_COUNT.search(heard.text)):
        value = parse_numeral(spelt[0][:-1])
    if value is not None and "more_than" in found:
        return Condition(holds="more_than", value=value)
    if value is not None and "less_than" in found:
        return Condition(holds="less_than", value=value)
    if "none" in found:
        return Condition(holds="none")
    return Condition(holds="some") if "some" in found else None
