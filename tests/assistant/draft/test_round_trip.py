"""A draft reads back to exactly the figures it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.draft.layout import value_spots
from assistant.draft.model import Draft, Origin
from assistant.draft.outputs import WRITERS
from index.formats import form_named
from index.reading import read_report
from index.report import Report
from tests.assistant.draft.pairs import (
    SURFACES,
    draft_of,
    open_cells,
    trusted,
    without_totals,
    written_pair,
)
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"
SERIES = ROOT / "tests" / "questions" / "series"


def read_back(draft: Draft, suffix: str, folder: Path) -> Report:
    path = folder / f"draft{suffix}"
    path.write_bytes(WRITERS[suffix](draft))
    return read_report(path)


def assert_reads_back(draft: Draft, suffix: str, folder: Path) -> None:
    """Body, year, form and every cell; an open one is blank (which sums may prove to be 0)."""
    report = read_back(draft, suffix, folder)
    assert (report.body.value, report.year.value) == (draft.body, str(draft.year))
    assert report.form.value == draft.form
    assert [h.section for h in report.headings] == [1, 2, 3, 4, 5, 6]
    figures = {figure.address: figure for figure in report.table_figures}
    assert figures.keys() == {cell.address for cell in draft.cells}
    for cell in draft.cells:
        figure = figures[cell.address]
        assert figure.printed == cell.printed, cell.address
        if cell.value is not None:
            assert figure.value == cell.value, cell.address
        else:
            assert figure.value in (None, 0), cell.address


def assert_carries(draft: Draft, last: Report) -> None:
    for column in ("natural_person", "other_org", "total"):
        cell = draft.cell(f"t3.carried_in.{column}")
        figure = last.figure(f"t3.carried_out.{column}")
        assert figure is not None
        assert (cell.value, cell.origin) == (figure.value, Origin.CARRIED)


@pytest.mark.parametrize("suffix", SURFACES)
@pytest.mark.parametrize("seed", range(3))
def test_a_draft_reads_back_to_its_figures(seed: int, suffix: str, tmp_path: Path) -> None:
    last, this = written_pair(seed, tmp_path)
    draft = draft_of(last, this.figures.values, this.prose.body, 2024, tmp_path)
    assert draft.values == dict(this.figures.values)
    assert not draft.problems
    assert not draft.failing
    assert_carries(draft, last)
    assert_reads_back(draft, suffix, tmp_path)


@pytest.mark.parametrize("suffix", SURFACES)
def test_totals_left_empty_are_computed_and_printed(suffix: str, tmp_path: Path) -> None:
    last, this = written_pair(4, tmp_path)
    given = without_totals(this.figures.values)
    draft = draft_of(last, given, this.prose.body, 2024, tmp_path)
    assert draft.values == dict(this.figures.values)
    computed = {cell.address for cell in draft.cells if cell.origin is Origin.COMPUTED}
    # the total of what was carried in is last year's
    assert computed == this.figures.values.keys() - given.keys() - {"t3.carried_in.total"}
    assert_reads_back(draft, suffix, tmp_path)


@pytest.mark.parametrize("suffix", SURFACES)
def test_open_cells_stay_blank(suffix: str, tmp_path: Path) -> None:
    last, this = written_pair(5, tmp_path)
    some = {a: v for n, (a, v) in enumerate(this.figures.values.items()) if n % 3}
    draft = draft_of(last, some, this.prose.body, 2024, tmp_path)
    assert open_cells(draft)
    assert_reads_back(draft, suffix, tmp_path)


def test_an_empty_draft_is_all_open(tmp_path: Path) -> None:
    last, this = written_pair(6, tmp_path)
    draft = draft_of(last, {}, this.prose.body, 2024, tmp_path)
    assert len(open_cells(draft)) == len(draft.cells) - 7
    assert_reads_back(draft, ".docx", tmp_path)


def assert_pair(before: Path, after: Path, folder: Path, suffix: str) -> Draft:
    """A draft of the later of two reports reads back to what that report prints."""
    last, this = read_report(before), read_report(after)
    body, year = this.body.value, this.year.value
    assert body is not None
    assert year is not None
    form = form_named(this.form.value)
    assert form is not None
    values = {a: v for a, v in trusted(this).items() if a in value_spots(form)}
    given = {a: v for a, v in values.items() if not a.startswith("t3.carried_in.")}
    draft = draft_of(last, given, body, int(year), folder)
    assert {a: draft.cell(a).value for a in given} == given
    assert_reads_back(draft, suffix, folder)
    return draft


@pytest.mark.parametrize("suffix", SURFACES)
def test_sample_reports(suffix: str, tmp_path: Path) -> None:
    years = EXAMPLES / "yunxiu-2021.txt", EXAMPLES / "yunxiu-2022.txt"
    draft = assert_pair(*years, tmp_path, suffix)
    this = read_report(years[1])
    assert draft.values == {a: v for a, v in trusted(this).items() if a in draft.values}


@pytest.mark.parametrize("year", range(2019, 2025))
def test_a_series_of_years(year: int, tmp_path: Path) -> None:
    """From the annexed table to the form of 2019, to that of 2021, and within each."""
    files = {int(path.stem): path for path in SERIES.iterdir() if path.stem.isdigit()}
    draft = assert_pair(files[year - 1], files[year], tmp_path, SURFACES[year % 3])
    carried = {cell.address for cell in draft.cells if cell.origin is Origin.CARRIED}
    assert bool(carried) == (year > 2019)
    assert all(address.startswith("t3.carried_in.") for address in carried)


def test_real_reports(shared: Path, tmp_path: Path) -> None:
    reports = shared / "corpus" / "reports"
    for suffix in SURFACES:
        assert_pair(reports / "pingtan-2023.txt", reports / "pingtan-2024.txt", tmp_path, suffix)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_generated_pairs(part: int, tmp_path: Path) -> None:
    """Fifty pairs each: another surface, all figures or all but totals, the form of 2019 too."""
    for seed in range(100 + part * 50, 150 + part * 50):
        last, this = written_pair(seed, tmp_path, first=2019 if seed % 10 == 0 else 2023)
        values = this.figures.values
        given = without_totals(values) if seed % 2 else values
        draft = draft_of(last, given, this.prose.body, this.prose.year, tmp_path)
        assert draft.values == dict(values), seed
        assert not draft.problems
        assert_carries(draft, last)
        assert_reads_back(draft, SURFACES[seed % 3], tmp_path)
