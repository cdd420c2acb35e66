"""Records made without validation are those that validation would have made."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.reading import read_report
from index.record import Record, altered
from index.report import Report, Term, new_term
from tests.index.helpers import EXAMPLES


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_all_that_is_read_is_valid(path: Path) -> None:
    report = read_report(path)
    values = _strict_values(report)
    assert Report.model_validate(values, strict=True) == report


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_values_stand_in_the_order_of_their_record(path: Path) -> None:
    assert _in_order(read_report(path)) > 100


def _in_order(value: object) -> int:
    """How many records there are; each must have its values in order."""
    if isinstance(value, Record):
        assert list(vars(value)) == list(type(value).model_fields)
        return 1 + sum(map(_in_order, vars(value).values()))
    return sum(map(_in_order, value)) if isinstance(value, tuple) else 0


def _strict_values(value: object) -> object:
    """A record as mappings, so that each within it is validated again; the rest untouched."""
    if isinstance(value, Record):
        return {name: _strict_values(getattr(value, name)) for name in type(value).model_fields}
    return tuple(map(_strict_values, value)) if isinstance(value, tuple) else value


def test_an_unchecked_record_is_a_record() -> None:
    made = new_term(address="t3.new.total", label="新收", value=3)
    checked = Term(address="t3.new.total", label="新收", value=3)
    assert made == checked
    assert made.model_copy(update={"value": 4}).model_dump() == {
        "address": "t3.new.total", "label": "新收", "value": 4,
    }  # fmt: skip
    assert made.model_dump_json() == checked.model_dump_json()
    assert made.model_fields_set == checked.model_fields_set
    with pytest.raises(ValueError, match="frozen"):
        made.value = 5  # type: ignore[misc]


def test_an_altered_record_is_a_copy_with_other_values() -> None:
    term = Term(address="t3.new.total", label="新收", value=3)
    other = altered(term, value=4)
    assert other == term.model_copy(update={"value": 4})
    assert other.model_fields_set == term.model_fields_set
    assert other.model_dump_json() == '{"address":"t3.new.total","label":"新收","value":4}'
    assert term.value == 3
