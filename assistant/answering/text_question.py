"""What a question asks of the running text, and of which reports it is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from assistant.answering.prose import Numbers
from assistant.answering.quoting import Sentence, Sentences
from assistant.answering.search import search
from assistant.lexicon import hint, load_lexicon
from assistant.library.shelf import Shelf
from assistant.query import Operation, Query
from assistant.understanding.asked import Asked, Term, ask_text, quoted_in, without_sum_test
from assistant.understanding.years import RANGE, find_years
from assistant.words.folding import fold_question
from assistant.words.mentions import NUMBER, VERBAL
from assistant.words.slips import correct_slips
from index.report import FigureKind, ReportCard, When

MOST_READ = 12
"""Reports read whole; of more, those that the search finds first."""
STATED = re.compile(rf"{NUMBER.pattern}[万亿]?[%％]?|[一二两三四五六七八九十百千万亿]{{2,}}多?")
"""A number that a question states."""
CLOSE = 0.08
"""Distance of scores below which two reports fit equally well."""


class TextQuestion:
    """One question asked of the running text of some reports.

    ``ids`` are the reports that are read, ``folded`` its words; slips are put right on the way.
    """

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
        self._query, self._slips = query, dict.fromkeys(query.corrected)
        self.ids = list(dict.fromkeys(query.reports))
        if len(self.ids) > MOST_READ:
            hits = search(query.search, shelf.ledger, shelf.vectors, reports=self.ids, limit=60)
            self.ids = list(dict.fromkeys(hit.report for hit in hits))[:MOST_READ]

    @property
    def query(self) -> Query:
        """The question, with the slips that were put right so far."""
        return self._query.model_copy(update={"corrected": tuple(self._slips)})

    @property
    def report(self) -> str:
        """The one report that is read, or the first."""
        return self.ids[0]

    def of(self, report: str) -> TextQuestion:
        """The same question asked of one of its reports; slips are put right for both."""
        one = copy(self)
        one.ids = [report]
        return one

    def asks_text(self) -> bool:
        """Whether words are asked for rather than a number: 哪几个方面, 叫什么."""
        number = hint("asks_number").search(self.folded)
        if self.query.operation in (Operation.COMPARE, Operation.DIFFERENCE):
            return False  # which of two is more, and not what either says
        return number is None and hint("asks_text").search(self.folded) is not None

    def spelled_out(self) -> bool:
        """Whether the question says how to work it out (年末减净增): no number is its answer."""
        return hint("arithmetic").search(self.folded) is not None

    def names_nothing_known(self) -> bool:
        """Whether an English turn only adds a verb that no report has a word for: and killed?"""
        measure = self._query.measures[0]
        if measure.column is None or self.asked_number().words:
            return False
        verbs = (word for word in measure.row.split() if VERBAL.fullmatch(word.strip("?.,!")))
        return any(verb.strip("?.,!") not in self.lexicon.common for verb in verbs)

    def numbers(self, report_id: str) -> Numbers:
        """The numbers of a report, ready to be asked for."""
        return self.shelf.prepared(report_id, Numbers)

    def sentences(self, asked: Asked) -> list[Sentence]:
        """The sentences of the reports that are read, best first."""
        found = [s for i in self.ids for s in self.shelf.prepared(i, Sentences).score(asked)]
        return sorted(found, key=lambda s: -s.score)

    def asked_number(self) -> Asked:
        """What the question asks of a number: the words of its measure."""
        measure = self._query.measures[0]
        return self.asked(measure.row, measure.column or "")

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
            self._slips |= dict.fromkeys(slips)  # to be said
        asked = ask_text(words, self.folded, self.lexicon, context, self.query.said)
        if self.query.operation is Operation.SHARE and not asked.kinds:
            asked = replace(asked, kinds=frozenset({FigureKind.SHARE}))
        names = {name.lower() for card in self.cards for name in card.says[:1]}
        printed = quoted_in(fold_question(self.query.text))
        printed = tuple(name for name in printed if name not in names)
        asked = replace(asked, quoted=printed, explained=self.explained(asked))
        return self._of_year(asked)

    def _of_year(self, asked: Asked) -> Asked:
        """What is asked, of the one year that is named and of none of the reports that are read."""
        text = RANGE.sub(" ", fold_question(self._query.text))
        own = {card.year for card in self.cards if card.id in self.ids and card.year}
        others = {year for year, _ in find_years(text)} - own
        if len(others) != 1 or not own:
            return asked
        year = others.pop()
        when = When.EARLIER if own == {year + 1} else asked.when
        return replace(asked, year=year, when=when)

    def explained(self, asked: Asked) -> frozenset[Term]:
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


def _without(run: str, known: Sequence[str]) -> list[str]:
    """What is left of words that may be slips without those that stand in the text."""
    for word in known:
        if len(word) > 1 and word in run:
            run = run.replace(word, " ")
    return [part for part in run.split() if len(part) > 1]
