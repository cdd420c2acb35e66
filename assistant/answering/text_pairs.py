"""Pairs of numbers of running text that answer together: a part and its whole, and the like.

What a text does not print but its numbers say: what is left of a whole, the share of a part, how
many come to one, by how much something changed. Only numbers that the sentence itself ties are
taken together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answering.picking import ENOUGH, best_number
from assistant.answering.prose import Numbers
from assistant.answering.scored import Scored
from assistant.lexicon import hint, load_lexicon
from assistant.query import PROSE
from assistant.understanding.asked import Asked, alike, terms_of
from assistant.words.likeness import Lines, plain
from index.report import Figure, FigureKind, When
from index.words.numerals import load_numerals

NAMED = 0.6
"""How far the label of a part must hold the word that names it."""
CLOSE = 0.12
"""Score within which a part may be behind the best, where only it is tied to a whole."""
COUNTED = frozenset({FigureKind.COUNT, FigureKind.MONEY})
CHANGES = frozenset({FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE})

Pair = tuple[Scored, Scored]


def left_over(numbers: Numbers, asked: Asked, question: str) -> Pair | None:
    """A whole and the part of it that the question leaves out; None where it is not told.

    Args:
        numbers: those of one report.
        asked: what is asked for.
        question: folded, to see what is left out (没整改的, 除了主办的).
    """
    said = hint("left_of").search(question)
    if said is None:
        return None
    words = next(group for group in said.groups() if group)
    named = terms_of(words, load_lexicon()) or ((words,),)
    wanted = replace(asked, remainder=False, head=None)
    for part in numbers.score(wanted):
        whole = _whole(numbers, part)
        if part.score < 0 or whole is None or not _called(part, named):
            continue
        return whole, part
    return None


def part_of_whole(numbers: Numbers, asked: Asked, question: str = "") -> Pair | None:
    """The number asked for and the whole it is a part of: 采纳率, 整改了几成.

    The name of a rate in the ``question`` says what the part is called.
    """
    bare = [_without_rate(term) for term in asked.words]
    words = tuple(term for term in bare if term is not None)
    wanted = replace(asked, words=words, kinds=frozenset(), unit=None, head=None)
    ranked = numbers.score(wanted)
    of_rate = _rate_asked(question)
    if of_rate:
        ranked = [s for s in ranked if _called(s, of_rate)] or ranked
    tied = [(part, _whole(numbers, part)) for part in ranked if _near_best(part, ranked)]
    fitting = [(part, whole) for part, whole in tied if whole is not None]
    if not fitting or len({p.figure.address for p, _ in fitting}) > 1 or ranked[0].score < ENOUGH:
        return None
    part, whole = fitting[0]
    return None if _rate_printed(numbers, part, asked) else (part, whole)


def printed_share(numbers: Numbers, pair: Pair) -> Scored | None:
    """The share of a part as its sentence prints it (占76.9%), None where it prints none.

    It is the part's if it stands behind it and is what the division gives, cut or rounded.
    """
    part, whole = pair
    if not part.figure.value or not whole.figure.value:
        return None
    exact = Decimal(part.figure.value) / Decimal(whole.figure.value) * 100
    for figure in _sentence(numbers, part.figure):
        context = figure.prose
        if context is None or context.kind is not FigureKind.SHARE or figure.value is None:
            continue
        step = Decimal(1).scaleb(int(Decimal(figure.value).as_tuple().exponent))
        if _place(figure) > _place(part.figure) and abs(figure.value - exact) < step:
            return replace(part, figure=figure)
    return None


def _rate_printed(numbers: Numbers, part: Scored, asked: Asked) -> bool:
    """Whether the sentence of a part prints the rate that is asked for: then that is it."""
    assert part.figure.prose is not None  # noqa: S101 - only numbers of running text are scored
    sentence = plain(numbers.report.text[slice(*part.figure.prose.sentence)])
    rates = [term[0] for term in asked.words if hint("rate_word").search(term[0])]
    return any(rate in sentence for rate in rates)


def per_one(numbers: Numbers, asked: Asked, question: str) -> Pair | None:
    """How much there is of something, and of what it is spread over: 平均每期几人次."""
    said = hint("per_unit").search(question)
    if said is None:
        return None
    unit = next(group for group in said.groups() if group)
    wanted = replace(asked, average=False, each=False, kinds=frozenset(), head=None)
    counts = [
        s
        for s in numbers.score(wanted)
        if s.figure.unit != unit and _counted_in(s.figure, asked.unit)
    ]
    best = best_number(counts)
    if best is None:
        return None
    others = _sentence(numbers, best.figure)
    mates = [f for f in others if f.unit == unit] or [
        f for f in others if f.unit in alike(unit) - {best.figure.unit}
    ]
    before = [f for f in mates if _place(f) < _place(best.figure)]
    over = before[-1:] or mates[:1]
    if not over or not over[0].value:
        return None
    return best, replace(best, figure=over[0])


def changed(numbers: Numbers, asked: Asked) -> Pair | None:
    """A level and the earlier one that its sentence compares it with, the earlier first."""
    wanted = replace(asked, kinds=frozenset(), unit=None, when=None, head=None)
    ranked = [s for s in numbers.score(wanted) if not _is_change(s.figure)]
    best = best_number([s for s in ranked if _when(s.figure) is not When.EARLIER])
    if best is None:
        return None
    mates = _paragraph(numbers, best.figure)
    for figure in mates:
        context = figure.prose
        if context is None or context.of is None or context.base is None:
            continue
        if _is_change(figure) and _at(numbers, context.of) == best.figure:
            base = _at(numbers, context.base)
            return (replace(best, figure=base), best) if base is not None else None
    earlier = [
        f
        for f in _sentence(numbers, best.figure)
        if _when(f) is When.EARLIER and f.unit == best.figure.unit
    ]
    named = [f for f in earlier if f.row_label == best.figure.row_label]
    return (replace(best, figure=named[0]), best) if len(named) == 1 else None


def _counted_in(figure: Figure, unit: str | None) -> bool:
    """Whether a number has the measure word of the question, or one that stands for it."""
    if unit is None or figure.prose is None or figure.unit in alike(unit):
        return True
    kind = load_numerals().kinds.get(unit)
    return kind is figure.prose.kind and kind is not FigureKind.COUNT


def _rate_asked(question: str) -> tuple[tuple[str, ...], ...]:
    """What the part of a rate is called that a question names: 采纳率 asks for what was 采纳."""
    named = hint("rate_of").search(question)
    if named is None:
        return ()
    return terms_of(next(group for group in named.groups() if group), load_lexicon())


def _without_rate(term: tuple[str, ...]) -> tuple[str, ...] | None:
    """A word without its ending that makes a rate of it: 采纳率 asks for what was 采纳."""
    bare = hint("rate_ending").sub("", term[0])
    if not bare:
        return None
    return terms_of(bare, load_lexicon())[0] if len(bare) > 1 and bare != term[0] else term


def _near_best(part: Scored, ranked: Sequence[Scored]) -> bool:
    return part.score >= ranked[0].score - CLOSE and part.lost == 0 and not _is_change(part.figure)


def _called(part: Scored, names: Sequence[tuple[str, ...]]) -> bool:
    """Whether the label of a number holds one of some names."""
    context = part.figure.prose
    assert context is not None  # noqa: S101 - only numbers of running text are scored
    label = Lines([f"{context.before} {context.after} {part.figure.row_label}"])
    return bool(label.likeness(names).max() >= NAMED)


def _whole(numbers: Numbers, part: Scored) -> Scored | None:
    """What a number is a part of: as its sentence says, or what was done of the number before."""
    figure, context = part.figure, part.figure.prose
    if context is None or context.kind not in COUNTED or figure.value is None:
        return None
    told = _at(numbers, context.of) or _told_apart(numbers, figure)
    if told is None and hint("outcome").search(plain(figure.row_label)):
        before = [
            f
            for f in _sentence(numbers, figure)
            if _place(f) < _place(figure) and _may_hold(f, figure)
        ]
        told = before[-1] if before else None
    if told is None or not _may_hold(told, figure):
        return None
    return replace(part, figure=told)


def _told_apart(numbers: Numbers, part: Figure) -> Figure | None:
    """The number of a sentence that all after it tell apart, one of them the part.

    Only where they are of one unit and add up to it exactly: 收到74件，窗口29件、邮寄45件.
    """
    same = [
        f
        for f in numbers.figures
        if f.prose is not None
        and part.prose is not None
        and f.prose.sentence == part.prose.sentence
    ]
    at = same.index(part)
    for number, whole in enumerate(same[:at]):
        rest = same[number + 1 :]
        values = [f.value for f in rest if f.unit == whole.unit and _may_hold(whole, f)]
        if len(values) == len(rest) > 1 and sum(v for v in values if v is not None) == whole.value:
            return whole
    return None


def _may_hold(whole: Figure, part: Figure) -> bool:
    """Whether a number may be the whole of another: of one unit, no smaller, of one time."""
    if whole.prose is None or part.prose is None or whole.value is None or part.value is None:
        return False
    times = {whole.prose.when, part.prose.when}
    same = whole.unit == part.unit and whole.prose.kind is part.prose.kind
    return same and whole.value >= part.value and When.EARLIER not in times


def _at(numbers: Numbers, address: str | None) -> Figure | None:
    """The number at an address of the report, with or without the name of the table."""
    if address is None:
        return None
    return numbers.report.figure(f"{PROSE}.{address.removeprefix(f'{PROSE}.')}")


def _sentence(numbers: Numbers, figure: Figure) -> list[Figure]:
    """The other numbers of a sentence, in reading order."""
    own = figure.prose.sentence if figure.prose is not None else None
    found = [f for f in numbers.figures if f.prose is not None and f.prose.sentence == own]
    return [f for f in found if f.address != figure.address]


def _paragraph(numbers: Numbers, figure: Figure) -> list[Figure]:
    return [f for f in numbers.figures if f.row == figure.row and f.address != figure.address]


def _place(figure: Figure) -> int:
    return figure.prose.whole[0] if figure.prose is not None else 0


def _when(figure: Figure) -> When | None:
    return figure.prose.when if figure.prose is not None else None


def _is_change(figure: Figure) -> bool:
    return figure.prose is not None and figure.prose.kind in CHANGES
