"""What was understood of a question, for telling it and for searching the text."""

from __future__ import annotations

from assistant.answer import Language
from assistant.lexicon import hint
from assistant.understanding.turn import Turn
from assistant.words.folding import detect_language


def slots_of(turn: Turn, *, named: bool) -> tuple[tuple[str, str], ...]:
    """What was understood, each with the words that said so."""
    text = turn.heard.text
    slots = [("report", text[a:b]) for a, b in turn.selection.covered] if named else []
    mentions = [("row", m) for m in turn.heard.rows]
    mentions += [("column", m) for m in turn.heard.columns]
    mentions += [("operation", m) for m in turn.heard.acts]
    slots += [(kind, "".join(text[a:b] for a, b in m.words)) for kind, m in mentions]
    return tuple(slot for slot in slots if slot[1].strip("\x00 "))


def stranger_in(turn: Turn) -> str | None:
    """An unknown word that stands where the body does, right before the year: 某地2017年."""
    text = turn.heard.text
    for word in turn.heard.unknown:
        start = text.find(word)
        end = start + len(word)
        beside = any(span[0] - end in (0, 1) for _, span in turn.selection.years_at)
        if start >= 0 and beside and not text[:start].strip(" ,，。\x00"):
            return word
    return None


def rows_of_sentence(turn: Turn) -> tuple[str, ...]:
    """What the sentence of a number must be about where an English question names rows.

    Their English words (requests) do not stand there to be looked for.
    """
    if detect_language(turn.text) is not Language.EN:
        return ()
    asks = hint("requests_en").search(turn.heard.text)
    rows = [
        m
        for m in turn.heard.rows
        if m.strong and m.kind != "annex" and (asks or m.key != "result_total")
    ]
    names = [m.key if m.kind == "t2" else m.kind for m in rows]
    return tuple(dict.fromkeys(f"about_{name}" for name in names))
