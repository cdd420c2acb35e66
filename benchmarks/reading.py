"""Reading: text, web pages, PDF, and what reading leaves in memory."""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import EXAMPLES, line, median_pair, real

PAGE_SIZE = 4096
KILOBYTE, MEGABYTE = 1024, 1024 * 1024
MANY, FEW = 1_000, 100
"""Reports after which the memory is looked at."""


def text() -> None:
    """Reading and checking a report, against regular expressions that find its rows only."""
    import jieba

    from index.reading import read_report

    jieba.initialize()
    extract = row_patterns()
    for name in ("yunxiu-2021.txt", "linxi-shuiwu-2020.txt"):
        path = EXAMPLES / name
        content = path.read_text("utf-8")
        pair = median_pair(lambda p=path: read_report(p), lambda t=content: extract(t))  # type: ignore[misc]
        line(f"read and check {name}", "a regular expression a row, nothing proven", pair)
        pair = median_pair(lambda p=path: read_report(p), lambda t=content: list(jieba.cut(t)))  # type: ignore[misc]
        line("the same", "jieba.cut of the same text", pair)


def blanks() -> None:
    """The same where blanks were dropped or digits ran together, against one with all its cells."""
    from index.reading import report_from_document
    from index.sidecar import Given
    from tests.writer import Order, Written, write_report

    whole = Order(7, size="county")
    others = {
        "blanks dropped": Order(7, size="county", damages=("zeros_blank",)),
        "digits run together": Order(7, size="county", surface="flattened"),
        "of a city, blanks dropped": Order(7, size="city", damages=("zeros_blank",)),
        "of a city, digits run together": Order(7, size="city", surface="flattened"),
    }

    def reader(written: Written) -> Callable[[], object]:
        from index.read import read_bytes

        path = Path(written.name)
        return lambda: report_from_document(read_bytes(written.data, path), Given())

    plain = reader(write_report(whole))
    for name, order in others.items():
        pair = median_pair(reader(write_report(order)), plain)
        line(f"read and check, {name}", "a report with all its cells", pair)


def row_patterns() -> Callable[[str], dict[str, list[str]]]:
    """What a quick script would do: each official label, then the seven numbers after it."""
    from index.formats import load_forms

    form = next(form for form in load_forms() if form.annex is None)
    cells = r"[\s|]*([\d.]+)" * len(form.tables.t3.columns)
    patterns = {row.key: re.compile(re.escape(row.label) + cells) for row in form.tables.t3.rows}

    def extract(content: str) -> dict[str, list[str]]:
        found = {key: pattern.search(content) for key, pattern in patterns.items()}
        return {key: list(match.groups()) for key, match in found.items() if match}

    return extract


def html() -> None:
    """Reading web pages, against pandas.read_html, which gives their tables."""
    import pandas

    from index.read.html import read_html
    from index.reading import report_from_document
    from index.sidecar import Given
    from tests.writer import Order, write_report

    written = write_report(Order(3, surface="html"))
    pages = {"a written page": written.data}
    for name in ("pingtan-2024-tables.html", "shanghai-office-2019.html"):
        if path := real("corpus", "reports", name):
            pages[name] = path.read_bytes()
    place = Path("page.html")
    for name, data in pages.items():
        tables = lambda d=data: pandas.read_html(io.BytesIO(d), flavor="lxml")  # type: ignore[misc] # noqa: E731
        pair = median_pair(lambda d=data: read_html(d, place), tables, warm=True)  # type: ignore[misc]
        line(f"read {name}", "pandas.read_html", pair)
        pair = median_pair(
            lambda d=data: report_from_document(read_html(d, place), Given(year=2019)),  # type: ignore[misc]
            tables,
            warm=True,
        )
        line("read, place and check it, prose too", "pandas.read_html", pair)


def pdf() -> None:
    """Reading a real PDF, against extracting its tables alone with pdfplumber."""
    import pdfplumber

    from index.read.pdf import read_pdf

    path = real("corpus", "reports", "hongze-2023.pdf")
    if path is None:
        return
    data = path.read_bytes()

    def other() -> object:
        with pdfplumber.open(path) as file:
            return [page.extract_tables() for page in file.pages]

    pair = median_pair(lambda: read_pdf(data, path), other, warm=True)
    line(f"read {path.name}", "pdfplumber, extract_tables", pair)


def memory() -> None:
    """Memory of the process after reading a thousand reports, against that after a hundred."""
    from index.read import read_bytes
    from index.reading import report_from_document
    from index.sidecar import Given
    from tests.writer import write_report
    from tests.writer.sample import draw_order

    texts = {"lines": 3, "padded": 2, "pipes": 2, "flattened": 1, "html": 1}
    few = 0.0
    for number in range(1, MANY + 1):
        written = write_report(draw_order(number, surfaces=texts))
        report_from_document(read_bytes(written.data, Path(written.name)), Given())
        if number == FEW:
            few = resident()
    pair = (resident(), few)
    line(f"memory after {MANY:,} reports, all different", f"after {FEW}", pair, "MB")


def resident() -> float:
    """Resident memory of this process in megabytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * PAGE_SIZE / MEGABYTE
