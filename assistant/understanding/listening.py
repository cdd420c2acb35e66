"""A folded question listened to: its bodies and years, then its rows, with its slips put right."""

from __future__ import annotations

import re

from assistant.lexicon import hint
from assistant.lexicon.annex import words_for
from assistant.query import Dialogue
from assistant.understanding.asides import asides
from assistant.understanding.asked import english_words
from assistant.understanding.bodies import select
from assistant.understanding.context import Context
from assistant.understanding.heard import Heard
from assistant.understanding.hearing import hear
from assistant.understanding.meant import Meant
from assistant.understanding.selection import Selection
from assistant.understanding.years import find_latest, find_years, years_between
from assistant.words.mentions import mask
from assistant.words.slips import Slips, put_right, put_right_latin
from assistant.words.within_names import slips_within

HAN = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[a-z]+")
MOST_ROUNDS = 2
"""Times that slips are looked for."""


def listen(folded: str, context: Context, dialogue: Dialogue) -> tuple[Heard, Selection, Slips]:
    """What is heard in a question, which reports it means, and the slips that were put right."""
    heard, selection = _listen(folded, context, dialogue)
    spelt, slips = _spelt(folded, heard, selection, context)
    if slips:
        folded = spelt
        heard, selection = _listen(folded, context, dialogue)
    for _ in range(MOST_ROUNDS):
        corrected, found = _corrected(folded, heard, selection, context)
        if not found:
            break
        again, selected = _listen(corrected, context, dialogue)
        if _unexplained(again, selected) >= _unexplained(heard, selection):
            break
        folded, heard, selection, slips = corrected, again, selected, (*slips, *found)
    best = heard, selection, slips
    wholly = _wholly(folded, best, context, dialogue)
    return _by_name(folded, best, context, dialogue) if wholly is best else wholly


def _by_name(
    folded: str, best: tuple[Heard, Selection, Slips], context: Context, dialogue: Dialogue
) -> tuple[Heard, Selection, Slips]:
    """What is heard if a name of a row with one character wrong is read as it should be.

    Only where it explains what is left, and then nothing is left.
    """
    heard, selection, slips = best
    if not (heard.residual or heard.loose) or selection.missing is not None:
        return best
    for slip in slips_within(heard.text):
        again, selected = _listen(slip.mended(folded), context, dialogue)
        named = again.columns or any(m.strong for m in again.rows)
        fewer = len("".join(again.loose)) < len("".join((*heard.residual, *heard.loose)))
        if named and fewer and not again.residual:
            return again, selected, (*slips, (slip.written, slip.name))
    return best


def _wholly(
    folded: str, best: tuple[Heard, Selection, Slips], context: Context, dialogue: Dialogue
) -> tuple[Heard, Selection, Slips]:
    """What is heard if slips beside a word that is left explain it: 执法按卷, 执法案卷.

    Only where then nothing is left.
    """
    heard, selection, slips = best
    if not heard.residual or not heard.loose:
        return best
    corrected, found = _corrected(folded, heard, selection, context, beside=True)
    again, selected = _listen(corrected, context, dialogue) if found else (heard, selection)
    explained = not again.residual and selected.missing is None
    return (again, selected, (*slips, *found)) if explained else best


def _corrected(
    folded: str, heard: Heard, selection: Selection, context: Context, *, beside: bool = False
) -> tuple[str, Slips]:
    """The question with slips put right in what nothing explained, and which they were.

    ``beside``: looked for among common characters too where other words are left.
    """
    strange = [word for word in heard.blocking if word in heard.strange]
    lost = [*heard.unknown, *strange, *([selection.missing] if selection.missing else [])]
    explained = beside or set(heard.residual) <= set(heard.foreign)
    loose = [run for run in heard.loose if explained or any(word in run for word in lost)]
    if not (lost or loose) or not HAN.search(folded):
        return folded, ()
    return put_right(folded, lost, context.directory.words_by_sound, loose)


def _spelt(folded: str, heard: Heard, selection: Selection, context: Context) -> tuple[str, Slips]:
    """The question with English words that nothing knows spelt as the known word next to them."""
    lost = [*heard.residual, *([selection.missing] if selection.missing else [])]
    latin = [word for run in lost for word in LATIN.findall(run.lower())]
    return put_right_latin(folded, latin, english_words(context.lexicon)) if latin else (folded, ())


def _unexplained(heard: Heard, selection: Selection) -> tuple[int, bool, bool, bool, int]:
    """How much of a question is not explained; less is better."""
    lost = len("".join((*heard.residual, *heard.blocking)))
    named = sum(m.size for m in (*heard.rows, *heard.columns))
    unknown = selection.missing is not None
    return lost, unknown, not selection.named, selection.of_place is not None, -named


def _listen(folded: str, context: Context, dialogue: Dialogue) -> tuple[Heard, Selection]:
    """Mentions, bodies and years: bodies first, so that their names name no row.

    Which reports are meant decides whose rows are listened for.
    """
    years = find_years(folded)
    latest, newest = find_latest(folded)
    aside = [*(m.span() for m in hint("preamble").finditer(folded))]
    aside += asides(folded, context.lexicon)
    hidden = mask(folded, (*(span for _, span in years), *newest))
    selection = select(hidden, context)
    if selection.missing is not None and aside:  # where the asker is from
        selection = select(mask(hidden, aside), context)
    selection.years = [y for y, _ in years]
    selection.between = years_between(folded, context.directory.newest_year)
    selection.latest = latest
    selection.years_at = years
    cards, named = Meant(Heard(folded), selection, dialogue, context.directory).reports()
    lexicon = words_for(context.lexicon, cards, named=named)
    without_bodies = mask(folded, (*selection.covered, *newest, *aside))
    with_years = hear(without_bodies, (), lexicon)
    taken = [m.span for m in with_years.rows if m.year is not None]
    free = [(y, s) for y, s in years if not any(s[0] < b and a < s[1] for a, b in taken)]
    last = dialogue.last
    before = frozenset(m.table for m in last.measures) if last is not None else frozenset()
    heard = hear(without_bodies, (s for _, s in free), lexicon, tables=before)
    selection.years_at = free
    selection.years = [y for y, _ in free] or [m.year for m in heard.rows if m.year is not None]
    return heard, selection
