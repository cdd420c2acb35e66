"""What came of an audit, on one screen of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.audit.audit import Audit
from assistant.audit.findings import STRENGTH_WORDS, Finding
from assistant.audit.looking import Looked
from assistant.audit.summary import Summary, summary_of
from assistant.console import card_line
from index.report import Strength

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

MOST_LINES = 8
"""Codes and bodies that are listed; the rest is in the workbook."""
WIDEST = 50
"""Columns of the screen that a name may take, beside the numbers."""
COLOURS = {Strength.HARD: "red", Strength.EXPECTED: "yellow", Strength.WARNING: "yellow"}


def report_lines(audit: Audit) -> Iterator[str]:
    """Each report in its lines: what it is, remarks, what is broken (✗), what asks (?)."""
    by_path: dict[str, list[Finding]] = {}
    for found in audit.findings:
        by_path.setdefault(found.path, []).append(found)
    for looked in audit.reports:
        yield from _lines_of(looked, by_path.get(looked.owner.path, []))


def _lines_of(looked: Looked, findings: list[Finding]) -> Iterator[str]:
    yield card_line(looked.card)
    for note in looked.card.notes:
        yield f"  · {note}"
    for found in findings:
        mark = "✗" if found.strength is Strength.HARD else "?"
        yield f"  {mark} {found.code} {found.sentence}（{found.scope}）：{found.equation}"


def print_summary(audit: Audit, *, written: bool) -> None:
    """Print the summary; ``written``: a workbook, page or notes hold the details."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    summary = summary_of(audit)
    console.print(Text(_headline(summary), style="bold"))
    for part in _parts(summary):
        console.print(part)
    for step in _next_steps(summary, written=written):
        console.print(Text(f"→ {step}"))


def _headline(summary: Summary) -> str:
    total = sum(summary.strengths.values())
    return (
        f"读出 {summary.read} 份，未读 {summary.unread} 份，"
        f"没有问题 {summary.clean} 份，问题 {total} 处\n"
        f"{summary.read} read, {summary.unread} not read, {summary.clean} clean, {total} findings"
    )


def _parts(summary: Summary) -> Iterator[RenderableType]:
    if not summary.codes:
        return
    strengths = _table("强度 strength", "处 findings")
    for strength, count in summary.strengths.items():
        zh, en = STRENGTH_WORDS[strength]
        strengths.add_row(f"{zh} {strength.value}: {en}", str(count), style=_style(strength, count))
    yield strengths
    codes = _table("检查 check", "处 findings", "份 reports")
    for code in summary.codes[:MOST_LINES]:
        codes.add_row(f"{code.code} {code.sentence}", str(code.count), str(code.reports))
    yield _with_rest(codes, len(summary.codes))
    bodies = _table("问题最多的单位 bodies", "处 findings", "须更正 hard")
    for body in summary.bodies[:MOST_LINES]:
        bodies.add_row(body.body, str(body.count), str(body.hard))
    yield _with_rest(bodies, len(summary.bodies))


def _table(name: str, *numbers: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.cells import cell_len
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(name, overflow="ellipsis", no_wrap=True, max_width=WIDEST)
    for number in numbers:
        table.add_column(number, justify="right", no_wrap=True, min_width=cell_len(number))
    return table


def _with_rest(table: Table, total: int) -> Table:
    if total > MOST_LINES:
        table.add_row(f"…… 共 {total} 项 ({total} in all)")
    return table


def _style(strength: Strength, count: int) -> str | None:
    return COLOURS.get(strength) if count else "dim"


def _next_steps(summary: Summary, *, written: bool) -> Iterator[str]:
    if summary.strengths[Strength.HARD]:
        yield "“必须更正”的请退回单位更正 (send back what must be corrected)"
    if summary.strengths[Strength.EXPECTED] or summary.strengths[Strength.WARNING]:
        yield "其余请单位说明口径或原因 (ask for an explanation of the rest)"
    if summary.unread:
        yield "未读的文件请换一种格式再核对 (check unread files again in another format)"
    if summary.codes and not written:
        yield (
            "逐处清单和通知: --xlsx 清单.xlsx --html 报告.html --notes 通知文件夹"
            " (details and notes)"
        )
