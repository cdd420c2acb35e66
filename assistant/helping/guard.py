"""Every number in an answer must be in its evidence; nothing else may be said.

The guard does not know how a sentence came about, and does not care: sentences built here
and sentences a model wrote pass the same door (`unsupported`). A text of a model must pass another
before (`faults`): it is written in keys, and what stands beside them must be in the evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from functools import cache

from assistant.answer import Answer, Language, numbers_in, plain_number
from assistant.helping.guard_words import is_numeral, load_guard_words, numerals, simple
from assistant.helping.material import KEY, Material
from assistant.lexicon import load_lexicon
from assistant.understanding.asked import english_words
from index.report import Number, Record
from index.words import singular

Names = Callable[[str], Collection[str]]
"""Names of bodies and places that a folded text holds."""
LONGEST = 1200
"""Characters of a text that is still one to be read beside its evidence."""
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》…—·,.;:?!'\"()- \n")
BEGINNING = re.compile(r"(?:^|[.!?。！？\n\"“])\s*$")
ROMAN = re.compile("m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
HAN = re.compile("[\u3400-\u9fff]+")
LATIN = re.compile("[A-Za-z]+")
SENTENCE = re.compile(r"[^。！？!?\n]+?(?:[。！？!?\n]+|\.(?=\s|$)|$)(?:\s*\[\[p\d+\]\])*")
BLANK = "\n"
"""What takes the place of a key, so that nothing is read across it."""


class FaultKind(StrEnum):
    """What a text holds that its evidence does not; ``uncited``: a claim without its passage."""

    HIDDEN = "hidden"
    KEY = "key"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    SCRIPT = "script"
    SIGN = "sign"
    UNCITED = "uncited"
    LENGTH = "length"


class Fault(Record):
    """One thing that a text may not say, as it says it."""

    kind: FaultKind
    found: str


def faults(text: str, material: Material, language: Language, names: Names) -> tuple[Fault, ...]:
    """What a model wrote that it may not say; empty is good.

    Args:
        text: in keys, as the model wrote it.
        material: its evidence.
        language: the asker's, which the text must keep.
        names: finds the names of bodies and places.
    """
    if not text.strip() or len(text) > LONGEST:
        return (Fault(kind=FaultKind.LENGTH, found=str(len(text))),)
    hidden = [c for c in text if unicodedata.category(c)[0] in "CM" and c != "\n"]
    if hidden:  # nothing else is certain then: what is seen is not what is read
        return tuple(Fault(kind=FaultKind.HIDDEN, found=f"U+{ord(c):04X}") for c in hidden[:1])
    keys = [m[1] or m[2] for m in KEY.finditer(text)]
    wrong = [key for key in keys if not material.item(key)]
    if material.complete:
        wrong += [item.key for item in material.items if keys.count(item.key) != 1]
    found = [Fault(kind=FaultKind.KEY, found=key) for key in dict.fromkeys(wrong)]
    bare = simple(KEY.sub(BLANK, text))
    words = simple(material.words)
    found += [*_signs(bare, words), *_numbers(bare), *_dates(bare)]
    found += _scripts(bare, words, language)
    found += _names(bare, words, names)
    return (*found, *_uncited(text, material))


def _signs(text: str, words: str) -> Iterator[Fault]:
    """Signs that are neither letters nor plain punctuation: brackets of keys, links, emoji."""
    for char in dict.fromkeys(text):
        if char.isalpha() or is_numeral(char) or char in PUNCTUATION:
            continue
        kind = FaultKind.KEY if char in "[]{}【】〔〕¶" else FaultKind.SIGN
        if kind is FaultKind.KEY or char not in words:
            yield Fault(kind=kind, found=char)


def _numbers(text: str) -> Iterator[Fault]:
    """Numbers, in digits or in words: those of the evidence too, for each of them has a key."""
    spans = [*numerals(text), *(m.span() for m in LATIN.finditer(text) if _is_roman(m[0]))]
    yield from (Fault(kind=FaultKind.NUMBER, found=text[slice(*span)]) for span in spans)


def _is_roman(word: str) -> bool:
    """Whether Latin letters are a Roman numeral; “I” alone is a word."""
    return word not in ("I", "mix") and ROMAN.fullmatch(word.lower()) is not None


def _dates(text: str) -> Iterator[Fault]:
    """Words that say which year or day is meant; those of the evidence too have keys."""
    spans = (m.span() for m in load_guard_words().date.finditer(text))
    yield from (Fault(kind=FaultKind.DATE, found=text[slice(*span)]) for span in spans)


def _scripts(text: str, words: str, language: Language) -> Iterator[Fault]:
    """Letters of another script than the asker's, unless the evidence has the same words."""
    known = {word.lower() for word in LATIN.findall(words)}
    strange = {c for c in text if c.isalpha() and not (HAN.match(c) or LATIN.match(c))}
    strange -= {c for c in strange if is_numeral(c)}
    yield from (Fault(kind=FaultKind.SCRIPT, found=c) for c in sorted(strange))
    if language is Language.EN:
        runs = [run for run in HAN.findall(text) if run not in words]
    else:
        runs = [run for run in LATIN.findall(text) if run.lower() not in known]
    yield from (Fault(kind=FaultKind.SCRIPT, found=run) for run in dict.fromkeys(runs))


def _names(text: str, words: str, names: Names) -> Iterator[Fault]:
    """Names of bodies and places that the evidence does not hold, known ones and what ends so."""
    lower, evidence = text.lower(), words.lower()
    for name in sorted(names(lower)):
        if name not in evidence:
            yield Fault(kind=FaultKind.NAME, found=name)
    known = load_guard_words()
    for found in known.ending.finditer(text):
        generic = found[0][0] in known.generic or found[0] in known.no_names
        if not generic and found[0] not in words:
            yield Fault(kind=FaultKind.NAME, found=found[0])
    for word in LATIN.finditer(text):
        begins = BEGINNING.search(text[: word.start()]) is not None
        if _proper(word[0], begins=begins) and word[0].lower() not in evidence:
            yield Fault(kind=FaultKind.NAME, found=word[0])


def _proper(word: str, *, begins: bool) -> bool:
    """Whether an English word is written as a name; at the beginning of a sentence, if unknown."""
    lower = word.lower()
    if word[1:] != lower[1:]:
        return True
    known = begins and not {lower, singular(lower)}.isdisjoint(_english())
    return word != lower and not known


@cache
def _english() -> frozenset[str]:
    """English words that are no names."""
    lexicon = load_lexicon()
    return english_words(lexicon) | lexicon.common | lexicon.function


def _uncited(text: str, material: Material) -> Iterator[Fault]:
    """Sentences without the key of a passage, or with words of a passage that they do not cite."""
    if not material.cited:
        return
    for sentence in SENTENCE.finditer(text):
        keys = [m[1] or m[2] for m in KEY.finditer(sentence[0])]
        said = any(char.isalpha() for char in KEY.sub("", sentence[0])) or bool(keys)
        of = {item.of for key in keys if (item := material.item(key)) and item.of is not None}
        if said and not (any(key.startswith("p") for key in keys) and of <= set(keys)):
            yield Fault(kind=FaultKind.UNCITED, found=sentence[0].strip())


def unsupported(
    answer: Answer, also: Iterable[str] = (), numbers: Collection[str] = frozenset()
) -> set[str]:
    """Numbers in the answer's text that its evidence does not hold; empty is good.

    Evidence is what the answer carries: the figures (value, printed text, report, labels),
    the checks, the quotations, the computed value and its formula; ``also`` are texts that
    belong to the question itself (its own words, names of reports), ``numbers`` those of such
    texts that were read before.
    """
    allowed: set[str] = set(numbers)
    for text in _evidence(answer):
        allowed |= numbers_in(text)
    for text in also:
        allowed |= numbers_in(text)
    return numbers_in(answer.text) - allowed


def _evidence(answer: Answer) -> Iterable[str]:
    if answer.value is not None:
        yield plain_number(answer.value)
    yield answer.formula or ""
    yield answer.understood  # names the rows that a report does not have
    for figure in answer.figures:
        yield from _shown((figure.value, *figure.candidates))
        yield from (figure.printed, figure.citation, figure.row_label, figure.column_label)
        yield str(figure.year or "")
    for passage in answer.passages:
        yield from (passage.quote, passage.citation, passage.section_title)
    for check in (*answer.checks, *(answer.refusal.checks if answer.refusal else ())):
        yield from (check.code, check.equation, check.sentence, check.scope_label)
    if answer.clarify is not None:
        yield str(len(answer.clarify.candidates))
        for candidate in answer.clarify.candidates:
            yield candidate.title


def _shown(values: Iterable[Number | None]) -> Iterable[str]:
    for value in values:
        if value is not None:
            yield plain_number(max(value, -value))
