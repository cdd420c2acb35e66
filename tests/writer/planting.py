"""Folders of reports with one planted error each, and what is to be found in them.

A folder holds what its error needs: one report, a body's years, two copies, two bodies, or a
government with its units. Errors of tables are broken identities of the form; errors of running
text are false sentences of the writer's own or the smallest breaking examples of ``tests/rules``.
Clean folders stand between them, of every kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import count as counting
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import yaml

from index.across.units import NO_UNITS, Units
from tests.writer.faults import FAULTS
from tests.writer.figures import FORMS, failing
from tests.writer.order import OF_TEXT, Order
from tests.writer.report import Written, write_government, write_report, write_years
from tests.writer.sample import CHECKS
from tests.writer.years import BREAKERS

RULES = Path(__file__).parents[1] / "rules"
SURFACES = ("lines", "pipes", "padded", "html", "markdown")
PLACES = "云青临澜雁梧柳石荷松"
CLEAN = 3
"""One folder in so many is clean."""
APART = 10
"""Seeds that a folder has for its reports, so that no two bodies have one text by accident."""
TRIES = 1_000_000
"""Seeds between one try at a report and the next, where an error needs certain figures."""


class Plant(NamedTuple):
    """An error: the code of the check that it breaks, and how it is put into a report.

    ``code`` "" is no error at all.
    """

    code: str
    way: Way


class Reports(NamedTuple):
    """Reports of a folder; the error is in the last one."""

    written: list[Written]
    units: Units = NO_UNITS


@dataclass(frozen=True)
class Case:
    """A folder that was written.

    ``broken`` has, by file, the codes of what is broken in it: breaking one identity may break
    others. Nothing is in a clean one, whose ``code`` is "".
    """

    folder: Path
    code: str
    broken: Mapping[str, frozenset[str]]
    units: Units


Way = Callable[[str, Order, str], Reports]
"""Writes the reports for a code, an order and a place."""


def plant(folder: Path, count: int, seed: int = 0) -> list[Case]:
    """Write so many folders into a folder; no body is in two of them."""
    cases = []
    for number in range(count):
        clean, errors = CLEAN_ONES, plants()
        chosen = (
            clean[number // CLEAN % len(clean)]
            if number % CLEAN == 0
            else errors[(number - number // CLEAN - 1) % len(errors)]
        )
        here = folder / f"{number:04}"
        here.mkdir(parents=True)
        cases.append(_case(here, chosen, _order(number, seed), _place(number)))
    return cases


def _order(number: int, seed: int) -> Order:
    return Order(
        seed=seed + number * APART,
        form=list(FORMS)[number % len(FORMS)],
        surface=SURFACES[number // CLEAN % len(SURFACES)],
        size=("county", "city")[number % 2],
    )


def _place(number: int) -> str:
    return "".join(PLACES[int(digit)] for digit in f"{number:03}")


def _case(folder: Path, chosen: Plant, order: Order, place: str) -> Case:
    reports = _write(chosen, order, place)
    broken: dict[str, frozenset[str]] = {}
    for written in reports.written:
        written.save(folder)
        tables = failing(written.figures.form, written.figures.values)
        broken[written.name] = frozenset(check.partition("@")[0] for check in tables)
    if chosen.code:
        broken[reports.written[-1].name] |= {chosen.code}
    return Case(folder, chosen.code, broken, dict(reports.units))


def _write(chosen: Plant, order: Order, place: str) -> Reports:
    """What is chosen, with the first figures that have room for it."""
    for again in counting():
        try:
            return chosen.way(chosen.code, replace(order, seed=order.seed + again * TRIES), place)
        except ValueError:  # nothing was pending that could be left out, nobody failed to pay
            continue
    raise AssertionError("counting has no end")


# -- ways to plant an error ---------------------------------------------------------------------


def in_tables(code: str, order: Order, place: str) -> Reports:
    """An identity of a form is broken."""
    return _one(replace(order, broken=(code,) if code else ()), place)


def in_text(code: str, order: Order, place: str) -> Reports:
    """A sentence of the writer's, that says what the tables do not, or contradicts itself."""
    return _one(replace(order, states=True, broken=(code,) if code else ()), place)


def by_example(code: str, order: Order, place: str) -> Reports:
    """The smallest sentence that breaks a check."""
    (written,) = _one(replace(order, surface="lines"), place).written
    heading = f"\n{written.prose.sections[1][0]}"
    before, found, after = written.data.decode(written.encoding).partition(heading)
    assert found, f"{written.name} has no heading {heading!r}"
    text = f"{before}\n{examples()[code]}{found}{after}"
    return Reports([replace(written, data=text.encode(written.encoding))])


def as_document(code: str, order: Order, place: str) -> Reports:
    """A fault of the report as a document, on one that can have it."""
    if code.startswith("D-FEE"):
        order = replace(order, form="2021", size="city")
    kind = "镇人民政府" if code == "D-RULES" else "县水务局"
    return _one(replace(order, faults=(code,)), place, kind)


def across_years(code: str, order: Order, place: str) -> Reports:
    """A year that does not go on from the one before; all of them do where nothing is broken."""
    first = {"X-T2-ITEMS": 2019, "X-T2-PUBLIC": 2019}.get(code, 2021 + order.seed % 2)
    years = range(first, first + 2)
    copied = years[1:] if code == "X-COPIED" else ()
    broken = {f"y{years[1]}": (code,)} if code in BREAKERS else {}
    body = f"{place}县水务局"
    return Reports(write_years(order, years, body=body, copied=copied, **broken))


def as_copies(_code: str, order: Order, place: str) -> Reports:
    """Two reports of one body and year with other figures; the first by name is told of."""
    orders = (replace(order, seed=order.seed + 1, told=order.seed), order)
    copies = [_of_year(each, f"{place}县水务局") for each in orders]
    return Reports(sorted(copies, key=lambda written: written.name, reverse=True))


def as_bodies(code: str, order: Order, place: str) -> Reports:
    """Two bodies with one text."""
    other = replace(order, seed=order.seed + 1, told=order.seed if code else None)
    return Reports([_of_year(other, f"{place}县财政局"), _of_year(order, f"{place}县水务局")])


def as_units(code: str, order: Order, place: str) -> Reports:
    """A government beside its units: not their sum, or without the report of one of them."""
    names = [f"{place}县{unit}" for unit in ("人民政府", "财政局", "水务局")]
    more = 3 + order.seed % 90 if code == "X-UNITS" else 0
    government, *units = write_government(order, names, _year(order), more=more)
    present = units[1:] if code == "X-UNITS-MISSING" else units
    return Reports([*present, government], {names[0]: names[1:]})


def _one(order: Order, place: str, kind: str = "县水务局") -> Reports:
    return Reports([write_report(order, body=f"{place}{kind}")])


def _of_year(order: Order, body: str) -> Written:
    return write_report(order, body=body, year=_year(order))


def _year(order: Order) -> int:
    """A year that the form ordered was prescribed for."""
    return FORMS[order.form].years[0]


# -- all of them --------------------------------------------------------------------------------

BESIDE: Mapping[str, Way] = {
    **dict.fromkeys(BREAKERS, across_years),
    "X-COPIED": across_years,
    "X-SAME": as_copies,
    "X-ALIKE": as_bodies,
    "X-UNITS": as_units,
    "X-UNITS-MISSING": as_units,
}
CLEAN_ONES = tuple(Plant("", way) for way in (in_tables, in_text, across_years, as_units))


@cache
def examples() -> Mapping[str, str]:
    """The sentence that breaks a check of running text, by its code."""
    return {
        file.parent.name: yaml.safe_load(file.read_text("utf-8"))["text"]
        for file in sorted(RULES.glob("P-*/breaks.yaml"))
    }


@cache
def plants() -> tuple[Plant, ...]:
    """All errors, those of tables, text, document and other reports in turns."""
    tables = dict.fromkeys(check.partition("@")[0] for check in CHECKS)
    ways = (
        [Plant(code, in_tables) for code in tables],
        [Plant(code, in_text) for code in OF_TEXT],
        [Plant(code, by_example) for code in examples()],
        [Plant(code, as_document) for code in FAULTS],
        [Plant(code, way) for code, way in BESIDE.items()],
    )
    return tuple(_in_turns(*ways))


def _in_turns(*lists: list[Plant]) -> Iterator[Plant]:
    return (each for turn in zip_longest(*lists) for each in turn if each is not None)
