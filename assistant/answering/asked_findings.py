"""Questions for what is wrong with reports: which checks are meant, of which reports.

They are told apart before all other questions, and only where nothing of substance is left beside
their words, so that a question for a figure is never answered with findings, nor the other way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.lexicon import hint
from assistant.lexicon.findings import WHOLE, Asking, askings
from assistant.query import Dialogue, Operation, Query
from assistant.understanding.context import Context
from assistant.understanding.heard import Heard
from assistant.understanding.listening import listen
from assistant.understanding.meant import Meant
from assistant.words.folding import detect_language, fold_whole
from assistant.words.mentions import mask

PART = re.compile("第[一二三四五六]部分")


def findings_asked(text: str, dialogue: Dialogue, context: Context) -> Query | None:
    """The query of a question for findings; None where it asks for something else."""
    folded = fold_whole(text)
    asked = _apart(askings(folded))
    if not asked:
        return None
    rest = mask(folded, (asking.span for asking in asked))
    every = hint("which").search(rest) or hint("which").search(folded)
    talk = Dialogue() if every and WHOLE not in {a.family for a in asked} else dialogue
    heard, selection, slips = listen(rest, context, talk)
    meant = Meant(heard, selection, talk, context.directory)
    cards, named = meant.reports()
    if not (named or selection.missing):
        asked = [asking for asking in asked if not asking.named]
    if not asked or _asks_more(heard):
        return None
    return Query(
        text=text,
        language=detect_language(text),
        operation=Operation.FINDINGS,
        families=tuple(dict.fromkeys(asking.family for asking in asked)),
        reports=tuple(card.id for card in cards),
        years=tuple(meant.years),
        named=named,
        missing=selection.missing,
        part=part[0] if (part := PART.search(folded)) else None,
        corrected=slips,
        said=folded,
    )


def _apart(found: Sequence[Asking]) -> list[Asking]:
    """The longest words, and others beside them."""
    kept: list[Asking] = []
    for asking in found:
        if all(asking.span[1] <= k.span[0] or k.span[1] <= asking.span[0] for k in kept):
            kept.append(asking)
    return kept


def _asks_more(heard: Heard) -> bool:
    """Whether the rest of a question names a cell, or says something that nothing explains."""
    if heard.rows or heard.columns or heard.residual:
        return True
    counts = hint("asks_number").search(heard.text) is not None
    return counts and hint("counts_reports").search(heard.text) is None
