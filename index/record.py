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

P = ParamSpec("P")
R = TypeVar("R", bound=Record)


def unchecked(record: Callable[P, R]) -> Callable[P, R]:
    """The constructor of a record without its validation, which takes four fifths of the time.

    For what the reader itself makes by the hundred of values that are of the right types, to which
    mypy holds it here as there. What comes from outside (a file, a store) is validated.
    """
    kind = cast("type[R]", record)
    defaults = {name: field.default for name, field in kind.model_fields.items()}
    names = set(defaults)
    new = object.__new__
    put_values, put_names, put_extra, put_private = (vars(BaseModel)[s].__set__ for s in SLOTS)

    def make(*_: P.args, **values: P.kwargs) -> R:
        made = new(kind)
        put_values(made, {**defaults, **values})
        put_names(made, names)
        put_extra(made, None)
        put_private(made, None)
        return made

    return make


def json_number(value: Number | None) -> int | float | None:
    """A number for JSON, where Decimal does not exist: counts stay int, money becomes float.

    The printed text stands beside it in every record, so nothing is lost by the float.
    """
    if isinstance(value, Decimal):
        return float(value) if value != value.to_integral_value() else int(value)
    return value
