"""Whether the sums of table three hold over rows as they are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.formats import Form
from index.tables.grids import align_rows
from index.tables.rows import RawRow, Slot


class Sums:
    """T3-SUM and T3-BAL over the rows of the table and what is given to its labels."""

    def __init__(self, form: Form, expected: Sequence[str], anchors: Sequence[RawRow]) -> None:
        self.width = len(form.tables.t3.columns)
        self.anchors = {row.key: row.slots for row in anchors}
        self.expected = expected
        self.identities = [
            i for i in form.identities if i.table == "t3" and i.over == "columns" and i.verifies
        ]
        self.form = form

    def hold(self, choice: Mapping[str, RawRow]) -> bool | None:
        """True: the sums hold in all columns but those left blank; False: one does not hold.

        None: rows are missing or unreadable, so that the sums say nothing.
        """
        rows = self.anchors | {key: row.slots for key, row in choice.items()}
        values = {k: _numbers(s, self.width) for k, s in align_rows(rows, self.width).items()}
        found: list[bool | None] = []
        for identity in self.identities:
            sides = [self._sum(side, values) for side in (identity.left, identity.right)]
            for left, right in zip(*sides, strict=True):
                found.append(None if left is None or right is None else left == right)
        if False in found:
            return False
        blank = sum(f is None for f in found)
        return True if blank <= len(self.identities) else None

    def _sum(self, keys: Sequence[str], values: Mapping[str, list[int | None]]) -> list[int | None]:
        printed = dict.fromkeys(self.form.carrier(key, self.expected) for key in keys)
        rows = [values.get(key, [None] * self.width) for key in printed]
        return [
            None if None in column else sum(v for v in column if v is not None)
            for column in zip(*rows, strict=True)
        ]


def _numbers(slots: Sequence[Slot], width: int) -> list[int | None]:
    """Counts of a row by column, None for each that is blank or unreadable."""
    if len(slots) != width:
        return [None] * width
    return [s.amount.value if isinstance(s.amount.value, int) else None for s in slots]
