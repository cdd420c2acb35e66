"""``make bench``: each line is a median in milliseconds, its alternative's, and the ratio.

Machines differ and are noisy, so the ratio is what to look at: both sides of a line are timed
in turns, within the same minute, on the same data.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from index.embed import load_embedder

EXAMPLES = Path(__file__).parents[1] / "examples"
SHARED = Path(os.environ.get("GOUJI_SHARED", Path(__file__).parents[2] / "shared"))
MODEL = Path(__file__).parents[1] / "index" / "model"
ROUNDS = 15


def median_pair(
    ours: Callable[[], object], other: Callable[[], object], *, warm: bool = False
) -> tuple[float, float]:
    """Medians in milliseconds of two functions called in turns, after one warm-up each.

    ``warm``: after a warm-up each time, where the other side leaves nothing in the caches.
    """
    ours(), other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for function, kept in ((ours, times[0]), (other, times[1])):
            if warm:
                function()
            start = time.perf_counter()
            function()
            kept.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def line(name: str, other: str, pair: tuple[float, float]) -> None:
    """Print one comparison."""
    ratio = pair[0] / pair[1] if pair[1] else float("inf")
    print(f"{name:<44}{pair[0]:>9.2f} ms   {other:<44}{pair[1]:>9.2f} ms   ratio {ratio:.3f}")


def reading() -> None:
    """Reading and checking a report, against segmenting its text with jieba."""
    import jieba

    from index.reading import read_report

    jieba.initialize()
    for name in ("yunxiu-2021.txt", "qingtang-shenpi-2019.txt", "linxi-shuiwu-2020.txt"):
        path = EXAMPLES / name
        text = path.read_text("utf-8")
        pair = median_pair(lambda p=path: read_report(p), lambda t=text: list(jieba.cut(t)))  # type: ignore[misc]
        line(f"read and check {name}", "jieba.cut of the same text", pair)


def pdf() -> None:
    """Reading a real PDF, against extracting its tables alone with pdfplumber."""
    import pdfplumber

    from index.read.pdf import read_pdf

    path = SHARED / "corpus" / "reports" / "hongze-2023.pdf"
    if not path.exists():
        print(f"pdf: no {path}; set GOUJI_SHARED to the folder of real reports")
        return
    data = path.read_bytes()

    def other() -> object:
        with pdfplumber.open(path) as file:
            return [page.extract_tables() for page in file.pages]

    pair = median_pair(lambda: read_pdf(data, path), other, warm=True)
    line(f"read {path.name}", "pdfplumber, extract_tables", pair)


def memory() -> None:
    """Memory that stays after reading the same reports again and again."""
    from index.reading import read_report

    paths = sorted(EXAMPLES.glob("*.txt"))
    for path in paths:
        read_report(path)
    tracemalloc.start()
    sizes = []
    for _ in range(4):
        for path in paths * 3:
            read_report(path)
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    print(
        f"memory after 27, 54, 81, 108 reports: {', '.join(f'{s / 1024:.0f} KiB' for s in sizes)}"
    )


def embedding() -> None:
    """The bundled embedder, against the same folder in sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    texts = [
        sentence
        for path in sorted(EXAMPLES.glob("yunxiu-*.txt"))
        for sentence in path.read_text("utf-8").split("。")
    ]
    ours, other = load_embedder(None), SentenceTransformer(str(MODEL), device="cpu")
    pair = median_pair(lambda: ours.encode(texts), lambda: other.encode(texts))
    line(f"embed {len(texts)} sentences, bundled", "sentence-transformers, same model", pair)


def store() -> None:
    """A figure by address, and a passage by words, against Chroma alone."""
    from assistant.ask import Desk
    from assistant.search import search
    from index.build import build
    from index.store import FIGURES, PASSAGES

    with tempfile.TemporaryDirectory() as folder:
        list(build(sorted(EXAMPLES.glob("*.txt")), Path(folder), load_embedder(None)))
        desk = Desk(Path(folder))
        chosen = next(c.id for c in desk.reports() if c.source_file == "yunxiu-2021.txt")
        pair = median_pair(
            lambda: desk.report(chosen).figure("t3.carried_out.total"),
            lambda: desk.shelf.vectors.near(FIGURES, "云岫市2021年结转下年度继续办理", limit=5),
        )
        line("figure by address, ledger", "nearest rows, Chroma", pair)
        asked = "政策解读发布了多少篇"
        pair = median_pair(
            lambda: search(asked, desk.shelf.ledger, desk.shelf.vectors),
            lambda: desk.shelf.vectors.near(PASSAGES, asked, limit=60),
        )
        line("passages, fused search", "nearest passages, Chroma", pair)
        pair = median_pair(
            lambda: desk.ask("云岫市2021年结转下年度继续办理多少件"),
            lambda: desk.shelf.vectors.near(FIGURES, "云岫市2021年结转下年度继续办理", limit=5),
        )
        line("a figure question, answered", "nearest rows, Chroma", pair)
        desk.shelf.ledger.close()


def many() -> None:
    """Figure questions over 5,000 reports, against the same over 50. Takes some minutes to fill."""
    from assistant.ask import Desk
    from benchmarks.many import fill

    with tempfile.TemporaryDirectory() as folder:
        askers = []
        for count in (5_000, 50):
            store = Path(folder) / str(count)
            fill(store, count)
            desk = Desk(store)
            start = time.perf_counter()
            named = [card for card in desk.reports() if card.body]
            desk.ask(f"{named[0].title}结转下年度继续办理多少件")
            print(f"first question, {count} reports: {(time.perf_counter() - start) * 1000:.0f} ms")
            chosen = cycle(named[:: max(1, len(named) // ROUNDS)])
            askers.append(
                lambda d=desk, c=chosen: d.ask(f"{next(c).title}结转下年度继续办理多少件")
            )
        line("a figure question, 5,000 reports", "50 reports", median_pair(*askers))


BENCHMARKS = {
    "reading": reading,
    "pdf": pdf,
    "memory": memory,
    "embedding": embedding,
    "store": store,
    "many": many,
}


def main() -> None:
    """Run the benchmarks named on the command line, or all of them."""
    chosen = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in chosen if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    for name in chosen:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
