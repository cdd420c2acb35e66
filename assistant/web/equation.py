"""Checks written out: a failing one with both sides and its difference, a holding one in a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer import plain_number
from assistant.web.frame import frame
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.report import Check, Number, Outcome, Report, Strength, Term

SIGNS = {
    Strength.HARD: "≠",
    Strength.EXPECTED: "？",
    Strength.WARNING: "？",
    Strength.INFO: "·",
}
MOST_TERMS = 40
"""Operands that are written out with their names: the longest sum of the forms has fewer."""
BETWEEN = "·"
"""Between the row and the column in an operand's name."""


def failing(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The hard checks that do not hold, each once, in their order."""
    return tuple(dict.fromkeys(c for c in checks if c.broken))


def asking(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks of less than hard strength that do not hold, each once, in their order."""
    kept = (c for c in checks if c.fails and c.strength is not Strength.HARD)
    return tuple(dict.fromkeys(kept))


def holding(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The hard checks that hold, each once, in their order."""
    kept = (c for c in checks if c.strength is Strength.HARD and c.outcome is Outcome.HOLDS)
    return tuple(dict.fromkeys(kept))


def proof(checks: Sequence[Check], w: Words) -> str:
    """The checks that prove a figure, one a line: code, where it applies, both sides."""
    lines = [
        el(
            "li",
            el("i", "✓ ", cls="gj-sign", role="img", aria_label=w.holds)
            + el("code", esc(check.code))
            + f" {esc(check.scope_label)} "
            + el("span", esc(check.equation), cls="gj-holds"),
            title=check.sentence if w.lang.startswith("zh") else check.sentence_en,
        )
        for check in checks
    ]
    return el("ul", join(lines), cls="gj-proof", aria_label=w.holds) if lines else ""


def equation(check: Check, w: Words, report: Report | None = None) -> str:
    """A failing check, in red where it is hard: its code, where it applies, and both sides.

    Operands are called as in the report's own form where the report is given.
    """
    sentence = check.sentence if w.lang.startswith("zh") else check.sentence_en
    head = join(
        [
            el("strong", esc(tag(check, w)), cls="gj-eq-tag"),
            el("code", esc(check.code)),
            el("span", esc(check.scope_label), cls="gj-eq-scope"),
        ]
    )
    gap = el("b", esc(w.difference.format(n=_gap(check.difference, w))))
    parts = [
        el("p", head, cls="gj-eq-head"),
        el("p", _sides(check, _names(check, report, w), w), cls="gj-eq-sides"),
        el("p", (gap if check.difference else "") + esc(sentence), cls="gj-eq-foot"),
    ]
    soft = "" if check.strength is Strength.HARD else f" gj-eq-soft gj-eq-{check.strength}"
    name = w.strengths[check.strength] if soft else w.failing
    return el("div", join(parts), cls=f"gj-eq{soft}", role="group", aria_label=name)


def tag(check: Check, w: Words) -> str:
    """What a failing check asks for, in a word, with a sign that needs no colour."""
    hard = check.strength is Strength.HARD
    return f"{SIGNS[check.strength]} {w.failing if hard else w.strengths[check.strength]}"


def _names(check: Check, report: Report | None, w: Words) -> dict[str, str]:
    """Short names of the operands: what all of them share is said by the scope alone."""
    terms = (*check.left, *check.right)
    parts = {t.address: tuple(t.label.rsplit(BETWEEN, 1)) for t in terms}
    found = {a: f for a in parts if report and (f := report.figure(a)) is not None}
    figures = {a: f for a, f in found.items() if f.prose is None}
    if report is not None and figures and len(figures) == len(parts):
        heads = frame(report, next(iter(figures.values())).table, w)
        parts = {a: (heads.row(f)[-1], heads.column(f)) for a, f in figures.items()}
    rows, columns = {p[0] for p in parts.values()}, {p[-1] for p in parts.values()}
    if len(columns) == 1 < len(rows):
        return {a: p[0] for a, p in parts.items()}
    if len(rows) == 1 < len(columns):
        return {a: p[-1] for a, p in parts.items()}
    return {t.address: t.label for t in terms}


def _sides(check: Check, names: dict[str, str], w: Words) -> str:
    if not check.left or not check.right or not _are_numbers(check):
        return esc(check.equation)
    left = el("span", _side(check.left, check.left_value, names, w), cls="gj-side")
    unequal = el("span", "≠ ", cls="gj-ne")
    right = unequal + _side(check.right, check.right_value, names, w)
    return f"{left} {el('span', right, cls='gj-side')}"


def _are_numbers(check: Check) -> bool:
    """Whether both sides are known numbers, and few enough to be written out."""
    terms = (*check.left, *check.right)
    return len(terms) <= MOST_TERMS and all(t.value is not None for t in terms)


def _side(terms: Sequence[Term], total: Number | None, names: dict[str, str], w: Words) -> str:
    """``本年新收 161 + 上年结转 2 = 163``; a single operand stands alone."""
    shown = [
        el(
            "span",
            el("small", esc(names[t.address])) + " " + el("b", esc(_number(t.value, w))),
            cls="gj-term",
            data_operand=t.address,
        )
        for t in terms
    ]
    text = '<span class="gj-op"> + </span>'.join(shown)
    if len(terms) > 1:
        text += el("span", " = ", cls="gj-op") + el("b", esc(_number(total, w)), cls="gj-sum")
    return text


def _gap(value: Number | None, w: Words) -> str:
    """How far the sides are apart, whichever is greater."""
    return _number(max(value, -value) if value is not None else None, w)


def _number(value: Number | None, w: Words) -> str:
    return w.open_value if value is None else plain_number(value)
