"""How people ask: words for rows, columns, operations and places, as checked data files.

A pattern is a regular expression over the folded question. ``{name}`` in it stands for a notion
of ``concepts.yaml``, with all the words that people have for it; ``…`` for a few characters (in
English words) in between, which stay unexplained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from pathlib import Path

from pydantic import Field, RootModel

from index.errors import LexiconError
from index.report import Record
from index.words import load_glossary
from index.words.load import read_words

FOLDER = Path(__file__).parent
PARTS = "received granted denied unable not_processed other_results totals regulation disputes"
ROWS = tuple(f"rows/{part}.yaml" for part in PARTS.split())
"""The files of rows; of two patterns that fit alike the first listed counts."""
HAN = re.compile("[\u3400-\u9fff]")
NOTION = re.compile(r"\{([a-z_]+)\}")
LATIN = re.compile(r"(?<!\\)[a-z]{2}")
GROUP = re.compile(r"\(\?P<(next_year|previous_year)>")
GAP = {
    "zh": "[^,，。;；?？!！\\s占和与]{0,6}?",
    "en": r"(?:[ ,]+(?!(?:and|plus|minus|versus)\b)[\w\x00'-]+){0,4}?",
}
AFTER_GAP = {"zh": "", "en": " ?"}
SPACE = re.compile(r"(\[(?:\\.|[^\]])*\])| ")
"""A space of a pattern, or a class of characters, which may hold one."""


class Phrases(Record):
    """Patterns for one key: ``strong`` ones name it by themselves, ``weak`` ones by default."""

    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()


class TermWords(Record):
    """A file of ``rows`` or ``columns.yaml``: table, then key, then patterns."""

    t2: dict[str, Phrases] = Field(default={})
    t3: dict[str, Phrases] = Field(default={})
    t4: dict[str, Phrases] = Field(default={})


class Companions(Record):
    """``companions.yaml``: table, then row, then patterns of what its name implies."""

    t2: dict[str, tuple[str, ...]]
    t3: dict[str, tuple[str, ...]]
    t4: dict[str, tuple[str, ...]]


class Concepts(Record):
    """``concepts.yaml``: the words for one notion, Chinese and English apart."""

    zh: dict[str, tuple[str, ...]]
    en: dict[str, tuple[str, ...]]


class Actions(Record):
    """``operations.yaml``: operations, conditions on a number, small talk."""

    operations: dict[str, tuple[str, ...]]
    conditions: dict[str, tuple[str, ...]]
    chat: dict[str, tuple[str, ...]]


class Common(Record):
    """``common.yaml``: words that ask for nothing more, and words that slips are corrected to."""

    zh: str
    tables: str
    en: str
    tables_en: str
    telling: str
    vocabulary: tuple[str, ...]


class Hints(RootModel[dict[str, tuple[str, ...]]]):
    """``hints.yaml``: patterns by the name of what they hint at."""


class BodyWords(Record):
    """``bodies.yaml``: words in the names of bodies, and of what bodies are called by."""

    body_words: dict[str, tuple[str, ...]]
    body_fillers: tuple[str, ...]
    body_nouns: tuple[str, ...]
    kind_nouns: tuple[str, ...]
    place_nouns: tuple[str, ...]
    compounds: tuple[str, ...]
    government_names: tuple[str, ...]
    between: tuple[str, ...]
    unit_shorts: dict[str, str]
    unit_goes_on: str
    before_units: tuple[str, ...]
    nations: tuple[str, ...]
    whole_nation: tuple[str, ...]
    peoples: tuple[str, ...]
    unit_begins: tuple[str, ...]
    no_level: str
    described_before: str
    described_after: str


class Places(Record):
    """``places.yaml``: names of provinces and cities, without their ending."""

    provinces: tuple[str, ...] = Field(min_length=1)
    cities: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern and what it stands for: ``kind`` is a table or the list's name."""

    kind: str
    key: str
    strong: bool
    regex: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """All patterns, compiled, and the plain lists.

    ``function`` are words without content anywhere, ``common`` those and what the tables are about
    anyhow; ``telling`` are the single characters that have content. ``places`` are in the order of
    their file, so that the same question always finds the same. ``companions`` are words that a row
    implies.
    """

    rows: tuple[Pattern, ...]
    columns: tuple[Pattern, ...]
    operations: tuple[Pattern, ...]
    conditions: tuple[Pattern, ...]
    chat: tuple[Pattern, ...]
    companions: tuple[Pattern, ...]
    hints: Mapping[str, re.Pattern[str]]
    function: frozenset[str]
    common: frozenset[str]
    telling: frozenset[str]
    vocabulary: tuple[str, ...]
    bodies: BodyWords
    places: tuple[str, ...]

    @cached_property
    def known_english(self) -> frozenset[str]:
        """Words that are no name of a place, English ones among them."""
        known = {word for phrase in load_glossary().terms for word in phrase}
        bodies = self.bodies
        own = (
            *bodies.body_words,
            *bodies.body_fillers,
            *bodies.body_nouns,
            *bodies.kind_nouns,
            *bodies.place_nouns,
        )
        return frozenset((*known, *self.common, *own, *self.vocabulary))


@cache
def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Load, check and compile the lexicon.

    Raises:
        LexiconError: a file is missing or malformed, or a pattern does not compile; the error
            names the file and the key.
    """
    compiler = _compiler(folder)
    actions = read_words(folder / "operations.yaml", Actions)
    common = read_words(folder / "common.yaml", Common)
    places = read_words(folder / "places.yaml", Places)
    return Lexicon(
        rows=tuple(
            pattern
            for name in ROWS
            for pattern in compiler.terms(name, read_words(folder / name, TermWords))
        ),
        columns=compiler.terms("columns.yaml", read_words(folder / "columns.yaml", TermWords)),
        operations=compiler.lists("operations", actions.operations),
        conditions=compiler.lists("conditions", actions.conditions),
        chat=compiler.lists("chat", actions.chat),
        companions=compiler.companions(read_words(folder / "companions.yaml", Companions)),
        hints=compiler.hints(read_words(folder / "hints.yaml", Hints).root),
        function=frozenset((*common.zh.split(), *common.en.split())),
        common=frozenset(" ".join((common.zh, common.tables, common.en, common.tables_en)).split()),
        telling=frozenset(common.telling),
        vocabulary=common.vocabulary,
        bodies=read_words(folder / "bodies.yaml", BodyWords),
        places=tuple(dict.fromkeys((*places.provinces, *places.cities))),
    )


@cache
def _compiler(folder: Path) -> _Compiler:
    return _Compiler(read_words(folder / "concepts.yaml", Concepts))


def compile_pattern(pattern: str, place: str) -> re.Pattern[str]:
    """A pattern with notions and gaps as a regular expression; ``place`` is named in errors.

    Raises:
        LexiconError: it does not compile, or there is no such notion.
    """
    return _compiler(FOLDER).compile(pattern, place)


def hint(name: str) -> re.Pattern[str]:
    """The pattern of a hint of ``hints.yaml``.

    Raises:
        KeyError: there is no such hint.
    """
    return load_lexicon().hints[name]


class _Compiler:
    """Patterns with notions and gaps to regular expressions."""

    def __init__(self, concepts: Concepts) -> None:
        self._notions: dict[str, dict[str, str]] = {
            language: {name: f"(?:{'|'.join(words)})" for name, words in known.items()}
            for language, known in (("zh", concepts.zh), ("en", concepts.en))
        }

    def terms(self, name: str, words: TermWords) -> tuple[Pattern, ...]:
        return tuple(
            Pattern(table, key, strong, self.compile(pattern, f"{name}: {table}.{key}"))
            for table in ("t3", "t2", "t4")
            for key, phrases in getattr(words, table).items()
            for strong, patterns in ((True, phrases.strong), (False, phrases.weak))
            for pattern in patterns
        )

    def companions(self, words: Companions) -> tuple[Pattern, ...]:
        return tuple(
            Pattern(table, key, True, self.compile(pattern, f"companions.yaml: {table}.{key}"))
            for table in ("t3", "t2", "t4")
            for key, patterns in getattr(words, table).items()
            for pattern in patterns
        )

    def lists(self, name: str, lists: Mapping[str, Iterable[str]]) -> tuple[Pattern, ...]:
        return tuple(
            Pattern(name, key, True, self.compile(pattern, f"operations.yaml: {name}.{key}"))
            for key, patterns in lists.items()
            for pattern in patterns
        )

    def hints(self, hints: Mapping[str, Iterable[str]]) -> dict[str, re.Pattern[str]]:
        found = {}
        for name, patterns in hints.items():
            try:
                texts = [self._with_notions(pattern) for pattern in patterns]
                found[name] = re.compile("|".join(f"(?:{text})" for text in texts))
            except (re.error, KeyError) as error:
                raise LexiconError(
                    f"无效的表达式 (bad pattern): {error}", place=f"hints.yaml: {name}"
                ) from error
        return found

    def compile(self, pattern: str, place: str) -> re.Pattern[str]:
        """One pattern; an English one matches whole words only."""
        language = self._language(pattern)
        try:
            text = _named_apart(self._with_notions(pattern), language)
            if language == "en":
                text = SPACE.sub(lambda m: m[1] or "[ -]", text)  # other-handling, state-secret
                text = rf"(?<![a-z])(?:{text})(?![a-z])"
            return re.compile(text)
        except (re.error, KeyError) as error:
            raise LexiconError(
                f"无效的表达式 (bad pattern) {pattern!r}: {error}", place=place
            ) from error

    def _with_notions(self, pattern: str) -> str:
        """A pattern with the words of its notions in place of their names."""
        language = self._language(pattern)
        return NOTION.sub(lambda m: self._notions[language][m[1]], pattern)

    def _language(self, pattern: str) -> str:
        """Language of a pattern: its notions are looked up there."""
        if HAN.search(pattern):
            return "zh"
        named = NOTION.findall(pattern)
        if LATIN.search(NOTION.sub("", GROUP.sub("", pattern))):
            return "en"
        return "zh" if all(name in self._notions["zh"] for name in named) else "en"


def _named_apart(text: str, language: str) -> str:
    """Gaps and years as groups, each under a name of its own: gap_1, next_year_2."""
    number = count(1)
    gap, after = GAP[language], AFTER_GAP[language]
    text = re.sub("…", lambda _: f"(?P<gap_{next(number)}>{gap}){after}", text)
    text = GROUP.sub(lambda m: f"(?P<{m[1]}_{next(number)}>", text)
    return text.replace(r"\w+", r"[\w\x00'-]+") if language == "en" else text
