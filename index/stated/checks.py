"""★ What running text says of cells of the tables, beside those cells.

A number is taken for a cell only where its whole label says so and it stands near what it belongs
to; else it is not compared. Where it is of more or less than the tables count, both numbers are
told, and nothing is claimed. No status changes: a text proves nothing about a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from index.context import COUNTED
from index.equations import side_of, sum_of
from index.formats import Form
from index.prose.claims import term
from index.prose.ranges import Range, context_of, is_exact, together
from index.record import altered
from index.report import Check, Figure, Outcome, Passage, Strength, new_check
from index.stated.cells import Cells, in_unit, operand
from index.stated.meanings import Meant, meanings_of
from index.stated.nearby import Nearby
from index.stated.none import none_said
from index.stated.reach import Reach
from index.words.checks import load_claims
from index.words.stated import Meaning

CODES = ("S-RECEIVED", "S-CARRIED", "S-OUTCOME", "S-DISPUTES", "S-T2")
"""What is compared: requests received, carried over, their outcomes, disputes, table two."""
CHANCE = 10
"""The least number that agrees with a cell by no chance, where its label says more than that."""
MEMBERS = 2
"""Channels whose requests are added up."""
CHANNEL = "channel"


def check_stated(
    figures: Sequence[Figure], form: Form, text: str, passages: Sequence[Passage], reach: Reach
) -> tuple[tuple[Figure, ...], tuple[Check, ...]]:
    """The figures of a report with the ids of the checks on them, and these checks.

    Args:
        figures: cells of tables and numbers of running text, these in reading order.
        form: the form of the tables, one of those that are shipped.
        text: the decoded source.
        passages: its running text.
        reach: whose report it is, and of what year.
    """
    at = {f.address: f for f in figures}
    cells = Cells({a: f for a, f in at.items() if f.prose is None}, form)
    beside = _Beside(cells, form, Nearby(text, passages, reach.words), reach)
    prose = [f for f in figures if f.prose is not None]
    checks = (*beside.checks(prose), *none_said(text, passages, beside.cells, reach))
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for check in checks:
        for address in check.addresses:
            ids[address].append(check.id)
    for address, own in ids.items():
        at[address] = altered(at[address], checks=(*at[address].checks, *own))
    return tuple(at.values()), checks


@dataclass
class _Passage:
    """What means cells in one passage, in reading order.

    ``tied`` is where the last of them ended, by what is told together; ``blocks`` are those of
    table four last spoken of.
    """

    row: str
    meant: list[tuple[Figure, Meaning]] = field(default_factory=list)
    tied: dict[str, int] = field(default_factory=dict)
    blocks: tuple[str, ...] = ()


class _Beside:
    """The running text of one report beside its tables."""

    def __init__(self, cells: Cells, form: Form, nearby: Nearby, reach: Reach) -> None:
        self.cells, self.nearby, self.reach = cells, nearby, reach
        self.meanings, self.families = meanings_of(form.id), reach.words.families
        self.claims = load_claims("stated")
        self.meant: dict[str, Meaning] = {}
        """What numbers mean, by their addresses."""
        self.passage = _Passage("")

    def checks(self, prose: Sequence[Figure]) -> Iterator[Check]:
        """A check on each number that means a cell, and on the channels of a sentence."""
        before: Figure | None = None
        channels: list[Figure] = []
        for figure in prose:
            if figure.row != self.passage.row:
                self.passage, before = _Passage(figure.row), None
            if channels and context_of(channels[0]).sentence != context_of(figure).sentence:
                yield from self._of_channels(channels)
                channels = []
            meant = self._meant(figure, before)
            before = figure
            if meant is None:
                continue
            if meant.meaning.key == CHANNEL:
                channels += [figure] if context_of(figure).of is None and meant.whole else []
                continue
            yield from self._of_cell(figure, meant)
        yield from self._of_channels(channels)

    def _meant(self, figure: Figure, before: Figure | None) -> Meant | None:
        """What a number means, None where that is not certain."""
        context = context_of(figure)
        counted = context.kind in COUNTED and figure.unit in self.meanings.units
        if not counted or not self.reach.is_compared(context):
            return None
        meant = self.meanings.of(figure.row_label)
        if meant is None or not meant.whole:
            goes_on = self.meanings.goes_on.search(context.after)
            named = context.before + context.after[: goes_on.start()] if goes_on is not None else ""
            meant = self.meanings.of(named) or meant
        if meant is None or not self.reach.is_year(figure.row_label, meant.meaning.year):
            return None
        family = self.families[meant.meaning.family]
        tied = self.passage.tied.get(meant.meaning.kin)
        if figure.unit not in family.units:
            return None
        return meant if self.nearby.is_of(figure, family, before, tied) else None

    def _of_cell(self, figure: Figure, meant: Meant) -> Iterator[Check]:
        """The check on a number that means a cell, none where the two may well differ."""
        meaning = meant.meaning
        if meant.whole:
            self.meant[figure.address] = meaning
            self.passage.meant.append((figure, meaning))
            self.passage.tied[meaning.kin] = context_of(figure).whole[1]
            self.passage.blocks = meaning.block or self.passage.blocks
        blocks = self.passage.blocks
        cells = self.cells.named(meaning.cells, blocks)
        if cells is None:
            return
        also = [c for names in meaning.also if (c := self.cells.named(names, blocks)) is not None]
        readings = [cells, *also]
        agreeing = [cells for cells in readings if _agree([figure], cells)]
        if agreeing and (meant.whole or Decimal(figure.value or 0) >= CHANCE):
            yield self._check(meaning.code, [figure], agreeing[:1])
        elif not agreeing and self._is_sure(figure, meant):
            part = self.reach.part(context_of(figure))
            strength = Strength.INFO if part is not None else self._strength(figure, meaning)
            yield self._check(meaning.code, [figure], readings, strength, part)

    def _strength(self, figure: Figure, meaning: Meaning) -> Strength | None:
        """What a difference from cells of the same scope says; None: as the code has it."""
        group = context_of(figure).group
        listed = {m.strength for f, m in self.passage.meant if context_of(f).group == group}
        if group is not None and Strength.INFO in listed:
            return Strength.INFO  # 公示许可决定43件、处罚决定9件: both were published
        left_out = meaning.without
        spoken_of = {m.key for _, m in self.passage.meant}
        if left_out is not None and left_out not in spoken_of and not self._are_none(left_out):
            return Strength.WARNING
        return meaning.strength

    def _is_sure(self, figure: Figure, meant: Meant) -> bool:
        """Whether a number that differs from its cells must be of the same, in whole or in part."""
        context = context_of(figure)
        if not meant.whole or (meant.who and not self.reach.is_self(meant.who)):
            return False
        if context.of is not None and not self._is_part(self.meant.get(context.of), meant.meaning):
            return False
        return not self.nearby.is_narrowed(figure)

    def _is_part(self, whole: Meaning | None, part: Meaning) -> bool:
        """Whether a part of what a number means is still what the cells of the part count."""
        if whole is None:
            return False
        other = part.of_all.get(whole.key)
        return whole.key.partition(":")[0] in part.of or (
            other is not None and self._are_none(other)
        )

    def _are_none(self, key: str) -> bool:
        """Whether the cells of a meaning are known to be 0."""
        cells = self.cells.named(self.meanings.called(key).cells, ())
        return cells is not None and not any(c.value for c in cells)

    def _of_channels(self, figures: list[Figure]) -> Iterator[Check]:
        """The requests of several channels of one sentence together: at most all there were."""
        cells = self.cells.named(("t3.new.total",), ())
        if cells is None or len(figures) < MEMBERS:
            return
        scope = context_of(figures[0]).scope
        if any(context_of(f).scope != scope for f in figures):
            return
        part = self.reach.part(context_of(figures[0]))
        yield self._check("S-RECEIVED", figures, [cells], Strength.INFO, part)

    def _check(
        self,
        code: str,
        figures: Sequence[Figure],
        readings: Sequence[Sequence[Figure]],
        strength: Strength | None = None,
        part: str | None = None,
    ) -> Check:
        """The numbers of the text on the left, the cells of the first reading on the right."""
        claim, own = self.claims[code], figures[0]
        cells, context = readings[0], context_of(own)
        left, right = [term(f) for f in figures], [operand(c) for c in cells]
        said, counted = sum_of(t.value or 0 for t in left), _counted(cells, own.unit)
        holds = _agree(figures, cells)
        sign = "≠" if not holds else "=" if is_exact(*figures) and said == counted else "≈"
        sides = "；".join(f"{sign} {side_of([operand(c) for c in r])}" for r in readings)
        place = f"{own.row}.{own.column}"
        return new_check(
            id=f"{code}@{place}",
            code=code,
            scope=place,
            scope_label=f"¶{own.row.removeprefix('p')} {own.row_label}"
            + (f"（{part}）" if part is not None else ""),
            strength=strength or claim.strength,
            sentence=claim.zh,
            sentence_en=claim.en,
            left=tuple(left),
            right=tuple(right),
            left_value=said,
            right_value=counted,
            difference=said - counted,
            outcome=Outcome.HOLDS if holds else Outcome.FAILS,
            equation=f"{context.hedge or ''}{side_of(left)} {sides}",
            verifies=False,
            spans=(context.sentence,),
        )


def _counted(cells: Sequence[Figure], unit: str) -> int | Decimal:
    """What cells come to, money in a unit of money."""
    return sum_of(in_unit(c.value or 0, c.unit, unit) for c in cells)


def _agree(figures: Sequence[Figure], cells: Sequence[Figure]) -> bool:
    """Whether numbers of the text, as exact as they are printed, may be what cells come to."""
    counted = Decimal(_counted(cells, figures[0].unit))
    said = together([Range.of(f) for f in figures])
    return said.meets(Range(counted, counted))
