"""Text to an exact number: of a table cell (`parse_amount`), of running text (`parse_numeral`).

The only number parser. Whole numbers become ``int``, anything with a decimal point ``Decimal``;
there is no float and no rounding. What is not clearly one number is *unreadable*, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from index.report import Number
from index.script import MARKUP, fold

# Printed instead of a number: nothing, a slash for "not applicable", dashes.
BLANKS = frozenset(
    {"", "/", "//", "\u2215", "\u2044", "\\", "-", "--", "\u2010", "\u2011", "\u2212", "\u2013"}
    | {"\u2014", "\u2014\u2014", "\u2015", "\u2015\u2015", "\u2500", "\u2500\u2500"}
)
NONE = frozenset({"无", "零"})
"""Words for no case at all, which is a count; a slash or a dash is not."""
MINUS = r"\-\u2212\u2013\u2014\u2015\uff0d\uff70\ufe63"  # as part of a character class
UNITS = "万元|亿元|元|万|亿|件次|人次|篇次|件|项|个|条|次|宗|起"
HEAD_UNITS = rf"(?:[万亿](?:件|项|个|条|次)|{UNITS})"
"""Units that stand over cells or beside them: also those in which a count is given in 万."""
NUMBER = re.compile(
    r"(?:(?:¥|人民币)\s*(?=\d))?"
    rf"(?P<sign>[+{MINUS}]|--|增加?|[减负]少?)?"
    r"(?P<digits>\d{1,3}(?:[,\uff0c]\d{3})+|\d+)(?P<decimals>\.\d+)?"
    rf"(?P<unit>{UNITS})?"
    r"(?P<note>[\u3400-\u9fff]{1,6}|[(\[].*[)\]]|[*\u203b\u2460-\u2473\u00b2\u00b3\u00b9\u2070-\u2079]+)?"
)
EDGES = " \t\r\n\u200b\u200c\u200d\u2060\ufeff"
"""Prints nothing around a number."""
APART = re.compile(
    rf"(?<=[\d万亿])\s+(?=(?:{UNITS})$|[(\[][^(\[]*[)\]]$)|(?<=[-\u2014\u2015])\s+(?=[-\u2014\u2015]$)"
)
"""Spaces before a unit or a note at the end, and between two dashes."""
ESCAPE = re.compile(r"\\([-+*_.,()])")
EMPHASIS = re.compile(r"\s*(?P<marks>\*{1,3})(?P<inner>[^*]+)(?P=marks)\s*")
LOOKS_NUMERIC = re.compile(rf"[+{MINUS}增减负]{{0,2}}\s*\d")
SCALE = {"万": 10_000, "亿": 100_000_000}
ARABIC = re.compile(r"(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?")
HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
HAN_UNITS = {"十": 10, "百": 100, "千": 1_000}
SCALED = re.compile(r"([\d.,]+)(万亿|千万|百万|十万|亿|万|千|百|)")
SCALES = SCALE | {
    "": 1, "百": 100, "千": 1_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000,
    "万亿": 1_000_000_000_000,
}  # fmt: skip


@dataclass(frozen=True)
class Amount:
    """A cell as a number.

    ``value`` is None for a blank (``blank`` is True) and for an unreadable cell (``blank`` is
    False). ``unit`` is a unit printed in the cell, which then overrides the column's; ``note``
    is anything printed after the number, such as 撤 in ``6撤``. ``scaled``: 万 or 亿 was printed
    and is multiplied into the value, which then stands in the plain unit.
    """

    value: Number | None
    blank: bool = False
    unit: str | None = None
    note: str | None = None
    scaled: bool = False


@lru_cache(maxsize=8192)
def parse_amount(text: str) -> Amount | None:
    """The number in a cell, or None where the text is no cell value at all (a label, a note).

    ``1,163`` is 1163, ``６撤`` is 6 with the note 撤, ``251000元`` carries its unit, ``減3``
    is -3, ``增3`` is 3, ``无`` is 0 with the note 无; the sign of a currency (``¥5``) is no unit.
    ``1 63`` and ``03`` are unreadable: two readings are possible. What markdown puts round a
    number counts for nothing.
    """
    folded = APART.sub("", fold(_unmarked(text)).text.strip(EDGES))
    if folded in BLANKS:
        return Amount(None, blank=True)
    if folded in NONE:
        return Amount(0, note=folded)
    match = NUMBER.fullmatch(folded)
    if match is None:
        return Amount(None) if _numeric_but_unclear(folded) else None
    digits = match["digits"].replace(",", "").replace("\uff0c", "")
    if digits[0] == "0" and len(digits) > 1:  # no count begins so: two cells may have run together
        return Amount(None)
    value: Number = int(digits)
    if match["decimals"]:
        value = Decimal(digits + match["decimals"])
    unit, scaled = match["unit"], match["unit"] in SCALE
    if unit in SCALE:
        value, unit = plain(value * SCALE[unit]), None
    if match["sign"] and match["sign"][0] not in "+增":
        value = -value
    note = match["note"].strip("()[] ") if match["note"] else None
    return Amount(value, unit=unit, note=note or None, scaled=scaled)


def _unmarked(text: str) -> str:
    """A cell without the tags, entities, escapes and marks of emphasis of pages and markdown."""
    if "<" in text or "&" in text:
        text = MARKUP.sub(" ", text)
    if "\\" in text:
        text = ESCAPE.sub(r"\1", text)
    marked = EMPHASIS.fullmatch(text)
    return marked["inner"] if marked else text


def _numeric_but_unclear(folded: str) -> bool:
    """Whether a text is made of digits and little else, such as ``1 63`` or ``12/3``."""
    if LOOKS_NUMERIC.match(folded) is None:
        return False
    digits = sum(c.isdigit() for c in folded)
    letters = sum("\u3400" <= c <= "\u9fff" or c.isalpha() for c in folded)
    return (
        letters == 0 and digits * 2 >= len(folded) and not re.fullmatch(r"\d{1,2}[.\u3001]", folded)
    )


def plain(value: Number) -> Number:
    """The same number, as ``int`` where it is whole."""
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if whole else value


@lru_cache(maxsize=8192)
def parse_numeral(text: str) -> Number | None:
    """The number that a folded numeral of running text stands for, None where it is none.

    ``1,163``, ``135.0万``, ``1亿2000万``, ``三百二十``, ``九十三点五``. A leading zero (``007``), a
    colloquial ending (``三万五``) and two neighbours for "some" (``三五``) are none.
    """
    value = _han(text) if text[:1] in HAN_DIGITS or text[:1] in HAN_UNITS else _arabic(text)
    if isinstance(value, Decimal) and value == value.to_integral_value() and "点" not in text:
        return int(value) if "." not in text or text[-1:] in SCALES else value
    return value


def _arabic(text: str) -> Number | None:
    """Digits, each group with its scale, the scales falling: ``3万5千``."""
    total: Number = 0
    at, last = 0, None
    while at < len(text):
        match = SCALED.match(text, at)
        if match is None or ARABIC.fullmatch(match[1]) is None:
            return None
        scale = SCALES[match[2]]
        if last is not None and scale * 10 > last:
            return None
        digits = match[1].replace(",", "")
        total += (Decimal(digits) if "." in digits else int(digits)) * scale
        at, last = match.end(), scale
    return total if text else None


def _han(text: str) -> Number | None:
    """Chinese numerals, with decimals after 点."""
    whole, point, decimals = text.partition("点")
    value = _han_whole(whole)
    if value is None or not point:
        return value
    digits = [HAN_DIGITS.get(char) for char in decimals]
    if not digits or None in digits or "两" in decimals:
        return None
    return Decimal(f"{value}.{''.join(str(digit) for digit in digits)}")


def _han_whole(text: str) -> int | None:
    """Read leniently, then accepted only if the value is written so: ``三五`` would be ``五``."""
    plain = text.replace("〇", "零").replace("两", "二").replace("一十", "十")
    total = section = digit = 0
    for char in plain:
        if char in HAN_DIGITS:
            digit = HAN_DIGITS[char]
        elif char in HAN_UNITS:
            section, digit = section + (digit or 1) * HAN_UNITS[char], 0
        elif char in SCALE:
            over = total if char == "亿" else 0  # 一万亿, but 一亿两千万
            total += (over + section + digit) * SCALE[char] - over
            section = digit = 0
        else:
            return None
    value = total + section + digit
    return value if _written(value) == plain else None


def _written(value: int) -> str:
    """A count in Chinese numerals: ``1060`` is ``一千零六十``."""
    for mark, scale in (*reversed(SCALE.items()), *reversed(HAN_UNITS.items())):
        if value < scale:
            continue
        high, low = divmod(value, scale)
        head = "" if mark == "十" and high == 1 else _written(high)
        gap = "零" if 0 < low * 10 < scale else ""
        return f"{head}{mark}{gap}{_written(low) if low else ''}"
    return "零一二三四五六七八九"[value]
