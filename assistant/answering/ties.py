"""What numbers of running text are called, and which belong together: wholes, lists, neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.lexicon import hint, load_lexicon
from assistant.query import PROSE
from assistant.understanding.asked import Asked, Term, content_words
from assistant.words.likeness import plain
from assistant.words.mentions import QUOTED
from index.report import Figure, ProseContext, Span
from index.segment import words
from index.words.prose import load_prose

TITLE = re.compile("《[^《》]{10,}》")
"""The title of a document; a short one is that of a newspaper or a column, which publishes."""


def unasked(figure: Figure, wanted: Sequence[Term]) -> int:
    """How many words of a label were not asked for; those of any report do not count."""
    lexicon = load_lexicon()
    own = [w.text for w in words(figure.row_label) if len(w.text) > 1]
    return sum(
        word not in lexicon.common
        and not any(name in word or word in name for term in wanted for name in term)
        for word in own
    )


def narrower(figure: Figure, asked: Asked) -> bool:
    """Whether a number is of a part where a question asks for all that was made public.

    It names only where and that it was published (网站公开了多少条), and the label says what of.
    """
    wanted = (*asked.words, *asked.context)
    if not wanted or not all(hint("of_publishing").fullmatch(term[0]) for term in wanted):
        return False
    lexicon = load_lexicon()
    names = [name for term in wanted for name in term]
    own = content_words(QUOTED.sub(" ", plain(figure.row_label)), lexicon)
    return any(
        len(word) > 1
        and word not in lexicon.common
        and not hint("of_anything").fullmatch(word)
        and not any(name in word or word in name for name in names)
        for word in own
    )


BROKEN = re.compile(r"\d\s+\d{3}(?!\d)")
"""A number with a space in it."""


def lumped(label: str, wanted: Sequence[Term]) -> bool:
    """Whether a label names several things (甲、乙等途径) and only one of them was asked for.

    What is done with them all (公示甲、乙) is no name of one, nor is what follows them. A label
    with a number in it that could not be read (2 044件) is that of another thing as well.
    """
    if BROKEN.search(label):
        return True
    *members, last = label.split("、")
    if not members:
        return False
    one_more = last.rpartition("等")[0]
    members = [load_prose().predicate.sub("", name) for name in members]
    members += [one_more] if one_more else []
    said = load_lexicon().common
    rare = [name for term in wanted if term[0] not in said for name in term]
    named = [_names(member, rare) for member in members]
    if sum(named) != 1 or len(named) + (not one_more) < 2:  # noqa: PLR2004 - a list has two
        return False
    every = [name for term in wanted for name in term]
    return not all(_names(member, every) for member in (*members, one_more or last))


def _names(member: str, names: Sequence[str]) -> bool:
    """Whether one of some words names a member of a list."""
    return any(name in member or (member and member in name) for name in names)


def listed(
    figures: Sequence[Figure], contexts: Sequence[ProseContext]
) -> dict[tuple[Span, str], frozenset[str]]:
    """The names of lists (A、B、C分别为x、y、z), which all of their numbers have before them."""
    found: dict[tuple[Span, str], set[str]] = {}
    for figure, context in zip(figures, contexts, strict=True):
        if figure.row_label and figure.row_label in context.before:
            found.setdefault((context.sentence, context.before), set()).add(figure.row_label)
    return {place: frozenset(names) for place, names in found.items() if len(names) > 1}


def verb_of_list(context: ProseContext, contexts: Sequence[ProseContext]) -> str:
    """What is done with all that a clause counts (公示甲3件、乙5件): the verb before the first.

    Where it is done may stand before it: 在网站公示甲3件、乙5件.
    """
    grammar = load_prose()
    first = next(other for other in contexts if other.clause == context.clause)
    said = grammar.predicate
    find = said.search if grammar.adverbial.of(first.before) else said.match
    done = find(first.before)
    return done[0] if done is not None and first is not context else ""


def verb_at_end(names: str) -> str:
    """What is done with all that a list names (网络、信函提交): the verb after the last."""
    ends = [m for m in load_prose().predicate.finditer(names) if m.end() == len(names)]
    return ends[-1][0] if ends else ""


def verb_after_list(context: ProseContext, contexts: Sequence[ProseContext]) -> str:
    """What a clause says at its end of all that it counts (甲3件、乙5件均已公示): 均已公示."""
    last = [other for other in contexts if other.clause == context.clause][-1]
    done = hint("of_all").search(last.after)
    return done[0] if done is not None and last is not context else ""


def carried_on(figures: Sequence[Figure], number: int) -> str:
    """What a number that only says how many there are by now counts: 新建35个，累计达到51个.

    Empty for any other: it is what the number before it in its sentence counts.
    """
    figure, before = figures[number], figures[number - 1] if number else None
    if before is None or before.prose is None or figure.prose is None:
        return ""
    same = before.prose.sentence == figure.prose.sentence and before.unit == figure.unit
    if not same or not hint("only_reached").fullmatch(plain(figure.row_label)):
        return ""
    return hint("newly").sub("", plain(before.row_label))


def without(names: Iterable[str], text: str) -> str:
    """A text without some names."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def without_aside(label: str) -> str:
    """A label without what names no number of it: long titles, and what goes along with it.

    随决算公开绩效自评表 counts no accounts, 发放《…服务质量调查问卷》 nothing that was served.
    """
    return hint("along_with").sub(" ", TITLE.sub(" ", label))


def ancestors(
    context: ProseContext, places: dict[str, int], figures: Sequence[Figure]
) -> tuple[int, ...]:
    """The numbers that one is a part or a share of, the nearest first, by their place."""
    found: list[int] = []
    waiting = [context.of, context.part, context.base]
    while waiting:
        number = places.get((waiting.pop(0) or "").removeprefix(f"{PROSE}."))
        if number is None or number in found:
            continue
        found.append(number)
        above = figures[number].prose
        waiting += [above.of, above.part] if above is not None else []
    return tuple(found)


def mates_of(contexts: Sequence[ProseContext]) -> list[tuple[int, ...]]:
    """For each number the others of its sentence."""
    sentences: dict[Span, list[int]] = {}
    for number, context in enumerate(contexts):
        sentences.setdefault(context.sentence, []).append(number)
    return [
        tuple(mate for mate in sentences[context.sentence] if mate != number)
        for number, context in enumerate(contexts)
    ]


def before_in_paragraph(figures: Sequence[Figure]) -> list[tuple[int, ...]]:
    """For each number those that stand before it in its paragraph."""
    return [
        tuple(other for other in range(number) if figures[other].row == figure.row)
        for number, figure in enumerate(figures)
    ]
