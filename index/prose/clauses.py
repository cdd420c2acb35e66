"""The words round each number of running text: its clause, what stands left and right of it.

A clause ends at a stop. Stops within quotation marks and titles end none, and a bracket without a
number in it is passed over: 全市62个镇（街道）为民服务中心 is one clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from index.context import FigureKind, When
from index.quantities import Mention
from index.record import Span
from index.script import TAG
from index.words.numerals import load_numerals
from index.words.prose import ProseGrammar, load_prose

STOPS = ",;:。!?"
HIDDEN, SKIPPED = "\x01", "\x00"
"""Marks in the outline of a text: a stop that ends nothing, a character that is passed over."""
STOP, SENTENCE_END, BRACKET, WORDS_END = map(
    re.compile, (f"[{STOPS}]", "[。!?]", "[()。!?]", f"[{STOPS}()、]")
)
EITHER_BRACKET, FILLER = re.compile("[()]"), re.compile(f"{SKIPPED}+")
Edge = Literal["start", "stop", "bracket", "list", "number"]


@dataclass(eq=False)
class Item:
    """A number with its words; spans are of the folded paragraph.

    ``edge`` says what bounds ``own`` on the left: the start of the sentence, a stop, an opening
    bracket, the comma or joiner of a list of numbers, or a number itself. ``bracket`` is where the
    bracket opens that it stands in, -1 outside; ``outer`` are the words before that bracket.
    ``gap`` is everything between the number before (in the sentence) and this one. ``group`` is
    the first number of its enumeration. ``kind`` is that of the number itself until its words say
    more.
    """

    mention: Mention
    sentence: Span
    clause: Span
    edge: Edge
    own: str
    own_start: int
    after: str
    gap: str
    bracket: int
    kind: FigureKind
    outer: str = ""
    # What is found out about it; as in `index.context.ProseContext`, links to other numbers.
    label: str = field(default="", init=False)
    before: str = field(default="", init=False)
    subject: str = field(default="", init=False)
    scope: str | None = field(default=None, init=False)
    period: str | None = field(default=None, init=False)
    when: When | None = field(default=None, init=False)
    year: int | None = field(default=None, init=False)
    plan: bool = field(default=False, init=False)
    each: bool = field(default=False, init=False)
    direction: Literal["up", "down"] | None = field(default=None, init=False)
    of: Item | None = field(default=None, init=False)
    part: Item | None = field(default=None, init=False)
    base: Item | None = field(default=None, init=False)
    group: Item | None = field(default=None, init=False)
    exhaustive: bool = field(default=False, init=False)
    implied: bool = field(default=False, init=False)


class Outline:
    """A folded paragraph with its stops: ``marks`` is of the same length as the text.

    ``seen`` is the text with a filler for what is passed over.
    """

    def __init__(self, text: str, mentions: list[Mention]) -> None:
        """Hide the stops of names and numbers, pass over brackets without numbers."""
        self.text = text
        chars = list(text)
        for stop in _within_names(text, mentions):
            chars[stop] = HIDDEN
        self.brackets: dict[int, int] = {}
        bracketed = EITHER_BRACKET.search(text) is not None
        if bracketed:
            self._pass_over(chars, [m.whole[0] for m in mentions])
        for match in TAG.finditer(text):
            chars[match.start() : match.end()] = SKIPPED * (match.end() - match.start())
        for at in _strays(chars) if bracketed else ():
            chars[at] = HIDDEN
        self.marks = "".join(chars)
        self.seen = text
        if SKIPPED in self.marks:
            seen = list(text)
            for match in FILLER.finditer(self.marks):
                seen[match.start() : match.end()] = match[0]
            self.seen = "".join(seen)
        self.closings = {closes: opens for opens, closes in self.brackets.items()}
        stops = map(re.Match.start, STOP.finditer(self.marks))
        self.turns = sorted({*stops, *self.brackets, *self.closings})
        """Where a clause may end, or goes on behind a bracket."""

    def _pass_over(self, chars: list[str], starts: list[int]) -> None:
        """Keep the brackets with a number in them, hide those of a noun, pass over the others."""
        noun = load_prose().bracketed_noun
        for opens, closes in _pairs(chars):
            if bisect_right(starts, opens) < bisect_left(starts, closes):
                self.brackets[opens] = closes
            elif noun.fullmatch(self.text, opens + 1, closes):
                chars[opens] = chars[closes] = HIDDEN
            else:
                chars[opens : closes + 1] = SKIPPED * (closes + 1 - opens)

    def sentences(self) -> Iterator[Span]:
        """Spans of the sentences."""
        edges = [0, *(m.end() for m in SENTENCE_END.finditer(self.marks)), len(self.marks)]
        return ((a, b) for a, b in pairwise(edges) if a < b)

    def words(self, start: int, end: int) -> str:
        """The text of a span without what is passed over."""
        return self.seen[start:end].replace(SKIPPED, "")

    def left(self, at: int, ends: list[int], floor: int) -> tuple[Edge, int, list[Span]]:
        """Back from ``at`` to a stop: (what bounds, where the words begin, their pieces).

        ``ends`` are the places, in order, where the numbers of the sentence end.
        """
        pieces: list[Span] = []
        while True:
            turn = bisect_left(self.turns, at) - 1
            begin = max(self.turns[turn] + 1, floor) if turn >= 0 else floor
            number = bisect_right(ends, at) - 1
            if at > floor and number >= 0 and ends[number] >= begin and ends[number] > floor:
                return "number", ends[number], [(ends[number], at), *pieces]
            pieces.insert(0, (begin, at))
            if turn < 0 or self.turns[turn] < floor:
                return "start", begin, pieces
            opened = self.closings.get(self.turns[turn])
            if opened is None:
                return "bracket" if begin - 1 in self.brackets else "stop", begin, pieces
            at = opened

    def right(self, at: int, ceiling: int) -> int:
        """Forward from ``at`` to a stop, a bracket with numbers or a comma of a list."""
        stop = WORDS_END.search(self.marks, at, ceiling)
        return stop.start() if stop is not None else ceiling


def _within_names(text: str, mentions: list[Mention]) -> Iterator[int]:
    """Where the stops are that stand within names, or within numbers: 1,276张."""
    for match in load_numerals().name.finditer(text):
        inside = WORDS_END.finditer(text, match.start() + 1, match.end() - 1)
        yield from (stop.start() for stop in inside)
    for mention in mentions:
        yield from (stop.start() for stop in STOP.finditer(text, *mention.span))


def find_items(outline: Outline, mentions: list[Mention]) -> list[list[Item]]:
    """The numbers of a folded paragraph with their words, by sentence."""
    result, not_statement = [], load_numerals().not_statement
    starts = [m.span[0] for m in mentions]
    for start, end in outline.sentences():
        inside = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        if inside and not not_statement.search(outline.text[start:end].lower()):
            result.append(_items(outline, (start, end), inside))
    return result


def _items(outline: Outline, sentence: Span, mentions: list[Mention]) -> list[Item]:
    ends = [m.whole[1] for m in mentions]
    following = [*(m.whole[0] for m in mentions[1:]), sentence[1]]
    items: list[Item] = []
    last = sentence[0]
    for mention, ceiling in zip(mentions, following, strict=True):
        start, end = mention.whole
        edge, at, pieces = outline.left(start, ends, sentence[0])
        own = "".join([outline.words(a, b) for a, b in pieces])
        stop = outline.right(end, ceiling)
        item = Item(
            mention=mention,
            sentence=sentence,
            clause=_clause(outline, mention, sentence),
            edge=edge,
            own=own,
            own_start=at,
            after=outline.words(end, stop),
            gap=outline.text[last:start],
            bracket=_bracket(outline, start),
            kind=mention.kind,
        )
        if edge == "bracket":
            _, _, before = outline.left(at - 1, ends, sentence[0])
            item.outer = "".join([outline.words(a, b) for a, b in before])
        if edge == "number" and items:
            _share_between(items[-1], item)
        items.append(item)
        last = end
    return items


def _share_between(left: Item, right: Item) -> None:
    """Words between two numbers of a clause: what the left one counts, what the right one is."""
    between, grammar = right.own, load_prose()
    head, comma, tail = between.partition("、")
    joiner = next((j for j in grammar.joiners if between.startswith(j)), None)
    ending = next((j for j in grammar.joiners if between.endswith(j)), None)
    said = first_predicate(head, grammar)
    if joiner is not None:
        left.after, right.own, right.edge = "", between[len(joiner) :], "list"
    elif said:
        left.after, right.own = between[:said], between[said:]
    elif ending is not None:
        left.after, right.own, right.edge = between.removesuffix(ending), "", "list"
    elif comma and said is None:
        left.after, right.own, right.edge = head, tail, "list"
    else:
        left.after = between


def first_predicate(words: str, grammar: ProseGrammar) -> int | None:
    """Where what is said begins, names left out; None where nothing is said."""
    hidden = load_numerals().name.sub(lambda m: HIDDEN * len(m[0]), words)
    said = grammar.predicate.search(hidden)
    return said.start() if said is not None else None


def _clause(outline: Outline, mention: Mention, sentence: Span) -> Span:
    """From one stop or bracket to the next; brackets before or after it are passed over."""
    start, end = mention.whole
    turns = outline.turns
    while (number := bisect_left(turns, start) - 1) >= 0 and turns[number] in outline.closings:
        if turns[number] < sentence[0]:
            break
        start = outline.closings[turns[number]]
    start = max(turns[number] + 1, sentence[0]) if number >= 0 else sentence[0]
    while (number := bisect_left(turns, end)) < len(turns) and turns[number] in outline.brackets:
        if turns[number] >= sentence[1]:
            break
        end = outline.brackets[turns[number]] + 1
    end = min(turns[number], sentence[1]) if number < len(turns) else sentence[1]
    return start, end


def _bracket(outline: Outline, at: int) -> int:
    if not outline.brackets:
        return -1
    return max([a for a, b in outline.brackets.items() if a < at < b], default=-1)


def _pairs(chars: list[str]) -> list[Span]:
    """Pairs of brackets, inner ones first; none runs over the end of a sentence."""
    pairs: list[Span] = []
    waiting: list[int] = []
    for match in BRACKET.finditer("".join(chars)):
        at, char = match.start(), match[0]
        if char == "(":
            waiting.append(at)
        elif char == ")" and waiting:
            pairs.append((waiting.pop(), at))
        else:
            waiting = []
    return pairs


def _strays(chars: list[str]) -> list[int]:
    paired = {at for pair in _pairs(chars) for at in pair}
    found = (match.start() for match in EITHER_BRACKET.finditer("".join(chars)))
    return [at for at in found if at not in paired]
