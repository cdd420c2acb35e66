"""Which reports a question means: by body, region, year, or anything a report says.

A place that no indexed report belongs to is *missing*, and its question is refused rather
than answered from a report that merely mentions the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.lexicon import Lexicon, hint
from assistant.library.directory import LEAST_SAYING, Directory
from assistant.library.english_bodies import BodyPhrase, body_phrases, english_unit, fits
from assistant.library.naming import match_bodies, overlap
from assistant.library.units import LEAST_CORE, LEVELS, cores
from assistant.words.mentions import MASK, holds, mask
from assistant.words.slips import by_spelling, sounds, spelt
from index.report import ReportCard, Span
from index.script import fold
from index.words import load_names

LEAST_PLACE = 3
"""Characters of a place's name with its level."""
LONGEST_SPELT = 4
"""Words in which a name is spelt in pinyin."""
BODY_ENDING = re.compile(r"(?:局|委员会|办公室|街道|中心)$")
UNKNOWN_PLACE = re.compile(
    r"(?:^|[\x00,，。?？和与跟同、\s])(?:请问|查|问)?"
    r"(?P<name>(?![全本我该各哪这那])[\u3400-\u9fff]{2,5}?(?:市|县|区|镇|乡|州|旗)"
    r"(?:[\u3400-\u9fff]{0,8}?(?:局|委员会|办公室|人民政府|政府|街道|中心))?)"
    r"(?=[\x00的\d在,，。?？\s]|$|去年|今年|一共|共|收|新|公开|有)"
)
ASKED_ABOUT = re.compile('[“"「『‘]\n[”"」』’](?!\x00|[这那]份|报告|年报)')
"""What stands between quotation marks (the line break), and is called no report."""
MOST_SAID = 3
"""Things that reports say of themselves by which a question may name one."""
CALLED = r"(?=的?(?:[这那]一?份|报告|年报))"
"""What follows a name by which a report is called."""


@dataclass
class Selection:
    """Reports a question means, and which words said so.

    ``named`` is False where the question says nothing about the report; ``missing`` is a
    place or body that it names and that is not indexed; ``years`` are the years it names,
    ``between`` those that lie within a span of them (2019到2022), ``latest`` how many of the
    newest reports of each body are meant (近三年), 0 where the question does not say;
    ``of_place`` whether a place is named of which only units and lower places are indexed.
    """

    cards: list[ReportCard] = field(default_factory=list)
    named: bool = False
    missing: str | None = None
    years: list[int] = field(default_factory=list)
    between: list[int] = field(default_factory=list)
    latest: int = 0
    covered: list[Span] = field(default_factory=list)
    by_content: bool = False
    groups: list[list[ReportCard]] = field(default_factory=list)
    named_at: list[Span] = field(default_factory=list)
    of_place: bool = False
    years_at: list[tuple[int, Span]] = field(default_factory=list)

    def by_year(self) -> list[list[ReportCard]] | None:
        """The reports of each body in the year said beside it, None where years stand otherwise.

        甲市2021年和乙县2022年 names two reports; 甲市和乙县2021、2022年 names four.
        """
        if not 1 < len(self.groups) == len(self.named_at) == len(self.years_at):
            return None
        places = sorted([*self.named_at, *(span for _, span in self.years_at)])
        bodies, years = set(self.named_at), [span for _, span in self.years_at]
        turns = [place in bodies for place in places]
        if len(set(places)) < len(places) or any(turns[::2]) == any(turns[1::2]):
            return None
        of_year = {span: year for year, span in self.years_at}
        year_of = dict(zip(sorted(self.named_at), sorted(years), strict=True))
        return [
            [c for c in group if c.year == of_year[year_of[at]]]
            for group, at in zip(self.groups, self.named_at, strict=True)
        ]


def select(
    text: str,
    directory: Directory,
    lexicon: Lexicon,
) -> Selection:
    """Reports that the words of a folded question point to, the year left aside.

    Args:
        text: the folded question, years masked.
        directory: all indexed reports.
        lexicon: the words.
    """
    chosen = Selection()
    brands = _brands(text, directory)
    in_pinyin = _spelt_whole(text, brands)
    text = mask(text, in_pinyin)
    matches = [
        (body, m)
        for body, m in match_bodies(text, directory.candidates(text), lexicon)
        if not any(a <= m.span[0] and m.span[1] < b for a, b in brands)
    ]
    for span in sorted({m.span for _, m in matches}):
        group = [body for body, m in matches if m.span == span]
        chosen.groups.append(directory.of_bodies(group))
        chosen.named_at.append(span)
        chosen.covered.append(span)
    chosen.of_place = len(chosen.groups) == 1 and _has_no_government(
        text[slice(*chosen.named_at[0])], chosen.groups[0], lexicon
    )
    rest = mask(text, chosen.covered)
    foreign = _add_english(rest, directory, lexicon, chosen)
    rest = mask(text, chosen.covered)
    other = foreign or _missing_place(rest, directory, lexicon, several=bool(chosen.groups))
    if not chosen.groups or not other:
        _add_by_content(rest, directory, lexicon, chosen)
    if other is not None and not chosen.by_content:
        chosen.missing = other
    chosen.covered.extend([*in_pinyin, *_spelt_again(text, chosen.covered)])
    kept = _narrowed(chosen.groups)
    chosen.groups = [chosen.groups[number] for number in kept]
    chosen.named_at = [chosen.named_at[number] for number in kept]
    chosen.cards = [c for group in chosen.groups for c in group]
    chosen.named = bool(chosen.groups)
    return chosen


def _has_no_government(name: str, group: Sequence[ReportCard], lexicon: Lexicon) -> bool:
    """Whether a name is that of a place with its level (某区), whose own report is not there."""
    if len(name) < LEAST_PLACE or name[-1] not in LEVELS:
        return False
    bodies = {fold(card.body).text for card in group if card.body}
    own = [b for b in bodies if sounds(cores(b)[-1][:LEAST_CORE]) == sounds(name[:LEAST_CORE])]
    governments = (*lexicon.bodies.government_names, *load_names().place_endings)
    return bool(bodies) and not any(b.endswith(governments) for b in own)


def _spelt_whole(text: str, brands: Sequence[Span]) -> list[Span]:
    """Places where a name that is given in Chinese stands in pinyin from end to end."""
    names = {spelt(text[start:end]) for start, end in brands}
    words = list(re.finditer(r"[a-z]+", text)) if names else []
    windows = (
        words[at : at + size] for size in range(1, LONGEST_SPELT + 1) for at in range(len(words))
    )
    return [
        w[0].span()[:1] + w[-1].span()[1:] for w in windows if "".join(m[0] for m in w) in names
    ]


def _spelt_again(text: str, covered: Sequence[Span]) -> list[Span]:
    """Places where a name that is given in Chinese is given in pinyin too: Yibang (一帮)."""
    words = [
        m for m in re.finditer(r"[a-z]{5,}", text) if not any(holds(c, m.span()) for c in covered)
    ]
    if not words:
        return []
    names = ("".join(re.findall("[\u3400-\u9fff]", text[slice(*span)])) for span in covered)
    known = {spelt(name) for name in names}
    return [word.span() for word in words if any(word[0] in name for name in known)]


def _narrowed(groups: list[list[ReportCard]]) -> list[int]:
    """Numbers of the groups that no other narrows: 水务局 … 临溪的 means one body, not two."""
    ids = [frozenset(c.id for c in group) for group in groups]
    kept: list[int] = []
    for number in range(len(groups)):
        narrower = any(other < ids[number] for other in ids)
        again = ids[number] in ids[:number]
        if not narrower and not again:
            kept.append(number)
    return kept


def _brands(text: str, directory: Directory) -> list[Span]:
    """Places of the question that hold a name some report uses for itself (青棠一码办)."""
    starts = [(text.index(name), name) for name in directory.sayings_in(text)]
    return [(start, start + len(name)) for start, name in starts]


def _add_english(
    rest: str, directory: Directory, lexicon: Lexicon, chosen: Selection
) -> str | None:
    """Bodies named in English by what they do (the water bureau), or a name no report has."""
    missing: list[str] = []
    named = tuple(chosen.covered)
    for phrase in body_phrases(rest, lexicon):
        if phrase.names or phrase.places:
            known = not phrase.names and _written(phrase, directory)
        else:
            group = _group_beside(phrase, named)
            known = _add_unit(phrase, group, directory, lexicon, chosen)
        if not known:
            missing.append(rest[slice(*phrase.span)].replace(MASK, "").strip().title())
    return missing[0] if missing else None


def _written(phrase: BodyPhrase, directory: Directory) -> bool:
    """Whether a report that names no body has a place of the phrase in its text."""
    return any(directory.is_written(place) for place in phrase.places)


def _add_unit(
    phrase: BodyPhrase,
    group: int | None,
    directory: Directory,
    lexicon: Lexicon,
    chosen: Selection,
) -> bool:
    """Choose the bodies that do what a phrase says, of the group named beside it or of all.

    False where there is none and the question names no other.
    """

    def does(name: str) -> bool:
        return fits(phrase.units, name, lexicon.bodies)

    if group is None:
        cards = directory.of_unit(does)
        if cards:
            chosen.groups.append(cards)
            chosen.named_at.append(phrase.span)
            chosen.covered.append(phrase.span)
        return bool(chosen.groups)
    cards = [card for card in chosen.groups[group] if does(card.body or "")]
    chosen.groups[group] = cards or chosen.groups[group]
    chosen.covered.append(phrase.span)
    return bool(cards)


def _group_beside(phrase: BodyPhrase, named: Sequence[Span]) -> int | None:
    """Which of the bodies named before the phrase says more about."""
    for number, span in enumerate(named):
        if phrase.beside is not None and overlap(phrase.beside, span):
            return number
    return None


def _missing_place(
    rest: str, directory: Directory, lexicon: Lexicon, *, several: bool
) -> str | None:
    """A place or body that is named and not indexed."""
    unknown = UNKNOWN_PLACE.search(rest)
    if unknown is not None:
        name, before = unknown["name"], rest[: unknown.start("name")]
        foreign = (
            BODY_ENDING.search(name)
            or not directory.knows_place_of(name)
            or (not several and directory.knows_place_of(name[:-1]))  # of another level
        )
        if foreign and (not several or before.endswith(tuple("和与跟同、"))):
            return name
    known = directory.places_of_nameless
    for place in sorted(lexicon.places, key=len, reverse=True):
        position = rest.find(place)
        if position < 0 or place in known:
            continue
        joined = rest[position - 1 : position] in "和与跟同、比" and position > 0
        if joined or not several:
            tail = re.match(
                r"[市省]?(?:[\u3400-\u9fff]{1,8}?(?:局|委|(?<!大)厅|办公室|政府))?",
                rest[position + len(place) :],
            )
            return place + (tail[0] if tail else "")
    if not several and re.search("[a-z]{4,}", rest):
        return _missing_latin(rest, lexicon)
    return None


def _missing_latin(rest: str, lexicon: Lexicon) -> str | None:
    spelled = by_spelling(lexicon.places)
    for word in re.finditer(r"[a-z]{5,}", rest):
        if word[0] in spelled:  # of two that are spelt alike (苏州, 宿州) the first listed
            return f"{word[0].capitalize()} ({spelled[word[0]][0]})"
    return None


def _add_by_content(
    rest: str,
    directory: Directory,
    lexicon: Lexicon,
    chosen: Selection,
) -> None:
    """Reports named by what they say: a brand or app of their own, or a place in their text."""
    already = {c.id for group in chosen.groups for c in group}
    spans: dict[Span, list[ReportCard]] = {}
    said: set[Span] = set()
    for card in directory.saying(rest):
        if (chosen.groups and card.body is not None) or card.id in already:
            continue
        for span in _sayings_in(rest, card, lexicon, directory):
            spans.setdefault(_described(rest, span, lexicon), []).append(card)
            said.add(span)
    placed = {span for span in spans if rest[slice(*span)].startswith(lexicon.places)}
    first = sorted(spans, key=lambda s: (s not in placed, _in_quotes(rest, s), s[0] - s[1]))
    for span in first[:MOST_SAID]:
        group = spans[span]
        if any(overlap(span, other) for other in chosen.covered):
            continue
        if {c.id for c in group} <= {c.id for known in chosen.groups for c in known}:
            if span in placed:  # else it is something that the report is asked about
                chosen.covered.append(span)
        elif not (chosen.groups and _in_quotes(rest, span)) and len(group) <= _half(directory):
            chosen.groups.append(group)
            chosen.named_at.append(span)
            chosen.by_content = True
            if len(group) == 1 or any(c.body is None for c in group) or span not in said:
                chosen.covered.append(span)  # else it tells no report apart, and is asked about


def _half(directory: Directory) -> int:
    """Half of the reports, one at least: what more of them say tells none apart."""
    return max(1, len(directory.cards) // 2)


def _in_quotes(rest: str, span: Span) -> bool:
    """Whether words stand between quotation marks and are called no report."""
    return ASKED_ABOUT.search(f"{rest[: span[0]]}\n{rest[span[1] :]}") is not None


def _described(rest: str, span: Span, lexicon: Lexicon) -> Span:
    """The whole of what a body is called by: 推广某码的那个单位, not 某码 alone."""
    after = re.match(lexicon.bodies.described_after, rest[span[1] :])
    if after is None:
        return span
    before = re.search(
        f"(?<![\u3400-\u9fff])(?:{lexicon.bodies.described_before})$", rest[: span[0]]
    )
    return (before.start() if before else span[0], span[1] + after.end())


def _names_a_row(saying: str, lexicon: Lexicon) -> bool:
    """Whether what a report puts in quotation marks is a row of its tables: “不予公开”."""
    return any(p.strong and p.regex.fullmatch(saying) for p in lexicon.rows)


def _opening_of(name: str, rest: str) -> Span | None:
    """Where a report is called by the beginning of its name: 一码那份."""
    for size in range(len(name) - 1, LEAST_SAYING - 1, -1):
        found = re.search(re.escape(name[:size]) + CALLED, rest)
        if found is not None:
            return found.start(), found.start() + size
    return None


def _sayings_in(rest: str, card: ReportCard, lexicon: Lexicon, directory: Directory) -> list[Span]:
    """Where words name a report by what it says.

    A report without a body goes by the end of its name too; that of any but its first must be
    called a report (某某网那份), else it is what is asked about.
    """
    spans = []
    for number, name in enumerate(card.says):
        by_end = len(name) - LEAST_SAYING + 1 if card.body is None else 1
        for start in range(max(1, by_end)):
            part = name[start:].lower()
            if start and number and not re.search(re.escape(part) + CALLED, rest):
                continue
            position = rest.find(part)
            if len(part) >= LEAST_SAYING and position >= 0 and not _names_a_row(part, lexicon):
                spans.append((position, position + len(part)))
                break
    return spans + (_nameless(rest, card, lexicon, directory) if card.body is None else [])


def _nameless(rest: str, card: ReportCard, lexicon: Lexicon, directory: Directory) -> list[Span]:
    """Where words name a report without a body by the opening of a name, or a place in its text."""
    spans = [span for name in card.says if (span := _opening_of(name.lower(), rest))]
    written, service = directory.places_of(card), hint("service_of_place")
    for place in lexicon.places:
        position = rest.find(place)
        if position >= 0 and place in written and not service.match(rest, position + len(place)):
            end = position + len(place)
            tail = re.match(r"(?:市|区|县)?(?:区级|市级|县级|那边|那个区)?", rest[end:])
            spans.append((position, end + (tail.end() if tail else 0)))
    for word in re.finditer(r"[a-z]{5,}", rest):
        for place in by_spelling(lexicon.places).get(word[0], ()):
            if place in written:
                unit = english_unit(rest, word.end(), "政府", lexicon)
                spans.append((word.start(), unit[0] if unit is not None else word.end()))
    return spans
