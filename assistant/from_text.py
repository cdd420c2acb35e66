"""Answers from the text: numbers with their sentence, and quotations, always as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, CitedPassage, Kind, Reason, Refusal
from assistant.asked import Asked, ask_text
from assistant.evidence import Cell
from assistant.from_tables import from_cells
from assistant.lexicon import hint, load_lexicon
from assistant.listing import clarify, year_before
from assistant.prose import SURE, Numbers, Scored, best_number, rank_numbers
from assistant.prose_cells import cell_of, parts_of, quoted
from assistant.query import PROSE, Measure, Operation, Query
from assistant.quoting import Sentence, Sentences, quote, widen
from assistant.search import search
from assistant.shelf import Shelf
from assistant.slips import correct_slips
from assistant.wording import say
from index.context import ProseContext
from index.paragraphs import NOTE
from index.report import FigureKind, ReportCard
from index.script import fold

ENOUGH = 0.5
"""Share of the asked words that a passage must hold to be offered as the answer."""
SOME = 0.3
"""The same where a quotation was asked for: its words need not be those of the text."""
MOST_QUOTES = 3
MOST_READ = 12
"""Reports read whole; of more, those that the search finds first."""
SECTION_OF_PROBLEMS = 5
PROBLEMS = re.compile(
    "问题|不足|短板|差距|改进|整改|打算|下一步|shortcoming|problem|weakness|improve"
)
CLOSE = 0.08
CLOSE_IF_UNNAMED = 0.25
"""Distances of scores below which two reports fit equally well."""


CHANGES = frozenset({FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE})
KINDS = {
    Operation.SHARE: frozenset({FigureKind.SHARE}),
    Operation.GROWTH: CHANGES,
    Operation.RATIO: frozenset({FigureKind.MULTIPLE}),
    Operation.DIFFERENCE: CHANGES,
}
"""Kinds of a number that answers an operation by itself."""


class TextReader:
    """One question asked of the running text of some reports."""

    def __init__(self, query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> None:
        """Find the reports to read: those named, else those that the search finds first."""
        self.query, self.cards, self.shelf = query, cards, shelf
        self.folded = query.corrected or fold(query.text).text.lower()
        self.lexicon = load_lexicon()
        self.ids = list(query.reports)
        if len(self.ids) > MOST_READ:
            hits = search(query.search, shelf.ledger, shelf.vectors, reports=self.ids, limit=60)
            self.ids = list(dict.fromkeys(hit.report for hit in hits))[:MOST_READ]

    def answer(self) -> Answer:
        """A number, a quotation, a question back, or a refusal that offers passages."""
        if self.query.operation is Operation.PASSAGE:
            return self._quotation()
        found = self._number()
        if found is not None and not (found.kind is Kind.FIGURE and self._spelled_out()):
            return found
        return self._quotation() if self._asks_text() else self._nearest()

    def _spelled_out(self) -> bool:
        """Whether the question says how to work it out (年末减净增): no number is its answer."""
        return hint("arithmetic").search(self.folded) is not None

    def _asks_text(self) -> bool:
        """Whether words are asked for rather than a number: 哪几个方面, 叫什么."""
        number = hint("asks_number").search(self.folded)
        return number is None and hint("asks_text").search(self.folded) is not None

    def asked(self, words: str, context: str = "") -> Asked:
        """What some words of the question ask of the text, slips put right by its words."""
        lost = [run for run in self.query.unknown if run in words]
        if lost and self.query.named:
            words = correct_slips(words, lost, self._vocabulary())
        return ask_text(words, self.folded, self.lexicon, context)

    def _vocabulary(self) -> list[str]:
        """The words of the reports that are read, the longest first."""
        known = {word for i in self.ids for word in self.shelf.prepared(i, Sentences).words}
        return sorted(known, key=lambda word: (-len(word), word))

    def _number(self) -> Answer | None:
        """The number of the text that the question asks for, or what is computed from several."""
        measure, operation = self.query.measures[0], self.query.operation
        if operation in (Operation.COUNT, Operation.WHICH):
            return None
        if len(self.ids) == 1:
            return self._of_one_report(measure)
        if operation is Operation.RANK and hint("which").search(self.folded):
            return None
        if self.query.several:
            return self._each(measure)
        return None if operation is Operation.SHARE else self._one(measure)

    def _of_one_report(self, measure: Measure) -> Answer | None:
        """A number of the one report that is read, or what is computed from two of its numbers."""
        operation, parts = self.query.operation, parts_of(self.query, self.lexicon)
        if operation is Operation.GROWTH:
            return self._one(measure) or self._grown(measure)
        if operation is Operation.SHARE:
            stated = self._one(measure)  # the text may print the share itself
            if stated is not None:
                return stated
            return self._computed(parts) if len(parts) > 1 else self._of_whole(measure)
        if len(parts) > 1:
            return self._computed(parts)
        return self._summed() or self._one(measure)

    def _grown(self, measure: Measure) -> Answer | None:
        """The change of a number since the report of the year before."""
        card = next(c for c in self.cards if c.id == self.ids[0])
        earlier = year_before(card, self.cards)
        if earlier is None:
            return None
        self.ids = [earlier.id, card.id]
        return self._each(measure)

    def _of_whole(self, measure: Measure) -> Answer | None:
        """The share of a number in the whole that its sentence names."""
        asked = replace(self.asked(measure.row, measure.column or ""), kinds=frozenset())
        best = best_number(self._numbers(self.ids[0]).score(asked))
        if best is None or best.figure.prose is None or best.figure.prose.of is None:
            return None
        whole = best.report.figure(f"{PROSE}.{best.figure.prose.of.removeprefix('prose.')}")
        if whole is None or whole.unit != best.figure.unit:
            return None
        return from_cells(self.query, [cell_of(best), cell_of(replace(best, figure=whole))])

    def _computed(self, parts: Sequence[str]) -> Answer | None:
        """What is computed from, or listed of, numbers of one report, each named by a part."""
        cells = []
        for part in parts:
            asked = replace(self.asked(part), kinds=frozenset(), unit=None)
            best = best_number(self._numbers(self.ids[0]).score(asked))
            if best is None:
                return None
            cells.append(cell_of(best))
        if len({cell.figures[0].address for cell in cells}) < len(cells):
            return None
        shared = self.query.operation is Operation.SHARE
        if shared and len({cell.figures[0].unit for cell in cells}) > 1:
            return None
        return from_cells(self.query, cells)

    def _summed(self) -> Answer | None:
        """The sum of two numbers where one number is asked for both: 甲和乙一共几件."""
        summing = self.query.model_copy(update={"operation": Operation.SUM})
        parts = parts_of(summing, self.lexicon)
        if len(parts) == 1 or not hint("together").search(self.folded):
            return None
        return TextReader(summing, self.cards, self.shelf)._computed(parts)

    def _one(self, measure: Measure) -> Answer | None:
        """A number of one report, or a question back where several have one that fits."""
        asked = self.asked(measure.row, measure.column or "")
        ranked = rank_numbers([self._numbers(i) for i in self.ids], asked)
        by_report: dict[str, list[Scored]] = {}
        for scored in ranked:
            by_report.setdefault(scored.report.id, []).append(scored)
        found = [best for own in by_report.values() if (best := best_number(own)) is not None]
        found.sort(key=lambda s: -s.score)
        if not found:
            return None
        if self._asks_text() and found[0].score < SURE:
            return None
        distance = CLOSE if self.query.named else CLOSE_IF_UNNAMED
        close = [s for s in found if s.score > found[0].score - distance]
        if len(close) > 1:
            ids = {s.report.id for s in close}
            return clarify(self.query, [c for c in self.cards if c.id in ids])
        if found[0].score < ranked[0].score - CLOSE or not self._answers(found[0]):
            return None  # another report has something nearer, but not clearly
        return from_cells(self.query, [cell_of(found[0])], quoted(found[0]))

    def _answers(self, scored: Scored) -> bool:
        """Whether a number is of the kind asked for: no level for a change, no mean for a peak."""
        figure = scored.figure
        assert figure.prose is not None  # noqa: S101 - only numbers of running text are scored
        clause = fold(scored.report.text[slice(*figure.prose.clause)]).text.lower()
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
            hint(name).search(fold(text[slice(*places.get(name, context.clause))]).text)
            for name in self.query.about
        )

    def _each(self, measure: Measure) -> Answer | None:
        """The same number in each of several reports."""
        asked = self.asked(measure.row, measure.column or "")
        if self.query.operation is Operation.GROWTH:  # the levels are asked for, not a change
            points = (
                frozenset({FigureKind.SHARE}) if hint("points").search(self.folded) else frozenset()
            )
            asked = replace(asked, kinds=points)
        cells = [self._cell(i, asked) for i in self.ids]
        if any(cell is None for cell in cells):
            return None
        return from_cells(self.query, [c for c in cells if c is not None])

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
        asked = self.asked(self.query.search)
        of_kind = self._of_kind(asked)
        ranked = of_kind or self._sentences(asked)
        if not of_kind and not self.query.named:
            back = self._which(ranked)
            if back is not None:
                return back
        quotes = self._quotes(ranked, asked)
        enough = SOME if self.query.named else ENOUGH
        if quotes and (of_kind or ranked[0].score >= enough):
            return self._passage(quotes, "passage_quote")
        return self._refused(quotes)

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
        if len(self.ids) != 1:
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
        if len(ids) < 2:  # noqa: PLR2004
            return None
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
            quotes.append(quote(widen(sentence, same), words))
            if len(quotes) == MOST_QUOTES:
                break
        return quotes

    def _passage(self, quotes: Sequence[CitedPassage], name: str) -> Answer:
        """The best quotation in a sentence, the others beside it."""
        first = quotes[0]
        frame = say(
            name,
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
        message = say(
            "refused_prose",
            self.query.language,
            residual=" ".join(self.query.residual) or self.query.search.strip(),
        )
        return Answer(
            kind=Kind.REFUSAL,
            text=message,
            language=self.query.language,
            passages=tuple(quotes),
            refusal=Refusal(reason=Reason.NOT_REPORTED, message=message),
        )


def text_answer(query: Query, cards: Sequence[ReportCard], shelf: Shelf) -> Answer:
    """Numbers of the text, quotations, or a refusal that offers the nearest passages."""
    return TextReader(query, cards, shelf).answer()
