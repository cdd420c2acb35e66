"""What the words of a question name: rows, columns, operations, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.lexicon import Lexicon, hint
from assistant.understanding.leftover import loose_runs, residual, says_something, things_done
from assistant.words.mentions import MASK, NUMBER, QUOTED, Mention, find, longest, mask
from index.formats import load_forms
from index.report import Number, Span
from index.words import load_glossary, load_names

LEAST_NAME = 4
"""Characters of a name that is taken for one without quotation marks."""
DOING = frozenset(
    {
        "quote",
        "reports",
        "share",
        "ratio",
        "difference",
        "growth",
        "sum",
        "compare",
        "verify",
        "why",
    }
)
"""Operations whose words are not looked for in running text."""
CHANGES = frozenset({"growth", "difference"})
"""Operations whose words may also tell what came before."""
EVERY_ROW = "*"
"""Key of the words that each row of a table implies."""
CHOOSING = frozenset({"which_reports", "how_many_reports"})
"""Operations whose words may hold the number of their condition."""
BOUNDS = frozenset({"more_than", "less_than"})
HAN_COUNT = re.compile("[一二两三四五六七八九十百千万]+[件份条个项次]")
NEGATED = re.compile(
    r"(?:(?<!有)没有?|不是|不算|除了?|既没有?|也没有?|非)(?:被|判)?$"
    r"|\b(?:rather than|instead of|other than|except(?: for)?|excluding|not)"
    r"(?: (?:from|by|for|the))*\s*$"
)


@dataclass
class Heard:
    """All that was recognised in one question.

    ``residual`` are content words that nothing explained, ``unknown`` those of them that are no
    known word, ``foreign`` those that name a column of another table, ``loose`` runs of single
    characters that may be a slip, ``strange`` runs of one or more with a character that is no
    common word. ``content`` is the question as search words, ``said`` the whole of it but bodies
    and years. ``one_report``: a single report is named, ``several``: each of several is asked for,
    ``left_out``: rows only to be left out. ``operations`` are the keys of the actions, ``acts``
    their mentions.
    """

    text: str
    rows: list[Mention] = field(default_factory=list)
    columns: list[Mention] = field(default_factory=list)
    acts: list[Mention] = field(default_factory=list)
    claimed: Number | None = None
    residual: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    content: str = ""
    said: str = ""
    one_report: bool = False
    several: bool = False
    left_out: list[Mention] = field(default_factory=list)

    @property
    def tables(self) -> set[str]:
        """Tables that the rows belong to."""
        return {m.kind for m in self.rows}

    @property
    def blocking(self) -> list[str]:
        """The words left over that keep a table figure away.

        Where only a weak word names a row (办, 提), a stray character too: 网办率.
        """
        if self.rows and not any(m.strong for m in self.rows):
            return [*self.residual, *self.strange]
        return self.residual

    @property
    def operations(self) -> set[str]:
        """Keys of the operations that some words name."""
        return {m.key for m in self.acts}


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
    whole = masked
    strong = [m for p in lexicon.rows if p.strong for m in find(p, masked)]
    heard.left_out = _left_out(strong, text)
    masked = mask(masked, _words(heard.left_out))
    phrases = _set_phrases(masked)
    strong = [m for m in strong if m not in heard.left_out and not _part_of(m, phrases)]
    heard.rows = _one_table(longest(strong), strong)
    seen = mask(masked, _words(_same_keys(strong, heard.rows)))
    heard.columns = _columns(heard, seen, lexicon, tables)
    seen = mask(seen, _words(heard.columns))
    heard.columns = _not_set_aside(_without_negated(heard, text), text)
    if heard.tables == {"t4"}:
        seen = mask(seen, (m.span() for m in hint("people").finditer(text)))
    named = _words(heard.rows)
    plain = mask(masked, [*phrases, *(m.span(1) for m in QUOTED.finditer(masked))])
    acts = [m for p in lexicon.operations for m in find(p, plain) if not _inside(m.words, named)]
    heard.acts = [m for m in acts if not _is_over(m, plain)]
    seen = mask(seen, _words(heard.acts))
    if not heard.rows:
        weak = [m for p in lexicon.rows if not p.strong for m in find(p, seen)]
        heard.rows = longest(weak)[:1]
        seen = mask(seen, _words(heard.rows))
    heard.claimed, seen = _number_in(seen, plain, heard.acts)
    seen = _without_conditions(seen, lexicon)
    seen = mask(seen, _words(_implied(heard.rows, seen, lexicon)))
    labels = "".join(_label_of(row) for row in heard.rows)
    left = [*residual(text, seen, lexicon), *things_done(text, seen, lexicon)]
    heard.foreign = ["".join(text[a:b] for a, b in m.words) for m in _foreign(heard)]
    left += [(word, True) for word in heard.foreign]
    left += [(word, True) for word in (*_undone(heard, seen), *_narrowing(heard, masked))]
    heard.residual = [word for word, _ in left if word not in labels]
    heard.unknown = [word for word, known in left if not known]
    loose = loose_runs(text, seen)
    heard.loose = [run for run in loose if len(run) > 1]
    heard.strange = [run for run in loose if says_something(run, lexicon)]
    heard.content = _content(whole, heard.acts)
    heard.said = whole.replace(MASK, " ").strip()
    return heard


def _is_over(act: Mention, text: str) -> bool:
    """Whether a change is told of as past, and not asked for: 压减以后还有几个."""
    after = text[act.span[1] :]
    return act.key in CHANGES and hint("afterwards").match(after) is not None


def _implied(rows: Sequence[Mention], seen: str, lexicon: Lexicon) -> list[Mention]:
    """Words that say of a row what its name says anyhow: a court beside a suit."""
    named = {(m.kind, key) for m in rows if m.strong for key in (m.key, EVERY_ROW)}
    return [m for p in lexicon.companions if (p.kind, p.key) in named for m in find(p, seen)]


def _undone(heard: Heard, seen: str) -> list[str]:
    """What says that some of the cases of a row are meant, by an outcome that no column has."""
    if heard.tables != {"t4"} or heard.columns:
        return []
    return [m[0] for m in hint("undone").finditer(seen)]


def _narrowing(heard: Heard, masked: str) -> list[str]:
    """What makes less of a row than all of it, and names none: half of the year, one court."""
    named = _words([*heard.rows, *heard.columns, *heard.acts])
    found = hint("narrowing").finditer(masked) if heard.rows or heard.columns else ()
    return [m[0] for m in found if not _inside([m.span()], named)]


def _without_conditions(seen: str, lexicon: Lexicon) -> str:
    """A question without the comparisons that reports are chosen by, and their numbers."""
    compared = [m for p in lexicon.conditions if p.key in BOUNDS for m in find(p, seen)]
    if not compared:
        return seen
    return mask(mask(seen, _words(compared)), (m.span() for m in HAN_COUNT.finditer(seen)))


def _set_phrases(text: str) -> list[Span]:
    """Places of names in which no word means itself: 最多跑一次."""
    names = (name for name in load_names().generic_names if len(name) >= LEAST_NAME)
    return [m.span() for name in names for m in re.finditer(re.escape(name), text)]


def _part_of(mention: Mention, phrases: Iterable[Span]) -> bool:
    """Whether a row is named only by a part of a set phrase: 信访 in 阳光信访."""
    start, end = mention.span
    return any(a <= start and end <= b and mention.size < b - a for a, b in phrases)


def _label_of(row: Mention) -> str:
    """The printed label of a row in every form, "" for a row that no form prints."""
    names = (form.names.get(row.kind, ({}, {}))[0].get(row.key, "") for form in load_forms())
    return " ".join(names)


def _left_out(rows: Sequence[Mention], text: str) -> list[Mention]:
    """Rows named only to be left out: 许可之外的其他事项, 除了甲、乙之外."""
    named = mask(text, _words(longest(list(rows))))
    after, before = hint("left_out_after"), hint("left_out_before")
    return [m for m in rows if after.match(named[m.span[1] :]) or before.search(text[: m.span[0]])]


def _number_in(seen: str, plain: str, acts: Iterable[Mention]) -> tuple[int | None, str]:
    """The first whole number that a question states, and what is not explained without it.

    The words of a choice (列出超过50件的单位) may hold it, those of other operations may not.
    """
    chosen = _words(m for m in acts if m.key in CHOOSING)
    rest = mask(plain, chosen)
    text = "".join(
        told if told != left else other for told, left, other in zip(plain, rest, seen, strict=True)
    )
    found = [m for m in NUMBER.finditer(text) if "." not in m[0]]
    claimed = next((number for m in found if (number := int(m[0].replace(",", "")))), None)
    return claimed, mask(seen, (m.span() for m in found))


def _not_set_aside(columns: list[Mention], text: str) -> list[Mention]:
    """Columns without those that a clause sets aside: 除了企业、律所那些，其他组织提了几件."""
    aside = [m.span() for m in hint("set_aside").finditer(text)]
    return [m for m in columns if not _inside(m.words, aside)] or columns


def _inside(parts: list[Span], named: list[Span]) -> bool:
    """Whether all parts of a mention lie within the words of others."""
    return all(any(a <= p[0] and p[1] <= b for a, b in named) for p in parts)


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


def _without_negated(heard: Heard, text: str) -> list[Mention]:
    """Columns but those that are not meant; 除自然人以外 means all other kinds of applicant."""
    none = hint("which").search(text)  # 哪家没有企业申请 asks for the column
    kept = [
        m
        for m in heard.columns
        if (negated := NEGATED.search(text[: m.span[0]])) is None
        or (none and negated[0].startswith("没"))
    ]
    named = [m for m in heard.columns if m not in kept]
    out = _left_out(named, text)
    people = [m for m in out if (m.kind, m.key) == ("t3", "natural_person")]
    if len(people) != len(out) or not people or any(m.key != "total" for m in kept):
        return kept
    heard.left_out = [*heard.left_out, *people]
    return [*kept, replace(people[0], key="organisations")]


def _same_keys(found: Iterable[Mention], kept: Iterable[Mention]) -> list[Mention]:
    """All mentions of the keys that were kept: 新收申请 and 申请多少件 say the same."""
    keys = {(m.kind, m.key) for m in kept}
    return [m for m in found if (m.kind, m.key) in keys]


def _words(mentions: Iterable[Mention]) -> list[Span]:
    return [span for mention in mentions for span in mention.words]


def _content(masked: str, acts: list[Mention]) -> str:
    """The question as search words: without bodies, years, and what is to be done.

    A word of an English phrase that reports have a name for (connection rate) stays.
    """
    phrases = [span for _, span, _ in load_glossary().find(masked)]
    doing = _words(m for m in acts if m.key in DOING)
    doing = [d for d in doing if not any(a <= d[0] and d[1] <= b for a, b in phrases)]
    return mask(masked, doing).replace(MASK, " ").strip()


def _columns(heard: Heard, seen: str, lexicon: Lexicon, expected: frozenset[str]) -> list[Mention]:
    """Columns of the tables that the rows belong to; without rows, of those expected."""
    tables = heard.tables or (expected - {"prose"}) or {"t3", "t4"}
    found = [m for p in lexicon.columns if p.kind in tables for m in find(p, seen)]
    return longest(found)


def _foreign(heard: Heard) -> list[Mention]:
    """Columns of a table that no row named belongs to: requests that were upheld."""
    rows = heard.tables
    return [m for m in heard.columns if rows and m.kind not in rows and m.key != "total"]
