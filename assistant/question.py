"""Words to a `Query`, with the dialogue so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Language
from assistant.asked import content_words, english_words
from assistant.bodies import Selection, select
from assistant.directory import Directory
from assistant.earlier import Earlier
from assistant.intent import condition_of, of_the_text, operation_of, order_of, ranked_over
from assistant.lexicon import Lexicon, hint
from assistant.lexicon.annex import words_for
from assistant.measures import asked_cells, said_whole
from assistant.mentions import Heard, hear, mask
from assistant.query import PROSE, Dialogue, Measure, Operation, Query
from assistant.slips import Slips, put_right, put_right_latin
from assistant.years import find_latest, find_years, years_between
from index.report import ReportCard
from index.script import fold, to_simplified, to_traditional
from index.words import fold_phrases

HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
HAN_YEAR = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
NOT_MEANT = re.compile(
    r"[(（](?:注意|记住|可)?(?:不是|不含|不包括|不要|别|not )[^)）]*[)）]"
    r"|(?:^|[,，。;；?？!！])\s*(?:注意|记住|可)?(?:不要|别给我?|不是|别用|别把|别拿)[^,，。;；:?？]*(?=[,，。;；:?？]|$)"
)
SECTION = re.compile(r"第[一二三四五六七]部分(?:[里中写说讲]+的?)?")
"""Where a report is to be read: 第六部分 is no 部分公开."""
NOT_YEAR = re.compile(r"(?:不是|不要|别|not)\s*(20\d\d|\d\d)\s*年?")
HAN = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[a-z]+")
APOSTROPHE = re.compile(r"(?<=[a-z])['’](?=[aeo][a-z])")
"""What parts syllables of a name in pinyin: Huai'an."""
ABOUT_REPORTS = frozenset({Operation.REPORTS, Operation.FINDINGS})
OF_NO_CELL = frozenset({Operation.PASSAGE, Operation.DEFINE, *ABOUT_REPORTS})
"""Operations that ask for no cell."""
SHORT, MOST_ELLIPTIC = 2, 2
"""Characters of a row's name, and content words of a question, that may go on from before."""
MOST_ROUNDS = 2


@dataclass(frozen=True)
class Context:
    """What understanding needs to know of the world: the reports and the words."""

    directory: Directory
    lexicon: Lexicon


def understand(text: str, dialogue: Dialogue, context: Context) -> Query:
    """Understand one question; what it leaves out is taken from the dialogue."""
    folded = fold_question(text)
    small_talk = _small_talk(folded, context.lexicon)
    if small_talk is not None:
        return Query(text=text, language=detect_language(text), operation=small_talk)
    heard, selection = listen(folded, context, dialogue)
    spelt, slips = _spelt(folded, heard, selection, context)
    if slips:
        folded = spelt
        heard, selection = listen(folded, context, dialogue)
    for _ in range(MOST_ROUNDS):
        corrected, found = _corrected(folded, heard, selection, context)
        if not found:
            break
        again, selected = listen(corrected, context, dialogue)
        if _unexplained(again, selected) >= _unexplained(heard, selection):
            break
        folded, heard, selection, slips = corrected, again, selected, (*slips, *found)
    query = Reader(text, heard, selection, dialogue, context).query()
    return query.model_copy(update={"corrected": slips})


def _corrected(
    folded: str, heard: Heard, selection: Selection, context: Context
) -> tuple[str, Slips]:
    """The question with slips put right in what nothing explained, and which they were."""
    strange = [word for word in heard.blocking if word in heard.strange]
    lost = [*heard.unknown, *strange, *([selection.missing] if selection.missing else [])]
    loose = heard.loose if set(heard.residual) <= set(heard.foreign) else []
    if not (lost or loose) or not HAN.search(folded):
        return folded, ()
    return put_right(folded, lost, context.directory.words_by_sound, loose)


def _spelt(folded: str, heard: Heard, selection: Selection, context: Context) -> tuple[str, Slips]:
    """The question with English words that nothing knows spelt as the known word next to them."""
    lost = [*heard.residual, *([selection.missing] if selection.missing else [])]
    latin = [word for run in lost for word in LATIN.findall(run.lower())]
    return put_right_latin(folded, latin, english_words(context.lexicon)) if latin else (folded, ())


def _unexplained(heard: Heard, selection: Selection) -> tuple[int, bool, bool, int]:
    """How much of a question is not explained; less is better."""
    lost = len("".join((*heard.residual, *heard.blocking)))
    named = sum(m.size for m in (*heard.rows, *heard.columns))
    return lost, selection.missing is not None, not selection.named, -named


def fold_question(text: str) -> str:
    """A question as it is understood: folded, lower case, years in digits (二〇二二 → 2022).

    Remarks that say what is not meant are left out.
    """
    folded = fold_whole(text)
    shorter = NOT_MEANT.sub("", SECTION.sub("", folded))
    return shorter if shorter.strip(" ,，。?？!！") else folded


def fold_whole(text: str) -> str:
    """A question folded with all that it remarks; only courtesies before it are left out."""
    folded = APOSTROPHE.sub("", fold_phrases(fold(text).text.lower()))
    folded = _without_courtesies(folded)
    folded = HAN_YEAR.sub(lambda m: m[0].translate(HAN_DIGITS), folded)
    return NOT_YEAR.sub("", folded)


def _without_courtesies(folded: str) -> str:
    """A question without the courtesies before it (劳驾问下)."""
    shorter = folded
    while (opening := hint("opening").match(shorter)) and opening.end():
        shorter = shorter[opening.end() :]
    return shorter if len(shorter) > SHORT else folded


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


def listen(folded: str, context: Context, dialogue: Dialogue) -> tuple[Heard, Selection]:
    """Mentions, bodies and years: bodies first, so that their names name no row.

    Which reports are meant decides whose rows are listened for.
    """
    years = find_years(folded)
    latest, newest = find_latest(folded)
    hidden = mask(folded, (*(span for _, span in years), *newest))
    selection = select(hidden, context.directory, context.lexicon)
    selection.years = [y for y, _ in years]
    selection.between = years_between(folded, context.directory.newest_year)
    selection.latest = latest
    selection.years_at = years
    cards, named = Reader("", Heard(folded), selection, dialogue, context).reports()
    lexicon = words_for(context.lexicon, cards, named=named)
    asker = [m.span() for m in hint("preamble").finditer(folded)]
    without_bodies = mask(folded, (*selection.covered, *newest, *asker))
    with_years = hear(without_bodies, (), lexicon)
    taken = [m.span for m in with_years.rows if m.year is not None]
    free = [(y, s) for y, s in years if not any(s[0] < b and a < s[1] for a, b in taken)]
    last = dialogue.last
    before = frozenset(m.table for m in last.measures) if last is not None else frozenset()
    heard = hear(without_bodies, (s for _, s in free), lexicon, tables=before)
    selection.years_at = free
    selection.years = [y for y, _ in free] or [m.year for m in heard.rows if m.year is not None]
    return heard, selection


class Reader:
    """One question, its words recognised, on its way to a query."""

    def __init__(
        self,
        text: str,
        heard: Heard,
        selection: Selection,
        dialogue: Dialogue,
        context: Context,
    ) -> None:
        self.text, self.heard, self.selection = text, heard, selection
        self.dialogue, self.last, self.context = dialogue, dialogue.last, context
        self.years = list(dict.fromkeys(selection.years))
        ends = heard.operations & OF_ENDS and not heard.operations & OF_SPANS
        if selection.between and not ends:
            self.years = sorted({*self.years, *selection.between})

    def query(self) -> Query:
        """What the question asks for, completed by the dialogue."""
        cards, named = self.reports()
        earlier = self.earlier = Earlier(self.heard, self.selection, self.dialogue, self.years)
        if self._lacks_year(cards) or self._lacks_bodies(cards):
            cards = []
        several = self._several(cards)
        if self._over_every_report(operation_of(self.heard, several=several), named):
            several = named = True
        self.heard.one_report, self.heard.several = named and len(cards) == 1, several
        again = self.last if earlier.again() else None
        operation = again.operation if again is not None else self._operation(cards, named)
        measures = self._measures(operation)
        if self._lacks_addend(operation, measures):
            measures = [Measure(table=PROSE, row=self.heard.content)]
        operation = self._added_up(operation, measures)
        operation = earlier.grown(operation)
        apart = earlier.shares_apart(operation)
        if apart:
            return self._shares_apart(apart)
        recalled = earlier.recalled(operation) if again is None else 0
        wholes: tuple[Measure, ...] = ()
        if again is not None and again.wholes:
            measures, wholes = earlier.share_again(measures)
        elif self._of_wholes(operation) and not recalled and _of_tables(measures):
            measures, wholes = earlier.share(measures)
        condition = condition_of(self.heard, self.context.lexicon)
        chooses = operation in (Operation.COUNT, Operation.WHICH)
        boundless = chooses and condition is None and hint("bound").search(self.heard.text)
        if boundless or (not measures and not recalled and operation not in OF_NO_CELL):
            operation = Operation.UNCLEAR
            measures = []
        return Query(
            text=self.text,
            language=detect_language(self.text),
            operation=operation,
            measures=tuple(measures),
            wholes=wholes,
            condition=condition,
            order=order_of(self.heard),
            over=ranked_over(self.heard),
            per_cent=bool(hint("per_cent").search(self.heard.text)),
            whole_said=said_whole(self.heard) if wholes else None,
            points=bool(wholes) and self._asks_points(),
            fell=bool(hint("fell").search(self.heard.text)),
            recalled=recalled,
            first=recalled > 0 and bool(hint("first_two").search(self.heard.text)),
            reports=tuple(c.id for c in cards),
            years=tuple(self.years),
            named=named,
            each="each" in self.heard.operations,
            several=several,
            missing=self.selection.missing,
            claimed=self.heard.claimed if hint("claim").search(self.heard.text) else None,
            residual=tuple(self.heard.residual),
            unknown=tuple(self.heard.unknown),
            search=self.heard.content,
            said=self.heard.said,
            about=self._about(),
            heard=self._slots(named=named),
        )

    def _shares_apart(self, reports: Sequence[str]) -> Query:
        """The shares of the last two turns, and how far apart they are."""
        assert self.last is not None  # noqa: S101 - there were two
        told = {"text": self.text, "language": detect_language(self.text), "said": self.heard.said}
        again = {"reports": tuple(reports), "several": True, "points": True, "whole_said": None}
        return self.last.model_copy(update={**told, **again})

    def _operation(self, cards: Sequence[ReportCard], named: bool) -> Operation:
        """What is to be done, as the words, the reports and the turns before say."""
        operation = operation_of(self.heard, several=self.heard.several)
        if operation is Operation.LOOK_UP and self.earlier.adds():
            return Operation.SUM
        if operation is Operation.COMPARE and not named and len(cards) > 1:
            return Operation.RANK  # 2022年哪家新收多: of all reports there are
        return operation

    def _over_every_report(self, operation: Operation, named: bool) -> bool:
        """Whether a sum or a mean goes over all reports there are: 全部报告加起来."""
        if named or self.selection.missing is not None:
            return False
        if not hint("every_report").search(self.heard.text):
            return False
        return operation in (Operation.SUM, Operation.AVERAGE) or self.earlier.sums()

    def _lacks_addend(self, operation: Operation, measures: Sequence[Measure]) -> bool:
        """Whether one cell alone was heard where a sum of two is asked for: 甲和某项加起来."""
        alone = len(measures) == 1 and _of_tables(measures) and not self.years[1:]
        if not alone or len(self.selection.groups) > 1:
            return False
        named = [*self.heard.rows, *self.heard.columns, *self.heard.acts]
        rest = mask(self.heard.text, [span for m in named for span in m.words])
        if operation is Operation.LOOK_UP and hint("together").search(self.heard.text):
            return hint("joined_to").search(rest) is not None
        return operation is Operation.SUM and hint("joined").search(rest) is not None

    def _added_up(self, operation: Operation, measures: Sequence[Measure]) -> Operation:
        """A sum where several cells are named and one number is asked for: 甲和乙一共几件.

        The cells are several rows, or one cell of several bodies or years.
        """
        several = len(measures) > 1
        if hint("of_which").search(self.heard.text):
            return operation
        if several and self.heard.left_out and operation is Operation.LOOK_UP:
            return Operation.SUM
        reports = len(self.selection.groups) > 1 or len(self.years) > 1 or self.heard.several
        several = several or (reports and len(measures) == 1 and _of_tables(measures))
        if operation is not Operation.LOOK_UP or not several or "each" in self.heard.operations:
            return operation
        together = hint("together").search(self.heard.text)
        return Operation.SUM if together else operation

    def _asks_points(self) -> bool:
        """Whether it is asked how far two shares are apart: 占比比上年提高几个百分点."""
        text = self.heard.text
        since = hint("grown").search(text) or hint("points").search(text)
        moved = {"difference", "growth"} & self.heard.operations
        return bool(moved and (self.heard.several or since))

    def _of_wholes(self, operation: Operation) -> bool:
        """Whether shares are asked for, or reports are ranked by them."""
        if operation is Operation.RANK and "share" in self.heard.operations:
            return ranked_over(self.heard) == "reports"
        return operation is Operation.SHARE

    def _measures(self, operation: Operation) -> list[Measure]:
        """Cells of the tables; a number of the text where words are left that no table has."""
        if operation in ABOUT_REPORTS or operation is Operation.PASSAGE:
            return []
        heard = self.heard
        before = list(self.last.measures) if self.last is not None else []
        prose = [m for m in before if m.table == PROSE]
        if prose and self._goes_on():
            last = prose[-1]
            own = content_words(last.row, self.context.lexicon)
            words = last.row if own else last.column
            return [Measure(table=PROSE, row=heard.content, column=words)]
        if operation is not Operation.DEFINE and (heard.blocking or of_the_text(heard)):
            return [Measure(table=PROSE, row=heard.content)]
        if "previous_year" in heard.operations and not heard.rows:
            heard.columns = [m for m in heard.columns if m.key != "prev_items"]
        found = asked_cells(heard, operation, [m for m in before if m.table != PROSE])
        if not found and content_words(heard.content, self.context.lexicon):
            return [Measure(table=PROSE, row=heard.content)]
        return found

    def _about(self) -> tuple[str, ...]:
        """What the sentence of a number must be about where an English question names rows.

        Their English words (requests) do not stand there to be looked for.
        """
        if detect_language(self.text) is not Language.EN:
            return ()
        asks = hint("requests_en").search(self.heard.text)
        rows = [
            m
            for m in self.heard.rows
            if m.strong and m.kind != "annex" and (asks or m.key != "result_total")
        ]
        names = [m.key if m.kind == "t2" else m.kind for m in rows]
        return tuple(dict.fromkeys(f"about_{name}" for name in names))

    def _goes_on(self) -> bool:
        """Whether a question after one about the text leaves something to it: 公众号呢."""
        if any(m.strong and m.size > SHORT for m in self.heard.rows):
            return False
        if self.heard.rows and hint("said_table").search(self.heard.text):
            return False
        said = content_words(self.heard.content, self.context.lexicon)
        return len(said) <= MOST_ELLIPTIC or bool(hint("elliptic").search(self.heard.text))

    def _several(self, cards: Sequence[ReportCard]) -> bool:
        """Whether the question asks for each of several reports."""
        words = self.heard.operations
        groups = len(self.selection.groups) > 1 or len(self.years) > 1
        one_body = len(cards) > 1 and len({c.body for c in cards}) == 1 and cards[0].body
        years = words & {"by_year", "trend"} or self.selection.latest > 1
        return groups or bool(one_body and years)

    def reports(self) -> tuple[list[ReportCard], bool]:
        """Reports meant, and whether anything says so."""
        directory = self.context.directory
        known = directory.by_id
        selection, last, words = self.selection, self.last, self.heard.operations
        named, cards = selection.named, list(selection.cards)
        if not named and last is not None and last.reports and selection.missing is None:
            cards = [known[r] for r in last.reports if r in known]
            named = last.named or len(cards) == 1
            step = "next_year" in words, "previous_year" in words
            if not self.years and any(step) and not (self.heard.rows and words & COMPARING):
                self.years = [c.year + step[0] - step[1] for c in cards if c.year is not None]
            if (self.years or self.selection.latest) and cards:  # other years of the same bodies
                cards = directory.of_bodies(c.body for c in cards)
        elif named and last is not None and not self.years and self._keeps_year(cards):
            self.years = list(last.years)
        if not named:
            cards = list(directory.cards)
        if self._year_before():
            self.years = [year - 1 for year in self.years]
            return [c for c in cards if c.year in self.years], named
        fitting = self._newest(self._of_years(cards))
        if not named and self.heard.strange and len(fitting) == 1:
            return cards, named  # something was named that is not understood: it may be a body
        return fitting, named

    def _newest(self, cards: list[ReportCard]) -> list[ReportCard]:
        """The newest reports of each body, where the question asks for so many of them: 近三年."""
        count = self.selection.latest
        if not count:
            return cards
        of_body: dict[str | None, list[ReportCard]] = {}
        for card in sorted(cards, key=lambda c: -(c.year or 0)):
            of_body.setdefault(card.body, []).append(card)
        kept = {card.id for own in of_body.values() for card in own[:count]}
        return [card for card in cards if card.id in kept]

    def _year_before(self) -> bool:
        """Whether a row is asked for of the year before the one named: 2023年的上一年新收."""
        words = self.heard.operations
        before = self.selection.named and "previous_year" in words and bool(self.selection.years)
        flows = [m for m in self.heard.rows if m.kind != "t2" and m.key != "carried_in"]
        return bool(before and len(flows) == len(self.heard.rows) > 0 and not words & COMPARING)

    def _keeps_year(self, cards: Sequence[ReportCard]) -> bool:
        """Whether another body is asked for with the row and the year of before: 那乙局呢."""
        if "same_year" in self.heard.operations:
            return True
        elliptic = not self.heard.rows and not self.heard.residual
        years = self.last.years if self.last is not None else ()
        return elliptic and any(card.year in years for card in cards)

    def _of_years(self, cards: list[ReportCard]) -> list[ReportCard]:
        """Reports of the years named; a plan for a year stands in the report before it."""
        if not self.years:
            return cards
        groups = self.selection.groups
        if self.selection.named and len(groups) > 1:  # a year may be said of one body only
            own = self.selection.by_year()
            if own is None or not all(own):
                own = [[c for c in g if c.year in self.years] or g for g in groups]
            return list({c.id: c for group in own for c in group}.values())
        fitting = [c for c in cards if c.year in self.years]
        if fitting and len(self.years) > 1 and not self._needs_all():
            self.years = [y for y in self.years if any(c.year == y for c in fitting)]
        planned = "improve" in self.heard.operations or hint("later").search(self.heard.text)
        if not fitting and planned:
            fitting = [c for c in cards if c.year is not None and c.year + 1 in self.years]
        return fitting

    def _needs_all(self) -> bool:
        """Whether each of the years named is needed: to compare them, or to add them up."""
        together = hint("together").search(self.heard.text)
        return bool(self.heard.operations & OF_ALL or together)

    def _lacks_year(self, cards: Sequence[ReportCard]) -> bool:
        """Whether a year is to be compared, or added up, for which the body has no report."""
        compares = self._needs_all() and len(self.years) > 1
        one_body = len({c.body for c in cards}) == 1
        known = {c.year for c in cards if c.year is not None}
        newest = max(known, default=0)
        wanted = {y for y in self.years if y in self.selection.years or y <= newest}
        return bool(compares and one_body and not wanted <= known)

    def _lacks_bodies(self, cards: Sequence[ReportCard]) -> bool:
        """Whether the bodies of a place are asked for together, and none reports for them all."""
        together = self.earlier.sums() and hint("every_body").search(self.heard.text)
        governments = tuple(self.context.lexicon.bodies.government_names)
        if not together or not self.selection.named:
            return False
        return not any(c.body is None or c.body.endswith(governments) for c in cards)

    def _slots(self, *, named: bool) -> tuple[tuple[str, str], ...]:
        """What was understood, each with the words that said so."""
        text = self.heard.text
        slots = [("report", text[a:b]) for a, b in self.selection.covered] if named else []
        mentions = [("row", m) for m in self.heard.rows]
        mentions += [("column", m) for m in self.heard.columns]
        mentions += [("operation", m) for m in self.heard.acts]
        slots += [(kind, "".join(text[a:b] for a, b in m.words)) for kind, m in mentions]
        return tuple(slot for slot in slots if slot[1].strip("\x00 "))


COMPARING = frozenset({"compare", "difference", "growth", "ratio", "share", "trend"})
"""Operations that compare the years they name."""
OF_ALL = COMPARING | {"sum", "average"}
"""Operations that need each of the years they name."""
OF_ENDS = frozenset({"growth", "difference", "compare", "ratio"})
"""Operations for which a span of years (2019到2022) is its first and its last …"""
OF_SPANS = frozenset({"most", "least", "trend", "average", "sum", "by_year"})
"""… unless one of these goes over all of them."""


def _of_tables(measures: Sequence[Measure]) -> bool:
    return bool(measures) and all(m.table != PROSE for m in measures)
