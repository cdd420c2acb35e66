"""Text of a table cell to an exact number. The only number parser for cells.

Whole numbers become ``int``, anything with a decimal point ``Decimal``; there is no float and
no rounding. A cell that is not clearly one number is *unreadable*, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from index.report import Number
from index.script import fold

# Printed instead of a number: nothing, a slash for "not applicable", dashes.
BLANKS = frozenset(
    {"", "/", "//", "\\", "-", "--", "\u2010", "\u2011", "\u2212", "\u2013", "\u2014"}
    | {"\u2014\u2014", "\u2015", "\u2500"}
)
MINUS = r"\-\u2212\u2013\u2014\u2015\uff0d\uff70\ufe63"  # as part of a character class
NUMBER = re.compile(
    rf"(?P<sign>[+{MINUS}]|--|[减负]少?)?"
    r"(?P<digits>\d{1,3}(?:[,\uff0c]\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?P<unit>万元|亿元|元|万|亿|件次|人次|篇次|件|项|个|条|次|宗|起)?"
    r"(?P<note>[\u3400-\u9fff]{1,6}|[(\[].*[)\]]|[*\u203b\u2460-\u2473\u00b2\u00b3\u00b9\u2070-\u2079]+)?"
)
LOOKS_NUMERIC = re.compile(rf"[+{MINUS}减负]{{0,2}}\s*\d")
SCALE = {"万": 10_000, "亿": 100_000_000}


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
    is -3. ``1 63`` and ``03`` are unreadable: two readings are possible.
    """
    folded = fold(text).text.strip()
    if folded in BLANKS:
        return Amount(None, blank=True)
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
        value, unit = value * SCALE[unit], None
        if isinstance(value, Decimal) and value == value.to_integral_value():
            value = int(value)
    if match["sign"] and match["sign"] != "+":
        value = -value
    note = match["note"].strip("()[] ") if match["note"] else None
    return Amount(value, unit=unit, note=note or None, scaled=scaled)


def _numeric_but_unclear(folded: str) -> bool:
    """Whether a text is made of digits and little else, such as ``1 63`` or ``12/3``."""
    if LOOKS_NUMERIC.match(folded) is None:
        return False
    digits = sum(c.isdigit() for c in folded)
    letters = sum("\u3400" <= c <= "\u9fff" or c.isalpha() for c in folded)
    return (
        letters == 0 and digits * 2 >= len(folded) and not re.fullmatch(r"\d{1,2}[.\u3001]", folded)
    )
