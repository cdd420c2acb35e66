"""What a question asks of the running text: content words, and hints of unit, kind and scope."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.lexicon import Lexicon, hint
from assistant.mentions import COUNTED, MASK, QUOTED, VERBAL, mask
from index.report import FigureKind, When
from index.segment import words
from index.words import load_glossary, load_synonyms, singular
from index.words.numerals import load_numerals

Term = tuple[str, ...]
"""A word as it was asked, and what else it may be called in a report."""
LONGEST_UNIT = 4
"""Characters of the longest measure word."""
LONGEST_PHRASE = 4
"""Words of a phrase that has synonyms of its own."""


@dataclass(frozen=True)
class Asked:
    """What is looked for in running text.

    ``words`` are the content words, each with what else it may be called, ``context`` those of
    the turn before that still hold, ``unit`` the measure word asked with (None: none), ``units``
    those that an English word stands for (how many copies; empty: none), ``kinds`` the kinds of
    number that fit (empty: any that counts something), ``remainder`` whether what is left of a
    whole is asked for, ``counted`` the one of the words that an English question counts.
    """

    words: tuple[Term, ...]
    context: tuple[Term, ...] = ()
    unit: str | None = None
    units: tuple[str, ...] = ()
    kinds: frozenset[FigureKind] = frozenset()
    scope: str | None = None
    when: When | None = None
    each: bool = False
    remainder: bool = False
    counted: Term | None = None


def ask_text(content: str, question: str, lexicon: Lexicon, context: str = "") -> Asked:
    """What a question asks of the text.

    Args:
        content: its content, bodies and years taken out.
        question: the folded question, whole.
        lexicon: the words without content.
        context: the content of the turn before, "" where this one stands alone.
    """
    scope = hint("scope").search(question)
    own = terms_of(content, lexicon)
    before = terms_of(context, lexicon)
    return Asked(
        words=own,
        context=tuple(term for term in before if term not in own),
        unit=_unit(question),
        units=_units(question),
        kinds=_kinds(question),
        scope=scope[0] if scope else None,
        when=_when(question),
        each=bool(hint("each").search(question)),
        remainder=bool(hint("remainder").search(question)),
        counted=_counted(question, own),
    )


def _unit(question: str) -> str | None:
    """The measure word after 多少 or 几, None where none follows."""
    known = load_numerals().kinds
    for asked in hint("unit_after").finditer(question):
        for size in range(LONGEST_UNIT, 0, -1):
            unit = question[asked.end() : asked.end() + size]
            if len(unit) == size and unit in known:
                return unit
    return None


def _counted(question: str, words: tuple[Term, ...]) -> Term | None:
    """What is counted in English, one of the words: how many problems; None for mere units."""
    counted = hint("counted_en").search(question)
    found = load_glossary().find(counted["what"]) if counted is not None else []
    return next((term for term in words if found and term[0] == found[-1][0]), None)


def _units(question: str) -> tuple[str, ...]:
    """The measure words for what is counted in English: how many training sessions."""
    counted = hint("counted_en").search(question)
    found = load_glossary().units_in(counted["what"]) if counted is not None else []
    return found[-1][2] if found else ()


def _when(question: str) -> When | None:
    """The time that is asked for, if it is not that of the report."""
    if hint("cumulative").search(question):
        return When.CUMULATIVE
    if hint("earlier").search(question):
        return When.EARLIER
    return When.LATER if hint("later").search(question) else None


def terms_of(content: str, lexicon: Lexicon) -> tuple[Term, ...]:
    """The content words of a text with their synonyms; a phrase that has some is one word."""
    synonyms = load_synonyms()
    quoted = [name for name in QUOTED.findall(content) if len(name) > 1 and not name.isascii()]
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
            others = next((synonyms[name] for name in names if name in synonyms), None)
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
    loose, end = "", -1
    for word in words(content):
        single = len(word.text) == 1 and not word.text.isascii()
        if single and word.text not in lexicon.function:
            loose = loose + word.text if word.span[0] == end else word.text
            end = word.span[1]
            continue
        if loose:
            result[loose] = None
            loose = ""
        counted = COUNTED.fullmatch(word.text)
        if not single and not counted and word.text not in lexicon.function:
            result[word.text] = None
    if loose:
        result[loose] = None
    return tuple(result)


def english_words(lexicon: Lexicon) -> frozenset[str]:
    """English words that a slip may stand for, in the singular."""
    known = {word for phrase in load_glossary().terms for word in phrase if word.isalpha()}
    known |= {singular(word) for word in lexicon.vocabulary if word.isascii()}
    return frozenset(known | set(lexicon.bodies.body_words))


def _kinds(question: str) -> frozenset[FigureKind]:
    """Kinds of number that the words ask for; empty where they do not say."""
    if hint("change").search(question):
        return frozenset({FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE})
    if hint("share").search(question):
        return frozenset({FigureKind.SHARE})
    if hint("money").search(question):
        return frozenset({FigureKind.MONEY})
    if hint("duration").search(question):
        return frozenset({FigureKind.DURATION})
    if hint("counts_en").search(question):
        return frozenset({FigureKind.COUNT})
    return frozenset()
