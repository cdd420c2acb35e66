"""What a written report says: for each address its value, and whether the source still says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tests.writer.figures import Figures, Number, failing
from tests.writer.losses import Loss


@dataclass(frozen=True)
class Told:
    """One address of a report.

    ``value`` is the number printed there, or the one that was drawn where nothing is printed.
    ``says``: *known*, *open* or *lost*, as in `tests.writer.losses`. ``failing``: a hard check
    that covers it fails, all its operands being known. ``doubtful``: the same where operands
    that are open have the values that were drawn, so that a reader may know or not. ``unseen``:
    it is lost, and no reader can see that. ``also`` is another number that it may be read as,
    None where there is none.
    """

    value: Number
    says: Literal["known", "open", "lost"]
    failing: bool
    doubtful: bool
    unseen: bool
    also: Number | None = None


Truth = Mapping[str, Told]


def tell(figures: Figures, loss: Loss) -> Truth:
    """The truth about every figure that was drawn; what lies beyond is no cell of the report."""
    values: dict[str, Number | None] = dict(figures.values) | dict(loss.printed)
    known = {a: None if a in loss.open or a in loss.lost else v for a, v in values.items()}
    guessed = {a: None if a in loss.lost else v for a, v in values.items()}
    printed = {
        a: v for a, v in guessed.items() if v is not None
    }  # a lost row is no row of the sums
    surely = _covered(failing(figures.form, known))
    maybe = _covered(failing(figures.form, guessed)) | _covered(failing(figures.form, printed))
    return {
        address: Told(
            value=values[address],  # type: ignore[arg-type]
            says="lost" if address in loss.lost else "open" if address in loss.open else "known",
            failing=address in surely,
            doubtful=address in surely | maybe,
            unseen=address in loss.unseen,
            also=loss.either.get(address),
        )
        for address in values
    }


def _covered(checks: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(address for addresses in checks.values() for address in addresses)
