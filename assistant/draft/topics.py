"""Where last year's report spoke of a topic of section one."""

from __future__ import annotations

from index.report import Passage, Report
from index.script import fold
from index.words.document import load_document_words

OVERVIEW = 1
"""The section that has the topics."""


def last_paragraph(report: Report, topic: str) -> Passage | None:
    """The paragraph of section one that speaks most of a topic; None where none does.

    Args:
        report: last year's.
        topic: as ``index/words/document.yaml`` calls it.
    """
    words = load_document_words().topics[topic]
    overview = [p for p in report.passages if p.section == OVERVIEW]
    spoken = {p.number: len(words.findall(fold(p.text).text)) for p in overview}
    best = max(overview, key=lambda p: spoken[p.number], default=None)
    return best if best is not None and spoken[best.number] else None
