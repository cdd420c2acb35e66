"""What a question asks of the running text: content words, and hints of unit, kind and scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.lexicon import FOLDER, Lexicon, hint
from assistant.understanding.wanted import (
    PERSONS,
    kinds_asked,
    of_own,
    time_asked,
    unit_asked,
    units_in_english,
)
from assistant.words.mentions import COUNTED, MASK, QUOTED, VERBAL, mask
from index.report import FigureKind, When
from index.segment import Word, words
from index.words import SYNONYMS, load_glossary, load_synonyms, singular
from index.words.numerals import load_numerals

Term = tuple[str, ...]
"""A word as it was asked, and what else it may be called in a report."""
JOINED = re.compile("[、,，和与]")
"""What joins several things between one pair of quotation marks."""
NEED = frozenset("要替")
"""Verbs that say nothing of what is counted: 要几天."""
HOW_MANY, PARTICLES = frozenset("万亿几"), frozenset("了过着掉的")
STOP = re.compile(r"[,，。;；:：?？(（\s]")
KNOWING = "知晓"
"""What is looked for where people know of something: 知道 alone is courtesy."""
CLAUSES = re.compile(r"(?<=[,，;；?？。])")
"""Where a clause of a question ends."""
ENDS = ("extreme", "lowest")
"""Hints of an extreme."""
LONGEST_PHRASE = 4
"""Words of a phrase that has synonyms of its own."""
SAYINGS = (*SYNONYMS, FOLDER / "sayings.yaml")
"""What else the words of running text are called."""


@dataclass(frozen=True)
class Asked:
    """What is looked for in running text.

    ``words`` are the content words, each with what else it may be called, ``context`` those of
    the turn before that still hold, ``unit`` the measure word asked with (None: none), ``units``
    those that an English word stands for (how many copies; empty: none), ``kinds`` the kinds of
    number that fit (empty: any that counts something), ``own`` whether it is of the body alone or
    of all below it (None: not said), ``ends`` the hints of an extreme that is asked for,
    ``average`` whether a mean is, ``remainder`` whether what is left of a whole is.
    ``head`` is the word beside the asking one, which says what is counted or done: 办完了几件,
    多少群众; None where only words of any report are there. ``thing`` is the one of the words that
    an English question counts. ``quoted`` are words that the question quotes, ``numbers`` says
    that a sentence with numbers is wanted. ``explained`` are English words that name a row of the
    tables, where others are left that do not (submitted by letter): they tell numbers apart less.
    ``said`` is the content as it was asked, ``question`` the whole question, both folded. ``year``
    is one that is none of the reports' own: how many there were in 2022, as the report of 2023 says
    (None: none is named).
    """

    words: tuple[Term, ...]
    context: tuple[Term, ...] = ()
    unit: str | None = None
    units: tuple[str, ...] = ()
    kinds: frozenset[FigureKind] = frozenset()
    own: bool | None = None
    when: When | None = None
    each: bool = False
    ends: tuple[str, ...] = ()
    average: bool = False
    remainder: bool = False
    head: Term | None = None
    thing: Term | None = None
    quoted: tuple[str, ...] = ()
    numbers: bool = False
    said: str = ""
    question: str = ""
    explained: frozenset[Term] = frozenset()
    year: int | None = None

    @property
    def counted(self) -> bool:
        """Whether a measure word says that things are counted: 多少个."""
        return load_numerals().kinds.get(self.unit or "") is FigureKind.COUNT


def ask_text(
    content: str, question: str, lexicon: Lexicon, context: str = "", said: str = ""
) -> Asked:
    """What a question asks of the text.

    Args:
        content: its content, bodies and years taken out.
        question: the folded question, whole.
        lexicon: the words without content.
        context: the content of the turn before, "" where this one stands alone.
        said: the question without the names of bodies, which may hold words of scope.
    """
    content, question = without_tag(content), without_tag(question)
    content = hint("got").sub(" ", hint("know_of").sub(KNOWING, content))
    unit = unit_asked(question)
    words = _said_by_themselves(terms_of(content, lexicon), unit)
    before = terms_of(context, lexicon)
    return Asked(
        words=words,
        context=tuple(term for term in before if term not in words),
        unit=unit,
        units=units_in_english(question),
        kinds=kinds_asked(question, unit) or _rates(words, unit),
        own=of_own(said),
        when=time_asked(question),
        each=bool(hint("each").search(question)),
        ends=tuple(end for end in ENDS if hint(end).search(question)),
        average=bool(hint("average").search(question)),
        remainder=bool(hint("remainder").search(question)),
        head=_head(content, words, lexicon),
        thing=_thing(question, words),
        quoted=quoted_in(question),
        numbers=bool(hint("with_numbers").search(question)),
        said=content,
        question=question,
    )


def without_tag(text: str) -> str:
    """A text without what only doubts or guesses, where another clause asks: 是不是还剩一半."""
    clauses = CLAUSES.split(text)
    asking = [c for c in clauses if hint("asking").search(c)]
    kept = [c for c in clauses if c in asking or not hint("tag_clause").match(c)]
    return "".join(kept) if asking else text


def without_sum_test(text: str) -> str | None:
    """A question without the clause that asks whether parts add up; None where there is none."""
    clauses = CLAUSES.split(text)
    kept = [c for c in clauses if not hint("adds_up").search(c)]
    return "".join(kept) if 0 < len(kept) < len(clauses) else None


def _rates(words: Sequence[Term], unit: str | None) -> frozenset[FigureKind]:
    """A share, where one of the words is the name of a rate and nothing is counted: 办结率."""
    named = any(hint("rate_word").search(word[0]) for word in words)
    return frozenset({FigureKind.SHARE}) if named and unit is None else frozenset()


def _said_by_themselves(terms: tuple[Term, ...], unit: str | None) -> tuple[Term, ...]:
    """Words without those that are heard otherwise, where others are left: units, 平均."""
    kinds = load_numerals().kinds
    terms = tuple(term for term in terms if term[0] != unit)
    units = [t for t in terms if kinds.get(t[0], FigureKind.COUNT) is not FigureKind.COUNT]
    means = [t for t in terms if hint("average").fullmatch(t[0])]
    money = [t for t in terms if hint("money_word").fullmatch(t[0])]
    light = [t for t in terms if t[0] in NEED]
    for heard in (units, means, money, light):
        rest = tuple(term for term in terms if term not in heard)
        if rest:
            terms = rest
    return terms


def quoted_in(question: str) -> tuple[str, ...]:
    """What a question quotes; of several things between one pair of marks each."""
    return tuple(p for q in QUOTED.findall(question) for p in JOINED.split(q) if len(p) > 1)


def _head(content: str, terms: Sequence[Term], lexicon: Lexicon) -> Term | None:
    """The word that says what is counted: after the asking word, else the last before it."""
    asking = list(hint("asking").finditer(content))
    if not asking:
        return None
    before, after = content[: asking[-1].start()], content[asking[-1].end() :]
    unit = unit_asked(asking[-1][0] + after)
    after = after.removeprefix(unit or "") if unit != PERSONS else after.lstrip(PERSONS)
    following = STOP.split(after, maxsplit=1)[0]
    after_of = following.rpartition("的")[2]  # 几个没人管的账号 counts 账号
    following = after_of if content_words(after_of, lexicon) else following
    beside = ((content_words(following, lexicon), 1), (content_words(before, lexicon)[::-1], 2))
    for found, least in beside:  # 多少个赞
        for word in found:
            if len(word) < least or word in lexicon.common:
                continue
            return next((term for term in terms if word in term[0] or term[0] in word), None)
    return None


def alike(unit: str) -> frozenset[str]:
    """A measure word and those that people use in its place: 名 and 位."""
    others = load_synonyms(SAYINGS).get(f"({unit})", ())
    return frozenset((unit, *(other.strip("()") for other in others)))


def counted_alike(units: Iterable[str]) -> bool:
    """Whether numbers may be set beside each other: in one unit, or in such as people mix.

    A number printed without a unit may be of any.
    """
    said = {unit for unit in units if unit}
    return all(said <= alike(unit) for unit in said)


def _thing(question: str, words: tuple[Term, ...]) -> Term | None:
    """What is counted in English, one of the words: how many problems; None for mere units."""
    counted = hint("counted_en").search(question)
    found = load_glossary().find(counted["what"]) if counted is not None else []
    return next((term for term in words if found and term[0] == found[-1][0]), None)


def terms_of(content: str, lexicon: Lexicon) -> tuple[Term, ...]:
    """The content words of a text with their synonyms; a phrase that has some is one word."""
    synonyms = load_synonyms(SAYINGS)
    quoted = [n for n in QUOTED.findall(content) if len(n.strip()) > 1 and not n.isascii()]
    translated, content = _translated(QUOTED.sub(" ", content) if quoted else content, lexicon)
    found = (*quoted, *content_words(content, lexicon))
    result: dict[Term, None] = dict.fromkeys(translated)
    done = {match["done"] for match in hint("predicate_en").finditer(content)}
    at = 0
    while at < len(found):
        for size in range(min(LONGEST_PHRASE, len(found) - at), 0, -1):
            joint = " " if found[at].isascii() else ""
            phrase = joint.join(found[at : at + size])
            names = (phrase, phrase.removesuffix("s"))
            together = phrase.isascii() or phrase in content
            others = next((synonyms[n] for n in names if n in synonyms and together), None)
            if others is not None or size == 1:
                if others or phrase in done or not VERBAL.fullmatch(phrase):
                    result[phrase, *(others or ())] = None
                at += size
                break
    return tuple(result)


def _translated(content: str, lexicon: Lexicon) -> tuple[list[Term], str]:
    """English words that have a name in reports, and the text without them.

    Words that only count (sessions, people) are taken out with them.
    """
    glossary = load_glossary()
    found = [
        (words, span, names)
        for words, span, names in glossary.find(content)
        if words not in lexicon.function
    ]
    rest = mask(content, (span for _, span, _ in found))
    rest = mask(rest, (span for _, span, _ in glossary.units_in(rest)))
    return [(words, *names) for words, _, names in found], rest.replace(MASK, " ")


def content_words(content: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Words of a text that say something, each once, neighbouring single characters joined."""
    result: dict[str, None] = {}
    units = load_numerals().kinds
    loose, end = "", -1
    told = {match.span("what") for match in hint("in_language").finditer(content)}
    for word in _with_sayings(words(content), lexicon):
        single = len(word.text) == 1 and not word.text.isascii()
        if single and word.text not in lexicon.function:
            loose = loose + word.text if word.span[0] == end else word.text
            end = word.span[1]
            continue
        if loose:
            result[loose] = None
            loose = ""
        counted = COUNTED.fullmatch(word.text) or hint("sum_of_money").fullmatch(word.text)
        of_many = word.text[:1] in HOW_MANY and word.text[1:] in units
        light = word.text in lexicon.function and word.span not in told
        if not single and not counted and not of_many and not light:
            result[word.text] = None
    if loose:
        result[loose] = None
    return tuple(result)


def _with_sayings(found: Sequence[Word], lexicon: Lexicon) -> Iterator[Word]:
    """Words, a pair joined that says something together: 查 and 实 of 查实的举报.

    Its first word is a single character; a measure word begins no such pair.
    """
    said, units = load_synonyms(SAYINGS), load_numerals().kinds
    joined = False
    for word, after in pairwise((*found, None)):
        if word is None or joined:
            joined = False
            continue
        single = len(word.text) == 1 and word.text not in units
        short = after is not None and (len(after.text) == 1 or after.text in lexicon.function)
        if after is not None and single and short and after.text not in PARTICLES:
            joined = word.span[1] == after.span[0] and word.text + after.text in said
        if joined and after is not None:
            yield Word(word.text + after.text, (word.span[0], after.span[1]))
        else:
            yield word


def english_words(lexicon: Lexicon) -> frozenset[str]:
    """English words that a slip may stand for, in the singular."""
    known = {word for phrase in load_glossary().terms for word in phrase if word.isalpha()}
    known |= {singular(word) for word in lexicon.vocabulary if word.isascii()}
    return frozenset(known | set(lexicon.bodies.body_words))
