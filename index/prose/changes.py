"""What sentences claim about how a number grew or fell since another time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from index.context import CHANGE, MULTIPLE, POINTS
from index.prose.claims import Finding, Text, computed
from index.prose.ranges import HUNDRED, agrees, context_of, fits, is_exact, shown, spread
from index.report import Figure
from index.words.prose import load_prose


def changes_agree(text: Text) -> Iterator[Finding]:
    """A件,较上年(B件)下降c%, or 减少d件,下降c%."""
    for change in text.linked:
        context = context_of(change)
        now, before = text.get(context.of), text.get(context.base)
        if now is None or not is_exact(now):
            continue
        if context.kind is MULTIPLE and before is not None:
            yield from _times(change, now, before)
        if context.direction is None or context.kind is MULTIPLE:
            continue
        if before is not None and before.unit == now.unit and is_exact(before):
            yield from _from_two(change, now, before)
        elif before is None and change.unit == "%" and now.unit != "%":
            yield from _from_difference(text, change, now)


def _from_two(change: Figure, now: Figure, before: Figure) -> Iterator[Finding]:
    """A change from the two numbers it names: in percent, or in their own unit."""
    if now.value is None or not before.value:
        return
    grown = Decimal(now.value) - Decimal(before.value)
    if context_of(change).direction == "down":
        grown = -grown
    if change.unit == "%" and now.unit != "%":
        exact = grown * HUNDRED / Decimal(before.value)
        holds = agrees(change, exact, spread(HUNDRED, now, before))
        said = f"|{now.value} - {before.value}| ÷ {before.value} = {abs(shown(exact, change))}%"
    elif change.unit == now.unit or context_of(change).kind is POINTS:
        exact, holds = grown, agrees(change, grown)
        said = f"|{now.value} - {before.value}| = {abs(grown)}"
    else:
        return
    if holds is not None:
        operands = [now, before, change]
        yield computed(change, operands, shown(exact, change), said, holds=holds)


def _times(change: Figure, now: Figure, before: Figure) -> Iterator[Finding]:
    """是B的3倍, 翻一番; 增长3倍 is read as four times as much or as three, so that both hold."""
    if now.value is None or not before.value or before.unit != now.unit or not is_exact(before):
        return
    exact = Decimal(now.value) / Decimal(before.value)
    off, context = spread(exact, now, before), context_of(change)
    said = Decimal(change.value or 0)
    if change.unit == load_prose().doublings:
        holds: bool | None = None if context.bound else fits(2**said, exact, Decimal(1), off)
    else:
        holds = agrees(change, exact, off)
        if holds is False and context.direction == "up":
            holds = agrees(change, exact - 1, off)
    if holds is not None and context.direction != "down":
        ratio = shown(exact, change)
        text = f"{now.value} ÷ {before.value} = {ratio}"
        yield computed(change, [now, before, change], ratio, text, holds=holds)


def _from_difference(text: Text, change: Figure, now: Figure) -> Iterator[Finding]:
    """A percentage beside the same change in numbers: the year before follows from that."""
    context = context_of(change)
    if load_prose().compared.search(context.before):
        return  # 比上年减少17件,比2019年下降5%: compared with another year
    beside = [
        f
        for f in text.figures
        if f is not change
        and f.unit == now.unit
        and context_of(f).of == now.address
        and context_of(f).kind is CHANGE
        and context_of(f).direction == context.direction
        and context_of(f).sentence == context.sentence
    ]
    if len(beside) != 1 or not is_exact(beside[0]) or now.value is None:
        return
    by = Decimal(beside[0].value or 0)
    down = context.direction == "down"
    before = Decimal(now.value) + (by if down else -by)
    if before <= 0:
        return
    exact = by * HUNDRED / before
    holds = agrees(change, exact, spread(HUNDRED, now, beside[0]))
    if holds is not None:
        said = f"{by} ÷ ({now.value} {'+' if down else '-'} {by}) = {shown(exact, change)}%"
        operands = [now, beside[0], change]
        yield computed(change, operands, shown(exact, change), said, holds=holds)
