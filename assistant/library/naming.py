"""Names of bodies in a question: in full, shortened, in pinyin, or with a slip.

A name is followed character by character and may leave out what it likes (南通审批局 for
南通市行政审批局), but where the question goes on as the name of another body (太仓市财政局), the
body is not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from assistant.lexicon import Lexicon, load_lexicon
from assistant.library.latin import latin_matches
from assistant.library.parts import Place, parts_of
from assistant.library.units import (
    LEAST_CORE,
    Match,
    called,
    cores,
    level_of,
    unit_matches,
    unit_of,
)
from assistant.words.mentions import mask
from assistant.words.slips import sounds
from index.report import Span
from index.words import load_names

BODY_LIKE_TAIL = re.compile(
    r"[\u3400-\u9fff]{0,10}?(?:局(?![长里领党机])|委员会|管委会|办公室|办公厅|审批办|政务办|人民政府|街道办|街道"
    r"|(?<!大)厅|中心|法院|检察院|大学|学院|医院|海关|公司|集团|[支总大]队|图书馆|博物馆|档案馆"
    r"|(?:[科教建农经纪]|卫健|发改|国资|经信|交通|住建|宣传|组织)委(?![员托会屈派])|公安处)"
)
PLACE_SLIP = re.compile(r"(?P<name>[\u3400-\u9fff]{2,4}?)(?=(?P<ending>[市县区镇乡州]))")
LEVEL = re.compile(
    r"[省市县区镇乡州旗盟](?=$|[\x00\d的,，。?？\s]|的?[那这]|[去今前本上]年|收|新|公开|一?共"
    r"|[\u3400-\u9fff]{0,8}(?:局|委员会|政府|办公[室厅]))"
)
"""What a place is called by its level, at the end of its name; 市区 and 区里 are none."""
ZONE = re.compile("(?!自治).+区")
"""A level that is not called 区 alone: 某开发区 is not 某区."""
DISTRICT = re.compile("区(?![直级内里属])")
KIND_ALONE = re.compile("[省市区县]?(?:大学|学院|医院|中学|小学|银行|公司)")


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


NO_NAME = re.compile(
    r"[的了在是有和与跟同收请年几多少谁议被]|公[开布示告司]|开(?![发放])|申请|告[诉上到]"
)
"""A word of a question, which stands in no name of a body."""
NO_OFFICE = re.compile("[开布益司民众示告]")
"""What 公 goes with when it is not that of 办公室."""


def _body_matches(text: str, body: str, lexicon: Lexicon) -> list[Match]:
    places = parts_of(body).places or (Place(cores(body)[0], ""),)
    matches = [
        match
        for place in places
        for start in _starts(text, place, lexicon)
        for one in _also(place)
        if (match := _follow(text, start, body, one, lexicon)) is not None
    ]
    hidden = mask(text, (m.span for m in matches))
    for match in unit_matches(hidden, unit_of(body), lexicon, level_of(body)):
        span = _with_nation(text, match.span[0]), match.span[1]
        matches.append(Match(match.score, span, match.government))
    matches.extend(latin_matches(text, body, lexicon))
    return matches


def _also(place: Place) -> Iterator[Place]:
    """A place with the ends that its body's name may have: 生态环境局, 环保局."""
    for after in called(place.after) if place.after else ("",):
        yield Place(place.name, after)


def _starts(text: str, place: Place, lexicon: Lexicon) -> list[int]:
    """Where a place is named: in full, by its first characters (平潭 of 平潭综合), or with a slip.

    A slip of a name is no place of its own (宿州 for 苏州), and goes on as the name does: 区 is
    no slip of 镇.
    """
    core, after = place.name, place.after
    shortest = core[:LEAST_CORE]
    exact = [m.start() for m in re.finditer(re.escape(shortest), text)]
    return exact or [
        m.start()
        for m in PLACE_SLIP.finditer(text)
        if _sounds_like(m["name"], core)
        and m["name"] not in lexicon.places
        and m["ending"] in (core[-1], after[:1])
    ]


def _sounds_like(name: str, core: str) -> bool:
    return (
        len(name) == len(core)
        and name != core
        and all(sounds(a) == sounds(b) for a, b in zip(name, core, strict=True))
    )


def _follow(text: str, start: int, body: str, place: Place, lexicon: Lexicon) -> Match | None:
    """Follow a body's name in the question, characters of the name left out at will.

    None where the words go on as the name of another body (太仓市财政局 for 太仓市).
    """
    core = place.name
    level = parts_of(body).level
    if ZONE.fullmatch(level) and DISTRICT.match(text, start + len(core)):
        return None
    at, score, remaining = _walk(text, start, core + place.after, len(core), lexicon)
    if score == len(core) and _another_level(text[at:], remaining):
        return None
    if (not place.after and remaining) or _stops_short(text[start:at], remaining, body, place):
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
    return Match(score, (_with_nation(text, start), at), government)


def _with_nation(text: str, start: int) -> int:
    """Where a name begins that its nation or the body above may stand before: 国家种质局."""
    before = text[:start].removesuffix("(")
    for above in _above():
        if before.endswith(above):
            return len(before) - len(above)
    return start


@cache
def _above() -> tuple[str, ...]:
    words = load_lexicon().bodies
    names = (*load_names().with_branches, *words.nations, *words.whole_nation)
    return tuple(sorted(names, key=len, reverse=True))


def _stops_short(name: str, remaining: str, body: str, place: Place) -> bool:
    """Whether a name is that of a body or place within which the other is: 市公安局, 某分局.

    One that leaves out a lower place (市教育局 for 市某区教育局), or all but the kind of a body
    (某大学 for 某开放大学), is that of another.
    """
    parts, said = parts_of(body), name[len(place.name) :]
    of_other = parts.within and place.after.endswith(parts.within)
    if of_other and len(remaining) >= len(parts.within):
        return True
    last = parts.places[-1] if parts.places else place
    if place.name != last.name and last.name[0] not in said and len(said) > 1:
        return True
    return KIND_ALONE.fullmatch(said) is not None and len(parts.unit) > len(said)


def _walk(
    text: str, start: int, remaining: str, core: int, lexicon: Lexicon
) -> tuple[int, int, str]:
    """Where a name that begins at a place ends, the characters that agree, and what is left of it.

    ``core`` is the length of its place, within which a character of the same sound agrees too.
    """
    at, score = start, 0
    while at < len(text) and text[at] not in "\x00":
        position = _next(remaining, text[at], strict=score < LEAST_CORE)
        if position is not None and text[at] not in remaining and _goes_on_as_body(text, at):
            break  # 卫健委 is no slip of 委
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
    return NO_NAME.search(tail[0]) is None
