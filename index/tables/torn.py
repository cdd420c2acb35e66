"""Rows that a conversion tore off their labels: given back only where nothing else is possible.

Conversions of PDFs print the cells of a row in one place and its label in another. Labels found
in their row are *anchors*. Rows without a label (*strays*) go to the labels that are missing
between two anchors, in the order of the form, and only where there are as many of the one as of
the other; a piece of a label that stayed in its row is an anchor too. Where more strays than
labels stand between two anchors, every choice that the sums allow is considered, and a label
gets the values that all choices give it. The rest stays open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, pairwise, product
from math import comb, prod

from index.formats import Form
from index.report import Block
from index.script import label_key
from index.tables.proof import Sums
from index.tables.rows import RawRow, grid_row

LEAST_CELLS = 2
"""Cells of a stray that make it a row; a single number is a page number or a footnote."""
MOST_TEXTS, MOST_AFTER = 4, 2
"""Blocks of text before and after a stray, outside of a grid, that may be its label."""
SLACK = 8
"""Characters of something else that may stand among those of a torn label."""
MOST_CHOICES = 2_000
"""Ways to choose strays that are tried before they are left open."""

Choice = dict[str, RawRow]


def give_rows(
    rows: list[RawRow], strays: list[RawRow], texts: list[Block], form: Form
) -> list[RawRow]:
    """The rows of table three in reading order, strays given to the labels they belong to.

    ``rows`` are the labels as printed, with their cells if any; ``texts`` is what is neither
    label nor cell. A label without cells while strays are left over is marked ``torn``.
    """
    width = len(form.tables.t3.columns)
    if not any(len(s.slots) >= width for s in strays):
        return rows
    return _Mender(rows, strays, texts, form).mended()


@dataclass
class _Gap:
    """The labels without cells between two anchors, and the strays there.

    ``open``: not closed by an anchor on both sides.
    """

    missing: list[str]
    strays: list[RawRow]
    open: bool = False


@dataclass
class _Mender:
    rows: list[RawRow]
    strays: list[RawRow]
    texts: list[Block]
    form: Form
    order: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.width = len(self.form.tables.t3.columns)
        self.order = {r.key: n for n, r in enumerate(self.form.tables.t3.rows)}
        self.gridded = any(r.grid_row and len(r.slots) >= self.width for r in self.rows)
        if self.gridded:
            self.rows = [_in_grid(row, self.width) for row in self.rows]
        self.ends = sorted(row.whole[1] for row in (*self.rows, *self.strays))
        self.starts = sorted(row.whole[0] for row in (*self.rows, *self.strays))
        self.loose = label_key("".join(b.text for b in self.texts))
        self.expected = self._expected()

    def mended(self) -> list[RawRow]:
        """Rows with what was given to them."""
        gaps = self._gaps()
        given = self._given(gaps) if gaps else {}
        lost = {key for gap in gaps or () if gap.strays for key in gap.missing} - set(given)
        if gaps is None or self.gridded:
            lost |= set(self.expected) - set(given)
        result: list[RawRow] = []
        done: set[str] = set()
        for row in self.rows:
            if row.slots:
                result.append(row)
            elif row.key not in given:
                result.append(replace(row, torn=row.key in lost))
            elif row.key not in done:
                result.append(replace(row, slots=given[row.key].slots, broken=False))
                done.add(row.key)
        result += [replace(stray, key=k) for k, stray in given.items() if k not in done]
        return sorted(result, key=lambda row: row.whole)

    def _expected(self) -> list[str]:
        """Rows that carry figures in this report: a head does where its sub-rows do not stand."""
        seen = {row.key for row in self.rows}
        filled = {row.key for row in self.rows if row.slots}
        left_out: set[str] = set()
        for head, children in self.form.t3_children.items():
            if self.form.t3_rows[head].cells != "when_children_absent":
                continue
            by_children = any(c in seen or self._is_printed(c) for c in children)
            alone = not by_children and (head in filled or head in seen)
            left_out |= set(children) if alone else {head}
        return [
            row.key
            for row in self.form.tables.t3.rows
            if row.cells is not False and row.key not in left_out
        ]

    def _is_printed(self, key: str) -> bool:
        return any(row.key == key for row in self.rows) or _within(
            _labels(self.form)[key], self.loose
        )

    def _gaps(self) -> list[_Gap] | None:
        """Missing labels and strays between the anchors; None: the order is not the form's."""
        anchors = [r for r in self.rows if r.slots and r.key in self.expected]
        strays = [s for s in self.strays if len(s.slots) >= LEAST_CELLS and self._may_be_row(s)]
        tape = sorted([*anchors, *strays], key=lambda row: row.slots[0].span)
        places = [self.order[row.key] for row in tape if row.key]
        if not anchors or any(a >= b for a, b in pairwise(places)):
            return None
        gaps: list[_Gap] = []
        run: list[RawRow] = []
        before = -1
        for row in [*tape, None]:
            if row is not None and not row.key:
                run.append(row)
                continue
            after = self.order[row.key] if row is not None else len(self.order)
            missing = [k for k in self.expected if before < self.order[k] < after]
            gaps.extend(self._split(missing, run, open_=before < 0 or row is None))
            run, before = [], after
        return gaps

    def _may_be_row(self, stray: RawRow) -> bool:
        """Whether the text in a stray's row, or before it, is no label of another kind."""
        fragments = self._fragments(stray)
        if all(any(f in label for label in _all_labels(self.form)) for f in fragments):
            return True
        window = "".join((self._begun(stray), *fragments, *self._after(stray)))
        return stray.grid_row is None and any(
            _within(_labels(self.form)[k], window) for k in self.expected
        )

    def _fragments(self, stray: RawRow) -> list[str]:
        """Keys of the texts in a stray's grid row; without a grid, of those just before it."""
        if stray.grid_row is not None:
            texts = [b for b in self.texts if grid_row(b) == stray.grid_row]
        else:
            before = bisect_right(self.ends, stray.span[0])
            start = self.ends[before - 1] if before else 0
            texts = [b for b in self.texts if start <= b.span[0] < stray.span[0]][-MOST_TEXTS:]
        return [key for b in texts if (key := label_key(b.text))]

    def _begun(self, stray: RawRow) -> str:
        """Key of a label without cells that the texts before a stray go on from, "" without one."""
        before = bisect_right(self.ends, stray.span[0])
        end = self.ends[before - 1] if before else 0
        rows = (row for row in self.rows if not row.slots and row.whole[1] == end)
        return next((label_key(row.label) for row in rows), "")

    def _after(self, stray: RawRow) -> list[str]:
        """Keys of the texts between a stray and the cells after it: its label may go on there."""
        start = max(slot.span[1] for slot in stray.slots)
        at = bisect_right(self.starts, start)
        end = self.starts[at] if at < len(self.starts) else start
        texts = [b for b in self.texts if start <= b.span[0] < end][:MOST_AFTER]
        return [key for b in texts if (key := label_key(b.text))]

    def _split(self, missing: list[str], strays: list[RawRow], *, open_: bool) -> Iterator[_Gap]:
        """A gap, cut at the strays that kept a piece of their label."""
        named = [(n, k) for n, s in enumerate(strays) if (k := self._named(s, missing)) is not None]
        spots = [missing.index(k) for _, k in named]
        if any(a >= b for a, b in pairwise(spots)):
            yield _Gap(missing, [])  # the rows stand in another order: none is sure
            return
        first, start = 0, 0
        for number, key in named:
            spot = missing.index(key)
            yield _Gap(missing[start:spot], strays[first:number], open=open_ and not start)
            yield _Gap([key], [strays[number]])
            first, start = number + 1, spot + 1
        yield _Gap(missing[start:], strays[first:], open=open_)

    def _named(self, stray: RawRow, missing: Sequence[str]) -> str | None:
        """The only missing label that holds a piece printed in the stray's own row."""
        if stray.grid_row is None:
            return None
        found: set[str] = set()
        for fragment in self._fragments(stray):
            homes = {key for key, label in _labels(self.form).items() if fragment in label}
            homes = {k for k in homes if k in missing or k not in self.expected}
            if len(homes) == 1 and homes <= set(missing):
                found |= homes
        return found.pop() if len(found) == 1 else None

    def _choices(self, gap: _Gap) -> Iterator[Choice]:
        """Every way to give the strays to the labels in order, against no piece of a label."""
        for chosen in combinations(gap.strays, len(gap.missing)):
            choice = dict(zip(gap.missing, chosen, strict=True))
            if all(self._agrees(stray, key) for key, stray in choice.items()):
                yield choice

    def _agrees(self, stray: RawRow, key: str) -> bool:
        """Whether the pieces in a stray's grid row may be of this label, or of a head."""
        labels = _labels(self.form)
        return stray.grid_row is None or all(
            fragment in labels[key]
            or any(fragment in labels[k] for k in labels if k not in self.expected)
            for fragment in self._fragments(stray)
        )

    def _given(self, gaps: Sequence[_Gap]) -> Choice:
        """The strays that every possible choice gives to the same label."""
        ways = {n: comb(len(gap.strays), len(gap.missing)) for n, gap in enumerate(gaps)}
        most = 1 if prod(w or 1 for w in ways.values()) > MOST_CHOICES else MOST_CHOICES
        tried = [list(self._choices(gap)) for n, gap in enumerate(gaps) if 0 < ways[n] <= most]
        options = [choices for choices in tried if choices]
        sums = Sums(self.form, self.expected, [r for r in self.rows if r.slots])
        choices = [{k: s for part in parts for k, s in part.items()} for parts in product(*options)]
        held = [sums.hold(choice) for choice in choices]
        kept = [c for c, holds in zip(choices, held, strict=True) if holds is not False] or choices
        proven = True in held and None not in held
        doubtful = {
            key
            for gap in gaps
            for key in gap.missing
            if gap.open or len(gap.strays) != len(gap.missing) or not self._is_printed(key)
        }
        values = {key: {_printed_values(c[key]) for c in kept} for key in kept[0]}
        return {
            key: stray
            for key, stray in kept[0].items()
            if len(values[key]) == 1 and (proven or key not in doubtful)
        }


def _in_grid(row: RawRow, width: int) -> RawRow:
    """Where the table stands in a grid, a number beside a label outside of it is no cell."""
    return replace(row, slots=[]) if row.grid_row is None and 0 < len(row.slots) < width else row


def _printed_values(row: RawRow) -> tuple[str, ...]:
    return tuple(s.text for s in row.slots)


@cache
def _labels(form: Form) -> dict[str, str]:
    """Labels of table three by row, reduced to what identifies them."""
    return {key: label_key(row.label) for key, row in form.t3_rows.items()}


@cache
def _all_labels(form: Form) -> tuple[str, ...]:
    return tuple(label_key(f"{row.number}{row.label}") for row in form.tables.t3.rows)


def _within(label: str, text: str) -> bool:
    """Whether the characters of a label stand in a text in their order, close together."""
    start = text.find(label[0])
    while start >= 0:
        at = start
        for char in label[1:]:
            at = text.find(char, at + 1, start + len(label) + SLACK)
            if at < 0:
                break
        else:
            return True
        start = text.find(label[0], start + 1)
    return False
