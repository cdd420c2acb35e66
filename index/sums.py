"""Which of the possible readings of rows satisfy the sums of table three.

A reading of a row is a vector of counts, one for each column without the total. Rows are only
narrowed down: every reading that is kept is part of some reading of the whole table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_STATES = 50_000
"""Reachable sums kept at once; a table beyond this is left open rather than guessed at."""
FIELD = 40
"""Bits of a packed count; a larger count than a trillion is no count of requests."""
LARGEST = 1 << (FIELD - 8)
GUARDS = sum(1 << (FIELD * i + FIELD - 1) for i in range(8))

Vector = tuple[int, ...]


def solve_sums(
    loose: Mapping[str, list[Vector]], summands: Sequence[str], results: str
) -> dict[str, list[Vector]] | None:
    """Placements whose columns add up to some placement of the results row (T3-SUM).

    Sums reachable from the first rows and from the last rows meet at every row, so the
    placements of one row are tested without listing those of all others. None: there are
    too many sums to keep, or no placement adds up.
    """
    kept: dict[str, set[Vector]] = {key: set() for key in (*summands, results)}
    packed = {k: {_pack(v): v for v in loose[k]} for k in summands}
    choices = [list(packed[k]) for k in summands]
    for vector in loose[results]:
        target = _pack(vector)
        ahead = _reachable(choices, target)
        if ahead is not None and target not in ahead[-1]:
            continue
        behind = _reachable(choices[::-1], target)
        if ahead is None or behind is None:
            return None
        kept[results].add(vector)
        for number, key in enumerate(summands):
            before, rest = ahead[number], behind[len(choices) - 1 - number]
            for option, placed in packed[key].items():
                if placed not in kept[key] and _meet(before, target - option, rest):
                    kept[key].add(placed)
    if not kept[results]:
        return None
    return {key: sorted(options) for key, options in kept.items()}


def solve_balance(
    loose: dict[str, list[Vector]], balance: tuple[Sequence[str], Sequence[str]]
) -> dict[str, list[Vector]] | None:
    """Placements of the four rows of T3-BAL that balance in every column; all if one is missing.

    None: no placement does, so that the report breaks the identity, and it decides nothing.
    """
    if any(key not in loose for side in balance for key in side):
        return loose
    return balanced(loose, balance)


def balanced(
    loose: dict[str, list[Vector]], balance: tuple[Sequence[str], Sequence[str]]
) -> dict[str, list[Vector]] | None:
    """As `solve_balance`, but None where nothing balances or a row is not there."""
    left, right = balance
    keys = [*left, *right]
    if any(k not in loose for k in keys):
        return None
    sums: dict[Vector, list[tuple[Vector, Vector]]] = {}
    for a in loose[left[0]]:
        for b in loose[left[1]]:
            total = tuple(x + y for x, y in zip(a, b, strict=True))
            sums.setdefault(total, []).append((a, b))
    kept: dict[str, set[Vector]] = {k: set() for k in keys}
    for a in loose[right[0]]:
        for b in loose[right[1]]:
            total = tuple(x + y for x, y in zip(a, b, strict=True))
            for c, d in sums.get(total, ()):
                for key, option in zip(keys, (c, d, a, b), strict=True):
                    kept[key].add(option)
    if not kept[keys[0]]:
        return None
    return loose | {k: sorted(v) for k, v in kept.items()}


def _pack(vector: Vector) -> int:
    """A vector of counts as one integer, so that sums are one addition.

    Each count has a field of `FIELD` bits, whose top bit stays free for `_reachable`.
    """
    packed = 0
    for value in vector:
        packed = packed << FIELD | value
    return packed


def _reachable(rows: list[list[int]], target: int) -> list[set[int]] | None:
    """Column sums after 0, 1, … rows from which ``target`` may still be met; None: too many.

    No column may have passed it, and none may lack more than the rows to come have at most. A
    field is smaller than another where taking it from that one with its top bit set clears the bit.
    """
    states, bound = [{0}], target + GUARDS
    lacking = _lacking(rows, target)
    for options, least in zip(rows, lacking, strict=True):
        if options == [0]:
            states.append(states[-1])
            continue
        short = GUARDS - least
        following = {
            total
            for before in states[-1]
            for option in options
            if (bound - (total := before + option)) & (total + short) & GUARDS == GUARDS
        }
        if len(following) > MOST_STATES:
            return None
        states.append(following)
    return states


def _lacking(rows: list[list[int]], target: int) -> list[int]:
    """What the sum after each row must have at least, by the most that the rows after it have."""
    wanted = _unpack(target)
    least = []
    for options in reversed(rows):
        least.append(_pack(tuple(max(0, count) for count in wanted)))
        most = [max(counts) for counts in zip(*map(_unpack, options), strict=True)]
        wanted = tuple(count - more for count, more in zip(wanted, most, strict=True))
    return least[::-1]


def _unpack(packed: int) -> Vector:
    return tuple(packed >> FIELD * place & (1 << FIELD) - 1 for place in range(7, -1, -1))


def _meet(before: set[int], missing: int, rest: set[int]) -> bool:
    """Whether some sum before a row and some sum after it make up what is missing."""
    if len(before) <= len(rest):
        return any(missing - sum_before in rest for sum_before in before)
    return any(missing - sum_after in before for sum_after in rest)
