"""Answers about the reports themselves: which there are, which are meant, which break a sum."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Candidate, Clarify, Kind, Reason
from assistant.answering.refusing import refuse
from assistant.answering.wording import say
from assistant.lexicon import hint
from assistant.library.directory import Directory
from assistant.query import Query
from index.report import ReportCard
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


def no_year_before(query: Query, card: ReportCard) -> Answer:
    """The report that another is compared with is not indexed."""
    year = (card.year or 0) - 1
    return refuse(query, Reason.NO_REPORT, "refused_no_year_before", title=card.title, year=year)


def list_reports(query: Query, cards: Sequence[ReportCard]) -> Answer:
    """The indexed reports that the question means, by title; their number where it is asked for."""
    asked = set(query.reports)
    meant = [c for c in cards if c.id in asked] if query.named or query.years else cards
    titles = "；".join(c.title for c in meant)
    text = say("reports", query.language, count=len(meant), titles=titles)
    counted = hint("counts_reports").search(query.said) is not None
    return Answer(
        kind=Kind.COMPUTED if counted else Kind.LIST,
        text=text,
        language=query.language,
        value=len(meant) if counted else None,
        unit="份" if counted else None,
        formula=str(len(meant)),
    )
