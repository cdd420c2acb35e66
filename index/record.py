"""What every record of the index is made of."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

Span = tuple[int, int]
Number = int | Decimal


class Record(BaseModel):
    """Base of all records: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def json_number(value: Number | None) -> int | float | None:
    """A number for JSON, where Decimal does not exist: counts stay int, money becomes float.

    The printed text stands beside it in every record, so nothing is lost by the float.
    """
    if isinstance(value, Decimal):
        return float(value) if value != value.to_integral_value() else int(value)
    return value
