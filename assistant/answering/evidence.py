"""What an answer shows to stand on: figures and passages, each with its place in a report."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer import CitedFigure, CitedPassage, Role
from assistant.answering.cell import Cell
from index.report import Figure, Passage, Report, Span


def cite(cell: Cell, role: Role) -> list[CitedFigure]:
    """The figures of a cell, bound to their report and their role."""
    return bind(cell.report, cell.figures, role)


def bind(report: Report, figures: Iterable[Figure], role: Role) -> list[CitedFigure]:
    """Figures of a report, bound to it and to their role."""
    return [
        CitedFigure.of(
            figure,
            report=report.id,
            source_file=report.source_file,
            org=report.body.value,
            year=int(report.year.value) if report.year.value else None,
            role=role,
            citation=citation(report, figure),
        )
        for figure in figures
    ]


def cite_passage(
    report: Report, passage: Passage, span: Span, marks: tuple[Span, ...]
) -> CitedPassage:
    """What is printed at ``span``, as a quotation from a passage, ``marks`` to be marked in it."""
    return CitedPassage(
        citation=f"[{report.title} ¶{passage.number}]",
        report=report.id,
        source_file=report.source_file,
        section=passage.section,
        section_title=passage.section_title,
        span=span,
        quote=report.text[slice(*span)],
        marks=marks,
    )


def citation(report: Report, figure: Figure) -> str:
    """``[太仓市2021年 表三·结转下年度继续办理·总计]``; of running text its paragraph, ``¶12``."""
    if figure.prose is not None:
        return f"[{report.title} ¶{figure.row.removeprefix('p')}]"
    table = {"t2": "表二", "t3": "表三", "t4": "表四", "annex": "附表"}[figure.table]
    return f"[{report.title} {table}·{figure.row_label}·{figure.column_label}]"
