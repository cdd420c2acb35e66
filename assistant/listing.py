"""Answers about the reports themselves: which there are, which are meant, which break a sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer, Candidate, CitedFigure, Clarify, Kind, Reason
from assistant.compose import refuse
from assistant.directory import Directory
from assistant.evidence import operands
from assistant.lexicon import hint
from assistant.query import Query
from assistant.shelf import Shelf
from assistant.wording import say
from index.report import Check, ReportCard
from index.script import fold

MOST_CANDIDATES = 12


def clarify(query: Query, cards: Sequence[ReportCard]) -> Answer:
    """A question back with the reports that fit; each can be asked for with one click.

    Of more than `MOST_CANDIDATES` the first are listed, and that there are others is said.
    """
    candidates = tuple(
        Candidate(
            report=c.id,
            source_file=c.source_file,
            org=c.body,
            year=c.year,
            title=c.title,
            question=f"{c.title}：{query.text}",
        )
        for c in cards[:MOST_CANDIDATES]
    )
    name = "clarify" if len(cards) == len(candidates) else "clarify_many"
    message = say(name, query.language, count=len(candidates))
    text = "\n".join([message, *(f"{n}. {c.title}" for n, c in enumerate(candidates, 1))])
    return Answer(
        kind=Kind.CLARIFY,
        text=text,
        language=query.language,
        clarify=Clarify(message=message, candidates=candidates),
    )


def no_report(query: Query, directory: Directory) -> Answer:
    """No indexed report fits: the place is not there, or not for this year."""
    if query.missing is not None:
        titles = "、".join(c.title for c in directory.cards[:MOST_CANDIDATES])
        return refuse(
            query,
            Reason.NO_REPORT,
            "refused_no_report_place",
            place=query.missing,
            titles=titles,
        )
    return _no_such_year(query, directory)


def _no_such_year(query: Query, directory: Directory) -> Answer:
    """The body is known, the year is not; or nothing is indexed for the year at all."""
    of_body = directory.mentioned(fold(query.text).text)
    if not of_body or not query.years:
        return refuse(query, Reason.NO_REPORT, "refused_no_report_any")
    known = {c.year for c in of_body if c.body == of_body[0].body}
    return refuse(
        query,
        Reason.NO_REPORT,
        "refused_no_report_year",
        body=of_body[0].body,
        years="、".join(str(y) for y in query.years if y not in known) or _years(query.years),
        known="、".join(str(c.year) for c in of_body if c.body == of_body[0].body),
    )


def _years(years: Sequence[int]) -> str:
    return "、".join(map(str, years))


def year_before(card: ReportCard, cards: Sequence[ReportCard]) -> ReportCard | None:
    """The report of the same body for the year before; None where it is not indexed."""
    return next(
        (
            c
            for c in cards
            if c.body is not None and c.body == card.body and card.year == (c.year or 0) + 1
        ),
        None,
    )


def list_reports(query: Query, cards: Sequence[ReportCard]) -> Answer:
    """The indexed reports that the question means, by title; their number where it is asked for."""
    asked = set(query.reports)
    meant = [c for c in cards if c.id in asked] if query.named or query.years else cards
    titles = "；".join(c.title for c in meant)
    text = say("reports", query.language, count=len(meant), titles=titles)
    return _counted(query, len(meant), text)


def _counted(query: Query, count: int, text: str, **shown: Any) -> Answer:
    """A list of reports, with their number as the value where it is asked for."""
    asked = hint("counts_reports").search(query.said) is not None
    return Answer(
        kind=Kind.COMPUTED if asked else Kind.LIST,
        text=text,
        language=query.language,
        value=count if asked else None,
        unit="份" if asked else None,
        formula=str(count),
        **shown,
    )


def unbalanced_reports(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Reports that break a hard identity, with the equations."""
    asked = set(query.reports)
    lines: list[str] = []
    checks: list[Check] = []
    figures: list[CitedFigure] = []
    for card in cards:
        if card.id not in asked or not card.failing:
            continue
        report = shelf.report(card.id)
        failing = [c for c in report.checks if c.broken]
        checks.extend(failing)
        figures.extend(operands(report, failing))
        equations = "；".join(
            say(
                "unbalanced_equation",
                query.language,
                code=c.code,
                scope=c.scope_label,
                equation=c.equation,
            )
            for c in failing
        )
        lines.append(say("unbalanced_line", query.language, title=card.title, equations=equations))
    if not lines:
        return Answer(
            kind=Kind.LIST, text=say("unbalanced_none", query.language), language=query.language
        )
    text = say("unbalanced", query.language, count=len(lines), lines="\n".join(lines))
    return _counted(query, len(lines), text, checks=tuple(checks), figures=tuple(figures))
