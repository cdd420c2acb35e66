"""What the words of a question name: rows, columns, operations, and what is left over.

The *residual* is the heart of it: content words that nothing explained. A question with a
residual asks for more than the tables hold, and no figure of a neighbouring row may answer it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.lexicon import Lexicon, Pattern
from index.report import Number, Span

MASK = "\x00"
PARTICLES = frozenset("的了吗呢吧啊么几嘛呀")
"""Characters that are hardly ever part of a word of content."""
CONTENT = re.compile(r"[\u3400-\u9fff]+|[a-z][a-z'-]*|\d+(?:\.\d+)?%?")
CENTURY = 100
NEGATED = re.compile(r"(?:(?<!有)没有?|不是|不算|除了?|既没有?|也没有?|非)(?:被|判)?$")
NUMBER = re.compile(r"(?<![\d.a-z-])\d+(?:\.\d+)?(?![\d年])")


@dataclass(frozen=True)
class Mention:
    """Words of the question (``span`` in the folded question) that name a key.

    ``year`` is a year named inside the words (留到2022年办), already turned into the report's
    own; ``gap`` are words inside that belong to something else (谁 … 多).
    """

    kind: str
    key: str
    span: Span
    strong: bool
    year: int | None = None
    gap: Span | None = None

    @property
    def words(self) -> list[Span]:
        """The words themselves: the span without the gap it may enclose."""
        if self.gap is None:
            return [self.span]
        return [(self.span[0], self.gap[0]), (self.gap[1], self.span[1])]


@dataclass
class Heard:
    """All that was recognised in one question."""

    text: str
    rows: list[Mention] = field(default_factory=list)
    columns: list[Mention] = field(default_factory=list)
    operations: set[str] = field(default_factory=set)
    claimed: Number | None = None
    residual: list[str] = field(default_factory=list)
    content: str = ""

    @property
    def tables(self) -> set[str]:
        """Tables that the rows belong to."""
        return {m.kind for m in self.rows}


def hear(
    text: str, covered: Iterable[Span], lexicon: Lexicon, *, tables: frozenset[str] = frozenset()
) -> Heard:
    """Recognise the mentions in a folded question.

    Args:
        text: the folded question.
        covered: spans already explained (names of bodies, years).
        lexicon: the words.
        tables: tables the dialogue has been about, for a question that names no row.
    """
    masked = mask(text, covered)
    heard = Heard(text)
    strong = [m for p in lexicon.rows if p.strong for m in find(p, masked)]
    heard.rows = _one_table(longest(strong), strong)
    seen = mask(masked, _words(_same_keys(strong, heard.rows)))
    heard.columns = _columns(heard, seen, lexicon, tables)
    seen = mask(seen, _words(heard.columns))
    heard.columns = [m for m in heard.columns if not NEGATED.search(text[: m.span[0]])]
    named = _words(heard.rows)
    operations = [
        m
        for p in lexicon.operations
        for m in find(p, masked)
        if not any(a <= m.span[0] and m.span[1] <= b for a, b in named)
    ]
    heard.operations = {m.key for m in operations}
    seen = mask(seen, _words(operations))
    if not heard.rows:
        weak = [m for p in lexicon.rows if not p.strong for m in find(p, seen)]
        heard.rows = longest(weak)[:1]
        seen = mask(seen, _words(heard.rows))
    for match in NUMBER.finditer(seen):
        if heard.claimed is None and "." not in match[0]:
            heard.claimed = int(match[0])
            seen = mask(seen, [match.span()])
    heard.residual = residual(seen, lexicon)
    heard.content = _content(masked, operations, lexicon)
    return heard


def _one_table(rows: list[Mention], found: list[Mention]) -> list[Mention]:
    """Rows of tables two and four, where some are named, without those of table three.

    The former are nouns; verbs beside them (公开了, 没结) name columns there. Rows of an annexed
    table, which are heard only where one is meant, go before all others.
    """
    annexed = [m for m in found if m.kind == "annex"]
    if annexed:
        return longest(annexed)
    others = [m for m in found if m.kind != "t3"]
    if not others or all(m.kind == "t3" for m in rows):
        return rows
    return longest(others)


def _same_keys(found: Iterable[Mention], kept: Iterable[Mention]) -> list[Mention]:
    """All mentions of the keys that were kept: 新收申请 and 申请多少件 say the same."""
    keys = {(m.kind, m.key) for m in kept}
    return [m for m in found if (m.kind, m.key) in keys]


def _words(mentions: Iterable[Mention]) -> list[Span]:
    return [span for mention in mentions for span in mention.words]


def _content(masked: str, operations: list[Mention], lexicon: Lexicon) -> str:
    """The question as search words: without operations and longer words without content.

    Single characters are kept, because they may be part of a word that the text has.
    """
    quoting = [m for m in operations if m.key in ("quote", "reports")]
    text = mask(masked, _words(quoting))
    empty = [m for p in lexicon.ignore for m in find(p, text)]
    text = mask(text, [m.span for m in longest(empty) if m.span[1] - m.span[0] > 1])
    return "".join(" " if c == MASK or c in PARTICLES else c for c in text).strip()


def _columns(heard: Heard, seen: str, lexicon: Lexicon, expected: frozenset[str]) -> list[Mention]:
    """Columns of the tables that the rows belong to; without rows, of those expected."""
    tables = heard.tables or expected or {"t3", "t4"}
    found = [m for p in lexicon.columns if p.kind in tables for m in find(p, seen)]
    return longest(found)


def residual(seen: str, lexicon: Lexicon) -> list[str]:
    """Content words that are left when words without content are taken away.

    A run made only of particles says nothing; at the ends of a longer run they are trimmed,
    within it they may belong to a word.
    """
    ignored = longest([m for p in lexicon.ignore for m in find(p, seen)])
    rest = mask(seen, (m.span for m in ignored))
    particles = lexicon.words.particles
    words = (match[0].strip(particles) for match in CONTENT.finditer(rest))
    return [w for w in words if w and not _says_nothing(w, lexicon)]


def _says_nothing(word: str, lexicon: Lexicon) -> bool:
    return (
        len(word) == 1 and (word in lexicon.words.singles or word.isascii()) and not word.isdigit()
    )


def find(pattern: Pattern, text: str) -> list[Mention]:
    """Matches of one pattern, a year named inside turned into the report's year."""
    return [
        Mention(pattern.kind, pattern.key, match.span(), pattern.strong, _year(match), _gap(match))
        for match in pattern.regex.finditer(text)
        if match.end() > match.start()
    ]


def _gap(match: re.Match[str]) -> Span | None:
    if "gap" not in match.re.groupindex or not match["gap"]:
        return None
    return match.span("gap")


def _year(match: re.Match[str]) -> int | None:
    for name, shift in (("next_year", -1), ("previous_year", 1)):
        if name in match.re.groupindex and match[name]:
            return full_year(int(match[name])) + shift
    return None


def full_year(year: int) -> int:
    """A year in full: 21 is 2021."""
    return year if year >= CENTURY else 2000 + year


def longest(mentions: list[Mention]) -> list[Mention]:
    """Mentions that do not overlap, longer ones first; in the order of the text."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span[0] - m.span[1], m.span[0])):
        if all(mention.span[1] <= k.span[0] or k.span[1] <= mention.span[0] for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span)


def mask(text: str, spans: Iterable[Span]) -> str:
    """The text with some spans blotted out, so that nothing matches across them."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = MASK * (end - start)
    return "".join(characters)
