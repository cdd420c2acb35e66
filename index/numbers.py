"""Numbers in running text: where they stand, what they are worth, and what is no number.

Works on folded running text (`index.script.fold_running`). What counts as a number and what only
looks like one (years, document numbers, names) is data: ``words/numerals.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from index.amounts import SCALES, parse_numeral
from index.context import Bound, FigureKind
from index.record import Number, Span
from index.words.numerals import HAN, NumberGrammar, load_numerals

BEFORE = 16
"""Characters before a numeral that can make it a date, a rank or part of a name."""
HEDGE = 4
"""Characters of the longest hedge."""
PERCENT = {"%": "%", "‰": "‰", "百": "%", "千": "‰"}
TENTH, HALF = 10, Decimal("0.5")
MONEY_SIGNS = frozenset("¥￥")
STOPS = frozenset(',;:。、()!?"“”》 ')
"""What may follow a number that has no measure word."""
GLUED = re.compile(r"(?:[0-9A-Za-z] |\d\.)\Z")
"""Before a numeral: then it is the rest of something that is not clear."""
COMMA = re.compile(r"\d,\d{3}(?!\d)")
"""A thousand apart from its number: the one or the other may be meant."""
JOINS = re.compile(r"[、和与及]|以及")


@dataclass(frozen=True)
class Mention:
    """A number of running text; spans are of the folded text.

    ``span`` covers the digits with 万 or 亿 where these are in the value, ``whole`` also hedge and
    unit. ``step`` is one unit of the last printed digit, in the unit of the value. ``unit`` is ""
    where none is printed; ``hedge`` and ``bound`` are None where the number is exact.
    """

    span: Span
    whole: Span
    value: Number
    unit: str
    kind: FigureKind
    step: Number = 1
    hedge: str | None = None
    bound: Bound | None = None


def find_numbers(text: str) -> list[Mention]:
    """The numbers of a folded text in reading order."""
    return _mixed_units(_shared_units(text, list(_candidates(text))))


def _candidates(text: str) -> Iterator[Mention]:
    """Numbers one by one; a bare one (kind ``other``, no unit) is still to be judged."""
    grammar = load_numerals()
    names = [m.span() for m in grammar.name.finditer(text)]
    at, name = 0, 0
    while (match := grammar.number.search(text, at)) is not None:
        start = match.start()
        while name < len(names) and names[name][1] <= start:
            name += 1
        if name < len(names) and names[name][0] <= start:
            at = names[name][1]
            continue
        if _idle(text, match, grammar):
            at = _numeral_end(match)
            continue
        masked = _masked(text, start, grammar)
        if masked is not None:
            at = max(masked, _numeral_end(match))
            continue
        mention = _mention(text, match, grammar)
        at = mention.whole[1] if mention is not None else _numeral_end(match)
        if mention is not None:
            yield mention


def _numeral_end(match: re.Match[str]) -> int:
    return match.end("digits") if match["digits"] else match.end("share")


def _idle(text: str, match: re.Match[str], grammar: NumberGrammar) -> bool:
    """Whether a Chinese numeral counts nothing: 一 in 统一 and most others in these texts."""
    if match["unit"] or match["tenths"] or match["part"] or match["more"]:
        return False
    if match["digits"][0] not in HAN:
        return False
    return not (match["scale"] or text.startswith(grammar.words.zero_nouns, match.end()))


def _masked(text: str, start: int, grammar: NumberGrammar) -> int | None:
    """End of what only looks like a number, None where it is one."""
    left = max(start - BEFORE, 0)
    if GLUED.search(text, left, start) or COMMA.match(text, max(start - 2, 0)):
        return start + 1
    found = grammar.right.match(text, start)
    if found is not None:
        return found.end()
    for before, at in grammar.after:
        found = at.match(text, start)
        if found is not None and before.search(text, left, start) is not None:
            return found.end()
    return None


def _mention(text: str, match: re.Match[str], grammar: NumberGrammar) -> Mention | None:
    if match["part"]:
        return _hundredths(text, match, grammar)
    if match["tenths"]:
        return _tenths(text, match, grammar)
    mention = _counted(text, match, grammar)
    if mention is None or not match["digits"][0].isdigit():
        return mention if mention is not None and _han_counts(text, match, mention) else None
    if mention.unit or _bare_counts(text, mention, grammar):
        return mention
    return replace(mention, kind=FigureKind.OTHER) if _joined(text, mention) else None


def _hundredths(text: str, match: re.Match[str], grammar: NumberGrammar) -> Mention | None:
    """百分之九十三点五: the number is 九十三点五, its unit %."""
    value = parse_numeral(match["share"])
    if value is None:
        return None
    decimals = len(match["share"].partition("." if "." in match["share"] else "点")[2])
    span = match.span("share")
    unit, whole = PERCENT[match["part"]], (match.start(), match.end("share"))
    mention = Mention(span, whole, value, unit, FigureKind.SHARE, _step(decimals))
    return _hedged(text, mention, match, grammar)


def _tenths(text: str, match: re.Match[str], grammar: NumberGrammar) -> Mention | None:
    """九成, 六成五, 两成半, 3.5成: tenths, in percent."""
    value = None if match["scale"] or match["more"] else parse_numeral(match["digits"])
    if value is None or not 0 < value <= TENTH:
        return None
    rest = {"": 0, "半": 5}.get(match["rest"], parse_numeral(match["rest"] or "零"))
    total = value * TENTH + (rest or 0)
    if isinstance(total, Decimal) and total == total.to_integral_value():
        total = int(total)
    end = match.end("rest") if match["rest"] else match.end("tenths")
    step = 1 if rest or isinstance(value, Decimal) else TENTH
    span = (match.start("digits"), end)
    whole = (span[0], match.end("more3") if match["more3"] else end)
    mention = Mention(span, whole, total, "%", FigureKind.SHARE, step)
    return _hedged(text, mention, match, grammar)


def _counted(text: str, match: re.Match[str], grammar: NumberGrammar) -> Mention | None:
    """A number with its scale and unit; None where it is no well-formed number."""
    unit, end = _unit(text, match, grammar)
    if unit in grammar.words.needs_after and not match["after"]:
        return None
    digits, scale = _split_scale(match, money=unit in grammar.words.keep_scale)
    value = parse_numeral(digits)
    if value is None:
        value = _lone_scale(text, match, grammar)
    if value is None:
        return None
    start, step = match.start("digits"), _printed_step(digits)
    stop = start + len(digits)
    if scale and unit in grammar.words.keep_scale:
        unit = scale + unit
    elif scale:
        value, step = _plain(value * SCALES[scale]), _plain(step * SCALES[scale])
        stop = match.end("scale")
    kind = grammar.kinds.get(unit.removeprefix(scale), FigureKind.COUNT)
    if unit.startswith(("%", "‰")):
        unit, kind = unit[0], FigureKind.SHARE
    if kind is FigureKind.COUNT and unit and isinstance(value, Decimal):
        return None  # 1.3个: a list mark, or digits that are not clear
    half = grammar.words.halves.get(unit)
    if half is not None:
        value, stop = value + HALF, end - len(unit) + unit.index("半") + 1
        unit, kind = half, FigureKind.DURATION
    if not unit and text[start - 1 : start] in MONEY_SIGNS:
        unit, kind = "元", FigureKind.MONEY
    mention = Mention((start, stop), (start, end), value, unit, kind, step)
    return _hedged(text, mention, match, grammar)


def _split_scale(match: re.Match[str], *, money: bool) -> tuple[str, str]:
    """Digits and the scale that multiplies them.

    The scale belongs to the digits where they have one already (1亿2000万); it is taken from
    Chinese numerals where it belongs to the unit (三百万元 is 三百 of 万元).
    """
    digits, scale = match["digits"], match["scale"] or ""
    inner = re.sub(r"[\d,.]|[零〇一二两三四五六七八九十百千点]", "", digits)
    if digits[0].isdigit() and scale and not digits.isascii():
        return digits + scale, ""
    if money and not scale and inner and digits.endswith(inner) and len(digits) > len(inner):
        return digits[: -len(inner)], inner
    return digits, scale


def _unit(text: str, match: re.Match[str], grammar: NumberGrammar) -> tuple[str, int]:
    """Unit and where the expression ends; "" where the unit begins another word."""
    unit = match["unit"] or ""
    if unit:
        clash = grammar.words.unit_not_before.get(unit, ())
        if not any(text.startswith(word, match.end("unit")) for word in clash):
            return unit, match.end("unit")
    ends = [match.end(name) for name in ("more2", "scale", "more", "digits") if match[name]]
    return "", ends[0]


def _lone_scale(text: str, match: re.Match[str], grammar: NumberGrammar) -> int | None:
    """近万次, 百余篇: the scale itself is the number, if a hedge says so."""
    scale = SCALES.get(match["digits"])
    hedged = match["more"] or grammar.hedge.search(
        text, max(match.start() - HEDGE, 0), match.start()
    )
    return scale if scale is not None and hedged and not match["scale"] else None


def _printed_step(digits: str) -> Number:
    tail = re.search(r"(?:[.点]([\d" + "零一二三四五六七八九" + r"]+))?([万亿千百]*)\Z", digits)
    if tail is None or (not tail[1] and tail[2] not in {"万", "亿", "万亿"}):
        return 1
    return _plain(_step(len(tail[1] or "")) * SCALES.get(tail[2], 1))


def _step(decimals: int) -> Number:
    return Decimal(1).scaleb(-decimals) if decimals else 1


def _plain(value: Number) -> Number:
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if whole else value


def _hedged(text: str, mention: Mention, match: re.Match[str], grammar: NumberGrammar) -> Mention:
    """The mention with the hedge printed before, within or after it."""
    words = grammar.words
    start, end = mention.whole
    before = grammar.hedge.search(text, max(start - HEDGE, 0), start)
    inside = next((match[n] for n in ("more", "more2", "more3") if match[n]), None)
    after = match["after"] if end == match.start("after") else None
    if after in words.after_only and mention.kind not in words.after_only[after]:
        after = None
    if after:
        end = match.end("after")
    if before:
        start = before.start()
    hedges = [
        *([before[0]] if before else []),
        *([inside] if inside else []),
        *([after] if after else []),
    ]
    if not hedges:
        return replace(mention, whole=(start, end))
    bound = _bound(before[0] if before else None, inside, after, grammar)
    return replace(mention, whole=(start, end), hedge="…".join(hedges), bound=bound)


def _bound(
    before: str | None, inside: str | None, after: str | None, grammar: NumberGrammar
) -> Bound:
    if before:
        return grammar.words.hedges_before[before]
    return Bound.MORE_THAN if inside else grammar.words.hedges_after[after or ""]


def _han_counts(text: str, match: re.Match[str], mention: Mention) -> bool:
    """Whether a Chinese numeral is a number here: it needs a measure word, 一 more than that."""
    grammar = load_numerals()
    words, digits, start = grammar.words, match["digits"], match.start()
    if grammar.not_after.search(text, max(start - HEDGE, 0), start) is not None:
        return False
    if digits in "零〇":
        return text.startswith(words.zero_nouns, mention.whole[1])
    if not mention.unit and not match["more"] and not match["scale"]:
        return False
    if len(digits) > 1 or digits in "十百千万亿" or match["scale"]:
        return True
    if digits == "一" and not match["more"]:
        said = grammar.one.search(text, max(start - HEDGE, 0), start)
        return mention.unit in words.one_before or (
            said is not None and mention.unit in words.single_before
        )
    if mention.unit == "年":
        return grammar.year_span.search(text, max(start - HEDGE, 0), start) is not None
    return mention.unit in words.single_before or (match["unit"] or "") in words.halves


def _bare_counts(text: str, mention: Mention, grammar: NumberGrammar) -> bool:
    """Whether a number without a unit counts: 下载量132.9万, 粉丝数54373, 0复议."""
    start, end = mention.span
    if mention.value == 0 and text.startswith(grammar.words.zero_nouns, end):
        return text[start:end] == "0"
    following = text[mention.whole[1] : mention.whole[1] + 1]
    if following and following not in STOPS:
        return False
    left = text[max(mention.whole[0] - BEFORE, 0) : mention.whole[0]]
    return grammar.quantity.search(left) is not None


def _joined(text: str, mention: Mention) -> bool:
    """Whether another numeral follows that may share its unit with this one: 402、251、37件."""
    join = JOINS.match(text, mention.span[1])
    return join is not None and text[join.end() : join.end() + 1].isdigit()


def _shared_units(text: str, mentions: list[Mention]) -> list[Mention]:
    """Bare numbers take the unit of the number they are joined to, or are none."""
    result: list[Mention] = []
    for mention in reversed(mentions):
        if mention.kind is not FigureKind.OTHER or mention.unit:
            result.append(mention)
            continue
        following = result[-1] if result else None
        join = JOINS.match(text, mention.span[1])
        if following is None or join is None or join.end() != following.whole[0]:
            continue
        result.append(replace(mention, unit=following.unit, kind=following.kind))
    return result[::-1]


def _mixed_units(mentions: list[Mention]) -> list[Mention]:
    """3小时20分 is one time."""
    result: list[Mention] = []
    for mention in mentions:
        last = result[-1] if result else None
        joined = _together(last, mention) if last is not None else None
        if joined is not None:
            result[-1] = joined
        else:
            result.append(mention)
    return result


def _together(first: Mention, second: Mention) -> Mention | None:
    if first.whole[1] != second.whole[0]:
        return None
    for mixed in load_numerals().words.mixed:
        if first.unit in mixed.major and second.unit in mixed.minor:
            return replace(
                first,
                span=(first.span[0], second.whole[1]),
                whole=(first.whole[0], second.whole[1]),
                value=first.value * mixed.factor + second.value,
                unit=mixed.unit,
                kind=FigureKind.DURATION,
                hedge=first.hedge or second.hedge,
                bound=first.bound or second.bound,
            )
    return None
