"""Stores: embedding, building, looking up, and asking over few reports and many."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import cycle
from pathlib import Path

from assistant.ask import Desk
from benchmarks.timing import EXAMPLES, ROOT, line, median_pair
from index.storage.embed import load_embedder

MODEL = ROOT / "index" / "model"
BUILT = 40
"""Reports that are built: as many as have their vectors written together."""
FEW, MANY = 50, 5_000


def embedding() -> None:
    """The bundled embedder, against the same folder in sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    texts = [
        sentence
        for path in sorted(EXAMPLES.glob("yunxiu-*.txt"))
        for sentence in path.read_text("utf-8").split("。")
    ]
    ours, other = load_embedder(None), SentenceTransformer(str(MODEL), device="cpu")
    pair = median_pair(
        lambda: ours.encode(texts), lambda: other.encode(texts), clock=time.perf_counter
    )
    line(f"embed {len(texts)} sentences, bundled", "sentence-transformers, same model", pair)


def building() -> None:
    """A report read, checked and written into ledger and Chroma, against reading it alone."""
    from index.build import build
    from index.reading import read_report
    from index.storage.ledger import Ledger
    from tests.writer import Order, write_report

    embedder = load_embedder(None)
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "in"
        sources.mkdir()
        paths = [write_report(Order(seed)).save(sources) for seed in range(BUILT)]
        start = time.perf_counter()
        reports = [read_report(path) for path in paths]
        reading = (time.perf_counter() - start) * 1000 / BUILT
        start = time.perf_counter()
        with closing(Ledger(Path(folder) / "ledger", create=True)) as ledger:
            for path, report in zip(paths, reports, strict=True):
                ledger.put(report, place=str(path), reading="")
        writing = (time.perf_counter() - start) * 1000 / BUILT
        line("a report into the ledger", "reading it", (writing, reading))
        start = time.perf_counter()
        steps = list(build(paths, Path(folder) / "store", embedder))
        both = (time.perf_counter() - start) * 1000 / BUILT
        assert all(step.outcome == "added" for step in steps)
        line("read, and into ledger and Chroma", "reading it", (both, reading))
        print(f"{'':<44}{1000 / both:>9.1f} reports a second")


def store() -> None:
    """A figure by address, and a passage by words, against Chroma alone."""
    from assistant.answering.search import search
    from index.build import build
    from index.storage.store import FIGURES, PASSAGES

    with tempfile.TemporaryDirectory() as folder:
        list(build(sorted(EXAMPLES.glob("*.txt")), Path(folder), load_embedder(None)))
        desk = Desk(Path(folder))
        chosen = next(c.id for c in desk.reports() if c.source_file == "yunxiu-2021.txt")
        pair = median_pair(
            lambda: desk.report(chosen).figure("t3.carried_out.total"),
            lambda: desk.shelf.vectors.near(FIGURES, "云岫市2021年结转下年度继续办理", limit=5),
            clock=time.perf_counter,
        )
        line("figure by address, ledger", "nearest rows, Chroma", pair)
        asked = "政策解读发布了多少篇"
        pair = median_pair(
            lambda: search(asked, desk.shelf.ledger, desk.shelf.vectors),
            lambda: desk.shelf.vectors.near(PASSAGES, asked, limit=60),
            clock=time.perf_counter,
        )
        line("passages, fused search", "nearest passages, Chroma", pair)
        pair = median_pair(
            lambda: desk.ask("云岫市2021年结转下年度继续办理多少件"),
            lambda: desk.shelf.vectors.near(FIGURES, "云岫市2021年结转下年度继续办理", limit=5),
            clock=time.perf_counter,
        )
        line("a figure question, answered", "nearest rows, Chroma", pair)
        desk.shelf.ledger.close()


def asking() -> None:
    """Figure questions over five thousand indexed reports, against the same over fifty.

    Each question is of the next body, so that none is answered from what the last one left.
    """
    from benchmarks.many import fill

    with tempfile.TemporaryDirectory() as folder:
        desks = []
        for count in (MANY, FEW):
            store = Path(folder) / str(count)
            fill(store, count)
            desks.append(Desk(store))
        for asked in ("结转下年度继续办理多少件", "新收申请比上年多多少"):
            pair = median_pair(*(_in_turn(desk, asked) for desk in desks))
            line(f"{asked}, over {MANY:,} reports", f"over {FEW}", pair)
        for desk in desks:
            desk.shelf.ledger.close()


def _in_turn(desk: Desk, asked: str) -> Callable[[], object]:
    """A question asked of one report after the other."""
    titles = cycle([card.title for card in desk.reports() if card.body])
    return lambda: desk.ask(f"{next(titles)}{asked}")
