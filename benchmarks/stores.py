"""Stores: embedding, building, looking up, and asking over few reports and many."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

from benchmarks.timing import EXAMPLES, ROOT, line, median_pair
from index.embed import load_embedder
from index.report import Report

MODEL = ROOT / "index" / "model"
BUILT = 40
"""Reports that are built: as many as have their vectors written together."""
FEW, MANY = 50, 5_000
YEARS = range(2021, 2026)
FIRST, SECOND = "雾岚栖澄霁砚黛芷筠皎榕穗蓼茗苇曦骊珩漪沅", "川汀禾岫原湖岭河隰洲埠渡泽屏浦汇"
KINDS = ("市人民政府", "县人民政府", "市财政局", "区教育局")
"""Names of invented bodies, more than enough for `MANY` reports of five years."""


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
    from index.ledger import Ledger
    from index.reading import read_report
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
    """A figure question over five thousand indexed reports, against one over fifty."""
    from assistant.ask import Desk
    from index.ledger import Ledger

    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        for folder, count in ((few, FEW), (many, MANY)):
            with closing(Ledger(Path(folder), create=True)) as ledger:
                for report in copies(count):
                    ledger.put(report, place=report.path, reading="")
        small, large = Desk(Path(few)), Desk(Path(many))
        first = next(copies(1))
        for asked in ("结转下年度继续办理多少件", "新收申请比上年多多少"):
            question = f"{first.body.value}{YEARS[1]}年{asked}"
            assert small.ask(question).value == large.ask(question).value
            pair = median_pair(lambda q=question: large.ask(q), lambda q=question: small.ask(q))  # type: ignore[misc]
            line(f"{asked}, over {MANY:,} reports", f"over {FEW}", pair)
        small.shelf.ledger.close()
        large.shelf.ledger.close()


def copies(count: int) -> Iterator[Report]:
    """Reports of invented bodies, each in five years: one report under many names."""
    from index.read import read_bytes
    from index.reading import report_from_document
    from index.sidecar import Given
    from tests.writer import Order, write_report

    reports = []
    for number, year in enumerate(YEARS):
        written = write_report(Order(number), body="雾川市人民政府", year=year)
        document = read_bytes(written.data, Path(written.name))
        reports.append(report_from_document(document, Given()))
    bodies = (f"{a}{b}{kind}" for kind, a, b in product(KINDS, FIRST, SECOND))
    named = ((body, report) for body in bodies for report in reports)
    for number, (body, report) in zip(range(count), named, strict=False):
        yield report.model_copy(
            update={
                "id": f"r-{number:012x}",
                "path": f"{body}{report.year.value}.txt",
                "source_file": f"{body}{report.year.value}.txt",
                "title": f"{body}{report.year.value}年",
                "body": report.body.model_copy(update={"value": body}),
                "says": (f"{body[:2]}一码办",),
            }
        )
