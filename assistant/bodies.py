"""Which reports a question means: by body, region, year, or anything a report says.

A place that no indexed report belongs to is *missing*, and its question is refused rather
than answered from a report that merely mentions the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from assistant.lexicon import Lexicon
from assistant.mentions import mask
from index.report import ReportCard, Span
from index.script import fold
from index.words import load_names

LONGEST_GAP = 10
LEAST_CORE = 2
LEAST_BRAND = 3
LEAST_UNIT = 3
YEAR = re.compile(r"(?<![\d.〔])(?P<year>20\d\d|\d\d(?=年))\s*(?:年度?)?(?!\s*(?:[件条次万%]|个(?!人)|项(?!目)|号))")
BODY_LIKE_TAIL = re.compile(
    r"[\u3400-\u9fff]{0,10}?(?:局|委员会|管委会|办公室|办公厅|审批办|政务办|人民政府|街道办|街道|厅|中心|法院|检察院)"
)
PLACE_SLIP = re.compile(r"([\u3400-\u9fff]{2,4}?)(?=[市县区镇乡州])")
BODY_ENDING = re.compile(r"(?:局|委员会|办公室|街道|中心)$")
UNKNOWN_PLACE = re.compile(
    r"(?:^|[\x00,，。?？和与跟同、\s])(?:请问|查|问)?(?P<name>(?![全本我该各哪这那])[\u3400-\u9fff]{2,5}?(?:市|县|区|镇|乡|州|旗)"
    r"(?:[\u3400-\u9fff]{0,8}?(?:局|委员会|办公室|人民政府|政府|街道|中心))?)(?=[\x00的\d在,，。?？\s]|$|去年|今年|一共|共|收|新|公开|有)"
)


@dataclass
class Selection:
    """Reports a question means, and which words said so.

    ``named`` is False where the question says nothing about the report; ``missing`` is a
    place or body that it names and that is not indexed; ``years`` are the years it names.
    """

    cards: list[ReportCard] = field(default_factory=list)
    named: bool = False
    missing: str | None = None
    years: list[int] = field(default_factory=list)
    covered: list[Span] = field(default_factory=list)
    by_content: bool = False
    groups: list[list[ReportCard]] = field(default_factory=list)


@dataclass(frozen=True)
class _Match:
    score: int
    span: Span
    government: bool


def find_years(text: str) -> list[tuple[int, Span]]:
    """Years in a folded question, two-digit ones (21年) included."""
    found = []
    for match in YEAR.finditer(text):
        year = int(match["year"])
        found.append((year if year > 100 else 2000 + year, match.span()))
    return found


def select(
    text: str,
    cards: Sequence[ReportCard],
    lexicon: Lexicon,
    full_text: Callable[[str], str],
) -> Selection:
    """Reports that the words of a folded question point to, the year left aside.

    Args:
        text: the folded question, years masked.
        cards: all indexed reports.
        lexicon: the words.
        full_text: folded text of a report by id, for reports that name no body.
    """
    chosen = Selection()
    brands = _brands(text, cards)
    matches = [
        (body, m)
        for body, m in _match_bodies(text, cards, lexicon)
        if not any(a <= m.span[0] and m.span[1] < b for a, b in brands)
    ]
    for span in sorted({m.span for _, m in matches}):
        group = [body for body, m in matches if m.span == span]
        chosen.groups.append([c for c in cards if c.body in group])
        chosen.covered.append(span)
    rest = mask(text, chosen.covered)
    other = _missing_place(rest, cards, lexicon, several=bool(chosen.groups))
    if not chosen.groups or not other:
        _add_by_content(rest, cards, lexicon, full_text, chosen)
    if other is not None and not chosen.by_content:
        chosen.missing = other
    chosen.groups = _narrowed(chosen.groups)
    chosen.cards = [c for group in chosen.groups for c in group]
    chosen.named = bool(chosen.groups)
    return chosen


def _narrowed(groups: list[list[ReportCard]]) -> list[list[ReportCard]]:
    """Groups without those that another narrows: 水务局 … 临溪的 means one body, not two."""
    ids = [frozenset(c.id for c in group) for group in groups]
    kept: list[list[ReportCard]] = []
    for number, group in enumerate(groups):
        narrower = any(other < ids[number] for other in ids)
        again = ids[number] in ids[:number]
        if not narrower and not again:
            kept.append(group)
    return kept


def _brands(text: str, cards: Sequence[ReportCard]) -> list[Span]:
    """Places of the question that hold a name some report uses for itself (青棠一码办)."""
    spans = []
    for name in {name.lower() for card in cards for name in card.says if len(name) >= LEAST_BRAND}:
        position = text.find(name)
        if position >= 0:
            spans.append((position, position + len(name)))
    return spans


def _match_bodies(
    text: str, cards: Sequence[ReportCard], lexicon: Lexicon
) -> list[tuple[str, _Match]]:
    """Bodies named in the question, the best match at each place of it."""
    found: list[tuple[str, _Match]] = []
    for body in sorted({c.body for c in cards if c.body}):
        for match in _body_matches(text, fold(body).text, lexicon):
            found.append((body, match))
    best: list[tuple[str, _Match]] = []
    for body, match in found:
        rivals = [m for _, m in found if _overlap(m.span, match.span)]
        top = max(m.score for m in rivals)
        if match.score < top:
            continue
        if not match.government and any(m.government and m.score == top for m in rivals):
            continue
        best.append((body, _Match(match.score, _union(m.span for m in rivals), match.government)))
    return best


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _union(spans: object) -> Span:
    every = list(spans)  # type: ignore[call-overload]
    return min(s[0] for s in every), max(s[1] for s in every)


@cache
def cores(body: str) -> tuple[str, ...]:
    """Names of the places in a body's name without their ending: 临溪县雁汀镇 → 临溪, 雁汀."""
    endings = "|".join(map(re.escape, load_names().place_endings))
    return tuple(re.findall(rf"([\u3400-\u9fff]{{2,8}}?)(?:{endings})", body)) or (body,)


def _body_matches(text: str, body: str, lexicon: Lexicon) -> list[_Match]:
    matches = []
    for core in cores(body):
        for start in _starts(text, core):
            match = _follow(text, start, body, core, lexicon)
            if match is not None:
                matches.append(match)
    hidden = mask(text, (m.span for m in matches))
    matches.extend(_unit_matches(hidden, body, lexicon))
    if not matches:
        matches.extend(_latin_matches(text, body, lexicon))
    return matches


def _unit_matches(text: str, body: str, lexicon: Lexicon) -> list[_Match]:
    """Bodies named without their place: 行政审批局, or the end of it, 审批局."""
    last = cores(body)[-1]
    unit = body[body.rindex(last) + len(last) + 1 :]
    for start in range(max(0, len(unit) - LEAST_UNIT + 1)):
        name = unit[start:]
        if name in lexicon.words.government_names:
            break
        position = text.find(name)
        if position >= 0 and not re.search(r"[\u3400-\u9fff]$", text[:position].rstrip("的那换成这问查")):
            return [_Match(len(name), (position, position + len(name)), False)]
    return []


def _starts(text: str, core: str) -> list[int]:
    """Where a place is named: in full, or by its first characters (平潭 of 平潭综合)."""
    shortest = core[:LEAST_CORE]
    exact = [m.start() for m in re.finditer(re.escape(shortest), text)]
    return exact or [m.start() for m in PLACE_SLIP.finditer(text) if _sounds_like(m[1], core)]


def _sounds_like(name: str, core: str) -> bool:
    return len(name) == len(core) and name != core and all(
        sounds(a) == sounds(b) for a, b in zip(name, core, strict=True)
    )


def _follow(text: str, start: int, body: str, core: str, lexicon: Lexicon) -> _Match | None:
    """Follow a body's name in the question, characters of the name left out at will.

    None where the words go on as the name of another body (太仓市财政局 for 太仓市).
    """
    remaining = body[body.index(core) :]
    at, score = start, 0
    while at < len(text) and text[at] not in "\x00":
        position = _next(remaining, text[at], strict=score < LEAST_CORE)
        if position is None and score < len(core) and sounds(text[at]) == sounds(remaining[:1]):
            position = 0
        if position is None:
            break
        remaining = remaining[position + 1 :]
        at, score = at + 1, score + 1
    own = core == cores(body)[-1]
    government = own and body.endswith((core, *load_names().place_endings, "人民政府"))
    if government or body.endswith(("人民政府办公室", "人民政府办公厅")):
        for name in lexicon.words.government_names:
            if text.startswith(name, at):
                at, score = at + len(name), score + len(name)
                break
    if _goes_on_as_body(text, at, score, body):
        return None
    return _Match(score, (start, at), government)


def _next(remaining: str, char: str, *, strict: bool) -> int | None:
    """Position of a character in the rest of a name; same-sounding ones count after the place."""
    if strict:
        return 0 if remaining[:1] == char else None
    position = remaining.find(char)
    if position >= 0:
        return position
    if "\u3400" <= char <= "\u9fff":
        sound = sounds(char)
        for number, other in enumerate(remaining):
            if sounds(other) == sound and other in "局办委厅镇区县市":
                return number
    return None


def _goes_on_as_body(text: str, at: int, score: int, body: str) -> bool:
    tail = BODY_LIKE_TAIL.match(text, at)
    if tail is None or not tail[0]:
        return False
    # 的 or a word of the question between the place and the ending: no name goes on here
    return re.search(r"[的了在是有和与跟同收公开申请年几多少谁]", tail[0]) is None


def _latin_matches(text: str, body: str, lexicon: Lexicon) -> list[_Match]:
    """Bodies written in pinyin (Taicang), one slip allowed in a longer name."""
    matches: list[_Match] = []
    if not re.search("[a-z]{4,}", text):
        return matches
    for core in cores(body):
        pinyin = "".join(sounds(c) for c in core)
        for word in re.finditer(r"[a-z]{4,}", text):
            if not _spelled(word[0].removesuffix("s") if word[0] != pinyin else word[0], pinyin):
                continue
            end, agrees = _english_unit(text, word.end(), body, lexicon)
            if agrees:
                matches.append(_Match(len(core), (word.start(), end), agrees == "government"))
    return matches


def _english_unit(text: str, at: int, body: str, lexicon: Lexicon) -> tuple[int, str]:
    """Follow English words of a body's name; "" where they name another body."""
    words = lexicon.words
    agrees = "government" if body.endswith((*load_names().place_endings, "人民政府")) else "body"
    for match in re.finditer(r"(?:'s|\s|-|,)*([a-z]+)", text[at:]):
        word = match[1]
        if word in words.body_words:
            if not any(part in body for part in words.body_words[word]):
                return at, ""
        elif word not in words.body_fillers and word != "and":
            return at + match.start(), agrees
    return len(text), agrees


def _spelled(word: str, pinyin: str) -> bool:
    if word == pinyin:
        return True
    if min(len(word), len(pinyin)) < 6:
        return False
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(word, pinyin, score_cutoff=1) <= 1


@cache
def sounds(char: str) -> str:
    """Pinyin of a character without its tone."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(char))


def _missing_place(
    rest: str, cards: Sequence[ReportCard], lexicon: Lexicon, *, several: bool
) -> str | None:
    """A place or body that is named and not indexed."""
    known = {core for c in cards if c.body for core in cores(fold(c.body).text)}
    unknown = UNKNOWN_PLACE.search(rest)
    if unknown and (
        BODY_ENDING.search(unknown["name"]) or not any(core in unknown["name"] for core in known)
    ):
        if not several or re.match(r"[和与跟同、]", rest[max(0, unknown.start("name") - 1) :]):
            return unknown["name"]
    for place in sorted(lexicon.places, key=len, reverse=True):
        position = rest.find(place)
        if position < 0:
            continue
        joined = rest[position - 1 : position] in "和与跟同、比" and position > 0
        if joined or not several:
            tail = re.match(r"[市省]?(?:[\u3400-\u9fff]{1,8}?(?:局|委|厅|办公室|政府))?", rest[position + len(place) :])
            return place + (tail[0] if tail else "")
    if not several and re.search("[a-z]{4,}", rest):
        return _missing_latin(rest, lexicon)
    return None


def _missing_latin(rest: str, lexicon: Lexicon) -> str | None:
    spelled = {"".join(sounds(c) for c in place): place for place in lexicon.places}
    for word in re.finditer(r"[a-z]{5,}", rest):
        name = word[0]
        if name in spelled:
            return f"{name.capitalize()} ({spelled[name]})"
    return None


def _add_by_content(
    rest: str,
    cards: Sequence[ReportCard],
    lexicon: Lexicon,
    full_text: Callable[[str], str],
    chosen: Selection,
) -> None:
    """Reports named by what they say: a brand or app of their own, or a place in their text."""
    already = {c.id for group in chosen.groups for c in group}
    spans: dict[Span, list[ReportCard]] = {}
    for card in cards:
        if chosen.groups and card.body is not None:
            continue
        if card.id in already:
            continue
        for span in _sayings_in(rest, card, lexicon, full_text):
            spans.setdefault(span, []).append(card)
    for span in sorted(spans, key=lambda s: s[0] - s[1])[:2]:
        group = spans[span]
        if any(_overlap(span, other) for other in chosen.covered):
            continue
        if len(group) <= max(1, len(cards) // 2):
            chosen.groups.append(group)
            chosen.covered.append(span)
            chosen.by_content = True


def _sayings_in(
    rest: str, card: ReportCard, lexicon: Lexicon, full_text: Callable[[str], str]
) -> list[Span]:
    spans = []
    for name in card.says:
        for start in range(max(1, len(name) - LEAST_BRAND + 1) if card.body is None else 1):
            part = name[start:].lower()  # a report without a body goes by the end of its name too
            position = rest.find(part)
            if len(part) >= LEAST_BRAND and position >= 0:
                spans.append((position, position + len(part)))
                break
    if card.body is None and re.search("[\u3400-\u9fff]|[a-z]{5,}", rest):
        text = full_text(card.id)
        for place in lexicon.places:
            position = rest.find(place)
            if position >= 0 and place in text:
                end = position + len(place)
                tail = re.match(r"(?:市|区|县)?(?:区级|市级|县级|那边|那个区)?", rest[end:])
                spans.append((position, end + (tail.end() if tail else 0)))
        for word in re.finditer(r"[a-z]{5,}", rest):
            for place in lexicon.places:
                if place in text and "".join(sounds(c) for c in place) == word[0]:
                    end, _ = _english_unit(rest, word.end(), "政府", lexicon)
                    spans.append((word.start(), end))
    return spans
