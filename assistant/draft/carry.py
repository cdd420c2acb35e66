"""What last year's report leaves to this one: its 结转下年度 is this year's 上年结转.

A figure is carried only where it is `verified`: printed, and proven by the identities of its
report. Any other leaves its cell open, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from assistant.draft.model import Found, LastYear, Problem
from index.across.abstract import is_placed
from index.checks import Sheet
from index.formats import Form
from index.record import Record
from index.report import Figure, Number, Report, Status

INTO, FROM = "carried_in", "carried_out"
"""Rows of table three: what comes in this year went out of the last."""
FILL = "请核对上年报告，把应结转的数填入填报表 (fill it in)。"
BUILD = "请先用 gouji build 收入上年报告，或把上年结转填入填报表 (index last year's report)。"
SET = (
    "请写附带文件 NAME.gouji.yaml 写明 body 和 year，再收入一次 (say body and year in a sidecar)。"
)
REASONS = {
    Status.FAILED: "不平",
    Status.AMBIGUOUS: "存疑，可能是{candidates}",
    Status.BLANK: "为空白，没有勾稽关系证明它是零",
    Status.PRINTED: "没有勾稽关系证明",
}


class Carried(Record):
    """Values carried by address of this year's cell, and what could not be.

    ``last`` is None where no report of the year before can be used.
    """

    last: LastYear | None
    values: dict[str, Found] = Field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def carry_over(body: str, year: int, form: Form, reports: Sequence[Report]) -> Carried:
    """What the reports of a body for the year before leave to a year.

    Args:
        body: the body, for messages.
        year: the year that is drafted.
        form: its form.
        reports: the body's reports for the year before; more than one must agree. One whose body
            or year was only concluded leaves nothing: it may be another body's or year's.
    """
    place = f"{body}{year - 1}年报告"
    if not reports:
        return _nothing(place, "没有找到，上年结转未能带入。", BUILD)
    if not all(map(is_placed, reports)):
        return _nothing(place, _unplaced(reports), SET)
    report = reports[0]
    columns = [term.key for term in form.tables.t3.columns]
    outs = [[_out(other, column) for column in columns] for other in reports]
    if any(_told(out) != _told(outs[0]) for out in outs[1:]):
        files = "、".join(other.source_file for other in reports)
        return _nothing(
            place,
            f"有多份且结转下年度不同（{files}），上年结转未能带入。",
            "请只保留一份，再重试。",
        )
    if all(figure is None for figure in outs[0]):
        what = f"（{report.source_file}）没有“结转下年度继续办理”一行，上年结转未能带入。"
        return _nothing(place, what, FILL, _last(report, year - 1))
    values: dict[str, Found] = {}
    problems: list[Problem] = []
    sheet = Sheet(form, {})
    for column, figure in zip(columns, outs[0], strict=True):
        address = f"t3.{INTO}.{column}"
        reason = why_not(figure, report)
        if reason is None and figure is not None and figure.value is not None:
            values[address] = Found(value=figure.value, source=f"{report.id}/{figure.address}")
        else:
            what = f"{sheet.name('t3', FROM, column)}{reason}，不带入上年结转。"
            problems.append(Problem(place=place, what=what, next=FILL, address=address))
    return Carried(last=_last(report, year - 1), values=values, problems=tuple(problems))


def _unplaced(reports: Sequence[Report]) -> str:
    """Which reports do not say whose or of what year they are."""
    files = "、".join(report.source_file for report in reports if not is_placed(report))
    return f"（{files}）没有印明单位和年度，只是推断，上年结转不带入。"


def _nothing(place: str, what: str, advice: str, last: LastYear | None = None) -> Carried:
    return Carried(last=last, problems=(Problem(place=place, what=what, next=advice),))


def _last(report: Report, year: int) -> LastYear:
    return LastYear(
        report=report.id,
        title=report.title,
        source_file=report.source_file,
        year=year,
        form=report.form.value,
    )


def _out(report: Report, column: str) -> Figure | None:
    return report.figure(f"t3.{FROM}.{column}")


def _told(figures: Sequence[Figure | None]) -> list[tuple[Number | None, Status] | None]:
    """What two copies of a report must agree in."""
    return [None if figure is None else (figure.value, figure.status) for figure in figures]


def why_not(figure: Figure | None, report: Report) -> str | None:
    """Why a figure of a report is not taken over, None where it is `verified`."""
    if figure is None:
        return "在该报告中没有读到"
    if figure.status is Status.VERIFIED:
        return None
    reason = REASONS[figure.status].format(candidates="或".join(map(str, figure.candidates)))
    equations = "；".join(_equations(figure, report))
    return f"{reason}（{equations}）" if equations else reason


def _equations(figure: Figure, report: Report) -> Iterator[str]:
    """The identities that a failed figure breaks."""
    return (f"{c.code} {c.equation}" for c in report.checks if c.broken and c.id in figure.checks)
