"""The cells of a report that a meaning names, as operands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from index.formats import Form
from index.report import Figure, Number, Term, new_term

MONEY = {"元": Decimal(1), "万元": Decimal(10000), "亿元": Decimal(100000000)}
"""Units of money in 元."""


class Cells:
    """The cells of a report's tables by address."""

    def __init__(self, at: Mapping[str, Figure], form: Form) -> None:
        """Keep the cells; rows of heads come from the form."""
        self.at, self.form = at, form
        self.rows = {f.row for f in at.values() if f.table == "t3"}

    def named(self, addresses: Sequence[str], blocks: Sequence[str]) -> tuple[Figure, ...] | None:
        """The cells that addresses name (as in ``stated.yaml``), a head's rows for the head.

        None where one is not printed, or its value is open or blank.
        """
        found: list[Figure] = []
        for address in addresses:
            for one in self._spelled(address, blocks):
                figure = self.at.get(one)
                if figure is None or figure.value is None:
                    return None
                found.append(figure)
        return tuple(found) or None

    def _spelled(self, address: str, blocks: Sequence[str]) -> Iterator[str]:
        table, row, column = address.split(".")
        if row == "*":
            yield from (f"{table}.{block}.{column}" for block in blocks)
        elif table == "t3":
            rows = self.form.t3_children.get(row, (row,))
            carriers = dict.fromkeys(self.form.carrier(key, self.rows) for key in rows)
            yield from (f"{table}.{key}.{column}" for key in carriers)
        else:
            choices = [f"{table}.{row}.{key}" for key in column.split("/")]
            yield next((c for c in choices if c in self.at), choices[0])


def operand(figure: Figure) -> Term:
    """A cell as an operand, called as the checks of the form call it."""
    return new_term(
        address=figure.address,
        label=f"{figure.row_label}·{figure.column_label}",
        value=figure.value,
    )


def in_unit(value: Number, unit: str, other: str) -> Number:
    """A value in another unit of money; a count as it is."""
    if unit in MONEY and other in MONEY and unit != other:
        return Decimal(value) * MONEY[unit] / MONEY[other]
    return value
