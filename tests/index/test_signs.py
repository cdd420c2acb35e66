"""Rows of table two whose cells ran together: read only as signs and zeros force it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from index.amounts import Amount
from index.cells.cell import Cell
from index.cells.signs import place_run_row
from index.reading import read_report
from index.tables.rows import Slot
from tests.index.helpers import seeded

COUNTS = ["count", "count", "count"]
ITEMS = ["count", "signed", "count"]
CHANGE = ["count", "signed"]


def place(texts: list[str], kinds: list[str]) -> list[Cell]:
    slots, at = [], 0
    for text in texts:
        amount = Amount(int(text) if text.isdigit() else None)
        slots.append(Slot(text, amount, (at, at + len(text)), None, None, run=True))
        at += len(text) + 1
    return place_run_row(slots, kinds)


def values(cells: list[Cell]) -> list[object]:
    return [c.value if c.state == "read" else "?" for c in cells]


@pytest.mark.parametrize(
    ("texts", "kinds", "want"),
    [
        (["2648-18538"], ITEMS, [2648, "?", "?"]),  # -1|8538, -18|538, -185|38, -1853|8
        (["5-12"], ITEMS, [5, "?", "?"]),  # -1|2, or -12 and a dropped cell
        (["12-50"], ITEMS, [12, "?", "?"]),  # -5|0, or -50 and a dropped cell
        (["0-10"], ITEMS, [0, "?", "?"]),
        (["8-9"], CHANGE, [8, -9]),
        (["35-15"], CHANGE, ["?", "?"]),  # may be one cell: 35 less 15
        (["35-15"], ITEMS, ["?", "?", "?"]),
        (["5-12"], COUNTS, [5, "?", 12]),  # no column may be negative: the dash is a blank cell
        (["-5-12"], ITEMS, ["?", "?", "?"]),
        (["007"], COUNTS, [0, 0, 7]),
        (["000"], COUNTS, [0, 0, 0]),
        (["123"], COUNTS, ["?", "?", "?"]),  # 1|2|3, or 12 and 3 with a dropped cell
        (["12"], CHANGE, ["?", "?"]),
        (["12", "5"], CHANGE, [12, 5]),
        (["13", "055"], COUNTS, [13, 0, 55]),
        (["13", "55"], COUNTS, ["?", "?", "?"]),
        (["97"], ["count"], [97]),
        (["39573802895.90元"], ["count", "money"], ["?", "?"]),
        (["5a"], CHANGE, ["?", "?"]),
        (["9" * 31], COUNTS, ["?", "?", "?"]),
    ],
    ids=str,
)
def test_a_run_is_cut_only_where_every_reading_agrees(texts, kinds, want) -> None:
    assert values(place(texts, kinds)) == want


def test_an_open_cell_keeps_what_may_stand_there() -> None:
    cells = place(["2648-18538"], ITEMS)
    assert cells[1].candidates == (-18538, -1853, -185, -18, -1)
    assert cells[2].candidates == (8, 38, 538, 8538, 18538)
    assert cells[0].slot is not None
    assert (cells[0].slot.text, cells[0].slot.span) == ("2648", (0, 4))


def written(row: list[int], kinds: list[str]) -> Iterator[str]:
    """Every way in which a crawl may print a row: blanks for any of its zeros dropped."""
    zeros = [n for n, value in enumerate(row) if value == 0]
    for count in range(len(zeros) + 1):
        for dropped in itertools.combinations(zeros, count):
            yield "".join(str(v) for n, v in enumerate(row) if n not in dropped)


@pytest.mark.parametrize("kinds", [COUNTS, ITEMS, CHANGE], ids=str)
def test_what_is_read_is_what_was_written(kinds) -> None:
    read = 0
    for seed in range(400):
        rng = seeded(seed)
        row = [rng.choice([0, 0, 3, 12, 107, 2648]) for _ in kinds]
        row[1] = rng.choice([-1, -15, 0, 4]) if kinds[1] == "signed" else row[1]
        for text in written(row, kinds):
            if not text:
                continue
            for cell, value in zip(place([text], kinds), row, strict=True):
                if cell.state == "read":
                    read += 1
                    assert cell.value == value, (text, row)
    assert read > 100


def test_a_real_run_beside_a_sign(shared: Path) -> None:
    path = shared / "corpus" / "truth" / "pingtan-2020.json"
    truth = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    report = read_report(shared / "corpus" / "reports" / truth["file"])
    got = {f.address: f for f in report.figures}
    for address, value in truth["figures"].items():
        if value is not None:
            assert got[address].value == value, address
        elif address in truth["ambiguous"]:
            assert got[address].value is None, address
    penalty = got["t2.penalty.prev_items"]
    assert (penalty.value, penalty.printed, penalty.status.value) == (2648, "2648", "printed")
