"""A thousand written reports checked, a third of the folders clean, with workbook and page."""

from __future__ import annotations

import os
import resource
import tempfile
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.timing import line

FEW, MANY = 100, 1000
BUDGET = 60.0
"""Seconds that a supervisor should wait at most for a thousand reports, on two cores."""
CORES = 2
KILOBYTE = 1024


def auditing() -> None:
    """Seconds for a thousand reports against the budget; memory against that of fewer."""
    few, many = (_apart(count) for count in (FEW, MANY))
    line(f"check {MANY:,} reports on {CORES} cores", "budget", (many[0], BUDGET), "s")
    line(f"write workbook and page of {MANY:,}", "budget", (many[1], BUDGET), "s")
    line(f"memory of checking {MANY:,} reports", f"of {FEW}", (many[2], few[2]), "MB")


def _apart(count: int) -> tuple[float, float, float]:
    """Seconds of checking and of writing, and megabytes, of an audit in a process of its own."""
    context = get_context("spawn")
    with tempfile.TemporaryDirectory() as name:
        for task in (_write, _audit):
            receiving, sending = context.Pipe(duplex=False)
            process = context.Process(target=task, args=(Path(name), count, sending))
            process.start()
            sending.close()  # so that a process that ended without a word is seen
            result: tuple[float, float, float] = receiving.recv()
            process.join()
    return result


def _write(folder: Path, count: int, sending: Connection) -> None:
    from tests.writer.planted import plant

    plant(folder / "reports", count)
    sending.send((0.0, 0.0, 0.0))


def _audit(folder: Path, count: int, sending: Connection) -> None:
    from assistant.audit.audit import audit
    from assistant.audit.page import save_page
    from assistant.audit.workbook import save_workbook
    from index.sources import find_sources

    files = sorted(path for path in (folder / "reports").rglob("*") if path.is_file())[:count]
    done = audit(find_sources(files), watch=lambda steps: steps)
    checking = _cpu() / CORES
    before = _cpu()
    save_workbook(done, folder / "a.xlsx")
    save_page(done, folder / "a.html")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE
    sending.send((checking, _cpu() - before, peak))


def _cpu() -> float:
    """Seconds that this process and those it started have computed, whatever else runs."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
