"""How two things are timed against each other, and how a line of the result looks.

Machines differ and are noisy, so the ratio is what to look at: both sides of a line are timed
in turns, within the same minute, on the same data.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
SHARED = Path(os.environ.get("GOUJI_SHARED", ROOT.parent / "shared"))
ROUNDS = 15


def median_pair(
    ours: Callable[[], object],
    other: Callable[[], object],
    *,
    warm: bool = False,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.process_time,
) -> tuple[float, float]:
    """Medians in milliseconds of two functions called in turns, after one warm-up each.

    ``warm``: after a warm-up each time, where the other side leaves nothing in the caches.
    ``clock``: time of this process alone, whatever else the machine does; another one where
    threads or disks are waited for.
    """
    ours(), other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for function, kept in ((ours, times[0]), (other, times[1])):
            if warm:
                function()
            start = clock()
            function()
            kept.append((clock() - start) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def line(name: str, other: str, pair: tuple[float, float], unit: str = "ms") -> None:
    """Print one comparison."""
    ratio = pair[0] / pair[1] if pair[1] else float("inf")
    left, right = (f"{value:>9.2f} {unit}" for value in pair)
    print(f"{name:<44}{left}   {other:<44}{right}   ratio {ratio:.3f}")


def real(*parts: str) -> Path | None:
    """A real report, None (and a word about it) where there is no folder of them."""
    path = SHARED.joinpath(*parts)
    if path.exists():
        return path
    print(f"{path.name}: not in {SHARED}; set GOUJI_SHARED to the folder of real reports")
    return None
