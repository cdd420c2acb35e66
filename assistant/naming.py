"""Names of bodies in a question: in full, shortened, in pinyin, or with a slip.

A name is followed character by character and may leave out what it likes (南通审批局 for
南通市行政审批局), but where the question goes on as the name of another body (太仓市财政局), the
body is not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.english_bodies import english_unit
from assistant.lexicon import Lexicon
from assistant.mentions import mask
from assistant.slips import sounds, spelt
from index.report import Span
from index.words import load_names

LEAST_CORE = 2
LEAST_UNIT = 3
BODY_LIKE_TAIL = re.compile(
    r"[\u3400-\u9fff]{0,10}?(?:局|委员会|管委会|办公室|办公厅|审批办|政务办|人民政府|街道办|街道"
    r"|(?<!大)厅|中心|法院|检察院)"
)
PLACE_SLIP = re.compile(r"(?P<name>[\u3400-\u9fff]{2,4}?)(?=(?P<ending>[市县区镇乡州]))")
LEVEL = re.compile(
    r"[市县区镇乡](?=$|[\x00\d的,，。?？\s]|[\u3400-\u9fff]{0,8}(?:局|委员会|政府|办公[室厅]))"
)
"""What a place is called by its level, at the end of its name; 市区 and 区里 are none."""
OFFICE = re.compile(r"(?<![\u3400-\u9fff])[省市区县]?(?:人民)?(?:政府|府)?(?:办公[厅室]|(?<=府)办)")
"""The office of a government, its place left out."""
ASKING = "的那换成这问查看说在和与跟比"
"""Characters that may stand before the name of a unit without belonging to it."""
LEVELS = "省市区县"
SHORTENED = re.compile(
    rf"(?:(?<![\u3400-\u9fff])|(?<=[{ASKING}]))(?=(?P<name>[\u3400-\u9fff]{{2,6}}?[局委厅办]))"
)
"""A unit's name as people shorten it, the level of its place perhaps before it: 市文旅局."""
LEAST_SPELT = 6
"""Letters of a name in pinyin below which no slip is allowed."""


@dataclass(frozen=True)
class Match:
    """A body named at a place of the question; ``score`` counts the characters that agree."""

    score: int
    span: Span
    government: bool


def match_bodies(text: str, bodies: Mapping[str, str], lexicon: Lexicon) -> list[tuple[str, Match]]:
    """Bodies named in the question, the best match at each place of it.

    Args:
        text: the folded question.
        bodies: folded names of the bodies by their printed ones.
        lexicon: the words.
    """
    found: list[tuple[str, Match]] = []
    for body in sorted(bodies):
        for match in _body_matches(text, bodies[body], lexicon):
            found.append((body, match))
    kinds = {match for _, match in found}  # far fewer than bodies where many have one unit
    rivals = {one: [other for other in kinds if overlap(other.span, one.span)] for one in kinds}
    best: list[tuple[str, Match]] = []
    for body, match in found:
        top = max(m.score for m in rivals[match])
        if match.score < top:
            continue
        if not match.government and any(m.government and m.score == top for m in rivals[match]):
            continue
        span = _union(m.span for m in rivals[match])
        best.append((body, Match(match.score, span, match.government)))
    return best


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def _union(spans: Iterable[Span]) -> Span:
    every = list(spans)
    return min(s[0] for s in every), max(s[1] for s in every)


NO_OFFICE = re.compile("[开布益司民众示告]")
"""What 公 goes with when it is not that of 办公室."""


@cache
def cores(body: str) -> tuple[str, ...]:
    """Names of the places in a body's name without their ending: 临溪县雁汀镇 → 临溪, 雁汀."""
    endings = "|".join(map(re.escape, load_names().place_endings))
    return tuple(re.findall(rf"([\u3400-\u9fff]{{2,8}}?)(?:{endings})", body)) or (body,)


def _body_matches(text: str, body: str, lexicon: Lexicon) -> list[Match]:
    matches = []
    for core in cores(body):
        for start in _starts(text, core, body, lexicon):
            match = _follow(text, start, body, core, lexicon)
            if match is not None:
                matches.append(match)
    hidden = mask(text, (m.span for m in matches))
    matches.extend(unit_matches(hidden, unit_of(body), lexicon, _level_of(body)))
    matches.extend(_latin_matches(text, body, lexicon))
    return matches


def unit_of(body: str) -> str:
    """A body's name without its place: 临溪县水务局 → 水务局; "" for a place's government."""
    last = cores(body)[-1]
    return body[body.rindex(last) + len(last) + 1 :]


def _level_of(body: str) -> str:
    """The level of a body's place as its name gives it: 市 of 云岫市水务局; "" for none."""
    last = cores(body)[-1]
    return body[body.rindex(last) + len(last) :][:1]


def is_office(unit: str) -> bool:
    """Whether a unit is the office of a government, which has names of its own."""
    return unit.endswith(("办公厅", "办公室")) and "政府" in unit


def unit_matches(text: str, unit: str, lexicon: Lexicon, levels: str = LEVELS) -> list[Match]:
    """Units named without their place: 行政审批局, its end (审批局), or shortened (文旅局).

    One of ``levels``, those that the place may have, may stand before the name: 市审批局.
    """
    if is_office(unit):
        return [
            Match(len(m[0]), m.span(), False)
            for m in OFFICE.finditer(text)
            if m[0][-1] == unit[-1] or m[0].endswith("府办")
        ]
    for start in range(max(len(unit) > 1, len(unit) - LEAST_UNIT + 1)):
        name = unit[start:]
        if name in lexicon.bodies.government_names:
            break
        position = text.find(name)
        if position >= 0:
            begin = _begin(text, position, levels)
            if begin is not None:
                return [Match(len(name), (begin, position + len(name)), False)]
    if len(unit) > LEAST_UNIT and not unit.endswith(lexicon.bodies.government_names):
        for name, span in shortened(text, levels):
            if name[0] == unit[0] and name[-1] == unit[-1] and _within(name, unit):
                return [Match(len(name), span, False)]
    return []


def shortened(text: str, levels: str = LEVELS) -> list[tuple[str, Span]]:
    """Names of units as people shorten them, each with its place, the level before it included."""
    found = [(m["name"], m.span("name")) for m in SHORTENED.finditer(text)]
    bare = [(name[1:], span) for name, span in found if name[0] in levels]
    return [(name, span) for name, span in (*found, *bare) if len(name) > LEAST_CORE]


def _begin(text: str, at: int, levels: str) -> int | None:
    """Where a unit's name begins, its level included; None where it is the end of another's."""
    for begin in (at, at - 1):
        leads = begin == at or (begin >= 0 and text[begin] in levels)
        if leads and not _goes_before(text[:begin]):
            return begin
    return None


def _goes_before(before: str) -> bool:
    """Whether a word goes before a unit's name that may belong to the name of another."""
    return bool(re.search(r"[\u3400-\u9fff]$", before.rstrip(ASKING)))


def _within(short: str, whole: str) -> bool:
    """Whether the characters of a text occur in another in their order."""
    remaining = iter(whole)
    return all(char in remaining for char in short)


def _starts(text: str, core: str, body: str, lexicon: Lexicon) -> list[int]:
    """Where a place is named: in full, by its first characters (平潭 of 平潭综合), or with a slip.

    A slip of a name is no place of its own (宿州 for 苏州), and goes on as the name does: 区 is
    no slip of 镇.
    """
    shortest = core[:LEAST_CORE]
    exact = [m.start() for m in re.finditer(re.escape(shortest), text)]
    return exact or [
        m.start()
        for m in PLACE_SLIP.finditer(text)
        if _sounds_like(m["name"], core)
        and m["name"] not in lexicon.places
        and (core[-1] == m["ending"] or body[body.index(core) + len(core) :][:1] == m["ending"])
    ]


def _sounds_like(name: str, core: str) -> bool:
    return (
        len(name) == len(core)
        and name != core
        and all(sounds(a) == sounds(b) for a, b in zip(name, core, strict=True))
    )


def _follow(text: str, start: int, body: str, core: str, lexicon: Lexicon) -> Match | None:
    """Follow a body's name in the question, characters of the name left out at will.

    None where the words go on as the name of another body (太仓市财政局 for 太仓市).
    """
    at, score, remaining = _walk(text, start, body[body.index(core) :], len(core), lexicon)
    if score == len(core) and _another_level(text[at:], remaining):
        return None
    own = core == cores(body)[-1]
    government = own and body.endswith((core, *load_names().place_endings, "人民政府"))
    if government or body.endswith(("人民政府办公室", "人民政府办公厅")):
        for name in lexicon.bodies.government_names:
            if text.startswith(name, at):
                at, score = at + len(name), score + len(name)
                break
    if _goes_on_as_body(text, at):
        return None
    return Match(score, (start, at), government)


def _walk(
    text: str, start: int, remaining: str, core: int, lexicon: Lexicon
) -> tuple[int, int, str]:
    """Where a name that begins at a place ends, the characters that agree, and what is left of it.

    ``core`` is the length of its place, within which a character of the same sound agrees too.
    """
    at, score = start, 0
    while at < len(text) and text[at] not in "\x00":
        position = _next(remaining, text[at], strict=score < LEAST_CORE)
        if position is None and score < core and sounds(text[at]) == sounds(remaining[:1]):
            position = 0
        if position is None:
            between = _between(text, at, remaining, lexicon) if score >= LEAST_CORE else 0
            if not between:
                break
            at += between
            continue
        remaining = remaining[position + 1 :]
        at, score = at + 1, score + 1
    if at > start and text[at - 1] == "公" and NO_OFFICE.match(text, at):  # 政府办|公开
        at, score = at - 1, score - 1
    return at, score, remaining


def _between(text: str, at: int, remaining: str, lexicon: Lexicon) -> int:
    """Characters that stand between two parts of a name: 南通那个审批局; 0 for none."""
    for words in lexicon.bodies.between:
        end = at + len(words)
        if text.startswith(words, at) and text[end : end + LEAST_CORE] in remaining[:-1] + "\x00":
            return len(words)
    return 0


def _another_level(after: str, remaining: str) -> bool:
    """Whether a place's name ends as that of another place: 朝阳区 is not 朝阳市."""
    ending = LEVEL.match(after)
    return ending is not None and bool(remaining) and ending[0] != remaining[0]


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


def _goes_on_as_body(text: str, at: int) -> bool:
    """Whether words follow that end like the name of a body."""
    tail = BODY_LIKE_TAIL.match(text, at)
    if tail is None or not tail[0]:
        return False
    # 的 or a word of the question between the place and the ending: no name goes on here
    return re.search(r"[的了在是有和与跟同收公开申请年几多少谁告诉议被]", tail[0]) is None


def _latin_matches(text: str, body: str, lexicon: Lexicon) -> list[Match]:
    """Bodies written in pinyin (Taicang), one slip allowed in a longer name."""
    matches: list[Match] = []
    if not re.search("[a-z]{4,}", text):
        return matches
    government = body.endswith((*load_names().place_endings, "人民政府"))
    for core in cores(body)[-1:]:
        for pinyin in spellings(core):
            for word in re.finditer(r"[a-z]{4,}", text):
                own = word[0] if word[0] == pinyin else word[0].removesuffix("s")
                found = english_unit(text, word.end(), body, lexicon)
                if _spelled(own, pinyin) and found is not None:
                    end, said = found
                    matches.append(Match(len(core) + said, (word.start(), end), government))
    return matches


def spellings(core: str) -> tuple[str, ...]:
    """A place's name in pinyin, and its first two characters where it has more."""
    return tuple(dict.fromkeys(spelt(part) for part in _short(core)))


def _short(core: str) -> tuple[str, ...]:
    """A place's name, and its first two characters where it has more: 平潭 of 平潭综合."""
    return (core, core[:LEAST_CORE]) if len(core) > LEAST_CORE + 1 else (core,)


def _spelled(word: str, pinyin: str) -> bool:
    if word == pinyin:
        return True
    if min(len(word), len(pinyin)) < LEAST_SPELT:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(word, pinyin, score_cutoff=1) <= 1
