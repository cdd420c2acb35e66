"""A government's report beside those of its units, whose sum it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from index.across.abstract import Abstract
from index.across.findings import Place, compare, term_of
from index.across.series import Series, body_key
from index.errors import InputError, LexiconError
from index.read.text import decode
from index.report import Check, Outcome, Strength, Term
from index.words.across import Summed, load_across
from index.words.checks import load_claims
from index.words.load import read_words

Units = Mapping[str, Sequence[str]]
"""Bodies whose reports make up a government's, by the government; names as reports give them."""
NO_UNITS: Units = MappingProxyType({})
CSV_COLUMNS = 2
COMMAS = re.compile("[，\t]")
LIKE = "应为 YAML，如“青棠区人民政府: [青棠区财政局]”，或 CSV，每行“政府,单位” (write it so)."


def load_units(path: Path) -> Units:
    """Units by government from a file of the user's.

    YAML: each government with a list of its units. CSV: a government and a unit in each line.

    Raises:
        InputError: it cannot be read, or is not made like that.
    """
    if path.suffix.lower() == ".csv":
        return _from_csv(path)
    try:
        return read_words(path, dict[str, tuple[str, ...]])
    except LexiconError as error:
        raise InputError(
            "不是单位名单 (no list of units).", place=str(path), advice=LIKE
        ) from error


def _from_csv(path: Path) -> Units:
    try:
        text = decode(path.read_bytes(), str(path))[1]
    except OSError as error:
        raise InputError(f"无法读取 (cannot be read): {error}.", place=str(path)) from error
    return units_in(text, str(path))


def units_in(text: str, place: str) -> Units:
    """Units by government from lines ``government,unit``.

    Between the two may stand a full-width comma or, as copied from a spreadsheet, a tab.

    Raises:
        InputError: a line is not made like that; ``place`` is where the text comes from.
    """
    units: dict[str, tuple[str, ...]] = {}
    try:
        lines = list(csv.reader(COMMAS.sub(",", text).splitlines()))
    except csv.Error as error:
        raise InputError(f"无法读取 (cannot be read): {error}.", place=place) from error
    for number, line in enumerate(lines, 1):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != CSV_COLUMNS or not all(cell.strip() for cell in line):
            raise InputError(
                "每行应为“政府,单位” (each line is a government and a unit).",
                place=f"{place}:{number}",
                advice="请改正这一行 (mend the line).",
            )
        government, unit = (cell.strip() for cell in line)
        units[government] = (*units.get(government, ()), unit)
    return units


def check_units(series: Series, units: Units) -> Iterator[Check]:
    """Each report of a government against the reports of its units for that year."""
    for government, names in units.items():
        members = {body_key(n): n for n in names if body_key(n) != body_key(government)}
        for year in series.years(government):
            found = {name: series.reports(name, year) for name in members.values()}
            for report in series.reports(government, year):
                yield _completeness(report, found)
                for summed in load_across().sums:
                    yield from _sums(report, found, summed)


def _completeness(report: Abstract, units: Mapping[str, Sequence[Abstract]]) -> Check:
    """Whether there is a report of every unit; 1 stands for one that is there."""
    term = Term(
        address=f"{report.report}/units", label=f"{report.year}年·所列单位", value=len(units)
    )
    there = [
        Term(address=f"{copies[0].report}/report", label=copies[0].title, value=1)
        for copies in units.values()
        if copies
    ]
    found = compare(
        load_claims("across")["X-UNITS-MISSING"],
        Place("units", f"{report.year}年", "units"),
        [term],
        there,
    )
    missing = "、".join(name for name, copies in units.items() if not copies)
    said = f"{len(units)} 个单位中缺 {len(units) - len(there)} 个：{missing}"
    return found.model_copy(update={"equation": said}) if missing else found


def _sums(
    report: Abstract, units: Mapping[str, Sequence[Abstract]], summed: Summed
) -> Iterator[Check]:
    claim = load_claims("across")["X-UNITS"]
    for row in summed.rows:
        for column in summed.columns:
            address = f"{summed.table}.{row}.{column}"
            if address not in report.cells:
                continue
            own = term_of(report, address, "")
            label = own.label.partition("·")[2]
            yield _exceeded(
                compare(
                    claim,
                    Place(address, label, "units"),
                    [own],
                    [_term(report, name, copies, address) for name, copies in units.items()],
                    strength=None if column == summed.columns[0] else Strength.INFO,
                )
            )


def _term(government: Abstract, name: str, copies: Sequence[Abstract], address: str) -> Term:
    """A unit's figure; None where it has no report, or copies that differ.

    What has no report is a unit of the government's: ``r-…/units.澄岫县水务局``.
    """
    terms = [term_of(each, address, "") for each in copies]
    values = {t.value for t in terms}
    where = terms[0].address if terms else f"{government.report}/units.{name}"
    return Term(address=where, label=name, value=values.pop() if len(values) == 1 else None)


def _exceeded(check: Check) -> Check:
    """A sum that units are missing from, but that is too large already, fails."""
    own = check.left[0].value
    parts = [t.value for t in check.right if t.value is not None]
    if check.outcome is not Outcome.NOT_EVALUABLE or own is None or sum(parts) <= own:
        return check
    return check.model_copy(
        update={"outcome": Outcome.FAILS, "equation": check.equation.replace("?=", "≠")}
    )
