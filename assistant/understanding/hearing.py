"""What the words of a question name: rows, columns, operations, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.lexicon import Lexicon, hint
from assistant.understanding.heard import Heard
from assistant.understanding.leftover import loose_runs, residual, says_something, things_done
from assistant.understanding.narrowed import CHOOSING, Told
from assistant.words.mentions import (
    MASK,
    NUMBER,
    QUOTED,
    Mention,
    find,
    inside,
    longest,
    mask,
    words_of,
)
from index.formats import load_forms
from index.report import Span
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
BOUNDS = frozenset({"more_than", "less_than"})
DERIVED = frozenset({"concluded", "organisations"})
"""Columns that no form prints, the sums of others."""
HAN_COUNT = re.compile("[一二两三四五六七八九十百千万]+[件份条个项次]")
NEGATED = re.compile(
    r"(?:(?<!有)没有?|不是|不算|除了?|既没有?|也没有?|非)(?:被|判)?$"
    r"|\b(?:rather than|instead of|other than|except(?: for)?|excluding|leaving out|setting aside"
    r"|apart from|aside from|not)"
    r"(?: (?:from|by|for|the|those|that are|that were))*\s*$"
)


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
    masked = mask(masked, words_of(heard.left_out))
    phrases = _set_phrases(masked)
    strong = [m for m in strong if m not in heard.left_out and not _part_of(m, phrases)]
    heard.rows = _one_table(longest(strong), strong)
    seen = mask(masked, words_of(_same_keys(strong, heard.rows)))
    heard.columns, reckoned = _told_columns(_columns(heard, seen, lexicon, tables), text)
    seen = mask(seen, [*words_of(heard.columns), *reckoned])
    heard.columns = _not_set_aside(_without_negated(heard, text), heard)
    seen = _without_people(seen, heard)
    named = [*words_of(heard.rows), *_all_applicants(heard.columns, text)]
    plain = mask(masked, [*phrases, *reckoned, *(m.span(1) for m in QUOTED.finditer(masked))])
    acts = [m for p in lexicon.operations for m in find(p, plain) if not inside(m.words, named)]
    heard.acts = [m for m in acts if not _is_over(m, plain)]
    seen = mask(seen, words_of(heard.acts))
    if not heard.rows:
        weak = [m for p in lexicon.rows if not p.strong for m in find(p, seen)]
        heard.rows = longest(weak)[:1]
        seen = mask(seen, words_of(heard.rows))
    heard.claimed, seen = _number_in(seen, plain, heard.acts)
    seen = _without_conditions(seen, lexicon)
    seen = mask(seen, words_of(_implied(heard.rows, seen, lexicon)))
    labels = "".join(_label_of(row) for row in heard.rows)
    left = [*residual(text, seen, lexicon), *things_done(text, seen, lexicon)]
    heard.foreign = ["".join(text[a:b] for a, b in m.words) for m in _foreign(heard)]
    told = Told(heard.rows, heard.columns, heard.acts, masked)
    told_of = (*heard.foreign, *told.undone(seen), *told.narrowing(), *told.of_some())
    left += [(word, True) for word in told_of]
    heard.residual = [word for word, _ in left if word not in labels]
    heard.unknown = [word for word, known in left if not known]
    loose = loose_runs(text, seen)
    heard.loose = [run for run in loose if len(run) > 1]
    heard.strange = [run for run in loose if says_something(run, lexicon)]
    heard.content = _content(whole, heard.acts)
    heard.said = whole.replace(MASK, " ").strip()
    return heard


def _without_people(seen: str, heard: Heard) -> str:
    """A question without people in general where table four is asked for."""
    if heard.tables != {"t4"}:
        return seen
    return mask(seen, (m.span() for m in hint("people").finditer(heard.text)))


def _is_over(act: Mention, text: str) -> bool:
    """Whether a change is told of as past, and not asked for: 压减以后还有几个."""
    after = text[act.span[1] :]
    return act.key in CHANGES and hint("afterwards").match(after) is not None


def _implied(rows: Sequence[Mention], seen: str, lexicon: Lexicon) -> list[Mention]:
    """Words that say of a row what its name says anyhow: a court beside a suit."""
    named = {(m.kind, key) for m in rows if m.strong for key in (m.key, EVERY_ROW)}
    return [m for p in lexicon.companions if (p.kind, p.key) in named for m in find(p, seen)]


def _without_conditions(seen: str, lexicon: Lexicon) -> str:
    """A question without the comparisons that reports are chosen by, and their numbers."""
    compared = [m for p in lexicon.conditions if p.key in BOUNDS for m in find(p, seen)]
    if not compared:
        return seen
    return mask(mask(seen, words_of(compared)), (m.span() for m in HAN_COUNT.finditer(seen)))


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
    named = mask(text, words_of(longest(list(rows))))
    after, before = hint("left_out_after"), hint("left_out_before")
    return [m for m in rows if after.match(named[m.span[1] :]) or before.search(text[: m.span[0]])]


def _number_in(seen: str, plain: str, acts: Iterable[Mention]) -> tuple[int | None, str]:
    """The first whole number that a question states, and what is not explained without it.

    The words of a choice (列出超过50件的单位) may hold it, those of other operations may not.
    """
    chosen = words_of(m for m in acts if m.key in CHOOSING)
    rest = mask(plain, chosen)
    text = "".join(
        told if told != left else other for told, left, other in zip(plain, rest, seen, strict=True)
    )
    found = [m for m in NUMBER.finditer(text) if "." not in m[0]]
    claimed = next((number for m in found if (number := int(m[0].replace(",", "")))), None)
    return claimed, mask(seen, (m.span() for m in found))


def _not_set_aside(columns: list[Mention], heard: Heard) -> list[Mention]:
    """Columns without those that a clause sets aside: 除了企业、律所那些，其他组织提了几件.

    What is left when people are left out stands where they do.
    """
    aside = [m.span() for m in hint("set_aside").finditer(heard.text)]
    rest = {m.span for m in heard.left_out}
    return [m for m in columns if m.span in rest or not inside(m.words, aside)] or columns


def _all_applicants(columns: Sequence[Mention], text: str) -> list[Span]:
    """Words of the total that speak of all who applied: their 加起来 adds nothing else up."""
    of_all = [m for m in columns if m.key == "total"]
    return [m.span for m in of_all if hint("applicants").search(text[slice(*m.span)])]


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
    named = heard.negated = [m for m in heard.columns if m not in kept]
    out = _left_out(named, text)
    people = [m for m in out if (m.kind, m.key) == ("t3", "natural_person")]
    if any(m.key == "organisations" for m in kept):  # 除个人以外、单位提的: said twice
        heard.left_out = [*heard.left_out, *people]
    rest = {m.key for m in kept} <= {"total", "other_org"}  # 除自然人外的其他申请人: all but them
    if len(people) != len(out) or not people or not rest:
        return kept
    heard.left_out = [*heard.left_out, *people]
    totals = [m for m in kept if m.key == "total"]
    return [*totals, replace(people[0], key="organisations")]


def _same_keys(found: Iterable[Mention], kept: Iterable[Mention]) -> list[Mention]:
    """All mentions of the keys that were kept: 新收申请 and 申请多少件 say the same."""
    keys = {(m.kind, m.key) for m in kept}
    return [m for m in found if (m.kind, m.key) in keys]


def _content(masked: str, acts: list[Mention]) -> str:
    """The question as search words: without bodies, years, and what is to be done.

    A word of an English phrase that reports have a name for (connection rate) stays.
    """
    phrases = [span for _, span, _ in load_glossary().find(masked)]
    doing = words_of(m for m in acts if m.key in DOING)
    doing = [d for d in doing if not any(a <= d[0] and d[1] <= b for a, b in phrases)]
    return mask(masked, doing).replace(MASK, " ").strip()


def _told_columns(columns: list[Mention], text: str) -> tuple[list[Mention], list[Span]]:
    """Columns but those that brackets work one out of, and the brackets: 已审结（总数减未审结）.

    Only columns that are sums are told so; elsewhere the brackets may say what is asked for.
    """
    spans = [m.span() for m in hint("worked_out").finditer(text)]
    outside = [m for m in columns if not inside(m.words, spans)]
    derived = spans and any(m.key in DERIVED for m in outside)
    return (outside, spans) if derived else (columns, [])


def _columns(heard: Heard, seen: str, lexicon: Lexicon, expected: frozenset[str]) -> list[Mention]:
    """Columns of the tables that the rows belong to; without rows, of those expected."""
    tables = heard.tables or (expected - {"prose"}) or {"t3", "t4"}
    found = [m for p in lexicon.columns if p.kind in tables for m in find(p, seen)]
    return longest(found)


def _foreign(heard: Heard) -> list[Mention]:
    """Columns of a table that no row named belongs to: requests that were upheld."""
    rows = heard.tables
    return [m for m in heard.columns if rows and m.kind not in rows and m.key != "total"]
