"""Five read-only tools over a desk, as plain functions and as LangChain tools for an agent.

They state what the desk states, refuse what it refuses, and change nothing. Text of reports comes
fenced, as material. What an answer rests on goes beside its text as the artifact of the tool's
message, so that whoever runs the agent can hold its words against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer, CitedFigure, Language, Role
from assistant.answering.cite import Citations, cite_text
from assistant.answering.evidence import bind
from assistant.answering.lines import equation
from assistant.ask import Desk
from assistant.helping.material import fenced
from index.report import TRUSTED, Check, ReportCard

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

MOST_LISTED = 50
"""Reports that are listed at once."""


class Tools:
    """The tools of one desk. Each gives a text and, beside it, what the text rests on."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that answers."""
        self._desk = desk

    def ask(self, question: str) -> tuple[str, Answer]:
        """Answer a question about the reports in Chinese or English, with citations.

        Figures are stated as they are printed and proven; what fails its checks is refused.
        """
        answer = self._desk.ask(question)
        return fenced(answer.text), answer

    def figure(self, report: str, address: str) -> tuple[str, Sequence[CitedFigure]]:
        """State one cell of a report: its value as printed, its status and its citation.

        The report is an id from `reports`; the address is table, row and column, such as
        t3.new.total or t3.carried_out.natural_person.
        """
        found = self._known(report)
        if found is None:
            return f"没有这份报告 (no such report): {report}", ()
        figure = self._desk.report(report).figure(address)
        if figure is None:
            return f"没有这一格 (no such cell): {address}", ()
        (cited,) = bind(self._desk.report(report), [figure], Role.CONTEXT)
        stated = cited.printed if cited.status in TRUSTED else "—"
        told = f"{cited.citation} {stated} {cited.unit} ({cited.status.value})"
        return fenced(told), (cited,)

    def cite(self, text: str) -> tuple[str, Citations]:
        """Find where a sentence or a number stands in the reports."""
        found = cite_text(text, self._desk.shelf.ledger)
        lines = [f"{p.citation} {p.quote}" for p in found.passages]
        lines += [f"{f.citation} {f.printed}" for f in found.figures]
        return fenced("\n".join(lines) or "没有找到 (nothing found)"), found

    def reports(self, words: str = "") -> tuple[str, tuple[ReportCard, ...]]:
        """List the indexed reports with their ids; of many, those whose title holds some words."""
        cards = tuple(card for card in self._desk.reports() if words in card.title)
        lines = [f"{card.id} {card.title}" for card in cards[:MOST_LISTED]]
        left = len(cards) - len(lines)
        lines += [f"… {left}"] if left else []
        return fenced("\n".join(lines) or "没有 (none)"), cards

    def check(self, report: str) -> tuple[str, tuple[Check, ...]]:
        """Tell which identities of the form one report breaks, with both sides."""
        if self._known(report) is None:
            return f"没有这份报告 (no such report): {report}", ()
        broken = tuple(c for c in self._desk.report(report).checks if c.broken)
        lines = [equation(Language.HANS, check) for check in broken]
        return fenced("\n".join(lines) or "勾稽关系都成立 (all hold)"), broken

    def _known(self, report: str) -> ReportCard | None:
        return self._desk.shelf.directory().by_id.get(report)


def langchain_tools(desk: Desk) -> list[BaseTool]:
    """The tools for an agent of LangChain: `langchain.agents.create_agent(model, tools)`."""
    from langchain_core.tools import StructuredTool

    own = Tools(desk)
    return [
        StructuredTool.from_function(function, response_format="content_and_artifact")
        for function in (own.ask, own.figure, own.cite, own.reports, own.check)
    ]
