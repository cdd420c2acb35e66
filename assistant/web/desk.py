"""What the pages need from the rest of Gouji, and nothing more.

`assistant.ask.Desk` is the real one; tests use a fake with hand-made answers and reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from assistant.answer import Answer
from index.report import Report, ReportCard


class Desk(Protocol):
    """Answers questions over the indexed reports.

    Every method may raise `index.errors.GoujiError`, which is shown as one sentence. The
    methods are called from several threads at once (one per open question). A dialogue is
    opaque to the pages: one per conversation, handed back with every question of it.
    """

    def ask(self, question: str, dialogue: Any = None) -> Answer:
        """Answer one question within a dialogue, which is changed by it."""
        ...

    def new_dialogue(self) -> Any:
        """An empty conversation."""
        ...

    def reports(self) -> Sequence[ReportCard]:
        """All indexed reports; empty where nothing is indexed."""
        ...

    def report(self, report_id: str) -> Report:
        """One report, with its figures, checks and text."""
        ...
