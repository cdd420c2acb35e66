"""A numeral with its scale, unit and hedge to a quantity: exact, never rounded."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from index.amounts import SCALES, parse_numeral, plain
from index.context import COUNT, DURATION, MONEY, SHARE, Bound, FigureKind
from index.record import Number, Span
from index.words.numerals import NumberGrammar

HEDGE = 4
"""Characters of the longest hedge."""
PERCENT = {"百": "%", "千": "‰"}
TENTH, HALF = 10, Decimal("0.5")
MONEY_SIGNS = frozenset("¥￥")
NO_SCALE = re.compile(r"[\d,.]|[零〇一二两三四五六七八九十百千点]")
LAST_DIGITS = re.compile(r"(?:[.点]([\d零一二三四五六七八九]+))?([万亿千百]*)\Z")
"""The decimals of a numeral and the scales after them."""


class Mention(NamedTuple):
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


def hundredths(text: str, match: re.Match[str], grammar: NumberGrammar) -> Mention | None:
    """百分之九十三点五: the number is 九十三点五, its unit %."""
    value = parse_numeral(match["share"])
    if value is None:
        return None
    decimals = len(match["share"].partition("." if "." in match["share"] else "点")[2])
    span = match.span("share")
    unit, whole = PERCENT[match["part"]], (match.start(), match.end("share"))
    mention = Mention(span, whole, value, unit, SHARE, _step(decimals))
    return _hedged(text, mention, match, grammar)


def tenths(text: str, match: re.Match[str], grammar: NumberGrammar) -> Mention | None:
    """九成, 六成五, 两成半, 3.5成: tenths, in percent."""
    value = None if match["scale"] or match["more"] else parse_numeral(match["digits"])
    if value is None or not 0 < value <= TENTH:
        return None
    rest = {"": 0, "半": 5}.get(match["rest"], parse_numeral(match["rest"] or "零"))
    total = plain(value * TENTH + (rest or 0))
    end = match.end("rest") if match["rest"] else match.end("tenths")
    step = 1 if rest or isinstance(value, Decimal) else TENTH
    span = (match.start("digits"), end)
    whole = (span[0], match.end("more3") if match["more3"] else end)
    mention = Mention(span, whole, total, "%", SHARE, step)
    return _hedged(text, mention, match, grammar)


def counted(text: str, match: re.Match[str], grammar: NumberGrammar) -> Mention | None:
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
        value, step = plain(value * SCALES[scale]), plain(step * SCALES[scale])
        stop = match.end("scale")
    kind = grammar.kinds.get(unit.removeprefix(scale), COUNT)
    if unit.startswith(("%", "‰")):
        unit, kind = unit[0], SHARE
    if kind is COUNT and unit and isinstance(value, Decimal):
        return None  # 1.3个: a list mark, or digits that are not clear
    half = grammar.words.halves.get(unit)
    if half is not None:
        value, stop = value + HALF, end - len(unit) + unit.index("半") + 1
        unit, kind = half, DURATION
    if not unit and text[start - 1 : start] in MONEY_SIGNS:
        unit, kind = "元", MONEY
    mention = Mention((start, stop), (start, end), value, unit, kind, step)
    return _hedged(text, mention, match, grammar)


def _split_scale(match: re.Match[str], *, money: bool) -> tuple[str, str]:
    """Digits and the scale that multiplies them.

    The scale belongs to the digits where they have one already (1亿2000万); it is taken from
    Chinese numerals where it belongs to the unit (三百万元 is 三百 of 万元).
    """
    digits, scale = match["digits"], match["scale"] or ""
    if digits.isascii():
        return digits, scale
    inner = NO_SCALE.sub("", digits)
    if digits[0].isdigit() and scale:
        return digits + scale, ""
    if money and not scale and inner and digits.endswith(inner) and len(digits) > len(inner):
        return digits[: -len(inner)], inner
    return digits, scale


def _unit(text: str, match: re.Match[str], grammar: NumberGrammar) -> tuple[str, int]:
    """Unit and where the expression ends; "" where the unit begins another word."""
    unit = match["unit"] or ""
    if unit:
        end = match.end("unit")
        if not text.startswith(grammar.words.unit_not_before.get(unit, ()), end):
            return unit, end
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
    if digits.isdecimal() and digits.isascii():
        return 1
    tail = LAST_DIGITS.search(digits)
    if tail is None or (not tail[1] and tail[2] not in {"万", "亿", "万亿"}):
        return 1
    return plain(_step(len(tail[1] or "")) * SCALES.get(tail[2], 1))


def _step(decimals: int) -> Number:
    return Decimal(1).scaleb(-decimals) if decimals else 1


def _hedged(text: str, mention: Mention, match: re.Match[str], grammar: NumberGrammar) -> Mention:
    """The mention with the hedge printed before, within or after it."""
    start, end = mention.whole
    before = grammar.hedge.search(text, max(start - HEDGE, 0), start)
    inside = match["more"] or match["more2"] or match["more3"]
    after = match["after"] if end == match.start("after") else None
    only = grammar.words.after_only.get(after or "")
    if only is not None and mention.kind not in only:
        after = None
    if not (before or inside or after):
        return mention
    if after:
        end = match.end("after")
    if before:
        start = before.start()
    hedges = [hedge for hedge in (before and before[0], inside, after) if hedge]
    bound = _bound(before[0] if before else None, inside, after, grammar)
    return mention._replace(whole=(start, end), hedge="…".join(hedges), bound=bound)


def _bound(
    before: str | None, inside: str | None, after: str | None, grammar: NumberGrammar
) -> Bound:
    if before:
        return grammar.words.hedges_before[before]
    return Bound.MORE_THAN if inside else grammar.words.hedges_after[after or ""]
