"""What a number is called: the words round it, freed of time, scope and filling words.

A clause without a subject takes that of the clauses before it; the later numbers of a list take
its head (涉及45个部门、270个事项); of A、B、C分别为x、y、z each takes its own name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from index.context import EARLIER, SHARE
from index.prose.clauses import Item, Outline, first_predicate
from index.prose.context import when_of
from index.words.numerals import load_numerals
from index.words.prose import ProseGrammar, load_prose, unmarked

LONGEST, SHORTEST, LONG_NAME = 40, 2, 4
"""Characters of a subject, and of a name that needs none before it (but 平台关注数 does)."""
DIGIT, CLAUSE_STOP = re.compile(r"\d"), re.compile("[;:]")
EDGES = ",;:。、|-—*#"


class Clause(NamedTuple):
    """A clause of a sentence: where it ends, the name it begins with and its topic ("": none).

    The topic are its words where no number is among them.
    """

    end: int
    name: str
    topic: str


def read_labels(outline: Outline, sentences: list[list[Item]]) -> None:
    """Fill in label, before and subject of every number of a paragraph."""
    grammar = load_prose()
    for items in sentences:
        clauses: list[Clause] = []
        for number, item in enumerate(items):
            item.before = words_of(item.own, grammar)
            item.after = item.after.strip("的")
            near = False
            if not _names_itself(item, grammar):
                clauses = clauses or list(_clauses(outline, items, grammar))
                item.subject, near = _subject(outline, clauses, item)
                item.subject = item.subject or _of_list(items, number, grammar)
            if not name_joined(item.own, grammar):
                item.before = _inherited(items, number, grammar)
            item.label = _label(item, grammar, near=near)
            if item.when is EARLIER and not item.before.strip(grammar.comparers):
                item.label = items[number - 1].label if item.edge == "bracket" else ""
            if item.base is not None:
                item.before = item.base.before = _before_change(item.base, grammar)
                item.label = item.base.label = item.before


def _before_change(item: Item, grammar: ProseGrammar) -> str:
    """What grew or fell from a number, without what says from when: 账号由年初的97个减至71个."""
    since = grammar.from_before.of(item.own)
    return (words_of(item.own[: since.start()], grammar) if since else "") or item.before


def words_of(text: str, grammar: ProseGrammar) -> str:
    """Words without time, scope, and what says nothing at their ends."""
    if not text:
        return text
    rest = _without_asides(unmarked(text, grammar), grammar)
    if rest != text:
        rest = unmarked(rest, grammar)
    while True:
        rest = rest.strip(EDGES)
        head = grammar.head.of(rest)
        tail = grammar.tail.of(rest)
        if head is None and tail is None:
            return rest
        rest = rest[head.end() if head else 0 : tail.start() if tail else len(rest)]


def _without_asides(text: str, grammar: ProseGrammar) -> str:
    """A text without words of time and scope, but those within names."""
    names = load_numerals().name
    if names.search(text) is None:
        return grammar.aside.sub("", text)
    parts, at = [], 0
    for name in names.finditer(text):
        parts += [grammar.aside.sub("", text[at : name.start()]), name[0]]
        at = name.end()
    return "".join([*parts, grammar.aside.sub("", text[at:])])


def _clauses(outline: Outline, items: list[Item], grammar: ProseGrammar) -> Iterator[Clause]:
    """Clauses of the sentence of these numbers outside brackets, up to the last of them."""
    start = outside = items[0].sentence[0]
    end = items[-1].mention.whole[0]
    for at in outline.turns[bisect_left(outline.turns, start) : bisect_left(outline.turns, end)]:
        if at < outside:
            continue
        if at in outline.brackets:
            outside = outline.brackets[at] + 1
        elif outline.marks[at] in ",;:":
            words = words_of(outline.words(start, at), grammar)
            topic = words if DIGIT.search(words) is None else ""
            yield Clause(at, _name(words, grammar), topic)
            start = at + 1


def _names_itself(item: Item, grammar: ProseGrammar) -> bool:
    """Whether a clause has a name of its own, and not one of something's: 平台关注数."""
    own = _name(item.before, grammar)
    return len(own) >= LONG_NAME or (bool(own) and not grammar.possessed.of(item.before))


def _subject(outline: Outline, clauses: list[Clause], item: Item) -> tuple[str, bool]:
    """What the clauses before it speak of, and whether it is a name that no semicolon parts off.

    The nearest clause that begins with a name gives it (its fuller form, if a clause before
    that has one); else the nearest clause without a number. A short name (微博) is one too where a
    semicolon stands before it and its clause has a number: none goes on from before that.
    """
    topic = name = ""
    near = True
    for number, clause in reversed(list(enumerate(clauses))):
        if clause.end >= item.mention.whole[0]:
            continue
        begins = number > 0 and outline.marks[clauses[number - 1].end] == ";"
        if begins and not name and len(clause.name) == SHORTEST and not clause.topic:
            return clause.name, ";" not in outline.marks[clause.end : item.mention.whole[0]]
        if len(clause.name) > SHORTEST and (not name or clause.name.endswith(name)):
            near = ";" not in outline.marks[clause.end : item.mention.whole[0]]
            name = clause.name
        topic = topic or clause.topic
    if name:
        return name, near
    return (topic, False) if SHORTEST <= len(topic) <= LONGEST else ("", False)


def _of_list(items: list[Item], number: int, grammar: ProseGrammar) -> str:
    """What the number before it in a list is of, for one that says only what is done.

    制度修订5项、废止3项: both are of 制度.
    """
    item = items[number]
    if item.edge != "list" or not number or grammar.predicate.fullmatch(item.before) is None:
        return ""
    before = items[number - 1].before
    said = first_predicate(before, grammar) or 0
    return before[:said] if grammar.adverbial.of(before) is None else ""


def _name(words: str, grammar: ProseGrammar) -> str:
    """The noun that a clause begins with, "" where it begins with a verb or says how or where."""
    if grammar.adverbial.of(words):
        return ""
    name = words[:said] if (said := first_predicate(words, grammar)) is not None else ""
    fits = SHORTEST <= len(name) <= LONGEST and not grammar.numbered.search(name)
    fits = fits and not name.endswith(grammar.places) and not grammar.possessed.of(name)
    return name if fits else ""


def _inherited(items: list[Item], number: int, grammar: ProseGrammar) -> str:
    """Head of a list whose members share it, or the words before the bracket."""
    item = items[number]
    if item.edge == "bracket":
        return words_of(item.outer, grammar)
    if item.edge in {"list", "number"} and number:
        return items[number - 1].before
    return ""


def _label(item: Item, grammar: ProseGrammar, *, near: bool) -> str:
    counted = words_of(item.after, grammar)
    words = item.before
    if words and item.when is EARLIER:
        return words
    if not words and not counted:
        return item.subject or item.own.strip("、的")
    if near and grammar.possessed.of(words):
        words = item.subject.removesuffix(words) + words
    return words + counted


def name_respective(text: str, sentences: list[list[Item]], year: int | None) -> None:
    """A、B、C分别为x、y、z: each number its own name, or its own year or scope."""
    grammar = load_prose()
    for items in sentences:
        last: list[Item] = []
        for run in _runs(items, grammar):
            said = grammar.respective.of(run[0].own)
            if said is None or len(run) < SHORTEST:
                continue
            listed = run[0].own[: said.start()] or _clause_before(text, run[0])
            last_clause = listed.rpartition(",")[2]
            names = _split_names(words_of(last_clause, grammar), len(run), grammar)
            listed = last_clause if names is not None else listed
            names = names or _split_names(words_of(listed, grammar), len(run), grammar)
            what = words_of(said["said"], grammar)
            if names is None and len(last) == len(run):
                names = [f"{item.label}{words_of(listed, grammar)}" for item in last]
                for item, each in zip(run, last, strict=True):
                    item.scope, item.period, item.when = each.scope, each.period, each.when
                    if item.kind is SHARE:
                        item.part = each
                    else:
                        item.of = each
            for item, name in zip(run, names or [], strict=False):
                item.label, item.group = name + what, run[0]
                item.before = words_of(listed, grammar) + what
            _respective_times(run, listed, what, year, grammar)
            _respective_scopes(run, listed, what, grammar)
            last = run


def _respective_times(
    run: list[Item], listed: str, what: str, year: int | None, grammar: ProseGrammar
) -> None:
    """2021、2022年分别…: each number its year; of no year where they do not fit."""
    years = grammar.respective_year.findall(listed)
    if len(years) < SHORTEST:
        return
    for item, printed in zip(
        run, years if len(years) == len(run) else [None] * len(run), strict=True
    ):
        item.period = printed or "、".join(years)
        item.year = int(printed[:4]) if printed else None
        item.when = when_of(item.year, year) if item.year is not None else None
        item.label = item.before = words_of(grammar.respective_year.sub("", listed), grammar) + what


def _respective_scopes(run: list[Item], listed: str, what: str, grammar: ProseGrammar) -> None:
    """全市、市本级分别为…: each number its scope; none where they do not fit."""
    scopes = [m[0] for m in grammar.scope.finditer(listed)]
    if len(scopes) >= SHORTEST:
        for number, item in enumerate(run):
            item.scope = scopes[number] if len(scopes) == len(run) else None
            item.label = item.before = words_of(listed, grammar) + what


def _runs(items: list[Item], grammar: ProseGrammar) -> Iterator[list[Item]]:
    """Numbers that follow each other with nothing but a joiner between them."""
    run: list[Item] = []
    for item in items:
        if run and item.edge == "list" and not name_joined(item.own, grammar):
            run.append(item)
            continue
        if run:
            yield run
        run = [item]
    if run:
        yield run


def name_joined(own: str, grammar: ProseGrammar) -> str:
    """Words of a number without what joins it to the number before."""
    return grammar.name_joins.sub("", own)


def _clause_before(text: str, item: Item) -> str:
    start, end = item.sentence[0], item.own_start
    words = text[start : max(end - 1, start)]
    return CLAUSE_STOP.split(words)[-1]


def _split_names(words: str, count: int, grammar: ProseGrammar) -> list[str] | None:
    """As many names as numbers, None where they do not fit."""
    pieces = [p for p in grammar.name_joins.split(words) if p]
    if len(pieces) != count:
        pieces = [p for p in words.split("、") if p]
    if len(pieces) != count:
        return None
    head = pieces[0].rsplit(",", 1)[-1]
    pieces[0] = grammar.name_heads.sub("", head) or head
    tail = grammar.shared_tail.search(pieces[-1])
    if tail is None:
        return pieces
    return [p if grammar.possessed.of(p) else p + tail[0] for p in pieces]


def same_thing(name: str, item: Item) -> bool:
    """Whether a number is called by a name, in whole or in part."""
    return bool(name) and (name in item.label or (bool(item.label) and item.label in name))
