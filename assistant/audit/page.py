"""The findings as one page: nothing is loaded from anywhere, nothing runs in it, it prints well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import plain_number
from assistant.audit.audit import Audit
from assistant.audit.corrections import load_corrections
from assistant.audit.findings import STRENGTH_WORDS, Finding
from assistant.audit.matrix import MARK_WORDS, matrix_of
from assistant.audit.names import load_check_names
from assistant.audit.notes import notes_of
from assistant.audit.outputs import MADE_BY
from assistant.audit.summary import BODIES_FIRST, summary_of
from assistant.outputs import plain_text, whole
from index.report import Record, Strength

if TYPE_CHECKING:
    from jinja2 import Template

PIECE = 1000
"""Pieces of the template that are written at once."""
TEMPLATES = Path(__file__).parent / "templates"


class Group(Record):
    """The findings of one report."""

    title: str
    path: str
    findings: tuple[Finding, ...]


def save_page(audit: Audit, path: Path) -> None:
    """Write the page, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    with whole(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.writelines(render_page(audit))


def render_page(audit: Audit) -> Iterator[str]:
    """The page as HTML, piece by piece; whatever a report wrote is text in it."""
    matrix, corrections = matrix_of(audit), load_corrections()
    page = _template().stream(
        made_by=MADE_BY,
        summary=summary_of(audit),
        bodies_first=BODIES_FIRST,
        strength_words=STRENGTH_WORDS,
        hard=Strength.HARD,
        matrix=matrix,
        mark_words=MARK_WORDS,
        names=load_check_names(),
        anchors=_anchors(audit.findings),
        groups=tuple(_groups(audit.findings)),
        notes=notes_of(audit),
        words=corrections.note,
        unread=audit.unread,
        others=audit.others,
    )
    page.enable_buffering(PIECE)
    return map(plain_text, page)


def _groups(findings: Sequence[Finding]) -> Iterator[Group]:
    for path, found in groupby(findings, lambda f: f.path):
        of_report = tuple(found)
        yield Group(title=of_report[0].title, path=path, findings=of_report)


def _anchors(findings: Sequence[Finding]) -> dict[tuple[str, str], int]:
    """The first finding of a report and code, by its number on the page, for links to it."""
    anchors: dict[tuple[str, str], int] = {}
    for number, found in enumerate(findings, 1):
        anchors.setdefault((found.path, found.code), number)
    return anchors


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = plain_number
    return environment.get_template("page.html")
