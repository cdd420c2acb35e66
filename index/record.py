"""What every record of the index is made of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import ParamSpec, TypeVar, cast

from pydantic import BaseModel, ConfigDict

Span = tuple[int, int]
Number = int | Decimal


class Record(BaseModel):
    """Base of all records: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


SLOTS = ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
"""Where a model keeps its values, the names of those given, and two things that no record has."""

PUT = tuple(vars(BaseModel)[slot].__set__ for slot in SLOTS)
"""What puts them there."""

P = ParamSpec("P")
R = TypeVar("R", bound=Record)


def unchecked(record: Callable[P, R]) -> Callable[P, R]:
    """The constructor of a record without its validation, which takes four fifths of the time.

    For what the reader itself makes by the hundred of values that are of the right types, to which
    mypy holds it here as there. What comes from outside (a file, a store) is validated. Values are
    given in the order of the record, in which they are told.
    """
    kind = cast("type[R]", record)
    defaults = {name: field.default for name, field in kind.model_fields.items()}
    names, all_given = set(defaults), len(defaults)
    new = object.__new__
    put_values, put_names, put_extra, put_private = PUT

    def make(*_: P.args, **values: P.kwargs) -> R:
        made = new(kind)
        put_values(made, values if len(values) == all_given else {**defaults, **values})
        put_names(made, names)
        put_extra(made, None)
        put_private(made, None)
        return made

    return make


def altered(record: R, **values: object) -> R:
    """A record with some other values, which are of the right types and not validated either.

    As ``model_copy``, which takes five times as long.
    """
    made = object.__new__(type(record))
    put_values, put_names, put_extra, put_private = PUT
    put_values(made, {**vars(record), **values})
    put_names(made, record.model_fields_set | values.keys())
    put_extra(made, None)
    put_private(made, None)
    return made


def json_number(value: Number | None) -> int | float | None:
    """A number for JSON, where Decimal does not exist: counts stay int, money becomes float.

    The printed text stands beside it in every record, so nothing is lost by the float.
    """
    if isinstance(value, Decimal):
        return float(value) if value != value.to_integral_value() else int(value)
    return value
