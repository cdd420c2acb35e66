"""The change of a cell from the year before as the running text prints it: 较上年下降3.4%."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.answering.cell import Cell
from assistant.answering.from_cells import from_cells
from assistant.answering.prose_cells import cell_of, quoted
from assistant.answering.scored import Scored
from assistant.lexicon import hint, load_lexicon
from assistant.query import Operation, Query
from assistant.understanding.hearing import hear
from assistant.words.likeness import plain
from index.report import Figure, FigureKind, Report

PER_CENT = "%"
TOTAL = "total"


def printed_change(query: Query, report: Report, cell: Cell) -> Answer | None:
    """What the report itself says of a change; None where it says nothing, or several things.

    Args:
        query: a question for the change of a row; a rise that is asked for is no fall.
        report: the report of the later year.
        cell: the row's cell in it.
    """
    measure = query.measures[0]
    if measure.column not in (None, TOTAL):
        return None
    found = [
        figure
        for figure in report.figures
        if figure.prose is not None
        and figure.prose.kind is FigureKind.CHANGE
        and (figure.unit == PER_CENT) == query.per_cent
        and _as_asked(query, figure)
        and _since_year_before(report, figure)
        and _level_is(report, figure, cell)
        and _names(report, figure) == {(measure.table, measure.row)}
    ]
    if len({figure.value for figure in found}) != 1:
        return None
    stated = Scored(report, found[0], 1.0)
    plainly = query.model_copy(update={"operation": Operation.LOOK_UP})
    return from_cells(plainly, [cell_of(stated)], quoted(stated))


def _as_asked(query: Query, figure: Figure) -> bool:
    """Whether a change goes the way that the question says, where it says one."""
    fell, rose = (hint(name).search(query.said) is not None for name in ("fell", "rose"))
    direction = figure.prose.direction if figure.prose is not None else None
    return direction is not None and (fell == rose or direction == ("down" if fell else "up"))


def _since_year_before(report: Report, figure: Figure) -> bool:
    """Whether the sentence compares with the year before."""
    assert figure.prose is not None  # noqa: S101 - only numbers of running text are asked for
    start, end = figure.prose.sentence[0], figure.prose.whole[1]
    return hint("since_last_year").search(plain(report.text[start:end])) is not None


def _level(report: Report, figure: Figure) -> Figure | None:
    """The number that changed, where the text prints it."""
    assert figure.prose is not None  # noqa: S101 - only numbers of running text are asked for
    return report.figure(figure.prose.of) if figure.prose.of is not None else None


def _level_is(report: Report, figure: Figure, cell: Cell) -> bool:
    """Whether the number that changed, where one is printed, is that of the cell."""
    level = _level(report, figure)
    return level is None or level.value == cell.value


def _names(report: Report, figure: Figure) -> set[tuple[str, str]]:
    """The rows that the label of what changed names, none where it names more than rows."""
    label = plain((_level(report, figure) or figure).row_label)
    heard = hear(hint("compared_from").split(label, maxsplit=1)[0], (), load_lexicon())
    if heard.blocking or heard.columns:
        return set()
    return {(m.kind, m.key) for m in heard.rows}
