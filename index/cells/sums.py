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

MOST_BITS = 1 << 31
"""Sums up to a column's total, times placements, of which each sum is one bit of a number."""

Vector = tuple[int, ...]


def solve_sums(
    loose: Mapping[str, list[Vector]], summands: Sequence[str], results: str
) -> dict[str, list[Vector]] | None:
    """Placements whose columns add up to some placement of the results row (T3-SUM).

    Each column by itself rules out most placements. Of what is left, sums reachable from the
    first rows and from the last rows meet at every row, so the placements of one row are tested
    without listing those of all others. None: there are too many sums to keep, or no placement
    adds up.
    """
    kept: dict[str, set[Vector]] = {key: set() for key in (*summands, results)}
    for vector in loose[results]:
        rows = _narrowed([loose[key] for key in summands], vector)
        parts = _parts(rows, vector) if rows is not None else []
        if parts is None:
            return None
        if not parts:
            continue
        kept[results].add(vector)
        for key, options in zip(summands, parts, strict=True):
            kept[key].update(options)
    if not kept[results]:
        return None
    return {key: sorted(options) for key, options in kept.items()}


def _narrowed(rows: list[list[Vector]], wanted: Vector) -> list[list[Vector]] | None:
    """The placements of each row that fit into every column by itself; None: some row has none.

    Repeated until nothing more is ruled out: what one column takes away, another may have needed.
    """
    if not all(rows):
        return None
    several = [options for options in rows if len(options) > 1]
    missing = _missing(wanted, rows)
    if min(missing, default=0) < 0 or (not several and any(missing)):
        return None
    count = 0
    while count != (count := sum(map(len, several))):
        for column, total in enumerate(missing):
            if total * sum(map(len, several)) <= MOST_BITS:
                several = _fitting(several, column, total)
        if not all(several):
            return None
    kept = iter(several)
    return [next(kept) if len(options) > 1 else options for options in rows]


def _missing(wanted: Vector, rows: list[list[Vector]]) -> Vector:
    """What the rows with several placements have to make up, the others taken from the total."""
    lone = [options[0] for options in rows if len(options) == 1]
    return tuple(count - sum(of) for count, *of in zip(wanted, *lone, strict=True))


def _fitting(rows: list[list[Vector]], column: int, total: int) -> list[list[Vector]]:
    """The placements of each row whose count in a column can be part of the column's total.

    Sums are the bits of a number: bit n of ``reached`` is set where the rows so far may have n,
    of ``wanted`` where the rows to come may make up the rest.
    """
    counts = [{option[column] for option in options} for options in rows]
    wanted = [1 << total]
    for row in reversed(counts):
        bits = 0
        for count in row:
            bits |= wanted[-1] >> count
        wanted.append(bits)
    reached, result = 1, []
    for options, row, rest in zip(rows, counts, wanted[-2::-1], strict=True):
        fit = {count for count in row if count <= total and (reached << count) & rest}
        result.append(options if len(fit) == len(row) else [o for o in options if o[column] in fit])
        bits = 0
        for count in fit:
            bits |= reached << count
        reached = bits
    return result


def _parts(rows: list[list[Vector]], wanted: Vector) -> list[list[Vector]] | None:
    """The placements of each row that are part of some sum; [] where none is, None: too many."""
    missing = _missing(wanted, rows)
    if min(missing, default=0) < 0:
        return []
    open_rows = [{_pack(option): option for option in o} for o in rows if len(o) > 1]
    found = _on_the_way([list(options) for options in open_rows], _pack(missing))
    if found is None:
        return None
    if len(found) < len(open_rows) or (not open_rows and any(missing)):
        return []
    kept = ([o[p] for p in fits] for o, fits in zip(open_rows, found, strict=True))
    return [next(kept) if len(options) > 1 else options for options in rows]


def _on_the_way(choices: list[list[int]], target: int) -> list[list[int]] | None:
    """The options of each row that some sum of all rows to ``target`` has; [] where none is.

    Sums grow from the first rows and from the last ones, the fewer ones first, until they meet;
    from where they meet, both are traced back. None: too many sums.
    """
    ahead, behind = [{0}], [{0}]
    least, least_behind = _lacking(choices, target), _lacking(choices[::-1], target)
    while len(ahead) + len(behind) - 2 < len(choices):
        forward = len(ahead[-1]) <= len(behind[-1])
        sums, number = (ahead, len(ahead) - 1) if forward else (behind, len(behind) - 1)
        options = choices[number] if forward else choices[-1 - number]
        bound = least[number] if forward else least_behind[number]
        sums.append(_reachable(sums[-1], options, target, bound))
        if len(sums[-1]) > MOST_STATES:
            return None
    meeting = {total for total in ahead[-1] if target - total in behind[-1]}
    if not meeting:
        return []
    first = _traced(ahead, choices, meeting)
    last = _traced(behind, choices[::-1], {target - total for total in meeting})
    return [*first, *last[::-1]]


def _traced(sums: list[set[int]], choices: list[list[int]], meeting: set[int]) -> list[list[int]]:
    """The options of the rows summed so far that lead to one of the sums ``meeting``."""
    found = []
    steps = list(zip(sums[:-1], choices[: len(sums) - 1], strict=True))
    for before, options in reversed(steps):
        earlier: set[int] = set()
        fits = []
        for option in options:
            back = {rest for total in meeting if (rest := total - option) in before}
            if back:
                fits.append(option)
                earlier |= back
        found.append(fits)
        meeting = earlier
    return found[::-1]


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


def _reachable(sums: set[int], options: list[int], target: int, least: int) -> set[int]:
    """Column sums with one more row from which ``target`` may still be met.

    No column may have passed it, and none may have less than ``least``: what the rows to come can
    make up. A field is smaller than another where taking it from that one with its top bit set
    clears the bit. Where there are too many, some are given.
    """
    found: set[int] = set()
    for option in options:
        left, more = target + GUARDS - option, GUARDS - least + option
        found |= {
            before + option
            for before in sums
            if (left - before) & (before + more) & GUARDS == GUARDS
        }
        if len(found) > MOST_STATES:
            break
    return found


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
