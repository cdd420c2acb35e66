"""Words to a `Query`, with the dialogue so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Language
from assistant.bodies import Selection, find_years, select
from assistant.evidence import columns_of_t2_row
from assistant.lexicon import Lexicon
from assistant.mentions import Heard, Mention, hear, mask
from assistant.query import Dialogue, Measure, Operation, Query
from index.report import ReportCard
from index.script import fold, to_simplified, to_traditional
from index.words import fold_phrases

GENERIC_ROWS = frozenset({"new", "result_total"})
"""Rows that a question names in passing: 收到的申请里不予公开的 asks for the latter."""
HEADS = frozenset({"denied", "unable", "notproc", "other", "litigation"})
"""Heads named beside one of their own rows: 因为是国家秘密不予公开的 asks for the row."""
OUTCOME_OF_REQUESTS = re.compile(r"申请(里|中|当中|之中|里面)|of (all |the )?(\w+ )?(requests|applications)")
MIXED = frozenset({Operation.SHARE, Operation.SUM, Operation.EACH, Operation.DIFFERENCE})
HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
HAN_YEAR = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
NOT_MEANT = re.compile(r"[(（](?:不是|不含|不包括|不算|除了|not |except )[^)）]*[)）]")
WHOLE = re.compile(r"(占|在|out of|of)(了)?(the |all )?$")
""" What stands before the denominator of a share."""


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
    heard, selection = _listen(folded, context)
    if not selection.missing and re.search("[\u3400-\u9fff]", folded) and (
        heard.residual or not _which_reports(selection, heard, dialogue.last, context)[0]
    ):
        corrected = _correct_slips(folded, heard, context.lexicon)
        if corrected != folded:
            again, selected = _listen(corrected, context)
            if len("".join(again.residual)) <= len("".join(heard.residual)):
                heard, selection = again, selected
    return _query(text, folded, language, heard, selection, dialogue, context)


def fold_question(text: str) -> str:
    """A question as it is understood: folded, lower case, years in digits (二〇二二 → 2022),
    and without remarks in brackets that say what is not meant.
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


def _listen(folded: str, context: Context) -> tuple[Heard, Selection]:
    """Mentions, bodies and years: bodies first, so that their names name no row."""
    years = find_years(folded)
    hidden = mask(folded, (span for _, span in years))
    selection = select(hidden, context.cards, context.lexicon, context.full_text)
    without_bodies = mask(folded, selection.covered)
    with_years = hear(without_bodies, (), context.lexicon)
    taken = [m.span for m in with_years.rows if m.year is not None]
    free = [(y, s) for y, s in years if not any(s[0] < b and a < s[1] for a, b in taken)]
    heard = hear(without_bodies, (span for _, span in free), context.lexicon)
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
    text: str,
    folded: str,
    language: Language,
    heard: Heard,
    selection: Selection,
    dialogue: Dialogue,
    context: Context,
) -> Query:
    last = dialogue.last
    cards, named, years = _which_reports(selection, heard, last, context)
    operation = _operation(heard, selection, cards)
    measures, denominator = _measures(heard, operation, last, folded)
    if not measures and operation not in (
        Operation.PASSAGE, Operation.REPORTS, Operation.UNBALANCED
    ):  # fmt: skip
        operation = Operation.PROSE if heard.residual else Operation.UNCLEAR
    if heard.residual and measures and operation is not Operation.PASSAGE:
        operation = Operation.PROSE
    return Query(
        text=text,
        language=language,
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


def _measures(
    heard: Heard, operation: Operation, last: Query | None, folded: str
) -> tuple[tuple[Measure, ...], Measure | None]:
    """Cells asked for, and the denominator of a share."""
    rows = _distinct(heard.rows)
    columns = _distinct(heard.columns)
    named_before = last.measures if last is not None else ()
    if not rows:
        return _measures_without_row(columns, operation, named_before, heard)
    if operation not in MIXED and len(rows) > 1:
        for passing in (GENERIC_ROWS, HEADS):
            rows = [m for m in rows if m.key not in passing] or rows[-1:]
    if operation is Operation.SHARE:
        return _share(rows, columns, heard, named_before)
    if operation is Operation.SUM and "after_change" in heard.operations and rows[0].kind == "t2":
        row = rows[0].key
        return (Measure(table="t2", row=row, column="prev_items"), Measure(table="t2", row=row, column="change")), None
    return tuple(m for row in rows for m in _cells(row, columns, heard, named_before)), None


def _distinct(mentions: list[Mention]) -> list[Mention]:
    seen: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        seen.setdefault((mention.kind, mention.key), mention)
    return list(seen.values())


def _cells(
    row: Mention, columns: list[Mention], heard: Heard, before: tuple[Measure, ...]
) -> list[Measure]:
    """The cells of one row: the columns named for its table, those of the dialogue, or its usual
    one.
    """
    own = [c for c in columns if c.kind == row.kind]
    if row.kind == "t2":
        own = [c for c in own if c.key in columns_of_t2_row(row.key)]
    if not own and row.kind == "t3":
        own = [
            Mention("t3", m.column, (0, 0), strong=False)
            for m in before
            if m.table == "t3" and m.column not in (None, "*")
        ]
    every = "each" in heard.operations and (row.kind == "t4" or not own)
    if every and all(c.key == "total" for c in own):
        return [Measure(table=row.kind, row=row.key, column="*")]
    specific = [c for c in own if c.key != "total"] or own
    if not specific:
        return [Measure(table=row.kind, row=row.key)]
    return [Measure(table=row.kind, row=row.key, column=c.key) for c in specific]


def _measures_without_row(
    columns: list[Mention], operation: Operation, before: tuple[Measure, ...], heard: Heard
) -> tuple[tuple[Measure, ...], Measure | None]:
    """Only a column, or only an operation: the row comes from the dialogue, or is 新收."""
    if before and not heard.residual:
        if operation is Operation.SHARE and all(c.key == "total" for c in columns):
            whole = before[-1].model_copy(update={"column": "total"})
            return before[-1:], whole
        own = [c for c in columns if c.kind == before[-1].table]
        if own:
            return tuple(
                {m.model_copy(update={"column": c.key}): None for m in before for c in own}
            ), None
        return before, None
    applicants = [c for c in columns if c.kind == "t3" and c.key != "total"]
    if applicants and not heard.residual:
        rows = [Mention("t3", "new", (0, 0), strong=False)]
        if operation is Operation.SHARE:
            return _share(rows, applicants, heard, ())
        return tuple(Measure(table="t3", row="new", column=c.key) for c in applicants), None
    return (), None


def _share(
    rows: list[Mention], columns: list[Mention], heard: Heard, before: tuple[Measure, ...]
) -> tuple[tuple[Measure, ...], Measure | None]:
    """Numerator and denominator: what stands after 占 is the whole, else a generic row."""
    wholes = [m for m in rows if WHOLE.search(heard.text[: m.span[0]])]
    parts = [m for m in rows if m not in wholes]
    specific = [m for m in parts if m.key not in GENERIC_ROWS] or parts[:1]
    if not specific:
        whole = Measure(table=wholes[0].kind, row=wholes[0].key)
        return before[-1:], whole if before else None
    part = specific[0]
    own = [c for c in columns if c.kind == part.kind and c.key != "total"]
    column = own[0].key if own else None
    numerator = Measure(table=part.kind, row=part.key, column=column)
    if part.kind == "t4":
        return (numerator,), Measure(table="t4", row=part.key, column="total")
    if part.kind != "t3":
        return (), None
    generic = [m for m in (*wholes, *rows) if m is not part and (m in wholes or m.key in GENERIC_ROWS)]
    if generic:
        return (numerator,), Measure(table="t3", row=generic[0].key, column=column)
    if part.key in GENERIC_ROWS or part.key in ("carried_in", "carried_out"):
        return (numerator,), Measure(table="t3", row=part.key, column="total")
    name = "new" if OUTCOME_OF_REQUESTS.search(heard.text) else "result_total"
    return (numerator,), Measure(table="t3", row=name, column=column)
