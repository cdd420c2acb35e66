"""What the tests of the index share: examples, a writer of reports, a small embedder."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from index.amounts import parse_amount
from index.figures import settle_figures
from index.formats import Form, load_forms
from index.read.text import read_text
from index.reading import read_report, report_from_document
from index.report import Check, Document, Figure, Report
from index.sidecar import Given
from index.tables.finding import read_tables
from index.tables.rows import RawRow, RawTables, Slot

ROOT = Path(__file__).parents[2]
EXAMPLES = tuple(sorted((ROOT / "examples").glob("*.txt")))
RULES = ROOT / "tests" / "rules"
FORMS = {form.id: form for form in load_forms()}
T3_COLUMNS = tuple(c.key for c in FORMS["2021"].tables.t3.columns)


def example(name: str) -> Path:
    """One of our own sample reports by the stem of its name."""
    return ROOT / "examples" / f"{name}.txt"


@cache
def read_example(name: str) -> Report:
    """A sample report as read; reports are frozen, so that all tests share it."""
    return read_report(example(name))


def golden(name: str) -> dict[str, Any]:
    """The independent truth of a sample report."""
    text = (ROOT / "tests" / "golden" / f"{name}.json").read_text("utf-8")
    return json.loads(text, parse_float=Decimal)


def document(text: str, name: str = "report.txt") -> Document:
    """A text as read from a UTF-8 file."""
    return read_text(text.encode(), Path(name))


def report(text: str, **given: Any) -> Report:
    """A text as a report; ``given`` are the body and year that the user sets."""
    return report_from_document(document(text), Given(**given))


def tables(text: str, form: Form | str = "2021") -> RawTables:
    """The raw tables of a text in a form."""
    form = FORMS[form] if isinstance(form, str) else form
    return read_tables(document(text).blocks, form, text)


def figures(raw: RawTables) -> dict[str, Figure]:
    """Settled figures by address."""
    return {f.address: f for f in settle_figures(raw)[0]}


def checks(raw: RawTables) -> dict[str, Check]:
    """Checks by id."""
    return {c.id: c for c in settle_figures(raw)[1]}


# -- writing reports -----------------------------------------------------------------------

Cells = Mapping[str, Sequence[str]]


def at(rows: Sequence[Sequence[str]], label: str) -> int:
    """Which row has a label, in whole or in part; the first."""
    return next(n for n, cells in enumerate(rows) if label in cells[0])


def zeros(form: Form | str = "2021", **rows: str) -> dict[str, list[str]]:
    """Cells of table three by row: the given rows (``new="1 0 0 0 0 0 1"``), the rest all 0."""
    form = FORMS[form] if isinstance(form, str) else form
    result = {}
    for row in form.tables.t3.rows:
        head = row.cells is False or row.cells == "when_children_absent"
        if row.key in rows or not head:
            result[row.key] = rows.get(row.key, " ".join(["0"] * 7)).split()
    return result


def balanced(form: Form | str = "2021", **rows: str) -> dict[str, list[str]]:
    """A small table three in which every identity holds."""
    values = {
        "new": "5 2 0 0 1 0 8",
        "carried_in": "1 0 0 0 0 0 1",
        "granted": "3 1 0 0 1 0 5",
        "denied_query": "2 0 0 0 0 0 2",
        "result_total": "5 1 0 0 1 0 7",
        "carried_out": "1 1 0 0 0 0 2",
    }
    return zeros(form, **(values | rows))


def table_three(
    cells: Cells, form: Form | str = "2021", labels: Mapping[str, str] | None = None
) -> list[list[str]]:
    """Rows of table three, each its label and its cells; heads have no cells."""
    form = FORMS[form] if isinstance(form, str) else form
    rows = []
    for row in form.tables.t3.rows:
        label = (labels or {}).get(row.key, f"{row.number}{row.label}")
        if row.key in cells:
            rows.append([label, *cells[row.key]])
        elif row.cells is not True:
            rows.append([label])
    return rows


def table_four(values: Sequence[str], form: Form | str = "2021") -> list[list[str]]:
    """The head of table four, line by line, and its single row of cells."""
    form = FORMS[form] if isinstance(form, str) else form
    t4 = form.tables.t4
    outcomes = [o.label for o in t4.outcomes]
    head = [["行政复议"], ["行政诉讼"], *[[o] for o in outcomes]]
    for block in t4.blocks[1:]:
        head.append([block.label])
    return [*head, *[[o] for o in outcomes * 2], list(values)]


def lines(rows: Sequence[Sequence[str]]) -> str:
    """One cell a line."""
    return "".join(f"{cell}\n" for row in rows for cell in row)


def pipes(rows: Sequence[Sequence[str]]) -> str:
    """Real pipe rows, where a blank cell keeps its column."""
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def tabs(rows: Sequence[Sequence[str]]) -> str:
    """Rows separated by tabs."""
    return "".join("\t".join(row) + "\n" for row in rows)


def lone_pipes(rows: Sequence[Sequence[str]]) -> str:
    """One cell a line with a lone pipe after each."""
    return "".join(f"{cell}\n|\n" for row in rows for cell in row)


def padded(rows: Sequence[Sequence[str]], width: int = 9) -> str:
    """``cell |`` a line, each row padded by pipes to one width: blanks are lost."""
    return "".join(
        "".join(f"{cell} |\n" for cell in row) + "|" * (width - len(row)) + "\n" for row in rows
    )


def row_of(values: str, key: str = "x") -> RawRow:
    """A raw row whose cells are the words of ``values``, in no grid."""
    slots = []
    for number, word in enumerate(values.split()):
        amount = parse_amount(word)
        assert amount is not None
        slots.append(Slot(word, amount, (number * 10, number * 10 + len(word)), None, None))
    return RawRow(key, key, (0, 1), slots)


def seeded(seed: int) -> random.Random:
    """A generator that gives the same tables in every run."""
    return random.Random(seed)  # noqa: S311 - nothing secret


# -- vectors -------------------------------------------------------------------------------


class FakeEmbedder:
    """Hashed character pairs: texts that share wording are near, and nothing is loaded."""

    dimensions = 512

    def __init__(self, name: str = "fake@1") -> None:
        self.name = name

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for number, text in enumerate(texts):
            for pair in _pairs(text):
                sums[number, zlib.crc32(pair.encode()) % self.dimensions] += 1
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return sums / np.where(lengths > 0, lengths, np.float32(1))


def _pairs(text: str) -> Iterator[str]:
    return (text[i : i + 2] for i in range(len(text) - 1))
