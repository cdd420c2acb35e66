"""What a question asks of the running text: content words, and hints of unit, kind and scope."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.lexicon import FOLDER, Lexicon, hint
from assistant.mentions import COUNTED, QUOTED
from index.report import FigureKind, When
from index.segment import words
from index.words import SYNONYMS, load_synonyms
from index.words.numerals import load_numerals

Term = tuple[str, ...]
"""A word as it was asked, and what else it may be called in a report."""
LONGEST_UNIT = 4
"""Characters of the longest measure word."""
LONGEST_PHRASE = 4
"""Words of a phrase that has synonyms of its own."""
SAYINGS = (*SYNONYMS, FOLDER / "sayings.yaml")
"""What else the words of running text are called."""


@dataclass(frozen=True)
class Asked:
    """What is looked for in running text.

    ``words`` are the content words, each with what else it may be called, ``context`` those of
    the turn before that still hold, ``unit`` the measure word asked with (None: none), ``kinds``
    the kinds of number that fit (empty: any that counts something), ``remainder`` whether what is
    left of a whole is asked for.
    """

    words: tuple[Term, ...]
    context: tuple[Term, ...] = ()
    unit: str | None = None
    kinds: frozenset[FigureKind] = frozenset()
    scope: str | None = None
    when: When | None = None
    each: bool = False
    remainder: bool = False


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
        kinds=_kinds(question),
        scope=scope[0] if scope else None,
        when=_when(question),
        each=bool(hint("each").search(question)),
        remainder=bool(hint("remainder").search(question)),
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


def _when(question: str) -> When | None:
    """The time that is asked for, if it is not that of the report."""
    if hint("cumulative").search(question):
        return When.CUMULATIVE
    if hint("earlier").search(question):
        return When.EARLIER
    return When.LATER if hint("later").search(question) else None


def terms_of(content: str, lexicon: Lexicon) -> tuple[Term, ...]:
    """The content words of a text with their synonyms; a phrase that has some is one word."""
    synonyms = load_synonyms(SAYINGS)
    quoted = [name for name in QUOTED.findall(content) if len(name) > 1]
    found = (*quoted, *content_words(QUOTED.sub(" ", content) if quoted else content, lexicon))
    result: dict[Term, None] = {}
    at = 0
    while at < len(found):
        for size in range(min(LONGEST_PHRASE, len(found) - at), 0, -1):
            joint = " " if found[at].isascii() else ""
            phrase = joint.join(found[at : at + size])
            names = (phrase, phrase.removesuffix("s"))
            others = next((synonyms[name] for name in names if name in synonyms), None)
            if others is not None or size == 1:
                result[phrase, *(others or ())] = None
                at += size
                break
    return tuple(result)


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
    return frozenset()
