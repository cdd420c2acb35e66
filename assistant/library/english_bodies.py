"""Names of bodies in English: words for what a body does, and phrases that name one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.lexicon import BodyWords, Lexicon
from assistant.library.parts import parts_of
from assistant.words.mentions import MASK, VERBAL, holds
from assistant.words.pinyin import is_pinyin
from assistant.words.slips import by_spelling
from index.report import Span
from index.words import load_names, load_synonyms, singular

TOKEN = re.compile(rf"[a-z]+|{MASK}+")
NEXT = re.compile(r"[\s'’,-]*")
"""What may stand between the words of one name."""
LEAST_NAME = 4
"""Letters of a word below which it is no name of a place."""
LEAST_SLIP = 6
"""Letters of a word below which no slip is allowed."""
MOST_NAMES = 3
"""Words of the name of a place."""
OF = frozenset({"of", "in", "for", "at"})
LEVELS = {
    "city": ("市",), "county": ("县", "旗"), "province": ("省",), "district": ("区",),
    "prefecture": ("州", "区", "盟"), "municipality": ("市",),
}  # fmt: skip
"""How the names of places end that are called so."""
LEVEL = re.compile(rf"[ -](?P<level>{'|'.join(LEVELS)})\b")
BEFORE = re.compile(r"(?P<words>(?:[a-z]+[ -]){1,8})of (?:the )?$")
OFFICE = "office"
"""What any body may be called by, if it is not that of a government."""
BARE = frozenset({"to", "in"})
"""Before a noun without an article: to court, in school."""
JOINING = frozenset({"and", "of", "for"})
"""Words between those of a name: Commission of Science and Technology."""


@dataclass(frozen=True)
class BodyPhrase:
    """Words that name a body.

    ``units`` say what it does, ``places`` are well-known ones, ``names`` words that may be those
    of another. ``beside`` is where the name goes on in words that were understood before, None
    where it does not. ``soft`` is a phrase that may as well say what a text is about (a school).
    """

    span: Span
    units: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[str, ...] = ()
    beside: Span | None = None
    soft: bool = False


def slip_of(word: str, known: Iterable[str]) -> str:
    """A word, or the one of the known words that it is one slip away from."""
    words = known if isinstance(known, (dict, frozenset, set)) else frozenset(known)
    if word in words or len(word) < LEAST_SLIP:
        return word
    from rapidfuzz.distance import OSA

    near = (k for k in words if k[0] == word[0] and OSA.distance(k, word, score_cutoff=1) <= 1)
    return min(near, default=word)


def fits(units: Iterable[str], body: str, words: BodyWords) -> bool:
    """Whether a body's Chinese name holds what English words say of it."""
    own = body.endswith((*load_names().place_endings, "人民政府"))
    name = body.replace("人民政府", "政府")  # which holds no 民政
    return all(
        (own and unit == OFFICE) or any(part in name for part in words.body_words[unit])
        for unit in units
    )


def english_unit(text: str, at: int, body: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """Follow the English words of a body's name behind its place.

    Returns:
        Where they end, and how many of them speak for the body; None where they name another.
    """
    words = lexicon.bodies
    end, said, other = at, 0, False
    parts = parts_of(body)
    level = LEVEL.match(text, at)
    if level and parts.places and not parts.level.endswith(LEVELS[level["level"]]):
        return None
    for match in re.finditer(r"(?:'s|\s|-|,)*([a-z]+)", text[at:]):
        if text[at + match.start() : at + match.start(1)].strip(" '’,-s") or not match[0]:
            break
        word = slip_of(match[1], words.body_words)
        if word in words.body_words and not (word == OFFICE and said):
            agrees = fits([word], body, words)
            other, said = other or not agrees, said + agrees
        elif word in JOINING:
            continue
        elif word not in words.body_fillers:
            break
        end = at + match.end()
        if other and word in words.body_nouns:
            return None
    return (at, 0) if other else (end, said)


def unit_before(text: str, at: int, body: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """The English words of a body's name before "of" and its place: bureau of some place.

    Returns:
        Where they begin, and how many of them speak for the body; None where they name another.
    """
    words = lexicon.bodies
    nouns = {*words.body_nouns, *words.kind_nouns}
    of = BEFORE.search(text, 0, at)
    start, said, named = at, 0, False
    for match in reversed(list(re.finditer("[a-z]+", of["words"] if of else ""))):
        word = slip_of(match[0], words.body_words)
        if word not in {*words.body_words, *words.body_fillers, *JOINING, *nouns}:
            break
        if word in words.body_words and word not in JOINING:
            if word != OFFICE and not fits([word], body, words):
                return None if named else (at, 0)
            said += any(part in body for part in words.body_words[word])
        start, named = match.start() + (of.start() if of else 0), named or word in nouns
    return (start, said) if named else (at, 0)


def is_name(lexicon: Lexicon) -> Callable[[str], bool]:
    """Whether an English word means nothing that is known: it may be the name of a place."""
    known, synonyms = lexicon.known_english, load_synonyms()

    def unknown(word: str) -> bool:
        if (
            len(word) < LEAST_NAME
            or not word.isalpha()
            or (VERBAL.fullmatch(word) and not is_pinyin(word))
            or word in synonyms
        ):
            return False
        return not {word, singular(word)} & known

    return unknown


def body_phrases(text: str, lexicon: Lexicon) -> list[BodyPhrase]:
    """Phrases of a folded text that end in what bodies or places are called in English.

    Those that say neither what the body does nor where it is (the bureau) are left out.
    """
    tokens = [(m[0], m.span()) for m in TOKEN.finditer(text)]
    words = lexicon.bodies
    nouns = {*words.body_nouns, *words.place_nouns, *words.kind_nouns}
    if not any(word in nouns for word, _ in tokens):
        return []
    reader = _Phrases(text, tokens, lexicon)
    found: list[BodyPhrase] = []
    for at in range(len(tokens) - 1, -1, -1):
        if (
            tokens[at][0] not in nouns
            or reader.compound(at)
            or any(holds(p.span, tokens[at][1]) for p in found)
        ):
            continue
        phrase = reader.around(at)
        if phrase.units or phrase.names or phrase.places:
            found.append(phrase)
    return sorted(found, key=lambda p: p.span)


class _Phrases:
    """The words of one text, and which of them belong to the name of a body."""

    def __init__(self, text: str, tokens: Sequence[tuple[str, Span]], lexicon: Lexicon) -> None:
        self.text, self.tokens, self.words = text, tokens, lexicon.bodies
        self.unknown = is_name(lexicon)
        self.places = by_spelling(lexicon.places)
        words = self.words
        self.parts = {*words.body_fillers, *words.body_nouns, *words.place_nouns, *words.kind_nouns}

    def around(self, noun: int) -> BodyPhrase:
        """The phrase that ends in a noun, with what follows it after "of"."""
        first = self._before(noun)
        last = self._after(noun)
        inner = [slip_of(word, self.words.body_words) for word, _ in self.tokens[first : last + 1]]
        beside = self._beside(first, last)
        units = dict.fromkeys(
            w for w in inner if w in self.words.body_words and (w != OFFICE or beside)
        )
        if len(units) > 1:
            units.pop(OFFICE, None)
        names = dict.fromkeys(w for w in inner if self.unknown(w))
        return BodyPhrase(
            span=(self.tokens[first][1][0], self.tokens[last][1][1]),
            units=tuple(units),
            names=tuple(name for name in names if name not in self.places),
            places=tuple(name for name in names if name in self.places),
            beside=beside,
            soft=self.tokens[noun][0] in self.words.kind_nouns,
        )

    def compound(self, at: int) -> bool:
        """Whether a noun is the name of none: government procurement, taken to court."""
        if at and self.tokens[at - 1][0] in BARE and self._meets(at - 1):
            return True
        joined = self.tokens[at][0] == "government" and at + 1 < len(self.tokens)
        return joined and self.tokens[at + 1][0] in self.words.compounds and self._meets(at)

    def _before(self, noun: int) -> int:
        first, names = noun, 0
        for at in range(noun - 1, -1, -1):
            word = self.tokens[at][0]
            if not self._meets(at) or not (self._belongs(word) or word in ("s", "and")):
                break
            names += self.unknown(slip_of(word, self.words.body_words))
            if names > MOST_NAMES:
                break
            if word not in ("s", "and"):
                first = at
        return first

    def _after(self, noun: int) -> int:
        last = noun
        while last + 2 < len(self.tokens) and self.tokens[last + 1][0] in OF:
            begin = last + 2 + (self.tokens[last + 2][0] == "the")
            end = begin
            while end < len(self.tokens) and self._meets(end - 1) and self._goes_on(end):
                end += 1
            if end == begin:
                break
            last = end - 1
        return last

    def _goes_on(self, at: int) -> bool:
        word = self.tokens[at][0]
        return self._belongs(word) or (word == "and" and at + 1 < len(self.tokens))

    def _belongs(self, word: str) -> bool:
        near = slip_of(word, self.words.body_words)
        return near in self.words.body_words or word in self.parts or self.unknown(near)

    def _meets(self, at: int) -> bool:
        """Whether nothing stands between a word and the next."""
        between = self.text[self.tokens[at][1][1] : self.tokens[at + 1][1][0]]
        return NEXT.fullmatch(between) is not None and "," not in between

    def _beside(self, first: int, last: int) -> Span | None:
        """Words understood before that the name goes on in."""
        before = first - 1
        while before >= 0 and self.tokens[before][0] == "s":
            before -= 1
        if before >= 0 and self.tokens[before][0][0] == MASK and self._meets(before):
            return self.tokens[before][1]
        after = last + 1
        if after + 1 < len(self.tokens) and self.tokens[after][0] in OF:
            following = self.tokens[after + 1]
            if following[0] == "the" and after + 2 < len(self.tokens):
                following = self.tokens[after + 2]
            return following[1] if following[0][0] == MASK else None
        return None
