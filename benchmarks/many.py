"""A ledger of as many reports as wanted: one sample report under many invented bodies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from benchmarks.timing import EXAMPLES
from index.reading import read_report
from index.report import Report
from index.storage.ledger import Ledger

FIRST = "云青临澜雁梧柳石荷松竹霞桂溪泽汀芦苇杉枫"
SECOND = "岫棠溪屿汀桐泉关坪岭浦渡洲湾港门原野川峡"
"""Characters of their names, no two of one sound: same-sounding places are asked back about."""
UNITS = (
    "人民政府", "水务局", "财政局", "行政审批局", "文化和旅游局", "教育局", "卫生健康委员会",
    "农业农村局", "交通运输局", "自然资源和规划局",
)  # fmt: skip
YEARS = (2021, 2022, 2023)
NAMELESS_EVERY = 50
"""One report in so many names no body and goes by what it says."""


def bodies() -> Iterator[str]:
    """Invented bodies, one unit of each place after the other."""
    for unit in UNITS:
        for second, first in product(SECOND, FIRST):
            yield f"{first}{second}{'市' if unit == '人民政府' else '县'}{unit}"


def reports(count: int) -> Iterator[Report]:
    """As many reports, years of a body side by side, all with the figures of one sample."""
    whole = read_report(EXAMPLES / "yunxiu-2021.txt")
    nameless = read_report(EXAMPLES / "yimaban-2023.txt")
    for number, (body, year) in enumerate(islice(product(bodies(), YEARS), count)):
        sha = hashlib.sha256(f"{body}{year}".encode()).hexdigest()
        own = {"id": f"r-{sha[:12]}", "sha256": sha, "source_file": f"{sha[:12]}.txt"}
        if number % NAMELESS_EVERY == NAMELESS_EVERY - 1:
            says = (f"{body[:2]}一码办", *nameless.says[1:])
            yield nameless.model_copy(update=own | {"says": says, "title": f"（未署名）{says[0]}"})
            continue
        named = {
            "title": f"{body}{year}年",
            "body": whole.body.model_copy(update={"value": body}),
            "year": whole.year.model_copy(update={"value": str(year)}),
            "says": (),
        }
        yield whole.model_copy(update=own | named)


def fill(folder: Path, count: int) -> None:
    """Put as many reports into a new ledger; no vectors, which no figure question needs."""
    ledger = Ledger(folder, create=True)
    for report in reports(count):
        ledger.put(report, place=report.source_file, reading="bench")
    ledger.close()
