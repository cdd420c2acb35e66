"""What befalls a report: each damage changes the paper and declares what it makes unknowable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.writer.damages import cells, labels, pages, rows
from tests.writer.figures import Figures
from tests.writer.losses import Loss
from tests.writer.paper import Paper
from tests.writer.surfaces import Surface


@dataclass(frozen=True)
class Damage:
    """One kind of damage.

    ``befall`` changes the paper in place and returns what it costs. ``on`` says which surfaces
    it occurs on. ``loses`` is False where it never makes anything unknowable. ``rare``: any report
    is drawn without it.
    """

    name: str
    befall: Callable[[Paper, Figures, Surface, Random], Loss]
    on: Callable[[Surface], bool]
    loses: bool
    rare: bool = False

    @property
    def says(self) -> str:
        """What it does, in a sentence."""
        return (self.befall.__doc__ or "").strip().splitlines()[0]


def _anywhere(surface: Surface) -> bool:
    return surface.name != ""


def _with_cells(surface: Surface) -> bool:
    return not surface.flat


def _as_list(surface: Surface) -> bool:
    return not surface.keeps_rows and not surface.flat


DAMAGES = {
    damage.name: damage
    for damage in (  # in the order in which they befall a report: rows, cells, labels, pages
        Damage("dropped_row", rows.dropped_row, _with_cells, loses=True),
        Damage("dropped_table", rows.dropped_table, _anywhere, loses=True),
        Damage("swapped_rows", rows.swapped_rows, _with_cells, loses=False),
        Damage("extra_row", rows.extra_row, _with_cells, loses=True),
        Damage("subtotal_column", rows.subtotal_column, _with_cells, loses=True),
        Damage("last_cell_lost", rows.last_cell_lost, _with_cells, loses=True),
        Damage("blank_totals", cells.blank_totals, _with_cells, loses=True),
        Damage("zeros_blank", cells.zeros_blank, _with_cells, loses=True),
        Damage("zeros_none", cells.zeros_none, _with_cells, loses=False, rare=True),
        Damage("zeros_slash", cells.zeros_slash, _with_cells, loses=True),
        Damage("units_in_cells", cells.units_in_cells, _with_cells, loses=False),
        Damage("odd_signs", cells.odd_signs, _with_cells, loses=False),
        Damage("thousands", cells.thousands, _with_cells, loses=False),
        Damage("notes_in_cells", cells.notes_in_cells, _with_cells, loses=False),
        Damage("split_numbers", cells.split_numbers, _with_cells, loses=True),
        Damage("joined_numbers", cells.joined_numbers, _with_cells, loses=True),
        Damage("full_width", cells.full_width, _with_cells, loses=False),
        Damage("label_variants", labels.label_variants, _anywhere, loses=False),
        Damage("cut_labels", labels.cut_labels, _anywhere, loses=False),
        Damage("lost_characters", labels.lost_characters, _with_cells, loses=True),
        Damage("lost_heads", labels.lost_heads, _as_list, loses=False, rare=True),
        Damage("lost_labels", labels.lost_labels, _with_cells, loses=True),
        Damage("radicals", labels.radicals, _anywhere, loses=False),
        Damage("page_numbers", pages.page_numbers, _as_list, loses=True),
        Damage("page_break", pages.page_break, _with_cells, loses=True),
        Damage("footnotes", pages.footnotes, _anywhere, loses=False),
        Damage("contents_list", pages.contents_list, _anywhere, loses=False),
        Damage("misnumbered", pages.misnumbered, _anywhere, loses=False),
        Damage("clutter", pages.clutter, _anywhere, loses=False),
    )
}
