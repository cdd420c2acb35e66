"""What the commands of ``gouji`` share: how they end, print JSON and tell of a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from index.errors import GoujiError

if TYPE_CHECKING:
    from index.report import ReportCard

P = ParamSpec("P")
COULD_NOT = 2
FOUND = 1
STATUS_WORDS = {
    "verified": "已验证",
    "printed": "原文所载",
    "failed": "不平",
    "ambiguous": "存疑",
    "blank": "空白",
}


def told(command: Callable[P, int | None]) -> Callable[P, None]:
    """Run a command; an error is told in one sentence and ends with status 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            status = command(*args, **kwargs)
        except GoujiError as error:
            tell_error(error)
            sys.exit(COULD_NOT)
        sys.exit(status or 0)

    return run


def tell_error(error: object) -> None:
    """One line on standard error."""
    click.echo(f"错误 error: {error}", err=True)


def print_json(data: Any) -> None:
    """JSON on standard output, Chinese as it is."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def card_line(card: ReportCard) -> str:
    """A report in one line: what it is called, its form, its figures by status."""
    statuses = " ".join(
        f"{STATUS_WORDS[s]} {card.statuses[s]}" for s in STATUS_WORDS if s in card.statuses
    )
    failing = f"；勾稽不平 {card.failing} 处" if card.failing else ""
    prose = f"；正文数字 {card.prose} 个" if card.prose else ""
    figures = f"{statuses or '无表格数据'}{prose}"
    return f"{card.title}  [{card.source_file}]  {_form_words(card)}  {figures}{failing}"


def _form_words(card: ReportCard) -> str:
    """A form in a list; one whose rows are not those of tables two to four is marked as such."""
    from assistant.understanding.annex import has_annex

    if card.form is None:
        return "表式不详"
    mark = "（旧统计表，不与表三比较）" if has_annex(card) else ""
    return f"{card.form}{'年' if card.form.isdigit() else ' '}表式{mark}"
