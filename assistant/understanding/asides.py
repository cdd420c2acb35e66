"""Clauses of a question that tell who asks, what for, or how to answer: they ask for nothing.

A clause is one only by its own grammar (someone wants something, a paper is being written, a
courtesy), and never if it names a row of the tables or asks for a number itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.lexicon import Lexicon, hint
from index.report import Span

CLAUSE = re.compile(r"(?:[^,，。;；:：?？!！\n]|(?<=\d),(?=\d{3})|(?<=\d):(?=\d))+")
TELLING = ("asks_number", "asking", "own_scope", "all_scope")
"""Hints of which a clause that asks for nothing holds none."""
YEAR = re.compile(r"20\d\d|\d\d年")


def asides(folded: str, lexicon: Lexicon) -> list[Span]:
    """Where a folded question tells of the asker; empty where nothing else would be left."""
    clauses = [_trimmed(folded, match.span()) for match in CLAUSE.finditer(folded)]
    clauses = [span for span in clauses if span[0] < span[1]]
    found = [span for span in clauses if _is_aside(folded[slice(*span)], lexicon)]
    if len(found) == len(clauses):
        return []
    return [*found, *_leads(folded, [span for span in clauses if span not in found])]


def _is_aside(clause: str, lexicon: Lexicon) -> bool:
    """Whether a clause says nothing of what is asked for."""
    if not any(hint(name).fullmatch(clause) for name in ("aside", "lead")):
        return False
    if YEAR.search(clause):
        return False
    if any(hint(name).search(clause) for name in TELLING):
        return False
    return not any(p.strong and p.regex.search(clause) for p in lexicon.rows)


def _leads(folded: str, clauses: Sequence[Span]) -> list[Span]:
    """Where a clause begins with who wants to know: 领导让我查…."""
    leads = []
    for start, end in clauses:
        lead = hint("lead").match(folded, start, end)
        if lead is not None and start < lead.end() < end:
            leads.append(lead.span())
    return leads


def _trimmed(text: str, span: Span) -> Span:
    """A span without the spaces around it."""
    part = text[slice(*span)]
    return span[0] + len(part) - len(part.lstrip()), span[1] - len(part) + len(part.rstrip())
