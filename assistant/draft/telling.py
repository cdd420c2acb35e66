"""Sentences out of figures: how each stands beside last year's, and gaps where it is not known.

Every number in a sentence is a field that was filled from a cell or a computation, which the
sentence cites; the sentences themselves (``prompts/draft``) have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from assistant.answer import plain_number
from assistant.draft.citing import cite_cell, cite_change, cite_figure
from assistant.draft.compared import Compared
from assistant.draft.layout import form_for, value_spots
from assistant.draft.model import Cited, Draft, DraftCell, DraftSentence, Origin, SentenceKind
from assistant.draft.wordings import AllZero, Forms, Parts, Tell, Wordings
from index.record import Number
from index.report import Report, Status

FAILING = "（表中该数未核平，更正后填写）"
OPENING, CLOSING = "【待填：", "】"


def gap(what: str, *cited: Cited) -> DraftSentence:
    """A place that the clerk has to fill."""
    return DraftSentence(text=f"{OPENING}{what}{CLOSING}", kind=SentenceKind.GAP, cited=cited)


def joined(sentences: Iterable[DraftSentence]) -> Iterator[DraftSentence]:
    """The sentences, gaps that follow each other as one."""
    for kind, run in groupby(sentences, key=lambda sentence: sentence.kind):
        members = list(run)
        if kind is not SentenceKind.GAP:
            yield from members
            continue
        asked = (s.text.removeprefix(OPENING).removesuffix(CLOSING) for s in members)
        yield gap("；".join(asked), *(cited for s in members for cited in s.cited))


class Teller:
    """Tells the figures of a draft beside those of last year's report."""

    def __init__(self, draft: Draft, last: Report | None, wordings: Wordings) -> None:
        """``last`` None: there is no report to compare with."""
        self.draft, self.last, self.wordings = draft, last, wordings
        self.cells = {cell.address: cell for cell in draft.cells}
        self.spots = value_spots(form_for(draft.year))

    def tell(self, tell: Tell) -> Iterator[DraftSentence]:
        """What one entry of the wordings says, if anything."""
        if tell.gap is not None:
            yield gap(tell.gap)
        elif tell.parts is not None:
            yield from self._parts(tell.parts)
        elif tell.all_zero is not None:
            yield from self._all_zero(tell.all_zero)
        elif tell.figure in self.cells:
            yield from self._figure(self.cells[tell.figure], tell)

    def _figure(self, cell: DraftCell, tell: Tell) -> Iterator[DraftSentence]:
        """A figure in the case that it is, or a gap where it is open or does not balance."""
        forms = self.wordings.forms.sets[tell.forms]
        before, cited = self._before(cell.address) if forms.compared else (None, ())
        unit = self.spots[cell.address].unit
        if not _stated(cell):
            asked = forms.open.format(named=tell.named, unit=unit)
            known = f"（上年{plain_number(before)}{unit}）" if before is not None else ""
            yield gap(asked + known + (FAILING if cell.value is not None else ""), *cited)
        elif cell.value is not None:
            compared = Compared(cell.value, before)
            yield from self._told(cell, tell, compared, cited)

    def _before(self, address: str) -> tuple[Number | None, tuple[Cited, ...]]:
        """Last year's figure if it is proven, and its citation, which else says why it is not."""
        figure = self.last.figure(address) if self.last is not None else None
        if figure is None or self.last is None or figure.status is Status.PRINTED:
            return None, ()
        before = figure.value if figure.status is Status.VERIFIED else None
        return before, (cite_figure(figure, self.last),)

    def _told(
        self, cell: DraftCell, tell: Tell, compared: Compared, cited: tuple[Cited, ...]
    ) -> Iterator[DraftSentence]:
        """The sentence of a figure, unless its case says nothing."""
        forms = self.wordings.forms.sets[tell.forms]
        template: str | None = getattr(forms, compared.case)
        if template is None:
            return
        rated = "{rate}" in template
        percent = compared.percent(self.wordings.forms.least_for_rate) if rated else None
        text = template.format(
            year=self.draft.year,
            body=self.draft.body,
            named=tell.named,
            now=plain_number(compared.now),
            before=plain_number(compared.before or 0),
            change=plain_number(compared.change),
            unit=self.spots[cell.address].unit,
            rate=_rate(forms, compared.case, percent),
        )
        if compared.change and "{change}" in template:
            cited = (*cited, cite_change(compared, percent))
        cited = (*self._cite([cell]), *cited)
        yield DraftSentence(text=text, kind=SentenceKind.STATED, cited=cited)

    def _parts(self, parts: Parts) -> Iterator[DraftSentence]:
        """Cells told together, those that are zero left out.

        As parts of a whole they are told only where all of them are known; for cells that make up
        no whole, each that is not known leaves a gap.
        """
        cells = [self.cells[address] for address in parts.cells if address in self.cells]
        missing = [parts.cells[cell.address] for cell in cells if not _stated(cell)]
        whole = self.cells.get(parts.whole)
        if parts.whole and (missing or whole is None or not _stated(whole)):
            return
        some = [cell for cell in cells if _stated(cell) and cell.value]
        if some:
            text = self._listed(some, parts, whole)
            yield DraftSentence(text=text, kind=SentenceKind.STATED, cited=self._cite(some))
        if missing:
            yield gap("、".join(missing))

    def _listed(self, some: list[DraftCell], parts: Parts, whole: DraftCell | None) -> str:
        if whole is not None and len(some) == 1 and some[0].value == whole.value:
            return parts.single.format(named=parts.cells[some[0].address])
        items = [
            parts.item.format(
                named=parts.cells[cell.address],
                now=plain_number(cell.value or 0),
                unit=self.spots[cell.address].unit,
            )
            for cell in some
        ]
        left = whole is not None and sum(cell.value or 0 for cell in some) != whole.value
        return parts.text.format(items="、".join(items), rest=parts.rest if left else "")

    def _all_zero(self, told: AllZero) -> Iterator[DraftSentence]:
        cells = [self.cells[address] for address in told.cells if address in self.cells]
        if cells and all(_stated(cell) and not cell.value for cell in cells):
            yield DraftSentence(text=told.text, kind=SentenceKind.STATED, cited=self._cite(cells))

    def _cite(self, cells: Iterable[DraftCell]) -> tuple[Cited, ...]:
        """The cells, and what was carried also by last year's cell that it was carried from."""
        cited = []
        for cell in cells:
            cited.append(cite_cell(cell, self.draft.year))
            if cell.origin is Origin.CARRIED and self.last is not None:
                figure = self.last.figure(cell.source.partition("/")[2])
                cited += [cite_figure(figure, self.last)] if figure is not None else []
        return tuple(cited)


def _stated(cell: DraftCell) -> bool:
    """Whether a cell may be told: it has a value, and no hard check over it fails."""
    return cell.value is not None and cell.state != "failing"


def _rate(forms: Forms, case: str, percent: Decimal | None) -> str:
    templates = {"rise": forms.rise_rate, "fall": forms.fall_rate}
    if percent is None or case not in templates:
        return ""
    return templates[case].format(percent=plain_number(percent))
