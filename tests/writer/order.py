"""What is ordered: one report, down to its seed.

Everything in a report follows from its order. Each part draws from a generator of its own, so
that an order with one damage less has the same figures: that is what lets a failure be shrunk.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, fields
from typing import Literal

Size = Literal["township", "county", "city"]
Shape = Literal["full", "empty_columns", "single_column", "all_zero"]

OF_TEXT = (
    "P-PARTS", "P-SHARE", "P-SHARES", "P-CHANGE",
    "S-RECEIVED", "S-CARRIED", "S-OUTCOME", "S-DISPUTES", "S-T2",
)  # fmt: skip
"""Codes of checks that running text can be made to break."""
TEXT = ("prose", "wording")
"""Parts that are the text of a report."""


@dataclass(frozen=True)
class Order:
    """A report to be written.

    ``form`` is the id of an official form. ``shape`` says which applicants there were.
    ``broken`` are the checks to be broken: ``T3-BAL@total``, or a code alone; of running text
    (`OF_TEXT`) always a code. ``states``: the prose has a sentence for each of these codes, broken
    or not. ``agrees``: the other numbers of the prose are those of the tables. ``head_alone``: a
    head with sub-rows that may stand for them ((六）其他处理 in the form of 2021) is printed as one
    row. ``titled``: the report has a title that names its body. ``told``: the seed of its text,
    None: the report's own. ``faults`` are checks on the report as a document that it is to break
    (`tests.writer.faults`).
    """

    seed: int
    form: str = "2021"
    size: Size = "county"
    shape: Shape = "full"
    surface: str = "lines"
    script: str = "simplified"
    encoding: str = "utf-8"
    damages: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    states: bool = False
    agrees: bool = True
    head_alone: bool = False
    titled: bool = True
    told: int | None = None
    faults: tuple[str, ...] = ()

    def rng(self, part: str) -> random.Random:
        """The generator of one part of the report."""
        seed = self.told if part in TEXT and self.told is not None else self.seed
        return random.Random(f"{seed}/{part}")  # noqa: S311 - nothing secret

    def __str__(self) -> str:
        """The call that orders it again; what is as usual is left out."""
        said = [
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)
            if field.name == "seed" or getattr(self, field.name) != field.default
        ]
        return f"Order({', '.join(said)})"
