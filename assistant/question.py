"""Words to a `Query`, with the dialogue so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Language
from assistant.bodies import Selection, find_years, select
from assistant.lexicon import Lexicon
from assistant.lexicon.annex import words_for
from assistant.measures import asked_cells
from assistant.mentions import Heard, hear, mask
from assistant.query import Dialogue, Operation, Query
from index.report import ReportCard
from index.script import fold, to_simplified, to_traditional
from index.words import fold_phrases

HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
HAN_YEAR = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
NOT_MEANT = re.compile(r"[(（](?:不是|不含|不包括|不算|除了|not |except )[^)）]*[)）]")


@dataclass(frozen=True)
class Context:
    """What understanding needs to know of the world: the reports and their text."""

    cards: Sequence[ReportCard]
    full_text: Callable[[str], str]
    lexicon: Lexicon


def understand(text: str, dialogue: Dialogue, context: Context) -> Query:
    """Understand one question; what it leaves out is taken from the dialogue."""
    language = detect_language(text)
    folded = fold_question(text)
    small_talk = _small_talk(folded, context.lexicon)
    if small_talk is not None:
        return Query(text=text, language=language, operation=small_talk)
    last = dialogue.last
    heard, selection = _listen(folded, context, last)
    if (
        not selection.missing
        and re.search("[\u3400-\u9fff]", folded)
        and (heard.residual or not _which_reports(selection, heard, dialogue.last, context)[0])
    ):
        corrected = _correct_slips(folded, heard, context.lexicon)
        if corrected != folded:
            again, selected = _listen(corrected, context, last)
            if len("".join(again.residual)) <= len("".join(heard.residual)):
                heard, selection = again, selected
    return _query(text, heard, selection, dialogue.last, context)


def fold_question(text: str) -> str:
    """A question as it is understood: folded, lower case, years in digits (二〇二二 → 2022).

    Remarks in brackets that say what is not meant are left out.
    """
    folded = fold_phrases(fold(text).text.lower())
    folded = HAN_YEAR.sub(lambda m: m[0].translate(HAN_DIGITS), folded)
    return NOT_MEANT.sub("", folded)


def detect_language(text: str) -> Language:
    """Language and script of the asker: English unless Chinese words outnumber Latin ones."""
    han = re.findall("[\u3400-\u9fff]", text)
    latin = re.findall("[A-Za-z]+", text)
    if len(latin) > len(han) or not han:
        return Language.EN
    traditional = sum(a != b for a, b in zip(text, to_simplified(text), strict=True))
    simplified = sum(a != b for a, b in zip(text, to_traditional(text), strict=False))
    return Language.HANT if traditional > simplified else Language.HANS


def _small_talk(folded: str, lexicon: Lexicon) -> Operation | None:
    bare = folded.strip(" ,，。.!！?？~～")
    if not bare:
        return Operation.UNCLEAR
    for pattern in lexicon.chat:
        if pattern.regex.fullmatch(bare):
            return Operation(pattern.key)
    return None


def _listen(folded: str, context: Context, last: Query | None) -> tuple[Heard, Selection]:
    """Mentions, bodies and years: bodies first, so that their names name no row."""
    years = find_years(folded)
    hidden = mask(folded, (span for _, span in years))
    selection = select(hidden, context.cards, context.lexicon, context.full_text)
    selection.years = [y for y, _ in years]
    cards, named, _ = _which_reports(selection, Heard(folded), last, context)
    lexicon = words_for(context.lexicon, cards, named=named)
    without_bodies = mask(folded, selection.covered)
    with_years = hear(without_bodies, (), lexicon)
    taken = [m.span for m in with_years.rows if m.year is not None]
    free = [(y, s) for y, s in years if not any(s[0] < b and a < s[1] for a, b in taken)]
    before = frozenset(m.table for m in last.measures) if last is not None else frozenset()
    heard = hear(without_bodies, (s for _, s in free), lexicon, tables=before)
    selection.years = [y for y, _ in free] or [m.year for m in heard.rows if m.year is not None]
    return heard, selection


def _correct_slips(folded: str, heard: Heard, lexicon: Lexicon) -> str:
    """The question with same-sounding slips put right: 复意 → 复议, 申情 → 申请."""
    from pypinyin import lazy_pinyin

    sounds = {" ".join(lazy_pinyin(word)): word for word in lexicon.words.vocabulary}
    for start, end in _doubtful(folded, heard):
        for size in (6, 5, 4, 3, 2):
            for at in range(start, end - size + 1):
                piece = folded[at : at + size]
                word = sounds.get(" ".join(lazy_pinyin(piece)))
                if word is not None and word != piece and len(word) == size:
                    return folded[:at] + word + folded[at + size :]
    return folded


def _doubtful(folded: str, heard: Heard) -> list[tuple[int, int]]:
    """Where slips are looked for: around what nothing explained, or everywhere."""
    runs = [r for r in heard.residual if r in folded and re.search("[\u3400-\u9fff]", r)]
    if not runs:
        return [(0, len(folded))]
    starts = [folded.find(run) for run in runs]
    return [
        (max(0, start - 2), min(len(folded), start + len(run) + 2))
        for start, run in zip(starts, runs, strict=True)
    ]


def _query(
    text: str, heard: Heard, selection: Selection, last: Query | None, context: Context
) -> Query:
    cards, named, years = _which_reports(selection, heard, last, context)
    operation = _operation(heard, selection, cards)
    measures, denominator = asked_cells(heard, operation, last)
    if not measures and operation not in (
        Operation.PASSAGE, Operation.REPORTS, Operation.UNBALANCED
    ):  # fmt: skip
        operation = Operation.PROSE if heard.residual else Operation.UNCLEAR
    if heard.residual and measures and operation is not Operation.PASSAGE:
        operation = Operation.PROSE
    return Query(
        text=text,
        language=detect_language(text),
        operation=operation,
        measures=measures,
        denominator=denominator,
        reports=tuple(c.id for c in cards),
        years=tuple(years),
        named=named,
        missing=selection.missing,
        claimed=heard.claimed,
        residual=tuple(heard.residual),
        search=heard.content,
    )


def _which_reports(
    selection: Selection, heard: Heard, last: Query | None, context: Context
) -> tuple[list[ReportCard], bool, list[int]]:
    """Reports meant, whether anything says so, and the years asked for."""
    years = list(selection.years)
    known = {c.id: c for c in context.cards}
    named = selection.named
    cards = list(selection.cards)
    if not named and last is not None and last.reports and selection.missing is None:
        cards = [known[r] for r in last.reports if r in known]
        named = True
        step = "next_year" in heard.operations, "previous_year" in heard.operations
        if not years and any(step):
            years = [c.year + step[0] - step[1] for c in cards if c.year is not None]
        if years:  # another year of the same bodies
            bodies = {c.body for c in cards}
            cards = [c for c in context.cards if c.body in bodies]
    elif named and last is not None and not years and "same_year" in heard.operations:
        years = list(last.years)
    if not named:
        cards = list(context.cards)
    if years:
        cards = [c for c in cards if c.year in years]
    return cards, named, years


def _operation(heard: Heard, selection: Selection, cards: list[ReportCard]) -> Operation:
    words = heard.operations
    if "quote" in words:
        return Operation.PASSAGE
    if ("improve" in words or "problems" in words) and not heard.rows:
        return Operation.PASSAGE
    if "unbalanced" in words and not heard.rows:
        return Operation.UNBALANCED
    if "reports" in words and not heard.rows and not heard.residual:
        return Operation.REPORTS
    if "share" in words:
        return Operation.SHARE
    several = len(selection.groups) > 1 or len(set(selection.years)) > 1
    if several or ("by_year" in words and len(cards) > 1 and len({c.body for c in cards}) == 1):
        return Operation.DIFFERENCE if "difference" in words else Operation.COMPARE
    if "after_change" in words or "sum" in words:
        return Operation.SUM
    cells = max(len({m.key for m in heard.rows}), len({m.key for m in heard.columns}))
    if cells > 1 and ("difference" in words or "compare" in words):
        return Operation.DIFFERENCE if "difference" in words else Operation.COMPARE
    return Operation.EACH if "each" in words else Operation.LOOK_UP
