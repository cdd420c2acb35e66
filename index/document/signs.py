"""Whether a text that was not recognised as a report may be one: nothing is passed by lightly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import PurePath

from index.errors import NotAReport, OtherText
from index.formats import load_forms
from index.report import Confidence, Document, Heading, Recognised
from index.script import label_key
from index.words.document import load_document_words

LEAST_LABEL = 6
"""Characters of a label that no other text has by chance."""
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
"""Characters that stand for ones that were lost."""


def refused(
    document: Document, headings: Sequence[Heading], body: Recognised, year: Recognised
) -> NotAReport:
    """Why a document without tables or sections is not read.

    `OtherText` where it is plainly something else; where anything speaks for a report, that it was
    not recognised as one.
    """
    named = body.value is not None and year.value is not None
    said = Confidence.SET in (body.confidence, year.confidence)  # by the user, of a report
    kind = NotAReport if headings or named or said or _may_be_report(document) else OtherText
    return kind(
        "没有找到年度报告的章节或表格 (no section or table of an annual report was found).",
        place=document.path,
        advice="请确认这是政府信息公开工作年度报告 (check that it is one).",
    )


def _may_be_report(document: Document) -> bool:
    """By its name, its words, a label of a table, or because its text was lost or is a picture."""
    words = load_document_words()
    name = PurePath(document.source_file).stem
    if label_key(name).lower() in words.other_names:
        return False
    if document.pictures or YEAR.search(name) or UNREADABLE.search(document.text):
        return True
    text = label_key(document.text)
    if words.speaks_of_reports.search(label_key(name) + "\n" + text):
        return True
    return any(label in text for label in _labels())


@cache
def _labels() -> frozenset[str]:
    """Labels of rows and columns of all forms that stand in no other text."""
    names = (label_key(t.label) for form in load_forms() for pair in form.terms.values()
             for terms in pair for t in terms)  # fmt: skip
    return frozenset(label for label in names if len(label) >= LEAST_LABEL)
