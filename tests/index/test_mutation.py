"""One thing changed in a real table: sums see every cell of tables three and four, and no more.

What they cannot see is listed in docs/checks.md, and shown here to be so.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from index.figures import settle_figures
from index.formats import Form
from index.read import read_bytes, read_document
from index.reading import report_from_document
from index.report import TRUSTED, Document, Figure, Span, Status
from index.sidecar import Given
from index.tables.finding import read_tables
from tests.index.helpers import EXAMPLES
from tests.writer.figures import FORMS

Edit = tuple[Span, str]
NUMBER = re.compile(r"\d+")
NO_TABLE_THREE = ("yanting-2023", "jichuan-2017")
TABLES = tuple(p for p in EXAMPLES if p.stem not in NO_TABLE_THREE)
WHOLE = tuple(p for p in TABLES if p.stem in ("yunxiu-2021", "yunxiu-2022", "lanyu-2022"))
"""Sample reports in which every cell is printed and every check holds."""


def changed(document: Document, edits: Sequence[Edit]) -> Document:
    """A document in which some spans of its text read otherwise; blocks keep their places."""
    ordered = sorted(edits)
    pieces, last = [], 0
    for (start, end), new in ordered:
        pieces += [document.text[last:start], new]
        last = end
    text = "".join([*pieces, document.text[last:]])

    def moved(position: int, *, is_end: bool) -> int:
        shift = 0
        for (start, end), new in ordered:
            if end < position or (end == position and (is_end or start < end)):
                shift += len(new) - (end - start)
        return position + shift

    blocks = []
    for block in document.blocks:
        span = moved(block.span[0], is_end=False), moved(block.span[1], is_end=True)
        blocks.append(block._replace(span=span, text=text[slice(*span)]))
    return document.model_copy(update={"text": text, "blocks": tuple(blocks)})


def read(document: Document, form: Form) -> tuple[dict[str, Figure], list[str]]:
    """Figures by address, and the hard checks that fail."""
    figures, checks = settle_figures(read_tables(document.blocks, form, document.text))
    return {f.address: f for f in figures}, [c.id for c in checks if c.broken]


@cache
def opened(path: Path) -> tuple[Document, Form]:
    document = read_document(path)
    form = report_from_document(document, Given(year=2020)).form.value
    assert form is not None
    return document, FORMS[form]


def cells(path: Path) -> list[Figure]:
    """Stated cells of tables three and four that have a place in the file."""
    document, form = opened(path)
    found = read(document, form)[0].values()
    return [
        f for f in found
        if f.table in ("t3", "t4") and f.status in TRUSTED and f.span is not None
    ]  # fmt: skip


def more(printed: str) -> str:
    """One more; a blank becomes a number."""
    return NUMBER.sub(lambda m: str(int(m[0]) + 1), printed, count=1) if is_number(printed) else "5"


def less(printed: str) -> str:
    """One less; a zero becomes more, and so does a blank."""
    if not is_number(printed):
        return "2"
    return NUMBER.sub(lambda m: str(int(m[0]) - 1 if int(m[0]) else 3), printed, count=1)


def is_number(printed: str) -> bool:
    return NUMBER.search(printed) is not None


def unflagged(path: Path, step: int = 1) -> Iterator[str]:
    """Cells whose change, up and down in turns, is stated: neither failed nor left open."""
    document, form = opened(path)
    for number, figure in enumerate(cells(path)[::step]):
        assert figure.span is not None
        new = (more, less)[(number + len(path.stem)) % 2](figure.printed)
        after = read(changed(document, [(figure.span, new)]), form)[0].get(figure.address)
        if after is not None and after.status in TRUSTED and after.value != figure.value:
            yield f"{figure.address}: {figure.printed} as {new}, {after.status.value}"


# -- a single cell ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.stem)
def test_a_changed_cell_is_flagged(path: Path) -> None:
    assert cells(path)
    assert list(unflagged(path, step=7)) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.stem)
def test_every_changed_cell_of_an_example_is_flagged(path: Path) -> None:
    assert list(unflagged(path)) == []


SEEDS = ("000", "002", "003", "004")
CORPUS = (
    "hongze-2023.pdf", "pingtan-2020.txt", "pingtan-2023.txt", "pingtan-2024.txt",
    "pingtan-2024-tables.html", "shanghai-stcsm-2024.md",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SEEDS, *CORPUS])
def test_every_changed_cell_of_a_real_table_is_flagged(shared: Path, name: str) -> None:
    (path,) = [*(shared / "seeds").glob(f"{name}*"), *(shared / "corpus/reports").glob(name)]
    assert len(cells(path)) > 5
    assert list(unflagged(path)) == []


@pytest.mark.slow
def test_where_zeros_are_blank_a_cell_that_became_less_is_verified_no_longer(shared: Path) -> None:
    """A blank may be the number that is missing now, so no check fails; none holds either."""
    path = shared / "corpus" / "reports" / "shanghai-office-2019.html"
    document, form = opened(path)
    verified = [f for f in cells(path) if f.status is Status.VERIFIED and f.printed]
    assert len(verified) > 30
    grew = failed = 0
    for figure in verified:
        assert figure.span is not None
        for change in (more, less):
            new = change(figure.printed)
            found, failing = read(changed(document, [(figure.span, new)]), form)
            assert found[figure.address].status is not Status.VERIFIED, (figure.address, new)
            if change is more and figure.column != "total":
                grew += 1
                failed += bool(failing)
    assert failed == grew  # a sum that is exceeded fails, whatever is blank


# -- rows ------------------------------------------------------------------------------------


def outcome_rows(found: Mapping[str, Figure], form: Form) -> list[str]:
    """Outcome rows whose label has a number of its own."""
    return [
        row.key for row in form.tables.t3.rows
        if row.parent not in (None, "results") and f"t3.{row.key}.total" in found
    ]  # fmt: skip


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.stem)
def test_rows_that_change_places_take_their_values_along(path: Path) -> None:
    document, form = opened(path)
    before, failing = read(document, form)
    rows = outcome_rows(before, form)
    rng = random.Random(path.stem)  # noqa: S311 - nothing secret
    for _ in range(6):
        one, two = rng.sample(rows, 2)
        spans = [before[f"t3.{key}.total"].row_span for key in (one, two)]
        texts = [document.text[slice(*span)] for span in spans if span is not None]
        edits = [(span, text) for span, text in zip(spans, texts[::-1], strict=True) if span]
        text = changed(document, edits).text
        moved = report_from_document(read_bytes(text.encode(), Path("x.txt")), Given(year=2020))
        after = {f.address: f for f in moved.figures}
        for address, figure in before.items():
            if address.startswith("t3.") and figure.status in TRUSTED:
                assert after[address].value == figure.value, (one, two, address)
                assert after[address].status is figure.status, (one, two, address)
        assert [c.id for c in moved.checks if c.outcome == "fails" and c.id[0] == "T"] == failing


# -- what sums cannot see --------------------------------------------------------------------


def seen(path: Path, edits: Mapping[str, int]) -> tuple[bool, dict[str, Figure]]:
    """Whether any check fails once some cells are more or less by so much; figures after it."""
    document, form = opened(path)
    before, failing = read(document, form)
    assert failing == []
    changes = []
    for address, by in edits.items():
        figure = before[address]
        assert figure.span is not None
        changes.append((figure.span, str(int(figure.printed) + by)))
    after, failing = read(changed(document, changes), form)
    for address, by in edits.items():
        assert after[address].value == int(before[address].printed) + by
    return bool(failing), after


@pytest.mark.parametrize("path", WHOLE, ids=lambda p: p.stem)
def test_a_change_in_table_two_is_seen_by_no_sum(path: Path) -> None:
    document, form = opened(path)
    for address, figure in read(document, form)[0].items():
        if address.startswith("t2.") and figure.printed.isdigit():
            failing, after = seen(path, {address: 4})
            assert not failing
            assert after[address].status is Status.PRINTED


COMPENSATED: dict[str, dict[str, int]] = {
    "moved between two outcomes with their totals": {
        "t3.granted.natural_person": 2, "t3.granted.total": 2,
        "t3.partial.natural_person": -2, "t3.partial.total": -2,
    },
    "a rectangle of four cells": {
        "t3.granted.natural_person": 1, "t3.granted.commercial_enterprise": -1,
        "t3.partial.natural_person": -1, "t3.partial.commercial_enterprise": 1,
    },
    "on both sides of the balance": {
        "t3.new.natural_person": 3, "t3.new.total": 3,
        "t3.carried_out.natural_person": 3, "t3.carried_out.total": 3,
    },
    "two outcomes of a block of table four": {"t4.review.upheld": 1, "t4.review.corrected": -1},
}  # fmt: skip


@pytest.mark.parametrize("name", COMPENSATED)
def test_changes_that_compensate_each_other_are_seen_by_no_sum(name: str) -> None:
    """All of them together; without any one of them they are seen."""
    edits = COMPENSATED[name]
    for path in WHOLE:
        failing, after = seen(path, edits)
        assert not failing
        assert {after[address].status for address in edits} == {Status.VERIFIED}
        assert is_seen_without_one(path, edits)


def is_seen_without_one(path: Path, edits: Mapping[str, int]) -> bool:
    document, form = opened(path)
    before, _ = read(document, form)
    for left_out in edits:
        changes = [
            (figure.span, str(int(figure.printed) + by))
            for address, by in edits.items()
            if address != left_out and (figure := before[address]).span is not None
        ]
        if not read(changed(document, changes), form)[1]:
            return False
    return True


@pytest.mark.parametrize("path", WHOLE, ids=lambda p: p.stem)
def test_two_labels_exchanged_are_seen_by_no_sum(path: Path) -> None:
    document, form = opened(path)
    before, _ = read(document, form)
    raw = read_tables(document.blocks, form, document.text)
    one, two = raw.t3["unable_not_held"], raw.t3["notproc_repeat"]
    edits = [(one.span, two.label), (two.span, one.label)]
    after, failing = read(changed(document, edits), form)
    assert failing == []
    values = [before[f"t3.{key}.total"].value for key in ("unable_not_held", "notproc_repeat")]
    assert values[0] != values[1]
    exchanged = [after[f"t3.{key}.total"].value for key in ("notproc_repeat", "unable_not_held")]
    assert exchanged == values
