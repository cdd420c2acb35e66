"""The smallest order that still fails: what a failing property test prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.writer.order import Order


def shrink(order: Order, fails: Callable[[Order], bool]) -> Order:
    """Leave out of a failing order whatever it fails without, one thing after the other."""
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(order):
            if smaller != order and fails(smaller):
                order, changed = smaller, True
                break
    return order


def _smaller(order: Order) -> Iterator[Order]:
    """Orders with one thing less."""
    for name in order.damages:
        yield replace(order, damages=tuple(d for d in order.damages if d != name))
    for check in order.broken:
        yield replace(order, broken=tuple(c for c in order.broken if c != check))
    for fault in order.faults:
        yield replace(order, faults=tuple(f for f in order.faults if f != fault))
    yield replace(order, script="simplified")
    yield replace(order, encoding="utf-8")
    yield replace(order, agrees=True)
    yield replace(order, titled=True)
    yield replace(order, head_alone=False)
    if order.size != "township":
        yield replace(order, size="township")
    if order.shape != "all_zero":
        yield replace(order, shape="all_zero")
        yield replace(order, shape="full")
    yield replace(order, surface="lines")
