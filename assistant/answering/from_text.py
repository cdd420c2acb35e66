"""Answers from the text: numbers with their sentence, and quotations, always as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, CitedPassage, Kind, Reason
from assistant.answering.compose import refuse
from assistant.answering.evidence import Cell
from assistant.answering.from_tables import from_cells
from assistant.answering.listing import clarify, year_before
from assistant.answering.prose import SURE, Numbers, Scored, best_number, rank_numbers
from assistant.answering.prose_cells import cell_of, listed_parts, parts_of, quoted
from assistant.answering.quoting import Sentence, Sentences, quote, widen
from assistant.answering.search import search
from assistant.answering.stated_before import beside_stated, stated_before
from assistant.answering.text_pairs import changed, left_over, part_of_whole, per_one, printed_share
from assistant.answering.ties import narrower
from assistant.answering.wording import say
from assistant.lexicon import hint, load_lexicon
from assistant.library.shelf import Shelf
from assistant.query import PAIR, Measure, Operation, Query
from assistant.understanding.asked import (
    ENDS,
    Asked,
    Term,
    ask_text,
    counted_alike,
    quoted_in,
    terms_of,
    without_sum_test,
)
from assistant.understanding.years import RANGE, find_years
from assistant.words.folding import fold_question
from assistant.words.likeness import plain
from assistant.words.mentions import NUMBER
from assistant.words.slips import correct_slips
from index.context import ProseContext
from index.paragraphs import NOTE
from index.report import FigureKind, ReportCard, When

ENOUGH = 0.5
"""Share of the asked words that a passage must hold to be offered as the answer."""
SOME = 0.3
"""The same where a quotation was asked for: its words need not be those of the text."""
MOST_QUOTES = 3
MOST_READ = 12
"""Reports read whole; of more, those that the search finds first."""
SECTION_OF_PROBLEMS = 5
STATED = re.compile(rf"{NUMBER.pattern}[万亿]?[%％]?|[一二两三四五六七八九十百千万亿]{{2,}}多?")
"""A number that a question states."""
CLOSE = 0.08
CLOSE_IF_UNNAMED = 0.45
"""Distances of scores below which two reports fit equally well."""


REQUESTS = "申请"
"""What a word that narrows a row stands before."""
SAME_UNIT = frozenset({Operation.SUM, Operation.DIFFERENCE, Operation.LOOK_UP})
"""Operations whose numbers are counted alike."""
CHANGES = frozenset({FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE})
KINDS = {
    Operation.SHARE: frozenset({FigureKind.SHARE}),
    Operation.GROWTH: CHANGES,
    Operation.RATIO: frozenset({FigureKind.MULTIPLE}),
    Operation.DIFFERENCE: CHANGES,
}
"""Kinds of a number that answers an operation by itself."""
APART = frozenset({Operation.GROWTH, Operation.DIFFERENCE, Operation.COMPARE})
"""Operations that set the levels of several reports side by side."""


class TextReader:
    """One question asked of the running text of some reports."""

    def __init__(self, query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> None:
        """Find the reports to read: those named, else those that the search finds first."""
        self.cards, self.shelf = cards, shelf
        self.folded = query.said or fold_question(query.text)
        self.lexicon = load_lexicon()
        counted = ask_text("", self.folded, self.lexicon).counted
        if counted and query.operation is Operation.SHARE:  # 占一半的那些是多少个
            query = query.model_copy(update={"operation": Operation.LOOK_UP})
        rest = without_sum_test(self.folded)
        if rest is not None:  # whether its parts come to it is said of any number
            update = {"operation": Operation.LOOK_UP, "search": rest, "said": rest}
            measures = tuple(m.model_copy(update={"row": rest}) for m in query.measures)
            query, self.folded = query.model_copy(update={**update, "measures": measures}), rest
        self.query = query
        self.ids = list(dict.fromkeys(query.reports))
        if len(self.ids) > MOST_READ:
            hits = search(query.search, shelf.ledger, shelf.vectors, reports=self.ids, limit=60)
            self.ids = list(dict.fromkeys(hit.report for hit in hits))[:MOST_READ]

    def answer(self) -> Answer:
        """A number, a quotation, a question back, or a refusal that offers passages."""
        if self.query.operation is Operation.PASSAGE:
            return self._quotation()
        of_table = hint("said_table").search(self.folded)  # which has no such item
        found = self._number() if of_table is None else None
        listed = found is not None and found.kind is Kind.LIST and self._asks_text()
        if (
            found is not None
            and not listed
            and not (found.kind is Kind.FIGURE and self._spelled_out())
        ):
            return found
        return self._quotation() if self._asks_text() else self._nearest()

    def _is_wanted(self, found: Answer) -> bool:
        """Whether numbers answer: none to a sum that is spelled out, nor several to 哪几个部门."""
        if found.kind is Kind.FIGURE:
            return not self._spelled_out()
        return not self._asks_text()

    def _spelled_out(self) -> bool:
        """Whether the question says how to work it out (年末减净增): no number is its answer."""
        return hint("arithmetic").search(self.folded) is not None

    def _asks_text(self) -> bool:
        """Whether words are asked for rather than a number: 哪几个方面, 叫什么."""
        number = hint("asks_number").search(self.folded)
        if self.query.operation in (Operation.COMPARE, Operation.DIFFERENCE):
            return False  # which of two is more, and not what either says
        return number is None and hint("asks_text").search(self.folded) is not None

    def asked(self, words: str, context: str = "") -> Asked:
        """What some words of the question ask of the text, slips put right by its words."""
        if self.query.claimed is not None or hint("claim").search(self.folded):
            words = STATED.sub(" ", words)  # what the text says instead is asked for
        quoted = "".join(quoted_in(words))  # printed so, and no slip
        lost = [run for run in self.query.unknown if run in words and run not in quoted]
        if lost and self.query.named:
            known = self._vocabulary()
            doubtful = [part for run in lost for part in _without(run, known)]
            words, slips = correct_slips(words, doubtful, known)
            corrected = tuple(dict.fromkeys((*self.query.corrected, *slips)))
            self.query = self.query.model_copy(update={"corrected": corrected})  # to be said
        asked = ask_text(words, self.folded, self.lexicon, context, self.query.said)
        if self.query.operation is Operation.SHARE and not asked.kinds:
            asked = replace(asked, kinds=KINDS[Operation.SHARE])
        names = {name.lower() for card in self.cards for name in card.says[:1]}
        printed = quoted_in(fold_question(self.query.text))
        printed = tuple(name for name in printed if name not in names)
        asked = replace(asked, quoted=printed, explained=self._explained(asked))
        return self._of_year(asked)

    def _of_year(self, asked: Asked) -> Asked:
        """What is asked, of the one year that is named and of none of the reports that are read."""
        text = RANGE.sub(" ", fold_question(self.query.text))
        own = {card.year for card in self.cards if card.id in self.ids if card.year}
        others = {year for year, _ in find_years(text)} - own
        if len(others) != 1 or not own:
            return asked
        year = others.pop()
        when = When.EARLIER if own == {year + 1} else asked.when
        return replace(asked, year=year, when=when)

    def _explained(self, asked: Asked) -> frozenset[Term]:
        """English words that name a row of the tables, where others are left that name none."""
        left, rows = self.query.residual, [w for kind, w in self.query.heard if kind == "row"]
        if not left or not rows:
            return frozenset()
        return frozenset(
            term
            for term in asked.words
            if term[0].isascii() and any(term[0] in row for row in rows)
            if not any(word in term[0] for word in left)
        )

    def _vocabulary(self) -> list[str]:
        """The words of the reports that are read, the longest first."""
        known = {word for i in self.ids for word in self.shelf.prepared(i, Sentences).words}
        known |= {word[:-1] for word in known if hint("quantity").search(word)}
        return sorted(known, key=lambda word: (-len(word), word))

    def _number(self) -> Answer | None:
        """The number of the text that the question asks for, or what is computed from several."""
        measure, operation = self.query.measures[0], self.query.operation
        if operation in (Operation.COUNT, Operation.WHICH):
            return None
        if len(self.ids) == 1:
            return self._of_one_report(measure)
        best_of = operation is Operation.RANK or any(hint(end).search(self.folded) for end in ENDS)
        if best_of and hint("which").search(self.folded):
            return None
        if self.query.several:
            return self._each(measure, self.ids)
        parts = parts_of(self.query, self.lexicon)
        if self.query.each and len(parts) > 1:
            return self._of_the_one(parts)
        return None if operation is Operation.SHARE else self._one(measure)

    def _of_one_report(self, measure: Measure) -> Answer | None:
        """A number of the one report that is read, or what is computed from two of its numbers."""
        operation, parts = self.query.operation, parts_of(self.query, self.lexicon)
        if operation is Operation.GROWTH:
            return self._one(measure) or self._in_sentence(measure) or self._grown(measure)
        if operation is Operation.SHARE:
            stated = self._one(measure)  # the text may print the share itself
            if stated is not None:
                return stated
            return self._of_parts(parts) or self._of_whole(measure)
        if len(parts) > 1:
            return self._computed(parts)
        return self._summed() or self._one(measure) or self._of_pair(measure)

    def _in_sentence(self, measure: Measure) -> Answer | None:
        """The change from an earlier number that the text prints beside it."""
        pair = changed(self._numbers(self.ids[0]), self.asked(measure.row, measure.column or ""))
        return from_cells(self.query, [cell_of(s) for s in pair]) if pair is not None else None

    def _of_pair(self, measure: Measure) -> Answer | None:
        """What two numbers say together: the rest of a whole, a share, how many come to one."""
        asked, numbers = self.asked(measure.row, measure.column or ""), self._numbers(self.ids[0])
        if asked.remainder:
            return self._worked_out(left_over(numbers, asked, self.folded), Operation.DIFFERENCE)
        if asked.average:
            return self._worked_out(per_one(numbers, asked, self.folded), Operation.AVERAGE)
        if asked.kinds == frozenset({FigureKind.SHARE}):
            return self._of_whole(measure)
        return None

    def _worked_out(
        self, pair: tuple[Scored, Scored] | None, operation: Operation
    ) -> Answer | None:
        """What is computed from two numbers."""
        if pair is None or any(self._leaves_out(scored) for scored in pair):
            return None
        query = self.query.model_copy(update={"operation": operation})
        return from_cells(query, [cell_of(scored) for scored in pair])

    def _of_the_one(self, parts: Sequence[str]) -> Answer | None:
        """Several numbers of the one report, of several read, that has them all."""
        ids, found = self.ids, []
        for report in ids:
            self.ids = [report]
            found.append(self._computed(parts))
        self.ids = ids
        having = [answer for answer in found if answer is not None]
        return having[0] if len(having) == 1 else None

    def _grown(self, measure: Measure) -> Answer | None:
        """The change of a number since the report of the year before."""
        card = next(c for c in self.cards if c.id == self.ids[0])
        earlier = year_before(card, self.cards)
        if earlier is None:
            return None
        return self._each(measure, [earlier.id, card.id])

    def _of_whole(self, measure: Measure) -> Answer | None:
        """The share of a number in the whole that its sentence names."""
        asked, numbers = self.asked(measure.row, measure.column or ""), self._numbers(self.ids[0])
        pair = part_of_whole(numbers, asked, self.folded)
        printed = printed_share(numbers, pair) if pair is not None else None
        if printed is not None and not self._leaves_out(printed):
            return self._as_printed(printed)
        return self._worked_out(pair, Operation.SHARE)

    def _computed(self, parts: Sequence[str]) -> Answer | None:
        """What is computed from, or listed of, numbers of one report, each named by a part."""
        found = self._each_named(parts)
        if found is None:
            return None
        named = [cell_of(scored) for scored in found]
        shared = self.query.operation is Operation.SHARE
        if shared and not counted_alike(cell.unit for cell in named):
            return None
        return from_cells(self.query, named)

    def _summed(self) -> Answer | None:
        """The sum of numbers where one number is asked for all: 甲和乙一共几件."""
        summing = self.query.model_copy(update={"operation": Operation.SUM})
        together = hint("together").search(self.folded)
        if together is None and self.query.operation is not Operation.SUM:
            return None
        reader = TextReader(summing, self.cards, self.shelf)
        parts = parts_of(summing, self.lexicon)
        return reader._of_list() if len(parts) == 1 else reader._computed(parts)

    def _of_parts(self, parts: Sequence[str]) -> Answer | None:
        """The share of one number that the question names in another, as printed or computed."""
        found = self._each_named(parts) if len(parts) == PAIR else None
        printed = printed_share(self._numbers(self.ids[0]), (found[0], found[1])) if found else None
        if printed is not None:
            return self._as_printed(printed)
        return self._computed(parts) if len(parts) > 1 else None

    def _as_printed(self, share: Scored) -> Answer:
        """A share that the text prints, where it need not be computed."""
        query = self.query.model_copy(update={"operation": Operation.LOOK_UP})
        return from_cells(query, [cell_of(share)], quoted(share))

    def _of_list(self) -> Answer | None:
        """The sum of more than two numbers that the question lists: all of one sentence.

        Names of a list that are no such numbers may be one thing together, and are not summed.
        """
        parts = listed_parts(self.query, self.lexicon)
        found = self._each_named(parts) if len(parts) > PAIR else None
        if found is None:
            return None
        places = {s.figure.prose.sentence for s in found if s.figure.prose is not None}
        alike_counted = len({s.figure.unit for s in found}) == 1
        if len(places) > 1 or not alike_counted:
            return None
        return from_cells(self.query, [cell_of(scored) for scored in found])

    def _each_named(self, parts: Sequence[str]) -> list[Scored] | None:
        """The number that each part names, all of them others; None where one names none."""
        found = []
        for part in parts:
            before = stated_before(self.query, self.shelf.report(self.ids[0]), part)
            if before is not None:
                found.append(before)
                continue
            asked = replace(self.asked(part), kinds=frozenset(), average=False, head=None)
            if self.query.operation not in SAME_UNIT:
                asked = replace(asked, unit=None)
            best = best_number(self._numbers(self.ids[0]).score(asked))
            if best is None:
                return None
            found.append(best)
        distinct = len({scored.figure.address for scored in found}) == len(found)
        return found if distinct else None

    def _one(self, measure: Measure) -> Answer | None:
        """A number of one report, or a question back where several have one that fits."""
        asked = self.asked(measure.row, measure.column or "")
        ranked = rank_numbers([self._numbers(i) for i in self.ids], asked)
        ranked = beside_stated(self.query, ranked, self.shelf)
        by_report: dict[str, list[Scored]] = {}
        for scored in ranked:
            by_report.setdefault(scored.report.id, []).append(scored)
        found = [best for own in by_report.values() if (best := best_number(own)) is not None]
        found.sort(key=lambda s: -s.score)
        if not found:
            return None
        if self._asks_text() and found[0].score < SURE:
            return None
        if found[0].lost and not self.query.named:
            return None  # a word that stands nowhere may name the report that is meant
        if found[0].lost and self.query.operation is Operation.SUM:
            return None  # one of what is to be added stands nowhere
        if self._leaves_out(found[0]) or narrower(found[0].figure, asked):
            return None
        distance = CLOSE if self.query.named else CLOSE_IF_UNNAMED
        close = [s for s in found if s.score > found[0].score - distance]
        if len(close) > 1:
            ids = {s.report.id for s in close}
            return clarify(self.query, [c for c in self.cards if c.id in ids])
        if found[0].score < ranked[0].score - CLOSE or not self._answers(found[0]):
            return None  # another report has something nearer, but not clearly
        return from_cells(self.query, [cell_of(found[0])], quoted(found[0]))

    def _leaves_out(self, scored: Scored) -> bool:
        """Whether a number is only of the row that is named, and not of what narrows it.

        Such a word (寄来的, of which nothing is said in its sentence) keeps the table away, and so
        it does the same number in the text.
        """
        if not any(kind == "row" for kind, _ in self.query.heard):
            return False
        governments = self.lexicon.bodies.government_names
        scopes = ("negative", "own_scope", "all_scope")
        left = [
            run
            for run in self.query.residual
            if run not in governments and not any(hint(name).match(run) for name in scopes)
        ]
        if any(word in run for word in scored.beyond for run in left):
            return True
        if left and any(word in self._said_of_rows() for word in scored.beyond):
            return True  # what came of them: of those received by letter, the granted
        assert scored.figure.prose is not None  # noqa: S101 - only numbers of running text are scored
        sentence = plain(scored.report.text[slice(*scored.figure.prose.sentence)])
        narrowing = [run for run in left if hint("narrowing").match(run + REQUESTS)]
        return any(run not in sentence for run in narrowing)

    def _said_of_rows(self) -> frozenset[str]:
        """English words that name a row and say what came of requests: granted, refused."""
        came = hint("came_of_it")
        explained = self._explained(self.asked(self.query.search))
        return frozenset(t[0] for t in explained if any(came.search(name) for name in t[1:]))

    def _answers(self, scored: Scored) -> bool:
        """Whether a number is of the kind asked for: no level for a change, no mean for a peak."""
        figure = scored.figure
        assert figure.prose is not None  # noqa: S101 - only numbers of running text are scored
        clause = plain(scored.report.text[slice(*figure.prose.clause)])
        if self.query.about and not self._is_about(scored.report.text, figure.prose):
            return False
        for end in ("extreme", "lowest"):
            if hint(end).search(self.folded) and not hint(end).search(clause):
                return False
        wanted = KINDS.get(self.query.operation)
        average = hint("average").search(self.folded) is not None
        if self.query.operation is Operation.AVERAGE or average:
            return figure.prose.each or hint("average").search(figure.row_label) is not None
        return wanted is None or figure.prose.kind in wanted

    def _is_about(self, text: str, context: ProseContext) -> bool:
        """Whether a number is about a row that the question names.

        The sentence says so for requests and cases, the clause for decisions and documents.
        """
        places = {"about_t3": context.sentence, "about_t4": context.sentence}
        return any(
            hint(name).search(plain(text[slice(*places.get(name, context.clause))]))
            for name in self.query.about
        )

    def _each(self, measure: Measure, ids: Sequence[str]) -> Answer | None:
        """The same number in each of several reports."""
        asked = self.asked(measure.row, measure.column or "")
        if self.query.operation in APART:  # the levels are asked for, not a change
            points = (
                frozenset({FigureKind.SHARE}) if hint("points").search(self.folded) else frozenset()
            )
            asked = replace(asked, kinds=points)
        found = [self._cell(i, asked) for i in ids]
        if any(cell is None for cell in found):
            return None
        query = self.query
        if query.operation is Operation.SHARE:  # each report prints its own
            query = query.model_copy(update={"operation": Operation.LOOK_UP})
        return from_cells(query, [c for c in found if c is not None])

    def _cell(self, report_id: str, asked: Asked) -> Cell | None:
        best = best_number(self._numbers(report_id).score(asked))
        if best is None or (best.score < SURE and self._asks_text()):
            return None
        return cell_of(best)

    def _numbers(self, report_id: str) -> Numbers:
        return self.shelf.prepared(report_id, Numbers)

    def _sentences(self, asked: Asked) -> list[Sentence]:
        found = [s for i in self.ids for s in self.shelf.prepared(i, Sentences).score(asked)]
        return sorted(found, key=lambda s: -s.score)

    def _quotation(self) -> Answer:
        """The passages that a quotation was asked of."""
        asked = self._by_rows(self.asked(self.query.search))
        of_kind = self._of_kind(asked)
        ranked = of_kind or self._sentences(asked)
        if not of_kind and not self.query.named:
            back = self._which(ranked)
            if back is not None:
                return back
        quotes = self._quotes(ranked, asked)
        enough = SOME if self.query.named else ENOUGH
        if quotes and (of_kind or ranked[0].score >= enough):
            return self._passage(quotes)
        return self._refused(quotes)

    def _by_rows(self, asked: Asked) -> Asked:
        """What a quotation is asked of: the words of the rows where there are no others.

        They say nothing beside others, because all of a report is about requests received.
        """
        if asked.words or asked.quoted:
            return asked
        every = replace(self.lexicon, function=frozenset())
        rows = " ".join(words for kind, words in self.query.heard if kind == "row")
        return replace(asked, words=terms_of(rows, every))

    def _nearest(self) -> Answer:
        """No number fits: the nearest passage, if it holds most of what was asked."""
        asked = self.asked(self.query.search)
        ranked = self._sentences(asked)
        if not self.query.named:
            back = self._which(ranked)
            if back is not None:
                return back
        return self._refused(self._quotes(ranked, asked))

    def _of_kind(self, asked: Asked) -> list[Sentence]:
        """Sentences asked for by their kind: notes of the tables, or problems (section five)."""
        if len(self.ids) != 1 or asked.quoted:
            return []
        reader = self.shelf.prepared(self.ids[0], Sentences)
        if hint("note_passages").search(self.folded):
            return reader.of(asked, lambda p: NOTE.match(p.text) is not None)
        if hint("problem_passages").search(self.folded):
            return reader.of(asked, lambda p: p.section == SECTION_OF_PROBLEMS)
        return []

    def _which(self, ranked: Sequence[Sentence]) -> Answer | None:
        """A question back where the text of several reports fits equally well."""
        if not ranked or ranked[0].score < ENOUGH:
            return None
        close = [s for s in ranked if s.score > ranked[0].score - CLOSE]
        ids = {s.report.id for s in close}
        texts = {plain(s.report.text[slice(*s.span)]) for s in close}
        if len(ids) < 2 or len(texts) < 2:  # noqa: PLR2004
            return None  # one report, or words that several print alike
        return clarify(self.query, [c for c in self.cards if c.id in ids])

    def _quotes(self, ranked: Sequence[Sentence], asked: Asked) -> list[CitedPassage]:
        """The best passages, each once, cut to a length that is quoted."""
        quotes: list[CitedPassage] = []
        seen: set[tuple[str, int]] = set()
        for sentence in ranked:
            key = sentence.report.id, sentence.passage.number
            if sentence.score <= 0 or key in seen:
                continue
            seen.add(key)
            same = [s for s in ranked if (s.report.id, s.passage.number) == key]
            words = [word[0] for word in asked.words]
            alone = hint("one_sentence").search(self.folded) is not None
            quotes.append(quote(sentence if alone else widen(sentence, same), words))
            if len(quotes) == MOST_QUOTES:
                break
        return quotes

    def _passage(self, quotes: Sequence[CitedPassage]) -> Answer:
        """The best quotation in a sentence, the others beside it."""
        first = quotes[0]
        frame = say(
            "passage_quote",
            self.query.language,
            title={c.id: c.title for c in self.cards}[first.report],
            section=first.section_title or "—",
            quote="\x00",
            citation="\x01",
        )
        return Answer(
            kind=Kind.PASSAGE,
            text=frame.replace("\x00", first.quote).replace("\x01", first.citation),
            language=self.query.language,
            passages=tuple(quotes),
        )

    def _refused(self, quotes: Sequence[CitedPassage]) -> Answer:
        """A refusal that offers the nearest passages."""
        residual = " ".join(self.query.residual) or self.query.search.strip()
        refused = refuse(self.query, Reason.NOT_REPORTED, "refused_prose", residual=residual)
        return refused.model_copy(update={"passages": tuple(quotes)})


def _without(run: str, known: Sequence[str]) -> list[str]:
    """What is left of words that may be slips without those that stand in the text."""
    for word in known:
        if len(word) > 1 and word in run:
            run = run.replace(word, " ")
    return [part for part in run.split() if len(part) > 1]


def text_answer(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Numbers of the text, quotations, or a refusal that offers the nearest passages."""
    return TextReader(query, cards, shelf).answer()
