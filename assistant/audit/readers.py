"""Many reports read side by side: in order, a few at a time, no bad one stopping the rest."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread

from assistant.audit.looking import Looked, Step, Task, Unread, Untaken, Wishes, look

FEW = 40
"""Reports that are read sooner than other processes have started."""
AHEAD = 4
"""Reports that wait for each process: enough that none stands idle, few that none fills memory."""
CRASHED = "读取时程序崩溃 (the program crashed while reading it)."
SAVE_AGAIN = "请另存为 PDF 或文本后重试 (print it to a new PDF, or save it as text)."


def read_each(
    tasks: Iterable[Task | Untaken], count: int, wishes: Wishes, *, few: int = FEW
) -> Iterator[Step]:
    """What is found in each report, in the order of the tasks.

    Args:
        tasks: what to read; taken only as fast as it is read.
        count: how many there are; from more than ``few`` on, a process for each core reads.
        wishes: what is wanted of each.
        few: see ``count``.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if count <= few or cores is None or cores < 2:  # noqa: PLR2004 - one core, one process
        for task in tasks:
            yield look(task, wishes) if isinstance(task, Task) else task
        return
    readers = _Readers(cores, wishes)
    try:
        for task in tasks:
            readers.take(task)
            while len(readers.waiting) > AHEAD * cores:
                yield readers.next()
        while readers.waiting:
            yield readers.next()
    finally:
        readers.end()


class _Readers:
    """A process for each core, begun anew when a report made one of them crash."""

    def __init__(self, cores: int, wishes: Wishes) -> None:
        self.cores, self.wishes = cores, wishes
        self.waiting: deque[tuple[Task | Untaken, Future[Step]]] = deque()
        self.pool = _pool(cores)

    def take(self, task: Task | Untaken) -> None:
        """Give a report to the next process that is free."""
        result: Future[Step] = Future()
        if isinstance(task, Task):
            result = self._submit(task)
        else:
            result.set_result(task)
        self.waiting.append((task, result))

    def next(self) -> Step:
        """The result of the report that waits longest."""
        task, result = self.waiting.popleft()
        try:
            return result.result()
        except BrokenProcessPool:
            self._begin_anew()
        return self._alone(task) if isinstance(task, Task) else task

    def end(self) -> None:
        """Let the processes go; what still waits is not read."""
        self.pool.shutdown(cancel_futures=True)

    def _submit(self, task: Task) -> Future[Step]:
        try:
            return self.pool.submit(look, task, self.wishes)
        except BrokenProcessPool as broken:  # noticed before its turn came
            failed: Future[Step] = Future()
            failed.set_exception(broken)
            return failed

    def _begin_anew(self) -> None:
        """New processes; they are given again what broke with the old ones."""
        self.end()
        self.pool = _pool(self.cores)
        held, self.waiting = self.waiting, deque()
        for task, result in held:
            if result.done() and result.exception() is None:
                self.waiting.append((task, result))
            else:
                self.take(task)

    def _alone(self, task: Task) -> Looked | Unread:
        """Read one report in a process of its own, to know whether it is the one that crashes."""
        with _pool(1) as pool:
            try:
                return pool.submit(look, task, self.wishes).result()
            except BrokenProcessPool:
                return Unread(str(task.path), CRASHED, SAVE_AGAIN)


def _pool(cores: int) -> ProcessPoolExecutor:
    """Started from nothing, so that no thread of this process (a progress bar) is copied."""
    return ProcessPoolExecutor(cores, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """An interrupt is for the command to handle; without the command, nothing is to be done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
