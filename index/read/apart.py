"""A reader in a process of its own, which ends when it takes too long or asks for too much memory.

Pdfium has no limit within a page, and no thread can stop it. The process is started with the
first file, kept for those that follow, and started anew after it was ended.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import TimeoutError as TookTooLong
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from index.errors import UnreadableFile
from index.read.refusals import refuse
from index.report import Document

Reader = Callable[[bytes, Path], Document]

SECONDS = 120.0
"""A report takes less than two."""
MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes of address space; a report takes a tenth."""


def read_apart(module: str, name: str, data: bytes, path: Path) -> Document:
    """Read with the function ``name`` of ``module`` in a process of its own.

    Raises:
        UnreadableFile: what the reader raises, or it took over `SECONDS` or `MEMORY`.
    """
    reading = _pool().schedule(_read, args=(module, name, data, path), timeout=SECONDS)
    try:
        document: Document = reading.result()
    except TookTooLong:
        message = f"读了 {SECONDS:.0f} 秒仍未读完 (not read in {SECONDS:.0f} s)."
        raise _ended(path, message) from None
    except (ProcessExpired, MemoryError):
        message = "读取时占用内存过多或程序崩溃 (reading it took too much memory, or crashed)."
        raise _ended(path, message) from None
    return document


def _ended(path: Path, message: str) -> UnreadableFile:
    return refuse(
        str(path), message, "请另存为 PDF 或文本后重试 (print it to a new PDF, or save it as text)."
    )


@cache
def _pool() -> ProcessPool:
    """The process, begun when first needed; it ends with this one.

    Where this is itself a process of multiprocessing, `atexit` is not called, and it would wait
    for the other for ever.
    """
    pool = ProcessPool(max_workers=1, context=get_context("spawn"), initializer=_limit_memory)
    Finalize(None, _end, args=(pool,), exitpriority=0)  # before children are waited for
    return pool


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _limit_memory() -> None:
    """Where the system can: Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _read(module: str, name: str, data: bytes, path: Path) -> Document:
    reader: Reader = getattr(import_module(module), name)
    return reader(data, path)
