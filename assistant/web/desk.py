"""What the pages need from the rest of Gouji, and nothing more.

`assistant.ask.Desk` is the real one; tests use a fake with hand-made answers and reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from assistant.answer import Answer
from index.errors import GoujiError
from index.report import Check, Report, ReportCard


class Desk(Protocol):
    """Answers questions over the indexed reports.

    Every method may raise `index.errors.GoujiError`, which is shown as one sentence. The
    methods are called from several threads at once (one per open question). A dialogue is
    opaque to the pages: one per conversation, handed back with every question of it.
    """

    def ask(self, question: str, dialogue: Any = None, *, offer: bool = False) -> Answer:
        """Answer one question within a dialogue, which is changed by it.

        ``offer``: with other readings of the question, to be asked with one click.
        """
        ...

    def new_dialogue(self) -> Any:
        """An empty conversation."""
        ...

    def reports(self) -> Sequence[ReportCard]:
        """All indexed reports; empty where nothing is indexed."""
        ...

    def report(self, report_id: str) -> Report:
        """One report, with its figures, checks and text.

        Raises:
            KeyError: no such report is indexed.
        """
        ...

    def findings(self, report_id: str) -> Sequence[Check]:
        """What does not hold in a report and beside the reports of other years, gravest first."""
        ...


def fetch(desk: Desk, report_id: str) -> Report:
    """A report of the desk; one that is gone meanwhile is told in a sentence.

    Raises:
        GoujiError: no such report is indexed, or the store cannot be read.
    """
    try:
        return desk.report(report_id)
    except KeyError as error:
        raise GoujiError(
            "索引里没有这份报告了 (this report is no longer indexed)。",
            advice="请刷新本页 (reload the page)。",
        ) from error
